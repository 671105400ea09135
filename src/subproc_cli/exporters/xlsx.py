"""The list as an Excel workbook: for people, and with all its statements in a sheet for programs."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from itertools import chain, count, repeat
from math import ceil
from typing import Any, NamedTuple

from subproc_cli.describe.wording import PageWording
from subproc_cli.diff.report import format_change
from subproc_cli.errors import UsageError
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters import statements
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.people_table import Cell, Link, build_table
from subproc_cli.exporters.published import find_preceding_history
from subproc_cli.output.reproducible_zip import pack_chunks, read_members
from subproc_cli.output.sanitize import sanitize_xml
from subproc_cli.output.sheet_rows import Value, format_row
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
LINKS_LIMIT = 65_530
"""Maximum number of links of a sheet that Excel opens."""
_CACHE_SIZE = 4_096
_HEADER_WIDTH = 14
"""Characters of a line in the header of a column of answers."""
_LINE_HEIGHT = 15
"""Points of a line of text in the usual font."""
_DAY_ZERO, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)
"""Where the numbers of days in a workbook start, and the first day that has the right one."""
_CORE_PROPERTIES = "docProps/core.xml"
_SHEET_DATA = re.compile(rb"<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)
_CUT = re.compile(r" … \[cut here; in full it has \d+ characters\]$")
_FILLS = {Verdict.YES: "FCE4D6", Verdict.UNKNOWN: "FFF2CC", Verdict.NO: "E2EFDA"}
"""Colours that repeat what the words of an answer say."""


_STYLE = "list "
_HEADER, _TEXT, _DATE, _LINK = "header", "text", "date", "link"
_STYLES = (_HEADER, _TEXT, _DATE, _LINK, *map(str, _FILLS))
"""The styles of a workbook, of which each verdict has one."""


class Sheet(NamedTuple):
    """One sheet.

    Attributes:
        title: its title.
        rows: its rows, the header first.
        frozen_columns: how many columns stay in view.
        has_header: whether the first row is a header; otherwise the first column names the rows.
        is_sanitized: whether the texts are harmless already, and are written as they are.
        has_links: whether a cell may be a link.
    """

    title: str
    rows: Iterable[Sequence[Cell]]
    frozen_columns: int = 2
    has_header: bool = True
    is_sanitized: bool = False
    has_links: bool = False


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
    rows = [
        _fill_sheet(book.create_sheet(content.title), content, wording)
        for content in _iter_sheets(export, wording)
    ]
    timestamp = datetime.combine(export.registry.model.date, datetime.min.time())
    book.properties.creator, book.properties.created = (
        sanitize_xml(export.registry.model.publisher),
        timestamp,
    )
    out = BytesIO()
    book.save(out)
    return pack_chunks(_iter_members(read_members(out.getvalue()), rows, timestamp))


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


def _iter_members(
    members: Mapping[str, bytes], rows: Iterable[Iterable[bytes]], timestamp: datetime
) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield the members of the archive, with the rows of its sheets and without the time of day.

    Args:
        members: what the library wrote: sheets whose rows have nothing but links.
        rows: the rows of each sheet.
        timestamp: the day of the list, which replaces the time of day.
    """
    rows_by_name = {f"xl/worksheets/sheet{number}.xml": each for number, each in enumerate(rows, 1)}
    for name, content in members.items():
        if name in rows_by_name:
            before, after = _SHEET_DATA.split(content)
            yield name, chain((before, b"<sheetData>"), rows_by_name[name], (b"</sheetData>", after))
        elif name == _CORE_PROPERTIES:
            stamp = timestamp.isoformat().encode() + b"Z"
            yield name, (re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content),)
        else:
            yield name, (content,)


def _iter_sheets(export: Export, wording: PageWording) -> Iterator[Sheet]:
    local = export.localize()
    yield Sheet(_word(wording, "about"), _iter_about(export, wording), 1, has_header=False)
    yield Sheet(wording.format_text("services"), build_table(local), has_links=True)
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
    yield "", _word(wording, "empty-cell")
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
        silent = data_access.evaluate_silent_categories(tree, service.role)
        results = {**silent, **data_access.evaluate_stated_categories(service, tree)}
        yield key, service.name, *(result.verdict for result in results.values())


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


def _fill_sheet(sheet: Any, content: Sheet, wording: PageWording) -> Iterator[bytes]:
    """Set up a sheet, and return its rows: the library would make an object of each of their cells."""
    from openpyxl.utils import get_column_letter

    cells = [*_limit_links(content.rows)] if content.has_links else [*content.rows]
    rows = [*_iter_formatted_rows(content, cells, wording)]
    widths = [_choose_width(max(lengths)) for lengths in zip(*(row.lengths for row in rows), strict=True)]
    letters = [get_column_letter(number) for number in range(1, len(widths) + 1)]
    for letter, width in zip(letters, widths, strict=True):
        sheet.column_dimensions[letter].width = width
    if content.has_header:
        sheet.freeze_panes = f"{get_column_letter(content.frozen_columns + 1)}2"
        sheet.auto_filter.ref = f"A1:{letters[-1]}{len(rows)}"
        sheet.print_title_rows = "1:1"
        sheet.print_title_cols = f"A:{get_column_letter(content.frozen_columns)}"
    _set_up_print(sheet, sum(widths), wording, is_for_programs=content.is_sanitized)
    for row in cells if content.has_links else ():
        sheet.append([_make_link(sheet, cell) if isinstance(cell, Link) else None for cell in row])
    return _iter_rows(rows, _Layout(letters, widths, _find_styles(sheet)))


