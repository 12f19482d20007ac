# SPDX-License-Identifier: MIT
# Copyright The mmview authors

# A page a line.
dist_man1_MANS = \
	man/mmview.1 \
	man/mmview-addr.1 \
	man/mmview-append.1 \
	man/mmview-check.1 \
	man/mmview-convert.1 \
	man/mmview-create.1 \
	man/mmview-ctypes.1 \
	man/mmview-diff.1 \
	man/mmview-dump.1 \
	man/mmview-hold.1 \
	man/mmview-info.1 \
	man/mmview-ls.1 \
	man/mmview-repair.1 \
	man/mmview-set.1 \
	man/mmview-stats.1
dist_man3_MANS = \
	man/libmmview.3 \
	man/mmview_array.3 \
	man/mmview_compare.3 \
	man/mmview_copy.3 \
	man/mmview_ctypes.3 \
	man/mmview_ctypeslib.3 \
	man/mmview_dtype.3 \
	man/mmview_error.3 \
	man/mmview_export.3 \
	man/mmview_guard.3 \
	man/mmview_item_parse.3 \
	man/mmview_memmap.3 \
	man/mmview_npz.3 \
	man/mmview_npz_writer.3 \
	man/mmview_open.3 \
	man/mmview_stats.3 \
	man/mmview_text.3 \
	man/mmview_view.3 \
	man/mmview_write.3

# `man mmview_array_shape` finds mmview_array(3): the names that a page's NAME
# section has besides the page's own are installed as files that refer to it.
man_other_names = $(SED) -n '/^\.Sh NAME/,/^\.Nd/s/^\.Nm \([^ ]*\).*/\1/p'

install-data-hook:
	@for page in $(dist_man3_MANS); do \
	  own=`basename $$page .3`; \
	  for name in `$(man_other_names) $(srcdir)/$$page`; do \
	    test $$name = $$own || \
	      echo ".so man3/$$own.3" >'$(DESTDIR)$(man3dir)'/$$name.3 || exit 1; \
	  done; \
	done

uninstall-hook:
	@for page in $(dist_man3_MANS); do \
	  for name in `$(man_other_names) $(srcdir)/$$page`; do \
	    rm -f '$(DESTDIR)$(man3dir)'/$$name.3; \
	  done; \
	done
