#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Random pairs of arrays of all numeric dtypes, layouts and values: mmview_compare() finds the
same items different as numpy.equal and numpy.isclose, and numpy.array_equal and numpy.allclose
agree. Where NumPy loses digits of 64-bit integers, exact arithmetic is asked instead. Then pairs
of times, strings and structs.

MMVIEW_SEED and MMVIEW_COUNT choose others (`make check` always has the same 2500 pairs), and
MMVIEW_CASE=N only the Nth of them.
"""
import fractions
import os
import sys
import warnings

try:
    import numpy as np
except ModuleNotFoundError:
    print("SKIP: this Python has no NumPy")
    sys.exit(77)

from evidence import scratch
from libmmview import COMPARE_CLOSE, COMPARE_EQUAL_NAN, Array

warnings.simplefilter("ignore")
np.seterr(all="ignore")

LETTERS = "?bBhHiIqQefdgFDG"
SHAPES = ((), (1,), (7,), (40,), (1500,), (3, 4), (2, 3, 5), (0,), (40, 3), (2, 1100), (1, 3, 1))
SELECTIONS = ("...", "...", "::-1", "..., ::2", "1:", "..., None")
TOLERANCES = (0, 1e-300, 1e-8, 1e-5, 0.001, 0.01, 0.5, 1, 3, 64999, 65000, 1e5, 1e300, float("inf"))
SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 127.0, 255.0, 65504.0, 1e-7, 6e-8, 1e38, 1e-40,
           float("inf"), float("-inf"), float("nan"), 2.0**53, 2.0**63, -(2.0**63), 2.0**64)
WHOLE = (0, 1, 2, 127, 128, 255, 2**15, 2**31, 2**53, 2**53 + 1, 2**62 + 1, 2**63 - 1, 2**63,
         2**64 - 1)


def is_wide(dtype):
    return dtype.kind in "iu" and dtype.itemsize == 8


def some(rng, dtype, count):
    """Values that are often equal to each other's, or near, or special."""
    native = dtype.newbyteorder("=")
    if native.kind in "iub":
        signs = rng.choice([1, -1], count) if native.kind == "i" else np.ones(count, int)
        values = [int(w) * int(s) for w, s in zip(rng.choice(np.array(WHOLE, object), count), signs)]
        small = rng.integers(0, 4, count)
        bits = native.itemsize * 8
        mixed = [int(s) if c else v for v, s, c in zip(values, small, rng.random(count) < 0.6)]
        if native.kind == "b":
            return np.array([v != 0 for v in mixed], bool)
        return np.array([v & (2**bits - 1) for v in mixed], f"u{native.itemsize}").view(native)
    parts = 2 if native.kind == "c" else 1
    count *= parts
    values = np.where(rng.random(count) < 0.2, rng.choice(SPECIAL, count),
                      np.where(rng.random(count) < 0.5, rng.integers(-3, 4, count),
                               rng.standard_normal(count) * 10.0**rng.integers(-6, 7, count)))
    flat = values.astype({"e": "e", "f": "f", "d": "d", "g": "g",
                          "F": "f", "D": "d", "G": "g"}[native.char])
    return flat.view(native)


def near(rng, base, dtype):
    """The same values as another dtype, most of them; some a little off, some quite other."""
    native = dtype.newbyteorder("=")
    if base.dtype.kind == "c" and native.kind != "c":
        base = base.real
    out = base.astype(native)
    if native.kind in "fc":
        scale = rng.choice([1e-9, 1e-5, 1e-3, 0.1])
        off = np.where(rng.random(out.size) < 0.3, rng.standard_normal(out.size) * scale, 0)
        out = (out + np.nan_to_num(np.abs(out)) * off.astype(out.real.dtype)).astype(native)
    other = rng.random(out.size) < rng.choice([0, 0, 0.01, 0.3])
    return np.where(other, some(rng, dtype, out.size), out).astype(native)


def pick(rng, choices):
    return choices[int(rng.integers(len(choices)))]


def lay_out(rng, values, shape, dtype, path):
    """Writes the values so that a selection shows them; returns array, selection."""
    array = values.reshape(shape)
    selection = pick(rng, SELECTIONS) if shape else "..."
    if selection == "::-1":
        array = array[::-1]
    elif selection == "..., ::2":
        wide = np.zeros(shape[:-1] + (2 * shape[-1],), array.dtype)
        wide[..., ::2] = array
        array = wide
    elif selection == "1:":
        array = np.concatenate([array[:1], array]) if shape[0] else array
    order = pick(rng, "CF")
    array = np.array(array.astype(dtype), order=order)
    np.save(path, array)
    return eval(f"array[{selection}]"), selection, order


