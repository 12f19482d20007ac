# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# Takes the examples out of README and the manual pages, one file each in dir,
# and prints a line for each: NUMBER KIND PLACE.
#
# A page says what a literal block is in the comment before it:
#     .\" example: c            a whole C program
#     .\" example: output       what the program before prints
#     .\" example: console      commands after "$ ", each with what it prints
# In README, where blocks are indented, their first line tells; there, C may also be
# the inside of a function.
# A block in EXAMPLES, or any in README, that is none of these is an error.

function error(text) {
    print FILENAME ":" FNR ": " text >"/dev/stderr"
    bad = 1
}

function start(what) {
    kind = what
    file = sprintf("%s/%03d.%s", dir, ++count, kind)
    printf "%03d %s %s:%d\n", count, kind, FILENAME, FNR
    printf "" >file
}

function stop() {
    if (fragment)
        print "return 0; }" >file
    if (kind != "")
        close(file)
    kind = ""
    fragment = 0
}

# What roff makes of the few escapes that examples need.
function plain(line) {
    if (line ~ /^[.']/)
        error("a request inside an example")
    gsub(/\\&/, "", line)
    gsub(/\\-/, "-", line)
    gsub(/\\\(dq/, "\"", line)
    gsub(/\\\(aq/, "'", line)
    if (line ~ /\\[^e]/)
        error("an escape that is not known here")
    gsub(/\\e/, "\\", line)
    return line
}

FNR == 1 {
    stop()
    announced = ""
    section = ""
    blanks = ""
    is_page = FILENAME ~ /\.[0-9]$/
}

# ---- Pages.

is_page && /^\.Sh / { section = $2 }
is_page && /^\.\\" example: / {
    announced = $3
    if (announced !~ /^(c|output|console)$/)
        error("no such kind of example: " announced)
    next
}
is_page && /^\.Bd -literal/ {
    inside_page = 1
    if (announced != "")
        start(announced)
    else if (section == "EXAMPLES")
        error("say what this example is, in the line before it")
    announced = ""
    next
}
is_page && /^\.Ed/ { stop() }
is_page && section == "EXAMPLES" && /^\.D[l1] / { error("use .Bd for an example, so that it is tried") }
is_page && kind != "" { print plain($0) >file }
is_page { next }

# ---- README.

/^    / {
    inside_page = 0
    line = substr($0, 5)
    if (kind == "") {
        if (line ~ /^\$ /)
            start("console")
        else if (line ~ /^#include/)
            start("c")
        else if (line ~ /^struct mmview_/) {
            start("c")
            fragment = 1
            print "#include <mmview.h>\n#include <stdio.h>\nint main(void) {" >file
        }
        else if (line ~ /^(\.\/bootstrap|\.\/configure|make)/)
            start("setup")
        else
            error("an example that can not be tried")
    }
    if (kind == "setup" && line !~ /^(\.\/bootstrap|\.\/configure|make)/)
        error("not a command that sets up")
    if (kind != "")
        printf "%s%s\n", blanks, line >file
    blanks = ""
    next
}
/^$/ && kind != "" {
    blanks = blanks "\n"
    next
}
{
    stop()
    blanks = ""
}

END {
    stop()
    if (bad)
        exit 1
}
