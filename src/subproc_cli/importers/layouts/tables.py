"""Rows under column heads as services: the tables of a page, a CSV file, a sheet, a list of objects."""

import shlex
from collections.abc import Container, Sequence
from typing import Any, NamedTuple

from subproc_cli.characters import unescape
from subproc_cli.errors import ReadError
from subproc_cli.exporters.tabular import DEFINITIONS
from subproc_cli.importers import candidates, column_roles, items, vocabulary
from subproc_cli.importers.blocks import Grid, collect_links, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.layouts import inactive_sections
from subproc_cli.importers.layouts.name_cells import find_name, find_tag
from subproc_cli.importers.models import ABOVE, HEADING, RUNNING, Cell, RawService, RawTable
from subproc_cli.importers.text import split
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.importers.text.values import parse_json
from subproc_cli.importers.vocabulary import normalize

_DEEPEST_HEAD = 20
"""Maximum number of rows above the column heads, such as a title and a date."""
_ENTITY = "entity.name"
_MAX_LISTED = 20
_LONGEST_LIST = 200


class TableCell(NamedTuple):
    """A cell of a table.

    Attributes:
        text: its text.
        links: what it links to.
        is_hidden: whether its row is hidden on the page.
        name: its text without the lines of links below the first one; empty if there are none.
        tag: one or two words below a name in bold, which do not belong to it; empty if there are none.
    """

    text: str
    links: tuple[str, ...] = ()
    is_hidden: bool = False
    name: str = ""
    tag: str = ""


def parse_table(
    rows: Sequence[Sequence[TableCell]], labels: Labels, *, spans: bool = False, is_sure: bool = False
) -> RawTable | None:
    """Return the services of a table, None if no column is known as their name.

    Args:
        rows: the cells row by row.
        labels: the labels that are known.
        spans: whether a cell that spans several columns is in each of them, as on a page; a row
            of one such cell is the heading of a group.
        is_sure: whether it is known to list companies: then a column of names is enough.
    """
    labels.correct(_heads(next((row for row in rows if _filled(row) > 1), ())))
    at = _head_at(rows, labels, page=spans and not is_sure)
    if at is None:
        return None
    rows = _fill_heads(rows, at, labels)
    heads = _heads(rows[at])
    name_at = _name_at(heads, rows[at + 1 :], labels)
    is_export = has_export_columns(heads)
    if not is_export:
        rows = _split_names(rows, at, name_at)
        heads = _heads(rows[at])
    is_numbered = _are_numbered(rows[at + 1 :], name_at)
    is_entity = _path(heads[name_at], labels) == _ENTITY
    counting = frozenset() if is_export else _find_counting(rows[at + 1 :], heads, labels)
    columns = _Columns(heads, name_at, is_entity, is_export, counting)
    entries: list[RawService] = []
    definitions: dict[str, dict[str, Any]] = {}
    skipped = [format_row(row) for row in rows[:at]]
    above = tuple(text for row in rows[:at] if _filled(row) == 1 and (text := format_row(row)))
    group = ""
    for row in rows[at + 1 :]:
        texts = [item.text.strip() for item in row]
        if not any(texts) or _heads(row) == heads:
            continue
        if _is_group(row, heads, spans=spans):
            group = next(filter(None, texts))
        elif name_at >= len(row) or not texts[name_at]:
            skipped.append(format_row(row))
        else:
            is_hidden = any(item.is_hidden for item in row)
            own = _find_definitions(heads, row) if is_export else {}
            for name, found in own.items():
                definitions.setdefault(name, {}).update(found)
            words = frozenset(word for found in own.values() for word in found)
            entry = _entry(_strip_number(row, name_at) if is_numbered else row, columns, group)
            cells = tuple(cell._replace(own=words) for cell in entry.cells) if words else entry.cells
            entries.append(entry._replace(cells=cells, under=above, is_hidden=is_hidden))
    titles = () if spans else above
    return RawTable(tuple(entries), tuple(filter(None, skipped)), titles, definitions=definitions)


def _are_numbered(rows: Sequence[Sequence[TableCell]], name_at: int) -> bool:
    """Return whether each name begins with its number in the list: `1. Acme`."""
    texts = [row[name_at].text.strip() for row in rows if name_at < len(row) and row[name_at].text.strip()]
    return len(texts) > 1 and all(text[0].isdigit() and items.strip_number(text) != text for text in texts)


