#!/usr/bin/env bash
# Checks the LISTS (one a line) against the revision AGAINST, if there is one. Findings become annotations and a summary of
# the job. FAIL_ON and ARGS (one a line) are further options.
set -euo pipefail

options=()
[ -z "$AGAINST" ] || options+=("--against=$AGAINST")
[ -z "$FAIL_ON" ] || options+=("--fail-on=$FAIL_ON")
while IFS= read -r option; do
    option=${option%$'\r'}
    [ -z "$option" ] || options+=("$option")
done <<< "$ARGS"
mapfile -t lists <<< "$LISTS"

summary=$(mktemp)
subproc check -f markdown "${options[@]}" -- "${lists[@]}" > "$summary" 2> /dev/null || true
# GitHub drops a summary of more than 1 MiB as a whole.
LC_ALL=C awk -v limit=500000 '
    { size += length($0) + 1 }
    size > limit && !cut { print "\nThe rest is left out: the log of this job has all findings."; cut = 1 }
    !cut { print }
' "$summary" >> "$GITHUB_STEP_SUMMARY"
rm "$summary"
subproc check -f github "${options[@]}" -- "${lists[@]}"
