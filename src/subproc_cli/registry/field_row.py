"""What the program knows about a field of the list, and how a row of the table is used."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from subproc_cli.diagnostics import FieldPath
from subproc_cli.registry.models import Service


class Fact(NamedTuple):
    """What a list can leave out of a service, as answers and questions name it.

    Attributes:
        name: its name in records and questions. The catalogue has its nouns: `fact.<name>` in an answer and
            `missing.<name>` on a page.
        words: its words in questions, with `|` between them.
        is_counted: whether a card and a record report that it is not stated.
        order: its place in the list of what is not stated.
        or_field: a field that states it as well.
    """

    name: str
    words: str
    is_counted: bool = False
    order: int = 0
    or_field: str = ""


class FieldRow(NamedTuple):
    """A field of a service or of the list. The catalogue has its name for readers: `label.<path>`.

    Attributes:
        path: its dotted path in machine formats: `entity.parent_country`.
        fact: the fact that it states, None if nothing asks for it.
        column: its column in `subproc list`; empty if it has none.
        change: what compares it in `diff`; that of the field above it if empty.
        is_on_card: whether the card of `subproc show` has a line for it; otherwise another line contains it.
        page: its place among the facts of a public page, the lowest first; 0 if another fact contains it.
        is_public: whether it is published unless the publisher hides it.
        is_announced: whether it belongs to the content of a notice that describes the whole service.
        edition: the edition of the format that added its column in CSV; later columns follow the first ones.
    """

    path: str
    fact: Fact | None = None
    column: str = ""
    change: str = ""
    is_on_card: bool = False
    page: int = 0
    is_public: bool = True
    is_announced: bool = False
    edition: int = 1


def build_getter(path: str) -> Callable[[Any], Any]:
    """Return a function that returns the value of a field, None below what is missing."""
    first, _, rest = path.partition(".")
    read = attrgetter(first)
    if not rest:
        return read
    below = build_getter(rest)
    return lambda part: below(inner) if (inner := read(part)) is not None else None


def build_fact_getter(row: FieldRow) -> Callable[[Service], object]:
    """Return a function that returns what states the fact of a row: its field, or the other one."""
    read = build_getter(row.path)
    if row.fact is None or not row.fact.or_field:
        return read
    other = build_getter(row.fact.or_field)
    return lambda service: read(service) or other(service)


def to_path(row: FieldRow) -> FieldPath:
    """Return the path of a field below its service."""
    return tuple(row.path.split("."))


def find_change(row: FieldRow, rows: Mapping[str, FieldRow]) -> str:
    """Return what compares a field: its own classifier, or that of the field above it."""
    return row.change or find_change(rows[row.path.rpartition(".")[0]], rows)
