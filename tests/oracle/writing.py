# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""<mmview/write.h> through ctypes."""
import ctypes
import os
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_ssize_t, c_uint, c_uint64, c_void_p

from libmmview import Array, Dtype, ErrorStruct, _check, _error, lib

EXCLUSIVE, SPARSE, LIVE, CUT_TRAILING, COUNT_ROWS, RAW = 1, 2, 4, 8, 16, 32


class CreateOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint), ("order", c_int), ("dtype", c_void_p),
                ("shape", POINTER(c_ssize_t)), ("ndim", c_int), ("version", c_int),
                ("fill", c_char_p), ("progress", c_void_p), ("context", c_void_p)]


class WriterOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint), ("order", c_int), ("dtype", c_void_p),
                ("row_shape", POINTER(c_ssize_t)), ("row_ndim", c_int), ("version", c_int),
                ("max_header", c_uint64), ("progress", c_void_p),
                ("context", c_void_p)]


class SaveOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint), ("order", c_int), ("dtype", c_void_p),
                ("casting", c_int), ("version", c_int), ("progress", c_void_p),
                ("context", c_void_p)]


for _name, _result, _inputs in (
        ("save", c_int, [c_char_p, c_void_p, POINTER(SaveOptions)]),
        ("create", c_int, [c_char_p, POINTER(CreateOptions), POINTER(c_void_p)]),
        ("writer_create", c_int, [c_char_p, POINTER(WriterOptions), POINTER(c_void_p)]),
        ("writer_append", c_int, [c_char_p, POINTER(WriterOptions), POINTER(c_void_p)]),
        ("writer_put", c_int, [c_void_p, c_char_p, c_size_t]),
        ("writer_write", c_int, [c_void_p, c_void_p]),
        ("append", c_int, [c_char_p, c_void_p, POINTER(WriterOptions)]),
        ("writer_flush", c_int, [c_void_p]),
        ("writer_finish", c_int, [c_void_p])):
    _function = getattr(lib, "mmview_" + _name)
    _function.restype, _function.argtypes = _result, _inputs + [POINTER(ErrorStruct)]
for _name, _result in (("writer_cancel", None), ("writer_replaces", c_int),
                       ("writer_rows", c_ssize_t),
                       ("writer_rows_settled", c_ssize_t), ("writer_bytes_left", c_uint64),
                       ("writer_row_nbytes", c_ssize_t)):
    _function = getattr(lib, "mmview_" + _name)
    _function.restype, _function.argtypes = _result, [c_void_p]


def _dims(shape):
    return (c_ssize_t * len(shape))(*shape)


def create(path, descr, shape, order="C", flags=0, version=0, fill=None):
    """mmview_create(); descr is a dtype as text."""
    dtype = Dtype.parse(descr)
    options = CreateOptions(ctypes.sizeof(CreateOptions), flags, {"C": 0, "F": 1}[order],
                            dtype.pointer, _dims(shape), len(shape), version, fill, None,
                            None)
    out, err = c_void_p(), _error()
    _check(lib.mmview_create(os.fsencode(path), byref(options), byref(out), byref(err)), err, out)
    return Array(out.value)


def append(path, array):
    """mmview_append()."""
    err = _error()
    status = lib.mmview_append(os.fsencode(path), array.pointer, None, byref(err))
    if status < 0:
        _check(status, err, c_void_p())


def save(path, array, descr=None, order="K", flags=0, casting=3, version=0):
    """mmview_save()."""
    dtype = Dtype.parse(descr) if descr else None
    options = SaveOptions(ctypes.sizeof(SaveOptions), flags, {"C": 0, "F": 1, "K": 3}[order],
                          dtype.pointer if dtype else None, casting, version, None, None)
    err = _error()
    status = lib.mmview_save(os.fsencode(path), array.pointer, byref(options), byref(err))
    if status < 0:
        _check(status, err, c_void_p())


class Writer:
    """mmview_writer_create() if there is a dtype, else mmview_writer_append()."""

    def __init__(self, path, descr=None, row=(), order="C", flags=0, version=0):
        dtype = Dtype.parse(descr) if descr else None
        options = WriterOptions(ctypes.sizeof(WriterOptions), flags, {"C": 0, "F": 1}[order],
                                dtype.pointer if dtype else None, _dims(row), len(row), version, 0, None,
                                None)
        begin = lib.mmview_writer_create if dtype else lib.mmview_writer_append
        out, err = c_void_p(), _error()
        _check(begin(os.fsencode(path), byref(options), byref(out), byref(err)), err, out)
        self.pointer = out.value

    def __del__(self):
        lib.mmview_writer_cancel(getattr(self, "pointer", None))

    def _call(self, function, *inputs):
        err = _error()
        status = function(self.pointer, *inputs, byref(err))
        if status < 0:
            _check(status, err, c_void_p())

    def put(self, data):
        self._call(lib.mmview_writer_put, data, len(data))

    def write(self, array):
        self._call(lib.mmview_writer_write, array.pointer)

    def flush(self):
        self._call(lib.mmview_writer_flush)

    def finish(self):
        pointer, self.pointer = self.pointer, None
        err = _error()
        status = lib.mmview_writer_finish(pointer, byref(err))
        if status < 0:
            _check(status, err, c_void_p())

    def rows(self):
        return lib.mmview_writer_rows(self.pointer)

    def bytes_left(self):
        return lib.mmview_writer_bytes_left(self.pointer)

    def settled(self):
        return lib.mmview_writer_rows_settled(self.pointer)

    def replaces(self):
        return bool(lib.mmview_writer_replaces(self.pointer))
