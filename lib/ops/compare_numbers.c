/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* Numbers: first whether all are equal as they lie there, which is quick and mostly so,
 * else converted to a type that has all values of both. */
#include <string.h>

#include "ops/compare.h"
#include "ops/vector.h"

static bool is_complex(enum mmv_number type)
{
    return type >= MMV_C4;
}

static bool is_integer(enum mmv_number type)
{
    return type <= MMV_U8;
}

static bool is_signed(enum mmv_number type)
{
    return type == MMV_I1 || type == MMV_I2 || type == MMV_I4 || type == MMV_I8;
}

/* A double does not have all of its values. */
static bool is_wide_integer(enum mmv_number type)
{
    return type == MMV_I8 || type == MMV_U8;
}

static bool is_long(enum mmv_number type)
{
    return type == MMV_FG || type == MMV_CG;
}

static enum mmv_number floating(bool long_one, bool complex_one)
{
    if (long_one)
        return complex_one ? MMV_CG : MMV_FG;
    return complex_one ? MMV_C8 : MMV_F8;
}

/* Types that are wide enough for an exact comparison: the same for both, or those of
 * mmv_compare_mixed(). */
static void choose_exact(struct mmv_column *column)
{
    enum mmv_number a = column->a_type, b = column->b_type;
    bool a_integer = is_integer(a), b_integer = is_integer(b);

    if (a_integer && b_integer) {
        column->a_wide = column->b_wide = is_signed(a) || is_signed(b) ? MMV_I8 : MMV_U8;
        if (a == MMV_U8)
            column->a_wide = MMV_U8;
        if (b == MMV_U8)
            column->b_wide = MMV_U8;
    } else if ((a_integer && is_wide_integer(a)) || (b_integer && is_wide_integer(b))) {
        column->a_wide = a_integer ? a : MMV_CG;
        column->b_wide = b_integer ? b : MMV_CG;
    } else {
        column->a_wide = column->b_wide =
            floating(is_long(a) || is_long(b), is_complex(a) || is_complex(b));
    }
    column->b_between = column->b_type;
}

static enum mmv_precision precision_of(enum mmv_number type)
{
    switch (type) {
    case MMV_F2: return MMV_PRECISION_HALF;
    case MMV_F4:
    case MMV_C4: return MMV_PRECISION_SINGLE;
    case MMV_FG:
    case MMV_CG: return MMV_PRECISION_LONG;
    default: return MMV_PRECISION_DOUBLE;
    }
}

/* Of the type that NumPy subtracts in: of a and a float. */
static enum mmv_precision promoted(enum mmv_number a, enum mmv_precision b)
{
    enum mmv_precision least;

    switch (a) {
    case MMV_B1:
    case MMV_I1:
    case MMV_U1: least = MMV_PRECISION_HALF; break;
    case MMV_I2:
    case MMV_U2: least = MMV_PRECISION_SINGLE; break;
    default: least = precision_of(a); break;
    }
    return least > b ? least : b;
}

/* NumPy 1 takes a Python float for the smallest float that it fits in. */
static enum mmv_precision precision_of_value(double value)
{
    if (value < 65000 || value > __DBL_MAX__)
        return MMV_PRECISION_HALF;
    return value < 3.4e38 ? MMV_PRECISION_SINGLE : MMV_PRECISION_DOUBLE;
}

static enum mmv_precision wider(enum mmv_precision a, enum mmv_precision b)
{
    return a > b ? a : b;
}

/* b becomes a float before all else, which is a double for integers and for what has
 * no dimensions. */
static void choose_close(struct mmv_column *column, int ndim)
{
    enum mmv_number a = column->a_type, b = column->b_type;
    struct mmv_compare_rule *rule = &column->rule;
    enum mmv_precision b_precision = precision_of(b);
    bool complex_one = is_complex(a) || is_complex(b);

    if (ndim == 0)
        b_precision = wider(b_precision, MMV_PRECISION_DOUBLE);
    rule->difference = promoted(a, b_precision);
    rule->size = b_precision;
    rule->product = wider(b_precision, precision_of_value(rule->rtol));
    rule->sum = wider(rule->product, precision_of_value(rule->atol));

    column->a_wide = column->b_wide = floating(is_long(a) || is_long(b), complex_one);
    column->b_between = floating(is_long(b), is_complex(b));
}

/* The numbers as another type: where they lie, if they are of that. */
static const unsigned char *convert(enum mmv_number to, unsigned char *room, enum mmv_number from,
                                    const unsigned char *numbers, mmview_intp count)
{
    if (to == from)
        return numbers;
    (mmv_vector_avx2() ? mmv_cast_avx2 : mmv_cast_plain)(to, room, from, numbers, (size_t)count);
    return room;
}

static size_t size_of(const struct mmview_array *array, mmview_intp count)
{
    return (size_t)array->itemsize * (size_t)count;
}

/* What is the same without looking closer. With finite tolerances equal numbers are
 * close. */
static bool all_same(const struct mmv_column *column, const unsigned char *a,
                     const unsigned char *b, mmview_intp count)
{
    const struct mmv_compare_rule *rule = &column->rule;

    if (column->a_type != column->b_type)
        return false;
    if (rule->close && (rule->rtol > __DBL_MAX__ || rule->atol > __DBL_MAX__))
        return false;
    if (rule->equal_nan && !is_integer(column->a_type) &&
        memcmp(a, b, size_of(column->a, count)) == 0)
        return true;
    return mmv_compare_all_equal(column->a_type, a, b, count);
}

static bool compare_numbers(struct mmv_column *column, const unsigned char *a,
                            const unsigned char *b, mmview_intp count, unsigned char *marks,
                            struct mmv_compared *found)
{
    if (all_same(column, a, b, count))
        return false;
    a = convert(column->a_wide, column->converted[0], column->a_type, a, count);
    b = convert(column->b_between, column->converted[1], column->b_type, b, count);
    b = convert(column->b_wide, column->converted[2], column->b_between, b, count);
    if (column->rule.close)
        mmv_compare_close(column->a_wide)(a, b, count, &column->rule, marks, found);
    else if (column->a_wide == column->b_wide)
        mmv_compare_exact(column->a_wide)(a, b, count, &column->rule, marks, found);
    else
        mmv_compare_mixed(a, column->a_wide, b, column->b_wide, count, marks, found);
    return found->different > 0 || found->absolute.at >= 0;
}

bool mmv_column_numbers(struct mmv_column *column)
{
    const struct mmview_array *a = column->a, *b = column->b;

    if (!memchr("biufc", a->dtype->kind, 5) || !memchr("biufc", b->dtype->kind, 5))
        return false;
    column->compare = compare_numbers;
    column->a_type = mmv_number_of(a->dtype);
    column->b_type = mmv_number_of(b->dtype);
    if (column->rule.close)
        choose_close(column, b->ndim);
    else
        choose_exact(column);
    return true;
}
