#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""mmview_export_declaration() on every dtype of the evidence and on random ones. The C of all of
them compiles, with sizes and offsets that are NumPy's; the Python class of each is the one that
numpy.ctypeslib.as_ctypes_type() makes, and where it makes none it has NumPy's offsets and reads
NumPy's numbers."""
import ast
import contextlib
import ctypes
import math
import os
import random
import re
import shutil
import subprocess
import warnings

import numpy

from ctypes_api import C, PYTHON, declaration
from evidence import Suite, cases, scratch
from libmmview import LONG_COMPLEX, LONG_DOUBLE, Dtype, Refused

SEED = int(os.environ.get("MMVIEW_SEED", "1"))
COUNT = int(os.environ.get("MMVIEW_COUNT", "300"))
SCALARS = ["?", "i1", "u1", "<i2", ">i2", "<u2", "<i4", ">i4", "<u4", "<i8", ">i8", "<u8", "<f2",
           ">f2", "<f4", ">f4", "<f8", ">f8", "<" + LONG_DOUBLE, ">" + LONG_DOUBLE, "<c8", ">c8", "<c16", "<" + LONG_COMPLEX, ">" + LONG_COMPLEX,
           "S0", "S1", "S7", "<U0", "<U3", ">U2", "V1", "V6", "<M8[s]", ">m8[25D]"]
NAMES = ["x", "y", "z", "a b", "class", "0", "", "_1", "__a", "_A", "x_0_", "x_0", "\u00e9", "*/", "/*",
         "??/", "\\", "'", '"', "\n", "a\0", "\ud800", "linux", "NULL", "INT8_MAX", "uint8_t", "f0",
         "_fields_", "__init__", "pad_0_", "pad_1_", "x_", "I", "def", "\U0001f600"]


def random_descr(rng, depth):
    """A descr, as text: a struct, or what is in one."""
    if depth and rng.random() < 0.75:
        return repr(rng.choice(SCALARS))
    fields = []
    for name in rng.sample(NAMES, rng.randint(0, 6)):
        shape = rng.choice(["", "", "", ", (2,)", ", (2, 3)", ", (0,)", ", (1,)"])
        title = rng.choice(["title", "*/", "\n"]) + str(len(fields))
        key = repr(name) if rng.random() < 0.9 else repr((title, name))
        fields.append(f"({key}, {random_descr(rng, depth + 1)}{shape})")
        if rng.random() < 0.2:
            fields.append(f"('', '|V{rng.randint(1, 9)}')")
    return f"[{', '.join(fields)}]"


