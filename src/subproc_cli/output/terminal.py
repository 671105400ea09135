"""A page laid out for a terminal, with or without colour: nothing is cut off, long lines wrap between words.

A colour only repeats what a word states.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TextIO, TypeAlias, assert_never

from subproc_cli.output.document import (
    Block,
    Bullets,
    Code,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Style,
    Table,
)
from subproc_cli.output.sanitize import sanitize_line, sanitize_quoted
from subproc_cli.output.styled_text import Piece, StyledText

MIN_COLUMN = 8
"""Minimum width of a column of facts or of a table."""
MAX_WORD = 26
"""Maximum number of columns of the terminal that the longest word of a cell may claim; longer words break."""
MAX_NAME = 24
"""Maximum width of the column of names of facts."""
_INDENT = 2
_GAP = 2
"""Columns of the terminal between a name and its fact."""
_BOLD, _DIM, _MAGENTA, _RED, _DEFAULT_COLOUR = "1", "2", "35", "31", "39"
"""The codes of styles (SGR, ECMA-48)."""
_STYLES = {
    Style.PLAIN: "",
    Style.STRONG: _BOLD,
    Style.FAINT: _DIM,
    Style.YES: _BOLD,
    Style.UNKNOWN: f"{_BOLD};{_MAGENTA}",
    Style.NO: _DEFAULT_COLOUR,
    Style.NOTICE: f"{_BOLD};{_RED}",
    Style.INFORM: f"{_BOLD};{_MAGENTA}",
    Style.EDITORIAL: _BOLD,
    Style.LINK: "",
    Style.CODE: "",
}
"""Red and magenta are the two of the eight colours that can be read on black and on white."""
_SEVERAL_SPACES = re.compile("(?<=[^ ]) {2,}")
Row: TypeAlias = Sequence[Sequence[StyledText]]
"""The cells of a row, each as the lines into which it is folded."""


def render(page: Page, width: int, screen: int = 0, *, colour: bool = True) -> str:
    """Return the lines of a page, a blank one between two blocks.

    Colours are the eight that every terminal has, independent of `TERM`.

    Args:
        page: the blocks.
        width: columns that no line exceeds, except those of code.
        screen: lines that are read at once, on each of which a table repeats its header; 0 for all lines.
        colour: whether to write colours.
    """
    lines: list[str] = []
    renderer = _Renderer(width, screen, colour=colour)
    before: Block | None = None
    for block in page:
        if before is not None and not _is_below_heading(before, block):
            lines.append("")
        lines += renderer.render_block(block, len(lines))
        before = block
    return "".join(f"{line}\n" for line in lines)


def _is_below_heading(before: Block, block: Block) -> bool:
    """Return whether a block follows its heading without a blank line."""
    return isinstance(before, Heading) and before.level > 1 and not isinstance(block, Heading)


class _Renderer:
    """Renders blocks for a width."""

    def __init__(self, width: int, screen: int, *, colour: bool) -> None:
        self._width = width
        self._screen = screen
        self._colour = colour

    def render_block(self, block: Block, above: int) -> list[str]:
        """Return the lines of a block, which has a number of lines above it."""
        match block:
            case Heading(line, level):
                title = _to_text(line, _BOLD)
                lines = self._draw(title.wrap(self._width))
                underline = StyledText((("=" * min(self._width, title.width), _DIM),))
                return [*lines, *self._draw([underline])] if level == 1 else lines
            case Paragraph(line):
                return self._draw(_to_text(line).wrap(self._width))
            case Bullets(items):
                return self._draw(line for item in items for line in self._wrap_bullet(_to_text(item)))
            case Facts():
                return self._draw(self._lay_out_facts(block))
            case Table():
                return self._render_table(block, above)
            case Code(lines):
                return [f"  {sanitize_quoted(line)}".rstrip(" ") for line in lines]
            case _:
                assert_never(block)

    def _draw(self, lines: Iterable[StyledText]) -> list[str]:
        return [line.draw(colour=self._colour) for line in lines]

    def _wrap_bullet(self, text: StyledText) -> Iterator[StyledText]:
        """Yield the lines of an item of a list, the first one behind a dash."""
        for at, line in enumerate(text.wrap(self._width - 2)):
            yield StyledText((("  " if at else "- ", ""), *line.pieces))

    def _lay_out_facts(self, block: Facts) -> Iterator[StyledText]:
        names = [_to_text((fact.name,)) for fact in block.facts]
        widest = max(MIN_COLUMN, self._width // 2 - _INDENT - _GAP)
        column = min(MAX_NAME, widest, max(name.width for name in names))
        inner = max(MIN_COLUMN, self._width - _INDENT - column - _GAP)
        for name, fact in zip(names, block.facts, strict=True):
            lines = [part for line in fact.lines for part in _to_text(line).wrap(inner)]
            yield from _join_columns((_INDENT, column + _GAP, inner), ([], name.wrap(column), lines))

    def _render_table(self, table: Table, above: int) -> list[str]:
        header = [StyledText(((title, _DIM),)) for title in table.heads]
        rows = [header, *([_to_text(cell) for cell in row] for row in table.rows)]
        widths = _ColumnWidths(rows, self._width, table.gap)
        lines: list[str] = []
        for columns in widths.group_columns():
            if lines:
                lines.append("")
            fitted = widths.fit(columns)
            folded = [
                [row[at].wrap(width) for at, width in zip(columns, fitted, strict=True)] for row in rows
            ]
            gaps = [*[table.gap] * (len(columns) - 1), 0]
            steps = [width + gap for width, gap in zip(fitted, gaps, strict=True)]
            shown = self._repeat_header(folded, above + len(lines))
            lines += self._draw(line for row in shown for line in _join_columns(steps, row))
        return lines

    def _repeat_header(self, rows: Sequence[Row], above: int) -> list[Row]:
        """Return rows with the header, the first of them, again before the first row of each screen."""
        header, *others = rows
        if not self._screen:
            return [*rows]
        repeated = [header]
        line = last = above
        line += _count_lines(header)
        for row in others:
            if line // self._screen > last // self._screen:
                repeated.append(header)
                last = line
                line += _count_lines(header)
            repeated.append(row)
            line += _count_lines(row)
        return repeated


class _ColumnWidths:
    """The widths of the columns of a table, which shrink and at last form several groups to fit a width."""

    def __init__(self, rows: Sequence[Sequence[StyledText]], width: int, gap: int) -> None:
        self._width = width
        self._gap = gap
        columns = [*zip(*rows, strict=True)]
        self._natural = [max(1, *(cell.width for cell in column)) for column in columns]
        self._minimal = [
            min(MAX_WORD, natural, max(1, *(cell.min_width for cell in column)))
            for natural, column in zip(self._natural, columns, strict=True)
        ]

    def group_columns(self) -> list[list[int]]:
        """Return the columns that fit next to each other; each group begins with the first column."""
        groups = [[0]]
        for at in range(1, len(self._minimal)):
            group = [*groups[-1], at]
            if len(groups[-1]) > 1 and self._sum([self._minimal[each] for each in group]) > self._width:
                groups.append([0])
            groups[-1].append(at)
        return groups

    def _sum(self, widths: Sequence[int]) -> int:
        return sum(widths) + self._gap * (len(widths) - 1)

    def fit(self, columns: Sequence[int]) -> list[int]:
        """Return widths that fit: the widest column that can fold between words shrinks first."""
        widths = [min(self._natural[at], self._width) for at in columns]
        for smallest in ([self._minimal[at] for at in columns], [MIN_COLUMN] * len(columns)):
            while self._sum(widths) > self._width:
                loose = [at for at, width in enumerate(widths) if width > smallest[at]]
                if not loose:
                    break
                widths[max(loose, key=widths.__getitem__)] -= 1
        return widths


def _join_columns(widths: Sequence[int], row: Row) -> Iterator[StyledText]:
    """Yield the lines of a row, with its cells next to each other."""
    for parts in zip_longest(*row):
        pieces: list[Piece] = []
        start = used = 0
        for part, width in zip(parts, widths, strict=True):
            if part is not None:
                gap = max(0, start - used)
                pieces += ((" " * gap, ""), *part.pieces)
                used += gap + part.width
            start += width
        yield StyledText(pieces)


def _to_text(line: Line, plain_style: str = "") -> StyledText:
    """Return a line with the codes of its styles, and with every deceiving character as an escape."""
    return StyledText(
        (_SEVERAL_SPACES.sub(" ", sanitize_line(span.text)), _STYLES[span.style] or plain_style)
        for span in line
    )


def _count_lines(row: Row) -> int:
    return max(map(len, row))


class ProgressBar:
    """A line that shows how much is done, out of how much, and for how long the command has been running."""

    def __init__(self, file: TextIO, description: str, total: int | None, done: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._console = Console(file=file)
        count = [MofNCompleteColumn()] if total is not None else []
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            *count,
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task(sanitize_line(description), total=total, completed=done)

    def start(self) -> None:
        """Show the line."""
        self._progress.start()
        self._console.show_cursor()  # a command that is killed could not show it again

    def update(self, done: int) -> None:
        """Show how much is done now."""
        self._progress.update(self._task, completed=done)

    def stop(self) -> None:
        """Remove the line."""
        self._progress.stop()
