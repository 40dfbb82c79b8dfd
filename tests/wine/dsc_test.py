"""schancfg.exe as the engine of DSC v3 calls it: JSON in, JSON out, on Wine's registry."""

import json
import os
import subprocess
import unittest

from wine_registry import EXE, SCHANNEL, BUILD, WineTest

MD5 = {"key": SCHANNEL + r"\Hashes\MD5", "value": "Enabled"}
OFF = dict(MD5, type="REG_DWORD", data=0)


class Dsc(WineTest):
    def dsc(self, operation, state, *words, expect=0):
        """The lines of standard output, and those of standard error, as JSON."""
        done = subprocess.run(["sh", os.environ["SCHANCFG_WINE"], EXE, "dsc", operation, *words], env=self.environment, cwd=BUILD, input=json.dumps(state).encode() if state else b"", capture_output=True, timeout=120, check=False)
        out, err = ([json.loads(line) for line in text.decode().splitlines()] for text in (done.stdout, done.stderr))
        self.assertEqual(done.returncode, expect, (out, err))
        return out, err

    def test_a_state_is_tested_foretold_set_once_and_removed(self):
        wanted = {"values": [OFF]}
        before = self.regedit_export()
        self.assertEqual(self.dsc("get", wanted)[0][0]["values"], [dict(MD5, _exist=False)])
        state, differing = self.dsc("test", wanted)[0]
        self.assertEqual((state["_inDesiredState"], differing), (False, ["values"]))
        foretold, differing = self.dsc("set", wanted, "--what-if")[0]
        self.assertEqual((foretold["values"], differing), ([OFF], ["values"]))
        self.assertEqual(self.regedit_export(), before)
        self.assertEqual(self.dsc("set", wanted)[0], [foretold, ["values"]])
        self.assertEqual(self.reg_query()[SCHANNEL.lower() + r"\hashes\md5", "enabled"], ("REG_DWORD", "0x0"))
        self.assertEqual(self.dsc("set", wanted)[0][1], [])
        self.assertTrue(self.dsc("test", wanted)[0][0]["_inDesiredState"])
        self.assertIn(OFF, self.dsc("export", None)[0][0]["values"])
        self.dsc("set", {"values": [OFF], "_exist": False})
        self.assertEqual(self.dsc("get", wanted)[0][0]["values"], [dict(MD5, _exist=False)])
        out, err = self.dsc("set", {"profil": "strict"}, expect=2)
        self.assertEqual((out, err), ([], [{"error": 'desired state: the property "profil" is unknown; did you mean "profile"?'}]))


if __name__ == "__main__":
    unittest.main()
