"""`export --format intune`: on shipped profiles and their releases, detection says what this program says of the same registry, and remediation makes it what the
`.reg` file of the profile does. A sample here; SCHANCFG_EVERY=1 takes every profile and every release.

What is asked of a release and what it is installed with make a case; other releases of the same case are detected once, so that their builds are known to be known. Cases
of which a run ended early has told stay told: a line each.
"""

import json
import os
import subprocess
import unittest

from judge import RELEASES, Judge, build_of, is_server, schancfg, windows_path

EVERY = os.environ.get("SCHANCFG_EVERY", "") not in ("", "0")
SAMPLE = {"strict": ["windows-server-2022", "windows-10-22h2"], "best-practices": ["windows-server-2012-r2"], "windows-defaults": ["windows-server-2019"], "weak-dh-peer": ["windows-7"]}
# Those that most machines get, first.
PROFILES = sorted(schancfg("profiles", "--name-only").decode().split(), key=lambda profile: (profile not in SAMPLE, profile)) if EVERY else list(SAMPLE)
TITLE = "schancfg "


def settings(*words):
    return json.loads(schancfg("export", *words, "--format", "json"))["settings"]


def asked(profile, release):
    """What the profile asks for there: (key below HKLM, name, value or None: absent)."""
    return [(each["key"].removeprefix("HKLM\\"), each["value"], None if each.get("data", each.get("hex")) is None else each) for each in settings(profile, "--os", release)]


