#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""NumPy takes what libmmview exports, without a copy, and may keep it when every reference
of ours is gone: __array_interface__, __array_struct__ and DLPack."""
import ctypes
import os
import sys

import numpy

import exports
from evidence import scratch
from libmmview import Array, Refused, lib

PLAIN = "?bBhHiIlLqQefdgFDG"
DTYPES = [*PLAIN, *(">" + c for c in PLAIN[3:]), "S5", "V3", "U2", ">U2", "M8[ns]", ">m8[25s]",
          [("a", "<i4"), ("b", ">f8", (2,)), ("c", "S3")], [(("title", "x"), "u1"), ("y", "f4")]]
SHAPES = [(), (3,), (2, 3, 4), (0, 3), (1, 5)]
PARTS = ["...", "::-1", "..., 1:", "..., ::-2", "None, ..., 0"]

# numpy.from_dlpack() of 1.24 knows these, and DLPack before 1.0 no others but booleans.
_DLPACK = {"i": 0, "u": 1, "f": 2, "c": 5, "b": 6}

_api = ctypes.pythonapi
_DESTRUCTOR = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_api.PyCapsule_New.restype = ctypes.py_object
_api.PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, _DESTRUCTOR]
_api.PyCapsule_GetPointer.restype = ctypes.c_void_p
_api.PyCapsule_GetPointer.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
_api.PyCapsule_IsValid.restype = ctypes.c_int
_api.PyCapsule_IsValid.argtypes = [ctypes.c_void_p, ctypes.c_char_p]


@_DESTRUCTOR
def _release_struct(capsule):
    exports.release_struct(_api.PyCapsule_GetPointer(capsule, None))


@_DESTRUCTOR
def _delete_tensor(capsule):
    """A receiver that takes the tensor over renames the capsule, and deletes it itself."""
    if _api.PyCapsule_IsValid(capsule, b"dltensor"):
        address = _api.PyCapsule_GetPointer(capsule, b"dltensor")
        exports.Legacy.from_address(address).deleter(address)


class Producer:
    """An object with the protocols' attributes, as a Python binding of mmview would have."""

    def __dlpack__(self, **version):
        return _api.PyCapsule_New(exports.dlpack_legacy(self.array), b"dltensor", _delete_tensor)

    def __dlpack_device__(self):
        return (1, 0)


def by_dict(array, reference):
    producer = Producer()
    producer.__array_interface__ = exports.array_interface(array)
    producer.array = array  # a dict holds nothing
    return numpy.asarray(producer)


def by_struct(array, reference):
    address = exports.array_struct(array)
    producer = Producer()
    if reference.dtype.kind in "UVMm":  # what a kind and a size do not tell
        producer.descr = reference.dtype if reference.dtype.names is None else reference.dtype.descr
        struct = exports.Interface.from_address(address)
        struct.descr = id(producer.descr)
        struct.flags |= exports.HAS_DESCR
    producer.__array_struct__ = _api.PyCapsule_New(address, None, _release_struct)
    return numpy.asarray(producer)


def by_dlpack(array, reference):
    producer = Producer()
    producer.array = array
    return numpy.from_dlpack(producer)


def dlpack_takes(reference):
    """What NumPy 1.24 and mmview agree that DLPack can say."""
    dtype = reference.dtype
    return dtype.kind in "iufc" and dtype.isnative and dtype.char not in "gG" and \
        reference.flags.aligned and \
        all(step % dtype.itemsize == 0 for step in strides_that_lead_somewhere(reference))


def part_of(array, text):
    return numpy.asarray(eval(f"array[{text}]"))  # not a scalar


def strides_that_lead_somewhere(array):
    return [step for n, step in zip(array.shape, array.strides) if n > 1 and array.size]


def is_mapped(path):
    with open("/proc/self/maps", encoding="utf-8") as maps:
        return any(line.rstrip("\n").endswith(path) for line in maps)


