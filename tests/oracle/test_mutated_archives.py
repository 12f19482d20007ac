#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Archives with a number changed, a record repeated or a piece moved: what mmview reads of one is
what Python's zipfile reads, or, where that reads nothing, what unzip does. That mmview refuses
what others read is no fault here: it compares more.

MMVIEW_SEED and MMVIEW_COUNT choose other changes (`make check` always has the same 4000), and
MMVIEW_CASE=N only the Nth of them, which is left in mutated.npz.
"""
import io
import os
import random
import shutil
import struct
import subprocess
import sys
import warnings
import zipfile

try:
    import numpy as np
except ModuleNotFoundError:
    print("SKIP: this Python has no NumPy")
    sys.exit(77)

from evidence import scratch
from libmmview import Array, Npz, Refused

SEED = int(os.environ.get("MMVIEW_SEED", "1"))
COUNT = int(os.environ.get("MMVIEW_COUNT", "4000"))
ONLY = os.environ.get("MMVIEW_CASE")
NUMBERS = [0, 1, 2, 8, 9, 0x801, 0xffff, 2**32 - 1, 2**32, 2**64 - 1]
RECORDS = [b"PK\1\2", b"PK\3\4", b"PK\5\6", b"PK\6\6", b"PK\6\7", b"PK\7\x08"]


def saved(array):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, allow_pickle=False)
    return out.getvalue()


MEMBERS = {"x.npy": saved(np.arange(3, dtype="<i4")), "y.npy": saved(np.array([7.5, 8.5])),
           "\xe4.npy": saved(np.array(b"abcdefgh"))}


class Pipe(io.RawIOBase):
    """What can not be gone back in."""

    def __init__(self):
        super().__init__()
        self.bytes = b""

    def writable(self):
        return True

    def write(self, data):
        self.bytes += bytes(data)
        return len(data)


def end64(content):
    """The archive with an end record for 64 bits, as zipfile writes it only where it has to."""
    at = len(content) - 22
    count, size, place = struct.unpack_from("<HLL", content, at + 10)
    return (content[:at] + b"PK\6\6" +
            struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, count, count, size, place) + b"PK\6\7" +
            struct.pack("<LQL", 0, at, 1) + content[at:])


def archives():
    """Archives as they are written, each with the bytes that are not its members' own."""
    for method in (0, 8):
        for way in ("file", "zip64", "pipe", "pipe64"):
            pipe = Pipe() if way.startswith("pipe") else None
            out = pipe or io.BytesIO()
            with zipfile.ZipFile(out, "w") as z:
                for name, content in MEMBERS.items():
                    info = zipfile.ZipInfo(name)
                    info.compress_type = method
                    with z.open(info, "w", force_zip64=way.endswith("64")) as f:
                        f.write(content)
                z.comment = b"" if way != "file" else b"c" * 30
            content = pipe.bytes if pipe else out.getvalue()
            yield content
            if way != "file":
                yield end64(content)
                yield b"prefix" * 20 + end64(content)
            yield b"prefix" * 20 + content


def places(content):
    """Where a record starts, or what may be a field of it."""
    found = [i for i in range(len(content) - 4) if content[i:i + 4] in RECORDS]
    return [i + j for i in found for j in range(0, 60)] + found * 10


def mutate(r, content):
    content = bytearray(content)
    for _ in range(r.choice((1, 1, 1, 2, 3))):
        where = places(content)
        if not where:
            break
        at = r.choice(where)
        kind = r.random()
        if kind < 0.55:
            width = r.choice((1, 2, 2, 4, 4, 8))
            old = int.from_bytes(content[at:at + width], "little")
            number = r.choice(NUMBERS + [old ^ 1, old + 1, old - 1, old ^ 1 << r.randrange(16),
                                         len(content), r.choice(where), r.randrange(256)])
            content[at:at + width] = (number % 256**width).to_bytes(width, "little")
        elif kind < 0.65:
            content[at:at + 4] = r.choice(RECORDS)
        else:
            length = r.choice((20, 22, 56, 76, 98, 24, 16, r.randrange(1, 400)))
            piece = bytes(content[at:at + length])
            to = r.choice(where + [len(content)] * 20)
            if kind < 0.8:
                content[to:to] = piece
            elif kind < 0.9:
                content[to:to + length] = piece
            else:
                del content[at:at + length]
    return bytes(content)


