# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# awk -f same.awk WANTED ACTUAL: whether the two files are the same text, where
# "..." in WANTED stands for any text without a newline.

function matches(wanted, actual,    n, part, i, at) {
    n = split(wanted, part, "[.][.][.]")
    if (n <= 1)
        return wanted == actual
    if (index(actual, part[1]) != 1)
        return 0
    actual = substr(actual, length(part[1]) + 1)
    for (i = 2; i < n; i++) {
        at = index(actual, part[i])
        if (at == 0)
            return 0
        actual = substr(actual, at + length(part[i]))
    }
    return length(actual) >= length(part[n]) &&
        substr(actual, length(actual) - length(part[n]) + 1) == part[n]
}

FILENAME == ARGV[1] { wanted[++lines] = $0; next }
{
    actual_lines++
    if (actual_lines > lines || !matches(wanted[actual_lines], $0))
        differ = 1
}
END { exit differ || actual_lines != lines }
