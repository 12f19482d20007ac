#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""The recorded scalars: mmview_item_text() says of each what str() and repr() say of it."""
import ctypes

from evidence import Suite, cases
from libmmview import ITEM_REPR, ITEM_STR, Dtype, item_texts


def check(suite, name, case):
    wanted, lines = True, []
    data = bytes.fromhex(case["data_hex"])
    room = (ctypes.c_char * len(data)).from_buffer_copy(data)
    for style, key in ((ITEM_STR, "scalars_str"), (ITEM_REPR, "scalars_repr")):
        theirs = case["result"][key]
        ours = item_texts(Dtype.parse(case["descr"]), ctypes.addressof(room), len(theirs), style)
        for text, expected in zip(ours, theirs):
            if isinstance(expected, dict):  # an exception: there is no text to compare with
                wanted = False
            elif text != expected:
                lines.append(f"{key}: {expected!r} expected, {text!r} found")
            suite.note("scalars")
    suite.check(name, wanted, None, lines)


def main():
    suite, counts = Suite("text-items"), {}
    for case in cases("text.json"):
        # Two cases may have the same dtype and shape: they are told apart by a number.
        name = f"{case['descr']} {case['shape']}"
        counts[name] = counts.get(name, 0) + 1
        if "scalars_str" in case["result"]:
            check(suite, f"{name} {counts[name]}", case)
        else:
            suite.note("arrays without recorded scalars")
    suite.finish()


if __name__ == "__main__":
    main()
