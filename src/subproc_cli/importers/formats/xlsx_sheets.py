"""Reads the sheets of an XLSX file as rows of texts, in a stream: only cells that hold something are kept."""

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import reduce
from typing import NamedTuple

from subproc_cli.errors import ReadError
from subproc_cli.importers.formats.office_archive import Handlers, OfficeArchive
from subproc_cli.importers.layouts.tables import TableCell

MAX_CELLS = 200_000
"""Cells of a sheet, empty ones included, from the first to the last that holds something."""
MAX_TEXT = 32_767
"""Characters of a cell, as in Excel."""
WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)
_LONGEST_NUMBER = 9
_CELL_PARTS = frozenset(("v", "t", "f"))
"""The elements of a cell that hold text: its value, a text written inside the cell, its formula."""


class _Styles(NamedTuple):
    """Which styles of cells show a number as a date, and the day from which these count."""

    dates: frozenset[int]
    counts_from_1904: bool


class _Range(NamedTuple):
    """The first and the last cell of a range, each as row and column from 0."""

    top: int
    left: int
    bottom: int
    right: int


class _Position(NamedTuple):
    row: int
    column: int


def read_sheets(archive: OfficeArchive) -> Mapping[str, list[list[TableCell]]]:
    """Return the rows of each sheet by its name; what cells share because they are merged down is in each.

    Raises:
        ReadError: a part is not XML, or the file is beyond a bound.
    """
    sheets: list[tuple[str, str]] = []
    dates = {}

    def start(element: str, attributes: Mapping[str, str]) -> None:
        if element == "sheet":
            sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif element == "workbookPr":
            dates["1904"] = attributes.get("date1904", "") in ("1", "true")

    archive.parse(WORKBOOK, Handlers(start))
    if not sheets:
        raise ReadError("the XLSX file cannot be read: it has no sheets")
    targets = _read_relations(archive, WORKBOOK)
    texts = _read_texts(archive, _find_part(targets, "/sharedStrings"))
    styles = _Styles(_read_date_styles(archive, _find_part(targets, "/styles")), dates.get("1904", False))
    return {
        name: _read_sheet(archive, targets[relation].part, name, texts, styles)
        for name, relation in sheets
        if relation in targets and targets[relation].kind.endswith("/worksheet")
    }


class _Relation(NamedTuple):
    kind: str
    part: str


def _read_relations(archive: OfficeArchive, part: str) -> dict[str, _Relation]:
    """Return what a part relates to, by the id that it uses for it."""
    folder, name = posixpath.split(part)
    found = {}

    def start(element: str, attributes: Mapping[str, str]) -> None:
        if element == "Relationship":
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[attributes.get("Id", "")] = _Relation(attributes.get("Type", ""), target)

    archive.parse(f"{folder}/_rels/{name}.rels", Handlers(start))
    return found


def _find_part(relations: Mapping[str, _Relation], kind: str) -> str:
    return next((each.part for each in relations.values() if each.kind.endswith(kind)), "")


def _read_texts(archive: OfficeArchive, part: str) -> list[str]:
    """Return the texts that cells refer to by number, without their phonetic readings."""
    texts: list[str] = []
    pieces: list[str] = []
    open_elements: list[str] = []

    def start(element: str, _: Mapping[str, str]) -> None:
        open_elements.append(element)

    def end(element: str) -> None:
        open_elements.pop()
        if element == "si":
            texts.append(_join(pieces))
            pieces.clear()

    def text(piece: str) -> None:
        if open_elements[-1] == "t" and "rPh" not in open_elements[-2:]:
            pieces.append(piece)

    archive.parse(part, Handlers(start, end, text))
    return texts


