# SPDX-License-Identifier: MIT
# Copyright The mmview authors

# Every test is a program that exits 0 (pass), 77 (skip, with the reason on its
# output) or anything else (fail). A test that is in its folder but not in a
# list here makes tests/abi/lists.test fail.

# C suites for internals: link all objects. One line each, in tests/unit/NAME.c.
unit_tests = \
	tests/unit/test_alloc_fail \
	tests/unit/test_base \
	tests/unit/test_export_nomem \
	tests/unit/test_copy_casts \
	tests/unit/test_copy_moves \
	tests/unit/test_compare \
	tests/unit/test_copy_nomem \
	tests/unit/test_datetime \
	tests/unit/test_declaration \
	tests/unit/test_dtype \
	tests/unit/test_dtype_comma \
	tests/unit/test_dtype_literal \
	tests/unit/test_dtype_struct \
	tests/unit/test_file \
	tests/unit/test_header \
	tests/unit/test_item_text_nomem \
	tests/unit/test_integers \
	tests/unit/test_layout \
	tests/unit/test_literal \
	tests/unit/test_literal_number \
	tests/unit/test_literal_string \
	tests/unit/test_map \
	tests/unit/test_nomem \
	tests/unit/test_npz_index \
	tests/unit/test_npz_nomem \
	tests/unit/test_number \
	tests/unit/test_number_text \
	tests/unit/test_preamble \
	tests/unit/test_pyrepr \
	tests/unit/test_reader \
	tests/unit/test_sandbox \
	tests/unit/test_stats_nomem \
	tests/unit/test_sums \
	tests/unit/test_text_nomem \
	tests/unit/test_threads_nomem \
	tests/unit/test_unknown_type \
	tests/unit/test_utf8 \
	tests/unit/test_view \
	tests/unit/test_view_nomem \
	tests/unit/test_wide \
	tests/unit/test_write_nomem \
	tests/unit/test_writer \
	tests/unit/test_zip_write

tests_unit_test_threads_nomem_LDFLAGS = $(AM_LDFLAGS) -pthread
tests_unit_test_sandbox_SOURCES = tests/unit/test_sandbox.c src/sandbox.c src/sandbox_calls.c

# C suites for the public header: link the shared library, as a user does. Each
# needs a line here and its _LDADD.
api_tests = \
	tests/api/test_compare \
	tests/api/test_copy \
	tests/api/test_ctypes \
	tests/api/test_ctypes_as \
	tests/api/test_ctypes_shape \
	tests/api/test_dtype \
	tests/api/test_error \
	tests/api/test_export_arrow \
	tests/api/test_export_buffer \
	tests/api/test_export_dlpack \
	tests/api/test_export_interface \
	tests/api/test_declaration \
	tests/api/test_guard \
	tests/api/test_guard_threads \
	tests/api/test_item_text \
	tests/api/test_memmap \
	tests/api/test_memmap_create \
	tests/api/test_memory \
	tests/api/test_npz \
	tests/api/test_npz_write \
	tests/api/test_npz_disagree \
	tests/api/test_npz_hostile \
	tests/api/test_open \
	tests/api/test_open_refused \
	tests/api/test_require \
	tests/api/test_rights \
	tests/api/test_scan \
	tests/api/test_stats \
	tests/api/test_text_forms \
	tests/api/test_threads \
	tests/api/test_threads_write \
	tests/api/test_view_axes \
	tests/api/test_view_index \
	tests/api/test_view_items \
	tests/api/test_view_lifetime \
	tests/api/test_view_reshape \
	tests/api/test_write_text \
	tests/api/test_write
