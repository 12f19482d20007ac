/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "ctypes_list.h"

#include <stdint.h>
#include <stdlib.h>

enum form { FORM_NONE, FORM_BOOL, FORM_SIGNED, FORM_UNSIGNED, FORM_FLOAT };

static enum form form_of(enum mmview_ctype type)
{
    switch (type) {
    case MMVIEW_CTYPE_BOOL: return FORM_BOOL;
    case MMVIEW_CTYPE_BYTE:
    case MMVIEW_CTYPE_SHORT:
    case MMVIEW_CTYPE_INT:
    case MMVIEW_CTYPE_LONG:
    case MMVIEW_CTYPE_LONGLONG:
    case MMVIEW_CTYPE_SSIZE_T:
    case MMVIEW_CTYPE_INT8:
    case MMVIEW_CTYPE_INT16:
    case MMVIEW_CTYPE_INT32:
    case MMVIEW_CTYPE_INT64: return FORM_SIGNED;
    case MMVIEW_CTYPE_UBYTE:
    case MMVIEW_CTYPE_USHORT:
    case MMVIEW_CTYPE_UINT:
    case MMVIEW_CTYPE_ULONG:
    case MMVIEW_CTYPE_ULONGLONG:
    case MMVIEW_CTYPE_SIZE_T:
    case MMVIEW_CTYPE_UINT8:
    case MMVIEW_CTYPE_UINT16:
    case MMVIEW_CTYPE_UINT32:
    case MMVIEW_CTYPE_UINT64:
    case MMVIEW_CTYPE_VOID_P: return FORM_UNSIGNED;
    case MMVIEW_CTYPE_FLOAT:
    case MMVIEW_CTYPE_DOUBLE:
    case MMVIEW_CTYPE_LONGDOUBLE: return FORM_FLOAT;
    default: return FORM_NONE;
    }
}

bool ctypes_list_may_be(enum mmview_ctype type)
{
    return form_of(type) != FORM_NONE;
}

int ctypes_list_fill(struct ctypes_list *list, const struct mmview_ctypes *view,
                     enum mmview_ctype type, ctypes_converter *convert, struct mmview_error *err)
{
    list->type = type;
    list->count = view->ndim;
    mmview_ctypes_type_name(view, type, list->name, sizeof list->name);
    return convert(view, type, list->values, MMVIEW_MAXDIMS, err);
}

static const void *item(const struct ctypes_list *list, int index)
{
    return (const char *)list->values + (size_t)index * mmview_ctype_size(list->type);
}

static int64_t signed_item(const struct ctypes_list *list, int index)
{
    const void *p = item(list, index);

    switch (mmview_ctype_size(list->type)) {
    case 1: return *(const int8_t *)p;
    case 2: return *(const int16_t *)p;
    case 4: return *(const int32_t *)p;
    default: return *(const int64_t *)p;
    }
}

static uint64_t unsigned_item(const struct ctypes_list *list, int index)
{
    const void *p = item(list, index);

    switch (mmview_ctype_size(list->type)) {
    case 1: return *(const uint8_t *)p;
    case 2: return *(const uint16_t *)p;
    case 4: return *(const uint32_t *)p;
    default: return *(const uint64_t *)p;
    }
}

/* As a Python float, which a long double is made into too. */
static double float_item(const struct ctypes_list *list, int index)
{
    const void *p = item(list, index);

    switch (list->type) {
    case MMVIEW_CTYPE_FLOAT: return (double)*(const float *)p;
    case MMVIEW_CTYPE_DOUBLE: return *(const double *)p;
    default: return (double)*(const long double *)p;
    }
}

/* A whole number as Python's repr() has it: 3.0, or from 1e+16 on with an exponent
 * and as few digits as tell it from others. */
static void print_float(FILE *out, double number)
{
    char text[32];
    int digits = 0;

    if (number > -1e16 && number < 1e16) {
        fprintf(out, "%.1f", number);
        return;
    }
    do
        snprintf(text, sizeof text, "%.*e", digits++, number);
    while (strtod(text, NULL) != number);
    fputs(text, out);
}

static void print_item(FILE *out, const struct ctypes_list *list, int index, bool json)
{
    switch (form_of(list->type)) {
    case FORM_BOOL:
        if (json)
            fputs(unsigned_item(list, index) ? "true" : "false", out);
        else
            fputs(unsigned_item(list, index) ? "True" : "False", out);
        break;
    case FORM_SIGNED: fprintf(out, "%jd", (intmax_t)signed_item(list, index)); break;
    case FORM_FLOAT: print_float(out, float_item(list, index)); break;
    default: fprintf(out, "%ju", (uintmax_t)unsigned_item(list, index)); break;
    }
}

void ctypes_list_print(FILE *out, const struct ctypes_list *list)
{
    if (list->count == 0) {
        fputs("None", out);
        return;
    }
    fprintf(out, "%s(", list->name);
    for (int i = 0; i < list->count; i++) {
        fputs(i ? ", " : "", out);
        print_item(out, list, i, false);
    }
    putc(')', out);
}

void ctypes_list_print_json(FILE *out, const struct ctypes_list *list)
{
    if (list->count == 0) {
        fputs("null", out);
        return;
    }
    putc('[', out);
    for (int i = 0; i < list->count; i++) {
        fputs(i ? "," : "", out);
        print_item(out, list, i, true);
    }
    putc(']', out);
}
