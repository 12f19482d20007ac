#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""mmview dump: what it shows is what print() shows, and each form for programs reads back to the
same values: of every recorded file, the vectors and the corpus."""
import csv
import io
import json
import math
import os
import re
import shutil
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from evidence import cases, shared
from libmmview import Array, Refused

MOST_VALUES = 20000  # of a file that is read back: Python takes its time

failures, counts = [], {}


def count(what, number=1):
    counts[what] = counts.get(what, 0) + number


def check(what, found, wanted):
    count("checks")
    if found != wanted:
        failures.append(what)
        if len(failures) <= 20:
            print(f"{what}:\n    {str(found)[:300]!r} found,\n    {str(wanted)[:300]!r} expected")


def dump(path, *options):
    """What the program writes, as bytes."""
    done = subprocess.run([os.environ["MMVIEW"], "dump", *options, path], check=False,
                          stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode or done.stderr:
        return f"exit {done.returncode}: {done.stderr.decode()}".encode()
    return done.stdout


def load(path):
    """The array, or None: NumPy does not open it, or does not survive it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return np.asarray(np.lib.format.open_memmap(path, mode="r"))
    except Exception:  # pylint: disable=broad-except
        return None


def files():
    """Name, path and array of every file that both open."""
    found = [(f"vectors/{case['id']}", shared("numpy", *case["file"].split("/")))
             for case in cases("vectors.json") if case["mmap_r"]["ok"]]
    corpus = shared("corpus")
    found += [(f"corpus/{name}", os.path.join(corpus, name)) for name in sorted(os.listdir(corpus))
              if name.endswith(".npy")]
    for name, path in found:
        array = load(path)
        if array is None:
            count("not opened by NumPy")
            continue
        if math.prod(array.shape) > 2**40:  # NumPy's own count of them wraps, and it hangs
            count("too large for NumPy")
            continue
        try:
            Array.open(path)
        except Refused:
            count("not opened by mmview")
            continue
        yield name, path, array


# ---- What each value is in a form: strings and bytes as bytes, all else as text.

def leaves(value, dtype):
    """The parts of an item that are neither structs nor sub-arrays, with their dtypes."""
    if dtype.subdtype:
        base, shape = dtype.subdtype
        for index in np.ndindex(*shape):
            yield from leaves(value[index], base)
    elif dtype.names is not None:
        for name in dtype.names:
            yield from leaves(value[name], dtype[name])
    else:
        yield value, dtype


def names(dtype, way=()):
    """Of the same parts: their columns."""
    if dtype.subdtype:
        base, shape = dtype.subdtype
        for index in np.ndindex(*shape):
            yield from names(base, way + tuple(map(str, index)))
    elif dtype.names is not None:
        for name in dtype.names:
            yield from names(dtype[name], way + (name,))
    else:
        yield ".".join(way).encode("utf-8", "surrogatepass")


def is_generic(dtype):
    return dtype.kind in "mM" and np.datetime_data(dtype)[0] == "generic"


def plain(value, dtype):
    """In tables."""
    if dtype.kind == "S":
        return bytes(value)
    if dtype.kind == "U":
        return str(value).encode("utf-8", "surrogatepass")
    if dtype.kind == "V":
        return bytes(value).hex().encode()
    if dtype.kind in "mM" and not np.isnat(value) and (dtype.kind == "m" or is_generic(dtype)):
        return str(value.astype("i8")).encode()
    return str(value).encode()


def escaped(character):
    """A character of a string, in lines."""
    code = ord(character)
    if character in "\\\n\r\t":
        return {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}[character]
    if code < 32 or 127 <= code < 160:
        return f"\\x{code:02x}"
    if 0xd800 <= code < 0xe000:
        return f"\\u{code:04x}"
    return character


def escaped_byte(character):
    """The same for bytes, decoded with surrogateescape: what is not shown, byte by byte."""
    if escaped(character) == character or character in "\\\n\r\t":
        return escaped(character)
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))


