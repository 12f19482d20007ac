/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "dump.h"
#include "guard.h"
#include "progress.h"
#include "report.h"

struct output {
    const struct target *target;
    struct progress progress;
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
    status = mmview_write_text(target->array, &dumping->text, put, &output, &err);
    progress_end(&output.progress);
    /* NumPy leaves the last newline to print(). */
    if (status == MMVIEW_OK && !is_for_programs)
        put(&output, "\n", 1);
    if (status < 0 && status != MMVIEW_ECANCELED)
        target_report(target, &err);
}