tests_api_test_compare_LDADD = $(api_ldadd)
tests_api_test_copy_LDADD = $(api_ldadd)
tests_api_test_ctypes_LDADD = $(api_ldadd)
tests_api_test_ctypes_as_LDADD = $(api_ldadd)
tests_api_test_ctypes_shape_LDADD = $(api_ldadd)
tests_api_test_dtype_LDADD = $(api_ldadd)
tests_api_test_error_LDADD = $(api_ldadd)
tests_api_test_export_arrow_LDADD = $(api_ldadd)
tests_api_test_export_buffer_LDADD = $(api_ldadd)
tests_api_test_export_dlpack_LDADD = $(api_ldadd)
tests_api_test_export_interface_LDADD = $(api_ldadd)
tests_api_test_declaration_LDADD = $(api_ldadd)
tests_api_test_guard_LDADD = $(api_ldadd)
tests_api_test_guard_threads_LDADD = $(api_ldadd)
tests_api_test_guard_threads_LDFLAGS = $(AM_LDFLAGS) -pthread
tests_api_test_item_text_LDADD = $(api_ldadd)
tests_api_test_memmap_LDADD = $(api_ldadd)
tests_api_test_memmap_create_LDADD = $(api_ldadd)
tests_api_test_memory_LDADD = $(api_ldadd)
tests_api_test_npz_LDADD = $(api_ldadd)
tests_api_test_npz_write_LDADD = $(api_ldadd)
tests_api_test_npz_disagree_LDADD = $(api_ldadd)
tests_api_test_npz_hostile_LDADD = $(api_ldadd)
tests_api_test_open_LDADD = $(api_ldadd)
tests_api_test_open_refused_LDADD = $(api_ldadd)
tests_api_test_require_LDADD = $(api_ldadd)
tests_api_test_rights_LDADD = $(api_ldadd)
tests_api_test_scan_LDADD = $(api_ldadd)
tests_api_test_stats_LDADD = $(api_ldadd)
tests_api_test_text_forms_LDADD = $(api_ldadd)
tests_api_test_threads_LDADD = $(api_ldadd)
tests_api_test_threads_LDFLAGS = $(AM_LDFLAGS) -pthread
tests_api_test_threads_write_LDADD = $(api_ldadd)
tests_api_test_threads_write_LDFLAGS = $(AM_LDFLAGS) -pthread
tests_api_test_view_axes_LDADD = $(api_ldadd)
tests_api_test_view_index_LDADD = $(api_ldadd)
tests_api_test_view_items_LDADD = $(api_ldadd)
tests_api_test_view_lifetime_LDADD = $(api_ldadd)
tests_api_test_view_lifetime_LDFLAGS = $(AM_LDFLAGS) -pthread
tests_api_test_view_reshape_LDADD = $(api_ldadd)
tests_api_test_write_LDADD = $(api_ldadd)
tests_api_test_write_text_LDADD = $(api_ldadd)
EXTRA_DIST += tests/api/any_array.h tests/api/archive.h tests/api/at_once.h tests/api/guarded.h tests/api/scratch.h tests/dtype_show.h tests/suite.h tests/words.h tests/unit/from_string.h tests/unit/literal_show.h tests/unit/made_array.h tests/unit/made_file.h
EXTRA_DIST += tests/api/languages tests/api/languages.test tests/api/raw.h tests/api/views.h

# The library with the loops for any processor, for an oracle.
check_LTLIBRARIES += tests/oracle/libmmview-plain.la
tests_oracle_libmmview_plain_la_SOURCES = tests/oracle/plain.c
tests_oracle_libmmview_plain_la_LIBADD = lib/libmmview-internal.la
tests_oracle_libmmview_plain_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -rpath /nowhere

# What is preloaded to make faults.
check_LTLIBRARIES += tests/faults/inject.la
tests_faults_inject_la_SOURCES = tests/faults/inject.c
tests_faults_inject_la_LIBADD = $(DL_LIBS)
tests_faults_inject_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -rpath /nowhere

# What runs several times at once.
check_PROGRAMS += tests/faults/stress
tests_faults_stress_LDADD = lib/libmmview.la

