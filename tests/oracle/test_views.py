#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""The recorded views: what NumPy said of each chain of operations, we say."""
import ast
import hashlib

from numpy.lib.format import descr_to_dtype
import numpy

import views
from evidence import Suite, cases, shared
from libmmview import Array, Refused

_KEYS = ("shape", "strides", "itemsize", "typestr", "flags", "offset")

# The one file that NumPy was given to write to.
_WRITABLE = "view-c456_f8.npy"

# The status that goes with NumPy's error, by the last operation; None: by any.
_STATUS = {
    (None, "AxisError"): "MMVIEW_EAXIS",
    ("index", "IndexError"): "MMVIEW_EINDEX",
    ("index", "ValueError"): "MMVIEW_EINDEX",  # a step of 0
    ("index", "OverflowError"): "MMVIEW_EINDEX",
    ("field", "IndexError"): "MMVIEW_EINDEX",
    ("field", "ValueError"): "MMVIEW_ENOTFOUND",
    ("fields", "KeyError"): "MMVIEW_ENOTFOUND",
    ("fields", "ValueError"): "MMVIEW_EINVAL",  # a name given twice
    ("transpose", "ValueError"): "MMVIEW_EAXIS",
    ("squeeze", "ValueError"): "MMVIEW_EAXIS",
    ("reshape", "ValueError"): "MMVIEW_ERESHAPE",
    ("broadcast", "ValueError"): "MMVIEW_ERESHAPE",
    ("view", "ValueError"): "MMVIEW_ETYPE",
    ("view", "TypeError"): "MMVIEW_EOBJECT",
}


def chain(array, operations, way):
    """The last view and None, or None and the refusal."""
    try:
        for op in operations:
            array = views.apply(array, op, way)  # the one before goes, the view stays
        return array, None
    except Refused as refusal:
        return None, refusal


def dtype_of(descr):
    """The dtype that a descr of ours is, as NumPy understands it."""
    value = ast.literal_eval(descr)
    return numpy.dtype(value) if isinstance(value, dict) else descr_to_dtype(value)


def compare(want, view):
    have = view.view_facts()
    lines = [f"{key}: {want[key]!r} expected, {have[key]!r} found"
             for key in _KEYS if want[key] != have[key]]
    if repr(dtype_of(have["descr"])) != want["dtype"]:
        lines.append(f"dtype: {want['dtype']} expected, {have['descr']} found")
    if "c_order_sha256" in want and \
            hashlib.sha256(view.c_order_bytes()).hexdigest() != want["c_order_sha256"]:
        lines.append("elements: not what NumPy read")
    return lines


def compare_refusals(want, op, refusal):
    lines = []
    expected = _STATUS.get((None, want["error"])) or _STATUS[op["op"], want["error"]]
    if refusal.status != expected:
        lines.append(f"status: {expected} expected, {refusal.status} found")
    # What a KeyError is about, its str() puts in quotes.
    message = ast.literal_eval(want["message"]) if want["error"] == "KeyError" else want["message"]
    if refusal.message != message:
        lines.append(f"message: {message!r} expected, {refusal.message!r} found")
    return lines


def same(first, second):
    """Do both ways to say an operation lead to the same?"""
    (view, refusal), (other, other_refusal) = first, second
    if refusal or other_refusal:
        return str(refusal) == str(other_refusal)
    return view.view_facts() == other.view_facts()


def check(suite, case):
    name = case["file"].split("/")[-1]
    array = Array.open(shared("numpy", *case["file"].split("/")),
                       "c" if name == _WRITABLE else "r")
    want = case["expect"]
    view, refusal = by_structs = chain(array, case["ops"], views.STRUCTS)
    lines = []
    if not same(by_structs, chain(array, case["ops"], views.TEXT)):
        lines.append("text: leads elsewhere than structs")
    if want.get("copy") and refusal and refusal.status == "MMVIEW_ENEEDSCOPY":
        suite.note("copies refused")
        refusal = None
    elif want["ok"] and view:
        lines += compare(want, view) if "offset" in want else ["copy: a view, where none can be"]
    elif not want["ok"] and refusal:
        lines += compare_refusals(want, case["ops"][-1], refusal)
    suite.check(f"{name}: {case['expr']}", want["ok"], refusal, lines)


def main():
    suite = Suite("views")
    for case in cases("views.json"):
        check(suite, case)
    suite.finish()


if __name__ == "__main__":
    main()
