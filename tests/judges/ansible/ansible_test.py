"""`export --format ansible`: the real ansible-playbook runs the role with the real ansible.windows.win_regedit, in PowerShell under Wine. Six values here; SCHANCFG_EVERY=1
takes all of `strict`."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "powershell"))
from judge import AT_LEAST, CREATE, DIFFIE_HELLMAN, Judge, schancfg, windows_path  # noqa: E402

EVERY = os.environ.get("SCHANCFG_EVERY", "") not in ("", "0")
SIX = """format = 1
name = "Six values: {{ lookup('pipe', 'touch %(canary)s') }}"
[ciphers]
"AES 128/128" = "enabled"
"RC4 128/128" = "disabled"
[hashes]
MD5 = "default"
[cipher_suites.policy]
order = ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"]
[elliptic_curves.local]
order = ["NistP256", "NistP384"]
[key_exchange_algorithms]
Diffie-Hellman = { server_min_bits = 2048 }
"""


class Ansible(Judge):
    def role(self, profile, *words):
        play = self.folder / ("play" + "".join(words))
        shutil.rmtree(play, ignore_errors=True)
        schancfg("export", profile, "--format", "ansible", "-o", play / "roles" / "schancfg", *words)
        (play / "inventory").write_text("win ansible_connection=wine ansible_shell_type=powershell\n")
        (play / "play.yml").write_text("---\n- name: Set TLS\n  hosts: win\n  gather_facts: false\n  vars:\n    schancfg_build: '20348'\n    schancfg_server: true\n  roles:\n    - schancfg\n")
        return play

    def play(self, folder, *words, expect=0):
        """Runs the play: the results of its win_regedit tasks by their names."""
        environment = dict(self.environment, WINE_PWSH_PORT=str(self.port), ANSIBLE_CONNECTION_PLUGINS=str(HERE / "connection_plugins"), ANSIBLE_STDOUT_CALLBACK="json",
                           ANSIBLE_LOCAL_TEMP=str(self.folder / "tmp"), ANSIBLE_HOME=str(self.folder / "home"))
        done = subprocess.run(["ansible-playbook", "-i", "inventory", "play.yml", *words], cwd=folder, env=environment, capture_output=True, check=False, timeout=3600)
        self.assertEqual(done.returncode, expect, (done.stdout.decode(), done.stderr.decode()))
        tasks = json.loads(done.stdout)["plays"][0]["tasks"]
        return {task["task"]["name"]: result for task in tasks for result in task["hosts"].values() if not result.get("skipped") and "assert" not in result.get("action", "")}

    def values(self):
        return self.steps([{"do": "snapshot"}])[0]["result"]

    def test_checked_run_again_and_removed(self):
        canary = self.folder / "canary"
        profile = "strict"
        if not EVERY:
            profile = self.folder / "six.toml"
            profile.write_text(SIX % {"canary": canary})
        untouched = self.folder / "untouched.reg"
        untouched.write_bytes(schancfg("export", "--target", "os:windows-server-2022", "--reg"))
        wanted = self.folder / "wanted.reg"
        wanted.write_bytes(schancfg("export", profile, "--os", "windows-server-2022", "--reg"))
        start = [{"do": "reset"}, {"do": "import", "file": windows_path(untouched)}, {"do": "snapshot"}]
        before, expected = (self.steps([*start, {"do": "import", "file": windows_path(wanted)}, {"do": "snapshot"}])[at]["result"] for at in (2, 4))
        self.steps(start)
        role = self.role(profile)

        checked = self.play(role, "--check", "--diff")
        self.assertEqual(self.values(), before)
        changed = {name: result for name, result in checked.items() if result["changed"]}
        self.assertTrue(all(result["diff"] for result in changed.values()))
        done = self.play(role)
        self.assertEqual({name for name, result in done.items() if result["changed"]}, set(changed))
        self.assertEqual(self.values(), expected)
        again = self.play(role)
        self.assertEqual([name for name, result in again.items() if result["changed"]], [])
        self.assertEqual(set(again), set(done))
        self.play(self.role(profile, "--removal"))
        self.assertEqual(self.values(), before)
        self.assertFalse(canary.exists())

    def test_what_is_asked_only_where_it_is_missing_or_smaller_stays(self):
        cases = [("missing-Registry.xml", CREATE, {"ServerMinKeyBitLength": 3072}, {"ClientMinKeyBitLength": 1024})]
        if EVERY:
            cases += [("smaller.csv", AT_LEAST, {"ServerMinKeyBitLength": 4096}, {}), ("smaller.csv", AT_LEAST, {"ServerMinKeyBitLength": 1024}, {"ServerMinKeyBitLength": 2048})]
        for name, text, held, changed in cases:
            (self.folder / name).write_text(text)
            key = DIFFIE_HELLMAN.removeprefix("HKLM\\")
            self.steps([{"do": "reset"}, *({"do": "set", "key": key, "name": value, "kind": "DWord", "data": data} for value, data in held.items())])
            done = self.play(self.role(self.folder / name))
            self.assertEqual(len([each for each in done.values() if each["changed"]]), len(changed))
            self.assertEqual(self.values(), sorted(f"{key}|{value}|DWord|{data}" for value, data in {**held, **changed}.items()))


if __name__ == "__main__":
    unittest.main()
