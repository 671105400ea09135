"""The rule expired-suppression (SP904)."""

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Rule

RULE = Rule(
    ErrorCode("SP904", "expired-suppression", Severity.ERROR),
    summary="The last day of a suppression has passed, and its findings are reported again.",
    details="With `--no-clock`, the day is the date of the list.",
    why="Its author wanted to be reminded on that day.",
    bad="ignore: [{rule: missing-location, service: stripe, until: 2024-01-31, reason: asked the vendor}]",
    good=(
        "ignore: [{rule: missing-location, service: stripe, until: 2025-01-31, reason: asked the vendor "
        "again}]"
    ),
)
