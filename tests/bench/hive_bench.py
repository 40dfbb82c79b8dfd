#!/usr/bin/env python3
"""hive_bench.py PROGRAM SYSTEM[.xz] [RUNS]: whole processes on one SYSTEM hive, taking turns. `status` of the program against what other readers take for
one value (hivexget), for one key (reglookup -p), for the same keys (hivexsh in one process; reglookup a process a key), for the smallest subtree that has all of
them and for everything (reglookup).
Prints for each the fastest and the median time, the processor's time and the peak memory. Figures, not a test.

The peak is asked of GNU time: a process that is started from here would be charged with this interpreter's memory, which it shares until it is another program.
"""
import json
import lzma
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

LIST = "ControlSet001\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002"
CURRENT = "HKLM\\SYSTEM\\CurrentControlSet\\"


def keys_read(program, hive):
    """Those of the hive that `status` shows values of: what the others are asked for."""
    said = subprocess.run([program, "status", f"hive:{hive}@windows-7", "--format", "json", "--all"], capture_output=True, text=True, check=True).stdout
    found = {setting["key"] for setting in json.loads(said)["settings"] if setting["key"].startswith(CURRENT) and (setting["data"] is not None or setting.get("hex"))}
    return sorted("ControlSet001\\" + key[len(CURRENT):] for key in found)


def run(words):
    """Seconds, and seconds of the processor."""
    with open(os.devnull, "wb") as nowhere:
        began = time.perf_counter()
        child = os.posix_spawnp(words[0], words, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1), (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2)])
        _, status, used = os.wait4(child, 0)
        took = time.perf_counter() - began
    if status != 0:
        raise SystemExit(f"{words}: {status}")
    return took, used.ru_utime + used.ru_stime


def peak(words):
    said = subprocess.run(["/usr/bin/time", "-q", "-f", "%M", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True).stderr
    return int(said.splitlines()[-1]) / 1024


def main():
    program, given, runs = sys.argv[1], pathlib.Path(sys.argv[2]), int((*sys.argv, "50")[3])
    with tempfile.TemporaryDirectory() as folder:
        hive = pathlib.Path(folder) / "SYSTEM"
        data = given.read_bytes()
        hive.write_bytes(lzma.decompress(data) if given.suffix == ".xz" else data)
        keys = keys_read(program, hive)
        parent = "/".join(os.path.commonprefix([key.split("\\") for key in keys]))
        script = pathlib.Path(folder) / "keys.hivexsh"
        script.write_text("".join(f"cd \\{key}\nlsval\n" for key in keys))
        commands = {"schancfg version": [[program, "version"]],
                    "schancfg status": [[program, "status", f"hive:{hive}@windows-7"]],
                    "hivexget, one value": [["hivexget", str(hive), LIST, "Functions"]],
                    "reglookup, one key": [["reglookup", "-p", "/" + LIST.replace("\\", "/"), str(hive)]],
                    f"hivexsh, {len(keys)} keys": [["hivexsh", "-f", str(script), str(hive)]],
                    f"reglookup, {len(keys)} keys": [["reglookup", "-p", "/" + key.replace("\\", "/"), str(hive)] for key in keys],
                    f"reglookup, /{parent}": [["reglookup", "-p", "/" + parent, str(hive)]],
                    "reglookup, all": [["reglookup", str(hive)]]}
        took, used, peaks = ({name: [] for name in commands} for _ in range(3))
        for _ in range(runs):
            for name, processes in commands.items():
                each = [run(words) for words in processes]
                took[name].append(sum(one for one, _ in each))
                used[name].append(sum(one for _, one in each))
        for name, processes in commands.items():
            peaks[name] = statistics.median(peak(processes[0]) for _ in range(5))
        print(f"{hive.stat().st_size / 1e6:.1f} MB, {runs} runs each, taking turns")
        print(f"{'':34}{'fastest':>10}{'median':>10}{'processor':>12}{'peak':>10}")
        for name in commands:
            print(f"{name:34}{1e3 * min(took[name]):7.2f} ms{1e3 * statistics.median(took[name]):7.2f} ms{1e3 * statistics.median(used[name]):9.2f} ms{peaks[name]:7.1f} MB")


if __name__ == "__main__":
    main()
