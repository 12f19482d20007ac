/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "dump.h"
#include "progress.h"
#include "report.h"

/* A mmview_sink: text on its way to standard output. */
static int put(void *context, const char *text, size_t length)
{
    struct progress *progress = context;

    if (!report_output_write(text, length))
        return MMVIEW_ECANCELED;
    progress_add(progress, length);
    return MMVIEW_OK;
}

void dump_text(const struct dumping *dumping, const struct target *target)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    bool is_for_programs =
        dumping->text.form != MMVIEW_TEXT_STR && dumping->text.form != MMVIEW_TEXT_REPR;
    struct progress progress;
    int status;

    /* What is shown to people may be a few items of many. */
    if (is_for_programs)
        mmview_array_advise(target->array, MMVIEW_ADVICE_SEQUENTIAL, NULL);
    progress_start(&progress, target->name, 0);
    status = mmview_write_text(target->array, &dumping->text, put, &progress, &err);
    progress_end(&progress);
    /* NumPy leaves the last newline to print(). */
    if (status == MMVIEW_OK && !is_for_programs)
        put(&progress, "\n", 1);
    if (status < 0 && status != MMVIEW_ECANCELED)
        target_report(target, &err);
}
