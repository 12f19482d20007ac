/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Names of fields may be any text; those in a program may not. */
#include "export/identifier.h"

#include <string.h>

/* Words that C (up to C23) and C++ keep to themselves, and macros that are there
 * with the headers of a declaration or before any header. */
static const char c_words[] =
    "alignas alignof and and_eq asm assert auto bitand bitor bool break case catch char "
    "char16_t char32_t char8_t class co_await co_return co_yield compl concept const "
    "const_cast consteval constexpr constinit continue decltype default delete do double "
    "dynamic_cast else enum explicit export extern false float for friend goto i386 if "
    "inline int int16_t int32_t int64_t int8_t linux long mutable namespace new noexcept "
    "not not_eq NULL nullptr offsetof operator or or_eq private protected public "
    "register reinterpret_cast requires restrict return short signed sizeof static "
    "static_assert static_cast struct switch template this thread_local throw true try "
    "typedef typeid typename typeof typeof_unqual uint16_t uint32_t uint64_t uint8_t "
    "union unix unsigned using virtual void volatile wchar_t while xor xor_eq ";

/* Words of Python, and what a declaration imports. */
static const char python_words[] =
    "and as assert async await break class continue ctypes def del elif else except "
    "False finally for from global if import in is lambda None nonlocal not or pass "
    "raise return sys True try while with yield ";

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z');
}

static bool is_word_of(const char *words, const char *text, size_t length)
{
    for (size_t n; *words; words += n + 1) {
        n = strcspn(words, " ");
        if (n == length && memcmp(words, text, length) == 0)
            return true;
    }
    return false;
}

static bool begins(const char *text, size_t length, const char *with)
{
    return length >= strlen(with) && memcmp(text, with, strlen(with)) == 0;
}

static bool ends(const char *text, size_t length, const char *with)
{
    return length >= strlen(with) && memcmp(text + length - strlen(with), with, strlen(with)) == 0;
}

/* INT8_MAX, SIZE_MAX, UINT32_C: the macros of <stdint.h>. */
static bool is_limit(const char *text, size_t length)
{
    static const char *const types[] = {"INT",         "UINT",   "PTRDIFF_", "SIZE_",
                                        "SIG_ATOMIC_", "WCHAR_", "WINT_"};
    static const char *const limits[] = {"_MAX", "_MIN", "_WIDTH", "_C"};
    bool type = false, limit = false;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        type = type || begins(text, length, types[i]);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        limit = limit || ends(text, length, limits[i]);
    return type && limit;
}

/* Does an identifier end as the names that mmv_put_made_name() makes, "_12_"? It
 * does not start with a digit. */
static bool looks_made(const char *text, size_t length)
{
    size_t at = length - 1;

    if (length < 3 || text[at] != '_')
        return false;
    while (is_digit(text[at - 1]))
        at--;
    return at < length - 1 && text[at - 1] == '_';
}

static bool is_identifier(const char *text, size_t length)
{
    if (length == 0 || is_digit(text[0]))
        return false;
    for (size_t i = 0; i < length; i++)
        if (!is_letter(text[i]) && !is_digit(text[i]) && text[i] != '_')
            return false;
    return true;
}

bool mmv_is_c_name(const char *text, size_t length)
{
    if (!is_identifier(text, length))
        return false;
    if (text[0] == '_' && length > 1 && (text[1] == '_' || is_upper(text[1])))
        return false; /* the compiler's own */
    return !looks_made(text, length) && !is_limit(text, length) &&
           !is_word_of(c_words, text, length);
}

bool mmv_is_python_name(const char *text, size_t length)
{
    return is_identifier(text, length) && !is_word_of(python_words, text, length);
}

void mmv_put_made_name(struct mmv_strbuf *buf, const char *text, size_t length, size_t index)
{
    if (length == 0 || !is_letter(text[0]))
        mmv_strbuf_char(buf, 'f');
    for (size_t i = 0; i < length; i++) {
        bool fits = is_letter(text[i]) || is_digit(text[i]);

        /* A character of several bytes becomes one underscore. */
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            mmv_strbuf_char(buf, fits ? text[i] : '_');
    }
    mmv_strbuf_char(buf, '_');
    mmv_strbuf_int(buf, (int64_t)index);
    mmv_strbuf_char(buf, '_');
}

void mmv_put_c_name(struct mmv_strbuf *buf, const char *text, size_t length, size_t index)
{
    if (mmv_is_c_name(text, length))
        mmv_strbuf_mem(buf, text, length);
    else
        mmv_put_made_name(buf, text, length, index);
}
