"""Services as arrays of rows without keys, in scripts and in data: `[["Acme", "Hosting", "Germany"], …]`."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from subproc_cli.importers import candidates
from subproc_cli.importers.blocks import Grid, TextRun
from subproc_cli.importers.columns import Labels, split_camel_case
from subproc_cli.importers.formats import json as objects
from subproc_cli.importers.formats import script_labels
from subproc_cli.importers.layouts import tables, unlabelled
from subproc_cli.importers.layouts.tables import TableCell
from subproc_cli.importers.models import RawTable

_HEADING = re.compile(r"<h[1-3]\b[^<>]{0,200}>\s*([^<>{}]{2,100}?)\s*</h[1-3]>")
_DEEPEST = 20


def read_rows(arrays: Iterable[tuple[str, Any]], labels: Labels, text: str = "") -> RawTable:
    """Return the services of an array of rows without keys.

    The array or a heading of the script is called by a word for services, or there are headers for it: in its
    first row, in an array, or as the names by which the script takes the rows apart.

    Args:
        arrays: the values, each with what it is called.
        labels: the labels that are known.
        text: the script; empty for data.
    """
    named = list(arrays)
    heads_by_width = {len(value): value for _, value in reversed(named) if _are_heads(value, labels)}
    is_about = any(map(candidates.speaks_of_services, _HEADING.findall(text)))
    for name, value in named:
        rows = [row for row in value if isinstance(row, list)] if isinstance(value, list) else []
        texts = [[objects.format_value(each) for each in row] for row in rows]
        width = max(map(len, texts), default=0)
        called = split_camel_case(name).replace("_", " ")
        first = texts[0] if texts and _are_heads(texts[0], labels) else None
        heads = first or heads_by_width.get(width)
        if texts and not heads:
            heads = script_labels.find_parameters(text, name, width)
            heads = heads if _are_heads(heads, labels) else None
        if texts and heads:
            below = texts[first is not None :]
            table = tables.parse_table([[TableCell(text) for text in row] for row in (heads, *below)], labels)
            if table and table.entries:
                return table
        if not rows or not (candidates.speaks_of_services(called) or is_about):
            continue
        cells = [tuple((TextRun(text),) for text in (*row, *[""] * (width - len(row)))) for row in texts]
        entries = unlabelled.read_grid(Grid(tuple(cells)), labels)
        if entries:
            under = (called,) if candidates.speaks_of_services(called) else ("subprocessors",)
            return RawTable(tuple(each._replace(under=under) for each in entries))
    return RawTable(())


def iter_arrays(data: Any, called: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield the arrays in plain data, each with the key that it is under."""
    if isinstance(data, list):
        yield called, data
    elif isinstance(data, dict) and depth < _DEEPEST:
        for key, each in data.items():
            yield from iter_arrays(each, str(key), depth + 1)


def _are_heads(value: Any, labels: Labels) -> bool:
    """Return whether an array holds the headers of columns, one of names and another one."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return False
    paths = {field.path for each in value if (field := labels.field(each))}
    return "name" in paths and len(paths) > 1
