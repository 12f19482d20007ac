/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "options.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "report.h"

/* getopt_long() tells an unknown option, an ambiguous one and one with an
 * argument too many apart in its messages only, which differ between C
 * libraries; so its silence is asked for and the reason is found again. */
static int bad_option(const struct command *command, char **argv, const struct option *table)
{
    const char *word = argv[optind - 1];
    size_t length, matches = 0;

    if (optopt != 0)
        for (const struct option *o = table; o->name; o++)
            if (o->val == optopt)
                return report_usage(command, "option '--%s' takes no argument", o->name);
    if (optopt != 0 && optopt < 256)
        return report_usage(command, "unknown option '-%c'", optopt);

    length = strcspn(word + 2, "=");
    for (const struct option *o = table; o->name; o++)
        matches += strncmp(o->name, word + 2, length) == 0;
    return report_usage(command, "%s option '--%.*s'", matches > 1 ? "ambiguous" : "unknown",
                        (int)length, word + 2);
}

static int missing_argument(const struct command *command, const struct option *table)
{
    for (const struct option *o = table; o->name; o++)
        if (o->val == optopt && optopt >= 256)
            return report_usage(command, "option '--%s' needs an argument", o->name);
    return report_usage(command, "option '-%c' needs an argument", optopt);
}

/* -/MEMBER is a FILE, of the archive on standard input. Since getopt_long() would take it
 * for options, it is shown these words with another first character. */
#define STAND_IN '\001'

static void hide_members(int argc, char **argv)
{
    static bool hidden;

    for (int i = optind; i < argc && !hidden && strcmp(argv[i], "--") != 0; i++)
        if (strncmp(argv[i], "-/", 2) == 0)
            argv[i][0] = STAND_IN;
    hidden = true;
}

static void uncover(char *word)
{
    if (word[0] == STAND_IN && word[1] == '/')
        word[0] = '-';
}

int options_next(const struct command *command, int argc, char **argv, const char *letters,
                 const struct option *table, int *status)
{
    int option;

    hide_members(argc, argv);
    opterr = 0;
    optarg = NULL;
    option = getopt_long(argc, argv, letters, table, NULL);
    if (optarg)
        uncover(optarg);
    switch (option) {
    case -1:
        for (int i = optind; i < argc; i++)
            uncover(argv[i]);
        return OPTIONS_DONE;
    case 'h':
        command_help(command);
        *status = STATUS_FINE;
        return OPTIONS_STOP;
    case OPT_VERSION:
        command_version();
        *status = STATUS_FINE;
        return OPTIONS_STOP;
    case ':': *status = missing_argument(command, table); return OPTIONS_STOP;
    case '?': *status = bad_option(command, argv, table); return OPTIONS_STOP;
    default: return option;
    }
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 16;
}

/* Reads the digits that *text starts with and moves it past them. */
static bool take_number(const char **text, uint64_t *number)
{
    const char *p = *text;
    int base = 10;
    uint64_t n = 0;

    if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X')) {
        base = 16;
        p += 2;
    }
    if (digit_value(*p) >= base)
        return false;
    for (; digit_value(*p) < base; p++)
        if (__builtin_mul_overflow(n, (uint64_t)base, &n) ||
            __builtin_add_overflow(n, (uint64_t)digit_value(*p), &n))
            return false;
    *text = p;
    *number = n;
    return true;
}

bool options_number(const char *text, uint64_t *number)
{
    uint64_t n;

    if (!take_number(&text, &n) || *text != '\0')
        return false;
    *number = n;
    return true;
}

static const char *skip_blanks(const char *p)
{
    while (*p == ' ' || *p == '\t')
        p++;
    return p;
}

/* Reads the length that *text starts with and moves it past that. False: there is
 * none, or it does not fit. */
static bool take_length(const char **text, mmview_intp *length, int how)
{
    uint64_t n;

    if (how == SHAPE_MAY_BE_ANY && **text == '*') {
        *length = -1;
        ++*text;
        return true;
    }
    if (!take_number(text, &n) || n > INTPTR_MAX)
        return false;
    *length = (mmview_intp)n;
    return true;
}

int options_shape(const char *text, mmview_intp shape[MMVIEW_MAXDIMS], int how)
{
    const char *p = skip_blanks(text);
    bool bracket = *p == '(';
    int ndim = 0;

    if (bracket)
        p = skip_blanks(p + 1);
    while (isdigit((unsigned char)*p) || *p == '*') {
        if (ndim == MMVIEW_MAXDIMS || !take_length(&p, &shape[ndim], how))
            return -1;
        ndim++;
        p = skip_blanks(p);
        if (*p != ',')
            break;
        p = skip_blanks(p + 1);
    }
    if (bracket && *p == ')')
        p = skip_blanks(p + 1);
    else if (bracket || ndim == 0)
        return -1;
    return *p == '\0' ? ndim : -1;
}

int options_dtype(const struct command *command, const char *option, const char *text,
                  struct mmview_dtype **dtype)
{
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_dtype *parsed;

    if (mmview_dtype_parse(text, SIZE_MAX, 0, &parsed, &err) < 0)
        return report_usage(command, "%s '%s': %s", option, text, err.message);
    mmview_dtype_unref(*dtype);
    *dtype = parsed;
    return STATUS_FINE;
}

int options_order(const struct command *command, const char *option, const char *text, int *order)
{
    if (strcasecmp(text, "C") == 0)
        *order = MMVIEW_ORDER_C;
    else if (strcasecmp(text, "F") == 0)
        *order = MMVIEW_ORDER_F;
    else
        return report_usage(command, "%s '%s': not an order, which is C or F", option, text);
    return STATUS_FINE;
}

int options_byteorder(const struct command *command, const char *option, const char *text,
                      char *order)
{
    static const struct {
        const char *name;
        char order;
    } orders[] = {{"little", '<'}, {"big", '>'}, {"native", '='}, {"swap", 'S'}};

    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (strcmp(text, orders[i].name) == 0) {
            *order = orders[i].order;
            return STATUS_FINE;
        }
    return report_usage(command, "%s '%s': not an order, which is little, big, native or swap",
                        option, text);
}
