#!/usr/bin/env python3
"""Says which operators of the analysis no test watches: each is changed, one at a time, and what has run it is run again.

usage: operators.py SOURCE-DIR BUILD-DIR [--rooms effect,handshake,remedy,lint,explain] [--count N] [--seed N] [--most PERCENT]

All changes are compiled at once. SOURCE-DIR is copied to BUILD-DIR/source, and each expression with an operator becomes a choice between what it was and what
each change makes of it, by the environment's SCHANCFG_OPERATOR. Every test case of the rooms, and every answer of tests/cli/check_answers.py, is run once to see
which changes it reaches; then N changes, drawn by the seed, are tried, each by the tests that reach it, the quickest first. Changes that nothing notices are printed:
a test that is missing, code without effect, or a change that means the same. Ends with 1 when there are more than PERCENT of them.
"""

import argparse
import collections
import hashlib
import importlib.util
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

OPERATORS = [(" == ", " != "), (" != ", " == "), (" < ", " <= "), (" <= ", " < "), (" > ", " >= "), (" >= ", " > "), (" && ", " || "), (" || ", " && ")]
QUIET_PIECE = re.compile(r'R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.S)
BEFORE = re.compile(r"(?:return|else|do|case)\s$|\s(?:[-+|&^*/%]|<<|>>)?=\s$|\s\?\s$|\s:\s$")
HEADER = """#pragma once
#if __cplusplus >= 202002L
#include <cstdio>
#include <cstdlib>
#include <type_traits>
namespace operators {
inline unsigned char reached[1 << 16];
inline int chosen() {
    static const int number = [] {
        if (std::getenv("SCHANCFG_REACHED")) std::atexit([] {
            std::FILE* file = std::fopen(std::getenv("SCHANCFG_REACHED"), "ab");
            for (int i = 0; i < 1 << 16; ++i) if (reached[i]) std::fprintf(file, "%d\\n", i);
            std::fclose(file);
        });
        const char* text = std::getenv("SCHANCFG_OPERATOR");
        return text ? std::atoi(text) : -1;
    }();
    return number;
}
constexpr bool is(int number) {
    if (std::is_constant_evaluated()) return false;
    reached[number] = 1;
    return chosen() == number;
}
}
#endif
"""

Change = collections.namedtuple("Change", "number file line old new text")
Check = collections.namedtuple("Check", "room command folder seconds reaches")


def masked(text):
    """The text with its strings and comments made harmless, and the text without its comments; both as long as it was."""
    code, plain = list(text), list(text)
    for piece in QUIET_PIECE.finditer(text):
        comment = piece.group().startswith(("//", "/*"))
        for at in range(piece.start(), piece.end()):
            if text[at] != "\n":
                code[at] = " " if comment else "_"
                if comment:
                    plain[at] = " "
    return "".join(code), "".join(plain)


def bracket_or_end(code, at, step, is_end):
    """From `at` on by steps of 1 or -1: where a bracket closes that was not opened on the way, or where `is_end` says that the expression ends beside all brackets."""
    inner, outer = ("([{", ")]}") if step > 0 else (")]}", "([{")
    depth = 0
    while 0 <= at < len(code):
        if code[at] in inner:
            depth += 1
        elif code[at] in outer:
            if depth == 0:
                return at
            depth -= 1
        elif depth == 0 and (code[at] in ";," or is_end(at)):
            return at
        at += step
    return at


def expression_around(code, start, end):
    """From where to where the whole expression goes in which an operator stands, up to the bracket, comma or assignment around it."""
    first = 1 + bracket_or_end(code, start - 1, -1, lambda at: code[at].isspace() and BEFORE.search(code[max(0, at - 12):at + 1]))
    last = bracket_or_end(code, end, 1, lambda at: re.match(r"\s[?:]\s", code[at:at + 3]))
    while first < start and code[first].isspace():
        first += 1
    while code[last - 1].isspace():
        last -= 1
    return first, last


def with_choices(name, text, changes):
    """The text of a file in which every change can be chosen; adds them to `changes`."""
    code, plain = masked(text)
    edits, chains, at = [], {}, 0

    def number_of(start, end, new, line, line_text):
        changes.append(Change(len(changes), name, line, text[start:end].strip(), new.strip(), line_text))
        return len(changes) - 1

    for line, whole in enumerate(text.splitlines(keepends=True), 1):
        start, at = at, at + len(whole)
        said = whole.strip()
        if said.startswith(("//", "*", "#", "template")) or "static_assert" in said:
            continue
        quiet = code[start:at]

        def found(pattern, quiet=quiet):
            return re.finditer(pattern, quiet)
        for old, new in OPERATORS:
            for match in found(re.escape(old)):
                first, last = start + match.start(), start + match.end()
                chains.setdefault(expression_around(code, first, last), []).append((number_of(first, last, new, line, said), first, last, new))
        for match in found(r"return (true|false);"):
            other = "false" if match[1] == "true" else "true"
            number = number_of(start + match.start(), start + match.end(), f"return {other};", line, said)
            edits.append((start + match.start(1), start + match.end(1), 2, f"(operators::is({number}) ? {other} : {match[1]})"))
        for match in found(r" [-+] 1\b(?!\.|')"):
            number = number_of(start + match.start(), start + match.end(), match[0][:3] + "2", line, said)
            edits.append((start + match.end() - 1, start + match.end(), 2, f"(operators::is({number}) ? 2 : 1)"))
        for match in found(r"\(!"):
            number = number_of(start + match.start(), start + match.end(), "(", line, said)
            edits.append((start + match.end() - 1, start + match.end(), 2, f"operators::is({number}) != !"))
        for match in found(r"if \(([^;{}]+)\) continue;"):
            number = number_of(start + match.start(), start + match.end(), "if (false) continue;", line, said)
            edits.append((start + match.start(1), start + match.end(1), 0, (f"!operators::is({number}) && (", ")")))
        for match in found(r"\bcontinue;"):
            number = number_of(start + match.start(), start + match.end(), "break;", line, said)
            edits.append((start + match.start(), start + match.end(), 2, "{ if (operators::is(%d)) break; continue; }" % number))
    edits += [(first, last, 1, chain) for (first, last), chain in chains.items()]
    edits.sort(key=lambda edit: (edit[0], -edit[1], edit[2]))

    def written(start, end, inside):
        out, at = [], start
        for index, (first, last, kind, what) in enumerate(inside):
            if first < at:
                continue
            below = [edit for edit in inside[index + 1:] if edit[0] < last and edit[1] <= last]
            out.append(text[at:first])
            if kind == 2:
                out.append(what)
            elif kind == 0:
                out.append(what[0] + written(first, last, below) + what[1])
            else:
                for number, old_first, old_last, new in sorted(what):
                    other = (plain[first:old_first] + new + plain[old_last:last]).replace("\n", " ")
                    out.append(("(" if number == min(what)[0] else "") + f"operators::is({number}) ? ({other}) : ")
                out.append("(" + written(first, last, below) + "))")
            at = last
        out.append(text[at:end])
        return "".join(out)
    return written(0, len(text), edits)


def build(source, place, rooms):
    """The copy with all choices, and what was built of it; the changes."""
    copy, changes = place / "source", []
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("build", ".git"))
    (place / "operators.hpp").write_text(HEADER, encoding="utf-8")
    for room in rooms:
        for file in sorted((copy / "lib/src" / room).rglob("*.cpp")):
            file.write_text(with_choices(str(file.relative_to(copy / "lib/src")), file.read_text(encoding="utf-8"), changes), encoding="utf-8")
    tree = place / "tree"
    for command in (["cmake", "-S", copy, "-B", tree, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O1", "-DSCHANCFG_BUILD_TESTS=ON",
                     f"-DCMAKE_CXX_FLAGS=-w -D_GLIBCXX_ASSERTIONS -include {place / 'operators.hpp'}"],
                    ["cmake", "--build", tree, "--target", "schancfg_cli", *("test_" + room for room in rooms)]):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            sys.exit(done.stdout.decode(errors="replace")[-4000:])
    return tree, changes


