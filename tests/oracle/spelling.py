# SPDX-License-Identifier: MIT
# Copyright The mmview authors
"""The many ways to write a value as Python, some of them wrong: tokens, and text."""
from header_grammar import Raw

CHARACTER_NAMES = ["LATIN SMALL LETTER A", "latin small letter a", "BULLET",
                   "CJK UNIFIED IDEOGRAPH-4E2D", "HANGUL SYLLABLE GA", "DIGIT FOUR",
                   "LESS-THAN SIGN", "NO SUCH NAME", "NULL", "LF", "", "LATIN SMALL LETTER  A",
                   "SPACE", "LATIN_SMALL_LETTER_A", " BULLET", "BEL", "BELL"]


def spell_character(r, character, quote, odd):
    code = ord(character)
    if character in quote + "\\\0\r" or (character == "\n" and len(quote) == 1) \
            or 0xd800 <= code < 0xe000:
        odd = True
    if not odd:
        return character
    choices = ["\\x%02x" % code, "\\%03o" % code] if code < 256 else []
    if code < 65536:
        choices.append("\\u%04X" % code)
    choices.append("\\U%08x" % code)
    if code < 64 and r.random() < 0.2:
        choices = ["\\%o" % code]
    return r.choice(choices)


def spell_string(r, text):
    if r.random() < 0.85:
        return ascii(text) if r.random() < 0.1 else repr(text)
    parts = [text]
    if r.random() < 0.3:
        cut = r.randint(0, len(text))
        parts = [text[:cut], text[cut:]]
    out = []
    for part in parts:
        quote = r.choice(["'", '"', "'''", '"""'])
        prefix = r.choice(["", "", "", "u", "U"])
        escapes = r.choice([0, 0, 0.2, 1])
        if r.oddly(0.1):
            prefix = r.choice(["r", "R", "b", "f", "br", "rb", "Rb", "ur", "bu"])
        elif part.isalnum() and r.random() < 0.1:
            prefix, escapes = r.choice("rR"), 0
        body = "".join(spell_character(r, c, quote, r.random() < escapes) for c in part)
        if r.oddly(0.3):
            cut = r.randint(0, len(body))
            insert = ["\\\n", "\\q", "\\N{%s}" % r.choice(CHARACTER_NAMES), "\\777", "\\8", "\\x4",
                      "\\u12", "\\U00110000", "\\ud83d\\ude00", "\\\r\n", "\\\r", "\\N", "\\N{",
                      "\n", "\t", "\\'", "\\a\\b\\f\\n\\r\\t\\v", "\xff"]
            body = body[:cut] + r.choice(insert) + body[cut:]
        out.append(prefix + quote + body + quote)
    return r.choice(["", " ", "  ", "\n", "#\n", "\\\n"]).join(out) if len(out) > 1 else out[0]


def spell_int(r, number):
    digits = str(abs(number))
    if r.random() < 0.1:
        digits = r.choice([hex, oct, bin])(abs(number))
        if r.random() < 0.3:
            digits = digits.upper()
    if r.random() < 0.05 and digits.isdigit() and len(digits) > 1:
        cut = r.randint(1, len(digits) - 1)
        digits = digits[:cut] + "_" + digits[cut:]
    if r.oddly(0.1):
        digits += r.choice(["L", "L", "L", "L", "L", "L", " L", "l", "LL", "L L", "\tL", "\\\nL",
                            "\nL", "j", ".0", "e0", "_", "\x0cL", "+0j", "if", " if 1 else 2",
                            "or 1", "and"])
    if number < 0:
        return "-" + digits
    return ("+" if r.random() < 0.02 else "-" if number == 0 and r.random() < 0.1 else "") + digits


def tokens(r, value):
    """The tokens of a value, brackets and commas among them."""
    if isinstance(value, Raw):
        return [str(value)]
    if isinstance(value, str):
        return [spell_string(r, value)]
    if type(value) is int:
        return [spell_int(r, value)]
    if not isinstance(value, (tuple, list, dict, set)) or not value:
        return [repr(value)]
    if isinstance(value, dict):
        out = ["{"]
        for key, item in value.items():
            out += tokens(r, key) + [":"] + tokens(r, item) + [","]
        return out[:-1] + ["}"]
    brackets = {tuple: "()", list: "[]", set: "{}"}[type(value)]
    out = [brackets[0]]
    for item in value:
        out += tokens(r, item) + [","]
    if not (isinstance(value, tuple) and len(value) == 1) and r.random() < 0.9:
        out.pop()
    out.append(brackets[1])
    if r.random() < 0.01:
        out = ["("] + out + [")"]
    return out


def header_tokens(r, pairs):
    out = ["{"]
    for key, value in pairs:
        out += tokens(r, key) + [":"] + tokens(r, value) + [","]
    if r.random() < 0.3:
        out.pop()
    return out + ["}"]


def join(r, parts):
    """The text, with what Python skips between tokens."""
    loose = r.random() < 0.15
    blanks = ["", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\x0c", " # note\n", "#\n", "\\\n",
              " \\\r\n", "\n  \t", "#x\r"]
    if not r.odd:
        blanks = blanks[:6]
    text = ""
    for part in parts:
        if loose and r.random() < 0.3 and text:
            text += r.choice(blanks)
        elif part not in (",", ":", ")", "]", "}") and text[-1:] in (",", ":"):
            text += " "
        text += part
    if r.oddly(0.12):
        text = r.choice([" ", "\t", "   ", "\n", "\n ", "\x0c", "#c\n", "\\\n", "\r\n", " \n",
                         "\n\n", "\x0c ", " \x0c"]) + text
    if r.oddly(0.12):
        text += r.choice(["\n", " ", "\n\n", "#c", " #c\n", "\t", "\r", "\x0c", ",", ";", "\\",
                          "\\\n", "\n ", "\n#", "}", "\0", "\n\t", " \\\n", "\n\\\n", "\x0c\n",
                          "\n\x0c", "\r\r"])
    return text
