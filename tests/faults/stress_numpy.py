# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""stress_numpy.py load|map FILE SECONDS: NumPy opens the file that stress.c writes, again and again.
Makes FILE.ready before it begins: until then it takes its time.

To map a file NumPy opens it twice, which does not go together with files that are replaced by shorter ones.
"""
import sys
import time

import numpy as np

maps = sys.argv[1] == "map"
path = sys.argv[2]
open(path + ".ready", "x").close()
deadline = time.monotonic() + float(sys.argv[3])
opened = lengths = 0
before = -1
while time.monotonic() < deadline:
    array = np.lib.format.open_memmap(path, mode="r") if maps else np.load(path)
    rows = np.array(array[-200:] if len(array) else array)
    place = np.arange(len(array) - len(rows), len(array), dtype=np.uint64)
    product = place * np.uint64(0x9E3779B97F4A7C15)
    wanted = np.stack([place, product, place ^ product ^ np.uint64(0x5555555555555555)], axis=1)
    if array.dtype != np.dtype("u8") or not np.array_equal(rows, wanted):
        sys.exit("of %d rows some are wrong" % len(array))
    opened += 1
    lengths += len(array) != before
    before = len(array)
print("NumPy: opened %d times, of another length than the time before %d times" % (opened, lengths))
sys.exit(lengths < 2)
