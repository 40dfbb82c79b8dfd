#!/usr/bin/env python3
"""Runs what the documents say: every command of a `console` block, and compares what it prints with what the document shows.

In a Markdown file, a block that follows `<!-- file: NAME -->` is written to NAME first. In a ```console block a line `$ …` is a command, the lines below
it are what it prints on a terminal (both streams); a line `…` stands for any lines. Blocks run in order in one folder. Ids of records and times match each
other by their place. ```powershell blocks are what an administrator types on Windows: under --windows they run as they stand (under Wine, on a registry of
their own), elsewhere on a registry in a file. `guestmount` makes the hives of an image. ```sh blocks build the project; the scripts that they name must be there.

What stands between `<!-- output of: schancfg … -->` and `<!-- end of output -->` is what that command prints, as it is.

SCHANCFG_APPROVE=1 rewrites outputs without `…` to what the program printed, and shows the difference.
"""
import argparse
import difflib
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

for beside in "hive", "wine":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / beside))
import hives  # noqa: E402
from server_2022 import be_server_2022  # noqa: E402

BLOCK = re.compile(r"(?:<!-- file: (?P<file>[\w./-]+) -->\n)?```(?P<language>[\w+-]*)[^\n]*\n(?P<text>.*?)^```$", re.M | re.S)
OUTPUT = re.compile(r"<!-- output of: (?P<command>schancfg [^\n]*) -->\n\n(?P<text>.*?)\n<!-- end of output -->", re.S)
ID = re.compile(r"\b\d{8}T\d{6}Z-[0-9a-f]{4,}\b")
TIME = re.compile(r"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z|\b\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?( UTC)?\b")
ELSEWHERE = ("git ", "iconv ", "cat ", "cd ")


def general(text, names):
    """Ids become {id1}, {id2} in the order in which they are seen, so that a wrong one is a difference."""
    def name(match):
        return names.setdefault(match.group(), f"{{id{len(names) + 1}}}")
    return TIME.sub("{time}", ID.sub(name, text))


def matches(expected, found):
    """`…` on a line of its own stands for any number of lines."""
    pattern = "".join(r"(?:[^\n]*\n)*?" if line.strip() == "…" else re.escape(line) for line in expected.splitlines(keepends=True))
    return re.fullmatch(pattern, found) is not None


