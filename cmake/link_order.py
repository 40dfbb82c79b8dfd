#!/usr/bin/env python3
"""link_order.py BUILD HIVE: writes cli/link_order.ld, by which the linker lays the code that commands run side by side.

BUILD is a built tree of the preset `release`, HIVE a SYSTEM hive. The program is linked once more, with a map; Valgrind says which of its instructions some
commands run; the map says in which input sections these lie. A function has a section of its own and is named by it; code of C is named by its object file.
What the list names and the program no longer has does no harm, so that it is made anew when figures get worse, not with each change (lib/docs/decisions/0012).
"""
import bisect
import os
import pathlib
import re
import subprocess
import sys
import tempfile

# What Valgrind does not run: its processor has no AVX-512, its kernel no vDSO, in which each start looks up the clock, and locks are its own.
NOT_SEEN = ["*libc.a:dl-object.o(.text)", "*libc.a:dl-lookup.o(.text)", "*libc.a:dl-setup_hash.o(.text)",
            "*libc.a:pthread_mutex_lock.o(.text)", "*libc.a:pthread_mutex_unlock.o(.text)", "*libc.a:*(.text.evex .text.evex512 .text.avx512)"]
HERE = pathlib.Path(__file__).resolve().parent.parent


def commands(hive):
    client, server = "os:windows-7", "os:windows-server-2022"
    return [["version"], ["help"], ["status", f"hive:{hive}@windows-7"], ["status", server], ["export", "best-practices", "--reg"], ["lint", "best-practices"],
            ["diff", "best-practices", "--target", f"hive:{hive}@windows-server-2022"], ["doctor", "--client", client, "--server", server],
            ["apply", "best-practices", "--target", "memory:try.json", "--os", "2022", "--yes"]]


def link(build, folder):
    """The program and its map, with the sections where the linker puts them by itself."""
    words = subprocess.run(["ninja", "-t", "commands", "cli/schancfg"], cwd=build, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    words = re.sub(r"-Wl,-T,\S+", "", words.removeprefix(": && ").removesuffix(" && :"))
    program, linked = folder / "schancfg", folder / "map"
    subprocess.run(f"{re.sub(r' -o cli/schancfg ', f' -o {program} ', words)} -Wl,-Map={linked}", cwd=build, shell=True, check=True)
    return program, linked


def sections_of(linked):
    """(start, size, name, file), sorted. A long name stands in a line of its own."""
    text = linked.read_text().split("Linker script and memory map", 1)[1]
    found = re.findall(r"^ (\.text\S*)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)\s+(\S+)$", text, re.MULTILINE)
    return sorted((int(start, 16), int(size, 16), name, file) for name, start, size, file in found if int(start, 16) and int(size, 16))


def addresses_run(program, words, folder, home):
    counted = folder / "counted"
    subprocess.run(["valgrind", "--tool=callgrind", "--dump-instr=yes", f"--callgrind-out-file={counted}", program, *words],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, env={**os.environ, "HOME": str(home)}, check=False)
    at, out = 0, set()
    for step in re.findall(r"^(0x[0-9a-f]+|[+-][0-9a-f]+|\*) ", counted.read_text(), re.MULTILINE):
        at = int(step, 16) if step.startswith("0x") else at if step == "*" else at + int(step, 16)
        out.add(at)
    return out


def pattern(name, file):
    if "._Z" in name:
        # What a long name shares its start with is mostly the same function of other types.
        return f"*({name})" if len(name) <= 80 else f"*({name[:80]}*)"
    archive = re.search(r"([^/]+\.a)\((.+)\)$", file)
    return f"*{archive[1]}:{archive[2]}({name})" if archive else f"*/{pathlib.PurePath(file).name}({name})"


def main():
    build, hive = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        program, linked = link(build, folder)
        sections = sections_of(linked)
        starts = [start for start, *_ in sections]
        order, known = [], set()
        # Without and with a folder of records, in which each command looks for what is unfinished.
        homes = [folder / "new", folder / "used"]
        (homes[1] / ".local/state/schancfg").mkdir(parents=True)
        for words in commands(hive):
            met = set()
            for address in set().union(*(addresses_run(program, words, folder, home) for home in homes)):
                place = bisect.bisect_right(starts, address) - 1
                if place >= 0 and address < sections[place][0] + sections[place][1]:
                    met.add(place)
            print(f"{' '.join(words)}: {sum(sections[place][1] for place in met) / 1024:.0f} KiB in {len(met)} sections")
            # Of each command what those before it don't run, so that the first of them have it all side by side.
            order += [place for place in sorted(met) if place not in known]
            known |= met
    lines = dict.fromkeys(f"    {each}\n" for each in (*NOT_SEEN, *(pattern(*sections[place][2:]) for place in order)))
    (HERE / "cli/link_order.ld").write_text("/* Made by cmake/link_order.py: the code that commands run (lib/docs/decisions/0012). */\n"
                                            "SECTIONS\n{\n  .text.first :\n  {\n" + "".join(lines) + "  }\n}\nINSERT BEFORE .text;\n")


if __name__ == "__main__":
    main()
