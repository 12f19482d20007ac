#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Random chains of view operations, done by NumPy and by libmmview: after each one both have
the same shape, strides, dtype, flags, offset and elements, or both refuse it with the same
words, or a rule below says why not.

MMVIEW_SEED and MMVIEW_COUNT choose others (`make check` always has the same 3000 chains),
and MMVIEW_CASE=N only the Nth of them.
"""
import ast
import os
import random
import re
import sys
import warnings

try:
    import numpy
    from numpy.lib import format as npy
except ModuleNotFoundError:
    print("SKIP: this Python has no NumPy")
    sys.exit(77)

import view_grammar
import views
from evidence import scratch
from libmmview import LONG_COMPLEX, LONG_DOUBLE, Array, Refused

warnings.simplefilter("ignore")

STEPS = 7  # operations in a chain, at most
ELEMENTS = 3000  # in an array whose elements are compared

_STRUCT = [("a", "<i4"), ("b", "S3"), ("c", "<f8", (2,)),
           (("Title", "d"), [("x", "<i2"), ("y", ">f4")]), ("z", "V0"), ("e", "<c8")]
# descr, shape, order, bytes that the header is longer by
FILES = (
    ("<f8", (4, 5, 6), "C", 0), ("<i2", (3, 4, 5), "F", 0), ("<i4", (17,), "C", 0),
    (">f4", (2, 3, 4), "C", 0), ("u1", (24,), "C", 0), ("?", (2, 3, 4), "F", 0),
    ("<i8", (1, 3, 1, 2), "C", 0), ("<c16", (3, 4), "C", 0), (">c8", (6,), "C", 0),
    ("<" + LONG_DOUBLE, (2, 2), "C", 0), ("<" + LONG_COMPLEX, (3,), "C", 0), ("<f8", (3, 4), "C", 3), ("<f2", (), "C", 0),
    ("<i8", (0, 3, 4), "C", 0), ("<i8", (2, 0), "F", 0), ("S5", (4, 2), "C", 0),
    ("<U2", (5,), "C", 0), ("<M8[25s]", (3, 2), "F", 0), (">m8[us]", (6,), "C", 0),
    ("V0", (3, 4), "C", 0), ("V7", (2, 3), "C", 0), ("S0", (2,), "C", 0),
    ("u1", (0, 2**40), "C", 0), ("<u2", (1,) * 31, "C", 0), ("<i4", (8, 8, 3), "F", 2),
    (_STRUCT, (4, 3), "C", 0), (_STRUCT, (5,), "C", 1), (_STRUCT, (), "C", 0),
    ([("p", "<i2"), ("", "V2"), ("q", ">i4", (2, 2))], (2, 3), "F", 0),
    ([("r", "<f4"), ("i", "<f4")], (2, 2, 2), "C", 0),
)


def write(path, descr, shape, order, shift):
    """A file of noise, its data `shift` bytes from where NumPy would have put it."""
    header = repr({"descr": descr, "fortran_order": order == "F", "shape": shape})
    header += " " * (-(10 + len(header) + 1) % 64 + shift) + "\n"
    nbytes = numpy.prod(shape, dtype=object) * npy.descr_to_dtype(descr).itemsize
    with open(path, "wb") as f:
        f.write(b"\x93NUMPY\1\0" + len(header).to_bytes(2, "little") + header.encode("ascii"))
        f.write(random.Random(str(descr)).randbytes(nbytes))


def root(array):
    """The array that owns the memory, or that the map is behind."""
    while isinstance(array.base, numpy.ndarray):
        array = array.base
    return array


class Pair:
    """An array, as NumPy and as libmmview have it."""

    def __init__(self, path, mode):
        whole = Array.open(path, mode)
        self.numpy = npy.open_memmap(path, mode=mode).view(numpy.ndarray)  # without memmap's ways
        self.root = root(self.numpy)
        self.file_start = self.numpy.ctypes.data - whole.view_facts()["offset"]
        self.ours = whole.view("index", None, 0)  # a view, since NumPy's is one

    def numpy_facts(self, array):
        size = 1
        for length in array.shape:
            size *= length
        offset = array.ctypes.data - self.file_start
        return {
            "shape": list(array.shape), "strides": list(array.strides),
            "size": min(size, 2**63 - 1), "nbytes": size * array.itemsize,
            "itemsize": array.itemsize, "typestr": array.dtype.str, "flags": array.flags.num,
            "offset": (offset + 2**63) % 2**64 - 2**63,
        }

    def compare(self, array, view):
        """What is not the same, as lines of text."""
        want, have = self.numpy_facts(array), view.view_facts()
        descr = have.pop("descr")
        lines = [f"{key}: {want[key]!r} expected, {have[key]!r} found"
                 for key in want if want[key] != have[key]]
        value = ast.literal_eval(descr)
        if (numpy.dtype(value) if isinstance(value, dict) else npy.descr_to_dtype(value)) \
                != array.dtype:
            lines.append(f"dtype: {array.dtype} expected, {descr} found")
        if not lines and want["size"] <= ELEMENTS and view.c_order_bytes() != array[...].tobytes():
            # tobytes() would change the flags of array itself, if items have no bytes.
            lines.append("elements: not the same")
        return lines


# ---- Where we differ on purpose: (operation, NumPy's array or error, our view or refusal).


def no_number(op, theirs, ours):
    """parts of what is no number are refused: to NumPy anything is its own real part"""
    return not isinstance(theirs, Exception) and op["op"] in ("real", "imag") and \
        getattr(ours, "status", "") == "MMVIEW_ETYPE"


def more_dimensions(op, theirs, ours):
    """up to 64 dimensions, as NumPy 2 has them"""
    return isinstance(theirs, Exception) and re.search(r"dimension.*\b32\b", str(theirs)) and \
        (isinstance(ours, Refused) or len(ours.view_facts()["shape"]) > 32)


def counts(op, theirs, ours):
    """sizes that are too large to count: NumPy tells of iterators and arrays"""
    return isinstance(theirs, ValueError) and "too" in str(theirs) and \
        getattr(ours, "status", "") == "MMVIEW_EOVERFLOW"


def counts_of_nothing(op, theirs, ours):
    """sizes of an empty array that are too large to count: NumPy notices at its next view"""
    if op["op"] != "view" or getattr(ours, "status", "") != "MMVIEW_EOVERFLOW":
        return False
    return isinstance(attempt(lambda: theirs[...]), ValueError)


def large_place(op, theirs, ours):
    """a number that no axis can have: NumPy tells of C and of types"""
    return isinstance(theirs, (OverflowError, IndexError)) and \
        "too large for any axis" in getattr(ours, "message", "")


def no_fields(op, theirs, ours):
    """a name, where there are no fields: NumPy tells what an index may be"""
    return isinstance(theirs, IndexError) and "has no fields" in getattr(ours, "message", "")


def only_the_name(op, theirs, ours):
    """no such field: NumPy says only the name"""
    return op["op"] == "fields" and isinstance(theirs, KeyError) and \
        ours.message == f"no field of name {theirs.args[0]}"


def leading_unknown(op, theirs, ours):
    """a shape that starts with the unknown length: NumPy leaves it out of the message"""
    return op["op"] == "reshape" and op["shape"][0] < 0 and "cannot reshape" in str(theirs) \
        and "(newaxis" in ours.message


def fewer_dimensions(op, theirs, ours):
    """broadcasting to fewer dimensions: NumPy tells of the axis remapping"""
    return op["op"] == "broadcast" and "axis remapping" in str(theirs) and \
        ours.status == "MMVIEW_ERESHAPE"


def nothing_squeezed(op, theirs, ours):
    """nothing to squeeze: NumPy hands out the array itself, whose flags may be stricter"""
    return op == {"op": "squeeze", "axis": None} and isinstance(ours, Array) and \
        theirs.itemsize == 0 and ours.view_facts()["shape"] == list(theirs.shape)


RULES = (nothing_squeezed, no_number, more_dimensions, counts, counts_of_nothing, large_place,
         no_fields, only_the_name, leading_unknown, fewer_dimensions)


# ---- One operation, one chain.


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Refused as refusal:
        return refusal
    except Exception as error:  # whatever it is, it is NumPy's answer
        return error


def message(error):
    return error.args[0] if isinstance(error, KeyError) else str(error)


def differences(pair, theirs, ours, other):
    """Lines about one operation's outcomes: NumPy's, and ours by either way to say it."""
    if isinstance(ours, Refused) != isinstance(other, Refused) or \
            (str(ours) != str(other) if isinstance(ours, Refused)
             else ours.view_facts() != other.view_facts()):
        return ["text: leads elsewhere than structs"]
    if isinstance(theirs, Exception):
        if not isinstance(ours, Refused):
            return ["accepted"]
        return [] if ours.message == message(theirs) else ["other words"]
    if root(theirs) is not pair.root:
        copy = isinstance(ours, Refused) and ours.status == "MMVIEW_ENEEDSCOPY"
        return [] if copy else ["a copy is needed, but not refused as such"]
    return ["refused"] if isinstance(ours, Refused) else pair.compare(theirs, ours)


class Chain:
    """The operations so far, how they ended, and what was learned."""

    def __init__(self, name, dice, folder):
        index = dice.randrange(len(FILES))
        mode = dice.choice("rc")
        self.name, self.dice, self.log = name, dice, [f"{FILES[index][:3]}, mode {mode}"]
        self.pair = Pair(os.path.join(folder, f"{index}.npy"), mode)
        self.tally = {"views": 0, "refused": 0, "copies": 0}
        self.reasons = {}

    def step(self):
        """One operation. False if it went wrong: nothing can be built on it."""
        op = view_grammar.operation(self.dice, self.pair.numpy)
        self.log.append(view_grammar.source(op))
        theirs = attempt(view_grammar.apply, self.pair.numpy, op)
        ours = attempt(views.apply, self.pair.ours, op, views.STRUCTS)
        other = attempt(views.apply, self.pair.ours, op, views.TEXT)
        lines = differences(self.pair, theirs, ours, other)
        if lines:
            for rule in RULES:
                if rule(op, theirs, ours):
                    self.reasons[rule.__doc__] = self.reasons.get(rule.__doc__, 0) + 1
                    return not isinstance(ours, Array)
            print(f"{self.name}: " + "; ".join(self.log))
            print("    NumPy:", repr(theirs)[:300] if isinstance(theirs, Exception)
                  else self.pair.numpy_facts(theirs))
            print("    mmview:", ours if isinstance(ours, Refused) else ours.view_facts())
            for line in lines:
                print(f"    {line}")
            self.tally["bad"] = 1
            return False
        if isinstance(ours, Array):
            self.tally["views"] += 1
            self.pair.numpy, self.pair.ours = theirs, ours  # the parents go
        else:
            self.tally["copies" if ours.status == "MMVIEW_ENEEDSCOPY" else "refused"] += 1
            self.log.pop()  # it changed nothing
        return True


def main():
    seed = os.environ.get("MMVIEW_SEED", "1")
    count = int(os.environ.get("MMVIEW_COUNT", "3000"))
    only = os.environ.get("MMVIEW_CASE")
    total, reasons = {"bad": 0}, {}
    with scratch() as folder:
        for index, file in enumerate(FILES):
            write(os.path.join(folder, f"{index}.npy"), *file)
        for index in [int(only)] if only else range(count):
            chain = Chain(f"seed {seed} case {index}", random.Random(f"{seed}:{index}"), folder)
            for _ in range(STEPS):
                if not chain.step():
                    break
            for sums, found in ((total, chain.tally), (reasons, chain.reasons)):
                for key, number in found.items():
                    sums[key] = sums.get(key, 0) + number
    for reason in sorted(reasons):
        print(f"{reasons[reason]:6d} differ on purpose: {reason}")
    print(f"random views: {total['views']} views, {total['copies']} copies refused and "
          f"{total['refused']} errors as NumPy has them, {total['bad']} not (seed {seed})")
    sys.exit(total["bad"] > 0 or not (only or min(total["views"], total["copies"],
                                                  total["refused"]) > 0))


if __name__ == "__main__":
    main()
