/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* NumPy's array interface: __array_struct__ and __array_interface__. */
#include <mmview/export.h>

#include <stddef.h>

#include <mmview/dtype.h>

#include "array/array.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "format/number_type.h"

/* A capsule has the address of the struct and nothing else, so what it holds
 * comes behind. */
struct holder {
    struct mmview_array_interface interface;
    struct mmview_array *owner;
};

/* NumPy's, where pointers have 64 bits. */
#define AT(member, place) (offsetof(struct mmview_array_interface, member) == (place))
_Static_assert(sizeof(void *) != 8 ||
                   (sizeof(struct mmview_array_interface) == 56 && AT(two, 0) && AT(nd, 4) &&
                    AT(typekind, 8) && AT(itemsize, 12) && AT(flags, 16) && AT(shape, 24) &&
                    AT(strides, 32) && AT(data, 40) && AT(descr, 48)),
               "struct mmview_array_interface is PyArrayInterface");
#undef AT

static bool is_swapped(const struct mmview_dtype *dtype)
{
    char order = mmview_dtype_byteorder(dtype);

    return order == '<' || order == '>';
}

int mmview_export_array_interface(struct mmview_array *array, struct mmview_array_interface **out,
                                  struct mmview_error *err)
{
    const struct mmview_dtype *dtype = array->dtype;
    int flags = array->flags & ~(MMVIEW_OWNDATA | MMVIEW_WRITEBACKIFCOPY);
    int status = mmv_dtype_check_meaning(dtype, err);
    struct holder *holder;

    if (status < 0)
        return status;
    holder = mmv_alloc(sizeof *holder);
    if (!holder)
        return mmv_fail_nomem(err);
    if (!is_swapped(dtype))
        flags |= MMVIEW_INTERFACE_NOTSWAPPED;
    holder->owner = mmview_array_ref(array);
    holder->interface = (struct mmview_array_interface){
        .two = 2,
        .nd = array->ndim,
        .typekind = mmview_dtype_kind(dtype),
        .itemsize = (int)array->itemsize,
        .flags = flags,
        .shape = array->ndim ? array->dims : NULL,
        .strides = array->ndim ? array->dims + array->ndim : NULL,
        .data = array->data,
    };
    *out = &holder->interface;
    return MMVIEW_OK;
}

void mmview_export_array_interface_release(struct mmview_array_interface *interface)
{
    struct holder *holder = (struct holder *)interface;

    if (!holder)
        return;
    mmview_array_unref(holder->owner);
    mmv_free(holder);
}

static void put_dims(struct mmv_strbuf *buf, const mmview_intp *dims, int ndim)
{
    mmv_strbuf_char(buf, '[');
    for (int i = 0; i < ndim; i++) {
        if (i)
            mmv_strbuf_char(buf, ',');
        mmv_strbuf_int(buf, dims[i]);
    }
    mmv_strbuf_char(buf, ']');
}

/* What one of the dtype's own printers says, in place. */
static void put_printed(struct mmv_strbuf *buf, const struct mmview_dtype *dtype,
                        size_t (*print)(const struct mmview_dtype *, char *, size_t))
{
    size_t room = buf->length < buf->size ? buf->size - buf->length : 0;

    buf->length += print(dtype, room ? buf->data + buf->length : NULL, room);
}

size_t mmview_export_array_interface_json(const struct mmview_array *array, char *buffer,
                                          size_t size)
{
    struct mmv_strbuf buf = mmv_strbuf_init(buffer, size);
    bool is_struct = mmview_dtype_isstruct(array->dtype);

    mmv_strbuf_str(&buf, "{\"data\":[");
    /* Addresses that user space has fit an int64_t. */
    mmv_strbuf_int(&buf, (int64_t)(uintptr_t)array->data);
    mmv_strbuf_str(&buf, array->flags & MMVIEW_WRITEABLE ? ",false]" : ",true]");
    mmv_strbuf_str(&buf, ",\"strides\":");
    if (array->flags & MMVIEW_C_CONTIGUOUS)
        mmv_strbuf_str(&buf, "null");
    else
        put_dims(&buf, array->dims + array->ndim, array->ndim);
    mmv_strbuf_str(&buf, is_struct ? ",\"descr\":" : ",\"descr\":[[\"\",");
    put_printed(&buf, array->dtype, mmview_dtype_descr_json);
    mmv_strbuf_str(&buf, is_struct ? ",\"typestr\":\"" : "]],\"typestr\":\"");
    put_printed(&buf, array->dtype, mmview_dtype_typestr);
    mmv_strbuf_str(&buf, "\",\"shape\":");
    put_dims(&buf, array->dims, array->ndim);
    mmv_strbuf_str(&buf, ",\"version\":3}");
    return mmv_strbuf_end(&buf);
}
