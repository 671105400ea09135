"""A page laid out by Rich, with or without colour: nothing is cut off, long lines wrap between words.

A colour only repeats what a word states.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import zip_longest
from typing import TextIO, TypeAlias, assert_never

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

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

MIN_COLUMN = 8
"""Minimum width of a column of facts or of a table."""
MAX_WORD = 26
"""Maximum number of columns of the terminal that the longest word of a cell may claim; longer words break."""
MAX_NAME = 24
"""Maximum width of the column of names of facts."""
_INDENT = 2
_GAP = 2
"""Columns of the terminal between a name and its fact."""
_STYLES = {
    Style.PLAIN: "",
    Style.STRONG: "bold",
    Style.FAINT: "dim",
    Style.YES: "bold",
    Style.UNKNOWN: "bold magenta",
    Style.NO: "default",
    Style.NOTICE: "bold red",
    Style.INFORM: "bold magenta",
    Style.EDITORIAL: "bold",
    Style.LINK: "",
    Style.CODE: "",
}
"""Red and magenta are the two of the eight colours that can be read on black and on white."""
_SEVERAL_SPACES = re.compile("(?<=[^ ]) {2,}")
_FIXED_SPACES = {"\xa0": "\ue000", "\u202f": "\ue001"}
"""Spaces at which no line may break, and what Rich gets instead: it would break a line there.

A page holds no such letter of its own, because those of private use are written as escapes.
"""
Row: TypeAlias = Sequence[Sequence[Text]]
"""The cells of a row, each as the lines into which it is folded."""
_TO_FIXED = str.maketrans(_FIXED_SPACES)
_FROM_FIXED = str.maketrans({letter: space for space, letter in _FIXED_SPACES.items()})


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
        self._console = Console(
            file=StringIO(),
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=False,
            width=width,
            height=screen or 24,  # without it, Rich takes a dumb terminal to be 80 columns wide
            highlight=False,
            markup=False,
            emoji=False,
        )

    def render_block(self, block: Block, above: int) -> list[str]:
        """Return the lines of a block, which has a number of lines above it."""
        match block:
            case Heading(line, level):
                title = _to_text(line, "bold")
                lines = self._draw(self._wrap(title, self._width))
                underline = Text("=" * min(self._width, title.cell_len), "dim")
                return [*lines, *self._draw([underline])] if level == 1 else lines
            case Paragraph(line):
                return self._draw(self._wrap(_to_text(line), self._width))
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

    def _draw(self, parts: Iterable[Text]) -> list[str]:
        """Return the lines that Rich prints, without spaces at their ends; plain without colours."""
        if not self._console.is_terminal:
            return [part.plain.rstrip(" ").translate(_FROM_FIXED) for part in parts]
        with self._console.capture() as capture:
            self._console.print(*parts, sep="\n", soft_wrap=True)
        return [line.rstrip(" ").translate(_FROM_FIXED) for line in capture.get().split("\n")[:-1]]

    def _wrap(self, text: Text, width: int) -> list[Text]:
        """Break a text between words; its indent is that of each line, and a long word breaks inside."""
        if text.cell_len <= width:
            return [text]
        indent = _count_indent(text)
        lines = text[indent:].wrap(self._console, max(1, width - indent), overflow="fold")
        for line in lines:
            line.rstrip()
            line.pad_left(indent)
        return [*lines]

    def _wrap_bullet(self, text: Text) -> Iterator[Text]:
        """Yield the lines of an item of a list, the first one behind a dash."""
        for at, line in enumerate(self._wrap(text, self._width - 2)):
            yield Text("  " if at else "- ").append_text(line)

    def _lay_out_facts(self, block: Facts) -> Iterator[Text]:
        names = [_to_text((fact.name,)) for fact in block.facts]
        widest = max(MIN_COLUMN, self._width // 2 - _INDENT - _GAP)
        column = min(MAX_NAME, widest, max(name.cell_len for name in names))
        inner = max(MIN_COLUMN, self._width - _INDENT - column - _GAP)
        for name, fact in zip(names, block.facts, strict=True):
            lines = [part for line in fact.lines for part in self._wrap(_to_text(line), inner)]
            yield from _join_columns((_INDENT, column + _GAP, inner), ([], self._wrap(name, column), lines))

    def _render_table(self, table: Table, above: int) -> list[str]:
        header = [Text(title, "dim") for title in table.heads]
        rows = [header, *([_to_text(cell) for cell in row] for row in table.rows)]
        widths = _ColumnWidths(rows, self._width, table.gap)
        lines: list[str] = []
        for columns in widths.group_columns():
            if lines:
                lines.append("")
            fitted = widths.fit(columns)
            folded = [
                [self._wrap(row[at], width) for at, width in zip(columns, fitted, strict=True)]
                for row in rows
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

    def __init__(self, rows: Sequence[Sequence[Text]], width: int, gap: int) -> None:
        self._width = width
        self._gap = gap
        columns = [*zip(*rows, strict=True)]
        self._natural = [max(1, *(cell.cell_len for cell in column)) for column in columns]
        self._minimal = [
            min(MAX_WORD, natural, max(1, *map(_measure_longest_word, column)))
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


def _join_columns(widths: Sequence[int], row: Row) -> Iterator[Text]:
    """Yield the lines of a row, with its cells next to each other."""
    for parts in zip_longest(*row):
        line, start = Text(), 0
        for part, width in zip(parts, widths, strict=True):
            line.pad_right(start - line.cell_len)
            if part is not None:
                line.append_text(part)
            start += width
        yield line


def _to_text(line: Line, plain_style: str = "") -> Text:
    """Return a line for Rich, with every deceiving character as an escape."""
    text = Text()
    for span in line:
        visible = _SEVERAL_SPACES.sub(" ", sanitize_line(span.text))
        text.append(visible.translate(_TO_FIXED), _STYLES[span.style] or plain_style)
    return text


def _count_indent(text: Text) -> int:
    return len(text.plain) - len(text.plain.lstrip(" "))


def _count_lines(row: Row) -> int:
    return max(map(len, row))


def _measure_longest_word(text: Text) -> int:
    return _count_indent(text) + max(map(cell_len, text.plain.split()), default=0)


def measure_width(text: str) -> int:
    """Return how many columns of a terminal a visible text takes."""
    return cell_len(text)


class ProgressBar:
    """A line that shows how much is done, out of how much, and for how long the command has been running."""

    def __init__(self, file: TextIO, description: str, total: int | None, done: int) -> None:
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
