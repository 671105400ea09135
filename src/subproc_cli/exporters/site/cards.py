"""A card for each service: what people see of it, and the verdicts that the filters ask for."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from subproc_cli.describe.wording import Wording
from subproc_cli.enums import PERSONAL, Activation, Regime, Role
from subproc_cli.evaluation import data_access as sees
from subproc_cli.evaluation.places import Side, processes
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import Told, missing, told
from subproc_cli.exporters.published import standing
from subproc_cli.exporters.regions import Border, Sides
from subproc_cli.reference.categories import covers
from subproc_cli.registry.models import Service

Judge: TypeAlias = Callable[[str, Service], Verdict]
"""Decides one question for a service, given with its id."""
_CODES = {Verdict.YES: "y", Verdict.UNKNOWN: "o", Verdict.NO: "n"}


class Chip(NamedTuple):
    """A few words about a service; the tone never says what the words do not say."""

    text: str
    tone: str
    meaning: str = ""


class Card(NamedTuple):
    """What the page shows of one service.

    Attributes:
        sees: a letter for each choice of data: `y` yes, `o` open, `n` no.
        lies: the same for each choice of places.
    """

    key: str
    name: str
    purpose: str
    chips: tuple[Chip, ...]
    facts: tuple[Told, ...]
    missing: str
    where: str
    sees: str
    lies: str


class Choice(NamedTuple):
    """One thing that a filter offers.

    Attributes:
        at: its number, the place of its letter in a card.
        group: what it stands under; empty for none.
    """

    at: int
    label: str
    group: str
    judge: Judge


def data_choices(export: Export, wording: Wording) -> tuple[Choice, ...]:
    """Return the kinds of data that can be asked for: personal data, and every category."""
    tree = export.about.tree
    of_the_gdpr = Regime.EU_GDPR in export.about.registry.law
    offered = [(wording.text("personal" if of_the_gdpr else "personal_elsewhere"), "", PERSONAL)]
    for top in tree.tops:
        group = wording.category(top)
        offered += [(wording.category(each.key), group, each.key) for each in tree if covers(top, each.key)]
    return tuple(
        Choice(at, label, group, _sees(export, key)) for at, (label, group, key) in enumerate(offered)
    )


def _sees(export: Export, category: str) -> Judge:
    tree = export.about.tree

    def judge(_: str, service: Service) -> Verdict:
        if category == PERSONAL:
            return sees.personal_of(service, tree).verdict
        return sees.category_of(service, tree, category).verdict

    return judge


def place_choices(wording: Wording, sides: Sides, services: Mapping[str, Service]) -> tuple[Choice, ...]:
    """Return the places that can be asked for: inside and outside the EEA, and every stated one."""
    named = {name for each in services.values() for place in each.processing for name in place.place}
    offered: list[tuple[str, Judge]] = [
        (wording.text("outside_eea"), sides.outside),
        (wording.text("inside_eea"), lambda key, service: ~sides.outside(key, service)),
        *(
            (label, _lies(sides, name))
            for label, name in sorted((wording.place(name), name) for name in named)
        ),
    ]
    return tuple(Choice(at, label, "", judge) for at, (label, judge) in enumerate(offered))


def _lies(sides: Sides, name: str) -> Judge:
    side = Side(sides.atlas.area([name]), outside=False)
    return lambda key, service: processes(key, service, sides.atlas, side).verdict


def cards(
    export: Export,
    services: Mapping[str, Service],
    data: tuple[Choice, ...],
    places: tuple[Choice, ...],
) -> Iterator[Card]:
    """Yield a card for each service."""
    wording, sides = Wording(export.about, export.language), Sides(export.about, export.day)
    for key, service in services.items():
        yield Card(
            key=key,
            name=service.name,
            purpose=service.purpose or "",
            chips=tuple(_chips(export, wording, sides, key, service)),
            facts=tuple(told(wording, service, export.day)),
            missing=wording.listed(missing(wording, service, sides.asks(key, service))),
            where=wording.places(service.processing[0].place) if service.processing else "",
            sees="".join(_CODES[each.judge(key, service)] for each in data),
            lies="".join(_CODES[each.judge(key, service)] for each in places),
        )


def _chips(export: Export, wording: Wording, sides: Sides, key: str, service: Service) -> Iterator[Chip]:
    said = standing(export, wording, service)
    if said:
        yield Chip(said, "standing")
    for place in service.processing:
        side = sides.side(key, service, place)
        yield Chip(wording.places(place.place), side, wording.word("sides", side))
    if not service.processing:
        yield Chip(wording.word("missing", "processing"), Border.UNSTATED, wording.text("not_stated"))
    if service.role is not Role.SUBPROCESSOR:
        yield Chip(wording.say.role(service.role), "role")
    if service.activation is not Activation.ALWAYS:
        yield Chip(wording.say.activation(service.activation), "role")
