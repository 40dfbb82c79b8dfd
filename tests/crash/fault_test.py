#!/usr/bin/env python3
"""Makes each call of schancfg that changes a file fail in turn, once or from there on as on a full disk.

The exit code says what happened: 3 with nothing touched while the record is written, 4 with everything rolled back, 0 when it was done.
"""

import errno
import os
import resource
import subprocess
import unittest

from crashes import SCHANCFG, CrashTest

PROFILE = """
[protocols]
"TLS 1.0" = "disabled"
[schannel]
event_logging = ["errors", "warnings"]
"""
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.ENOMEM)


def errors_of(step):
    """Under the sanitizers a run takes ten times as long: then one error a call, a different one each time."""
    return (ERRORS[step % len(ERRORS)],) if "SANITIZED" in os.environ else ERRORS


class Faults(CrashTest):
    def setUp(self):
        super().setUp()
        self.profile("p.toml", PROFILE)
        self.apply = ("apply", "p.toml", "--target", "memory:m.json", "--os", "2022", "--yes", "--quiet")
        self.undo = ("undo", "--target", "memory:m.json", "--yes", "--quiet")
        self.bench.run(*self.apply, expect=0)
        self.bench.run(*self.undo, expect=0)
        for path in self.bench.state("*"):
            path.unlink()
        self.old = self.bench.bytes("m.json")
        self.bench.save("start")
        log = self.bench.root / "log"
        self.assertEqual(self.bench.intercepted(*self.apply, CRASH_LOG=str(log)).returncode, 0)
        self.new = self.bench.bytes("m.json")
        self.calls = log.read_text().splitlines()
        self.commit = next(i for i, call in enumerate(self.calls, 1) if "m.json." in call)

    def faulty(self, step, how, error):
        self.bench.restore("start")
        return self.bench.intercepted(*self.apply, CRASH_AT=str(step), CRASH_HOW=how, CRASH_ERRNO=str(error))

    def check(self, done, where):
        self.assertIn(done.returncode, (0, 3, 4), f"{where}: {done.stderr}")
        self.assertEqual(self.bench.bytes("m.json"), self.new if done.returncode == 0 else self.old, where)
        if done.returncode != 0:
            self.assertEqual(done.stderr.count("schancfg: error:"), 1, f"{where}: {done.stderr}")
        # Whatever is left in the state folder, undo makes it as it was.
        self.assertIn(self.bench.run(*self.undo).returncode, (0, 2), where)
        self.assertEqual(self.bench.bytes("m.json"), self.old, where)

    def test_each_call_fails_once(self):
        faults = 0
        for step in range(1, len(self.calls) + 1):
            for error in errors_of(step):
                where = f"call {step} ({self.calls[step - 1]}) fails with {errno.errorcode[error]}"
                done = self.faulty(step, "fail", error)
                faults += 1
                if step < self.commit and done.returncode != 0:
                    self.assertEqual(done.returncode, 3, f"{where}: {done.stderr}")
                    self.assertIn("nothing was touched", done.stderr, where)
                self.check(done, where)
        print(f"{faults} faults of {len(self.calls)} calls")

    def test_a_disk_that_is_full_from_there_on(self):
        for step in range(1, self.commit):
            where = f"the disk is full from call {step} ({self.calls[step - 1]})"
            done = self.faulty(step, "full", errno.ENOSPC)
            self.assertEqual(done.returncode, 3, where)
            self.check(done, where)
        done = self.faulty(self.commit, "full", errno.ENOSPC)
        # The file was not replaced, so nothing was touched.
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_no_space_for_the_record_leaves_nothing_behind(self):
        self.bench.restore("start")
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        output = self.bench.folder / "nothing"
        done = subprocess.run([SCHANCFG, *self.apply, "-o", "-"], cwd=self.bench.folder, env=self.bench.environment(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=limit, check=False)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"^schancfg: error: .*\.marker cannot be written: File too large; nothing was touched\n$")
        self.assertEqual(self.bench.bytes("m.json"), self.old)
        self.assertEqual(self.bench.state("*"), [])
        self.assertFalse(output.exists())

    def test_an_undo_whose_calls_fail(self):
        self.bench.restore("start")
        self.bench.run(*self.apply, expect=0)
        self.bench.save("start")
        log = self.bench.root / "log2"
        self.assertEqual(self.bench.intercepted(*self.undo, CRASH_LOG=str(log)).returncode, 0)
        for step in range(1, len(log.read_text().splitlines()) + 1):
            self.bench.restore("start")
            done = self.bench.intercepted(*self.undo, CRASH_AT=str(step), CRASH_HOW="fail", CRASH_ERRNO=str(errno.ENOSPC))
            where = f"call {step} of undo fails"
            self.assertIn(done.returncode, (0, 3, 4), f"{where}: {done.stderr}")
            self.assertEqual(self.bench.bytes("m.json"), self.old if done.returncode == 0 else self.new, where)
            self.assertIn(self.bench.run(*self.undo).returncode, (0, 2), where)
            self.assertEqual(self.bench.bytes("m.json"), self.old, where)


if __name__ == "__main__":
    unittest.main()
