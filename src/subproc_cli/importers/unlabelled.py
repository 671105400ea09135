"""Services in tables without column headers: the columns are recognised by the contents of their cells."""

from collections.abc import Callable, Sequence

from subproc_cli.importers import candidates
from subproc_cli.importers.blocks import Block, Grid, TextRun, collect_links, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import FIRST, HEADING, RUNNING, Cell, RawService
from subproc_cli.importers.text import places

_FEWEST = 2
_MOST = 0.75
_LABEL_AND_TEXT = 2


def extract_services(blocks: Sequence[Block | RawService], labels: Labels) -> list[Block | RawService]:
    """Return the blocks with the tables of services replaced by these."""
    left: list[Block | RawService] = []
    for block in blocks:
        entries = read_grid(block, labels) if isinstance(block, Grid) else []
        left += entries or [block]
    return left


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
