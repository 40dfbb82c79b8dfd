#!/usr/bin/env python3
"""A reader that closes the pipe ends a command silently; and nothing is applied whose plan nobody read."""
import os
import subprocess
import sys
import tempfile

program = sys.argv[1:]
failed = False
with tempfile.TemporaryDirectory() as folder:
    for words in (["releases"], ["status", "os:2022"], ["diff", "strict", "--target", "os:2022", "-q"], ["lint", "strict"], ["explain", "TLS 1.2"],
                  ["help"], ["export", "weak-dh-peer", "--reg"], ["apply", "strict", "--target", "memory:m.json", "--os", "2022", "--yes", "-q"]):
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(program + words, stdout=write, stderr=subprocess.PIPE, cwd=folder, env={**os.environ, "XDG_STATE_HOME": folder})
        os.close(write)
        if done.returncode not in (0, 1, 141) or done.stderr:
            print(words, "ended with", done.returncode, done.stderr.decode())
            failed = True
    if os.path.exists(os.path.join(folder, "m.json")):
        print("a plan was applied that nobody could read")
        failed = True
sys.exit(failed)
