/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "inspect.h"

#include <stdio.h>
#include <string.h>

#include "report.h"
#include "sandbox.h"
#include "text.h"

int inspect_option(struct inspection *inspection, int option)
{
    int status = target_option(&inspection->target, inspection->command, option, optarg);

    if (status == OPTIONS_NOT_MINE)
        status = output_option(&inspection->output, inspection->command, option, optarg);
    return status;
}

static bool tell(void *context, const struct target *target)
{
    struct inspection *inspection = context;
    struct output *output = &inspection->output;

    output->write(output, target);
    output->arrays++;
    return report_output_fine();
}

/* People are told among the arrays; programs get those only. */
static bool tell_other(void *context, const struct target *target, const char *reason)
{
    struct inspection *inspection = context;
    struct output *output = &inspection->output;

    if (output->write != out_human) {
        report_note(target->name, reason);
        return true;
    }
    if (output->arrays++ > 0)
        putchar('\n');
    text_show(stdout, target->name, strlen(target->name));
    fputs(": no array: ", stdout);
    text_show(stdout, reason, strlen(reason));
    putchar('\n');
    return report_output_fine();
}

int inspect_files(struct inspection *inspection, int argc, char **argv)
{
    const struct target_visitor visitor = {tell, tell_other, inspection};
    struct output *output = &inspection->output;

    if (optind == argc)
        return report_usage(inspection->command, "no FILE");
    if (output->null && output->write != out_fields)
        return report_usage(inspection->command, "-z goes with -f, whose values it ends");
    if (inspection->target.at && argc - optind > 1)
        return report_usage(inspection->command, "--at takes one FILE");

    sandbox_enter_without_calls();
    for (int i = optind; i < argc; i++) {
        struct target target;

        if (inspection->all_members) {
            target_each(&inspection->target, argv[i], &visitor);
        } else if (target_open(&target, &inspection->target, argv[i])) {
            tell(inspection, &target);
            target_close(&target);
        }
        if (!report_output_fine())
            return STATUS_ERROR;
    }
    return STATUS_FINE;
}

void inspect_clear(struct inspection *inspection)
{
    target_options_clear(&inspection->target);
    output_clear(&inspection->output);
}
