# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Random arrays of one dimension, of every kind of item: what test_random_items.py asks of."""
import struct

import numpy as np

FLOATS = {"f2": ("u2", 10, 15), "f4": ("u4", 23, 127), "f8": ("u8", 52, 1023)}
UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as")


def floats(rng, kind, count):
    """Sorts of numbers by name: each goes another way to its digits."""
    bits, fraction, bias = FLOATS[kind]
    bits = np.dtype(bits).type
    whole = np.iinfo(bits)

    def of_bits(values):
        return values.astype(bits).view(kind)

    yield "normal", rng.standard_normal(count).astype(kind)
    short = rng.integers(-10**6, 10**6, count) / 10.0**rng.integers(0, 9, count)
    yield "short", short.astype(kind)
    yield "integral", np.trunc(rng.standard_normal(count) * 10.0**rng.integers(0, 19, count)
                               ).astype(kind)
    tiny = rng.integers(0, 2**fraction, count, dtype=np.uint64)
    yield "tiny", of_bits(tiny >> rng.integers(0, fraction, count).astype(np.uint64))
    yield "bits", rng.integers(0, whole.max, count, dtype=bits, endpoint=True).view(kind)
    # Powers of two, whose neighbours are not as far on either side, and powers of ten: with
    # those next to them.
    around = rng.integers(-2, 3, count)
    twos = rng.integers(1, 2 * bias + 1, count).astype(np.uint64) << np.uint64(fraction)
    yield "powers of two", of_bits(twos.astype(np.int64) + around)
    tens = 10.0**rng.integers(-40, 40, count)
    yield "powers of ten", of_bits(tens.astype(kind).view(bits).astype(np.int64) + around)


def long_doubles(rng, count):
    """x87's, whose first bit is stored: always 1 but in the least ones. Others have no such
    text to check."""
    if np.finfo(np.longdouble).nmant != 63:
        yield "normal", rng.standard_normal(count).astype("g")
        return
    exponents = np.where(rng.random(count) < .5, rng.integers(16383 - 70, 16383 + 70, count),
                         rng.integers(0, 32767, count))
    mantissas = rng.integers(0, 2**63, count, dtype=np.uint64)
    mantissas[rng.random(count) < .3] &= np.uint64(0xffffff) << np.uint64(39)
    mantissas[rng.random(count) < .1] = 0
    mantissas |= np.where(exponents > 0, np.uint64(1 << 63), np.uint64(0))
    signs = rng.integers(0, 2, count) << 15
    data = b"".join(struct.pack("=QHHI", m, e, 0, 0)
                    for m, e in zip(mantissas.tolist(), (exponents | signs).tolist()))
    yield "bits", np.frombuffer(data, "g")


