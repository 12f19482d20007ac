#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Random arrays under random print options: str() and repr() are what NumPy makes of them.

    MMVIEW_SEED=N   another series (default 1)
    MMVIEW_COUNT=N  so many arrays (default 3000)
    MMVIEW_CASE=N   only the Nth, with all there is to say about it
"""
import io
import os
import random
import sys

from numpy.lib import format as npy
import numpy

from libmmview import LONG_COMPLEX, LONG_DOUBLE, DTYPE_ALIGN, Array, Dtype

_FLOATS = ("<f2", "<f4", "<f8", ">f2", ">f4", ">f8", "<" + LONG_DOUBLE)
_COMPLEX = ("<c8", "<c16", ">c16", "<" + LONG_COMPLEX)
_INTEGERS = ("|i1", "|u1", "<i2", ">u2", "<i4", ">i4", "<u4", "<i8", "<u8", ">u8", "q")
_UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as", "25s", "7D", "2Y")
_LETTERS = "ab'\"\\ \t\n\x7f\xe9\u4e2d\U0001f600\u200b\ud800"


def reals(dice, count):
    """Numbers of a kind that someone might have in an array."""
    kind = dice.randrange(8)
    digits = dice.randint(0, 18)
    scale = dice.choice((1, 1, 10, 1e3, 1e6, 1e9, 1e-3, 1e-6, 1e20, 1e-30))
    span = dice.randint(0, 12)
    for _ in range(count):
        x = dice.uniform(-1, 1)
        if kind == 0:
            yield float(dice.randint(-10, 1000))
        elif kind == 1:
            yield round(x * scale, digits)
        elif kind == 2:
            yield x * 10.0 ** dice.randint(-span, span)
        elif kind == 3:
            yield dice.choice((0.0, -0.0, 1.0, 0.5, 1e8, 99999999.5, 1e-4, 9.99999999e-5))
        elif kind == 4:
            yield dice.choice((1, -1)) * 2.0 ** dice.randint(-30 * span, 30 * span)
        elif kind == 5:
            yield numpy.frombuffer(dice.randbytes(8))[0]
        elif kind == 6:
            yield abs(x) * scale
        else:
            yield dice.randint(-2000, 2000) / dice.choice((2, 4, 8, 3, 1000))


def special(dice, values):
    """Some of them are no numbers."""
    share = dice.choice((0, 0, 0, 0.1, 1))
    return [dice.choice((numpy.nan, numpy.inf, -numpy.inf)) if dice.random() < share else x
            for x in values]


def fill(dice, a):
    """Puts values of its dtype into an array of one dimension."""
    dtype, count = a.dtype, len(a)
    if dtype.names is not None:
        for name in dtype.names:
            field = numpy.zeros(a[name].size, dtype[name].base)
            fill(dice, field)
            a[name] = field.reshape(a[name].shape)
    elif dtype.kind == "f":
        a[:] = special(dice, reals(dice, count))
        if dtype.itemsize == 16 and dice.random() < 0.3:  # further than doubles go
            a *= numpy.longdouble(10) ** dice.randint(-4900, 4900)
    elif dtype.kind == "c":
        parts = a.view(dtype.str[0] + "f" + str(dtype.itemsize // 2))
        parts[::2] = special(dice, reals(dice, count))
        parts[1::2] = special(dice, reals(dice, count))
    elif dtype.kind in "iu":
        info = numpy.iinfo(dtype)
        most = dice.choice((9, 99, 10**5, 2**64))
        for i in range(count):
            a[i] = dice.randint(max(info.min, -most), min(info.max, most))
    elif dtype.kind in "mM":
        most = dice.choice((9, 10**4, 10**10, 2**62))
        for i in range(count):
            value = dice.randint(-most, most)
            a.view(dtype.str[0] + "i8")[i] = -2**63 if dice.random() < 0.1 else value
    elif dtype.kind == "U":
        for i in range(count):
            a[i] = "".join(dice.choices(_LETTERS, k=dice.randint(0, dtype.itemsize // 4)))
    else:
        raw = dice.randbytes(a.nbytes) if dice.random() < 0.5 else \
            bytes(dice.choices(b"abc\0'\"\\", k=a.nbytes))
        if a.nbytes:
            a.view(numpy.uint8)[:] = numpy.frombuffer(raw, numpy.uint8) & \
                (1 if dtype.kind == "b" else 255)


def pick_dtype(dice, depth=0):
    kind = dice.randrange(12 if depth < 2 else 9)
    if kind < 3:
        return dice.choice(_FLOATS)
    if kind < 4:
        return dice.choice(_COMPLEX)
    if kind < 6:
        return dice.choice(_INTEGERS)
    if kind == 6:
        return f"{dice.choice('<>')}{dice.choice('mM')}8[{dice.choice(_UNITS)}]"
    if kind == 7:
        return dice.choice(("|b1", "|b1", "m8"))
    if kind == 8:
        return f"{dice.choice(('|S', '<U', '>U', '|V'))}{dice.choice((1, 3, 8, 30))}"
    fields = []
    for i in range(dice.randint(0 if depth else 1, 4)):
        name = dice.choice(("x", "y", "z", "\u03c0", "a long name")) + str(i)
        if dice.random() < 0.1:
            name = (f"title {i}", name)
        field = (name, pick_dtype(dice, depth + 1))
        if dice.random() < 0.3:
            field += (dice.choice(((2,), (1, 3), (0,), (2, 0), (2, 2, 2))),)
        fields.append(field)
        if dice.random() < 0.1:
            fields.append(("", "|V3"))  # a gap: the dtype is shown as a dict
    return fields


def pick_shape(dice):
    shape = [dice.choice((1, 1, 2, 3, 4, 7, 9, 20)) for _ in range(dice.choice((0, 1, 1, 1, 2, 3, 4)))]
    while numpy.prod(shape, dtype=int) > 600:
        shape[dice.randrange(len(shape))] = 2
    if shape and dice.random() < 0.2:
        shape[dice.randrange(len(shape))] = dice.choice((0, 5, 30))
    if dice.random() < 0.02:
        shape = [1500] if dice.random() < 0.5 else [40, 30]
    return shape


def pick_options(dice):
    options = {}
    if dice.random() < 0.4:
        options["precision"] = dice.choice((0, 1, 2, 3, 5, 10, 16, 17, 20, 40, 6000))
    if dice.random() < 0.3:
        options["suppress"] = True
    if dice.random() < 0.4:
        options["threshold"] = dice.choice((0, 1, 5, 20, 100, sys.maxsize))
    if dice.random() < 0.4:
        options["edgeitems"] = dice.choice((0, 1, 1, 2, 5))
    if dice.random() < 0.4:
        options["linewidth"] = dice.choice((0, 1, 10, 20, 40, 60, 74, 76, 120, 1000))
    return options


def pick_view(dice, ndim):
    """A basic index as text, and whether to transpose."""
    items = [dice.choice((":", ":", "::2", "::-1", "1:", "-2:", "::-3")) for _ in range(ndim)]
    if items and dice.random() < 0.2:
        items[dice.randrange(len(items))] = "..."
    return ",".join(items) or "...", dice.random() < 0.3


def is_plain(descr):
    """Can it be aligned? Not with gaps of its own."""
    return not isinstance(descr, list) or \
        all(field[0] != "" and is_plain(field[1]) for field in descr)


class Case:
    def __init__(self, seed, number):
        dice = random.Random(f"{seed}:{number}")
        descr, shape = pick_dtype(dice), pick_shape(dice)
        dtype = npy.descr_to_dtype(descr)
        aligned = None
        if isinstance(descr, list) and is_plain(descr) and dice.random() < 0.2:
            aligned = Dtype.parse(repr(descr), DTYPE_ALIGN)
            dtype = numpy.dtype(descr, align=True)
            descr = f"|V{dtype.itemsize}"
        flat = numpy.zeros(int(numpy.prod(shape, dtype=int)), dtype)
        with numpy.errstate(all="ignore"):
            fill(dice, flat)
        order = dice.choice("CCF")
        file = io.BytesIO()
        npy._write_array_header(file, {"descr": descr, "fortran_order": order == "F",
                                       "shape": tuple(shape)}, (3, 0))
        self.theirs = flat.reshape(shape, order=order)
        self.ours = Array.of_bytes(file.getvalue() + flat.tobytes())
        if aligned:
            self.ours = self.ours.view("dtype", aligned.pointer)
        if dice.random() < 0.5:
            text, turn = pick_view(dice, len(shape))
            self.theirs = eval(f"self.theirs[{text}]")
            self.ours = self.ours.view("select", text.encode(), len(text))
            if turn:
                self.theirs = self.theirs.T
                self.ours = self.ours.view("transpose", None, 0)
        self.options = pick_options(dice)

    def texts(self, form):
        with numpy.printoptions(**self.options):
            want = (str if form == "str" else repr)(self.theirs)
        options = dict(self.options)
        if options.get("threshold") == sys.maxsize:
            options["threshold"] = -1
        return want.encode("utf-8", "backslashreplace").decode(), self.ours.text(form, **options)


def main():
    seed = os.environ.get("MMVIEW_SEED", "1")
    count = int(os.environ.get("MMVIEW_COUNT", "3000"))
    only = os.environ.get("MMVIEW_CASE")
    good = bad = 0
    for number in [int(only)] if only else range(count):
        case = Case(seed, number)
        for form in ("str", "repr"):
            want, have = case.texts(form)
            if only or want != have:
                print(f"seed {seed} case {number}: {form} with {case.options}")
                print(want)
            if want != have:
                print(f"---- but mmview:\n{have}")
                bad += 1
            else:
                good += 1
    print(f"random text: {good} texts as NumPy has them, {bad} not (seed {seed})")
    sys.exit(bad > 0 or good == 0)


if __name__ == "__main__":
    main()