def fewer(r, content, at, behind):
    """An end record of all but one of the members, and one of it in 64 bits, of a directory that
    ends where that record will be: `behind` bytes after the one that the end at `at` is of."""
    count, size, place = struct.unpack_from("<HLL", content, at + 10)
    begin = content.find(b"PK\1\2")
    name, extra, comment = struct.unpack_from("<HHH", content, begin + 28)
    first = 46 + name + extra + comment
    if count == 0 or begin < 0:
        return b"", b""
    count, size, place = count - 1, size - first + behind, place + first
    shorter = struct.pack("<LHHHHLLH", 0x06054b50, 0, 0, count, count, size & 0xffffffff,
                          place & 0xffffffff, r.choice((0, 0, 0, 1, 22, 0xffff)))
    longer = struct.pack("<LQHHLLQQQQ", 0x06064b50, 44, 45, 45, 0, 0, count, count, size, place)
    return shorter, longer


def second_end(r, content):
    """The archive with an end besides its own, or another beginning."""
    at = content.rfind(b"PK\5\6")
    if at < 0 or at + 22 > len(content):
        return content
    kind = r.randrange(5)
    front, end = content[:at], bytearray(content[at:])
    if kind < 2:  # in the comment
        shorter, _ = fewer(r, content, at, 22)
        struct.pack_into("<H", end, 20, r.choice((len(shorter), 0, len(end) - 22 + len(shorter))))
        return front + end + shorter
    if kind < 4:  # one of 64 bits, which says something else
        _, longer = fewer(r, content, at, 0)
        locator = struct.pack("<LLQL", 0x07064b50, 0, len(front), 1)
        if kind == 3:
            end[10:20] = b"\xff" * 10 if r.random() < 0.5 else end[10:12] + b"\xff" * 8
        return front + longer + locator + end
    return b"PK\3\4" + content


def by_mmview(path):
    """What it reads: the names, and the bytes of each array, or None of what it refuses."""
    npz = Npz(path)
    found = []
    for index, name in enumerate(npz.names):
        try:
            npz.verify(index)
            array = Array.member(npz, index, inflate=npz.info(index)["method"] != 0)
            found.append((name, array.c_order_bytes()))
        except Refused:
            found.append((name, None))
    return found


def by_python(path):
    found = []
    with zipfile.ZipFile(path) as z:
        for info in z.infolist():
            try:
                found.append((info.filename, array_in(z.read(info))))
            except Exception:  # pylint: disable=broad-except
                # of damaged archives zipfile raises what comes: struct.error, EOFError, ...
                found.append((info.filename, None))
    return found


def array_in(content):
    return np.lib.format.read_array(io.BytesIO(content)).tobytes()


def by_unzip(path, name):
    done = subprocess.run(["unzip", "-p", "-P", "", path, name], capture_output=True, check=False)
    try:
        return array_in(done.stdout) if done.returncode in (0, 1) else None
    except ValueError:
        return None


def difference(path, have):
    """What is wrong with what mmview read, or None; and whether another program read as much."""
    try:
        want = by_python(path)
    except Exception:  # pylint: disable=broad-except
        want = None
    if want is not None and [name for name, _ in want] != [name for name, _ in have]:
        return f"mmview finds {[n for n, _ in have]}, zipfile {[n for n, _ in want]}", False
    same = True
    for index, (name, bytes_) in enumerate(have):
        if bytes_ is None:
            continue
        theirs = want[index][1] if want else None
        if theirs is None and shutil.which("unzip"):
            theirs = by_unzip(path, name)
        if theirs is not None and theirs != bytes_:
            return f"{name} is read in two ways", False
        same = same and theirs is not None
    return None, same


def main():
    warnings.simplefilter("ignore")
    if not shutil.which("unzip"):
        print("SKIP: a part: there is no unzip")
    sources = list(archives())
    read = refused = alone = wrong = 0
    with scratch() as folder:
        path = os.path.join(folder, "a.npz")
        for case in range(COUNT):
            if ONLY and case != int(ONLY):
                continue
            r = random.Random(f"{SEED} {case}")
            content = r.choice(sources)
            content = second_end(r, content) if r.random() < 0.3 else content
            content = mutate(r, content) if r.random() < 0.8 else content
            content = r.choice(sources) + content if r.random() < 0.05 else content
            with open("mutated.npz" if ONLY else path, "wb") as f:
                f.write(content)
            try:
                have = by_mmview("mutated.npz" if ONLY else path)
            except Refused:
                refused += 1
                continue
            fault, same = difference("mutated.npz" if ONLY else path, have)
            if fault:
                print(f"case {case} of seed {SEED}: {fault}")
                wrong += 1
            read += 1
            alone += not fault and not same
    print(f"mutated archives: {read} are read, of which {alone} hold what no other program reads; "
          f"{refused} are refused as a whole")
    assert ONLY or (read > COUNT // 10 and refused > COUNT // 10)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
