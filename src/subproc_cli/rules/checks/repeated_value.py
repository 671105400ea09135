"""The rule repeated-value (SP011)."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.characters import quote
from subproc_cli.diagnostics import ErrorCode, FieldPath
from subproc_cli.enums import Severity
from subproc_cli.registry import formatter
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every text that repeats an earlier one of its sequence, also in another spelling."""
    registry = context.registry
    for path, items in _iter_sequences((), registry.get_raw_value(())):
        seen: set[str] = set()
        for number, item in enumerate(items):
            if not isinstance(item, str):
                continue
            item_path = (*path, number)
            is_place = formatter.is_place_path(item_path)
            value = formatter.normalize_place(item, registry.gazetteer) if is_place else item
            if value in seen:
                service = str(path[1]) if path[0] == "services" else ""
                yield RawFinding(item_path, f"{quote(item)} is repeated", "write it once", service)
            seen.add(value)


def _iter_sequences(path: FieldPath, value: Any) -> Iterator[tuple[FieldPath, list[Any]]]:
    """Yield every sequence below a mapping or a list of plain data with its path."""
    for step, child in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(child, list):
            yield (*path, step), child
        if isinstance(child, dict | list):
            yield from _iter_sequences((*path, step), child)


RULE = Rule(
    ErrorCode("SP011", "repeated-value", Severity.INFO),
    summary="A value is listed twice.",
    details="A place counts as repeated in another spelling as well.",
    why="Customers see the value twice, and wonder what the difference is.",
    bad="deepl: {name: DeepL, processing: [DE, DE]}",
    good="deepl: {name: DeepL, processing: [DE]}",
    find=find,
)
