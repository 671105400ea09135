"""What a list states of one service, and what it does not, in the words of a language."""

from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.enums import Extent
from subproc_cli.law.categories import covers
from subproc_cli.publish.wording import Wording
from subproc_cli.registry.service import Entity, Processing, Service, Statement, Transfer
from subproc_cli.verdict import Verdict
from subproc_cli.views.services import not_stated


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


def told(wording: Wording, service: Service) -> Iterator[Told]:
    """Yield every fact that is stated of a service, but for its name and its purpose."""
    for field, values in _fields(wording, service):
        stated = tuple(value for value in values if value)
        if stated:
            yield Told(field, wording.word("labels", field), stated)
    for name, url in service.links or ():
        if isinstance(url, str):
            yield Told("links", wording.word("links", name), (url,), links=True)
    for name, value in service.own.items():
        yield Told(name, name, (str(value),))


def _fields(wording: Wording, service: Service) -> Iterator[tuple[str, list[str | None]]]:
    entity = service.entity or Entity()
    yield "sees", [statement(wording, each) for each in service.sees]
    yield "never_sees", [never(wording, service)]
    yield "personal_data", [_claim(wording, service)]
    yield "subjects", list(service.subjects)
    yield "processing", [processing(wording, each) for each in service.processing]
    yield "transfer", [transfer(wording, each) for each in service.transfer]
    yield "entity", [entity.name]
    yield "address", [entity.address]
    yield "country", [wording.place(entity.country) if entity.country else None]
    yield "parent", [entity.parent]
    yield "role", [wording.word("roles", service.role)]
    yield "activation", [use(wording, service)]
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


def missing(wording: Wording, service: Service, outside: Verdict) -> list[str]:
    """Return the facts that the list leaves out, as nouns; if nothing leaves the EEA, no basis is missing."""
    fields = not_stated(service)
    return [
        wording.word("missing", field) for field in fields if field != "transfer" or outside is not Verdict.NO
    ]


def statement(wording: Wording, given: Statement) -> str:
    """Return what a service sees, with the conditions."""
    label = wording.category(given.data)
    text = wording.text("part", text=label) if given.extent is Extent.PARTIAL else label
    inside = wording.listed(map(wording.category, given.may_contain))
    added = [wording.text("may_contain", list=inside)] if given.may_contain else []
    return _with(text, [*added, *_when(wording, given.when), given.note])


def processing(wording: Wording, given: Processing) -> str:
    """Return where a service processes, with the conditions."""
    added = [wording.text("remote")] if given.how else []
    return _with(wording.places(given.place), [*added, *_when(wording, given.when), given.note])


def transfer(wording: Wording, given: Transfer) -> str:
    """Return what transfers rest on, and until when."""
    basis = wording.word("bases", given.basis)
    if given.until:
        basis += f", {wording.text('until_day', day=wording.day(given.until))}"
    return _with(basis, [given.note])


def never(wording: Wording, service: Service) -> str:
    """Return what a service never sees; *everything* beside something else means the rest."""
    labels = [_promised(wording, service, key) for key in service.never_sees if key != "everything"]
    if "everything" in service.never_sees:
        labels.append(wording.text("rest" if service.sees or labels else "anything"))
    return wording.listed(labels, "or")


def _promised(wording: Wording, service: Service, key: str) -> str:
    """Return a promise; what is seen within it is stated more closely, and so goes before it."""
    label = wording.category(key)
    within = any(each.data != key and covers(key, each.data) for each in service.sees)
    return wording.text("apart", label=label) if within else label


def use(wording: Wording, service: Service) -> str:
    """Return who decides that a service is used, and when."""
    return _with(wording.word("activations", service.activation), [service.condition])


def _claim(wording: Wording, service: Service) -> str | None:
    if service.personal_data is None:
        return None
    return wording.text("claim_yes" if service.personal_data else "claim_no")


def _when(wording: Wording, condition: str | None) -> list[str]:
    return [wording.text("when", text=condition)] if condition else []


def _with(text: str, added: list[str | None]) -> str:
    given = "; ".join(each for each in added if each)
    return f"{text} ({given})" if given else text
