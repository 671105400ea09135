"""The services of a page: its tables, else its headings with labels, and its lists of bullets."""

from collections import Counter
from collections.abc import Iterable

from subproc_cli.importers import bullets, headings, in_use, tables
from subproc_cli.importers.blocks import Block, Grid, Heading, Run, Text, links, plain
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import ABOVE, HEADING, Cell, Entry, Found, LeftOut
from subproc_cli.importers.tables import Item
from subproc_cli.importers.vocabulary import normal


def found(blocks: list[Block], labels: Labels, title: str = "") -> Found:
    """Return the services of a page; what stands outside of them is skipped, in its order."""
    kept, stretches = in_use.split_blocks(blocks)
    first = next((plain(block.runs) for block in blocks if isinstance(block, Heading)), "")
    entries, skipped = _read(kept, labels)
    left_out: list[LeftOut] = []
    for stretch in stretches:
        others, texts = _read(stretch.blocks, labels)
        left_out += [LeftOut(in_use.describe(each), stretch.why) for each in others]
        skipped += texts
    return Found(tuple(entries), tuple(skipped), (first, title), tuple(left_out))


def _read(blocks: Iterable[Block], labels: Labels) -> tuple[list[Entry], list[str]]:
    """Return the services of some blocks, and the texts outside of them."""
    left = bullets.taken(headings.taken(_without_tables(blocks, labels), labels))
    entries = _merged([each for each in left if isinstance(each, Entry)])
    return entries, [*filter(None, map(_told, left))]


def _merged(entries: list[Entry]) -> list[Entry]:
    """Return services with what a table and a section of the same name say of them in one."""
    tables_of = [each for each in entries if each.cells[0].label != HEADING]
    names = Counter(_name(each) for each in tables_of)
    sections_of = {_name(each): each for each in entries if each.cells[0].label == HEADING}
    merged = {name: each for name, each in sections_of.items() if names[name] == 1}
    return [
        _both(each, merged[_name(each)]) if each in tables_of and _name(each) in merged else each
        for each in entries
        if each in tables_of or merged.get(_name(each)) is not each
    ]


def _name(entry: Entry) -> str:
    return normal(entry.cells[0].text)


def _both(row: Entry, section: Entry) -> Entry:
    remark = f"{row.cells[0].text}: a row of a table and a section are read as one service"
    return Entry((*row.cells, *section.cells), (*row.remarks, *section.remarks, remark))


def _without_tables(blocks: Iterable[Block], labels: Labels) -> list[Block | Entry]:
    """Return the blocks with the tables of services replaced by these."""
    read = [(each, _of_table(each, labels) if isinstance(each, Grid) else None) for each in blocks]
    several = sum(table is not None and bool(table.entries) for _, table in read) > 1
    after: list[Block | Entry] = []
    heading: Heading | None = None
    for each, table in read:
        heading = each if isinstance(each, Heading) else heading
        if table is None:
            after.append(each)
        else:
            group = plain(heading.runs) if several and heading else ""
            after += [_grouped(entry, group) for entry in table.entries]
            after += [Text((Run(text),)) for text in table.skipped]
    return after


def _of_table(grid: Grid, labels: Labels) -> Found | None:
    rows = [[Item(plain(runs), links(runs)) for runs in row] for row in grid.rows]
    return tables.services(rows, labels, spans=True)


def _grouped(entry: Entry, group: str) -> Entry:
    if not group or any(cell.label == ABOVE for cell in entry.cells):
        return entry
    return entry._replace(cells=(*entry.cells, Cell(ABOVE, group)))


def _told(block: Block | Entry) -> str:
    """Return the text of a block that belongs to no service."""
    if isinstance(block, Entry):
        return ""
    if isinstance(block, Grid):
        return "\n".join(tables.line([Item(plain(runs)) for runs in row]) for row in block.rows)
    text = plain(block.runs)
    return " ".join((text, *(f"<{link}>" for link in links(block.runs) if link not in text)))
