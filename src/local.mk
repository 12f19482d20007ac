# SPDX-License-Identifier: MIT
# Copyright The mmview authors

# The CLI: it sees <mmview.h> and its own folder, nothing of lib's inside.
bin_PROGRAMS += src/mmview
src_mmview_CPPFLAGS = -include $(top_builddir)/config.h \
	-I$(top_builddir)/lib/include -I$(top_srcdir)/lib/include
src_mmview_LDADD = lib/libmmview.la
src_mmview_SOURCES = \
	src/archive.c \
	src/archive.h \
	src/c_type.c \
	src/c_type.h \
	src/child.c \
	src/child.h \
	src/cmd_addr.c \
	src/cmd_check.c \
	src/cmd_ctypes.c \
	src/cmd_diff.c \
	src/cmd_dump.c \
	src/cmd_hold.c \
	src/cmd_info.c \
	src/cmd_ls.c \
	src/cmd_stats.c \
	src/command.h \
	src/ctypes_list.c \
	src/ctypes_list.h \
	src/diff.h \
	src/diff_place.c \
	src/dump.h \
	src/dump_options.c \
	src/dump_raw.c \
	src/dump_text.c \
	src/field.c \
	src/field.h \
	src/finding.c \
	src/finding.h \
	src/holding.c \
	src/holding.h \
	src/human.h \
	src/human_fields.c \
	src/human_notes.c \
	src/inspect.c \
	src/inspect.h \
	src/interrupt.c \
	src/interrupt.h \
	src/lint.c \
	src/lint.h \
	src/lint_header.c \
	src/lint_header.h \
	src/main.c \
	src/member_table.c \
	src/member_table.h \
	src/options.c \
	src/options.h \
	src/out_ctypes.c \
	src/out_ctypes.h \
	src/out_declaration.c \
	src/out_diff.c \
	src/out_fields.c \
	src/out_human.c \
	src/out_json.c \
	src/out_sh.c \
	src/output.c \
	src/output.h \
	src/pipe.c \
	src/pipe.h \
	src/progress.c \
	src/progress.h \
	src/report.c \
	src/report.h \
	src/selection.c \
	src/selection.h \
	src/stats.h \
	src/stats_merge.c \
	src/stats_out.c \
	src/stats_partial.c \
	src/stats_record.c \
	src/stats_record.h \
	src/stats_value.c \
	src/target.c \
	src/target.h \
	src/target_options.c \
	src/text.c \
	src/text.h
