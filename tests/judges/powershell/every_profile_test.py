"""`export --format intune`: on shipped profiles and their releases, detection says what this program says of the same registry, and remediation makes it what the
`.reg` file of the profile does. A sample here; SCHANCFG_EVERY=1 takes every profile and every release."""

import json
import os
import subprocess
import unittest

from judge import RELEASES, Judge, build_of, is_server, schancfg, windows_path

EVERY = os.environ.get("SCHANCFG_EVERY", "") not in ("", "0")
PROFILES = schancfg("profiles", "--name-only").decode().split()
# For all others the last release that they are for: lists with curves in the names, computed lists, lists of Windows itself, client alone.
SAMPLE = {"strict": ["windows-server-2022", "windows-10-22h2"], "best-practices": ["windows-server-2012-r2"], "windows-defaults": ["windows-server-2019"], "weak-dh-peer": ["windows-7"]}
TITLE = "schancfg "


def asked(profile, release):
    """What the profile asks for there: (key below HKLM, name, value or None: absent)."""
    found = json.loads(schancfg("export", profile, "--os", release, "--format", "json"))
    return [(each["key"].removeprefix("HKLM\\"), each["value"], None if each.get("data", each.get("hex")) is None else each) for each in found["settings"]]


def fits(profile, release, folder):
    return subprocess.run([os.environ["SCHANCFG"], "export", profile, "--os", release, "--format", "intune", "-o", str(folder)], capture_output=True, check=False).returncode == 0


class EveryProfile(Judge):
    def cases(self):
        for profile in PROFILES:
            releases = [each for each in RELEASES if fits(profile, each, self.folder / "fits")]
            if not EVERY:
                releases = SAMPLE.get(profile, releases[-1:])
            schancfg("export", profile, "--format", "intune", "-o", self.folder / profile)
            schancfg("export", profile, "--format", "intune", "--removal", "-o", self.folder / (profile + "-removal"))
            yield profile, releases

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def become_step(self, release, by_product=False):
        return {"do": "become", "build": build_of(release), "kind": "" if by_product else "Server" if is_server(release) else "Client", "product": "ServerNT" if is_server(release) else "WinNT"}

    def run_step(self, profile, name):
        return {"do": "run", "script": windows_path(self.folder / profile / (name + ".ps1"))}

    def named(self, result):
        """Exit code, and the values that the lines before the last one name; the last line is short enough for Intune."""
        lines = result["lines"]
        self.assertLessEqual(len(lines[-1]), 2048)
        self.assertTrue(lines[-1].startswith(TITLE), lines)
        self.assertIn(result["code"], (0, 1))
        return result["code"], {line.split(": ")[0].lower() for line in lines[:-1]}

    def difference(self, profile, release, state):
        changes = json.loads(schancfg("diff", profile, "--target", f"reg:{state}@{release}", "--whole", "--format", "json", expect=(0, 1)))["changes"]
        return {(each["key"] + "\\" + (each["value"] or "(default)")).lower() for each in changes if each["value"] is not None}

    def test_detected_fixed_once_and_as_the_reg_file_does(self):
        steps, checks = [], []
        for profile, releases in self.cases():
            for release in releases:
                name = f"{profile}@{release}"
                untouched = self.file(name + ".untouched.reg", schancfg("export", "--target", f"os:{release}", "--reg"))
                wanted = self.file(name + ".wanted.reg", schancfg("export", profile, "--os", release, "--reg"))
                run = [self.run_step(profile, word) for word in ("detect", "remediate", "detect", "remediate", "discover")]
                # From an untouched installation; from nothing, where what the file leaves is exactly what is asked; and the removal of that.
                begin = len(steps)
                steps += [{"do": "reset"}, self.become_step(release), {"do": "import", "file": windows_path(untouched)}, *run, {"do": "snapshot"}, self.run_step(profile + "-removal", "remediate"),
                          self.run_step(profile + "-removal", "detect"),
                          {"do": "reset"}, self.become_step(release, by_product=True), self.run_step(profile, "remediate"), {"do": "snapshot"},
                          {"do": "reset"}, {"do": "import", "file": windows_path(wanted)}, self.run_step(profile, "detect"), {"do": "snapshot"}]
                checks.append((name, profile, release, untouched, begin))
        results = [each["result"] for each in self.steps(steps)]
        for name, profile, release, untouched, begin in checks:
            with self.subTest(name):
                got = results[begin:]
                differs = self.difference(profile, release, untouched)
                self.assertEqual(self.named(got[3]), (1 if differs else 0, differs))
                code, written = self.named(got[4])
                self.assertEqual((code, written), (0, differs))
                self.assertEqual(self.named(got[5]), (0, set()))
                self.assertEqual((got[6]["code"], len(got[6]["lines"])), (0, 1))
                self.assertIn("nothing was written", got[6]["lines"][0])
                self.assertEqual((got[7]["code"], got[7]["lines"]), (0, ["Compliant"]))
                self.assertEqual((got[9]["code"], got[10]["code"]), (0, 0))
                self.assertEqual((got[13]["code"], got[17]["code"]), (0, 0), got[17])
                # Names that are asked for only where a list has them are not written into one that is not there.
                where_held = {line.split("|")[0] for line in got[18] if "Local\\SSL" in line and profile == "windows-defaults"}
                self.assertEqual([line for line in got[14] if line.split("|")[0] not in where_held], [line for line in got[18] if line.split("|")[0] not in where_held])

    def test_each_value_wrong_missing_or_of_another_type_is_named_and_fixed(self):
        for profile, releases in self.cases():
            if not EVERY and profile not in ("strict", "weak-dh-peer"):
                continue
            for release in releases if EVERY else releases[:1]:
                steps, wanted_names = [], []
                wanted = self.file("wanted.reg", schancfg("export", profile, "--os", release, "--reg"))
                steps += [{"do": "reset"}, self.become_step(release), {"do": "import", "file": windows_path(wanted)}]
                base = wanted.read_bytes().decode("utf-16").rstrip("\r\n")
                for key, name, value in asked(profile, release):
                    long_key = "HKEY_LOCAL_MACHINE\\" + key
                    alterations = {"wrong": ('"%s"=dword:00000063', {"do": "set", "key": key, "name": name, "kind": "DWord", "data": 0x63}),
                                   "of another type": ('"%s"="0"', {"do": "set", "key": key, "name": name, "kind": "String", "data": "0"}),
                                   "missing": ('"%s"=-', {"do": "delete", "key": key, "name": name})}
                    for what, (line, step) in alterations.items():
                        state = self.file("state.reg", (f"\ufeff{base}\r\n\r\n[{long_key}]\r\n{line % name}\r\n".encode("utf-16-le")))
                        differs = self.difference(profile, release, state)
                        begin = len(steps)
                        steps += [step, self.run_step(profile, "detect")]
                        if EVERY or what == "of another type":
                            steps += [self.run_step(profile, "remediate"), self.run_step(profile, "detect")]
                        # As it was: what remediation leaves because it means the same would meet the next alteration otherwise.
                        steps.append({"do": "import", "file": windows_path(wanted)})
                        wanted_names.append((f"{profile}@{release} {key}\\{name} {what}", begin + 1, len(steps) - 1, differs, what))
                        if what != "missing" and value is not None and "EccCurves" not in name and "Functions" not in name:
                            own = (f"HKLM\\{key}\\{name}").lower()
                            self.assertTrue(differs <= {own}, (what, differs))
                results = [each["result"] for each in self.steps(steps)]
                for name, begin, end, differs, what in wanted_names:
                    with self.subTest(name):
                        self.assertEqual(self.named(results[begin]), (1 if differs else 0, differs))
                        if end - begin > 1:
                            self.assertEqual(results[begin + 1]["code"], 0)
                            self.assertEqual(self.named(results[begin + 2]), (0, set()))

    def test_errors_are_told_and_not_taken_for_compliance(self):
        folder = self.folder / "strict"
        schancfg("export", "strict", "--format", "intune", "-o", folder)
        steps = [{"do": "reset"}, {"do": "become", "build": "29999", "kind": "Server", "product": "ServerNT"}, self.run_step("strict", "detect"), self.run_step("strict", "remediate"),
                 {"do": "snapshot"}, {"do": "become", "build": "7601", "kind": "Client", "product": "WinNT"}, self.run_step("strict", "detect"), self.run_step("strict", "remediate"),
                 self.run_step("strict", "discover"), {"do": "snapshot"}]
        results = [each["result"] for each in self.steps(steps)]
        for at in 2, 3:
            self.assertEqual(results[at]["code"], 1)
            self.assertIn("ERROR: this is a server of build 29999", results[at]["lines"][-1])
        for at in 6, 7:
            self.assertEqual(results[at]["code"], 0)
            self.assertIn("not for this release", results[at]["lines"][-1])
        self.assertEqual((results[4], results[9]), ([], []))


