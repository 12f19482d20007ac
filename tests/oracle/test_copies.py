#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Copies and casts, done by NumPy and by libmmview: every pair of numbers in every byte order
under every casting, strings and structs, in many layouts, the overlapping ones included. All the
memory around the destination is compared, too.

The loops are compiled twice. A library that has them as they are for any processor, besides the
one that is tested, is asked the same.

MMVIEW_SEED chooses other bytes (`make check` always has the same).
"""
import ctypes
import itertools
import os
import random
import sys
import warnings

try:
    import numpy
except ModuleNotFoundError:
    print("SKIP: this Python has no NumPy")
    sys.exit(77)

from copying import (NUMBERS, ROOM, SIZED, STRUCTS, TIMES, Tally, Whole, castable, copy_pair, crashes,
                     dtypes, noise, orders, same_without_vectors, tame, unsettled)
from evidence import scratch
from libmmview import CASTINGS, LONG_COMPLEX, LONG_DOUBLE

warnings.simplefilter("ignore")
numpy.seterr(all="ignore")

# shape of the part, its order, an index of it, an order of axes. Pairs of one shape.
LAYOUTS = (
    (((70,), "C", "", ()), ((70,), "C", "", ())),
    (((37, 3), "C", "", ()), ((37, 3), "F", "", ())),
    (((37, 3), "C", "", ()), ((37, 6), "C", ":, ::-2", ())),
    (((38, 4), "F", "::-2, 1:", ()), ((3, 19), "C", "", (1, 0))),
    (((2, 3, 4, 5), "C", "", (2, 0, 3, 1)), ((1, 3, 8), "C", "..., None, ::2", (2, 0, 3, 1))),
    (((5, 66), "C", ":, ::-1", ()), ((66,), "C", "", ())),
    (((3, 4), "C", "", ()), ((), "C", "", ())),
    (((), "C", "", ()), ((1, 1), "C", "", ())),
    (((0, 4), "C", "", ()), ((4,), "C", "", ())),
)


def part(whole, offset, types, layout):
    """A part as NumPy has it, and as we have it."""
    shape, order, index, axes = layout
    a, b = whole.items(offset, int(numpy.prod(shape, dtype=object)), types)
    a = a.reshape(shape, order=order)
    b = b.view("reshape", (ctypes.c_ssize_t * len(shape))(*shape), len(shape), "CF".index(order))
    if index:
        a = eval("a[" + index + "]")
        b = b.view("select", index.encode(), len(index))
    if axes:
        a = a.transpose(axes)
        b = b.view("transpose", (ctypes.c_int * len(axes))(*axes), len(axes))
    return a, b


def check_numbers(tally, path, dice):
    texts = [order for text in NUMBERS for order in orders(text)]
    for first, second in itertools.product(texts, texts):
        a, b = dtypes(first), dtypes(second)
        values = noise(dice, a[0])
        for dst_layout, src_layout in LAYOUTS:
            whole = Whole(path, values)
            at = dice.choice((0, 1))
            src = part(whole, ROOM // 2 + at, a, src_layout)
            if unsettled(a[0], b[0]):
                tame(src[0], b[0])
                whole.settle()
            dst = part(whole, at, b, dst_layout)
            copy_pair(tally, whole, dst, src, "unsafe", (first, second, dst_layout, src_layout))


def check_castings(tally):
    flat = [order for text in NUMBERS + TIMES + SIZED for order in orders(text)]
    known = {str(text): dtypes(text) for text in flat + list(STRUCTS)}
    for first, second in itertools.product(known, known):
        a, b = known[first], known[second]
        for casting in CASTINGS:
            want = castable(a[0], b[0]) and numpy.can_cast(a[0], b[0], casting)
            have = a[1].can_cast(b[1], casting)
            tally.check(want == have, "can_cast", first, second, casting, want, have)


def check_others(tally, path, dice):
    """Strings, times, structs."""
    kinds = [[o for text in TIMES for o in orders(text)], [o for text in SIZED for o in orders(text)],
             list(STRUCTS[:-1])]
    for texts in kinds:
        for first, second in itertools.product(texts, texts):
            a, b = dtypes(first), dtypes(second)
            if 0 in (a[0].itemsize, b[0].itemsize) or not castable(a[0], b[0]) or \
                    crashes(a[0], b[0]):
                continue
            for dst_layout, src_layout in LAYOUTS:
                whole = Whole(path, noise(dice, a[0]))
                src = part(whole, ROOM // 2, a, src_layout)
                dst = part(whole, 1, b, dst_layout)
                for casting in ("same_kind", "unsafe"):
                    copy_pair(tally, whole, dst, src, casting, (first, second, dst_layout, src_layout))


def check_far_times(tally, path):
    """What is next to the ends of time wraps, or is rounded down, as in NumPy."""
    last = 2**63 - 1
    far = [sign * (last - k) for sign in (1, -1) for k in range(70)]
    for first, second in itertools.product(TIMES, TIMES):
        a, b = dtypes(first), dtypes(second)
        if not castable(a[0], b[0]) or crashes(a[0], b[0]):
            continue
        whole = Whole(path, bytes(ROOM))
        src, dst = whole.items(ROOM // 2, len(far), a), whole.items(0, len(far), b)
        src[0].view("i8")[:] = far
        whole.settle()
        copy_pair(tally, whole, dst, src, "unsafe", ("far times", first, second))


def check_overlaps(tally, path, dice):
    """Both in the same memory. NumPy gets a copy of the source: without, it errs where items of
    one dimension overlap those of another size."""
    texts = ("u1", "i2", ">i2", "f4", ">f8", "c8", "S3", "V16")
    for first, second in itertools.product(texts, texts):
        a, b = dtypes(first), dtypes(second)
        if not castable(a[0], b[0]):
            continue
        for layout in (pair for pair in LAYOUTS for _ in range(6)):
            whole = Whole(path, noise(dice, a[0]))
            near = 1000 + dice.choice((0, 0, a[0].itemsize, -b[0].itemsize, dice.randrange(-200, 200)))
            src, dst = part(whole, near, a, layout[1]), part(whole, 1000, b, layout[0])
            if a[0].kind in "fc" and b[0].kind in "u":
                continue
            src = src[0].copy(), src[1]
            copy_pair(tally, whole, dst, src, "unsafe", ("overlap", near, first, second, layout))


def check_new(tally, path, dice):
    """numpy.ndarray.astype()."""
    texts = [order for text in NUMBERS if text not in (LONG_DOUBLE, LONG_COMPLEX) for order in orders(text)]
    for first in texts:
        for layout in (layout for pair in LAYOUTS for layout in pair):
            a, b = dtypes(first), dtypes(dice.choice(texts))
            whole = Whole(path, noise(dice, a[0]))
            src = part(whole, 1, a, layout)
            if unsettled(a[0], b[0]):
                tame(src[0], b[0])
                whole.settle()
            for order in "CFAK":
                theirs = src[0].astype(b[0], order=order)
                ours = src[1].copy(b[1], order, "unsafe")
                facts = ours.view_facts()
                strides = list(theirs.strides) if theirs.size else facts["strides"]
                tally.check(facts["strides"] == strides and
                            ours.c_order_bytes() == theirs.tobytes() and
                            numpy.dtype(facts["typestr"]) == b[0],
                            "astype", first, b[0], layout, order, facts, theirs.strides)


def main():
    dice = random.Random(os.environ.get("MMVIEW_SEED", "1"))
    tally = Tally()
    with scratch() as folder:
        path = os.path.join(folder, "room")
        with open(path, "wb") as f:
            f.write(bytes(ROOM))
        check_castings(tally)
        check_numbers(tally, path, dice)
        check_others(tally, path, dice)
        check_far_times(tally, path)
        check_overlaps(tally, path, dice)
        check_new(tally, path, dice)
    print(f"copies: {tally.good} as NumPy has them, {tally.bad} not", flush=True)
    sys.exit(tally.bad > 0 or tally.good == 0 or not same_without_vectors())


if __name__ == "__main__":
    main()
