/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */

/* The floor of goal 2: what it takes to start and end any program. */
int main(void)
{
    return 0;
}
