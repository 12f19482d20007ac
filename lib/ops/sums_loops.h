/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The loops of sums.h, once for each way to compute with vectors: sums.c says what
 * a vector is, and includes this file. Four accumulators of each kind hide how
 * long an addition takes; in variables of their own they stay in registers, as an
 * array of them would not. */

#define STEP ((size_t)(4 * LANES))

/* The first numbers, as many as make whole steps. */
#define WHOLE(n) ((n) / STEP * STEP)

TARGET static double LOOP(sum)(const double *x, size_t n)
{
    VECTOR s0 = SET(0), s1 = s0, s2 = s0, s3 = s0;
    double lanes[LANES], sum = 0;
    size_t i;

    for (i = 0; i < WHOLE(n); i += STEP) {
        s0 = ADD(s0, LOAD(x + i));
        s1 = ADD(s1, LOAD(x + i + LANES));
        s2 = ADD(s2, LOAD(x + i + 2 * LANES));
        s3 = ADD(s3, LOAD(x + i + 3 * LANES));
    }
    STORE(lanes, ADD(ADD(s0, s1), ADD(s2, s3)));
    for (int k = 0; k < LANES; k++)
        sum += lanes[k];
    for (; i < n; i++)
        sum += x[i];
    return sum;
}

#define ADD_ALL(s, min, max, from)          \
    do {                                    \
        VECTOR number = LOAD(from);         \
                                            \
        s = ADD(s, number);                 \
        min = MIN(number, min);             \
        max = MAX(number, max);             \
        zeros = COUNT_ZEROS(zeros, number); \
    } while (0)

TARGET static void LOOP(all)(const double *x, size_t n, struct mmv_sums *out)
{
    VECTOR s0 = SET(0), s1 = s0, s2 = s0, s3 = s0;
    VECTOR min0 = SET(HUGE_VAL), min1 = min0, min2 = min0, min3 = min0;
    VECTOR max0 = SET(-HUGE_VAL), max1 = max0, max2 = max0, max3 = max0;
    COUNTER zeros = NO_COUNT;
    double sums[LANES], mins[LANES], maxs[LANES];
    struct mmv_sums all = {0, HUGE_VAL, -HUGE_VAL, 0};
    size_t i;

    for (i = 0; i < WHOLE(n); i += STEP) {
        ADD_ALL(s0, min0, max0, x + i);
        ADD_ALL(s1, min1, max1, x + i + LANES);
        ADD_ALL(s2, min2, max2, x + i + 2 * LANES);
        ADD_ALL(s3, min3, max3, x + i + 3 * LANES);
    }
    STORE(sums, ADD(ADD(s0, s1), ADD(s2, s3)));
    STORE(mins, MIN(MIN(min0, min1), MIN(min2, min3)));
    STORE(maxs, MAX(MAX(max0, max1), MAX(max2, max3)));
    for (int k = 0; k < LANES; k++) {
        all.sum += sums[k];
        all.min = mins[k] < all.min ? mins[k] : all.min;
        all.max = maxs[k] > all.max ? maxs[k] : all.max;
    }
    all.zeros = COUNTED(zeros);
    for (; i < n; i++) {
        all.sum += x[i];
        all.min = x[i] < all.min ? x[i] : all.min;
        all.max = x[i] > all.max ? x[i] : all.max;
        all.zeros += x[i] == 0;
    }
    *out = all;
}

/* s += x, and c gathers what that rounds off. */
#define ADD_REST(s, c, x)                                            \
    do {                                                             \
        VECTOR number = (x), more = ADD(s, number);                  \
        VECTOR part = SUB(more, s);                                  \
                                                                     \
        c = ADD(c, ADD(SUB(s, SUB(more, part)), SUB(number, part))); \
        s = more;                                                    \
    } while (0)

TARGET static double LOOP(exact)(const double *x, size_t n, double *rest)
{
    VECTOR s0 = SET(0), s1 = s0, s2 = s0, s3 = s0, c0 = s0, c1 = s0, c2 = s0, c3 = s0;
    double sums[STEP], rests[STEP], sum = 0, left = 0;
    size_t i;

    for (i = 0; i < WHOLE(n); i += STEP) {
        ADD_REST(s0, c0, LOAD(x + i));
        ADD_REST(s1, c1, LOAD(x + i + LANES));
        ADD_REST(s2, c2, LOAD(x + i + 2 * LANES));
        ADD_REST(s3, c3, LOAD(x + i + 3 * LANES));
    }
    STORE(sums, s0);
    STORE(sums + LANES, s1);
    STORE(sums + 2 * LANES, s2);
    STORE(sums + 3 * LANES, s3);
    STORE(rests, c0);
    STORE(rests + LANES, c1);
    STORE(rests + 2 * LANES, c2);
    STORE(rests + 3 * LANES, c3);
    for (size_t k = 0; k < STEP; k++) {
        mmv_add_rest(&sum, &left, sums[k]);
        left += rests[k];
    }
    for (; i < n; i++)
        mmv_add_rest(&sum, &left, x[i]);
    *rest = left;
    return sum;
}

#define ADD_DISTANCE(s, d, from)                   \
    do {                                           \
        VECTOR distance = SUB(LOAD(from), middle); \
                                                   \
        d = ADD(d, distance);                      \
        s = ADD_SQUARE(s, distance);               \
    } while (0)

TARGET static double LOOP(spread)(const double *x, size_t n, double center, double *rest)
{
    VECTOR s0 = SET(0), s1 = s0, s2 = s0, s3 = s0, d0 = s0, d1 = s0, d2 = s0, d3 = s0;
    VECTOR middle = SET(center);
    double sums[LANES], rests[LANES], sum = 0, left = 0;
    size_t i;

    for (i = 0; i < WHOLE(n); i += STEP) {
        ADD_DISTANCE(s0, d0, x + i);
        ADD_DISTANCE(s1, d1, x + i + LANES);
        ADD_DISTANCE(s2, d2, x + i + 2 * LANES);
        ADD_DISTANCE(s3, d3, x + i + 3 * LANES);
    }
    STORE(sums, ADD(ADD(s0, s1), ADD(s2, s3)));
    STORE(rests, ADD(ADD(d0, d1), ADD(d2, d3)));
    for (int k = 0; k < LANES; k++) {
        sum += sums[k];
        left += rests[k];
    }
    for (; i < n; i++) {
        double distance = x[i] - center;

        left += distance;
        sum += distance * distance;
    }
    *rest = left;
    return sum;
}

TARGET static size_t LOOP(find)(const double *x, size_t n, double number)
{
    VECTOR wanted = SET(number);
    size_t i;

    for (i = 0; i < WHOLE(n); i += STEP)
        if (ANY_EQUAL(LOAD(x + i), LOAD(x + i + LANES), LOAD(x + i + 2 * LANES),
                      LOAD(x + i + 3 * LANES), wanted))
            break;
    while (i < n && x[i] != number)
        i++;
    return i;
}

#undef ADD_ALL
#undef ADD_REST
#undef ADD_DISTANCE
#undef STEP
#undef WHOLE
#undef TARGET
#undef LOOP
#undef VECTOR
#undef LANES
#undef SET
#undef LOAD
#undef STORE
#undef ADD
#undef SUB
#undef ADD_SQUARE
#undef MIN
#undef MAX
#undef COUNTER
#undef NO_COUNT
#undef COUNT_ZEROS
#undef COUNTED
#undef ANY_EQUAL
