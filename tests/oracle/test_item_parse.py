#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Texts of single items: what mmview_item_text() writes is read back as the same item, for
every kind; other spellings are read as NumPy reads them, and what does not fit is refused."""
import ast
import ctypes
import random
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_void_p

import numpy as np

from libmmview import LONG_COMPLEX, LONG_DOUBLE, LONG_PADDING, Dtype, ErrorStruct, Refused, _check, _error, lib

lib.mmview_item_parse.restype = c_int
lib.mmview_item_parse.argtypes = [c_void_p, c_char_p, c_size_t, c_char_p, POINTER(ErrorStruct)]
lib.mmview_item_text.restype = c_size_t
lib.mmview_item_text.argtypes = [c_void_p, c_char_p, c_int, c_char_p, c_size_t]
STR, REPR = 0, 1

NUMBERS = [repr(order + letter) for order in "<>" for letter in (
    "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", LONG_DOUBLE, "c8", "c16", LONG_COMPLEX,
    "M8[Y]", "M8[M]", "M8[W]", "M8[D]", "M8[h]", "M8[25s]", "M8[ms]", "M8[ns]", "M8[as]",
    "m8[Y]", "m8[D]", "m8[25s]", "m8[ns]", "m8")] + ["'|b1'"]
STRINGS = ["'|S1'", "'|S7'", "'|S0'", "'<U1'", "'<U6'", "'>U6'", "'|V1'", "'|V5'"]
STRUCTS = ["[('a', '<i4')]", "[]", "[('a', '<i4'), ('b', '>f8'), ('c', '|S4')]",
           "[('x', '<f4', (2, 3)), ('', '|V3'), ('y', '<U2')]",
           "[('t', [('u', '<u2'), ('v', '>c8')]), ('w', '|b1', (2,)), ('m', '<m8[s]')]"]


class Count:
    good = total = 0

    @classmethod
    def check(cls, what, holds):
        cls.total += 1
        cls.good += bool(holds)
        if not holds:
            print(f"item_parse: {what}"[:300])


def parse(dtype, text):
    """The bytes of the item, or the Refused."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    size = lib.mmview_dtype_itemsize(dtype.pointer)
    item, err = ctypes.create_string_buffer(b"\xa5" * size, max(size, 1)), _error()
    status = lib.mmview_item_parse(dtype.pointer, raw, len(raw), item, byref(err))
    if status == 0:
        return item.raw[:size]
    if item.raw[:size] != b"\xa5" * size:
        raise AssertionError("a failure has written to the item")
    try:
        _check(status, err, c_void_p())
    except Refused as refused:
        return refused
    return None


def text_of(dtype, item, style):
    length = lib.mmview_item_text(dtype.pointer, item, style, None, 0)
    buffer = ctypes.create_string_buffer(length + 1)
    lib.mmview_item_text(dtype.pointer, item, style, buffer, length + 1)
    return buffer.raw[:length]


