#!/usr/bin/env python3
"""Runs one .case file against the real program. README.md says how a case is written.

SCHANCFG_APPROVE=1 in the environment rewrites what the case expects to what the program did, and shows the difference. It takes no exit code that the
program does not have, no report of a sanitizer, and nothing that went over its limit.
"""
import argparse
import difflib
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CODECS = {"utf-16": "utf-16-le"}
EXPECTATIONS = ("exit", "stdout", "stderr", "screen", "content")
# What Wine itself complains of, and what it says of a program that it did not start (cmake/wine.sh).
LOST_START = b"failed to map the shared user data"
WINE_ERROR = re.compile(rb"^(?:[0-9a-f]{4}:)?err:\w+:\w+ [^\n]*\n", re.MULTILINE)


class Section:
    def __init__(self, name, argument, flags, text):
        self.name, self.argument, self.flags, self.text = name, argument, flags, text

    def bytes(self):
        return encode(self.text, self.flags)


def lines_of(text):
    """Lines with their ends. (str.splitlines would also split at other characters.)"""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def encode(text, flags):
    if "no-eol" in flags:
        text = text[:-1]
    if "crlf" in flags or "utf-16" in flags:
        text = text.replace("\n", "\r\n")
    if "hex" in flags:
        return bytes.fromhex(text)
    if "utf-16" in flags:
        return b"\xff\xfe" + text.encode("utf-16-le")
    return text.encode()


def decode(data, flags):
    """The inverse of encode, for comparing and approving; the flags are adapted to the data."""
    flags = [flag for flag in flags if flag not in ("no-eol", "crlf")]
    if "hex" in flags:
        return data.hex(" ") + "\n", flags
    if data.startswith(b"\xff\xfe"):
        flags = ["utf-16"]
        text = data[2:].decode("utf-16-le")
        assert text.count("\n") == text.count("\r\n"), "a line end without its carriage return"
        text = text.replace("\r\n", "\n")
    else:
        flags = [flag for flag in flags if flag != "utf-16"]
        text = data.decode("utf-8", "backslashreplace")
        if "\r\n" in text:
            assert text.count("\n") == text.count("\r\n"), "mixed line ends"
            flags.append("crlf")
            text = text.replace("\r\n", "\n")
    if text and not text.endswith("\n"):
        flags.append("no-eol")
        text += "\n"
    return text, flags


def parse(path):
    """The sentence at the top, and the sections. One blank line before a header is layout."""
    head, sections, lines = [], [], None
    for line in lines_of(path.read_bytes().decode()):
        if line.startswith("== "):
            name, _, rest = line[3:].rstrip("\n").partition(" ")
            flags = []
            if name in ("file", "content", "stdout", "stderr", "screen", "input"):
                words = rest.split()
                count = 1 if name in ("file", "content") else 0
                flags, rest = words[count:], " ".join(words[:count])
            lines = []
            sections.append((name, rest, flags, lines))
        elif lines is None:
            head.append(line)
        else:
            lines.append(line)
    out = []
    for name, rest, flags, lines in sections:
        if lines and lines[-1] == "\n":
            lines.pop()
        out.append(Section(name, rest, flags, "".join(lines)))
    return "".join(head), out


def write(path, head, sections):
    text, follows = head, None
    for section in sections:
        words = [word for word in [section.name, section.argument, *section.flags] if word]
        if section.name not in EXPECTATIONS and follows in (*EXPECTATIONS, "run") and not text.endswith("\n\n"):
            text += "\n"
        follows = section.name
        text += "== " + " ".join(words) + "\n" + section.text + ("\n" if section.text else "")
    # The blank line after the last section is left out where it is layout alone.
    if text.endswith("\n\n") and not text.endswith("\n\n\n"):
        text = text[:-1]
    path.write_bytes(text.encode())


