#!/usr/bin/env python3
"""Cuts the power before every call of `apply` and of `undo` that changes a file, and gives the machine back what was on its disk.

What was never flushed is gone: in one reading of the disk nothing of it arrived, in the other the names did (files that were made, renamed and removed) and the
bytes of files that were not flushed did not. In both the target is the old or the new one, nothing is half of either, and a run that says
that it is done is.
"""

import os
import pathlib
import shutil
import unittest

from crashes import CrashTest, hives

STRONG = '[protocols]\n"TLS 1.0" = "disabled"\n"TLS 1.2" = { server = "enabled" }\n[ciphers]\n"RC4 128/128" = "disabled"\n'


class Disk:
    """What is on it, by path: the state at the start, and each call since that was carried out."""

    def __init__(self, folder, notes):
        self.folder, self.notes = folder, notes
        self.held = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        self.flushed = dict(self.held)

    def after(self, names_arrive):
        """`names_arrive`: the names of unflushed folders did arrive, all of them."""
        held, waiting = dict(self.held), []

        def execute(call):
            kind, first, second = call
            if kind == "make":
                held.setdefault(first, self.flushed.get(first, b""))
            elif kind == "unlink":
                held.pop(first, None)
            elif kind == "rename":
                held.pop(first, None)
                held[second] = self.flushed.get(second, b"")
            elif kind == "link":
                held[second] = self.flushed.get(second, b"")

        calls = self.notes / "calls"
        for line in calls.read_text().splitlines() if calls.exists() else []:
            kind, first, second = line.split("\t")
            first = self.full(first)
            if kind == "flush-file":
                self.flushed[first] = (self.notes / second).read_bytes()
                if first in held:
                    held[first] = self.flushed[first]
                continue
            if kind == "flush-folder":
                for call in [each for each in waiting if each[1].parent == first or (each[2] and each[2].parent == first)]:
                    execute(call)
                    waiting.remove(call)
                continue
            target = self.full(second) if second else None
            if kind in ("rename", "link"):
                self.flushed[target] = self.flushed.get(first, b"")
            elif kind == "make" and first not in held:
                self.flushed.setdefault(first, b"")
            waiting.append((kind, first, target))
        for call in waiting if names_arrive else []:
            execute(call)
        return held

    def full(self, path):
        return pathlib.Path(os.path.normpath(self.folder / path))


class PowerCut(CrashTest):
    targets, release, more = ("m.json", "m.reg"), ("--os", "2022"), ""
    cuts = 0

    def setUp(self):
        super().setUp()
        self.profile("strong.toml", STRONG + self.more)
        self.make_targets()
        for target in self.targets:
            self.bench.run("apply", "no-dh", "--target", self.spelled(target), *self.release, "--yes", expect=0)
            self.bench.run("undo", "--target", self.spelled(target), "--yes", expect=0)
        for path in self.bench.state("*"):
            path.unlink()

    def make_targets(self):
        self.bench.run("export", "--target", "os:2022", "--reg", "-o", "m.reg", expect=0)

    def content(self, target):
        return self.bench.bytes(target)

    def may_be_cut_off(self, content, before, after, where):
        self.assertIn(content, (before, after), where)

    @staticmethod
    def spelled(target):
        return ("memory:" if target.endswith("json") else "reg:") + target

    def words(self, command, target):
        more = ("strong.toml", *self.release) if command == "apply" else ()
        return (command, *more, "--target", self.spelled(target), "--yes")

    def steps(self, words):
        self.bench.save("counting")
        log = self.bench.root / "log"
        log.unlink(missing_ok=True)
        self.assertEqual(self.bench.intercepted(*words, CRASH_LOG=str(log)).returncode, 0)
        self.bench.restore("counting")
        return len(log.read_text().splitlines())

    def cut(self, words, step, names_arrive):
        notes = self.bench.root / "notes"
        shutil.rmtree(notes, ignore_errors=True)
        notes.mkdir()
        disk = Disk(self.bench.folder, notes)
        self.assert_killed(self.bench.intercepted(*words, CRASH_AT=str(step), CRASH_HOW="before", CRASH_DISK=str(notes)), f"{words}, step {step}")
        found = disk.after(names_arrive)
        for path in list(self.bench.folder.rglob("*")):
            if path.is_file():
                path.unlink()
        for path, content in found.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            # Records are refused where others may read or write them.
            path.chmod(0o600 if path.suffix == ".json" and "state" in path.parts else 0o644)
        type(self).cuts += 1

    def each_cut(self, command, target):
        words = self.words(command, target)
        self.bench.save("start")
        for step in range(1, self.steps(words) + 1):
            for names_arrive in (False, True):
                self.bench.restore("start")
                self.cut(words, step, names_arrive)
                yield f"{' '.join(words)}, power cut before step {step}, names {'arrived' if names_arrive else 'lost'}"
        self.bench.restore("start")

    def is_settled(self, target, before, after, where):
        """Either of the two, and from there both ways work."""
        self.may_be_cut_off(self.content(target), before, after, where)
        self.bench.save("cut")
        self.assertEqual(self.bench.run(*self.words("apply", target)).returncode, 0, where)
        self.assertEqual(self.content(target), self.new, where)
        undone = self.bench.run(*self.words("undo", target))
        self.assertIn(undone.returncode, (0, 2), where + undone.stderr)
        self.bench.restore("cut")
        undone = self.bench.run(*self.words("undo", target))
        self.assertIn(undone.returncode, (0, 2), where + undone.stderr)
        # A run of which the disk still holds the change can be undone.
        self.assertEqual(self.content(target), self.old, where + undone.stderr)

    def ends(self, target):
        self.old = self.content(target)
        self.bench.save("before")
        self.bench.run(*self.words("apply", target), expect=0)
        self.new = self.content(target)
        self.bench.save("applied")
        self.bench.restore("before")

    def test_an_apply_while_the_power_goes(self):
        for target in self.targets:
            self.ends(target)
            for where in self.each_cut("apply", target):
                self.is_settled(target, self.old, self.new, where)
        print(f"{self.id()}: {self.cuts} cuts", flush=True)

    def test_an_undo_while_the_power_goes(self):
        for target in self.targets:
            self.ends(target)
            self.bench.restore("applied")
            for where in self.each_cut("undo", target):
                self.may_be_cut_off(self.content(target), self.old, self.new, where)
                undone = self.bench.run(*self.words("undo", target))
                self.assertIn(undone.returncode, (0, 2), where + undone.stderr)
                self.assertEqual(self.content(target), self.old, where + undone.stderr)
        print(f"{self.id()}: {self.cuts} cuts", flush=True)

    def test_what_says_applied_is_on_the_disk(self):
        for target in self.targets:
            self.ends(target)
            for where in self.each_cut("apply", target):
                listed = self.bench.run("undo", "--list", "--target", self.spelled(target))
                if " applied" in listed.stdout:
                    self.assertEqual(self.content(target), self.new, where)


class HivePowerCut(PowerCut):
    """Both hives of an image. Each is the old or the new one; what is between the two is known to the record."""

    targets, release, more = ("mnt",), (), "[dotnet]\nstrong_crypto = true\n"

    def make_targets(self):
        hives.image(self.bench.folder / "mnt")

    @staticmethod
    def spelled(target):
        return f"hive:{target}"

    def content(self, target):
        config = f"{target}/Windows/System32/config/"
        return self.bench.hives(config + "SYSTEM", config + "SOFTWARE")

    def may_be_cut_off(self, content, before, after, where):
        for held, old, new in zip(content, before, after):
            self.assertIn(held, (old, new), where)


if __name__ == "__main__":
    unittest.main()
