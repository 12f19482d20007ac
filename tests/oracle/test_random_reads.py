#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""What is said of a random view is said of its copy: its text in every form, its statistics as a
whole and in lanes, and that the two are equal. (That copies are right, test_random_copies.py finds
out, and of plain arrays the other tests ask NumPy.)

MMVIEW_SEED and MMVIEW_COUNT choose other views (`make check` always has the same 800), and
MMVIEW_CASE=N only the Nth of them.
"""
import math
import os
import random
import sys
import warnings

try:
    import numpy
except ModuleNotFoundError:
    print("SKIP: this Python has no NumPy")
    sys.exit(77)

import copy_grammar
import stats_api
import view_grammar
import views
from copying import NUMBERS, ROOM, SIZED, STRUCTS, TIMES, Tally, Whole, dtypes, noise, orders
from evidence import scratch
from libmmview import COMPARE_EQUAL_NAN, TEXT_FORMS

warnings.simplefilter("ignore")
numpy.seterr(all="ignore")

TYPES = [order for text in NUMBERS + TIMES + SIZED for order in orders(text)] \
    + [text for text in STRUCTS if text]
MOST_BYTES = 4096
# Of sums the last digits depend on the order in which the items lie.
FACTS = ("count", "nan", "inf", "zeros", "argmin", "argmax", "sum_low", "sum_high")


class Case:
    def __init__(self, name, dice, path):
        self.name, self.text = name, dice.choice(TYPES)
        theirs = dtypes(self.text)[0]
        shape = copy_grammar.shape_of(dice, MOST_BYTES // theirs.itemsize)
        self.chain = copy_grammar.Chain(dice, shape, self.text)
        self.chain.lengthen(dice.randint(1, 6), False)
        self.whole = Whole(path, noise(dice, theirs))
        self.view = self.whole.items(dice.randrange(ROOM // 2), self.chain.shape[0],
                                     dtypes(self.chain.dtype))[1]
        for op in self.chain.ops:
            self.view = views.apply(self.view, op, views.STRUCTS)
        self.copy = self.view.copy()
        self.shape, self.kind = shape, theirs.kind

    def __str__(self):
        return f"{self.name}: {self.text}: {'; '.join(map(view_grammar.source, self.chain.ops))}:"

    def check(self, tally, dice):
        for form in TEXT_FORMS:
            options = {"index": True} if form == "lines" and dice.random() < 0.5 else {}
            if form in ("str", "repr"):
                options = {"threshold": dice.choice((3, 1000)), "linewidth": dice.choice((20, 75))}
            tally.check(self.view.text_bytes(form, **options) == self.copy.text_bytes(form, **options),
                        self, form, options)
        result, _ = self.view.compare(self.copy, COMPARE_EQUAL_NAN)
        tally.check(result.values == 1, self, f"{result.different} items differ")
        if self.kind in "biufcmM":
            self.same(tally, stats_api.stats(self.view), stats_api.stats(self.copy), "statistics")
            for axis in range(len(self.shape)):
                count = math.prod(self.shape[:axis] + self.shape[axis + 1:])
                if count < 200:
                    for lane, pair in enumerate(zip(stats_api.lanes(self.view, axis, 0, count),
                                                    stats_api.lanes(self.copy, axis, 0, count))):
                        self.same(tally, *pair, f"lane {lane} of axis {axis}")

    def same(self, tally, a, b, what):
        facts = [[getattr(x, fact) for fact in FACTS] for x in (a, b)]
        if a.argmin >= 0:
            for x, to in zip((a, b), facts):
                to += [x.number("min"), x.number("max")]
        tally.check(facts[0] == facts[1], self, what, facts)


def main():
    seed = os.environ.get("MMVIEW_SEED", "1")
    count = int(os.environ.get("MMVIEW_COUNT", "800"))
    only = os.environ.get("MMVIEW_CASE")
    tally = Tally()
    with scratch() as folder:
        path = os.path.join(folder, "room")
        with open(path, "wb") as f:
            f.write(bytes(ROOM))
        for index in [int(only)] if only else range(count):
            dice = random.Random(f"{seed}:{index}")
            Case(f"seed {seed} case {index}", dice, path).check(tally, dice)
    print(f"random reads: {tally.good} as of the copy, {tally.bad} not (seed {seed})")
    sys.exit(tally.bad > 0 or tally.good == 0)


if __name__ == "__main__":
    main()
