"""The rule unreviewed-guess (SP110)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode, FieldPath, format_path
from subproc_cli.enums import Severity
from subproc_cli.registry.comments import find_guessed_fields
from subproc_cli.registry.models import NOBODY
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every marked guess, and the placeholder for a publisher."""
    registry = context.registry.model
    guessed_paths = list(find_guessed_fields(context.registry))
    for path in guessed_paths:
        key = str(path[1]) if path[:1] == ("services",) and len(path) > 1 else ""
        prefix = f"{registry.services[key].name}: " if key else ""
        message = f"{prefix}{_format_field(path)} is marked as guessed"
        yield RawFinding(path, message, "check it, then remove the marker", key)
    if registry.publisher == NOBODY and ("publisher",) not in guessed_paths:
        yield RawFinding(("publisher",), "the publisher is not stated", "add the publisher")


def _format_field(path: FieldPath) -> str:
    return format_path(path[2:] if path[:1] == ("services",) else path) or "this"


RULE = Rule(
    ErrorCode("SP110", "unreviewed-guess", Severity.WARNING),
    summary=(
        "A value that `subproc import` guessed is still marked as guessed, or the publisher is not stated."
    ),
    why=(
        "A guess that nobody has reviewed is published as a fact, and every answer that uses it may be wrong."
    ),
    bad="processing: [US]  # guessed",
    good="processing: [US]",
    find=find,
)
