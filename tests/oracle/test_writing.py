#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Files that mmview writes are NumPy's own, byte for byte; and files that it appends to are
what NumPy makes of the whole. Run by the Python that has NumPy."""
import ast
import os
import random
import sys
import warnings

import numpy as np

from evidence import scratch
from libmmview import LONG_COMPLEX, LONG_DOUBLE, Array, Refused
from writing import COUNT_ROWS, CUT_TRAILING, EXCLUSIVE, LIVE, RAW, SPARSE
from writing import Writer, append, create, save

warnings.simplefilter("ignore")  # NumPy warns of versions past 1.0

DTYPES = [repr(order + letter) for order in "<>" for letter in (
    "i2", "i4", "i8", "u2", "u4", "u8", "f2", "f4", "f8", LONG_DOUBLE, "c8", "c16", LONG_COMPLEX, "U3", "U0",
    "M8[D]", "M8[25s]", "M8", "m8[ns]", "m8")] + [repr(text) for text in (
        "|b1", "|i1", "|u1", "|S5", "|S0", "|V7", "|V0")] + [
            "[('a', '<i4'), ('b', '>f8')]",
            "[('x', '<f4', (2, 3)), ('', '|V3'), ('y', '|S2')]",
            "[('t', [('u', '<u2'), ('v', '>c8')]), ('w', '<U2', (2,))]",
            "[(('a title', 'n'), '<i2'), (\"it's\", '|b1')]",
            "[('größe', '<f8')]", "[('長さ', '<f8'), ('\U0001f600', '|u1')]",
            "[('" + "n" * 70000 + "', '<f8')]", "[]"]
SHAPES = [(), (0,), (1,), (7,), (3, 4), (2, 0, 3), (0, 5), (2, 3, 4), (1, 1), (10**6, 0)]


def dtype_of(descr):
    return np.lib.format.descr_to_dtype(ast.literal_eval(descr))


class Count:
    good = total = 0

    @classmethod
    def check(cls, what, holds):
        cls.total += 1
        cls.good += bool(holds)
        if not holds:
            print(f"writing: {what}"[:300])


def content(path):
    with open(path, "rb") as f:
        return f.read()


def numpys(path, descr, shape, order, version):
    """The same file by NumPy, or None: it refuses."""
    try:
        return np.lib.format.open_memmap(path, "w+", dtype_of(descr), shape, order == "F", version)
    except ValueError:
        return None


def made(path, descr, shape, order, version):
    """A new file, against open_memmap()."""
    what = f"create {descr[:60]} {shape} {order} {version}"
    has_bytes = dtype_of(descr).itemsize and 0 not in shape
    theirs = numpys(path + ".numpy", descr, shape, order, version)
    try:
        array = create(path, descr, shape, order,
                       version=version[0] * 256 + version[1] if version else 0)
    except Refused as refused:
        Count.check(f"{what}: {refused}", theirs is None or not has_bytes)
        Count.check(f"{what}: a refusal leaves no file", not os.path.exists(path))
        return
    # NumPy can not map what has no bytes, but has written the header by then.
    Count.check(f"{what}: NumPy refuses", theirs is not None or not has_bytes)
    Count.check(f"{what}: bytes", content(path) == content(path + ".numpy"))
    del array
    os.remove(path)


def filled(path):
    for descr in ("'<f8'", "'>i2'", "[('a', '|u1'), ('b', '<f4')]", "'|S7'", "'<U70000'"):
        dtype = dtype_of(descr)
        item = bytes(random.randrange(1, 256) for _ in range(dtype.itemsize))
        if dtype.kind == "U":
            item = np.array("é" * 70000, dtype).tobytes()
        for shape in ((), (5,), (300, 70), (0, 3)):
            if dtype.itemsize > 1000 and shape == (300, 70):
                shape = (3, 2)
            create(path, descr, shape, fill=item, flags=random.choice((0, SPARSE)))
            with open(path, "rb") as f:
                version = np.lib.format.read_magic(f)
                np.lib.format._read_array_header(f, version)
                Count.check(f"fill {descr} {shape}", f.read() == item * int(np.prod(shape)))
            os.remove(path)


def random_array(descr, shape, order):
    dtype = dtype_of(descr)
    count = int(np.prod(shape))
    data = bytes(random.randrange(256) for _ in range(min(count * dtype.itemsize, 4000)))
    data = (data * (count * dtype.itemsize // max(len(data), 1) + 1))[:count * dtype.itemsize]
    return np.ndarray(shape, dtype, bytearray(data) or bytearray(1), order=order)


def in_file(array, order):
    """Its bytes as they lie in a file."""
    return np.asarray(array).tobytes(order)


def rows_of(array, order, first, last):
    return array[first:last] if order == "C" else array[..., first:last]


def parts(rows):
    """Numbers of rows that make all of them."""
    while rows > 0:
        part = random.randint(0, rows) if random.random() < 0.9 else rows
        yield part
        rows -= part


def written(path, descr, row, order, rows, version=None):
    """Rows, by a writer, against np.save()'s header for the whole."""
    shape = (rows, *row) if order == "C" else (*row, rows)
    array = random_array(descr, shape, order)
    writer = Writer(path, descr, row, order,
                    version=version[0] * 256 + version[1] if version else 0)
    data, at = in_file(array, order), 0
    while at < len(data):
        part = random.choice((1, 3, 100, 70000, len(data)))
        writer.put(data[at:at + part])
        at += part
    Count.check(f"write {descr[:60]} {shape} {order}: not there before the end",
                not os.path.exists(path))
    writer.finish()
    with open(path + ".numpy", "wb") as f:
        np.lib.format._write_array_header(
            f, {"descr": np.lib.format.dtype_to_descr(array.dtype), "fortran_order": order == "F",
                "shape": shape}, version)
        f.write(data)
    Count.check(f"write {descr[:60]} {shape} {order}", content(path) == content(path + ".numpy"))
    os.remove(path)


