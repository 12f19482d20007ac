/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "base/error.h"

#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* Here the functions, not the macros around them. */
#undef mmv_fail
#undef mmv_fail_at
#undef mmv_fail_errno
#undef mmv_fail_nomem

/* One row a status code. The codes are sparse, so the table is searched. */
static const struct {
    int status;
    const char *name;
    const char *message;
} statuses[] = {
    {MMVIEW_OK, "MMVIEW_OK", "success"},
    {MMVIEW_ENOTFOUND, "MMVIEW_ENOTFOUND", "not found"},
    {MMVIEW_ENEEDSCOPY, "MMVIEW_ENEEDSCOPY", "a copy would be needed"},
    {MMVIEW_ECANCELED, "MMVIEW_ECANCELED", "ended by the caller"},
    {MMVIEW_EINVAL, "MMVIEW_EINVAL", "invalid argument"},
    {MMVIEW_EOPTIONS, "MMVIEW_EOPTIONS", "unknown option"},
    {MMVIEW_EDTYPE, "MMVIEW_EDTYPE", "not a dtype"},
    {MMVIEW_EOVERFLOW, "MMVIEW_EOVERFLOW", "a size is too large"},
    {MMVIEW_EREADONLY, "MMVIEW_EREADONLY", "read-only"},
    {MMVIEW_EINDEX, "MMVIEW_EINDEX", "invalid index"},
    {MMVIEW_EAXIS, "MMVIEW_EAXIS", "invalid axis"},
    {MMVIEW_ERESHAPE, "MMVIEW_ERESHAPE", "shapes do not go together"},
    {MMVIEW_ETYPE, "MMVIEW_ETYPE", "the dtype does not fit"},
    {MMVIEW_EBYTEORDER, "MMVIEW_EBYTEORDER", "the byte order does not fit"},
    {MMVIEW_EALIGNMENT, "MMVIEW_EALIGNMENT", "the items are not aligned"},
    {MMVIEW_EDIMS, "MMVIEW_EDIMS", "the dimensions do not fit"},
    {MMVIEW_ELAYOUT, "MMVIEW_ELAYOUT", "the layout does not fit"},
    {MMVIEW_EMAGIC, "MMVIEW_EMAGIC", "not an .npy file"},
    {MMVIEW_EVERSION, "MMVIEW_EVERSION", "unknown .npy format version"},
    {MMVIEW_EHEADER, "MMVIEW_EHEADER", "invalid .npy header"},
    {MMVIEW_EHEADERSIZE, "MMVIEW_EHEADERSIZE", ".npy header too long"},
    {MMVIEW_EDESCR, "MMVIEW_EDESCR", "invalid dtype descriptor"},
    {MMVIEW_ESHAPE, "MMVIEW_ESHAPE", "invalid shape"},
    {MMVIEW_EOBJECT, "MMVIEW_EOBJECT", "Python objects can not be mapped"},
    {MMVIEW_ETRUNCATED, "MMVIEW_ETRUNCATED", "the file is too short"},
    {MMVIEW_ESIZE, "MMVIEW_ESIZE", "not a whole number of items"},
    {MMVIEW_EUNSUPPORTED, "MMVIEW_EUNSUPPORTED", "refused"},
    {MMVIEW_ENOTREG, "MMVIEW_ENOTREG", "not a regular file"},
    {MMVIEW_EARCHIVE, "MMVIEW_EARCHIVE", "not an archive, or damaged"},
    {MMVIEW_ECOMPRESSED, "MMVIEW_ECOMPRESSED", "compressed, so it can not be mapped"},
    {MMVIEW_ECHECKSUM, "MMVIEW_ECHECKSUM", "the checksum is wrong"},
    {MMVIEW_ESYSTEM, "MMVIEW_ESYSTEM", "system call failed"},
    {MMVIEW_ENOMEM, "MMVIEW_ENOMEM", "out of memory"},
    {MMVIEW_EBUSY, "MMVIEW_EBUSY", "the file is being written to"},
    {MMVIEW_EINTERNAL, "MMVIEW_EINTERNAL", "internal error"},
};

#define NSTATUSES (sizeof statuses / sizeof *statuses)

void mmview_error_clear(struct mmview_error *err)
{
    static const struct mmview_error none = MMVIEW_ERROR_INIT;

    if (err)
        *err = none;
}

const char *mmview_status_name(int status)
{
    for (size_t i = 0; i < NSTATUSES; i++)
        if (statuses[i].status == status)
            return statuses[i].name;
    return "MMVIEW_UNKNOWN";
}

const char *mmview_status_message(int status)
{
    for (size_t i = 0; i < NSTATUSES; i++)
        if (statuses[i].status == status)
            return statuses[i].message;
    return "unknown status";
}

enum mmview_class mmview_status_class(int status)
{
    if (status >= 0)
        return MMVIEW_CLASS_OK;
    if (status > -100)
        return MMVIEW_CLASS_INFORMATIVE;
    if (status > -200)
        return MMVIEW_CLASS_ARGUMENT;
    if (status > -300)
        return MMVIEW_CLASS_FILE;
    if (status > -400)
        return MMVIEW_CLASS_SYSTEM;
    return MMVIEW_CLASS_INTERNAL;
}

/* vsnprintf may cut a character of several bytes in half. */
static void tidy(char *message)
{
    char *p = message;

    while (*p) {
        uint32_t code;
        size_t n = mmv_utf8_decode(p, strlen(p), &code);

        if (n == 0) {
            *p++ = '?';
            continue;
        }
        if (code < 0x20 || (code >= 0x7f && code < 0xa0))
            memset(p, '?', n);
        p += n;
    }
}

static int fill(struct mmview_error *err, int status, int errnum, uint64_t offset,
                const char *format, va_list ap) __attribute__((format(printf, 5, 0)));

static int fill(struct mmview_error *err, int status, int errnum, uint64_t offset,
                const char *format, va_list ap)
{
    size_t used;

    if (!err || err->status != MMVIEW_OK)
        return status;
    err->status = status;
    err->sys_errno = errnum;
    err->offset = offset;
    vsnprintf(err->message, sizeof err->message, format, ap);
    used = strlen(err->message);
    if (errnum) {
        /* In English, whatever language the program has set. */
        locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);

        snprintf(err->message + used, sizeof err->message - used, ": %s",
                 c_locale ? strerror_l(errnum, c_locale) : "");
        if (c_locale)
            freelocale(c_locale);
    }
    tidy(err->message);
    return status;
}

int mmv_fail(struct mmview_error *err, int status, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    fill(err, status, 0, MMVIEW_NO_OFFSET, format, ap);
    va_end(ap);
    return status;
}

int mmv_fail_at(struct mmview_error *err, int status, uint64_t offset, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    fill(err, status, 0, offset, format, ap);
    va_end(ap);
    return status;
}

int mmv_fail_errno(struct mmview_error *err, int errnum, const char *format, ...)
{
    int status = errnum == ENOMEM ? MMVIEW_ENOMEM : MMVIEW_ESYSTEM;
    va_list ap;

    va_start(ap, format);
    fill(err, status, errnum, MMVIEW_NO_OFFSET, format, ap);
    va_end(ap);
    return status;
}

int mmv_fail_nomem(struct mmview_error *err)
{
    return mmv_fail(err, MMVIEW_ENOMEM, "out of memory");
}
