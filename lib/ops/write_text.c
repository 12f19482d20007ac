/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/text.h>

#include "base/alloc.h"
#include "base/options.h"
#include "format/number_type.h"
#include "ops/print_cell.h"
#include "ops/text_form.h"

/* As much as a pipe holds. */
#define BUFFER_SIZE ((size_t)64 << 10)

#define PRINT_FLAGS                                                         \
    (MMVIEW_TEXT_SUPPRESS | MMVIEW_TEXT_THRESHOLD | MMVIEW_TEXT_EDGEITEMS | \
     MMVIEW_TEXT_LINEWIDTH | MMVIEW_TEXT_PRECISION)

static const struct {
    mmv_text_form *write;
    unsigned flags; /* that it knows */
} forms[] = {
    [MMVIEW_TEXT_STR] = {mmv_text_str, PRINT_FLAGS},
    [MMVIEW_TEXT_REPR] = {mmv_text_repr, PRINT_FLAGS},
    [MMVIEW_TEXT_LINES] = {mmv_text_lines, MMVIEW_TEXT_INDEX},
    [MMVIEW_TEXT_CSV] = {mmv_text_csv, 0},
    [MMVIEW_TEXT_TSV] = {mmv_text_tsv, 0},
    [MMVIEW_TEXT_JSON] = {mmv_text_json, MMVIEW_TEXT_NAN_STRING},
    [MMVIEW_TEXT_JSONL] = {mmv_text_jsonl, MMVIEW_TEXT_NAN_STRING},
};

#define NFORMS ((int)(sizeof forms / sizeof *forms))

/* A member that is 0 has its default, unless a flag says that 0 is meant. */
static void set_default(mmview_intp *member, unsigned flags, unsigned flag, mmview_intp value)
{
    if (*member == 0 && !(flags & flag))
        *member = value;
}

static int read_options(const struct mmview_text_options *given, struct mmview_text_options *known,
                        struct mmview_error *err)
{
    int status;

    *known = (struct mmview_text_options)MMVIEW_TEXT_OPTIONS_INIT;
    status = mmv_options_read(known, sizeof *known,
                              MMV_SIZE_TO(struct mmview_text_options, precision), given, err);
    if (status < 0)
        return status;
    if (known->form < 0 || known->form >= NFORMS)
        return mmv_fail(err, MMVIEW_EINVAL, "no form of text has the number %d", known->form);
    status = mmv_options_check_flags(known->flags, forms[known->form].flags, err);
    if (status < 0)
        return status;
    if (known->threshold < -1 || known->edgeitems < 0 || known->linewidth < 0 ||
        known->precision < 0)
        return mmv_fail(err, MMVIEW_EINVAL,
                        "threshold, edgeitems, linewidth and precision are not negative");
    set_default(&known->threshold, known->flags, MMVIEW_TEXT_THRESHOLD, 1000);
    set_default(&known->edgeitems, known->flags, MMVIEW_TEXT_EDGEITEMS, 3);
    set_default(&known->linewidth, known->flags, MMVIEW_TEXT_LINEWIDTH, 75);
    set_default(&known->precision, known->flags, MMVIEW_TEXT_PRECISION, MMV_PRINT_PRECISION);
    return MMVIEW_OK;
}

int mmview_write_text(const struct mmview_array *array, const struct mmview_text_options *options,
                      mmview_sink *sink, void *context, struct mmview_error *err)
{
    struct mmview_text_options known;
    struct mmv_writer writer;
    char *buffer;
    int status = read_options(options, &known, err);

    if (status == MMVIEW_OK)
        status = mmv_dtype_check_meaning(array->dtype, err);
    if (status < 0)
        return status;
    buffer = mmv_alloc(BUFFER_SIZE);
    if (!buffer)
        return mmv_fail_nomem(err);
    mmv_writer_start(&writer, buffer, BUFFER_SIZE, sink, context);
    status = forms[known.form].write(array, &known, &writer, err);
    if (status == MMVIEW_OK && mmv_writer_flush(&writer) != 0)
        status = mmv_fail(err, MMVIEW_ECANCELED, "the text was not taken");
    mmv_free(buffer);
    return status;
}
