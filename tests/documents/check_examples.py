#!/usr/bin/env python3
"""Runs the shell steps of lib/docs/examples/*.yml on a folder with a profile, with the real program; what would leave this machine is left out."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

ELSEWHERE = re.compile(r"^\s*(sudo )?dpkg -i|^gh |^echo \"##vso")
PROFILE = 'format = 1\nname = "Web"\nextends = ["best-practices"]\n\n[protocols]\n"TLS 1.0" = "disabled"\n'


def scripts(node):
    """Every shell step, in the order of the file."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "script") and isinstance(value, str):
                yield value
            elif key == "script" and isinstance(value, list):
                yield from value
            else:
                yield from scripts(value)
    elif isinstance(node, list):
        for value in node:
            yield from scripts(value)


def main():
    root, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    wrong = 0
    for file in sorted((root / "lib/docs/examples").glob("*.yml")):
        text = file.read_text(encoding="utf-8")
        document = yaml.safe_load(text)
        releases = re.search(r"^\s+RELEASES: (.*)", text, re.M).group(1)
        with tempfile.TemporaryDirectory() as folder:
            at = pathlib.Path(folder)
            (at / "profiles").mkdir()
            (at / "profiles/web.toml").write_text(PROFILE, encoding="utf-8")
            (at / "bin").mkdir()
            (at / "bin/schancfg").symlink_to(program)
            environment = {**os.environ, "PATH": f"{at / 'bin'}:{os.environ['PATH']}", "RELEASES": releases, "XDG_STATE_HOME": folder}
            ran = 0
            for script in scripts(document):
                lines = [line for line in script.replace("$(RELEASES)", releases).split("\n") if not ELSEWHERE.match(line)]
                if not any(line.strip() for line in lines):
                    continue
                done = subprocess.run(["bash", "-e", "-c", "\n".join(lines)], cwd=folder, env=environment, capture_output=True, text=True, check=False)
                ran += 1
                # lint may find something: an answer, not a failure.
                if done.returncode not in (0, 1):
                    wrong += 1
                    print(f"{file.name}: ended with {done.returncode}\n{script}\n{done.stdout}{done.stderr}")
            comment = at / "comment.md"
            if not comment.is_file() or comment.read_text(encoding="utf-8").count("### TLS settings") != len(releases.split()):
                wrong += 1
                print(f"{file.name}: comment.md does not say what the profile does on {releases}")
            print(f"{file.name}: {ran} steps")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
