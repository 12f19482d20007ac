/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "field.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "c_type.h"
#include "compose.h"
#include "report.h"

const struct field field_table[FIELD_COUNT] = {
    [FIELD_FILE] = {"file", FIELD_FILE, 0},
    [FIELD_MEMBER] = {"member", FIELD_MEMBER, 0},
    [FIELD_FORMAT] = {"format", FIELD_FORMAT, 0},
    [FIELD_VERSION] = {"version", FIELD_VERSION, 0},
    [FIELD_HEADER_LENGTH] = {"header_length", FIELD_HEADER_LENGTH, 0},
    [FIELD_DATA_OFFSET] = {"data_offset", FIELD_DATA_OFFSET, 0},
    [FIELD_DESCR] = {"descr", FIELD_DESCR, 0},
    [FIELD_TYPESTR] = {"typestr", FIELD_TYPESTR, 0},
    [FIELD_DTYPE] = {"dtype", FIELD_DTYPE, 0},
    [FIELD_ITEMSIZE] = {"itemsize", FIELD_ITEMSIZE, 0},
    [FIELD_ALIGNMENT] = {"alignment", FIELD_ALIGNMENT, 0},
    [FIELD_BYTEORDER] = {"byteorder", FIELD_BYTEORDER, 0},
    [FIELD_NATIVE] = {"native", FIELD_NATIVE, 0},
    [FIELD_CTYPE] = {"ctype", FIELD_CTYPE, 0},
    [FIELD_KIND] = {"kind", FIELD_KIND, 0},
    [FIELD_NDIM] = {"ndim", FIELD_NDIM, 0},
    [FIELD_SHAPE] = {"shape", FIELD_SHAPE, 0},
    [FIELD_STRIDES] = {"strides", FIELD_STRIDES, 0},
    [FIELD_ORDER] = {"order", FIELD_ORDER, 0},
    [FIELD_SIZE] = {"size", FIELD_SIZE, 0},
    [FIELD_NBYTES] = {"nbytes", FIELD_NBYTES, 0},
    [FIELD_OFFSET] = {"offset", FIELD_OFFSET, 0},
    [FIELD_ADDRESS] = {"address", FIELD_ADDRESS, 0},
    [FIELD_MODE] = {"mode", FIELD_MODE, 0},
    [FIELD_FLAGS] = {"flags", FIELD_FLAGS, 0},
    [FIELD_FLAGS_NUM] = {"flags_num", FIELD_FLAGS_NUM, 0},
    [FIELD_FILE_SIZE] = {"file_size", FIELD_FILE_SIZE, 0},
    [FIELD_TRAILING_BYTES] = {"trailing_bytes", FIELD_TRAILING_BYTES, 0},
};

const struct field field_flags[] = {
    {"C_CONTIGUOUS", FIELD_FLAG, MMVIEW_C_CONTIGUOUS},
    {"F_CONTIGUOUS", FIELD_FLAG, MMVIEW_F_CONTIGUOUS},
    {"OWNDATA", FIELD_FLAG, MMVIEW_OWNDATA},
    {"WRITEABLE", FIELD_FLAG, MMVIEW_WRITEABLE},
    {"ALIGNED", FIELD_FLAG, MMVIEW_ALIGNED},
    {"WRITEBACKIFCOPY", FIELD_FLAG, MMVIEW_WRITEBACKIFCOPY},
    {NULL, FIELD_FLAG, 0},
};

const char field_help[] =
    "Fields, which are also the keys of --json and, as MMVIEW_NAME, the variables of\n"
    "--sh: file member format version header_length data_offset descr typestr dtype\n"
    "itemsize alignment byteorder native ctype kind ndim shape strides order size\n"
    "nbytes offset address mode flags flags_num file_size trailing_bytes, and each\n"
    "flag: C_CONTIGUOUS F_CONTIGUOUS OWNDATA WRITEABLE ALIGNED WRITEBACKIFCOPY.\n"
    "In -f and --sh yes is 1 and no 0, what there is not is empty, a shape is '3 4',\n"
    "and descr is as in the header, quotes included.\n";

