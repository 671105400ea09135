"""What a list states of one service, and what it does not, in the words of a language."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.describe import explanations
from subproc_cli.describe.wording import Wording
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.places import Atlas, Side, processes
from subproc_cli.evaluation.verdict import Judgement, Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.overview.show import not_stated
from subproc_cli.registry.internal import own_fields
from subproc_cli.registry.models import Entity, Links, Service


class Told(NamedTuple):
    """One fact of a service.

    Attributes:
        field: its field in the file, which names it in `labels`; the publisher's own fields begin with `x-`.
        label: its name in the language.
        values: what is stated; more than one where the field is a list.
        links: whether the values are addresses of pages.
    """

    field: str
    label: str
    values: tuple[str, ...]
    links: bool = False


def told(wording: Wording, service: Service, day: date) -> Iterator[Told]:
    """Yield every fact that is stated of a service, except its name and its purpose.

    What transfers rest on is told in the terms of the list's laws, as they were on the day.
    """
    for field, values in _fields(wording, service, day):
        stated = tuple(value for value in values if value)
        if stated:
            yield Told(field, wording.word("labels", field), stated)
    links = service.links or Links()
    for name in Links.model_fields:
        if url := getattr(links, name):
            yield Told("links", wording.word("links", name), (url,), links=True)
    for name, values in own_fields(service).items():
        yield Told(name, name, tuple(map(own_text, values)))


def own_text(value: Any) -> str:
    """Return the value of a field of the publisher's own: a text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _fields(wording: Wording, service: Service, day: date) -> Iterator[tuple[str, list[str | None]]]:
    entity, about, say = service.entity or Entity(), wording.about, wording.say
    yield "sees", [say.statement(about, each) for each in service.sees]
    yield "never_sees", [say.never(about, service)]
    yield "personal_data", [_claim(wording, service)]
    yield "subjects", list(service.subjects)
    yield "processing", [say.processing(about, each) for each in service.processing]
    yield "transfer", [*say.bases(about, service, about.registry.law, day)]
    yield "entity", [entity.name]
    yield "address", [entity.address]
    yield "country", [wording.place(entity.country) if entity.country else None]
    yield "parent", [entity.parent]
    yield "role", [say.role(service.role)]
    yield "activation", [say.use(service)]
    yield "products", list(service.products)
    yield "group", [service.group]
    yield "onward", list(service.onward)
    yield "retention", [service.retention]
    yield "certifications", list(service.certifications)
    yield "contact", [service.contact]
    yield "since", [wording.day(service.since) if service.since else None]
    yield "until", [wording.day(service.until) if service.until else None]
    yield "replaces", [service.replaces]
    yield "formerly", list(service.formerly)
    yield "notes", [service.notes]
    yield "source", [service.source]


def missing(wording: Wording, service: Service, asks: Verdict) -> list[str]:
    """Return the facts that the list leaves out, as nouns; where no law asks for a basis, none is missing."""
    fields = not_stated(service)
    return [
        wording.word("missing", field) for field in fields if field != "transfer" or asks is not Verdict.NO
    ]


def _claim(wording: Wording, service: Service) -> str | None:
    if service.personal_data is None:
        return None
    return wording.text("claim_yes" if service.personal_data else "claim_no")


class Answer(NamedTuple):
    """One answer about one service: `yes`, `no` or `unknown`, and why in English words."""

    service: str
    subject: str
    verdict: str
    because: str


def by_data(export: Export) -> Iterator[Answer]:
    """Yield for each service and each category whether the service sees it."""
    tree = export.about.tree
    for key, service in export.services.items():
        for category in tree:
            judged = data_access.explained(data_access.category_of(service, tree, category.key), key, service)
            yield _answer(export, key, category.key, judged)


def by_region(export: Export) -> Iterator[Answer]:
    """Yield for each service and each region whether the service processes outside of it."""
    atlas = Atlas(export.about.gazetteer, export.day)
    for key, service in export.services.items():
        for region in export.about.gazetteer:
            side = Side(atlas.area([region.key]), outside=True)
            yield _answer(export, key, region.key, processes(key, service, atlas, side))


def _answer(export: Export, service: str, subject: str, judged: Judgement) -> Answer:
    texts = dict.fromkeys(explanations.sentence(export.about, each) for each in judged.because)
    return Answer(service, subject, str(judged.verdict), "; ".join(texts))