def exact(value):
    """Of a number: what it is, exactly; None for NaN."""
    if isinstance(value, np.complexfloating):
        parts = exact(value.real), exact(value.imag)
        return None if None in parts else parts
    if isinstance(value, np.floating):
        if np.isnan(value):
            return None
        return float(value) if np.isinf(value) else fractions.Fraction(*value.as_integer_ratio())
    return fractions.Fraction(int(value))


def exactly_equal(a, b):
    def one(x, y):
        x, y = exact(x), exact(y)
        if x is None or y is None:
            return False
        if isinstance(x, tuple) or isinstance(y, tuple):
            x = x if isinstance(x, tuple) else (x, 0)
            y = y if isinstance(y, tuple) else (y, 0)
        return x == y

    flat = [one(x, y) for x, y in zip(a.ravel(), b.ravel())]
    return np.array(flat, bool).reshape(a.shape)


def loses_digits(a, b):
    """Whether NumPy converts 64-bit integers to a float that has not all of them."""
    common = np.result_type(a, b)
    return (is_wide(a) or is_wide(b)) and common.kind in "fc" and common.char not in "gG"


def is_close(a, b, rtol, atol, equal_nan):
    """numpy.isclose(), but for complex infinities: NumPy multiplies them by 1, and inf * (1 + 0j)
    is NaN, which equals nothing, or with equal_nan every other infinity."""
    close = np.asarray(np.isclose(a, b, rtol=rtol, atol=atol, equal_nan=equal_nan))
    infinite = np.zeros(a.shape, bool)
    for x in (a, b):
        if x.dtype.kind == "c":
            infinite |= np.isinf(x)
    both_nan = np.isnan(a) & np.isnan(b)
    return np.where(infinite, (a == b) | (both_nan & equal_nan), close), infinite


def borderline(a, b, rtol, atol):
    """Complex numbers whose distance is the tolerance but for a rounding error: NumPy's
    absolute values differ from processor to processor."""
    if a.dtype.kind != "c" and b.dtype.kind != "c":
        return np.zeros(a.shape, bool)
    large = max(np.finfo(x.dtype).eps if x.dtype.kind in "fc" else 2**-52 for x in (a, b))
    difference = np.abs(a.astype("G") - b.astype("G"))
    tolerance = atol + rtol * np.abs(b.astype("G"))
    near_it = np.abs(difference - tolerance) <= 8 * large * (np.abs(difference) + tolerance)
    return near_it & (a != b)


class Failure(Exception):
    pass


def expect(what, got, want):
    if got != want:
        raise Failure(f"{what} is {got}, not {want}")


def check_figures(a, b, result, close):
    """The largest differences, of numbers that have one."""
    with np.errstate(all="ignore"):
        if close:  # integers are doubles first
            b = b.astype("d") if b.dtype.kind in "iub" else b
            a = a.astype("d") if a.dtype.kind in "iub" and b.dtype.char not in "gG" else a
        x, y = a.astype("G").ravel(), b.astype("G").ravel()
        known = ~(np.isnan(x) | np.isnan(y))
        # An int64 may be as far from another as a long double can tell, and no less.
        if a.dtype.kind in "iub" and b.dtype.kind in "iub":
            absolute = np.array([np.longdouble(abs(int(p) - int(q)))
                                 for p, q in zip(a.ravel(), b.ravel())], "g")
        else:
            absolute = np.abs(x - y)
        relative = np.where(np.abs(y) > 0, absolute / np.abs(y), 0)
        absolute[~known] = 0
        relative[~known] = 0
    for name, figures in (("absolute", absolute), ("relative", relative)):
        figures = np.where(np.isnan(figures), 0, figures)
        largest = figures.max(initial=0)
        got, at = np.longdouble(getattr(result, name)), getattr(result, name + "_at").item
        if largest == 0:
            expect(f"{name} of none", (float(got), at), (0.0, -1))
            continue
        # Rounded to what was computed in.
        least = min(np.finfo(z.dtype).eps if z.dtype.kind in "fc" else 2**-52 for z in (a, b))
        near_enough = 4 * max(least, 2.0**-52) if a.dtype.char not in "FfeEF" else 1e-2
        ok = got == largest or abs(got - largest) <= near_enough * largest
        if not ok or at < 0 or not (figures[at] >= largest * (1 - near_enough)
                                    or figures[at] == largest):
            raise Failure(f"{name} is {got!r} at {at}, not {largest!r} at {figures.argmax()}")


