"""The rule unknown-place (SP008)."""

from subproc_cli.diagnostics import UNKNOWN_PLACE
from subproc_cli.rules.rule import Rule

RULE = Rule(
    UNKNOWN_PLACE,
    summary="A place is not a known country or region.",
    why=(
        "An unknown place leaves open on which side of a border it lies; `subproc places` lists the known "
        "ones."
    ),
    bad="deepl: {name: DeepL, processing: [Findland]}",
    good="deepl: {name: DeepL, processing: [FI]}",
)
