/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* mmview_write_text() with any options, of any view of any array. The first byte is the
 * form, the second the flags; four options of two bytes each follow, then the length of
 * an index expression in one byte, the expression, and a .npy file. */
#include <stdbool.h>

#include "look.h"

/* Larger arrays are as these, and take long. */
#define MOST_ITEMS 5000
#define FORMS      (MMVIEW_TEXT_JSONL + 1)
#define HEAD       11

struct text {
    char *bytes;
    size_t length, room, most;
};

/* Keeps what comes, and ends the writing once that is more than wanted. */
static int keep(void *context, const char *bytes, size_t length)
{
    struct text *text = context;

    EXPECT(length > 0);
    if (text->length + length > text->room) {
        text->room = 2 * (text->length + length);
        text->bytes = realloc(text->bytes, text->room);
        EXPECT(text->bytes);
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    return text->length > text->most;
}

static void look_at_utf8(const struct text *text)
{
    size_t i = 0;

    while (i < text->length) {
        unsigned char first = (unsigned char)text->bytes[i];
        size_t more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;

        EXPECT(first < 0x80 || (first >= 0xc2 && first <= 0xf4));
        EXPECT(more < text->length - i);
        for (size_t k = 1; k <= more; k++)
            EXPECT((text->bytes[i + k] & 0xc0) == 0x80);
        i += more + 1;
    }
}

/* Brackets that match, strings that end and hold no control characters, and else only
 * what numbers, true, false and null are made of. */
static void look_at_json(const struct text *text, bool a_value_a_line)
{
    char *open = malloc(text->length + 1);
    size_t depth = 0, values = 0, lines = 0;
    bool quoted = false;

    EXPECT(open);
    for (size_t i = 0; i < text->length; i++) {
        char c = text->bytes[i];

        if (quoted) {
            EXPECT((unsigned char)c >= ' ');
            if (c == '\\')
                i++;
            quoted = c != '"';
            continue;
        }
        EXPECT(c != '\0' && strchr("[]{}\",:0123456789.+-eEtrufalsn \n", c));
        values += depth == 0 && c != '\n' && c != ' ';
        quoted = c == '"';
        if (c == '[' || c == '{')
            open[depth++] = c;
        if (c == ']' || c == '}')
            EXPECT(depth > 0 && open[--depth] == (c == ']' ? '[' : '{'));
        if (c == '\n') {
            EXPECT(depth == 0 && values > 0);
            values = 0;
            lines++;
        }
    }
    EXPECT(!quoted && depth == 0 && (a_value_a_line || lines == 1));
    free(open);
}

static size_t count_of(const struct text *text, char wanted)
{
    size_t count = 0;

    for (size_t i = 0; i < text->length; i++)
        count += text->bytes[i] == wanted;
    return count;
}

static void look_at_form(const struct mmview_array *array, int form, const struct text *text)
{
    const struct mmview_dtype *dtype = mmview_array_dtype(array);

    /* Tables have bytes as they are. */
    if (form != MMVIEW_TEXT_CSV && form != MMVIEW_TEXT_TSV)
        look_at_utf8(text);
    switch (form) {
    case MMVIEW_TEXT_LINES:
        if (strchr("biufcmM", mmview_dtype_kind(dtype)))
            EXPECT(count_of(text, '\n') == (size_t)mmview_array_size(array));
        break;
    case MMVIEW_TEXT_CSV: EXPECT(count_of(text, '"') % 2 == 0); break;
    case MMVIEW_TEXT_JSON:
    case MMVIEW_TEXT_JSONL: look_at_json(text, form == MMVIEW_TEXT_JSONL); break;
    default: break;
    }
}

static void look(const struct mmview_array *array, const struct mmview_text_options *options)
{
    struct text whole = {NULL, 0, 0, SIZE_MAX}, part = {NULL, 0, 0, 0};
    struct mmview_error err = MMVIEW_ERROR_INIT;
    int rc = mmview_write_text(array, options, keep, &whole, &err);

    if (rc < 0) {
        expect_error(rc, &err);
        EXPECT(rc != MMVIEW_ECANCELED);
    } else {
        look_at_form(array, options->form, &whole);
        /* Ended in the midst it is a beginning of the same. */
        part.most = whole.length / 2;
        rc = mmview_write_text(array, options, keep, &part, NULL);
        EXPECT(rc == (part.length > part.most ? MMVIEW_ECANCELED : MMVIEW_OK));
        EXPECT(part.length <= whole.length && (part.length > part.most || whole.length == 0));
        EXPECT(part.length == 0 || memcmp(part.bytes, whole.bytes, part.length) == 0);
    }
    free(part.bytes);
    free(whole.bytes);
}

static mmview_intp option(const uint8_t *data)
{
    return (int16_t)(data[0] | data[1] << 8);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mmview_text_options options = MMVIEW_TEXT_OPTIONS_INIT;
    struct mmview_array *array = NULL, *view = NULL;
    size_t start;
    uint8_t *file;

    if (size < HEAD || size - HEAD < data[HEAD - 1])
        return 0;
    options.form = data[0] % FORMS;
    options.flags = data[1];
    options.threshold = option(data + 2);
    options.edgeitems = option(data + 4);
    options.linewidth = option(data + 6);
    options.precision = option(data + 8);
    start = HEAD + (size_t)data[HEAD - 1];
    file = malloc(size - start + 1);
    EXPECT(file);
    memcpy(file, data + start, size - start);
    if (mmview_from_memory(file, size - start, NULL, &array, NULL) == MMVIEW_OK &&
        mmview_view_select(array, (const char *)data + HEAD, data[HEAD - 1], &view, NULL) ==
            MMVIEW_OK &&
        (double)mmview_array_size(view) * count_items(mmview_array_dtype(view)) <= MOST_ITEMS)
        look(view, &options);
    mmview_array_unref(view);
    mmview_array_unref(array);
    free(file);
    return 0;
}
