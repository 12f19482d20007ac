/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The text of every float there is, against digits that the C++ library finds by
 * another algorithm. Takes minutes: not in `make check`, see HACKING.
 *
 *     every_float [FIRST [END]]
 *
 * Of the bit patterns from FIRST up to END, without the sign; each is tried with
 * both signs. Exits 1 if any text differs. */
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" {
char *mmv_put_f4(char *to, float number);
}

namespace
{

/* "1.25e+03" as str() writes it: without an exponent from 1e-4 up to 1e16. */
size_t restyle(char *to, const char *text, size_t length, float number)
{
    const char *e = static_cast<const char *>(memchr(text, 'e', length));
    int exponent = atoi(e + 1), count = 0;
    char digits[32], *at = to;

    for (const char *c = text; c < e; c++)
        if (*c != '.')
            digits[count++] = *c;
    if (!(double(number) >= 1e-4 && double(number) < 1e16)) {
        memcpy(to, text, length);
        return length;
    }
    for (int i = 0; i < -exponent; i++) {
        *at++ = '0';
        if (i == 0)
            *at++ = '.';
    }
    for (int i = 0; i < count || i <= exponent + 1; i++) {
        if (i == exponent + 1 && exponent >= 0)
            *at++ = '.';
        *at++ = i < count ? digits[i] : '0';
    }
    return size_t(at - to);
}

bool check(uint32_t bits)
{
    char expected[80] = "-", theirs[80], ours[80];
    size_t length = 3;
    float number;

    memcpy(&number, &bits, sizeof number);
    if (bits > 0x7f800000) {
        memcpy(expected + 1, "nan", 3);
    } else if (bits == 0x7f800000) {
        memcpy(expected + 1, "inf", 3);
    } else if (bits == 0) {
        memcpy(expected + 1, "0.0", 3);
    } else {
        const auto end =
            std::to_chars(theirs, theirs + sizeof theirs, number, std::chars_format::scientific);

        *end.ptr = '\0';
        length = restyle(expected + 1, theirs, size_t(end.ptr - theirs), number);
    }
    if (size_t(mmv_put_f4(ours, number) - ours) != length || memcmp(ours, expected + 1, length)) {
        printf("%08x: %.*s expected\n", bits, int(length), expected + 1);
        return false;
    }
    bits |= 0x80000000;
    memcpy(&number, &bits, sizeof number);
    const bool is_nan = number != number;
    length += !is_nan;
    if (size_t(mmv_put_f4(ours, number) - ours) != length ||
        memcmp(ours, expected + is_nan, length)) {
        printf("%08x: %.*s expected\n", bits, int(length), expected + is_nan);
        return false;
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    const uint64_t first = argc > 1 ? strtoull(argv[1], nullptr, 0) : 0;
    const uint64_t end = argc > 2 ? strtoull(argv[2], nullptr, 0) : UINT64_C(1) << 31;
    uint64_t bad = 0;

    for (uint64_t bits = first; bits < end; bits++)
        bad += !check(uint32_t(bits));
    printf("%llu of %llu floats have another text\n", static_cast<unsigned long long>(bad),
           static_cast<unsigned long long>(2 * (end - first)));
    return bad > 0 || end <= first;
}
