# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""Damage to random headers: to the value, to its tokens, to its characters, to the file."""
import struct

import header_grammar as grammar
import spelling
from header_grammar import Raw

MAGIC = b"\x93NUMPY"
DATA = 4 << 20  # bytes of data that most of the files have

ODD_VALUES = [None, True, False, 0, 1, -1, 2**31, 2**63, 1.5, 2j, "", "a", "<i4", b"", b"a", (), [],
              {}, (1,), [1], (1, 2), ("<i4", 2), [("a", "<i4")], "descr", Raw("..."), Raw("set()"),
              Raw("{1}"), Raw("1+2j"), Raw("-1-2j"), Raw("int"), Raw("(1)"), Raw("((2,),)"),
              Raw("--1"), Raw("not True"), Raw("~1"), Raw("1e400"), Raw("+True"), Raw("-'a'"),
              Raw("(-1)+2j"), Raw("1-(2j)"), Raw("2j+1"), Raw("+(1)"), Raw("-(-1)"), Raw("set( )"),
              Raw("[*()]"), Raw("{**{}}"), Raw("()[0]"), Raw("{'a': 1, 'a': 2}"), Raw("{[]: 1}"),
              Raw("{{}}"), Raw("{(): 1}")]

ODD_TOKENS = ["{", "}", "(", ")", "[", "]", ",", ":", "'", '"', "'''", '"""', "''", "b''", "'<i4'",
              "0", "1", "-", "+", "--", "*", "**", "~", ".", "...", "\\", "\\\n", "\n", "\r",
              "\x0c", " ", "#", "#\n", "L", "l", "LL", "L L", "1L", "True", "False", "None", "not",
              "and", "or", "if", "else", "in", "lambda", "x", "_", "=", ":=", "==", "->", ";", "$",
              "?", "!", "`", "@", "%", "^", "&", "|", "<", ">", "\0", "\x01", "\x1a", "\x7f",
              "\xa0", "\xe9", "\u2028", "\ufeff", "0x", "0x_1", "0b2", "0o8", "00", "01", "0_0",
              "1_", "1__0", "_1", "1e5", "1e", "1.", ".5", "1.5", "1j", "1J", "0j", "00j", "01.5",
              "0777j", "1_0.0_1e1_0", "1.e5", "1._0", "9" * 40, "0x" + "f" * 17, "set()", "set",
              "set((", "()", "[]", "{}", "{1}", "1+2j", "1 + 2j", "-1-2j", "1+2", "1+-2j",
              "-(1+2j)", "u'a'", "r'\\'", "f'a'", "Rb'a'", "rb'\xe9'", "ur'a'", "'\\N{BULLET}'",
              "'\\ud800'", "'a' 'b'", "b'a' 'b'", "'a' b'b'", "async", "print", "1if 1else 2",
              "0xfor", "1or", "1_000j", "1" * 4300, "1" * 4301, "0" * 4301, "1_" * 4299 + "1",
              "0x" + "1" * 4301, "\n ", "\n\t", ";", "\\ ", "(((", ")))", "(" * 198, ")" * 198,
              "[" * 99, "'descr'", "'shape'", "'fortran_order'", "\u0663", "\u1d7d9", "\xb2",
              "0\u0663"]


def mutate_value(r, value, depth=0):
    """A value with one part of it replaced, added, repeated or gone."""
    if not isinstance(value, (tuple, list)) or not value or r.random() < 0.15:
        kind = r.random()
        if kind < 0.45:
            return r.choice(ODD_VALUES)
        return grammar.descr(r, 1) if kind < 0.75 else grammar.odd_sub_shape(r)
    items = list(value)
    index = r.randrange(len(items))
    kind = r.random()
    if kind < 0.6 or depth == 0:
        items[index] = mutate_value(r, items[index], depth + 1)
    elif kind < 0.7:
        del items[index]
    elif kind < 0.8:
        items.insert(index, items[index])
    elif kind < 0.9:
        items.insert(index, r.choice(ODD_VALUES))
    else:
        return list(items) if isinstance(value, tuple) else tuple(items)
    return tuple(items) if isinstance(value, tuple) else items


def mutate_pairs(r, pairs):
    """The header's keys and values, one of them not as it should be."""
    pairs = list(pairs)
    index = r.randrange(len(pairs))
    key, value = pairs[index]
    kind = r.random()
    if kind < 0.7:
        pairs[index] = (key, mutate_value(r, value))
    elif kind < 0.78:
        pairs[index] = (mutate_value(r, key), value)
    elif kind < 0.84:
        del pairs[index]
    elif kind < 0.94:
        pairs.insert(r.randint(0, len(pairs)), (key, mutate_value(r, value)))
    else:
        pairs.append((r.choice(ODD_VALUES), value))
    return pairs


