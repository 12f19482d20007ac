#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""The commands that write files, against what NumPy does: convert and astype(), append and
larger arrays, set and assignment, create and what dump wrote. NumPy loads every file. Run
by the Python that has NumPy."""
import ast
import os
import random
import subprocess
import sys
import warnings

import numpy as np

from evidence import SKIP, cases, scratch
from libmmview import LONG_COMPLEX, LONG_DOUBLE, Array, Refused

warnings.simplefilter("ignore")  # NumPy warns of versions past 1.0, and of casts

DESCRS = [repr(order + letter) for order in "<>" for letter in (
    "i2", "i4", "i8", "u2", "u4", "u8", "f2", "f4", "f8", LONG_DOUBLE, "c8", "c16", LONG_COMPLEX, "U3",
    "M8[D]", "M8[25s]", "M8", "m8[ns]", "m8")] + [repr(text) for text in (
        "|b1", "|i1", "|u1", "|S5", "|V7", "|S0", "|V0", "<U0")] + [
            "[('a', '<i4'), ('b', '>f8')]",
            "[('x', '<f4', (2, 3)), ('', '|V3'), ('y', '|S2')]",
            "[('t', [('u', '<u2'), ('v', '>c8')]), ('w', '<U2', (2,))]",
            "[('größe, \"x\"', '<f8'), ('\U0001f600', '|u1')]"]
SHAPES = [(), (0,), (1,), (7,), (3, 4), (2, 0, 3), (2, 3, 4)]


class Count:
    good = total = 0

    @classmethod
    def check(cls, what, holds):
        cls.total += 1
        cls.good += bool(holds)
        if not holds:
            print(f"write commands: {what}"[:400])


def mmview(*arguments, data=b""):
    """Runs a command: its status, and what it says, as bytes."""
    done = subprocess.run([os.environ["MMVIEW"], *arguments], check=False, input=data,
                          capture_output=True)
    return done.returncode, done.stdout + done.stderr


def dtype_of(descr):
    return np.lib.format.descr_to_dtype(ast.literal_eval(descr))


def descr_of(dtype):
    return repr(np.lib.format.dtype_to_descr(dtype))


def fill(raw, dtype, offset=0):
    """Random bytes, that are values of the dtype: of longdoubles, strings and booleans not all
    bytes are."""
    if dtype.subdtype:
        base, shape = dtype.subdtype
        for i in range(int(np.prod(shape))):
            fill(raw, base, offset + i * base.itemsize)
    elif dtype.names is not None:
        for name in dtype.names:
            fill(raw, dtype[name], offset + dtype.fields[name][1])
    else:
        text = "".join(random.choice("aZ09 ,\"'\\\t\n\r\x01\x7fé漢\U0001f600")
                       for _ in range(random.randrange(6)))
        number = random.choice([0, 1, 2, -1, random.uniform(-9, 9), random.gauss(0, 1e30)])
        value = {"b": bool(random.getrandbits(1)), "f": number, "c": complex(number, -number),
                 "S": text.encode()[:dtype.itemsize], "U": text[:dtype.itemsize // 4],
                 "V": random.randbytes(dtype.itemsize)}.get(dtype.kind)
        if value is None:
            item = random.randbytes(dtype.itemsize)
            if dtype.kind in "mM":  # years that ISO 8601 has
                item = np.array([random.choice([random.randrange(-10**4, 10**4), -2**63])],
                                dtype.newbyteorder("=").str.replace("m", "i").replace("M", "i")
                                .split("[")[0]).astype(dtype.str[0] + "i8").tobytes()
        elif dtype.itemsize:
            with np.errstate(all="ignore"):
                item = np.array([value]).astype(dtype).tobytes()
            if dtype.char in "gG":  # of 16 bytes 6 are anything, in the byte order as well
                parts = np.frombuffer(item, "u1").reshape(-1, 16).copy()
                parts[:, slice(10, 16) if dtype.isnative else slice(6)] = 0
                item = parts.tobytes()
        else:
            item = b""
        raw[offset:offset + dtype.itemsize] = item


def random_array(dtype, shape, order="C"):
    count = int(np.prod(shape))
    raw = bytearray(count * dtype.itemsize)
    for i in range(count if dtype.itemsize else 0):
        fill(raw, dtype, i * dtype.itemsize)
    if not dtype.itemsize:
        return np.zeros(shape, dtype, order)
    return np.ndarray(shape, dtype, bytes(raw), order=order)


def save(path, array, order=None):
    """As numpy.save(), or in an order that is asked for, as open_memmap() has it."""
    with open(path, "wb") as f:
        if order is None:
            np.lib.format.write_array(f, array)
            return
        np.lib.format._write_array_header(
            f, {"descr": np.lib.format.dtype_to_descr(array.dtype), "fortran_order": order == "F",
                "shape": array.shape})
        f.write(array.tobytes(order))


def content(path):
    with open(path, "rb") as f:
        return f.read()


def expect(what, path, array, arguments, data=b"", order=None):
    """A command that makes what NumPy would save, byte for byte."""
    if os.path.exists(path):
        os.remove(path)
    status, said = mmview(*arguments, data=data)
    if status:
        Count.check(f"{what}: {said}", False)
        return
    save(path + ".numpy", array, order)
    Count.check(f"{what}: bytes", content(path) == content(path + ".numpy"))
    if array.nbytes:  # NumPy makes other dtypes of items that have no bytes
        loaded = np.load(path, allow_pickle=False)
        Count.check(f"{what}: loaded",
                    loaded.dtype == array.dtype and loaded.shape == array.shape and
                    loaded.flags.num == np.load(path + ".numpy").flags.num)
    os.remove(path)


def converts(old, new, array, what):
    save(old, array)
    expect(f"convert {what}", new, array, ["convert", old, new])
    for order in "CF":
        expect(f"convert {what} {order}", new, array,
               ["convert", "--order-out=" + order, old, new], order=order)
    if array.dtype.kind not in "SUV" or array.dtype.names:
        # Not astype(), which leaves the bytes of dates without a unit as they are.
        expect(f"convert {what} swapped", new, array.byteswap().newbyteorder("S"),
               ["convert", "--byteorder=swap", old, new])
    if array.ndim:
        expect(f"convert {what} a view", new, array[::-2], ["convert", "-s", "::-2", old, new])


def casts(old, new):
    kinds = ["|b1", "<i2", ">u4", "<i8", "<f4", ">f8", "<c16"]
    for given in kinds:
        # Small numbers: NumPy leaves open what a float beyond an integer's range becomes.
        array = np.arange(12).reshape(3, 4).astype(given)
        save(old, array)
        for wanted in kinds:
            for casting in "no", "equiv", "safe", "same_kind", "unsafe":
                arguments = ["convert", "--dtype-out=" + wanted, "--casting=" + casting, old, new]
                what = f"convert {given} {wanted} {casting}"
                if np.can_cast(given, wanted, casting):
                    expect(what, new, array.astype(wanted), arguments)
                elif casting != "equiv":  # refusals are all alike
                    Count.check(what, mmview(*arguments)[0] == 2 and not os.path.exists(new))


def creates(old, new, array, what):
    """What dump writes is read back as the same file."""
    save(old, array)
    if array.ndim == 0:
        return
    order = "C" if array.flags.c_contiguous else "F"
    shape = list(map(str, array.shape))
    for form in "text", "csv", "tsv", "raw":
        if form in ("csv", "tsv") and array.dtype.names == ():
            continue
        # The order of the file is that of the transposed array, which dump writes in C order.
        view = ["-T"] if order == "F" else []
        status, text = mmview("dump", {"text": "--lines"}.get(form, "--" + form), *view, old)
        Count.check(f"dump {what} {form}: {text[:80]}", status == 0)
        known = ",".join(shape) + ","
        axis = 0 if order == "C" else array.ndim - 1
        any_rows = ",".join(shape[:axis] + ["*"] + shape[axis + 1:]) + ","
        for given in {known, any_rows if array.nbytes else known}:
            expect(f"create {what} {order} {form} {given}", new, array,
                   ["create", "--dtype=" + descr_of(array.dtype), "--shape=" + given.rstrip(","),
                    "--order=" + order, "--from=" + form, new], text)


def appends(old, new, descr, order):
    dtype = dtype_of(descr)
    shape = random.choice([(2,), (2, 3), (2, 3, 2)])
    axis = 0 if order == "C" else len(shape) - 1
    shape = shape if order == "C" else shape[::-1]
    parts = [random_array(dtype, shape, way) for way in (order, *random.choices("CF", k=2))]
    whole = np.zeros([3 * n if i == axis else n for i, n in enumerate(shape)], dtype, order)
    for to, part in zip(np.split(whole, 3, axis), parts):  # not concatenate(), which pads anyhow
        to[...] = part
    save(new, parts[0])
    names = [old + str(i) for i in (1, 2)]
    for name, part in zip(names, parts[1:]):
        save(name, part)
    status, said = mmview("append", new, *names)
    save(new + ".numpy", whole)
    Count.check(f"append {descr} {order}: {said}", status == 0)
    found = np.load(new)
    Count.check(f"append {descr} {order}: values",
                found.tobytes() == whole.tobytes() and found.dtype == whole.dtype and
                found.shape == whole.shape)
    # One dimension has no order, and NumPy calls it C.
    Count.check(f"append {descr} {order}: bytes",
                content(new) == content(new + ".numpy"))


def sets(new, descr):
    dtype = dtype_of(descr)
    array = random_array(dtype, (4, 5), random.choice("CF")).copy("K")
    item = random_array(dtype, (1,))
    save(new + ".item", item)
    text = mmview("dump", "--lines", new + ".item")[1][:-1]
    if dtype.kind in "SUV" and not dtype.names:  # set takes them quoted, too
        text = repr(item.item()).encode()
        if dtype.kind == "V":
            text = repr(item[0].tobytes()).encode()
    save(new, array)
    for index in ("1", "1, 2", "::-2", "..., 0", "1:3, ::3", "2:2", "..."):
        status, said = mmview("set", "-s", index, "--", new, text.decode("utf-8", "surrogatepass"))
        Count.check(f"set {descr} {index} {text}: {said}", status == 0)
        # pylint: disable=eval-used
        array[eval(f"np.index_exp[{index}]")] = item[0]
        found = np.load(new)
        # What NumPy leaves in gaps is chance.
        same = all(found[n].tobytes() == array[n].tobytes() for n in dtype.names) \
            if "''" in descr else found.tobytes() == array.tobytes()
        Count.check(f"set {descr} {index} {text}", same or
                    dtype.char in "gG" and np.array_equal(found, array, equal_nan=True))


def vectors(new):
    """Every array that NumPy maps, of the recorded files."""
    count = 0
    try:
        found = [case for case in cases("vectors.json") if case["mmap_r"]["ok"]]
    except SystemExit as refused:
        if refused.code != SKIP:
            raise
        return None
    seen = set()
    for case in found:
        path = os.path.join(os.environ["SHARED"], "numpy", *case["file"].split("/"))
        try:
            array = np.lib.format.open_memmap(path, mode="r")
        except Exception:  # pylint: disable=broad-except
            continue
        key = (descr_of(array.dtype), array.shape, array.flags.c_contiguous)
        if array.nbytes > 2**20 or not array.nbytes or key in seen:
            continue
        seen.add(key)
        try:
            Array.open(path)
        except Refused:  # test_vectors.py has the list of them
            continue
        count += 1
        array = np.asarray(array)
        expect(f"vector {case['id']}", new, array, ["convert", path, new])
        expect(f"vector {case['id']} F", new, array,
               ["convert", "--order-out=F", path, new], order="F")
    return count


def main():
    seed = int(os.environ.get("MMVIEW_SEED", 20261122))
    random.seed(seed)
    with scratch() as folder:
        old, new = os.path.join(folder, "old.npy"), os.path.join(folder, "new.npy")
        for descr in DESCRS:
            dtype = dtype_of(descr)
            for shape in random.sample(SHAPES, 3):
                array = random_array(dtype, shape, random.choice("CF"))
                what = f"{descr} {shape}"
                converts(old, new, array, what)
                creates(old, new, array, what)
            if dtype.itemsize:
                for order in "CF":
                    appends(old, new, descr, order)
                sets(new, descr)
        casts(old, new)
        count = vectors(new)
    if count is None:
        print("SKIP: a part: the vectors")
    print(f"write commands: {Count.good} of {Count.total}, seed {seed}, {count} vectors")
    sys.exit(Count.good != Count.total or Count.total < 1000)


if __name__ == "__main__":
    main()
