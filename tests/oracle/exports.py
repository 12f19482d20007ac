# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""What libmmview hands to other libraries: <mmview/export.h> through ctypes."""
import ctypes
import json
from ctypes import POINTER, byref, c_char, c_char_p, c_int, c_int32, c_int64, c_size_t, c_ssize_t
from ctypes import c_uint, c_uint8, c_uint16, c_uint32, c_uint64, c_void_p

from libmmview import ErrorStruct, _check, _error, lib

NOTSWAPPED, HAS_DESCR = 0x200, 0x800
READ_ONLY = 1


class Interface(ctypes.Structure):
    """NumPy's PyArrayInterface."""
    _fields_ = [("two", c_int), ("nd", c_int), ("typekind", c_char), ("itemsize", c_int),
                ("flags", c_int), ("shape", POINTER(c_ssize_t)), ("strides", POINTER(c_ssize_t)),
                ("data", c_void_p), ("descr", c_void_p)]


class Tensor(ctypes.Structure):
    """DLPack's DLTensor."""
    _fields_ = [("data", c_void_p), ("device_type", c_int32), ("device_id", c_int32),
                ("ndim", c_int32), ("code", c_uint8), ("bits", c_uint8), ("lanes", c_uint16),
                ("shape", POINTER(c_int64)), ("strides", POINTER(c_int64)),
                ("byte_offset", c_uint64)]


class Managed(ctypes.Structure):
    """DLPack's DLManagedTensorVersioned."""
    _fields_ = [("major", c_uint32), ("minor", c_uint32), ("context", c_void_p),
                ("deleter", ctypes.CFUNCTYPE(None, c_void_p)), ("flags", c_uint64),
                ("tensor", Tensor)]


class Legacy(ctypes.Structure):
    """DLPack's DLManagedTensor."""
    _fields_ = [("tensor", Tensor), ("context", c_void_p),
                ("deleter", ctypes.CFUNCTYPE(None, c_void_p))]


_OUT = [POINTER(c_void_p), POINTER(ErrorStruct)]
_PROTOTYPES = {
    "mmview_export_array_interface": (c_int, [c_void_p] + _OUT),
    "mmview_export_array_interface_release": (None, [c_void_p]),
    "mmview_export_array_interface_json": (c_size_t, [c_void_p, c_char_p, c_size_t]),
    "mmview_export_buffer_format": (c_ssize_t, [c_void_p, c_char_p, c_size_t,
                                                POINTER(ErrorStruct)]),
    "mmview_export_buffer_strides": (None, [c_void_p, POINTER(c_ssize_t)]),
    "mmview_export_dlpack": (c_int, [c_void_p, c_uint] + _OUT),
    "mmview_export_dlpack_legacy": (c_int, [c_void_p] + _OUT),
}
for _name, (_result, _arguments) in _PROTOTYPES.items():
    _function = getattr(lib, _name)
    _function.restype, _function.argtypes = _result, _arguments


def buffer_format(array):
    """The PEP 3118 format; raises Refused."""
    buffer, err = ctypes.create_string_buffer(b"\xff" * 8, 8), _error()
    length = lib.mmview_export_buffer_format(array.pointer, None, 0, byref(err))
    if length < 0:
        assert lib.mmview_export_buffer_format(array.pointer, buffer, 8, None) == length
        assert buffer.raw == b"\xff" * 8, "written to, though refused"
        _check(length, err, c_void_p())
    buffer = ctypes.create_string_buffer(b"\xff" * (length + 2), length + 2)
    assert lib.mmview_export_buffer_format(array.pointer, buffer, length + 1, byref(err)) == length
    assert buffer.raw[length:] == b"\0\xff", "terminated, and nothing behind it"
    return buffer.raw[:length].decode("utf-8")


def buffer_strides(array):
    ndim = lib.mmview_array_ndim(array.pointer)
    strides = (c_ssize_t * (ndim + 1))(*[77] * (ndim + 1))
    lib.mmview_export_buffer_strides(array.pointer, strides)
    assert strides[ndim] == 77, "as many as there are dimensions, and no more"
    return strides[:ndim]


def interface_json(array):
    """The dict of version 3, of the lists that JSON has."""
    length = lib.mmview_export_array_interface_json(array.pointer, None, 0)
    buffer = ctypes.create_string_buffer(length + 1)
    assert lib.mmview_export_array_interface_json(array.pointer, buffer, length + 1) == length
    return json.loads(buffer.raw[:length].decode("utf-8", "surrogatepass"))


def _tuples(value):
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _descr(descr):
    """A list of fields is one in Python, too, and all that is in a field is a tuple."""
    if isinstance(descr, dict):
        return dict(descr, formats=[_descr(item) for item in descr["formats"]])
    if not isinstance(descr, list):
        return descr
    if len(descr) == 2 and isinstance(descr[1], list) and all(type(n) is int for n in descr[1]):
        return _descr(descr[0]), tuple(descr[1])  # a sub-array inside a dict
    return [(_tuples(field[0]), _descr(field[1]), *map(tuple, field[2:])) for field in descr]


def array_interface(array):
    """__array_interface__, as Python has it."""
    found = interface_json(array)
    assert list(found) == ["data", "strides", "descr", "typestr", "shape", "version"]
    return {key: _descr(value) if key == "descr" else _tuples(value)
            for key, value in found.items()}


def array_struct(array):
    """The address of a struct, for release_struct()."""
    out, err = c_void_p(), _error()
    _check(lib.mmview_export_array_interface(array.pointer, byref(out), byref(err)), err, out)
    return out.value


def release_struct(address):
    lib.mmview_export_array_interface_release(address)


def dlpack(array, flags=0):
    """The address of a Managed, for its deleter; raises Refused."""
    out, err = c_void_p(), _error()
    _check(lib.mmview_export_dlpack(array.pointer, flags, byref(out), byref(err)), err, out)
    return out.value


def dlpack_legacy(array):
    """The address of a Legacy, for its deleter; raises Refused."""
    out, err = c_void_p(), _error()
    _check(lib.mmview_export_dlpack_legacy(array.pointer, byref(out), byref(err)), err, out)
    return out.value