def _read_date_styles(archive: OfficeArchive, part: str) -> frozenset[int]:
    """Return the numbers of the styles by which a cell shows a date."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    codes = dict(BUILTIN_FORMATS)
    formats: list[int] = []
    is_in_cell_styles = False

    def start(element: str, attributes: Mapping[str, str]) -> None:
        nonlocal is_in_cell_styles
        is_in_cell_styles = is_in_cell_styles or element == "cellXfs"
        if element == "numFmt":
            codes[_to_number(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        elif element == "xf" and is_in_cell_styles:
            formats.append(_to_number(attributes.get("numFmtId", "")))

    def end(element: str) -> None:
        nonlocal is_in_cell_styles
        is_in_cell_styles = is_in_cell_styles and element != "cellXfs"

    archive.parse(part, Handlers(start, end))
    date_formats = {number for number in set(formats) if is_date_format(codes.get(number))}
    return frozenset(at for at, number in enumerate(formats) if number in date_formats)


def _read_sheet(
    archive: OfficeArchive, part: str, name: str, texts: list[str], styles: _Styles
) -> list[list[TableCell]]:
    reader = _SheetReader(name, texts, styles)
    archive.parse(part, Handlers(reader.start, reader.end, reader.text))
    links = _read_relations(archive, part) if reader.links else {}
    return reader.build_rows({at: links[relation].part for at, relation in reader.links if relation in links})


class _SheetReader:
    """Collects the cells of a sheet that hold something, and which of them are merged or links."""

    def __init__(self, name: str, texts: list[str], styles: _Styles) -> None:
        self.links: list[tuple[_Position, str]] = []
        self._name = name
        self._texts = texts
        self._styles = styles
        self._cells: dict[_Position, str] = {}
        self._merged: list[_Range] = []
        self._at = _Position(-1, -1)
        self._attributes: Mapping[str, str] = {}
        self._pieces: dict[str, list[str]] = {}
        self._collect: Callable[[str], None] | None = None
        self._is_phonetic = False
        self._rows = 0
        self._columns = 0

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        if element == "row":
            number = _to_number(attributes.get("r", ""), self._at.row + 2)
            self._at = _Position(number - 1, -1)
        elif element == "c":
            self._at = _parse_position(attributes.get("r", "")) or self._at._replace(
                column=self._at.column + 1
            )
            self._attributes, self._pieces = attributes, {}
        elif element == "rPh":
            self._is_phonetic = True
        elif element in _CELL_PARTS and not self._is_phonetic:
            self._collect = self._pieces.setdefault(element, []).append
        elif element in ("mergeCell", "hyperlink"):
            first, _, last = attributes.get("ref", "").partition(":")
            begin, end = _parse_position(first), _parse_position(last)
            if begin and element == "hyperlink":
                self.links.append((begin, attributes.get("id", "")))
            elif begin and end:
                self._merged.append(_Range(*begin, *end))

    def end(self, element: str) -> None:
        """End an element; the text of a cell is kept at its position."""
        self._collect = None
        self._is_phonetic = self._is_phonetic and element != "rPh"
        text = self._read_cell() if element == "c" else ""
        if text:
            self._cells[self._at] = text
            self._rows = max(self._rows, self._at.row + 1)
            self._columns = max(self._columns, self._at.column + 1)
            self._refuse_beyond(len(self._cells))

    def text(self, piece: str) -> None:
        """Keep a piece of the text of a cell."""
        if self._collect:
            self._collect(piece)

    def build_rows(self, links: Mapping[_Position, str]) -> list[list[TableCell]]:
        """Return the rows, and what cells of one column share, because they are merged, in each of them."""
        self._refuse_beyond(self._rows * self._columns)
        filled = 0
        for merged in self._merged:
            shared = self._cells.get(_Position(merged.top, merged.left))
            if shared and merged.left == merged.right:
                below = range(merged.top + 1, min(merged.bottom + 1, self._rows))
                filled += len(below)
                self._refuse_beyond(filled)
                self._cells.update({_Position(row, merged.left): shared for row in below})
        positions = [[_Position(row, column) for column in range(self._columns)] for row in range(self._rows)]
        return [
            [TableCell(self._cells.get(at, ""), (links[at],) if at in links else ()) for at in row]
            for row in positions
        ]

    def _read_cell(self) -> str:
        """Return a cell as text: its value, or its formula where no value was saved with it."""
        pieces = {element: _join(found) for element, found in self._pieces.items()}
        kind = self._attributes.get("t", "n")
        value = pieces.get("t", "") if kind == "inlineStr" else pieces.get("v", "")
        if not value:
            return f"={pieces['f']}" if pieces.get("f") else ""
        if kind == "s":
            number = _to_number(value, len(self._texts))
            return self._texts[number] if number < len(self._texts) else ""
        if kind == "b":
            return "yes" if value == "1" else "no"
        is_date = _to_number(self._attributes.get("s", "")) in self._styles.dates
        return self._format_number(value, is_date=is_date) if kind == "n" else value

    def _format_number(self, text: str, *, is_date: bool) -> str:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        epoch = CALENDAR_MAC_1904 if self._styles.counts_from_1904 else CALENDAR_WINDOWS_1900
        try:
            number = float(text)
            value = from_excel(number, epoch) if is_date else number
        except (ValueError, OverflowError):
            return text
        if isinstance(value, datetime):
            return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

    def _refuse_beyond(self, cells: int) -> None:
        if cells > MAX_CELLS:
            message = f"the sheet {self._name!r} has {cells:,} cells; the limit is {MAX_CELLS:,}"
            raise ReadError(message, "delete empty cells")


def _join(pieces: list[str]) -> str:
    """Return the text of a cell.

    Raises:
        ReadError: it is too long.
    """
    text = "".join(pieces)
    if len(text) > MAX_TEXT:
        raise ReadError(f"a cell has {len(text):,} characters; the limit is {MAX_TEXT:,}", "shorten its text")
    return text


def _parse_position(reference: str) -> _Position | None:
    """Return the row and the column of a reference such as `B7`; None if it is not one."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or match[2].strip("0") == "":
        return None
    column = reduce(lambda total, letter: 26 * total + ord(letter) - ord("A") + 1, match[1].upper(), 0)
    return _Position(int(match[2]) - 1, column - 1)


def _to_number(text: str, default: int = 0) -> int:
    """Return a number of a few digits; the default if a text is not one."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if is_number else default