class Machine:
    """The folder that a case runs in, and the program."""

    def __init__(self, command, windows, limits, own_state):
        self.command, self.windows, self.limits = command, windows, limits
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="schancfg-case-")).resolve()
        # What differs from run to run is bound to a name when it is first seen, and must be the same wherever that name stands.
        self.bound = {"id": [], "sha256": []}
        self.environment = {key: value for key, value in os.environ.items()
                            if key in ("PATH", "HOME", "WINEPREFIX", "WINEDEBUG", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
        self.environment.update(XDG_STATE_HOME=str(self.folder / "state"), TERM="xterm", LC_ALL="C.UTF-8", USER="ada", SUDO_USER="ada")
        if windows:
            self.environment.setdefault("WINEDEBUG", "fixme-all")
        if windows and own_state:
            # Wine takes ProgramData from its registry alone, so the case gets a whole one.
            self.environment["WINEPREFIX"] = str(self.folder / "wine")
            (self.folder / "state").symlink_to("wine/drive_c/ProgramData")

    def system(self):
        return "windows" if self.windows else "posix"

    def native(self, name):
        path = str(self.folder / name)
        return "Z:" + path.replace("/", "\\") if self.windows else path

    def close(self):
        if (self.folder / "wine").exists():
            server = next((path for path in ("/usr/lib/wine/wineserver64", shutil.which("wineserver")) if path and os.path.exists(path)), None)
            subprocess.run([server, "-k"], env=self.environment, check=False)
            subprocess.run([server, "-w"], env=self.environment, check=False)
        for name in self.folder.rglob("*"):
            if name.is_dir() and not name.is_symlink():
                name.chmod(0o700)
        shutil.rmtree(self.folder)

    def fill_in(self, text, as_json=False):
        folder = str(self.folder) if not self.windows else self.native("").rstrip("\\")
        text = text.replace("{tmp}", json.dumps(folder)[1:-1] if as_json else folder)
        for kind, values in self.bound.items():
            for number, value in enumerate(values, 1):
                text = text.replace("{" + kind + ("" if number == 1 else f"-{number}") + "}", value)
        return text.replace("{esc}", "\x1b")

    def bind(self, kind, pattern, text):
        """`{id}` for the first one that was seen, `{id-2}` for the second, ..."""
        def name(match):
            values = self.bound[kind]
            if match.group() not in values:
                values.append(match.group())
            number = values.index(match.group()) + 1
            return "{" + kind + ("" if number == 1 else f"-{number}") + "}"
        return re.sub(pattern, name, text)

    def generalise(self, text):
        text = self.bind("id", r"\b\d{8}T\d{6}Z-[0-9a-f]{4,}\b", text)
        text = re.sub(r"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z", "{time}", text)
        text = self.bind("sha256", r"\b[0-9a-f]{64}\b", text).replace("\x1b", "{esc}")
        if self.windows:
            folder = re.escape(self.native("").rstrip("\\")).replace("\\\\", r"\\+").replace("Z:", "[Zz]:")
            text = re.sub(folder + r"((?:\\+[\w.{}-]+)*)", lambda m: "{tmp}" + re.sub(r"\\+", "/", m.group(1)), text)
            text = re.sub(r"C:\\+ProgramData((?:\\+[\w.{}-]+)*)", lambda m: "{tmp}/state" + re.sub(r"\\+", "/", m.group(1)), text)
        return text.replace(str(self.folder), "{tmp}")

    def run(self, words, given, answers):
        command = [*self.command, *words]
        if answers is not None:
            return self.run_on_terminal(command, answers)
        start = time.monotonic()
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as source:
            source.write(given)
            source.seek(0)
            child = subprocess.Popen(command, cwd=self.folder, env=self.environment, stdin=source, stdout=output, stderr=errors)
            status, peak = wait(child, start)
            output.seek(0)
            errors.seek(0)
            said = errors.read()
            return {"exit": status, "stdout": output.read(), "stderr": WINE_ERROR.sub(b"", said) if self.windows else said,
                    "wine": b"".join(WINE_ERROR.findall(said)) if self.windows else b"", "seconds": time.monotonic() - start, "kilobytes": peak}

    def run_on_terminal(self, command, answers):
        import pty
        start = time.monotonic()
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execvpe(command[0], command, self.environment)
        screen = b""
        asked = 0
        while True:
            try:
                chunk = os.read(terminal, 4096)
            except OSError:  # The other end is closed.
                break
            if not chunk:
                break
            screen += chunk
            if asked < len(answers) and screen.count(b"[y/N] ") > asked:
                os.write(terminal, answers[asked].encode().decode("unicode_escape").encode())
                asked += 1
        _, status, usage = os.wait4(child, 0)
        os.close(terminal)
        return {"exit": os.waitstatus_to_exitcode(status), "screen": screen.replace(b"\r\n", b"\n"), "stdout": b"", "stderr": b"",
                "seconds": time.monotonic() - start, "kilobytes": usage.ru_maxrss}


def wait(child, start):
    """Exit status and peak memory in KiB; ends a child that takes half a minute."""
    def too_long(*_):
        child.kill()
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(max(1, 30 - int(time.monotonic() - start)))
    _, status, usage = os.wait4(child.pid, 0)
    signal.alarm(0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_maxrss


def prepare(machine, section):
    path = machine.folder / section.argument.split(" ")[0] if section.argument else None
    if section.name == "file":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode(machine.fill_in(section.text, path.suffix == ".json"), section.flags))
    elif section.name == "sparse":
        name, size = section.argument.split()
        with open(machine.folder / name, "wb") as file:
            file.truncate(int(size))
    elif section.name == "link":
        name, _, to = section.argument.partition(" -> ")
        (machine.folder / name).symlink_to(to)
    elif section.name == "folder":
        path.mkdir(parents=True)
    elif section.name == "remove":
        path.unlink()
    elif section.name == "environment":
        name, _, value = section.argument.partition("=")
        machine.environment[name] = machine.fill_in(value)
    else:
        return False
    return True


def steps_of(sections):
    """Each run with what stands before it since the last one, and what is expected after it."""
    before, steps = [], []
    for section in sections:
        if section.name == "run":
            steps.append({"before": before, "run": section, "after": []})
            before = []
        elif section.name in EXPECTATIONS:
            steps[-1]["after"].append(section)
        else:
            before.append(section)
    return steps, before


def check(machine, step):
    """Carries one step out; gives what the program did as sections, and the complaints that are not a difference of text."""
    given, answers, limit, wrong = b"", None, None, []
    for section in step["before"]:
        if section.name == "input":
            given = section.bytes()
        elif section.name == "answers":
            answers = shlex.split(section.argument)
        elif section.name == "within":
            limit = section.argument
        elif section.name not in ("only", "on", "state") and not prepare(machine, section):
            raise SystemExit(f"unknown section `{section.name}`")
    words = shlex.split(machine.fill_in(step["run"].argument))
    result = machine.run(words, given, answers)
    if LOST_START in result.get("wine", b""):
        print(f"Wine did not start `schancfg {step['run'].argument}` ({result['wine'].decode('utf-8', 'backslashreplace').strip()}); once more")
        result = machine.run(words, given, answers)
    if limit and machine.limits:
        seconds, megabytes = re.fullmatch(r"([\d.]+)s (\d+)MB", limit).groups()
        if result["seconds"] > float(seconds):
            wrong.append(f"took {result['seconds']:.2f} s, more than {seconds} s")
        if result["kilobytes"] > int(megabytes) * 1000:
            wrong.append(f"took {result['kilobytes']} KiB of memory, more than {megabytes} MB")
    if result["exit"] not in range(6):
        wrong.append(f"ended with {result['exit']}, which is not an exit code of the program")
    for name in ("stdout", "stderr", "screen"):
        if re.search(rb"ERROR: \w+Sanitizer|runtime error:|terminate called|Assertion .* failed", result.get(name) or b""):
            wrong.append(f"{name} holds the report of a sanitizer or an abort")
    did = []
    if result["exit"] != 0:
        did.append(Section("exit", str(result["exit"]), [], ""))
    for name in ("stdout", "stderr", "screen"):
        if result.get(name):
            asked = next((section.flags for section in step["after"] if section.name == name), [])
            text, flags = decode(result[name], asked)
            did.append(Section(name, "", flags, machine.generalise(text)))
    for section in step["after"]:
        if section.name != "content":
            continue
        path = machine.folder / machine.fill_in(section.argument)
        if not path.exists():
            did.append(Section("content", section.argument, ["absent"], ""))
            continue
        text, flags = decode(path.read_bytes(), [flag for flag in section.flags if flag != "absent"])
        did.append(Section("content", section.argument, flags, machine.generalise(text)))
    return did, wrong


def as_lines(sections):
    out = []
    for section in sections:
        out.append("== " + " ".join(word for word in [section.name, section.argument, *section.flags] if word) + "\n")
        out += lines_of(section.text)
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--windows", action="store_true", help="the program is schancfg.exe, run by a launcher")
    parser.add_argument("--no-limits", action="store_true", help="do not measure time and memory (sanitizers)")
    parser.add_argument("case", type=pathlib.Path)
    parser.add_argument("command", nargs="+", help="the program, with its launcher before it")
    arguments = parser.parse_args()

    head, sections = parse(arguments.case)
    steps, rest = steps_of(sections)
    approve = os.environ.get("SCHANCFG_APPROVE") == "1"
    own_state = any(section.name == "state" for section in sections)
    # Under Wine most of the time is Wine's.
    machine = Machine(arguments.command, arguments.windows, not arguments.no_limits and not arguments.windows, own_state)
    failed, approved = False, []
    try:
        for step in steps:
            if any(section.name == "on" and section.argument != machine.system() for section in step["before"]):
                # What it makes is there for the runs after it.
                for section in step["before"]:
                    prepare(machine, section)
                approved += [*step["before"], step["run"], *step["after"]]
                continue
            did, wrong = check(machine, step)
            approved += [*step["before"], step["run"], *did]
            difference = list(difflib.unified_diff(as_lines(step["after"]), as_lines(did), "expected", "found"))
            if wrong or difference:
                failed = failed or bool(wrong) or not approve
                print(f"{arguments.case}: schancfg {step['run'].argument}")
                print("\n".join(wrong))
                print("".join(difference))
    finally:
        machine.close()
    if approve and not failed:
        write(arguments.case, head, approved + rest)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
