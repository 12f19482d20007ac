# SPDX-License-Identifier: MIT
# Copyright The mmview authors

# Public headers: mmview.h is all a user includes, but for arrow.h. A new one
# goes here and into mmview.h.
include_HEADERS = lib/include/mmview.h
pkginclude_HEADERS = \
	lib/include/mmview/array.h \
	lib/include/mmview/arrow.h \
	lib/include/mmview/compare.h \
	lib/include/mmview/copy.h \
	lib/include/mmview/ctypes.h \
	lib/include/mmview/ctypeslib.h \
	lib/include/mmview/dtype.h \
	lib/include/mmview/error.h \
	lib/include/mmview/export.h \
	lib/include/mmview/guard.h \
	lib/include/mmview/npz.h \
	lib/include/mmview/npz_write.h \
	lib/include/mmview/open.h \
	lib/include/mmview/stats.h \
	lib/include/mmview/text.h \
	lib/include/mmview/typed.h \
	lib/include/mmview/types.h \
	lib/include/mmview/view.h \
	lib/include/mmview/write.h
nodist_pkginclude_HEADERS = lib/include/mmview/version.h

# All objects. Unit tests and fuzzers link this one, internals included.
noinst_LTLIBRARIES = lib/libmmview-internal.la
lib_libmmview_internal_la_LIBADD = $(DL_LIBS)
# A file a line, floor by floor (base, format, os, array, ops, export, io).
lib_libmmview_internal_la_SOURCES = \
	lib/base/alloc.c \
	lib/base/alloc.h \
	lib/base/bytes.h \
	lib/base/checked.h \
	lib/base/error.c \
	lib/base/error.h \
	lib/base/options.c \
	lib/base/options.h \
	lib/base/printable_table.h \
	lib/base/refcount.h \
	lib/base/strbuf.c \
	lib/base/strbuf.h \
	lib/base/utf8.c \
	lib/base/utf8.h \
	lib/base/version.c \
	lib/base/wide.h \
	lib/format/charname.c \
	lib/format/charname.h \
	lib/format/datetime.c \
	lib/format/dtype.c \
	lib/format/dtype.h \
	lib/format/dtype_comma.c \
	lib/format/dtype_list.c \
	lib/format/dtype_list.h \
	lib/format/dtype_literal.c \
	lib/format/dtype_order.c \
	lib/format/dtype_parse.c \
	lib/format/dtype_print.c \
	lib/format/dtype_string.c \
	lib/format/dtype_string.h \
	lib/format/dtype_table.c \
	lib/format/header.c \
	lib/format/header.h \
	lib/format/header_write.c \
	lib/format/header_write.h \
	lib/format/literal.c \
	lib/format/literal.h \
	lib/format/literal_lines.c \
	lib/format/literal_number.c \
	lib/format/literal_string.c \
	lib/format/literal_value.c \
	lib/format/number.h \
	lib/format/number_type.c \
	lib/format/number_type.h \
	lib/format/pyrepr.c \
	lib/format/pyrepr.h \
	lib/format/scan.c \
	lib/format/scan.h \
	lib/format/zip.c \
	lib/format/zip.h \
	lib/format/zip_local.c \
	lib/format/zip_local.h \
	lib/format/zip_name.c \
	lib/format/zip_name.h \
	lib/format/zip_write.c \
	lib/format/zip_write.h \
	lib/os/file.c \
	lib/os/file.h \
	lib/os/file_write.c \
	lib/os/guard.c \
	lib/os/guard.h \
	lib/os/link.c \
	lib/os/link.h \
	lib/os/lock.c \
	lib/os/lock.h \
	lib/os/map.c \
	lib/os/map.h \
	lib/os/new_file.c \
	lib/os/new_file.h \
	lib/os/rights.c \
	lib/os/rights.h \
	lib/array/array.c \
	lib/array/array.h \
	lib/array/guard.c \
	lib/array/layout.c \
	lib/array/layout.h \
	lib/array/make.h \
	lib/array/view.c \
	lib/array/view.h \
	lib/array/view_axes.c \
	lib/array/view_broadcast.c \
	lib/array/view_dtype.c \
	lib/array/view_index.c \
	lib/array/view_reshape.c \
	lib/array/view_select.c \
	lib/ops/axes.c \
	lib/ops/axes.h \
	lib/ops/cast.h \
	lib/ops/cast_avx2.c \
	lib/ops/cast_loops.h \
	lib/ops/cast_plain.c \
	lib/ops/cast_to.h \
	lib/ops/casting.c \
	lib/ops/casting.h \
	lib/ops/compare.c \
	lib/ops/compare.h \
	lib/ops/compare_bytes.c \
	lib/ops/compare_close.c \
	lib/ops/compare_columns.c \
	lib/ops/compare_equal.c \
	lib/ops/compare_loops.c \
	lib/ops/compare_mixed.c \
	lib/ops/compare_numbers.c \
	lib/ops/compare_times.c \
	lib/ops/copy.c \
	lib/ops/copy_new.c \
	lib/ops/digits.cc \
	lib/ops/digits.h \
	lib/ops/digits_cut.c \
	lib/ops/digits_exact.c \
	lib/ops/digits_exact.h \
	lib/ops/digits_f2.c \
	lib/ops/float_bits.h \
	lib/ops/float_text.c \
	lib/ops/half.h \
	lib/ops/histogram.c \
	lib/ops/hypotenuse.c \
	lib/ops/hypotenuse.h \
	lib/ops/integers.h \
	lib/ops/integers_avx2.c \
	lib/ops/integers_loops.h \
	lib/ops/integers_plain.c \
	lib/ops/item.c \
	lib/ops/item.h \
	lib/ops/item_parse.c \
	lib/ops/item_parse.h \
	lib/ops/item_text.c \
	lib/ops/item_text.h \
	lib/ops/load.h \
	lib/ops/move.h \
	lib/ops/move_avx2.c \
	lib/ops/move_loops.h \
	lib/ops/move_plain.c \
	lib/ops/natural.c \
	lib/ops/natural.h \
	lib/ops/number_parse.c \
	lib/ops/number_parse.h \
	lib/ops/number_text.c \
	lib/ops/number_text.h \
	lib/ops/number_text_long.c \
	lib/ops/overlap.c \
	lib/ops/overlap.h \
	lib/ops/print.c \
	lib/ops/print_cell.c \
	lib/ops/print_cell.h \
	lib/ops/print_float.c \
	lib/ops/print_float.h \
	lib/ops/print_kinds.c \
	lib/ops/print_line.c \
	lib/ops/print_line.h \
	lib/ops/reader.c \
	lib/ops/reader.h \
	lib/ops/reading_order.c \
	lib/ops/reading_order.h \
	lib/ops/spell.h \
	lib/ops/stats.c \
	lib/ops/stats.h \
	lib/ops/stats_complex.c \
	lib/ops/stats_double.c \
	lib/ops/stats_integer.c \
	lib/ops/stats_lanes.c \
	lib/ops/stats_long.c \
	lib/ops/stats_merge.c \
	lib/ops/string_text.c \
	lib/ops/string_text.h \
	lib/ops/sums.c \
	lib/ops/sums.h \
	lib/ops/sums_loops.h \
	lib/ops/text_csv.c \
	lib/ops/text_form.h \
	lib/ops/text_json.c \
	lib/ops/text_lines.c \
	lib/ops/text_string.c \
	lib/ops/text_value.c \
	lib/ops/text_value.h \
	lib/ops/time_parse.c \
	lib/ops/time_text.c \
	lib/ops/time_text.h \
	lib/ops/times.c \
	lib/ops/times.h \
	lib/ops/to_double.c \
	lib/ops/to_double.h \
	lib/ops/transfer.c \
	lib/ops/transfer.h \
	lib/ops/transpose_loops.h \
	lib/ops/vector.c \
	lib/ops/vector.h \
	lib/ops/write_text.c \
	lib/ops/writer.c \
	lib/ops/writer.h \
	lib/export/array_interface.c \
	lib/export/arrow.c \
	lib/export/buffer.c \
	lib/export/ctype.c \
	lib/export/ctype.h \
	lib/export/ctypes.c \
	lib/export/ctypes_data.c \
	lib/export/ctypes_shape.c \
	lib/export/dlpack.c \
	lib/export/declaration.c \
	lib/export/declaration.h \
	lib/export/declaration_c.c \
	lib/export/declaration_python.c \
	lib/export/flags.c \
	lib/export/identifier.c \
	lib/export/identifier.h \
	lib/export/require.c \
	lib/io/create.c \
	lib/io/emit.c \
	lib/io/emit.h \
	lib/io/extent.c \
	lib/io/extent.h \
	lib/io/memmap.c \
	lib/io/memory.c \
	lib/io/npy.c \
	lib/io/npy.h \
	lib/io/npz.c \
	lib/io/npz.h \
	lib/io/npz_header.c \
	lib/io/npz_header.h \
	lib/io/npz_index.c \
	lib/io/npz_index.h \
	lib/io/npz_info.c \
	lib/io/npz_member.c \
	lib/io/npz_read.c \
	lib/io/npz_writer.c \
	lib/io/open.c \
	lib/io/options.c \
	lib/io/options.h \
	lib/io/progress.c \
	lib/io/progress.h \
	lib/io/unpack.c \
	lib/io/unpack.h \
	lib/io/save.c \
	lib/io/save.h \
	lib/io/saving.c \
	lib/io/writer.c \
	lib/io/writer.h \
	lib/io/writer_open.c \
	lib/io/writer_write.c \
	lib/io/zip.c \
	lib/io/zip.h \
	lib/io/zip_start.c \
	lib/io/zlib.c \
	lib/io/zlib.h

