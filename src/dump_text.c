/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdio.h>
#include <string.h>

#include "dump.h"
#include "guard.h"
#include "progress.h"
#include "report.h"
#include "text.h"

struct output {
    const struct target *target;
    struct progress progress;
    char part[4]; /* of a character whose other bytes are to come */
    size_t part_length;
};

/* A mmview_sink: text on its way to standard output. */
static int put(void *context, const char *text, size_t length)
{
    struct output *output = context;

    if (!guard_intact(output->target) || !report_output_write(text, length))
        return MMVIEW_ECANCELED;
    progress_add(&output->progress, length);
    return MMVIEW_OK;
}

/* The same for text that NumPy prints as it is: a terminal is not to obey it. */
static int put_shown(void *context, const char *text, size_t length)
{
    struct output *output = context;
    size_t shown;

    if (!guard_intact(output->target))
        return MMVIEW_ECANCELED;
    progress_add(&output->progress, length);
    for (; output->part_length > 0 && length > 0; text++, length--) {
        output->part[output->part_length++] = *text;
        shown = text_show_lines(stdout, output->part, output->part_length);
        output->part_length -= shown;
        memmove(output->part, output->part + shown, output->part_length);
    }
    shown = text_show_lines(stdout, text, length);
    memcpy(output->part + output->part_length, text + shown, length - shown);
    output->part_length += length - shown;
    return report_output_fine() ? MMVIEW_OK : MMVIEW_ECANCELED;
}

/* Does NumPy print it without quotes, and nothing in it escaped? */
static bool is_bare(const struct dumping *dumping, const struct mmview_array *array)
{
    return dumping->text.form == MMVIEW_TEXT_STR && mmview_array_ndim(array) == 0 &&
           mmview_dtype_kind(mmview_array_dtype(array)) == 'U';
}

void dump_text(const struct dumping *dumping, const struct target *target)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    bool is_for_programs =
        dumping->text.form != MMVIEW_TEXT_STR && dumping->text.form != MMVIEW_TEXT_REPR;
    struct output output = {.target = target};
    int status;

    /* What is shown to people may be a few items of many. */
    if (is_for_programs)
        mmview_array_advise(target->array, MMVIEW_ADVICE_SEQUENTIAL, NULL);
    progress_start(&output.progress, target->name, 0);
    status = mmview_write_text(target->array, &dumping->text,
                               is_bare(dumping, target->array) ? put_shown : put, &output, &err);
    progress_end(&output.progress);
    text_show(stdout, output.part, output.part_length);
    /* NumPy leaves the last newline to print(). */
    if (status == MMVIEW_OK && !is_for_programs)
        put(&output, "\n", 1);
    if (status < 0 && status != MMVIEW_ECANCELED)
        target_report(target, &err);
}