def appended(path, descr, row, order, rows, more, flags, header=None):
    """Rows added to a file, against the file that NumPy makes of all. header: how the file's
    own header looks, if not as NumPy writes it; then the values must be right."""
    whole = random_array(descr, (rows + more, *row) if order == "C" else (*row, rows + more), order)
    start = rows_of(whole, order, 0, rows)
    with open(path, "wb") as f:
        if header:
            f.write(header)
            f.write(in_file(start, order))
        else:
            np.lib.format._write_array_header(
                f, {"descr": np.lib.format.dtype_to_descr(whole.dtype),
                    "fortran_order": order == "F", "shape": start.shape})
            f.write(in_file(start, order))
    mode = random.choice((0o600, 0o640, 0o604))
    os.chmod(path, mode)
    what = f"append {descr[:60]} {start.shape} {order} +{more} flags {flags}"
    writer = Writer(path, flags=flags)
    replaces = writer.replaces()
    at = rows
    for part in parts(more):
        writer.put(in_file(rows_of(whole, order, at, at + part), order))
        at += part
        if random.random() < 0.3:
            writer.flush()
        elif not flags & LIVE:
            continue
        seen = np.load(path, mmap_mode="r" if start.size and whole.itemsize else None)
        length = seen.shape[0 if order == "C" else -1]
        Count.check(f"{what}: {length} rows are seen, not {at}",
                    length == (rows if replaces else at))
    Count.check(f"{what}: rows()", writer.rows() == rows + more)
    writer.finish()
    if header is None:
        with open(path + ".numpy", "wb") as f:
            np.lib.format._write_array_header(
                f, {"descr": np.lib.format.dtype_to_descr(whole.dtype),
                    "fortran_order": order == "F", "shape": whole.shape})
            f.write(in_file(whole, order))
        Count.check(f"{what}: bytes", content(path) == content(path + ".numpy"))
    else:
        have = np.load(path)
        Count.check(f"{what}: {have.shape} {have.dtype}",
                    have.shape == whole.shape and have.dtype == whole.dtype)
        Count.check(f"{what}: values", in_file(have, order) == in_file(whole, order))
    Count.check(f"{what}: mode", os.stat(path).st_mode & 0o777 == mode)
    os.remove(path)


