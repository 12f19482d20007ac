# SPDX-License-Identifier: MIT
# Copyright The mmview authors
# Completion of mmview for fish. What there is to complete is what `mmview --help` and
# `mmview COMMAND --help` say, so that a new option is known here from its first day.

function __mmview_program
    set -l words (commandline -opc)
    string replace -r '^~' $HOME -- $words[1]
end

# The command that the line has, or nothing.
function __mmview_command
    set -l words (commandline -opc)
    for word in $words[2..-1]
        string match -q -- '-*' $word; and continue
        echo $word
        return
    end
end

# Options with what they take and their text, tabs between: --mode r|c "map ...".
function __mmview_read
    set -l program (__mmview_program)
    $program $argv --help 2>/dev/null </dev/null | string match -r -- '^  (?:    )?-.*' | while read -l line
        set -l found
        set -l argument
        set line (string trim -- $line)
        while set -l match (string match -r -- '^(-\S*[^\s,])(?:,? +|$)(.*)' $line)
            set -l parts (string split -m 1 -- = $match[2])
            set -a found $parts[1]
            set -q parts[2]; and set argument $parts[2]
            set line $match[3]
        end
        for option in $found
            printf '%s\t%s\t%s\n' $option "$argument" "$line"
        end
    end
end

function __mmview_value
    switch $argv[1]
        case 'FIELD,...'
            # The paragraph of `mmview info --help` that names them.
            set -l program (__mmview_program)
            set -l before (string match -r -- '^(?:--[a-z]+=)?(.*,)' (commandline -ct))[2]
            for field in ($program info --help 2>/dev/null </dev/null | sed -n '/^Fields,/,/\.$/p' |
                    tr ' ' '\n' | sed -n '/^--sh:$/,/^and$/s/^\([a-z_]*\),\{0,1\}$/\1/p' | sed '/^and$/d')
                echo "$before$field"
            end
        case '*|*'
            string split -- '|' $argv[1]
    end
end

function __mmview_complete
    set -l program (__mmview_program)
    set -l command (__mmview_command)
    set -l words (commandline -opc)
    set -l cur (commandline -ct)
    if test -z "$command"; or test "$command" = help
        $program --help 2>/dev/null </dev/null | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) *\(.*\)/\1\t\2/p'
        test -z "$command"; and __mmview_read | string replace -r -- '^(\S+)\t[^\t]*' '$1'
        return
    end
    # Behind -- are files; for hold it is a command of somebody else's.
    if set -l place (contains -i -- -- $words)
        if test "$command" = hold
            set -l theirs (string escape -- $words[(math $place + 1)..-1])
            complete -C (string join ' ' -- $theirs $cur)
        else
            __fish_complete_path $cur
        end
        return
    end
    set -l wanted $words[-1]
    set -l before
    if string match -q -- '--*=*' $cur
        set before (string match -r -- '^--[^=]*=' $cur)
        set wanted (string trim -r -c = -- $before)
    end
    set -l options (__mmview_read $command)
    for option in $options
        set -l parts (string split \t -- $option)
        if test "$parts[1]" = "$wanted"; and test -n "$parts[2]"
            for value in (__mmview_value $parts[2])
                echo "$before$value"
            end
            return
        end
    end
    if string match -q -- '-*' $cur
        for option in $options
            set -l parts (string split \t -- $option)
            string match -q -- '--*' $parts[1]; and test -n "$parts[2]"; and set parts[1] $parts[1]=
            printf '%s\t%s\n' $parts[1] $parts[3]
        end
        return
    end
    # Members of an archive are written as files in a folder.
    set -l archive (string match -r -- '^(.*?\.npz)/' $cur)[2]
    if test -n "$archive"; and test -f "$archive"
        $program ls -z -- $archive 2>/dev/null | string split0
        return
    end
    __fish_complete_path $cur
end

complete -c mmview -f -a '(__mmview_complete)'
