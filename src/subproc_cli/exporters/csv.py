"""The list as CSV: a row for each service.

In a language it is a table for people. Otherwise it has a column for each field of the format. If the list
has regions or categories of the publisher's own, the last columns define those that a service names.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from subproc_cli.describe.wording import PageWording
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export, ExportPart
from subproc_cli.exporters.people_table import Cell, Link, build_table
from subproc_cli.exporters.tabular import (
    COLUMNS,
    DEFINITIONS,
    SEPARATOR,
    build_row,
    find_named,
    to_plain_data,
    to_plain_header,
)
from subproc_cli.output import csv


def render(export: Export) -> bytes:
    """Return the chosen services as rows."""
    rows = collect(export)
    header = {} if export.is_for_people else to_plain_header(export.registry.model)
    for name in DEFINITIONS:
        own = header.get(name)
        if own:
            found = [find_named(own, to_plain_data(service)) for service in export.services.values()]
            cells = (name, *(json.dumps(each, ensure_ascii=False) if each else "" for each in found))
            rows = [(*row, cell) for row, cell in zip(rows, cells, strict=True)]
    return csv.render(rows).encode()


def collect(export: Export) -> list[tuple[str, ...]]:
    """Return the header and the rows of a list."""
    if export.is_for_people:
        return list(_iter_people_rows(export))
    return [COLUMNS, *(build_row(key, service) for key, service in export.services.items())]


def render_many(parts: Sequence[ExportPart]) -> bytes:
    """Return the rows of several lists, with the publisher and the file of each at the right end."""
    return csv.render(csv.join_tables((part.content, part.publisher, part.file) for part in parts)).encode()


def _iter_people_rows(export: Export) -> Iterator[tuple[str, ...]]:
    wording = PageWording(export.registry, export.language)
    model = export.registry.model
    header, *rows = build_table(export.localize())
    about = ("version", "as-of")
    yield *map(str, header), *(wording.get_word("workbook", name) for name in about)
    for row in rows:
        cells = (_format_cell(cell, wording) for cell in row)
        yield *cells, model.version, export.as_of.isoformat()


def _format_cell(cell: Cell, wording: PageWording) -> str:
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case Link(address):
            return address
        case Verdict():
            return wording.get_word("workbook", str(cell))
        case str():
            return cell
        case _:
            return SEPARATOR.join(cell)
