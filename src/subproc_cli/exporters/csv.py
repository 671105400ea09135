"""The list as CSV: a row for each service.

In a language it is a table for people. Otherwise it has a column for each field of the format, and one that
defines the regions of the publisher's own that a service names, if the list has any.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from subproc_cli.describe.wording import PageWording
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export, ExportPart
from subproc_cli.exporters.people_table import Cell, Link, build_table
from subproc_cli.exporters.tabular import COLUMNS, SEPARATOR, build_row, find_named, to_plain_data
from subproc_cli.output import csv


def render(export: Export) -> bytes:
    """Return the chosen services as rows."""
    regions = to_plain_data(export.registry.model).get("regions", {})
    rows = collect(export)
    if regions and not export.is_for_people:
        header, *services = rows
        cells = (find_named(regions, to_plain_data(service)) for service in export.services.values())
        defined = (json.dumps(found, ensure_ascii=False) if found else "" for found in cells)
        rows = [(*header, "regions"), *((*row, cell) for row, cell in zip(services, defined, strict=True))]
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
