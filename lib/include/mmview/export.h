/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview/export.h
 * Arrays for other libraries, without a copy: NumPy's array interface, the
 * buffer protocol's format (PEP 3118), DLPack and Arrow.
 *
 * What is handed out holds a reference to the array, so every other one may go
 * first, and gives it back when the receiver releases it: on any thread, once.
 */
#ifndef MMVIEW_EXPORT_H
#define MMVIEW_EXPORT_H

#include <mmview/error.h>

MMVIEW_BEGIN_DECLS

/* ---- NumPy's array interface ---- */

/** Bits of mmview_array_interface.flags besides those of enum mmview_flags.
 *  Since 0.1. */
enum mmview_array_interface_flags {
    MMVIEW_INTERFACE_NOTSWAPPED = 0x200, /**< this machine's byte order */
    MMVIEW_INTERFACE_HAS_DESCR = 0x800   /**< descr is set */
};

/**
 * NumPy's PyArrayInterface, member for member: what a PyCapsule that is an
 * object's __array_struct__ points to. Since 0.1.
 */
struct mmview_array_interface {
    int two;              /**< 2 */
    int nd;               /**< number of dimensions */
    char typekind;        /**< mmview_dtype_kind() */
    int itemsize;         /**< bytes of one item */
    int flags;            /**< enum mmview_flags, enum mmview_array_interface_flags */
    mmview_intp *shape;   /**< nd long, not to be written to; NULL for 0 dimensions */
    mmview_intp *strides; /**< likewise, in bytes */
    void *data;           /**< the first element */
    void *descr;          /**< NULL; a PyObject * of the caller's, who then sets
                               MMVIEW_INTERFACE_HAS_DESCR */
};

/**
 * The array interface as a struct.
 *
 * typekind and itemsize say all of kinds b, i, u, f, c and S. For U, M, m and
 * structs set descr to a descr (mmview_dtype_descr()) before NumPy sees the
 * struct: without one it takes the itemsize of U for characters and reads four
 * times what is there, and knows neither units nor fields.
 *
 * @param out  the struct, for mmview_export_array_interface_release(). It is
 *             the caller's to write to; nothing else looks at it.
 * @return MMVIEW_OK, MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_export_array_interface(struct mmview_array *array,
                                             struct mmview_array_interface **out,
                                             struct mmview_error *err);

/** Frees the struct and gives its reference back. A descr is not looked at:
 *  release that first. NULL is fine. Since 0.1. */
MMVIEW_API void mmview_export_array_interface_release(struct mmview_array_interface *interface);

/**
 * The array interface as a dict, version 3, in JSON: an object with the keys
 * data ([address, read-only]), strides (null for C-contiguous arrays), descr,
 * typestr, shape and version, in this order. JSON has no tuples: what is one
 * in Python is a list here. The address holds as long as the array, of which
 * this takes no reference.
 *
 * Writes up to @p size bytes, the terminating NUL included, and returns the
 * length of the whole text without the NUL, as snprintf() does; @p buffer may
 * be NULL if @p size is 0. Since 0.1.
 */
MMVIEW_API size_t mmview_export_array_interface_json(const struct mmview_array *array, char *buffer,
                                                     size_t size);

/* ---- The buffer protocol, PEP 3118 ---- */

/**
 * The format of one item, as Py_buffer.format and the struct module have it:
 * "d", ">i", "T{i:a:3s:b:}". It is what NumPy's own buffers say; names are
 * UTF-8, and every byte of a gap between fields is an "x".
 *
 * @param buffer  gets up to @p size bytes, the terminating NUL included; may
 *                be NULL if @p size is 0
 * @return the length of the whole text without the NUL, as snprintf(); or, for
 *         what has no format, MMVIEW_ETYPE: datetimes and timedeltas, fields
 *         that overlap or are not in order, and field names with a colon, a
 *         NUL or a lone surrogate; MMVIEW_EBYTEORDER: long doubles in another
 *         byte order. Since 0.1.
 */
MMVIEW_API mmview_intp mmview_export_buffer_format(const struct mmview_array *array, char *buffer,
                                                   size_t size, struct mmview_error *err);

/**
 * Strides for Py_buffer.strides. They are the array's own, but receivers want
 * those of a contiguous array to be what its shape says, also along axes of
 * length 1 or of an empty array, where any number would do.
 * @param strides  gets mmview_array_ndim() numbers. Since 0.1.
 */
MMVIEW_API void mmview_export_buffer_strides(const struct mmview_array *array,
                                             mmview_intp *strides);

/* ---- DLPack ---- */

/** The version of DLPack that mmview_export_dlpack() says. Since 0.1. */
#define MMVIEW_DLPACK_MAJOR 1
#define MMVIEW_DLPACK_MINOR 0

/** mmview_dlpack_tensor.device_type: kDLCPU, which all of ours have.
 *  Since 0.1. */
#define MMVIEW_DLPACK_CPU 1

/** mmview_dlpack_tensor.code: kDLInt and so on. Since 0.1. */
enum mmview_dlpack_code {
    MMVIEW_DLPACK_INT = 0,
    MMVIEW_DLPACK_UINT = 1,
    MMVIEW_DLPACK_FLOAT = 2,
    MMVIEW_DLPACK_COMPLEX = 5,
    MMVIEW_DLPACK_BOOL = 6
};

