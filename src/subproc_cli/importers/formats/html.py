"""Imports an HTML page: lxml reads its elements, which are turned into headings, texts and tables."""

import codecs
import re
from itertools import takewhile
from typing import Any, NamedTuple

from subproc_cli.errors import ReadError
from subproc_cli.importers.blocks import STRUCK, Block, Grid, Heading, Text, TextRun, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.formats.page_frame import Frame, detach_frame
from subproc_cli.importers.layouts import page
from subproc_cli.importers.models import RawTable

_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"summary": 7, "caption": 7, "legend": 7}
_TERM_LEVEL = 7
"""The level of a term as a heading, if its definitions have labels of their own."""
_LABEL = re.compile(r"\s*[^\W\d_][\w /-]{1,40}:")
_UNSEEN = frozenset(("script", "style", "template", "title"))
_STRONG = frozenset(("b", "strong", "em", "i", "dt"))
_STRUCK = frozenset(("del", "s", "strike"))
_LISTS = frozenset(("ul", "ol", "menu"))
# fmt: off
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "u",
    "var", "wbr",
))
# fmt: on
_CARD_TEXTS = frozenset(("span", "strong", "b", "a", "small"))
"""Elements that follow each other without a blank on cards, each on a line of its own."""
_ANCHORS = frozenset("#¶§🔗")
"""Marks after a heading that link to it."""
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_GENERIC = frozenset(("div", "span", "section"))
_ROLES = {
    "table": "table", "grid": "table", "rowgroup": "tbody", "row": "tr", "cell": "td", "gridcell": "td",
    "columnheader": "th", "rowheader": "th",
}  # fmt: skip
"""The elements of tables by the ARIA role that replaces them."""
_HEADER_CLASS = re.compile(r"(?:\A|[\s_-])(?:thead|head|header|headers|heading)(?:\Z|[\s_-])", re.IGNORECASE)
"""A class of a row of headers: `row head`, `table-header`."""
_LAYOUT_ROWS = 2
"""Rows of a table around other tables that only lays out a page, at most."""
_HIDDEN_STYLE = re.compile(r"(?:\A|;)\s*display\s*:\s*none\b", re.IGNORECASE)
_FEWEST_WORDS_APART = 3
"""Words of a text in an element of its own that does not continue the word before it."""
_CHARSET = re.compile(rb"""<meta\b[^<>]{0,200}?\bcharset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE)
_HEAD_BYTES = 4096
"""The beginning of a page that may declare its encoding."""
_ENCODINGS = ("iso8859", "cp", "koi8", "shift_jis", "euc", "gb", "big5", "mac")
"""Beginnings of the names of the encodings that pages declare, as Python names them."""
_FULL_WIDTH = str.maketrans({"（": " (", "）": ")", "：": ": "})
"""Marks of Chinese and Japanese texts that are read like those of other languages."""
MAX_SPAN = 1000
"""Maximum number of cells that one cell may span, like in browsers."""
MAX_FILLED = 100_000
"""Maximum number of cells of a table that are filled because others span them."""


def parse_html(text: str, labels: Labels, title: str = "") -> RawTable:
    """Return the services of a page; its title may come from outside."""
    parsed = parse_blocks(text)
    found = page.find_services(parsed.blocks, labels, parsed.title or title)
    return found._replace(site=tuple(filter(None, (parsed.frame.name, *parsed.frame.texts))))


def find_encoding(content: bytes) -> str:
    """Return the encoding that a page declares, as browsers understand it; UTF-8 if it declares none."""
    declared = _CHARSET.search(content[:_HEAD_BYTES])
    try:
        name = codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError:
        return "utf-8"
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return name if name.startswith(_ENCODINGS) else "utf-8"


class ParsedPage(NamedTuple):
    """The blocks of a page, the title that its head states, and the frame of the site around it."""

    blocks: list[Block]
    title: str
    frame: Frame


def parse_blocks(html: str) -> ParsedPage:
    """Return the blocks of a page without the frame of its site.

    Raises:
        ReadError: its elements are nested too deeply for lxml.
    """
    from lxml import etree  # only pages need it

    # A str may not declare an encoding, and lxml would believe the declaration of bytes: hence `encoding`.
    html = html.translate(_FULL_WIDTH)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(html.encode(), parser) if html.strip() else None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise ReadError("the page is nested too deeply", "copy its table or list into a page of its own")
    if root is None:
        return ParsedPage([], "", Frame("", ()))
    _mark_tables(root)
    frame = detach_frame(root)
    steps = etree.iterwalk(root, events=("start", "end"), tag=("table", "tr"))
    outline = _Outline(_find_layouts(steps))
    outline.read(root, _OUTSIDE)
    outline.flush()
    title = next(root.iter("title"), None)
    return ParsedPage(outline.blocks, "" if title is None else " ".join((title.text or "").split()), frame)


def _mark_tables(root: Any) -> None:
    """Give the roles of a table to elements that are styled as one: a row of headers and rows as wide."""
    for first in list(root.iter("div")):
        parent = first.getparent()
        is_first = first.getprevious() is None and not parent.get("role")
        has_heads = len(first) > 1 and all(len(cell) == 0 and (cell.text or "").strip() for cell in first)
        if not (is_first and has_heads and _HEADER_CLASS.search(first.get("class", ""))):
            continue
        rows = list(parent)
        cells = [cell for row in rows for cell in row]
        is_even = len(rows) > 1 and all(len(row) == len(first) for row in rows)
        is_styled = is_even and all(each.tag in _GENERIC and not each.get("role") for each in (*rows, *cells))
        for role, elements in (("table", [parent]), ("row", rows), ("cell", cells)) if is_styled else ():
            for element in elements:
                element.set("role", role)


def _find_layouts(steps: Any) -> frozenset[Any]:
    """Return the tables of a page that only lay out the tables inside them.

    Args:
        steps: the beginning and end of each table and row, as `iterwalk` yields them.
    """
    layouts = set()
    open_tables: list[list[int]] = []  # the rows of each table, and the tables in it
    for event, element in steps:
        if element.tag == "tr":
            if open_tables and event == "start":
                open_tables[-1][0] += 1
        elif event == "start":
            if open_tables:
                open_tables[-1][1] += 1
            open_tables.append([0, 0])
        else:
            rows, tables = open_tables.pop()
            if tables and rows <= _LAYOUT_ROWS:
                layouts.add(element)
    return frozenset(layouts)


class _Context(NamedTuple):
    """What the elements around a text decide about it.

    Attributes:
        level: the level of its heading; 0 if it is in none.
        depth: how many lists it is in.
        is_inside_table: whether it is in a table, where a block ends a line only.
    """

    level: int = 0
    depth: int = 0
    is_strong: bool = False
    link: str = ""
    is_preformatted: bool = False
    is_inside_table: bool = False


_OUTSIDE = _Context()


class _Cell(NamedTuple):
    runs: tuple[TextRun, ...]
    across: int
    down: int


class _Outline:
    """Collects runs until a block ends."""

    def __init__(self, layouts: frozenset[Any]) -> None:
        self.blocks: list[Block] = []
        self._layouts = layouts
        self._runs: list[TextRun] = []
        self._is_fresh = True
        self._is_after_card_text = False

    def read(self, element: Any, context: _Context) -> None:
        """Read an element with all that is in it."""
        tag = _get_tag(element)
        self._is_after_card_text = self._is_after_card_text and tag in _CARD_TEXTS
        if tag in _UNSEEN:
            return
        if tag in ("br", "hr"):
            self._runs.append(TextRun("\n"))
        elif tag == "img":
            self._add(element.get("alt", ""), context)
        elif tag in _INLINE:
            self._read_inline(element, tag, context)
        elif context.is_inside_table:
            self._runs.append(TextRun("\n"))
            self._read_children(element, context._replace(is_strong=context.is_strong or tag == "dt"))
            self._runs.append(TextRun(": " if tag == "dt" else "\n"))
        elif tag == "table" and element not in self._layouts:
            self.flush(context)
            self._read_table(element)
        else:
            self._read_block(element, tag, context)
        self._is_after_card_text = tag in _CARD_TEXTS

    def _read_inline(self, element: Any, tag: str, context: _Context) -> None:
        mark = STRUCK if tag in _STRUCK else ""
        link = element.get("href", "") if tag == "a" else context.link
        inner = context._replace(is_strong=context.is_strong or tag in _STRONG, link=link)
        self._add(mark, inner)
        self._read_children(element, inner)
        self._add(mark, inner)

    def _read_block(self, element: Any, tag: str, context: _Context) -> None:
        """Read a block; a term and its definition are one, with the term as its label."""
        if tag == "p" and _is_whole_definition(element):
            self._read_children(element, context)
            return
        if tag != "dd":
            self.flush(context)
        self._is_fresh = self._is_fresh or tag == "li"
        has_heading = tag == "summary" and next(element.iter("h2", "h3", "h4", "h5", "h6"), None) is not None
        is_name = tag == "dt" and _is_above_labels(element)
        inner = context._replace(
            level=context.level
            if has_heading
            else _TERM_LEVEL
            if is_name
            else _HEADINGS.get(tag, context.level),
            depth=context.depth + (tag in _LISTS),
            is_strong=tag == "dt",
            is_preformatted=context.is_preformatted or tag == "pre",
        )
        self._read_children(element, inner)
        if tag == "dt" and not is_name:
            self._runs.append(TextRun(": "))
        else:
            self.flush(inner)

    def _read_children(self, element: Any, context: _Context) -> None:
        self._add(element.text or "", context)
        for child in element:
            self.read(child, context)
            self._add(child.tail or "", context)

    def _read_table(self, table: Any) -> None:
        """Read a table; texts outside its cells become blocks before it."""
        rows: list[list[_Cell]] = []
        hidden: set[int] = set()
        self._read_rows(table, rows, hidden, is_hidden=False)
        self.flush()
        self.blocks.append(_expand(rows, hidden))

    def _read_rows(self, element: Any, rows: list[list[_Cell]], hidden: set[int], *, is_hidden: bool) -> None:
        context = _Context(is_inside_table=True)
        self._add_outside_cells(element.text or "", context)
        for child in element:
            tag = _get_tag(child)
            if tag in ("td", "th"):
                self.flush()
                if not rows:
                    rows.append([])
                self._read_children(child, context)
                runs, self._runs = tuple(self._runs), []
                rows[-1].append(_Cell(runs, _parse_span(child, "colspan"), _parse_span(child, "rowspan")))
            elif tag == "tr" or tag in _ROW_GROUPS:
                self.flush()
                is_child_hidden = is_hidden or _is_hidden(child)
                if tag == "tr":
                    hidden.update([len(rows)] if is_child_hidden else ())
                    rows.append([])
                self._read_rows(child, rows, hidden, is_hidden=is_child_hidden)
            elif tag in _INLINE or tag in _UNSEEN or tag == "table":
                self.read(child, context)
            else:
                self.flush()
                self._read_rows(child, rows, hidden, is_hidden=is_hidden)
            self._add_outside_cells(child.tail or "", context)

    def _add_outside_cells(self, text: str, context: _Context) -> None:
        """Add a text between cells or rows, unless it is blank and begins nothing."""
        if self._runs or not text.isspace():
            self._add(text, context)

    def _add(self, text: str, context: _Context) -> None:
        if not text:
            return
        if self._is_apart(text):
            self._runs.append(TextRun("\n"))
        self._is_after_card_text = False
        if context.link.startswith("#") and text.strip() in _ANCHORS:
            return
        if not context.is_preformatted:
            text = text.replace("\r", " ").replace("\n", " ")
        self._runs.append(TextRun(text, context.is_strong, context.link))

    def _is_apart(self, text: str) -> bool:
        """Return whether a text has an element of its own directly after another one, as on a card.

        A part of a word is not apart: it begins with a small letter, and is not several words.
        """
        if not self._is_after_card_text:
            return False
        before = self._runs[-1].text if self._runs else ""
        is_begun = text[:1].isupper() or text[:1].isdigit()
        is_sentence = text[:1].isalpha() and len(text.split()) >= _FEWEST_WORDS_APART
        is_ended = before[-1:].isalnum() or before[-1:] in (")", ".")
        return is_ended and (is_begun or is_sentence)

    def flush(self, context: _Context = _OUTSIDE) -> None:
        """End the block that is being read."""
        if not self._runs:
            return
        runs, self._runs = tuple(self._runs), []
        if not get_text(runs):
            return
        if context.level:
            self.blocks.append(Heading(runs, context.level))
        else:
            self.blocks.append(Text(runs, context.depth, self._is_fresh))
            self._is_fresh = context.depth == 0


def _expand(rows: list[list[_Cell]], hidden: set[int]) -> Grid:
    """Return a table with complete rows: a cell that spans several is repeated in each."""
    grid: list[dict[int, tuple[TextRun, ...]]] = [{} for _ in rows]
    room = MAX_FILLED
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[at]:
                column += 1
            across, down = (cell.across, cell.down) if cell.across * cell.down <= room else (1, 1)
            room -= across * down - 1
            for below in grid[at : at + down]:
                below.update(dict.fromkeys(range(column, column + across), cell.runs))
            column += across
    width = max((max(row) + 1 for row in grid if row), default=0)
    filled = [at for at, row in enumerate(grid) if row]
    complete = tuple(tuple(grid[at].get(column, ()) for column in range(width)) for at in filled)
    return Grid(complete, frozenset(index for index, at in enumerate(filled) if at in hidden))


def _get_tag(element: Any) -> str:
    tag: str = element.tag
    return _ROLES.get(element.get("role", "").casefold(), tag) if tag in _GENERIC else tag


def _is_whole_definition(paragraph: Any) -> bool:
    """Return whether a paragraph is all that a definition consists of, as docutils writes it."""
    parent = paragraph.getparent()
    return parent is not None and parent.tag == "dd" and len(parent) == 1 and not (parent.text or "").strip()


def _is_above_labels(term: Any) -> bool:
    """Return whether each of several definitions of a term has a label, as in `Purpose: Hosting`."""
    definitions = list(takewhile(lambda element: element.tag == "dd", term.itersiblings("dt", "dd")))
    return len(definitions) > 1 and all(map(_has_label, definitions))


def _has_label(definition: Any) -> bool:
    return bool(_LABEL.match("".join(definition.itertext())))


def _is_hidden(element: Any) -> bool:
    """Return whether the attributes of an element hide it."""
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style", "")))


def _parse_span(element: Any, name: str) -> int:
    text = element.get(name, "")
    plain_number = text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_SPAN))
    return max(1, min(MAX_SPAN, int(text))) if plain_number else 1
