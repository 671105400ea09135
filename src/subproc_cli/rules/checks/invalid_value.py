"""The rule invalid-value (SP005)."""

from subproc_cli.diagnostics import INVALID_VALUE
from subproc_cli.rules.rule import Rule

RULE = Rule(
    INVALID_VALUE,
    summary=(
        "A value has the wrong type, or is not one of the words, dates, versions or ids that its field "
        "accepts."
    ),
    why="A value that is misread gives a wrong answer.",
    bad="deepl: {name: DeepL, since: 2024-13-01, role: procesor}",
    good="deepl: {name: DeepL, since: 2024-12-01, role: processor}",
)
