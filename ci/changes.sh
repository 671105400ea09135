#!/bin/sh
# Prints as Markdown what the changes of a list mean for customers, and which version they need.
# REGISTRY is the list, AGAINST the revision that customers know.
set -eu

# The first line is the mark by which the comment of a pull request is found again.
echo '<!-- subproc -->'
if ! bump=$(subproc bump --registry "$REGISTRY" -- "$AGAINST") ||
    ! changes=$(subproc diff --registry "$REGISTRY" -f markdown -- "$AGAINST"); then
    echo 'What changed cannot be told: the list, or its earlier revision, cannot be read. The check says why.'
elif [ -z "$changes" ]; then
    echo 'This pull request changes nothing that the list says.'
else
    printf '%s\n\n**Version of the list:** %s\n' "$changes" "$bump"
fi
