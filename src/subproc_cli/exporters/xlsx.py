"""The list as an Excel workbook: for people, and with all its statements in a sheet for programs."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple, TypeAlias

from subproc_cli.describe.wording import PageWording
from subproc_cli.diff.report import format_change
from subproc_cli.errors import UsageError
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters import statements
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.people_table import Cell, Link, build_table
from subproc_cli.exporters.published import find_preceding_history
from subproc_cli.output.reproducible_zip import pack, read_members
from subproc_cli.output.sanitize import sanitize_xml
from subproc_cli.reference.categories import ROOT

COLUMN_WIDTH_LIMIT = 50
"""Maximum number of characters of the widest column; longer texts wrap."""
MIN_COLUMN_WIDTH = 8
PAGE_WIDTH = 150
"""Characters side by side on a printed page that can still be read."""
ROW_LINES_LIMIT = 20
"""Maximum number of lines of the highest row."""
CELL_LENGTH_LIMIT = 32_767
"""Maximum number of characters that a cell of a workbook may have, in units of UTF-16."""
_HEADER_WIDTH = 14
"""Characters of a line in the header of a column of answers."""
_LINE_HEIGHT = 15
"""Points of a line of text in the usual font."""
_CORE_PROPERTIES = "docProps/core.xml"
_CUT = re.compile(r" … \[cut here; in full it has \d+ characters\]$")
_FILLS = {Verdict.YES: "FCE4D6", Verdict.UNKNOWN: "FFF2CC", Verdict.NO: "E2EFDA"}
"""Colours that repeat what the words of an answer say."""


_STYLE = "list "
_TEXT, _HEADER, _LINK, _DATE = "text", "header", "link", "date"
"""The styles of a workbook; each verdict has one as well."""


Value: TypeAlias = str | date | None
"""What a cell of the workbook holds."""


class Sheet(NamedTuple):
    """One sheet.

    Attributes:
        title: its title.
        rows: its rows, the header first.
        frozen_columns: how many columns stay in view.
        has_header: whether the first row is a header; otherwise the first column names the rows.
        is_sanitized: whether the texts are harmless already, and are written as they are.
    """

    title: str
    rows: Iterable[Sequence[Cell]]
    frozen_columns: int = 2
    has_header: bool = True
    is_sanitized: bool = False


def render(export: Export) -> bytes:
    """Return the workbook; the same list gives the same bytes.

    Raises:
        UsageError: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook  # only this format needs it
    except ImportError:
        raise UsageError("an Excel workbook needs openpyxl", "pip install 'subproc-cli[xlsx]'") from None
    book = Workbook(write_only=True)
    _add_styles(book)
    wording = PageWording(export.registry, export.language)
    for sheet in _iter_sheets(export, wording):
        _fill_sheet(book.create_sheet(sheet.title), sheet, wording)
    timestamp = datetime.combine(export.registry.model.date, datetime.min.time())
    book.properties.creator, book.properties.created = (
        sanitize_xml(export.registry.model.publisher),
        timestamp,
    )
    out = BytesIO()
    book.save(out)
    return _make_reproducible(out.getvalue(), timestamp)


def _add_styles(book: Any) -> None:
    """Add a style for each kind of cell: the library sets a named style much faster than its parts."""
    from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

    parts: dict[str, dict[str, Any]] = {
        _TEXT: {},
        _HEADER: {"font": Font(bold=True)},
        _LINK: {"font": Font(color="0563C1", underline="single")},
        _DATE: {"number_format": "yyyy-mm-dd"},
    }
    parts |= {str(verdict): {"fill": PatternFill("solid", start_color=_FILLS[verdict])} for verdict in _FILLS}
    layout = Alignment(horizontal="left", vertical="top", wrap_text=True)
    for name, own in parts.items():
        book.add_named_style(NamedStyle(f"{_STYLE}{name}", alignment=layout, **own))


def _make_reproducible(content: bytes, timestamp: datetime) -> bytes:
    """Return the archive with the day of the list where the library writes the time of day."""
    parts = read_members(content)
    stamp = timestamp.isoformat().encode() + b"Z"
    parts[_CORE_PROPERTIES] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, parts[_CORE_PROPERTIES]
    )
    return pack(parts)


