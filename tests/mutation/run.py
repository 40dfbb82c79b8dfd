"""Puts each fault of faults.json into the library, one at a time, and demands that the tests named for it fail.

usage: run.py SOURCE-DIR BUILD-DIR [NUMBER...]

SOURCE-DIR is copied to BUILD-DIR/source, and built there in BUILD-DIR/tree. NUMBER (from 1) takes some faults alone. Ends with 1 when a fault
goes unnoticed, or no longer fits the source.
"""

import json
import pathlib
import shutil
import subprocess
import sys

source, build = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
chosen = {int(word) for word in sys.argv[3:]}
copy, tree = build / "source", build / "tree"


def quietly(*command, seconds=600):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds, check=False)


def refresh(path, place):
    """A file that did not change keeps its time and is not built again; one that a fault was taken out of is newer than what was built with it."""
    content = pathlib.Path(path).read_bytes()
    if not pathlib.Path(place).exists() or pathlib.Path(place).read_bytes() != content:
        pathlib.Path(place).write_bytes(content)


def prepare(programs):
    build.mkdir(parents=True, exist_ok=True)
    for name in ("CMakeLists.txt", "CMakePresets.json", "lib", "cli", "cmake", "tests", "profiles", "LICENSE", "README.md", "CHANGELOG.md"):
        place = copy / name
        if (source / name).is_dir():
            shutil.copytree(source / name, place, dirs_exist_ok=True, copy_function=refresh)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            refresh(source / name, place)
    done = quietly("cmake", "-S", copy, "-B", tree, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0",
                   "-DSCHANCFG_BUILD_TESTS=ON", "-DSCHANCFG_BUILD_CLI=OFF")
    if done.returncode == 0:
        done = quietly("cmake", "--build", tree, "--target", *programs, seconds=3600)
    if done.returncode != 0:
        sys.exit(done.stdout.decode(errors="replace"))
    for program in programs:
        if quietly(tree / "tests" / program).returncode != 0:
            sys.exit(program + " fails without a fault")


def notices(fault):
    """What noticed the fault: a test program, or the compiler; None: nobody."""
    path = copy / fault["file"]
    before = path.read_text(encoding="utf-8")
    if before.count(fault["find"]) != 1:
        return None, "is no longer in the source"
    path.write_text(before.replace(fault["find"], fault["replace"]), encoding="utf-8")
    try:
        for test in fault["tests"]:
            program = "test_" + test
            built = quietly("cmake", "--build", tree, "--target", program)
            if built.returncode != 0:
                return None, "does not compile:\n" + built.stdout.decode(errors="replace")[-2000:]
            try:
                if quietly(tree / "tests" / program, seconds=300).returncode != 0:
                    return test, ""
            except subprocess.TimeoutExpired:
                return test, ""
        return None, "goes unnoticed"
    finally:
        path.write_text(before, encoding="utf-8")


def main():
    faults = json.loads((source / "tests" / "mutation" / "faults.json").read_text(encoding="utf-8"))
    numbered = [(number, fault) for number, fault in enumerate(faults, 1) if not chosen or number in chosen]
    prepare(sorted({"test_" + test for _, fault in numbered for test in fault["tests"]}))
    bad = 0
    for number, fault in numbered:
        by, why = notices(fault)
        bad += by is None
        print("%2d  %-32s %s: %s" % (number, fault["file"].removeprefix("lib/src/"), fault["what"], "seen by " + by if by else why.upper()), flush=True)
    print("%d faults, %d not noticed" % (len(numbered), bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
