/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/* A new file of one item, over and over. */
#include <stdlib.h>

#include "creating.h"
#include "report.h"

void create_filled(const struct creation *creation)
{
    struct mmview_create_options how = MMVIEW_CREATE_OPTIONS_INIT;
    struct mmview_error err = MMVIEW_ERROR_INIT;
    struct mmview_array *array = NULL;
    struct progress progress;
    void *item = NULL;
    int status = MMVIEW_OK;

    how.flags = (creation->write.exclusive ? MMVIEW_WRITE_EXCLUSIVE : 0u) |
                (creation->sparse ? MMVIEW_WRITE_SPARSE : 0u);
    how.order = creation->order;
    how.dtype = creation->dtype;
    how.shape = creation->shape;
    how.ndim = creation->ndim;
    how.version = creation->write.version;
    how.progress = progress_follow;
    how.context = &progress;
    if (creation->fill) {
        item = malloc((size_t)mmview_dtype_itemsize(creation->dtype) + 1);
        if (!item)
            report_nomem();
        status = mmview_item_parse(creation->dtype, creation->fill, SIZE_MAX, item, &err);
        how.fill = item;
    }
    progress_start_of_file(&progress, creation->file, 0);
    if (status == MMVIEW_OK)
        status = mmview_create(creation->file, &how, &array, &err);
    progress_end(&progress);
    if (status < 0)
        writing_report(creation->file, &err);
    mmview_array_unref(array);
    free(item);
}
