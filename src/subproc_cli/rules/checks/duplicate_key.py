"""The rule duplicate-key (SP002)."""

from subproc_cli.diagnostics import DUPLICATE_KEY
from subproc_cli.rules.rule import Rule

RULE = Rule(
    DUPLICATE_KEY,
    summary="A mapping contains the same key twice.",
    why="Most YAML readers silently keep the last value, so the first statement is lost.",
    bad="deepl: {name: DeepL, processing: [FI], processing: [US]}",
    good="deepl: {name: DeepL, processing: [FI, US]}",
)
