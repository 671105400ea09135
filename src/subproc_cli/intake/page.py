"""The services of a page: its tables, else its headings with labels, and its lists of bullets."""

from collections.abc import Iterable

from subproc_cli.intake import bullets, sections, tables
from subproc_cli.intake.blocks import Block, Grid, Heading, Run, Text, links, plain
from subproc_cli.intake.found import ABOVE, Cell, Entry, Found
from subproc_cli.intake.labels import Labels
from subproc_cli.intake.tables import Item


def found(blocks: list[Block], labels: Labels, title: str = "") -> Found:
    """Return the services of a page; what stands outside of them is skipped, in its order."""
    left = bullets.taken(sections.taken(_without_tables(blocks, labels), labels))
    first = next((plain(block.runs) for block in blocks if isinstance(block, Heading)), "")
    entries = tuple(each for each in left if isinstance(each, Entry))
    skipped = tuple(filter(None, map(_told, left)))
    return Found(entries, skipped, (first, title))


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
