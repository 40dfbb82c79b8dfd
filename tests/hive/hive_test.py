#!/usr/bin/env python3
"""Offline hives through the program, and what other readers of hives see of what it wrote: hivexsh, hivexml, regfexport, reglookup.

hive_test.py PROGRAM [CORPUS]
"""
import json
import lzma
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import hives  # noqa: E402

PROGRAM = sys.argv.pop(1)
CORPUS = pathlib.Path(sys.argv.pop(1)) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else None
JUDGES = {"hivex": "hivexml", "libregf": "regfexport", "reglookup": "reglookup"}
SCHANNEL = "ControlSet001\\Control\\SecurityProviders\\SCHANNEL"


def have(judge):
    return shutil.which(JUDGES[judge]) is not None


# What a judge says of a hive: {path in upper case: {name in upper case: ...}}; the names alone for libregf.

def by_hivex(path):
    text = subprocess.run(["hivexml", "-k", path], capture_output=True, check=True).stdout
    # Characters that XML does not have.
    text = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"?", text)
    out = {}

    def walk(node, at):
        out[at] = {value.get("key", "").upper() for value in node.findall("value")}
        for child in node.findall("node"):
            walk(child, (at + "\\" + child.get("name").upper()).lstrip("\\"))

    walk(xml.etree.ElementTree.fromstring(text).find("node"), "")
    return out


def by_reglookup(path):
    text = subprocess.run(["reglookup", "-H", path], capture_output=True, check=True).stdout.decode("latin-1")
    out = {}
    for line in text.splitlines():
        name, kind = line.split(",")[:2]
        decode = lambda word: re.sub(r"%([0-9A-F]{2})", lambda m: chr(int(m.group(1), 16)), word)  # noqa: E731
        parts = [decode(part) for part in name.strip("/").split("/")]
        if kind == "KEY":
            out.setdefault("\\".join(parts).upper(), set())
        else:
            out.setdefault("\\".join(parts[:-1]).upper(), set()).add(parts[-1].upper())
    return out


def by_libregf(path):
    done = subprocess.run(["regfexport", path], capture_output=True, check=False)
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode != 0:
        raise AssertionError(text[-400:] + done.stderr.decode())
    out, at = {}, None
    for line in text.splitlines():
        if line.startswith("Key path: "):
            at = "\\".join(line[10:].split("\\")[1:]).upper()
            out[at] = set()
        elif (found := re.match(r"Value: \d+ (.*)$", line)) and at is not None:
            name = found.group(1)
            out[at].add("" if name == "(default)" else name.upper())
    return out


def hivex_value(path, key, name):
    return subprocess.run(["hivexget", path, key, name], capture_output=True, text=True, check=True).stdout.strip()


