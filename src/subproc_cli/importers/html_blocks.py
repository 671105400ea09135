"""HTML to blocks, in one pass over its tags: no tree, so that no nesting is too deep.

Python's own tokenizer is enough, because a page is read here for its texts: which element a stray
end tag closes does not matter as long as no text is lost.
"""

import re
from html.parser import HTMLParser

from subproc_cli.importers.blocks import Block, Grid, Heading, Text, TextRun, get_text

_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"summary": 7, "caption": 7, "legend": 7}
_UNSEEN = frozenset(("script", "style", "template"))
_SET_APART = frozenset(("b", "strong", "em", "i"))
_STRUCK = frozenset(("del", "s", "strike"))
STRUCK = "~~"
"""Marks around text that is struck through, as in Markdown: it no longer applies."""
_LISTS = frozenset(("ul", "ol", "menu"))
# fmt: off
_INLINE = _SET_APART.union((
    "a", "abbr", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "font", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strike", "sub", "sup", "time", "u", "var", "wbr",
))
# fmt: on
_ANCHORS = frozenset("#¶§🔗")
"""Marks after a heading that link to it."""
_CELLS = frozenset(("td", "th"))
_GENERIC = frozenset(("div", "span", "section"))
_ROLES = {
    "table": "table", "grid": "table", "rowgroup": "tbody", "row": "tr", "cell": "td", "gridcell": "td",
    "columnheader": "th", "rowheader": "th",
}  # fmt: skip
"""The elements of tables by the ARIA role that replaces them."""
_TABLE_TAGS = re.compile(r"<(/?)(table|tr)(?![\w-])", re.IGNORECASE)
_LAYOUT_ROWS = 2
"""Rows of a table around other tables that only lays out a page, at most."""
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_HIDDEN_STYLE = re.compile(r"(?:\A|;)\s*display\s*:\s*none\b", re.IGNORECASE)
_FEWEST_WORDS_APART = 3
"""Words of a text in an element of its own that does not continue the word before it."""
MAX_SPAN = 1000
"""Maximum number of cells that one cell may span, like in browsers."""
MAX_FILLED = 100_000
"""Maximum number of cells of a table that are filled because others span them."""


def parse_blocks(html: str) -> tuple[list[Block], str]:
    """Return the blocks of a page, and the title that its head states."""
    text = _closed(_without_comments(html))
    reader = _Reader(_find_layouts(text))
    reader.feed(text)
    reader.close()
    reader.flush()
    reader.end_table()
    return reader.blocks, " ".join(reader.title.split())


def _closed(html: str) -> str:
    """Return a page in which an unclosed tag at the end is text."""
    end = html.rfind(">") + 1
    return html[:end] + html[end:].replace("<", "&lt;")


def _find_layouts(html: str) -> frozenset[int]:
    """Return which tables of a page, counted from 0, only lay out the tables inside them."""
    found: list[int] = []
    open_tables: list[list[int]] = []  # the number of each table, its rows and the tables in it
    count = 0
    for match in _TABLE_TAGS.finditer(html):
        is_end, is_table = bool(match[1]), match[2].casefold() == "table"
        if is_table and is_end and open_tables:
            number, rows, inner = open_tables.pop()
            found += [number] if inner and rows <= _LAYOUT_ROWS else []
        elif is_table and not is_end:
            if open_tables:
                open_tables[-1][2] += 1
            open_tables.append([count, 0, 0])
            count += 1
        elif open_tables and not is_end:
            open_tables[-1][1] += 1
    return frozenset(found)


def _without_comments(html: str) -> str:
    """Return a page without its comments; an unclosed comment hides nothing."""
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0 and (end := html.find("-->", start)) >= 0:
        kept.append(html[at:start])
        at = end + len("-->")
    return "".join((*kept, html[at:].replace("<!--", "")))


