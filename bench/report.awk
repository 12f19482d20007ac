# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# awk -f report.awk form=FORM GOALS FILE...
#
# Holds what the programs measured (bench.h says in which form) against the
# goals, and prints it: form=text, markdown, tsv, or misses, which lists only
# what missed. A goal that comes twice counts with its better ratio.
#   slack=FACTOR  exit 1 when a ratio misses its limit by more than that factor
#   partial=1     FILE... need not tell of every goal
# Exits 2 when a goal was neither measured nor skipped, or is not in GOALS.

function fail(message) {
    print "report.awk: " message >"/dev/stderr"
    broken = 1
}

function duration(ns) {
    if (ns < 1e3) return sprintf("%.0f ns", ns)
    if (ns < 1e6) return sprintf("%.2f us", ns / 1e3)
    if (ns < 1e9) return sprintf("%.2f ms", ns / 1e6)
    return sprintf("%.2f s", ns / 1e9)
}

function amount(goal, x) {
    return goal in bytes ? sprintf("%.0f B", x) : duration(x)
}

# Three digits, and no exponent.
function number(x) {
    return sprintf(x < 10 ? "%.2f" : x < 100 ? "%.1f" : "%.0f", x)
}

# The further below 1, the better, whichever way the goal is written.
function cost(goal, ratio) {
    return sense[goal] == "at-most" ? ratio / limit[goal] : limit[goal] / ratio
}

function verdict(goal) {
    if (cost(goal, ratio[goal]) <= 1) return "held"
    return cost(goal, ratio[goal]) <= slack ? "in slack" : "MISSED"
}

function asked(goal) {
    return (sense[goal] == "at-most" ? "<= " : ">= ") limit[goal] "x"
}

# The cells of a goal's line, which all forms share.
function fill(goal) {
    cell[1] = goal; cell[2] = what[goal]
    if (goal in skipped) {
        for (c = 3; c <= 7; c++) cell[c] = "-"
        cell[4] = skipped[goal]
        cell[8] = asked(goal); cell[9] = "skipped"
        return
    }
    cell[3] = amount(goal, ours[goal]); cell[4] = peer[goal]; cell[5] = amount(goal, theirs[goal])
    cell[6] = floor[goal] > 0 ? amount(goal, floor[goal]) : "-"
    cell[7] = number(ratio[goal]) "x"
    cell[8] = asked(goal); cell[9] = verdict(goal)
}

function print_table(markdown,    g, c, n, i, line) {
    n = split("goal,what,ours,peer,its time,floor,ratio,asked,verdict", title, ",")
    for (c = 1; c <= n; c++) width[c] = length(title[c])
    for (g = 1; g <= goals; g++) {
        fill(order[g])
        for (c = 1; c <= n; c++) {
            if (length(cell[c]) > width[c]) width[c] = length(cell[c])
            table[g, c] = cell[c]
        }
    }
    for (c = 1; c <= n; c++) table[0, c] = title[c]
    for (g = 0; g <= goals; g++) {
        line = ""
        for (c = 1; c <= n; c++)
            line = line (markdown ? "| " : "") sprintf("%-" width[c] "s", table[g, c]) (markdown ? " " : "  ")
        if (markdown) line = line "|"
        sub(/ +$/, "", line)
        print line
        if (markdown && g == 0) {
            line = ""
            for (c = 1; c <= n; c++) {
                line = line "|"
                for (i = 0; i < width[c] + 2; i++) line = line "-"
            }
            print line "|"
        }
    }
}

function print_tsv(    g, goal) {
    for (g = 1; g <= notes; g++) print "# " note[g] "\t" text[note[g]]
    print "goal\twhat\tpeer\tours_ns\tpeer_ns\tfloor_ns\tratio\tlow\thigh\tpairs\tsense\tlimit\tverdict"
    for (g = 1; g <= goals; g++) {
        goal = order[g]
        if (goal in skipped)
            printf "%s\t%s\t%s\t\t\t\t\t\t\t\t%s\t%s\tskipped\n", goal, what[goal], skipped[goal], sense[goal], limit[goal]
        else
            printf "%s\t%s\t%s\t%s\t%s\t%s\t%.4f\t%.4f\t%.4f\t%s\t%s\t%s\t%s\n", goal, what[goal], peer[goal], ours[goal],
                theirs[goal], floor[goal], ratio[goal], low[goal], high[goal], pairs[goal], sense[goal], limit[goal], verdict(goal)
    }
}

function print_notes(markdown,    i) {
    if (markdown) {
        print "# Benchmarks"
        print ""
        print "Written by `make bench`; README says how to read it."
        print ""
    }
    for (i = 1; i <= notes; i++)
        printf markdown ? "- %s: %s\n" : "%-9s %s\n", note[i], text[note[i]]
    print ""
}

function print_misses(    g) {
    for (g = 1; g <= goals; g++)
        if ((order[g] in ratio) && verdict(order[g]) == "MISSED")
            printf "%s: %sx, asked %s\n", order[g], number(ratio[order[g]]), asked(order[g])
}

BEGIN { FS = "\t" }

/^#/ || /^$/ { next }

FNR == NR {
    if (NF != 4 || ($2 != "at-most" && $2 != "at-least") || $3 <= 0 || ($1 in sense))
        fail(FILENAME ":" FNR ": not a goal: " $0)
    order[++goals] = $1; sense[$1] = $2; limit[$1] = $3; what[$1] = $4
    next
}

$1 == "note" && NF == 3 {
    if (!($2 in text)) note[++notes] = $2
    text[$2] = $3
    next
}

($1 == "row" || $1 == "bytes" || $1 == "skip") && !($2 in sense) { fail("no such goal: " $2); next }

$1 == "skip" && NF == 3 { skipped[$2] = $3; next }

($1 == "row" || $1 == "bytes") && NF == 10 {
    if ($1 == "bytes") bytes[$2]
    r = sense[$2] == "at-most" ? $7 : 1 / $7
    if (($2 in ratio) && cost($2, ratio[$2]) <= cost($2, r)) next
    peer[$2] = $3; ours[$2] = $4; theirs[$2] = $5; floor[$2] = $6; ratio[$2] = r; pairs[$2] = $10
    low[$2] = sense[$2] == "at-most" ? $8 : 1 / $9
    high[$2] = sense[$2] == "at-most" ? $9 : 1 / $8
    next
}

{ fail("not a line of a benchmark: " $0) }

END {
    check = slack != ""
    if (!check) slack = 1
    for (g = 1; g <= goals; g++) {
        goal = order[g]
        if (goal in ratio) missed += verdict(goal) == "MISSED"
        else if (!(goal in skipped) && !partial) fail(goal ": neither measured nor skipped")
    }
    if (broken) exit 2
    if (form == "tsv") print_tsv()
    else if (form == "misses") print_misses()
    else {
        print_notes(form == "markdown")
        print_table(form == "markdown")
    }
    exit check && missed
}
