#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Prints printable_table.h: the characters that Python's repr() escapes.

Run it with the Python whose repr() is to be matched (3.11: Unicode 14)."""
import sys
import unicodedata

ranges = []
for code in range(0x110000):
    if not chr(code).isprintable():
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])

print("/* SPDX-License-Identifier: MIT */")
print("/* Copyright The mmview authors */")
print("/* Made by printable_table.py from Unicode %s. Do not edit. */" % unicodedata.unidata_version)
print("/* clang-format off */")
print("static const struct {\n    uint32_t first, last;\n} unprintable[] = {")
row = "   "
for first, last in ranges:
    item = " {0x%x, 0x%x}," % (first, last)
    if len(row) + len(item) > 96:
        print(row)
        row = "   "
    row += item
print(row)
print("};")
sys.exit(0)
