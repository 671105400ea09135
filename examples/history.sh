#!/bin/sh
# Creates a temporary git repository with the seven revisions of the real list, to try log and @DATE.
# Usage: sh examples/history.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:?usage: sh examples/history.sh FOLDER}

mkdir -p "$folder"
cd "$folder"
git init --quiet --initial-branch main
git config user.name "Example GmbH"
git config user.email "privacy@example.com"
for file in "$here"/caplena/*.yaml; do
    day=$(basename "$file" .yaml)
    cp "$file" registry.yaml
    git add registry.yaml
    GIT_AUTHOR_DATE="${day}T12:00:00Z" GIT_COMMITTER_DATE="${day}T12:00:00Z" \
        git commit --quiet --message "The list of $day"
done
echo "$folder: $(git rev-list --count HEAD) revisions. Try: cd $folder && subproc log"
