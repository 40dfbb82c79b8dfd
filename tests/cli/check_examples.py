#!/usr/bin/env python3
"""Each example of `COMMAND --help` does what it says, run where the files it names are. Those of a Windows machine are parsed alone."""
import json
import pathlib
import subprocess
import sys
import tempfile

command = sys.argv[sys.argv.index("--") + 1:]
manual = json.loads(subprocess.run([*command, "help", "--format", "json"], check=True, capture_output=True).stdout)
wrong, seen = [], 0

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)

    def run(words):
        environment = {"PATH": "/usr/bin:/bin", "XDG_STATE_HOME": name + "/state", "HOME": name, "LC_ALL": "C.UTF-8"}
        return subprocess.run([*command, *words], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=environment, timeout=60)

    run(["export", "--target", "os:2016", "--reg", "-o", "old.reg"])
    run(["export", "best-practices", "--format", "toml", "--os", "2022", "-o", "mine.toml"])
    (folder / "exports").mkdir()
    run(["export", "--target", "os:2022", "--reg", "-o", "exports/web01.reg"])
    (folder / "scan.xml").write_text(
        '<nmaprun args="nmap --script ssl-enum-ciphers"><host><address addr="192.0.2.1"/><ports><port protocol="tcp" portid="443"><state state="open"/>'
        '<script id="ssl-enum-ciphers"><table key="TLSv1.2"><table key="ciphers"><table><elem key="name">TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256</elem>'
        '<elem key="kex_info">secp256r1</elem></table></table></table></script></port></ports></host></nmaprun>')
    # What a later example names is made by an earlier one, or here.
    run(["diff", "strict", "--target", "memory:plan.state.json", "--os", "2022"])
    for entry in manual["commands"]:
        lines = subprocess.run([*command, entry["name"], "--help"], check=True, capture_output=True, text=True).stdout.splitlines()
        at = lines.index("Examples:") if "Examples:" in lines else None
        while at is not None and at + 2 < len(lines) and lines[at + 1].startswith("  schancfg "):
            words, does = lines[at + 1].split()[1:], lines[at + 2].strip()
            at += 2
            seen += 1
            if "-o" in words and "report.html" in words:
                words += ["--os", "2022"] if "--os" not in words else []
            done = run(words)
            here = "(on Windows)" not in does and words[:2] != ["apply", "plan.json"]
            if here and done.returncode not in (0, 1):
                wrong.append(f"{' '.join(words)}: {done.returncode} {done.stderr}")
            if any(known in done.stderr for known in ("unknown option", "unknown command", "takes no such argument", "needs a")):
                wrong.append(f"{' '.join(words)}: {done.stderr}")
            if len("  schancfg " + " ".join(words)) > 100:
                wrong.append(f"{' '.join(words)} is too long")
if seen < 20:
    wrong.append(f"only {seen} examples")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
