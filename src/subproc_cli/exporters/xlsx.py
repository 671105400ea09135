"""The list as an Excel workbook: services, who sees which data, where, and what changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from subproc_cli.describe.wording import Wording
from subproc_cli.diff.report import sentence
from subproc_cli.errors import UsageFault
from subproc_cli.evaluation import data_access
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import until_the_list
from subproc_cli.exporters.tabular import COLUMNS, row
from subproc_cli.output.reproducible_zip import members, packed
from subproc_cli.output.sanitize import xml_text

WIDEST = 60
"""Characters of the widest column; longer texts wrap."""
LONGEST = 32_767
"""Characters that a cell of a workbook may have, in units of UTF-16."""
_CORE = "docProps/core.xml"


def render(export: Export) -> bytes:
    """Return the workbook; the same list gives the same bytes.

    Raises:
        UsageFault: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook  # only this format needs it
    except ImportError:
        raise UsageFault("an Excel workbook needs openpyxl", "pip install 'subproc-cli[xlsx]'") from None
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, heads, rows in _sheets(export):
        _fill(book.create_sheet(title), heads, rows)
    moment = datetime.combine(export.about.registry.date, datetime.min.time())
    book.properties.creator, book.properties.created = xml_text(export.about.registry.publisher), moment
    out = BytesIO()
    book.save(out)
    return _steady(out.getvalue(), moment)


def _steady(content: bytes, moment: datetime) -> bytes:
    """Return the archive with the day of the list where the library writes the time of day."""
    parts = members(content)
    stamp = moment.isoformat().encode() + b"Z"
    parts[_CORE] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, parts[_CORE])
    return packed(parts)


def _sheets(export: Export) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[str]]]]:
    services = export.services
    yield "Services", COLUMNS, [row(key, each) for key, each in services.items()]
    yield "Data", ("service", "name", *(each.key for each in export.about.tree)), _verdicts(export)
    yield "Places", ("service", "name", "place", "country or region", "how", "when", "note"), _places(export)
    if export.moments:
        yield "Changes", ("date", "version", "level", "kind", "service", "change"), _changes(export)


def _verdicts(export: Export) -> Iterator[Sequence[str]]:
    """Yield for each service whether it sees each category."""
    tree = export.about.tree
    for key, service in export.services.items():
        yield (
            key,
            service.name,
            *(str(data_access.category_of(service, tree, each.key).verdict) for each in tree),
        )


def _places(export: Export) -> Iterator[Sequence[str]]:
    wording = Wording(export.about, export.language)
    for key, service in export.services.items():
        if not service.processing:
            yield key, service.name, "", "not stated", "", "", ""
        for said in service.processing:
            words = wording.places(said.place)
            told = said.how or "", said.when or "", said.note or ""
            yield key, service.name, "; ".join(said.place), words, *told


def _changes(export: Export) -> Iterator[Sequence[str]]:
    for moment in reversed(until_the_list(export)):
        if moment.old and moment.new:
            about = moment.new.registry
            for each in moment.changes:
                text = sentence(moment.old, moment.new, each)
                yield about.date.isoformat(), about.version, each.level, each.kind, each.service, text


def _fill(sheet: Any, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    written = [[_fitting(cell) for cell in cells] for cells in (heads, *rows)]
    layout, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for number, cells in enumerate(written, 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = text, "s"  # a text, also where it looks like a formula
            cell.alignment = layout
            if number == 1:
                cell.font = bold
    for column in range(1, len(heads) + 1):
        widest = max(len(cells[column - 1]) for cells in written)
        sheet.column_dimensions[get_column_letter(column)].width = min(WIDEST, max(8, widest + 2))
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def _fitting(text: str) -> str:
    """Return a text that a cell can hold; one that is too long says that it was cut."""
    shown = xml_text(text)
    units = shown.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return shown
    told = f" … [cut here; in full it has {len(shown)} characters]"
    return units[: 2 * (LONGEST - len(told))].decode("utf-16-le", "ignore") + told
