# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""What the suites share: the recorded evidence, comparing facts, the listed differences."""
import contextlib
import ctypes
import json
import os
import shutil
import sys
import tempfile

SKIP = 77
_SIZES = (ctypes.c_long, ctypes.c_longdouble)
SOURCE = os.path.dirname(os.path.abspath(__file__))

# What a dtype is, but for its fields, its base and its unit, which compare_dtype() takes.
_DTYPE_KEYS = ("name", "typestr", "npy_descr", "kind", "char", "num", "byteorder", "itemsize",
               "alignment", "isnative", "hasobject", "isalignedstruct", "names", "unit")
_ARRAY_KEYS = ("shape", "strides", "ndim", "size", "nbytes", "itemsize", "data_offset")


def shared(*path):
    """The path of a file of the evidence, or the end of the test: it is not in this tree."""
    if sys.byteorder != "little" or [ctypes.sizeof(t) for t in _SIZES] != [8, 16]:
        print("SKIP: the evidence is of x86-64: little-endian, longs of 8, long doubles of 16 bytes")
        sys.exit(SKIP)
    root = os.environ.get("SHARED", "")
    found = os.path.join(root, *path)
    if not root or not os.path.exists(found):
        print(f"SKIP: no {'/'.join(path)}: set MMVIEW_SHARED to the folder that has the evidence")
        sys.exit(SKIP)
    return found


def cases(name):
    with open(shared("numpy", name), encoding="utf-8") as f:
        document = json.load(f)
    assert document["meta"]["count"] == len(document["cases"]) > 0
    return document["cases"]


@contextlib.contextmanager
def scratch():
    """A folder for files, below the build; gone afterwards."""
    path = tempfile.mkdtemp(prefix="oracle-", dir=os.environ.get("builddir") or None)
    try:
        yield path
    finally:
        shutil.rmtree(path)


def is_native(dtype):
    """isnative as <mmview/dtype.h> has it: NumPy's does not look into sub-arrays."""
    parts = [dtype["base"]] if "base" in dtype else [f["dtype"] for f in dtype.get("fields", [])]
    return dtype["byteorder"] in "=|" and all(is_native(part) for part in parts)


def compare_dtype(want, have, at="dtype"):
    """Differences of two dtypes' facts, as lines of text. A key that one of them does not
    have, as the unit of a number, must not be there on the other side either."""
    want = dict(want, isnative=is_native(want))
    lines = [f"{at}.{key}: {want.get(key)!r} expected, {have.get(key)!r} found"
             for key in _DTYPE_KEYS if want.get(key) != have.get(key)]
    if ("base" in want) != ("base" in have):
        lines.append(f"{at}.base: only one of the two has one")
    elif "base" in want:
        lines += compare_dtype(want["base"], have["base"], at + ".base")
        if want["shape"] != have["shape"]:
            lines.append(f"{at}.shape: {want['shape']} expected, {have['shape']} found")
    fields = want.get("fields", []), have.get("fields", [])
    if len(fields[0]) != len(fields[1]):
        lines.append(f"{at}.fields: {len(fields[0])} expected, {len(fields[1])} found")
    for field, ours in zip(*fields):
        name = f"{at}[{field['name']!r}]"
        if field["offset"] != ours["offset"]:
            lines.append(f"{name}.offset: {field['offset']} expected, {ours['offset']} found")
        # A title that is no string is shown by descr; as a title we have none.
        title = field["title"] if (field["title"] or "")[:1] in ("'", '"') else None
        if title != ours["title"]:
            lines.append(f"{name}.title: {title} expected, {ours['title']} found")
        lines += compare_dtype(field["dtype"], ours["dtype"], name)
    return lines


def compare_array(want, have):
    lines = [f"{key}: {want[key]!r} expected, {have[key]!r} found"
             for key in _ARRAY_KEYS if want[key] != have[key]]
    flags = want["flags"]["num"] if isinstance(want["flags"], dict) else want["flags"]
    if flags != have["flags"]:
        lines.append(f"flags: {flags} expected, {have['flags']} found")
    return lines + compare_dtype(want["dtype"], have["dtype"])


def fresh_strides(shape, itemsize, order):
    """Strides of a new array: an axis of length 0 counts as 1."""
    strides, step = [], itemsize
    for length in shape if order == "F" else reversed(shape):
        strides.append(step)
        step *= length or 1
    return strides if order == "F" else strides[::-1]


class Suite:
    """Counts the cases of a suite, and checks them against differences.tsv.

    A line there is one case (suite, id) where we answer differently on purpose: `refuse
    STATUS` (NumPy accepts), `accept` (NumPy 1.24 refuses) or `KEY` (the one fact that is
    not NumPy's). The case must then differ in just that way.
    """

    def __init__(self, name):
        self.name = name
        self.listed = {}
        self.met = set()
        self.total = self.good = 0
        self.notes = {}
        with open(os.path.join(SOURCE, "differences.tsv"), encoding="utf-8") as f:
            rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
        for suite, case, answer, reason in rows:
            assert reason, (suite, case)
            if suite == name:
                assert case not in self.listed, f"differences.tsv: {case} is there twice"
                self.listed[case] = answer

    def note(self, what):
        """Counts something that the summary should tell."""
        self.notes[what] = self.notes.get(what, 0) + 1

    def check(self, case, wanted, refusal, mismatches):
        """One case. wanted: NumPy accepts. refusal: ours, or None if we accept.
        mismatches: lines "key: ..." about what else is not as it should be."""
        self.total += 1
        keys = [line.split(":")[0] for line in mismatches]
        if wanted and refusal:
            keys.insert(0, f"refuse {refusal.status}")
        elif not wanted and not refusal:
            keys.insert(0, "accept")
        answer = ", ".join(dict.fromkeys(keys))
        expected = self.listed.get(case, "")
        if expected:
            self.met.add(case)
        if answer == expected:
            self.good += 1
            return
        print(f"{self.name}: {case}: {answer or 'as NumPy'}"
              f"{f', but listed as {expected}' if expected else ''}")
        for line in [str(refusal)] * bool(refusal) + mismatches:
            print(f"    {line}")

    def finish(self):
        """Prints the summary and ends the test."""
        for case in self.listed.keys() - self.met:
            print(f"{self.name}: {case}: in differences.tsv, but no such case")
        notes = "".join(f", {count} {what}" for what, count in self.notes.items())
        print(f"{self.name}: {self.good} of {self.total} ({len(self.met)} listed differences"
              f"{notes})")
        sys.exit(self.good != self.total or self.met != self.listed.keys() or not self.total)
