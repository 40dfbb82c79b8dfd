"""Judges a made-up fleet whose answers are known: fleet.py SCHANCFG [MACHINES].

Releases, states, unreadable files, files of other kinds, names that several machines have and hostile names come from a fixed seed. Every verdict, group and
drift has to be right, in any order of the sources, and the same bytes twice.
"""
import collections
import csv
import io
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

program, count = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 1000
releases = [(17763, "Server", "windows-server-2019"), (20348, "Server", "windows-server-2022"), (14393, "Server", "windows-server-2016"), (19045, "Client", "windows-10-22h2")]
hostile = ["</style><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "a&b<c>", "]]>", "x\u202egnp", "\u2028line", "'; DROP TABLE", "${jndi:x}",
           "{{7*7}}", "javascript:alert(1)", "--><b>", "&lt;i&gt;", "a,b\"c", "%00", "`id`", "<svg/onload=alert(1)>", "http://example.invalid/"]
states = {"right": (0, 1), "old": (1, 0), "half": (None, None)}  # Enabled and DisabledByDefault of both roles of TLS 1.0
key = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"


def export(name, release, state):
    build, kind, _ = release
    lines = ["Windows Registry Editor Version 5.00", "", r"[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion]", f'"CurrentBuildNumber"="{build}"', f'"InstallationType"="{kind}"', "",
             r"[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName]", '"ComputerName"="' + name.replace("\\", "\\\\").replace('"', '\\"') + '"', "", f"[{key}]", ""]
    enabled, off = states[state]
    if enabled is not None:
        for role in ("Client", "Server"):
            lines += [f"[{key}\\Protocols\\TLS 1.0\\{role}]", f'"DisabledByDefault"=dword:{off:08x}', f'"Enabled"=dword:{enabled:08x}', ""]
    return b"\xff\xfe" + "\r\n".join(lines).encode("utf-16-le")


def run(folder, *words, text=None):
    done = subprocess.run([program, "audit", "--profile", "old.toml", *words], cwd=folder, input=text, capture_output=True, encoding="utf-8")
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{words}: {done.returncode}: {done.stderr}")
    return done.stdout, done.returncode


def check(holds, what):
    if not holds:
        sys.exit("does not hold: " + what)


def make(folder, dice, machines):
    """Writes the files; gives the verdict and the state of each source."""
    answers = {}
    for number, (name, release, state) in enumerate(machines):
        place = folder / f"site-{number % 7}"
        place.mkdir(parents=True, exist_ok=True)
        stem = place / f"m{number:06}"
        if state == "failed":
            path = stem.with_name(stem.name + ".failed.txt")
            path.write_text("access is denied\n")
            verdict = "unreadable"
        else:
            path = stem.with_suffix(".reg")
            path.write_bytes(b"MZ\x90\x00 not an export" if state == "foreign" else export(name, release, state))
            verdict = {"foreign": "unreadable", "right": "compliant"}.get(state, "different")
        answers["fleet/" + str(path.relative_to(folder)).replace("\\", "/")] = (verdict, state, release, name)
    return answers


