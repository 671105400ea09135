"""Which service sees which data, in one table: `subproc matrix`."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, NamedTuple, NotRequired

from typing_extensions import TypedDict

from subproc_cli.describe.header import RevisionRecord, build_registry_line, build_registry_record
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.output.document import (
    Block,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Style,
    Table,
    dim,
    emphasize,
    format_count,
    make_line,
)
from subproc_cli.output.record import Day, describe_field, one_of
from subproc_cli.overview.filter import COLUMNS, EVERYTHING, Filter, FilterRecord
from subproc_cli.reference.categories import covers
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

_SIGNS = {
    Verdict.YES: Span("yes", Style.YES),
    Verdict.UNKNOWN: Span("?", Style.UNKNOWN),
    Verdict.NO: Span("no", Style.NO),
}
_LEGEND = "yes: it sees this data; ?: cannot be ruled out; no: it does not"
_TOTALS = {Verdict.YES: "Number of yes", Verdict.UNKNOWN: "Number of ?"}
"""What the last rows of a table count."""


class MatrixRowRecord(TypedDict):
    """What one service sees."""

    service: Annotated[str, describe_field("The id of the service.")]
    name: Annotated[str, describe_field("The name of the service.")]
    sees: Annotated[
        dict[str, Annotated[str, one_of(reversed(Verdict))]],
        describe_field("For each category, by its key, whether the service sees it."),
    ]


class MatrixRecord(TypedDict):
    """The record `subproc/matrix/1`."""

    schema: Annotated[Literal["subproc/matrix/1"], describe_field("The name and number of this record.")]
    at: Annotated[Day, describe_field("The day whose facts are shown.")]
    registry: Annotated[RevisionRecord, describe_field("The revision of the list.")]
    where: NotRequired[
        Annotated[FilterRecord, describe_field("The question that chose the services, if there was one.")]
    ]
    categories: Annotated[list[str], describe_field("The keys of the categories, in their order.")]
    services: Annotated[list[MatrixRowRecord], describe_field("One entry for each service.")]


class MatrixReport(NamedTuple):
    """Services by categories.

    Attributes:
        registry: the list.
        services: the services to show, by id.
        as_of: the day of the report.
        leaves: whether every leaf of the tree is shown, not only the top-level categories.
        columns: the categories to show instead of these.
        filter: the question that chose the services.
    """

    registry: Registry
    services: Mapping[str, Service]
    as_of: date
    leaves: bool = False
    columns: tuple[str, ...] = ()
    filter: Filter = EVERYTHING

    def to_document(self) -> Page:
        """Return one table, or one for each top-level category."""
        head = build_registry_line(self.registry, self.as_of)
        legend = Paragraph(make_line(dim(f"{_LEGEND}.")))
        return head, legend, *self._build_tables(), self._build_summary()

    def _build_tables(self) -> Iterator[Block]:
        tree = self.registry.category_tree
        if self.columns:
            yield self._build_table(self.columns, [*map(_format_key, self.columns)])
        elif not self.leaves:
            yield self._build_table(tree.top_level, [*map(_format_key, tree.top_level)])
        else:
            for top in tree.top_level:
                keys = tree.find_leaves(top)
                below = [key.removeprefix(f"{top}.").replace("_", " ") for key in keys]
                yield Heading(make_line(tree[top].label))
                yield self._build_table(keys, below)

    def _build_summary(self) -> Paragraph:
        note = self.filter.format_note(self.registry)
        count = f"{format_count(len(self.services), 'service')}."
        return Paragraph(make_line(dim(f"{count} {note}" if note else count)))

    def _build_table(self, keys: tuple[str, ...], heads: list[str]) -> Table:
        found = {key: self._evaluate_categories(service, keys) for key, service in self.services.items()}
        rows: list[tuple[Line, ...]] = [
            (make_line(emphasize(self.services[key].name)), *(make_line(_SIGNS[each]) for each in verdicts))
            for key, verdicts in found.items()
        ]
        for verdict, total in _TOTALS.items():
            counts = (sum(each is verdict for each in column) for column in zip(*found.values(), strict=True))
            rows.append((make_line(total), *(make_line(str(count)) for count in counts)))
        return Table(("Service", *heads), tuple(rows) if found else ())

    def _evaluate_categories(self, service: Service, keys: tuple[str, ...]) -> list[Verdict]:
        return [data_access.category_of(service, self.registry.category_tree, each).verdict for each in keys]

    def _find_columns(self) -> tuple[str, ...]:
        tree = self.registry.category_tree
        if self.columns or not self.leaves:
            return self.columns or tree.top_level
        return tuple(leaf for top in tree.top_level for leaf in tree.leaves if covers(top, leaf))

    def to_record(self) -> MatrixRecord:
        """Return `subproc/matrix/1`."""
        keys = self._find_columns()
        return {
            "schema": "subproc/matrix/1",
            "at": self.as_of.isoformat(),
            "registry": build_registry_record(self.registry),
            **self.filter.build_record(),
            "categories": list(keys),
            "services": [
                {
                    "service": key,
                    "name": service.name,
                    "sees": dict(zip(keys, map(str, self._evaluate_categories(service, keys)), strict=True)),
                }
                for key, service in self.services.items()
            ],
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each service, a column for each category."""
        keys = self._find_columns()
        yield "service", "name", *keys, *COLUMNS
        cells = self.filter.build_cells(self.as_of.isoformat(), self.registry.model.version)
        for key, service in self.services.items():
            yield key, service.name, *map(str, self._evaluate_categories(service, keys)), *cells


def _format_key(key: str) -> str:
    return key.rpartition(".")[2].replace("_", " ")
