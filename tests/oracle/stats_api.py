# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""<mmview/stats.h>, for the suites that ask about it."""
import ctypes
from ctypes import POINTER, byref, c_char, c_double, c_int, c_int64, c_longdouble, c_size_t
from ctypes import c_ssize_t, c_uint, c_uint16, c_uint32, c_uint64, c_void_p

import numpy

from libmmview import ErrorStruct, Refused, _error, lib

EXTREMES, SUM, SPREAD, ZEROS = 1, 2, 4, 8
EXACT = 1


class Options(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint), ("what", c_uint), ("part", c_uint64),
                ("parts", c_uint64)]


class Number(ctypes.Union):
    _fields_ = [("i", c_int64), ("u", c_uint64), ("f", c_double * 2), ("g", c_longdouble * 2)]


class Stats(ctypes.Structure):
    _fields_ = [("kind", c_char), ("type", c_char), ("reserved", c_uint16), ("what", c_uint32),
                ("count", c_uint64), ("nan", c_uint64), ("inf", c_uint64), ("zeros", c_uint64),
                ("argmin", c_ssize_t), ("argmax", c_ssize_t), ("sum_low", c_uint64),
                ("sum_high", c_int64), ("min", Number), ("max", Number),
                ("sum", c_longdouble * 2), ("sum_rest", c_longdouble * 2),
                ("center", c_longdouble * 2), ("center_rest", c_longdouble * 2),
                ("spread", c_longdouble)]

    def number(self, name):
        """min or max as NumPy has it, long doubles with all their bits."""
        bits = bytes(getattr(self, name))
        kind, letter = self.kind.decode(), self.type.decode()
        if letter in "gG":
            return numpy.frombuffer(bits, numpy.longdouble if letter == "g" else numpy.clongdouble)[0]
        if kind in "fc":
            parts = numpy.frombuffer(bits, numpy.float64)[:2]
            return parts[0] if kind == "f" else complex(*parts)
        return numpy.frombuffer(bits, numpy.uint64 if kind in "bu" else numpy.int64)[0]

    def long(self, name, part=0):
        """A long double with all its bits."""
        at = getattr(Stats, name).offset + part * ctypes.sizeof(c_longdouble)
        return numpy.frombuffer(bytes(self), numpy.longdouble, 1, at)[0]

    def total(self, part=0):
        with numpy.errstate(invalid="ignore"):
            return self.long("sum", part) + self.long("sum_rest", part)

    def exact(self):
        """The sum of integers."""
        return (self.sum_high << 64) + self.sum_low

    def mean(self, part=0):
        return lib.mmview_stats_mean(byref(self), part)

    def var(self, ddof=0):
        return lib.mmview_stats_var(byref(self), ddof)

    def std(self, ddof=0):
        return lib.mmview_stats_std(byref(self), ddof)

    def merge(self, other):
        err = _error()
        _done(lib.mmview_stats_merge(byref(self), byref(other), byref(err)), err)


class HistogramOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("flags", c_uint64), ("bins", c_uint64), ("low", c_double),
                ("high", c_double), ("part", c_uint64), ("parts", c_uint64)]


for _name, (_result, _arguments) in {
        "mmview_stats": (c_int, [c_void_p, POINTER(Options), POINTER(Stats),
                                 POINTER(ErrorStruct)]),
        "mmview_stats_lanes": (c_int, [c_void_p, c_int, c_ssize_t, c_ssize_t, POINTER(Options),
                                       POINTER(Stats), POINTER(ErrorStruct)]),
        "mmview_histogram": (c_int, [c_void_p, POINTER(HistogramOptions), POINTER(c_uint64),
                                     POINTER(c_double), POINTER(ErrorStruct)]),
        "mmview_stats_merge": (c_int, [POINTER(Stats), POINTER(Stats), POINTER(ErrorStruct)]),
        "mmview_stats_mean": (c_longdouble, [POINTER(Stats), c_int]),
        "mmview_stats_var": (c_longdouble, [POINTER(Stats), c_double]),
        "mmview_stats_std": (c_longdouble, [POINTER(Stats), c_double]),
}.items():
    getattr(lib, _name).restype, getattr(lib, _name).argtypes = _result, _arguments


def _done(status, err):
    assert err.status == status, (status, err.status)
    if status < 0:
        assert err.message
        raise Refused(lib.mmview_status_name(status).decode(), err)


def stats(array, what=0, flags=0, part=0, parts=0):
    options, out, err = Options(ctypes.sizeof(Options), flags, what, part, parts), Stats(), _error()
    _done(lib.mmview_stats(array.pointer, byref(options), byref(out), byref(err)), err)
    return out


def lanes(array, axis, first, count, what=0, flags=0):
    options, err = Options(ctypes.sizeof(Options), flags, what, 0, 0), _error()
    out = (Stats * count)()
    _done(lib.mmview_stats_lanes(array.pointer, axis, first, count, byref(options), out,
                                 byref(err)), err)
    return list(out)


def histogram(array, bins, range=None, part=0, parts=0):
    """Counts and edges, as numpy.histogram()."""
    options = HistogramOptions(ctypes.sizeof(HistogramOptions), range is not None, bins,
                               *(range or (0, 0)), part, parts)
    counts, edges, err = (c_uint64 * bins)(), (c_double * (bins + 1))(), _error()
    _done(lib.mmview_histogram(array.pointer, byref(options), counts, edges, byref(err)), err)
    return numpy.array(counts[:], "i8"), numpy.array(edges[:])