def machines_of(dice):
    out = []
    for number in range(count):
        kind = dice.random()
        state = "right" if kind < 0.9 else "old" if kind < 0.94 else "half" if kind < 0.96 else "failed" if kind < 0.98 else "foreign"
        name = hostile[number % len(hostile)] if number % 50 == 0 else "TWIN" if number % 97 == 0 else f"PC-{number:06}"
        out.append((name, dice.choice(releases), state))
    return out


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)
    (folder / "old.toml").write_text('format = 1\n[protocols]\n"TLS 1.0" = "disabled"\n')
    dice = random.Random(16)
    machines = machines_of(dice)
    answers = make(folder / "fleet", dice, machines)
    first, code = run(folder, "fleet", "--format", "json")
    check(code == 3, "some could not be read")
    result = json.loads(first)
    check({m["source"] for m in result["machines"]} == set(answers), "each source is judged once")
    for machine in result["machines"]:
        verdict, state, release, name = answers[machine["source"]]
        check(machine["verdict"] == verdict, f"{machine['source']} is {verdict}")
        if verdict != "unreadable":
            check(machine["os"] == release[2] and machine["name"] == name, f"{machine['source']} says what it is")
    counts = collections.Counter(verdict for verdict, *_ in answers.values())
    check(result["summary"]["compliant"] == counts["compliant"] and result["summary"]["different"] == counts["different"], "the summary counts")
    sizes = sorted(collections.Counter(state for verdict, state, *_ in answers.values() if verdict == "different").values())
    check(sorted(group["count"] for group in result["groups"]) == sizes, "those that differ alike are together")

    sources = sorted(answers)
    dice.shuffle(sources)
    shuffled, _ = run(folder, "-", "--format", "json", text="\n".join(sources))
    check(shuffled == first, "the order of the sources changes nothing")
    check(run(folder, "fleet", "--format", "json")[0] == first, "the same bytes twice")
    lines, _ = run(folder, "fleet", "--format", "jsonl")
    check([json.loads(line) for line in lines.splitlines()] == result["machines"], "a machine a line")

    # An audit that was interrupted in the middle of a line: what it had is not read again.
    (folder / "part.jsonl").write_text(lines[:len(lines) // 2], encoding="utf-8")
    done = [json.loads(line)["source"] for line in lines[:len(lines) // 2].splitlines()[:-1]]
    kept = (folder / done[0]).read_bytes()
    (folder / done[0]).write_bytes(b"something else")
    resumed, code = run(folder, "fleet", "--format", "jsonl", "--resume", "part.jsonl")
    check(resumed == lines and code == 3, "an interrupted audit goes on where it was")
    (folder / done[0]).write_bytes(kept)

    table, _ = run(folder, "fleet", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    check({row["source"] for row in rows} == set(answers), "the table names each source")
    check(not any(cell[:1] in ("=", "+", "-", "@") for row in rows for cell in row.values()), "no cell is a formula")
    (folder / "junit.xml").write_text(run(folder, "fleet", "--format", "junit")[0], encoding="utf-8")
    suites = xml.etree.ElementTree.parse(folder / "junit.xml").getroot()
    # Debian's python3-junitparser is there for the system's own Python alone.
    reader = subprocess.run(["/usr/bin/python3", "-c", "import junitparser, sys; x = junitparser.JUnitXml.fromfile(sys.argv[1]); print(x.tests, x.failures, x.errors, sum(1 for s in x for c in s))",
                             folder / "junit.xml"], capture_output=True, encoding="utf-8")
    if "ModuleNotFoundError" not in reader.stderr:
        said = [int(number) for number in reader.stdout.split()]
        have = suites.findall("testsuite/testcase")
        check(said == [len(have), sum(case.find("failure") is not None for case in have), sum(case.find("error") is not None for case in have), len(have)], f"a JUnit reader counts the same: {said} {reader.stderr}")
    cases = suites.findall("testsuite/testcase")
    check(len([case for case in cases if case.find("error") is not None]) == counts["unreadable"], "JUnit has an error for each that is unreadable")
    check(len({case.get("file") for case in cases if case.find("failure") is not None}) == counts["different"], "and a failure for each that differs")
    page, _ = run(folder, "fleet", "--format", "html")
    check(len(page.encode()) < 1 << 20, "the page is small enough to mail")
    check(page.count("<script>") == 1 and "<img" not in page and "onload=alert" not in page.replace("&lt;svg/onload=alert", ""), "no name breaks out of the page")
    check("default-src 'none'" in page and "sha256-" in page, "and the page would not run it")

    # A week later: each of these machines is another one.
    (folder / "before.json").write_text(first, encoding="utf-8")
    later = {"right": "old", "old": "half", "half": "right"}
    expected = collections.Counter()
    for source, (verdict, state, release, name) in answers.items():
        if verdict == "unreadable":
            continue
        new = later[state] if dice.random() < 0.5 else state
        (folder / source).write_bytes(export(name, release, new))
        kind = {(False, False): None, (False, True): "new", (True, False): "fixed"}.get((state != "right", new != "right"), "unchanged" if new == state else "changed")
        if kind:
            expected[kind] += 1
    drift = json.loads(run(folder, "fleet", "--format", "json", "--baseline", "before.json")[0])["drift"]
    found = collections.Counter(each["kind"] for each in drift)
    check(found == expected, f"the drift is {dict(expected)}, found {dict(found)}")
print(f"{count} machines: all as they were made")
