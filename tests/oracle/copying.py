# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""What the tests of copies share: dtypes and their special values, the same memory for NumPy and
for libmmview, and one copy, done by both."""
import ctypes
import functools
import os
import platform
import subprocess
import sys

import numpy
from numpy.lib import format as npy

from libmmview import LONG_COMPLEX, LONG_DOUBLE, LONG_PADDING, Array, Dtype, Refused, lib

ON_X86_64 = platform.machine() == "x86_64" and ctypes.sizeof(ctypes.c_void_p) == 8
ROOM = 65536  # bytes of an array that all others are parts of
NUMBERS = ("?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", LONG_DOUBLE,
           "c8", "c16", LONG_COMPLEX, "M8[s]", "m8[s]")
TIMES = ("M8", "m8", "M8[s]", "M8[ms]", "M8[25s]", "M8[1000ms]", "M8[D]", "M8[W]", "M8[h]",
         "M8[7us]", "m8[s]", "m8[ms]", "m8[3s]", "m8[2s]", "m8[D]", "m8[W]", "m8[ns]", "m8[Y]",
         "m8[M]", "m8[6M]", "m8[10Y]", "M8[5Y]", "M8[M]", "m8[1000000us]", "m8[as]")
SIZED = ("S3", "S5", "S1", "c", "U3", "U1", "U5", "V3", "V7", "V8", "S16", "V12")
STRUCTS = (
    [("a", "i4"), ("b", "f8")],
    [("a", ">i4"), ("b", "f8")],
    [("x", "i8"), ("y", ">f4")],
    [("", "V8"), ("a", "i4"), ("", "V3"), ("b", "f8"), ("", "V1")],
    [("a", "S3"), ("b", "U2")],
    [("a", "S5"), ("b", ">U1")],
    [("a", "i2", (2, 3)), ("b", [("c", "?"), ("d", "f4", (2,))], (2,))],
    [("a", ">f4", (2, 3)), ("b", [("c", "i1"), ("d", "c8", (2,))], (2,))],
    [("a", "V3"), ("b", "V0")],
    [("a", "V5"), ("b", "V0")],
    [("a", "i4")],
    [],
    [(("title", "a"), "i4"), ("b", "f8")],
)


def dtypes(text):
    """NumPy's and ours."""
    theirs = npy.descr_to_dtype(text) if isinstance(text, list) else numpy.dtype(text)
    return theirs, Dtype.parse(repr(text) if isinstance(text, list) else text)


def orders(text):
    theirs = numpy.dtype(text)
    return [text] if theirs.byteorder == "|" else ["<" + text, ">" + text]


def crashes(a, b):
    """Datetimes of no unit to years or months end NumPy 1.24."""
    return "M8" == a.str[1:] and b.kind == "M" and numpy.datetime_data(b)[0] in "YM"


@functools.cache
def convertible(a, b):
    """Times, named by their texts, whose units lead to each other, and not by the calendar. (Of
    dtypes in a cache 1000ms are s.)"""
    a, b = numpy.dtype(a), numpy.dtype(b)
    units = [numpy.datetime_data(x)[0] for x in (a, b)]
    if "generic" not in units and (units[0] in "YM") != (units[1] in "YM"):
        return False
    try:
        return crashes(a, b) or numpy.copyto(numpy.zeros(1, b), numpy.zeros(1, a), "unsafe") is None
    except (OverflowError, ValueError):
        return False


def castable(a, b):
    """Pairs of dtypes that we convert, if NumPy does."""
    if a.base is not a or b.base is not b:
        return a.shape == b.shape and castable(a.base, b.base)
    if (a.names is None) != (b.names is None):
        return False
    if a.names is not None:
        return len(a.names) == len(b.names) and \
            all(castable(a[i], b[i]) for i in range(len(a.names)))
    if a.kind in "Mm" and a.kind == b.kind:
        return convertible(a.str, b.str)
    numeric = "biufcMm"
    return a.kind in numeric and b.kind in numeric or a.kind == b.kind


