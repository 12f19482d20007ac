#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Random headers, asked of NumPy and of libmmview: the answers are the same, or a rule of
rules.py says why not.

MMVIEW_SEED and MMVIEW_COUNT choose others (`make check` always has the same 4000), and
MMVIEW_CASE=N only the Nth of them. Headers that were ever answered wrong are in regressions/
and come first.
"""
import ast
import functools
import os
import sys
import warnings

import header_grammar
import mutate
from batches import ask
from evidence import SOURCE, compare_array, compare_dtype, scratch
from libmmview import DTYPE_ALIGN, Array, Dtype, Refused

try:
    import numpy_answers
except ModuleNotFoundError:
    print("SKIP: this Python has no NumPy")
    sys.exit(77)
if not numpy_answers.VERSION.startswith("1.24."):
    print(f"SKIP: the rules are for NumPy 1.24, and this one is {numpy_answers.VERSION}")
    sys.exit(77)
import rules

warnings.simplefilter("ignore")


def write(path, header, data):
    with open(path, "wb") as f:
        f.write(header)
        f.truncate(len(header) + data)


def our_answer(path):
    try:
        return {"ok": True, **Array.open(path).facts()}
    except Refused as refused:
        return {"ok": False, "status": refused.status, "message": refused.message}


class Case:
    """A header, how many bytes of data follow it, and what was said of it."""

    def __init__(self, origin, header, data, path):
        self.origin, self.header, self.data, self.path = origin, header, data, path
        self.numpy = self.ours = None

    def __repr__(self):
        return f"{self.origin}: {self.header!r} + {self.data} bytes"

    @functools.cached_property
    def text(self):
        version1, version3 = self.header[6:7] == b"\1", self.header[6:7] == b"\3"
        encoding = "utf-8" if version3 else "latin-1"
        return self.header[10 if version1 else 12:].decode(encoding, "replace")

    @functools.cached_property
    def descr(self):
        """The descr's value, for the rules; None if there is none."""
        literal = numpy_answers.literal(self.text, self.header[6:7] != b"\3")
        return literal.get("descr") if isinstance(literal, dict) else None

    def same_as(self, answer):
        """True if NumPy, asked otherwise, says what we said."""
        write(self.path, self.header, self.data)
        numpy = ask(answer, [self.path])[0]
        return numpy["ok"] and not self.mismatches(numpy)

    def mismatches(self, numpy):
        if not (numpy["ok"] and self.ours["ok"]):
            return []
        return compare_array(numpy, self.ours)

    def verdict(self):
        """"same", the reason of a rule, or None: nobody knows why they differ."""
        if self.ours.get("crash"):
            return None
        if self.numpy["ok"] == self.ours["ok"]:
            return None if self.mismatches(self.numpy) else "same"
        if self.numpy.get("crash"):
            return None
        for rule in rules.REFUSED if self.numpy["ok"] else rules.ACCEPTED:
            if rule(self):
                return rule.__doc__
        return None

    def report(self):
        print(self)
        for who, answer in (("NumPy", self.numpy), ("mmview", self.ours)):
            keys = ("shape", "flags", "message", "crash", "status", "error")
            told = {key: answer[key] for key in keys if key in answer}
            if "dtype" in answer:
                told["descr"] = answer["dtype"]["npy_descr"]
            print(f"    {who}: {told}")
        for line in self.mismatches(self.numpy):
            print(f"    {line}")


def regressions(path):
    """The headers that were answered wrong once, a Python literal a line: (header, data)."""
    folder = os.path.join(SOURCE, "regressions")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="ascii") as f:
            for number, line in enumerate(f, 1):
                if line.strip() and not line.startswith("#"):
                    yield Case(f"{name}:{number}", *ast.literal_eval(line), path)


def random_cases(seed, count, path, only):
    for index in [only] if only is not None else range(count):
        dice = header_grammar.Dice(f"{seed}:{index}")
        yield Case(f"seed {seed} case {index}", *mutate.random_header(dice), path)


def check_aligned(cases):
    """The structs once more, as numpy.dtype(descr, align=True). Returns how many there were,
    and how many differed."""
    cases = [case for case in cases if case.numpy["ok"] and isinstance(case.descr, list)]

    def ours(case):
        try:
            text = repr(case.descr).replace("Ellipsis", "...")
            return {"ok": True, "dtype": Dtype.parse(text, DTYPE_ALIGN).facts()}
        except Refused as refused:
            return {"ok": False, "status": refused.status}
    count = bad = 0
    numpys = ask(lambda case: numpy_answers.aligned_answer(case.descr), cases)
    for case, numpy, our in zip(cases, numpys, ask(ours, cases)):
        # numpy.dtype() takes fewer forms of a list than a header has, and lets the size of an
        # item wrap when it is rounded up: these are no differences.
        if not numpy["ok"] or not case.ours["ok"] or numpy["dtype"]["itemsize"] < 0:
            continue
        count += 1
        lines = compare_dtype(numpy["dtype"], our["dtype"]) if our["ok"] else [our["status"]]
        # NumPy's alignment of no fields at all is 0: see differences.tsv.
        lines = [line for line in lines if "alignment: 0 expected, 1 found" not in line]
        if lines:
            bad += 1
            print(f"{case.origin}: aligned {case.descr!r}", *lines, sep="\n    ")
    return count, bad


def answer_all(cases):
    def asked(answer):
        def one(case):
            write(case.path, case.header, case.data)
            return answer(case.path)
        return ask(one, cases)
    for case, numpy, ours in zip(cases, asked(numpy_answers.open_answer), asked(our_answer)):
        case.numpy, case.ours = numpy, ours


def main():
    seed = os.environ.get("MMVIEW_SEED", "1")
    count = int(os.environ.get("MMVIEW_COUNT", "4000"))
    only = os.environ.get("MMVIEW_CASE")
    with scratch() as folder:
        path = os.path.join(folder, "case.npy")
        cases = list(regressions(path))
        old = len(cases)
        cases += random_cases(seed, count, path, int(only) if only else None)
        answer_all(cases)
        reasons, bad = {}, 0
        for case in cases:
            reason = case.verdict()
            if reason is None:
                bad += 1
                case.report()
            reasons[reason] = reasons.get(reason, 0) + 1
        structs, bad_structs = check_aligned(cases)
    for reason in sorted(reasons.keys() - {"same", None}):
        print(f"{reasons[reason]:6d} differ on purpose: {reason}")
    accepted = sum(case.ours["ok"] for case in cases)
    print(f"random headers: {len(cases) - bad} of {len(cases)} ({old} of them old faults, seed "
          f"{seed}, {accepted} accepted)")
    print(f"aligned structs: {structs - bad_structs} of {structs}")
    sys.exit(bad > 0 or bad_structs > 0 or not 0 < accepted < len(cases))


if __name__ == "__main__":
    main()