def views(path):
    """Arrays of other layouts, byte orders and dtypes as rows."""
    source = path + ".rows"
    whole = np.arange(40 * 30 * 50, dtype="<i2").reshape(40, 30, 50)
    for order in "CF":
        for dtype, wider in (("<i2", "<i2"), (">i2", "<i2"), ("<i2", ">f8"), ("<f4", "<c16")):
            for rows in (whole[:7, :, :30], whole[::-3, 3:8], whole.T[:30, 5:9], whole[:2, :0],
                         whole[3], whole[:1].repeat(900, 1)):
                rows = rows.astype(dtype)
                np.save(source, np.asfortranarray(rows) if random.random() < 0.5 else rows)
                source_file = source + ".npy"
                start = np.zeros((0, *rows.shape[1:]) if order == "C" else (*rows.shape[:-1], 0),
                                 wider, order)
                with open(path, "wb") as f:
                    np.lib.format._write_array_header(
                        f, {"descr": start.dtype.str, "fortran_order": order == "F",
                            "shape": start.shape})
                one = rows[0] if order == "C" else rows[..., 0]
                np.save(source + "1", one)
                append(path, Array.open(source_file))
                append(path, Array.open(source + "1.npy"))
                have = np.load(path)
                want = np.concatenate([rows, one[None] if order == "C" else one[..., None]],
                                      0 if order == "C" else -1)
                Count.check(f"rows {rows.shape} {dtype} to {wider} {order}",
                            have.dtype == wider and np.array_equal(have, want))
    np.save(source, whole.astype("<f8"))
    for shape, dtype, status in (((0, 30, 50), "<f4", "ETYPE"), ((0, 30, 51), "<f8", "EDIMS"),
                                 ((0, 50), "<f8", "EDIMS"), ((0,), "<f8", "EDIMS"),
                                 ((0, 1, 30, 50), "<f8", "EDIMS")):
        np.save(path + ".to", np.zeros(shape, dtype))
        try:
            append(path + ".to.npy", Array.open(source + ".npy"))
            Count.check(f"rows for {shape} {dtype}: not refused", False)
        except Refused as refused:
            Count.check(f"rows for {shape}: {refused}", refused.status == "MMVIEW_" + status)
        Count.check(f"rows for {shape}: the file", np.load(path + ".to.npy").shape == shape)
    for name in (path, path + ".to.npy", source + ".npy", source + "1.npy"):
        os.remove(name)


def old_headers(path):
    """Headers of other writers: short, without room for growth, of other versions."""
    def header(text, version=1, align=16):
        size = 10 if version == 1 else 12
        text += " " * (-(size + len(text) + 1) % align) + "\n"
        return (b"\x93NUMPY" + bytes((version, 0)) + len(text).to_bytes(size - 8, "little") +
                text.encode("utf-8"))

    old = "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, 3), }"
    for version in (1, 2, 3):
        for text in (old, old + " " * 40, old.replace(", }", "}"), old.replace("'", '"'),
                     '{"shape":(%d,3),"fortran_order":False,"descr":"<f8"}'):
            for align in (1, 16, 64):
                appended(path, "'<f8'", (3,), "C", 9, 95, 0, header(text % 9, version, align))
    with_l = "{'descr': '<f8', 'fortran_order': False, 'shape': (9L, 3L), }   "
    appended(path, "'<f8'", (3,), "C", 9, 2, LIVE, header(with_l))


