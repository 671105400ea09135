"""One service in full: `subproc show`."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.describe import explanations
from subproc_cli.describe.fields import FieldFormatter
from subproc_cli.describe.header import build_position_record, build_registry_line, build_registry_record
from subproc_cli.enums import Activation, Coverage
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.facts import FIELDS, is_stated
from subproc_cli.output.document import (
    Block,
    Fact,
    Facts,
    Heading,
    Page,
    Paragraph,
    Span,
    Style,
    emphasize,
    format_count,
    make_line,
)
from subproc_cli.reference.categories import ROOT
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.field_row import FieldRow, build_getter
from subproc_cli.registry.field_table import FACTS, SERVICE_FIELDS
from subproc_cli.registry.models import Service
from subproc_cli.registry.parts import Model
from subproc_cli.registry.registry import Registry, State, get_state
from subproc_cli.text import join_words

_TONES = {"Known": Style.PLAIN, "Promised": Style.PLAIN, "Not stated": Style.UNKNOWN}
_FACTS = "facts (purpose, places, legal entity, transfer basis, contact ...)"
"""What is counted, with examples: the missing ones are listed below by name."""
NOT_STATED = Span("not stated", Style.UNKNOWN)
COUNTED = {
    name: FIELDS[name][1] for name, row in FACTS.items() if row.fact is not None and row.fact.is_counted
}
"""The facts that a card reports as missing, and how to read each."""


def build_service_record(registry: Registry, key: str, service: Service, as_of: date) -> dict[str, Any]:
    """Return the statements of a list on a service in canonical form; omitted fields are only named.

    The role and the activation have defaults that mean something, so they are always in it.
    """
    stated = service.model_dump(mode="json", exclude_defaults=True)
    return {
        "service": key,
        "state": str(get_state(service, as_of)),
        "name": service.name,
        "role": str(service.role),
        "activation": str(service.activation),
        **stated,
        "not_stated": find_unstated_fields(service),
        "where": build_position_record(registry.locate(("services", key))),
    }


def find_unstated_fields(service: Service) -> list[str]:
    """Return the facts that the list leaves out; what is always used needs no condition."""
    missing = [name for name, given in COUNTED.items() if not is_stated(given(service))]
    if service.activation is Activation.ALWAYS and "condition" in missing:
        missing.remove("condition")
    return missing


class ServiceReport(NamedTuple):
    """Everything that the list states about one service, and what it does not state."""

    registry: Registry
    key: str
    service: Service
    as_of: date

    def to_document(self) -> Page:
        """Return a card: what is known, what is listed as never seen and what is not stated."""
        parts = {
            "Known": [*self._iter_facts()],
            "Promised": [
                ("Never sees", _to_list(explanations.ENGLISH.format_never_sees(self.registry, self.service)))
            ],
            "Not stated": [("Facts", self._format_missing()), ("Data", self._format_unstated_data())],
        }
        blocks: list[Block] = [
            Heading(make_line(emphasize(self.service.name)), 1),
            build_registry_line(self.registry, self.as_of),
            Paragraph(make_line(emphasize("At a glance"), f": {self._format_summary()}")),
        ]
        for title, given in parts.items():
            facts = tuple(
                Fact(Span(name, Style.STRONG), tuple(make_line(text) for text in texts))
                for name, texts in given
                if texts
            )
            if facts:
                blocks += [Heading(make_line(Span(title, _TONES[title]))), Facts(facts)]
        return tuple(blocks)

    def _format_summary(self) -> str:
        known = sum(is_stated(given(self.service)) for given in COUNTED.values())
        parts = (
            f"{known} of {known + len(find_unstated_fields(self.service))} {_FACTS} stated",
            f"{self._format_promised_data()} listed as never seen",
            self._format_data_coverage(),
        )
        return "; ".join(parts)

    def _format_promised_data(self) -> str:
        promised = self.service.never_sees
        if ROOT in promised:
            return "all other data" if self.service.sees else "all data"
        return format_count(len(promised), "kind of data", "kinds of data") if promised else "no data"

    def _format_data_coverage(self) -> str:
        """Return how much of the data the list makes a statement on."""
        silent = self._unstated_categories
        if silent:
            count = "any" if silent == (ROOT,) else format_count(len(silent), "kind of", "kinds of")
            return f"no statement on {count} data"
        if any(each.data == ROOT and each.extent is Coverage.FULL for each in self.service.sees):
            return (
                "sees all data except what is listed as never seen"
                if self.service.never_sees
                else "sees all data"
            )
        return "a statement on each kind of data"

    def _format_missing(self) -> list[str]:
        missing = [explanations.format_fact(field) for field in find_unstated_fields(self.service)]
        return [join_words(missing)] if missing else []

    def _format_unstated_data(self) -> list[str]:
        labels = [explanations.format_category(self.registry, key) for key in self._unstated_categories]
        return [join_words(labels)] if labels else []

    @property
    def _unstated_categories(self) -> tuple[str, ...]:
        return data_access.find_unstated_categories(
            data_access.collect_claims(self.service), self.registry.category_tree
        )

    def _iter_facts(self) -> Iterator[tuple[str, list[str]]]:
        yield "Id", [self.key]
        yield "State", [self._format_state()]
        view = FieldFormatter(explanations.ENGLISH, self.registry, self.as_of)
        for row in SERVICE_FIELDS:
            if row.is_on_card and row.path != "name":
                yield view.format_card_label(row.path), format_field(self, row)
        for key, value in self.service.own.items():
            yield key, [str(value)]
        yield "In the file", [str(self.registry.locate(("services", self.key)))]

    def _format_state(self) -> str:
        since = f", since {self.service.since}" if self.service.since else ""
        until = f", no longer used from {self.service.until}" if self.service.until else ""
        now = get_state(self.service, self.as_of)
        return f"{'in use' if now is State.IN_USE else now}{since}{until}"

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/service/1`."""
        return {
            "schema": "subproc/service/1",
            "at": self.as_of.isoformat(),
            "registry": build_registry_record(self.registry),
            **build_service_record(self.registry, self.key, self.service, self.as_of),
            "data_not_stated": list(self._unstated_categories),
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each fact."""
        yield "fact", "value"
        yield "Name", self.service.name
        never = explanations.ENGLISH.format_never_sees(self.registry, self.service)
        for name, texts in (*self._iter_facts(), ("Never sees", _to_list(never))):
            for text in texts:
                yield name, text


def _to_list(text: str | None) -> list[str]:
    return [text] if text else []


def _format_claim(service: Service) -> str:
    if service.personal_data is None:
        return ""
    return "sees personal data" if service.personal_data else "sees no personal data"


def _format_links(service: Service) -> list[str]:
    if service.links is None:
        return []
    return [f"{name}: {url}" for name, url in service.links if isinstance(url, str)]


def _format_parts(path: str, service: Service) -> list[str]:
    """Return the fields of a mapping: `signed: 2024-05-01`."""
    part = build_getter(path)(service)
    return [f"{name}: {value}" for name, value in part or () if value not in (None, {})]


def _format_bases(report: ServiceReport) -> list[str]:
    """Return the bases in the words of the list's laws, and those that none of these laws knows."""
    registry, service = report.registry, report.service
    laws = registry.model.law
    known = {word for law in laws for word in load_law(law).bases}
    unknown = [each.basis for each in service.transfer if each.basis not in known]
    texts = explanations.ENGLISH.transfers.format_bases(registry, service, laws, report.as_of)
    return [*texts, *(f"{basis.description.rstrip('.')} ({basis})" for basis in dict.fromkeys(unknown))]


_FORMATTERS: dict[str, Callable[[ServiceReport], list[str]]] = {
    "personal_data": lambda report: _to_list(_format_claim(report.service)),
    "transfer": _format_bases,
    "links": lambda report: _format_links(report.service),
}
"""How a card shows a field in another way than a page."""


def format_field(report: ServiceReport, row: FieldRow) -> list[str]:
    """Return the lines of a field on a card."""
    if row.path in _FORMATTERS:
        return _FORMATTERS[row.path](report)
    if row.path != "entity" and isinstance(build_getter(row.path)(report.service), Model):
        return _format_parts(row.path, report.service)
    view = FieldFormatter(explanations.ENGLISH, report.registry, report.as_of)
    return view.format_value(report.service, row)
