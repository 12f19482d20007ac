/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef SANDBOX_CALLS_H
#define SANDBOX_CALLS_H

/* The part of sandbox_enter() that is about system calls: SANDBOX_CALLS, or 0. */
unsigned sandbox_restrict_calls(void);

#endif
