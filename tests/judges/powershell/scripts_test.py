"""`export --format ps1`: the script writes what the `.reg` file of the profile does, records it, undoes it, and is not led astray."""

import json
import re
import unittest

from judge import AT_LEAST, CREATE, DIFFIE_HELLMAN, PWSH, SCHANNEL, Judge, schancfg, windows_path

RC4 = SCHANNEL + r"\Ciphers\RC4 128/128"


def dword(key, name, number):
    return [key, "/v", name, "/t", "REG_DWORD", "/d", str(number), "/f"]


class Script(Judge):
    def setUp(self):
        for each in self.folder.glob("*-undo-*"):
            each.unlink()
        # What stands in the way in many forms: met in another way, wrong, of another type, spelled otherwise, and what nobody asks about.
        long_name = SCHANNEL.replace("HKLM", "HKEY_LOCAL_MACHINE")
        self.import_reg("\r\n".join(["\ufeffWindows Registry Editor Version 5.00", "", f"[-{long_name}]", r"[-HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Cryptography]",
            r"[-HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\.NETFramework]", r"[-HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\Microsoft\.NETFramework]",
            f"[{long_name}\\Protocols\\TLS 1.2\\Client]", '"Enabled"=dword:ffffffff', f"[{long_name}\\Protocols\\TLS 1.0\\Client]", '"enabled"=dword:00000001',
            f"[{long_name}\\Ciphers\\NULL]", '"Enabled"="0"', f"[{long_name}]", '"Unheard"=dword:00000007', ""]).encode("utf-16-le"))
        self.before = self.all_of()

    def undo_file(self):
        [found] = self.folder.glob("*-undo-*")
        return found

    def test_what_if_lists_the_plan_and_writes_nothing(self):
        code, out, err = self.script(self.export("strict"), "-WhatIf", expect=0)
        self.assertEqual(err, [])
        listed = {re.fullmatch(r'What if: Performing the operation ".*" on target "(.*)"\.', line)[1].lower() for line in out}
        state = self.folder / "state.reg"
        self.reg("export", SCHANNEL, windows_path(state), "/y")
        plan = schancfg("diff", "strict", "--target", f"reg:{state}@windows-server-2022", "--whole", "--format", "json", expect=(1,))
        asked = {(change["key"] + "\\" + change["value"]).lower() for change in json.loads(plan)["changes"] if change["value"] is not None}
        self.assertEqual(listed, asked)
        self.assertEqual(self.all_of(), self.before)
        self.assertEqual(list(self.folder.glob("*-undo-*")), [])

    def test_it_writes_once_and_undoes_byte_for_byte(self):
        script = self.export("strict")
        exported = self.exported()
        code, out, err = self.script(script, expect=0, alone=True)
        self.assertEqual(err, [])
        self.assertTrue(out[-1].startswith("To undo: powershell -ExecutionPolicy Bypass -File "), out[-1])
        done = self.all_of()
        self.assertNotEqual(done, self.before)
        record = self.undo_file()
        self.assertEqual(self.script(script, expect=0)[1], ["All is as asked. Nothing was written."])
        self.assertEqual([each.name for each in self.folder.glob("*-undo-*")], [record.name])
        self.assertIn("VERBOSE: as asked: " + SCHANNEL + r"\Protocols\TLS 1.2\Client\Enabled", self.script(script, "-Verbose", expect=0)[2])
        self.assertEqual(self.all_of(), done)
        self.assertTrue(any("restore" in line for line in self.script(script, "-Undo", windows_path(record), "-WhatIf", expect=0)[1]))
        self.assertEqual(self.all_of(), done)
        self.script(script, "-Undo", windows_path(record), expect=0, alone=True)
        self.assertEqual(self.all_of(), self.before)
        self.assertEqual(self.exported(), exported)
        self.assertEqual(self.script(script, "-Undo", windows_path(record), expect=0)[1], ["All is as the record says. Nothing was written."])

    def test_what_was_changed_since_is_left_alone(self):
        script = self.export("strict")
        self.script(script, "-Record", windows_path(self.folder / "kept-undo-1.txt"), expect=0)
        self.reg("add", *dword(RC4, "Enabled", 5))
        code, out, err = self.script(script, "-Undo", windows_path(self.undo_file()), expect=1)
        self.assertIn(RC4 + r"\Enabled: it has been changed since and is left alone: it is dword:00000005", err)
        self.assertIn("0x5", self.reg("query", RC4, "/v", "Enabled").stdout.decode())
        self.assertIn("0x1", self.reg("query", SCHANNEL + r"\Protocols\TLS 1.0\Client", "/v", "Enabled").stdout.decode())
        self.assertEqual(self.script(script, "-Record", windows_path(self.undo_file()))[0], 1)

    def test_ended_between_two_writes_it_is_undone_by_its_record(self):
        script = self.export("strict")
        whole = script.read_bytes()
        written = b"            Invoke-Change $change\r\n            Write-Output"
        self.assertEqual(whole.count(written), 1)
        for count in 2, 41:
            with self.subTest(writes=count):
                script.write_bytes(whole.replace(written, b"            Invoke-Change $change\r\n            if ($done.Count -eq %d) { [Diagnostics.Process]::GetCurrentProcess().Kill() }\r\n"
                                                          b"            Write-Output" % count))
                self.assertNotEqual(self.script(script, alone=True)[0], 0)
                self.assertNotEqual(self.all_of(), self.before)
                script.write_bytes(whole)
                record = self.undo_file()
                self.script(script, "-Undo", windows_path(record), expect=0)
                self.assertEqual(self.all_of(), self.before)
                record.unlink()

    def test_a_key_that_cannot_be_written_reverts_what_this_run_wrote(self):
        # Below a key that lasts until the next restart none can be made that stays (win32: ERROR_CHILD_MUST_BE_VOLATILE).
        self.reg("delete", SCHANNEL + r"\Ciphers", "/f")
        volatile = self.folder / "volatile.ps1"
        volatile.write_text("""$key = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64').CreateSubKey(
            'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers', $true, [Microsoft.Win32.RegistryOptions]::Volatile)""")
        self.script(volatile, expect=0)
        before = self.all_of()
        script = self.export("strict")
        code, out, err = self.script(script, expect=1)
        self.assertTrue(err[0].startswith(SCHANNEL + r"\Ciphers\DES 56/56 cannot be written: "), err)
        self.assertIn("reverted", err[-1])
        self.assertEqual(self.all_of(), before)
        self.assertEqual(list(self.folder.glob("*-undo-*")), [])

    def test_data_that_could_not_be_restored_stops_it_before_it_writes(self):
        self.import_reg(("\ufeffWindows Registry Editor Version 5.00\r\n\r\n[%s]\r\n\"AllowInsecureRenegoClients\"=hex(4):01,02,03\r\n" % SCHANNEL.replace("HKLM", "HKEY_LOCAL_MACHINE")).encode("utf-16-le"))
        before = self.all_of()
        code, out, err = self.script(self.export("strict"), expect=1)
        self.assertIn("AllowInsecureRenegoClients holds data of a type or length that could not be restored", err[-1])
        self.assertEqual(self.all_of(), before)

    def test_a_release_that_it_is_not_for_or_does_not_know_is_left_alone(self):
        script = self.export("strict")
        for build, kind, said in ("7601", "Client", "the profile is not for this release of Windows"), ("29999", "Server", "a server of build 29999, which this script does not know"):
            self.reg("add", r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion", "/v", "CurrentBuildNumber", "/t", "REG_SZ", "/d", build, "/f")
            self.reg("add", r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion", "/v", "InstallationType", "/t", "REG_SZ", "/d", kind, "/f")
            code, out, err = self.script(script, expect=1)
            self.assertIn(said, err[-1])
        self.become(self.release)
        self.assertEqual(self.all_of(), self.before)

    def test_a_record_cannot_make_it_write_elsewhere(self):
        script = self.export("strict")
        self.script(script, expect=0)
        record = self.undo_file()
        good = record.read_text()
        done = self.all_of(SCHANNEL, r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run")
        line = next(each for each in good.splitlines() if each.startswith("value\t"))
        count = good.splitlines()[-1]
        elsewhere = "value\tHKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\tx\tsz:calc.exe\t-"
        for name, text in {
            "another value": good.replace(line, elsewhere),
            "another key": good.replace(line, "key\tHKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\t\t-\tpresent"),
            "a path above": good.replace(line, line.replace("SCHANNEL\\", "SCHANNEL\\..\\", 1)),
            "data that is none": good.replace(line, line.replace("dword:", "dword:zz", 1).replace("\t-\t", "\tdword:1\t", 1)),
            "cut off": good.replace(count, ""),
            "a line too many": good + elsewhere + "\n",
            "another machine": re.sub(r"computer .*", "computer ELSEWHERE", good),
            "nothing": "",
            "a script": script.read_text(),
        }.items():
            with self.subTest(name):
                record.write_text(text)
                code, out, err = self.script(script, "-Undo", windows_path(record), expect=1)
                self.assertIn("is not taken: ", err[-1])
                self.assertIn("Nothing was written", err[-1])
        self.assertEqual(self.all_of(SCHANNEL, r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run"), done)
        self.assertIn("there is no record", self.script(script, "-Undo", r"C:\nowhere.txt", expect=1)[2][-1])

    def test_whole_keys_are_removed_and_come_back(self):
        vendor = self.folder / "vendor.reg"
        vendor.write_bytes(("\ufeffWindows Registry Editor Version 5.00\r\n\r\n[-%s\\Ciphers]\r\n\r\n[%s\\Ciphers\\RC4 128/128]\r\n\"Enabled\"=dword:00000000\r\n" % ((SCHANNEL.replace("HKLM", "HKEY_LOCAL_MACHINE"),) * 2)).encode("utf-16-le"))
        script = self.export(vendor)
        self.script(script, expect=0)
        after = self.all_of(SCHANNEL + r"\Ciphers")
        self.script(script, "-Undo", windows_path(self.undo_file()), expect=0)
        self.assertEqual(self.all_of(), self.before)
        self.reg("import", windows_path(vendor))
        self.assertEqual(self.all_of(SCHANNEL + r"\Ciphers"), after)

    def test_names_and_data_of_others_are_text(self):
        profile = self.folder / "hostile.toml"
        canary = self.folder / "canary"
        write = "[IO.File]::WriteAllText('%s','x')" % windows_path(canary)
        profile.write_text("format = 1\nname = %s\ndescription = %s\n[registry.'%s']\nCertificateMappingMethods = { type = \"REG_SZ\", hex = \"%s\" }\n" % (
            json.dumps("'; %s; '#>\u2019 $(%s)`" % (write, write)), json.dumps(" #> %s <# \u2019 %s" % (write, write)), SCHANNEL,
            ("\u2019; " + write + " #\0").encode("utf-16-le").hex()), "utf-8")
        script = self.export(profile)
        self.script(script, expect=0)
        self.assertFalse(canary.exists())
        self.assertIn("#", self.reg("query", SCHANNEL, "/v", "CertificateMappingMethods").stdout.decode(errors="replace"))
        self.script(script, "-Undo", windows_path(self.undo_file()), expect=0)
        self.assertEqual(self.all_of(), self.before)

    def test_what_is_asked_only_where_it_is_missing_or_smaller_stays(self):
        written = {}
        for name, bits in ("missing-Registry.xml", None), ("smaller.csv", 4096), ("smaller.csv", 1024):
            source = self.folder / name
            source.write_text(CREATE if name.endswith("xml") else AT_LEAST)
            self.reg("delete", DIFFIE_HELLMAN, "/f", expect=None)
            if bits:
                self.reg("add", *dword(DIFFIE_HELLMAN, "ServerMinKeyBitLength", bits))
            else:
                self.reg("add", *dword(DIFFIE_HELLMAN, "ServerMinKeyBitLength", 3072))
            self.script(self.export(source), expect=0)
            held = self.reg("query", DIFFIE_HELLMAN).stdout.decode()
            written[name, bits] = {line.split()[0]: int(line.split()[2], 16) for line in held.splitlines() if "REG_DWORD" in line}
        self.assertEqual(written, {("missing-Registry.xml", None): {"ServerMinKeyBitLength": 3072, "ClientMinKeyBitLength": 1024}, ("smaller.csv", 4096): {"ServerMinKeyBitLength": 4096},
                                   ("smaller.csv", 1024): {"ServerMinKeyBitLength": 2048}})

    def test_the_removal_leaves_an_untouched_installation_as_it_was(self):
        self.import_reg(schancfg("export", "--target", "os:windows-server-2022", "--reg"))
        for each in r"\Protocols\TLS 1.2", r"\Protocols\TLS 1.0", r"\Ciphers":
            self.reg("delete", SCHANNEL + each, "/f", expect=None)
        state = lambda: self.steps([{"do": "snapshot"}])[0]["result"]
        before = state()
        self.script(self.export("strict"), expect=0)
        self.assertNotEqual(state(), before)
        self.script(self.export("strict", "--removal", name="removal.ps1"), expect=0)
        self.assertEqual(state(), before)

    def test_every_script_parses_and_holds_nothing_that_5_1_lacks(self):
        folder = self.folder / "scripts"
        profiles = schancfg("profiles", "--name-only").decode().split()
        for profile in profiles:
            for words in [], ["--removal"]:
                schancfg("export", profile, "--format", "intune", "-o", folder / (profile + "".join(words)), *words)
                schancfg("export", profile, "--format", "ps1", "-o", folder / (profile + "".join(words)) / "tls.ps1", *words)
        self.assertEqual(self.windows(PWSH, "-Parse", windows_path(folder)).stdout.decode().split("\r\n"), ["parsed %d" % (len(profiles) * 8), ""])


if __name__ == "__main__":
    unittest.main()