class Reader:
    """One document, and the folder that its commands run in."""

    def __init__(self, arguments, document, folder):
        self.command, self.windows, self.root = arguments.command, arguments.windows, arguments.root
        self.document, self.folder = document, folder
        self.environment = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "WINEPREFIX", "WINEDEBUG", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
        self.environment.update(XDG_STATE_HOME=str(folder / "state"), TERM="xterm", LC_ALL="C.UTF-8", COLUMNS="80", NO_COLOR="1")
        self.shown, self.printed, self.wrong, self.count = {}, {}, [], 0

    def run(self, line, where):
        words = shlex.split(line)
        if words and words[0] == "schancfg":
            line = " ".join([*map(shlex.quote, self.command), line.split(None, 1)[1] if len(words) > 1 else ""])
        elif line.startswith("guestmount "):
            # An image as it is seen when it is mounted: its hives, made here.
            hives.image(self.folder / words[-1])
            line = ":"
        elif line.startswith("guestunmount "):
            line = ":"
        elif not line.startswith(ELSEWHERE):
            self.wrong.append(f"{where}: only schancfg and {', '.join(each.strip() for each in ELSEWHERE)} are run: {line}")
            return None
        # A file and no pipe: under Wine a watchdog that goes on holds its standard error.
        with tempfile.TemporaryFile() as printed:
            done = subprocess.run(["sh", "-c", line], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT,
                                  timeout=120, check=False)
            printed.seek(0)
            bytes_printed = printed.read()
        self.count += 1
        text = bytes_printed.decode("utf-8", "backslashreplace").replace("\r\n", "\n").replace(str(self.folder), "/home/me")
        if done.returncode not in range(6):
            self.wrong.append(f"{where}: ended with {done.returncode}: {line}\n{text}")
        return done.returncode, text

    def console(self, text, where):
        """What the block would be if it said what the program printed."""
        out, at = [], 0
        lines = text.splitlines(keepends=True)
        while at < len(lines):
            line = lines[at]
            out.append(line)
            at += 1
            if not line.startswith("$ "):
                self.wrong.append(f"{where}: a line before any command: {line.rstrip()}")
                continue
            command = line[2:].rstrip("\n")
            while command.endswith("\\") and at < len(lines):
                command = command[:-1] + lines[at].strip()
                out.append(lines[at])
                at += 1
            expected = []
            while at < len(lines) and not lines[at].startswith("$ "):
                expected.append(lines[at])
                at += 1
            result = self.run(command.split("   #")[0], where)
            if result is None:
                continue
            said, printed = "".join(expected), result[1]
            # A blank line before the next command is layout.
            layout = "\n" if said.endswith("\n\n") and at < len(lines) and not printed.endswith("\n\n") else ""
            if not matches(general(said, self.shown), general(printed, self.printed) + layout):
                difference = "".join(difflib.unified_diff(said.splitlines(keepends=True), printed.splitlines(keepends=True), f"{where}: {command}", "printed"))
                self.wrong.append(difference)
                if "…" not in said:
                    expected = [printed, layout]
            out += expected
        return "".join(out)

    def run_windows(self, *words):
        """A program of Windows, started as the program itself is."""
        subprocess.run([*self.command[:-1], *words], env=self.environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=True)

    def powershell(self, text, where):
        if self.windows:
            be_server_2022(self.run_windows)
        for line in text.splitlines():
            line = line.split("#")[0].strip()
            if not line.startswith("schancfg"):
                continue
            words = shlex.split(line)[1:]
            if words[0] in ("apply", "undo"):
                line += " --yes"
            if self.windows and words[0] == "confirm":
                line += " --force"  # Nothing is restarted here.
            if not self.windows and words[0] in ("status", "diff", "apply", "undo", "confirm", "export", "lint") and "--target" not in words:
                line += " memory:server.json" if words[0] == "status" else " --target memory:server.json"
                line += " --os 2022" if words[0] in ("status", "diff", "apply", "lint") else ""
            result = self.run(line, where)
            if result and result[0] not in (0, 1):
                self.wrong.append(f"{where}: ended with {result[0]}: {line}\n{result[1]}")

    def scripts(self, text, where):
        for script in re.findall(r"\bsh (cmake/[\w.]+)", text):
            if not (self.root / script).is_file():
                self.wrong.append(f"{where}: there is no {script}")

    def read(self):
        text = self.document.read_text(encoding="utf-8")
        if not self.windows and "memory:server.json" in text or "```powershell" in text:
            (self.folder / "server.json").write_text('{"format_version": "1.0", "os": "windows-server-2022", "keys": []}\n', encoding="utf-8")
        out, at = [], 0
        for block in BLOCK.finditer(text):
            where = f"{self.document.name}:{text.count(chr(10), 0, block.start()) + 1}"
            if block["file"]:
                path = self.folder / block["file"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block["text"], encoding="utf-8")
            if block["language"] == "powershell":
                self.powershell(block["text"], where)
            elif block["language"] == "sh":
                self.scripts(block["text"], where)
            elif block["language"] == "console" and not self.windows:
                out += [text[at:block.start("text")], self.console(block["text"], where)]
                at = block.end("text")
        approved = "".join([*out, text[at:]])
        return text, OUTPUT.sub(self.output, approved) if not self.windows else approved

    def output(self, match):
        result = self.run(match["command"], self.document.name)
        if result and result[1] != match["text"]:
            self.wrong.append("".join(difflib.unified_diff(match["text"].splitlines(keepends=True), result[1].splitlines(keepends=True), match["command"], "printed")))
        return match.group().replace(match["text"], result[1]) if result else match.group()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--windows", action="store_true", help="the program is schancfg.exe, run by a launcher: the powershell blocks")
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("document", type=pathlib.Path)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="schancfg-document-") as folder:
        reader = Reader(arguments, arguments.document, pathlib.Path(folder).resolve())
        text, approved = reader.read()
    for each in reader.wrong:
        print(each)
    if os.environ.get("SCHANCFG_APPROVE") == "1" and approved != text:
        arguments.document.write_text(approved, encoding="utf-8")
    print(f"{arguments.document.name}: {reader.count} commands")
    return 1 if reader.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
