#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Copies between random views, done by numpy.copyto() and by libmmview: slices in both directions,
permuted, split and repeated axes, diagonals, fields, parts of complex numbers, at any address, in
any byte order; now and then overlapping, or as ndarray.astype() makes a new array. The memory
around the destination is compared, too, and the library without vectors is asked the same.

MMVIEW_SEED and MMVIEW_COUNT choose other pairs (`make check` always has the same 8000), and
MMVIEW_CASE=N only the Nth of them.
"""
import ctypes
import functools
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
import view_grammar
import views
from copying import (NUMBERS, ROOM, SIZED, STRUCTS, TIMES, Tally, Whole, castable, copy_pair, crashes,
                     dtypes, noise, orders, same_without_vectors, tame, unsettled)
from evidence import scratch
from libmmview import CASTINGS, lib

warnings.simplefilter("ignore")
numpy.seterr(all="ignore")

STEPS = 6  # operations from the items to a view, at most, besides the first
KINDS = ([order for text in NUMBERS for order in orders(text)],
         [order for text in NUMBERS for order in orders(text)],
         [order for text in TIMES for order in orders(text)],
         [order for text in SIZED for order in orders(text)],
         [text for text in STRUCTS[:-1] if text])


@functools.cache
def content(dtype):
    """Bytes that hold the special values of a dtype."""
    return noise(random.Random(str(dtype)), dtype)


def pair_of_types(dice):
    """Dtypes of which the first can be converted to the second."""
    while True:
        kind = dice.choice(KINDS)
        first, second = dice.choice(kind), dice.choice(kind)
        if dice.random() < 0.3:
            second = first
        a, b = dtypes(first)[0], dtypes(second)[0]
        if castable(a, b) and not crashes(a, b):
            return first, second


def spread_shape(dice, shape):
    """One that broadcasts to a shape."""
    chance = dice.random()
    if chance < 0.7:
        return shape
    if chance < 0.8:
        return (1,) * dice.randint(1, 2) + shape
    shape = shape[dice.randint(0, len(shape)):] if chance < 0.9 else shape
    return tuple(length if length == 0 or dice.random() < 0.7 else 1 for length in shape)


def build(whole, offset, chain, dice):
    """The view that a chain leads to, as NumPy has it, and as we have it."""
    root = chain.dtype
    theirs, ours = whole.items(offset, chain.shape[0], dtypes(root))
    for op in chain.ops:
        theirs = view_grammar.apply(theirs, op)
        ours = views.apply(ours, op, dice.choice((views.TEXT, views.STRUCTS)))
    assert ours.view_facts()["shape"] == list(theirs.shape), "views are for another test"
    return theirs, ours


class Case:
    def __init__(self, name, dice, path):
        self.name, self.dice = name, dice
        first, second = pair_of_types(dice)
        size = max(dtypes(text)[0].itemsize for text in (first, second))
        self.types = first, second
        self.tamed = unsettled(dtypes(first)[0], dtypes(second)[0])
        shape = copy_grammar.shape_of(dice, copy_grammar.MOST_BYTES // size)
        self.dst = copy_grammar.Chain(dice, shape, second)
        self.src = copy_grammar.Chain(dice, spread_shape(dice, shape), first)
        self.dst.lengthen(dice.randint(0, STEPS), True)
        self.src.lengthen(dice.randint(0, STEPS), self.tamed)
        self.casting = dice.choice(("unsafe", "unsafe", *CASTINGS))
        # What does not fit would have to be tamed in what was copied already.
        self.overlaps = dice.random() < 0.2 and not self.tamed
        self.whole = Whole(path, content(dtypes(first)[0]))
        self.places = dice.randrange(ROOM // 2 - copy_grammar.MOST_BYTES), \
            ROOM // 2 + dice.randrange(ROOM // 2 - copy_grammar.MOST_BYTES)
        if self.overlaps:
            near = self.places[0] + dice.choice((0, 0, size, dice.randrange(100), dice.randrange(5000)))
            self.places = self.places[0], near

    def __str__(self):
        sides = (f"{place}: {chain.dtype!r}, {chain.shape[0]} items; "
                 + "; ".join(map(view_grammar.source, chain.ops))
                 for place, chain in zip(self.places, (self.dst, self.src)))
        return f"{self.name}: {self.types[0]} to {self.types[1]}, {self.casting}\n    to   " \
            + "\n    from ".join(sides) + "\n   "

    def copy(self, tally):
        dst = build(self.whole, self.places[0], self.dst, self.dice)
        src = build(self.whole, self.places[1], self.src, self.dice)
        if self.tamed:
            tame(src[0], dtypes(self.types[1])[0])
            self.whole.settle()
        if self.dice.random() < 0.2:
            self.make_new(tally, src)
        if self.overlaps:  # NumPy errs where items overlap those of another size
            src = src[0].copy(), src[1]
        if src[0].ndim == 0:  # whose value NumPy 1 looks at, to decide whether it may be cast
            src = src[0].reshape(1), src[1]
        copy_pair(tally, self.whole, dst, src, self.casting, self)

    def make_new(self, tally, src):
        """astype(): the strides, and all the memory, which has no gaps."""
        first, second = (dtypes(text) for text in self.types)
        if "g" in (first[0].char.lower(), second[0].char.lower()) or second[0].kind == "V":
            return  # there are bytes in these that mean nothing
        if any(dtype.str in (">M8", ">m8") for dtype in (first[0], second[0])):
            return  # NumPy forgets to swap them, here and not in copyto()
        order = self.dice.choice("CFAK")
        theirs = src[0].astype(second[0], order=order)
        ours = src[1].copy(second[1], order, "unsafe")
        memory = [ctypes.string_at(theirs.ctypes.data, theirs.nbytes),
                  ctypes.string_at(lib.mmview_array_data(ours.pointer), theirs.nbytes)]
        strides = ours.view_facts()["strides"]
        tally.check(memory[0] == memory[1] and (theirs.size == 0 or strides == list(theirs.strides)),
                    self, f"astype, order {order}: {strides}, not {theirs.strides}, or the bytes")


def main():
    seed = os.environ.get("MMVIEW_SEED", "1")
    count = int(os.environ.get("MMVIEW_COUNT", "8000"))
    only = os.environ.get("MMVIEW_CASE")
    tally = Tally()
    with scratch() as folder:
        path = os.path.join(folder, "room")
        with open(path, "wb") as f:
            f.write(bytes(ROOM))
        for index in [int(only)] if only else range(count):
            dice = random.Random(f"{seed}:{index}")
            Case(f"seed {seed} case {index}", dice, path).copy(tally)
    print(f"random copies: {tally.good} as NumPy has them, {tally.bad} not (seed {seed})", flush=True)
    sys.exit(tally.bad > 0 or tally.good == 0 or not same_without_vectors())


if __name__ == "__main__":
    main()
