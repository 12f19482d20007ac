# SPDX-License-Identifier: MIT
# Copyright The mmview authors

# A page a line. A page that is another name for one (".so man3/x.3") counts.
dist_man1_MANS =
dist_man3_MANS =
