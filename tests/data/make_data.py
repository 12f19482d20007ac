#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""make_data.py TESTS: writes the files that tests always need.

TESTS/data/NAME.npz is an archive, and TESTS/data/NAME.npy is a good file of each kind, as NumPy writes it or, where
NumPy would not write it so, from a header given as text. TESTS/cli/invalid/NAME
holds an input.npy that must be refused; what must be said stands beside it and
is written by hand. The same bytes come out wherever this runs.
"""

import io
import os
import struct
import sys
import zlib

import numpy as np

MAGIC = b"\x93NUMPY"


def npy(header, data=b"", version=(1, 0), align=64):
    """A .npy file with this header, padded so that the data starts at a multiple of align."""
    text = header.encode("utf-8" if version == (3, 0) else "latin-1")
    width = "<H" if version == (1, 0) else "<I"
    pad = -(8 + struct.calcsize(width) + len(text) + 1) % align
    text += b" " * pad + b"\n"
    return MAGIC + bytes(version) + struct.pack(width, len(text)) + text + data


def header(descr, shape, order=False):
    return "{'descr': %s, 'fortran_order': %r, 'shape': %r, }" % (descr, order, shape)


def saved(array):
    """As numpy.save writes it."""
    out = io.BytesIO()
    np.lib.format.write_array(out, array, allow_pickle=False)
    return out.getvalue()


def demo():
    """A year of hourly air temperatures: 365 days x 24 hours, in degrees Celsius.

    Whole tenths of a degree, from integers alone, so that no libm has a say in
    the last bit. Two days are missing (nan), as in every real record.
    """
    table = np.empty((365, 24), dtype="<i4")
    seed, weather = 12345, 0
    for day in range(365):
        seed = (seed * 1103515245 + 12345) % 2**31
        weather = (weather * 3) // 4 + (seed >> 16) % 61 - 30
        season = wave(day - 20, 365, 95)
        for hour in range(24):
            seed = (seed * 1103515245 + 12345) % 2**31
            daily = wave(hour - 3, 24, 38)
            table[day, hour] = 98 - season - daily + weather + (seed >> 16) % 7 - 3
    result = table.astype("<f4") / np.float32(10)
    result[171:173] = np.nan
    return result


def wave(step, period, amplitude):
    """A cosine of two parabolas: amplitude at step 0, -amplitude half a period later."""
    x = step % period
    x = min(x, period - x) * 4  # 0 at the crest, 2 * period in the trough
    if x <= period:
        return amplitude * (period * period - x * x) // (period * period)
    x = 2 * period - x
    return -(amplitude * (period * period - x * x) // (period * period))


def good():
    particle = np.dtype([("time", "<M8[us]"), ("pos", "<f8", (3,)), ("charge", "i1"),
                         ("hit", [("x", "<i2"), ("y", ">i2")]), ("tag", "S4")])
    aligned = np.dtype([("id", "<i4"), ("value", "<f8"), ("ok", "?")], align=True)
    yield "demo", saved(demo())

    # Every kind of item.
    yield "bool", saved(np.array([True, False, True]))
    yield "int8", saved(np.arange(-3, 4, dtype="i1"))
    yield "uint16", saved(np.arange(5, dtype="<u2"))
    yield "int32", saved(np.arange(6, dtype="<i4").reshape(2, 3))
    yield "uint64", saved(np.array([0, 1, 2**64 - 1], dtype="<u8"))
    yield "float16", saved(np.array([1, 0.5, -2], dtype="<f2"))
    yield "float64", saved(np.arange(12, dtype="<f8").reshape(3, 4) / 4)
    yield "longdouble", npy(header("'<f16'", (2,)), bytes(32))
    yield "complex64", saved(np.array([1 + 2j, -0.5j], dtype="<c8"))
    yield "complex128", saved(np.array([[1 + 2j], [-0.5j]], dtype="<c16"))
    yield "bytes5", saved(np.array([b"one", b"three", b""], dtype="S5"))
    yield "unicode3", saved(np.array(["\u03b1\u03b2", "xyz"], dtype="<U3"))
    yield "datetime", saved(np.array(["2024-02-29", "NaT"], dtype="<M8[D]"))
    yield "datetime25s", npy(header("'<M8[25s]'", (2,)), struct.pack("<2q", 1, 2))
    yield "timedelta", saved(np.array([1, -1], dtype="<m8[ns]"))
    yield "generic", npy(header("'<m8'", (1,)), struct.pack("<q", 7))
    yield "void7", saved(np.zeros(2, dtype="V7"))
    yield "struct", saved(np.zeros(2, dtype=particle))
    yield "struct_aligned", saved(np.zeros(3, dtype=aligned))
    yield "struct_array", saved(np.zeros(2, dtype=[("a", "<u2"), ("m", [("p", "i1"), ("q", "<f4")], (2, 2))]))
    yield "struct_names", npy(header("[('\u6e29\u5ea6', '<f4'), ('d\\x07\\x1b[31m', '<i4'), ('a\\x00b', '|i1')]",
                                     (1,)), bytes(9), version=(3, 0))
    yield "struct_none", npy(header("[]", (3,)))
    yield "struct_30", saved(np.zeros(1, dtype=[("f%02d" % i, "<f4") for i in range(30)]))

    # Every layout.
    yield "scalar", saved(np.array(2.5))
    yield "empty", saved(np.zeros((0, 3), dtype="<f4"))
    yield "one", saved(np.array([[7]], dtype="<i8"))
    yield "fortran", saved(np.asfortranarray(np.arange(6, dtype="<f8").reshape(2, 3)))
    yield "big_endian", saved(np.arange(5, dtype=">i2"))
    yield "dims32", saved(np.zeros((1,) * 31 + (2,), dtype="u1"))
    yield "dims64", npy(header("'|u1'", (1,) * 62 + (2, 3)), bytes(6))
    yield "zero_size", npy(header("'|V0'", (3, 2)))

    # Every shape of the container.
    yield "byte82", npy(header("'<f8'", (3,)), struct.pack("<3d", 1, 2, 3), align=82)
    yield "trailing", saved(np.arange(4, dtype="<i4")) + b"extra"
    yield "version2", npy(header("'<i4'", (2,)), struct.pack("<2i", 1, 2), version=(2, 0))
    yield "version3", npy(header("[('\u00e9t\u00e9', '<i4')]", (2,)), struct.pack("<2i", 1, 2), version=(3, 0))
    yield "long_header", npy(header("'<i4'", (2,)) + " " * 12000, struct.pack("<2i", 1, 2))


def bad():
    plain = header("'<i4'", (2,))
    items = struct.pack("<2i", 1, 2)
    yield "empty_file", b""
    yield "one_byte", b"\x93"
    yield "magic_cut", MAGIC + b"\x01"
    yield "not_npy", b"#!/bin/sh\necho hello\n"
    yield "text", b"1.0 2.0 3.0\n" * 4
    yield "npz", (b"PK\x03\x04\x2d\0\0\0\0\0\0\0\x21\0" + bytes(4) + b"\xff" * 8 + b"\x05\0\x14\0a.npy").ljust(80, b"\0")
    yield "version_4_0", npy(plain, items, version=(4, 0))
    yield "version_1_1", npy(plain, items, version=(1, 1))
    yield "length_cut", MAGIC + b"\x01\x00\x10"
    yield "length_cut_v2", MAGIC + b"\x02\x00\x10\x00"
    yield "header_cut", npy(plain)[:50]
    yield "header_none", MAGIC + b"\x01\x00\x76\x00"
    yield "header_4GiB", MAGIC + b"\x02\x00\xff\xff\xff\xff" + plain.encode()
    yield "header_10001", npy(plain + " " * (10000 - len(plain)), items, align=1)
    yield "header_nul", npy("{'descr': '<i4', 'fortran_order': False,\0 'shape': (2,), }", items)
    yield "header_not_utf8", npy(plain, items, version=(3, 0)).replace(b"descr", b"desc\xff")
    yield "header_garbage", npy("][", items)
    yield "header_list", npy("['descr', 'fortran_order', 'shape']", items)
    yield "header_nested", npy("(" * 300 + ")" * 300, items)
    yield "key_missing", npy("{'descr': '<i4', 'shape': (2,), }", items)
    yield "key_extra", npy("{'descr': '<i4', 'fortran_order': False, 'shape': (2,), 'x': 1}", items)
    yield "order_0", npy("{'descr': '<i4', 'fortran_order': 0, 'shape': (2,), }", items)
    yield "shape_list", npy(header("'<i4'", [2]), items)
    yield "shape_float", npy(header("'<i4'", (2.0,)), items)
    yield "shape_bool", npy(header("'<i4'", (True,)), items)
    yield "shape_negative", npy(header("'<i4'", (-1,)), items)
    yield "shape_huge_number", npy(header("'<i4'", (10**30,)), items)
    yield "shape_overflow", npy(header("'<i4'", (2**32, 2**32)), items)
    yield "shape_overflow_bytes", npy(header("'<i4'", (2**62,)), items)
    yield "shape_overflow_empty", npy(header("'<i4'", (0, 2**61)), items)
    yield "shape_65_dims", npy(header("'|u1'", (1,) * 65), b"\0")
    yield "descr_unknown", npy(header("'<q9'", (2,)), items)
    yield "descr_number", npy(header("8", (2,)), items)
    yield "descr_control", npy(header("'\\x1b[31m'", (2,)), items)
    yield "descr_object", npy(header("'|O'", (2,)), bytes(16))
    yield "descr_object_inside", npy(header("[('a', '<i4'), ('b', '|O')]", (1,)), bytes(12))
    yield "descr_twice", npy(header("[('a', '<i4'), ('a', '<i4')]", (1,)), items)
    yield "data_none", npy(plain)
    yield "data_short", npy(plain, items[:-1])
    yield "data_short_by_far", npy(header("'<f8'", (2**40,)), items)


def deflated(data):
    """Deflated by its fixed codes and by runs of one byte, which every zlib inflates. What
    zlib itself makes of the same data is not the same in all versions."""
    bits, n, i = 0, 0, 0

    def put(value, count):
        nonlocal bits, n
        bits |= value << n
        n += count

    def code(symbol):
        if symbol < 144:
            value, length = 0x30 + symbol, 8
        elif symbol < 256:
            value, length = 0x190 + symbol - 144, 9
        elif symbol < 280:
            value, length = symbol - 256, 7
        else:
            value, length = 0xC0 + symbol - 280, 8
        put(int(format(value, "0%db" % length)[::-1], 2), length)

    put(3, 3)  # the last block, of fixed codes
    while i < len(data):
        run = 1
        while i + run < len(data) and data[i + run] == data[i]:
            run += 1
        code(data[i])
        i += 1
        while run - 1 >= 258:  # 258 bytes as the one before
            code(285)
            put(0, 5)
            i, run = i + 258, run - 258
    code(256)
    return bits.to_bytes((n + 7) // 8, "little")


def archive(*members):
    """A zip file of (name, data, method, align): align 0 is as numpy.savez() writes it."""
    files, directory = b"", b""
    for name, data, method, align in members:
        packed = deflated(data) if method == 8 else data
        extra = struct.pack("<HHQQ", 1, 16, len(data), len(packed))
        if align:
            pad = -(len(files) + 30 + len(name) + 4) % align
            extra = struct.pack("<HH", 0xCAFE, pad) + bytes(pad)
        common = struct.pack("<HHHHHLLL", 20, 0, method, 0, 33, zlib.crc32(data), len(packed),
                             len(data))
        directory += b"PK\1\2" + struct.pack("<H", 3 << 8 | 20) + common + struct.pack(
            "<HHHHHLL", len(name), 0, 0, 0, 0, 0, len(files)) + name.encode()
        files += b"PK\3\4" + common + struct.pack("<HH", len(name), len(extra))
        files += name.encode() + extra + packed
    count = len(members)
    return files + directory + b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, count, count,
                                                       len(directory), len(files), 0)


def archives():
    """What numpy.savez() and others make: one of everything."""
    table = np.array([[1.5, -2, 3, 4], [0.25, 1e300, 1.5, 7], [0, -0.5, 2, 8]])
    yield "run7", archive(
        ("temperature.npy", saved(table), 0, 0),
        ("wind/speed.npy", saved(np.asfortranarray(np.arange(6, dtype="<f4").reshape(2, 3))), 0, 64),
        ("mask.npy", saved(np.zeros((100, 100), dtype=bool)), 8, 0),
        ("notes.txt", b"Remember the milk.\n", 0, 0),
        ("names.npy", npy(header("'|O'", (2,)), b"not a pickle"), 0, 0),
    )
    yield "empty", archive()


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(data)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: make_data.py TESTS")
    for name, data in good():
        write(os.path.join(sys.argv[1], "data", name + ".npy"), data)
    for name, data in archives():
        write(os.path.join(sys.argv[1], "data", name + ".npz"), data)
    for name, data in bad():
        write(os.path.join(sys.argv[1], "cli", "invalid", name, "input.npy"), data)


main()
