"""The list as an Excel workbook: services, who sees which data, where, and what changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from subproc_cli.describe.wording import PageWording
from subproc_cli.diff.report import format_change
from subproc_cli.errors import UsageError
from subproc_cli.evaluation import data_access
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_preceding_history
from subproc_cli.exporters.tabular import COLUMNS, build_row
from subproc_cli.output.reproducible_zip import pack, read_members
from subproc_cli.output.sanitize import sanitize_xml

COLUMN_WIDTH_LIMIT = 60
"""Characters of the widest column; longer texts wrap."""
CELL_LENGTH_LIMIT = 32_767
"""Characters that a cell of a workbook may have, in units of UTF-16."""
_CORE_PROPERTIES = "docProps/core.xml"


def render(export: Export) -> bytes:
    """Return the workbook; the same list gives the same bytes.

    Raises:
        UsageError: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook  # only this format needs it
    except ImportError:
        raise UsageError("an Excel workbook needs openpyxl", "pip install 'subproc-cli[xlsx]'") from None
    book = Workbook()
    del book[book.sheetnames[0]]  # a new workbook has an empty sheet
    for title, heads, rows in _iter_sheets(export):
        _fill_sheet(book.create_sheet(title), heads, rows)
    timestamp = datetime.combine(export.registry.model.date, datetime.min.time())
    book.properties.creator, book.properties.created = (
        sanitize_xml(export.registry.model.publisher),
        timestamp,
    )
    out = BytesIO()
    book.save(out)
    return _make_reproducible(out.getvalue(), timestamp)


def _make_reproducible(content: bytes, timestamp: datetime) -> bytes:
    """Return the archive with the day of the list where the library writes the time of day."""
    parts = read_members(content)
    stamp = timestamp.isoformat().encode() + b"Z"
    parts[_CORE_PROPERTIES] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, parts[_CORE_PROPERTIES]
    )
    return pack(parts)


def _iter_sheets(export: Export) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[str]]]]:
    services = export.services
    yield "Services", COLUMNS, [build_row(key, each) for key, each in services.items()]
    yield (
        "Data",
        ("service", "name", *(each.key for each in export.registry.category_tree)),
        _iter_verdicts(export),
    )
    yield (
        "Places",
        ("service", "name", "place", "country or region", "how", "when", "note"),
        _iter_places(export),
    )
    if export.history:
        yield "Changes", ("date", "version", "level", "kind", "service", "change"), _iter_changes(export)


def _iter_verdicts(export: Export) -> Iterator[Sequence[str]]:
    """Yield for each service whether it sees each category."""
    tree = export.registry.category_tree
    for key, service in export.services.items():
        yield (
            key,
            service.name,
            *(str(data_access.category_of(service, tree, each.key).verdict) for each in tree),
        )


def _iter_places(export: Export) -> Iterator[Sequence[str]]:
    wording = PageWording(export.registry, export.language)
    for key, service in export.services.items():
        if not service.processing:
            yield key, service.name, "", "not stated", "", "", ""
        for processing in service.processing:
            words = wording.format_places(processing.place)
            details = processing.how or "", processing.when or "", processing.note or ""
            yield key, service.name, "; ".join(processing.place), words, *details


def _iter_changes(export: Export) -> Iterator[Sequence[str]]:
    for entry in reversed(find_preceding_history(export)):
        if entry.old and entry.new:
            model = entry.new.model
            for each in entry.changes:
                text = format_change(entry.old, entry.new, each)
                yield model.date.isoformat(), model.version, each.level, each.kind, each.service, text


def _fill_sheet(sheet: Any, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    fitted_rows = [[_fit_text(cell) for cell in cells] for cells in (heads, *rows)]
    layout, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for number, cells in enumerate(fitted_rows, 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = text, "s"  # a text, also where it looks like a formula
            cell.alignment = layout
            if number == 1:
                cell.font = bold
    for column in range(1, len(heads) + 1):
        widest = max(len(cells[column - 1]) for cells in fitted_rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(COLUMN_WIDTH_LIMIT, max(8, widest + 2))
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def _fit_text(text: str) -> str:
    """Return a text that a cell can hold; one that is too long says that it was cut."""
    shown = sanitize_xml(text)
    units = shown.encode("utf-16-le")
    if len(units) <= 2 * CELL_LENGTH_LIMIT:
        return shown
    note = f" … [cut here; in full it has {len(shown)} characters]"
    return units[: 2 * (CELL_LENGTH_LIMIT - len(note))].decode("utf-16-le", "ignore") + note
