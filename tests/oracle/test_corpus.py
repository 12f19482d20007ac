#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Files from public repositories: each .npy file is what the index says that NumPy found."""
import ast
import csv
import os

from evidence import Suite, shared
from libmmview import Array, Refused, lib

OBJECTS = "Object arrays cannot be loaded"


def lines_of(row, array):
    have, p = array.facts(), array.pointer
    version = lib.mmview_array_version(p)
    found = {
        "version": f"{version >> 8}.{version & 255}",
        "header_len": str(lib.mmview_array_header_length(p)),
        "data_offset": str(have["data_offset"]),
        "align64": str(have["data_offset"] % 64),
        "descr": have["dtype"]["npy_descr"],
        "shape": repr(tuple(have["shape"])),
        "fortran_order": str(bool(lib.mmview_array_order(p))),
        "itemsize_bytes": str(have["itemsize"]),
        "data_bytes": str(have["nbytes"]),
        "trailing": str(lib.mmview_array_trailing_bytes(p)),
        "size": str(lib.mmview_array_file_size(p)),
    }
    if array.dtype().facts()["kind"] != "V":  # typestr is the descr, unless there is more to it
        found["typestr"] = have["dtype"]["typestr"]
        row = dict(row, typestr=ast.literal_eval(row["descr"]))
    return [f"{key}: {row[key]} expected, {value} found" for key, value in found.items()
            if row[key] != value]


def main():
    suite = Suite("corpus")
    with open(shared("corpus", "INDEX.tsv"), encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if row["member"] or not row["path"].endswith(".npy"):
            continue
        path = shared("corpus", row["repo"].replace("/", "+"), *row["path"].split("/"))
        assert os.path.getsize(path) == int(row["size"]), path
        refusal, lines = None, []
        try:
            array = Array.open(path)
            if row["status"] == "ok":
                lines = lines_of(row, array)
        except Refused as refused:
            refusal = refused
            if OBJECTS in row["status"]:
                suite.note("of objects, refused")
                if refused.status != "MMVIEW_EOBJECT":
                    lines = [f"status: MMVIEW_EOBJECT expected, {refused.status} found"]
        suite.check(f"{row['repo']}/{row['path']}", row["status"] == "ok", refusal, lines)
    suite.finish()


if __name__ == "__main__":
    main()
