#!/usr/bin/env bash
# Prints the outputs of a step: `lists`, the lists that the patterns in REGISTRY (one a line) match, and `against`, the
# revision to compare them with: AGAINST, or what fits the EVENT. `against` is empty if nothing is to be compared.
set -euo pipefail

# A pattern that matches nothing stays as it is, so that the check reports it.
shopt -s globstar extglob
lists=()
while IFS= read -r pattern; do
    pattern=${pattern%$'\r'}
    pattern=${pattern##+([[:space:]])}
    pattern=${pattern%%+([[:space:]])}
    [ -n "$pattern" ] || continue
    IFS= # a name may have blanks: only the pattern is expanded
    # shellcheck disable=SC2206
    matches=($pattern)
    for match in "${matches[@]}"; do
        case "$match" in *$'\n'*) echo "::error title=subproc::The name of a list has a line break." >&2; exit 1 ;; esac
        lists+=("$match")
    done
done <<< "$REGISTRY"

exists() { git rev-parse --quiet --verify "$1^{commit}" > /dev/null 2>&1; }

against=$AGAINST
if [ -z "$against" ]; then
    case "$EVENT" in
    pull_request | pull_request_target)
        # GitHub checks out the branch as merged into its base. The base is then the first parent: the base that the event
        # names may be older, if the job runs again after the base has moved.
        if [ -n "$PULL_REQUEST_HEAD" ] && [ "$(git rev-parse --quiet --verify 'HEAD^2' 2> /dev/null)" = "$PULL_REQUEST_HEAD" ]; then
            against='HEAD^1'
        else
            against=$PULL_REQUEST_BASE...HEAD
        fi
        ;;
    merge_group) against=$MERGE_GROUP_BASE...HEAD ;;
    push)
        # The first push of a branch has no commit before it, and after a forced push that commit may be gone.
        if [ -n "${BEFORE//0/}" ] && exists "$BEFORE"; then
            against=$BEFORE
        elif [ -n "${BEFORE//0/}" ]; then
            echo "::warning title=subproc::The commit before this push is not in this clone, so changes are not checked. Set fetch-depth to 0." >&2
        fi
        ;;
    esac
fi
[ "$against" != none ] || against=
case "$against" in *$'\n'*) echo "::error title=subproc::The input against has a line break." >&2; exit 1 ;; esac

# No name of a list can be the line that ends the output.
end=SUBPROC_$RANDOM$RANDOM$RANDOM
printf 'lists<<%s\n%s\n%s\n' "$end" "$(printf '%s\n' "${lists[@]}")" "$end"
printf 'against=%s\n' "$against"
