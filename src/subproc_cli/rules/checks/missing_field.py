"""The rule missing-field (SP004)."""

from subproc_cli.diagnostics import MISSING_FIELD
from subproc_cli.rules.rule import Rule

RULE = Rule(
    MISSING_FIELD,
    summary="A required field of the list or of a service is missing.",
    why=(
        "Nobody can refer to a list without a publisher, a version and a date, or to a service without a "
        "name."
    ),
    bad="deepl: {purpose: translation}",
    good="deepl: {name: DeepL, purpose: translation}",
)
