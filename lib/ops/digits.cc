/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The one file that is C++: Dragonbox is a header of templates. It is compiled
 * without exceptions and without run-time types and calls nothing, so that the
 * library does not need C++'s. */
#include "ops/digits.h"

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

} // namespace

mmv_decimal mmv_digits_f8(double number)
{
    return shortest(number);
}

mmv_decimal mmv_digits_f4(float number)
{
    return shortest(number);
}
