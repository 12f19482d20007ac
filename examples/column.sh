#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# column.sh FILE.npy J: prints column J of a two-dimensional array of doubles, with
# nothing but mmview, od and arithmetic.
set -eu

offset=$(mmview addr --offset "$1")
read -r rows columns <<END
$(mmview info -f shape "$1")
END
read -r row_stride column_stride <<END
$(mmview info -f strides "$1")
END
if [ "$2" -lt 0 ] || [ "$2" -ge "$columns" ]; then
    echo "column.sh: $1: no such column" >&2
    exit 2
fi

i=0
while [ "$i" -lt "$rows" ]; do
    od -A n -t f8 -j $((offset + i * row_stride + $2 * column_stride)) -N 8 "$1"
    i=$((i + 1))
done
