"""The rule non-canonical-value (SP010)."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.characters import quote
from subproc_cli.diagnostics import ErrorCode, FieldPath
from subproc_cli.enums import Severity
from subproc_cli.registry import formatter
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every place that is not written as its code."""
    registry = context.registry
    for path, written in _iter_texts((), registry.get_raw_value(())):
        code = (
            formatter.normalize_place(written, registry.gazetteer)
            if formatter.is_place_path(path)
            else written
        )
        if written != code:
            service = str(path[1]) if path[0] == "services" else ""
            yield RawFinding(
                path, f"{quote(written)} is written instead of {code}", f"write {code}", service, fix=code
            )


def _iter_texts(path: FieldPath, value: Any) -> Iterator[tuple[FieldPath, str]]:
    """Yield every text below a mapping or a list of plain data with its route."""
    for step, child in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(child, str):
            yield (*path, step), child
        elif isinstance(child, dict | list):
            yield from _iter_texts((*path, step), child)


RULE = Rule(
    ErrorCode("SP010", "non-canonical-value", Severity.INFO),
    summary="A place is spelled out instead of given by its code.",
    why=(
        "Two revisions are easier to compare if a place is always written the same way. `subproc fmt` fixes "
        "it."
    ),
    bad="deepl: {name: DeepL, processing: [Finland]}",
    good="deepl: {name: DeepL, processing: [FI]}",
    find=find,
    is_fixable=True,
)
