#!/usr/bin/env python3
"""hive_bench.py PROGRAM SYSTEM[.xz] [RUNS]: whole processes on one SYSTEM hive, taking turns: `status` of the program, hivexget (one value), reglookup (all, and
one key). Prints the median time and the peak memory of each, as GNU time tells them. A figure, not a test.
"""
import lzma
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

LIST = "ControlSet001\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002"


def main():
    program, given, runs = sys.argv[1], pathlib.Path(sys.argv[2]), int((*sys.argv, "21")[3])
    with tempfile.TemporaryDirectory() as folder:
        hive = pathlib.Path(folder) / "SYSTEM"
        data = given.read_bytes()
        hive.write_bytes(lzma.decompress(data) if given.suffix == ".xz" else data)
        commands = {"schancfg version": [program, "version"],
                    "schancfg status": [program, "status", f"hive:{hive}@windows-7"],
                    "hivexget, one value": ["hivexget", hive, LIST, "Functions"],
                    "reglookup, one key": ["reglookup", "-p", "/" + LIST.replace("\\", "/"), hive],
                    "reglookup, all": ["reglookup", hive]}
        seconds, peaks = {name: [] for name in commands}, {name: [] for name in commands}
        for _ in range(runs):
            for name, words in commands.items():
                began = time.perf_counter()
                subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
                seconds[name].append(time.perf_counter() - began)
                said = subprocess.run(["/usr/bin/time", "-q", "-f", "%M", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True).stderr
                peaks[name].append(int(said.splitlines()[-1]))
        print(f"{hive.stat().st_size / 1e6:.1f} MB, {runs} runs each, median (fastest)")
        for name in commands:
            print(f"{name:20} {1e3 * statistics.median(seconds[name]):8.1f} ms ({1e3 * min(seconds[name]):.1f})  {statistics.median(peaks[name]) / 1024:6.1f} MB")


if __name__ == "__main__":
    main()