static bool is_key(const struct field *field, const char *name, size_t length)
{
    return strlen(field->key) == length && memcmp(field->key, name, length) == 0;
}

const struct field *field_find(const char *name, size_t length)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (is_key(&field_table[i], name, length))
            return &field_table[i];
    for (const struct field *flag = field_flags; flag->key; flag++)
        if (is_key(flag, name, length))
            return flag;
    return NULL;
}

char *dtype_text(size_t (*print)(const struct mmview_dtype *, char *, size_t),
                 const struct mmview_dtype *dtype)
{
    size_t size = print(dtype, NULL, 0) + 1;
    char *text = malloc(size);

    /* No dtype has an empty text: 0 bytes are the printer's want of memory. */
    if (!text || size == 1 || print(dtype, text, size) == 0)
        report_nomem();
    return text;
}

char *item_text(const struct mmview_dtype *dtype, const void *item)
{
    size_t length = mmview_item_text(dtype, item, MMVIEW_ITEM_REPR, NULL, 0);
    char *text = length == MMVIEW_NO_TEXT ? NULL : malloc(length + 1);

    /* The memory of the first call may not be there for the second. */
    if (!text ||
        mmview_item_text(dtype, item, MMVIEW_ITEM_REPR, text, length + 1) == MMVIEW_NO_TEXT)
        report_nomem();
    return text;
}

const char *mode_text(int mode)
{
    return mode == MMVIEW_MODE_C ? "c" : "r";
}

const char *order_text(enum mmview_order order)
{
    return order == MMVIEW_ORDER_F ? "F" : "C";
}

static void set_text(struct value *value, const char *text)
{
    value->type = VALUE_TEXT;
    value->text = text;
}

static void set_owned(struct value *value, enum value_type type, char *text)
{
    value->type = type;
    value->text = value->owned = text;
}

static void set_char(struct value *value, char c)
{
    value->buffer[0] = c;
    set_text(value, value->buffer);
}

static void set_number(struct value *value, uint64_t number)
{
    value->type = VALUE_NUMBER;
    value->number = number;
}

static void set_bool(struct value *value, bool yes)
{
    value->type = VALUE_BOOL;
    value->number = yes;
}

static void set_list(struct value *value, const mmview_intp *list, int count)
{
    value->type = VALUE_LIST;
    value->list = list;
    value->count = count;
}

static void set_version(struct value *value, int version)
{
    if (version == 0)
        return;
    snprintf(value->buffer, sizeof value->buffer, "%d.%d", version >> 8, version & 0xff);
    set_text(value, value->buffer);
}

static void get_dtype_value(enum field_id id, const struct mmview_dtype *dtype, bool json,
                            struct value *value)
{
    switch (id) {
    case FIELD_DESCR:
        if (json)
            set_owned(value, VALUE_JSON, dtype_text(mmview_dtype_descr_json, dtype));
        else
            set_owned(value, VALUE_TEXT, dtype_text(mmview_dtype_descr, dtype));
        break;
    case FIELD_TYPESTR:
        set_owned(value, VALUE_TEXT, dtype_text(mmview_dtype_typestr, dtype));
        break;
    case FIELD_DTYPE: set_owned(value, VALUE_TEXT, dtype_text(mmview_dtype_name, dtype)); break;
    case FIELD_ALIGNMENT: set_number(value, (uint64_t)mmview_dtype_alignment(dtype)); break;
    case FIELD_BYTEORDER: set_char(value, mmview_dtype_byteorder(dtype)); break;
    case FIELD_NATIVE: set_bool(value, mmview_dtype_isnative(dtype)); break;
    case FIELD_CTYPE: set_owned(value, VALUE_TEXT, c_type_text(dtype)); break;
    case FIELD_KIND: set_char(value, mmview_dtype_kind(dtype)); break;
    default: break;
    }
}

void field_get(const struct field *field, const struct target *target, bool json,
               struct value *value)
{
    const struct mmview_array *a = target->array;

