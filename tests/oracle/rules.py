# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Where mmview differs from NumPy 1.24 on purpose. Each rule looks at one case (Case of
test_random_headers.py) that differs and says whether it is the one that it is about; its
first line of documentation is its reason, as the summary prints it. NUMPY.md is the
specification; a rule that is wider than it hides faults."""
import re
import unicodedata

import numpy_answers

INT_MAX = 2**31 - 1

# How many of each finer unit that a divisor may lead to, in NumPy's order.
_FINER = {"Y": (12, 52, 365), "M": (4, 30, 720), "W": (7, 168, 10080), "D": (24, 1440, 86400),
          "h": (60, 3600), "m": (60, 60000), "fs": (1000,)}
_FINER.update(dict.fromkeys(("s", "ms", "us", "\u03bcs", "ns", "ps"), (1000, 1000000)))
_DATETIME = re.compile(r"\[\s*\+?(\d*)([A-Za-z\u03bc]+)/\s*([+-]?\d+)\]")
_NUMBER = re.compile(r"[a-zA-Z]\s*([+-]?\d+)")


def _leaves(dtype):
    """The dtypes of a dtype that are made of no others."""
    if "base" in dtype:
        yield from _leaves(dtype["base"])
    elif "fields" in dtype:
        for field in dtype["fields"]:
            yield from _leaves(field["dtype"])
    else:
        yield dtype


def _most_dims(dtype):
    """The most dimensions of a sub-array in a dtype."""
    parts = [dtype["base"]] if "base" in dtype else [f["dtype"] for f in dtype.get("fields", [])]
    return max([len(dtype.get("shape", [])), *map(_most_dims, parts)])


def _strings(value):
    """All strings of a literal: what can be the text of a dtype among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, (tuple, list, set)):
        for item in value:
            yield from _strings(item)


def _descrs(value):
    """A descr and all the descrs in it."""
    yield value
    if isinstance(value, tuple) and value:
        yield from _descrs(value[0])
    elif isinstance(value, (list, set, dict)):
        for field in value:
            if isinstance(field, (tuple, list)) and len(field) > 1:
                yield from _descrs(field[1])


def _fields(descr):
    for part in _descrs(descr):
        if isinstance(part, list):
            yield from part


def _pairs(descr):
    """(base, x): each pair, and each field that has a shape."""
    for part in _descrs(descr):
        if isinstance(part, tuple) and len(part) > 1:
            yield part[0], part[1]
    for field in _fields(descr):
        if len(field) == 3:
            yield field[1], field[2]


# ---- NumPy accepts, mmview refuses ------------------------------------------------------


def datetime_multiplier(case):
    """a datetime's multiplier or divisor is zero or less"""
    if any(leaf.get("unit", ["", 1])[1] <= 0 for leaf in _leaves(case.numpy["dtype"])):
        return True
    return any(int(divisor) <= 0 for text in _strings(case.descr)
               for _, _, divisor in _DATETIME.findall(text))


def datetime_overflow(case):
    """a datetime's multiplier or divisor is past INT_MAX, and NumPy lets it wrap"""
    for text in _strings(case.descr):
        for multiple, unit, divisor in _DATETIME.findall(text):
            if int(divisor) > INT_MAX:
                return True
            counts = [n for n in _FINER.get(unit, ()) if int(divisor) and n % int(divisor) == 0]
            if counts and int(multiple or 1) * counts[0] // int(divisor) > INT_MAX:
                return True
    return False


def number_range(case):
    """a size is negative or past INT_MAX, and NumPy lets it wrap"""
    for text in _strings(case.descr):
        for letter, number in ((m.group(0)[0], int(m.group(1))) for m in _NUMBER.finditer(text)):
            if not 0 <= number * (4 if letter == "U" else 1) <= INT_MAX:
                return True
    return any(type(x) is int and not 0 <= 4 * x <= INT_MAX for _, x in _pairs(case.descr))


