"""Imports a Word file: its headings, paragraphs, lists and tables, read like a web page."""

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from subproc_cli.errors import ReadError, UsageError
from subproc_cli.importers import page
from subproc_cli.importers.blocks import Block, Grid, Heading, Text, TextRun, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import RawTable

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

UNPACKED_LIMIT = 64 * 1024 * 1024
"""Maximum number of bytes that a file may unpack to."""
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
    _refuse_no_document(content)
    try:
        document = docx.Document(BytesIO(content))
        blocks = [block for item in document.iter_inner_content() if (block := _read(item)) is not None]
    except Exception as fault:  # noqa: BLE001  the library raises whatever it stumbles over
        raise ReadError(f"the DOCX file cannot be read: {type(fault).__name__}") from None
    return page.find_services(blocks, labels, document.core_properties.title or "")


def _refuse_no_document(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            size = sum(each.file_size for each in archive.infolist())
            is_known = "word/document.xml" in archive.namelist()
    except (OSError, ValueError, BadZipFile) as fault:
        raise ReadError(f"the file is not a DOCX file: {fault}", "save it as DOCX") from None
    if not is_known:
        raise ReadError("the file is not a DOCX file", "save it as DOCX")
    if size > UNPACKED_LIMIT:
        raise ReadError(f"the file unpacks to {size:,} bytes; the limit is {UNPACKED_LIMIT:,}")


def _read(item: "Paragraph | Table") -> Block | None:
    from docx.table import Table

    if isinstance(item, Table):
        return _read_table(item)
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


def _read_table(table: "Table") -> Grid:
    rows = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            runs: list[TextRun] = []
            for paragraph in cell.paragraphs:
                runs += [TextRun("\n")] if runs else []
                runs += _read_runs(paragraph)
            cells.append(tuple(runs))
        rows.append(tuple(cells))
    width = max(map(len, rows), default=0)
    return Grid(tuple((*row, *((),) * (width - len(row))) for row in rows))
