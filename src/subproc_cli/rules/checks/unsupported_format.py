"""The rule unsupported-format (SP006)."""

from subproc_cli.diagnostics import UNSUPPORTED_FORMAT
from subproc_cli.rules.rule import Rule

RULE = Rule(
    UNSUPPORTED_FORMAT,
    summary="The format of the file is newer than this program.",
    why="A newer format may contain statements that this program would ignore.",
    bad="format: 2",
    good="format: 1",
)
