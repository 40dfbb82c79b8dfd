#!/usr/bin/env python3
"""Two and more of schancfg on one target, and somebody else who writes it in between."""

import json
import unittest

from crashes import CrashTest


class Two(CrashTest):
    def setUp(self):
        super().setUp()
        self.profile("a.toml", '[protocols]\n"TLS 1.0" = "disabled"\n"TLS 1.1" = "disabled"\n')
        self.profile("b.toml", '[protocols]\n"TLS 1.0" = "enabled"\n[ciphers]\n"RC4 128/128" = "disabled"\n')
        self.bench.run(*self.apply("a.toml"), expect=0)
        self.bench.run(*self.undo, expect=0)
        for path in self.bench.state("*"):
            path.unlink()
        self.old = self.bench.bytes("m.json")

    def apply(self, profile, target="memory:m.json"):
        return ("apply", profile, "--target", target, "--os", "2022", "--yes", "-q")

    undo = ("undo", "--target", "memory:m.json", "--yes", "-q")

    def held_up(self, *words, before):
        """A run that waits before the first call that has `before` in it, and what lets it go on."""
        log = self.bench.root / "log"
        log.unlink(missing_ok=True)
        self.bench.save("counting")
        self.bench.intercepted(*words, CRASH_LOG=str(log))
        self.bench.restore("counting")
        child, go_on = self.bench.held_up(*words, step=next(i for i, call in enumerate(log.read_text().splitlines(), 1) if before in call))
        self.addCleanup(child.kill)
        return child, go_on

    def finish(self, child, expect):
        output, errors = child.communicate(timeout=60)
        self.assertEqual(child.returncode, expect, output + errors)
        return errors

    def test_the_second_is_told_the_process_of_the_first_and_touches_nothing(self):
        for before in (".marker", "m.json."):
            first, go_on = self.held_up(*self.apply("a.toml"), before=before)
            for words in (self.apply("b.toml"), self.undo):
                done = self.bench.run(*words, expect=3)
                self.assertEqual(done.stderr, f"schancfg: error: m.json is locked by process {first.pid}, which is writing it\n")
            # Reading is free, and says what is going on once something is.
            said = self.bench.run("status", "memory:m.json", expect=0).stderr
            self.assertEqual(f"process {first.pid} is changing" in said, before != ".marker", said)
            self.assertEqual(self.bench.bytes("m.json"), self.old)
            go_on()
            self.finish(first, 0)
            self.assertEqual(self.bench.run("status", "memory:m.json", expect=0).stderr, "")
            self.bench.run(*self.undo, expect=0)
            self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_what_somebody_else_writes_in_between_is_kept(self):
        for before in (".marker", "m.json."):
            first, go_on = self.held_up(*self.apply("a.toml"), before=before)
            theirs = json.loads(self.old)
            theirs["os"] = "windows-server-2019"
            (self.bench.folder / "m.json").write_text(json.dumps(theirs))
            go_on()
            self.assertIn("changed by another program since it was read", self.finish(first, 3))
            self.assertEqual(json.loads(self.bench.bytes("m.json")), theirs)
            (self.bench.folder / "m.json").write_bytes(self.old)

    def test_many_at_once_never_interleave(self):
        states = [self.old]
        for profile in ("a.toml", "b.toml"):
            for base in list(states):
                (self.bench.folder / "m.json").write_bytes(base)
                self.bench.run(*self.apply(profile), expect=0)
                states.append(self.bench.bytes("m.json"))
        for path in self.bench.state("*"):
            path.unlink()
        (self.bench.folder / "m.json").write_bytes(self.old)
        done = refused = 0
        for _ in range(5):
            children = [self.bench.start(*self.apply(profile)) for profile in ("a.toml", "b.toml") * 4]
            for child in children:
                errors = child.communicate(timeout=60)[1]
                self.assertIn(child.returncode, (0, 3), errors)
                done += child.returncode == 0
                refused += child.returncode == 3
            self.assertEqual(self.bench.state("*.marker"), [])
        self.assertGreater(done, 0)
        print(f"{done} done, {refused} refused")
        # Each that was done is undone on its own, the newest first.
        taken = 0
        while self.bench.run(*self.undo).returncode == 0:
            taken += 1
        self.assertGreater(taken, 0)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_races_of_two_and_three_end_as_they_should(self):
        from race import race
        ends = race(self, 15)
        self.assertGreater(ends[0], 0)

    def test_two_that_make_one_new_file(self):
        one, other = (self.bench.start(*self.apply(profile, "memory:new.json")) for profile in ("a.toml", "b.toml"))
        ends = {one.wait(timeout=60), other.wait(timeout=60)}
        for child in one, other:
            child.communicate()
        self.assertTrue(ends <= {0, 3} and 0 in ends, ends)
        self.bench.run("status", "memory:new.json", expect=0)
        self.assertEqual(self.bench.state("*.marker"), [])


if __name__ == "__main__":
    unittest.main()
