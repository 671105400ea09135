"""The facts of one service in one language, and the facts that the list leaves out."""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from subproc_cli.describe import explanations
from subproc_cli.describe.fields import FieldFormatter
from subproc_cli.describe.wording import PageWording
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.places import AreaCondition, PlaceResolver, evaluate_processing
from subproc_cli.evaluation.verdict import Evidence, Result, Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.overview.show import find_unstated_fields
from subproc_cli.registry.field_table import FACTS, PAGE_FIELDS
from subproc_cli.registry.internal import collect_own_fields, find_file_key
from subproc_cli.registry.models import Links, Service
from subproc_cli.registry.registry import Registry


class ServiceFact(NamedTuple):
    """One fact of a service.

    Attributes:
        field: the path of its field in the table of fields, or the name of a field of the publisher's own.
        label: its name in the language.
        values: what is stated; more than one where the field is a list.
        are_links: whether the values are addresses of pages.
    """

    field: str
    label: str
    values: tuple[str, ...]
    are_links: bool = False


def iter_service_facts(wording: PageWording, service: Service, as_of: date) -> Iterator[ServiceFact]:
    """Yield every fact that is stated about a service, except its name and its purpose.

    Transfer bases are named in the terms of the list's laws, as of the day.
    """
    view = FieldFormatter(wording.formatter, wording.registry, as_of)
    for row in PAGE_FIELDS:
        if row.path == "links":
            yield from _iter_links(wording, service)
        elif values := view.format_value(service, row):
            yield ServiceFact(row.path, view.format_label(row.path), tuple(values))
    for name, own_values in collect_own_fields(service).items():
        yield ServiceFact(name, name, tuple(map(format_own_value, own_values)))


def _iter_links(wording: PageWording, service: Service) -> Iterator[ServiceFact]:
    links = service.links or Links()
    for name in Links.model_fields:
        if url := getattr(links, name):
            yield ServiceFact(f"links.{name}", wording.get_word("link", name), (url,), are_links=True)


def format_own_value(value: Any) -> str:
    """Return the value of a field of the publisher's own: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def find_missing_facts(service: Service, hidden_fields: AbstractSet[str]) -> list[str]:
    """Return the names of the facts that the list leaves out, except hidden fields."""
    return [
        name for name in find_unstated_fields(service) if find_file_key(FACTS[name].path) not in hidden_fields
    ]


def iter_missing_facts(
    service: Service, needs_basis: Verdict, hidden_fields: AbstractSet[str]
) -> Iterator[str]:
    """Yield the facts that the list leaves out; where no law asks for a basis, none is missing."""
    for name in find_missing_facts(service, hidden_fields):
        if name != "transfer" or needs_basis is not Verdict.NO:
            yield name


def list_missing_facts(
    wording: PageWording, service: Service, needs_basis: Verdict, hidden_fields: AbstractSet[str]
) -> list[str]:
    """Return the facts that the list leaves out, as nouns."""
    return [
        wording.get_word("missing", name) for name in iter_missing_facts(service, needs_basis, hidden_fields)
    ]


Answer: TypeAlias = tuple[str, str, str]
"""What is asked about, the answer (`yes`, `no` or `unknown`), and why in English words."""
VerdictRow: TypeAlias = tuple[str, str, str, str]
"""One answer about one service: its id, and the answer."""


def iter_data_verdicts(export: Export) -> Iterator[VerdictRow]:
    """Yield for each service and each category whether the service sees it."""
    tree, explained = export.registry.category_tree, _Explanations(export.registry)
    silent_by_role: dict[str, dict[str, Answer]] = {}

    def explain(results: Mapping[str, Result]) -> dict[str, Answer]:
        return {
            category: (category, str(result.verdict), explained.join(result))
            for category, result in results.items()
        }

    def evaluate(key: str, service: Service) -> Iterable[Answer]:
        if service.role not in silent_by_role:
            silent = data_access.evaluate_silent_categories(tree, service.role)
            silent_by_role[service.role] = explain(silent)
        stated = {
            category: data_access.locate_evidence(result, key, service)
            for category, result in data_access.evaluate_stated_categories(service, tree).items()
        }
        return (silent_by_role[service.role] | explain(stated)).values()

    def describe(service: Service) -> Hashable:
        conditions = tuple(statement.when for statement in service.sees)
        return data_access.collect_claims(service), conditions, service.role

    yield from _iter_verdicts(export, describe, evaluate)


def iter_region_verdicts(export: Export) -> Iterator[VerdictRow]:
    """Yield for each service and each region whether the service processes outside of it."""
    resolver = PlaceResolver(export.registry.gazetteer, export.as_of)
    explained = _Explanations(export.registry)
    conditions = {
        region.key: AreaCondition(resolver.build_area([region.key]), is_outside=True)
        for region in export.registry.gazetteer
    }

    def evaluate(key: str, service: Service) -> Iterator[Answer]:
        for region, condition in conditions.items():
            result = evaluate_processing(key, service, resolver, condition)
            yield region, str(result.verdict), explained.join(result)

    def describe(service: Service) -> Hashable:
        return tuple((processing.place, processing.how, processing.when) for processing in service.processing)

    yield from _iter_verdicts(export, describe, evaluate)


CACHE_SIZE = 1_000
"""Number of services with different statements whose answers are kept for the services that follow."""


def _iter_verdicts(
    export: Export,
    describe: Callable[[Service], Hashable],
    evaluate: Callable[[str, Service], Iterable[Answer]],
) -> Iterator[VerdictRow]:
    """Yield the answers about each service; they are found once for all services that state the same.

    Args:
        export: the list.
        describe: returns everything that the answers about a service depend on.
        evaluate: yields the answers about a service.
    """
    known: dict[Hashable, tuple[Answer, ...]] = {}
    for key, service in export.services.items():
        stated = describe(service)
        if stated not in known:
            if len(known) >= CACHE_SIZE:
                known.clear()
            known[stated] = tuple(evaluate(key, service))
        for answer in known[stated]:
            yield key, *answer


class _Explanations:
    """The reasons of answers in words: many services have the same reason, which is worded once."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._texts: dict[Hashable, str] = {}

    def join(self, result: Result) -> str:
        """Return the reasons of an answer, each once."""
        return "; ".join(dict.fromkeys(map(self._format, result.find_evidence())))

    def _format(self, evidence: Evidence) -> str:
        stated = evidence.reason, evidence.subject, evidence.condition  # all that its words depend on
        if stated not in self._texts:
            self._texts[stated] = explanations.format_evidence(self._registry, evidence)
        return self._texts[stated]
