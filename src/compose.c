/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "compose.h"

#include "report.h"

FILE *compose_begin(struct composition *composition)
{
    composition->text = NULL;
    composition->out = open_memstream(&composition->text, &composition->length);
    if (!composition->out)
        report_nomem();
    return composition->out;
}

char *compose_end(struct composition *composition)
{
    /* A print that failed for want of memory shows here only; and glibc, whose last step
     * is to make the memory as small as the text, says by the pointer that it failed. */
    int failed = ferror(composition->out);

    if (fclose(composition->out) != 0 || failed || !composition->text)
        report_nomem();
    return composition->text;
}