    memset(value, 0, sizeof *value);
    switch (field->id) {
    case FIELD_FILE: set_text(value, target->file); break;
    case FIELD_MEMBER:
        if (target->member)
            set_text(value, target->member);
        break;
    case FIELD_FORMAT:
        set_text(value, mmview_array_format(a) == MMVIEW_FORMAT_NPY ? "npy" : "raw");
        break;
    case FIELD_VERSION: set_version(value, mmview_array_version(a)); break;
    case FIELD_HEADER_LENGTH: set_number(value, mmview_array_header_length(a)); break;
    case FIELD_DATA_OFFSET:
        if (!target->deflated)
            set_number(value, mmview_array_data_offset(a));
        break;
    case FIELD_ITEMSIZE: set_number(value, (uint64_t)mmview_array_itemsize(a)); break;
    case FIELD_NDIM: set_number(value, (uint64_t)mmview_array_ndim(a)); break;
    case FIELD_SHAPE: set_list(value, mmview_array_shape(a), mmview_array_ndim(a)); break;
    case FIELD_STRIDES: set_list(value, mmview_array_strides(a), mmview_array_ndim(a)); break;
    case FIELD_ORDER: set_text(value, order_text(mmview_array_order(a))); break;
    case FIELD_SIZE: set_number(value, (uint64_t)mmview_array_size(a)); break;
    case FIELD_NBYTES: set_number(value, (uint64_t)mmview_array_nbytes(a)); break;
    case FIELD_OFFSET:
        if (!target->deflated)
            set_number(value, mmview_array_offset(a));
        break;
    case FIELD_ADDRESS:
        if (target->absent)
            break;
        snprintf(value->buffer, sizeof value->buffer, "0x%" PRIxPTR,
                 (uintptr_t)mmview_array_data(a));
        set_text(value, value->buffer);
        break;
    case FIELD_ADDRESS_DECIMAL: set_number(value, (uintptr_t)mmview_array_data(a)); break;
    case FIELD_PID: set_number(value, (uint64_t)getpid()); break;
    case FIELD_MODE: set_text(value, mode_text(target->mode)); break;
    case FIELD_FLAGS:
        value->type = VALUE_FLAGS;
        value->number = (uint64_t)mmview_array_flags(a);
        break;
    case FIELD_FLAG: set_bool(value, mmview_array_flags(a) & field->flag); break;
    case FIELD_FLAGS_NUM: set_number(value, (uint64_t)mmview_array_flags(a)); break;
    case FIELD_FILE_SIZE: set_number(value, mmview_array_file_size(a)); break;
    case FIELD_TRAILING_BYTES: set_number(value, mmview_array_trailing_bytes(a)); break;
    default: get_dtype_value(field->id, mmview_array_dtype(a), json, value); break;
    }
}

void value_clear(struct value *value)
{
    free(value->owned);
    value->owned = NULL;
}

static void print_flags(FILE *out, uint64_t flags)
{
    const char *gap = "";

    for (const struct field *flag = field_flags; flag->key; flag++)
        if (flags & (uint64_t)flag->flag) {
            fprintf(out, "%s%s", gap, flag->key);
            gap = " ";
        }
}

void value_print(FILE *out, const struct value *value)
{
    switch (value->type) {
    case VALUE_NULL: break;
    case VALUE_TEXT:
    case VALUE_JSON: fputs(value->text, out); break;
    case VALUE_NUMBER:
    case VALUE_BOOL: fprintf(out, "%" PRIu64, value->number); break;
    case VALUE_LIST:
        for (int i = 0; i < value->count; i++)
            fprintf(out, i ? " %" PRIdPTR : "%" PRIdPTR, value->list[i]);
        break;
    case VALUE_FLAGS: print_flags(out, value->number); break;
    }
}

char *field_text(const struct field *field, const struct target *target)
{
    struct value value;
    struct composition composition;
    FILE *out = compose_begin(&composition);

    field_get(field, target, false, &value);
    value_print(out, &value);
    value_clear(&value);
    return compose_end(&composition);
}
