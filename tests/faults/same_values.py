# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""same_values.py FOLDER: NumPy reads SCENARIO-old-N.npy and -new-N.npy there like those with N = 0.

A file with N = 0 that NumPy refuses is one that was to be repaired. An archive is all of its arrays.
"""
import pathlib
import sys

import numpy as np


def values(path):
    got = np.load(path)
    return [got[name] for name in got.files] if isinstance(got, np.lib.npyio.NpzFile) else [got]


count = 0
bad = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.npy")):
    scenario_and_age = path.stem.rpartition("-")[0]
    first = path.with_name(scenario_and_age + "-0.npy")
    if path == first and "repair-shorter-old" in path.name:
        continue
    count += 1
    try:
        got, wanted = values(path), values(first)
    except ValueError as error:
        print("%s: %s" % (path.name, error))
        bad += 1
        continue
    if len(got) != len(wanted) or any(
        a.dtype != b.dtype or not np.array_equal(a, b) for a, b in zip(got, wanted)
    ):
        print("%s: not the values of %s" % (path.name, first.name))
        bad += 1
print("NumPy: %d files read" % count)
sys.exit(bad > 0 or count == 0)
