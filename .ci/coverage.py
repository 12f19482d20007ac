# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Adds up what gcov says of a build: coverage.py GCOV SOURCE MISSED, in the build folder.

A line that several objects have, because a header was included by each, counts once, and
is reached if one of them reached it. So is a branch, but function by function: of loops
that are written once and compiled for each type, each has branches of its own.

Each line that is not reached has its reason in coverage.reasons beside this: see there. Ends
with 1 if more than a few have none, or if less is reached than has to be.
"""

import collections
import fnmatch
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile


def reports(gcov, build):
    """What gcov says of each object, which is a dictionary of JSON."""
    notes = []
    for part in ("lib", "src"):
        for folder, _, names in os.walk(os.path.join(build, part)):
            notes += [os.path.join(folder, n) for n in names if n.endswith(".gcno")]
    if not notes:
        sys.exit("coverage: nothing was built with --coverage")
    with tempfile.TemporaryDirectory() as scratch:
        for number, note in enumerate(sorted(notes)):
            to = os.path.join(scratch, str(number))
            os.mkdir(to)
            # Without a .gcda the program never ran: then all of it was missed.
            subprocess.run([gcov, "--json-format", "--branch-probabilities", note],
                           cwd=to, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for name in os.listdir(to):
                with gzip.open(os.path.join(to, name)) as file:
                    yield json.load(file)


# Percent of the lines and of the branches that have to be reached, and of lines that may
# be missed without a reason.
LEAST = 95, 85
MOST_WITHOUT_REASON = 0.5


def collect(gcov, source, build):
    """Of each file, how often its lines and its branches were reached."""
    lines = collections.defaultdict(collections.Counter)
    branches = collections.defaultdict(collections.Counter)
    for report in reports(gcov, build):
        where = report["current_working_directory"]
        for file in report["files"]:
            path = os.path.relpath(os.path.join(where, file["file"]), source)
            if not path.startswith(("lib/", "src/")):
                continue
            for line in file["lines"]:
                number = line["line_number"]
                lines[path][number] += line["count"]
                # Exceptions are not ours: the C++ here is built without them.
                ours = [b for b in line["branches"] if not b["throw"]]
                for index, branch in enumerate(ours):
                    key = number, line.get("function_name", ""), index
                    branches[path][key] += branch["count"]
    return lines, branches


def reached(counts):
    return sum(1 for n in counts.values() if n > 0)


def percent(part, whole):
    return "%6.2f %%" % (100 * part / whole) if whole else "    none"


class Reason:
    """A paragraph of coverage.reasons: why lines are not reached, and which."""

    def __init__(self, text):
        self.text = text
        self.patterns = []
        self.lines = 0

    def read(self, line):
        paths, _, code = line.partition(" ")
        self.patterns.append([paths, re.compile(code.strip()), False])

    def explains(self, path, code):
        for pattern in self.patterns:
            if fnmatch.fnmatch(path, pattern[0]) and pattern[1].search(code):
                pattern[2] = True
                self.lines += 1
                return True
        return False


def read_reasons(path):
    reasons = []
    with open(path) as file:
        for line in file:
            if line.startswith("- "):
                reasons.append(Reason(line[2:].strip()))
            elif line.startswith("  ") and line.strip():
                reasons[-1].read(line.strip())
    return reasons


def judge(reasons, lines, source):
    """Prints why lines are not reached. Returns how many have no reason."""
    without = []
    for path in sorted(lines):
        with open(os.path.join(source, path)) as file:
            code = file.read().split("\n")
        for number, count in sorted(lines[path].items()):
            if count == 0 and not any(r.explains(path, code[number - 1]) for r in reasons):
                without.append(f"{path}:{number}: {code[number - 1].strip()}")
    print("Not reached, and why:")
    for reason in reasons:
        print("%5d lines: %s" % (reason.lines, reason.text))
    for line in without:
        print("no reason: " + line)
    for paths, code, used in (p for r in reasons for p in r.patterns):
        if not used:
            print("a reason for nothing: %s %s" % (paths, code.pattern))
    return len(without)


def main():
    gcov, source, missed = sys.argv[1], os.path.realpath(sys.argv[2]), sys.argv[3]
    lines, branches = collect(gcov, source, os.getcwd())
    folders = collections.defaultdict(lambda: [0, 0, 0, 0])
    for path in lines:
        row = [reached(lines[path]), len(lines[path]), reached(branches[path]), len(branches[path])]
        for folder in (os.path.dirname(path), "in all"):
            folders[folder] = [a + b for a, b in zip(folders[folder], row)]
    print("%-14s %9s %17s %12s %17s" % ("folder", "lines", "reached", "branches", "taken"))
    for folder in sorted(folders, key=lambda f: (f == "in all", f)):
        a, b, c, d = folders[folder]
        print("%-14s %s %7d of %6d    %s %7d of %6d" % (folder, percent(a, b), a, b, percent(c, d), c, d))
    with open(missed, "w") as out:
        for path in sorted(lines):
            for number, count in sorted(lines[path].items()):
                if count == 0:
                    print(f"{path}:{number}: not reached", file=out)
            for (number, function, index), count in sorted(branches[path].items()):
                if count == 0 and lines[path][number]:
                    print(f"{path}:{number}: {function}(): branch {index} not taken", file=out)
    print(f"What was missed: {missed}")
    reasons = read_reasons(os.path.join(os.path.dirname(os.path.abspath(__file__)), "coverage.reasons"))
    total = folders["in all"]
    fine = 100 * judge(reasons, lines, source) <= MOST_WITHOUT_REASON * total[1]
    if not fine:
        print("more than %g %% of all lines are missed without a reason" % MOST_WITHOUT_REASON)
    for what, part, whole, least in (("lines", *total[:2], LEAST[0]), ("branches", *total[2:], LEAST[1])):
        if 100 * part < least * whole:
            print("less than %d %% of all %s" % (least, what))
            fine = False
    sys.exit(not fine)


main()
