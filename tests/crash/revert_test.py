#!/usr/bin/env python3
"""`apply --revert-after`: undone in time by a process that nobody waits for, or confirmed, or noticed when that process is gone."""

import json
import os
import pathlib
import shutil
import signal
import time
import unittest

from crashes import RECORD, SCHANCFG, CrashTest


class Watched(CrashTest):
    """A registry, two profiles, and what ends the processes that were started on the way."""

    def setUp(self):
        super().setUp()
        self.profile("a.toml", '[protocols]\n"TLS 1.0" = "disabled"\n[schannel]\nevent_logging = ["errors", "warnings"]\n')
        self.profile("b.toml", '[protocols]\n"TLS 1.1" = "disabled"\n[schannel]\nevent_logging = ["errors"]\n')
        self.bench.run(*self.apply("a.toml"), expect=0)
        self.bench.run(*self.undo, expect=0)
        self.old = self.bench.bytes("m.json")
        for path in self.bench.state("*"):
            path.unlink()
        self.addCleanup(self.end_watchdogs)

    def apply(self, profile, *more):
        return ("apply", profile, "--target", "memory:m.json", "--os", "2022", "--yes", *more)

    undo = ("undo", "--target", "memory:m.json", "--yes")
    confirm = ("confirm", "--target", "memory:m.json")

    def watchdogs(self):
        # It is held before its number is written, and may go while it is looked at.
        self.until(lambda: all(path.read_text() for path in self.bench.state("*.watchdog") if path.exists()))
        return [int(text) for text in (path.read_text() for path in self.bench.state("*.watchdog")) if text]

    def end_watchdogs(self):
        for process in self.watchdogs():
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
            # A signal is sent, not obeyed at once: on a busy machine the process holds its files for a while yet.
            self.until(lambda: self.is_over(process))

    @staticmethod
    def is_over(process):
        """Whether it holds nothing any more: gone, or left for somebody to ask for its exit code."""
        try:
            stat = pathlib.Path(f"/proc/{process}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return True
        return stat.rpartition(")")[2].split()[0] in "ZX"

    def pending(self, after, profile="a.toml"):
        done = self.bench.run(*self.apply(profile, "--revert-after", after), expect=0)
        self.assertRegex(done.stderr.splitlines()[-1],
                         r"^schancfg: note: Done. It is reverted at \S+Z unless you run: schancfg confirm \S+$")
        return RECORD.findall(done.stderr)[-1]

    def record(self, name):
        return json.loads((self.bench.folder / "state" / "schancfg" / (name + ".json")).read_text())

    def change(self, name, **members):
        path = self.bench.folder / "state" / "schancfg" / (name + ".json")
        path.write_text(json.dumps(dict(self.record(name), **members)))

    def expire(self, name):
        """Its time has come. (Waiting for a time that was given would make the test as slow as it, and fail on a machine that is slower.)"""
        self.change(name, revert_at="2020-01-01T00:00:00Z")

    def until(self, what, seconds=60):
        end = time.monotonic() + seconds
        while not what():
            self.assertLess(time.monotonic(), end, "it did not happen in time")
            time.sleep(0.05)

    def settled(self):
        return not self.bench.state("*.watchdog") and not self.bench.state("*.marker")


class Revert(Watched):
    def test_it_takes_itself_back_in_time(self):
        start = time.monotonic()
        self.pending("3s")
        self.until(self.settled)
        self.assertGreater(time.monotonic() - start, 2)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_until_then_it_is_told(self):
        name = self.pending("1h")
        self.assertNotEqual(self.bench.bytes("m.json"), self.old)
        self.assertEqual(len(self.watchdogs()), 1)
        said = self.bench.run("status", "memory:m.json", expect=0).stderr
        self.assertIn(f"unless confirmed; to keep them: schancfg confirm {name}", said)
        self.assertRegex(self.bench.run("undo", "--list", expect=0).stdout, rf"(?m)^{name} .*\n    .*\n    reverted at \S+Z unless confirmed\n")
        self.expire(name)
        self.until(self.settled)
        self.assertEqual(self.bench.bytes("m.json"), self.old)
        self.assertEqual(self.record(name)["status"], "undone")
        self.assertEqual(self.bench.run("status", "memory:m.json", expect=0).stderr, "")
        self.assertIn(f"too late: {name} was reverted", self.bench.run(*self.confirm, expect=3).stderr)

    def test_confirmed_it_stays(self):
        name = self.pending("1h")
        new = self.bench.bytes("m.json")
        self.assertIn("Confirmed", self.bench.run(*self.confirm, expect=0).stderr)
        self.assertIn("was confirmed already", self.bench.run("confirm", name, expect=0).stderr)
        self.until(self.settled)
        self.expire(name)
        self.assertEqual(self.bench.run("revert", name, expect=0).stdout, "")
        self.assertEqual(self.bench.bytes("m.json"), new)
        self.assertEqual(self.bench.run("status", "memory:m.json", expect=0).stderr, "")
        self.bench.run(*self.undo, expect=0)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_taken_back_by_hand_there_is_nothing_left_to_do(self):
        self.pending("1h")
        self.bench.run(*self.undo, expect=0)
        self.until(self.settled)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_an_apply_on_top_is_taken_back_with_it(self):
        name = self.pending("1h")
        self.bench.run(*self.apply("b.toml"), expect=0)
        self.assertEqual(self.record(name)["status"], "applied")
        self.assertEqual(len(self.bench.state("*.json")), 1)
        self.expire(name)
        self.until(self.settled)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_an_apply_on_top_may_set_a_new_time_and_is_confirmed_with_it(self):
        name = self.pending("1h")
        first = self.record(name)["revert_at"]
        self.assertEqual(self.pending("2h", "b.toml"), name)
        second = self.record(name)["revert_at"]
        # With nothing left to change the time can be set all the same, and a watchdog that was killed is replaced before it is said.
        self.end_watchdogs()
        said = self.bench.run(*self.apply("b.toml", "--revert-after", "3h"), expect=0).stderr
        self.assertIn(f"It is reverted at {self.record(name)['revert_at']} unless", said)
        self.assertTrue(first < second < self.record(name)["revert_at"])
        both = self.bench.bytes("m.json")
        self.assertEqual(len(self.watchdogs()), 1)
        self.bench.run("confirm", name, expect=0)
        self.until(self.settled)
        self.bench.run(*self.apply("a.toml"), expect=0)
        self.assertNotEqual(self.bench.state("*.json"), [])
        self.bench.run(*self.undo, expect=0)
        self.assertEqual(self.bench.bytes("m.json"), both)
        self.bench.run(*self.undo, expect=0)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_a_watchdog_that_was_killed_is_noticed(self):
        name = self.pending("1h")
        self.end_watchdogs()
        said = self.bench.run("status", "memory:m.json", expect=0).stderr
        self.assertIn("the watchdog that would do so is gone; to undo them now: schancfg undo " + name, said)
        self.expire(name)
        self.assertIn("were to be reverted at", self.bench.run("status", "memory:m.json", expect=0).stderr)
        # Who only looks changes nothing; who writes reverts it first.
        self.assertNotEqual(self.bench.bytes("m.json"), self.old)
        # But not before it is known that what is asked for can be done.
        self.profile("wrong.toml", '[protocols]\n"TLS 1.7" = "disabled"\n')
        self.profile("other.toml", 'windows = "windows-7"\n[protocols]\n"TLS 1.1" = "disabled"\n')
        for wrong in ("wrong.toml", "other.toml", "none.toml"):
            self.bench.run(*self.apply(wrong), expect=2)
            self.assertNotEqual(self.bench.bytes("m.json"), self.old)
        done = self.bench.run(*self.apply("b.toml"), expect=0)
        self.assertIn(f"{name} was not confirmed in time and is being reverted", done.stderr)
        self.assertEqual(self.record(name)["status"], "undone")
        self.bench.run(*self.undo, expect=0)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_a_killed_watchdog_is_replaced_by_the_next_apply(self):
        name = self.pending("1h")
        self.end_watchdogs()
        self.bench.run(*self.apply("b.toml"), expect=0)
        self.assertEqual(len(self.watchdogs()), 1)
        self.expire(name)
        self.until(self.settled)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_what_the_start_up_task_runs_goes_on_waiting(self):
        name = self.pending("3s")
        self.end_watchdogs()
        done = self.bench.run("revert", str(self.bench.folder / "state" / "schancfg" / (name + ".json")), expect=0)
        self.assertEqual(done.stdout, "")
        self.assertEqual(self.bench.bytes("m.json"), self.old)
        self.assertIn("this was undone already", self.bench.run("revert", name, expect=2).stderr)

    def test_late_but_there_it_can_be_confirmed(self):
        name = self.pending("1h")
        self.end_watchdogs()
        self.expire(name)
        new = self.bench.bytes("m.json")
        self.bench.run(*self.confirm, expect=0)
        self.assertEqual(self.bench.bytes("m.json"), new)
        self.assertEqual(self.bench.run("status", "memory:m.json", expect=0).stderr, "")

    def test_an_apply_that_is_killed_half_way_is_taken_back_too(self):
        words = self.apply("a.toml", "--revert-after", "1h")
        log = self.bench.root / "log"
        self.bench.save("start")
        self.bench.intercepted(*words, CRASH_LOG=str(log))
        self.end_watchdogs()
        lines = log.read_text().splitlines()
        step = next(i for i, line in enumerate(lines, 1) if line.startswith("rename") and line.endswith("m.json"))
        self.bench.restore("start")
        # The watchdog must not be killed at that number of its own calls: it is started by then, and started anew here.
        self.assert_killed(self.bench.intercepted(*words, CRASH_AT=str(step), CRASH_HOW="after"), "half-way")
        self.assertNotEqual(self.bench.bytes("m.json"), self.old)
        said = self.bench.run("status", "memory:m.json", expect=0).stderr
        self.assertIn("was interrupted", said)
        self.expire(RECORD.search(said)[0])
        self.until(lambda: self.bench.bytes("m.json") == self.old)

    def test_what_somebody_changed_since_stays(self):
        name = self.pending("1h")
        state = json.loads(self.bench.bytes("m.json"))
        for key in state["keys"]:
            for value in key["values"]:
                if value["name"] == "EventLogging":
                    value["data"] = 7
        (self.bench.folder / "m.json").write_text(json.dumps(state))
        self.expire(name)
        self.until(self.settled)
        after = self.bench.bytes("m.json")
        self.assertIn(b'"data": 7', after)
        self.assertNotIn(b"TLS 1.0", after)

    def test_durations(self):
        for wrong in ("15", "0s", "-1m", "1.5h", "m", "169h", "15 m", "15M", "1h30m", "99999999999999999999s"):
            done = self.bench.run(*self.apply("a.toml", f"--revert-after={wrong}"), expect=2)
            self.assertEqual(done.stderr, "schancfg: error: --revert-after takes a number and s, m or h, from 1s to 168h, such as 15m; "
                                          f'found "{wrong}"\n')
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_what_waits_for_nothing(self):
        self.assertIn("nothing of memory:", self.bench.run(*self.confirm, expect=2).stderr)
        self.bench.run(*self.apply("a.toml"), expect=0)
        [record] = self.bench.state("*.json")
        self.assertIn("there is nothing to confirm", self.bench.run("confirm", record.stem, expect=2).stderr)
        self.assertIn("does not wait for confirmation", self.bench.run("revert", record.stem, expect=0).stderr)
        self.assertIn("needs the id or the file", self.bench.run("revert", expect=2).stderr)

    def test_a_watchdog_that_cannot_start_leaves_everything_as_it_was(self):
        program = self.bench.root / "schancfg"
        shutil.copy(SCHANCFG, program)
        child, go_on = self.bench.held_up(*self.apply("a.toml", "--revert-after", "1h"), step=1, program=program)
        self.addCleanup(child.kill)
        program.unlink()
        go_on()
        errors = child.communicate(timeout=60)[1]
        self.assertEqual(child.returncode, 3, errors)
        self.assertRegex(errors, r"schancfg: error: the watchdog cannot be started: .*; nothing was touched\n$")
        self.assertEqual(self.bench.bytes("m.json"), self.old)
        self.assertTrue(self.settled())
        self.assertIn("rolled-back", self.bench.run("undo", "--list", expect=0).stdout)


if __name__ == "__main__":
    unittest.main()