def saved(path):
    """np.save() of views, byte for byte."""
    source, keys = path + ".source.npy", ((), (slice(None, None, 2),), (Ellipsis, 0), (3,),
                                          (slice(0, 0),), (slice(None, None, -1),))
    for descr in DTYPES:
        if len(descr) > 1000:
            continue
        for shape in ((), (7,), (40, 30), (6, 50, 4)):
            for order in "CF":
                np.save(source, random_array(descr, shape, order))
                whole = np.load(source, mmap_mode="r") if os.path.getsize(source) > 128 and \
                    dtype_of(descr).itemsize else np.load(source)
                for key in keys if shape else keys[:1]:
                    if dtype_of(descr).itemsize == 0 and not key:
                        continue  # np.load() makes a view, whose flags are others
                    view = whole[key if Ellipsis in key else (*key, Ellipsis)] if key else whole
                    text = ", ".join("..." if k is Ellipsis else str(k) if isinstance(k, int) else
                                     f"{'' if k.start is None else k.start}:"
                                     f"{'' if k.stop is None else k.stop}:"
                                     f"{'' if k.step is None else k.step}" for k in key)
                    array = Array.open(source)
                    if text:
                        array = array.view("select", text.encode(), len(text))
                    save(path, array)
                    np.save(path + ".numpy.npy", view)
                    what = f"save {descr} {shape} {order} [{text}]"
                    if "''" in descr:  # what NumPy leaves in gaps is chance
                        header = np.lib.format.open_memmap(path, "r").offset
                        same = all(np.load(path)[n].tobytes() == view[n].tobytes()
                                   for n in view.dtype.names)
                        Count.check(what, same and content(path)[:header] == content(
                            path + ".numpy.npy")[:header])
                        continue
                    Count.check(what, content(path) == content(path + ".numpy.npy"))
                    save(path, array, flags=RAW, order="F")
                    Count.check(f"{what} raw", content(path) == view.tobytes("F"))
    for want, casting, ok in (("'<f4'", 3, True), ("'<i4'", 3, False), ("'<i4'", 4, True),
                              ("'>f8'", 1, True), ("'<f4'", 2, False), ("'<c16'", 2, True)):
        whole = np.asfortranarray(np.arange(3000.0).reshape(50, 60) / 7)
        np.save(source, whole)
        if os.path.exists(path):
            os.remove(path)
        try:
            save(path, Array.open(source), want, casting=casting)
            have = np.load(path)
            Count.check(f"save as {want}", ok and have.dtype == dtype_of(want) and
                        np.isfortran(have) and np.array_equal(have, whole.astype(want[1:-1])))
        except Refused as refused:
            Count.check(f"save as {want}: {refused}", not ok and not os.path.exists(path))
    for name in (path, source, path + ".numpy.npy"):
        if os.path.exists(name):
            os.remove(name)


def recounts(path):
    """Files that have more or fewer rows than their header says."""
    for order in "CF":
        whole = random_array("'<f4'", (9, 3) if order == "C" else (3, 9), order)
        for counted in (0, 1, 9, 12):
            for there in (0, 1, 9):
                for rest in (0, 5):
                    np.save(path, whole[:0])
                    shape = (counted, 3) if order == "C" else (3, counted)
                    with open(path, "wb") as f:
                        np.lib.format._write_array_header(
                            f, {"descr": "<f4", "fortran_order": order == "F", "shape": shape})
                        f.write(in_file(rows_of(whole, order, 0, there), order) + b"\0" * rest)
                    before = content(path)
                    writer = Writer(path, flags=COUNT_ROWS)
                    Count.check("settled", (writer.rows(), writer.settled(),
                                            writer.bytes_left()) == (there, counted, rest))
                    del writer
                    what = f"recount {order} {counted} {there} {rest}"
                    Count.check(f"{what}: cancelled", content(path) == before)
                    writer = Writer(path, flags=COUNT_ROWS)
                    more = random.random() < 0.5
                    if more:
                        writer.put(b"\1" * 12)
                    writer.finish()
                    want = in_file(rows_of(whole, order, 0, there), order) + b"\1" * 12 * more
                    have = np.load(path)
                    Count.check(what, in_file(have, order) == want and
                                os.path.getsize(path) == 128 + len(want) and
                                have.shape[0 if order == "C" else 1] == there + more)
    os.remove(path)