def _strip_number(row: Sequence[TableCell], name_at: int) -> Sequence[TableCell]:
    cell = row[name_at]
    bare = cell._replace(text=items.strip_number(cell.text), name=items.strip_number(cell.name))
    return [*row[:name_at], bare, *row[name_at + 1 :]]


def _find_definitions(heads: Sequence[str], row: Sequence[TableCell]) -> dict[str, dict[str, Any]]:
    """Return the regions and categories of the publisher's own that a row of an export defines."""
    cells = {head: unescape(cell.text) for head, cell in zip(heads, row, strict=False)}
    found = {name: parse_json(cells.get(name, "")) for name in DEFINITIONS}
    return {name: each for name, each in found.items() if isinstance(each, dict)}


def _split_names(
    rows: Sequence[Sequence[TableCell]], head_at: int, name_at: int
) -> Sequence[Sequence[TableCell]]:
    """Return a table with a row for each name where cells enumerate names with their places.

    `Acme (Germany), Beta (France)` are two services. The places get a column of their own.
    """
    cells = [row[name_at].text if name_at < len(row) else "" for row in rows[head_at + 1 :]]
    split_cells = [[_split_place(part) for part in split.split_pieces(text)] for text in cells]
    is_list = any(len(parts) > 1 for parts in split_cells)
    if not is_list or not all(place for parts in split_cells for _, place in parts):
        return rows
    found = [*rows[:head_at], [*rows[head_at], TableCell(_PLACE_HEAD)]]
    for row, parts in zip(rows[head_at + 1 :], split_cells, strict=True):
        for name, place in parts or [("", "")]:
            own = [*row, *[TableCell("")] * (len(rows[head_at]) - len(row)), TableCell(place)]
            own[name_at] = row[name_at]._replace(text=name) if name_at < len(row) else TableCell(name)
            found.append(own)
    return found


_PLACE_HEAD = "location"


def _split_place(text: str) -> tuple[str, str]:
    """Return a name and the place in brackets after it."""
    match = items.IN_BRACKETS.match(text)
    return (match[1].strip(), match[2]) if match and items.is_place(match[2]) else (text, "")


def parse_grid(grid: Grid, labels: Labels, *, is_sure: bool = False) -> RawTable | None:
    """Return the services of a table of a page, None if no column is known as their name."""
    rows = [
        [
            TableCell(
                get_text(runs), collect_links(runs), at in grid.hidden_rows, find_name(runs), find_tag(runs)
            )
            for runs in row
        ]
        for at, row in enumerate(grid.rows)
    ]
    return parse_table(rows, labels, spans=True, is_sure=is_sure)


_SHORTEST_IN_CAPITALS = 10
"""Minimum number of characters of a text in capitals that heads the rows below it."""
_FEWEST_SPANNED = 3
"""Columns that a heading of a group spans at least if it does not span the whole row."""
_FEWEST_COLUMNS = 2
"""Minimum number of columns of a table in which a row with one text can be a heading."""
_HEAD_ROWS = 2
"""Number of rows of headers of which the second one names parts of the first."""


def _is_group(row: Sequence[TableCell], heads: Sequence[str], *, spans: bool) -> bool:
    """Return whether a row is the heading of those below it.

    In a file without cells that span others, it is if its only text speaks of services as a heading does.
    """
    texts = [item.text.strip() for item in row]
    only = [text for text in texts if text]
    if spans:
        is_spanning = len(only) == len(row) or len(only) == len(row) - 1 >= _FEWEST_SPANNED
        return len(row) > 1 and len(set(only)) == 1 and is_spanning
    if len(heads) < _FEWEST_COLUMNS or len(only) != 1 or has_export_columns(heads):
        return False
    return inactive_sections.is_heading(only[0]) or _is_in_capitals(only[0])


def _is_in_capitals(text: str) -> bool:
    """Return whether a text is written in capitals as a heading is; short ones are names, such as `IBM`."""
    return len(text) >= _SHORTEST_IN_CAPITALS and text.isupper() and not has_legal_form(text)


def has_export_columns(heads: Sequence[str]) -> bool:
    """Return whether columns are named as `subproc export` names them: by the fields of the format."""
    return {"id", "name", "entity.country"} <= set(heads)


