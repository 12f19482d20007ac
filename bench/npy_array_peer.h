/* SPDX-License-Identifier: MIT */
/* Copyright The mmview authors */
#ifndef MMVIEW_BENCH_NPY_ARRAY_PEER_H
#define MMVIEW_BENCH_NPY_ARRAY_PEER_H

#include <stddef.h>

/* npy_array (github.com/oysteijo/npy_array), a peer of goal 1. */
struct npy_array_peer {
    /* Work for a struct bench_side; the context is the path. */
    double (*open_and_close)(void *path, unsigned count);
    /* What it makes of a file, in the words of numpy_partner.py's show(). */
    void (*show)(const char *path, char *text, size_t size);
};

/* NULL where configure did not find it. */
extern const struct npy_array_peer *const npy_array_peer;

#endif
