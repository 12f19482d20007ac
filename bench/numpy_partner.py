# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""NumPy's side of the comparisons: a partner (see child.h).

Each line of input asks for one thing and is answered by one line:

    version                     which NumPy and Python this is
    show  TASK  ARGUMENT        what the task gives
    numbers TASK ARGUMENT       the same, of a task that gives numbers
    time  TASK  COUNT  ARGUMENT the nanoseconds of doing it COUNT times
    has   MODULE                yes if Python can import it, else no

A new task is a function here that returns an array.
"""
import functools
import importlib.util
import os
import sys
import time

import numpy


def open_r(path):
    return numpy.load(path, mmap_mode="r")


@functools.cache
def opened(path):
    return open_r(path)


@functools.cache
def plain(path):
    """As an ndarray, which is quicker than numpy.memmap, its subclass."""
    return opened(path).view(numpy.ndarray)


def slice_memmap(path):
    return opened(path)[10:900, ::2]


def slice_ndarray(path):
    return plain(path)[10:900, ::2]


def ctypes(path):
    view = opened(path).ctypes
    return view.data, view.shape, view.strides


@functools.cache
def appender(path):
    from npy_append_array import NpyAppendArray
    return NpyAppendArray(path)


ROW = numpy.arange(128).reshape(1, 128) / 4


def append(path):
    appender(path).append(ROW)


def appended(path):
    """Opened again: its last rows are in the file only when it is closed."""
    appender(path).close()
    appender.cache_clear()
    return open_r(path)


@functools.lru_cache(maxsize=1)
def arrays(argument):
    """The two of a copy: "SHAPE FROM TO VIEW", see copy.c."""
    shape, old, new, view = argument.split(" ")
    shape = tuple(map(int, shape.split(",")))
    size = int(numpy.prod(shape))
    source = numpy.empty(size, old)
    source[:] = numpy.resize(numpy.arange(100, dtype=numpy.uint8), size)
    source = source.reshape(shape)
    if view.startswith("["):
        source = source[tuple(slice(None, None, int(step[2:])) for step in view[1:-1].split(","))]
    elif view:
        source = source.transpose(tuple(map(int, view.split(","))))
    return source, numpy.zeros(source.shape, new)


def copy(argument):
    source, target = arrays(argument)
    numpy.copyto(target, source, casting="unsafe")
    return target


def show_copy(array):
    """What copy.c's show_copy() says."""
    words = array.reshape(-1).view(numpy.uint32)
    total, step = 0, 1 << 20
    for start in range(0, len(words), step):
        part = words[start:start + step].astype(numpy.uint64)
        places = numpy.arange(start + 1, start + 1 + len(part), dtype=numpy.uint64)
        total += int((part * places).sum(dtype=numpy.uint64))
    return f"{len(words)} words add up to {total % 2**64}"


def write_repr(path):
    """Of every number the text that Python shows, a line each."""
    array = opened(path)
    with open(os.devnull, "w", encoding="ascii") as out:
        out.write("\n".join(map(repr, array.tolist())) + "\n")
    return array


def write_savetxt(path):
    array = opened(path)
    numpy.savetxt(os.devnull, array)
    return array


def sum_of(path):
    return (plain(path).sum(),)


def three_of(path):
    a = plain(path)
    return a.min(), a.max(), a.sum()


def six_of(path):
    a = plain(path)
    return (*three_of(path), a.mean(), a.std(), numpy.isnan(a).sum())


TASKS = {"open_r": open_r, "copy": copy, "append": append, "appended": appended,
         "slice_memmap": slice_memmap, "slice_ndarray": slice_ndarray, "ctypes": ctypes,
         "write_repr": write_repr, "write_savetxt": write_savetxt,
         "sum_of": sum_of, "three_of": three_of, "six_of": six_of}


def show_view(array):
    """The facts that ours must agree with, in the words of view.c."""
    shape, strides = (",".join(map(str, values)) for values in (array.shape, array.strides))
    return f"shape {shape} strides {strides} sum {array.sum():.1f}"


def show(array):
    """Likewise, of open.c."""
    if not array.flags.forc:
        return show_view(array)
    total = numpy.frombuffer(array, numpy.uint8).sum(dtype=numpy.uint64)
    shape = ",".join(map(str, array.shape))
    order = "C" if array.flags.c_contiguous else "F"
    return f"shape {shape} typestr {array.dtype.str} order {order} bytes add up to {total}"


def clock(task, count, argument):
    start = time.perf_counter_ns()
    for _ in range(count):
        task(argument)
    return time.perf_counter_ns() - start


for line in sys.stdin:
    words = line.rstrip("\n").split("\t")
    if words[0] == "version":
        answer = f"{numpy.__version__} under Python {sys.version.split()[0]}"
    elif words[0] == "has":
        answer = "yes" if importlib.util.find_spec(words[1]) else "no"
    elif words[0] == "show":
        answer = (show_copy if words[1] == "copy" else show)(TASKS[words[1]](words[2]))
    elif words[0] == "numbers":
        answer = " ".join(repr(float(number)) for number in TASKS[words[1]](words[2]))
    else:
        answer = clock(TASKS[words[1]], int(words[2]), words[3])
    print(answer, flush=True)
