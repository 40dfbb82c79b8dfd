#!/usr/bin/env python3
"""The completion script for bash is asked, as bash asks it. (The other shells' scripts are golden in completion.case.)"""
import os
import pathlib
import subprocess
import sys
import tempfile

command = sys.argv[sys.argv.index("--") + 1:]
wrong = []


def complete(words):
    """What the script offers for the last word; `schancfg` is found by a wrapper on PATH."""
    line = "COMP_WORDS=(" + " ".join(f"'{word}'" for word in words) + f"); COMP_CWORD={len(words) - 1}; "
    script = 'compopt() { :; }; source "$1"; ' + line + '_schancfg; printf "%s\\n" "${COMPREPLY[@]}"'
    return subprocess.run(["bash", "-c", script, "bash", str(folder / "script")], capture_output=True, text=True, env=environment,
                          cwd=folder).stdout.split()


def expect(words, *offered):
    found = complete(words)
    for word in offered:
        if word not in found:
            wrong.append(f"{words}: {word} is not offered, but {found}")


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    wrapper = folder / "schancfg"
    wrapper.write_text("#!/bin/sh\nexec " + " ".join(f"'{word}'" for word in command) + ' "$@"\n')
    wrapper.chmod(0o755)
    environment = {**os.environ, "PATH": name + os.pathsep + os.environ["PATH"]}
    script = subprocess.run([*command, "completion", "bash"], check=True, capture_output=True).stdout
    (folder / "script").write_bytes(script)
    (folder / "mine.toml").write_text("format = 1\n")
    expect(["schancfg", "d"], "diff")
    expect(["schancfg", "diff", "--t"], "--target", "--to")
    expect(["schancfg", "diff", "s"], "strict")
    expect(["schancfg", "diff", "m"], "mine.toml")
    expect(["schancfg", "diff", "--os", "windows-server-20"], "windows-server-2022")
    expect(["schancfg", "export", "--format", ""], "reg", "toml", "json")
    expect(["schancfg", "diff", "--color", ""], "auto", "always", "never")
    expect(["schancfg", "completion", ""], "bash", "zsh", "fish", "powershell")
    expect(["schancfg", "help", "un"], "undo")
    if "--yes" in complete(["schancfg", "diff", "--"]):
        wrong.append("--yes is offered for diff, which has no such option")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
