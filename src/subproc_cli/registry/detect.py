"""Files that are no list, but what a list can be made of: a page, a table, data of another program."""

from pathlib import PurePath
from typing import Any

from subproc_cli.diagnostics import INVALID_YAML, Problem, Where
from subproc_cli.registry.source import STDIN, STDIN_NAME
from subproc_cli.yaml.source import Source

_PAGE, _HTML, _TABLE = "a Markdown page", "an HTML page", "a table in CSV"
_ENDINGS = {
    ".md": _PAGE,
    ".markdown": _PAGE,
    ".html": _HTML,
    ".htm": _HTML,
    ".csv": _TABLE,
    ".tsv": _TABLE,
    ".xlsx": "an Excel workbook",
    ".docx": "a Word document",
    ".json": "JSON of another kind",
}
_HTML_BEGINS = (b"<!doctype html", b"<html")
_SIGNS = frozenset(("format", "services"))
"""Fields of which a list has one at least, whatever is wrong with it."""


def foreign(source: Source, data: Any) -> Problem | None:
    """Return what a file is instead of a list, with what to do with it; None if it is a list, or nothing.

    Args:
        source: the file.
        data: its data; None if it cannot be read as YAML.
    """
    if not source.content.strip() or (isinstance(data, dict) and data.keys() & _SIGNS):
        return None
    ending = PurePath(source.name).suffix.lower()
    if ending == ".json" and data is None:
        return None  # a list that is written as JSON, with a slip
    begins_as_html = source.content[:100].lstrip().lower().startswith(_HTML_BEGINS)
    kind = _HTML if begins_as_html else _ENDINGS.get(ending)
    if kind is None:
        return None
    return Problem(
        INVALID_YAML, f"this is {kind}, not a list", Where(source.name, 1, 1), _hint(source, ending)
    )


def _hint(source: Source, ending: str) -> str:
    if ending == ".docx":
        return "save it as HTML, and import that with subproc import"
    name = STDIN if source.name == STDIN_NAME else source.name
    return "" if source.commit else f"make a list of it: subproc import {name}"
