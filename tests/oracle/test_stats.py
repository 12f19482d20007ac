#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""mmview_stats() against NumPy, live: every dtype of numbers and times, data with NaN, infinities,
both zeros, ties and extremes, in all kinds of layouts; whole, in lanes, and in merged parts.

MMVIEW_SEED chooses other data, and MMVIEW_SHARE how much there is of it: 1 for each pattern in
each shape and dtype, 0.15 if it says nothing.
"""
import fractions
import math
import os
import sys
import warnings

try:
    import numpy
except ModuleNotFoundError:
    print("SKIP: this Python has no NumPy")
    sys.exit(77)

import stats_api
from evidence import scratch
from libmmview import LONG_COMPLEX, LONG_DOUBLE, Array, Refused

warnings.simplefilter("ignore")

SEED = int(os.environ.get("MMVIEW_SEED", "1"))
SHARE = float(os.environ.get("MMVIEW_SHARE", "0.15"))
DTYPES = ("?", "i1", "u1", "<i2", ">i2", "<u2", "<i4", ">i4", "<u4", "<i8", ">i8", "<u8", ">u8",
          "<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "<" + LONG_DOUBLE, "<c8", ">c8", "<c16", ">c16", "<" + LONG_COMPLEX,
          "<M8[s]", ">M8[us]", "<m8[ns]", ">m8[D]")
# What is promised of sums, as parts of the sum of the absolute values.
BOUND, EXACT_BOUND = 2.0**-44, 2.0**-90


class Case:
    """An array, as NumPy and as libmmview have it."""

    def __init__(self, name, numpys, ours):
        self.name, self.numpy, self.ours = name, numpys, ours

    def select(self, text):
        numpys = eval("a[" + text + "]", {"a": self.numpy})
        return Case(f"{self.name}[{text}]", numpys, self.ours.view("select", text.encode(), len(text)))

    def transpose(self):
        return Case(self.name + ".T", self.numpy.T, self.ours.view("transpose", None, 0))


def numbers(array):
    """The items as a flat array of native numbers, and which of them are no NaN."""
    flat = numpy.asarray(array).reshape(-1)
    flat = flat.astype(flat.dtype.newbyteorder("="))
    if flat.dtype.kind in "mM":
        return flat.view("i8"), ~numpy.isnat(flat)
    if flat.dtype.kind == "b":
        flat = flat.astype("u1")
    return flat, ~numpy.isnan(flat)


def near(found, wanted, tolerance):
    if not numpy.isfinite(wanted):
        return found == wanted or (found != found and wanted != wanted)
    return abs(found - wanted) <= tolerance


def differences(found, array, what=15, exact=False):
    """What is not as NumPy has it, as lines of text."""
    kind = array.dtype.kind
    flat, valid = numbers(array)
    rest = flat[valid]
    have = {"M": 1, "m": 11}.get(kind, 15) & (what | (2 if what & 4 else 0))
    wanted = {"kind": kind.encode(), "type": array.dtype.char.encode(), "what": have,
              "count": flat.size, "nan": flat.size - rest.size, "argmin": -1, "argmax": -1}
    wanted["inf"] = int(numpy.isinf(rest).sum())
    if have & 8:
        wanted["zeros"] = int((rest == 0).sum())
    if have & 1 and rest.size:
        places = numpy.flatnonzero(valid)
        wanted["argmin"], wanted["argmax"] = places[rest.argmin()], places[rest.argmax()]
    lines = [f"{key}: {value} expected, {getattr(found, key)} found"
             for key, value in wanted.items() if getattr(found, key) != value]
    if have & 1 and rest.size:
        for name in ("min", "max"):
            value = flat[wanted["arg" + name]]
            if found.number(name) != value:
                lines.append(f"{name}: {value!r} expected, {found.number(name)!r} found")
    if have & 2:
        lines += sum_differences(found, rest, have, exact)
    return lines


def sum_differences(found, rest, have, exact):
    lines = []
    parts = [rest.real, rest.imag] if rest.dtype.kind == "c" else [rest]
    n, spread = rest.size, 0
    for part, x in enumerate(parts):
        if x.dtype.kind in "iu":
            total = sum(x.tolist())
            if found.exact() != total:
                lines.append(f"sum: {total} expected, {found.exact()} found")
            tolerance, total = abs(total) * 2.0**-62, numpy.longdouble(str(total))
        else:
            wide = x.astype("g")
            with numpy.errstate(all="ignore"):
                total = numpy.longdouble(math.fsum(x)) if x.dtype.itemsize <= 8 and \
                    numpy.isfinite(x).all() and abs(wide).sum() < 1e308 else wide.sum()
                size = abs(wide).sum()
            bound = EXACT_BOUND if exact else BOUND
            tolerance = size * bound + abs(total) * 2.0**-53
            if x.dtype.itemsize > 8:
                tolerance = size * 2.0**-50  # NumPy's own sum is no better
        if not near(found.total(part), total, tolerance):
            lines.append(f"sum[{part}]: {total} expected, {found.total(part)} found")
        if n and not near(found.mean(part), float(total / n), float(tolerance / n) + abs(float(total / n)) * 2.0**-52):
            lines.append(f"mean[{part}]: {total / n} expected, {found.mean(part)} found")
        if n and x.dtype.kind in "iu":
            items = x.tolist()
            spread = fractions.Fraction(n * sum(v * v for v in items) - sum(items)**2, n)
        elif n:
            wide = x.astype("g")
            off = wide - wide.sum() / n
            spread = spread + (off * off).sum()
    if not have & 4:
        if found.var() == found.var():
            lines.append("a variance that was not asked for")
        return lines
    for ddof in (0, 1, 0.5, n, n + 1):
        if n == 0 or n <= ddof:
            var = std = math.nan
        elif isinstance(spread, fractions.Fraction):
            var = float(spread / fractions.Fraction(n - ddof))
            std = math.sqrt(var)
        else:
            var, std = float(spread / (n - ddof)), float(numpy.sqrt(spread / (n - ddof)))
        for name, wanted in (("var", var), ("std", std)):
            value = getattr(found, name)(ddof)
            if not near(value, wanted, 1e-12 * wanted):
                lines.append(f"{name}(ddof={ddof}): {wanted} expected, {value} found")
    return lines


def noise(rng, dtype, size, pattern):
    dtype = numpy.dtype(dtype)
    kind = dtype.kind
    if kind == "b":
        return rng.integers(0, 2, size).astype(dtype) if pattern != "same" else numpy.ones(size, "?")
    if kind in "iumM":
        info = numpy.iinfo("i8" if kind in "mM" else dtype.newbyteorder("="))
        low, high = info.min, info.max
        if pattern == "few":
            x = rng.integers(0, 4, size)
        elif pattern == "same":
            x = numpy.full(size, high)
        elif pattern == "near":  # far from 0 and near each other
            x = high - rng.integers(0, min(100, high), size).astype("u8" if kind == "u" else "i8")
        else:
            x = rng.integers(low, high, size, dtype=info.dtype, endpoint=True)
        x = x.astype("i8" if kind in "mM" else dtype)
        if kind in "mM":
            x = x.view("i8")
            if pattern == "odd":
                x[rng.random(size) < 0.2] = numpy.iinfo("i8").min
            return x.astype(dtype.str.replace(dtype.str[1:], "i8")).view(dtype)
        return x
    if kind == "c":
        both = [noise(rng, f"f{dtype.itemsize // 2}", size, pattern) for part in range(2)]
        x = numpy.empty(size, dtype)
        x.real, x.imag = both
        return x
    scale = 100 if dtype.itemsize == 2 else 1e6
    x = rng.normal(0, scale, size)
    if pattern == "few":
        x = rng.choice([0.0, -0.0, 1.0, -1.0], size)
    elif pattern == "same":
        x = numpy.full(size, -3.25)
    elif pattern == "near":
        x = 1000 + rng.random(size) if dtype.itemsize > 2 else 100 + rng.random(size)
    x = x.astype(dtype)
    if pattern == "odd":
        for value in (numpy.nan, numpy.inf, -numpy.inf, 0.0, -0.0):
            x[rng.random(size) < 0.03] = value
    elif pattern == "nan":
        x[rng.random(size) < 0.6] = numpy.nan
    elif pattern == "inf":
        x[rng.random(size) < 0.01] = numpy.inf
    elif pattern == "huge":
        top = numpy.finfo(dtype.newbyteorder("=")).max
        x = (rng.random(size) * 2 - 0.9).astype(dtype) * (top / 8 if dtype.itemsize < 16 else top / size / 2)
        x = numpy.where(rng.random(size) < 0.5, x * 7.9, x).astype(dtype) if dtype.itemsize == 8 else x.astype(dtype)
    return x


PATTERNS = ("any", "few", "same", "near", "odd", "nan", "inf", "huge")
SHAPES = ((0,), (1,), (), (7,), (16,), (2047,), (2048,), (2049,), (4999,), (3, 0, 2), (13, 331),
          (7, 11, 53), (2, 3, 4, 5, 6))
VIEWS = {1: ("::-1", "::3", "5:4", "None, ..., None"), 2: ("::-1, ::2", "..., 3", "2:1", "::-2"),
         3: ("::-1", "..., ::-1, 5", "1:6, ::3, 2:50", ":, :0"), 4: ("..., 0", "::-1, :, ::-1, :, ::2")}


def views(case, rng):
    """The array, and one or two views of it."""
    yield case
    found = [case.transpose()] if case.numpy.ndim > 1 else []
    for text in VIEWS.get(min(case.numpy.ndim, 4), ()):
        try:
            found.append(case.select(text))
        except IndexError:
            continue
        if found[-1].numpy.ndim > 1:
            found.append(found[-1].transpose())
    for at in rng.permutation(len(found))[:2]:
        yield found[at]


def arrays(rng, folder):
    for number, dtype in enumerate(DTYPES):
        for shape in SHAPES:
            size = math.prod(shape)
            patterns = PATTERNS if size > 16 else ("any", "odd", "nan")
            if numpy.dtype(dtype).kind in "biumM":
                patterns = [p for p in patterns if p not in ("nan", "inf", "huge")]
            patterns = [p for p in patterns if rng.random() < SHARE]
            for pattern in patterns:
                array = noise(rng, dtype, size, pattern).astype(dtype).reshape(shape)
                order = "F" if rng.random() < 0.4 else "C"
                path = os.path.join(folder, f"{number}.npy")
                numpy.save(path, numpy.array(array, order=order, ndmin=len(shape)))
                yield Case(f"{dtype} {shape} {pattern} {order}",
                           numpy.lib.format.open_memmap(path, "r").view(numpy.ndarray),
                           Array.open(path))


def check_whole(case, rng):
    lines = differences(stats_api.stats(case.ours), case.numpy)
    what = int(rng.integers(1, 16))
    lines += [f"what={what}: {line}" for line in
              differences(stats_api.stats(case.ours, what), case.numpy, what)]
    lines += [f"exact: {line}" for line in
              differences(stats_api.stats(case.ours, flags=stats_api.EXACT), case.numpy, exact=True)]
    return lines


def check_parts(case, rng):
    parts = int(rng.integers(1, 9))
    each = [stats_api.stats(case.ours, part=k, parts=parts) for k in range(parts)]
    sizes = [part.count for part in each]
    assert max(sizes) - min(sizes) <= 1
    whole = stats_api.Stats()
    whole.argmin = whole.argmax = -1
    for k in rng.permutation(parts):
        whole.merge(each[k])
    return [f"{parts} parts: {line}" for line in differences(whole, case.numpy)]


def check_lanes(case, rng):
    lines = []
    for axis in range(case.numpy.ndim):
        others = numpy.moveaxis(case.numpy, axis, -1)
        others = others.reshape(-1, others.shape[-1]) if others.size else \
            others.reshape(math.prod(others.shape[:-1]), others.shape[-1])
        count = others.shape[0]
        first = int(rng.integers(0, count + 1)) if rng.random() < 0.5 else 0
        for lane, found in enumerate(stats_api.lanes(case.ours, axis, first, count - first), first):
            lines += [f"axis {axis} lane {lane}: {line}" for line in
                      differences(found, others[lane])]
            if len(lines) > 5:
                return lines
    return lines


def histogram_ranges(case, rng):
    """No range, ranges of which some edges fall on items, and wide ones."""
    yield None
    flat, valid = numbers(case.numpy)
    items = flat[valid & numpy.isfinite(flat)].astype(float)
    yield tuple(sorted(rng.choice(items, 2))) if items.size else (0.0, 2.0)
    yield tuple(sorted(rng.normal(0, 50, 2)))
    yield (1.0, 1.0)
    # More than halves and floats have.
    yield (-1.0, 1e5)
    yield (0.0, 1e39)


def check_histogram(case, rng):
    lines = []
    numpys = case.numpy[numpy.isfinite(case.numpy)] if case.numpy.dtype.kind == "f" else case.numpy
    for range in histogram_ranges(case, rng):
        bins = int(rng.choice([1, 2, 3, 10, 49, 1000]))
        try:
            wanted = numpy.histogram(numpys if range is None else case.numpy, bins, range)
        except IndexError:
            # Of bins so narrow that 1 over their width is infinite NumPy computes places of NaN.
            assert stats_api.histogram(case.ours, bins, range)[0].sum() <= case.numpy.size
            continue
        if range is None and numpy.isinf(case.numpy).any():
            try:
                stats_api.histogram(case.ours, bins)
                lines.append("infinities: refused by NumPy, accepted by us")
            except Refused as refusal:
                assert refusal.status == "MMVIEW_EINVAL"
            continue
        found = stats_api.histogram(case.ours, bins, range)
        if (found[1] != wanted[1]).any():
            lines.append(f"edges of {bins} bins in {range}: not those of NumPy")
        if (found[0] != wanted[0]).any():
            lines.append(f"counts of {bins} bins in {range}: not those of NumPy")
        if range is not None:
            parts = sum(stats_api.histogram(case.ours, bins, range, k, 3)[0] for k in (0, 1, 2))
            if (parts != found[0]).any():
                lines.append(f"counts of {bins} bins in {range}: not the sum of those of 3 parts")
    return lines


def main():
    rng = numpy.random.default_rng(SEED)
    looked = {"whole": 0, "parts": 0, "lanes": 0, "histograms": 0}
    failed = 0
    with scratch() as folder:
        for base in arrays(rng, folder):
            for case in views(base, rng):
                lines = check_whole(case, rng) + check_parts(case, rng)
                looked["whole"] += 1
                looked["parts"] += 1
                if case.numpy.dtype.kind in "biuf" and case.numpy.dtype.char != "g" and \
                        "huge" not in case.name:
                    lines += check_histogram(case, rng)
                    looked["histograms"] += 1
                if case.numpy.ndim and case.numpy.size < 3000 and rng.random() < 0.3:
                    lines += check_lanes(case, rng)
                    looked["lanes"] += 1
                if lines:
                    failed += 1
                    print(f"FAIL: {case.name} (MMVIEW_SEED={SEED} MMVIEW_SHARE={SHARE})")
                    print("".join(f"    {line}\n" for line in lines[:6]), end="")
                if failed == 12:
                    print("and no more is looked at")
                    return 1
    print(", ".join(f"{count} {what}" for what, count in looked.items()))
    return 1 if failed else 0


sys.exit(main())
