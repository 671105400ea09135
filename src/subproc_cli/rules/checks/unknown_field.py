"""The rule unknown-field (SP003)."""

from subproc_cli.diagnostics import UNKNOWN_FIELD
from subproc_cli.rules.rule import Rule

RULE = Rule(
    UNKNOWN_FIELD,
    summary="A field is not part of the format and does not start with `x-`.",
    why="If a misspelt field were ignored, its statement would silently count as not stated.",
    bad="deepl: {name: DeepL, procesing: [FI]}",
    good="deepl: {name: DeepL, processing: [FI], x-owner: legal}",
)
