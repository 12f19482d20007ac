// SPDX-License-Identifier: MIT
// Copyright The mmview authors
// The ctypes view from C++11: the macros of C, and the templates they are made of.
#include <mmview.h>
#include <cstdio>
#include <type_traits>

static_assert(MMVIEW_CTYPE_OF(const double) == MMVIEW_CTYPE_DOUBLE, "double");
static_assert(MMVIEW_CTYPE_OF(bool) == MMVIEW_CTYPE_BOOL, "bool");
static_assert(MMVIEW_CTYPE_OF(wchar_t) == MMVIEW_CTYPE_WCHAR, "wchar_t");
static_assert(MMVIEW_CTYPE_OF(char32_t) == MMVIEW_CTYPE_UINT32, "char32_t");
static_assert(MMVIEW_CTYPE_OF(void) == MMVIEW_CTYPE_VOID_P, "void");

struct record {
    double x;
};

int main(int argc, char **argv)
{
    mmview_error err = MMVIEW_ERROR_INIT;
    mmview_ctypes view = MMVIEW_CTYPES_INIT;
    mmview_array *array;

    if (argc != 2 || mmview_open(argv[1], nullptr, &array, &err) < 0)
        return 2;
    mmview_ctypes_init(&view, array);
    mmview_array_unref(array);

    auto p = MMVIEW_DATA_AS(const double, &view, &err);
    static_assert(std::is_same<decltype(p), const double *>::value, "as const as it was asked for");
    if (!p || p != mmview::data_as<const double>(&view, &err) ||
        p != MMVIEW_DATA_CAST(const double, &view) || view.ndim != 2)
        return 2;
    double sum = 0;
    for (mmview_intp i = 0; i < view.shape[0]; i++)
        for (int j = 0; j < view.shape[1]; j++)
            sum += *MMVIEW_AT(const double, &view, i, j);
    std::printf("%g\n", sum);

    if (MMVIEW_RECORDS_AS(const record, &view, &err)->x != *p ||
        MMVIEW_RECORDS_AS(record, &view, nullptr) != nullptr)
        return 2;

    double *q = MMVIEW_DATA_AS(double, &view, &err);
    if (q)
        return 2;
    std::printf("%s\n", err.message);
    mmview_ctypes_clear(&view);
    return 0;
}
