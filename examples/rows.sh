#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# rows.sh FILE.npy FIRST END >OUT: copies the rows from FIRST up to but without END to
# a file of bare data, with dd, however large FILE.npy is.
set -eu

# Rows lie in one piece, but not if the file is in Fortran order.
mmview check --flags=C_CONTIGUOUS -s "$2:$3" "$1" >&2

nbytes=$(mmview info -f nbytes -s "$2:$3" "$1")
dd if="$1" iflag=skip_bytes,count_bytes bs=1M status=none \
    skip="$(mmview addr --offset -s "$2:$3" "$1")" count="$nbytes"
