# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""libmmview through ctypes: the public API of <mmview.h>, as far as the oracle asks it.

The shared library is the one that the environment's LIBMMVIEW names. Needs no NumPy, so
that what NumPy says can not leak into what libmmview says.
"""
import ctypes
import os
import platform
import subprocess
import sys
import unicodedata
from ctypes import POINTER, byref, c_char, c_char_p, c_double, c_int, c_int32, c_longdouble
from ctypes import c_size_t, c_ssize_t, c_uint, c_uint32, c_uint64, c_void_p

CASTINGS = ("no", "equiv", "safe", "same_kind", "unsafe")
ORDERS = "CFAK"
MODES = {"r": 0, "c": 1, "r+": 2, "w+": 3}
OPEN_GROW, OPEN_SPARSE = 2, 4
NPZ_INFLATE = 0x100
NO_OFFSET = 2**64 - 1
DTYPE_ALIGN = 1
ITEM_STR, ITEM_REPR = 0, 1
WRITEABLE = 0x400
SHAPE_FROM_FILE = -1
COMPARE_CLOSE, COMPARE_EQUAL_NAN = 1, 2
NOTFOUND = -1
# Long doubles and complex ones as NumPy names them, and how many of their bytes mean nothing: the
# 10 bytes of the x87 lie in more.
LONG_DOUBLE = f"f{ctypes.sizeof(c_longdouble)}"
LONG_COMPLEX = f"c{2 * ctypes.sizeof(c_longdouble)}"
LONG_PADDING = ctypes.sizeof(c_longdouble) - 10 if platform.machine() in ("x86_64", "i686") else 0


class ErrorStruct(ctypes.Structure):
    _fields_ = [("status", c_int32), ("sys_errno", c_int32), ("offset", c_uint64),
                ("reserved", c_uint64 * 2), ("message", c_char * 480)]


class OpenOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint), ("mode", c_int), ("max_header", c_uint64),
                ("address", c_void_p)]


class MemmapOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint), ("mode", c_int), ("dtype", c_void_p),
                ("offset", c_uint64), ("ndim", c_int), ("order", c_int),
                ("shape", POINTER(c_ssize_t)), ("address", c_void_p)]


class CopyOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("dtype", c_void_p), ("order", c_int), ("casting", c_int)]


class NpzOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("max_header", c_uint64)]


class NpzInfo(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("method", c_int), ("crc", c_uint32), ("packed_size", c_uint64),
                ("plain_size", c_uint64), ("offset", c_uint64), ("reason", ErrorStruct),
                ("mappable", c_int), ("aligned", c_int), ("dtype", c_void_p), ("version", c_int),
                ("order", c_int), ("has_data", c_int), ("ndim", c_int), ("shape", c_ssize_t * 64),
                ("nbytes", c_ssize_t), ("header_length", c_uint64), ("data_offset", c_uint64)]


class NpzMemberOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint), ("mode", c_int), ("address", c_void_p),
                ("progress", c_void_p), ("context", c_void_p)]


class MemoryOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint), ("mode", c_int), ("max_header", c_uint64),
                ("release", c_void_p), ("context", c_void_p)]


# What NumPy's printoptions are called, and the flag that says that 0 is meant.
TEXT_FLAGS = {"threshold": 2, "edgeitems": 4, "linewidth": 8, "precision": 16}
TEXT_SWITCHES = {"suppress": 1, "index": 32, "nan_string": 64}
TEXT_FORMS = {"str": 0, "repr": 1, "lines": 2, "csv": 3, "tsv": 4, "json": 5, "jsonl": 6}


class TextOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("form", c_int), ("flags", c_uint),
                *((name, c_ssize_t) for name in TEXT_FLAGS)]


SINK = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_size_t)


class IndexItem(ctypes.Structure):
    _fields_ = [("kind", c_int), ("given", c_int), ("start", c_ssize_t), ("stop", c_ssize_t),
                ("step", c_ssize_t)]


class Difference(ctypes.Structure):
    _fields_ = [("item", c_ssize_t), ("a_offset", c_ssize_t), ("b_offset", c_ssize_t)]


class CompareOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint), ("room", c_uint), ("rtol", c_double),
                ("atol", c_double), ("differences", POINTER(Difference))]


class Comparison(ctypes.Structure):
    _fields_ = [("same_dtype", c_int), ("same_shape", c_int), ("same_order", c_int),
                ("values", c_int), ("items", c_ssize_t), ("different", c_ssize_t),
                ("nan", c_ssize_t), ("told", c_ssize_t), ("absolute", c_longdouble),
                ("relative", c_longdouble), ("absolute_at", Difference),
                ("relative_at", Difference)]


# name: (what it returns, what it takes). c_void_p stands for the opaque objects.
_TEXT = (c_size_t, [c_void_p, c_char_p, c_size_t])
_SIZED = [c_void_p, c_size_t, POINTER(c_size_t)]
PROTOTYPES = {
    "mmview_version": (c_char_p, []),
    "mmview_status_name": (c_char_p, [c_int]),
    "mmview_dtype_parse": (c_int, [c_char_p, c_size_t, c_uint, POINTER(c_void_p),
                                   POINTER(ErrorStruct)]),
    "mmview_dtype_unref": (None, [c_void_p]),
    "mmview_dtype_kind": (c_char, [c_void_p]),
    "mmview_dtype_char": (c_char, [c_void_p]),
    "mmview_dtype_num": (c_int, [c_void_p]),
    "mmview_dtype_byteorder": (c_char, [c_void_p]),
    "mmview_dtype_itemsize": (c_ssize_t, [c_void_p]),
    "mmview_dtype_alignment": (c_ssize_t, [c_void_p]),
    "mmview_dtype_isnative": (c_int, [c_void_p]),
    "mmview_dtype_hasobject": (c_int, [c_void_p]),
    "mmview_dtype_isalignedstruct": (c_int, [c_void_p]),
    "mmview_dtype_equal": (c_int, [c_void_p, c_void_p]),
    "mmview_dtype_name": _TEXT,
    "mmview_dtype_typestr": _TEXT,
    "mmview_dtype_descr": _TEXT,
    "mmview_dtype_descr_json": _TEXT,
    "mmview_dtype_unit": (c_char_p, [c_void_p, POINTER(c_int)]),
    "mmview_dtype_base": (c_void_p, [c_void_p]),
    "mmview_dtype_ndim": (c_int, [c_void_p]),
    "mmview_dtype_shape": (POINTER(c_ssize_t), [c_void_p]),
    "mmview_dtype_isstruct": (c_int, [c_void_p]),
    "mmview_dtype_field_count": (c_size_t, [c_void_p]),
    "mmview_dtype_field_name": (c_void_p, _SIZED),
    "mmview_dtype_field_title": (c_void_p, _SIZED),
    "mmview_dtype_field_offset": (c_ssize_t, [c_void_p, c_size_t]),
    "mmview_dtype_field_dtype": (c_void_p, [c_void_p, c_size_t]),
    "mmview_dtype_field_find": (c_int, [c_void_p, c_char_p, c_size_t, POINTER(c_size_t)]),
    "mmview_item_text": (c_size_t, [c_void_p, c_void_p, c_int, c_char_p, c_size_t]),
    "mmview_open": (c_int, [c_char_p, POINTER(OpenOptions), POINTER(c_void_p),
                            POINTER(ErrorStruct)]),
    "mmview_from_memory": (c_int, [c_void_p, c_size_t, POINTER(MemoryOptions), POINTER(c_void_p),
                                   POINTER(ErrorStruct)]),
    "mmview_memmap": (c_int, [c_char_p, POINTER(MemmapOptions), POINTER(c_void_p),
                              POINTER(ErrorStruct)]),
    "mmview_can_cast": (c_int, [c_void_p, c_void_p, c_int]),
    "mmview_copy": (c_int, [c_void_p, c_void_p, c_int, POINTER(ErrorStruct)]),
    "mmview_copy_new": (c_int, [c_void_p, POINTER(CopyOptions), POINTER(c_void_p),
                                POINTER(ErrorStruct)]),
    "mmview_npz_open": (c_int, [c_char_p, POINTER(NpzOptions), POINTER(c_void_p),
                                POINTER(ErrorStruct)]),
    "mmview_npz_unref": (None, [c_void_p]),
    "mmview_npz_count": (c_size_t, [c_void_p]),
    "mmview_npz_name": (c_void_p, _SIZED),
    "mmview_npz_find": (c_int, [c_void_p, c_char_p, c_size_t, POINTER(c_size_t),
                                POINTER(ErrorStruct)]),
    "mmview_npz_info": (c_int, [c_void_p, c_size_t, POINTER(NpzInfo), POINTER(ErrorStruct)]),
    "mmview_member_info_clear": (None, [POINTER(NpzInfo)]),
    "mmview_npz_member": (c_int, [c_void_p, c_size_t, POINTER(NpzMemberOptions), POINTER(c_void_p),
                                  POINTER(ErrorStruct)]),
    "mmview_npz_verify": (c_int, [c_void_p, c_size_t, c_void_p, c_void_p, POINTER(ErrorStruct)]),
    "mmview_array_unref": (None, [c_void_p]),
    "mmview_compare": (c_int, [c_void_p, c_void_p, POINTER(CompareOptions), POINTER(Comparison),
                               POINTER(ErrorStruct)]),
    "mmview_array_data": (c_void_p, [c_void_p]),
    "mmview_array_ndim": (c_int, [c_void_p]),
    "mmview_array_shape": (POINTER(c_ssize_t), [c_void_p]),
    "mmview_array_strides": (POINTER(c_ssize_t), [c_void_p]),
    "mmview_array_itemsize": (c_ssize_t, [c_void_p]),
    "mmview_array_size": (c_ssize_t, [c_void_p]),
    "mmview_array_nbytes": (c_ssize_t, [c_void_p]),
    "mmview_array_flags": (c_int, [c_void_p]),
    "mmview_array_dtype": (c_void_p, [c_void_p]),
    "mmview_array_offset": (c_uint64, [c_void_p]),
    "mmview_array_data_offset": (c_uint64, [c_void_p]),
    "mmview_array_mode": (c_int, [c_void_p]),
    "mmview_array_order": (c_int, [c_void_p]),
    "mmview_array_version": (c_int, [c_void_p]),
    "mmview_array_header_length": (c_uint64, [c_void_p]),
    "mmview_array_file_size": (c_uint64, [c_void_p]),
    "mmview_array_trailing_bytes": (c_uint64, [c_void_p]),
    "mmview_write_text": (c_int, [c_void_p, POINTER(TextOptions), SINK, c_void_p,
                                  POINTER(ErrorStruct)]),
}
_VIEWS = {
    "select": [c_char_p, c_size_t],
    "index": [POINTER(IndexItem), c_size_t],
    "slice": [c_int, c_int, c_ssize_t, c_ssize_t, c_ssize_t],
    "transpose": [POINTER(c_int), c_int],
    "swapaxes": [c_int, c_int],
    "reshape": [POINTER(c_ssize_t), c_int, c_int],
    "expand_dims": [c_int],
    "squeeze": [c_int],
    "diagonal": [c_ssize_t, c_int, c_int],
    "broadcast": [POINTER(c_ssize_t), c_int],
    "field": [c_char_p, c_size_t],
    "fields": [POINTER(c_char_p), POINTER(c_size_t), c_size_t],
    "dtype": [c_void_p],
    "real": [],
    "imag": [],
}
PROTOTYPES.update(("mmview_view_" + _name, (c_int, [c_void_p, *_inputs, POINTER(c_void_p),
                                                    POINTER(ErrorStruct)]))
                  for _name, _inputs in _VIEWS.items())


class Refused(Exception):
    """libmmview said no: its status by name, and the reason it gave."""

    def __init__(self, status, err):
        self.status = status
        self.offset = err.offset
        self.message = err.message.decode("utf-8")
        super().__init__(f"{status}: {self.message}")


def _preload_sanitizer():
    """An instrumented library wants its runtime first in the process: start again with it."""
    if "address" not in os.environ.get("SANITIZERS", "") or "LD_PRELOAD" in os.environ:
        return
    cc = os.environ.get("CC", "cc").split()
    names = ("libasan.so", "libclang_rt.asan-x86_64.so")
    found = [subprocess.run(cc + ["-print-file-name=" + name], capture_output=True, text=True,
                            check=True).stdout.strip() for name in names]
    found = [path for path in found if os.path.isabs(path)]
    if not found:
        sys.exit("the library needs a sanitizer's runtime that the compiler does not have")
    os.environ["LD_PRELOAD"] = found[0]
    os.environ["ASAN_OPTIONS"] = "detect_leaks=0:" + os.environ.get("ASAN_OPTIONS", "")
    os.execv(sys.executable, [sys.executable] + sys.argv)


def _load():
    path = os.environ.get("LIBMMVIEW", "")
    if not os.path.exists(path):
        sys.exit(f"LIBMMVIEW={path!r} names no library: run this by `make check`")
    _preload_sanitizer()
    library = ctypes.CDLL(path)
    for name, (result, arguments) in PROTOTYPES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


lib = _load()


def _check(status, err, out):
    """Raises Refused if a call failed, after a look at how it failed."""
    if status == 0:
        assert err.status == 0 and out.value, "a call that succeeds leaves the error alone"
        return
    name = lib.mmview_status_name(status).decode()
    assert name not in ("MMVIEW_OK", "MMVIEW_UNKNOWN", "MMVIEW_EINTERNAL"), (name, err.message)
    assert err.status == status, f"returned {name}, told {err.status}"
    assert not out.value, f"{name}, but *out was written"
    message = err.message.decode("utf-8")
    assert message and not any(unicodedata.category(c) == "Cc" for c in message), (name, message)
    raise Refused(name, err)


def _error():
    return ErrorStruct(0, 0, 2**64 - 1)


class Dtype:
    def __init__(self, pointer, owner=None):
        self.pointer = pointer
        self.owner = owner  # what the pointer is borrowed from; None: it is ours

    def __del__(self):
        if self.owner is None:
            lib.mmview_dtype_unref(self.pointer)

    @classmethod
    def parse(cls, text, flags=0):
        raw = text.encode("utf-8", "surrogatepass")
        out, err = c_void_p(), _error()
        _check(lib.mmview_dtype_parse(raw, len(raw), flags, byref(out), byref(err)), err, out)
        return cls(out.value)

    def can_cast(self, other, casting):
        return bool(lib.mmview_can_cast(self.pointer, other.pointer, CASTINGS.index(casting)))

    def _text(self, function):
        length = function(self.pointer, None, 0)
        buffer = ctypes.create_string_buffer(b"\xff" * (length + 2), length + 2)
        assert function(self.pointer, buffer, length + 1) == length
        assert buffer.raw[length:] == b"\0\xff", "terminated, and nothing behind it"
        return buffer.raw[:length].decode("utf-8", "surrogatepass")

    def _string(self, function, index):
        length = c_size_t()
        address = function(self.pointer, index, byref(length))
        if address is None:
            return None
        return ctypes.string_at(address, length.value).decode("utf-8", "surrogatepass")

    def _fields(self):
        for index in range(lib.mmview_dtype_field_count(self.pointer)):
            name = self._string(lib.mmview_dtype_field_name, index)
            title = self._string(lib.mmview_dtype_field_title, index)
            for key in (name, title):
                if key is not None:
                    self._find(key, index)
            pointer = lib.mmview_dtype_field_dtype(self.pointer, index)
            yield {"name": name, "title": None if title is None else repr(title),
                   "offset": lib.mmview_dtype_field_offset(self.pointer, index),
                   "dtype": Dtype(pointer, owner=self).facts()}

    def _find(self, key, index):
        raw, found = key.encode("utf-8", "surrogatepass"), c_size_t()
        status = lib.mmview_dtype_field_find(self.pointer, raw, len(raw), byref(found))
        assert status == 0 and found.value == index, f"field {key!r} is not found by its name"

    def facts(self):
        """What this dtype says of itself, by the keys of the evidence in dtypes.json."""
        p = self.pointer
        facts = {
            "name": self._text(lib.mmview_dtype_name),
            "typestr": self._text(lib.mmview_dtype_typestr),
            "npy_descr": self._text(lib.mmview_dtype_descr),
            "kind": lib.mmview_dtype_kind(p).decode(),
            "char": lib.mmview_dtype_char(p).decode(),
            "num": lib.mmview_dtype_num(p),
            "byteorder": lib.mmview_dtype_byteorder(p).decode(),
            "itemsize": lib.mmview_dtype_itemsize(p),
            "alignment": lib.mmview_dtype_alignment(p),
            "isnative": bool(lib.mmview_dtype_isnative(p)),
            "hasobject": bool(lib.mmview_dtype_hasobject(p)),
            "isalignedstruct": bool(lib.mmview_dtype_isalignedstruct(p)),
        }
        multiple = c_int(-1)
        unit = lib.mmview_dtype_unit(p, byref(multiple))
        if unit is not None:
            facts["unit"] = [unit.decode(), multiple.value]
        if lib.mmview_dtype_isstruct(p):
            facts["fields"] = list(self._fields())
            facts["names"] = [field["name"] for field in facts["fields"]]
        base = lib.mmview_dtype_base(p)
        if base is not None:
            facts["base"] = Dtype(base, owner=self).facts()
            shape = lib.mmview_dtype_shape(p)
            facts["shape"] = shape[:lib.mmview_dtype_ndim(p)]
        return facts


def item_texts(dtype, address, count, style, room=1 << 20):
    """mmview_item_text() of each of so many items that lie one after another. The texts fit
    in room."""
    itemsize = lib.mmview_dtype_itemsize(dtype.pointer)
    buffer, function, texts = ctypes.create_string_buffer(room), lib.mmview_item_text, []
    for i in range(count):
        length = function(dtype.pointer, address + i * itemsize, style, buffer, room)
        assert length < room, f"{length} bytes of text for item {i}"
        texts.append(ctypes.string_at(buffer, length))
    return [text.decode("utf-8") for text in texts]


class Array:
    def __init__(self, pointer, memory=None):
        self.pointer = pointer
        self.memory = memory  # that the array is in

    def __del__(self):
        lib.mmview_array_unref(self.pointer)

    @classmethod
    def open(cls, path, mode="r", flags=0, max_header=0):
        options = OpenOptions(ctypes.sizeof(OpenOptions), flags, MODES[mode], max_header, None)
        out, err = c_void_p(), _error()
        _check(lib.mmview_open(os.fsencode(path), byref(options), byref(out), byref(err)), err, out)
        return cls(out.value)

    @classmethod
    def of_bytes(cls, content):
        """Of a .npy file that is in memory."""
        memory = ctypes.create_string_buffer(content, len(content))
        options = MemoryOptions(ctypes.sizeof(MemoryOptions), 0, MODES["r"], 0, None, None)
        out, err = c_void_p(), _error()
        _check(lib.mmview_from_memory(memory, len(content), byref(options), byref(out), byref(err)),
               err, out)
        return cls(out.value, memory)

    @classmethod
    def memmap(cls, path, dtype=None, mode="r", offset=0, shape=None, order="C"):
        dims = (c_ssize_t * len(shape or ()))(*(shape or ()))
        options = MemmapOptions(ctypes.sizeof(MemmapOptions), 0, MODES[mode],
                                dtype.pointer if dtype else None, offset,
                                SHAPE_FROM_FILE if shape is None else len(shape),
                                {"C": 0, "F": 1}[order], dims, None)
        out, err = c_void_p(), _error()
        _check(lib.mmview_memmap(os.fsencode(path), byref(options), byref(out), byref(err)), err,
               out)
        return cls(out.value)

    @classmethod
    def member(cls, npz, index, mode="r", inflate=False):
        options = NpzMemberOptions(ctypes.sizeof(NpzMemberOptions), NPZ_INFLATE if inflate else 0,
                                   MODES[mode], None, None, None)
        out, err = c_void_p(), _error()
        _check(lib.mmview_npz_member(npz.pointer, index, byref(options), byref(out), byref(err)),
               err, out)
        return cls(out.value)

    def dtype(self):
        return Dtype(lib.mmview_array_dtype(self.pointer), owner=self)

    def facts(self):
        """What this array says of itself, by the keys of the evidence in vectors.json."""
        p = self.pointer
        ndim = lib.mmview_array_ndim(p)
        assert lib.mmview_array_data(p), "the address is never NULL"
        assert lib.mmview_array_offset(p) == lib.mmview_array_data_offset(p)
        return {
            "shape": lib.mmview_array_shape(p)[:ndim],
            "strides": lib.mmview_array_strides(p)[:ndim],
            "ndim": ndim,
            "size": lib.mmview_array_size(p),
            "nbytes": lib.mmview_array_nbytes(p),
            "itemsize": lib.mmview_array_itemsize(p),
            "flags": lib.mmview_array_flags(p),
            "data_offset": lib.mmview_array_offset(p),
            "dtype": self.dtype().facts(),
        }

    def view(self, name, *inputs):
        """mmview_view_NAME()."""
        out, err = c_void_p(), _error()
        status = getattr(lib, "mmview_view_" + name)(self.pointer, *inputs, byref(out), byref(err))
        _check(status, err, out)
        return Array(out.value, self.memory)

    def text_bytes(self, form="str", most=None, **options):
        """What mmview_write_text() writes, by the names of numpy.printoptions and of our flags;
        with most, the first so many bytes of it."""
        flags = sum(TEXT_FLAGS[name] for name in options if name in TEXT_FLAGS)
        flags |= sum(flag for name, flag in TEXT_SWITCHES.items() if options.pop(name, False))
        given = TextOptions(ctypes.sizeof(TextOptions), TEXT_FORMS[form], flags, **options)
        pieces, length = [], 0

        def take(_, text, size):
            nonlocal length
            pieces.append(ctypes.string_at(text, size))
            length += size
            return most is not None and length >= most

        err = _error()
        status = lib.mmview_write_text(self.pointer, byref(given), SINK(take), None, byref(err))
        if most is None or length < most:
            _check(status, err, c_void_p(1 if status == 0 else None))
        else:
            assert lib.mmview_status_name(status) == b"MMVIEW_ECANCELED", status
        return b"".join(pieces)[:most]

    def text(self, form="str", most=None, **options):
        """The same as text."""
        return self.text_bytes(form, most, **options).decode("utf-8", "ignore" if most else "strict")

    def take(self, source, casting):
        """mmview_copy()."""
        err = _error()
        status = lib.mmview_copy(self.pointer, source.pointer, CASTINGS.index(casting), byref(err))
        _check(status, err, c_void_p(None if status else self.pointer))

    def copy(self, dtype=None, order="C", casting="same_kind"):
        """mmview_copy_new()."""
        options = CopyOptions(ctypes.sizeof(CopyOptions), dtype.pointer if dtype else None,
                              ORDERS.index(order), CASTINGS.index(casting))
        out, err = c_void_p(), _error()
        status = lib.mmview_copy_new(self.pointer, byref(options), byref(out), byref(err))
        _check(status, err, out)
        return Array(out.value)

    def compare(self, other, flags=0, room=0, rtol=0, atol=0):
        """mmview_compare(): the result, and the differences that it told."""
        told = (Difference * room)()
        options = CompareOptions(ctypes.sizeof(CompareOptions), flags, room, rtol, atol, told)
        result, err = Comparison(), _error()
        status = lib.mmview_compare(self.pointer, other.pointer, byref(options), byref(result),
                                    byref(err))
        if status:
            raise Refused(lib.mmview_status_name(status).decode(), err)
        return result, told[:result.told]

    def view_facts(self):
        """What a view says of itself, by the keys of the evidence in views.json."""
        p, dtype = self.pointer, self.dtype()
        ndim = lib.mmview_array_ndim(p)
        assert lib.mmview_array_itemsize(p) == lib.mmview_dtype_itemsize(dtype.pointer)
        return {
            "shape": lib.mmview_array_shape(p)[:ndim],
            "strides": lib.mmview_array_strides(p)[:ndim],
            "size": lib.mmview_array_size(p),
            "nbytes": lib.mmview_array_nbytes(p),
            "itemsize": lib.mmview_array_itemsize(p),
            "typestr": dtype._text(lib.mmview_dtype_typestr),
            "descr": dtype._text(lib.mmview_dtype_descr),
            "flags": lib.mmview_array_flags(p),
            "offset": ctypes.c_int64(lib.mmview_array_offset(p)).value,
        }

    def c_order_bytes(self):
        """The elements in C order, read one by one through address and strides."""
        p = self.pointer
        ndim, itemsize = lib.mmview_array_ndim(p), lib.mmview_array_itemsize(p)
        shape, strides = lib.mmview_array_shape(p)[:ndim], lib.mmview_array_strides(p)[:ndim]
        addresses = [lib.mmview_array_data(p)] if all(shape) else []
        for length, stride in zip(shape, strides) if addresses else ():
            addresses = [at + i * stride for at in addresses for i in range(length)]
        return b"".join(ctypes.string_at(at, itemsize) for at in addresses)


class Npz:
    """An archive, a list of the names of its members as they are in it."""

    def __init__(self, path, max_header=0):
        options = NpzOptions(ctypes.sizeof(NpzOptions), max_header)
        out, err = c_void_p(), _error()
        self.pointer = None
        _check(lib.mmview_npz_open(os.fsencode(path), byref(options), byref(out), byref(err)), err,
               out)
        self.pointer = out.value
        self.names = [self._name(i) for i in range(lib.mmview_npz_count(self.pointer))]

    def __del__(self):
        lib.mmview_npz_unref(self.pointer)

    def _name(self, index):
        length = c_size_t()
        address = lib.mmview_npz_name(self.pointer, index, byref(length))
        raw = ctypes.string_at(address, length.value + 1)
        assert raw[-1:] == b"\0" and b"\0" not in raw[:-1]
        return raw[:-1].decode("utf-8")

    def find(self, name):
        """The index of a member, or None."""
        raw, found, err = name.encode("utf-8"), c_size_t(), _error()
        status = lib.mmview_npz_find(self.pointer, raw, len(raw), byref(found), byref(err))
        assert status in (0, NOTFOUND) and err.status == status, err.message
        return found.value if status == 0 else None

    def info(self, index):
        """What mmview_npz_info() tells, with the dtype's facts and the reason by its name."""
        info, err = NpzInfo(size=ctypes.sizeof(NpzInfo)), _error()
        out = c_void_p(1)  # of this call nothing is to be released but what is in info
        if lib.mmview_npz_info(self.pointer, index, byref(info), byref(err)) != 0:
            out.value = None
            _check(err.status, err, out)
        facts = {name: getattr(info, name) for name, *_ in NpzInfo._fields_
                 if name not in ("size", "reason", "dtype", "shape")}
        facts["shape"] = info.shape[:info.ndim]
        facts["reason"] = lib.mmview_status_name(info.reason.status).decode()
        facts["message"] = info.reason.message.decode("utf-8")
        facts["dtype"] = Dtype(info.dtype, owner=self).facts() if info.dtype else None
        lib.mmview_member_info_clear(byref(info))
        return facts

    def verify(self, index):
        err = _error()
        out = c_void_p(1)
        status = lib.mmview_npz_verify(self.pointer, index, None, None, byref(err))
        if status != 0:
            out.value = None
            _check(status, err, out)
