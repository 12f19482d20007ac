/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* The buffer protocol: what NumPy says in Py_buffer.format and .strides. */
#include <mmview/export.h>

#include <string.h>

#include <mmview/dtype.h>

#include "array/array.h"
#include "base/error.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "format/number_type.h"

struct printer {
    struct mmv_strbuf buf;
    const struct mmview_array *array;
    char order;     /* '@', '^', '=', '<' or '>': what holds until the next one */
    mmview_intp at; /* bytes of the item that have been told of */
    struct mmview_error *err;
};

static void put_fill(struct printer *p, char c, mmview_intp count)
{
    struct mmv_strbuf *buf = &p->buf;
    size_t room = buf->length < buf->size ? buf->size - buf->length : 0;

    if (room)
        memset(buf->data + buf->length, c, (size_t)count < room ? (size_t)count : room);
    buf->length += (size_t)count;
}

/* NumPy's answer to whether a type is at its natural place in every item. It
 * asks the flags for a plain array, and this for what is inside a struct. */
static bool is_aligned_inside(const struct printer *p, const struct mmview_dtype *dtype)
{
    const struct mmview_array *array = p->array;
    const mmview_intp *strides = array->dims + array->ndim;
    mmview_intp alignment = mmview_dtype_alignment(dtype);

    if ((uintptr_t)array->data % (uintptr_t)alignment || p->at % alignment)
        return false;
    for (int i = 0; i < array->ndim; i++)
        if (array->dims[i] > 1 && strides[i] % alignment)
            return false;
    return true;
}

static void put_order(struct printer *p, char order)
{
    if (p->order != order)
        mmv_strbuf_char(&p->buf, order);
    p->order = order;
}

/* Says the byte order of a type and whether its size is the machine's or the
 * standard one, if that is news. *standard: it is the standard one. */
static int put_state(struct printer *p, const struct mmview_dtype *dtype, bool *standard)
{
    char order = mmview_dtype_byteorder(dtype), type = mmview_dtype_char(dtype);
    bool machines_only = type == 'g' || type == 'G';
    bool aligned =
        dtype == p->array->dtype ? p->array->flags & MMVIEW_ALIGNED : is_aligned_inside(p, dtype);

    *standard = false;
    if (order == '|')
        return MMVIEW_OK;
    if (order == '=' && (aligned || machines_only)) {
        put_order(p, aligned ? '@' : '^');
        return MMVIEW_OK;
    }
    *standard = true;
    put_order(p, order);
    if (machines_only)
        return mmv_fail(p->err, MMVIEW_EBYTEORDER,
                        "cannot expose native-only dtype '%c' in non-native byte order '%c' via "
                        "buffer interface",
                        type, order);
    return MMVIEW_OK;
}

static void put_counted(struct printer *p, mmview_intp count, char code)
{
    mmv_strbuf_int(&p->buf, count);
    mmv_strbuf_char(&p->buf, code);
}

static int put_scalar(struct printer *p, const struct mmview_dtype *dtype)
{
    mmview_intp itemsize = mmview_dtype_itemsize(dtype);
    char type = mmview_dtype_char(dtype);
    bool standard;
    int status = mmv_dtype_check_meaning(dtype, p->err);

    if (status < 0)
        return status;
    status = put_state(p, dtype, &standard);
    if (status < 0)
        return status;
    p->at += itemsize;
    switch (type) {
    case 'F': mmv_strbuf_str(&p->buf, "Zf"); break;
    case 'D': mmv_strbuf_str(&p->buf, "Zd"); break;
    case 'G': mmv_strbuf_str(&p->buf, "Zg"); break;
    case 'S':
    case 'c': put_counted(p, itemsize, 's'); break;
    case 'U': put_counted(p, itemsize / 4, 'w'); break;
    case 'V': put_counted(p, itemsize, 'x'); break;
    case 'M':
    case 'm':
    case 'O': return mmv_fail(p->err, MMVIEW_ETYPE, "cannot include dtype '%c' in a buffer", type);
    /* A standard long has 4 bytes, wherever. */
    case 'l': mmv_strbuf_char(&p->buf, standard && itemsize == 8 ? 'q' : 'l'); break;
    case 'L': mmv_strbuf_char(&p->buf, standard && itemsize == 8 ? 'Q' : 'L'); break;
    default: mmv_strbuf_char(&p->buf, type); break;
    }
    return MMVIEW_OK;
}

