"""What a list states of one service, and what it does not, in the words of a language."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.describe import explanations
from subproc_cli.describe.wording import PageWording
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.places import AreaCondition, PlaceResolver, evaluate_processing
from subproc_cli.evaluation.verdict import Result, Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.overview.show import find_unstated_fields
from subproc_cli.registry.internal import collect_own_fields
from subproc_cli.registry.models import Entity, Links, Service


class ServiceFact(NamedTuple):
    """One fact of a service.

    Attributes:
        field: its field in the file, which names it in `labels`; the publisher's own fields begin with `x-`.
        label: its name in the language.
        values: what is stated; more than one where the field is a list.
        are_links: whether the values are addresses of pages.
    """

    field: str
    label: str
    values: tuple[str, ...]
    are_links: bool = False


def iter_service_facts(wording: PageWording, service: Service, as_of: date) -> Iterator[ServiceFact]:
    """Yield every fact that is stated of a service, except its name and its purpose.

    Transfer bases are named in the terms of the list's laws, as of the day.
    """
    for field, values in _iter_field_values(wording, service, as_of):
        stated = tuple(value for value in values if value)
        if stated:
            yield ServiceFact(field, wording.get_word("label", field), stated)
    links = service.links or Links()
    for name in Links.model_fields:
        if url := getattr(links, name):
            yield ServiceFact("links", wording.get_word("link", name), (url,), are_links=True)
    for name, values in collect_own_fields(service).items():
        yield ServiceFact(name, name, tuple(map(format_own_value, values)))


def format_own_value(value: Any) -> str:
    """Return the value of a field of the publisher's own: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _iter_field_values(
    wording: PageWording, service: Service, as_of: date
) -> Iterator[tuple[str, list[str | None]]]:
    entity, registry, formatter = service.entity or Entity(), wording.registry, wording.formatter
    yield "sees", [formatter.format_statement(registry, each) for each in service.sees]
    yield "never_sees", [formatter.format_never_sees(registry, service)]
    yield "personal_data", [_format_claim(wording, service)]
    yield "subjects", list(service.subjects)
    yield "processing", [formatter.format_processing(registry, each) for each in service.processing]
    yield "transfer", [*formatter.transfers.format_bases(registry, service, registry.model.law, as_of)]
    yield "entity", [entity.name]
    yield "address", [entity.address]
    yield "country", [wording.format_place(entity.country) if entity.country else None]
    yield "parent", [entity.parent]
    yield "role", [formatter.format_role(service.role)]
    yield "activation", [formatter.format_usage(service)]
    yield "products", list(service.products)
    yield "group", [service.group]
    yield "onward", list(service.onward)
    yield "retention", [service.retention]
    yield "certifications", list(service.certifications)
    yield "contact", [service.contact]
    yield "since", [wording.format_day(service.since) if service.since else None]
    yield "until", [wording.format_day(service.until) if service.until else None]
    yield "replaces", [service.replaces]
    yield "formerly", list(service.formerly)
    yield "notes", [service.notes]
    yield "source", [service.source]


def list_missing_facts(wording: PageWording, service: Service, needs_basis: Verdict) -> list[str]:
    """Return the facts that the list leaves out, as nouns; where no law asks for a basis, none is missing."""
    fields = find_unstated_fields(service)
    return [
        wording.get_word("missing", field)
        for field in fields
        if field != "transfer" or needs_basis is not Verdict.NO
    ]


def _format_claim(wording: PageWording, service: Service) -> str | None:
    if service.personal_data is None:
        return None
    return wording.format_text("claim-yes" if service.personal_data else "claim-no")


class VerdictRow(NamedTuple):
    """One answer about one service: `yes`, `no` or `unknown`, and why in English words."""

    service: str
    subject: str
    verdict: str
    explanation: str


def iter_data_verdicts(export: Export) -> Iterator[VerdictRow]:
    """Yield for each service and each category whether the service sees it."""
    tree = export.registry.category_tree
    for key, service in export.services.items():
        for category in tree:
            result = data_access.locate_evidence(
                data_access.category_of(service, tree, category.key), key, service
            )
            yield _build_verdict_row(export, key, category.key, result)


def iter_region_verdicts(export: Export) -> Iterator[VerdictRow]:
    """Yield for each service and each region whether the service processes outside of it."""
    resolver = PlaceResolver(export.registry.gazetteer, export.as_of)
    for key, service in export.services.items():
        for region in export.registry.gazetteer:
            condition = AreaCondition(resolver.build_area([region.key]), is_outside=True)
            yield _build_verdict_row(
                export, key, region.key, evaluate_processing(key, service, resolver, condition)
            )


def _build_verdict_row(export: Export, service: str, subject: str, result: Result) -> VerdictRow:
    texts = dict.fromkeys(explanations.format_evidence(export.registry, each) for each in result.evidence)
    return VerdictRow(service, subject, str(result.verdict), "; ".join(texts))