def complexes(rng, kind, parts):
    special = np.array([0., -0., np.nan, np.inf, -np.inf, 1., -1e-4, 1e16], parts.dtype)
    parts = np.concatenate([parts, np.repeat(special, len(parts) // 32 + 1)])
    pairs = np.empty(len(parts), kind)
    pairs.real, pairs.imag = rng.permutation(parts), rng.permutation(parts)
    return pairs


def times(rng, kind, count):
    values = rng.integers(-2**63, 2**63 - 1, count, endpoint=True) >> rng.integers(0, 64, count)
    values[:4] = -2**63, -2**63 + 1, 2**63 - 1, 0
    for unit in UNITS:
        for multiple in (1, int(rng.integers(2, 100)), 2**31 - 1):
            yield f"{kind}[{multiple}{unit}]", values.view(f"{kind}[{multiple}{unit}]")
    yield f"{kind} of no unit", np.full(4, "NaT", kind) if kind == "M8" else values.view(kind)


def strings(rng, count):
    """Characters of every length in UTF-8, quotes, controls, surrogates; NULs at the end."""
    for length in (0, 1, 2, 7):
        ranges = np.array([0x80, 0x3000, 0x110000, 0xe000])[rng.integers(0, 4, (count, length))]
        codes = (rng.random((count, length)) * ranges).astype("u4")
        some = rng.random((count, length))
        codes[some < .05] = ord("'")
        codes[some > .95] = ord('"')
        codes[rng.random((count, length)) < .1] = 0
        raw = codes.tobytes()
        yield "str", np.ndarray(count, f"U{length}", raw or b"0")
        raw = codes.astype("u1").tobytes()
        yield "bytes", np.ndarray(count, f"S{length}", raw or b"0")
        yield "void", np.ndarray(count, f"V{length}", raw or b"0")


def leaf(rng):
    """A dtype without fields."""
    letter = rng.choice(list("?bhilBHILefdgFDGSUVMm"))
    if letter in "SUV":
        return f"{letter}{rng.integers(1, 5)}"
    order = rng.choice(["<", ">"])
    if letter in "Mm":
        return f"{order}{letter}8[{rng.choice(UNITS)}]"
    return np.dtype(letter).newbyteorder(order)


def struct_dtype(rng, depth=0):
    fields = []
    for i in range(rng.integers(0, 5) if depth else rng.integers(1, 6)):
        base = struct_dtype(rng, depth + 1) if depth < 3 and rng.random() < .2 else leaf(rng)
        shape = tuple(map(int, rng.integers(0, 4, rng.integers(1, 4))))
        fields.append((f"f{i}", base, shape) if rng.random() < .3 else (f"f{i}", base))
    return np.dtype(fields)


def fill(rng, array):
    """Values whose sizes are alike now and then: arrays are shown otherwise then."""
    kind = array.dtype.kind
    if array.dtype.names is not None:
        for name in array.dtype.names:
            fill(rng, array[name])
    elif kind in "fc":
        parts = [array] if kind == "f" else [array.real, array.imag]
        for part in parts:
            values = rng.standard_normal(part.shape) * 10.0**rng.integers(-9, 12)
            values = np.where(rng.random(part.shape) < .3, np.round(values, 3), values)
            values *= 10.0**(rng.integers(-4, 4, part.shape) * (rng.random() < .5))
            for special in (0., -0., np.nan, np.inf, -np.inf):
                values[rng.random(part.shape) < .04] = special
            part[...] = values
    elif kind == "U":
        codes = rng.integers(0, 0x300, array.shape + (array.dtype.itemsize // 4,))
        array[...] = np.ascontiguousarray(codes.astype("u4")).view("=" + array.dtype.str[1:])[..., 0]
    elif array.dtype.itemsize:
        raw = rng.integers(0, 256, array.shape + (array.dtype.itemsize,), dtype="u1")
        raw[rng.random(array.shape) < .3, 1:] = 0
        values = raw.view(array.dtype)[..., 0]
        values[rng.random(array.shape) < .1] = np.zeros((), array.dtype) if kind not in "mM" else \
            np.array("NaT", array.dtype)
        array[...] = values


def structs(rng, count):
    for _ in range(count):
        array = np.zeros(4, struct_dtype(rng))
        if array.dtype.itemsize:
            fill(rng, array)
            yield "struct", array


def masses(rng, count):
    """(name, array), of every kind."""
    few = count // 10 + 1
    yield "every half", np.arange(65536).astype("u2").view("f2")
    for kind in FLOATS:
        parts = []
        for name, array in floats(rng, kind, count if kind != "f2" else few):
            parts.append(array[:few])
            yield f"{kind} {name}", array
        if kind != "f2":
            yield "complex", complexes(rng, f"c{2 * int(kind[1])}", np.concatenate(parts))
    for name, array in long_doubles(rng, few):
        yield f"long double {name}", array
        yield "complex long double", complexes(rng, "G", array)
    for kind in "bhilqBHILQ":
        info = np.iinfo(kind)
        values = rng.integers(info.min, info.max, few, dtype=kind, endpoint=True)
        values >>= rng.integers(0, info.bits, few).astype(kind)
        values[:2] = info.min, info.max
        yield f"integers {kind}", values
    yield "bool", rng.integers(0, 3, 100).astype("u1").view("?")
    for kind in ("M8", "m8"):
        yield from times(rng, kind, few // 10 + 4)
    yield from strings(rng, few)
    yield from structs(rng, few // 25)
