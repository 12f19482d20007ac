#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# peek.sh FILE.npy INDEX: prints the doubles of FILE.npy[INDEX] out of the memory of
# another process, as a debugger or a monitor reads them: mmview holds the array, and
# dd finds it at $MMVIEW_ADDR of process $MMVIEW_PID.
set -eu

# INDEX is all of a row, or one item, or rows: what lies in one piece.
mmview check --dtype=f8 --flags=C_CONTIGUOUS -s "$2" "$1" >&2

# shellcheck disable=SC2016 # these variables are the command's
exec mmview hold -s "$2" "$1" -- sh -c '
    dd if="/proc/$MMVIEW_PID/mem" iflag=skip_bytes,count_bytes status=none \
        skip="$(($MMVIEW_ADDR))" count="$MMVIEW_NBYTES" | od -A n -t f8'
