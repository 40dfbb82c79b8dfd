#!/usr/bin/env python3
"""The case runner can fail: a program that names the wrong record, crashes, or reports from a sanitizer is found, and SCHANCFG_APPROVE takes none of it."""
import os
import pathlib
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).parent
ONE, TWO = "20261121T074500Z-aaaaaaaaaaaa", "20261121T074501Z-bbbbbbbbbbbb"
PROGRAM = """import pathlib, sys
word = sys.argv[1]
if word == "apply":
    print("Done. To undo: schancfg undo {one}")
elif word == "again":
    print("Done. To undo: schancfg undo {two}")
elif word == "list":
    print({listed!r})
elif word == "undo":
    print("undone " + sys.argv[2])
elif word == "crash":
    print("x" if sys.argv[2] == "quietly" else "runtime error: index out of bounds", file=sys.stderr)
    sys.exit(139 if sys.argv[2] == "quietly" else 1)
elif word == "late":
    # As Wine when it has no room, as often as it is told; then what it has to say.
    left = pathlib.Path("left")
    if (times := int(left.read_text())) > 0:
        left.write_text(str(times - 1))
        print("err:virtual:virtual_alloc_first_teb wine: failed to map the shared user data: c0000018", file=sys.stderr)
        sys.exit(1)
    print("here")
"""
CASE = """A case.

== run apply
== stdout
Done. To undo: schancfg undo {id}

== run again
== stdout
Done. To undo: schancfg undo {id-2}

== run list
== stdout
{id}
{id-2}

== run undo {id}
== stdout
undone {id}
"""


def run(case, listed, approve=False, flags=()):
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        (at / "program.py").write_text(PROGRAM.format(one=ONE, two=TWO, listed=listed))
        (at / "a.case").write_text(case)
        done = subprocess.run([sys.executable, here / "run_case.py", *flags, at / "a.case", "--", sys.executable, at / "program.py"], capture_output=True, text=True, check=False,
                              env={**os.environ, "SCHANCFG_APPROVE": "1" if approve else "0"})
        return done.returncode, done.stdout, (at / "a.case").read_text()


wrong = []
right = f"{ONE}\n{TWO}"
if (answer := run(CASE, right))[0] != 0:
    wrong.append(f"what is right is refused: {answer[1]}")
if run(CASE, f"{TWO}\n{ONE}")[0] == 0:
    wrong.append("two ids that are swapped go unnoticed")
if run(CASE, f"{ONE}\n{ONE}")[0] == 0:
    wrong.append("an id in the place of another goes unnoticed")
code, said, text = run(CASE.replace("undone {id}", "undone"), right, approve=True)
if code != 0 or "undone {id}\n" not in text or "+undone {id}" not in said:
    wrong.append(f"approving does not take a difference, or does not show it: {said}")
for crash in ("quietly", "loudly"):
    case = f"A case.\n\n== run crash {crash}\n"
    code, said, text = run(case, right, approve=True)
    if code == 0 or text != case:
        wrong.append(f"approving takes a program that crashes {crash}: {text}")
# Under Wine, and only there, a start that was lost is tried once more.
for times, flags, right_code in ((0, ("--windows",), 0), (1, ("--windows",), 0), (2, ("--windows",), 1), (1, (), 1)):
    code, said, _ = run(f"A case.\n\n== file left no-eol\n{times}\n== run late\n== stdout\nhere\n", right, flags=flags)
    if code != right_code or (times == 1 and flags and "Wine did not start" not in said):
        wrong.append(f"lost {times} times with {flags} ended with {code}: {said}")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