class Unwritable(Judge):
    def test_what_cannot_be_written_is_named_and_the_rest_is_written(self):
        schancfg("export", "strict", "--format", "intune", "-o", self.folder / "strict")
        self.become("windows-server-2022")
        volatile = self.folder / "volatile.ps1"
        volatile.write_text("""$ErrorActionPreference = 'Stop'
            $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
            $root.DeleteSubKeyTree('SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL', $false)
            $root.CreateSubKey('SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL').Close()
            $root.CreateSubKey('SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers', $true, [Microsoft.Win32.RegistryOptions]::Volatile).Close()
            try { $root.CreateSubKey('SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\x').Close() } catch { exit 0 }
            exit 7""")
        self.script(volatile, expect=0)
        code, out, err = self.script(self.folder / "strict" / "remediate.ps1", expect=1)
        self.assertEqual(err, [])
        self.assertIn("10 failed: HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\DES 56/56\\Enabled: ", out[-1])
        self.assertLessEqual(len(out[-1]), 2048)
        code, out, err = self.script(self.folder / "strict" / "detect.ps1", expect=1)
        self.assertRegex(out[-1], r"^schancfg Strict [0-9a-f]{8}: 10 differ: Ciphers\\DES 56/56: Enabled; ")
        self.assertTrue(all("\\Ciphers\\" in line for line in out[:-1]))
        self.script(self.folder / "strict" / "discover.ps1", expect=0)


if __name__ == "__main__":
    unittest.main()
