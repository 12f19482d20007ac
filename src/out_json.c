/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <stdio.h>
#include <string.h>

#include "output.h"
#include "text.h"

void json_put_string(const char *text)
{
    json_put_text(text, strlen(text));
}

void json_put_text(const char *text, size_t length)
{
    size_t i = 0;

    putchar('"');
    while (i < length) {
        uint32_t code;
        size_t n = text_decode(text + i, length - i, &code);

        if (n == 0)
            fputs("\xef\xbf\xbd", stdout); /* U+FFFD: a name of a file may be any bytes */
        else if (code == '"' || code == '\\')
            printf("\\%c", (char)code);
        else if (code == '\n')
            fputs("\\n", stdout);
        else if (code == '\t')
            fputs("\\t", stdout);
        else if (code < 0x20 || (code >= 0x7f && code < 0xa0))
            printf("\\u%04x", (unsigned)code);
        else
            fwrite(text + i, 1, n, stdout);
        i += n ? n : 1;
    }
    putchar('"');
}

static void put_value(const struct value *value, const struct target *target)
{
    switch (value->type) {
    case VALUE_NULL: fputs("null", stdout); break;
    case VALUE_TEXT: json_put_string(value->text); break;
    case VALUE_BOOL: fputs(value->number ? "true" : "false", stdout); break;
    case VALUE_JSON:
    case VALUE_NUMBER: value_print(stdout, value); break;
    case VALUE_LIST:
        putchar('[');
        for (int i = 0; i < value->count; i++)
            printf(i ? ",%jd" : "%jd", (intmax_t)value->list[i]);
        putchar(']');
        break;
    case VALUE_FLAGS:
        putchar('{');
        for (const struct field *flag = field_flags; flag->key; flag++) {
            if (flag != field_flags)
                putchar(',');
            json_put_field(flag, target);
        }
        putchar('}');
        break;
    }
}

void json_put_field(const struct field *field, const struct target *target)
{
    struct value value;

    field_get(field, target, true, &value);
    printf("\"%s\":", field->key);
    put_value(&value, target);
    value_clear(&value);
}

/* JSON Lines: an object an array, a line each. */
void out_json(const struct output *output, const struct target *target)
{
    putchar('{');
    for (size_t i = 0; i < output->field_count; i++) {
        if (i > 0)
            putchar(',');
        json_put_field(output->fields[i], target);
    }
    fputs("}\n", stdout);
}
