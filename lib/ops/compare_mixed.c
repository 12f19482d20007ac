/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Integers of 64 bits, with integers of the other sign or with floats: no type has all
 * values of both, so each number is taken apart. */
#include <math.h>
#include <string.h>

#include "ops/compare.h"
#include "ops/hypotenuse.h"

struct any_number {
    bool integer;
    bool negative;
    uint64_t size;      /* of an integer */
    long double re, im; /* of an integer, rounded where a long double is too short */
};

static struct any_number number_at(const void *numbers, enum mmv_number type, mmview_intp i)
{
    const long double *parts;
    int64_t number;

    switch (type) {
    case MMV_I8:
        number = ((const int64_t *)numbers)[i];
        return (struct any_number){true, number < 0,
                                   number < 0 ? -(uint64_t)number : (uint64_t)number,
                                   (long double)number, 0};
    case MMV_U8:
        return (struct any_number){true, false, ((const uint64_t *)numbers)[i],
                                   (long double)((const uint64_t *)numbers)[i], 0};
    default:
        parts = (const long double *)numbers + 2 * i;
        return (struct any_number){false, false, 0, parts[0], parts[1]};
    }
}

/* Is a float this integer? */
static bool is_integer(const struct any_number *x, const struct any_number *integer)
{
    long double size = fabsl(x->re);

    return x->im == 0 && size < 0x1p64L && (uint64_t)size == integer->size &&
           (long double)(uint64_t)size == size && (size == 0 || (x->re < 0) == integer->negative);
}

static bool equal(const struct any_number *x, const struct any_number *y)
{
    if (x->integer && y->integer)
        return x->size == y->size && x->negative == y->negative;
    return x->integer ? is_integer(y, x) : is_integer(x, y);
}

void mmv_compare_mixed(const void *a, enum mmv_number a_type, const void *b, enum mmv_number b_type,
                       mmview_intp count, unsigned char *marks, struct mmv_compared *found)
{
    for (mmview_intp i = 0; i < count; i++) {
        struct any_number x = number_at(a, a_type, i), y = number_at(b, b_type, i);
        long double difference, size;

        marks[i] = !equal(&x, &y);
        if (!marks[i])
            continue;
        found->different++;
        if (isnan(x.re) || isnan(x.im) || isnan(y.re) || isnan(y.im)) {
            found->nan++;
            continue;
        }
        difference = mmv_hypotenuse(x.re - y.re, x.im - y.im);
        size = mmv_hypotenuse(y.re, y.im);
        if (difference > found->absolute.value)
            found->absolute = (struct mmv_largest){difference, i};
        if (size > 0 && difference / size > found->relative.value)
            found->relative = (struct mmv_largest){difference / size, i};
    }
}
