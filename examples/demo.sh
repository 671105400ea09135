#!/bin/sh
# Shows two questions, a comparison of two revisions and the resulting notice, on the data that ships here.
set -eu
cd "$(dirname "$0")/.."
old=examples/caplena/2023-05-24.yaml
new=examples/caplena/2024-04-09.yaml

show() {
    printf '\n$ subproc %s\n\n' "$*"
    subproc "$@"
}

show which see email
show which process outside the EU
show diff "$old" "$new"
show notice "$old" "$new" --sent 2024-04-09 --effective 2024-05-10 --incomplete
