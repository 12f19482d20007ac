# SPDX-License-Identifier: MIT
# Copyright The mmview authors

# The CLI: it sees <mmview.h> and its own folder, nothing of lib's inside.
bin_PROGRAMS += src/mmview
src_mmview_CPPFLAGS = -include $(top_builddir)/config.h \
	-I$(top_builddir)/lib/include -I$(top_srcdir)/lib/include
src_mmview_LDADD = lib/libmmview.la
src_mmview_SOURCES = \
	src/main.c