class _Reader(HTMLParser):
    """Collects runs until a block ends."""

    def __init__(self, layouts: frozenset[int]) -> None:
        super().__init__(convert_charrefs=True)
        self._layouts = layouts
        self._opened_tables = 0
        self._open_layouts: list[bool] = []
        self.blocks: list[Block] = []
        self.title = ""
        self._runs: list[TextRun] = []
        self._level = 0
        self._lists = 0
        self._fresh = True
        self._set_apart = 0
        self._term = False
        self._link = ""
        self._unseen = 0
        self._in_title = False
        self._preformatted = 0
        self._table: _Table | None = None
        self._tables = 0
        self._has_ended_inline = False
        self._roles: dict[str, list[str]] = {}

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Skip `<![…]>`, which is not HTML and at which the library stops."""
        return self.parse_bogus_comment(i, bool(report))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_layout = tag == "table" and self._opened_tables in self._layouts
        self._opened_tables += tag == "table"
        if tag in _GENERIC:
            role = _ROLES.get(given.get("role", "").casefold(), tag)
            self._roles.setdefault(tag, []).append(role)
            tag = role
        self._has_ended_inline = self._has_ended_inline and tag in ("span", "strong", "b", "a", "small")
        self._in_title = self._in_title or tag == "title"
        self._unseen += tag in _UNSEEN
        self._set_apart += tag in _SET_APART
        if tag in ("dt", "dd"):
            self._end_term()
            self._term = tag == "dt"
        if tag == "a":
            self._link = given.get("href", "")
        elif tag in ("br", "hr"):
            self._runs.append(TextRun("\n"))
        elif tag in _STRUCK:
            self.handle_data(STRUCK)
        elif tag == "img" and given.get("alt"):
            self.handle_data(given["alt"])
        elif tag not in _INLINE and tag != "img":
            self._begin(tag, given, is_layout=is_layout)

    def handle_endtag(self, tag: str) -> None:
        if self._roles.get(tag):
            tag = self._roles[tag].pop()
        if tag == "title":
            self._in_title = False
        elif tag == "a":
            self._link = ""
        self._has_ended_inline = tag in ("span", "strong", "b", "a", "small")
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._set_apart = max(0, self._set_apart - (tag in _SET_APART))
        if tag == "dt":
            self._end_term()
        elif tag in _STRUCK:
            self.handle_data(STRUCK)
        elif tag not in _INLINE and tag != "br":
            self._end(tag)

    def handle_data(self, data: str) -> None:
        if self._is_apart(data):
            self._runs.append(TextRun("\n"))
        self._has_ended_inline = False
        if self._in_title:
            self.title += data
        if self._unseen or self._in_title or (self._link.startswith("#") and data.strip() in _ANCHORS):
            return
        if not self._preformatted:
            data = data.replace("\r", " ").replace("\n", " ")
        if data:
            self._runs.append(TextRun(data, self._set_apart > 0 or self._term, self._link))

    def _is_apart(self, data: str) -> bool:
        """Return whether a text has an element of its own directly after another one, as on a card.

        A part of a word is not apart: it begins with a small letter, and is not several words.
        """
        before = self._runs[-1].text if self._runs else ""
        is_begun = data[:1].isupper() or data[:1].isdigit()
        is_sentence = data[:1].isalpha() and len(data.split()) >= _FEWEST_WORDS_APART
        is_ended = before[-1:].isalnum() or before[-1:] in (")", ".")
        return self._has_ended_inline and is_ended and (is_begun or is_sentence)

    def _end_term(self) -> None:
        """End the term of a list of terms, which is the label of what follows."""
        if self._term:
            self._runs.append(TextRun(": "))
        self._term = False

    def _begin(self, tag: str, given: dict[str, str], *, is_layout: bool) -> None:
        if tag == "table":
            self._open_layouts.append(is_layout)
            if is_layout:
                self.flush()
                return
            self._tables += 1
            if self._table is None:
                self.flush()
                self._table = _Table()
                return
        if self._table is not None:
            self._begin_in_table(tag, given)
            return
        if tag != "dd":
            self.flush()
        self._level = _HEADINGS.get(tag, self._level)
        self._lists += tag in _LISTS
        self._preformatted += tag == "pre"
        self._fresh = self._fresh or tag == "li"

    def _begin_in_table(self, tag: str, given: dict[str, str]) -> None:
        table = self._table
        if table is None or self._tables > 1:
            self._runs.append(TextRun("\n"))
        elif tag == "tr":
            self._close_cell()
            table.open_row(is_hidden=_is_hidden(given))
        elif tag in _CELLS:
            self._close_cell()
            table.open_cell(_span(given.get("colspan", "")), _span(given.get("rowspan", "")))
        else:
            if tag in _ROW_GROUPS:
                table.is_group_hidden = _is_hidden(given)
            self._runs.append(TextRun("\n"))

    def _end(self, tag: str) -> None:
        is_layout = tag == "table" and bool(self._open_layouts) and self._open_layouts.pop()
        if self._table is None or is_layout:
            self.flush()
            self._level = 0 if tag in _HEADINGS else self._level
            self._lists = max(0, self._lists - (tag in _LISTS))
            self._preformatted = max(0, self._preformatted - (tag == "pre"))
            return
        self._tables -= tag == "table"
        if self._tables == 0:
            self.end_table()
        elif self._tables == 1 and tag in (*_CELLS, "tr"):
            self._close_cell()
        else:
            self._runs.append(TextRun("\n"))

    def _close_cell(self) -> None:
        if self._table is not None:
            self._runs = self._table.close_cell(self._runs)

    def end_table(self) -> None:
        """End the table, if there is one."""
        if self._table is not None:
            self._close_cell()
            stray = (text for runs in self._table.stray if get_text(runs) for text in (Text(tuple(runs)),))
            self.blocks += [*stray, self._table.expand()]
        self._table, self._tables = None, 0

    def flush(self) -> None:
        """End the block that is being read."""
        runs, self._runs = tuple(self._runs), []
        self._set_apart = 0  # a bold that is not closed would make all that follows bold
        if not get_text(runs):
            return
        if self._level:
            self.blocks.append(Heading(runs, self._level))
        else:
            self.blocks.append(Text(runs, self._lists, self._fresh))
            self._fresh = self._lists == 0


class _Table:
    """The rows of a table while it is read: cells with how far they span."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[list[TextRun], int, int]]] = []
        self.stray: list[list[TextRun]] = []
        self.is_group_hidden = False
        self._hidden: set[int] = set()
        self._cell: list[TextRun] | None = None

    def open_row(self, *, is_hidden: bool) -> None:
        """Begin a row, which is hidden if its group is."""
        if is_hidden or self.is_group_hidden:
            self._hidden.add(len(self.rows))
        self.rows.append([])

    def open_cell(self, across: int, down: int) -> None:
        """Begin a cell that spans some columns and rows."""
        self._cell = []
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append((self._cell, across, down))

    def close_cell(self, runs: list[TextRun]) -> list[TextRun]:
        """Add the text to the open cell, or to the blocks if none is open."""
        if self._cell is not None:
            self._cell += runs
        elif runs:
            self.stray.append(runs)
        self._cell = None
        return []

    def expand(self) -> Grid:
        """Return the table with complete rows: a cell that spans several is repeated in each."""
        grid: list[dict[int, tuple[TextRun, ...]]] = [{} for _ in self.rows]
        room = MAX_FILLED
        for at, row in enumerate(self.rows):
            column = 0
            for runs, across, down in row:
                while column in grid[at]:
                    column += 1
                wide, deep = (across, down) if across * down <= room else (1, 1)
                room -= wide * deep - 1
                for below in grid[at : at + deep]:
                    below.update(dict.fromkeys(range(column, column + wide), tuple(runs)))
                column += wide
        width = max((max(row) + 1 for row in grid if row), default=0)
        filled = [at for at, row in enumerate(grid) if row]
        rows = tuple(tuple(grid[at].get(column, ()) for column in range(width)) for at in filled)
        return Grid(rows, frozenset(index for index, at in enumerate(filled) if at in self._hidden))


def _is_hidden(given: dict[str, str]) -> bool:
    """Return whether the attributes of an element hide it."""
    return "hidden" in given or bool(_HIDDEN_STYLE.search(given.get("style", "")))


def _span(text: str) -> int:
    plain_number = text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_SPAN))
    return max(1, min(MAX_SPAN, int(text))) if plain_number else 1
