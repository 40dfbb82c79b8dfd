#!/usr/bin/env python3
"""A hive on a real NTFS volume, mounted by ntfs-3g: what the volume knows of the file besides its bytes is there after `apply` and `undo`.

ntfs_test.py PROGRAM, or ntfs_test.py --can: ends with 0 where a volume can be made and mounted here.
"""
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import hives  # noqa: E402

PROGRAM = sys.argv.pop(1)
SYSTEM, ADMINISTRATORS, INSTALLER = "S-1-5-18", "S-1-5-32-544", "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"


def sid(text):
    parts = [int(each) for each in text.split("-")[1:]]
    return struct.pack(">BBHI", parts[0], len(parts) - 2, 0, parts[1]) + struct.pack(f"<{len(parts) - 2}I", *parts[2:])


def descriptor(owner, group, grants):
    """Self-relative; `grants`: (mask, who)."""
    entries = b"".join(struct.pack("<BBHI", 0, 0, 8 + len(sid(who)), mask) + sid(who) for mask, who in grants)
    acl = struct.pack("<BBHHH", 2, 0, 8 + len(entries), len(grants), 0) + entries
    at = 20 + len(acl)
    return struct.pack("<BBHIIII", 1, 0, 0x9004, at, at + len(sid(owner)), 0, 20) + acl + sid(owner) + sid(group)


class Volume:
    def __init__(self, folder):
        self.image, self.root = folder / "ntfs.img", folder / "mnt"
        with open(self.image, "wb") as file:
            file.truncate(16 << 20)
        tools = os.environ["PATH"] + ":/usr/sbin:/sbin"
        subprocess.run([shutil.which("mkfs.ntfs", path=tools), "-F", "-Q", "-q", self.image], check=True, capture_output=True)
        self.root.mkdir()
        self.mount()

    def mount(self):
        subprocess.run(["ntfs-3g", self.image, self.root, "-o", "streams_interface=xattr"], check=True, capture_output=True)

    def unmount(self):
        subprocess.run(["umount", self.root], check=True, capture_output=True)


def can():
    with tempfile.TemporaryDirectory() as folder:
        try:
            volume = Volume(pathlib.Path(folder))
            volume.unmount()
        except (OSError, TypeError, subprocess.CalledProcessError):
            return False
    return True


class Ntfs(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.volume = Volume(self.folder)
        self.addCleanup(self.volume.unmount)
        self.config = hives.image(self.volume.root)
        self.environment = {**os.environ, "XDG_STATE_HOME": str(self.folder / "state"), "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}

    def run_it(self, *words, exit_code=0):
        done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, env=self.environment, timeout=60, check=False)
        self.assertEqual(done.returncode, exit_code, f"{words}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def attributes(self, file):
        out = {}
        for name in ("system.ntfs_acl", "system.ntfs_attrib", "system.ntfs_ea", *os.listxattr(file)):
            try:
                out[name] = os.getxattr(file, name)
            except OSError:
                out[name] = None
        return out

    def test_rights_attributes_and_streams_of_the_volume_are_kept(self):
        file = self.config / "SYSTEM"
        rights = descriptor(INSTALLER, SYSTEM, [(0x1F01FF, SYSTEM), (0x1200A9, ADMINISTRATORS)])
        os.setxattr(file, "system.ntfs_acl", rights)
        os.setxattr(file, "system.ntfs_attrib", struct.pack("<I", 0x2026))  # hidden, system, archive, not indexed
        os.setxattr(file, "system.ntfs_ea", struct.pack("<IBBH", 16, 0, 4, 3) + b"NOTE\0" + b"old")
        os.setxattr(file, "user.Zone.Identifier", b"[ZoneTransfer]\r\nZoneId=3\r\n")  # an alternate stream
        before, bytes_before = self.attributes(file), file.read_bytes()
        self.assertEqual((before["system.ntfs_acl"], struct.unpack("<I", before["system.ntfs_attrib"])[0] & 0x2026), (rights, 0x2026))
        owner = (file.stat().st_uid, file.stat().st_gid, file.stat().st_mode)

        target = f"hive:{self.volume.root}"
        self.run_it("apply", "best-practices", "--target", target, "--yes")
        self.assertNotEqual(file.read_bytes(), bytes_before)
        self.volume.unmount()
        self.volume.mount()
        self.assertEqual(self.attributes(file), before)
        self.assertEqual((file.stat().st_uid, file.stat().st_gid, file.stat().st_mode), owner)
        self.assertEqual(sorted(each.name for each in self.config.iterdir()), ["SOFTWARE", "SYSTEM"])
        self.run_it("diff", "best-practices", "--target", target)
        self.run_it("undo", "--target", target, "--yes")
        self.assertEqual(self.attributes(file), before)
        self.assertEqual(hives.tree(file.read_bytes()), hives.tree(bytes_before))

    def test_what_is_not_changed_is_not_touched(self):
        self.run_it("apply", "best-practices", "--target", f"hive:{self.volume.root}", "--yes")
        times = [os.getxattr(each, "system.ntfs_times") for each in sorted(self.config.iterdir())]
        self.run_it("apply", "best-practices", "--target", f"hive:{self.volume.root}", "--yes")
        self.assertEqual([os.getxattr(each, "system.ntfs_times") for each in sorted(self.config.iterdir())], times)


if __name__ == "__main__":
    if PROGRAM == "--can":
        sys.exit(0 if can() else 1)
    unittest.main()