def check(rng, folder, count_of):
    dtypes = []
    for _ in range(2):
        dtypes.append(np.dtype(pick(rng, LETTERS)).newbyteorder(pick(rng, "<>")))
    if rng.random() < 0.3:
        dtypes[1] = dtypes[0]
    shape = pick(rng, SHAPES)
    size = int(np.prod(shape))
    base = some(rng, dtypes[0], size)
    other = near(rng, base, dtypes[1]) if rng.random() < 0.9 else some(rng, dtypes[1], size)
    paths = [os.path.join(folder, name) for name in ("a.npy", "b.npy")]
    a, a_selection, a_order = lay_out(rng, base, shape, dtypes[0], paths[0])
    b, b_selection, b_order = lay_out(rng, other, shape, dtypes[1], paths[1])
    if a.shape != b.shape:  # one selection adds an axis
        a, a_selection = a.reshape(b.shape) if a.ndim < b.ndim else a, a_selection
    views = [Array.open(path).view("select", text.encode(), len(text))
             for path, text in zip(paths, (a_selection, b_selection))]

    equal_nan = bool(rng.integers(2))
    nan = COMPARE_EQUAL_NAN if equal_nan else 0
    room = pick(rng, (0, 1, 10, 5000))
    rtol, atol = float(pick(rng, TOLERANCES)), float(pick(rng, TOLERANCES))
    text = (f"{dtypes[0].str} {dtypes[1].str} {a.shape} {b.shape} [{a_selection}] [{b_selection}] "
            f"{a_order}{b_order} rtol={rtol} atol={atol} equal_nan={equal_nan}")
    try:
        result, _ = views[0].compare(views[1])
        expect("same_dtype", result.same_dtype, int(dtypes[0] == dtypes[1]))
        if eval_shape(views[0]) != eval_shape(views[1]):
            expect("same_shape", result.same_shape, 0)
            expect("values", result.values, -1)
            count_of["other shapes"] += 1
            return
        a = a.reshape(eval_shape(views[0]))
        b = b.reshape(eval_shape(views[1]))
        loses = loses_digits(dtypes[0], dtypes[1])
        equal = exactly_equal(a, b) if loses else np.asarray(a == b)
        both_nan = np.isnan(a) & np.isnan(b) if equal_nan else np.zeros(a.shape, bool)
        verify(a, b, views, nan, room, ~(equal | both_nan), np.zeros(a.shape, bool), {})
        if not loses and not (equal_nan and "c" in (a.dtype.kind, b.dtype.kind)):
            result, _ = views[0].compare(views[1], nan)
            expect("array_equal", result.values, int(np.array_equal(a, b, equal_nan=equal_nan)))
        count_of["exactly" if loses else "equal"] += 1

        close, infinite = is_close(a, b, rtol, atol, equal_nan)
        maybe = borderline(a, b, rtol, atol)
        verify(a, b, views, nan | COMPARE_CLOSE, room, ~close, maybe,
               {"rtol": rtol, "atol": atol})
        count_of["borderline items"] += int(maybe.sum())
        count_of["close items"] += close.size
        if not (maybe | infinite).any():
            result, _ = views[0].compare(views[1], nan | COMPARE_CLOSE, 0, rtol, atol)
            expect("allclose", result.values, int(np.allclose(a, b, rtol, atol, equal_nan)))
        count_of["close"] += 1
    except Failure as failure:
        raise Failure(f"{text}: {failure}") from None


UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "3s", "25s", "7D", "10Y", "90m", "")


def of_months_and_days(a, b):
    """Years or months, and days or weeks: NumPy compares in the longer of these two, so that the
    first of a year equals the Thursday before."""
    units = [np.datetime_data(x.dtype)[0] if x.dtype.kind == "M" else "" for x in (a, b)]
    return any(x in ("Y", "M") and y in ("W", "D") for x, y in (units, units[::-1]))


def in_days(a):
    return a.astype("M8[D]")