def _head_at(rows: Sequence[Sequence[TableCell]], labels: Labels, *, page: bool) -> int | None:
    """Return the first row that heads a column of names and another one, else a column of names alone.

    On a page a column of names among unknown ones is not enough unless most of them have a legal form: it may
    list people.
    """
    alone: list[int] = []
    for at, row in enumerate(rows[:_DEEPEST_HEAD]):
        if any(normalize(item.text) in vocabulary.load_phrases("leads", "other_heads") for item in row):
            continue  # cookies, rights or retention periods next to the providers of them
        known = {field.path for item in row if (field := labels.field(item.text))}
        if page and row and _path(row[0].text.strip(), labels) in ("processing", "sees"):
            continue  # services by place or by data, or how many of them
        if known & {"name", _ENTITY} and (len(known) > 1 or _heads_two_names(row, labels)):
            return at + _has_second_head(rows[at : at + 2], labels)
        if page and _has_nameless_head(rows[at:], known, labels):
            return at
        is_sure = any(normalize(item.text) in vocabulary.load_phrases("services") for item in row[:1])
        is_sure = is_sure or any(labels.maps(item.text) for item in row)
        is_sure = is_sure or _lists_companies(_heads(row), rows[at + 1 :], labels)
        if "name" in known and (_filled(row) == 1 or not page or is_sure):
            alone.append(at)
    return max(alone, key=lambda at: _filled(rows[at]), default=None)


def _lists_companies(heads: list[str], rows: Sequence[Sequence[TableCell]], labels: Labels) -> bool:
    """Return whether a column headed as names has several, most of them with a legal form."""
    if not any(_path(head, labels) == "name" for head in heads):
        return False
    at = _name_at(heads, rows, labels)
    texts = [text for row in rows if at < len(row) and (text := row[at].text.strip())]
    return len(texts) > 1 and 2 * sum(map(has_legal_form, texts)) >= len(texts)


def _has_second_head(rows: Sequence[Sequence[TableCell]], labels: Labels) -> bool:
    """Return whether the headers are in two rows: those that do not span both are labels below others."""
    if len(rows) < _HEAD_ROWS or len(rows[0]) != len(rows[1]):
        return False
    first, second = map(_heads, rows)
    if _count_known(second, labels) > max(_count_known(first, labels), 1) and "" in first:
        return True  # `Vendor, , Contract, ` above the labels of each column
    below = [text for above, text in zip(first, second, strict=True) if above != text]
    return 0 < len(below) < len(second) and all(below) and any(map(labels.field, below))


def _fill_heads(
    rows: Sequence[Sequence[TableCell]], at: int, labels: Labels
) -> Sequence[Sequence[TableCell]]:
    """Return a table whose second row of headers has those of the first row where it has none itself."""
    if not at or not _has_second_head(rows[at - 1 : at + 1], labels):
        return rows
    filled = [
        below if below.text.strip() else above for above, below in zip(rows[at - 1], rows[at], strict=True)
    ]
    return [*rows[:at], filled, *rows[at + 1 :]]


def _count_known(heads: Sequence[str], labels: Labels) -> int:
    return sum(labels.field(head) is not None for head in heads)


def _has_nameless_head(rows: Sequence[Sequence[TableCell]], known: Container[str], labels: Labels) -> bool:
    """Return whether the first column has no header and holds names, next to columns about services."""
    is_nameless = "name" not in known and bool(rows[0]) and not rows[0][0].text.strip()
    if not is_nameless or "purpose" not in known or not ("processing" in known or "sees" in known):
        return False
    texts = [text for row in rows[1:] if row and (text := row[0].text.strip())]
    return len(texts) > 1 and all(candidates.is_name(text, labels) for text in texts)


def _find_counting(
    rows: Sequence[Sequence[TableCell]], heads: Sequence[str], labels: Labels
) -> frozenset[int]:
    """Return the columns that only count the rows: 1, 2, 3."""
    found = set()
    for at, head in enumerate(heads):
        texts = [text for row in rows if at < len(row) and (text := row[at].text.strip().rstrip("."))]
        numbers = list(map(str, range(1, len(texts) + 1)))
        if len(texts) > 1 and texts == numbers and labels.field(head) is None:
            found.add(at)
    return frozenset(found)


