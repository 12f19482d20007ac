/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMV_OPS_HYPOTENUSE_H
#define MMV_OPS_HYPOTENUSE_H

/* The absolute value of a complex number, infinite if a part is, else NaN if a part
 * is. Its error is about one in the last place of a long double: where that has more
 * digits than a double, the nearest double to it is all but always the nearest one.
 * hypot() is not taken because every program that maps a library starts later, and
 * for this alone the mathematical one would be. */
long double mmv_hypotenuse(long double x, long double y);

#endif
