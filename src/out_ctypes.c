/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "out_ctypes.h"

#include <inttypes.h>
#include <string.h>

#include "ctypes_list.h"
#include "output.h"
#include "report.h"
#include "text.h"

#define KEY "  %-16s"

/* All that there is to show. */
struct facts {
    struct mmview_ctypes view;
    struct ctypes_list shape, strides;
    const char *pointee;     /* the type that data_as() gives a pointer to; or NULL */
    struct mmview_error why; /* and why it does not, if it does not */
};

/* The first of Python's types that fits the items, if only in kind and size:
 * foreign byte order and wrong alignment are another matter, and *why. */
static const char *find_pointee(const struct mmview_ctypes *view, struct mmview_error *why)
{
    static const enum mmview_ctype types[] = {
        MMVIEW_CTYPE_BOOL,
        MMVIEW_CTYPE_BYTE,
        MMVIEW_CTYPE_CHAR,
        MMVIEW_CTYPE_UBYTE,
        MMVIEW_CTYPE_SHORT,
        MMVIEW_CTYPE_USHORT,
        MMVIEW_CTYPE_WCHAR,
        MMVIEW_CTYPE_INT,
        MMVIEW_CTYPE_UINT,
        MMVIEW_CTYPE_LONG,
        MMVIEW_CTYPE_ULONG,
        MMVIEW_CTYPE_LONGLONG,
        MMVIEW_CTYPE_ULONGLONG,
        MMVIEW_CTYPE_FLOAT,
        MMVIEW_CTYPE_DOUBLE,
        MMVIEW_CTYPE_LONGDOUBLE,
        MMVIEW_CTYPE_FLOAT_COMPLEX,
        MMVIEW_CTYPE_DOUBLE_COMPLEX,
        MMVIEW_CTYPE_LONGDOUBLE_COMPLEX,
    };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        mmview_error_clear(why);
        if (mmview_ctypes_const_data_as(view, types[i], why) || why->status != MMVIEW_ETYPE)
            return mmview_ctype_name(types[i]);
    }
    return NULL;
}

static bool gather(struct facts *facts, const struct target *target, enum mmview_ctype type)
{
    static const struct mmview_error none = MMVIEW_ERROR_INIT;
    struct mmview_error err = none;

    mmview_ctypes_init(&facts->view, target->array);
    if (ctypes_list_fill(&facts->shape, &facts->view, type, mmview_ctypes_shape_as, &err) < 0 ||
        ctypes_list_fill(&facts->strides, &facts->view, type, mmview_ctypes_strides_as, &err) < 0) {
        target_report(target, &err);
        mmview_ctypes_clear(&facts->view);
        return false;
    }
    facts->why = none;
    facts->pointee = find_pointee(&facts->view, &facts->why);
    return true;
}

static void print_data_as(const struct facts *facts)
{
    printf(KEY, "data_as:");
    if (!facts->pointee)
        puts("no basic type fits an item: --lang declares one");
    else if (facts->why.status == MMVIEW_OK)
        printf("POINTER(%s)\n", facts->pointee);
    else
        printf("no POINTER(%s): %s\n", facts->pointee, facts->why.message);
}

/* As print(a.flags) does. */
static void print_flags(const struct target *target)
{
    puts("  flags:");
    for (const struct field *flag = field_flags; flag->key; flag++)
        printf("    %s : %s\n", flag->key,
               mmview_array_flags(target->array) & flag->flag ? "True" : "False");
}

bool out_ctypes_human(const struct target *target, enum mmview_ctype type, size_t shown)
{
    struct facts facts;

    if (!gather(&facts, target, type))
        return false;
    if (shown > 0)
        putchar('\n');
    text_show(stdout, target->name, strlen(target->name));
    selection_print(stdout, target->selection);
    puts(":");
    printf(KEY "%" PRIuPTR "\n", "data:", (uintptr_t)facts.view.data);
    printf(KEY, "shape:");
    ctypes_list_print(stdout, &facts.shape);
    printf("\n" KEY, "strides:");
    ctypes_list_print(stdout, &facts.strides);
    printf("\n" KEY "c_void_p(%" PRIuPTR ")\n",
           "_as_parameter_:", (uintptr_t)mmview_ctypes_as_parameter(&facts.view));
    print_data_as(&facts);
    print_flags(target);
    mmview_ctypes_clear(&facts.view);
    return true;
}

static void put_name(const char *key, const char *name)
{
    printf(",\"%s\":", key);
    if (name && *name)
        json_put_string(name);
    else
        fputs("null", stdout);
}

bool out_ctypes_json(const struct target *target, enum mmview_ctype type, size_t shown)
{
    static const enum field_id others[] = {
        FIELD_NDIM, FIELD_TYPESTR, FIELD_ITEMSIZE, FIELD_OFFSET, FIELD_FLAGS, FIELD_FLAGS_NUM,
    };
    struct facts facts;

    if (!gather(&facts, target, type))
        return false;
    (void)shown;
    putchar('{');
    json_put_field(&field_table[FIELD_FILE], target);
    putchar(',');
    json_put_field(&field_table[FIELD_MEMBER], target);
    printf(",\"data\":%" PRIuPTR, (uintptr_t)facts.view.data);
    put_name("data_type", facts.pointee);
    fputs(",\"shape\":", stdout);
    ctypes_list_print_json(stdout, &facts.shape);
    put_name("shape_type", facts.shape.name);
    fputs(",\"strides\":", stdout);
    ctypes_list_print_json(stdout, &facts.strides);
    put_name("strides_type", facts.strides.name);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        putchar(',');
        json_put_field(&field_table[others[i]], target);
    }
    puts("}");
    mmview_ctypes_clear(&facts.view);
    return true;
}
