#!/usr/bin/env python3
"""The net below `apply --revert-after`, in what can happen meanwhile: a restart, another name, a record that cannot be read, a full disk."""

import json
import os
import shutil
import unittest

from crashes import LIVE_RUN, RECORD
from revert_test import Watched

GUID = "2f6c4f8e-1d5b-4f6e-9a3c-0b1d2e3f4a5b"


class Live(Watched):
    """A machine that can be restarted and renamed: `live` is a file."""

    machine = GUID + "/WEB01"

    def setUp(self):
        super().setUp()
        self.profile("list.toml", '[cipher_suites.policy]\norder = ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]\n')

    def live(self, *words, expect):
        return self.bench.run(*words, program=LIVE_RUN, expect=expect, LIVE_FILE=str(self.bench.folder / "m.json"), LIVE_MACHINE=self.machine)

    def waiting(self, after="1h", profile="list.toml", *more):
        done = self.live("apply", profile, "--target", "live", "--yes", "--revert-after", after, *more, expect=0)
        return RECORD.findall(done.stderr)[-1], done.stderr

    def restarted(self, name):
        self.change(name, boot="00000000-0000-4000-8000-000000000000")

    def test_what_needs_a_restart_says_so_and_is_confirmed_after_it(self):
        name, said = self.waiting()
        self.assertIn("This is in force after a restart: restart, then confirm. Reverting it after that needs one more restart\n", said)
        self.assertEqual(self.record(name)["restart"], "needed")
        refused = self.live("confirm", "--target", "live", expect=2).stderr
        self.assertIn(f"{name} is in force only after a restart, and this machine did not restart since", refused)
        self.assertTrue(self.bench.state("*.marker"))
        self.restarted(name)
        self.live("confirm", "--target", "live", expect=0)
        self.until(self.settled)

    def test_what_was_not_tried_can_be_confirmed_by_force(self):
        self.waiting()
        self.assertIn("Confirmed", self.live("confirm", "--target", "live", "--force", expect=0).stderr)

    def test_reverted_before_a_restart_it_never_was_in_force(self):
        name, _ = self.waiting()
        self.end_watchdogs()
        self.expire(name)
        said = self.live("revert", name, expect=0).stderr
        self.assertIn(f"{name} was reverted; no restart is needed: this machine did not restart since, so it never was in force", said)

    def test_reverted_after_a_restart_it_needs_one_more(self):
        name, _ = self.waiting()
        self.end_watchdogs()
        self.restarted(name)
        self.expire(name)
        self.assertIn(f"{name} was reverted; restart this machine to bring that into force", self.live("revert", name, expect=0).stderr)

    def test_where_sources_disagree_it_is_said_and_may_be_confirmed(self):
        _, said = self.waiting("1h", "a.toml")
        self.assertIn("This is in force after a restart", said)
        self.live("undo", "--target", "live", "--yes", expect=0)
        self.until(self.settled)
        self.profile("protocol.toml", '[protocols]\n"TLS 1.0" = "disabled"\n')
        _, said = self.waiting("1h", "protocol.toml")
        self.assertIn("This may be in force only after a restart: restart before you confirm", said)
        self.assertIn("may be in force only after a restart, and this machine did not restart since", self.live("confirm", "--target", "live", expect=0).stderr)

    def test_a_restart_is_for_a_machine(self):
        done = self.bench.run(*self.apply("a.toml", "--restart"), expect=2)
        self.assertIn("--restart restarts this machine, and memory:", done.stderr)
        self.assertEqual(self.bench.bytes("m.json"), self.old)
        self.assertIn("this machine is not restarted: only Windows is restarted", self.waiting("1h", "list.toml", "--restart")[1])

    def test_a_renamed_machine_is_the_same(self):
        name, _ = self.waiting()
        self.machine = GUID + "/WEB02"
        said = self.live("undo", "--target", "live", "--yes", expect=0).stderr
        self.assertIn(f"this machine was called WEB01 when {name} was made, and is called WEB02 now", said)
        self.until(self.settled)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_what_lies_in_the_state_folder_of_a_machine_and_says_live_is_about_it(self):
        name, _ = self.waiting()
        self.live("confirm", "--target", "live", "--force", expect=0)
        self.machine = "3f6c4f8e-1d5b-4f6e-9a3c-0b1d2e3f4a5b/WEB01"
        said = self.live("undo", name, "--yes", expect=0).stderr
        self.assertIn(f"{name} lies in the state folder of this machine, which had another identity", said)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_another_machine_is_refused(self):
        name, _ = self.waiting()
        record = self.bench.folder / "theirs.json"
        shutil.copy(self.bench.folder / "state" / "schancfg" / (name + ".json"), record)
        record.chmod(0o600)
        self.machine = "3f6c4f8e-1d5b-4f6e-9a3c-0b1d2e3f4a5b/WEB01"
        self.assertIn("does not belong to live", self.live("undo", str(record), "--target", "live", "--yes", expect=3).stderr)


