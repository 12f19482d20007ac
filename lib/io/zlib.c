/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include "io/zlib.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    size_t offset; /* of the pointer to it */
} functions[] = {
    {"inflateInit2_", offsetof(struct mmv_zlib, inflate_init)},
    {"inflate", offsetof(struct mmv_zlib, inflate)},
    {"inflateEnd", offsetof(struct mmv_zlib, inflate_end)},
    {"crc32_z", offsetof(struct mmv_zlib, crc32)},
};

int mmv_zlib_load(struct mmv_zlib *zlib, struct mmview_error *err)
{
    /* To stay: after one member come others. */
    void *handle = dlopen(ZLIB_SONAME, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

    if (!handle)
        return mmv_fail(err, MMVIEW_ESYSTEM, "the member can not be read without %s", ZLIB_SONAME);
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(handle, functions[i].name);

        if (!function) {
            dlclose(handle);
            return mmv_fail(err, MMVIEW_ESYSTEM, "%s has no %s: the member can not be read",
                            ZLIB_SONAME, functions[i].name);
        }
        /* POSIX lets an object pointer hold a function's. */
        memcpy((char *)zlib + functions[i].offset, &function, sizeof function);
    }
    zlib->handle = handle;
    return MMVIEW_OK;
}

void mmv_zlib_close(struct mmv_zlib *zlib)
{
    if (zlib->handle)
        dlclose(zlib->handle);
    zlib->handle = NULL;
}
