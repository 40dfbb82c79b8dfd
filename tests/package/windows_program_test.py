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

    def test_what_unwinds_it_is_all_there(self):
        """A linker that leaves out what nothing calls may not leave out what a table of unwinding names: the handlers, and the types that are caught."""
        table, size = struct.unpack_from("<II", self.bytes, self.optional + 112 + 3 * 8)
        code = next((start, start + length) for name, length, start, *_ in self.sections() if name == ".text")
        rows = [row for row in struct.iter_unpack("<III", self.bytes[self.at(table):self.at(table) + size]) if row[:2] != (0, 0)]
        self.assertEqual(rows, sorted(rows))
        handled = caught = 0
        for begin, end, information in rows:
            self.assertTrue(code[0] <= begin < end <= code[1], (begin, end))
            at = self.at(information)
            flags, codes = self.bytes[at] >> 3, self.bytes[at + 2]
            if not flags & 3:
                continue
            at += 4 + 2 * (codes + codes % 2)
            handler = struct.unpack_from("<I", self.bytes, at)[0]
            self.assertTrue(code[0] <= handler < code[1], hex(handler))
            handled += 1
            for place in self.caught(at + 4):
                # One that is 0 catches everything.
                if place is not None:
                    pointer = struct.unpack_from("<Q", self.bytes, self.at(place))[0] - struct.unpack_from("<Q", self.bytes, self.optional + 24)[0]
                    self.assertTrue(any(name == ".rdata" and start <= pointer < start + length for name, length, start, *_ in self.sections()), hex(pointer))
                    caught += 1
        self.assertGreater(handled, 1000)
        # A pointer that was lost is 0, as one is that catches everything: the program itself catches by name in more places than this.
        self.assertGreater(caught, 10)

    def caught(self, at):
        """Where the pointers to the types are that a table of GCC's language handler catches; None for all of them."""
        start, types, types_at, calls = self.bytes[at], self.bytes[at + 1], at + 2, None
        # Others than GCC's for C++ (of the C runtime) are of another form.
        if start != 0xFF or types not in (0x9B, 0xFF):
            return
        if types == 0xFF:
            return
        length, calls = self.unsigned(types_at)
        base = calls + length
        self.assertEqual(self.bytes[calls], 0x01)
        length, calls = self.unsigned(calls + 1)
        actions = calls + length
        first = set()
        while calls < actions:
            for _ in range(4):
                value, calls = self.unsigned(calls)
            if value:
                first.add(actions + value - 1)
        wanted = set()
        while first:
            action = first.pop()
            kind, after = self.signed(action)
            following, _ = self.signed(after)
            if kind > 0:
                wanted.add(kind)
            if following:
                first.add(after + following)
        for kind in wanted:
            place = base - 4 * kind
            offset = struct.unpack_from("<i", self.bytes, place)[0]
            yield self.address(place) + offset if offset else None

    def address(self, at):
        return next(start + at - raw for _, _, start, length, raw in self.sections() if raw <= at < raw + length)

    def unsigned(self, at):
        value = shift = 0
        while True:
            byte = self.bytes[at]
            value |= (byte & 0x7F) << shift
            shift += 7
            at += 1
            if byte < 0x80:
                return value, at

    def signed(self, at):
        start = at
        value, at = self.unsigned(at)
        bits = 7 * (at - start)
        return (value - (1 << bits) if value >> (bits - 1) else value), at


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
