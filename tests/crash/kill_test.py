#!/usr/bin/env python3
"""Kills schancfg before and after every call that changes a file, and before and after every write of a registry.

Whenever it is killed: the target's file is the old or the new one; the next command that reads the target says what was interrupted;
`undo` brings back exactly the state before; another `apply` completes it, and an `undo` after that brings back the state before.
"""

import itertools
import unittest

from crashes import KILLED_RUN, RECORD, CrashTest, hives

STRONG = """
[protocols]
"TLS 1.0" = "disabled"
"TLS 1.2" = { server = "enabled" }
[ciphers]
"RC4 128/128" = "disabled"
[schannel]
event_logging = ["errors", "warnings"]
"""
OTHER = """
[protocols]
"TLS 1.0" = { server = "enabled" }
"TLS 1.1" = "disabled"
[schannel]
event_logging = ["errors"]
"""


class Kills(CrashTest):
    """Subclasses say which target, and how it is killed."""

    target = None
    file = None
    release = ("--os", "2022")
    strong, other = STRONG, OTHER
    kills = states = 0

    def setUp(self):
        super().setUp()
        self.profile("strong.toml", self.strong)
        self.profile("other.toml", self.other)
        self.apply = ("apply", "strong.toml", "--target", self.target, *self.release, "--yes")
        self.undo = ("undo", "--target", self.target, "--yes")
        self.make_target()
        self.old = self.content()
        self.bench.save("start")
        self.bench.run(*self.apply, expect=0)
        self.new = self.content()
        self.bench.save("applied")
        self.bench.restore("start")

    def tearDown(self):
        print(f"{self.id()}: {self.kills} kills, {self.states} states", flush=True)

    def make_target(self):
        """In the form that the program itself writes, so that the state before is the bytes before."""
        self.bench.run("apply", "no-dh", "--target", self.target, *self.release, "--yes", expect=0)
        self.bench.run(*self.undo, expect=0)
        for path in self.bench.state("*"):
            path.unlink()

    def content(self):
        return self.bench.bytes(self.file)

    def steps(self, words):
        """How many steps the command has, each of which it can be killed at."""
        self.bench.save("counting")
        log = self.bench.root / "log"
        log.unlink(missing_ok=True)
        done = self.bench.intercepted(*words, CRASH_LOG=str(log))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.bench.restore("counting")
        return len(log.read_text().splitlines())

    def kill(self, words, step, how):
        return self.bench.intercepted(*words, CRASH_AT=str(step), CRASH_HOW=how)

    def may_hold(self, content, allowed, where):
        self.assertIn(content, allowed, where)

    def each_kill(self, start, words, allowed):
        """Yields each state that a kill leaves behind. Most are left by several."""
        self.bench.restore(start)
        seen = []
        for step in range(1, self.steps(words) + 1):
            for how in ("before", "after"):
                where = f"{' '.join(words)}, killed {how} step {step}"
                self.bench.restore(start)
                self.assert_killed(self.kill(words, step, how), where)
                self.may_hold(self.content(), allowed, where)
                type(self).kills += 1
                fingerprint = self.bench.fingerprint()
                if fingerprint in seen:
                    continue
                seen.append(fingerprint)
                type(self).states += 1
                self.bench.save("killed")
                yield where
                self.bench.restore("killed")

    def said(self):
        """What the next command that reads the target says of it."""
        done = self.bench.run("apply", "strong.toml", "--target", self.target, *self.release, "--dry-run")
        self.assertIn(done.returncode, (0, 1), done.stderr)
        status = self.bench.run("status", self.target)
        if self.content() is not None:
            self.assertEqual(status.returncode, 0, status.stderr)
            self.assertEqual(status.stderr, done.stderr)
        return done.stderr

    def assert_quiet(self, where):
        self.assertEqual(self.said(), "", where)
        listed = self.bench.run("undo", "--list", expect=0)
        self.assertNotIn("prepared", listed.stdout, where)
        self.assertEqual(listed.stderr, "", where)
        self.assertEqual(self.bench.state("*.marker"), [], where)

    def assert_told(self, where, before):
        markers = self.bench.state("*.marker")
        said = self.said()
        if markers:
            self.assertIn("interrupted", said, where)
            self.assertIn(RECORD.search(markers[0].name)[0], said, where)
        elif self.content() != before:
            # Without a marker it was at its end.
            self.assertIn("applied", self.bench.run("undo", "--list", expect=0).stdout, where)
        return bool(markers)

    def undo_to(self, state, where, told):
        done = self.bench.run(*self.undo)
        if self.content() is None:
            # What was to be made is not there; there is nothing to open.
            self.assertEqual(done.returncode, 3, where)
            self.assertIsNone(state, where)
            return
        changed = self.bench.run("undo", "--list", expect=0).stdout.count("\n") > 1
        # Killed before it had written anything: there is nothing to take back.
        self.assertIn(done.returncode, (0,) if told or changed else (0, 2), f"{where}: {done.stderr}")
        self.assert_state(state, where)
        self.assert_quiet(where)

    def assert_state(self, state, where):
        self.assertEqual(self.content(), state, where)

    def test_an_apply_that_is_killed(self):
        for where in self.each_kill("start", self.apply, (self.old, self.new)):
            told = self.assert_told(where, self.old)
            self.undo_to(self.old, where, told)
            self.bench.restore("killed")
            self.bench.run(*self.apply, expect=0)
            self.assert_state(self.new, where)
            self.assert_quiet(where)
            self.undo_to(self.old, where + ", completed", True)

    def test_an_undo_that_is_killed(self):
        for where in self.each_kill("applied", self.undo, (self.old, self.new)):
            told = self.assert_told(where, self.new)
            done = self.bench.run(*self.undo)
            self.assertIn(done.returncode, (0,) if told else (0, 2), f"{where}: {done.stderr}")
            self.assert_state(self.old, where)
            self.assert_quiet(where)
            self.bench.restore("killed")
            self.bench.run(*self.apply, expect=0)
            self.assert_state(self.new, where)
            self.assert_quiet(where)
            self.undo_to(self.old, where + ", applied again", True)

    def test_an_apply_that_goes_on_from_a_killed_one_and_is_killed_too(self):
        other = ("apply", "other.toml", *self.apply[2:])
        self.bench.restore("start")
        self.half_way(self.apply)
        half = self.content()
        self.bench.save("half")
        self.bench.run(*other, expect=0)
        newest = self.content()
        self.undo_to(self.old, "an interrupted apply that another went on from", True)
        for where in self.each_kill("half", other, (half, newest)):
            told = self.assert_told(where, half)
            self.assertTrue(told or self.content() == newest, where)
            self.undo_to(self.old, where, told)
            self.bench.restore("killed")
            was_complete = "prepared" not in self.bench.run("undo", "--list", expect=0).stdout
            self.bench.run(*self.apply, expect=0)
            if was_complete:
                self.undo_to(newest, where + ", then another", True)
            self.undo_to(self.old, where + ", completed by a third", True)

    def half_way(self, words):
        """Killed when the target is changed and the record does not say so."""
        for step in range(1, 100):
            self.bench.restore("start")
            self.kill(words, step, "after")
            if self.content() != self.old:
                return
        self.fail("the target was never changed")


