"""Tables that repeat another one of their page in a further language."""

from collections.abc import Iterable
from typing import NamedTuple

from subproc_cli.importers.blocks import Block, Grid, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.items import strip_number
from subproc_cli.importers.mapping import find_field
from subproc_cli.importers.models import RawService, RawTable
from subproc_cli.importers.text import split
from subproc_cli.importers.text.entities import strip_legal_form
from subproc_cli.importers.vocabulary import normalize

_FEWEST = 2
"""Minimum number of services of a table that is a translation of another one."""


def drop_translations(
    read: Iterable[tuple[Block, RawTable | None]], labels: Labels
) -> list[tuple[Block, RawTable | None]]:
    """Return the blocks of a page with their services, without those of tables in a further language.

    Such a table has the same names in the same order, and says in other words what they are for.
    """
    kept: list[tuple[Block, RawTable | None]] = []
    originals: list[_Table] = []
    for block, table in read:
        if table is None or not isinstance(block, Grid) or len(table.entries) < _FEWEST:
            kept.append((block, table))
            continue
        own = _Table(
            len(kept), list(map(_name, table.entries)), _list_heads(block), _has_purpose(table, labels)
        )
        original = next(filter(own.translates, originals), None)
        if original is None:
            originals.append(own)
            kept.append((block, table))
            continue
        kept.append((block, RawTable((), table.skipped)))
        kept[original.at] = _remark(*kept[original.at], own.heads)
    return kept


class _Table(NamedTuple):
    """A table of services: its position among the blocks, their names, its headers."""

    at: int
    names: list[str]
    heads: list[str]
    has_purpose: bool

    def translates(self, other: "_Table") -> bool:
        """Return whether this table states the services of another one, mostly under other headers."""
        shared = len(set(self.heads) & set(other.heads))
        is_alike = self.names == other.names and self.has_purpose and other.has_purpose
        return is_alike and 2 * shared < len(self.heads)


def _remark(block: Block, table: RawTable | None, heads: list[str]) -> tuple[Block, RawTable | None]:
    """Return a table with the remark that one with other headers is left out."""
    if table is None:
        return block, None
    first, *others = table.entries
    columns = ", ".join(heads)
    remark = f"the table with the columns {columns} is left out: it has the same services in the same order"
    return block, table._replace(entries=(first._replace(remarks=(*first.remarks, remark)), *others))


def _name(entry: RawService) -> str:
    first = entry.cells[0].text.strip().partition("\n")[0]
    return normalize(strip_legal_form(split.split_brackets(strip_number(first))[0]) or first)


def _has_purpose(table: RawTable, labels: Labels) -> bool:
    fields = [find_field(cell, labels) for cell in table.entries[0].cells]
    return any(field.path == "purpose" for field in fields if field)


def _list_heads(grid: Grid) -> list[str]:
    return [" ".join(get_text(runs).split()) for runs in grid.rows[0]]
