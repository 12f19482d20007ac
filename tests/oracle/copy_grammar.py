# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Random views of a shape and a dtype: which items one after another they are made of, and by
which operations, written as views.json has them. They are made up from the last operation to the
first, so that none is refused."""
import math

import numpy

from libmmview import LONG_COMPLEX, LONG_DOUBLE

MOST_BYTES = 2**14  # that a view's items are among


def shape_of(dice, most):
    """A shape of at most so many items; often one that vectors have much to do with."""
    if dice.random() < 0.05:
        return tuple(dice.choice((0, 1, 2, 3)) for _ in range(dice.randint(0, 4)))
    ndim = dice.choice((0, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 6))
    shape = []
    for _ in range(ndim):
        shape.append(dice.randint(1, max(1, min(most, dice.choice((2, 3, 5, 9, 17, 40, 150))))))
        most //= shape[-1]
    dice.shuffle(shape)
    return tuple(shape)


class Chain:
    """A view, and what it is a view of, which changes as operations are put before it."""

    def __init__(self, dice, shape, dtype):
        self.dice, self.shape, self.dtype, self.ops = dice, tuple(shape), dtype, []

    def itemsize(self, dtype=None):
        return numpy.dtype(self.dtype if dtype is None else dtype).itemsize

    def put(self, source, of=None, **op):
        """Puts an operation before the others, of an array of this shape and dtype; but not if
        that would be too large."""
        if math.prod(source) * self.itemsize(of) <= MOST_BYTES and len(source) <= 32:
            self.shape, self.ops = tuple(source), [op] + self.ops
            self.dtype = self.dtype if of is None else of

    def slice(self):
        """Of a longer axis, in either direction."""
        if not self.shape:
            return
        axis = self.dice.randrange(len(self.shape))
        length, step = self.shape[axis], self.dice.choice((1, 1, 2, 3, 7))
        low, more = self.dice.choice((0, 0, 1, 2)), self.dice.choice((0, 0, 1, 3))
        span = (length - 1) * step + 1 if length else 0
        start, stop = low, low + span
        if self.dice.random() < 0.5:
            start, stop, step = stop - 1, low - 1, -step
            stop = None if stop < 0 else stop
            if length == 0:
                start = stop = 0
        parts = {"start": start, "stop": stop, "step": step}
        text = ":".join("" if part is None else str(part) for part in parts.values())
        shape = self.shape[:axis] + (low + span + more,) + self.shape[axis + 1:]
        self.put(shape, op="slice", axis=axis, item={"t": "slice", **parts}, text=text,
                 ndim=len(shape))

    def index(self):
        """One place of an axis more."""
        axis, length = self.dice.randint(0, len(self.shape)), self.dice.randint(1, 3)
        place = self.dice.randrange(-length, length)
        every = {"t": "slice", "start": None, "stop": None, "step": None}
        self.put(self.shape[:axis] + (length,) + self.shape[axis:], op="index",
                 items=[every] * axis + [{"t": "int", "v": place}],
                 text=[":"] * axis + [str(place)], tuple=True)

    def expand(self):
        ones = [axis for axis, length in enumerate(self.shape) if length == 1]
        if ones:
            axis = self.dice.choice(ones)
            self.put(self.shape[:axis] + self.shape[axis + 1:], op="expand", axis=axis)

    def squeeze(self):
        axis = self.dice.randint(0, len(self.shape))
        self.put(self.shape[:axis] + (1,) + self.shape[axis:], op="squeeze", axis=axis)

    def transpose(self):
        axes = list(range(len(self.shape)))
        self.dice.shuffle(axes)
        shape = [0] * len(axes)
        for length, axis in zip(self.shape, axes):
            shape[axis] = length
        self.put(shape, op="transpose", axes=axes)

    def split(self):
        """Two axes that were one."""
        if len(self.shape) > 1:
            axis = self.dice.randrange(len(self.shape) - 1)
            whole = math.prod(self.shape[axis:axis + 2])
            self.put(self.shape[:axis] + (whole,) + self.shape[axis + 2:], op="reshape",
                     shape=list(self.shape), order=self.dice.choice("CF"))

    def diagonal(self):
        """To be read from only, too."""
        if self.shape:
            more, k = self.dice.choice((0, 0, 1)), self.dice.choice((0, 0, 1, 2))
            a, b = self.dice.sample(range(len(self.shape) + 1), 2)
            shape = list(self.shape[:-1])
            for axis, length in sorted(((a, self.shape[-1] + more), (b, self.shape[-1] + k))):
                shape.insert(axis, length)
            self.put(shape, op="diagonal", k=k, a=a, b=b)

    def broadcast(self):
        """The same items again and again: to be read from only."""
        lead = self.dice.choice((0, 0, 1, len(self.shape)))
        shape = [length if length == 0 or self.dice.random() < 0.5 else 1
                 for length in self.shape[lead:]]
        self.put(shape, op="broadcast", shape=list(self.shape))

    def field(self):
        """Of a struct with gaps, in which it may be unaligned."""
        before, after = self.dice.choice((0, 1, 3, 8)), self.dice.choice((0, 1, 4))
        count, shape = self.dice.choice((0, 0, 1, 2)), self.shape
        parts = [("", f"V{before}")] * (before > 0) + [("f", self.dtype)]
        if 0 < count <= len(shape):
            shape, inner = shape[:-count], shape[-count:]
            parts[-1] += (inner,)
            if 0 in inner:
                return
        self.put(shape, parts + [("", f"V{after}")] * (after > 0), op="field", name="f")

    def part(self):
        """Of a complex number."""
        wider = {"f4": "c8", "f8": "c16", LONG_DOUBLE: LONG_COMPLEX}
        if isinstance(self.dtype, str) and self.dtype[1:] in wider:
            self.put(self.shape, self.dtype[0] + wider[self.dtype[1:]],
                     op=self.dice.choice(("real", "imag")))

    def same_size(self):
        """Items of as many bytes that mean something else."""
        self.put(self.shape, f"V{self.itemsize()}", op="view",
                 dtype=self.dtype if isinstance(self.dtype, str) else repr(self.dtype))

    def lengthen(self, steps, writable):
        """Puts that many operations before the view; then what is left is items one after
        another."""
        makers = [self.slice, self.slice, self.slice, self.transpose, self.transpose, self.split,
                  self.index, self.expand, self.squeeze, self.field, self.part, self.same_size]
        if not writable:
            makers += [self.diagonal, self.broadcast, self.broadcast]
        for _ in range(steps):
            self.dice.choice(makers)()
        shape, count = list(self.shape), math.prod(self.shape)
        self.put((count,), op="reshape", shape=shape, order=self.dice.choice("CF"))
