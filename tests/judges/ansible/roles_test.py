"""`export --format ansible`, every shipped profile, without Windows: the tasks that a YAML reader finds are the plan that this program has, and ansible-lint finds nothing."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "powershell"))
from judge import AT_LEAST, CREATE  # noqa: E402

SCHANCFG = os.environ["SCHANCFG"]
FOLDER = pathlib.Path(os.environ["JUDGE_FOLDER"]) / "roles"
TYPES = {"dword": "REG_DWORD", "qword": "REG_QWORD", "string": "REG_SZ", "expandstring": "REG_EXPAND_SZ", "multistring": "REG_MULTI_SZ", "binary": "REG_BINARY", "none": "REG_NONE"}


def schancfg(*words):
    return subprocess.run([SCHANCFG, *map(str, words)], capture_output=True, check=True).stdout


def server(release):
    return "server" in release


class Roles(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        shutil.rmtree(FOLDER, ignore_errors=True)
        cls.profiles = schancfg("profiles", "--name-only").decode().split()
        cls.releases = {each["id"]: str(each["build"]).split(".")[-1] for each in json.loads(schancfg("releases", "--format", "json"))["releases"]}

    def role(self, profile, *words):
        folder = FOLDER / (pathlib.Path(profile).name.replace(".", "_") + "".join(words)) / "roles" / "schancfg"
        schancfg("export", profile, "--format", "ansible", "-o", folder, *words)
        return folder

    def tasks_of(self, folder, release):
        """{(key, value): (type, data) or None} of the tasks whose conditions hold on that release; None where the role refuses it."""
        variables = {}
        if (folder / "vars" / "main.yml").exists():
            variables = yaml.safe_load((folder / "vars" / "main.yml").read_text())
            variant = variables["schancfg_known"].get(self.releases[release] + (" server" if server(release) else " client"))
            if variant is None:
                return None
        found = {}
        for block in yaml.safe_load((folder / "tasks" / "main.yml").read_text()):
            for task in block.get("block", []):
                condition = task.get("when")
                if condition is not None:
                    self.assertTrue(condition.startswith("schancfg_variant in "))
                    if variant not in variables[condition.removeprefix("schancfg_variant in ")]:
                        continue
                arguments = task["ansible.windows.win_regedit"]
                self.assertTrue(arguments["name"])
                place = arguments["path"].replace("HKLM:\\", "HKLM\\", 1), arguments["name"]
                self.assertNotIn(place, found)
                found[place] = None if arguments["state"] == "absent" else (TYPES[arguments["type"]], arguments["data"])
        return found

    def test_the_tasks_are_the_plan_on_every_release(self):
        for profile in self.profiles:
            folder = self.role(profile)
            for release in self.releases:
                with self.subTest(profile=profile, release=release):
                    done = subprocess.run([SCHANCFG, "export", profile, "--os", release, "--format", "json"], capture_output=True, check=False)
                    tasks = self.tasks_of(folder, release)
                    if tasks is None:
                        # Outside of `windows`, or what is asked can't be said for that release.
                        refused = subprocess.run([SCHANCFG, "export", profile, "--os", release, "--format", "ansible", "-o", str(FOLDER / "refused")], capture_output=True, check=False)
                        self.assertEqual(refused.returncode, 2)
                        continue
                    self.assertEqual(done.returncode, 0)
                    plan = {(each["key"], each["value"]): (each["type"], each["data"]) if each.get("type") else None for each in json.loads(done.stdout)["settings"]}
                    self.assertEqual(tasks, plan)

    def test_it_is_ascii_and_the_same_every_time(self):
        for profile in self.profiles:
            folder = self.role(profile)
            files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
            self.assertTrue(all(data.isascii() and b"\r" not in data for data in files.values()))
            self.role(profile)
            self.assertEqual({path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}, files)

    def test_ansible_lint_finds_nothing(self):
        hostile = FOLDER / "hostile.toml"
        hostile.parent.mkdir(parents=True, exist_ok=True)
        hostile.write_text("format = 1\nname = \"{{ 1 }}: # - 'x' <b>\"\ndescription = \"| a | [b](c) {% raw %}\"\n[registry.'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL']\n"
                           "CertificateMappingMethods = { type = \"REG_SZ\", hex = \"" + "{{ 'a' }}: \u00e9\n\0".encode("utf-16-le").hex() + "\" }\n", "utf-8")
        roles = [self.role(profile, *words) for profile in self.profiles for words in ([], ["--removal"])]
        schancfg("export", hostile, "--format", "ansible", "-o", FOLDER / "hostile" / "roles" / "schancfg")
        roles.append(FOLDER / "hostile" / "roles" / "schancfg")
        for name, text in ("missing-Registry.xml", CREATE), ("smaller.csv", AT_LEAST):
            (FOLDER / name).write_text(text)
            roles.append(self.role(FOLDER / name))
        for role in roles:
            yaml_files = [path for path in role.rglob("*.yml")]
            self.assertTrue(yaml_files)
        # All of them in one run would be one project with many roles of one name, so a sample has a run each.
        sample = roles if os.environ.get("SCHANCFG_EVERY", "") not in ("", "0") else [*roles[-3:], self.role("strict"), self.role("windows-defaults", "--removal")]
        for role in sample:
            with self.subTest(str(role)):
                (role.parent.parent / "play.yml").write_text("---\n- name: Set TLS\n  hosts: all\n  roles:\n    - schancfg\n")
                done = subprocess.run(["ansible-lint", "--offline", "-q", "play.yml", "roles/schancfg"], cwd=role.parent.parent, capture_output=True, check=False,
                                      env=dict(os.environ, LC_ALL="C.UTF-8", ANSIBLE_HOME=str(FOLDER / "home")))
                self.assertEqual((done.returncode, done.stdout.decode()), (0, ""), done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
