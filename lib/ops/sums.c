/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ops/sums.h"

#include <math.h>
#include <stdint.h>

#include "ops/vector.h"

#if MMV_AVX2
#include <immintrin.h>

#define TARGET           __attribute__((target("avx2,fma")))
#define LOOP(name)       avx2_##name
#define VECTOR           __m256d
#define LANES            4
#define SET              _mm256_set1_pd
#define LOAD             _mm256_loadu_pd
#define STORE            _mm256_storeu_pd
#define ADD              _mm256_add_pd
#define SUB              _mm256_sub_pd
#define ADD_SQUARE(s, x) _mm256_fmadd_pd(x, x, s)
#define MIN              _mm256_min_pd /* the second one if one is NaN */
#define MAX              _mm256_max_pd
#define COUNTER          __m256i
#define NO_COUNT         _mm256_setzero_si256()
#define COUNTED          avx2_counted
#define IS(a, b)         _mm256_cmp_pd(a, b, _CMP_EQ_OQ)
#define EITHER           _mm256_or_pd
#define COUNT_ZEROS(zeros, x) \
    _mm256_sub_epi64(zeros, _mm256_castpd_si256(IS(x, _mm256_setzero_pd())))
#define ANY_EQUAL(a, b, c, d, x) \
    (_mm256_movemask_pd(EITHER(EITHER(IS(a, x), IS(b, x)), EITHER(IS(c, x), IS(d, x)))) != 0)

TARGET static size_t avx2_counted(__m256i zeros)
{
    int64_t lanes[4];

    _mm256_storeu_si256((__m256i *)(void *)lanes, zeros);
    return (size_t)(lanes[0] + lanes[1] + lanes[2] + lanes[3]);
}

#include "ops/sums_loops.h"
#undef IS
#undef EITHER

#define TARGET
#define LOOP(name)            sse2_##name
#define VECTOR                __m128d
#define LANES                 2
#define SET                   _mm_set1_pd
#define LOAD                  _mm_loadu_pd
#define STORE                 _mm_storeu_pd
#define ADD                   _mm_add_pd
#define SUB                   _mm_sub_pd
#define ADD_SQUARE(s, x)      _mm_add_pd(s, _mm_mul_pd(x, x))
#define MIN                   _mm_min_pd
#define MAX                   _mm_max_pd
#define COUNTER               __m128i
#define NO_COUNT              _mm_setzero_si128()
#define COUNTED               sse2_counted
#define IS                    _mm_cmpeq_pd
#define EITHER                _mm_or_pd
#define COUNT_ZEROS(zeros, x) _mm_sub_epi64(zeros, _mm_castpd_si128(IS(x, _mm_setzero_pd())))
#define ANY_EQUAL(a, b, c, d, x) \
    (_mm_movemask_pd(EITHER(EITHER(IS(a, x), IS(b, x)), EITHER(IS(c, x), IS(d, x)))) != 0)

static size_t sse2_counted(__m128i zeros)
{
    int64_t lanes[2];

    _mm_storeu_si128((__m128i *)(void *)lanes, zeros);
    return (size_t)(lanes[0] + lanes[1]);
}

#include "ops/sums_loops.h"
#undef IS
#undef EITHER
#endif

/* For any machine: a vector is one double, or two, so that 8 sums are kept. */
struct two {
    double a, b;
};

static inline struct two two_set(double x)
{
    return (struct two){x, x};
}

static inline struct two two_load(const double *x)
{
    return (struct two){x[0], x[1]};
}

static inline void two_store(double *to, struct two x)
{
    to[0] = x.a;
    to[1] = x.b;
}

#define TWO(name, result_a, result_b)                               \
    static inline struct two two_##name(struct two x, struct two y) \
    {                                                               \
        return (struct two){result_a, result_b};                    \
    }

TWO(add, x.a + y.a, x.b + y.b)
TWO(sub, x.a - y.a, x.b - y.b)
TWO(add_square, x.a + y.a * y.a, x.b + y.b * y.b)
TWO(min, x.a < y.a ? x.a : y.a, x.b < y.b ? x.b : y.b)
TWO(max, x.a > y.a ? x.a : y.a, x.b > y.b ? x.b : y.b)

static inline bool two_equal(struct two x, struct two y)
{
    return x.a == y.a || x.b == y.b;
}

#define TARGET
#define LOOP(name)            plain_##name
#define VECTOR                struct two
#define LANES                 2
#define SET                   two_set
#define LOAD                  two_load
#define STORE                 two_store
#define ADD                   two_add
#define SUB                   two_sub
#define ADD_SQUARE(s, x)      two_add_square(s, x)
#define MIN                   two_min
#define MAX                   two_max
#define COUNTER               size_t
#define NO_COUNT              0
#define COUNTED(zeros)        (zeros)
#define COUNT_ZEROS(zeros, x) ((zeros) + ((x).a == 0) + ((x).b == 0))
#define ANY_EQUAL(a, b, c, d, x) \
    (two_equal(a, x) || two_equal(b, x) || two_equal(c, x) || two_equal(d, x))

#include "ops/sums_loops.h"

static bool always(void)
{
    return true;
}

#define LOOPS(name, works)                                                             \
    {                                                                                  \
#name, works, name##_sum, name##_all, name##_exact, name##_spread, name##_find \
    }

#if MMV_AVX2
static const struct mmv_sums_loops avx2 = LOOPS(avx2, mmv_vector_fma), sse2 = LOOPS(sse2, always);
#endif
static const struct mmv_sums_loops plain = LOOPS(plain, always);

const struct mmv_sums_loops *const mmv_sums_loops[] = {
#if MMV_AVX2
    &avx2,
    &sse2,
#endif
    &plain,
    NULL,
};

const struct mmv_sums_loops *mmv_sums_choose(void)
{
    const struct mmv_sums_loops *const *loops = mmv_sums_loops;

    while (loops[1] && !(*loops)->works()) /* the last one does everywhere */
        loops++;
    return *loops;
}
