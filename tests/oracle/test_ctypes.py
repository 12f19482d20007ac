#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""The recorded shape_as() and strides_as() of numpy.ndarray.ctypes: we answer the same, but an
overflow where NumPy cuts numbers off. And the names of types, against this Python's."""
import ctypes
import os

import numpy

import ctypes_api
from ctypes_api import View, lib
from evidence import Suite, cases, scratch
from libmmview import Array, Dtype, Refused

# How each array of the evidence is had from a raw file of zeros.
ARRAYS = {
    "(70000,3) f8": lambda path: Array.memmap(path, Dtype.parse("<f8"), shape=(70000, 3)),
    "[::-2] of it": lambda path: selected(ARRAYS["(70000,3) f8"](path), "::-2"),
    "0-d": lambda path: Array.memmap(path, Dtype.parse("<f8"), shape=()),
    "(0,3) via frombuffer": lambda path: Array.memmap(path, Dtype.parse("<f8"), shape=(0, 3)),
    "1-d": lambda path: Array.memmap(path, Dtype.parse("u1"), shape=(5,)),
    "(3e9,) broadcast": lambda path: broadcast(Array.memmap(path, Dtype.parse("u1"), shape=(1,)),
                                               (3000000000,)),
}


def selected(array, text):
    return array.view("select", text.encode(), len(text))


def broadcast(array, shape):
    return array.view("broadcast", (ctypes.c_ssize_t * len(shape))(*shape), len(shape))


def told(value):
    """A value as the evidence writes it."""
    return str(value)


def compare(suite, view, which, numbers, name, want):
    """Lines about one of shape_as() and strides_as(). numbers: the true ones; want: NumPy's
    answer, or None where it has refused one of the two without saying which."""
    try:
        values, size = view.numbers_as(which, name)
    except Refused as refusal:
        values, size = refusal.status, 0
    if want is None:
        fits = name == "c_char" and all(0 <= number < 256 for number in numbers)
        expected = "MMVIEW_ETYPE" if name == "c_wchar" else "MMVIEW_EOVERFLOW"
        return [] if fits or values == expected else [f"{which}: {values}, {expected} expected"]

    cut = name not in ("c_bool", "c_void_p", "c_char") and \
        any(float(wanted) != number for wanted, number in zip(want["values"], numbers))
    if cut:
        suite.note("numbers that NumPy cuts off")
        return [] if values == "MMVIEW_EOVERFLOW" else [f"{which}: {values}, but they do not fit"]
    if isinstance(values, str):
        return [f"{which}: {values}, {want['values']} expected"]
    have = {"type": view.type_name(ctypes_api.find(name)), "sizeof": size,
            "values": [told(value) for value in values]}
    return [] if have == want else [f"{which}: {want} expected, {have} found"]


def recorded(suite, path):
    for case in cases("ctypes.json"):
        array = ARRAYS[case["array"]](path)
        view, facts = View(array), array.view_facts()
        assert facts["shape"] == case["shape"] and facts["strides"] == case["strides"], case["array"]
        assert len(case["types"]) == 24
        for name, answer in case["types"].items():
            lines = []
            for which in ("shape", "strides"):
                want = answer.get(which)
                if answer["ok"] and want is None:  # 0 dimensions: None
                    have = view.type_name(ctypes_api.find(name)), view.numbers_as(which, name)
                    lines += [] if have == ("", ([], 0)) else [f"{which}: {have}, None expected"]
                else:
                    lines += compare(suite, view, which, case[which], name, want)
            suite.check(f"{case['array']} {name}", True, None, lines)


def names(suite):
    """Every type is called what this Python's ctypes calls it, and is as large."""
    for number in range(1, 31):
        name = next((n for n in dir(ctypes) if n.startswith("c_") and isinstance(
            getattr(ctypes, n), type) and known(n) == number), None)
        if name is None:
            suite.note("types that this Python does not have")
            continue
        want = getattr(ctypes, name).__name__, ctypes.sizeof(getattr(ctypes, name))
        have = lib.mmview_ctype_name(number).decode(), lib.mmview_ctype_size(number)
        suite.check(f"name of {name}", True, None,
                    [] if want == have else [f"{want} expected, {have} found"])
    want = type(numpy.zeros(2).ctypes.shape)._type_.__name__
    have = lib.mmview_ctype_name(lib.mmview_intp_ctype()).decode()
    suite.check("name of intp", True, None, [] if want == have else [f"{want}, not {have}"])


def known(name):
    found = ctypes.c_int()
    status = lib.mmview_ctype_find(name.encode(), len(name), ctypes.byref(found))
    return found.value if status == 0 else 0


def main():
    suite = Suite("ctypes")
    with scratch() as folder:
        path = os.path.join(folder, "zeros")
        with open(path, "wb") as f:
            f.truncate(70000 * 24)
        names(suite)
        recorded(suite, path)
    suite.finish()


if __name__ == "__main__":
    main()
