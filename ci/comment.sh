#!/bin/sh
# Puts a Markdown file into a comment of a pull request: into the one it wrote before, else into a new one.
# A first comment about no change is not written. REPOSITORY is owner/name, NUMBER the pull request.
set -eu
body=$1

mine=$(gh api --paginate "repos/$REPOSITORY/issues/$NUMBER/comments" \
    --jq '.[] | select(.user.type == "Bot" and (.body | startswith("<!-- subproc -->"))) | .id' | head -n 1)
if [ -n "$mine" ]; then
    gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$mine" --field "body=@$body"
elif ! grep -q '^This pull request changes nothing' "$body"; then
    gh api --silent --method POST "repos/$REPOSITORY/issues/$NUMBER/comments" --field "body=@$body"
fi
