/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
/**
 * @file mmview/typed.h
 * The ctypes view with typed pointers: what mmview_ctypes_data_as() and
 * mmview_ctypes_at() can not say in C, said by macros.
 *
 *     double *p = MMVIEW_DATA_AS(double, &view, &err);
 *     double x = *MMVIEW_AT(const double, &view, i, j);
 *
 * MMVIEW_CTYPE_OF(T)               the enum mmview_ctype of a C type (C11, C++11)
 * MMVIEW_DATA_AS(T, view, err)     mmview_ctypes_data_as() as a T *; for a const T
 *                                  mmview_ctypes_const_data_as() (C11, C++11)
 * MMVIEW_RECORDS_AS(T, view, err)  likewise mmview_ctypes_records_as(), for a T that
 *                                  is a struct (C11, C++11)
 * MMVIEW_DATA_CAST(T, view)        mmview_ctypes_as_parameter() as a T *: unchecked,
 *                                  as ctypes.data_as() is in NumPy
 * MMVIEW_AT(T, view, i, j, ...)    mmview_ctypes_at() as a T * (C99, C++11)
 *
 * Of the first two, T is a basic type or void, const or not, by any name: int32_t
 * and size_t are such names. Since 0.1.
 */
#ifndef MMVIEW_TYPED_H
#define MMVIEW_TYPED_H

#include <mmview/ctypes.h>

#ifdef __cplusplus
#include <type_traits>
#endif

#define MMVIEW_DATA_CAST(T, view) ((T *)mmview_ctypes_as_parameter(view))

#ifdef __cplusplus

/** What the macros are made of in C++. Since 0.1. */
namespace mmview
{

/** ctype_of<double>::value is MMVIEW_CTYPE_DOUBLE. */
template <typename T> struct ctype_of;
template <typename T> struct ctype_of<const T> : ctype_of<T> {
};

#define MMVIEW_CTYPE_OF_(T, type)                                                      \
    template <> struct ctype_of<T> : std::integral_constant<enum mmview_ctype, type> { \
    }
MMVIEW_CTYPE_OF_(void, MMVIEW_CTYPE_VOID_P);
MMVIEW_CTYPE_OF_(bool, MMVIEW_CTYPE_BOOL);
MMVIEW_CTYPE_OF_(char, MMVIEW_CTYPE_CHAR);
MMVIEW_CTYPE_OF_(wchar_t, MMVIEW_CTYPE_WCHAR);
MMVIEW_CTYPE_OF_(char32_t, MMVIEW_CTYPE_UINT32);
MMVIEW_CTYPE_OF_(signed char, MMVIEW_CTYPE_BYTE);
MMVIEW_CTYPE_OF_(unsigned char, MMVIEW_CTYPE_UBYTE);
MMVIEW_CTYPE_OF_(short, MMVIEW_CTYPE_SHORT);
MMVIEW_CTYPE_OF_(unsigned short, MMVIEW_CTYPE_USHORT);
MMVIEW_CTYPE_OF_(int, MMVIEW_CTYPE_INT);
MMVIEW_CTYPE_OF_(unsigned int, MMVIEW_CTYPE_UINT);
MMVIEW_CTYPE_OF_(long, MMVIEW_CTYPE_LONG);
MMVIEW_CTYPE_OF_(unsigned long, MMVIEW_CTYPE_ULONG);
MMVIEW_CTYPE_OF_(long long, MMVIEW_CTYPE_LONGLONG);
MMVIEW_CTYPE_OF_(unsigned long long, MMVIEW_CTYPE_ULONGLONG);
MMVIEW_CTYPE_OF_(float, MMVIEW_CTYPE_FLOAT);
MMVIEW_CTYPE_OF_(double, MMVIEW_CTYPE_DOUBLE);
MMVIEW_CTYPE_OF_(long double, MMVIEW_CTYPE_LONGDOUBLE);
#undef MMVIEW_CTYPE_OF_

/** MMVIEW_DATA_AS() of a T to write through. */
template <typename T>
inline typename std::enable_if<!std::is_const<T>::value, T *>::type
data_as(const struct mmview_ctypes *view, struct mmview_error *err)
{
    return static_cast<T *>(mmview_ctypes_data_as(view, ctype_of<T>::value, err));
}

/** MMVIEW_DATA_AS() of a T to read only. */
template <typename T>
inline typename std::enable_if<std::is_const<T>::value, T *>::type
data_as(const struct mmview_ctypes *view, struct mmview_error *err)
{
    return static_cast<T *>(mmview_ctypes_const_data_as(view, ctype_of<T>::value, err));
}

/** MMVIEW_RECORDS_AS() of a T to write through. */
template <typename T>
inline typename std::enable_if<!std::is_const<T>::value, T *>::type
records_as(const struct mmview_ctypes *view, struct mmview_error *err)
{
    return static_cast<T *>(mmview_ctypes_records_as(view, sizeof(T), alignof(T), err));
}

/** MMVIEW_RECORDS_AS() of a T to read only. */
template <typename T>
inline typename std::enable_if<std::is_const<T>::value, T *>::type
records_as(const struct mmview_ctypes *view, struct mmview_error *err)
{
    return static_cast<T *>(mmview_ctypes_const_records_as(view, sizeof(T), alignof(T), err));
}

/** MMVIEW_AT(). */
template <typename T, typename... Index>
inline T *at(const struct mmview_ctypes *view, Index... index)
{
    const mmview_intp list[] = {static_cast<mmview_intp>(index)...};

    return static_cast<T *>(mmview_ctypes_at(view, sizeof...(index), list));
}

} // namespace mmview

