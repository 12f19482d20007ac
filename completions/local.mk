# SPDX-License-Identifier: MIT
# Copyright The mmview authors

# Each shell looks for completions in a folder of its own, and by a name of its own:
# configure's --with-SHELL-completions=DIR names another folder, or none with no.
if BASH_COMPLETIONS
bashcompletionsdir = $(BASH_COMPLETIONS_DIR)
dist_bashcompletions_DATA = completions/mmview
endif
if ZSH_COMPLETIONS
zshcompletionsdir = $(ZSH_COMPLETIONS_DIR)
dist_zshcompletions_DATA = completions/_mmview
endif
if FISH_COMPLETIONS
fishcompletionsdir = $(FISH_COMPLETIONS_DIR)
dist_fishcompletions_DATA = completions/mmview.fish
endif