def outcome(command, folder, seconds, **environment):
    """What a check comes to, as a word that differs where it differs."""
    try:
        done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds, check=False,
                              env={**os.environ, "XDG_STATE_HOME": str(folder / "state"), "LC_ALL": "C.UTF-8", **environment})
    except subprocess.TimeoutExpired:
        return "does not end"
    if "test_" in str(command[0]):
        return str(done.returncode)
    return f"{done.returncode} {hashlib.sha256(done.stdout).hexdigest()}"


def checks(tree, place, rooms, source):
    """Every test case of the rooms and every answer, with the changes that it reaches."""
    commands = []
    for room in rooms:
        program = str(tree / "tests" / f"test_{room}")
        names = subprocess.run([program, "--list-test-names-only"], stdout=subprocess.PIPE, check=False).stdout.decode().splitlines()
        commands += [(room, [program, re.sub(r'([,\[\]\\"])', r"\\\1", name)], tree) for name in names if name.strip()]
    spec = importlib.util.spec_from_file_location("answers", source / "tests/cli/check_answers.py")
    answers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(answers)
    folder, program = place / "inputs", str(tree / "cli/schancfg")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    commands += [("answers", [program, *words], folder) for words in answers.inputs(folder, answers.Words([program]))]
    found, reached = [], place / "reached"
    for room, command, where in commands:
        reached.unlink(missing_ok=True)
        start = time.monotonic()
        outcome(command, where, 1200, SCHANCFG_REACHED=str(reached))
        seconds = time.monotonic() - start
        found.append(Check(room, command, where, seconds, {int(number) for number in reached.read_text().split()} if reached.exists() else set()))
    return found


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("source", type=pathlib.Path)
    ask.add_argument("build", type=pathlib.Path)
    ask.add_argument("--rooms", default="effect,handshake,remedy,lint,explain")
    ask.add_argument("--count", type=int, default=300)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--most", type=float, default=100)
    asked = ask.parse_args()
    source, place, rooms = asked.source.resolve(), asked.build.resolve(), asked.rooms.split(",")
    place.mkdir(parents=True, exist_ok=True)
    tree, changes = build(source, place, rooms)
    every = checks(tree, place, rooms, source)
    usual = {}
    tried = random.Random(asked.seed).sample(changes, min(asked.count, len(changes)))
    alive = []
    for change in tried:
        room = change.file.split("/")[0]
        own = sorted((check for check in every if change.number in check.reaches),
                     key=lambda check: (check.seconds > 0.5, check.seconds > 3, check.room != room, check.seconds))
        for check in own:
            words = tuple(check.command)
            if words not in usual:
                usual[words] = outcome(check.command, check.folder, 1200)
            if outcome(check.command, check.folder, 20 + 10 * check.seconds, SCHANCFG_OPERATOR=str(change.number)) != usual[words]:
                break
        else:
            alive.append(change)
            print(f"{change.file}:{change.line} [{change.old} -> {change.new}] {'unnoticed' if own else 'never run'}: {change.text}", flush=True)
    print(f"{len(tried)} of {len(changes)} changes, {len(alive)} not noticed")
    return 1 if len(alive) * 100 > asked.most * len(tried) else 0


if __name__ == "__main__":
    sys.exit(main())