class MemoryFile(Kills):
    target, file = "memory:m.json", "m.json"


class RegFile(Kills):
    target, file = "reg:a.reg", "a.reg"

    def make_target(self):
        (self.bench.folder / "a.reg").write_bytes(b"\xff\xfe" + "Windows Registry Editor Version 5.00\r\n\r\n".encode("utf-16-le"))
        super().make_target()


class NewMemoryFile(Kills):
    """What apply makes; undone it is an untouched installation."""

    target, file = "memory:m.json", "m.json"

    def make_target(self):
        pass

    def setUp(self):
        super().setUp()
        self.bench.restore("applied")
        self.bench.run(*self.undo, expect=0)
        self.untouched = self.content()
        self.bench.restore("start")

    def may_hold(self, content, allowed, where):
        self.assertIn(content, (*allowed, self.untouched), where)

    def assert_state(self, state, where):
        self.assertIn(self.content(), (state, self.untouched) if state is None else (state,), where)


class WrittenAtOnce(Kills):
    """A registry that is changed value by value, as a live one: a kill leaves it in between."""

    target, file = "memory:m.json", "m.json"

    def steps(self, words):
        self.bench.save("counting")
        log = self.bench.root / "log"
        log.unlink(missing_ok=True)
        self.bench.run(*words, program=KILLED_RUN, expect=0, KILL_LOG=str(log))
        self.bench.restore("counting")
        return len(log.read_text().splitlines())

    def kill(self, words, step, how):
        return self.bench.run(*words, program=KILLED_RUN, KILL_AT=str(step), KILL_HOW=how)

    def may_hold(self, content, allowed, where):
        self.assertIsNotNone(content, where)

    def half_way(self, words):
        self.bench.restore("start")
        self.kill(words, 7, "after")
        self.assertNotIn(self.content(), (self.old, self.new))


class Hives(Kills):
    """Both hives of an image in one run: what replaces them are two renamings, and a kill may come between the two. Each is the old or the new one."""

    target, release = "hive:mnt", ()
    files = ("mnt/Windows/System32/config/SYSTEM", "mnt/Windows/System32/config/SOFTWARE")
    strong = STRONG + "[dotnet]\nstrong_crypto = true\n"
    other = OTHER + "[dotnet]\nstrong_crypto = false\n"

    def make_target(self):
        hives.image(self.bench.folder / "mnt")
        super().make_target()

    def content(self):
        return self.bench.hives(*self.files)

    def may_hold(self, content, allowed, where):
        self.assertIn(content, [list(pair) for pair in itertools.product(*zip(*allowed))], where)
        type(self).between += content not in allowed

    between = 0

    def test_an_apply_that_is_killed(self):
        super().test_an_apply_that_is_killed()
        self.assertGreater(self.between, 0, "no kill came between the two")


# Only the subclasses are tests.
del Kills

if __name__ == "__main__":
    unittest.main()
