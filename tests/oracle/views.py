# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""One operation that makes a view, as views.json writes it, done by libmmview."""
from ctypes import c_char_p, c_int, c_size_t, c_ssize_t

from libmmview import Dtype, IndexItem

# Two ways to say the same.
TEXT, STRUCTS = "text", "structs"

INTP = range(-2**63, 2**63)
ALL_AXES = -2**31
ORDERS = {"C": 0, "F": 1, "A": 2}
NO_ORDER = 3
KINDS = {"int": 0, "slice": 1, "newaxis": 2, "ellipsis": 3}
START, STOP, STEP = 1, 2, 4


def _item(item):
    given, values = 0, []
    for flag, part in ((START, "start"), (STOP, "stop"), (STEP, "step")):
        value = item.get("v" if item["t"] == "int" and part == "start" else part)
        if item["t"] == "slice" and value is not None:
            given |= flag
        values.append(0 if value is None else min(max(value, INTP[0]), INTP[-1]))
    return IndexItem(KINDS[item["t"]], given, *values)


def _index(array, op, way):
    if way == STRUCTS and all(item.get("v", 0) in INTP for item in op["items"]):
        items = [_item(item) for item in op["items"]]
        return array.view("index", (IndexItem * len(items))(*items), len(items))
    text = ", ".join(op["text"]) if op["text"] else "()"
    return _select(array, text + "," * (op["tuple"] and len(op["text"]) == 1))


def _select(array, text):
    raw = text.encode("utf-8")
    return array.view("select", raw, len(raw))


def _field(array, op, way):
    if way == TEXT:
        return _select(array, repr(op["name"]))
    raw = op["name"].encode("utf-8")
    return array.view("field", raw, len(raw))


def _fields(array, op, way):
    if way == TEXT:
        return _select(array, repr(op["names"]))
    names = [name.encode("utf-8") for name in op["names"]]
    return array.view("fields", (c_char_p * len(names))(*names),
                      (c_size_t * len(names))(*map(len, names)), len(names))


def _slice(array, op, way):
    if way == TEXT:
        axis = op["axis"] + op["ndim"] * (op["axis"] < 0)
        if 0 <= axis < op["ndim"]:
            return _select(array, ":, " * axis + op["text"])
    item = _item(op["item"])
    return array.view("slice", op["axis"], item.given, item.start, item.stop, item.step)


def _transpose(array, op, way):
    if op["axes"] is None:
        return array.view("transpose", None, 0)
    return array.view("transpose", (c_int * len(op["axes"]))(*op["axes"]), len(op["axes"]))


def _shape(shape):
    return (c_ssize_t * len(shape))(*shape), len(shape)


def _view(array, op, way):
    dtype = Dtype.parse(op["dtype"])
    return array.view("dtype", dtype.pointer)


_OPERATIONS = {
    "index": _index,
    "slice": _slice,
    "field": _field,
    "fields": _fields,
    "transpose": _transpose,
    "swapaxes": lambda array, op, way: array.view("swapaxes", op["a"], op["b"]),
    "reshape": lambda array, op, way: array.view("reshape", *_shape(op["shape"]),
                                                 ORDERS.get(op["order"], NO_ORDER)),
    "expand": lambda array, op, way: array.view("expand_dims", op["axis"]),
    "squeeze": lambda array, op, way: array.view("squeeze", ALL_AXES if op["axis"] is None
                                                 else op["axis"]),
    "diagonal": lambda array, op, way: array.view("diagonal", op["k"], op.get("a", 0),
                                                  op.get("b", 1)),
    "broadcast": lambda array, op, way: array.view("broadcast", *_shape(op["shape"])),
    "view": _view,
    "real": lambda array, op, way: array.view("real"),
    "imag": lambda array, op, way: array.view("imag"),
}


def apply(array, op, way):
    """The view that libmmview makes; raises Refused."""
    return _OPERATIONS[op["op"]](array, op, way)
