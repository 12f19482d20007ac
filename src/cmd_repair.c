/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "interrupt.h"
#include "report.h"
#include "text.h"
#include "writing.h"

static const struct option options[] = {
    {"dry-run", no_argument, NULL, 'n'},
    {"max-header", required_argument, NULL, OPT_MAX_HEADER},
    OPTIONS_END,
};

struct repair {
    bool dry_run;
    uint64_t max_header;
};

static int read_options(struct repair *repair, int argc, char **argv)
{
    int option, status;

    while ((option = options_next(&command_repair, argc, argv, ":hn", options, &status)) !=
           OPTIONS_DONE) {
        if (option == OPTIONS_STOP)
            return status;
        if (option == 'n')
            repair->dry_run = true;
        else if (!options_number(optarg, &repair->max_header) || repair->max_header == 0)
            return report_usage(&command_repair, "--max-header '%s': not a number of characters",
                                optarg);
    }
    for (int i = optind; i < argc; i++)
        if (write_check_file(&command_repair, argv[i]) != STATUS_FINE)
            return STATUS_ERROR;
    return optind == argc ? report_usage(&command_repair, "no FILE") : OPTIONS_DONE;
}

static void tell(const char *file, mmview_intp counted, mmview_intp there, uint64_t left)
{
    text_show(stdout, file, strlen(file));
    if (counted == there && left == 0) {
        puts(": nothing to repair");
        return;
    }
    printf(": %" PRIdPTR " row%s in the header, %" PRIdPTR " in the file", counted,
           counted == 1 ? "" : "s", there);
    if (left > 0)
        printf(", and %" PRIu64 " byte%s that %s no row", left, left == 1 ? "" : "s",
               left == 1 ? "is" : "are");
    putchar('\n');
}

static void repair_file(const struct repair *repair, const char *file)
{
    struct mmview_writer_options how = MMVIEW_WRITER_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_writer *writer;
    struct progress progress;
    mmview_intp counted, there;
    uint64_t left;
    int status;

    how.flags = MMVIEW_WRITE_COUNT_ROWS;
    how.max_header = repair->max_header;
    how.progress = progress_follow;
    how.context = &progress;
    progress_start_of_file(&progress, file, 0);
    status = mmview_writer_append(file, &how, &writer, &err);
    progress_end(&progress);
    if (status < 0) {
        writing_report(file, &err);
        return;
    }
    counted = mmview_writer_rows_settled(writer);
    there = mmview_writer_rows(writer);
    left = mmview_writer_bytes_left(writer);
    tell(file, counted, there, left);
    if (repair->dry_run || (counted == there && left == 0) || !report_output_flushed())
        mmview_writer_cancel(writer); /* nor does its time of modification change */
    else if (mmview_writer_finish(writer, &err) < 0)
        writing_report(file, &err);
}

static int run(int argc, char **argv)
{
    struct repair repair = {.dry_run = false};
    int status = read_options(&repair, argc, argv);

    if (status != OPTIONS_DONE)
        return status;
    writing_begin();
    for (int i = optind; i < argc && !interrupt_pending() && report_output_fine(); i++)
        repair_file(&repair, argv[i]);
    writing_end();
    return STATUS_FINE;
}

const struct command command_repair = {
    .name = "repair",
    .synopsis = "[OPTION]... FILE...",
    .summary = "make a header count the rows that are there",
    .help =
        {
            "Makes the header of each FILE, a .npy file, count the whole rows that are in\n"
            "the file, and cuts off what is left of a row: for a file that was cut short, or\n"
            "whose append was killed. Says what was found.\n"
            "\n"
            "Options:\n"
            "  -n, --dry-run            say it only, and change nothing\n"
            "      --max-header=N       accept a header of up to N characters (10000)\n"
            "  -h, --help               show this\n",
        },
    .run = run,
};
