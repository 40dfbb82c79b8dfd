#!/usr/bin/env python3
"""Text is as wide as the terminal that it is for, from 60 to 120 columns; what is not for a terminal is 80 wide."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "cmake"))
import picture

program = [str(pathlib.Path(sys.argv[1]).resolve()), *sys.argv[2:]]
wrong = []
PROFILE = """format = 1
name = "One that has a name of many words, and more to say than a line of a narrow terminal has room for, or two"
[protocols]
"TLS 1.0" = "enabled"
[[registry]]
key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL'
name = "EventLogging"
value = 7
"""
# What is copied is never broken: keys, commands and names of files, addresses, lines of profiles.
WHOLE = re.compile(r"HKLM\\|schancfg |nmap |https?://|MicrosoftDocs/| = |\S{40}|source \S+/completions/")
COMMANDS = [["status", "os:2025"], ["status", "os:7", "--all"], ["diff", "strict", "--target", "os:2022"], ["diff", "strict", "--target", "os:2012-r2", "--all"],
            ["diff", "best-practices", "strict"], ["diff", "profile.toml", "--target", "os:2022"], ["lint", "profile.toml"], ["lint", "best-practices", "-v"], ["lint", "--rules"],
            ["doctor", "--client", "os:7", "--server", "os:2025", "--error", "36874"], ["doctor", "--error", "0x80090331"], ["explain", "TLS 1.0", "AES", "0x80090331", "2022", "no-protocol-left"],
            ["audit", "--profile", "strict", "os:2022", "os:7", "os:2019", "--all"], ["profiles", "--show", "strict", "--os", "2022"], ["help"], ["audit", "--help"], ["diff", "-h"]]


def on_terminal(words, columns, variables):
    """What the command prints on a terminal of so many columns."""
    _, printed = picture.on_terminal([*program, *words], columns, folder, {**environment, **variables}, errors=False)
    return re.sub(r"\x1b\[[\d;]*m", "", printed)


def to_pipe(words, variables):
    return subprocess.run([*program, *words], cwd=folder, env={**environment, **variables}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout.decode()


def widest(text):
    return max((len(line) for line in text.split("\n") if not WHOLE.search(line)), default=0)


def expect(condition, what):
    if not condition:
        wrong.append(what)


with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "profile.toml").write_text(PROFILE, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")} | {"TERM": "xterm", "XDG_STATE_HOME": folder}
    for words in COMMANDS:
        said = " ".join(words)
        for columns in (60, 120):
            long = [line for line in on_terminal(words, columns, {}).split("\n") if len(line) > columns and not WHOLE.search(line)]
            expect(not long, f"{said} prints longer lines on a terminal of {columns} columns: {long[:3]}")
    for words in (["status", "os:2022"], ["diff", "--help"]):
        said = " ".join(words)
        piped = to_pipe(words, {})
        shown = {columns: on_terminal(words, columns, {}) for columns in (0, 40, 60, 80, 100, 120, 200)}
        for columns, text in shown.items():
            limit = min(max(columns or 80, 60), 120)
            expect(limit - 20 < widest(text) <= limit, f"{said} has lines of {widest(text)} columns on a terminal of {columns}")
        expect(shown[40] == shown[60], f"{said} differs on terminals of 40 and 60 columns")
        expect(shown[120] == shown[200], f"{said} differs on terminals of 120 and 200 columns")
        expect(shown[80] == piped, f"{said} is not in a pipe what it is on a terminal of 80 columns")
        expect(shown[0] == piped, f"{said} is not 80 wide where the terminal does not know its width")
        expect(on_terminal(words, 80, {"COLUMNS": "100"}) == shown[100], f"{said} does not obey COLUMNS")
        for odd in ("0", "-1", "wide", "100x", "", "99999999999999999999"):
            expect(on_terminal(words, 100, {"COLUMNS": odd}) == shown[100], f"{said} obeys COLUMNS={odd}")
        expect(to_pipe(words, {"COLUMNS": "200"}) == piped, f"{said} obeys COLUMNS in a pipe")
    expect(on_terminal(["status", "os:2022", "-o", "out.txt"], 200, {}) == "" and pathlib.Path(folder, "out.txt").read_text(encoding="utf-8") == to_pipe(["status", "os:2022"], {}),
           "status writes another file on a wide terminal")
for each in wrong:
    print(each)
sys.exit(bool(wrong))
