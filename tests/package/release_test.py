#!/usr/bin/env python3
"""What cmake/release.py makes of packages: sums that are right, manifests that name the right file, and a list of parts without a gap."""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(sys.argv.pop(1))


class Release(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.at = pathlib.Path(self.folder.name)
        self.version = next(line.split("VERSION ")[1].split()[0] for line in (ROOT / "CMakeLists.txt").read_text().splitlines() if line.startswith("project("))
        (self.at / "tree").mkdir()
        (self.at / f"tree/schancfg-{self.version}-win64.zip").write_bytes(b"a zip")
        (self.at / f"tree/schancfg_{self.version}-1_amd64.deb").write_bytes(b"a package")

    def make(self, tag=None):
        return subprocess.run([sys.executable, ROOT / "cmake/release.py", "--tag", tag or f"v{self.version}", "--repository", "someone/schancfg", "--out", self.at / "out",
                               "--no-cpack", self.at / "tree"], capture_output=True, text=True, check=False)

    def test_sums_and_manifests_name_what_is_there(self):
        made = self.make()
        self.assertEqual(made.returncode, 0, made.stderr)
        out = self.at / "out"
        for line in (out / "SHA256SUMS").read_text().splitlines():
            digest, name = line.split("  ")
            self.assertEqual(hashlib.sha256((out / name).read_bytes()).hexdigest(), digest)
        zip_digest = hashlib.sha256(b"a zip").hexdigest()
        scoop = json.loads((out / "schancfg.json").read_text())
        self.assertEqual(scoop["architecture"]["64bit"]["hash"], zip_digest)
        self.assertTrue(scoop["architecture"]["64bit"]["url"].endswith(f"/v{self.version}/schancfg-{self.version}-win64.zip"))
        installer = yaml.safe_load((out / "schancfg.schancfg.installer.yaml").read_text())
        self.assertEqual(installer["Installers"][0]["InstallerSha256"].lower(), zip_digest)
        for file in out.glob("*.yaml"):
            self.assertEqual(str(yaml.safe_load(file.read_text())["PackageVersion"]), self.version)

    def test_every_dependency_is_in_the_list_of_parts(self):
        self.make()
        bill = json.loads((self.at / f"out/schancfg-{self.version}.cdx.json").read_text())
        names = {part["name"] for part in bill["components"]}
        manifest = json.loads((ROOT / "vcpkg.json").read_text())
        needed = [*manifest["dependencies"], *manifest["features"]["cli"]["dependencies"]]
        self.assertEqual({each if isinstance(each, str) else each["name"] for each in needed} - names, set())
        self.assertTrue(all(part["version"] != "unknown" for part in bill["components"]))

    def test_another_tag_is_refused(self):
        made = self.make("v9.9.9")
        self.assertNotEqual(made.returncode, 0)
        self.assertIn("v9.9.9", made.stderr)


unittest.main()
