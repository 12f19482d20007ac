# SPDX-License-Identifier: MIT
# Copyright The mmview authors

# MMVIEW_BENCH: the peers that `make bench` links. Each may be absent; the
# report then says so. Peers that are programs are searched for when it runs.
AC_DEFUN([MMVIEW_BENCH], [
  PKG_CHECK_MODULES([NPY_ARRAY], [npy_array], [have_npy_array=yes], [have_npy_array=no])
  AS_IF([test "$have_npy_array" = yes],
        [NPY_ARRAY_CFLAGS="-DHAVE_NPY_ARRAY=1 $NPY_ARRAY_CFLAGS"])
])