class Hives(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.folder)
        self.root = self.folder / "mnt"
        self.config = hives.image(self.root)
        self.environment = {**os.environ, "XDG_STATE_HOME": str(self.folder / "state"), "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}

    def run_it(self, *words, exit_code=0, text=None):
        done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, env=self.environment, input=text, timeout=60, check=False)
        self.assertEqual(done.returncode, exit_code, f"{words}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def trees(self, path):
        readers = {"hivex": by_hivex, "reglookup": by_reglookup, "libregf": by_libregf}
        return {judge: readers[judge](path) for judge in JUDGES if have(judge)}

    def bytes_of_hives(self):
        return {file.name: file.read_bytes() for file in self.config.iterdir()}


class Program(Hives):
    def test_status_says_what_the_machine_is(self):
        said = json.loads(self.run_it("status", f"hive:{self.root}", "--format", "json"))
        self.assertEqual(said["os"], "windows-server-2022")
        self.assertTrue(said["source"].startswith("hive:"))

    def test_apply_and_undo(self):
        before = self.trees(self.config / "SYSTEM")
        self.run_it("diff", "best-practices", "--target", f"hive:{self.root}", exit_code=1)
        self.run_it("apply", "best-practices", "--target", f"hive:{self.root}", "--yes")
        for judge, tree in self.trees(self.config / "SYSTEM").items():
            at = (SCHANNEL + "\\Protocols\\SSL 3.0\\Server").upper()
            self.assertEqual(tree[at], {"ENABLED", "DISABLEDBYDEFAULT"}, judge)
        if have("hivex"):
            self.assertEqual(hivex_value(self.config / "SYSTEM", SCHANNEL + "\\Protocols\\TLS 1.2\\Server", "DisabledByDefault"), "0")
        self.run_it("diff", "best-practices", "--target", f"hive:{self.config}")
        applied = self.bytes_of_hives()
        self.run_it("apply", "best-practices", "--target", f"hive:{self.root}", "--yes")
        self.assertEqual(self.bytes_of_hives(), applied)
        self.run_it("undo", "--target", f"hive:{self.root}", "--yes")
        self.assertEqual(self.trees(self.config / "SYSTEM"), before)

    def test_every_reader_of_commands_takes_it(self):
        target = f"hive:{self.root}"
        self.run_it("lint", target, "--fail-on", "error")
        self.run_it("export", "--target", target, "--reg", "-o", self.folder / "x.reg")
        self.assertEqual(self.run_it("diff", "--from", target, "--to", target).strip() != "", True)
        self.run_it("doctor", "--client", target, "--server", "os:2022")
        self.run_it("apply", "best-practices", "--target", target, "--dry-run", exit_code=1)
        self.run_it("diff", "best-practices", "--target", target, "--save", self.folder / "p.json", exit_code=1)
        self.run_it("apply", self.folder / "p.json", "--yes")
        self.run_it("undo", "--target", target, "--yes")

    def test_audit_takes_folders_of_hives(self):
        fleet = self.folder / "fleet"
        for name in ("ALPHA", "BETA"):
            hives.image(fleet / name, name)
        (fleet / "gamma").mkdir()
        (fleet / "gamma" / "system").write_bytes(hives.make(hives.system("GAMMA")))
        (fleet / "gamma" / "software").write_bytes(hives.make(hives.software()))
        (fleet / "notes").mkdir()
        (fleet / "notes" / "system").write_text("no hive\n")
        said = json.loads(self.run_it("audit", "--profile", "best-practices", fleet, "--format", "json", exit_code=1))
        self.assertEqual(sorted(machine["name"] for machine in said["machines"]), ["ALPHA", "BETA", "GAMMA"])
        said = json.loads(self.run_it("audit", "--profile", "best-practices", self.root, "--format", "json", exit_code=1))
        self.assertEqual([machine["name"] for machine in said["machines"]], ["GOLDEN"])

    def test_audit_takes_images_in_any_state(self):
        fleet = self.folder / "fleet"
        lower = fleet / "lower" / "WINDOWS" / "system32" / "Config"
        lower.mkdir(parents=True)
        (lower / "system").write_bytes(hives.make(hives.system("LOWER")))
        (lower / "Software").write_bytes(hives.make(hives.software()))
        dirty = hives.image(fleet / "dirty", "DIRTY") / "SYSTEM"
        dirty.write_bytes(hives.dirty(dirty.read_bytes()))
        said = self.run_it("audit", "--profile", "best-practices", fleet, "--format", "json", exit_code=1)
        self.assertIn("VALUES MAY BE OLD", said)
        self.assertEqual(sorted(machine["name"] for machine in json.loads(said[:said.rindex("}") + 1])["machines"]), ["DIRTY", "LOWER"])
        cut = hives.image(fleet / "cut", "CUT") / "SYSTEM"
        cut.write_bytes(cut.read_bytes()[:6000])
        said = self.run_it("audit", "--profile", "best-practices", fleet, exit_code=3)
        self.assertIn("the hive is cut off: it has 6000 of", " ".join(said.split()))
        for name in ("DIRTY", "LOWER"):
            self.assertIn(name, said)

    def test_a_plan_for_the_other_hive_is_refused_before_anything_is_touched(self):
        before = self.bytes_of_hives()
        said = self.run_it("apply", "best-practices", "--target", f"hive:{self.config}/SYSTEM@2022", "--yes", exit_code=2)
        self.assertIn("does not hold", said)
        self.assertEqual(self.bytes_of_hives(), before)

    def test_refusals_touch_nothing(self):
        (self.config / "SYSTEM").write_bytes(hives.dirty(hives.make(hives.system())))
        before = self.bytes_of_hives()
        self.assertIn("VALUES MAY BE OLD", self.run_it("status", f"hive:{self.root}"))
        self.assertIn("no", self.run_it("apply", "best-practices", "--target", f"hive:{self.root}", "--yes", exit_code=3))
        self.assertEqual(self.bytes_of_hives(), before)
        (self.config / "SYSTEM").write_bytes(hives.make(hives.system()))
        (self.root / "hiberfil.sys").write_bytes(b"hibr" + bytes(4092))
        self.assertIn("hibernated", self.run_it("apply", "best-practices", "--target", f"hive:{self.root}", "--yes", exit_code=3))

    def test_mode_and_attributes_are_kept(self):
        file = self.config / "SYSTEM"
        os.chmod(file, 0o640)
        try:
            os.setxattr(file, "user.note", b"kept")
            has = True
        except OSError:
            has = False
        self.run_it("apply", "best-practices", "--target", f"hive:{self.root}", "--yes", "--keep-original")
        self.assertEqual(file.stat().st_mode & 0o777, 0o640)
        if has:
            self.assertEqual(os.getxattr(file, "user.note"), b"kept")
        self.assertTrue((self.config / "SYSTEM.bak").exists())

    def test_a_long_list_is_read_by_those_who_can(self):
        # 20,000 bytes in parts: libhivex knows none above 16,344.
        suites = ["TLS_AES_256_GCM_SHA384"] + [f"TLS_SUITE_{number:0120}" for number in range(75)]
        key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002"
        text = ",".join(suites)
        self.assertGreater(2 * len(text), 18000)
        file = self.folder / "long.reg"
        file.write_text(f'Windows Registry Editor Version 5.00\n\n[{key}]\n"Functions"="{text}"\n')
        self.run_it("apply", file, "--target", f"hive:{self.root}", "--yes", "--allow-lock-out")
        self.run_it("diff", file, "--target", f"hive:{self.root}")
        if have("libregf"):
            self.assertIn("FUNCTIONS", by_libregf(self.config / "SOFTWARE")[key.split("\\", 2)[2].upper()])
        if have("reglookup"):
            said = subprocess.run(["reglookup", "-H", self.config / "SOFTWARE"], capture_output=True, text=True, check=True).stdout
            self.assertIn(suites[-1], said)

    def test_many_keys_in_one_list(self):
        ciphers = {f"Key {number}": {"v": ("REG_DWORD", number)} for number in range(300)}
        (self.config / "SYSTEM").write_bytes(hives.make(hives.system(schannel={"Ciphers": ciphers})))
        self.run_it("apply", "best-practices", "--target", f"hive:{self.root}", "--yes")
        for judge, tree in self.trees(self.config / "SYSTEM").items():
            below = (SCHANNEL + "\\Ciphers\\").upper()
            found = {at[len(below):] for at in tree if at.startswith(below)}
            self.assertLessEqual({f"KEY {number}" for number in range(300)}, found, judge)
            self.assertIn("NULL", found, judge)


class Corpus(Hives):
    def setUp(self):
        super().setUp()
        if CORPUS is None or not (CORPUS / "hives").is_dir():
            raise AssertionError("this class needs the corpus")
        self.hives = CORPUS / "hives"

    def test_the_system_hive_of_windows_7_holds_what_hivex_reads(self):
        file = self.folder / "SYSTEM"
        file.write_bytes(lzma.decompress((self.hives / "regipy__SYSTEM.xz").read_bytes()))
        said = json.loads(self.run_it("status", f"hive:{file}@windows-7", "--format", "json", "--all"))
        checked = 0
        for setting in said["settings"]:
            key = setting["key"]
            if not key.startswith("HKLM\\SYSTEM\\CurrentControlSet\\") or (setting["data"] is None and not setting.get("hex")):
                continue
            stored = hivex_value(file, "ControlSet001" + key[len("HKLM\\SYSTEM\\CurrentControlSet"):], setting["value"]) if have("hivex") else None
            if stored is not None and isinstance(setting["data"], int):
                self.assertEqual(int(stored), setting["data"], key)
            elif stored is not None and isinstance(setting["data"], list):
                self.assertEqual(stored.splitlines(), setting["data"], key)
            checked += 1
        self.assertGreaterEqual(checked, 6)
        suites = [setting["data"] for setting in said["settings"] if setting["key"].endswith("\\00010002") and setting["value"] == "Functions" and "Local" in setting["key"]]
        self.assertEqual([len(each) for each in suites if each], [30])
        self.run_it("apply", "best-practices", "--target", f"hive:{file}@windows-7", "--yes", exit_code=2)

    def test_the_hives_that_end_or_stall_libhivex_end_in_an_error_at_once(self):
        for name in ("abort1.hiv", "slow27s.hiv"):
            shutil.copy(self.hives / "hivex-aborts" / name, self.folder / "SYSTEM")
            os.chmod(self.folder / "SYSTEM", 0o600)
            for words in (("status", f"hive:{self.folder}/SYSTEM@2022"), ("apply", "best-practices", "--yes", "--target", f"hive:{self.folder}/SYSTEM@2022")):
                began = time.monotonic()
                self.run_it(*words, exit_code=2)
                self.assertLess(time.monotonic() - began, 0.1 if not os.environ.get("SANITIZED") else 5)


if __name__ == "__main__":
    unittest.main()