def _iter_sheets(export: Export, wording: PageWording) -> Iterator[Sheet]:
    local = export.localize()
    yield Sheet(_word(wording, "about"), _iter_about(export, wording), 1, has_header=False)
    yield Sheet(wording.format_text("services"), build_table(local))
    yield Sheet(wording.format_text("data"), _iter_verdicts(local, wording))
    yield Sheet(_word(wording, "places"), _iter_places(local, wording))
    if export.history:
        yield Sheet(wording.format_text("changes"), _iter_changes(export, wording))
    rows = (statements.COLUMNS, *statements.build_rows(export))
    yield Sheet(_word(wording, "statements"), rows, 1, is_sanitized=True)


def _word(wording: PageWording, name: str) -> str:
    return wording.get_word("workbook", name)


def _iter_about(export: Export, wording: PageWording) -> Iterator[Sequence[Cell]]:
    model = export.registry.model
    yield _word(wording, "publisher"), model.publisher
    yield _word(wording, "version"), model.version
    yield _word(wording, "date"), model.date
    yield _word(wording, "as-of"), export.as_of
    yield _word(wording, "services"), str(len(export.services))
    if export.question:
        yield _word(wording, "question"), export.question
    if export.unanswered:
        yield _word(wording, "silent"), ", ".join(export.unanswered)
    yield _word(wording, "hash"), export.registry.sha256
    yield _word(wording, "legend"), _word(wording, "legend-text")
    yield "", wording.format_text("silence")
    yield "", _word(wording, "for-programs")


def _iter_verdicts(export: Export, wording: PageWording) -> Iterator[Sequence[Cell]]:
    """Yield for each service whether it sees some data of each category."""
    tree = export.registry.category_tree
    labels = (
        _word(wording, "some-data") if each.key == ROOT else wording.format_category(each.key)
        for each in tree
    )
    headers = (tuple(textwrap.wrap(label, _HEADER_WIDTH, break_long_words=False)) for label in labels)
    yield "ID", wording.format_text("service"), *headers
    for key, service in export.services.items():
        yield (
            key,
            service.name,
            *(data_access.category_of(service, tree, each.key).verdict for each in tree),
        )


def _iter_places(export: Export, wording: PageWording) -> Iterator[Sequence[Cell]]:
    details = (_word(wording, name) for name in ("how", "when", "note"))
    products = wording.get_word("label", "products")
    yield "ID", wording.format_text("service"), wording.format_text("place"), *details, products
    for key, service in export.services.items():
        if not service.processing:
            yield key, service.name, wording.format_text("not-stated"), None, None, None, None
        for processing in service.processing:
            yield (
                key,
                service.name,
                wording.formatter.format_places(export.registry, processing.place),
                wording.formatter.remote_access if processing.how else None,
                processing.when,
                processing.note,
                processing.products or None,
            )


def _iter_changes(export: Export, wording: PageWording) -> Iterator[Sequence[Cell]]:
    names = (_word(wording, name) for name in ("date", "version", "level", "kind"))
    yield *names, wording.format_text("service"), _word(wording, "change")
    for entry in reversed(find_preceding_history(export)):
        if entry.old and entry.new:
            model = entry.new.model
            for each in entry.changes:
                text = format_change(entry.old, entry.new, each)
                yield model.date, model.version, each.level, each.kind, each.service, text


def _fill_sheet(sheet: Any, content: Sheet, wording: PageWording) -> None:
    from openpyxl.utils import get_column_letter

    rows = [[(cell, _format_cell(cell, content, wording)) for cell in cells] for cells in content.rows]
    widths = _measure_columns(rows)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    if content.has_header:
        sheet.freeze_panes = f"{get_column_letter(content.frozen_columns + 1)}2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{len(rows)}"
        sheet.print_title_rows = "1:1"
        sheet.print_title_cols = f"A:{get_column_letter(content.frozen_columns)}"
    _set_up_print(sheet, sum(widths), wording, is_for_programs=content.is_sanitized)
    styled = _StyledCells(sheet)
    for number, row in enumerate(rows, 1):
        if content.is_sanitized and number > 1:
            sheet.append(styled.fill_plain(cell, value) for cell, value in row)
            continue
        lines = max(_count_lines(value, width) for (_, value), width in zip(row, widths, strict=False))
        sheet.row_dimensions[number].height = _LINE_HEIGHT * min(ROW_LINES_LIMIT, lines)
        is_header = number == 1 and content.has_header
        sheet.append(
            styled.fill(cell, value, is_header=is_header or (column == 0 and not content.has_header))
            for column, (cell, value) in enumerate(row)
        )
        del sheet.row_dimensions[number]


