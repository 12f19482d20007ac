# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Random view operations on an array of NumPy's, mostly such as can be done: as views.json
writes them, so that libmmview can do them (views.py), and as NumPy does them."""
import ast
import math

import numpy
from numpy.lib.format import descr_to_dtype

from libmmview import LONG_COMPLEX, LONG_DOUBLE

_HUGE = (2**31, 2**62, 2**63 - 1, -2**63, -2**31, 2**64, -2**70)


def _place(dice, length):
    """A place on an axis or next to its ends; now and then a far one."""
    if dice.random() < 0.03:
        return dice.choice(_HUGE)
    return dice.randint(-length - 2, length + 2)


def _number(dice, value):
    """One of the ways to write an int in Python."""
    spelling = dice.choice(("d",) * 12 + ("#x", "#X", "#o", "#b", "_", "+"))
    return f"{value:{spelling}}"


def _slice(dice, length):
    def part(value):
        return None if dice.random() < 0.35 else value
    item = {"t": "slice", "start": part(_place(dice, length)), "stop": part(_place(dice, length)),
            "step": part(dice.choice((1, 2, 3, -1, -1, -2, -3, length or 1, -length or 1,
                                      _place(dice, length))))}
    text = [dice.choice(("", "", "None")) if item[key] is None else _number(dice, item[key])
            for key in ("start", "stop", "step")]
    colon = dice.choice((":", ":", " :", ": "))
    if item["step"] is None and dice.random() < 0.5:
        text.pop()
    return item, colon.join(text)


def _item(dice, length):
    if dice.random() < 0.35 and length:
        value = _place(dice, length) if dice.random() < 0.1 else dice.randrange(-length, length)
        return {"t": "int", "v": value}, _number(dice, value)
    return _slice(dice, length)


def _index(dice, array):
    count = dice.randint(0, array.ndim + (dice.random() < 0.05))
    ellipsis = dice.random() < 0.3
    items = []
    split = dice.randint(0, count) if ellipsis else count
    for n in range(count):
        axis = n if n < split else array.ndim - count + n
        items.append(_item(dice, array.shape[axis] if 0 <= axis < array.ndim else 3))
    if ellipsis:
        items.insert(split, ({"t": "ellipsis"}, dice.choice(("...", "Ellipsis"))))
    for _ in range(dice.choice((0, 0, 0, 1, 1, 2))):
        items.insert(dice.randint(0, len(items)),
                     ({"t": "newaxis"}, dice.choice(("None", "np.newaxis", "newaxis"))))
    if dice.random() < 0.01:
        items.append(({"t": "ellipsis"}, "..."))
    return {"op": "index", "items": [item for item, _ in items],
            "text": [text for _, text in items], "tuple": len(items) != 1 or dice.random() < 0.5}


def _one_slice(dice, array):
    axis = dice.randint(-array.ndim - 1, array.ndim) if dice.random() < 0.05 else \
        dice.randrange(-array.ndim, array.ndim) if array.ndim else 0
    item, text = _slice(dice, array.shape[axis] if -array.ndim <= axis < array.ndim else 3)
    return {"op": "slice", "axis": axis, "item": item, "text": text, "ndim": array.ndim}


def _axis(dice, ndim):
    """An axis of ndim; now and then none."""
    if ndim and dice.random() < 0.95:
        return dice.randrange(-ndim, ndim)
    return dice.randint(-ndim - 2, ndim + 1)


def _transpose(dice, array):
    axes = list(range(array.ndim))
    dice.shuffle(axes)
    if dice.random() < 0.2:
        return {"op": "transpose", "axes": None}
    if dice.random() < 0.05:
        axes = axes[:-1] if axes and dice.random() < 0.5 else axes + [0]
    axes = [axis - array.ndim if dice.random() < 0.2 else axis for axis in axes]
    if axes and dice.random() < 0.05:
        axes[dice.randrange(len(axes))] = _axis(dice, array.ndim)
    return {"op": "transpose", "axes": axes}


def _factors(dice, size):
    """A shape of so many items, which must not be 0."""
    shape = []
    while size > 1:
        length = dice.choice([d for d in range(2, min(size, 64) + 1) if size % d == 0] or [size])
        shape.append(length)
        size //= length
    return shape


def _reshape(dice, array):
    size = math.prod(array.shape)
    if 0 < size < 2**40 and array.ndim and dice.random() < 0.5:
        # What needs no copy most often: some axes split, some joined.
        shape = []
        for length in array.shape:
            parts = _factors(dice, length) if dice.random() < 0.4 else [length]
            shape += parts
            if len(shape) > 1 and dice.random() < 0.3:
                shape[-2:] = [shape[-2] * shape[-1]]
    elif 0 < size < 2**40:
        shape = _factors(dice, size)
    else:
        shape = [dice.choice((0, 0, 1, 2, 3, 7)) for _ in range(dice.randint(0, 4))]
    for _ in range(dice.choice((0, 0, 0, 1, 2))):
        shape.insert(dice.randint(0, len(shape)), 1)
    if shape and dice.random() < 0.3:
        shape[dice.randrange(len(shape))] = dice.choice((-1, -1, -1, -7, -2**63))
    if shape and dice.random() < 0.08:
        shape[dice.randrange(len(shape))] = dice.choice((-1, 0, 1, 2, 5, 2**40, 2**62))
    return {"op": "reshape", "shape": shape[:32], "order": dice.choice("CCCFFA")}


def _broadcast(dice, array):
    shape = [dice.choice((0, 1, 2, 5, 2**20)) if length == 1 and dice.random() < 0.6 else length
             for length in array.shape]
    for _ in range(dice.choice((0, 0, 1, 2))):
        shape.insert(0, dice.choice((0, 1, 2, 3, 3, 2**31)))
    if shape and dice.random() < 0.1:
        shape[dice.randrange(len(shape))] = dice.choice((-1, 0, 1, 4, 2**62))
    if dice.random() < 0.05:
        shape = shape[1:]
    return {"op": "broadcast", "shape": shape[-32:]}


_DTYPES = ("u1", "i1", "?", "<i2", ">i2", "<u4", ">f4", "<f8", "<i8", "<c8", ">c16", "<f2", "S2",
           "S3", "<U1", ">U2", "V1", "V3", "V", "V16", "<M8[s]", "<m8[25us]", "S", "<" + LONG_DOUBLE, "<" + LONG_COMPLEX, "g",
           "('<i2', (2,))", "('<i2', (2, 2))", "('u1', (4,))", "(('>i2', (2,)), (2,))",
           "('u1', (2, 0, 3))", "[('p', '<i2'), ('q', 'u1')]", "[('x', '<f4'), ('y', '<f4')]",
           "[('a', 'u1'), ('', 'V2'), ('b', 'u1')]", "[('n', [('k', '<i2')]), ('m', '<i2', (3,))]",
           "O", "[('o', 'O')]")


def _view(dice, array):
    return {"op": "view", "dtype": dice.choice(_DTYPES)}


def _names(dtype):
    titles = [field[2] for field in dtype.fields.values() if len(field) > 2]
    return list(dtype.names) + titles


def _field(dice, array):
    if array.dtype.names is None or dice.random() < 0.05:
        return {"op": "field", "name": dice.choice(("a", "", "no\u00fc"))}
    return {"op": "field", "name": dice.choice(_names(array.dtype))}


def _fields(dice, array):
    if array.dtype.names is None:
        return {"op": "fields", "names": ["a"]}
    names = list(array.dtype.names)
    dice.shuffle(names)
    names = names[:dice.randint(1, len(names))] if names else ["a"]
    if dice.random() < 0.1:
        names.append(dice.choice(_names(array.dtype) + ["none"]))
    return {"op": "fields", "names": names}


def _imag(dice, array):
    return {"op": "imag"}


# Bytes of an array that NumPy shall not copy.
_LARGE = 2**22

_MAKERS = {
    _index: 10, _one_slice: 2, _transpose: 3, _reshape: 6, _broadcast: 2, _view: 4,
    lambda dice, array: {"op": "swapaxes", "a": _axis(dice, array.ndim),
                         "b": _axis(dice, array.ndim)}: 1,
    lambda dice, array: {"op": "expand", "axis": _axis(dice, array.ndim + 1)}: 1,
    lambda dice, array: {"op": "squeeze", "axis": dice.choice(
        [None] + [n for n, length in enumerate(array.shape) if length == 1]
        + [_axis(dice, array.ndim)] * (dice.random() < 0.3))}: 1,
    lambda dice, array: {"op": "diagonal", "k": dice.choice((0, 0, 1, -1, 2, -2, 9, -9, 1 - 2**31,
                                                            2**31 - 1)),
                         "a": _axis(dice, array.ndim), "b": _axis(dice, array.ndim)}: 2,
    lambda dice, array: {"op": "real"}: 1,
    _imag: 1,
}


def operation(dice, array):
    """A random operation for an array of NumPy's."""
    if array.dtype.names is not None and dice.random() < 0.4:
        return dice.choice((_field, _field, _fields))(dice, array)
    if dice.random() < 0.01:
        return _field(dice, array)
    makers = dict(_MAKERS)
    if array.nbytes > _LARGE:
        del makers[_reshape], makers[_imag]
    return dice.choices(list(makers), list(makers.values()))[0](dice, array)


