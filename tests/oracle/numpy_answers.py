# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""What NumPy says of a file or a dtype, by the keys of the evidence in vectors.json."""
import contextlib
import re
import types
import warnings

import numpy
from numpy.lib import format as npy

VERSION = numpy.__version__


def dtype_facts(dtype):
    facts = {
        "name": dtype.name,
        "typestr": dtype.str,
        "npy_descr": repr(npy.dtype_to_descr(dtype)),
        "kind": dtype.kind,
        "char": dtype.char,
        "num": dtype.num,
        "byteorder": dtype.byteorder,
        "itemsize": dtype.itemsize,
        "alignment": dtype.alignment,
        "isnative": dtype.isnative,
        "hasobject": dtype.hasobject,
        "isalignedstruct": dtype.isalignedstruct,
    }
    if dtype.kind in "mM":
        facts["unit"] = list(numpy.datetime_data(dtype))
    if dtype.names is not None:
        facts["names"] = list(dtype.names)
        facts["fields"] = []
        for name in dtype.names:
            field = dtype.fields[name]
            facts["fields"].append({"name": name, "offset": field[1],
                                    "title": repr(field[2]) if len(field) > 2 else None,
                                    "dtype": dtype_facts(field[0])})
    if dtype.subdtype is not None:
        facts["base"] = dtype_facts(dtype.subdtype[0])
        facts["shape"] = list(dtype.subdtype[1])
    return facts


def array_facts(array):
    size = 1
    for length in array.shape:
        size *= length
    return {
        "shape": list(array.shape),
        "strides": list(array.strides),
        "ndim": array.ndim,
        # NumPy's own wraps if the item size is 0; what mmview says then is documented.
        "size": min(size, 2**63 - 1),
        "nbytes": array.nbytes,
        "itemsize": array.itemsize,
        "flags": array.flags.num,
        "data_offset": array.offset,
        "dtype": dtype_facts(array.dtype),
    }


def _guarded(answer):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return {"ok": True, **answer()}
        except Exception as error:  # whatever it is, it is NumPy's answer
            return {"ok": False, "error": type(error).__name__, "message": str(error)[:400]}


def open_answer(path):
    return _guarded(lambda: array_facts(npy.open_memmap(path, mode="r")))


def header_answer(path):
    """Shape, order and dtype as the header has them, whether or not that can be mapped."""
    def read():
        with open(path, "rb") as f:
            version = npy.read_magic(f)
            shape, fortran_order, dtype = npy._read_array_header(f, version)
            return {"shape": list(shape), "fortran_order": fortran_order, "offset": f.tell(),
                    "dtype": dtype_facts(dtype)}
    return _guarded(read)


@contextlib.contextmanager
def _patched(**replacements):
    old = {name: getattr(npy, name) for name in replacements}
    vars(npy).update(replacements)
    try:
        yield
    finally:
        vars(npy).update(old)


def open_answer_without_filter(path):
    """As NumPy 2 reads headers: the filter for Python 2 only where there is no parse without."""
    filtered, safe_eval = npy._filter_header, npy.safe_eval

    def evaluate(text):
        try:
            return safe_eval(text)
        except SyntaxError:
            return safe_eval(filtered(text))
    with open(path, "rb") as f:
        python2 = f.read(7)[6:] in (b"\1", b"\2")
    with _patched(_filter_header=lambda text: text, safe_eval=evaluate if python2 else safe_eval):
        return open_answer(path)


def open_answer_with_n(path):
    """With the letters n and N of NumPy 2, which are p and P."""
    def letters(descr):
        if isinstance(descr, str):
            return re.sub(r"(^|[<>=|,)\s0-9])([nN])(?=$|[,\s])",
                          lambda m: m[1] + {"n": "p", "N": "P"}[m[2]], descr)
        return descr
    with _patched(numpy=types.SimpleNamespace(
            dtype=lambda descr: numpy.dtype(letters(descr)), void=numpy.void, memmap=numpy.memmap)):
        return open_answer(path)


def literal(text, python2):
    """The header's value; None if it has none."""
    try:
        return npy.safe_eval(npy._filter_header(text) if python2 else text)
    except Exception:  # as many kinds as there are faults in a header
        return None


def item_size(descr):
    """The size of an item, and whether it is a sub-array."""
    dtype = npy.descr_to_dtype(descr)
    return dtype.itemsize, dtype.subdtype is not None


def aligned_answer(descr):
    """numpy.dtype(descr, align=True), fields without a name included."""
    return _guarded(lambda: {"dtype": dtype_facts(numpy.dtype(descr, align=True))})
