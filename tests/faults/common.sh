# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# What the tests of faults share: mmview with inject.c in front of the C library.
# shellcheck shell=sh disable=SC2034

. "${top_srcdir:=$PWD}/tests/cli/common.sh"

inject=$top_builddir/tests/faults/.libs/inject.so
fault_log=$tmp/fault

# faulty FAULT COMMAND...: runs mmview with it. $status; $call: where the fault was, empty
# if there was none; what it said in $tmp/out and $tmp/err.
faulty() {
    fault=$1
    shift
    rm -f "$fault_log"
    call=
    # In braces, so that what the shell has to say of a process that was killed is caught.
    {
        LD_PRELOAD=$inject MMVIEW_FAULT=$fault MMVIEW_FAULT_LOG=$fault_log \
            "$MMVIEW" "$@" >"$tmp/out"
        status=$?
    } 2>"$tmp/err"
    read -r call <"$fault_log" || call=
}

# stopped PID: waits until the process has stopped, or ended, which is false. Without a process
# for each look, which would take the time that is waited for.
stopped() {
    while state=; do
        { while read -r key state _ && [ "$key" != State: ]; do :; done; } 2>/dev/null <"/proc/$1/status"
        case $state in
        T) return 0 ;;
        Z | X | '') return 1 ;;
        esac
    done
}

# meanwhile N CHANGE COMMAND...: the same, of which CHANGE is called before the Nth call.
meanwhile() {
    nth=$1 change=$2
    shift 2
    rm -f "$fault_log"
    call=
    LD_PRELOAD=$inject MMVIEW_FAULT=stop:$nth MMVIEW_FAULT_LOG=$fault_log \
        "$MMVIEW" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null &
    pid=$!
    if stopped "$pid"; then
        read -r call <"$fault_log"
        $change
        kill -CONT "$pid"
    fi
    wait "$pid"
    status=$?
}

if [ -n "$SANITIZERS" ]; then
    echo "SKIP: a sanitizer's runtime wants to be in front of all other objects"
    exit 77
fi
if [ ! -f "$inject" ]; then
    echo "SKIP: no shared object was made to preload: $inject"
    exit 77
fi
if [ ! -r /proc/self/status ]; then
    echo 'SKIP: there is no /proc to see processes stop in'
    exit 77
fi
faulty watch --version
if [ "$call" != end ]; then
    echo 'SKIP: objects are not preloaded here'
    exit 77
fi

# fail WHAT...: a check that failed.
fail() {
    fails=$((fails + 1))
    echo "FAIL: $*"
    sed 's/^/    /' "$tmp/err"
}
