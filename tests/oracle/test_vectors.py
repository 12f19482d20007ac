#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""The recorded .npy files: what NumPy's open_memmap() said of each, we say."""
import hashlib
import os
import re
import shutil

from evidence import Suite, cases, compare_array, fresh_strides, scratch, shared
from libmmview import OPEN_GROW, WRITEABLE, Array, Refused

# What NumPy's reason starts with, and our status for it. Where both a shape and what is read
# after it are wrong we tell of the shape, and NumPy of a negative one later.
STATUSES = [
    ("EOF: reading magic|the magic string", "MMVIEW_EMAGIC"),
    ("we only support format version", "MMVIEW_EVERSION"),
    ("Header info length", "MMVIEW_EHEADERSIZE"),
    ("EOF: reading array header|Cannot parse|Header|source code|malformed|'utf-8' codec|'<' not|"
     "unhashable|fortran_order|\\(?'EOF in multi", "MMVIEW_EHEADER"),
    ("shape is not valid|an integer is required|negative dim|Python int too|array is too big|"
     "Maximum allowed|maximum supported", "MMVIEW_ESHAPE"),
    ("Array can't be memory-mapped", "MMVIEW_EOBJECT MMVIEW_ESHAPE"),
    ("mmap length is greater", "MMVIEW_ETRUNCATED"),
    ("memory mapped length must be positive", "MMVIEW_ESHAPE MMVIEW_EDESCR"),
    ("descr is not|divisor|field names|integer won't|invalid shape|mismatch|name already|"
     "title already|(not enough|too many) values|tuple index|SIGFPE",
     "MMVIEW_EDESCR MMVIEW_EUNSUPPORTED MMVIEW_ESHAPE"),
]


def status_lines(want, refusal):
    """Lines about a refusal for a reason that is not NumPy's."""
    reason = want.get("message") or want["crash"]
    expected = next((status for start, status in STATUSES if re.match(start, reason)), "nothing")
    if refusal.status in expected.split():
        return []
    return [f"status: {reason!r} is {expected}, found {refusal}"]


def opened(path, mode, flags=0):
    """The array and None, or None and the refusal."""
    try:
        return Array.open(path, mode, flags), None
    except Refused as refusal:
        return None, refusal


def mode_r(want, array):
    """Lines about an array that we opened."""
    have = array.facts()
    if not want["ok"]:  # only HEAD opens it, so there is no evidence but the rules
        if have["strides"] != fresh_strides(have["shape"], have["itemsize"], "C"):
            return ["strides: not those of a fresh array"]
        return []
    lines = compare_array(want, have)
    if "c_order_sha256" in want and \
            hashlib.sha256(array.c_order_bytes()).hexdigest() != want["c_order_sha256"]:
        lines.append("elements: not what NumPy read")
    return lines


def mode_c(want, path, array):
    """Lines about mode c: as r, but writable, to memory only."""
    copy, refusal = opened(path, "c")
    if (copy is None) != (array is None):
        return [f"mode c: refused: {refusal}" if refusal else "mode c: accepted, r is not"]
    if copy is None:
        return []
    expected = array.facts()
    expected["flags"] |= WRITEABLE
    lines = compare_array(expected, copy.facts())
    if want["ok"] and want["flags_num"] != copy.facts()["flags"]:
        lines.append(f"flags: {want['flags_num']} expected, {copy.facts()['flags']} found")
    return ["mode c: " + line for line in lines]


def mode_rplus(suite, case, path, copy, array):
    """Lines about mode r+ on a copy. NumPy lets a short file grow unasked; we, when asked."""
    want, lines = case["mmap_rw"], []
    for flags in (0, OPEN_GROW):
        shutil.copyfile(path, copy)
        os.chmod(copy, 0o600)
        grown, refusal = opened(copy, "r+", flags)
        size = os.path.getsize(copy)
        short = want["ok"] and want["size_after"] > case["bytes"]
        if short and not flags:
            if not refusal or refusal.status != "MMVIEW_ETRUNCATED" or size != case["bytes"]:
                lines.append("mode r+: grown, or not refused as short, though nobody asked")
            else:
                suite.note("short files not grown unasked")
        elif refusal:
            if want["ok"] or array:
                lines.append(f"mode r+: refused: {refusal}")
        elif want["ok"]:
            have = grown.facts()
            for name, found in (("flags_num", have["flags"]), ("shape", have["shape"]),
                                ("size_after", size)):
                if want[name] != found:
                    lines.append(f"mode r+: {name}: {want[name]} expected, {found} found")
        elif array is None:
            lines.append("mode r+: accepted, r is not")
    return lines


def main():
    suite = Suite("vectors")
    with scratch() as folder:
        for case in cases("vectors.json"):
            path = shared("numpy", *case["file"].split("/"))
            want = case["mmap_r"]
            array, refusal = opened(path, "r")
            lines = mode_r(want, array) if array else []
            if refusal and "needs libunistring" in refusal.message:
                suite.note("refused for want of libunistring")
                want = {"ok": False}
            elif refusal and not want["ok"]:
                lines += status_lines(want, refusal)
            lines += mode_c(case["mmap_c"], path, array)
            if "mmap_rw" in case:
                lines += mode_rplus(suite, case, path, os.path.join(folder, "copy.npy"), array)
            suite.check(case["id"], want["ok"], refusal, lines)
    suite.finish()


if __name__ == "__main__":
    main()
