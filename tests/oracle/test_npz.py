#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""The recorded archives, and those of the corpus: every member is what NumPy found it to be."""
import csv
import zipfile

from evidence import Suite, cases, compare_array, shared
from libmmview import NO_OFFSET, Array, Npz, Refused

OBJECTS = "Object arrays cannot be loaded"
METHODS = {"store": 0, "deflate": 8}


def opened(path):
    try:
        return Npz(path), None
    except Refused as refusal:
        return None, refusal


def differing(want, have):
    return [f"{key}: {value!r} expected, {have[key]!r} found" for key, value in want.items()
            if value != have[key]]


def recorded_member(npz, index, want):
    """Lines about a member of npz.json."""
    info = npz.info(index)
    lines = differing({"method": want["method"], "offset": want["member_offset"],
                       "crc": want["crc"], "packed_size": want["csize"],
                       "plain_size": want["size"]}, info)
    npz.verify(index)
    if want["method"] == 8:
        if info["reason"] != "MMVIEW_ECOMPRESSED":
            lines.append(f"reason: MMVIEW_ECOMPRESSED expected, {info['reason']} found")
        return lines + inflated_member(npz, index, want["load"])
    mapped = want.get("as_memmap") or {"ok": False}
    if mapped["ok"] != bool(info["mappable"]):
        lines.append(f"mappable: {mapped['ok']} expected, {info['message']}")
    try:
        array = Array.member(npz, index)
    except Refused as refusal:
        if refusal.status != info["reason"]:
            lines.append(f"reason: {info['reason']}, but refused by {refusal}")
        return lines
    have = array.facts()
    lines += compare_array(mapped, have)
    if bool(have["flags"] & 0x100) != bool(info["aligned"]):
        lines.append(f"aligned: flags {have['flags']}, but {info['aligned']} found")
    return lines


def inflated_member(npz, index, load):
    have = Array.member(npz, index, inflate=True).facts()
    # NumPy owns what it inflates, and may write to it; items of a fresh array are aligned.
    return differing({"shape": load["shape"], "flags": load["flags_num"] & ~0x404},
                     dict(have, flags=have["flags"])) + \
        differing({"typestr": load["typestr"]}, have["dtype"])


def recorded(suite):
    for case in cases("npz.json"):
        want = case["result"]
        npz, refusal = opened(shared("numpy", *case["file"].split("/")))
        lines = []
        if npz and want["ok"]:
            names = [member["name"] for member in want["members"]]
            if npz.names != names:
                lines.append(f"names: {names} expected, {npz.names} found")
            for name in want["files"]:  # as NumPy calls them; the last of a name
                full = name if name in names else name + ".npy"
                if npz.find(name) != len(names) - 1 - names[::-1].index(full):
                    lines.append(f"find: {name} is {npz.find(name)}")
            for index, member in enumerate(want["members"]):
                lines += [f"{member['name']}: {line}" for line in
                          recorded_member(npz, index, member)]
        suite.check(case["file"], want["ok"], refusal, lines)


def corpus_member(row, npz, index, entry):
    """Lines about a member of the corpus."""
    info = npz.info(index)
    want = {"method": METHODS[row["zip_method"]], "offset": int(row["zip_data_offset"]),
            "crc": entry.CRC, "packed_size": entry.compress_size, "plain_size": int(row["size"])}
    npz.verify(index)
    if OBJECTS in row["status"]:
        return differing(dict(want, reason="MMVIEW_EOBJECT"), info)
    lines = differing(dict(want, header_length=int(row["header_len"]),
                           data_offset=int(row["data_offset"]),
                           order=int(row["fortran_order"] == "True"),
                           nbytes=int(row["data_bytes"]), has_data=1,
                           reason="MMVIEW_OK" if want["method"] == 0 else "MMVIEW_ECOMPRESSED"),
                      info)
    lines += differing({"npy_descr": row["descr"]}, info["dtype"])
    if repr(tuple(info["shape"])) != row["shape"]:
        lines.append(f"shape: {row['shape']} expected, {info['shape']} found")
    array = Array.member(npz, index, inflate=want["method"] == 8)
    have = array.facts()
    start = 0 if want["method"] == 8 else info["offset"]
    return lines + differing({"shape": info["shape"], "nbytes": info["nbytes"],
                              "data_offset": start + info["data_offset"]}, have)


def corpus(suite):
    with open(shared("corpus", "INDEX.tsv"), encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    archives = {}
    for row in rows:
        if row["path"].endswith(".npz"):
            archives.setdefault((row["repo"], row["path"]), []).append(row)
    for (repo, path), (about, *members) in archives.items():
        file = shared("corpus", repo.replace("/", "+"), *path.split("/"))
        npz, refusal = opened(file)
        lines = []
        if npz:
            entries = zipfile.ZipFile(file).infolist()
            if npz.names != [entry.filename for entry in entries]:
                lines.append("names: not zipfile's")
            for row in members:
                index = npz.find(row["member"])
                assert index is not None and npz.info(index)["offset"] != NO_OFFSET
                lines += [f"{row['member']}: {line}" for line in
                          corpus_member(row, npz, index, entries[index])]
                suite.note("members of the corpus")
        suite.check(f"{repo}/{path}", about["status"] == "ok", refusal, lines)


def main():
    suite = Suite("npz")
    recorded(suite)
    corpus(suite)
    suite.finish()


if __name__ == "__main__":
    main()
