# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# Takes a transcript: commands after "$ " (and "> "), each with what it prints.
# Prints a shell script that runs all of them in one shell. In dir it writes
# N.command and N.wanted, and so does the script N.actual.

function stop() {
    if (n > 0)
        printf "} >%s/%d.actual 2>&1\n", dir, n
}

function command(line) {
    print line
    print line >(dir "/" n ".command")
}

/^\$ / {
    stop()
    printf "" >(dir "/" ++n ".wanted")
    print "{"
    command(substr($0, 3))
    next
}
/^> / {
    command(substr($0, 3))
    next
}
{ print >(dir "/" n ".wanted") }
END { stop() }
