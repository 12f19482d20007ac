#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""plain_ctypes.py FILE.npy J: adds up column J of a two-dimensional array of doubles.

Python without NumPy: libmmview, loaded by ctypes, maps the file and gives a pointer
to its doubles, which are summed where they are.
"""
import ctypes
import sys
from ctypes import POINTER, Structure, byref, c_char, c_char_p, c_double, c_int, c_int32, c_ssize_t, c_uint64, c_void_p


class Error(Structure):
    """struct mmview_error"""
    _fields_ = [("status", c_int32), ("sys_errno", c_int32), ("offset", c_uint64),
                ("reserved", c_uint64 * 2), ("message", c_char * 480)]


class CTypes(Structure):
    """struct mmview_ctypes"""
    _fields_ = [("data", c_void_p), ("ndim", c_int), ("shape", POINTER(c_ssize_t)),
                ("strides", POINTER(c_ssize_t)), ("owner", c_void_p)]


def load():
    """The library, with what it needs to know of the functions used below."""
    library = ctypes.CDLL("libmmview.so.0")
    library.mmview_open.argtypes = [c_char_p, c_void_p, POINTER(c_void_p), POINTER(Error)]
    library.mmview_array_unref.argtypes = [c_void_p]
    library.mmview_array_unref.restype = None
    library.mmview_ctypes_init.argtypes = [POINTER(CTypes), c_void_p]
    library.mmview_ctypes_init.restype = None
    library.mmview_ctypes_clear.argtypes = [POINTER(CTypes)]
    library.mmview_ctypes_clear.restype = None
    library.mmview_ctype_find.argtypes = [c_char_p, ctypes.c_size_t, POINTER(c_int)]
    library.mmview_ctypes_const_data_as.argtypes = [POINTER(CTypes), c_int, POINTER(Error)]
    library.mmview_ctypes_const_data_as.restype = c_void_p
    return library


def sum_column(mmview, path, j):
    """The sum of column j of the file; raises ValueError with the library's reason."""
    array, view, err, double = c_void_p(), CTypes(), Error(), c_int()
    if mmview.mmview_open(path.encode(), None, byref(array), byref(err)) < 0:
        raise ValueError(err.message.decode())
    mmview.mmview_ctypes_init(byref(view), array)
    mmview.mmview_array_unref(array)    # the view keeps the file mapped
    try:
        mmview.mmview_ctype_find(b"c_double", 8, byref(double))
        data = mmview.mmview_ctypes_const_data_as(byref(view), double, byref(err))
        if data is None:
            raise ValueError(err.message.decode())
        if view.ndim != 2 or not 0 <= j < view.shape[1]:
            raise ValueError("no such column")
        first = data + j * view.strides[1]
        return sum(c_double.from_address(first + i * view.strides[0]).value for i in range(view.shape[0]))
    finally:
        mmview.mmview_ctypes_clear(byref(view))


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: plain_ctypes.py FILE.npy J")
    try:
        print(repr(sum_column(load(), sys.argv[1], int(sys.argv[2]))))
    except ValueError as reason:
        print("plain_ctypes.py: %s: %s" % (sys.argv[1], reason), file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