# Scripts.
script_tests = \
	tests/abi/abidiff.test \
	tests/abi/constants.test \
	tests/abi/exports.test \
	tests/abi/headers.test \
	tests/abi/layers.test \
	tests/abi/lists.test \
	tests/abi/manual.test \
	tests/abi/start.test \
	tests/abi/structs.test \
	tests/api/languages.test \
	tests/cli/addr.test \
	tests/cli/append.test \
	tests/cli/archives.test \
	tests/cli/big.test \
	tests/cli/check.test \
	tests/cli/completions.test \
	tests/cli/convert.test \
	tests/cli/create.test \
	tests/cli/ctypes.test \
	tests/cli/data.test \
	tests/cli/declare.test \
	tests/cli/diff.test \
	tests/cli/dump.test \
	tests/cli/dump_raw.test \
	tests/cli/examples.test \
	tests/cli/fields.test \
	tests/cli/hold.test \
	tests/cli/hostile.test \
	tests/cli/info.test \
	tests/cli/invalid.test \
	tests/cli/json.test \
	tests/cli/lint.test \
	tests/cli/ls.test \
	tests/cli/output.test \
	tests/cli/raw.test \
	tests/cli/repair.test \
	tests/cli/sandbox.test \
	tests/cli/select.test \
	tests/cli/set.test \
	tests/cli/sh.test \
	tests/cli/shrink.test \
	tests/cli/special.test \
	tests/cli/stats.test \
	tests/cli/stats_merge.test \
	tests/cli/stdin.test \
	tests/cli/usage.test \
	tests/faults/cutting.test \
	tests/faults/reading.test \
	tests/faults/readonly.test \
	tests/faults/replacing.test \
	tests/faults/stress.test \
	tests/faults/strangers.test \
	tests/faults/writing.test \
	tests/man/complete.test \
	tests/man/examples.test \
	tests/oracle/test_archives.py \
	tests/oracle/test_consumers.py \
	tests/oracle/test_copies.py \
	tests/oracle/test_corpus.py \
	tests/oracle/test_ctypes.py \
	tests/oracle/test_declarations.py \
	tests/oracle/test_diff.py \
	tests/oracle/test_dtypes.py \
	tests/oracle/test_dump.py \
	tests/oracle/test_exports.py \
	tests/oracle/test_random_copies.py \
	tests/oracle/test_random_headers.py \
	tests/oracle/test_random_items.py \
	tests/oracle/test_random_reads.py \
	tests/oracle/test_random_text.py \
	tests/oracle/test_random_views.py \
	tests/oracle/test_item_parse.py \
	tests/oracle/test_mutated_archives.py \
	tests/oracle/test_npz.py \
	tests/oracle/test_npz_writing.py \
	tests/oracle/test_raw.py \
	tests/oracle/test_repack.py \
	tests/oracle/test_require.py \
	tests/oracle/test_stats.py \
	tests/oracle/test_text_arrays.py \
	tests/oracle/test_text_items.py \
	tests/oracle/test_vectors.py \
	tests/oracle/test_views.py \
	tests/oracle/test_write_commands.py \
	tests/oracle/test_writing.py

# What programs without an _LDADD of their own link: the unit tests.
LDADD = lib/libmmview-internal.la $(CHECK_LIBS)
api_ldadd = lib/libmmview.la $(CHECK_LIBS)
AM_CPPFLAGS += $(CHECK_CFLAGS)

c_tests = $(unit_tests) $(api_tests)
if HAVE_CHECK
check_PROGRAMS += $(c_tests)
TESTS += $(c_tests)
else
TESTS += tests/no-check.test
endif
TESTS += $(script_tests)

# Fuzz targets, as programs that replay tests/fuzz/corpus/NAME.
fuzz_tests = \
	tests/fuzz/fuzz_dtype \
	tests/fuzz/fuzz_file \
	tests/fuzz/fuzz_header \
	tests/fuzz/fuzz_index \
	tests/fuzz/fuzz_item \
	tests/fuzz/fuzz_literal \
	tests/fuzz/fuzz_npz \
	tests/fuzz/fuzz_text
