#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""The recorded calls of numpy.memmap() on raw files, on copies: mmview_memmap() answers them
alike, and leaves a file of the same size."""
import ast
import hashlib
import os
import shutil

from evidence import Suite, cases, compare_array, scratch, shared
from libmmview import MODES, Array, Dtype, Refused

ALIASES = {"readonly": "r", "copyonwrite": "c", "readwrite": "r+", "write": "w+"}
INTP_MAX = 2**63 - 1


class NotExpressible(Exception):
    """A Python value that C's types rule out: refused before there is a call."""

    status = "before the call"


def shape_of(args):
    """The shape as ints; NumPy's memmap takes an int for one axis."""
    shape = args.get("shape")
    if shape is None:
        return None
    if isinstance(shape, str):
        shape = ast.literal_eval(shape) if shape[:1] == "(" else shape
    if type(shape) is int:
        shape = (shape,)
    if not isinstance(shape, tuple):
        raise NotExpressible("shape")
    for length in shape:
        if type(length) is not int or not -INTP_MAX - 1 <= length <= INTP_MAX:
            raise NotExpressible("shape")
    return shape


def call(case, path):
    args = case["args"]
    mode = ALIASES.get(case["mode"], case["mode"])
    order = args.get("order", "C").upper()
    offset = args.get("offset", 0)
    if mode not in MODES:
        raise NotExpressible("mode")
    if order not in ("C", "F", "A", "K"):
        raise NotExpressible("order")
    if offset < 0:
        raise NotExpressible("offset")
    shape = shape_of(args)
    dtype = Dtype.parse(args["dtype"]) if "dtype" in args else None
    return Array.memmap(path, dtype, mode, offset, shape, "F" if order == "F" else "C")


def check(suite, case, name, path):
    want = case["result"]
    array, refusal, lines = None, None, []
    before = os.path.getsize(path)
    try:
        array = call(case, path)
    except Refused as refused:
        refusal = refused
    except NotExpressible as reason:
        suite.note("not expressible in C")
        if want["ok"]:
            lines.append(f"{reason}: NumPy takes it")
        suite.check(name, False, reason, lines)
        return
    if array and want["ok"]:
        lines = compare_array(want, array.facts())
        if "c_order_sha256" in want and \
                hashlib.sha256(array.c_order_bytes()).hexdigest() != want["c_order_sha256"]:
            lines.append("elements: not what NumPy read")
    # A call that is refused leaves the file alone, which NumPy's often does not; where only
    # NumPy 2 accepts, the evidence has its size in words.
    size = before if refusal else want["size_after"]
    if array and not want["ok"] and "file size becomes 1" in case.get("head_differs", ""):
        size = 1
    if os.path.getsize(path) != size:
        lines.append(f"size_after: {size} expected, {os.path.getsize(path)} found")
    suite.check(name, want["ok"], refusal, lines)


def main():
    suite = Suite("raw")
    seen = {}
    with scratch() as folder:
        path = os.path.join(folder, "copy")
        for case in cases("raw.json"):
            shutil.copyfile(shared("numpy", *case["file"].split("/")), path)
            args = "".join(f" {key}={value}" for key, value in case["args"].items())
            name = f"{case['file']} {case['mode']}{args}"
            seen[name] = seen.get(name, 0) + 1
            if seen[name] > 1:
                name += f" #{seen[name]}"
            check(suite, case, name, path)
    suite.finish()


if __name__ == "__main__":
    main()
