/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#include <mmview.h>
#include <stdio.h>

int main(void)
{
    return printf("mmview %s\n", mmview_version()) < 0 ? 2 : 0;
}
