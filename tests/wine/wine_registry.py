"""A Windows registry of its own for each test: a Wine prefix, the programs that run in it, and what its judges say of it.

The judges are Wine's reg.exe and regedit, and its Schannel through schannel_client.exe; the program judged is schancfg.exe.
CMake says where they are: SCHANCFG_EXE, SCHANNEL_CLIENT_EXE, SCHANCFG_WINE (cmake/wine.sh), SCHANCFG_BUILD (the build tree).
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from server_2022 import be_server_2022

SCHANNEL = r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"
LONG_SCHANNEL = SCHANNEL.replace("HKLM", "HKEY_LOCAL_MACHINE", 1)
EXE = os.environ["SCHANCFG_EXE"]
CLIENT = os.environ["SCHANNEL_CLIENT_EXE"]
BUILD = pathlib.Path(os.environ["SCHANCFG_BUILD"])


def windows_path(path):
    return "Z:" + str(path).replace("/", "\\")


def place(key, value):
    """By what two spellings of a value are the same."""
    return key.lower(), value.lower()


class WineTest(unittest.TestCase):
    """Each test starts with the registry of a new Wine prefix and leaves nothing behind."""

    maxDiff = None

    def setUp(self):
        self.folder = BUILD / "wine-tests" / self.id().rpartition("__main__.")[2]
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "files").mkdir(parents=True)
        self.environment = dict(os.environ, WINEPREFIX=str(self.folder / "prefix"))
        self.environment.pop("SCHANCFG_STATE", None)
        self.addCleanup(self.clean_up)
        be_server_2022(self.run_windows)

    def clean_up(self):
        server = shutil.which("wineserver64", path="/usr/lib/wine:" + os.environ["PATH"]) or "wineserver"
        subprocess.run([server, "-k"], env=self.environment, check=False)
        subprocess.run([server, "-w"], env=self.environment, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def file(self, name, text=None):
        path = self.folder / "files" / name
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def completed(self, *command):
        """A program that has run in the prefix: its exit code, and the bytes of its outputs."""
        # Files and no pipes: under Wine what a program leaves running holds its standard error.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
            done = subprocess.run(["sh", os.environ["SCHANCFG_WINE"], *map(str, command)], env=self.environment, cwd=BUILD,
                                  stdin=subprocess.DEVNULL, stdout=out, stderr=errors, timeout=120, check=False)
            out.seek(0)
            errors.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, out.read(), errors.read())

    def run_windows(self, *command, expect=0):
        """Runs a program in the prefix; gives what it printed on standard output."""
        done = self.completed(*command)
        said = "%s\nexit %d\n%s\n%s" % (command, done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))
        if expect is not None:
            self.assertIn(done.returncode, expect if isinstance(expect, tuple) else (expect,), said)
        return done.stdout.decode(errors="replace")

    def schancfg(self, *arguments, expect=0):
        return self.run_windows(EXE, *arguments, expect=expect)

    def regedit_export(self, key=LONG_SCHANNEL):
        path = self.file("export-%d.reg" % len(list((self.folder / "files").iterdir())))
        self.run_windows("regedit", "/E", windows_path(path), key)
        return path.read_bytes()

    def reg_query(self, key=SCHANNEL):
        """{(key, value name), both in lower case: (type, text)} of a key and all below it, as reg.exe prints it; {} for a key that is not there."""
        printed = self.run_windows("reg", "query", key, "/s", expect=None)
        found = {}
        current = None
        for line in printed.replace("\r", "").split("\n"):
            if line.startswith("HKEY_"):
                current = line.replace("HKEY_LOCAL_MACHINE", "HKLM", 1)
            elif match := re.fullmatch(r"    (.*?)    (REG_\w+)    ?(.*)", line):
                found[place(current, match[1].replace("(Default)", ""))] = (match[2], match[3])
        return found


if __name__ == "__main__":
    raise SystemExit("this is a module of the tests beside it")
