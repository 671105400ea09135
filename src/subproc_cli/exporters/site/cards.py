"""A card for each service: what people see of it, and the verdicts that the filters ask for."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import PERSONAL, Activation, Role
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.places import AreaCondition, evaluate_processing
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import ServiceFact, iter_service_facts, list_missing_facts
from subproc_cli.exporters.published import format_lifecycle
from subproc_cli.exporters.regions import RegionClass, RegionClassifier
from subproc_cli.reference.categories import covers
from subproc_cli.registry.models import Service

VerdictFunction: TypeAlias = Callable[[str, Service], Verdict]
"""Decides one question for a service, given with its id."""
_CODES = {Verdict.YES: "y", Verdict.UNKNOWN: "o", Verdict.NO: "n"}


class Badge(NamedTuple):
    """A few words about a service; the tone never says what the words do not say."""

    text: str
    tone: str
    meaning: str = ""


class Card(NamedTuple):
    """What the page shows of one service.

    Attributes:
        data_codes: a letter for each choice of data: `y` yes, `o` open, `n` no.
        place_codes: the same for each choice of places.
    """

    key: str
    name: str
    purpose: str
    badges: tuple[Badge, ...]
    facts: tuple[ServiceFact, ...]
    missing: str
    first_place: str
    data_codes: str
    place_codes: str


class Choice(NamedTuple):
    """One thing that a filter offers.

    Attributes:
        number: its number, the place of its letter in a card.
        group: the heading above it; empty for none.
    """

    number: int
    label: str
    group: str
    evaluate: VerdictFunction


def build_data_choices(export: Export, wording: PageWording) -> tuple[Choice, ...]:
    """Return the kinds of data that can be asked for: personal data, and every category."""
    tree = export.registry.category_tree
    offered = [(wording.format_text("personal"), "", PERSONAL)]
    for top in tree.top_level:
        group = wording.format_category(top)
        offered += [
            (wording.format_category(each.key), group, each.key) for each in tree if covers(top, each.key)
        ]
    return tuple(
        Choice(number, label, group, _build_data_function(export, key))
        for number, (label, group, key) in enumerate(offered)
    )


def _build_data_function(export: Export, category: str) -> VerdictFunction:
    tree = export.registry.category_tree

    def evaluate(_: str, service: Service) -> Verdict:
        if category == PERSONAL:
            return data_access.personal_of(service, tree).verdict
        return data_access.category_of(service, tree, category).verdict

    return evaluate


def build_place_choices(
    wording: PageWording, classifier: RegionClassifier, services: Mapping[str, Service]
) -> tuple[Choice, ...]:
    """Return the places that can be asked for: inside and outside the EEA, and every stated one."""
    named = {name for each in services.values() for place in each.processing for name in place.place}
    offered: list[tuple[str, VerdictFunction]] = [
        (wording.format_text("outside-eea"), classifier.evaluate_outside_eea),
        (
            wording.format_text("inside-eea"),
            lambda key, service: ~classifier.evaluate_outside_eea(key, service),
        ),
        *(
            (label, _build_place_function(classifier, name))
            for label, name in sorted((wording.format_place(name), name) for name in named)
        ),
    ]
    return tuple(Choice(number, label, "", evaluate) for number, (label, evaluate) in enumerate(offered))


def _build_place_function(classifier: RegionClassifier, name: str) -> VerdictFunction:
    condition = AreaCondition(classifier.resolver.build_area([name]), is_outside=False)
    return lambda key, service: evaluate_processing(key, service, classifier.resolver, condition).verdict


def iter_cards(
    export: Export,
    services: Mapping[str, Service],
    data: tuple[Choice, ...],
    places: tuple[Choice, ...],
) -> Iterator[Card]:
    """Yield a card for each service."""
    wording, classifier = (
        PageWording(export.registry, export.language),
        RegionClassifier(export.registry, export.as_of),
    )
    for key, service in services.items():
        yield Card(
            key=key,
            name=service.name,
            purpose=service.purpose or "",
            badges=tuple(_iter_badges(export, wording, classifier, service)),
            facts=tuple(iter_service_facts(wording, service, export.as_of)),
            missing=wording.join_words(
                list_missing_facts(
                    wording,
                    service,
                    classifier.evaluate_basis_needed(key, service),
                    export.hidden_fields,
                )
            ),
            first_place=wording.format_places(service.processing[0].place) if service.processing else "",
            data_codes="".join(_CODES[each.evaluate(key, service)] for each in data),
            place_codes="".join(_CODES[each.evaluate(key, service)] for each in places),
        )


def _iter_badges(
    export: Export, wording: PageWording, classifier: RegionClassifier, service: Service
) -> Iterator[Badge]:
    status = format_lifecycle(export, wording, service)
    if status:
        yield Badge(status, "standing")
    for place in service.processing:
        meaning = wording.formatter.transfers.format_outcome(classifier.assess(service, place))
        yield Badge(wording.format_places(place.place), classifier.classify(service, place), meaning)
    if not service.processing:
        yield Badge(
            wording.get_word("missing", "processing"), RegionClass.UNSTATED, wording.format_text("not-stated")
        )
    if service.role is not Role.SUBPROCESSOR:
        yield Badge(wording.formatter.format_role(service.role), "role")
    if service.activation is not Activation.ALWAYS:
        yield Badge(wording.formatter.format_activation(service.activation), "role")
