#!/usr/bin/env bash
# Describes in Markdown what the changes of the LISTS (one a line) since AGAINST mean for customers: one file for each list
# in the folder BODIES, and all of them in the summary of the job. Prints the outputs of the step. Never fails.
set -uo pipefail

# The first line of a body is the marker by which the comment is found again. It names the list; characters that would end
# an HTML comment or a text in a query are encoded.
encode() {
    local LC_ALL=C text=$1 char out=
    while [ -n "$text" ]; do
        char=${text:0:1}
        text=${text:1}
        case "$char" in
        [a-zA-Z0-9./_]) out+=$char ;;
        *) printf -v char '%%%02X' "'$char" && out+=%${char: -2} ;;
        esac
    done
    printf '%s' "$out"
}

# The name of a list as code, whatever it has in it.
# shellcheck disable=SC2016
code() { printf '`%s`' "$(printf '%s' "$1" | tr '`' "'")"; }

# Returns whether the revision exists and does not have the list, so that the list is new.
is_new() {
    local base=$AGAINST
    case "$base" in *...*) base=$(git merge-base "${base%%...*}" "${base##*...}" 2> /dev/null) || return 1 ;; esac
    git rev-parse --quiet --verify "$base^{commit}" > /dev/null 2>&1 || return 1
    ! git cat-file -e "$base:./$1" 2> /dev/null && subproc list --registry "$1" --quiet 2> /dev/null
}

describe() {
    local list=$1 lines changes bump
    if lines=$(subproc diff --registry "$list" -f oneline -- "$AGAINST" 2> /dev/null) &&
        bump=$(subproc bump --registry "$list" -- "${AGAINST%...HEAD}" 2> /dev/null) &&
        changes=$(subproc diff --registry "$list" -f markdown -- "$AGAINST" 2> /dev/null); then
        if [ -z "$lines" ]; then
            printf 'This pull request changes nothing in the list %s.\n' "$(code "$list")"
            return
        fi
        all+=$lines$'\n'
        printf '### Changes of the list %s\n\n%s\n\n**Version of the list:** %s\n' "$(code "$list")" "$changes" "$bump"
    elif is_new "$list"; then
        new=true
        printf 'The list %s is new in this pull request. There is no earlier revision to compare it with.\n' "$(code "$list")"
    else
        printf 'The changes of the list %s cannot be described: it, or its earlier revision, cannot be read. ' "$(code "$list")"
        printf 'The check gives the reason.\n'
    fi
}

# GitHub accepts a comment of 65,536 characters; no character has less than a byte.
cut_body() {
    LC_ALL=C awk -v limit=60000 -v url="$SUMMARY_URL" '
        { size += length($0) + 1 }
        size > limit && !cut { printf "\nThe rest is left out. [The summary of the job](%s) has all changes.\n", url; cut = 1 }
        !cut { print }
    '
}

all='' new=false number=0
mkdir -p "$BODIES"
mapfile -t lists <<< "$LISTS"
for list in "${lists[@]}"; do
    number=$((number + 1))
    body=$(mktemp)
    describe "$list" > "$body"
    { printf '<!-- subproc: %s -->\n' "$(encode "$list")"; cut_body < "$body"; } > "$BODIES/$number.md"
    # A summary of more than 1 MiB is dropped as a whole, and the findings are in it as well.
    LC_ALL=C head -c 450000 "$body" >> "$GITHUB_STEP_SUMMARY"
    echo >> "$GITHUB_STEP_SUMMARY"
    rm "$body"
done

count() { printf '%s' "$all" | grep -c "^$1 " || true; }
if [ "$(count notice)" -gt 0 ]; then level=notice bump=major
elif [ "$(count inform)" -gt 0 ]; then level=inform bump=minor
elif [ "$(count editorial)" -gt 0 ]; then level=editorial bump=patch
else level='' bump=none; fi
changed=false
if [ -n "$level" ] || [ "$new" = true ]; then changed=true; fi
printf 'changed=%s\nlevel=%s\nbump=%s\nnotices=%s\n' "$changed" "$level" "$bump" "$(count notice)"
exit 0