@functools.cache
def noise(dice, dtype):
    """An array of bytes that holds all of a dtype's special values among others."""
    values = bytearray(dice.randbytes(ROOM))
    base = dtype.base
    specials = []
    if base.kind in "fc":
        part = numpy.dtype(base.str[0] + "f" + str(base.itemsize // (2 if base.kind == "c" else 1)))
        texts = ("0 -0 1 -1 .5 1.5 2.5 nan inf -inf 127 128 255 256 -128.9 -129 65504 65519.99 65520 "
                 "1e-8 5.96e-8 2.98e-8 2.9802322387695312e-08 8.94e-8 6.1e-5 6.103515625e-05 32767.9 "
                 "32768 -32769 2147483647 2147483648 -2147483648 -2147483649 4294967295 4294967296 "
                 "9.2e18 9223372036854775808 -9.3e18 1.8e19 1.8446744073709552e19 1e38 3.5e38 1e-45 "
                 "1e300 -1e300 5e-324 2049 2050 2051 0.1 3e9 -3e9").split()
        specials = [numpy.array(text, "g").astype(part) for text in texts]
    elif base.kind in "iumM":
        bits = 8 * base.itemsize
        specials = [numpy.array(value % 2**bits, f"u{base.itemsize}").astype(base.str[0] + f"u{base.itemsize}")
                    for value in (0, 1, 2, -1, 2**(bits - 1), 2**(bits - 1) - 1, 65504, 65520,
                                  2049, 2**24 + 1, 2**53 + 1, 2**63 + 1024, 2**63 + 1025, 999, -999,
                                  -1000, -1001)]
    raw = [value.tobytes() for value in specials]
    size = len(raw[0]) if raw else 0
    if size:
        for at in range(0, ROOM - size, size):
            if dice.random() < .7:
                values[at:at + size] = dice.choice(raw)
    return bytes(values)


class Whole:
    """The same memory twice: for NumPy, and for us."""

    def __init__(self, path, values):
        self.numpy = numpy.frombuffer(bytearray(values), numpy.uint8)
        self.ours = Array.memmap(path, mode="c")
        self.address = lib.mmview_array_data(self.ours.pointer)
        ctypes.memmove(self.address, values, len(values))

    def settle(self):
        """What NumPy has now is what both have."""
        ctypes.memmove(self.address, self.numpy.tobytes(), ROOM)

    def same(self, dtype=None, part=None):
        """Is it still the same? The padding of a long double is not looked at."""
        ours = ctypes.string_at(self.address, ROOM)
        if self.numpy.tobytes() == ours:
            return True
        if dtype is None or dtype.char not in "gG" or not LONG_PADDING:
            return False
        mask = numpy.full(ROOM, 255, numpy.uint8)
        bytes_of = numpy.lib.stride_tricks.as_strided
        first = part.__array_interface__["data"][0] - self.numpy.__array_interface__["data"][0]
        items = bytes_of(mask[first:], part.shape + (dtype.itemsize,), part.strides + (1,))
        swapped, size = dtype.byteorder == ">", ctypes.sizeof(ctypes.c_longdouble)
        for at in range(0, dtype.itemsize, size):
            items[..., at + (0 if swapped else size - LONG_PADDING):at + (LONG_PADDING if swapped else size)] = 0
        return ((self.numpy ^ numpy.frombuffer(ours, numpy.uint8)) & mask).any() == False

    def items(self, offset, count, types):
        """So many items of a dtype one after another, as NumPy has them, and as we do."""
        theirs, ours = types
        if theirs.itemsize == 0:
            raise ValueError(theirs)
        size = count * theirs.itemsize
        return (self.numpy[offset:offset + size].view(theirs),
                self.ours.view("slice", 0, 3, offset, offset + size, 1).view("dtype", ours.pointer))


class Tally:
    def __init__(self):
        self.good = self.bad = 0

    def check(self, good, *what):
        if good:
            self.good += 1
            return
        self.bad += 1
        if self.bad <= 20:
            print(*what)


def outcome(function, *arguments):
    try:
        return function(*arguments)
    except Refused as refusal:
        return refusal
    except (TypeError, ValueError) as error:
        return error


def unsettled(a, b):
    """Floats to integers that NumPy itself has otherwise if they do not fit: uint32, for the last
    few of an array; and on other machines than x86-64, whose answers we give everywhere, all."""
    if a.names and b.names:
        return any(unsettled(a[i], b[i]) for i in range(min(len(a.names), len(b.names))))
    a, b = a.base, b.base
    if a.kind not in "fc" or b.kind not in "iumM":
        return False
    return not ON_X86_64 or b.kind == "u" and b.itemsize == 4 and a.itemsize <= 16


def tame(array, dtype):
    """Without what does not fit what it is converted to."""
    if array.dtype.names:
        for i, name in enumerate(array.dtype.names):
            if unsettled(array.dtype[i], dtype[i]):
                tame(array[name], dtype[i])
        return
    bits, unsigned = 8 * dtype.base.itemsize, dtype.base.kind == "u"
    least = -1.0 if unsigned and not ON_X86_64 else -2.0**(bits - 1)
    most = 2.0**bits if unsigned else 2.0**(bits - 1)
    real = array.real if array.dtype.kind == "c" else array
    real[~((real > least) & (real < most))] = 7


def copy_pair(tally, whole, dst, src, casting, what):
    """One copy, done by both."""
    theirs = outcome(numpy.copyto, dst[0], src[0], casting)
    ours = outcome(dst[1].take, src[1], casting)
    if isinstance(theirs, Exception):
        words = str(theirs).replace("scalar from", "array data from")
        if src[0].dtype.names:  # ours are the descr
            words = ours.message if words.startswith("Cannot cast") else words
        tally.check(isinstance(ours, Refused) and ours.message == words, what, "NumPy:", theirs,
                    "mmview:", ours)
    else:
        tally.check(ours is None and whole.same(dst[0].dtype, dst[0]), what,
                    ours or "the elements differ")


def same_without_vectors():
    """Once more, in a process that has the other library."""
    plain = os.path.join(os.environ["builddir"], "tests/oracle/.libs/libmmview-plain.so")
    if os.environ["LIBMMVIEW"] == plain:
        return True
    return subprocess.run([os.environ["PYTHON_NUMPY"], sys.argv[0]], check=False,
                          env={**os.environ, "LIBMMVIEW": plain}).returncode == 0
