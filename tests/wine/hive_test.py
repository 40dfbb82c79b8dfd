"""Offline hives by the Windows program: files that nobody has open are read and written, a hive that is loaded is refused with the reason.

Wine's own registry lies in text files, so no hive is ever loaded here; what a loaded one is to another program is a file that is open and shared with nobody.
"""

import os
import pathlib
import subprocess
import sys
import unittest

from wine_registry import BUILD, EXE, WineTest, windows_path

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "hive"))
import hives  # noqa: E402


class Hives(WineTest):
    def setUp(self):
        super().setUp()
        self.root = self.folder / "files" / "mnt"
        self.config = hives.image(self.root)
        self.target = "hive:" + windows_path(self.root)

    def held(self, *files):
        """These files, open and not shared, until the result is closed."""
        holder = subprocess.Popen(["sh", os.environ["SCHANCFG_WINE"], os.environ["HOLD_OPEN_EXE"], *map(windows_path, files)], env=self.environment, cwd=BUILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def let_go():
            holder.stdin.close()
            holder.wait(60)
            holder.stdout.close()

        self.assertEqual(holder.stdout.readline().strip(), b"held")
        return let_go

    def everything(self):
        return {str(each.relative_to(self.root)): (each.read_bytes(), each.stat().st_mtime_ns, each.stat().st_ino) for each in self.root.rglob("*") if each.is_file()}

    def refused(self, *words):
        done = self.completed(EXE, *words)
        self.assertEqual(done.returncode, 3, done)
        return done.stderr.decode()

    def test_a_hive_that_is_loaded_is_refused_with_the_reason_and_nothing_changes(self):
        (self.root / "hiberfil.sys").write_bytes(bytes(4096))
        before = self.everything()
        reason = "a hive that is loaded belongs to the system that runs: `live` reads and writes that"
        apply, status = ["apply", "best-practices", "--target", self.target, "--yes"], ["status", self.target]
        # As on a machine that runs, and the second of them alone. (Each run waits five seconds whether the file is let go.)
        for files, runs in ((["SYSTEM", "SOFTWARE", "../../../hiberfil.sys"], (apply, status)), (["SOFTWARE"], (apply,))):
            let_go = self.held(*((self.config / each).resolve() for each in files))
            try:
                for words in runs:
                    said = self.refused(*words)
                    self.assertIn(reason, said)
                    self.assertIn(files[0], said)
            finally:
                let_go()
            self.assertEqual(self.everything(), before)

    def test_hives_that_nobody_has_open_are_written_and_restored(self):
        trees = {name: hives.tree((self.config / name).read_bytes()) for name in ("SYSTEM", "SOFTWARE")}
        self.schancfg("diff", "best-practices", "--target", self.target, expect=1)
        self.schancfg("apply", "best-practices", "--target", self.target, "--yes", "--keep-original")
        self.schancfg("diff", "best-practices", "--target", self.target)
        schannel = hives.tree((self.config / "SYSTEM").read_bytes())["CONTROLSET001"]["CONTROL"]["SECURITYPROVIDERS"]["SCHANNEL"]
        self.assertEqual(schannel["PROTOCOLS"]["SSL 3.0"]["SERVER"]["value", "ENABLED"], (4, bytes(4)))
        self.assertEqual(sorted(each.name for each in self.config.iterdir()), ["SOFTWARE", "SOFTWARE.bak", "SYSTEM", "SYSTEM.bak"])
        self.schancfg("undo", "--target", self.target, "--yes")
        for name, tree in trees.items():
            self.assertEqual(hives.tree((self.config / name).read_bytes()), tree)


if __name__ == "__main__":
    unittest.main()
