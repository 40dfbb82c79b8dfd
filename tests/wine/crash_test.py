"""The live registry: terminated before and after every call that changes something, two at once, records that others could have written."""

import json
import os
import subprocess
import time
import unittest

from wine_registry import BUILD, EXE, LONG_SCHANNEL, SCHANNEL, WineTest, windows_path

CRASHING = os.environ["CRASHING_EXE"]
# Each run of a program takes Wine a quarter of a second: by default of each kind of call the first and the last, with this one every call.
EVERY = os.environ.get("SCHANCFG_EVERY", "") not in ("", "0")
KILLED = 137
CLOSED = 138
# Wine's server ends a process by this signal when two of its threads end it at the same moment.
ENDED_TWICE = -9
PROFILE = """format = 1
[protocols]
"TLS 1.0" = { server = "disabled" }
[schannel]
event_logging = ["errors", "warnings"]
[registry.'%s']
SendTrustedIssuerList = "default"
""" % SCHANNEL


def steps(calls):
    """The steps at which a program is terminated, from 1, each with its call."""
    tried = {step for step, call in enumerate(calls) if EVERY or call not in calls[:step] or call not in calls[step + 1:]}
    return [(step + 1, calls[step]) for step in sorted(tried)]


class Crash(WineTest):
    def setUp(self):
        super().setUp()
        self.run_windows("reg", "add", SCHANNEL, "/v", "SendTrustedIssuerList", "/t", "REG_DWORD", "/d", "1", "/f")
        self.run_windows("reg", "add", SCHANNEL, "/v", "EventLogging", "/t", "REG_DWORD", "/d", "1", "/f")
        self.profile = windows_path(self.file("p.toml", PROFILE))
        self.exported = self.folder / "files" / "export.reg"
        self.apply = ("apply", self.profile, "--yes", "-q", "--name-only")
        self.undo = ("undo", "--yes", "-q", "--name-only")
        self.state = self.folder / "prefix" / "drive_c" / "ProgramData" / "schancfg"
        # Makes the state folder.
        self.schancfg(*self.apply)
        self.new = self.export()
        self.schancfg(*self.undo)
        self.old = self.export()
        self.assertNotEqual(self.new, self.old)
        self.forget()

    def forget(self):
        for path in self.state.iterdir():
            path.unlink()

    def export(self):
        self.run_windows("regedit", "/E", windows_path(self.exported), LONG_SCHANNEL)
        return self.exported.read_bytes()

    def crashing(self, *words, expect, **how):
        self.environment.update(how)
        try:
            return self.run_windows(CRASHING, *words, expect=expect)
        finally:
            for name in how:
                del self.environment[name]

    def calls(self, *words):
        log = self.folder / "files" / "calls"
        log.unlink(missing_ok=True)
        self.crashing(*words, expect=0, CRASH_LOG=windows_path(log))
        return log.read_text().split()

    def said(self):
        done = self.completed(EXE, "status", "--name-only")
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr.decode()

    def check_told(self, before, where):
        markers = [path.name for path in self.state.glob("*.marker")]
        if markers:
            said = self.said()
            self.assertIn("interrupted", said, where)
            self.assertIn(markers[0].removesuffix(".marker"), said, where)
        elif self.export() != before:
            self.assertIn("applied", self.schancfg("undo", "--list"), where)

    def check(self, state, where):
        self.assertEqual(self.export(), state, where)
        self.assertEqual(list(self.state.glob("*.marker")), [], where)

    def test_an_apply_that_is_terminated(self):
        calls = self.calls(*self.apply)
        self.schancfg(*self.undo)
        self.assertIn("RegSetValueEx", calls)
        for step, call in steps(calls):
            where = f"terminated at call {step}, {call}"
            self.forget()
            self.crashing(*self.apply, expect=KILLED, CRASH_AT=str(step), CRASH_HOW="after")
            self.check_told(self.old, where)
            self.schancfg(*self.undo, expect=0 if list(self.state.glob("*.json")) or list(self.state.glob("*.marker")) else 2)
            self.check(self.old, where + ", undone")
            self.forget()
            self.crashing(*self.apply, expect=KILLED, CRASH_AT=str(step), CRASH_HOW="before")
            self.schancfg(*self.apply)
            self.check(self.new, where + ", completed")
            self.schancfg(*self.undo)
            self.check(self.old, where + ", completed and undone")
        print(f"{2 * len(steps(calls))} kills, {len(calls)} calls")

    def test_an_undo_that_is_terminated(self):
        self.schancfg(*self.apply)
        calls = self.calls(*self.undo)
        self.assertIn("RegDeleteValue", calls)
        for step, call in steps(calls):
            where = f"terminated at call {step} of undo, {call}"
            self.forget()
            self.schancfg(*self.apply)
            self.crashing(*self.undo, expect=KILLED, CRASH_AT=str(step), CRASH_HOW="before" if step % 2 else "after")
            marked = list(self.state.glob("*.marker"))
            self.check_told(self.new, where)
            # At its end there may be nothing left to undo.
            self.schancfg(*self.undo, expect=0 if marked or self.export() != self.old else 2)
            self.check(self.old, where)
        print(f"{len(steps(calls))} kills, {len(calls)} calls")

    def test_a_window_that_is_closed_waits_for_the_change(self):
        calls = self.calls(*self.apply)
        self.schancfg(*self.undo)
        first = calls.index("RegSetValueEx") + 1
        last = len(calls) - calls[::-1].index("RegSetValueEx")
        for step in range(first, last + 1):
            self.forget()
            # It may come to its own end before the system ends it.
            self.crashing(*self.apply, expect=(CLOSED, 0, ENDED_TWICE), CRASH_AT=str(step), CRASH_HOW="close")
            # What was under way was done, and the record says so: nothing is left to repair.
            self.check(self.new, f"closed at call {step}, {calls[step - 1]}")
            self.schancfg(*self.undo)
            self.check(self.old, f"closed at call {step}, undone")

    def paused(self, step, *words):
        resume = self.folder / "files" / "resume"
        resume.unlink(missing_ok=True)
        log = self.folder / "files" / "steps"
        log.unlink(missing_ok=True)
        environment = dict(self.environment, CRASH_AT=str(step), CRASH_HOW="pause", CRASH_RESUME=windows_path(resume), CRASH_LOG=windows_path(log))
        child = subprocess.Popen(["sh", os.environ["SCHANCFG_WINE"], CRASHING, *words], env=environment, cwd=BUILD, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(child.kill)
        for _ in range(6000):
            if log.exists() and len(log.read_text().split()) >= step:
                return child, resume.touch
            time.sleep(0.01)
        self.fail("it never came that far")

    def test_a_second_one_is_refused_and_a_value_that_moves_is_kept(self):
        calls = self.calls(*self.apply)
        self.schancfg(*self.undo)
        child, go_on = self.paused(calls.index("RegSetValueEx") + 1, *self.apply)
        done = self.completed(EXE, *self.apply)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr.decode(), r"^schancfg: error: live is locked by process \d+, which is writing it; nothing was touched")
        self.assertRegex(self.said(), r"process \d+ is changing live")
        # Written last by the plan, and first by somebody else.
        self.run_windows("reg", "add", SCHANNEL, "/v", "SendTrustedIssuerList", "/t", "REG_DWORD", "/d", "7", "/f")
        theirs = self.export()
        go_on()
        output, errors = child.communicate(timeout=120)
        self.assertEqual(child.returncode, 4, output + errors)
        self.assertIn("SendTrustedIssuerList is REG_DWORD 7 now", errors)
        self.assertIn("everything was rolled back", errors)
        self.assertEqual(self.export(), theirs)
        self.assertEqual(list(self.state.glob("*.marker")), [])

    def test_records_and_folders_that_others_could_have_written_are_refused(self):
        self.schancfg(*self.apply)
        [record] = self.state.glob("*.json")
        for path, bits in (record, 0o606), (self.state, 0o707):
            before = path.stat().st_mode
            path.chmod(bits)
            self.schancfg(*self.undo, expect=2 if path == record else 3)
            self.schancfg("undo", record.stem, "--yes", expect=3)
            self.assertEqual(self.export(), self.new)
            path.chmod(before)
        self.schancfg(*self.undo)
        self.check(self.old, "trusted again")

    def test_unless_it_is_confirmed_it_takes_itself_back_also_after_a_restart(self):
        tasks = self.folder / "prefix" / "drive_c" / "windows" / "system32" / "tasks" / "schancfg"

        def until(what):
            for _ in range(600):
                if what():
                    return
                time.sleep(0.1)
            self.fail("it did not happen")

        def expire():
            [watchdog] = self.state.glob("*.watchdog")
            record = watchdog.with_suffix(".json")
            record.write_text(json.dumps(dict(json.loads(record.read_text()), revert_at="2020-01-01T00:00:00Z")))

        self.schancfg(*self.apply, "--revert-after", "1h")
        self.assertEqual(self.export(), self.new)
        self.assertEqual(len(list(tasks.iterdir())), 1)
        expire()
        until(lambda: not list(self.state.glob("*.watchdog")))
        self.check(self.old, "undone")
        self.assertEqual(list(tasks.iterdir()), [])
        self.schancfg(*self.apply, "--revert-after", "1h")
        self.assertIn("did not restart since", self.completed(EXE, "confirm").stderr.decode())
        self.schancfg("confirm", "--force")
        until(lambda: not list(self.state.glob("*.watchdog")))
        self.check(self.new, "confirmed")
        self.assertEqual(list(tasks.iterdir()), [])
        self.schancfg(*self.undo)
        # A restart ends the watchdog; Wine's Task Scheduler keeps tasks and runs none, so what the task says is run here.
        self.schancfg(*self.apply, "--revert-after", "1h")
        [watchdog] = self.state.glob("*.watchdog")
        self.run_windows("taskkill", "/F", "/PID", watchdog.read_text())
        self.assertIn("the watchdog that would do so is gone", self.said())
        expire()
        self.schancfg("revert", windows_path(watchdog.with_suffix(".json")))
        self.check(self.old, "undone after a restart")
        self.assertEqual(list(tasks.iterdir()), [])

    def test_a_remote_session_is_named_when_its_protocol_goes(self):
        # Wine gives every program a session of its own; a shell can say otherwise.
        words = " ".join(word for word in self.apply if word != "-q")
        script = self.file("session.bat", '@set SESSIONNAME=RDP-Tcp#3\r\n@"%s" %s\r\n' % (windows_path(EXE), words))
        done = self.completed("cmd", "/c", windows_path(script))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("this Remote Desktop (RDP-Tcp#3) session may drop: the machine will stop offering TLS 1.0; --revert-after 15m reverts it unless you confirm",
                      done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