class Net(Watched):
    def test_a_record_that_cannot_be_read_for_a_while_is_not_settled(self):
        name = self.pending("3s")
        path = self.bench.folder / "state" / "schancfg" / (name + ".json")
        text = path.read_bytes()
        path.write_text("{")
        self.until(lambda: self.bench.bytes("m.json") == self.old)
        self.assertIn(b'"changes"', text)

    def test_a_record_that_is_gone_is_not_settled(self):
        name = self.pending("3s")
        (self.bench.folder / "state" / "schancfg" / (name + ".json")).unlink()
        self.until(lambda: self.bench.bytes("m.json") == self.old)

    def test_a_target_that_is_gone_for_a_while_is_waited_for(self):
        self.pending("2s")
        path = self.bench.folder / "m.json"
        path.rename(self.bench.folder / "away.json")
        self.until(lambda: not self.due_in(1))
        (self.bench.folder / "away.json").rename(path)
        self.until(lambda: self.bench.bytes("m.json") == self.old)

    def due_in(self, seconds):
        self.waited = getattr(self, "waited", 0) + 1
        return self.waited < 70 * seconds

    def test_a_disk_that_is_full_by_then_does_not_stop_it(self):
        # No file but the target's can be written: the room that was kept does not help either.
        name = self.pending("1h")
        self.assertEqual(len(self.bench.state("*.reserve")), 1)
        self.end_watchdogs()
        self.expire(name)
        folder = self.bench.folder / "state" / "schancfg"
        done = self.bench.intercepted("revert", name, CRASH_FAIL_BELOW=str(folder), CRASH_FAIL_TIMES="4")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.bench.bytes("m.json"), self.old)
        self.assertEqual(self.record(name)["status"], "undone")

    def test_without_room_nothing_is_begun(self):
        done = self.bench.intercepted(*self.apply("a.toml", "--revert-after", "1h"), CRASH_FAIL_BELOW=str(self.bench.folder / "state" / "schancfg"))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("nothing was touched", done.stderr)
        self.assertEqual(self.bench.bytes("m.json"), self.old)
        self.assertEqual(self.bench.state("*.reserve") + self.bench.state("*.marker") + self.bench.state("*.json"), [])

    def test_what_was_made_on_the_way_goes_with_it(self):
        name = self.pending("1h")
        self.assertEqual(len(self.bench.state("*.reserve")), 1)
        self.bench.run("confirm", name, expect=0)
        self.until(self.settled)
        self.assertEqual(self.bench.state("*.reserve"), [])

    def test_each_command_that_writes_sweeps_what_killed_ones_left_and_nothing_else(self):
        name = self.pending("1h")
        folder = self.bench.folder / "state" / "schancfg"
        stale = "20200101T000000Z-0000000000000000"
        for ending in (".reserve", ".watchdog", ".task.xml", ".exe"):
            (folder / (stale + ending)).write_text("1")
        (folder / "notes.exe").write_text("theirs")
        self.bench.run(*self.apply("a.toml"), expect=0)
        self.assertEqual([path.name for path in folder.glob(stale + "*")], [])
        self.assertTrue((folder / "notes.exe").exists())
        self.assertTrue((folder / (name + ".reserve")).exists())

    def test_after_an_overdue_run_was_reverted_a_refusal_does_not_say_that_nothing_was_touched(self):
        name = self.pending("1h")
        self.end_watchdogs()
        self.expire(name)
        self.profile("lockout.toml", "[protocols]\n" + "".join(f'"{each}" = "disabled"\n' for each in ("SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3")))
        done = self.bench.run(*self.apply("lockout.toml"), expect=4)
        self.assertIn(f"before that {name}, which nobody had confirmed in time, was reverted", done.stderr)
        self.assertEqual(self.bench.bytes("m.json"), self.old)

    def test_what_was_reverted_first_is_in_the_json_of_what_follows(self):
        name = self.pending("1h")
        self.end_watchdogs()
        self.expire(name)
        done = self.bench.run(*self.apply("a.toml", "--format", "json"), expect=0)
        self.assertEqual(json.loads(done.stdout)["reverted"], [name])

    def test_a_file_that_was_moved_is_found_by_what_it_holds(self):
        self.bench.run(*self.apply("a.toml"), expect=0)
        new = self.bench.bytes("m.json")
        (self.bench.folder / "m.json").rename(self.bench.folder / "moved.json")
        said = self.bench.run("undo", "--target", "memory:moved.json", "--yes", expect=0).stderr
        self.assertIn("which is gone; memory:", said)
        self.assertEqual(self.bench.bytes("moved.json"), self.old)
        # What holds something else is not that file.
        (self.bench.folder / "m.json").write_bytes(self.old)
        self.bench.run(*self.apply("a.toml"), expect=0)
        (self.bench.folder / "m.json").unlink()
        self.bench.run("undo", "--target", "memory:moved.json", "--yes", expect=2)
        # Who names the record and the file says so.
        (self.bench.folder / "copy.json").write_bytes(new)
        [record] = [path.stem for path in self.bench.state("*.json") if json.loads(path.read_text())["status"] == "applied" and "undoes" not in json.loads(path.read_text())]
        self.bench.run("undo", record, "--target", "memory:copy.json", "--yes", expect=0)
        self.assertEqual(self.bench.bytes("copy.json"), self.old)

    def test_a_plan_goes_to_a_copy_of_its_file_when_that_is_named(self):
        self.bench.run("diff", "a.toml", "--target", "memory:m.json", "--save", "plan.json", expect=1)
        (self.bench.folder / "sub").mkdir()
        (self.bench.folder / "sub" / "m.json").write_bytes(self.old)
        done = self.bench.run("apply", "plan.json", "--target", "memory:sub/m.json", "--yes", expect=0)
        self.assertIn("and is for memory:", done.stderr)
        self.assertEqual(self.bench.bytes("m.json"), self.old)
        self.assertNotEqual(self.bench.bytes("sub/m.json"), self.old)
        again = self.bench.run("apply", "plan.json", "--target", "memory:sub/m.json", "--yes", expect=0)
        self.assertIn("Already applied", again.stderr)

    def test_a_plan_connects_to_nobody_that_is_not_named(self):
        self.bench.run("diff", "a.toml", "--target", "memory:m.json", "--save", "plan.json", expect=1)
        plan = json.loads((self.bench.folder / "plan.json").read_text())
        for target in ("live:evil.example", "reg:\\\\evil\\share\\a.reg", "memory://evil/share/m.json"):
            (self.bench.folder / "plan.json").write_text(json.dumps(dict(plan, target=target)))
            done = self.bench.run("apply", "plan.json", "--yes", expect=2)
            self.assertIn("lies on another machine; to connect to it, say --target", done.stderr)


if __name__ == "__main__":
    unittest.main()
