"""A folder with a registry in a file and a state folder, and schancfg run on it: to its end, or killed on the way.

CMake says where the programs are: SCHANCFG, INTERPOSER (for LD_PRELOAD), KILLED_RUN, LIVE_RUN.
"""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "hive"))
import hives  # noqa: E402

SCHANCFG = os.environ["SCHANCFG"]
INTERPOSER = os.environ["INTERPOSER"]
KILLED_RUN = os.environ["KILLED_RUN"]
LIVE_RUN = os.environ["LIVE_RUN"]
RECORD = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{4}(?:[0-9a-f]{12})?")


class Bench:
    """One folder; `copy` makes another one in the same state, at the same path for the program."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.folder = self.root / "now"

    def environment(self, **more):
        chosen = {key: value for key, value in os.environ.items() if key in ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")}
        return dict(chosen, XDG_STATE_HOME=str(self.folder / "state"), LC_ALL="C.UTF-8", **more)

    def run(self, *words, program=SCHANCFG, expect=None, **more):
        done = subprocess.run([program, *words], cwd=self.folder, env=self.environment(**more), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=60, check=False)
        if expect is not None:
            assert done.returncode == expect, f"{words}: exit {done.returncode}, not {expect}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, *words, program=SCHANCFG, **more):
        """In the background, with the interposer."""
        environment = self.environment(LD_PRELOAD=INTERPOSER, ASAN_OPTIONS="verify_asan_link_order=0", **more)
        return subprocess.Popen([program, *words], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def held_up(self, *words, step, program=SCHANCFG):
        """A run that waits before that step, and what lets it go on."""
        log, resume = self.root / "steps", self.root / "resume"
        for path in log, resume:
            path.unlink(missing_ok=True)
        child = self.start(*words, program=program, CRASH_AT=str(step), CRASH_HOW="pause", CRASH_RESUME=str(resume), CRASH_LOG=str(log))
        for _ in range(3000):
            if log.exists() and len(log.read_text().splitlines()) >= step:
                return child, resume.touch
            time.sleep(0.01)
        child.kill()
        raise AssertionError(f"{words} never came to step {step}")

    def intercepted(self, *words, **more):
        """With the interposer; the sanitizers' library must come first, and does not when it is loaded."""
        options = os.environ.get("ASAN_OPTIONS", "")
        return self.run(*words, LD_PRELOAD=INTERPOSER, ASAN_OPTIONS=options + ":verify_asan_link_order=0", **more)

    def save(self, name):
        shutil.rmtree(self.root / name, ignore_errors=True)
        shutil.copytree(self.folder, self.root / name)

    def restore(self, name):
        shutil.rmtree(self.folder)
        shutil.copytree(self.root / name, self.folder)

    def bytes(self, name):
        path = self.folder / name
        return path.read_bytes() if path.exists() else None

    def fingerprint(self):
        """What is on the disk, but for names and numbers that differ from run to run."""
        def constant(text):
            if text.startswith(b"regf"):
                # Of its times and numbers nothing.
                return str(hives.tree(text)).encode() if len(text) > 4096 else b"cut off"
            return re.sub(rb"\d{8}T\d{6}Z-[0-9a-f]{4}(?:[0-9a-f]{12})?|\d{4}-\d\d-\d\dT[\d:]+Z|\.tmp\d+|\.\d+-\d+\.tmp|\"process\": \d+", b"*", text)
        return sorted((constant(os.fsencode(path)), constant(path.read_bytes())) for path in self.folder.rglob("*") if path.is_file())

    def hives(self, *names):
        """What each holds; fails where one is not clean and whole."""
        return [hives.tree(self.bytes(name)) for name in names]

    def state(self, pattern):
        return sorted((self.folder / "state" / "schancfg").glob(pattern))


class CrashTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        # Where flushing costs nothing: it is counted here, not felt.
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.temporary = tempfile.TemporaryDirectory(prefix="schancfg-crash-", dir=memory)
        self.addCleanup(self.temporary.cleanup)
        self.bench = Bench(pathlib.Path(self.temporary.name).resolve())
        self.bench.folder.mkdir()

    def profile(self, name, text):
        (self.bench.folder / name).write_text("format = 1\n" + text)

    def assert_killed(self, done, where):
        self.assertEqual(done.returncode, -signal.SIGKILL, f"{where}: {done.stdout}{done.stderr}")