def _python(item):
    if item["t"] == "slice":
        return slice(item["start"], item["stop"], item["step"])
    return {"ellipsis": Ellipsis, "newaxis": None}.get(item["t"], item.get("v"))


def _apply_index(array, items):
    items = tuple(map(_python, items))
    # An ellipsis at the end changes nothing but that there is always an array.
    return array[items if Ellipsis in items else items + (Ellipsis,)]


def _apply_slice(array, op):
    axis = op["axis"] + array.ndim * (op["axis"] < 0)
    if not 0 <= axis < array.ndim:
        raise numpy.AxisError(op["axis"], array.ndim)
    return array[(slice(None),) * axis + (_python(op["item"]), Ellipsis)]


_APPLY = {
    "index": lambda a, op: _apply_index(a, op["items"]),
    "slice": _apply_slice,
    "field": lambda a, op: a[op["name"]],
    "fields": lambda a, op: a[op["names"]],
    "transpose": lambda a, op: a.T if op["axes"] is None else a.transpose(op["axes"]),
    "swapaxes": lambda a, op: a.swapaxes(op["a"], op["b"]),
    "reshape": lambda a, op: a.reshape(op["shape"], order=op["order"]),
    "expand": lambda a, op: numpy.expand_dims(a, op["axis"]),
    "squeeze": lambda a, op: a.squeeze(op["axis"]),
    "diagonal": lambda a, op: a.diagonal(op["k"], op["a"], op["b"]),
    "broadcast": lambda a, op: numpy.broadcast_to(a, op["shape"]),
    "view": lambda a, op: a.view(_dtype(op["dtype"])),
    "real": lambda a, op: a.real,
    "imag": lambda a, op: a.imag,
}


def _dtype(text):
    if text[0] not in "([":
        return numpy.dtype(text)
    # A sub-array of nothing is no descr to NumPy, though it is a dtype.
    value = ast.literal_eval(text)
    return descr_to_dtype(value) if isinstance(value, list) else numpy.dtype(value)


def apply(array, op):
    """The array that NumPy makes, a view or not; raises what NumPy raises."""
    return _APPLY[op["op"]](array, op)


def source(op):
    """The operation as a person would write it."""
    rest = ", ".join(f"{key}={value!r}" for key, value in op.items()
                     if key not in ("op", "items", "tuple", "ndim"))
    return f"{op['op']}({rest})"
