/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "diff.h"
#include "field.h"
#include "human.h"
#include "output.h"
#include "text.h"

static void print_name(const struct target *target)
{
    text_show(stdout, target->name, strlen(target->name));
    selection_print(stdout, target->selection);
}

static void print_own(char *text)
{
    text_show(stdout, text, strlen(text));
    free(text);
}

static void print_shape(const struct mmview_array *array)
{
    int ndim = mmview_array_ndim(array);

    putchar('(');
    for (int i = 0; i < ndim; i++)
        printf(i ? ", %" PRIdPTR : "%" PRIdPTR, mmview_array_shape(array)[i]);
    fputs(ndim == 1 ? ",)" : ")", stdout);
}

static void print_header(const struct diff *diff)
{
    const struct mmview_array *a = diff->files[0].array, *b = diff->files[1].array;

    if (!diff->found.same_dtype) {
        printf(HUMAN_KEY, "dtype:");
        print_own(dtype_text(mmview_dtype_descr, mmview_array_dtype(a)));
        fputs(" and ", stdout);
        print_own(dtype_text(mmview_dtype_descr, mmview_array_dtype(b)));
        putchar('\n');
    }
    if (!diff->found.same_shape) {
        printf(HUMAN_KEY, "shape:");
        print_shape(a);
        fputs(" and ", stdout);
        print_shape(b);
        putchar('\n');
    }
    if (!diff->found.same_order)
        printf(HUMAN_KEY "%s and %s\n", "order:", order_text(mmview_array_order(a)),
               order_text(mmview_array_order(b)));
}

/* As Python takes it: a scalar has the index (). */
static void print_place(const struct mmview_array *array, const struct mmview_difference *place)
{
    if (mmview_array_ndim(array) == 0)
        fputs("[()]", stdout);
    else
        diff_print_index(array, place->item, ", ");
    print_own(diff_field(array, place));
}

static void print_figure(const struct diff *diff, const char *what, long double figure,
                         const struct mmview_difference *at)
{
    if (at->item < 0)
        return;
    fputs(HUMAN_MORE, stdout);
    fputs(what, stdout);
    print_own(diff_figure(figure));
    fputs(" at ", stdout);
    print_place(diff->files[0].array, at);
    putchar('\n');
}

static void print_differences(const struct diff *diff)
{
    const struct mmview_comparison *found = &diff->found;

    for (mmview_intp i = 0; i < found->told; i++) {
        const struct mmview_difference *place = &diff->differences[i];

        fputs(HUMAN_MORE, stdout);
        print_place(diff->files[0].array, place);
        fputs(": ", stdout);
        print_own(diff_text(diff, place, 0));
        fputs(" and ", stdout);
        print_own(diff_text(diff, place, 1));
        putchar('\n');
    }
    if (found->told > 0 && found->told < found->different)
        printf(HUMAN_MORE "and %" PRIdPTR " more\n", found->different - found->told);
}

static void print_values(const struct diff *diff)
{
    const struct mmview_comparison *found = &diff->found;

    printf(HUMAN_KEY, "values:");
    if (found->values == MMVIEW_VALUES_INCOMPARABLE) {
        puts("can not be compared");
        return;
    }
    if (found->different == 0) {
        puts("the same");
        return;
    }
    printf("%" PRIdPTR " of %" PRIdPTR " item%s differ%s", found->different, found->items,
           found->items == 1 ? "" : "s", found->different == 1 ? "s" : "");
    if (found->nan > 0)
        printf(", %" PRIdPTR " by a NaN", found->nan);
    putchar('\n');
    print_figure(diff, "by up to ", found->absolute, &found->absolute_at);
    print_figure(diff, "relatively by up to ", found->relative, &found->relative_at);
    print_differences(diff);
}

void diff_print(const struct diff *diff)
{
    if (diff->same && diff->found.same_order)
        return;
    print_name(&diff->files[0]);
    fputs(" and ", stdout);
    print_name(&diff->files[1]);
    puts(":");
    print_header(diff);
    print_values(diff);
}

static void json_own(char *text)
{
    json_put_string(text);
    free(text);
}

static void json_list(const mmview_intp *list, int count)
{
    putchar('[');
    for (int i = 0; i < count; i++)
        printf(i ? ",%" PRIdPTR : "%" PRIdPTR, list[i]);
    putchar(']');
}

static void json_place(const struct diff *diff, const struct mmview_difference *place)
{
    if (place->item < 0) {
        fputs("null", stdout);
        return;
    }
    fputs("{\"index\":", stdout);
    diff_print_index(diff->files[0].array, place->item, ",");
    fputs(",\"field\":", stdout);
    json_own(diff_field(diff->files[0].array, place));
    fputs(",\"values\":[", stdout);
    json_own(diff_text(diff, place, 0));
    putchar(',');
    json_own(diff_text(diff, place, 1));
    fputs("]}", stdout);
}

/* JSON has no infinity, which is null then: its place tells that it is there. */
static void json_figure(const char *key, long double figure)
{
    char *text = diff_figure(figure);

    printf(",\"%s\":%s", key, strcmp(text, "inf") == 0 ? "null" : text);
    free(text);
}

void diff_print_json(const struct diff *diff)
{
    static const char *const values[] = {"incomparable", "different", "same"};
    const struct mmview_array *a = diff->files[0].array, *b = diff->files[1].array;
    const struct mmview_comparison *found = &diff->found;
    char *descrs[] = {dtype_text(mmview_dtype_descr_json, mmview_array_dtype(a)),
                      dtype_text(mmview_dtype_descr_json, mmview_array_dtype(b))};

    fputs("{\"files\":[", stdout);
    json_put_string(diff->files[0].name);
    putchar(',');
    json_put_string(diff->files[1].name);
    printf("],\"same\":%s,\"descr\":[%s,%s],\"shape\":[", diff->same ? "true" : "false", descrs[0],
           descrs[1]);
    free(descrs[0]);
    free(descrs[1]);
    json_list(mmview_array_shape(a), mmview_array_ndim(a));
    putchar(',');
    json_list(mmview_array_shape(b), mmview_array_ndim(b));
    printf("],\"order\":[\"%s\",\"%s\"]", order_text(mmview_array_order(a)),
           order_text(mmview_array_order(b)));
    printf(",\"same_dtype\":%s,\"same_shape\":%s,\"same_order\":%s",
           found->same_dtype ? "true" : "false", found->same_shape ? "true" : "false",
           found->same_order ? "true" : "false");
    printf(",\"values\":\"%s\",\"items\":%" PRIdPTR ",\"different\":%" PRIdPTR ",\"nan\":%" PRIdPTR,
           values[found->values + 1], found->items, found->different, found->nan);
    json_figure("absolute", found->absolute);
    fputs(",\"absolute_at\":", stdout);
    json_place(diff, &found->absolute_at);
    json_figure("relative", found->relative);
    fputs(",\"relative_at\":", stdout);
    json_place(diff, &found->relative_at);
    fputs(",\"differences\":[", stdout);
    for (mmview_intp i = 0; i < found->told; i++) {
        if (i > 0)
            putchar(',');
        json_place(diff, &diff->differences[i]);
    }
    fputs("]}\n", stdout);
}
