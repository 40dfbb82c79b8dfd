#!/usr/bin/env python3
"""What the Windows program is as a file: its checksum, that nothing of the machine that built it is in it, and which libraries Windows loads for it."""

import pathlib
import re
import struct
import sys
import unittest

PROGRAM, SOURCE, BUILD = (pathlib.Path(word) for word in sys.argv[1:4])
# Windows takes these from its own folder whatever lies beside a program: they are among its KnownDLLs.
# https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order
KNOWN_DLLS = {"advapi32.dll", "kernel32.dll", "msvcrt.dll", "ole32.dll", "shell32.dll", "user32.dll"}


class Program(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bytes = PROGRAM.read_bytes()
        cls.header = struct.unpack_from("<I", cls.bytes, 0x3C)[0]
        assert cls.bytes[cls.header:cls.header + 4] == b"PE\0\0"
        cls.optional = cls.header + 24

    def sections(self):
        count = struct.unpack_from("<H", self.bytes, self.header + 6)[0]
        start = self.optional + struct.unpack_from("<H", self.bytes, self.header + 20)[0]
        for at in range(start, start + 40 * count, 40):
            size, address, raw_size, raw = struct.unpack_from("<IIII", self.bytes, at + 8)
            yield self.bytes[at:at + 8].rstrip(b"\0").decode(), size, address, raw_size, raw

    def at(self, address):
        for _, size, start, _, raw in self.sections():
            if start <= address < start + size:
                return raw + address - start
        raise AssertionError(hex(address))

    def test_its_checksum_is_right(self):
        field = self.optional + 64
        stored = struct.unpack_from("<I", self.bytes, field)[0]
        cleared = self.bytes[:field] + bytes(4) + self.bytes[field + 4:]
        total = 0
        for (word,) in struct.iter_unpack("<H", cleared + bytes(len(cleared) % 2)):
            total += word
            total = (total & 0xFFFF) + (total >> 16)
        self.assertEqual(stored, total + len(self.bytes))

    def test_it_holds_no_time_no_symbols_and_no_path_of_the_machine_that_built_it(self):
        time, _, symbols = struct.unpack_from("<III", self.bytes, self.header + 8)
        self.assertEqual((time, symbols), (0, 0))
        self.assertFalse([name for name, *_ in self.sections() if name.startswith((".debug", "/"))])
        for path in (SOURCE, BUILD, pathlib.Path.home(), "/usr/lib/gcc", "/usr/include"):
            self.assertFalse(str(path).encode() + b"/" in self.bytes, path)

    def test_it_can_be_moved_and_its_data_cannot_be_executed(self):
        flags = struct.unpack_from("<H", self.bytes, self.optional + 70)[0]
        self.assertEqual(flags & 0x0160, 0x0160, "high-entropy address space, dynamic base, no execution of data")

    def test_windows_loads_nothing_for_it_that_lies_beside_it(self):
        at = self.at(struct.unpack_from("<I", self.bytes, self.optional + 112 + 8)[0])
        imported = set()
        while (name := struct.unpack_from("<I", self.bytes, at + 12)[0]) != 0:
            start = self.at(name)
            imported.add(self.bytes[start:self.bytes.index(0, start)].decode().lower())
            at += 20
        self.assertEqual(imported - KNOWN_DLLS, set())
        # What is loaded by name while it runs, the runtime's own use of the random source included.
        named = {word.decode().lower() for word in re.findall(rb"[A-Za-z0-9_-]{3,20}\.dll(?=\0)", self.bytes)}
        wide = {word.decode("utf-16-le").lower() for word in re.findall(rb"(?:[A-Za-z0-9_-]\0){3,20}\.\0[dD]\0[lL]\0[lL]\0(?=\0\0)", self.bytes)}
        self.assertEqual((named | wide) - KNOWN_DLLS, set())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
