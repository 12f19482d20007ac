# SPDX-License-Identifier: MIT
# Copyright The mmview authors

# Benchmarks: built and run by hand, never by `make check`.
