/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "c_type.h"
#include "out_ctypes.h"
#include "report.h"
#include "text.h"

/* What the type is called that an item is. */
#define NAME "item"

/* The declaration, allocated. NULL: there is none, and why was reported. */
static char *declare(const struct target *target, int language)
{
    const struct mmview_dtype *dtype = mmview_array_dtype(target->array);
    struct mmview_error err = MMVIEW_ERROR_INIT;
    mmview_intp length = mmview_export_declaration(dtype, language, NAME, NULL, 0, &err);
    char *text;

    if (length < 0) {
        target_report(target, &err);
        return NULL;
    }
    text = malloc((size_t)length + 1);
    if (!text)
        report_nomem();
    if (mmview_export_declaration(dtype, language, NAME, text, (size_t)length + 1, &err) < 0) {
        target_report(target, &err); /* the memory of the first call may not be there now */
        free(text);
        return NULL;
    }
    return text;
}

static void print_tuple(const mmview_intp *list, int count)
{
    putchar('(');
    for (int i = 0; i < count; i++)
        printf(i ? ", %" PRIdPTR : "%" PRIdPTR, list[i]);
    fputs(count == 1 ? ",)" : ")", stdout);
}

/* // run7.npy: shape (3, 4), strides (32, 8), from byte 128 of the file on */
static void print_place(const struct target *target, const char *comment)
{
    const struct mmview_array *a = target->array;
    int ndim = mmview_array_ndim(a);

    printf("\n%s ", comment);
    text_show(stdout, target->name, strlen(target->name));
    selection_print(stdout, target->selection);
    fputs(": shape ", stdout);
    print_tuple(mmview_array_shape(a), ndim);
    fputs(", strides ", stdout);
    print_tuple(mmview_array_strides(a), ndim);
    printf(", from byte %" PRIu64 " of the file on\n", mmview_array_offset(a));
}

/* i, j, ... of few dimensions, i0, i1, ... of many. */
static void print_index(int axis, int ndim)
{
    if (ndim <= 6)
        putchar("ijklmn"[axis]);
    else
        printf("i%d", axis);
}

/* "[i, j]: " */
static void print_indices(const struct mmview_array *a)
{
    int ndim = mmview_array_ndim(a);

    putchar('[');
    for (int i = 0; i < ndim; i++) {
        fputs(i ? ", " : "", stdout);
        print_index(i, ndim);
    }
    fputs(ndim ? "]: " : "()]: ", stdout);
}

/* " + i * 32 - j * 8" */
static void print_steps(const struct mmview_array *a)
{
    int ndim = mmview_array_ndim(a);

    for (int i = 0; i < ndim; i++) {
        mmview_intp stride = mmview_array_strides(a)[i];

        fputs(stride < 0 ? " - " : " + ", stdout);
        print_index(i, ndim);
        printf(" * %ju", stride < 0 ? -(uintmax_t)stride : (uintmax_t)stride);
    }
}

/* Whether C takes a pointer to every item for an aligned one. */
static bool is_aligned(const struct mmview_array *a)
{
    const struct mmview_dtype *dtype = mmview_array_dtype(a);
    mmview_intp alignment = c_type_alignment(dtype);

    /* A struct that does not fit is declared packed, which needs no alignment. */
    return !c_type_fits(dtype) || ((uintptr_t)mmview_array_data(a) % (size_t)alignment == 0 &&
                                   c_type_strides_fit(a, alignment));
}

bool out_declaration_c(const struct target *target, enum mmview_ctype type, size_t shown)
{
    const struct mmview_array *a = target->array;
    const char *keyword = mmview_dtype_isstruct(mmview_array_dtype(a)) ? "struct " : "";
    char *text = declare(target, MMVIEW_LANGUAGE_C);

    (void)type;
    (void)shown;
    if (!text)
        return false;
    fputs(text, stdout);
    free(text);
    print_place(target, "//");
    if (mmview_array_itemsize(a) == 0)
        return true;
    fputs("// ", stdout);
    print_indices(a);
    printf("*(const %s" NAME " *)((const char *)data", keyword);
    print_steps(a);
    puts(")");
    if (!is_aligned(a))
        puts("// not aligned: copy items from there with memcpy() instead");
    return true;
}

bool out_declaration_python(const struct target *target, enum mmview_ctype type, size_t shown)
{
    char *text = declare(target, MMVIEW_LANGUAGE_PYTHON);

    (void)type;
    (void)shown;
    if (!text)
        return false;
    fputs(text, stdout);
    free(text);
    print_place(target, "#");
    fputs("# ", stdout);
    print_indices(target->array);
    fputs(NAME ".from_address(data", stdout);
    print_steps(target->array);
    puts(")");
    return true;
}
