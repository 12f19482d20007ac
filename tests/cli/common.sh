# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# What every test of the CLI starts with: . "$top_srcdir/tests/cli/common.sh"
#
# Most tests are transcripts: show runs mmview and writes down what it said, and
# golden compares all of it with a file. MMVIEW_UPDATE=1 writes that file anew;
# read the difference before committing it.
# shellcheck shell=sh disable=SC2034

set -u
# What is ignored here is ignored by all that is started, for good, as SIGHUP under nohup(1)
# and SIGINT in the background of a script; and tests send these.
case $(sed -n 's/^SigIgn:.*\(.\)$/\1/p' /proc/self/status 2>/dev/null) in
[1-79a-f])
    signals=HUP,INT,QUIT
    ! env --default-signal=$signals true 2>/dev/null || exec env --default-signal=$signals "$0" "$@"
    ;;
esac
LC_ALL=C
export LC_ALL
: "${top_srcdir:=$PWD}" "${top_builddir:=$PWD}" "${MMVIEW:=$top_builddir/src/mmview}"
: "${PYTHON_NUMPY:=}" "${SANITIZERS:=}"
cli=$top_srcdir/tests/cli
data=$top_srcdir/tests/data
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM
log=$tmp/log
: >"$log"
checks=0 fails=0

# Expectations are those of x86-64. What another machine says otherwise, because its
# pointers, its long doubles or its alignments are others, is in a folder of its name.
: "${MACHINE:=$(uname -m)}"
case $MACHINE in i?86) machine=i386 ;; *) machine=$MACHINE ;; esac
# What the program was made for stands at its start: the kind of file, then 2 for 64 bits
# and 1 for little-endian. (A script that stands in for it does not say.)
if [ ! -d "$cli/$machine" ]; then
    case $(od -An -tx1 -N6 "$MMVIEW" | tr -d ' ') in
    7f454c46020[!1] | 7f454c4601*)
        echo 'SKIP: what these tests expect is what a little-endian machine of 64 bits says'
        exit 77
        ;;
    esac
fi
# Compilers and Pythons that configure was not told of make and load what this is for.
case $machine in "$(uname -m)") foreign= ;; *) foreign=yes ;; esac
# Where a file can be mapped: below every program, and where no sanitizer keeps its own. And
# where none can.
case $machine in i386) place=0x60000000 behind=0xfffff000 ;; *) place=0x550000000000 behind=0xfffffffffffff000 ;; esac
# Of whose type the machine has none: long doubles are 12 bytes there.
case $machine in i386) alien=longdouble.npy ;; *) alien= ;; esac
# Its own byte order.
case $machine in s390x) own='>' ;; *) own='<' ;; esac
# What runs its programs, where this one does not, and the KiB of memory that it needs.
emulator=${MMVIEW_EMULATOR-}
spare=$((${emulator:+200000} + 0))

# part REASON: tells what part of a test can not run here.
part() {
    echo "SKIP: a part: $*"
}

# is WHAT GOT WANTED
is() {
    checks=$((checks + 1))
    [ "$2" = "$3" ] && return
    fails=$((fails + 1))
    printf 'FAIL: %s\n     got: %s\n  wanted: %s\n' "$1" "$2" "$3"
}

# ok WHAT COMMAND...: the command succeeds.
ok() {
    checks=$((checks + 1))
    what=$1
    shift
    "$@" && return
    fails=$((fails + 1))
    echo "FAIL: $what"
}

# run ARGUMENT...: runs mmview; then $status, $tmp/out and $tmp/err.
run() {
    "$MMVIEW" "$@" >"$tmp/out" 2>"$tmp/err"
    status=$?
}

# stable: replaces what differs from run to run.
stable() {
    sed 's/0x[0-9a-f]\{6,\}/0xADDRESS/g'
}

# show ARGUMENT...: runs mmview and writes down the command, all that it says
# and its exit status.
show() {
    {
        printf '$ mmview'
        printf ' %s' "$@"
        printf '\n'
        "$MMVIEW" "$@" 2>&1
        echo "exit $?"
    } | stable >>"$log"
}

# golden_here NAME: the same where a machine has a folder. Lines that are others there
# stand in its file of that name, in order: those of x86-64, and its own.
golden_here() {
    diff --unchanged-line-format= --old-line-format='-%L' --new-line-format='+%L' \
        "$cli/$1" "$log" >"$tmp/.others"
    if [ -n "${MMVIEW_UPDATE:-}" ]; then
        if [ -s "$tmp/.others" ]; then cp "$tmp/.others" "$cli/$machine/$1"; else rm -f "$cli/$machine/$1"; fi
        return
    fi
    [ -f "$cli/$machine/$1" ] && theirs=$cli/$machine/$1 || theirs=/dev/null
    diff -u "$theirs" "$tmp/.others" && return
    fails=$((fails + 1))
    echo "FAIL: differs from tests/cli/$1 otherwise than tests/cli/$machine/$1 says"
}

# golden NAME: all that was shown is what tests/cli/NAME says.
golden() {
    checks=$((checks + $(grep -c '^exit ' "$log")))
    if [ -d "$cli/$machine" ]; then
        golden_here "$1"
        return
    fi
    if [ -n "${MMVIEW_UPDATE:-}" ]; then
        cp "$log" "$cli/$1" || fails=$((fails + 1))
        return
    fi
    diff -u "$cli/$1" "$log" && return
    fails=$((fails + 1))
    echo "FAIL: not as in tests/cli/$1"
}

# npy HEADER: the start of a .npy 2.0 file, up to its data.
npy() {
    length=$((${#1} + 1))
    printf '\223NUMPY\002\000'
    for shift in 1 256 65536 16777216; do
        # shellcheck disable=SC2059
        printf "\\$(printf '%03o' $((length / shift % 256)))"
    done
    printf '%s\n' "$1"
}

# finish: ends the test.
finish() {
    [ "$checks" -gt 0 ] || { echo 'nothing was checked'; exit 99; }
    [ "$fails" -eq 0 ] || { echo "$fails of $checks checks failed"; exit 1; }
    echo "$checks checks"
    exit 0
}
