#!/usr/bin/env python3
"""race.py [ROUNDS]: two and three of schancfg at once on one target, apply and undo, ROUNDS times (500); counts how they end.

Not a test of ctest: `sh cmake/deep.sh race` runs it. What two at once may end with: 0 (done), 2 (an undo that finds nothing to undo), 3 (refused).
"""

import collections
import itertools
import sys
import time
import unittest

from two_test import Two


def race(test, rounds):
    """Runs them, two and three in turn; gives how many ended with which code."""
    bench = test.bench
    kinds = itertools.cycle([("a.toml", "b.toml"), ("a.toml", "undo"), ("a.toml", "b.toml", "undo"), ("undo", "undo"), ("a.toml", "a.toml", "b.toml")])
    ends = collections.Counter()
    for _ in range(rounds):
        kind = next(kinds)
        children = [(word, bench.start(*(test.undo if word == "undo" else test.apply(word)))) for word in kind]
        for word, child in children:
            errors = child.communicate(timeout=120)[1]
            allowed = (0, 2, 3) if word == "undo" else (0, 3)
            assert child.returncode in allowed, f"{word} of {kind}: {child.returncode}\n{errors}"
            if child.returncode == 2:
                assert "there is nothing to undo" in errors or "was undone already" in errors, errors
            ends[child.returncode] += 1
    assert bench.state("*.marker") == []
    return ends


class Race(Two):
    rounds = 500

    def runTest(self):
        start = time.monotonic()
        ends = race(self, self.rounds)
        print(f"{self.rounds} rounds, {sum(ends.values())} runs in {time.monotonic() - start:.0f} s: "
              + ", ".join(f"{count} ended with {code}" for code, count in sorted(ends.items())))


if __name__ == "__main__":
    Race.rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    sys.exit(not unittest.TextTestRunner().run(Race()).wasSuccessful())
