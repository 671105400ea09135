"""Which service sees which data, in one table: `subproc matrix`."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.facts import sees
from subproc_cli.law.categories import covers
from subproc_cli.registry.index import Index
from subproc_cli.registry.service import Service
from subproc_cli.verdict import Verdict
from subproc_cli.views.about import list_line, list_record
from subproc_cli.views.page import (
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

_SIGNS = {
    Verdict.YES: Span("yes", Tone.YES),
    Verdict.UNKNOWN: Span("?", Tone.UNKNOWN),
    Verdict.NO: Span("no", Tone.NO),
}
_LEGEND = "yes: it sees this data; ?: cannot be ruled out; no: it does not"
_SHORT = 4
"""Letters of a head where all top-level categories stand side by side in 80 columns."""


class MatrixView(NamedTuple):
    """Services by categories, the top-level ones or every leaf; `beside` tells what a question left out."""

    about: Index
    services: Mapping[str, Service]
    day: date
    leaves: bool = False
    beside: str = ""

    def page(self) -> Page:
        """Return one table, or one for each top-level category."""
        head = list_line(self.about, self.day)
        tree = self.about.tree
        if not self.leaves:
            short = [key[:_SHORT] for key in tree.tops]
            names = "; ".join(f"{key[:_SHORT]}: {tree[key].label}" for key in tree.tops)
            table = self._table(tree.tops, short, gap=1)
            return head, Paragraph(line(faint(f"{_LEGEND}. {names}"))), table, self._count()
        blocks: list[Any] = [head, Paragraph(line(faint(f"{_LEGEND}.")))]
        for top in tree.tops:
            keys = tree.leaves_under(top)
            below = [key.removeprefix(f"{top}.").replace("_", " ") for key in keys]
            blocks += [Heading(line(tree[top].label)), self._table(keys, below)]
        return (*blocks, self._count())

    def _count(self) -> Paragraph:
        count = counted(len(self.services), "service")
        return Paragraph(line(faint(f"{count}, {self.beside}." if self.beside else f"{count}.")))

    def _table(self, keys: tuple[str, ...], heads: list[str], gap: int = 2) -> Table:
        rows: list[tuple[Line, ...]] = []
        for service in self.services.values():
            verdicts = self._verdicts(service, keys)
            rows.append((line(strong(service.name)), *(line(_SIGNS[each]) for each in verdicts)))
        return Table(("Service", *heads), tuple(rows), gap)

    def _verdicts(self, service: Service, keys: tuple[str, ...]) -> list[Verdict]:
        said = sees.statements(service)
        return [sees.category(said, self.about.tree, each).verdict for each in keys]

    def _keys(self) -> tuple[str, ...]:
        tree = self.about.tree
        if not self.leaves:
            return tree.tops
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
