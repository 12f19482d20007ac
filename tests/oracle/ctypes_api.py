# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""<mmview/ctypes.h> and <mmview/ctypeslib.h>, for the suites that ask about them."""
import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_ssize_t, c_void_p

from libmmview import ErrorStruct, Refused, _error, lib

C, PYTHON = 0, 1
ANY_NDIM = -1


class CtypesStruct(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("ndim", c_int), ("shape", POINTER(c_ssize_t)),
                ("strides", POINTER(c_ssize_t)), ("owner", c_void_p)]


class Requirement(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("dtype", c_void_p), ("shape", POINTER(c_ssize_t)),
                ("ndim", c_int), ("flags", c_int)]


_AS = (c_int, [POINTER(CtypesStruct), c_int, c_void_p, c_size_t, POINTER(ErrorStruct)])
for _name, (_result, _arguments) in {
        "mmview_ctypes_init": (None, [POINTER(CtypesStruct), c_void_p]),
        "mmview_ctypes_clear": (None, [POINTER(CtypesStruct)]),
        "mmview_ctypes_shape_as": _AS,
        "mmview_ctypes_strides_as": _AS,
        "mmview_ctypes_type_name": (c_size_t, [POINTER(CtypesStruct), c_int, c_char_p, c_size_t]),
        "mmview_ctypes_as_parameter": (c_void_p, [POINTER(CtypesStruct)]),
        "mmview_ctype_name": (c_char_p, [c_int]),
        "mmview_ctype_size": (c_size_t, [c_int]),
        "mmview_ctype_find": (c_int, [c_char_p, c_size_t, POINTER(c_int)]),
        "mmview_intp_ctype": (c_int, []),
        "mmview_require": (c_int, [c_void_p, POINTER(Requirement), POINTER(ErrorStruct)]),
        "mmview_flags_parse": (c_int, [c_char_p, c_size_t, POINTER(c_int), POINTER(ErrorStruct)]),
        "mmview_export_declaration": (c_ssize_t, [c_void_p, c_int, c_char_p, c_char_p, c_size_t,
                                                  POINTER(ErrorStruct)]),
}.items():
    getattr(lib, _name).restype, getattr(lib, _name).argtypes = _result, _arguments


def _checked(status, err):
    """The status if it is none of an error, which must say so itself."""
    assert err.status == min(status, 0), (status, err.status)
    if status < 0:
        assert err.message
        raise Refused(lib.mmview_status_name(status).decode(), err)
    return status


def find(name):
    """The number of a type by its name in Python's ctypes."""
    found = c_int()
    assert lib.mmview_ctype_find(name.encode(), len(name), byref(found)) == 0, name
    return found.value


class View:
    """The ctypes view of an Array."""

    def __init__(self, array):
        self.struct = CtypesStruct()
        lib.mmview_ctypes_init(byref(self.struct), array.pointer)

    def __del__(self):
        lib.mmview_ctypes_clear(byref(self.struct))

    def type_name(self, number):
        buffer = ctypes.create_string_buffer(64)
        length = lib.mmview_ctypes_type_name(byref(self.struct), number, buffer, 64)
        assert length == len(buffer.value)
        return buffer.value.decode()

    def numbers_as(self, which, name):
        """shape_as() or strides_as(), as a list of Python's values, and the bytes of it."""
        ctype = getattr(ctypes, name)
        out, err = (ctype * self.struct.ndim)(), _error()
        function = getattr(lib, f"mmview_ctypes_{which}_as")
        _checked(function(byref(self.struct), find(name), out, self.struct.ndim, byref(err)), err)
        return list(out), ctypes.sizeof(out)


def require(array, dtype=None, ndim=None, shape=None, flags=0):
    """mmview_require(): raises Refused if it is not met."""
    dims = (c_ssize_t * len(shape or ()))(*(shape or ()))
    want = Requirement(ctypes.sizeof(Requirement), dtype.pointer if dtype else None,
                       None if shape is None else dims, ANY_NDIM if ndim is None else ndim, flags)
    if shape is not None:
        assert ndim in (None, len(shape))
        want.ndim = len(shape)
    err = _error()
    _checked(lib.mmview_require(array.pointer, byref(want), byref(err)), err)


def parse_flags(text):
    out, err = c_int(), _error()
    _checked(lib.mmview_flags_parse(text.encode(), len(text.encode()), byref(out), byref(err)), err)
    return out.value


def declaration(dtype, language, name):
    err = _error()
    length = _checked(lib.mmview_export_declaration(dtype.pointer, language, name.encode(), None, 0,
                                                    byref(err)), err)
    buffer = ctypes.create_string_buffer(length + 1)
    assert length == lib.mmview_export_declaration(dtype.pointer, language, name.encode(), buffer,
                                                   length + 1, None)
    return buffer.value.decode("utf-8")