check_PROGRAMS += $(fuzz_tests)
TESTS += $(fuzz_tests)
fuzz_shared = tests/fuzz/replay.c tests/fuzz/expect.h tests/fuzz/look.h
tests_fuzz_fuzz_dtype_SOURCES = tests/fuzz/fuzz_dtype.c $(fuzz_shared)
tests_fuzz_fuzz_file_SOURCES = tests/fuzz/fuzz_file.c tests/fuzz/look_export.h $(fuzz_shared)
tests_fuzz_fuzz_header_SOURCES = tests/fuzz/fuzz_header.c $(fuzz_shared)
tests_fuzz_fuzz_index_SOURCES = tests/fuzz/fuzz_index.c $(fuzz_shared)
tests_fuzz_fuzz_item_SOURCES = tests/fuzz/fuzz_item.c $(fuzz_shared)
tests_fuzz_fuzz_literal_SOURCES = tests/fuzz/fuzz_literal.c $(fuzz_shared)
tests_fuzz_fuzz_npz_SOURCES = tests/fuzz/fuzz_npz.c $(fuzz_shared)
tests_fuzz_fuzz_text_SOURCES = tests/fuzz/fuzz_text.c $(fuzz_shared)
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/python.dict

# Programs that take minutes: made and run by hand, see HACKING.
EXTRA_PROGRAMS = tests/hand/every_float
tests_hand_every_float_SOURCES = tests/hand/every_float.cc

# What is preloaded by hand under an emulator: see HACKING.
EXTRA_LTLIBRARIES = tests/hand/qemu_sigbus.la
tests_hand_qemu_sigbus_la_SOURCES = tests/hand/qemu_sigbus.c
tests_hand_qemu_sigbus_la_LIBADD = $(DL_LIBS)
tests_hand_qemu_sigbus_la_LDFLAGS = $(AM_LDFLAGS) -module -avoid-version -shared -rpath /nowhere

# Folders whose files are all wanted; C sources come along by themselves.
EXTRA_DIST += \
	tests/abi \
	tests/cli \
	tests/data \
	tests/faults \
	tests/man \
	tests/no-check.test \
	tests/oracle \
	tests/tsan.supp

TEST_EXTENSIONS = .test .py
# Python tests run under the Python that has NumPy, or say that there is none.
PY_LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/with-numpy
EXTRA_DIST += tests/with-numpy

# What a test may rely on. Folders are absolute. MMVIEW may name another program, such as
# one that runs ours on another machine. It is not the script that libtool makes, of which
# each start takes ten times as long, and whose shell would have the faults of tests/faults.
# SHARED holds the vectors and the corpus that are too large for this tree; empty without
# them, and MMVIEW_SHARED names them elsewhere (or, set but empty, leaves them out). A
# sanitizer ends a program with 99, which no test takes for an answer, and lets malloc() fail.
AM_TESTS_ENVIRONMENT = \
	srcdir='$(abs_top_srcdir)'; top_srcdir='$(abs_top_srcdir)'; \
	builddir='$(abs_top_builddir)'; top_builddir='$(abs_top_builddir)'; \
	if test -z "$${MMVIEW+set}"; then \
	  MMVIEW='$(abs_top_builddir)/src/mmview$(EXEEXT)'; \
	  if head -c 2 "$$MMVIEW" 2>/dev/null | grep -q '^\#!'; then \
	    MMVIEW='$(abs_top_builddir)/src/.libs/mmview$(EXEEXT)'; \
	    LD_LIBRARY_PATH='$(abs_top_builddir)/lib/.libs'$${LD_LIBRARY_PATH:+:$$LD_LIBRARY_PATH}; \
	    export LD_LIBRARY_PATH; \
	  fi; \
	fi; \
	LIBMMVIEW='$(abs_top_builddir)/lib/.libs/libmmview.so'; \
	PYTHON_NUMPY='$(PYTHON_NUMPY)'; PYTHONDONTWRITEBYTECODE=1; \
	CC='$(CC)'; CXX='$(CXX)'; MACHINE='$(host_cpu)'; NM='$(NM)'; MANDOC='$(MANDOC)'; SANITIZERS='$(SANITIZERS)'; \
	if test -z "$${MMVIEW_SHARED+set}" && test -f '$(abs_top_srcdir)/../shared/numpy/vectors.json'; then \
	  SHARED='$(abs_top_srcdir)/../shared'; \
	else \
	  SHARED=$${MMVIEW_SHARED-}; \
	fi; \
	: "$${ASAN_OPTIONS=exitcode=99:allocator_may_return_null=1:detect_stack_use_after_return=1}"; \
	: "$${MSAN_OPTIONS=exitcode=99:allocator_may_return_null=1}"; \
	: "$${UBSAN_OPTIONS=exitcode=99:print_stacktrace=1}"; \
	: "$${TSAN_OPTIONS=exitcode=99:suppressions=$(abs_top_srcdir)/tests/tsan.supp}"; \
	export srcdir top_srcdir builddir top_builddir MMVIEW LIBMMVIEW PYTHON_NUMPY \
	  PYTHONDONTWRITEBYTECODE CC CXX MACHINE NM MANDOC SANITIZERS SHARED \
	  ASAN_OPTIONS MSAN_OPTIONS TSAN_OPTIONS UBSAN_OPTIONS;

