#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Archives as Python, Info-ZIP and Java write them, in all the ways they can: each member is
where zipfile finds it, and holds what numpy.load() reads."""
import io
import os
import shutil
import struct
import subprocess
import zipfile

import numpy as np

from evidence import scratch
from libmmview import Array, Npz, Refused

ARRAYS = {
    "f8": np.linspace(0, 1, 7).reshape(1, 7),
    "big": np.arange(6, dtype=">i4").reshape(2, 3),
    "fortran": np.asfortranarray(np.arange(24, dtype="<u2").reshape(2, 3, 4)),
    "text": np.array(["a", "bc"]),
    "none": np.zeros((0, 3), dtype="<f4"),
    "one": np.array(5, dtype="u1"),
    "zeros": np.zeros(100000, dtype="?"),
    "struct": np.array([(1, 2.5)], dtype=[("a", "i1"), ("b", "<f8")]),
    # Of a header that is not all in what is unpacked first.
    "wide": np.ones(2, dtype=[(f"field{i}", "<f4") for i in range(300)]),
}
JAVA = """
import java.io.*; import java.nio.file.*; import java.util.zip.*;
public class Pack {
    public static void main(String[] a) throws Exception {
        try (ZipOutputStream z = new ZipOutputStream(new FileOutputStream(a[0]))) {
            for (int i = 2; i < a.length; i++) {
                byte[] b = Files.readAllBytes(Paths.get(a[i]));
                ZipEntry e = new ZipEntry(Paths.get(a[i]).getFileName().toString());
                if (a[1].equals("store")) {
                    CRC32 c = new CRC32(); c.update(b);
                    e.setMethod(ZipEntry.STORED); e.setSize(b.length); e.setCrc(c.getValue());
                }
                z.putNextEntry(e); z.write(b); z.closeEntry();
            }
        }
    }
}
"""
checked = 0


class Stream(io.RawIOBase):
    """A pipe: zipfile then writes sizes and CRCs behind the data."""

    def __init__(self, path):
        super().__init__()
        self.file = open(path, "wb")

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)

    def close(self):
        self.file.close()
        super().close()


def saved(array):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, allow_pickle=False)
    return out.getvalue()


def entry(name, method=0):
    info = zipfile.ZipInfo(name)
    info.compress_type = method
    return info


def data_start(path, info):
    with open(path, "rb") as f:
        f.seek(info.header_offset + 26)
        name, extra = struct.unpack("<HH", f.read(4))
    return info.header_offset + 30 + name + extra


def check(path, what):
    """All members of an archive against zipfile and numpy.load()."""
    global checked
    npz = Npz(path)
    with zipfile.ZipFile(path) as z:
        entries = z.infolist()
        assert npz.names == [e.filename for e in entries], (what, npz.names)
        for index, e in enumerate(entries):
            info = npz.info(index)
            assert info["offset"] == data_start(path, e), (what, e)
            assert (info["method"], info["crc"], info["plain_size"], info["packed_size"]) == \
                (e.compress_type, e.CRC, e.file_size, e.compress_size), (what, e)
            npz.verify(index)
            with z.open(e) as f:
                expected = np.lib.format.read_array(f)
            array = Array.member(npz, index, inflate=e.compress_type != 0)
            facts = array.facts()
            assert tuple(facts["shape"]) == expected.shape, (what, e)
            assert array.c_order_bytes() == expected.tobytes(), (what, e)
            assert npz.find(e.filename) >= index
            checked += 1


def python_writes(folder):
    path = os.path.join(folder, "python.npz")
    for method in (0, 8):
        for way in ("plain", "zip64", "stream", "stream64", "comment"):
            target = Stream(path) if way.startswith("stream") else path
            with zipfile.ZipFile(target, "w", allowZip64=True) as z:
                for name, array in ARRAYS.items():
                    with z.open(entry(name + ".npy", method), "w",
                                force_zip64=way.endswith("64")) as f:
                        f.write(saved(array))
                if way == "comment":
                    z.comment = b"c" * 65535
            if way.startswith("stream"):
                target.close()
            check(path, f"zipfile, {method}, {way}")
    np.savez(path, **ARRAYS)
    check(path, "savez")
    np.savez_compressed(path, **ARRAYS)
    check(path, "savez_compressed")
    with open(path, "rb") as f:
        content = f.read()
    for prefix in (b"#!/bin/sh\n", b"x" * 100000):
        with open(path, "wb") as f:
            f.write(prefix + content)
        check(path, "prefixed")


def names(folder):
    path = os.path.join(folder, "names.npz")
    with zipfile.ZipFile(path, "w") as z:
        for name in ("näme", "\u6e29\u5ea6", "a/b/c", "with space", "x" * 65000, "-x", "a.npy"):
            z.writestr(entry(name + ".npy"), saved(np.arange(3)))
    check(path, "names in UTF-8")
    with open(path, "rb") as f:
        content = f.read()
    with open(path, "wb") as f:  # as MS-DOS writes them: the same bytes, and nothing said of them
        for flags in (b"PK\3\4\x14\0\0\x08", b"PK\1\2\x14\3\x14\0\0\x08"):
            content = content.replace(flags, flags[:-1] + b"\0")
        f.write(content)
    check(path, "names in code page 437")


def huge(folder):
    """Past 4 GiB, where all places are of 64 bits; the file is a hole for the most part."""
    path = os.path.join(folder, "huge.npz")
    with open(path, "wb") as f:
        with zipfile.ZipFile(f, "w") as z:
            z.writestr(entry("first.npy"), saved(np.arange(3)))
            f.seek(5 << 30)
            z.start_dir = 5 << 30
            z.writestr(entry("second.npy"), saved(np.arange(4)))
    check(path, "past 4 GiB")
    # A member of more than that, of zeros.
    size = 5 << 30
    head = saved(np.zeros(0, dtype="u1")).replace(b"(0,), }" + b" " * 11, b"(%d,), }" % size + b" " * 2)
    with open(path, "wb") as f:
        extra = struct.pack("<HHQQ", 1, 16, size + len(head), size + len(head))
        f.write(b"PK\3\4" + struct.pack("<HHHHHLLLHH", 45, 0, 0, 0, 33, 0, 2**32 - 1, 2**32 - 1, 7,
                                        len(extra)) + b"big.npy" + extra + head)
        f.seek(size, 1)
        at = f.tell()
        f.write(b"PK\1\2" + struct.pack("<HHHHHHLLLHHHHHLL", 45, 45, 0, 0, 0, 33, 0, 2**32 - 1,
                                        2**32 - 1, 7, len(extra), 0, 0, 0, 0, 0) + b"big.npy" + extra)
        end = f.tell()
        f.write(b"PK\6\6" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 1, 1, end - at, at))
        f.write(b"PK\6\7" + struct.pack("<LQL", 0, end, 1))
        f.write(b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, 1, 1, end - at, 2**32 - 1, 0))
    npz = Npz(path)
    assert npz.info(0)["shape"] == [size] and npz.info(0)["mappable"], npz.info(0)
    assert Array.member(npz, 0).facts()["nbytes"] == size
    os.unlink(path)


def many(folder):
    path = os.path.join(folder, "many.npz")
    content = saved(np.arange(2))
    with zipfile.ZipFile(path, "w") as z:
        for i in range(100000):
            z.writestr(entry(f"group{i % 10}/a{i}.npy"), content)
    npz = Npz(path)
    assert len(npz.names) == 100000
    for i in (0, 1, 65535, 65536, 99999):
        assert npz.find(f"group{i % 10}/a{i}") == i
        assert Array.member(npz, i).facts()["shape"] == [2]
    os.unlink(path)


def others_write(folder):
    files = []
    for name, array in ARRAYS.items():
        files.append(os.path.join(folder, name + ".npy"))
        np.save(files[-1], array)
    path = os.path.join(folder, "other.npz")
    if shutil.which("zip"):
        for options in (["-0"], ["-9"], ["-0", "-fz"], ["-0", "-X"]):
            subprocess.run(["zip", "-q", "-j", *options, path, *files], check=True)
            check(path, f"Info-ZIP {options}")
            os.unlink(path)
        with open(path, "wb") as f:
            subprocess.run(["zip", "-q", "-j", "-0", "-", *files], check=True, stdout=f)
        check(path, "Info-ZIP, streamed")
        os.unlink(path)
        subprocess.run(["zip", "-q", "-j", "-0", "-P", "secret", path, *files], check=True)
        npz = Npz(path)
        assert all(npz.info(i)["reason"] == "MMVIEW_EUNSUPPORTED" for i in range(len(npz.names)))
        os.unlink(path)
        part = files[:1] + [os.path.join(folder, "long.npy")]
        np.save(part[1], np.random.default_rng(1).random(30000))
        split = os.path.join(folder, "split.zip")
        subprocess.run(["zip", "-q", "-j", "-0", "-s", "64k", split, *part], check=True)
        try:
            Npz(split)
            assert False, "a split archive was opened"
        except Refused as refused:
            assert refused.status == "MMVIEW_EARCHIVE" and "split" in refused.message, refused
    else:
        print("SKIP: a part: there is no zip")
    for command in (["7z", "a", "-tzip", "-bso0", "-mx0", path],
                    ["7z", "a", "-tzip", "-bso0", path],
                    ["bsdtar", "-c", "--format=zip", "-f", path],
                    ["bsdtar", "-c", "--format=zip", "--options=zip:zip64", "-f", path]):
        if shutil.which(command[0]):
            subprocess.run([*command, *files], check=True, stderr=subprocess.DEVNULL)
            check(path, " ".join(command[:-1]))
            os.unlink(path)
        else:
            print(f"SKIP: a part: there is no {command[0]}")
    source = os.path.join(folder, "Pack.java")
    with open(source, "w", encoding="utf-8") as f:
        f.write(JAVA)
    for how in ("store", "deflate"):
        done = shutil.which("java") and subprocess.run(["java", source, path, how, *files],
                                                       capture_output=True, check=False)
        if not done or done.returncode:
            print("SKIP: a part: there is no Java that runs a source file")
            break
        check(path, f"Java, {how}")


def main():
    with scratch() as folder:
        python_writes(folder)
        names(folder)
        huge(folder)
        many(folder)
        others_write(folder)
    print(f"archives: {checked} members are as zipfile and NumPy find them")


if __name__ == "__main__":
    main()
