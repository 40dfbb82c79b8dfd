"""Hives made from nested dictionaries, by a writer that shares nothing with the one under test.

A key is {"name": {...}}; a value is ("REG_DWORD", 1), ("REG_SZ", "text"), ("REG_MULTI_SZ", [...]) or (type number, bytes).
"""
import struct

TYPES = {"REG_SZ": 1, "REG_EXPAND_SZ": 2, "REG_BINARY": 3, "REG_DWORD": 4, "REG_MULTI_SZ": 7}
NONE = 0xFFFFFFFF


def data_of(kind, value):
    if isinstance(value, bytes):
        return value
    if kind == "REG_DWORD":
        return struct.pack("<I", value)
    if kind == "REG_MULTI_SZ":
        return "".join(each + "\0" for each in value).encode("utf-16-le") + b"\0\0"
    return (value + "\0").encode("utf-16-le")


def checksum(block):
    total = 0
    for (word,) in struct.iter_unpack("<I", block[:508]):
        total ^= word
    return {0: 1, NONE: NONE - 1}.get(total, total)


class Writer:
    def __init__(self):
        self.cells = bytearray(32)
        self.keys = 0

    def cell(self, body):
        at = len(self.cells)
        size = (len(body) + 4 + 7) // 8 * 8
        self.cells += struct.pack("<i", -size) + body + bytes(size - 4 - len(body))
        return at

    def put(self, cell, offset, body):
        self.cells[cell + 4 + offset:cell + 4 + offset + len(body)] = body

    def value(self, name, kind, value):
        data = data_of(kind, value)
        number = TYPES.get(kind, kind)
        stored = name.encode("latin-1")
        if len(data) <= 4:
            size, at = len(data) | 0x80000000, data.ljust(4, b"\0")
        else:
            size, at = len(data), struct.pack("<I", self.cell(data))
        return self.cell(b"vk" + struct.pack("<HI", len(stored), size) + at + struct.pack("<IHH", number, 1 if stored else 0, 0) + stored)

    def key(self, name, content, parent, security, flags=0x20):
        stored = name.encode("latin-1")
        cell = self.cell(b"nk" + struct.pack("<HQII", flags, 0x01D9000000000000, 0, parent) + struct.pack("<IIIIII", 0, 0, NONE, NONE, 0, NONE)
                         + struct.pack("<II", security, NONE) + bytes(20) + struct.pack("<HH", len(stored), 0) + stored)
        self.keys += 1
        if security is None:
            raise ValueError("a key has a security descriptor")
        values = [self.value(each, *held) for each, held in content.items() if not isinstance(held, dict)]
        if values:
            self.put(cell, 36, struct.pack("<II", len(values), self.cell(struct.pack(f"<{len(values)}I", *values))))
        below = sorted(((each, held) for each, held in content.items() if isinstance(held, dict)), key=lambda each: each[0].upper())
        children = [(each, self.key(each, held, cell, security)) for each, held in below]
        if children:
            body = b"lh" + struct.pack("<H", len(children))
            for each, child in children:
                digest = 0
                for char in each.upper():
                    digest = (digest * 37 + ord(char)) & NONE
                body += struct.pack("<II", child, digest)
            self.put(cell, 20, struct.pack("<I", len(children)))
            self.put(cell, 28, struct.pack("<I", self.cell(body)))
        return cell


def make(root, sequence=5):
    """The bytes of a hive, version 1.5."""
    out = Writer()
    descriptor = b"\1\0\4\x80" + bytes(16)
    security = out.cell(b"sk" + bytes(2) + bytes(16) + descriptor)
    out.put(security, 4, struct.pack("<III", security, security, 0))
    out.put(security, 16, struct.pack("<I", len(descriptor)))
    top = out.key("ROOT", root, 0, security, flags=0x2C)
    out.put(security, 12, struct.pack("<I", out.keys))
    size = (len(out.cells) + 8 + 4095) // 4096 * 4096
    free = size - len(out.cells)
    bins = bytearray(bytes(out.cells) + struct.pack("<i", free) + bytes(free - 4))
    bins[:32] = b"hbin" + struct.pack("<II", 0, size) + bytes(20)
    block = bytearray(4096)
    block[:48] = b"regf" + struct.pack("<IIQIIIIIII", sequence, sequence, 0x01D9000000000000, 1, 5, 0, 1, top, size, 1)
    block[508:512] = struct.pack("<I", checksum(block))
    return bytes(block) + bytes(bins)


