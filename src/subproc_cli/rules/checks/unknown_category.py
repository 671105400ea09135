"""The rule unknown-category (SP007)."""

from subproc_cli.diagnostics import UNKNOWN_CATEGORY
from subproc_cli.rules.rule import Rule

RULE = Rule(
    UNKNOWN_CATEGORY,
    summary="A data category is neither built in nor defined by the publisher.",
    why="An unknown category leaves open what the service sees; `subproc categories` lists the known ones.",
    bad="deepl: {name: DeepL, sees: [identity.emial]}",
    good="deepl: {name: DeepL, sees: [identity.email]}",
)
