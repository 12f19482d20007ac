/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview/version.h>

const char *mmview_version(void)
{
    return MMVIEW_VERSION;
}
