# SPDX-License-Identifier: MIT
# Copyright The mmview authors

# Benchmarks: measured by hand, with `make bench`. What `make check` does with
# them is to see that they work. bench/README tells how to add one.

# In the order of the report.
bench_programs = \
	bench/machine \
	bench/open \
	bench/info \
	bench/dump \
	bench/npz \
	bench/view \
	bench/stats \
	bench/copy \
	bench/append \
	bench/random

check_PROGRAMS += $(bench_programs) bench/empty
bench_cppflags = -include $(top_builddir)/config.h \
	-I$(top_builddir)/lib/include -I$(top_srcdir)/lib/include
# No script of libtool's around a program: it would be timed too.
bench_ldflags = $(AM_LDFLAGS) -no-install

bench_empty_SOURCES = bench/empty.c
bench_empty_CPPFLAGS = $(bench_cppflags)
bench_empty_LDFLAGS = $(SANITIZER_FLAGS)
bench_empty_LDADD =

bench_machine_SOURCES = bench/machine.c bench/bench.c bench/bench.h
bench_machine_CPPFLAGS = $(bench_cppflags)
bench_machine_LDFLAGS = $(bench_ldflags) -pthread
bench_machine_LDADD =

bench_open_SOURCES = bench/open.c bench/npy_array_peer.c bench/npy_array_peer.h \
	bench/child.c bench/child.h bench/bench.c bench/bench.h
bench_open_CPPFLAGS = $(bench_cppflags) $(NPY_ARRAY_CFLAGS)
bench_open_LDFLAGS = $(bench_ldflags)
bench_open_LDADD = lib/libmmview.la $(NPY_ARRAY_LIBS)

bench_npz_SOURCES = bench/npz.c bench/child.c bench/child.h bench/bench.c bench/bench.h
bench_npz_CPPFLAGS = $(bench_cppflags)
bench_npz_LDFLAGS = $(bench_ldflags)
bench_npz_LDADD = lib/libmmview.la

bench_info_SOURCES = bench/info.c bench/child.c bench/child.h bench/bench.c bench/bench.h
bench_info_CPPFLAGS = $(bench_cppflags)
bench_info_LDFLAGS = $(bench_ldflags)
bench_info_LDADD =

bench_dump_SOURCES = bench/dump.c bench/child.c bench/child.h bench/bench.c bench/bench.h
bench_dump_CPPFLAGS = $(bench_cppflags)
bench_dump_LDFLAGS = $(bench_ldflags)
bench_dump_LDADD = -lm

bench_copy_SOURCES = bench/copy.c bench/child.c bench/child.h bench/bench.c bench/bench.h
bench_copy_CPPFLAGS = $(bench_cppflags)
bench_copy_LDFLAGS = $(bench_ldflags)
bench_copy_LDADD = lib/libmmview.la

bench_stats_SOURCES = bench/stats.c bench/child.c bench/child.h bench/bench.c bench/bench.h
bench_stats_CPPFLAGS = $(bench_cppflags)
bench_stats_LDFLAGS = $(bench_ldflags)
bench_stats_LDADD = lib/libmmview.la

bench_view_SOURCES = bench/view.c bench/child.c bench/child.h bench/bench.c bench/bench.h
bench_view_CPPFLAGS = $(bench_cppflags)
bench_view_LDFLAGS = $(bench_ldflags)
bench_view_LDADD = lib/libmmview.la

bench_append_SOURCES = bench/append.c bench/child.c bench/child.h bench/bench.c bench/bench.h
bench_append_CPPFLAGS = $(bench_cppflags)
bench_append_LDFLAGS = $(bench_ldflags)
bench_append_LDADD = lib/libmmview.la

bench_random_SOURCES = bench/random.c bench/bench.c bench/bench.h
bench_random_CPPFLAGS = $(bench_cppflags)
bench_random_LDFLAGS = $(bench_ldflags)
bench_random_LDADD = lib/libmmview.la

# The CLI as it is when installed: src/mmview is libtool's script. Without a
# RUNPATH it needs to be told where the library is; BENCH_LIBRARY is for that.
bench/mmview: $(src_mmview_OBJECTS) $(src_mmview_DEPENDENCIES)
	@$(MKDIR_P) bench
	$(AM_V_CCLD)$(CCLD) $(AM_CFLAGS) $(CFLAGS) $(AM_LDFLAGS) $(LDFLAGS) -o $@ \
	  $(src_mmview_OBJECTS) lib/.libs/libmmview.so $(LIBS)

# Programs as an installation copies them. What a linker writes, in pieces, the page cache
# has in single pages, and each is mapped for itself.
bench_installed = bench/installed/mmview bench/installed/empty bench/installed/libmmview.so
check_DATA = $(bench_installed)
bench/installed/mmview: bench/mmview
	$(bench_install) bench/mmview $@
bench/installed/empty: bench/empty$(EXEEXT)
	$(bench_install) bench/empty$(EXEEXT) $@
bench/installed/libmmview.so: lib/libmmview.la
	$(bench_install) lib/.libs/libmmview.so $@
bench_install = $(AM_V_GEN)$(MKDIR_P) bench/installed && $(INSTALL_PROGRAM)

EXTRA_DIST += \
	bench/README \
	bench/RESULTS.md \
	bench/goals.tsv \
	bench/numpy_partner.py \
	bench/report.awk \
	bench/run \
	bench/smoke.test
CLEANFILES += bench/mmview $(bench_installed) bench/results.tsv RESULTS.md
TESTS += bench/smoke.test

bench_environment = srcdir='$(srcdir)' AWK='$(AWK)' PYTHON_NUMPY='$(PYTHON_NUMPY)' \
	MMVIEW='bench/installed/mmview' \
	BENCH_LIBRARY='$(abs_top_builddir)/bench/installed/libmmview.so' \
	BENCH_EMPTY='bench/installed/empty' BENCH_CFLAGS='$(CFLAGS)'

bench_run = \
	@test -z '$(SANITIZERS)' || { echo 'bench: with sanitizers there is nothing to measure' >&2; exit 1; }; \
	$(bench_environment) $(SHELL) $(srcdir)/bench/run

.PHONY: bench bench-check
bench bench-check: $(bench_programs) $(bench_installed)
bench:
	$(bench_run) $(bench_programs)
bench-check:
	$(bench_run) --check $(bench_programs)
