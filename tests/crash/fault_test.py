#!/usr/bin/env python3
"""Makes each call of schancfg that changes a file fail in turn, once or from there on as on a full disk.

The exit code says what happened: 3 with nothing touched while the record is written, 4 with everything rolled back, 0 when it was done.
"""

import errno
import os
import resource
import subprocess
import unittest

from crashes import SCHANCFG, CrashTest, hives

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
    """Of one file; subclasses have others."""

    target, release, files = "memory:m.json", ("--os", "2022"), ("m.json",)
    more = ""

    def setUp(self):
        super().setUp()
        self.profile("p.toml", PROFILE + self.more)
        self.apply = ("apply", "p.toml", "--target", self.target, *self.release, "--yes", "--quiet")
        self.undo = ("undo", "--target", self.target, "--yes", "--quiet")
        self.make_target()
        self.bench.run(*self.apply, expect=0)
        self.bench.run(*self.undo, expect=0)
        for path in self.bench.state("*"):
            path.unlink()
        self.old = self.content()
        self.bench.save("start")
        log = self.bench.root / "log"
        self.assertEqual(self.bench.intercepted(*self.apply, CRASH_LOG=str(log)).returncode, 0)
        self.new = self.content()
        self.calls = log.read_text().splitlines()
        # The first call that changes something where the target is.
        self.commit = next(i for i, call in enumerate(self.calls, 1) if self.files[0] + "." in call)

    def make_target(self):
        pass

    def content(self):
        return self.bench.bytes(self.files[0])

    def faulty(self, step, how, error):
        self.bench.restore("start")
        return self.bench.intercepted(*self.apply, CRASH_AT=str(step), CRASH_HOW=how, CRASH_ERRNO=str(error))

    def check(self, done, where):
        self.assertIn(done.returncode, (0, 3, 4), f"{where}: {done.stderr}")
        self.assertEqual(self.content(), self.new if done.returncode == 0 else self.old, where)
        if done.returncode != 0:
            self.assertEqual(done.stderr.count("schancfg: error:"), 1, f"{where}: {done.stderr}")
        # Whatever is left in the state folder, undo makes it as it was.
        self.assertIn(self.bench.run(*self.undo).returncode, (0, 2), where)
        self.assertEqual(self.content(), self.old, where)

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
        self.assertEqual(self.content(), self.old)

    def test_no_space_for_the_record_leaves_nothing_behind(self):
        self.bench.restore("start")
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        output = self.bench.folder / "nothing"
        done = subprocess.run([SCHANCFG, *self.apply, "-o", "-"], cwd=self.bench.folder, env=self.bench.environment(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=limit, check=False)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"^schancfg: error: .*\.marker cannot be written: File too large; nothing was touched\n$")
        self.assertEqual(self.content(), self.old)
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
            self.assertEqual(self.content(), self.old if done.returncode == 0 else self.new, where)
            self.assertIn(self.bench.run(*self.undo).returncode, (0, 2), where)
            self.assertEqual(self.content(), self.old, where)


class HiveFaults(Faults):
    """Two files in one run, which are both new or both old."""

    target, release = "hive:mnt", ()
    files = ("mnt/Windows/System32/config/SYSTEM", "mnt/Windows/System32/config/SOFTWARE")
    more = "[dotnet]\nstrong_crypto = true\n"

    def make_target(self):
        hives.image(self.bench.folder / "mnt")

    def content(self):
        return self.bench.hives(*self.files)

    def test_a_disk_that_refuses_everything_from_the_second_renaming_on(self):
        """Also what would restore the first: then the answer is 5, names what is left, and undo finds it in the record."""
        second = next(i for i, call in enumerate(self.calls, 1) if call.startswith("rename") and call.endswith("SOFTWARE"))
        done = self.faulty(second, "full", errno.EIO)
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertEqual(self.content(), [self.new[0], self.old[1]])
        self.assertIn("undo", done.stderr)
        said = self.bench.run("status", self.target, expect=0).stderr
        self.assertIn("interrupted", said)
        self.bench.save("between")
        self.bench.run(*self.undo, expect=0)
        self.assertEqual(self.content(), self.old)
        self.bench.restore("between")
        self.bench.run(*self.apply, expect=0)
        self.assertEqual(self.content(), self.new)
        self.bench.run(*self.undo, expect=0)
        self.assertEqual(self.content(), self.old)

    def test_the_original_that_is_asked_for_is_there_or_nothing_is_changed(self):
        words = (*self.apply, "--keep-original")
        log = self.bench.root / "kept"
        self.bench.restore("start")
        before = [self.bench.bytes(name) for name in self.files]
        self.assertEqual(self.bench.intercepted(*words, CRASH_LOG=str(log)).returncode, 0)
        for step in [i for i, call in enumerate(log.read_text().splitlines(), 1) if ".bak" in call and not call.startswith("unlink")]:
            self.bench.restore("start")
            done = self.bench.intercepted(*words, CRASH_AT=str(step), CRASH_HOW="fail", CRASH_ERRNO=str(errno.ENOSPC))
            self.assertIn(done.returncode, (0, 3), done.stderr)
            if done.returncode == 3:
                self.assertEqual(self.content(), self.old)
                self.bench.run(*words, expect=0)
            self.assertEqual([self.bench.bytes(name + ".bak") for name in self.files], before)


if __name__ == "__main__":
    unittest.main()
