#!/usr/bin/env python3
"""Every key and value of every real hive, read as libhivex, libregf and reglookup read it.

equal_test.py HIVE_DUMP PROGRAM CORPUS. Hives that are damaged are left out: tests/codec/regf_corpus_test.cpp says which, and why.
"""
import json
import lzma
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

DUMP, PROGRAM, CORPUS = sys.argv.pop(1), sys.argv.pop(1), pathlib.Path(sys.argv.pop(1)) / "hives"
HERE = pathlib.Path(__file__).parent
DAMAGED = {"slow27s.hiv", "samba-team__samba__regfio_corrupt_lf_subkeys_75e6b8.dat", "yarp__BadListHive", "yarp__TruncatedHive"}
KINDS = {"NONE": 0, "SZ": 1, "EXPAND_SZ": 2, "BINARY": 3, "DWORD": 4, "DWORD_BE": 5, "LINK": 6, "MULTI_SZ": 7, "RSRC_LIST": 8, "RSRC_DESC": 9, "RSRC_REQ_LIST": 10, "QWORD": 11}
LIBREGF = {"REG_NONE": 0, "REG_SZ": 1, "REG_EXPAND_SZ": 2, "REG_BINARY": 3, "REG_DWORD_LITTLE_ENDIAN": 4, "REG_DWORD_BIG_ENDIAN": 5, "REG_LINK": 6, "REG_MULTI_SZ": 7, "REG_RESOURCE_LIST": 8,
           "REG_FULL_RESOURCE_DESCRIPTOR": 9, "REG_RESOURCE_REQUIREMENTS_LIST": 10, "REG_QWORD_LITTLE_ENDIAN": 11}

# What an untouched Windows 7 with Service Pack 1 (6.1.7601, before later updates of suites) holds.
SUITES_OF_WINDOWS_7 = """
TLS_RSA_WITH_AES_128_CBC_SHA256 TLS_RSA_WITH_AES_128_CBC_SHA TLS_RSA_WITH_AES_256_CBC_SHA256 TLS_RSA_WITH_AES_256_CBC_SHA TLS_RSA_WITH_RC4_128_SHA
TLS_RSA_WITH_3DES_EDE_CBC_SHA TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P384
TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P384 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P256
TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P384 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256_P256 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P256
TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384_P384 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384_P384 TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P256
TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA_P384 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P256 TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA_P384
TLS_DHE_DSS_WITH_AES_128_CBC_SHA256 TLS_DHE_DSS_WITH_AES_128_CBC_SHA TLS_DHE_DSS_WITH_AES_256_CBC_SHA256 TLS_DHE_DSS_WITH_AES_256_CBC_SHA
TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA TLS_RSA_WITH_RC4_128_MD5 SSL_CK_RC4_128_WITH_MD5 SSL_CK_DES_192_EDE3_CBC_WITH_MD5 TLS_RSA_WITH_NULL_SHA256
TLS_RSA_WITH_NULL_SHA
""".split()
SIGNATURES_OF_WINDOWS_7 = """
RSA/SHA256 RSA/SHA384 RSA/SHA1 ECDSA/SHA256 ECDSA/SHA384 ECDSA/SHA1 DSA/SHA1
""".split()


def text_of(data):
    """Up to the NUL that ends it."""
    return data.decode("utf-16-le", "surrogatepass").split("\0")[0] if len(data) % 2 == 0 else None


class Dumped:
    """What hive_dump or hivex_dump.pl prints: the keys, and (path, name, type, bytes) of each value."""

    def __init__(self, text):
        self.keys, self.values = [], []
        for line in text.splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "key":
                self.keys.append(self.path(rest))
                continue
            path, name, number, data = rest.split("|")
            self.values.append((self.path(path), bytes.fromhex(name).decode("utf-8", "surrogatepass"), int(number), bytes.fromhex(data)))

    @staticmethod
    def path(text):
        return tuple(bytes.fromhex(part).decode("utf-8", "surrogatepass") for part in text.split("/")) if text else ()


def output(*words):
    return subprocess.run(words, capture_output=True, check=True).stdout


