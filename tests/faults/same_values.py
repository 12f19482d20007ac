# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""same_values.py FOLDER: NumPy reads SCENARIO-old-N.npy and -new-N.npy there like those with N = 0.

A file with N = 0 that NumPy refuses is one that was to be repaired.
"""
import pathlib
import sys

import numpy as np

count = 0
bad = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.npy")):
    scenario_and_age = path.stem.rpartition("-")[0]
    first = path.with_name(scenario_and_age + "-0.npy")
    if path == first and "repair-shorter-old" in path.name:
        continue
    count += 1
    try:
        got, wanted = np.load(path), np.load(first)
    except ValueError as error:
        print("%s: %s" % (path.name, error))
        bad += 1
        continue
    if got.dtype != wanted.dtype or not np.array_equal(got, wanted):
        print("%s: not the values of %s" % (path.name, first.name))
        bad += 1
print("NumPy: %d files read" % count)
sys.exit(bad > 0 or count == 0)