# The C suites that have threads, and no more than they need: for ThreadSanitizer.
thread_tests = \
	tests/api/test_export_dlpack \
	tests/api/test_guard_threads \
	tests/api/test_threads \
	tests/api/test_threads_write \
	tests/api/test_view_lifetime \
	tests/unit/test_threads_nomem
.PHONY: check-threads
check-threads: $(thread_tests)
	$(MAKE) $(AM_MAKEFLAGS) check-TESTS check_PROGRAMS= check_LTLIBRARIES= check_SCRIPTS= check_DATA= \
	  TESTS='$(thread_tests)' TEST_SUITE_LOG=tests/threads.log
CLEANFILES += tests/threads.log

# The C suites and fuzz targets once more under valgrind. Check must not fork there, or valgrind
# would report on its children only.
# Left out: what compares long doubles, which it computes with 64 bits; what the kernel does
# to a process (SIGBUS, Landlock), of which it makes something else; and a test that dies of
# a signal on purpose, without a fork.
valgrind_left_out = \
	tests/unit/test_compare \
	tests/unit/test_copy_casts \
	tests/unit/test_sandbox \
	tests/unit/test_sums \
	tests/api/test_copy \
	tests/api/test_guard \
	tests/api/test_guard_threads \
	tests/api/test_npz \
	tests/api/test_stats
.PHONY: check-valgrind
check-valgrind: $(check_PROGRAMS)
	@test -n '$(CHECK_LIBS)' || { echo 'check-valgrind: configure found no libcheck' >&2; exit 1; }
	@test -n '$(VALGRIND)' || { echo 'check-valgrind: configure found no valgrind' >&2; exit 1; }
	CK_FORK=no CK_TIMEOUT_MULTIPLIER=20 $(MAKE) $(AM_MAKEFLAGS) check-TESTS \
	  TESTS='$(filter-out $(valgrind_left_out),$(c_tests)) $(fuzz_tests)' TEST_SUITE_LOG=tests/valgrind.log \
	  LOG_COMPILER='$(LIBTOOL) --silent --mode=execute $(VALGRIND) --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible'
CLEANFILES += tests/valgrind.log

# What of lib/ and src/ the tests reach, from a build of its own in coverage/, of what
# is released, so that it does not matter whether this tree was configured.
.PHONY: coverage
coverage:
	test ! -d coverage || chmod -R u+w coverage
	rm -rf coverage
	$(MKDIR_P) coverage
	$(MAKE) $(AM_MAKEFLAGS) distdir distdir=coverage/src
	PYTHON='$(PYTHON_NUMPY)' $(SHELL) $(srcdir)/.ci/coverage coverage