def unquoted(word):
    return re.sub(rb"%([0-9A-F]{2})", lambda found: bytes([int(found.group(1), 16)]), word)


def named(word):
    """A name of one byte a character is shown so, others in UTF-8."""
    try:
        return word.decode("utf-8")
    except UnicodeDecodeError:
        return word.decode("latin-1")


class Equal(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.system = cls.folder / "SYSTEM"
        cls.system.write_bytes(lzma.decompress((CORPUS / "regipy__SYSTEM.xz").read_bytes()))
        files = [path for path in sorted(CORPUS.rglob("*")) if path.is_file() and path.suffix != ".xz" and ".LOG" not in path.name and path.name not in DAMAGED]
        cls.all = {str(file): Dumped(output(DUMP, file).decode("ascii")) for file in (*files, cls.system)}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_hivex_reads_the_same_to_the_byte(self):
        values = 0
        for file, ours in self.all.items():
            theirs = Dumped(output("perl", HERE / "hivex_dump.pl", file).decode("ascii"))
            self.assertEqual(sorted(ours.keys), sorted(theirs.keys), file)
            self.assertEqual(sorted(ours.values), sorted(theirs.values), file)
            values += len(ours.values)
        print(f"{len(self.all)} hives, {values} values", flush=True)
        self.assertGreater(values, 70000)

    @unittest.skipUnless(shutil.which("reglookup"), "reglookup is not there")
    def test_reglookup_reads_the_same(self):
        compared = 0
        for file, ours in self.all.items():
            # It ends names at a NUL, and knows none of two bytes a character.
            if any(char == "\0" or char > "\xff" for path, name, _, _ in ours.values for char in "".join((*path, name))):
                continue
            theirs = []
            for line in output("reglookup", "-H", file).splitlines():
                path, kind, data = line.split(b",")[:3]
                if kind != b"KEY":
                    theirs.append((named(unquoted(path)), kind.decode(), data))
            said = sorted(theirs, key=lambda each: each[0])
            held = sorted(("/".join(("", *path, name)), number, data) for path, name, number, data in ours.values)
            self.assertEqual(len(said), len(held), file)
            for (path, kind, shown), (own_path, number, data) in zip(said, held):
                self.assertEqual(path, own_path, file)
                self.assertEqual(KINDS.get(kind, number), number, path)
                raw = unquoted(shown)
                if not data or shown == b"(null)":
                    same = not data
                elif kind == "DWORD" and len(data) == 4:
                    same = int(shown, 16) == struct.unpack("<I", data)[0]
                elif kind == "QWORD" and len(data) == 8:
                    same = int(shown, 16) == struct.unpack("<Q", data)[0]
                elif kind in ("SZ", "EXPAND_SZ", "LINK"):
                    same = raw in ((text_of(data) or "").encode("utf-8", "surrogatepass"), data)
                elif kind == "MULTI_SZ":
                    same = raw.replace(b"|", b"") in (data.decode("utf-16-le", "replace").replace("\0", "").replace("|", "").encode(), data)
                else:
                    same = raw == data
                self.assertTrue(same, (file, path, kind, shown, data))
                compared += 1
        self.assertGreater(compared, 70000)

    @unittest.skipUnless(shutil.which("regfexport"), "libregf is not there")
    def test_libregf_reads_the_same(self):
        compared = 0
        for file, ours in self.all.items():
            held = {}
            for path, name, number, data in ours.values:
                # It ends names at a NUL.
                held.setdefault((tuple(part.split("\0")[0] for part in path), name.split("\0")[0]), []).append((number, data))
            if file.endswith("abort1.hiv"):
                continue  # It gives up there.
            path = name = None
            kind, size, dump = None, 0, None
            text = output("regfexport", file).decode("utf-8", "replace")

            def check():
                nonlocal compared, name
                if name is None:
                    return
                found = held.get((path, name))
                self.assertIsNotNone(found, (file, path, name))
                number, data = found.pop(0)
                self.assertEqual(LIBREGF.get(kind, number), number, (path, name))
                # A string that does not end where its data do is cut there.
                if kind not in ("REG_SZ", "REG_EXPAND_SZ"):
                    self.assertEqual(size, len(data), (path, name))
                # libregf 20201007 shows other bytes where data of fewer than four lie in the value itself; the other two show these.
                if isinstance(dump, bytearray) and dump and size >= 4:
                    self.assertEqual(bytes(dump), data, (path, name))
                elif kind == "REG_DWORD_LITTLE_ENDIAN" and isinstance(dump, str):
                    self.assertEqual(int(dump), struct.unpack("<I", data)[0], (path, name))
                elif kind in ("REG_SZ", "REG_EXPAND_SZ") and isinstance(dump, str) and "\n" not in (text_of(data) or "\n"):
                    self.assertEqual(dump, text_of(data), (path, name))
                compared += 1
                name = None

            for line in text.split("\n"):
                if line.startswith("Key path: "):
                    check()
                    path = tuple(line[10:].split("\\")[1:])
                elif found := re.match(r"Value: \d+ (.*)$", line):
                    check()
                    name, kind, size, dump = "" if found.group(1) == "(default)" else found.group(1), None, 0, None
                elif line.startswith("Type: "):
                    kind = (re.search(r"\((\w+)\)", line) or [None, None])[1]
                elif line.startswith("Data size: "):
                    size = int(line[11:])
                elif line == "Data:":
                    dump = bytearray()
                elif line.startswith("Data: "):
                    dump = line[6:]
                elif isinstance(dump, bytearray) and (found := re.match(r"[0-9a-f]{8}: ((?:[0-9a-f]{2} +){1,16})", line)):
                    dump += bytes.fromhex(found.group(1).replace(" ", ""))
            check()
        self.assertGreater(compared, 70000)

    def test_status_of_windows_7_says_what_hivex_reads_and_what_windows_7_is_known_to_hold(self):
        theirs = Dumped(output("perl", HERE / "hivex_dump.pl", self.system).decode("ascii"))
        held = {(("HKLM", "SYSTEM", "CurrentControlSet", *path[1:]), name): (number, data) for path, name, number, data in theirs.values if path and path[0] == "ControlSet001"}
        held = {("\\".join(path).upper(), name.upper()): value for (path, name), value in held.items()}
        environment = {**os.environ, "XDG_STATE_HOME": str(self.folder)}
        said = json.loads(subprocess.run([PROGRAM, "status", f"hive:{self.system}@windows-7", "--format", "json", "--all"], capture_output=True, check=True, env=environment).stdout)
        found = {(setting["key"].rsplit("\\", 1)[1], setting["value"]): setting["data"] for setting in said["settings"] if "\\Local\\SSL\\" in setting["key"] or "RDP-Tcp" in setting["key"]}
        self.assertEqual(found["00010002", "Functions"], SUITES_OF_WINDOWS_7)
        self.assertEqual(found["00010003", "Functions"], SIGNATURES_OF_WINDOWS_7)
        self.assertEqual(found["RDP-Tcp", "SecurityLayer"], 1)
        self.assertEqual([suite["name"] for suite in said["cipher_suites"]], SUITES_OF_WINDOWS_7)
        there = 0
        for setting in said["settings"]:
            if not setting["key"].startswith("HKLM\\SYSTEM\\"):
                continue
            stored = held.get((setting["key"].upper(), (setting["value"] or "").upper()))
            shown = setting.get("data")
            if shown is None and not setting.get("hex"):
                self.assertTrue(stored is None or setting["origin"] != "registry", setting)
                continue
            self.assertIsNotNone(stored, setting)
            number, data = stored
            if setting.get("hex"):
                self.assertEqual(bytes.fromhex(setting["hex"]), data, setting)
            elif isinstance(shown, int):
                self.assertEqual(shown.to_bytes(len(data), "little"), data, setting)
            elif isinstance(shown, list):
                self.assertEqual("".join(each + "\0" for each in shown).encode("utf-16-le") + b"\0\0", data, setting)
            else:
                self.assertEqual((shown + "\0").encode("utf-16-le"), data, setting)
            there += 1
        self.assertGreaterEqual(there, 6)
        print(f"{there} managed values", flush=True)


if __name__ == "__main__":
    unittest.main()
