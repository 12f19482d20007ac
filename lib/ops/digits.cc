/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The one file that is C++: Dragonbox is a header of templates. It is compiled
 * without exceptions and without run-time types and calls nothing, so that the
 * library does not need C++'s. */
#include "ops/digits.h"

#include <string.h>

/* Its assertions would abort. */
#ifndef NDEBUG
#define NDEBUG
#endif
#include <dragonbox/dragonbox.h>

namespace
{

template <typename Number> mmv_decimal shortest(Number number)
{
    using namespace jkj::dragonbox;
    const auto decimal = to_decimal(number, policy::sign::ignore, policy::trailing_zero::ignore);

    return {decimal.significand, decimal.exponent};
}

#if defined DRAGONBOX_POWERS && defined __SIZEOF_INT128__

__extension__ typedef unsigned __int128 wide;

/* Dragonbox looks for a multiple of 1000 units that reads back, and where there is none,
 * as for every second number, for the nearest multiple of 100. A processor guesses wrong
 * which it will be, so it is faster to compute both. The proofs are in its paper; what is
 * not decided by whole units, of which it speaks too, is left to it: that is one number in
 * a hundred. False: this is one of them. */
bool find_digits(double number, mmv_decimal *decimal)
{
    using namespace jkj::dragonbox;
    uint64_t bits;

    memcpy(&bits, &number, sizeof bits);

    /* Subnormal numbers are rare, and powers of two have a nearer neighbour. */
    const uint64_t fraction = bits & 0xfffffffffffff;
    const int field = int(bits >> 52 & 0x7ff), exponent = field - 1075;
    if (field == 0 || fraction == 0)
        return false;

    /* A unit is 10**power, and what reads back as the number is from 100 to 999 of them
     * wide. */
    const int power = (exponent * 315653 >> 20) - 2;
    const int shift = exponent + (-power * 1741647 >> 19);
    const auto factor = policy::cache::full.get_cache<ieee754_binary64>(-power);
    const auto width = uint32_t(factor.high() >> (63 - shift));

    /* Its upper end, in units. */
    const uint64_t end = (2 * (fraction | uint64_t(1) << 52) + 1) << shift;
    const wide product = wide(end) * factor.high() + uint64_t(wide(end) * factor.low() >> 64);
    const auto units = uint64_t(product >> 64);

    const uint64_t thousands = units / 1000;
    const auto rest = uint32_t(units - 1000 * thousands);
    const bool is_short = rest < width;

    /* From there to the number itself, and half of a hundred to round. */
    const uint32_t middle = rest - width / 2 + 50, hundreds = middle / 100;

    const bool at_lower_end = rest == width;
    const bool at_upper_end = (rest == 0) & (uint64_t(product) == 0);
    const bool between_hundreds = (rest > width) & (100 * hundreds == middle);
    if (at_lower_end | at_upper_end | between_hundreds)
        return false;

    decimal->digits = 10 * thousands + (is_short ? 0 : hundreds);
    decimal->exponent = power + 2;
    return true;
}
#else
bool find_digits(double, mmv_decimal *)
{
    return false;
}
#endif

} // namespace

mmv_decimal mmv_digits_f8(double number)
{
    mmv_decimal decimal;

    return find_digits(number, &decimal) ? decimal : shortest(number);
}

mmv_decimal mmv_digits_f4(float number)
{
    return shortest(number);
}
