/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview.h
 * libmmview: memory-map NumPy's .npy files, and raw ones, from C.
 *
 * It gives C programs what numpy.memmap(...).ctypes gives Python ones: the
 * address, the intp shape and strides, the dtype and the flags of an array
 * that lives in a file.
 *
 *     struct mmview_error err = MMVIEW_ERROR_INIT;
 *     struct mmview_array *a;
 *     if (mmview_open("run7.npy", NULL, &a, &err) < 0)
 *         return fprintf(stderr, "%s\n", err.message), 2;
 *     const double *p = mmview_array_data(a);
 *     ...
 *     mmview_array_unref(a);
 *
 * Ownership. A pointer that a function returns is borrowed: it lives as long
 * as the object it was asked of. A pointer that a function delivers through
 * an out parameter is yours: release it with the object's _unref. The _ref
 * functions are the one exception: they return the reference they made.
 *
 * Results. A function that can fail returns MMVIEW_OK (0) or one of the
 * negative codes of <mmview/error.h>, leaves its out parameters untouched on
 * failure, and tells the reason through the error struct that comes last and
 * may be NULL. The library prints nothing, never aborts, keeps no state of
 * its own, and does not depend on the locale.
 *
 * Threads. Objects do not change after they are made and their reference
 * counts are atomic, so any thread may read and release any object. Ordering
 * accesses to the elements of a writable map is up to the caller. What writes a
 * file does change, and is one thread's at a time.
 *
 * Mapped memory. The file is trusted not to shrink while it is mapped: an
 * access behind its new end is a SIGBUS, as for every user of mmap(2), except
 * inside of mmview_guard(), which handles that signal meanwhile.
 */
#ifndef MMVIEW_H
#define MMVIEW_H

#include <mmview/version.h>
#include <mmview/types.h>
#include <mmview/error.h>
#include <mmview/dtype.h>
#include <mmview/array.h>
#include <mmview/open.h>
#include <mmview/npz.h>
#include <mmview/npz_write.h>
#include <mmview/guard.h>
#include <mmview/view.h>
#include <mmview/copy.h>
#include <mmview/compare.h>
#include <mmview/write.h>
#include <mmview/ctypes.h>
#include <mmview/export.h>
#include <mmview/text.h>
#include <mmview/typed.h>
#include <mmview/ctypeslib.h>
#include <mmview/stats.h>

#endif
