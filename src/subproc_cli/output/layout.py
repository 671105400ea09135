"""Lays a page out in lines of a given width: nothing is cut, long cells fold."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from subproc_cli.output.document import (
    Block,
    Bullets,
    Code,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Style,
    Table,
)
from subproc_cli.output.sanitize import measure_width, sanitize_line, sanitize_quoted

GAP = 2
"""Columns of the terminal between a name and its fact."""
MIN_COLUMN = 8
"""Narrowest column of facts, and of a table."""
MAX_WORD = 26
"""Columns that the longest word of a cell may claim; longer words break."""
MAX_NAME = 24
"""Widest column of names beside facts."""


def layout_page(page: Page, width: int, screen: int = 0) -> list[Line]:
    """Return the lines of a page, a blank one between two blocks.

    Args:
        page: the blocks.
        width: columns that no line exceeds.
        screen: lines that are read at once, on each of which a table has its heads again; 0 for all lines.
    """
    lines: list[Line] = []
    before: Block | None = None
    for block in page:
        if before is not None and not _is_below_heading(before, block):
            lines.append(())
        if isinstance(block, Table):
            lines += _layout_table(block, width, screen, len(lines))
        else:
            lines += _layout_block(block, width)
        before = block
    return lines


def _is_below_heading(before: Block, block: Block) -> bool:
    """Tell whether a block stands right under its heading."""
    return isinstance(before, Heading) and before.level > 1 and not isinstance(block, Heading)


def _layout_block(block: Heading | Paragraph | Bullets | Facts | Code, width: int) -> Iterator[Line]:
    match block:
        case Heading(line, level):
            yield from wrap(_apply_style(line, Style.STRONG), width)
            if level == 1:
                yield (Span("=" * min(width, _measure_line(line)), Style.FAINT),)
        case Paragraph(line):
            yield from wrap(line, width)
        case Bullets(items):
            for item in items:
                yield from _indent_after(Span("- "), wrap(item, width - 2), 2)
        case Facts():
            yield from _layout_facts(block, width)
        case Code(lines):
            yield from (((Span("  "), Span(sanitize_quoted(text))) if text else ()) for text in lines)
        case _:
            assert_never(block)


def _apply_style(line: Line, style: Style) -> Line:
    return tuple(Span(span.text, style) if span.style is Style.PLAIN else span for span in line)


def _layout_facts(block: Facts, width: int) -> Iterator[Line]:
    names = [sanitize_line(fact.name.text) for fact in block.facts]
    column = min(MAX_NAME, max(map(measure_width, names)), max(MIN_COLUMN, width // 2 - 2 - GAP))
    inner = max(MIN_COLUMN, width - 2 - column - GAP)
    for fact in block.facts:
        lines = [part for line in fact.lines for part in wrap(line, inner)]
        heads = wrap((fact.name,), column)
        for at in range(max(len(lines), len(heads))):
            head = heads[at] if at < len(heads) else ()
            rest = lines[at] if at < len(lines) else ()
            pad = " " * (column + GAP - _measure_spans(head))
            yield (Span("  "), *head, Span(pad), *rest) if rest else (Span("  "), *head)


def _indent_after(head: Span, lines: Iterable[Line], column: int) -> Iterator[Line]:
    for at, line in enumerate(lines):
        yield (head if at == 0 else Span(" " * column), *line)


def _layout_table(table: Table, width: int, screen: int, above: int) -> list[Line]:
    grid = _Grid(table, width)
    lines: list[Line] = []
    for number, columns in enumerate(grid.group_columns()):
        if number:
            lines.append(())
        lines += grid.layout_lines(columns, screen, above + len(lines))
    return lines


class _Grid:
    """A table whose columns narrow, and at last stand below each other, to fit a width."""

    def __init__(self, table: Table, width: int) -> None:
        heads: tuple[Line, ...] = tuple((Span(head, Style.FAINT),) for head in table.heads)
        self._rows = (heads, *table.rows)
        self._gap = table.gap
        self._width = width
        columns = range(len(heads))
        self._natural_widths = [max(1, *(_measure_line(row[at]) for row in self._rows)) for at in columns]
        self._minimum_widths = [
            min(MAX_WORD, max(1, *(_measure_longest_word(row[at]) for row in self._rows))) for at in columns
        ]

    def group_columns(self) -> list[list[int]]:
        """Return which columns stand side by side; the first one heads every group."""
        groups = [[0]]
        for at in range(1, len(self._minimum_widths)):
            if (
                len(groups[-1]) > 1
                and self._sum_widths(self._minimum_widths, [*groups[-1], at]) > self._width
            ):
                groups.append([0])
            groups[-1].append(at)
        return groups

    def _sum_widths(self, widths: list[int], columns: list[int]) -> int:
        return sum(widths[at] for at in columns) + self._gap * (len(columns) - 1)

    def layout_lines(self, columns: list[int], screen: int, above: int) -> list[Line]:
        """Return the lines of a group of columns, the heads before the first row of each screen."""
        fitted = self._fit_widths(columns)
        widths = [fitted[at] for at in columns]
        heads, *rows = ([*self._layout_row(row, columns, widths)] for row in self._rows)
        lines, last = [*heads], above
        for row in rows:
            at = above + len(lines)
            if screen and at // screen > last // screen:
                lines += heads
                last = at
            lines += row
        return lines

    def _layout_row(self, row: tuple[Line, ...], columns: list[int], widths: list[int]) -> Iterator[Line]:
        folded = [wrap(row[at], wide) for at, wide in zip(columns, widths, strict=True)]
        for number in range(max(map(len, folded))):
            yield self._join_cells([cell[number] if number < len(cell) else () for cell in folded], widths)

    def _fit_widths(self, columns: list[int]) -> list[int]:
        """Return widths that fit: the widest column that can fold between words gives way first."""
        widths = [min(natural, self._width) for natural in self._natural_widths]
        for least in (self._minimum_widths, [MIN_COLUMN] * len(widths)):
            while self._sum_widths(widths, columns) > self._width:
                loose = [at for at in columns if widths[at] > least[at]]
                if not loose:
                    break
                widths[max(loose, key=widths.__getitem__)] -= 1
        return widths

    def _join_cells(self, parts: list[Line], widths: list[int]) -> Line:
        spans: list[Span] = []
        pad = 0
        for part, wide in zip(parts, widths, strict=True):
            if part:
                spans += (Span(" " * pad), *part) if pad else part
                pad = 0
            pad += wide + self._gap - _measure_spans(part)
        return tuple(spans)


def _measure_longest_word(line: Line) -> int:
    text = "".join(span.text for span in line)
    indent = len(text) - len(text.lstrip(" "))
    return max((indent + measure_width(sanitize_line(word)) for word in text.split()), default=0)


def wrap(line: Line, width: int) -> list[Line]:
    """Break a line between words so that no part is wider than `width`; long words break inside."""
    text = "".join(span.text for span in line)
    indent = len(text) - len(text.lstrip(" "))
    lines: list[list[Span]] = [[]]
    used = 0
    for word in _iter_words(line, max(1, width - indent)):
        length = _measure_spans(word)
        if used and used + 1 + length > width - indent:
            lines.append([])
            used = 0
        if used:
            lines[-1].append(Span(" ", word[0].style))
            used += 1
        lines[-1] += word
        used += length
    pad = (Span(" " * indent),) if indent else ()
    return [_merge_spans((*pad, *spans)) for spans in lines]


def _iter_words(line: Line, width: int) -> Iterator[list[Span]]:
    """Yield words as spans; a word may change its tone in the middle."""
    word: list[Span] = []
    for text, tone in line:
        for at, part in enumerate(sanitize_line(text).split(" ")):
            if at and word:
                yield from _break_word(word, width)
                word = []
            if part:
                word.append(Span(part, tone))
    if word:
        yield from _break_word(word, width)


def _break_word(word: list[Span], width: int) -> Iterator[list[Span]]:
    if _measure_spans(word) <= width:
        yield word
        return
    part: list[Span] = []
    used = 0
    for text, tone in word:
        for char in text:
            if used + measure_width(char) > width and part:
                yield part
                part, used = [], 0
            part.append(Span(char, tone))
            used += measure_width(char)
    yield part


def _merge_spans(spans: Iterable[Span]) -> Line:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].style is span.style:
            merged[-1] = Span(merged[-1].text + span.text, span.style)
        else:
            merged.append(span)
    return tuple(merged)


def _measure_line(line: Line) -> int:
    """Return how many columns a line takes if it is not folded."""
    return sum(measure_width(sanitize_line(span.text)) for span in line)


def _measure_spans(line: Iterable[Span]) -> int:
    """Return how many columns spans take whose characters were made visible already."""
    return sum(measure_width(span.text) for span in line)