def _heads_two_names(row: Sequence[TableCell], labels: Labels) -> bool:
    """Return whether two columns are headed as names, so that one holds something else."""
    return sum(_path(" ".join(item.text.split()), labels) in ("name", _ENTITY) for item in row) > 1


def _filled(row: Sequence[TableCell]) -> int:
    return sum(bool(item.text.strip()) for item in row)


def _heads(row: Sequence[TableCell]) -> list[str]:
    return [" ".join(item.text.split()) for item in row]


def _path(head: str, labels: Labels) -> str:
    field = labels.field(head)
    return field.path if field else ""


def _name_at(heads: list[str], rows: Sequence[Sequence[TableCell]], labels: Labels) -> int:
    """Return the column of the names: one that is mapped, certain, or likely, otherwise that of the entities.

    A column that only answers with yes and no, such as `Subprocessor`, comes last, one of purposes before it.
    """
    columns = {
        normalize(head): (at, head) for at, head in reversed(list(enumerate(heads)))
    }  # the first of each
    if not any(_path(head, labels) in ("name", _ENTITY) for head in heads):
        return 0  # a column of names without a header
    known = [(at, head, field) for at, head in columns.values() if (field := labels.field(head))]
    ranks = [
        (
            field.path == _ENTITY,
            _answers(rows, at),
            not labels.maps(head),
            _holds_purposes(rows, at),
            not field.certain,
            at,
        )
        for at, head, field in known
        if field.path in ("name", _ENTITY)
    ]
    return min(ranks)[-1]


def _holds_purposes(rows: Sequence[Sequence[TableCell]], at: int) -> bool:
    """Return whether most cells of a column read like purposes, as those of `Service` may."""
    texts = [text for row in rows if at < len(row) and (text := " ".join(row[at].text.split()))]
    return 2 * sum(map(column_roles.is_purpose, texts)) >= max(len(texts), 1)


def _answers(rows: Sequence[Sequence[TableCell]], at: int) -> bool:
    """Return whether a column holds answers to a question, and no names."""
    texts = {row[at].text.strip().casefold() for row in rows if at < len(row)} - {""}
    return bool(texts) and texts <= {*vocabulary.load_words("yes"), *vocabulary.load_words("no")}


class _Columns(NamedTuple):
    """What is known about the columns of a table.

    Attributes:
        heads: their headers.
        name_at: the one with the names.
        is_entity: whether that one names the legal entities.
        is_export: whether they are those of `subproc export`.
        counting: those that only count the rows.
    """

    heads: list[str]
    name_at: int
    is_entity: bool
    is_export: bool
    counting: frozenset[int]


def _entry(row: Sequence[TableCell], columns: _Columns, group: str) -> RawService:
    name_at = columns.name_at
    cells = [Cell(HEADING, row[name_at].text)] if columns.is_entity else []
    for at in (name_at, *range(name_at), *range(name_at + 1, len(row))):
        head = columns.heads[at] if at < len(columns.heads) else ""
        if at in columns.counting or (columns.is_export and head in DEFINITIONS):
            continue
        text = (at == name_at and row[at].name) or row[at].text
        text = unescape(text) if columns.is_export else text
        tag = row[at].tag if at == name_at else ""
        text = text.removesuffix(tag).rstrip() if tag else text
        label = head or (HEADING if at == name_at else RUNNING)
        cells.append(Cell(label, text, row[at].links, label == HEADING, columns.is_export))
        cells += [Cell(RUNNING, tag)] if tag else []
    return RawService((*cells, Cell(ABOVE, group)) if group else tuple(cells))


def format_row(row: Sequence[TableCell]) -> str:
    """Return a row on one line."""
    texts = dict.fromkeys(" ".join(item.text.split()) for item in row)
    return " | ".join(filter(None, texts))


def make_nameless_error(rows: Sequence[Sequence[TableCell]]) -> ReadError:
    """Return the error that no column is known as the name, with the columns that there are."""
    first = next((heads for row in rows if any(heads := _heads(row))), [])
    heads = [head for head in first if head]
    columns = ", ".join(heads[:_MAX_LISTED])[:_LONGEST_LIST]
    example = shlex.quote(f"{heads[0]}=name") if heads else '"Column=name"'
    hint = f"state which one it is, such as --map {example}"
    return ReadError(f"no column contains the names of services; columns: {columns or 'none'}", hint)
