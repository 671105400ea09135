#!/usr/bin/env bash
# Writes each file of the folder BODIES into a comment of a pull request: into the one that it wrote before for the same
# list, otherwise into a new one. A first comment about no change is not written. REPOSITORY is owner/name, NUMBER the pull
# request, SERVER the address of GitHub. A comment that cannot be written is a warning: the summary of the job has its text.
set -uo pipefail

warn() {
    local reason=${1//$'\n'/ }
    reason=${reason//%/%25}
    echo "::warning title=subproc::The comment could not be written: ${reason:-unknown reason}. The summary of this job shows the changes."
}

if ! command -v gh > /dev/null; then
    warn 'gh is not installed'
    exit 0
fi
host=${SERVER#*://}
[ "$host" = github.com ] || export GH_HOST=$host

for body in "$BODIES"/*.md; do
    [ -f "$body" ] || continue
    IFS= read -r marker < "$body"
    # The marker has letters, digits and ./_% only, so it can be part of the query. gh prints the body of an error on
    # standard output: only its exit code says whether the list of comments is one.
    query=".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$marker\"))) | .id"
    error=$(mktemp)
    if ! found=$(gh api --paginate "repos/$REPOSITORY/issues/$NUMBER/comments" --jq "$query" 2> "$error"); then
        warn "$(head -n 1 "$error")"
    elif [ -n "$found" ]; then
        gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/${found%%$'\n'*}" --field "body=@$body" \
            2> "$error" || warn "$(head -n 1 "$error")"
    elif ! sed -n 2p "$body" | grep -q '^This pull request changes nothing'; then
        gh api --silent --method POST "repos/$REPOSITORY/issues/$NUMBER/comments" --field "body=@$body" \
            2> "$error" || warn "$(head -n 1 "$error")"
    fi
    rm -f "$error"
done
exit 0