#define MMVIEW_CTYPE_OF(T)              (::mmview::ctype_of<T>::value)
#define MMVIEW_DATA_AS(T, view, err)    (::mmview::data_as<T>(view, err))
#define MMVIEW_RECORDS_AS(T, view, err) (::mmview::records_as<T>(view, err))
#define MMVIEW_AT(T, view, ...)         (::mmview::at<T>(view, __VA_ARGS__))

#else

#define MMVIEW_INDEX_(...) ((const mmview_intp[]){__VA_ARGS__})
#define MMVIEW_AT(T, view, ...)                                                             \
    ((T *)mmview_ctypes_at((view), sizeof MMVIEW_INDEX_(__VA_ARGS__) / sizeof(mmview_intp), \
                           MMVIEW_INDEX_(__VA_ARGS__)))

#if defined __STDC_VERSION__ && __STDC_VERSION__ >= 201112L

#define MMVIEW_CASE_(T, type) const T * : type, T * : type
#ifdef __STDC_NO_COMPLEX__
#define MMVIEW_COMPLEX_CASES_
#else
#define MMVIEW_COMPLEX_CASES_                                       \
    , MMVIEW_CASE_(float _Complex, MMVIEW_CTYPE_FLOAT_COMPLEX),     \
        MMVIEW_CASE_(double _Complex, MMVIEW_CTYPE_DOUBLE_COMPLEX), \
        MMVIEW_CASE_(long double _Complex, MMVIEW_CTYPE_LONGDOUBLE_COMPLEX)
#endif

#define MMVIEW_CTYPE_OF(T)                                                                        \
    _Generic(                                                                                     \
        (T *)0, MMVIEW_CASE_(void, MMVIEW_CTYPE_VOID_P), MMVIEW_CASE_(_Bool, MMVIEW_CTYPE_BOOL),  \
        MMVIEW_CASE_(char, MMVIEW_CTYPE_CHAR), MMVIEW_CASE_(signed char, MMVIEW_CTYPE_BYTE),      \
        MMVIEW_CASE_(unsigned char, MMVIEW_CTYPE_UBYTE), MMVIEW_CASE_(short, MMVIEW_CTYPE_SHORT), \
        MMVIEW_CASE_(unsigned short, MMVIEW_CTYPE_USHORT), MMVIEW_CASE_(int, MMVIEW_CTYPE_INT),   \
        MMVIEW_CASE_(unsigned int, MMVIEW_CTYPE_UINT), MMVIEW_CASE_(long, MMVIEW_CTYPE_LONG),     \
        MMVIEW_CASE_(unsigned long, MMVIEW_CTYPE_ULONG),                                          \
        MMVIEW_CASE_(long long, MMVIEW_CTYPE_LONGLONG),                                           \
        MMVIEW_CASE_(unsigned long long, MMVIEW_CTYPE_ULONGLONG),                                 \
        MMVIEW_CASE_(float, MMVIEW_CTYPE_FLOAT), MMVIEW_CASE_(double, MMVIEW_CTYPE_DOUBLE),       \
        MMVIEW_CASE_(long double, MMVIEW_CTYPE_LONGDOUBLE) MMVIEW_COMPLEX_CASES_)

/* One of two functions. The other branch is a void * that is not null, so what
 * comes out is a pointer to void as const as T is: that tells which. */
/* clang-format off */
#define MMVIEW_BY_CONST_(T, reading, writing) \
    _Generic(1 ? (T *)0 : (void *)sizeof(char), const void *: reading, void *: writing)
/* clang-format on */

#define MMVIEW_DATA_AS(T, view, err)                       \
    ((T *)MMVIEW_BY_CONST_(T, mmview_ctypes_const_data_as, \
                           mmview_ctypes_data_as)((view), MMVIEW_CTYPE_OF(T), (err)))
#define MMVIEW_RECORDS_AS(T, view, err)                       \
    ((T *)MMVIEW_BY_CONST_(T, mmview_ctypes_const_records_as, \
                           mmview_ctypes_records_as)((view), sizeof(T), _Alignof(T), (err)))

#endif
#endif

#endif
