#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Archives that mmview writes: numpy.load(), zipfile and unzip read them, every member is
stored, aligned and mapped, and what goes wrong leaves no archive."""
import ctypes
import os
import random
import shutil
import subprocess
import sys
import zipfile
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint, c_void_p

import numpy as np

from evidence import scratch
from libmmview import Array, ErrorStruct, Npz, Refused, _check, _error, lib

EXCLUSIVE = 1
ALIGNED = 0x100
TERMINATED = 2**64 - 1


class Options(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint), ("align", c_uint)]


for _name, _result, _inputs in (
        ("create", c_int, [c_char_p, POINTER(Options), POINTER(c_void_p)]),
        ("add", c_int, [c_void_p, c_char_p, c_size_t, c_void_p, c_void_p]),
        ("add_bytes", c_int, [c_void_p, c_char_p, c_size_t, c_char_p, c_size_t]),
        ("finish", c_int, [c_void_p])):
    _function = getattr(lib, "mmview_npz_writer_" + _name)
    _function.restype, _function.argtypes = _result, _inputs + [POINTER(ErrorStruct)]
lib.mmview_npz_writer_cancel.argtypes = [c_void_p]
lib.mmview_npz_writer_cancel.restype = None


class Writer:
    def __init__(self, path, align=0, flags=0):
        options = Options(ctypes.sizeof(Options), flags, align)
        out, err = c_void_p(), _error()
        _check(lib.mmview_npz_writer_create(os.fsencode(path), byref(options), byref(out),
                                            byref(err)), err, out)
        self.pointer = out.value

    def __del__(self):
        lib.mmview_npz_writer_cancel(getattr(self, "pointer", None))

    def _call(self, function, *inputs):
        err = _error()
        status = function(*inputs, byref(err))
        if status < 0:
            _check(status, err, c_void_p())

    def add(self, name, array):
        self._call(lib.mmview_npz_writer_add, self.pointer, name.encode(), TERMINATED,
                   array.pointer, None)

    def add_bytes(self, name, data):
        self._call(lib.mmview_npz_writer_add_bytes, self.pointer, name.encode(), TERMINATED, data,
                   len(data))

    def finish(self):
        pointer, self.pointer = self.pointer, None
        self._call(lib.mmview_npz_writer_finish, pointer)


class Count:
    good = total = 0

    @classmethod
    def check(cls, what, holds):
        cls.total += 1
        cls.good += bool(holds)
        if not holds:
            print(f"npz_writing: {what}"[:300])


def some_arrays():
    yield "f8", np.linspace(0, 1, 700).reshape(10, 70)
    yield "größe", np.asfortranarray(np.arange(24, dtype=">u2").reshape(2, 3, 4))
    yield "empty", np.zeros((0, 3), "<f4")
    yield "one", np.array(5, "u1")
    yield "long", np.zeros(300000, "g")
    yield "folder/struct", np.array([(1, 2.5)], dtype=[("a", "i1"), ("b", "<f8")])
    yield "x" * 3000, np.arange(3)
    for i in range(40):
        yield f"r{i}", np.arange(random.randrange(300), dtype=random.choice(("i1", "<i4", ">f8")))


def archives(folder):
    path, source = os.path.join(folder, "o.npz"), os.path.join(folder, "a.npy")
    for align in (0, 1, 2, 4, 8, 64, 512, 4096, 32768):
        random.seed(align)
        arrays = dict(some_arrays())
        writer = Writer(path, align)
        writer.add_bytes("notes.txt", b"no array")
        for name, array in arrays.items():
            np.save(source, array)
            writer.add(name + ".npy", Array.open(source))
        Count.check("nothing before the end", align or not os.path.exists(path))
        writer.finish()
        with zipfile.ZipFile(path) as z:
            Count.check(f"{align}: zipfile's CRCs", z.testzip() is None)
            Count.check(f"{align}: names", z.namelist() == ["notes.txt"] + [
                name + ".npy" for name in arrays])
            Count.check(f"{align}: bytes", z.read("notes.txt") == b"no array")
        loaded = np.load(path)
        ours = Npz(path)
        for i, (name, array) in enumerate(arrays.items()):
            have = loaded[name]
            Count.check(f"{align} {name}: values", have.dtype == array.dtype and
                        have.flags.fnc == array.flags.fnc and np.array_equal(have, array))
            member = Array.member(ours, i + 1)
            Count.check(f"{align} {name}: its place", lib.mmview_array_offset(
                member.pointer) % (align or 64) == 0)
            Count.check(f"{align} {name}: aligned", 0 < align < 16 or lib.mmview_array_flags(
                member.pointer) & ALIGNED)
        if shutil.which("unzip"):
            done = subprocess.run(["unzip", "-tq", path], capture_output=True, check=False)
            Count.check(f"{align}: unzip: {done}", done.returncode == 0)


def refuses(what, status, call, *args):
    try:
        call(*args)
        Count.check(f"{what}: not refused", False)
    except Refused as refused:
        Count.check(f"{what}: {refused}", refused.status == "MMVIEW_" + status)


def refusals(folder):
    path, source = os.path.join(folder, "r.npz"), os.path.join(folder, "a.npy")
    np.save(source, np.arange(3.0))
    array = Array.open(source)
    refuses("an alignment of 3", "EINVAL", Writer, path, 3)
    refuses("an alignment of 65536", "EINVAL", Writer, path, 65536)
    writer = Writer(path)
    refuses("a name of nothing", "EINVAL", writer.add, "", array)
    refuses("a long name", "EINVAL", writer.add, "n" * 65536, array)
    writer.add("a.npy", array)
    writer.add("a.npy", array)
    refuses("a name twice", "EINVAL", writer.finish)
    Count.check("nothing is left", not os.path.exists(path))
    writer = Writer(path)
    writer.add("n" * 65535, array)
    writer.finish()
    refuses("an archive that is there", "ESYSTEM", Writer, path, 0, EXCLUSIVE)
    before = open(path, "rb").read()
    writer = Writer(path)
    writer.add("other", array)
    del writer
    Count.check("cancelled", open(path, "rb").read() == before)
    writer = Writer(path)
    writer.finish()
    Count.check("an empty archive", zipfile.ZipFile(path).namelist() == [])


def many(folder):
    """More members than 16 bits count."""
    path = os.path.join(folder, "many.npz")
    writer = Writer(path, 1)
    for i in range(70000):
        writer.add_bytes(f"m{i}", b"")
    writer.finish()
    with zipfile.ZipFile(path) as z:
        Count.check("70000 members", len(z.namelist()) == 70000)
    Count.check("and for us", len(Npz(path).names) == 70000)


def far(folder):
    """A member past 4 GiB, and one that is longer: from a file with a hole, to a disk that
    takes it, or not at all."""
    if shutil.disk_usage(folder).free < 24 << 30 or not os.environ.get("MMVIEW_LARGE"):
        print("npz_writing: members past 4 GiB are written with MMVIEW_LARGE=1 only")
        return
    path, source = os.path.join(folder, "far.npz"), os.path.join(folder, "hole.npy")
    with open(source, "wb") as f:
        np.lib.format._write_array_header(f, {"descr": "|u1", "fortran_order": False,
                                              "shape": (5 << 30,)})
        f.truncate(f.tell() + (5 << 30))
    writer = Writer(path)
    writer.add("long.npy", Array.open(source))
    np.save(source, np.arange(4))
    writer.add("far.npy", Array.open(source))
    writer.finish()
    Count.check("past 4 GiB", np.array_equal(np.load(path)["far"], np.arange(4)))
    with zipfile.ZipFile(path) as z:
        Count.check("5 GiB", z.getinfo("long.npy").file_size == (5 << 30) + 128)
    Count.check("5 GiB mapped", lib.mmview_array_nbytes(Array.member(Npz(path), 0).pointer) == 5 << 30)


def main():
    with scratch() as folder:
        archives(folder)
        refusals(folder)
        many(folder)
        far(folder)
        left = set(os.listdir(folder)) - {"o.npz", "r.npz", "a.npy", "many.npz", "far.npz", "hole.npy"}
        Count.check(f"left behind: {left}", not left)
    print(f"npz_writing: {Count.good} of {Count.total}")
    sys.exit(Count.good != Count.total)


if __name__ == "__main__":
    main()
