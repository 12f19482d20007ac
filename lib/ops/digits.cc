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

using namespace jkj::dragonbox;

__extension__ typedef unsigned __int128 wide;

template <typename Number> struct layout;

template <> struct layout<double> {
    using format = ieee754_binary64;
    using bits = uint64_t;
    static constexpr int fraction_bits = 52, exponent_bits = 11;
    static constexpr int places = 2;
    static constexpr uint32_t hundred = 100;
};

template <> struct layout<float> {
    using format = ieee754_binary32;
    using bits = uint32_t;
    static constexpr int fraction_bits = 23, exponent_bits = 8;
    static constexpr int places = 1;
    static constexpr uint32_t hundred = 10; /* stands for it, a hundred for a thousand */
};

/* A power of ten comes without its binary exponent, from half of 2**128 or of 2**64 up.
 * The product has twice the bits of the number. */

template <typename Power> uint64_t high_bits(Power power)
{
    return power.high();
}

uint64_t high_bits(uint64_t power)
{
    return power;
}

template <typename Power> wide multiply(uint64_t number, Power power)
{
    return wide(number) * power.high() + uint64_t(wide(number) * power.low() >> 64);
}

uint64_t multiply(uint32_t number, uint64_t power)
{
    return uint64_t(wide(number) * power >> 32);
}

/* Dragonbox looks for a multiple of 1000 units that reads back, and where there is none,
 * as for every second number, for the nearest multiple of 100; of a float, for those of
 * 100 and of 10. A processor guesses wrong which it will be, so it is faster to compute
 * both. The proofs are in its paper; what is not decided by whole units, of which it
 * speaks too, is left to it: one double in a hundred, one float in ten. False: this number
 * is such a one. */
template <typename Number> bool find_digits(Number number, mmv_decimal *decimal)
{
    using number_layout = layout<Number>;
    using bits_type = typename number_layout::bits;
    constexpr uint32_t hundred = number_layout::hundred, thousand = 10 * hundred;
    constexpr int fraction_bits = number_layout::fraction_bits;
    constexpr bits_type one = 1, first_bit = one << fraction_bits;
    constexpr int fields = 1 << number_layout::exponent_bits;
    bits_type bits;

    memcpy(&bits, &number, sizeof bits);

    /* Subnormal numbers are rare, and powers of two have a nearer neighbour. */
    const bits_type fraction = bits & (first_bit - 1);
    const int field = int(bits >> fraction_bits) & (fields - 1);
    if (field == 0 || fraction == 0)
        return false;

    /* A unit is 10**power, and what reads back as the number is at least a hundred of them
     * wide and less than a thousand. */
    const int exponent = field - (fields / 2 - 1) - fraction_bits;
    const int power = (exponent * 315653 >> 20) - number_layout::places;
    const int shift = exponent + (-power * 1741647 >> 19);
    const auto factor = policy::cache::full.get_cache<typename number_layout::format>(-power);
    const auto width = uint32_t(high_bits(factor) >> (63 - shift));

    /* Its upper end, in units. */
    const bits_type end = (2 * (fraction | first_bit) + 1) << shift;
    const auto product = multiply(end, factor);
    const auto units = bits_type(product >> (8 * sizeof bits));

    const bits_type thousands = units / thousand;
    const auto rest = uint32_t(units - thousand * thousands);
    const bool is_short = rest < width;

    /* From there to the number itself, and half of a hundred to round. */
    const uint32_t middle = rest - width / 2 + hundred / 2, hundreds = middle / hundred;

    const bool at_lower_end = rest == width;
    const bool at_upper_end = (rest == 0) & (bits_type(product) == 0);
    const bool between_hundreds = (rest > width) & (hundred * hundreds == middle);
    if (at_lower_end | at_upper_end | between_hundreds)
        return false;

    decimal->digits = 10 * uint64_t(thousands) + (is_short ? 0 : hundreds);
    decimal->exponent = power + number_layout::places;
    return true;
}
#else
template <typename Number> bool find_digits(Number, mmv_decimal *)
{
    return false;
}
#endif

template <typename Number> mmv_decimal digits_of(Number number)
{
    mmv_decimal decimal;

    return find_digits(number, &decimal) ? decimal : shortest(number);
}

} // namespace

mmv_decimal mmv_digits_f8(double number)
{
    return digits_of(number);
}

mmv_decimal mmv_digits_f4(float number)
{
    return digits_of(number);
}
