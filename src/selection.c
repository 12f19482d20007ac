/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "selection.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "text.h"

void selection_add(struct selection *selection, const char *index)
{
    size_t count = selection->count;

    /* The array is as long as the next power of two. */
    if ((count & (count - 1)) == 0) {
        const char **grown = realloc(selection->steps, (count ? 2 * count : 1) * sizeof *grown);

        if (!grown)
            report_nomem();
        selection->steps = grown;
    }
    selection->steps[selection->count++] = index;
}

/* Of a message: as much of the index as a person needs to know it again. */
#define LONGEST_INDEX   80
#define ROOM_FOR_REASON ((int)sizeof((struct mmview_error *)NULL)->message - LONGEST_INDEX - 9)

/* Puts the one of several that is wrong before what is wrong with it. */
static void explain(const char *index, struct mmview_error *err)
{
    char reason[sizeof err->message];

    memcpy(reason, err->message, sizeof reason);
    if (index)
        snprintf(err->message, sizeof err->message, "-s %.*s%s: %.*s", LONGEST_INDEX, index,
                 strlen(index) > LONGEST_INDEX ? "..." : "", ROOM_FOR_REASON, reason);
    else
        snprintf(err->message, sizeof err->message, "-T: %.*s", ROOM_FOR_REASON, reason);
}

bool selection_apply(const struct selection *selection, struct mmview_array **array,
                     struct mmview_error *err)
{
    struct mmview_array *view = mmview_array_ref(*array);

    for (size_t i = 0; i < selection->count; i++) {
        const char *index = selection->steps[i];
        struct mmview_array *next;
        int status = index ? mmview_view_select(view, index, SIZE_MAX, &next, err)
                           : mmview_view_transpose(view, NULL, 0, &next, err);

        mmview_array_unref(view);
        if (status < 0) {
            if (selection->count > 1)
                explain(index, err);
            return false;
        }
        view = next;
    }
    mmview_array_unref(*array);
    *array = view;
    return true;
}

void selection_print(FILE *out, const struct selection *selection)
{
    for (size_t i = 0; i < selection->count; i++) {
        const char *index = selection->steps[i];

        if (index) {
            putc('[', out);
            text_show(out, index, strlen(index));
            putc(']', out);
        } else {
            fputs(".T", out);
        }
    }
}

void selection_print_field(FILE *out, const char *name, size_t length)
{
    fputs("['", out);
    for (size_t i = 0; i < length; i++) {
        if (name[i] == '\'' || name[i] == '\\')
            putc('\\', out);
        if (name[i] == '\0')
            fputs("\\x00", out);
        else
            putc(name[i], out);
    }
    fputs("']", out);
}

void selection_clear(struct selection *selection)
{
    free(selection->steps);
    selection->steps = NULL;
    selection->count = 0;
}