def _limit_links(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """Yield rows with as many links as Excel opens, and every further address as a text."""
    numbers = count(1)
    for row in rows:
        yield [
            cell.address if isinstance(cell, Link) and next(numbers) > LINKS_LIMIT else cell for cell in row
        ]


class _FormattedCell(NamedTuple):
    """What a cell holds in the workbook, its style, and the length of its longest line."""

    value: Value
    style: str
    length: int


class _FormattedRow(NamedTuple):
    """The cells of a row; a row without styles has no height of its own either."""

    values: Sequence[Value]
    styles: Sequence[str]
    lengths: Sequence[int]


def _iter_formatted_rows(
    content: Sheet, rows: Iterable[Sequence[Cell]], wording: PageWording
) -> Iterator[_FormattedRow]:
    """Yield what the cells of each row hold in the workbook."""
    answers = {verdict: _format_answer(verdict, wording) for verdict in Verdict}
    for number, row in enumerate(rows, 1):
        if content.is_sanitized and number > 1:
            texts = [_shorten(str(cell)) for cell in row]
            yield _FormattedRow(texts, (), [*map(len, texts)])
            continue
        cells = [answers[cell] if isinstance(cell, Verdict) else _format_cell(cell) for cell in row]
        formatted = _FormattedRow(*zip(*cells, strict=True))
        if content.has_header and number == 1:
            formatted = formatted._replace(styles=[_HEADER] * len(row))
        elif not content.has_header:
            formatted = formatted._replace(styles=[_HEADER, *formatted.styles[1:]])
        yield formatted


def _format_answer(verdict: Verdict, wording: PageWording) -> _FormattedCell:
    """Return the cell of an answer, whose words can be on lines of their own: there are many such columns."""
    text = _word(wording, str(verdict))
    return _FormattedCell(text, str(verdict), max(map(len, text.split())))


def _format_cell(cell: str | tuple[str, ...] | date | Link | None) -> _FormattedCell:
    match cell:
        case None:
            return _FormattedCell(None, _TEXT, 0)
        case str():
            return _format_text(sanitize_xml(cell), _TEXT)
        case date() if cell < _FIRST_DAY:
            return _format_text(cell.isoformat(), _DATE)
        case date():
            return _FormattedCell((cell - _DAY_ZERO).days, _DATE, len(cell.isoformat()))
        case Link(address):
            return _format_text(sanitize_xml(address), _LINK)
        case _:
            return _format_text("\n".join(map(sanitize_xml, cell)), _TEXT)


def _format_text(text: str, style: str) -> _FormattedCell:
    fitting = _shorten(text)
    return _FormattedCell(fitting, style, max(map(len, fitting.split("\n"))))


class _Layout(NamedTuple):
    """The letters and the widths of the columns of a sheet, and the numbers of the styles."""

    letters: Sequence[str]
    widths: Sequence[int]
    styles: Mapping[str, int]


def _iter_rows(rows: Iterable[_FormattedRow], layout: _Layout) -> Iterator[bytes]:
    """Yield the rows of a sheet as XML."""
    for number, row in enumerate(rows, 1):
        if not row.styles:
            yield format_row(number, layout.letters, row.values, repeat(0))
            continue
        lines = max(map(_count_lines, row.values, layout.widths))
        height = _LINE_HEIGHT * min(ROW_LINES_LIMIT, lines)
        yield format_row(
            number, layout.letters, row.values, [layout.styles[name] for name in row.styles], height
        )


@lru_cache(_CACHE_SIZE)
def _count_lines(value: Value, width: int) -> int:
    if not isinstance(value, str):
        return 1
    return sum(ceil(len(line) / (width - 1)) or 1 for line in value.split("\n"))


def _choose_width(length: int) -> int:
    """Return the width of a column whose longest line has a length."""
    return max(MIN_COLUMN_WIDTH, min(COLUMN_WIDTH_LIMIT, length + 2))


def _make_link(sheet: Any, link: Link) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    cell.hyperlink = link.address
    return cell


def _find_styles(sheet: Any) -> dict[str, int]:
    """Return the number that each style has in the workbook of a sheet."""
    from openpyxl.cell import WriteOnlyCell

    numbers = {}
    for name in _STYLES:
        cell = WriteOnlyCell(sheet)
        cell.style = f"{_STYLE}{name}"
        numbers[name] = cell.style_id
    return numbers


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


def _shorten(text: str) -> str:
    """Return a text that fits into a cell; a text that is too long ends with a note that it was cut."""
    if 2 * len(text) <= CELL_LENGTH_LIMIT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_LENGTH_LIMIT:
        return text
    note = f" … [cut here; in full it has {len(text)} characters]"
    return units[: 2 * (CELL_LENGTH_LIMIT - len(note))].decode("utf-16-le", "ignore") + note


def is_shortened(text: str) -> bool:
    """Return whether a text of a cell was cut."""
    return _CUT.search(text) is not None