def check_others(rng, folder, count_of):
    """Times of any two units, in numbers that do not overflow; strings of any two lengths; and
    a struct of them."""
    size = 300
    kind = pick(rng, "MmSUV")
    if kind in "Mm":
        dtypes = [np.dtype(pick(rng, "<>") + kind + "8" + (unit and f"[{unit}]"))
                  for unit in (pick(rng, UNITS), pick(rng, UNITS))]
        base = rng.integers(-300, 300, size).astype("i8").view(dtypes[0].newbyteorder("="))
        base[rng.random(size) < 0.1] = "NaT"
        generic = any(np.datetime_data(dtype)[0] == "generic" for dtype in dtypes)
        try:
            other = (base.view("i8").view(dtypes[1].newbyteorder("=")) if generic
                     else base.astype(dtypes[1].newbyteorder("="), casting="unsafe"))
        except TypeError:
            other = np.zeros(size, dtypes[1])
    elif kind == "V":
        dtypes = [np.dtype("V3"), np.dtype(pick(rng, ("V3", "V3", "V4")))]
        base = rng.integers(0, 2, (size, 3)).astype("u1").view("V3")[:, 0]
        other = base.astype(dtypes[1])
    else:
        dtypes = [np.dtype(pick(rng, "<>") + kind + str(pick(rng, (0, 1, 3, 5)))) for _ in "ab"]
        base = np.array([pick(rng, ("", "a", "ab", "abc", "abcde", "a\0b")) for _ in range(size)],
                        kind + "5").astype(dtypes[0])
        other = base.astype(dtypes[1])
    a, b = base.astype(dtypes[0]), other.astype(dtypes[1]).copy()
    swap = rng.random(size) < pick(rng, (0, 0.02, 0.5))
    b[swap] = b[rng.permutation(size)][swap]
    text = f"{a.dtype} {b.dtype}"
    try:
        equal = np.asarray(in_days(a) == in_days(b) if of_months_and_days(a, b) else a == b)
        comparable = equal.shape == a.shape
    except TypeError:
        comparable = False
    nat = np.isnat(a) & np.isnat(b) if kind in "Mm" else np.zeros(size, bool)
    for flags in (0, COMPARE_EQUAL_NAN):
        for arrays in ((a, b), tuple(struct_of(x, rng) for x in (a, b))):
            views = []
            for name, array in zip(("a.npy", "b.npy"), arrays):
                np.save(os.path.join(folder, name), array)
                views.append(Array.open(os.path.join(folder, name)))
            result, places = views[0].compare(views[1], flags, size)
            if not comparable:
                expect(f"{text}: values", result.values, -1)
                count_of["incomparable"] += 1
                continue
            different = ~(equal | nat) if flags else ~equal
            expect(f"{text}: items", [place.item for place in places],
                   np.flatnonzero(different).tolist())
            offsets = {(place.a_offset, place.b_offset) for place in places}
            if arrays[0] is not a and places:
                want = tuple(x.dtype.fields["in"][1] + x.dtype.fields["in"][0].fields["x"][1]
                             for x in arrays)
                expect(f"{text}: offsets", offsets, {want})
            count_of["others"] += 1


def struct_of(array, rng):
    """The array as a field of a struct in a struct, somewhere in it."""
    inner = np.dtype({"names": ["x"], "formats": [array.dtype],
                      "offsets": [int(rng.integers(4))]})
    outer = np.dtype([("n", "i1"), ("none", "V0"), ("in", inner), ("z", ">f4", (2,))])
    result = np.zeros(array.shape, outer)
    result["in"]["x"] = array
    return result


def eval_shape(view):
    facts = view.view_facts()
    return tuple(facts["shape"])


def verify(a, b, views, flags, room, different, maybe, tolerances):
    """The same items are different, but for those that are no one's business."""
    result, told = views[0].compare(views[1], flags, room, **tolerances)
    everything, places = views[0].compare(views[1], flags, max(a.size, 1), **tolerances)
    got = np.zeros(a.size, bool)
    got[[place.item for place in places]] = True
    wrong = (got != different.ravel()) & ~maybe.ravel()
    if wrong.any():
        at = int(wrong.argmax())
        raise Failure(f"flags {flags}: {a.ravel()[at]!r} and {b.ravel()[at]!r} at {at} are "
                      f"{'different' if got[at] else 'the same'}; {int(wrong.sum())} in all")
    expect("items", result.items, a.size)
    expect("different", result.different, int(got.sum()))
    expect("everything", everything.different, result.different)
    expect("values", result.values, int(not got.any()))
    expect("told", [place.item for place in told], np.flatnonzero(got)[:room].tolist())
    expect("offsets", {(place.a_offset, place.b_offset) for place in places} - {(0, 0)}, set())
    nan = (np.isnan(a) | np.isnan(b)).ravel()
    expect("nan", result.nan, int((got & nan).sum()))
    check_figures(a, b, result, bool(tolerances))


def main():
    seed = int(os.environ.get("MMVIEW_SEED", 20261122))
    count = int(os.environ.get("MMVIEW_COUNT", 2500))
    only = os.environ.get("MMVIEW_CASE")
    failures = []
    count_of = {key: 0 for key in ("equal", "exactly", "close", "close items", "borderline items",
                                   "other shapes", "others", "incomparable")}
    with scratch() as folder:
        for case in [int(only)] if only else range(count):
            try:
                check(np.random.default_rng([seed, case]), folder, count_of)
                if case % 5 == 0:
                    check_others(np.random.default_rng([seed, case, 1]), folder, count_of)
            except Failure as failure:
                failures.append(f"case {case}: {failure}")
    for line in failures[:20]:
        print(line)
    print(", ".join(f"{key}: {value}" for key, value in count_of.items()))
    if failures:
        sys.exit(f"{len(failures)} of {count} pairs failed")
    if not only:
        assert min(count_of[key] for key in ("equal", "exactly", "close", "others")) > 0


if __name__ == "__main__":
    main()