def refusals(path):
    def refuses(what, status, call, *args, **options):
        before = content(path) if os.path.exists(path) else None
        try:
            call(*args, **options)
        except Refused as refused:
            Count.check(f"{what}: {refused.status}: {refused.message}", refused.status == status)
        else:
            Count.check(f"{what}: not refused", False)
        after = content(path) if os.path.exists(path) else None
        Count.check(f"{what}: the file is as it was", before == after)

    refuses("no file", "MMVIEW_ESYSTEM", Writer, path)
    np.save(path, np.arange(6.0).reshape(2, 3))
    refuses("exclusive create", "MMVIEW_ESYSTEM", create, path, "'<f8'", (3,), flags=EXCLUSIVE)
    refuses("exclusive writer", "MMVIEW_ESYSTEM", Writer, path, "'<f8'", flags=EXCLUSIVE)
    refuses("objects", "MMVIEW_EOBJECT", create, path, "'|O8'", (3,))
    refuses("negative", "MMVIEW_EINVAL", create, path, "'<f8'", (-1,))
    refuses("too big", "MMVIEW_EOVERFLOW", create, path, "'<f8'", (2**61, 2**10))
    refuses("no disk has it", "MMVIEW_ESYSTEM", create, path, "'<f8'", (2**50,))
    refuses("version", "MMVIEW_EVERSION", create, path, "[('長', '<f8')]", (3,), version=0x100)
    first = Writer(path)
    refuses("a second writer", "MMVIEW_EBUSY", Writer, path)
    refuses("a replacement meanwhile", "MMVIEW_EBUSY", create, path, "'<f8'", (3,))
    first.put(b"\0" * 23)
    Count.check("half a row", first.rows() == 2)
    refuses("half a row", "MMVIEW_ESIZE", first.finish)
    Count.check("cancelled", np.array_equal(np.load(path), np.arange(6.0).reshape(2, 3)))
    del first
    with open(path, "ab") as f:
        f.write(b"trailing")
    refuses("trailing bytes", "MMVIEW_ESIZE", Writer, path)
    writer = Writer(path, flags=CUT_TRAILING)
    writer.finish()
    Count.check("cut", os.path.getsize(path) == 128 + 48)
    np.save(path, np.array(3.0))
    refuses("0 dimensions", "MMVIEW_EDIMS", Writer, path)
    with open(path, "r+b") as f:
        f.truncate(130)
    refuses("truncated", "MMVIEW_ETRUNCATED", Writer, path)
    os.remove(path)
    refuses("no bytes in a row", "MMVIEW_EINVAL", Writer(path, "'<f8'", (0,)).put, b"x")


def main():
    random.seed(20261122)
    with scratch() as folder:
        path = os.path.join(folder, "file.npy")
        for descr in DTYPES:
            for shape in SHAPES:
                for order in "CF":
                    made(path, descr, shape, order, None)
            for version in ((1, 0), (2, 0), (3, 0)):
                made(path, descr, (3, 4), "C", version)
            for order in "CF":
                for row in ((), (3,), (2, 3)):
                    if dtype_of(descr).itemsize and len(descr) < 1000:
                        written(path, descr, row, order, random.choice((0, 1, 9, 10, 3000)))
                        appended(path, descr, row, order, random.choice((0, 1, 9, 99)),
                                 random.choice((0, 1, 2, 1000)), random.choice((0, LIVE)))
        for version in ((1, 0), (2, 0), (3, 0)):
            written(path, "'<f8'", (3,), "C", 12, version)
        filled(path)
        old_headers(path)
        saved(path)
        views(path)
        recounts(path)
        refusals(path)
        left = [name for name in os.listdir(folder) if name != "file.npy.numpy"]
        Count.check(f"left behind: {left}", not left)
    print(f"writing: {Count.good} of {Count.total}")
    sys.exit(Count.good != Count.total)


if __name__ == "__main__":
    main()
