"""Services in tables without column headers: the columns are recognised by the contents of their cells.

Neighbouring paragraphs of the same number of short lines are such a table: name, purpose, place. So are
paragraphs of one line each, as a grid of boxes has them, if the same line of each group is a place.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from subproc_cli.importers import candidates, items
from subproc_cli.importers.blocks import Block, Grid, Text, TextRun, collect_links, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.layouts import tables
from subproc_cli.importers.models import FIRST, HEADING, RUNNING, Cell, RawService
from subproc_cli.importers.text import places

_FEWEST = 2
_MOST = 0.75
_FEWEST_LINES = 3
_LONGEST_LINE = 6
"""Maximum number of words of a line that is the cell of a table rather than a part of a sentence."""
_LABEL_AND_TEXT = 2
_WIDTHS_END = 8
"""Lines of a group that are one service, at most one less than this."""
_LINES_BEFORE = 8
"""Lines above the first group that are tried as its beginning."""


def extract_services(blocks: Sequence[Block | RawService], labels: Labels) -> list[Block | RawService]:
    """Return the blocks with the tables of services replaced by these."""
    left: list[Block | RawService] = []
    for stanzas in _group_stanzas(_read_labelled(blocks, labels)):
        block = stanzas[0]
        if _count_lines(block) == 1:
            left += _read_lines([each for each in stanzas if isinstance(each, Text)], labels)
            continue
        grid = block if isinstance(block, Grid) else _build_grid(stanzas)
        entries = read_grid(grid, labels) if grid else []
        left += entries or stanzas
    return left


def _read_labelled(blocks: Sequence[Block | RawService], labels: Labels) -> list[Block | RawService]:
    """Return blocks with the paragraphs that are the cells of a table, below its headers, as services.

    The cells may be as long as those of any table, so nothing else may be among them.
    """
    left: list[Block | RawService] = []
    for is_line, group in groupby(blocks, key=_is_line):
        members = list(group)
        lines = [each for each in members if isinstance(each, Text)] if is_line else []
        table = _find_labelled_table(lines, labels)
        left += [*lines[: table[0]], *table[1]] if table else members
    return left


def _find_labelled_table(lines: list[Text], labels: Labels) -> tuple[int, tuple[RawService, ...]] | None:
    """Return where a table begins whose cells are paragraphs up to the last one, and its services."""
    fields = [labels.field(get_text(line.runs)) for line in lines]
    start = next((at for at, field in enumerate(fields) if field), len(lines))
    width = next((at for at, field in enumerate(fields[start:]) if not field), 0)
    rows = [lines[at : at + width] for at in range(start, len(lines), width)] if width else []
    paths = {field.path for field in fields[start : start + width] if field}
    if width < _FEWEST_LINES or "name" not in paths or len(rows) < _FEWEST or len(rows[-1]) < width:
        return None
    table = tables.parse_grid(Grid(tuple(tuple(line.runs for line in row) for row in rows)), labels)
    return (start, table.entries) if table and table.entries else None


def _is_line(block: Block | RawService) -> bool:
    return isinstance(block, Text) and not block.depth and "\n" not in get_text(block.runs)


def _read_lines(lines: list[Text], labels: Labels) -> list[Block | RawService]:
    """Return paragraphs of one line with the table that they are, row by row, replaced by its services."""
    texts = [get_text(line.runs) for line in lines]
    for start in range(min(len(lines), _LINES_BEFORE)):
        for width in range(_LABEL_AND_TEXT, _WIDTHS_END):
            rows = [lines[at : at + width] for at in range(start, len(lines) - width + 1, width)]
            is_labelled = all(map(labels.field, texts[start : start + width]))
            names = [get_text(row[0].runs) for row in rows[is_labelled:]]
            if len(names) < _FEWEST or not all(candidates.is_name(name, labels) for name in names):
                continue
            cells = [[get_text(line.runs) for line in row] for row in rows[is_labelled:]]
            if not _have_places_apart(cells):
                continue
            grid = Grid(tuple(tuple(line.runs for line in row) for row in rows))
            table = tables.parse_grid(grid, labels) if is_labelled else None
            entries = table.entries if table else read_grid(grid, labels)
            if entries:
                return [*lines[:start], *entries, *lines[start + len(rows) * width :]]
    return [*lines]


def _have_places_apart(rows: list[list[str]]) -> bool:
    """Return whether one column of some rows holds places, and no other text is one."""
    columns = list(zip(*rows, strict=True))
    wheres = [at for at in range(1, len(columns)) if all(map(_is_place, columns[at]))]
    others = (text for at, column in enumerate(columns) if at not in wheres for text in column)
    return len(wheres) == 1 and not any(map(_is_place, others))


def _group_stanzas(blocks: Sequence[Block | RawService]) -> Iterator[list[Block | RawService]]:
    """Yield neighbouring paragraphs of the same number of lines together, and other blocks alone."""
    for lines, group in groupby(blocks, key=_count_lines):
        members = list(group)
        yield from [members] if lines else ([block] for block in members)


def _count_lines(block: Block | RawService) -> int:
    """Return the number of lines of a paragraph of several short ones, otherwise 0."""
    if not isinstance(block, Text) or block.depth:
        return 0
    lines = get_text(block.runs).split("\n")
    is_stanza = len(lines) in (1, *range(_FEWEST_LINES, _WIDTHS_END))
    return len(lines) if is_stanza and all(len(line.split()) <= _LONGEST_LINE for line in lines) else 0


def _build_grid(stanzas: Sequence[Block | RawService]) -> Grid | None:
    texts = [block for block in stanzas if isinstance(block, Text) and _count_lines(block)]
    return Grid(tuple(tuple(candidates.split_lines(block.runs)) for block in texts)) if texts else None


def transpose(grid: Grid, labels: Labels) -> Grid | None:
    """Return a table with its first column as its headers, None unless that column holds labels."""
    if len(grid.rows) < _FEWEST or len(grid.rows[0]) < _LABEL_AND_TEXT:
        return None
    fields = [field.path for row in grid.rows if (field := labels.field(get_text(row[0])))]
    if "name" not in fields or len(set(fields)) < _FEWEST or 2 * len(fields) < len(grid.rows):
        return None
    rows = [row for row in grid.rows if any(map(get_text, row))]
    return Grid(tuple(zip(*rows, strict=True)))


def read_grid(grid: Grid, labels: Labels) -> list[RawService]:
    """Return the services of a table whose first column holds names and another one places or purposes."""
    rows = [row for row in grid.rows if any(map(get_text, row))]
    heads = [labels.field(get_text(cell)) for cell in rows[0]] if rows else []
    is_named = bool(heads) and heads[0] is not None and heads[0].path == "name"
    rows = rows[1:] if is_named else rows
    if len(rows) < (1 if is_named else _FEWEST) or (any(heads) and not is_named):
        return []
    if all(get_text(row[0])[:1].isdigit() for row in rows):
        rows = [((TextRun(items.strip_number(get_text(row[0]))),), *row[1:]) for row in rows]
    columns = [[get_text(row[at]) for row in rows] for at in range(len(rows[0]))]
    if (
        len(columns) < _LABEL_AND_TEXT
        or _share(columns[0], lambda text: candidates.is_name(text, labels)) < 1
    ):
        return []
    where = next((at for at in range(1, len(columns)) if _share(columns[at], _is_place) >= _MOST), None)
    brands = _share(columns[0], candidates.is_brand)
    if where is None and brands < _MOST and not is_named:
        return []
    what = next((at for at in range(1, len(columns)) if at != where and any(columns[at])), None)
    return [_entry(row, where, what) for row in rows]


def _entry(row: Sequence[tuple[TextRun, ...]], where: int | None, what: int | None) -> RawService:
    cells = [Cell(HEADING, get_text(row[0]), collect_links(row[0]), guessed=True)]
    for at, runs in enumerate(row[1:], 1):
        text, links = get_text(runs), collect_links(runs)
        if at == where:
            cells.append(Cell(RUNNING, text, links, path=places.PATH))
        elif at == what:
            cells.append(Cell(FIRST, text, links))
        elif text:
            cells.append(candidates.read_line(text, links))
    return RawService(tuple(cells), (f"{cells[0].text}: read from a table without column headers",))


def _share(texts: list[str], matches: Callable[[str], bool]) -> float:
    filled = [text for text in texts if text]
    return sum(map(matches, filled)) / len(filled) if filled else 0.0


def _is_place(text: str) -> bool:
    return bool(places.parse_processing(text).facts)
