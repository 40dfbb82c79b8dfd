"""The collector as cmd.exe runs it: what it gathers is what the registry holds, and a machine that could not be read is not silent."""

import json
import unittest

from wine_registry import SCHANNEL, WineTest, windows_path


class Collect(WineTest):
    def setUp(self):
        super().setUp()
        self.script = self.file("collect.cmd")
        self.schancfg("export", "--format", "collect", "-o", windows_path(self.script))
        self.out = self.folder / "files" / "collected"
        self.out.mkdir()

    def audit(self, profile, expect):
        return json.loads(self.schancfg("audit", "--profile", profile, windows_path(self.out), "--format", "json", expect=expect))

    def test_what_is_gathered_is_judged_as_the_machine_is(self):
        current = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
        self.run_windows("reg", "add", current, "/v", "UBR", "/t", "REG_DWORD", "/d", "2700", "/f")
        self.run_windows("reg", "add", SCHANNEL + r"\Ciphers\RC4 128/128", "/v", "Enabled", "/t", "REG_DWORD", "/d", "0", "/f")
        self.run_windows("cmd", "/c", windows_path(self.script), windows_path(self.out))
        [gathered] = self.out.iterdir()
        self.assertEqual(gathered.suffix, ".reg")
        [machine] = self.audit("strict", 1)["machines"]
        self.assertEqual((machine["os"], machine["build"], machine["revision"], machine["verdict"]), ("windows-server-2022", 20348, 2700, "different"))
        self.assertNotIn("assumed", machine)
        self.assertEqual(machine["name"], gathered.stem)
        # The same values differ as on the machine itself.
        live = json.loads(self.schancfg("diff", "strict", "--format", "json", expect=1))
        self.assertEqual({(d["key"], d["value"]) for d in machine["differences"]}, {(c["key"], c["value"]) for c in live["changes"] if c["value"] is not None})
        self.run_windows("cmd", "/c", windows_path(self.script), windows_path(self.out))
        self.assertEqual(list(self.out.iterdir()), [gathered])

    def test_a_folder_that_cannot_be_written_is_an_error(self):
        done = self.completed("cmd", "/c", windows_path(self.script), windows_path(self.out / "nowhere"))
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"can't be written", done.stderr)


if __name__ == "__main__":
    unittest.main()