def other_pair(case):
    """(base, x) where x is no int and no tuple or list of ints ([] is a struct to NumPy)"""
    return any(not (type(x) is int or x == () or (isinstance(x, (tuple, list)) and x
                                                  and all(type(item) is int for item in x)))
               for _, x in _pairs(case.descr))


def pair_of_nothing(case):
    """(base, int) where base is an empty sub-array: NumPy gives it a size of its own"""
    return any(type(x) is int and numpy_answers.item_size(base) == (0, True)
               for base, x in _pairs(case.descr))


def no_descr(case):
    """a descr that is a set, a dict or bytes"""
    return any(isinstance(part, (set, dict, bytes)) for part in _descrs(case.descr))


def no_field(case):
    """a field that is a set, a dict or bytes"""
    return any(isinstance(field, (set, dict, bytes)) for field in _fields(case.descr))


def odd_title(case):
    """a title that is a float, a complex, an ellipsis, past 2**64, or a container of them"""
    def odd(title):
        return isinstance(title, (float, complex, type(...))) or \
            (type(title) is int and abs(title) >= 2**64) or \
            (isinstance(title, tuple) and any(map(odd, title)))
    return any(isinstance(field, (tuple, list)) and isinstance(field[0], tuple)
               and odd(field[0][0]) for field in _fields(case.descr))


def character_alias(case):
    """\\N{alias}: libunistring has the names of characters only"""
    names = re.findall(r"\\N\{([^}]*)\}", case.text)
    return any(unicodedata.name(_lookup(name), "") != name.upper() for name in names)


def no_character_names(case):
    """\\N{name}: there is no libunistring"""
    return "\\N{" in case.text and "libunistring" in case.ours["message"]


def _lookup(name):
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return "\0"


def odd_lines_refused(case):
    """indentation by form feeds and lone CRs, of which NumPy's filter makes its own text"""
    return _odd_lines(case) and "unexpected indent" in case.ours["message"]


def _odd_lines(case):
    """The filter of Python 2 has gone over a lone CR, a form feed or a backslash around the
    literal. What a header's padding is made of, blanks and LF, is none of them."""
    around = re.split(r"[{(].*[})]", case.text, flags=re.DOTALL)
    return case.header[6:7] != b"\3" and any(re.search(r"\r(?!\n)|\f|\\", text) for text in around)


REFUSED = [datetime_multiplier, datetime_overflow, number_range, other_pair, pair_of_nothing,
           no_descr, no_field, odd_title, character_alias, no_character_names, odd_lines_refused]


# ---- NumPy 1.24 refuses, mmview accepts -------------------------------------------------


def dims_33_to_64(case):
    """33 to 64 dimensions, of the array or of a sub-array, as NumPy 2 has them"""
    most = max(case.ours["ndim"], _most_dims(case.ours["dtype"]))
    return 32 < most <= 64 and \
        re.search(r"\b32\b|invalid shape in fixed-type", case.numpy["message"])


def letters_of_2(case):
    """n and N, intp and uintp of NumPy 2: p and P"""
    return case.same_as(numpy_answers.open_answer_with_n)


def empty_at_page_end(case):
    """an empty array at the end of a page, as NumPy 2 maps it"""
    return case.ours["nbytes"] == 0 and case.numpy["message"] == \
        "mmap offset is greater than file size"


def python2_filter(case):
    """NumPy 2 tries to read the header before it filters it"""
    return case.same_as(numpy_answers.open_answer_without_filter)


def odd_lines_accepted(case):
    """continued lines and lone CRs, of which NumPy's filter makes its own text"""
    return _odd_lines(case) and (case.numpy["error"] == "TokenError"
                                 or case.numpy["message"].startswith("Cannot parse header"))


ACCEPTED = [dims_33_to_64, letters_of_2, empty_at_page_end, python2_filter, odd_lines_accepted]

