#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""mmview_require() against numpy.ctypeslib.ndpointer(), live, on every recorded .npy file; and
the names of flags that both take."""
import ast
import itertools
import warnings

import numpy

import ctypes_api
from evidence import Suite, cases, shared
from libmmview import Array, Dtype, Refused

DTYPES = ("<i4", ">i4", "<f8", "|S3", "<U1", "<M8[s]", "<M8[25s]", "|V5", "[('a', '<i4')]",
          "[('a', '|i1'), ('b', '<i4')]")
SHAPES = ((), (3,), (5,), (2, 3), (3, 2), (0,), (1,), (1, 1))
FLAGS = (1, 2, 3, 4, 0x100, 0x101, 0x102, 0x400, 0x500, 0x501, 0x2000)


def numpy_takes(array, **demands):
    """True or False; None for demands that NumPy trips over: titles that have no hash."""
    try:
        pointer = numpy.ctypeslib.ndpointer(**demands)
    except TypeError:
        return None
    try:
        pointer.from_param(array)
        return True
    except TypeError:
        return False


def we_take(array, **demands):
    """True, or the status of the refusal."""
    try:
        ctypes_api.require(array, **demands)
        return True
    except Refused as refusal:
        return refusal.status


def demands_on(array, descr):
    """Demands that are met and that are not, each as what NumPy and what we are given."""
    for text in (descr, *DTYPES):
        dtype = numpy.lib.format.descr_to_dtype(ast.literal_eval(text) if text[0] in "['(" else text)
        yield {"dtype": dtype}, {"dtype": Dtype.parse(text)}
    for ndim in {0, 1, 2, array.ndim}:
        yield {"ndim": ndim}, {"ndim": ndim}
    for shape in {*SHAPES, array.shape, array.shape[::-1]}:
        yield {"shape": shape}, {"shape": shape}
    for flags in FLAGS:
        yield {"flags": flags}, {"flags": flags}


STATUSES = {"dtype": ("MMVIEW_ETYPE", "MMVIEW_EBYTEORDER"), "ndim": ("MMVIEW_EDIMS",),
            "shape": ("MMVIEW_EDIMS",),
            "flags": ("MMVIEW_ELAYOUT", "MMVIEW_EALIGNMENT", "MMVIEW_EREADONLY")}


def arrays(suite):
    for case in cases("vectors.json"):
        want = case["mmap_r"]
        if not want["ok"] or want["ndim"] > 30:
            continue
        path = shared("numpy", *case["file"].split("/"))
        try:
            ours = Array.open(path)
        except Refused:
            suite.note("files that we refuse")
            continue
        array = numpy.lib.format.open_memmap(path, "r")
        lines = []
        for numpys, mine in demands_on(array, want["dtype"]["npy_descr"]):
            expected, found = numpy_takes(array, **numpys), we_take(ours, **mine)
            (demand,) = numpys
            if expected is None:
                suite.note("demands that NumPy trips over")
                continue
            if expected is not (found is True):
                lines.append(f"{demand}: {numpys[demand]}: NumPy says {expected}, we {found}")
            elif found is not True and found not in STATUSES[demand]:
                lines.append(f"{demand}: {numpys[demand]}: refused as {found}")
            suite.note("demands met" if expected else "not met")
        suite.check(case["id"], True, None, lines)


def flag_names(suite):
    """Any names that NumPy takes; a name twice is a sum there, and so left out."""
    known = numpy.core.multiarray._flagdict
    groups = itertools.chain(itertools.combinations(known, 1), itertools.combinations(known, 2),
                             [("",), ("Q",), ("C", ""), ("UPDATEIFCOPY",), ("C CONTIGUOUS",)])
    for group in groups:
        if len({known.get(name) for name in group}) < len(group):
            continue
        text = " , ".join(group).lower()
        try:
            pointer = numpy.ctypeslib.ndpointer(flags=text)
            want = pointer._flags_
        except KeyError:
            want = None
        try:
            have = ctypes_api.parse_flags(text)
        except Refused:
            have = None
        suite.check(f"flags {text}", True, None, [] if want == have else [f"{want}, not {have}"])


def main():
    warnings.simplefilter("ignore")
    suite = Suite("require")
    flag_names(suite)
    arrays(suite)
    suite.finish()


if __name__ == "__main__":
    main()
