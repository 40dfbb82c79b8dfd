"""`--restart`: what the system is asked to do, and when. The system's shutdown.exe is one that writes down how it was started."""

import json
import os
import shutil
import unittest

from wine_registry import EXE, WineTest, windows_path

# In force after a restart alone.
PROFILE = """format = 1
[cipher_suites.policy]
order = ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]
"""


class Restart(WineTest):
    def setUp(self):
        super().setUp()
        self.drive = self.folder / "prefix" / "drive_c"
        system = self.drive / "windows" / "system32" / "shutdown.exe"
        system.unlink()
        shutil.copy(os.environ["RECORDING_SHUTDOWN_EXE"], system)
        # Wine has one of its own, which it would start in the place of any other.
        self.run_windows("reg", "add", r"HKCU\Software\Wine\DllOverrides", "/v", "shutdown.exe", "/d", "native", "/f")
        self.profile = windows_path(self.file("p.toml", PROFILE))
        self.state = self.drive / "ProgramData" / "schancfg"
        self.known = set()

    def asked(self):
        """How shutdown.exe was started since the last question."""
        file = self.drive / "shutdown.txt"
        lines = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return lines

    def expected(self, why):
        return [r'"C:\windows\system32\shutdown.exe" /r /t 60 /d p:2:4 /c "schancfg: %s"' % why]

    def said(self, *words, expect=0):
        done = self.completed(EXE, *words)
        self.assertEqual(done.returncode, expect, done.stderr)
        return done.stderr.decode().replace("\r", "")

    def record(self):
        """That of the last run."""
        [file] = set(self.state.glob("*.json")) - self.known
        self.known.add(file)
        return file

    def test_apply_and_undo_restart_the_machine_when_they_are_asked_to(self):
        said = self.said("apply", self.profile, "--yes", "--restart")
        applied = self.record().stem
        self.assertEqual(self.asked(), self.expected("restart to bring %s into force" % applied))
        self.assertIn("This machine restarts in 60 seconds; to cancel: shutdown /a", said)
        self.said("undo", "--yes", "--restart")
        self.assertEqual(self.asked(), self.expected("restart after %s was undone" % applied))
        # Nobody asked.
        self.said("apply", self.profile, "--yes")
        self.assertEqual(self.asked(), [])

    def test_what_the_system_refuses_is_said_and_what_was_applied_stays(self):
        (self.drive / "shutdown-exit.txt").write_text("5")
        said = self.said("apply", self.profile, "--yes", "--restart")
        self.assertIn("this machine is not restarted: shutdown.exe ended with 5", said)
        self.assertNotIn("This machine restarts", said)
        self.assertEqual(len(self.asked()), 1)
        self.said("apply", self.profile, "--yes")

    def test_reverting_restarts_only_what_was_restarted_to_bring_it_into_force(self):
        def overdue(**known):
            self.said("apply", self.profile, "--yes", "--revert-after", "1h", "--restart")
            record = self.record()
            self.assertEqual(self.asked(), self.expected("restart to bring %s into force" % record.stem))
            # What a restart ends; the start-up task then runs `revert`.
            self.run_windows("taskkill", "/F", "/PID", record.with_suffix(".watchdog").read_text())
            record.write_text(json.dumps(dict(json.loads(record.read_text()), revert_at="2020-01-01T00:00:00Z", **known)))
            return record

        # The restart was cancelled; so nothing of it ever was in force.
        self.assertIn("so it never was in force", self.said("revert", windows_path(overdue())))
        self.assertEqual(self.asked(), [])
        self.known.update(self.state.glob("*.json"))
        record = overdue(boot="2020-01-01T00:00:00Z")
        self.assertIn("This machine restarts in 60 seconds", self.said("revert", windows_path(record)))
        self.assertEqual(self.asked(), self.expected("restart after %s was undone" % record.stem))


if __name__ == "__main__":
    unittest.main(verbosity=2)