def line(value, dtype):
    """In lines."""
    if dtype.names is not None:
        return tuple_text(value, dtype).encode()
    if dtype.kind == "S":
        text = bytes(value).decode("utf-8", "surrogateescape")
        return "".join(map(escaped_byte, text)).encode()
    if dtype.kind == "U":
        return "".join(map(escaped, str(value))).encode()
    return plain(value, dtype)


def tuple_text(value, dtype):
    """A part of a struct, in lines."""
    if dtype.subdtype:
        base, shape = dtype.subdtype
        if len(shape) > 1:
            base, shape = np.dtype((base, shape[1:])), shape[:1]
        return "[" + ", ".join(tuple_text(value[i], base) for i in range(shape[0])) + "]"
    if dtype.names is not None:
        parts = [tuple_text(value[name], dtype[name]) for name in dtype.names]
        return "(" + ", ".join(parts) + ("," if len(parts) == 1 else "") + ")"
    if dtype.kind == "S":
        return repr(bytes(value))
    if dtype.kind == "U":
        return repr(str(value))
    if dtype.kind == "V":
        return "b'" + "".join(f"\\x{byte:02X}" for byte in bytes(value)) + "'"
    text = plain(value, dtype).decode()
    quoted = dtype.kind in "mM" and not re.fullmatch("-?[0-9]+", text)
    return f"'{text}'" if quoted else text


def is_special(value, dtype):
    """No number, of those that have it."""
    return bool(np.isnat(value) if dtype.kind in "mM" else not np.isfinite(value))


def in_json(text):
    """A str there: what would make jq refuse it is written as Python would."""
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


def tree(value, dtype, nan_string=False):
    """In JSON, as json.loads() gives it with numbers as text that starts with '#'."""
    if isinstance(value, np.ndarray) and value.ndim and not dtype.subdtype:
        return [tree(item, dtype, nan_string) for item in value]
    if dtype.subdtype:
        base = dtype.subdtype[0]
        return tree(value, base, nan_string)
    if dtype.names is not None:
        return {in_json(name): tree(value[name], dtype[name], nan_string) for name in dtype.names}
    if isinstance(value, np.ndarray):
        value = value[()]
    if dtype.kind == "b":
        return bool(value)
    if dtype.kind == "c":
        part = np.dtype(value.real.dtype)
        return [tree(value.real, part, nan_string), tree(value.imag, part, nan_string)]
    if dtype.kind == "S":
        return bytes(value).decode("utf-8", "surrogateescape")
    if dtype.kind == "U":
        return in_json(str(value))
    text = plain(value, dtype).decode()
    if dtype.kind in "fmM" and is_special(value, dtype):
        words = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity", "NaT": "NaT"}
        return words[text] if nan_string else None
    if dtype.kind == "V" or (dtype.kind == "M" and not is_generic(dtype)):
        return text
    return "#" + text


# ---- The forms, by way of the library.

def rows_of(text, delimiter):
    """What Python's csv reads, each field as bytes."""
    lines = io.StringIO(text.decode("latin-1"), newline="")
    return [[field.encode("latin-1") for field in row]
            for row in csv.reader(lines, delimiter=delimiter, strict=True)]


def check_lines(name, ours, array):
    wanted = [line(value, array.dtype) for value in array.reshape(-1)]
    check(f"{name}: lines", ours.text_bytes("lines"), b"".join(text + b"\n" for text in wanted))
    indices = ["".join(f"{i}\t" for i in index).encode() for index in np.ndindex(*array.shape)]
    check(f"{name}: lines with index", ours.text_bytes("lines", index=True),
          b"".join(index + text + b"\n" for index, text in zip(indices, wanted)))


