/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview/guard.h
 * Arrays whose files may become shorter while they are mapped.
 */
#ifndef MMVIEW_GUARD_H
#define MMVIEW_GUARD_H

#include <mmview/array.h>

MMVIEW_BEGIN_DECLS

/**
 * Calls a function that may read and write arrays although their files become
 * shorter meanwhile: that is MMVIEW_ETRUNCATED, not the end of the program.
 *
 * Without it an access behind the new end of a file raises SIGBUS. Here a
 * handler of that signal puts zeros where the file was, from the page that was
 * touched to the end of the map, and remembers it: the function goes on, to its
 * own end, and what it then has is thrown away by whoever sees the status. So it
 * may be any code: it may allocate, lock, print and start threads, whose
 * accesses are guarded too. It has to return: neither longjmp() nor an exception
 * may leave it.
 *
 * What lost bytes stays lost: other guards of the array, and of any other array
 * of the same map, are MMVIEW_ETRUNCATED too, and do not call. What is written
 * to lost pages goes nowhere. A medium that fails, and a full disk when a hole is
 * written to, lose bytes likewise. A system call that is handed lost memory fails
 * with EFAULT, and nothing is remembered: touch it.
 *
 * The handler is there from the start of the first guard of a process to the end
 * of the last. A SIGBUS that is no guarded array's goes to what was there before,
 * be it a handler, to ignore it, or to end the program. Guards nest, and several
 * threads may have them at once, of the same arrays too.
 *
 * Of an array that is no map of a file nothing can be lost, or nothing that is
 * known here; it is guarded all the same.
 *
 * @param arrays   which; they are kept for as long as it takes
 * @param count    how many; 0 is fine
 * @param call     is called once, in this thread
 * @param context  handed to call
 * @param err      gets the reason, and with MMVIEW_ETRUNCATED the first byte of the
 *                 file that is known to be lost; may be NULL
 * @return what call returned, if nothing was lost; MMVIEW_ETRUNCATED;
 *         MMVIEW_ENOMEM or MMVIEW_ESYSTEM if it was not called. Since 0.1.
 */
MMVIEW_API int mmview_guard(struct mmview_array *const *arrays, size_t count,
                            int (*call)(void *context), void *context, struct mmview_error *err);

/**
 * Has the map of an array lost bytes, as far as guards know? To be asked inside of one
 * before what was read is acted upon, and afterwards to find out which array it was.
 *
 * @return MMVIEW_OK, MMVIEW_ETRUNCATED. Since 0.1.
 */
MMVIEW_API int mmview_guard_check(const struct mmview_array *array, struct mmview_error *err);

MMVIEW_END_DECLS

#endif
