#!/usr/bin/env python3
"""The completion script for bash is asked, as bash asks it. (The other shells' scripts are golden in completion.case.)"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

command = sys.argv[sys.argv.index("--") + 1:]
wrong = []


def complete(words):
    """What the script offers for the last word; `schancfg` is found by a wrapper on PATH."""
    whole = " ".join(words)
    # As bash splits them: at each colon as well.
    words = [part for word in words for part in (re.split("(:)", word) if word else [""])]
    words = [word for at, word in enumerate(words) if word or at == len(words) - 1]
    line = f"COMP_LINE='{whole}'; COMP_POINT={len(whole)}; COMP_WORDS=(" + " ".join(f"'{word}'" for word in words) + f"); COMP_CWORD={len(words) - 1}; "
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
    environment = {**os.environ, "PATH": name + os.pathsep + os.environ["PATH"], "XDG_STATE_HOME": name + "/state"}
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
    expect(["schancfg", "status", "o"], "os:")
    expect(["schancfg", "status", "os:windows-server-20"], "windows-server-2022")
    expect(["schancfg", "diff", "--from", "profile:s"], "strict")
    expect(["schancfg", "explain", "KB31"], "KB3161639")
    expect(["schancfg", "explain", "TLS_AES_1"], "TLS_AES_128_GCM_SHA256")
    expect(["schancfg", "explain", "--list", "c"], "curves", "ciphers")
    expect(["schancfg", "status", "--update", "KB316"], "KB3161639")
    expect(["schancfg", "apply", "--target", ""], "reg:", "memory:")
    if "os:" in complete(["schancfg", "apply", "--target", ""]):
        wrong.append("os: is offered as a target of apply, which refuses it")
    # Wine keeps its records where the other tests keep theirs.
    if len(command) == 1:
        subprocess.run([*command, "apply", "strict", "--target", "memory:m.json", "--os", "2022", "--yes"], cwd=folder, env=environment, capture_output=True, check=True)
        kept = subprocess.run([*command, "undo", "--list", "--name-only"], env=environment, capture_output=True, text=True, check=True).stdout.split()
        expect(["schancfg", "undo", kept[0][:3]], kept[0])
        expect(["schancfg", "confirm", kept[0][:3]], kept[0])
    if "--yes" in complete(["schancfg", "diff", "--"]):
        wrong.append("--yes is offered for diff, which has no such option")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