def check_tables(name, ours, array):
    flat = array.reshape(-1)
    if array.dtype.names is not None:
        wanted = [list(names(array.dtype))]
        wanted += [[plain(*leaf) for leaf in leaves(value, array.dtype)] for value in flat]
    else:
        fields = [plain(value, array.dtype) for value in flat]
        width = array.shape[-1] if array.ndim > 1 else 1
        wanted = [fields[i * width:][:width] for i in range(math.prod(array.shape[:-1])
                                                            if array.ndim > 1 else array.size)]
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        text = ours.text_bytes(form)
        if b"\0" in text and sys.version_info < (3, 11):
            count("tables with NULs, which this Python's csv does not read")
            continue
        check(f"{name}: {form}", rows_of(text, delimiter), wanted)


def with_text(text):
    """What Python's json reads, with numbers as tree() has them."""
    def refuse(word):
        raise ValueError(f"{word} is no JSON")

    def unique(pairs):
        assert len(dict(pairs)) == len(pairs), "a key is there twice"
        return dict(pairs)

    return json.loads(text.decode("utf-8"), parse_float="#".__add__, parse_int="#".__add__,
                      parse_constant=refuse, object_pairs_hook=unique)


def check_json(name, ours, array):
    text = ours.text_bytes("json")
    check(f"{name}: json", with_text(text), tree(array, array.dtype))
    check(f"{name}: json is one line", (text[-1:], text.count(b"\n")), (b"\n", 1))
    check(f"{name}: json with words", with_text(ours.text_bytes("json", nan_string=True)),
          tree(array, array.dtype, True))
    lines = [with_text(part) for part in ours.text_bytes("jsonl").split(b"\n")[:-1]]
    wanted = tree(array, array.dtype)
    check(f"{name}: jsonl", lines, wanted if array.ndim else [wanted])
    return text


def is_tame(dtype):
    """Whether numpy.genfromtxt reads it without a loss: it knows neither quotes nor numbers of
    more digits than a double has."""
    parts = [dtype[name] for name in dtype.names] if dtype.names is not None else [dtype]
    return bool(parts) and all(part.kind in "biufc" and part.itemsize <= 8 * (1 + (part.kind == "c"))
                               for part in parts)


def check_genfromtxt(name, ours, array):
    if not is_tame(array.dtype) or not array.size or array.ndim > 2:
        return
    dtype = array.dtype
    if dtype.names is not None:
        if any("\n" in name for name in dtype.names):
            return  # nor does it know names of two lines
        dtype = np.dtype([(f"c{i}", dtype[field].newbyteorder("="))
                          for i, field in enumerate(dtype.names)])
    else:
        dtype = dtype.newbyteorder("=")
    read = np.genfromtxt(io.BytesIO(ours.text_bytes("csv")), dtype=dtype, delimiter=",",
                         skip_header=int(dtype.names is not None))
    pairs = [(read, array)]
    if dtype.names is not None:
        pairs = [(read[field], array[theirs]) for field, theirs in zip(dtype.names, array.dtype.names)]
    check(f"{name}: genfromtxt", all(np.array_equal(a.reshape(-1), b.reshape(-1), equal_nan=True)
                                     for a, b in pairs), True)
    count("tables read by genfromtxt")


# ---- JSON, by jq: it has doubles, and no halves of surrogate pairs.

