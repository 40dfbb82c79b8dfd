#!/usr/bin/env python3
"""Who may read what schancfg writes about itself, and whose records it believes."""

import json
import os
import stat
import unittest

from crashes import CrashTest

NOBODY = 65534


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


class Access(CrashTest):
    def setUp(self):
        super().setUp()
        old = os.umask(0o002)
        self.addCleanup(os.umask, old)
        self.profile("p.toml", '[protocols]\n"TLS 1.0" = "disabled"\n')
        self.apply = ("apply", "p.toml", "--target", "memory:m.json", "--os", "2022", "--yes")
        self.undo = ("undo", "--target", "memory:m.json", "--yes")

    def applied(self):
        self.bench.run(*self.apply, expect=0)
        [record] = self.bench.state("*.json")
        return record

    def test_the_record_is_for_its_owner_and_the_marker_for_everyone(self):
        done = self.bench.intercepted(*self.apply, CRASH_AT="16", CRASH_HOW="after")
        self.assert_killed(done, "half-way")
        [record], [marker] = self.bench.state("*.json"), self.bench.state("*.marker")
        self.assertEqual(mode(record), 0o600)
        self.assertEqual(mode(marker), 0o644)
        self.assertEqual(mode(record.parent), 0o755)
        said = json.loads(marker.read_text())
        self.assertEqual(said["id"], record.stem)
        self.assertEqual(said["target"], f"memory:{self.bench.folder}/m.json")
        self.assertRegex(said["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertNotIn("changes", said)
        self.bench.run(*self.apply, expect=0)
        self.assertEqual(mode(record), 0o600)

    def test_a_record_named_by_the_user_is_for_its_owner_as_well(self):
        self.bench.run(*self.apply, "--backup", "mine.json", expect=0)
        self.assertEqual(mode(self.bench.folder / "mine.json"), 0o600)
        self.bench.run("undo", "mine.json", "--yes", expect=0)

    def refused(self, *words, because):
        before = self.bench.bytes("m.json")
        done = self.bench.run(*words, expect=3)
        self.assertIn(because, done.stderr)
        self.assertEqual(self.bench.bytes("m.json"), before)

    def test_a_record_that_others_could_have_written_is_refused(self):
        record = self.applied()
        for bits in (0o620, 0o602, 0o666):
            record.chmod(bits)
            self.refused("undo", record.stem, "--yes", because="refusing to use it")
            self.refused("undo", str(record), "--yes", because="refusing to use it")
            # Of those that are left there is none to take back.
            self.assertIn("there is nothing to undo", self.bench.run(*self.undo, expect=2).stderr)
        record.chmod(0o600)
        if os.geteuid() == 0:
            os.chown(record, NOBODY, NOBODY)
            self.refused("undo", str(record), "--yes", because="refusing to use it")
            os.chown(record, 0, 0)
        self.bench.run(*self.undo, expect=0)

    def test_a_state_folder_that_others_can_write_to_is_refused(self):
        folder = self.applied().parent
        for bits in (0o775, 0o757, 0o777):
            folder.chmod(bits)
            self.refused(*self.undo, because="refusing to use it")
            self.refused("apply", "no-dh", "--target", "memory:m.json", "--yes", because="refusing to use it")
        folder.chmod(0o755)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
            self.refused(*self.undo, because="refusing to use it")
            os.chown(folder, 0, 0)
            elsewhere = self.bench.folder / "elsewhere"
            folder.rename(elsewhere)
            folder.symlink_to(elsewhere)
            os.lchown(folder, NOBODY, NOBODY)
            self.refused(*self.undo, because="is a link that another user made")
            os.lchown(folder, 0, 0)
        self.bench.run(*self.undo, expect=0)

    def test_a_marker_that_somebody_else_wrote_is_told_and_not_followed(self):
        record = self.applied()
        text = json.loads(record.read_text())
        planted = dict(text, id="20200101T000000Z-aaaa", status="prepared")
        trap = self.bench.folder / "trap.json"
        trap.write_text(json.dumps(planted))
        trap.chmod(0o600)
        marker = {"format_version": "1.0", "kind": "marker", "id": planted["id"], "time": text["time"], "command": "apply",
                  "target": "memory:\x1b[2Jx", "machine": text["machine"], "record": str(trap), "process": 1}
        path = record.parent / (planted["id"] + ".marker")
        path.write_text(json.dumps(marker))
        path.chmod(0o666)
        said = self.bench.run("status", "memory:m.json", expect=0).stderr
        self.assertIn("memory:\\x1B[2Jx (20200101T000000Z-aaaa", said)
        done = self.bench.run("apply", "no-dh", "--target", "memory:m.json", "--yes", expect=0)
        self.assertNotIn(planted["id"], done.stderr.splitlines()[-1])
        self.assertEqual(json.loads(trap.read_text()), planted)

    def test_what_is_no_marker_is_no_hindrance(self):
        folder = self.applied().parent
        for name, content in (("20200101T000000Z-0001.marker", b"{"), ("20200101T000000Z-0002.marker", b"\0" * 100000), ("x.marker", b"{}")):
            (folder / name).write_bytes(content)
        (folder / "20200101T000000Z-0003.marker").mkdir()
        os.mkfifo(folder / "20200101T000000Z-0004.marker")
        self.assertEqual(self.bench.run("status", "memory:m.json", expect=0).stderr, "")
        self.bench.run(*self.undo, expect=0)


if __name__ == "__main__":
    unittest.main()
