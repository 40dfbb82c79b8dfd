"""Our .reg files as Wine's reg.exe and regedit take them, and theirs as we take them."""

import os
import unittest

from wine_registry import LONG_SCHANNEL, WineTest, windows_path


class Export(WineTest):
    def export(self, profile):
        path = self.file(profile + ".reg")
        self.schancfg("export", profile, "--reg", "--os", "windows-server-2022", "-o", windows_path(path))
        self.schancfg("diff", profile, expect=1)
        return path

    def test_reg_import_of_our_export_leaves_nothing_to_do(self):
        self.run_windows("reg", "import", windows_path(self.export("strict")))
        self.schancfg("diff", "strict")

    def test_regedit_import_of_our_export_leaves_nothing_to_do(self):
        self.run_windows("regedit", "/S", windows_path(self.export("strict")))
        self.schancfg("diff", "strict")

    def test_the_vendor_fixes_are_imported_as_they_say(self):
        for profile in ("weak-dh-peer", "no-dh", "tls11-tls12-server"):
            with self.subTest(profile):
                self.run_windows("regedit", "/S", windows_path(self.export(profile)))
                self.schancfg("diff", profile)

    def round_trip(self, theirs):
        ours = self.file("ours.reg")
        self.run_windows(os.environ["REG_ROUND_TRIP_EXE"], windows_path(self.file("theirs.reg", theirs)), windows_path(ours))
        return ours.read_bytes()

    def test_exports_of_regedit_are_written_back_to_the_same_bytes(self):
        text = "\r\n".join([
            "Windows Registry Editor Version 5.00", "", r"[HKEY_CURRENT_USER\Software\schancfg-test]", '@="default"',
            r'"quo\"te\\"=hex(2):25,00,00,00', '"dword"=dword:ffffffff', '"short"=hex(4):01,02', '"none"=hex(0):',
            '"other"=hex(12345678):01', '"list"=hex(7):61,00,00,00,00,00', '"\u00e9"="\u00fc\u20ac"', '"long"=hex:' + ",".join(["a5"] * 500), "", ""])
        self.run_windows("regedit", "/S", windows_path(self.file("odd.reg", b"\xff\xfe" + text.encode("utf-16-le"))))
        for root in (LONG_SCHANNEL, "HKEY_USERS"):
            with self.subTest(root):
                theirs = self.regedit_export(root)
                self.assertTrue(self.round_trip(theirs) == theirs, "the bytes differ")

    def test_an_export_of_the_whole_machine_comes_back_through_us_and_regedit_to_the_same_bytes(self):
        # Wine's own registry has strings without their NUL, which every import of an export ends with one; after one it has none.
        ours = self.round_trip(self.regedit_export("HKEY_LOCAL_MACHINE"))
        self.run_windows("regedit", "/S", windows_path(self.folder / "files" / "ours.reg"))
        theirs = self.regedit_export("HKEY_LOCAL_MACHINE")
        self.assertTrue(theirs == ours, "the bytes differ")
        self.assertTrue(self.round_trip(theirs) == theirs, "the bytes differ")


if __name__ == "__main__":
    unittest.main()
