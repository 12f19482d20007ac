/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef TESTS_WORDS_H
#define TESTS_WORDS_H

#include <stdint.h>
#include <sys/resource.h>

/* This machine's byte order, and the one that it has not, in texts of dtypes. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define OWN   "<"
#define OTHER ">"
#else
#define OWN   ">"
#define OTHER "<"
#endif

/* Numbers in texts, where they depend on how wide a pointer is. */
#if INTPTR_MAX > INT32_MAX
#define WORD(of_64, of_32) of_64
#else
#define WORD(of_64, of_32) of_32
#endif

#define MOST             WORD("9223372036854775807", "2147483647") /* of an intptr_t */
#define MOST_LESS_1      WORD("9223372036854775806", "2147483646")
#define MOST_LESS_7      WORD("9223372036854775800", "2147483640")
#define MOST_LESS_15     WORD("9223372036854775792", "2147483632")
#define MOST_MORE_1      WORD("9223372036854775808", "2147483648")
#define HALF             WORD("4611686018427387904", "1073741824")
#define HALF_LESS_1      WORD("4611686018427387903", "1073741823")
#define HALF_MORE_127    WORD("4611686018427388031", "1073741951")
#define HALF_MORE_129    WORD("4611686018427388033", "1073741953")
#define QUARTER          WORD("2305843009213693952", "536870912")
#define EIGHTH_LESS_1    WORD("1152921504606846975", "268435455")
#define SIXTEENTH_LESS_1 WORD("576460752303423487", "134217727")

/* Long doubles: their letter and size, and those of complex ones. */
#define LONG_DOUBLE  WORD("f16", "f12")
#define LONG_COMPLEX WORD("c32", "c24")

/* What a double wants its address to be a multiple of, and the flag where that is 4. */
#ifdef __i386__
#define DOUBLE_ALIGNMENT "4"
#define DOUBLE_ALIGNED_4 "A"
#else
#define DOUBLE_ALIGNMENT "8"
#define DOUBLE_ALIGNED_4 ""
#endif

/* What is nearly as long as a size can be fits into no address space, but for one of 32
 * bits, of which it is half: less than that will do there. */
static inline void limit_address_space(void)
{
    const struct rlimit limit = {1u << 30, 1u << 30};

    if (INTPTR_MAX == INT32_MAX)
        setrlimit(RLIMIT_AS, &limit);
}

#endif
