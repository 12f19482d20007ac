#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Arrays as text: str() and repr() of the recorded arrays, of every vector and of every file
from public repositories are NumPy's."""
import ast
import csv
import io
import sys
import warnings

from numpy.lib import format as npy
import numpy

from batches import ask
from evidence import Suite, cases, shared
from libmmview import Array, Refused

FORMS = ("str", "repr")


def content(descr, shape, data):
    """A .npy file of format 1.0 or 2.0."""
    file = io.BytesIO()
    npy.write_array_header_2_0(file, {"descr": descr, "fortran_order": False, "shape": shape})
    return file.getvalue() + data


def difference(want, have):
    """Both texts, from shortly before the character where they part."""
    at = next((i for i, pair in enumerate(zip(want, have)) if len(set(pair)) > 1),
              min(len(want), len(have)))
    part = slice(max(at - 40, 0), at + 80)
    return f"{want[part]!r} expected at {at}, {have[part]!r} found"


def lines_of(array, want):
    """Lines about a text that is not NumPy's, and what NumPy had none for."""
    lines, failures = [], 0
    for form in FORMS:
        text = array.text(form)
        if not isinstance(want[form], str):
            failures += 1
            if not text:
                lines.append(f"{form}: none")
        elif text != want[form]:
            lines.append(f"{form}: {difference(want[form], text)}")
    return lines, failures


def recorded(suite):
    for number, case in enumerate(cases("text.json")):
        descr = ast.literal_eval(case["descr"])
        array = Array.of_bytes(content(descr, tuple(case["shape"]),
                                       bytes.fromhex(case["data_hex"])))
        lines, failures = lines_of(array, case["result"])
        if failures:
            suite.note("that NumPy has no text for")
        suite.check(f"text {number} {case['descr']} {case['shape']}", True, None, lines)


def attempt(function, array):
    try:
        return function(array)
    except Exception as error:  # whatever it is, it is NumPy's answer
        return {"error": repr(error)}


def load(path):
    """Mapped, since load() alone gets sub-arrays wrong; but it is what opens empty files."""
    try:
        return numpy.asarray(numpy.load(path, mmap_mode="r"))
    except ValueError:
        return numpy.load(path)


def numpy_texts(path):
    try:
        array = load(path)
    except Exception:  # likewise
        return {"ok": False}
    return {"ok": True, "str": attempt(str, array), "repr": attempt(repr, array)}


def opened(suite, paths):
    """Names and arrays of the files that we open and NumPy can be asked about."""
    for name, path in paths.items():
        try:
            array = Array.open(path)
        except Refused:
            continue  # what is refused, and why, other suites look at
        if array.facts()["size"] < sys.maxsize:
            yield name, array
            continue
        # Items without bytes, more than NumPy can count: its print() goes on for years.
        suite.note("of more items than NumPy can count")
        suite.check(name, True, None, [] if "..." in array.text() else ["str: not summarised"])


def live(suite, paths):
    """Files that both can open: NumPy's answer of today."""
    arrays = list(opened(suite, paths))
    for (name, array), want in zip(arrays, ask(numpy_texts, [paths[name] for name, _ in arrays])):
        if not want["ok"]:
            suite.note("that NumPy does not open")
            continue
        lines, failures = lines_of(array, want)
        if failures:
            suite.note("that NumPy has no text for")
        suite.check(name, True, None, lines)


def vectors():
    return {case["id"]: shared("numpy", *case["file"].split("/"))
            for case in cases("vectors.json")}


def corpus():
    with open(shared("corpus", "INDEX.tsv"), encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {f"{row['repo']}/{row['path']}":
            shared("corpus", row["repo"].replace("/", "+"), *row["path"].split("/"))
            for row in rows if not row["member"] and row["path"].endswith(".npy")}


def main():
    warnings.simplefilter("ignore")  # of numbers that wrap
    suite = Suite("text")
    recorded(suite)
    live(suite, vectors())
    live(suite, corpus())
    suite.finish()


if __name__ == "__main__":
    main()
