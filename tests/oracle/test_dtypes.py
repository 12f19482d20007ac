#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""The recorded descriptors: what numpy.dtype() made of each, mmview_dtype_parse() makes."""
import ast

from evidence import Suite, cases, compare_dtype
from libmmview import DTYPE_ALIGN, Dtype, Refused


def aligned_text(text):
    """What was given to numpy.dtype(align=True): the list less its void padding."""
    fields = ast.literal_eval(text)
    return repr([field for field in fields if field[0] != "" or field[1][1] != "V"])


def main():
    suite = Suite("dtypes")
    for case in cases("dtypes.json"):
        kind, text, want = case["kind"], case["input"], case["result"]
        refusal, lines = None, []
        try:
            if kind == "aligned":
                dtype = Dtype.parse(aligned_text(text), DTYPE_ALIGN)
            else:
                dtype = Dtype.parse(text)
            if want["ok"]:
                lines = compare_dtype(want["dtype"], dtype.facts())
        except Refused as refused:
            refusal = refused
        # Quoted: a string of the evidence may hold what a line of a table can not.
        suite.check(f"{kind} {text!r}" if kind == "str" else f"{kind} {text}", want["ok"], refusal,
                    lines)
    suite.finish()


if __name__ == "__main__":
    main()
