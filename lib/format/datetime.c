/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The unit of a datetime: [25s], [D/24]. */
#include <limits.h>
#include <string.h>

#include "base/checked.h"
#include "format/dtype.h"
#include "format/number.h"

static const char *const unit_names[] = {
    [MMV_UNIT_Y] = "Y",   [MMV_UNIT_M] = "M",
    [MMV_UNIT_W] = "W",   [MMV_UNIT_D] = "D",
    [MMV_UNIT_h] = "h",   [MMV_UNIT_m] = "m",
    [MMV_UNIT_s] = "s",   [MMV_UNIT_ms] = "ms",
    [MMV_UNIT_us] = "us", [MMV_UNIT_ns] = "ns",
    [MMV_UNIT_ps] = "ps", [MMV_UNIT_fs] = "fs",
    [MMV_UNIT_as] = "as", [MMV_UNIT_GENERIC] = "generic",
};

const char *mmv_unit_name(enum mmv_unit unit)
{
    return unit < MMV_UNIT_NONE ? unit_names[unit] : NULL;
}

/* How many of a finer unit make one of a coarser, in the order NumPy tries. */
static const struct {
    int count;
    enum mmv_unit unit;
} finer[][3] = {
    [MMV_UNIT_Y] = {{12, MMV_UNIT_M}, {52, MMV_UNIT_W}, {365, MMV_UNIT_D}},
    [MMV_UNIT_M] = {{4, MMV_UNIT_W}, {30, MMV_UNIT_D}, {720, MMV_UNIT_h}},
    [MMV_UNIT_W] = {{7, MMV_UNIT_D}, {168, MMV_UNIT_h}, {10080, MMV_UNIT_m}},
    [MMV_UNIT_D] = {{24, MMV_UNIT_h}, {1440, MMV_UNIT_m}, {86400, MMV_UNIT_s}},
    [MMV_UNIT_h] = {{60, MMV_UNIT_m}, {3600, MMV_UNIT_s}},
    [MMV_UNIT_m] = {{60, MMV_UNIT_s}, {60000, MMV_UNIT_ms}},
    [MMV_UNIT_s] = {{1000, MMV_UNIT_ms}, {1000000, MMV_UNIT_us}},
    [MMV_UNIT_ms] = {{1000, MMV_UNIT_us}, {1000000, MMV_UNIT_ns}},
    [MMV_UNIT_us] = {{1000, MMV_UNIT_ns}, {1000000, MMV_UNIT_ps}},
    [MMV_UNIT_ns] = {{1000, MMV_UNIT_ps}, {1000000, MMV_UNIT_fs}},
    [MMV_UNIT_ps] = {{1000, MMV_UNIT_fs}, {1000000, MMV_UNIT_as}},
    [MMV_UNIT_fs] = {{1000, MMV_UNIT_as}},
    [MMV_UNIT_as] = {{0, MMV_UNIT_as}},
};

static bool find_unit(const char *text, size_t length, enum mmv_unit *unit)
{
    static const char microseconds[] = "\xce\xbcs"; /* Greek mu */

    for (size_t i = 0; i < MMV_UNIT_NONE; i++) {
        if (strlen(unit_names[i]) == length && memcmp(unit_names[i], text, length) == 0) {
            *unit = (enum mmv_unit)i;
            return true;
        }
    }
    if (length != strlen(microseconds) || memcmp(text, microseconds, length) != 0)
        return false;
    *unit = MMV_UNIT_us;
    return true;
}

static bool divide(int divisor, enum mmv_unit *unit, int *multiple)
{
    if (*unit == MMV_UNIT_GENERIC)
        return false;
    for (size_t i = 0; i < sizeof finer[0] / sizeof finer[0][0]; i++) {
        int count = finer[*unit][i].count;

        if (count && count % divisor == 0) {
            *unit = finer[*unit][i].unit;
            return mmv_mul_int(*multiple, count / divisor, multiple);
        }
    }
    return false;
}

int mmv_datetime_parse(const char *text, size_t length, enum mmv_unit *unit, int *multiple,
                       const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    const char *at, *slash, *end;
    int64_t number;
    size_t used;

    *unit = MMV_UNIT_GENERIC;
    *multiple = 1;
    if (length == 0)
        return MMVIEW_OK;
    end = memchr(text, ']', length);
    if (length < 3 || text[0] != '[' || !end || end != text + length - 1)
        goto invalid;

    at = text + 1;
    used = mmv_strtol(at, (size_t)(end - at), &number);
    if (used) {
        if (number < 0 || number > INT_MAX)
            goto invalid;
        if (number == 0)
            goto refused;
        *multiple = (int)number;
        at += used;
    }

    slash = memchr(at, '/', (size_t)(end - at));
    if (!find_unit(at, (size_t)((slash ? slash : end) - at), unit))
        goto invalid;
    if (!slash)
        return MMVIEW_OK;

    at = slash + 1;
    used = mmv_strtol(at, (size_t)(end - at), &number);
    if (!used || at + used != end)
        goto invalid;
    /* NumPy divides by zero, and goes on with negative units. */
    if (number <= 0 || number > INT_MAX)
        goto refused;
    if (number == 1 || divide((int)number, unit, multiple))
        return MMVIEW_OK;
    return mmv_fail_at(err, origin->status, origin->offset,
                       "divisor (%d) is not a multiple of a lower-unit in datetime metadata "
                       "\"%.*s\"",
                       (int)number, length < 64 ? (int)length : 64, text);

refused:
    return mmv_fail_at(err, MMVIEW_EUNSUPPORTED, origin->offset,
                       "a datetime unit of zero or less: \"%.*s\"", length < 64 ? (int)length : 64,
                       text);

invalid:
    return mmv_fail_at(err, origin->status, origin->offset, "invalid datetime metadata \"%.*s\"",
                       length < 64 ? (int)length : 64, text);
}
