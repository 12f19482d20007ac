#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""`mmview convert --store` on every archive of the evidence and on the tests' own: all arrays
of what it writes are stored, aligned and mapped, NumPy reads the same values of it, zipfile
finds its CRCs right, and what is no array has the same bytes."""
import glob
import json
import os
import subprocess
import sys
import zipfile

import numpy as np

from evidence import scratch


def mmview(*arguments):
    return subprocess.run([os.environ["MMVIEW"], *arguments], check=False, capture_output=True)


def members(path):
    """What `mmview ls` tells of each, and None if it can not read the archive."""
    done = mmview("ls", "--json", path)
    return None if done.returncode else [json.loads(line) for line in done.stdout.splitlines()]


def same_array(old, new, name):
    with np.load(old) as a, np.load(new) as b:
        x, y = a[name], b[name]
    return x.dtype == y.dtype and x.shape == y.shape and x.tobytes("A") == y.tobytes("A")


def wrongs(old, new, before, arrays):
    """What is not as it should be, as lines."""
    after = members(new)
    if [m["member"] for m in after] != [m["member"] for m in before]:
        yield "other members"
        return
    with zipfile.ZipFile(old) as a, zipfile.ZipFile(new) as b:
        if b.testzip() is not None:
            yield "a CRC is wrong"
        for was, now in zip(before, after):
            name = was["member"]
            if was["dtype"] is None or "O" in str(was["descr"]):
                if a.read(name) != b.read(name):
                    yield f"{name}: other bytes"
                continue
            arrays.append(name)
            if not (now["method"] == "stored" and now["mappable"] and now["aligned"]):
                yield f"{name}: {now}"
            if now["shape"] != was["shape"] or now["descr"] != was["descr"]:
                yield f"{name}: {now['descr']} {now['shape']}"
            if name.endswith(".npy") and not same_array(old, new, name[:-4]):
                yield f"{name}: other values"


def main():
    root = os.environ.get("SHARED", "")
    paths = sorted(glob.glob(os.path.join(os.environ["srcdir"], "tests", "data", "*.npz")))
    if root:
        paths += sorted(glob.glob(os.path.join(root, "**", "*.npz"), recursive=True))
    else:
        print("repack: the archives of the evidence are not here: the tests' own only")
    good = refused = 0
    arrays = []
    with scratch() as folder:
        new = os.path.join(folder, "new.npz")
        for path in paths:
            before = members(path)
            names = [m["member"] for m in before or ()]
            done = mmview("convert", "--store", path, new)
            if before is None or len(set(names)) < len(names):
                # No archive, or one with two members of a name, which readers take differently.
                refused += done.returncode == 2 and not os.path.exists(new)
                continue
            bad = [done.stderr.decode(errors="replace")] if done.returncode else \
                list(wrongs(path, new, before, arrays))
            good += not bad
            for line in bad[:5]:
                print(f"repack: {path}: {line}"[:300])
            if os.path.exists(new):
                os.remove(new)
    print(f"repack: {good} of {len(paths) - refused} archives with {len(arrays)} arrays, "
          f"{refused} refused")
    sys.exit(good + refused != len(paths) or not arrays)


if __name__ == "__main__":
    main()
