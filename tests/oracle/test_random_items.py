#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Random items of every kind, asked of NumPy and of mmview_item_text(): the texts are the same.
All 65536 halves are among them.

MMVIEW_SEED chooses others, and MMVIEW_ITEMS how many there are of each sort, 20000 if it says
nothing; a tenth of them where an answer takes long.
"""
import os
import sys

from evidence import SKIP
from libmmview import ITEM_REPR, ITEM_STR, Dtype, item_texts

try:
    import numpy as np
except ModuleNotFoundError:
    print("SKIP: this Python has no NumPy")
    sys.exit(SKIP)
if not np.__version__.startswith("1.24."):
    print(f"SKIP: the rules are for NumPy 1.24, and this one is {np.__version__}")
    sys.exit(SKIP)
import item_masses

STYLES = {ITEM_STR: str, ITEM_REPR: repr}


def expected(text):
    """What UTF-8 can not hold, as <mmview/text.h> says."""
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)


def compare(name, array):
    """How many items differ; some are told."""
    bad = 0
    dtype = Dtype.parse(repr(np.lib.format.dtype_to_descr(array.dtype)))
    for style, numpys in STYLES.items():
        ours = item_texts(dtype, array.ctypes.data, len(array), style)
        theirs = [numpys(item) for item in array]
        if ours == theirs:
            continue
        for i, (our, their) in enumerate(zip(ours, theirs)):
            if our != expected(their):
                bad += 1
                if bad <= 3:
                    print(f"{name}: {array.dtype} {array[i:i + 1].tobytes().hex()}: "
                          f"{their!r} expected, {our!r} found")
    return bad


def main():
    seed = int(os.environ.get("MMVIEW_SEED", "1"))
    count = int(os.environ.get("MMVIEW_ITEMS", "20000"))
    total = bad = 0
    np.seterr(all="ignore")
    for name, array in item_masses.masses(np.random.default_rng(seed), count):
        swapped = array[::2].astype(array.dtype.newbyteorder())
        for part in (array, swapped):
            wrong = compare(name, np.ascontiguousarray(part))
            if wrong:
                print(f"{name}: {wrong} differ")
            bad += wrong
            total += len(part)
    print(f"random items: {total - bad} of {total} have NumPy's text (seed {seed})")
    sys.exit(bad > 0 or total == 0)


if __name__ == "__main__":
    main()