static int put_name(struct printer *p, const char *name, size_t length)
{
    size_t bad;

    if (mmv_utf8_count(name, length, &bad) == SIZE_MAX)
        return mmv_fail(p->err, MMVIEW_ETYPE,
                        "invalid field name: there is half a character in it");
    if (memchr(name, ':', length))
        return mmv_fail(p->err, MMVIEW_ETYPE,
                        "':' is not an allowed character in buffer field names");
    if (memchr(name, '\0', length)) /* where NumPy's ends, half told */
        return mmv_fail(p->err, MMVIEW_ETYPE,
                        "a NUL is not an allowed character in buffer field names");
    mmv_strbuf_char(&p->buf, ':');
    mmv_strbuf_mem(&p->buf, name, length);
    mmv_strbuf_char(&p->buf, ':');
    return MMVIEW_OK;
}

static int put_type(struct printer *p, const struct mmview_dtype *dtype);

static int put_struct(struct printer *p, const struct mmview_dtype *dtype)
{
    mmview_intp start = p->at;

    mmv_strbuf_str(&p->buf, "T{");
    for (size_t i = 0; i < mmview_dtype_field_count(dtype); i++) {
        mmview_intp offset = start + mmview_dtype_field_offset(dtype, i);
        const char *name;
        size_t length;
        int status;

        if (p->at > offset)
            return mmv_fail(p->err, MMVIEW_ETYPE,
                            "dtypes with overlapping or out-of-order fields are not representable "
                            "as buffers");
        put_fill(p, 'x', offset - p->at);
        p->at = offset;
        status = put_type(p, mmview_dtype_field_dtype(dtype, i));
        if (status < 0)
            return status;
        name = mmview_dtype_field_name(dtype, i, &length);
        status = put_name(p, name, length);
        if (status < 0)
            return status;
    }
    mmv_strbuf_char(&p->buf, '}');
    return MMVIEW_OK;
}

static int put_subarray(struct printer *p, const struct mmview_dtype *dtype)
{
    const struct mmview_dtype *base = mmview_dtype_base(dtype);
    mmview_intp base_size = mmview_dtype_itemsize(base), start = p->at;
    int status;

    for (int i = 0; i < mmview_dtype_ndim(dtype); i++) {
        mmv_strbuf_char(&p->buf, i ? ',' : '(');
        mmv_strbuf_int(&p->buf, mmview_dtype_shape(dtype)[i]);
    }
    mmv_strbuf_char(&p->buf, ')');
    status = put_type(p, base);
    if (status < 0)
        return status;
    /* As far again for each item, of which the sizes tell how many. */
    if (base_size)
        p->at = start + (p->at - start) * (mmview_dtype_itemsize(dtype) / base_size);
    return MMVIEW_OK;
}

static int put_type(struct printer *p, const struct mmview_dtype *dtype)
{
    if (mmview_dtype_base(dtype))
        return put_subarray(p, dtype);
    if (mmview_dtype_isstruct(dtype))
        return put_struct(p, dtype);
    return put_scalar(p, dtype);
}

mmview_intp mmview_export_buffer_format(const struct mmview_array *array, char *buffer, size_t size,
                                        struct mmview_error *err)
{
    struct printer dry = {.array = array, .order = '@', .err = err}, wet = dry;
    int status = put_type(&dry, array->dtype);

    /* Nothing is written before it is known that all of it can be. */
    if (status < 0)
        return status;
    wet.buf = mmv_strbuf_init(buffer, size);
    put_type(&wet, array->dtype);
    return (mmview_intp)mmv_strbuf_end(&wet.buf);
}

void mmview_export_buffer_strides(const struct mmview_array *array, mmview_intp *strides)
{
    int ndim = array->ndim;
    bool c = array->flags & MMVIEW_C_CONTIGUOUS;
    mmview_intp step = array->itemsize; /* and times all lengths it fits */

    if (!c && !(array->flags & MMVIEW_F_CONTIGUOUS)) {
        memcpy(strides, array->dims + ndim, (size_t)ndim * sizeof *strides);
        return;
    }
    for (int k = 0; k < ndim; k++) {
        int i = c ? ndim - 1 - k : k;

        strides[i] = step;
        step *= array->dims[i];
    }
}