def tree(hive):
    """Keys as nested dictionaries, values as (type, bytes), by names in upper case. Fails where Windows would not load it, or would not find a key in its list."""
    u32 = lambda at: struct.unpack_from("<I", hive, at)[0]  # noqa: E731
    u16 = lambda at: struct.unpack_from("<H", hive, at)[0]  # noqa: E731
    assert hive[:4] == b"regf" and u32(508) == checksum(hive) and u32(4) == u32(8), "a clean header"
    end = 4096 + u32(40)
    cells, at = set(), 4096
    while at < end:
        assert hive[at:at + 4] == b"hbin" and u32(at + 4) == at - 4096, "a bin"
        inner, after = at + 32, at + u32(at + 8)
        while inner < after:
            size = struct.unpack_from("<i", hive, inner)[0]
            assert size % 8 == 0 and size != 0, "a cell"
            if size < 0:
                cells.add(inner - 4096)
            inner += abs(size)
        assert inner == after, "cells fill a bin"
        at = after
    assert at == end, "bins fill the hive"

    def body(cell):
        assert cell in cells, "a cell in use"
        return 4096 + cell + 4

    def name_at(at, size, narrow):
        return hive[at:at + size].decode("latin-1" if narrow else "utf-16-le")

    def children(cell):
        at = body(cell)
        count, kind = u16(at + 2), hive[at:at + 2]
        if kind == b"ri":
            return [each for i in range(count) for each in children(u32(at + 4 + 4 * i))]
        return [u32(at + 4 + i * (4 if kind == b"li" else 8)) for i in range(count)]

    def data(size, at):
        if size & 0x80000000:
            return hive[at:at + (size & 0xFF)]
        start = body(u32(at))
        if size <= 16344 or hive[start:start + 2] != b"db":
            return hive[start:start + size]
        parts = body(u32(start + 4))
        return b"".join(hive[body(u32(parts + 4 * i)):][:16344] for i in range(u16(start + 2)))[:size]

    def key(cell):
        at = body(cell)
        assert hive[at:at + 2] == b"nk"
        out = {}
        for i in range(u32(at + 36)):
            value = body(u32(body(u32(at + 40)) + 4 * i))
            assert hive[value:value + 2] == b"vk"
            name = name_at(value + 20, u16(value + 2), u16(value + 16) & 1).upper()
            assert ("value", name) not in out
            out["value", name] = (u32(value + 12), bytes(data(u32(value + 4), value + 8)))
        last = ""
        for child in children(u32(at + 28)) if u32(at + 20) else []:
            node = body(child)
            name = name_at(node + 76, u16(node + 72), u16(node + 2) & 0x20).upper()
            assert last < name, f"{name} behind {last}"
            last = name
            out[name] = key(child)
        return out

    return key(u32(36))


def dirty(hive):
    """Left in the middle of a write."""
    block = bytearray(hive[:4096])
    struct.pack_into("<I", block, 4, struct.unpack_from("<I", block, 8)[0] + 1)
    struct.pack_into("<I", block, 508, checksum(block))
    return bytes(block) + hive[4096:]


def system(name="GOLDEN", schannel=None, sets=1, **more):
    keys = {f"ControlSet{number:03}": {"Control": {"ComputerName": {"ComputerName": {"ComputerName": ("REG_SZ", name)}},
                                                  "SecurityProviders": {"SCHANNEL": schannel or {}}, **more}} for number in range(1, sets + 1)}
    return {"Select": {"Current": ("REG_DWORD", 1), "Default": ("REG_DWORD", 1), "Failed": ("REG_DWORD", 0), "LastKnownGood": ("REG_DWORD", 1)}, **keys}


def software(build=20348, revision=2700, kind="Server", product="Windows Server 2022 Standard"):
    return {"Microsoft": {"Windows NT": {"CurrentVersion": {"CurrentBuildNumber": ("REG_SZ", str(build)), "UBR": ("REG_DWORD", revision),
                                                           "InstallationType": ("REG_SZ", kind), "ProductName": ("REG_SZ", product)}},
                          ".NETFramework": {"v4.0.30319": {}}}, "Wow6432Node": {"Microsoft": {}}}


def image(folder, name="GOLDEN"):
    """A mounted image of a Windows Server 2022: its root. Returns the folder of the hives."""
    config = folder / "Windows" / "System32" / "config"
    config.mkdir(parents=True)
    (config / "SYSTEM").write_bytes(make(system(name)))
    (config / "SOFTWARE").write_bytes(make(software()))
    return config