def as_jq(value):
    if isinstance(value, dict):
        return {as_jq(key): as_jq(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_jq(item) for item in value]
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return math.copysign(sys.float_info.max, value) if math.isinf(float(value)) else float(value)
    return value


def check_jq(texts):
    jq = shutil.which("jq")
    if jq is None:
        print("SKIP: a part: there is no jq here")
        return
    done = subprocess.run([jq, "-c", "."], input=b"".join(texts.values()), check=False,
                          capture_output=True)
    check("jq: messages", (done.returncode, done.stderr), (0, b""))
    answers = done.stdout.split(b"\n")[:-1]
    check("jq: documents", len(answers), len(texts))
    for (name, text), answer in zip(texts.items(), answers):
        check(f"{name}: jq", as_jq(json.loads(answer)), as_jq(json.loads(text)))


# ---- The program.

# What a terminal obeys, and what turns the order of the text around it.
OBEYED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def shown(array):
    """What print() shows, but of a single string nothing that a terminal obeys."""
    text = str(array)
    if array.ndim == 0 and array.dtype.kind == "U":
        text = OBEYED.sub(lambda match: repr(match[0])[1:-1], text)
    return text


def check_shown(found):
    """What is shown to people."""
    with ThreadPoolExecutor(4) as pool:
        outputs = pool.map(dump, [path for _, path, _ in found])
        for (name, _, array), output in zip(found, outputs):
            try:
                wanted = shown(array)
            except Exception as error:  # pylint: disable=broad-except
                count(f"not shown by NumPy ({type(error).__name__})")
                continue
            check(f"{name}: shown", output, wanted.encode("utf-8", "backslashreplace") + b"\n")
            count("files shown as print() shows them")


def items_of(data, dtype, shape, order):
    """An array of the bytes of --raw."""
    if dtype.itemsize == 0:
        return None if data else np.zeros(shape, dtype)
    return np.frombuffer(data, dtype).reshape(shape, order=order)


def equal(a, b):
    """Part by part: what is in the gaps of structs does not matter."""
    if a.dtype.names is not None:
        return all(equal(a[name], b[name]) for name in a.dtype.names)
    if a.dtype.kind in "mM":  # astype() forgets to swap those without a unit
        a, b = (times.view(times.dtype.byteorder + "i8") for times in (a, b))
    return a.shape == b.shape and np.ascontiguousarray(a).tobytes() == \
        np.ascontiguousarray(b.astype(a.dtype)).tobytes()


def check_raw(name, path, array):
    dtype, swapped = array.dtype, array.dtype.newbyteorder("S")
    for options, order, made in (
            ((), "C", dtype), (("--order-out=F",), "F", dtype),
            (("--byteorder=swap",), "C", swapped), (("--byteorder=swap", "--order-out=F"), "F", swapped)):
        data = dump(path, "--raw", *options)
        if len(data) != array.nbytes:
            check(f"{name}: raw {options}", data[:200] if data[:4] == b"exit" else len(data),
                  array.nbytes)
            continue
        check(f"{name}: raw {options}", equal(items_of(data, made, array.shape, order), array), True)
    if dtype.kind in "biufc":
        for other in ("<i2", ">f4", "<c16"):
            data = dump(path, "--raw", "--dtype-out", other)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                wanted = array.astype(other).tobytes()
            fits = other != "<i2" or dtype.kind in "bi" or (dtype.kind == "u")
            if fits:
                check(f"{name}: raw as {other}", data, wanted)
    count("files read back from --raw")


def main():
    csv.field_size_limit(2**31 - 1)
    found = list(files())
    check_shown(found)
    texts, dtypes = {}, set()
    for name, path, array in found:
        lists = math.prod(length or 1 for length in array.shape)  # what is empty has lists, too
        if max(lists, array.nbytes // 64, array.itemsize) > MOST_VALUES:
            count("files too large to read back")
            continue
        ours = Array.open(path)
        try:
            check_lines(name, ours, array)
        except (SystemError, ValueError) as error:
            count(f"not read by NumPy ({error})")
            continue
        check_tables(name, ours, array)
        check_genfromtxt(name, ours, array)
        texts[name] = check_json(name, ours, array)
        # Of each dtype a table, if there is one: that has an order to be kept.
        if str(array.dtype) not in dtypes and (array.ndim > 1 or name.startswith("corpus")):
            dtypes.add(str(array.dtype))
            check_raw(name, path, array)
        count("files read back")
    check_jq(texts)
    for what, number in counts.items():
        print(f"{number} {what}")
    if failures or counts.get("files read back", 0) < 500:
        sys.exit(f"{len(failures)} failures")


if __name__ == "__main__":
    main()
