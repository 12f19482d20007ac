/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "format/dtype_list.h"

#include <limits.h>
#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/strbuf.h"

static int too_large(const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    return mmv_fail_at(err, origin->status, origin->offset, "%s has more than %d bytes an item",
                       origin->what, INT_MAX);
}

/* Rounds *value up to a multiple of alignment. */
static bool align_up(int *value, int alignment)
{
    int over = *value % alignment;

    return over == 0 || mmv_add_int(*value, alignment - over, value);
}

int mmv_dtype_list_pad(struct mmv_dtype_list *list, int bytes,
                       const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    return mmv_add_int(list->itemsize, bytes, &list->itemsize) ? MMVIEW_OK : too_large(origin, err);
}

int mmv_dtype_list_add(struct mmv_dtype_list *list, const struct mmv_field *field,
                       const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    struct mmv_field *added;

    if (list->count == list->room) {
        size_t room = list->room ? 2 * list->room : 8;
        size_t bytes;
        struct mmv_field *grown = NULL;

        if (mmv_mul_size(room, sizeof *grown, &bytes))
            grown = mmv_realloc(list->fields, bytes);
        if (!grown) {
            mmview_dtype_unref(field->dtype);
            mmv_free(field->title_store);
            return mmv_fail_nomem(err);
        }
        list->fields = grown;
        list->room = room;
    }
    added = &list->fields[list->count++];
    *added = *field;
    if (list->align && !align_up(&list->itemsize, field->dtype->alignment))
        return too_large(origin, err);
    added->offset = list->itemsize;
    if (list->align && field->dtype->alignment > list->alignment)
        list->alignment = field->dtype->alignment;
    return mmv_dtype_list_pad(list, field->dtype->itemsize, origin, err);
}

/* "f" and the field's place. */
struct default_name {
    char text[24];
};

static void name_fields(struct mmv_dtype_list *list, struct default_name *names)
{
    for (size_t i = 0; i < list->count; i++) {
        struct mmv_strbuf buf = mmv_strbuf_init(names[i].text, sizeof names[i].text);

        if (list->fields[i].name.data)
            continue;
        mmv_strbuf_char(&buf, 'f');
        mmv_strbuf_int(&buf, (int64_t)i);
        list->fields[i].name = (struct mmv_text){names[i].text, mmv_strbuf_end(&buf)};
    }
}

int mmv_dtype_list_finish(struct mmv_dtype_list *list, struct mmview_dtype **out,
                          const struct mmv_literal_origin *origin, struct mmview_error *err)
{
    struct default_name *names = NULL;
    size_t bytes, twice = 0;
    int rc;

    if (list->align && !align_up(&list->itemsize, list->alignment)) {
        mmv_dtype_list_clear(list);
        return too_large(origin, err);
    }
    if (mmv_mul_size(list->count, sizeof *names, &bytes))
        names = mmv_alloc(bytes);
    if (!names) {
        mmv_dtype_list_clear(list);
        return mmv_fail_nomem(err);
    }
    name_fields(list, names);
    rc = mmv_dtype_new_struct(list->fields, list->count, list->itemsize, list->alignment,
                              list->align, out, &twice);
    if (rc == MMVIEW_ENOTFOUND) {
        const struct mmv_text *name = &list->fields[twice].name;

        rc = mmv_fail_at(err, origin->status, origin->offset,
                         "%s uses a name or title twice: field %zu, '%.*s'", origin->what, twice,
                         (int)(name->length < 64 ? name->length : 64), name->data);
    } else if (rc < 0) {
        rc = mmv_fail_nomem(err);
    }
    mmv_free(names);
    for (size_t i = 0; i < list->count; i++)
        list->fields[i].dtype = NULL; /* the struct has taken it over */
    mmv_dtype_list_clear(list);
    return rc;
}

void mmv_dtype_list_clear(struct mmv_dtype_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        mmview_dtype_unref(list->fields[i].dtype);
        mmv_free(list->fields[i].title_store);
    }
    mmv_free(list->fields);
    list->fields = NULL;
    list->count = list->room = 0;
}
