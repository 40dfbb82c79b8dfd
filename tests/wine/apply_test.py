"""What apply writes is what reg.exe shows, and undo brings the exact bytes back."""

import json
import unittest

from wine_registry import SCHANNEL, WineTest, place

PROTOCOLS = SCHANNEL + r"\Protocols"


class Apply(WineTest):
    def test_apply_strict_writes_what_reg_query_then_shows(self):
        before = self.reg_query()
        plan = json.loads(self.schancfg("diff", "strict", "--format", "json", expect=1))
        self.schancfg("apply", "strict", "--yes")
        after = self.reg_query()
        for role in ("Client", "Server"):
            for name in ("SSL 3.0", "TLS 1.0", "TLS 1.1"):
                self.assertEqual(after[place(PROTOCOLS + "\\" + name + "\\" + role, "Enabled")], ("REG_DWORD", "0x0"))
                self.assertEqual(after[place(PROTOCOLS + "\\" + name + "\\" + role, "DisabledByDefault")], ("REG_DWORD", "0x1"))
            self.assertEqual(after[place(PROTOCOLS + "\\TLS 1.2\\" + role, "Enabled")], ("REG_DWORD", "0x1"))
            self.assertEqual(after[place(PROTOCOLS + "\\TLS 1.2\\" + role, "DisabledByDefault")], ("REG_DWORD", "0x0"))
        # Value by value: the plan, no more and no less.
        expected = dict(before)
        for change in plan["changes"]:
            if change["value"] is None or not change["key"].startswith(SCHANNEL):
                continue
            if change["action"] == "remove":
                del expected[place(change["key"], change["value"])]
            else:
                self.assertEqual(change["after"]["type"], "REG_DWORD")
                expected[place(change["key"], change["value"])] = ("REG_DWORD", "0x%x" % change["after"]["data"])
        self.assertEqual(after, expected)
        self.assertGreater(len(after), len(before))
        outside = [change for change in plan["changes"] if not change["key"].startswith(SCHANNEL) and change["value"] and change["after"]]
        self.assertTrue(outside)
        for change in outside:
            shown = self.reg_query(change["key"])[place(change["key"], change["value"])]
            self.assertEqual(shown[0], change["after"]["type"])
            data = change["after"]["data"]
            self.assertEqual(shown[1], "0x%x" % data if isinstance(data, int) else r"\0".join(data) if isinstance(data, list) else data)

    def test_a_second_apply_changes_nothing(self):
        self.schancfg("apply", "strict", "--yes")
        export = self.regedit_export()
        self.schancfg("diff", "strict")
        self.schancfg("apply", "strict", "--yes")
        self.assertEqual(self.regedit_export(), export)

    def test_undo_brings_the_exact_bytes_back(self):
        # Odd data that a profile replaces, a key in another spelling, and keys that apply makes.
        self.run_windows("reg", "add", PROTOCOLS + r"\tls 1.0\CLIENT", "/v", "enabled", "/t", "REG_SZ", "/d", "text", "/f")
        self.run_windows("reg", "add", PROTOCOLS + r"\TLS 1.2\Server", "/v", "Enabled", "/t", "REG_DWORD", "/d", "0xffffffff", "/f")
        before = self.regedit_export()
        whole = self.regedit_export(r"HKEY_LOCAL_MACHINE\Software")
        self.schancfg("apply", "strict", "--yes")
        self.assertNotEqual(self.regedit_export(), before)
        self.schancfg("undo", "--yes")
        self.assertEqual(self.regedit_export(), before)
        self.assertEqual(self.regedit_export(r"HKEY_LOCAL_MACHINE\Software"), whole)

    def test_the_reg_twin_of_the_record_takes_it_back_without_us(self):
        before = self.reg_query()
        self.schancfg("apply", "strict", "--yes")
        twins = list((self.folder / "prefix" / "drive_c" / "ProgramData" / "schancfg").rglob("*.reg"))
        self.assertEqual(len(twins), 1)
        self.run_windows("regedit", "/S", "Z:" + str(twins[0]).replace("/", "\\"))
        self.assertEqual(self.reg_query(), before)

    def test_undo_refuses_when_somebody_changed_a_value_since(self):
        self.schancfg("apply", "strict", "--yes")
        self.run_windows("reg", "add", PROTOCOLS + r"\TLS 1.0\Client", "/v", "Enabled", "/t", "REG_DWORD", "/d", "1", "/f")
        export = self.regedit_export()
        self.schancfg("undo", "--yes", expect=3)
        self.assertEqual(self.regedit_export(), export)


if __name__ == "__main__":
    unittest.main()