class EveryProfile(Judge):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.untouched = {release: json.dumps(settings("--target", "os:" + release)) for release in RELEASES}

    def cases(self, profile):
        """Lists of releases of which the same is asked and with which the same is installed."""
        if not (self.folder / profile).exists():
            schancfg("export", profile, "--format", "intune", "-o", self.folder / profile)
            schancfg("export", profile, "--format", "intune", "--removal", "-o", self.folder / (profile + "-removal"))
        cases = {}
        for release in RELEASES if EVERY else SAMPLE[profile]:
            done = subprocess.run([os.environ["SCHANCFG"], "export", profile, "--os", release, "--format", "intune", "-o", self.folder / "fits"], capture_output=True, check=False)
            if done.returncode == 0:
                cases.setdefault((self.untouched[release], json.dumps(settings(profile, "--os", release))), []).append(release)
        return list(cases.values())

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def untouched_file(self, release):
        path = self.folder / (release + ".untouched.reg")
        return path if path.exists() else self.file(path.name, schancfg("export", "--target", f"os:{release}", "--reg"))

    def become_step(self, release, by_product=False):
        return {"do": "become", "build": build_of(release), "kind": "" if by_product else "Server" if is_server(release) else "Client", "product": "ServerNT" if is_server(release) else "WinNT"}

    def run_step(self, profile, name):
        return {"do": "run", "script": windows_path(self.folder / profile / (name + ".ps1"))}

    def load_step(self, file):
        return {"do": "load", "file": windows_path(file)}

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

    def test_1_detected_fixed_once_and_as_the_reg_file_does(self):
        for profile in PROFILES:
            cases = self.cases(profile)
            steps = []
            for first, *others in cases:
                untouched = self.load_step(self.untouched_file(first))
                wanted = self.load_step(self.file(f"{profile}@{first}.wanted.reg", schancfg("export", profile, "--os", first, "--reg")))
                run = [self.run_step(profile, word) for word in ("detect", "remediate", "detect", "remediate", "discover")]
                # From an untouched installation; from nothing, where what the file leaves is exactly what is asked; and the removal of that.
                steps += [untouched, self.become_step(first), *run, {"do": "snapshot"}, self.run_step(profile + "-removal", "remediate"), self.run_step(profile + "-removal", "detect"),
                          {"do": "reset"}, self.become_step(first, by_product=True), self.run_step(profile, "remediate"), {"do": "snapshot"},
                          wanted, self.run_step(profile, "detect"), {"do": "snapshot"}, untouched]
                for release in others:
                    steps += [self.become_step(release), self.run_step(profile, "detect")]
            results = iter(each["result"] for each in self.steps(steps))
            for first, *others in cases:
                got = [next(results) for _ in range(18)]
                with self.subTest(f"{profile}@{first}"):
                    differs = self.difference(profile, first, self.untouched_file(first))
                    detected = (1 if differs else 0, differs)
                    self.assertEqual(self.named(got[2]), detected)
                    self.assertEqual(self.named(got[3]), (0, differs))
                    self.assertEqual(self.named(got[4]), (0, set()))
                    self.assertEqual((got[5]["code"], len(got[5]["lines"])), (0, 1))
                    self.assertIn("nothing was written", got[5]["lines"][0])
                    self.assertEqual((got[6]["code"], got[6]["lines"]), (0, ["Compliant"]))
                    self.assertEqual((got[8]["code"], got[9]["code"]), (0, 0))
                    self.assertEqual((got[12]["code"], got[15]["code"]), (0, 0), got[15])
                    # Names that are asked for only where a list has them are not written into one that is not there.
                    where_held = {line.split("|")[0] for line in got[16] if "Local\\SSL" in line and profile == "windows-defaults"}
                    self.assertEqual([line for line in got[13] if line.split("|")[0] not in where_held], [line for line in got[16] if line.split("|")[0] not in where_held])
                for release in others:
                    told = [next(results) for _ in range(2)][1]
                    with self.subTest(f"{profile}@{release}"):
                        self.assertEqual(self.named(told), detected)
            print(f"{profile}: {sum(map(len, cases))} releases, {len(cases)} of them whole", flush=True)

    def alterations(self, key, name):
        return {"wrong": ('"%s"=dword:00000063' % name, {"do": "set", "key": key, "name": name, "kind": "DWord", "data": 0x63}),
                "of another type": ('"%s"="0"' % name, {"do": "set", "key": key, "name": name, "kind": "String", "data": "0"}),
                "missing": ('"%s"=-' % name, {"do": "delete", "key": key, "name": name})}

    def judge_states(self, profile, release, states, fix=True):
        """Each state is a name and its alterations of what the profile asks for: (key, line of a .reg file, step)."""
        words = ("detect", "remediate", "detect") if fix else ("detect",)
        wanted = self.file("wanted.reg", schancfg("export", profile, "--os", release, "--reg"))
        base = wanted.read_bytes().decode("utf-16").rstrip("\r\n")
        steps, expected = [self.become_step(release)], []
        for name, altered in states:
            lines = "".join(f"[HKEY_LOCAL_MACHINE\\{key}]\r\n{line}\r\n" for key, line, _ in altered)
            expected.append((name, self.difference(profile, release, self.file("state.reg", f"\ufeff{base}\r\n\r\n{lines}".encode("utf-16-le")))))
            steps += [self.load_step(wanted), *(step for _, _, step in altered), *(self.run_step(profile, word) for word in words)]
        results = iter(each["result"] for each in self.steps(steps) if each["result"] is not None)
        for name, differs in expected:
            got = [next(results) for _ in words]
            with self.subTest(f"{profile}@{release} {name}"):
                self.assertEqual(self.named(got[0]), (1 if differs else 0, differs))
                if fix:
                    self.assertEqual(got[1]["code"], 0)
                    self.assertEqual(self.named(got[2]), (0, set()))
        return expected

    def variants(self):
        """A release for each thing that a profile asks for."""
        for profile in PROFILES:
            seen = set()
            for [release, *_] in self.cases(profile):
                text = json.dumps(settings(profile, "--os", release))
                if text not in seen:
                    seen.add(text)
                    yield profile, release

    def test_2_all_values_wrong_missing_or_of_another_type_are_named_and_fixed(self):
        # Three states, in which each value is once wrong, once of another type and once missing.
        for profile, release in self.variants():
            values = asked(profile, release)
            states = []
            for turn in range(3):
                altered = [(key, *list(self.alterations(key, name).values())[(turn + at) % 3]) for at, (key, name, _) in enumerate(values)]
                states.append((f"turn {turn}", altered))
            self.judge_states(profile, release, states)
            print(f"{profile}@{release}: {len(values)} values in three states", flush=True)

    def test_3_each_value_wrong_missing_or_of_another_type_is_named_alone(self):
        for profile, release in self.variants():
            if not EVERY and (profile, release) != ("weak-dh-peer", "windows-7"):
                continue
            values = asked(profile, release)
            states, own = [], []
            for key, name, value in values:
                for what, alteration in self.alterations(key, name).items():
                    states.append((f"{key}\\{name} {what}", [(key, *alteration)]))
                    own.append(f"HKLM\\{key}\\{name}".lower() if what != "missing" and value is not None and "EccCurves" not in name and "Functions" not in name else None)
            for (name, differs), alone in zip(self.judge_states(profile, release, states, fix=False), own, strict=True):
                self.assertTrue(alone is None or differs <= {alone}, (profile, release, name, differs))
            print(f"{profile}@{release}: {len(values)} values, each in three states", flush=True)

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
