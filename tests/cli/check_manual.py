#!/usr/bin/env python3
"""Every command, option and exit code of the program is in its man page, and mandoc finds nothing to complain of."""
import json
import pathlib
import re
import shutil
import subprocess
import sys

source = pathlib.Path(sys.argv[1])
command = sys.argv[sys.argv.index("--") + 1:]
page = (source / "cli" / "schancfg.1").read_text(encoding="utf-8")
manual = json.loads(subprocess.run([*command, "help", "--format", "json"], check=True, capture_output=True).stdout)

wrong = []
plain = page.replace("\\-", "-").replace("\\&", "")
# `.Fl -yes` of mdoc is `--yes`.
options = set(re.findall(r"\bFl -([a-z-]+)", plain))
letters = set(re.findall(r"\bFl ([a-z])\b", plain))
for entry in manual["commands"]:
    if not re.search(r"^\.Ss .*\b" + entry["name"] + r"\b", plain, re.M):
        wrong.append(f"the command {entry['name']} has no section of its own")
    for option in entry["options"]:
        if option["name"] not in options:
            wrong.append(f"--{option['name']} is missing")
        if option["letter"] and option["letter"] not in letters:
            wrong.append(f"-{option['letter']} is missing")
    section = re.search(r"^\.Ss " + entry["name"] + r"$(.*?)^\.S[sh] ", plain, re.M | re.S)
    listed = set(re.findall(r"(?<![a-z])-([a-z-]+)", section.group(1).partition("Options:")[2])) if section else set()
    takes = {option["name"] for option in entry["options"]} - {"help", "version"}
    if listed - {"syslog"} != takes - {"syslog"}:
        wrong.append(f"{entry['name']} lists {sorted(listed)} and takes {sorted(takes)}")
# `--opt` stands for any option; Windows has no --syslog.
known = {option["name"] for entry in manual["commands"] for option in entry["options"]} | {"syslog", "opt"}
wrong += [f"--{name} is not an option of the program" for name in options - known]
for code in "012345":
    if not re.search(r"^\.It " + code + r"$", plain, re.M):
        wrong.append(f"the exit code {code} is missing")
if shutil.which("mandoc"):
    lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(source / "cli" / "schancfg.1")], capture_output=True, text=True)
    wrong += lint.stdout.splitlines()
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
