/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <string.h>

#include "dump.h"
#include "report.h"

/* A form of the output. */
static const struct form {
    const char *name;
    int option;
    int text; /* enum mmview_text_form; -1: bytes */
} forms[] = {
    {"--repr", DUMP_OPT_REPR, MMVIEW_TEXT_REPR},
    {"--csv", DUMP_OPT_CSV, MMVIEW_TEXT_CSV},
    {"--tsv", DUMP_OPT_TSV, MMVIEW_TEXT_TSV},
    {"--json", OPT_JSON, MMVIEW_TEXT_JSON},
    {"--jsonl", DUMP_OPT_JSONL, MMVIEW_TEXT_JSONL},
    {"--lines", DUMP_OPT_LINES, MMVIEW_TEXT_LINES},
    {"--raw", DUMP_OPT_RAW, -1},
};

static int set_form(struct dumping *dumping, const struct form *form)
{
    if (dumping->form && dumping->form != form->name)
        return report_usage(dumping->command, "%s and %s: only one form can be had at a time",
                            dumping->form, form->name);
    dumping->form = form->name;
    dumping->bytes = form->text < 0;
    if (!dumping->bytes)
        dumping->text.form = form->text;
    return STATUS_FINE;
}

/* A number for people's text, whose flag says that 0 is meant. */
static int set_number(struct dumping *dumping, const char *name, const char *text, unsigned flag,
                      mmview_intp *member)
{
    uint64_t number;

    if (!options_number(text, &number) || number > INTPTR_MAX)
        return report_usage(dumping->command, "%s '%s': not a number", name, text);
    dumping->for_people = name;
    dumping->text.flags |= flag;
    *member = (mmview_intp)number;
    return STATUS_FINE;
}

static int set_nan(struct dumping *dumping, const char *text)
{
    dumping->for_json = "--nan";
    dumping->text.flags &= ~(unsigned)MMVIEW_TEXT_NAN_STRING;
    if (strcmp(text, "string") == 0)
        dumping->text.flags |= MMVIEW_TEXT_NAN_STRING;
    else if (strcmp(text, "null") != 0)
        return report_usage(dumping->command, "--nan '%s': it is null or string", text);
    return STATUS_FINE;
}

int dump_option(struct dumping *dumping, int option, const char *argument)
{
    struct mmview_text_options *text = &dumping->text;

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].option == option)
            return set_form(dumping, &forms[i]);

    switch (option) {
    case DUMP_OPT_FULL:
        dumping->for_people = "--full";
        text->threshold = -1;
        return STATUS_FINE;
    case DUMP_OPT_THRESHOLD:
        return set_number(dumping, "--threshold", argument, MMVIEW_TEXT_THRESHOLD,
                          &text->threshold);
    case DUMP_OPT_EDGEITEMS:
        return set_number(dumping, "--edgeitems", argument, MMVIEW_TEXT_EDGEITEMS,
                          &text->edgeitems);
    case DUMP_OPT_LINEWIDTH:
        return set_number(dumping, "--linewidth", argument, MMVIEW_TEXT_LINEWIDTH,
                          &text->linewidth);
    case DUMP_OPT_PRECISION:
        return set_number(dumping, "--precision", argument, MMVIEW_TEXT_PRECISION,
                          &text->precision);
    case DUMP_OPT_SUPPRESS:
        dumping->for_people = "--suppress";
        text->flags |= MMVIEW_TEXT_SUPPRESS;
        return STATUS_FINE;
    case DUMP_OPT_INDEX:
        dumping->for_lines = "--index";
        text->flags |= MMVIEW_TEXT_INDEX;
        return STATUS_FINE;
    case DUMP_OPT_NAN: return set_nan(dumping, argument);
    case DUMP_OPT_ORDER_OUT:
        dumping->for_bytes = "--order-out";
        return options_order(dumping->command, "--order-out", argument, &dumping->order);
    case DUMP_OPT_BYTEORDER:
        dumping->for_bytes = "--byteorder";
        return options_byteorder(dumping->command, "--byteorder", argument, &dumping->byteorder);
    case DUMP_OPT_DTYPE_OUT:
        dumping->for_bytes = "--dtype-out";
        return options_dtype(dumping->command, "--dtype-out", argument, &dumping->dtype);
    default: return OPTIONS_NOT_MINE;
    }
}

int dump_check_options(const struct dumping *dumping)
{
    int form = dumping->bytes ? -1 : dumping->text.form;
    bool people = form == MMVIEW_TEXT_STR || form == MMVIEW_TEXT_REPR;
    bool json = form == MMVIEW_TEXT_JSON || form == MMVIEW_TEXT_JSONL;

    if (dumping->for_people && !people)
        return report_usage(dumping->command, "%s is for the text that people read, and %s is not",
                            dumping->for_people, dumping->form);
    if (dumping->for_lines && form != MMVIEW_TEXT_LINES)
        return report_usage(dumping->command, "%s goes with --lines", dumping->for_lines);
    if (dumping->for_json && !json)
        return report_usage(dumping->command, "%s goes with --json and --jsonl", dumping->for_json);
    if (dumping->for_bytes && !dumping->bytes)
        return report_usage(dumping->command, "%s goes with --raw", dumping->for_bytes);
    return STATUS_FINE;
}