def numpys(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return numpy.lib.format.descr_to_dtype(ast.literal_eval(text))


def parses(text):
    """Some of the evidence we refuse, which test_dtypes.py is about."""
    try:
        return Dtype.parse(text)
    except Refused:
        return None


def recorded():
    """The text of each descr of the evidence, and what it is."""
    found = {}
    for case in cases("vectors.json"):
        # Of the bad ones some have a descr that NumPy writes but does not read.
        if case["mmap_r"]["ok"] and (case["category"] != "bad" or
                                     "fields" in case["mmap_r"]["dtype"]):
            found.setdefault(case["mmap_r"]["dtype"]["npy_descr"], case["id"])
    for case in cases("dtypes.json"):
        if case["kind"] == "descr" and case["result"]["ok"] and parses(case["input"]):
            found.setdefault(case["input"], "descr " + case["input"][:60])
    return found


def dtypes(suite):
    """(what it is, the text of its descr), each text once."""
    found = {}
    if os.environ.get("SHARED"):
        found = recorded()
    else:
        suite.note("random dtypes only: MMVIEW_SHARED names no evidence")
    rng = random.Random(SEED)
    for i in range(COUNT):
        text = random_descr(rng, 0)
        with contextlib.suppress(ValueError):  # of sub-arrays of nothing
            numpys(text)
            found.setdefault(text, f"random {SEED} {i}")
    return [(name, text) for text, name in found.items()]


# ---- C.

def c_members(dtype):
    """The fields that have bytes, in the order of the declaration."""
    fields = [(dtype.fields[name][1], i, dtype.fields[name][0])
              for i, name in enumerate(dtype.names) if dtype.fields[name][0].itemsize]
    return [(offset, field) for offset, _, field in sorted(fields, key=lambda field: field[:2])]


def c_check(name, dtype, text):
    """Assertions of our own about a declaration, by NumPy's numbers; or a line on why not."""
    if dtype.itemsize == 0:
        return "", [] if text.startswith("/*") and text.count("\n") == 1 else ["c: not a comment"]
    type_name = f"struct {name}" if dtype.names is not None else name
    lines = [f'static_assert(sizeof({type_name}) == {dtype.itemsize}, "NumPy\'s size");']
    if dtype.names is not None:
        own = re.findall(rf"offsetof\(struct {name}, (\w+)\)", text)
        members = c_members(dtype)
        if len(own) != len(members):
            return "", [f"c: {len(own)} members, not {len(members)}"]
        for member, (offset, field) in zip(own, members):
            lines.append(f'static_assert(offsetof({type_name}, {member}) == {offset}, '
                         f'"NumPy\'s offset");')
            lines.append(f'static_assert(sizeof((({type_name} *)0)->{member}) == {field.itemsize}, '
                         f'"NumPy\'s size");')
    return "\n".join(lines) + "\n", []


def compilers():
    """Commands that compile a file as C and as C++, of those that are here."""
    cc = os.environ.get("CC", "cc").split()
    strict = ["-Wall", "-Wextra", "-Werror", "-fsyntax-only"]
    yield "C11", cc + ["-std=c11", "-pedantic-errors", "-x", "c"] + strict
    yield "gnu17", cc + ["-std=gnu17", "-x", "c"] + strict
    cxx = os.environ.get("CXX", "clang++" if "clang" in cc[0] else "g++").split()
    if shutil.which(cxx[0]):
        yield "C++11", cxx + ["-std=c++11", "-x", "c++"] + strict


# ---- Python.

def python_class(text, name):
    namespace = {}
    exec(compile(text, name, "exec"), namespace)
    return namespace[name]


def is_array(ctype):
    return issubclass(ctype, ctypes.Array)


def differences(want, have, at="class"):
    """How a class differs from NumPy's, but for its name."""
    kinds = [next(k for k in (ctypes.Structure, ctypes.Union, ctypes.Array, object)
                  if issubclass(ctype, k)) for ctype in (want, have)]
    if kinds[0] != kinds[1] or ctypes.sizeof(want) != ctypes.sizeof(have):
        return [f"{at}: {want} of {ctypes.sizeof(want)} bytes expected, {have} of "
                f"{ctypes.sizeof(have)} found"]
    if is_array(want):
        if want._length_ != have._length_:
            return [f"{at}: {want._length_} items expected, {have._length_} found"]
        return differences(want._type_, have._type_, at + "[]")
    if kinds[0] is object:
        return [] if want is have else [f"{at}: {want} expected, {have} found"]
    if [field[0] for field in want._fields_] != [field[0] for field in have._fields_]:
        return [f"{at}: fields {want._fields_} expected, {have._fields_} found"]
    if want._pack_ != have._pack_:
        return [f"{at}: _pack_ {want._pack_} expected, {have._pack_} found"]
    lines = []
    for field, own in zip(want._fields_, have._fields_):
        lines += differences(field[1], own[1], f"{at}.{field[0]!r}")
        if field[0] and getattr(want, field[0]).offset != getattr(have, field[0]).offset:
            lines.append(f"{at}.{field[0]!r}: another offset")
    return lines


def members_of(dtype, ctype):
    """(dtype, offset, name in the class, type) of each field; None unless what else the class has
    are the gaps between them."""
    fields = sorted((dtype.fields[name][1], bool(dtype.fields[name][0].itemsize), i, name)
                    for i, name in enumerate(dtype.names))
    own, members, at = list(ctype._fields_), [], 0
    for offset, _, _, name in fields:
        if offset > at and own.pop(0) != ("", ctypes.c_char * (offset - at)):
            return None
        if not own:
            return None
        members.append((dtype.fields[name][0], offset, *own.pop(0)))
        at = offset + dtype.fields[name][0].itemsize
    if dtype.itemsize > at and (not own or own.pop(0)[0] != ""):
        return None
    return None if own else members


def same_number(want, have):
    return want == have or (math.isnan(want) and math.isnan(have))


def values(dtype, ctype, rng, at="value"):
    """Lines about where the fields of a class are, and about what it reads from random bytes."""
    lines = []
    if ctypes.sizeof(ctype) != dtype.itemsize:
        return [f"{at}: {ctypes.sizeof(ctype)} bytes, not {dtype.itemsize}"]
    if dtype.names is not None:
        members = members_of(dtype, ctype)
        if members is None:
            return [f"{at}: the fields are {ctype._fields_}"]
        for field, offset, name, type_ in members:
            # Of several fields without a name, gaps included, Python shows only one.
            if name and getattr(ctype, name).offset != offset:
                lines.append(f"{at}.{name!r}: at {getattr(ctype, name).offset}, not {offset}")
            lines += values(field, type_, rng, f"{at}.{name!r}")
    elif dtype.subdtype:
        while is_array(ctype) and dtype.subdtype:
            base, shape = dtype.subdtype
            for length in shape:
                if ctype._length_ != length:
                    return [f"{at}: {ctype._length_} items, not {length}"]
                ctype = ctype._type_
            dtype = base
        lines += values(dtype, ctype, rng, at + "[]")
    elif dtype.kind in "iufMm" and dtype.itemsize in (1, 2, 4, 8):
        raw = bytes(rng.randrange(256) for _ in range(dtype.itemsize))
        # Datetimes are read as what they count, halves as their bits.
        bits = {"M": "i", "m": "i", "f": "u" if dtype.itemsize == 2 else "f"}
        kind = bits.get(dtype.kind, dtype.kind)
        want = numpy.frombuffer(raw, f"{dtype.str[0]}{kind}{dtype.itemsize}")[0].item()
        # Only a field of a struct, not a class by itself, gives a swapped number in Python.
        have = type("one", (ctypes.Structure,), {"_fields_": [("x", ctype)]}).from_buffer_copy(raw).x
        lines += [] if same_number(want, have) else [f"{at}: {have} is read, not {want}"]
    return lines


def main():
    suite = Suite("declarations")
    rng = random.Random(SEED)
    source, results = [], []
    for i, (case, text) in enumerate(dtypes(suite)):
        name, lines, refusal = f"t{i}", [], None
        dtype = numpys(text)
        try:
            parsed = Dtype.parse(text)
            in_c, in_python = declaration(parsed, C, name), declaration(parsed, PYTHON, name)
        except Refused as refused:
            results.append((case, None if dtype.hasobject and refused.status == "MMVIEW_EOBJECT"
                            else refused, []))
            continue
        check, lines = c_check(name, dtype, in_c)
        source.append(in_c + check)

        ctype = python_class(in_python, name)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                wanted = numpy.ctypeslib.as_ctypes_type(dtype)
            suite.note("with a class in NumPy")
        except (NotImplementedError, TypeError):  # of a name that ctypes can not have
            wanted = None
        mended = re.search(r"^        \('f_.*,  # '_", in_python, re.M)
        if wanted and not mended:
            lines += differences(wanted, ctype)
        lines += values(dtype, ctype, rng)
        results.append((case, refusal, lines))

    with scratch() as folder:
        path = os.path.join(folder, "declarations.c")
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(source) + "int main(void);\nint main(void) { return 0; }\n")
        for language, command in compilers():
            done = subprocess.run(command + [path], capture_output=True, text=True,
                                  env={k: v for k, v in os.environ.items() if k != "LD_PRELOAD"})
            lines = [f"{language}: {line}" for line in done.stderr.splitlines()[:20]]
            results.append((f"compiled as {language}", None, lines if done.returncode else []))
    for case, refusal, lines in results:
        suite.check(case, True, refusal, lines)
    suite.finish()


if __name__ == "__main__":
    main()
