"""Plain data as services: any list of objects, or objects by key, wherever it stands."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.errors import UnreadableFault
from subproc_cli.intake.found import Cell, Entry, Found
from subproc_cli.intake.labels import Labels

_DEEPEST = 50


def found(data: Any, labels: Labels) -> Found:
    """Return the services of the list of objects with a name of which most is known.

    Raises:
        UnreadableFault: there is no such list.
    """
    lists = [rows for _, rows in _lists(data, "") if any(_named(row, labels) for row in rows)]
    if not lists:
        hint = 'say which field is the name: --map "field=name"'
        raise UnreadableFault("there is no list of objects with a name in the file", hint)
    rows = max(lists, key=lambda each: _known(each, labels))
    entries = tuple(Entry(tuple(cells(row))) for row in rows if _named(row, labels))
    skipped = [text for row in rows if not _named(row, labels) for text in lines(row)]
    return Found(entries, (*_beside(data, rows), *skipped))


def cells(row: dict[str, Any]) -> Iterator[Cell]:
    """Yield the fields of an object, what is nested under the path to it."""
    for key, value in row.items():
        if isinstance(value, dict) and value:
            yield from (cell._replace(label=f"{key}.{cell.label}") for cell in cells(value))
        else:
            yield Cell(str(key), text(value))


def text(value: Any) -> str:
    """Return a value as text; several ones with semicolons between."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(filter(None, map(text, value)))
        case dict():
            return ", ".join(f"{key}: {told}" for key, each in value.items() if (told := text(each)))
        case _:
            return str(value)


def lines(value: Any, path: str = "") -> Iterator[str]:
    """Yield what plain data says, a line for each value, behind the path to it."""
    if isinstance(value, dict) and value:
        for key, each in value.items():
            yield from lines(each, f"{path}.{key}" if path else str(key))
    elif told := text(value):
        yield f"{path}: {told}" if path else told


def _lists(data: Any, path: str, depth: int = 0) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        rows = [row for row in data if isinstance(row, dict)]
        if rows:
            yield path, rows
        for each in data:
            yield from _lists(each, path, depth + 1)
    elif isinstance(data, dict):
        values = list(data.values())
        if values and all(isinstance(each, dict) for each in values):
            yield path, [{"name": key, "id": key, **each} for key, each in data.items()]
        for key, each in data.items():
            yield from _lists(each, f"{path}.{key}", depth + 1)


def _known(rows: list[dict[str, Any]], labels: Labels) -> int:
    """Return how many texts of a list stand under a label that is known."""
    return sum(labels.field(str(key)) is not None for row in rows for key in row)


def _named(row: dict[str, Any], labels: Labels) -> bool:
    return any(
        (field := labels.field(cell.label)) is not None and field.path == "name" and cell.text
        for cell in cells(row)
    )


def _beside(data: Any, rows: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what stands beside the list."""
    for key, value in data.items() if isinstance(data, dict) else ():
        if not any(listed == rows for _, listed in _lists(value, "")):
            yield from lines(value, str(key))
    if isinstance(data, list):
        yield from (text(each) for each in data if not isinstance(each, dict))
