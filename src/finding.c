/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "finding.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mmview.h>

#include "output.h"
#include "report.h"
#include "text.h"

void findings_add(struct findings *findings, enum finding_level level, const char *name,
                  uint64_t offset, const char *format, ...)
{
    struct finding *finding;
    va_list ap;

    if (findings->count == findings->room) {
        size_t room = findings->room ? 2 * findings->room : 8;
        struct finding *grown = realloc(findings->items, room * sizeof *grown);

        if (!grown)
            report_nomem();
        findings->items = grown;
        findings->room = room;
    }
    finding = &findings->items[findings->count++];
    finding->level = level;
    finding->name = name;
    finding->offset = offset;
    va_start(ap, format);
    if (vasprintf(&finding->message, format, ap) < 0)
        report_nomem();
    va_end(ap);
    findings->errors += level == FINDING_ERROR;
}

static const char *level_name(enum finding_level level)
{
    return level == FINDING_ERROR ? "error" : "warning";
}

static void print_name(const struct checked *checked)
{
    text_show(stdout, checked->name, strlen(checked->name));
    fputs(": ", stdout);
}

void findings_print(const struct findings *findings, const struct checked *checked)
{
    size_t warnings = findings->count - findings->errors;

    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];

        print_name(checked);
        printf("%s: %s: ", level_name(finding->level), finding->name);
        text_show(stdout, finding->message, strlen(finding->message));
        putchar('\n');
    }
    print_name(checked);
    fputs(findings->errors ? "not valid" : "valid", stdout);
    if (warnings > 0)
        printf(", %zu warning%s", warnings, warnings == 1 ? "" : "s");
    putchar('\n');
}

void findings_print_json(const struct findings *findings, const struct checked *checked)
{
    fputs("{\"file\":", stdout);
    json_put_string(checked->file);
    fputs(",\"member\":", stdout);
    if (checked->member)
        json_put_string(checked->member);
    else
        fputs("null", stdout);
    printf(",\"valid\":%s,\"findings\":[", findings->errors ? "false" : "true");
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];

        printf("%s{\"level\":\"%s\",\"name\":\"%s\",\"offset\":", i > 0 ? "," : "",
               level_name(finding->level), finding->name);
        if (finding->offset == MMVIEW_NO_OFFSET)
            fputs("null", stdout);
        else
            printf("%" PRIu64, finding->offset);
        fputs(",\"message\":", stdout);
        json_put_string(finding->message);
        putchar('}');
    }
    puts("]}");
}

void findings_clear(struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        free(findings->items[i].message);
    free(findings->items);
    *findings = (struct findings){.count = 0};
}