def mutate_tokens(r, tokens):
    tokens = list(tokens)
    index = r.randrange(len(tokens))
    kind = r.random()
    if kind < 0.25:
        tokens.insert(index, r.choice(ODD_TOKENS))
    elif kind < 0.45:
        del tokens[index]
    elif kind < 0.7:
        tokens[index] = r.choice(ODD_TOKENS)
    elif kind < 0.8:
        tokens.insert(index, tokens[index])
    elif kind < 0.9:
        other = r.randrange(len(tokens))
        tokens[index], tokens[other] = tokens[other], tokens[index]
    else:
        tokens[index] = tokens[index] + r.choice([" ", "_", "L", "j", "0", "'", "\n", "."])
    return tokens or [""]


def mutate_text(r, text):
    index = r.randint(0, len(text))
    end = min(len(text), index + r.choice([1, 1, 1, 2, 5, 20]))
    kind = r.random()
    if kind < 0.3:
        character = r.choice("'\"()[]{},:\\\n\r\t 0123456789Lujrb<>|=#_+-.")
        if r.random() < 0.4:
            character = chr(r.randrange(256))
        return text[:index] + character + text[index:]
    if kind < 0.55:
        return text[:index] + text[end:]
    if kind < 0.75:
        return text[:index] + r.choice("'\"()[]{},:\\\n 0159Lxjub<>|=#_+-.\0\x80") + text[end:]
    if kind < 0.85:
        return text[:end] + text[index:]
    if kind < 0.95:
        return text[:index] + text[index:end][::-1] + text[end:]
    return text[:index]


def mutate_bytes(r, data):
    """Damage below the text: magic, version, length, encoding, end."""
    kind = r.random()
    if kind < 0.25:
        return data[:6] + bytes([r.choice([0, 1, 2, 3, 4, 255]), r.choice([0, 0, 1])]) + data[8:]
    if kind < 0.6:
        size = 2 if data[6:7] == b"\1" else 4
        length = int.from_bytes(data[8:8 + size], "little")
        length = (length + r.choice([-64, -8, -2, -1, 1, 2, 64, 255, 65536, 2**31,
                                     -length])) % 256**size
        return data[:8] + length.to_bytes(size, "little") + data[8 + size:]
    if kind < 0.8:
        index = r.randrange(len(data))
        return data[:index] + bytes([data[index] ^ 1 << r.randrange(8)]) + data[index + 1:]
    index = r.randrange(8, len(data) + 1)
    return data[:index] + r.choice([b"\xff", b"\xc3\xa9", b"\xed\xa0\x80", b"\xc0\x80",
                                    b"\xf4\x90\x80\x80", b"\xe4\xb8"]) + data[index:]


def assemble(r, text):
    """The file's first bytes: magic, version, length, text."""
    version = r.choice([1, 1, 1, 2, 3])
    encoding = "utf-8" if version == 3 or any(ord(c) > 255 for c in text) else "latin-1"
    raw = text.encode(encoding, "surrogatepass")
    size = "<H" if version == 1 else "<I"
    room = -(8 + struct.calcsize(size) + len(raw) + 1) % 64
    kind = r.random()
    if kind < 0.95:
        raw += b" " * room + b"\n"
    elif kind < 0.97:
        raw += r.choice([b" ", b"\t", b"\n", b"\r", b"\0", b"\xa0", b"\x0c"]) * room + b"\n"
    elif kind < 0.98:
        raw = raw.ljust(r.choice([9998, 9999, 10000, 65535, 70000])) + b"\n"
    if version == 1:
        raw = raw[:65535]
    return MAGIC + bytes([version, 0]) + struct.pack(size, len(raw)) + raw


def random_header(r):
    """One case: the first bytes of a file, and how many bytes of data there are."""
    damage = r.choice(["none"] * 8 + ["value"] * 3 + ["tokens"] * 3 + ["text"] * 3 + ["bytes"])
    r.odd = r.choice([0, 0.15, 0.15, 1] if damage == "none" else [0, 0, 0.15])
    pairs = grammar.header_value(r)
    times = r.choice([1, 1, 1, 1, 2, 3])
    if damage == "value":
        for _ in range(times):
            pairs = mutate_pairs(r, pairs) or [("descr", "<i4")]
    tokens = spelling.header_tokens(r, pairs)
    if damage == "tokens":
        for _ in range(times):
            tokens = mutate_tokens(r, tokens)
    text = spelling.join(r, tokens)
    if damage == "text":
        for _ in range(times):
            text = mutate_text(r, text)
    data = assemble(r, text)
    if damage == "bytes":
        for _ in range(times):
            data = mutate_bytes(r, data)
    return data, r.choice([DATA] * 12 + [0, 1, 64])