# What is installed: the same objects, and of their symbols only the public.
lib_LTLIBRARIES = lib/libmmview.la
lib_libmmview_la_SOURCES =
lib_libmmview_la_LIBADD = lib/libmmview-internal.la
lib_libmmview_la_LDFLAGS = $(AM_LDFLAGS) $(LIB_LDFLAGS) -no-undefined \
	-version-info $(MMVIEW_LT_VERSION)
if HAVE_LD_VERSION_SCRIPT
lib_libmmview_la_LDFLAGS += -Wl,--version-script=$(top_srcdir)/lib/libmmview.map
EXTRA_lib_libmmview_la_DEPENDENCIES = lib/libmmview.map
endif

EXTRA_DIST += lib/libmmview.map lib/base/printable_table.py

pkgconfigdir = $(libdir)/pkgconfig
nodist_pkgconfig_DATA = lib/mmview.pc

# The same for CMake. Folders are filled in here: configure knows them as ${prefix}/...
cmakedir = $(libdir)/cmake/mmview
nodist_cmake_DATA = lib/mmviewConfig.cmake lib/mmviewConfigVersion.cmake
EXTRA_DIST += lib/mmviewConfig.cmake.in
CLEANFILES += lib/mmviewConfig.cmake
lib/mmviewConfig.cmake: $(srcdir)/lib/mmviewConfig.cmake.in Makefile
	$(AM_V_GEN)$(MKDIR_P) lib && $(SED) -e 's|@''libdir@|$(libdir)|' -e 's|@''includedir@|$(includedir)|' \
	  -e 's|@''DL_LIBS@|$(DL_LIBS)|' '$(srcdir)/lib/mmviewConfig.cmake.in' >$@

# What programs have compiled in: recorded when it was changed on purpose, see HACKING.
# The files, not the folder: that has the name of the target below, which a release would run.
EXTRA_DIST += abi/constants.txt abi/libmmview-x86_64.abi abi/structs.lp64
.PHONY: abi
abi: lib/libmmview.la
	'$(srcdir)/.ci/abi' record lib/.libs/libmmview.so '$(srcdir)/lib/include' "$(srcdir)/abi/libmmview-`uname -m`.abi"
	$(AM_TESTS_ENVIRONMENT) for test in constants structs; do \
	  MMVIEW_UPDATE=1 "$(srcdir)/tests/abi/$$test.test" || exit; \
	done
