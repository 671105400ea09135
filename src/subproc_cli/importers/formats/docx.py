"""Imports a Word file: its headings, paragraphs, lists and tables, read like a web page."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from subproc_cli.errors import ReadError, UsageError
from subproc_cli.importers.blocks import Block, Grid, Heading, Text, TextRun, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.formats.office_archive import Handlers, OfficeArchive
from subproc_cli.importers.layouts import page
from subproc_cli.importers.models import RawTable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.table import CT_Tbl, CT_Tc
    from docx.oxml.text.paragraph import CT_P
    from docx.text.paragraph import Paragraph

MAX_SPAN = 63
"""Columns of a table, as in Word."""
_LAST_LEVEL = 6


def parse_document(content: bytes, labels: Labels) -> RawTable:
    """Return the services of a Word file.

    Raises:
        ReadError: it is not a Word document.
        UsageError: the library that reads it is not installed.
    """
    try:
        import docx  # only this importer needs it
    except ImportError:
        raise UsageError("reading DOCX needs python-docx", "pip install 'subproc-cli[import]'") from None
    parts = OfficeArchive(content, "word/document.xml", "DOCX").copy_xml(Handlers(_refuse_wide_cell))
    try:
        document = docx.Document(parts)
        elements = document.element.body.inner_content_elements
        blocks = [block for each in elements if (block := _read(each, document)) is not None]
    except Exception as error:  # noqa: BLE001  the library raises whatever it stumbles over
        raise ReadError(f"the DOCX file cannot be read: {type(error).__name__}") from None
    return page.find_services(blocks, labels, document.core_properties.title or "")


def _refuse_wide_cell(element: str, attributes: Mapping[str, str]) -> None:
    """Refuse a cell, or a gap before the first one, that is wider than a table in Word."""
    text = attributes.get("val", "") if element in ("gridSpan", "gridBefore") else ""
    if len(text) > len(str(MAX_SPAN)) or (text.isdecimal() and int(text) > MAX_SPAN):
        raise ReadError(f"a cell of the file spans {text} columns; the limit is {MAX_SPAN}")


def _read(element: "CT_P | CT_Tbl", document: "Document") -> Block | None:
    from docx.oxml.table import CT_Tbl
    from docx.text.paragraph import Paragraph

    if isinstance(element, CT_Tbl):
        return _read_table(element, document)
    item = Paragraph(element, document)
    runs = _read_runs(item)
    if not get_text(runs):
        return None
    style = (item.style.name if item.style else "") or ""
    if style == "Title":
        return Heading(runs, 1)
    if style.startswith("Heading"):
        level = style.removeprefix("Heading").strip()
        return Heading(runs, min(int(level), _LAST_LEVEL) if level.isdecimal() else 1)
    is_item = style.startswith("List") or item.paragraph_format.element.find(".//{*}numPr") is not None
    return Text(runs, 1 if is_item else 0)


def _read_runs(paragraph: "Paragraph") -> tuple[TextRun, ...]:
    found: list[TextRun] = []
    for piece in paragraph.iter_inner_content():
        link = getattr(piece, "address", "") or ""
        inner = piece.runs if hasattr(piece, "runs") else [piece]
        found += [TextRun(run.text, bool(run.bold or run.italic), link) for run in inner]
    return tuple(found)


def _read_table(table: "CT_Tbl", document: "Document") -> Grid:
    """Return a table, and what cells share because they are merged in each of them.

    The cells are those of the file: the library looks for the first of merged cells again at each of them.
    """
    rows: list[tuple[tuple[TextRun, ...], ...]] = []
    for row in table.tr_lst:
        cells: list[tuple[TextRun, ...]] = [()] * row.grid_before
        above = rows[-1] if rows else ()
        for cell in row.tc_lst:
            is_merged = cell.vMerge == "continue" and len(cells) < len(above)
            runs = above[len(cells)] if is_merged else _read_cell(cell, document)
            cells += [runs] * cell.grid_span
        rows.append(tuple(cells))
    width = max(map(len, rows), default=0)
    return Grid(tuple((*row, *((),) * (width - len(row))) for row in rows))


def _read_cell(cell: "CT_Tc", document: "Document") -> tuple[TextRun, ...]:
    from docx.text.paragraph import Paragraph

    runs: list[TextRun] = []
    for paragraph in cell.p_lst:
        runs += [TextRun("\n")] if runs else []
        runs += _read_runs(Paragraph(paragraph, document))
    return tuple(runs)