def random_item(dtype):
    """Bytes of an item whose texts are all its own: NaNs of one kind, no bool but 0 and 1."""
    if dtype.subdtype:
        base, shape = dtype.subdtype
        return b"".join(random_item(base) for _ in range(int(np.prod(shape))))
    if dtype.names is not None:
        item = bytearray(dtype.itemsize)
        for name in dtype.names:
            field, offset = dtype.fields[name][:2]
            item[offset:offset + field.itemsize] = random_item(field)
        return bytes(item)
    if dtype.kind == "b":
        return bytes([random.randrange(2)])
    if dtype.kind == "S":
        return bytes(random.randrange(256) for _ in range(dtype.itemsize))
    if dtype.kind == "U":
        alphabet = "aé長\U0001f600'\"\\\n ,)]"
        text = "".join(random.choice(alphabet) for _ in range(dtype.itemsize // 4))
        return np.array(text, dtype).tobytes()
    if dtype.kind in "fc":
        parts = 2 if dtype.kind == "c" else 1
        part = np.dtype(f"{dtype.str[0]}f{dtype.itemsize // parts}")
        with np.errstate(all="ignore"):
            values = [np.array(random.choice((random.uniform(-1000, 1000), random.randrange(100),
                                              10.0 ** random.uniform(-40, 40), 0.0, -0.0,
                                              float("inf"), float("-inf"))), part)
                      for _ in range(parts)]
        raw = [value.astype(part.newbyteorder("<")).tobytes() for value in values]
        if part.char == "g" and LONG_PADDING:  # what NumPy leaves in what is none of the number
            raw = [one[:-LONG_PADDING] + bytes(LONG_PADDING) for one in raw]
        return b"".join(one if dtype.str[0] == "<" else one[::-1] for one in raw)
    if dtype.kind in "Mm" and np.datetime_data(dtype)[0] != "generic":
        most = random.choice((100, 10**6, 10**12, 2**63 - 1))
        if most == 2**63 - 1:  # weeks are written by way of days, which may not fit
            most //= 7 if "[W]" in dtype.str else np.datetime_data(dtype)[1]
        return np.array(random.randint(-most, most), dtype.str[0] + "i8").tobytes()
    return bytes(random.randrange(256) for _ in range(dtype.itemsize))


def round_trips():
    for descr in NUMBERS + STRINGS + STRUCTS:
        dtype = Dtype.parse(descr)
        theirs = np.lib.format.descr_to_dtype(ast.literal_eval(descr))
        for _ in range(200):
            item = random_item(theirs)
            for style in (REPR,) if theirs.kind == "U" else (STR, REPR):
                text = text_of(dtype, item, style)
                back = parse(dtype, text)
                same = back == item
                if descr in STRUCTS and isinstance(back, bytes):
                    # What is in a struct is shown as in an array: with 8 digits.
                    same = text_of(dtype, back, style) == text
                Count.check(f"{descr} {text!r}: {item!r} is read as {back!r}", same)


def floats():
    """Decimals, many of them close to the middle of two numbers."""
    for letter in ("f2", "f4", "f8", LONG_DOUBLE):
        dtype, theirs = Dtype.parse(f"'<{letter}'"), np.dtype(letter).type
        for _ in range(2000):
            with np.errstate(all="ignore"):
                a = theirs(random.choice((random.uniform(-70000, 70000), random.random(),
                                          10.0 ** random.uniform(-45, 4))))
                text = random.choice((repr(float(a)), "%.30e" % a, "%.25f" % a,
                                      f"{random.randrange(10**9)}e{random.randrange(-60, -5)}"))
                want = theirs(np.float64(text)) if letter == "f2" else theirs(text)
            have = parse(dtype, text)
            if np.isinf(want) and "inf" not in text:
                Count.check(f"{letter} {text}: {have!r}", isinstance(have, Refused))
                continue
            size = theirs().itemsize - (LONG_PADDING if letter == LONG_DOUBLE else 0)
            Count.check(f"{letter} {text}: {have!r}",
                        isinstance(have, bytes) and
                        have[:size] == np.array(want, "<" + letter).tobytes()[:size])


def datetimes():
    for unit in ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns"):
        dtype = Dtype.parse(f"'<M8[{unit}]'")
        for text in ("1970", "2026-11", "2024-02-29", "1969-12-31T23:59:59.999999999", "0001-01-01",
                     "-0044-03-15", "2026-11-22T10", "2026-11-22T10:30", "1970-01-01T00:00:00.001",
                     "1970-01-08", "2026-11-22T10:30:15.5", "2262-04-11T23:47:16.854775807",
                     "2262-04-11T23:47:16.854775808", "1677-09-21T00:12:43.145224193",
                     "290000000000-01-01", "9223372036854775807-01-01"):
            have = parse(dtype, text)
            want = None
            try:  # exact: NumPy's own resolution of the text must not be finer
                own = np.datetime64(text)
                if np.datetime64(text, unit) == own and \
                        str(own.astype(f"M8[{unit}]").astype(own.dtype)) == str(own):
                    want = np.array(own).astype(f"<M8[{unit}]").tobytes()
            except (ValueError, OverflowError):
                pass
            if want is None:
                continue
            # NumPy wraps what does not fit.
            if text_of(dtype, want, STR).decode()[:4] != text.replace("-00", "-0")[:4]:
                Count.check(f"{unit} {text}: {have!r}", isinstance(have, Refused))
            else:
                Count.check(f"{unit} {text}: {have!r}, not {want!r}", have == want)
            Count.check(f"{unit} '{text}'", parse(dtype, f"'{text}'") == have or
                        isinstance(have, Refused))


READ = [  # dtype, text, value
    ("'|i1'", "0x7f", 127), ("'|i1'", "-128", -128), ("'<i4'", "1_000", 1000),
    ("'<u8'", "0xffffffffffffffff", 2**64 - 1), ("'<i2'", "+5", 5), ("'<i2'", "0b101", 5),
    ("'<i2'", "0o17", 15), ("'<i8'", "-9223372036854775808", -2**63),
    ("'|b1'", "true", True), ("'|b1'", "0", False), ("'|b1'", "True", True),
    ("'<f8'", "1e3", 1000.0), ("'<f8'", ".5", 0.5), ("'<f8'", "5.", 5.0), ("'<f8'", "-INF", -np.inf),
    ("'<f8'", "infinity", np.inf), ("'<f8'", "1e-400", 0.0),
    ("'<c16'", "1", 1), ("'<c16'", "2j", 2j), ("'<c16'", "1-2j", 1 - 2j), ("'<c16'", "(1+2j)", 1 + 2j),
    ("'<c16'", "-1e5-2e-5j", -1e5 - 2e-5j), ("'<c16'", "inf+1j", complex("inf+1j")),
    ("'|S5'", "abc", b"abc"), ("'|S5'", "b'a\\x00b'", b"a\0b"), ("'|S5'", "'abc'", b"abc"),
    ("'|S5'", "it's", b"it's"), ("'|S5'", "", b""), ("'|S5'", "bad", b"bad"),
    ("'<U5'", "héé", "héé"), ("'<U5'", "\"it's\"", "it's"), ("'<U5'", "'a' b", "'a' b"),
    ("'<m8[s]'", "3 seconds", 3), ("'<m8[s]'", "-3", -3), ("'<m8[25s]'", "75 seconds", 3),
    ("'<m8'", "4 generic time units", 4), ("'<m8[s]'", "NaT", -2**63), ("'<M8[D]'", "NaT", -2**63),
    ("'<M8'", "NaT", -2**63), ("'<M8'", "2026", 2026),
    # Counts of multiples, where the units alone have more than 64 bits.
    ("'<M8[1000000s]'", "4000000000000548-01-01", 126227807999955126),
    ("'<M8[1000D]'", "-3999999999999998293-03-01", -1460970000000000096),
    ("[('a', '<i4'), ('b', '|S3')]", "( 1 , b'x' )", (1, b"x")),
    ("[('a', '<i4')]", "(1)", (1,)), ("[('a', '<i4')]", "(1,)", (1,)),
    ("[('a', '<i4', (2,))]", "([1,2,],)", ([1, 2],)),
    ("[('t', '<M8[D]'), ('b', '|b1')]", "('2026-11-22', True)", (np.datetime64("2026-11-22"), True)),
]
REFUSED = [  # dtype, text, status
    ("'|i1'", "128", "EOVERFLOW"), ("'|i1'", "-129", "EOVERFLOW"), ("'|u1'", "-1", "EOVERFLOW"),
    ("'<u8'", "18446744073709551616", "EOVERFLOW"), ("'<i8'", "9" * 5000, "EOVERFLOW"),
    ("'<i4'", "", "EINVAL"), ("'<i4'", "1.0", "EINVAL"), ("'<i4'", "1e3", "EINVAL"),
    ("'<i4'", "--1", "EINVAL"), ("'<i4'", "0x", "EINVAL"), ("'<i4'", "1__0", "EINVAL"),
    ("'<i4'", "_1", "EINVAL"), ("'<i4'", "1_", "EINVAL"), ("'<i4'", "12a", "EINVAL"),
    ("'<i4'", "1 2", "EINVAL"), ("'<i4'", "1,", "EINVAL"), ("'<i4'", "nan", "EINVAL"),
    ("'|b1'", "yes", "EINVAL"), ("'|b1'", "2", "EINVAL"), ("'|b1'", "", "EINVAL"),
    ("'<f8'", "1e400", "EOVERFLOW"), ("'<f4'", "3.5e38", "EOVERFLOW"), ("'<f2'", "65520", "EOVERFLOW"),
    (f"'<{LONG_DOUBLE}'", "1e5000", "EOVERFLOW"), ("'<f8'", "", "EINVAL"), ("'<f8'", "0x1p3", "EINVAL"),
    ("'<f8'", "nan(1)", "EINVAL"), ("'<f8'", ".", "EINVAL"), ("'<f8'", "1,5", "EINVAL"),
    ("'<f8'", "e5", "EINVAL"), ("'<f8'", "1e", "EINVAL"), ("'<f8'", "infi", "EINVAL"),
    ("'<c16'", "1+2", "EINVAL"), ("'<c16'", "1+2j3", "EINVAL"), ("'<c16'", "j", "EINVAL"),
    ("'<c8'", "1e39j", "EOVERFLOW"), ("'<c8'", "1+1e39j", "EOVERFLOW"), ("'<c16'", "(1", "EINVAL"),
    ("'|S3'", "abcd", "EOVERFLOW"), ("'<U2'", "héé", "EOVERFLOW"), ("'|S9'", "'é'", "EINVAL"),
    ("'<U3'", "b'a'", "EINVAL"), ("'<U3'", b"\xff", "EINVAL"), ("'|V3'", "abc", "EINVAL"),
    ("'|V3'", "'abc'", "EINVAL"), ("'|V3'", "b'abcd'", "EOVERFLOW"),
    ("'|V3'", "void(" * 100000, "EINVAL"), ("'|V3'", "void(b'abc'", "EINVAL"),
    ("'|S9'", "'\\N{no such name}'", "EINVAL"),
    ("'<M8[D]'", "2026-13-01", "EINVAL"), ("'<M8[D]'", "2026-02-29", "EINVAL"),
    ("'<M8[D]'", "26-01-01", "EINVAL"), ("'<M8[D]'", "today", "EINVAL"), ("'<M8[D]'", "5", "EINVAL"),
    ("'<M8[D]'", "2026-01-01T12", "EOVERFLOW"), ("'<M8[s]'", "2026-01-01T24", "EINVAL"),
    ("'<M8[Y]'", "2026-02", "EOVERFLOW"), ("'<M8[25s]'", "1970-01-01T00:00:26", "EOVERFLOW"),
    ("'<M8[ns]'", "3000", "EOVERFLOW"), ("'<M8'", "2026-01", "EINVAL"),
    ("'<M8[as]'", "99999999999999999999", "EINVAL"), ("'<M8[as]'", "900000000000000-01-01", "EOVERFLOW"),
    ("'<M8[25ms]'", "900000000000000-01-01", "EOVERFLOW"), ("'<M8[25s]'", "-9223372036854775807-01-01", "EOVERFLOW"),
    ("'<m8[s]'", "3 days", "EINVAL"), ("'<m8[25s]'", "26 seconds", "EOVERFLOW"),
    ("'<m8[s]'", "-9223372036854775808", "EINVAL"),
    ("[('a', '<i4'), ('b', '<i4')]", "(1,)", "EINVAL"), ("[('a', '<i4')]", "1", "EINVAL"),
    ("[('a', '<i4')]", "(1, 2)", "EINVAL"), ("[('a', '<i4')]", "(1", "EINVAL"),
    ("[('a', '<i4')]", "(1) x", "EINVAL"), ("[('a', '|S3')]", "(abc,)", "EINVAL"),
    ("[('a', '<i4', (2,))]", "([1],)", "EINVAL"), ("[('a', '<i4', (2,))]", "([1,2,3],)", "EINVAL"),
    ("[('a', '|i1')]", "(300,)", "EOVERFLOW"), ("[]", "(1)", "EINVAL"), ("'|O8'", "1", "EOBJECT"),
]


def tables():
    for descr, text, value in READ:
        dtype = np.lib.format.descr_to_dtype(ast.literal_eval(descr))
        if dtype.kind in "mM":
            want = np.array(value, "<i8").tobytes()
        else:
            want = np.array(value, dtype).tobytes()
        have = parse(Dtype.parse(descr), text)
        Count.check(f"{descr} {text!r}: {have!r}, not {want!r}", have == want)
    for descr, text, status in REFUSED:
        have = parse(Dtype.parse(descr), text)
        Count.check(f"{descr} {text!r}: {have!r}, not {status}",
                    isinstance(have, Refused) and have.status == "MMVIEW_" + status)


def main():
    random.seed(20261122)
    np.seterr(all="ignore")
    tables()
    floats()
    datetimes()
    round_trips()
    print(f"item_parse: {Count.good} of {Count.total}")
    sys.exit(Count.good != Count.total)


if __name__ == "__main__":
    main()
