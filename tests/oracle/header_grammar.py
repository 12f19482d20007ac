# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Random headers, as values: trees of Python objects that NumPy may or may not take.

Everything takes a Dice, so that a seed gives the same headers again. A header is made in
three steps, and mutate.py changes it between them: a value here, its tokens (a list of
strings) and its text in spelling.py.
"""
import random

SIMPLE = ("b1 i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8 f16 c8 c16 c32 S1 S3 S0 U1 U4 U0 V1 V5 "
          "V0 M8 m8 S V U ? b B h H i I l L q Q p P e f d g F D G c a M m").split()
ODD = ("i3 i16 f1 f10 f12 c4 c24 b2 ?1 O O8 O4 T x t4 n N S-1 S+5 S05 S_5 V-8 "
       "S2147483647 S2147483648 S4294967297 U536870911 U536870912 U1073741825 "
       "f4294967304 i\x004 \x05 \x00 \x17 \x18 int \u00e9 f\u00e98 M8[D/0] m8[ns/0] "
       "S99999999999999999999 i99999999999999999999 f-8 f+8 f08 V010 i\t4 f\n8 f\x0b8 "
       "f\xa08 int\u1e9e int\u0663 M4 m16 | < > =").split(" ")
ALIASES = ("int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 "
           "float128 float96 complex64 complex128 complex256 bool bool_ bool8 int int_ "
           "int0 uint uint0 intc uintc intp uintp float float_ double single half "
           "longdouble longfloat complex complex_ cdouble csingle cfloat clongdouble "
           "clongfloat singlecomplex str str_ str0 unicode unicode_ bytes bytes_ "
           "bytes0 string string_ void void0 object object_ object0 byte ubyte short "
           "ushort long ulong longlong ulonglong datetime64 timedelta64 Float64 INT8 "
           "record int128 uint128 float256 longcomplex Bool BytesDType datetime64[s] "
           "timedelta64[25ms] datetime64[] datetime64[D/24]").split()
UNITS = "Y M W D h m s ms us ns ps fs as \u03bcs".split()
NAMES = ["a", "b", "c", "x", "y", "f0", "f1", "", "a b", "it's", 'q"q', "\u00e9t\u00e9",
         "\u4e2d\u6587", "\U0001f600", "nl\n", "nul\0", "\x7f\x80\xad", "\u200b", "\ud800", "title",
         "back\\slash", "1", "class", "\u0378"]


class Dice(random.Random):
    """Random numbers, and how odd a header they should make: with 0 all its parts are such as
    NumPy takes, in spellings that Python takes."""

    odd = 0.0

    def oddly(self, chance):
        return self.random() < chance * self.odd


class Raw(str):
    """A token that is written as it is."""


def datetime(r):
    unit = r.choice(UNITS)
    multiple = r.choice(["", "", "", "1", "7", "25", "007", "+5", " 5", "1000000", "2147483647",
                         "\t3"])
    divisor = r.choice(["", "", "", "/1", "/2", "/4", "/1000"] if r.odd else ["", "", "/1"])
    shape = "[{}{}{}]"
    if r.oddly(0.4):
        unit = r.choice(["generic", "B", "", "S", "\u00b5s"])
    if r.oddly(0.4):
        multiple = r.choice(["0", "-1", "2147483648", "4294967297", "1_0", "0x5", "1000000000", "+",
                             "- 1", "\x0c2"])
    if r.oddly(0.8):
        divisor = r.choice(["/2", "/3", "/5", "/7", "/12", "/24", "/30", "/60", "/365", "/1000000",
                            "/0", "/-1", "/", "/x", "/+2", "/ 2", "/2 ", "/4294967298", "/-24",
                            "/52", "/8", "/ -7", "/2147483648", "/11"])
    if r.oddly(0.4):
        shape = r.choice(["[{}{}{}", "{}{}{}]", "[[{}{}{}]]", "[{}{}{}]x", " [{}{}{}]", "[{}{} {}]",
                          "[{} {}{}]", "[{}{}{}]//2", "[]", "[{}{}{}]]", "[{}{}{}] ", "[{}{}\0{}]"])
    return shape.format(multiple, unit, divisor)


def scalar(r):
    """The text of one type, without commas."""
    kind = r.random()
    if r.oddly(0.3):
        text = r.choice(ODD if kind < 0.6 else ALIASES)
    elif kind < 0.65:
        text = r.choice(SIMPLE)
    elif kind < 0.8:
        text = r.choice("mM") + "8" + datetime(r)
    elif kind < 0.85:
        return r.choice(ALIASES[:29])
    else:
        text = r.choice("SUVa") + str(r.randint(0, 40))
    if r.random() < 0.6:
        text = r.choice("<>|=<<><=") + text
    if r.oddly(0.1):
        text = r.choice([" ", "<", "\t", "|", "!", "@"]) + text
    if r.oddly(0.1):
        text += r.choice([" ", "[s]", "\0", "_", "0", "\n", "[2]"])
    return text


def comma_string(r):
    """Items of order, repeats, order and type."""
    def item():
        repeats = r.choice(["", "", "", "1", "2", "3", "0", "(2,3)", "(2,)", "()", "(1,)",
                            "( 2 , 3 )", "2 ", "(0,)", "(2,3,)"])
        if r.oddly(0.3):
            repeats = r.choice(["(2)", " 2", "02", "2,", "(2", "2)", "(,)", "(2 3)", "((2,))",
                                "4294967296", "99999999999", "(2,,)", "(02,)", " ", "0 0", "00",
                                "(00,)", "2 3", "()()", "( )", "(1 ,)", "2(3,)"])
        text = scalar(r)
        twice = text[:1] in tuple("<>|=") and not r.oddly(0.5)
        return ("" if twice else r.choice(["", "", "", "<", ">", "|", "="])) + repeats + text
    separators = [",", ",", ",", ", ", " ,", " , ", "\t,\n"]
    text = item()
    for _ in range(r.choice([0, 1, 1, 2, 3])):
        if r.oddly(0.1):
            text += r.choice([",,", ";", " ", ".", ", ,", "\x1f,", ",\xa0", ",\u2003", "\x85,",
                              ",\x0b", "\u200b,", ",\x1c "])
        else:
            text += r.choice(separators)
        text += item()
    return text + (r.choice([",", " ", ", ", "\n", ",,", " ,", "\0", "\xa0",
                             "\x1f"]) if r.oddly(0.2) else "")


def string_descr(r):
    return comma_string(r) if r.random() < 0.2 else scalar(r)


def odd_sub_shape(r):
    return r.choice([(2,), (2, 3), (1,), (0,), (), 2, 1, 3, 0, (1, 1), (3, 1, 2), [2, 3], [],
                     (2, True), (-1,), (2.0,), (2147483647,), (2147483648,), (65536, 65536),
                     (1,) * 32, (1,) * 33, "2", None, True, 2.0, (1, (2,)), -1, 5000000, Raw("2L"),
                     (Raw("0x2"), 1), "<i4", [("p", "<i2")], {"p": ("<i2", 0)}, b"2", ("2",)])


def sub_shape(r):
    if r.oddly(0.25):
        return odd_sub_shape(r)
    return r.choice([(2,), (2, 3), (1,), (0,), (), 2, 1, 3, (3, 1, 2), [2]])


def field_name(r, index):
    name = r.choice(NAMES) + str(index) if r.random() < 0.3 else "%s%d" % (r.choice("abxyz"), index)
    if r.oddly(0.15):
        name = r.choice(NAMES)
    if r.random() < 0.12:
        title = r.choice([r.choice(NAMES) + "t%d" % index, "T%d" % index, None, index + 2,
                          (index, "a"), b"t%d" % index])
        if r.oddly(0.3):
            title = r.choice(NAMES + [1.5, True, (), ("a", None), [1], {}, {1: 2}, (1, [2]), 2j,
                                      Raw("..."), Raw("-0.0"), ""])
        name = (title, name)
        if r.oddly(0.1):
            name = r.choice([[title, name], (title, name, "x"), (name,), ()])
    return name


def fields(r, depth):
    result = []
    for index in range(r.choice([0, 1, 1, 2, 2, 3, 3, 4, 6, 20 if depth == 0 else 2])):
        if r.random() < 0.1:
            result.append(r.choice([("", "|V%d" % r.randint(0, 9)), ("", "<f4", (2,)), ("", "V"),
                                    ("", ("V3", 2)), ("", "2i2")]))
            continue
        if r.oddly(0.05):
            result.append(r.choice([("", "<i2"), ("", [("p", "<i2")]), ("", []), "ai", "xf", "abc",
                                    "a<", ("a",), (), "a", 1, b"ai", {"a": 1, "b": 2}, {"x", "f"},
                                    ("a", "i4", 1, 2), {"q": 1, "r": 2, "s": 3}]))
            continue
        field = (field_name(r, index), descr(r, depth + 1))
        if r.random() < 0.2:
            field += (sub_shape(r),)
        if r.random() < 0.04:
            field = list(field)
        result.append(field)
    return result


def descr(r, depth=0):
    kind = r.random()
    if depth > 4 or kind < 0.6:
        return string_descr(r)
    if kind < 0.88:
        return fields(r, depth)
    if kind < 0.98:
        return (descr(r, depth + 1), sub_shape(r))
    if not r.oddly(1):
        return r.choice([("S", 5), ("U", 3), ("V", 2), ("S3", 2), ("<f4", 2, 3), (">U", 2)])
    return r.choice([None, 4, 1.5, b"<i4", True, Raw("..."), (), ("<i4",),
                     {"names": ["a"], "formats": ["<f4"]}, {"<i4"}, "", Raw("set()"), {}, ("S", -1),
                     ("O", 2), ("V", True), ("S", 2147483647), ("U", 536870912)])


def shape(r):
    lengths = [0, 1, 1, 2, 2, 3, 3, 4, 5, 7, 10, 100]
    if r.oddly(0.25):
        lengths += [2**31, 2**32, 2**62, 2**63 - 1, 2**63, 2**64, 10**30, -1, -2, -2**63, 2**61,
                    2**40, True, False, 1000]
    if r.random() < 0.05:
        return (1,) * r.randint(20, 70) if r.oddly(1) else (1, 2) * r.randint(3, 10)
    return tuple(r.choice(lengths) for _ in range(r.choice([0, 1, 1, 1, 2, 2, 3, 3, 4, 5])))


def header_value(r):
    """The three keys and their values, in some order, as a list of pairs."""
    pairs = [("descr", descr(r)), ("fortran_order", r.random() < 0.35), ("shape", shape(r))]
    if r.random() < 0.2:
        r.shuffle(pairs)
    return pairs
