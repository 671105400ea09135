"""Which service sees which data, in one table: `subproc matrix`."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.describe.header import list_line, list_record
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.output.document import (
    Block,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Table,
    Tone,
    counted,
    faint,
    line,
    strong,
)
from subproc_cli.reference.categories import covers
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index

_SIGNS = {
    Verdict.YES: Span("yes", Tone.YES),
    Verdict.UNKNOWN: Span("?", Tone.UNKNOWN),
    Verdict.NO: Span("no", Tone.NO),
}
_LEGEND = "yes: it sees this data; ?: cannot be ruled out; no: it does not"
_TOTALS = {Verdict.YES: "in all: yes", Verdict.UNKNOWN: "in all: ?"}
"""What the last rows of a table count."""
_MANY = 12
"""Services beyond which the legend stands at the end as well: by then its start is on another screen."""
_SHORT = 4
"""Letters of a head where all top-level categories stand side by side in 80 columns."""


class MatrixView(NamedTuple):
    """Services by categories.

    Attributes:
        about: the list.
        services: the services to show, by id.
        day: the day that is told.
        leaves: whether every leaf of the tree is shown, not only the top-level categories.
        columns: the categories to show instead of these.
        beside: what a question left out.
    """

    about: Index
    services: Mapping[str, Service]
    day: date
    leaves: bool = False
    columns: tuple[str, ...] = ()
    beside: str = ""

    def page(self) -> Page:
        """Return one table, or one for each top-level category."""
        head = list_line(self.about, self.day)
        tree = self.about.tree
        short = not (self.columns or self.leaves)
        names = "; ".join(f"{key[:_SHORT]}: {tree[key].label}" for key in tree.tops)
        legend = Paragraph(line(faint(f"{_LEGEND}. {names}" if short else f"{_LEGEND}.")))
        again = (legend,) if self.leaves or len(self.services) > _MANY else ()
        return head, legend, *self._tables(), *again, self._count()

    def _tables(self) -> Iterator[Block]:
        tree = self.about.tree
        if self.columns:
            yield self._table(self.columns, [*map(_name, self.columns)])
        elif not self.leaves:
            yield self._table(tree.tops, [key[:_SHORT] for key in tree.tops], gap=1)
        else:
            for top in tree.tops:
                keys = tree.leaves_under(top)
                below = [key.removeprefix(f"{top}.").replace("_", " ") for key in keys]
                yield Heading(line(tree[top].label))
                yield self._table(keys, below)

    def _count(self) -> Paragraph:
        count = counted(len(self.services), "service")
        return Paragraph(line(faint(f"{count}, {self.beside}." if self.beside else f"{count}.")))

    def _table(self, keys: tuple[str, ...], heads: list[str], gap: int = 2) -> Table:
        found = {key: self._verdicts(service, keys) for key, service in self.services.items()}
        rows: list[tuple[Line, ...]] = [
            (line(strong(self.services[key].name)), *(line(_SIGNS[each]) for each in verdicts))
            for key, verdicts in found.items()
        ]
        for verdict, total in _TOTALS.items():
            counts = (sum(each is verdict for each in column) for column in zip(*found.values(), strict=True))
            rows.append((line(total), *(line(str(count)) for count in counts)))
        return Table(("Service", *heads), tuple(rows) if found else (), gap)

    def _verdicts(self, service: Service, keys: tuple[str, ...]) -> list[Verdict]:
        return [data_access.category_of(service, self.about.tree, each).verdict for each in keys]

    def _keys(self) -> tuple[str, ...]:
        tree = self.about.tree
        if self.columns or not self.leaves:
            return self.columns or tree.tops
        return tuple(leaf for top in tree.tops for leaf in tree.leaves if covers(top, leaf))

    def record(self) -> dict[str, Any]:
        """Return `subproc/matrix/1`."""
        keys = self._keys()
        return {
            "schema": "subproc/matrix/1",
            "at": self.day.isoformat(),
            "registry": list_record(self.about),
            "categories": list(keys),
            "services": [
                {
                    "service": key,
                    "name": service.name,
                    "sees": dict(zip(keys, map(str, self._verdicts(service, keys)), strict=True)),
                }
                for key, service in self.services.items()
            ],
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each service, a column for each category."""
        keys = self._keys()
        yield "service", "name", *keys
        for key, service in self.services.items():
            yield key, service.name, *map(str, self._verdicts(service, keys))


def _name(key: str) -> str:
    return key.rpartition(".")[2].replace("_", " ")
