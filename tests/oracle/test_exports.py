#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""What NumPy's recorded arrays and views said of themselves to others, ours say: the format
and strides of the buffer protocol, the array interface as a struct and as a dict."""
import ast
import os
import re
import shutil

import exports
import test_raw
import views
from evidence import Suite, cases, scratch, shared
from libmmview import Array, Refused, lib

NOT_OURS = 0x2004  # OWNDATA, WRITEBACKIFCOPY
WRITABLE = "view-c456_f8.npy"  # the one file of views.json that NumPy was given to write to


def compare_format(want, array):
    """want: the format, or NumPy's words for why there is none. Lines, and our refusal."""
    try:
        have = exports.buffer_format(array)
    except Refused as refusal:
        # Ours is the beginning of NumPy's, or the other way round.
        words = want.get("message", "")
        same = words and (words.startswith(refusal.message) or refusal.message.startswith(words))
        return ["message: " + words] if words and not same else [], refusal
    if want.get("format") == have or "format" not in want:
        return [], None
    return [f"format: {want['format']!r} expected, {have!r} found"], None


def compare_strides(want, array):
    have = exports.buffer_strides(array)
    if want == have:
        return []
    return [f"buffer strides: {want} expected, {have} found"]


def compare_struct(want, facts, array):
    address = exports.array_struct(array)
    found = exports.Interface.from_address(address)
    have = {"two": found.two, "nd": found.nd, "typekind": found.typekind.decode(),
            "itemsize": found.itemsize, "flags": found.flags, "has_descr": bool(found.descr),
            "shape": [found.shape[i] for i in range(found.nd)],
            "strides": [found.strides[i] for i in range(found.nd)],
            "data_matches": found.data == lib.mmview_array_data(array.pointer)}
    assert found.nd or not found.shape and not found.strides
    exports.release_struct(address)
    if "fields" in facts["dtype"]:
        # NumPy means to add HAS_DESCR to the flags of a struct, and clears them instead. A
        # descr of ours is the caller's to make: it is a Python object.
        assert (want["flags"], want["has_descr"]) == (0, True)
        want = dict(want, flags=facts["flags"]["num"] & ~NOT_OURS | exports.NOTSWAPPED,
                    has_descr=False)
    return [f"struct.{key}: {want[key]!r} expected, {have[key]!r} found"
            for key in want if want[key] != have[key]]


def compare_dict(want, array):
    # In JSON lone surrogates are Python's escapes as text.
    descr = re.sub(r"\\u(d[89a-f])", r"\\\\u\1", want["descr"])
    have = exports.array_interface(array)
    expected = {"data": (lib.mmview_array_data(array.pointer), want["readonly"]),
                "strides": want["strides"] and tuple(want["strides"]),
                "descr": ast.literal_eval(descr), "typestr": want["typestr"],
                "shape": tuple(want["shape"]), "version": want["version"]}
    return [f"dict.{key}: {expected[key]!r} expected, {have[key]!r} found"
            for key in expected if expected[key] != have[key]]


def check_array(suite, name, facts, array):
    want = facts["buffer"]
    lines, refusal = compare_format(want, array)
    if "strides" in want:
        lines += compare_strides(want["strides"], array)
    lines += compare_struct(facts["array_struct"], facts, array)
    lines += compare_dict(facts["array_interface"], array)
    suite.check(name, "format" in want, refusal, lines)


def check_vector(suite, case):
    try:
        array = Array.open(shared("numpy", *case["file"].split("/")))
    except Refused:
        suite.note("files that are not opened")
        return
    if case["mmap_r"]["ok"]:
        check_array(suite, case["id"], case["mmap_r"], array)
    else:
        suite.note("files that only NumPy 2 opens")


def check_raw(suite, case, path):
    """Raw files are mapped to be written to, too."""
    if not case["result"]["ok"]:
        return
    shutil.copyfile(shared("numpy", *case["file"].split("/")), path)
    try:
        array = test_raw.call(case, path)
    except (Refused, test_raw.NotExpressible):
        suite.note("raw files that are not mapped")
        return
    check_array(suite, f"{case['file']} {case['mode']} {case['args']}", case["result"], array)


def check_view(suite, case):
    name = case["file"].split("/")[-1]
    view = Array.open(shared("numpy", *case["file"].split("/")), "c" if name == WRITABLE else "r")
    want = case["expect"]
    try:
        for op in case["ops"]:
            view = views.apply(view, op, views.STRUCTS)
    except Refused:
        suite.note("views that are not made")
        return
    if not want["ok"]:
        suite.note("views that only NumPy 2 makes")
        return
    want = want["format"]
    want = {"format": want} if isinstance(want, str) else want
    lines, refusal = compare_format(want, view)
    suite.check(f"{name}: {case['expr']}", "format" in want, refusal, lines)


def main():
    suite = Suite("exports")
    for case in cases("vectors.json"):
        check_vector(suite, case)
    with scratch() as folder:
        for case in cases("raw.json"):
            check_raw(suite, case, os.path.join(folder, "copy"))
    for case in cases("views.json"):
        check_view(suite, case)
    suite.finish()


if __name__ == "__main__":
    main()