def check(path, mode, text, take):
    """One array, one part of it, one way to hand it over."""
    reference = numpy.lib.format.open_memmap(path, mode).view(numpy.ndarray)
    reference = part_of(reference, text)
    array = Array.open(path, mode)
    part = array.view("select", text.encode(), len(text))
    address = lib.mmview_array_data(part.pointer)
    taken = take(part, reference)
    assert taken.dtype == reference.dtype and taken.shape == reference.shape
    assert strides_that_lead_somewhere(taken) == strides_that_lead_somewhere(reference)
    assert taken.size == 0 or taken.ctypes.data == address, "a copy"
    assert not taken.flags.writeable or mode == "c"
    expected = reference.tobytes()
    del array, part, reference
    # Who holds it now is NumPy, but for an empty tensor, which has no address.
    assert is_mapped(path) or taken.size == 0
    assert taken.tobytes() == expected
    if taken.flags.writeable and taken.size:
        taken.view("V%d" % taken.itemsize)[...] = numpy.zeros((), "V%d" % taken.itemsize)
    del taken
    assert not is_mapped(path), "a reference is left"


def check_versioned(path):
    """NumPy 1.24 does not know DLPack 1.0: field by field, and the same as its own tensor."""
    reference = numpy.lib.format.open_memmap(path, "r")
    array = Array.open(path)
    native = reference.dtype.isnative and reference.dtype.kind in _DLPACK and \
        reference.dtype.char not in "gG"
    try:
        address = exports.dlpack(array)
    except Refused:
        assert not native, "refused"
        return
    assert native, "taken"
    managed = exports.Managed.from_address(address)
    tensor, ndim = managed.tensor, reference.ndim
    assert (managed.major, managed.minor, managed.flags) == (1, 0, exports.READ_ONLY)
    assert tensor.data == (lib.mmview_array_data(array.pointer) if reference.size else None)
    assert (tensor.device_type, tensor.device_id, tensor.byte_offset) == (1, 0, 0)
    assert (tensor.code, tensor.bits, tensor.lanes) == \
        (_DLPACK[reference.dtype.kind], reference.dtype.itemsize * 8, 1)
    assert tuple(tensor.shape[:ndim]) == reference.shape
    assert tuple(step * reference.itemsize for step in tensor.strides[:ndim]) == reference.strides
    expected = reference.tobytes()
    del array, reference
    assert is_mapped(path)
    assert ctypes.string_at(tensor.data or 0, len(expected)) == expected
    managed.deleter(address)
    assert not is_mapped(path), "a reference is left"


def unused_capsule(path):
    """A capsule that nobody takes gives its reference back, too."""
    _api.PyCapsule_New(exports.dlpack_legacy(Array.open(path, "c")), b"dltensor", _delete_tensor)
    assert not is_mapped(path), "a reference is left"


def files(folder):
    random = numpy.random.default_rng(3)
    for dtype in DTYPES:
        dtype = numpy.dtype(dtype)
        for shape in SHAPES:
            array = numpy.zeros(shape, dtype)
            # Any bytes but for characters, of which few are.
            if dtype.kind != "U":
                array.view("V%d" % dtype.itemsize)[...] = numpy.frombuffer(
                    random.bytes(array.nbytes), "V%d" % dtype.itemsize).reshape(shape)
            path = os.path.join(folder, f"{len(os.listdir(folder))}.npy")
            numpy.save(path, array)
            yield path, array


def main():
    count = dict.fromkeys(["dict", "struct", "from_dlpack", "versioned"], 0)
    with scratch() as folder:
        for path, array in files(folder):
            for text in PARTS:
                try:
                    part = part_of(array, text)
                except IndexError:
                    continue  # this part is none of every shape's
                for mode in "rc":
                    check(path, mode, text, by_dict)
                    check(path, mode, text, by_struct)
                    count["dict"] += 1
                    count["struct"] += 1
                if dlpack_takes(part):
                    check(path, "c", text, by_dlpack)
                    count["from_dlpack"] += 1
            check_versioned(path)
            count["versioned"] += 1
            if dlpack_takes(array):
                unused_capsule(path)
    print("consumers:", ", ".join(f"{n} by {way}" for way, n in count.items()))
    sys.exit(min(count.values()) < 50)


if __name__ == "__main__":
    main()