/** Bits of mmview_dlpack.flags, and what mmview_export_dlpack() takes.
 *  Since 0.1. */
enum mmview_dlpack_flags {
    MMVIEW_DLPACK_READ_ONLY = 1 /**< DLPACK_FLAG_BITMASK_READ_ONLY */
};

/** DLPack's DLTensor. Since 0.1. */
struct mmview_dlpack_tensor {
    void *data;           /**< the first element; NULL for an empty array */
    int32_t device_type;  /**< MMVIEW_DLPACK_CPU */
    int32_t device_id;    /**< 0 */
    int32_t ndim;         /**< number of dimensions */
    uint8_t code;         /**< enum mmview_dlpack_code */
    uint8_t bits;         /**< bits of one item */
    uint16_t lanes;       /**< 1 */
    int64_t *shape;       /**< ndim long; not NULL */
    int64_t *strides;     /**< in items, ndim long; not NULL */
    uint64_t byte_offset; /**< 0 */
};

/** DLPack's DLManagedTensorVersioned, to which a pointer to this may be cast:
 *  what a PyCapsule "dltensor_versioned" points to. Since 0.1. */
struct mmview_dlpack {
    uint32_t version_major; /**< MMVIEW_DLPACK_MAJOR */
    uint32_t version_minor; /**< MMVIEW_DLPACK_MINOR */
    void *manager_ctx;      /**< the library's */
    void (*deleter)(struct mmview_dlpack *self);
    uint64_t flags; /**< enum mmview_dlpack_flags */
    struct mmview_dlpack_tensor tensor;
};

/** DLManagedTensor, which DLPack had before 1.0: what a PyCapsule "dltensor"
 *  points to. It has no word for read-only. Since 0.1. */
struct mmview_dlpack_legacy {
    struct mmview_dlpack_tensor tensor;
    void *manager_ctx; /**< the library's */
    void (*deleter)(struct mmview_dlpack_legacy *self);
};

/**
 * The array as a DLPack tensor: kinds b, i, u, f and c of up to 64 bits, or
 * twice 64 for c, in this machine's byte order, aligned.
 *
 * @param flags  MMVIEW_DLPACK_READ_ONLY: say so though the array is writeable.
 *               An array that is not is read-only anyhow.
 * @param out    the tensor, to be released by (*out)->deleter(*out), once
 * @return MMVIEW_OK; MMVIEW_ETYPE for what DLPack has no type for;
 *         MMVIEW_EBYTEORDER; MMVIEW_EALIGNMENT; MMVIEW_ENEEDSCOPY for items
 *         that are not a whole number of items apart; MMVIEW_EINVAL for an
 *         unknown flag; MMVIEW_ENOMEM. Since 0.1.
 */
MMVIEW_API int mmview_export_dlpack(struct mmview_array *array, unsigned flags,
                                    struct mmview_dlpack **out, struct mmview_error *err);

/**
 * As mmview_export_dlpack(), for receivers that do not know DLPack 1.0. They
 * may write to what they get, so an array that is not MMVIEW_WRITEABLE is
 * refused. MMVIEW_MODE_C makes one of a file that is only to be read.
 * @return also MMVIEW_EREADONLY. Since 0.1.
 */
MMVIEW_API int mmview_export_dlpack_legacy(struct mmview_array *array,
                                           struct mmview_dlpack_legacy **out,
                                           struct mmview_error *err);

/* ---- The Arrow C data interface ---- */

/* <mmview/arrow.h> has them, or any header of Arrow's. */
struct ArrowSchema;
struct ArrowArray;

/**
 * The array as an Arrow array, whose items are fixed-size lists, one in the
 * other, where the array has more than one dimension. C-contiguous and aligned
 * arrays in this machine's byte order, of kinds i and u, f of up to 64 bits,
 * M and m in s, ms, us or ns, S, and V that is no struct (both as fixed-size
 * binary, of at least a byte). Arrow packs its booleans in bits: ours have
 * bytes, which a view as "u1" shows.
 *
 * There are no nulls: NaT comes as the least integer, which is what it is. A
 * buffer is aligned as its items need it and no further.
 *
 * @param schema  gets the type, to be released by schema->release(schema)
 * @param out     gets the array, likewise; of the two either may go first
 * @return MMVIEW_OK; MMVIEW_EAXIS for 0 dimensions; MMVIEW_ETYPE for what
 *         Arrow has no type for; MMVIEW_EBYTEORDER; MMVIEW_EALIGNMENT;
 *         MMVIEW_ENEEDSCOPY for what is not contiguous; MMVIEW_EOVERFLOW for
 *         an axis but the first that is longer than INT32_MAX; MMVIEW_ENOMEM.
 *         Since 0.1.
 */
MMVIEW_API int mmview_export_arrow(struct mmview_array *array, struct ArrowSchema *schema,
                                   struct ArrowArray *out, struct mmview_error *err);

MMVIEW_END_DECLS

#endif