def _measure_columns(rows: Iterable[Sequence[tuple[Cell, Value]]]) -> list[int]:
    """Return the width of each column: that of the longest line of its cells, within bounds."""
    widths: list[int] = []
    for row in rows:
        widths += [MIN_COLUMN_WIDTH] * (len(row) - len(widths))
        for column, (cell, value) in enumerate(row):
            # a column of answers is narrow: there are many
            parts = str(value or "").split(None if isinstance(cell, Verdict) else "\n")
            length = max(map(len, parts), default=0)
            widths[column] = max(widths[column], min(COLUMN_WIDTH_LIMIT, length + 2))
    return widths


class _StyledCells:
    """The cells of a sheet: one of each style is filled again and again, because making one takes long."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._cells: dict[str, Any] = {}

    def fill(self, cell: Cell, value: Value, *, is_header: bool) -> Any:
        """Return the cell of the right style with a value; it has the next value after the next call."""
        style = _HEADER if is_header else _choose_style(cell)
        if style not in self._cells:
            self._cells[style] = self._make(style)
        target = self._cells[style]
        target.value = value
        if isinstance(value, str):
            target.data_type = "s"  # a text, also where it looks like a formula
        if isinstance(cell, Link):
            target.hyperlink = cell.address
        return target

    def fill_plain(self, cell: Cell, value: Value) -> Any:
        """Return a value for programs, without a style; a cell if the library would take it for more."""
        if isinstance(value, str) and value.startswith(("=", "#")):
            return self.fill(cell, value, is_header=False)
        return value or None

    def _make(self, style: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        made = WriteOnlyCell(self._sheet)
        made.style = f"{_STYLE}{style}"
        return made


def _choose_style(cell: Cell) -> str:
    match cell:
        case date():
            return _DATE
        case Link():
            return _LINK
        case Verdict():
            return str(cell)
        case _:
            return _TEXT


def _set_up_print(sheet: Any, width: int, wording: PageWording, *, is_for_programs: bool) -> None:
    """Fit a sheet to the width of one or more A4 pages in landscape, with version and page number below."""
    from openpyxl.worksheet.worksheet import Worksheet

    model = wording.registry.model
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    pages = 1 if is_for_programs else ceil(width / PAGE_WIDTH)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    name = sanitize_xml(model.publisher).replace("&", "&&")
    sheet.oddFooter.left.text = f"{name}, {model.version}"
    sheet.oddFooter.right.text = "&P / &N"


def _format_cell(cell: Cell, sheet: Sheet, wording: PageWording) -> Value:
    """Return the value that a cell of the workbook has."""
    match cell:
        case None | date():
            return cell
        case Link(address):
            return _fit_text(address)
        case Verdict():
            return _word(wording, str(cell))
        case str():
            return _shorten(cell) if sheet.is_sanitized else _fit_text(cell)
        case _:
            return "\n".join(map(_fit_text, cell))


def _count_lines(value: object, width: int) -> int:
    return sum(max(1, ceil(len(line) / (width - 1))) for line in str(value or "").split("\n"))


def _fit_text(text: str) -> str:
    """Return a text that is valid and harmless in a cell."""
    return _shorten(sanitize_xml(text))


def _shorten(text: str) -> str:
    """Return a text that fits into a cell; a text that is too long ends with a note that it was cut."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LENGTH_LIMIT:
        return text
    note = f" … [cut here; in full it has {len(text)} characters]"
    return units[: 2 * (CELL_LENGTH_LIMIT - len(note))].decode("utf-16-le", "ignore") + note


def is_shortened(text: str) -> bool:
    """Return whether a text of a cell was cut."""
    return _CUT.search(text) is not None
