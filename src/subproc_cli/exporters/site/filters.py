"""What the filters of the page offer, and the verdict of each service on every choice."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import PERSONAL, Role
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.places import AreaCondition, evaluate_processing
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.regions import RegionClassifier
from subproc_cli.reference.categories import covers
from subproc_cli.reference.service_types import get_type_label
from subproc_cli.registry.models import Service

VerdictFunction: TypeAlias = Callable[[str, Service], Verdict]
"""Decides one question for a service, given with its id."""
_CODES = {Verdict.YES: "y", Verdict.UNKNOWN: "o", Verdict.NO: "n"}


class Choice(NamedTuple):
    """One thing that a filter offers.

    Attributes:
        value: its name in the address of the page, the same in every language.
        group: the heading above it; empty for none.
    """

    value: str
    label: str
    group: str
    evaluate: VerdictFunction


class Filter(NamedTuple):
    """A question with a choice of answers.

    Attributes:
        name: its name in the address of the page.
        everything: what it is called that nothing is chosen.
    """

    name: str
    label: str
    everything: str
    choices: tuple[Choice, ...]


def build_filters(
    export: Export, wording: PageWording, classifier: RegionClassifier, services: Mapping[str, Service]
) -> tuple[Filter, ...]:
    """Return the filters that apply to some of the services, but not to all."""
    offered = {
        "data": build_data_choices(export, wording),
        "place": build_place_choices(wording, classifier, services),
        "product": tuple(_iter_product_choices(services)),
        "type": tuple(_iter_type_choices(wording, services)),
        "role": tuple(_iter_role_choices(wording, services)),
    }
    return tuple(
        Filter(name, wording.format_text(f"filter-{name}"), wording.format_text(f"any-{name}"), choices)
        for name, choices in offered.items()
        if len(choices) > 1 or (name == "product" and choices)
    )


def encode_verdicts(filters: tuple[Filter, ...], key: str, service: Service) -> str:
    """Return a word for each filter, with a letter for each choice: `y` yes, `o` open, `n` no."""
    return " ".join(
        "".join(_CODES[choice.evaluate(key, service)] for choice in each.choices) for each in filters
    )


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
        Choice(str(key), label, group, _build_data_function(export, key)) for label, group, key in offered
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
    if not named:
        return ()
    return (
        Choice("outside-eea", wording.format_text("outside-eea"), "", classifier.evaluate_outside_eea),
        Choice(
            "inside-eea",
            wording.format_text("inside-eea"),
            "",
            lambda key, service: ~classifier.evaluate_outside_eea(key, service),
        ),
        *(
            Choice(name, label, "", _build_place_function(classifier, name))
            for label, name in sorted((wording.format_place(name), name) for name in named)
        ),
    )


def _build_place_function(classifier: RegionClassifier, name: str) -> VerdictFunction:
    condition = AreaCondition(classifier.resolver.build_area([name]), is_outside=False)
    return lambda key, service: evaluate_processing(key, service, classifier.resolver, condition).verdict


def _iter_product_choices(services: Mapping[str, Service]) -> Iterator[Choice]:
    for product in sorted({product for each in services.values() for product in each.products}):
        yield Choice(product, product, "", _build_product_function(product))


def _build_product_function(product: str) -> VerdictFunction:
    """Decide whether a service serves a product: one that names none serves all of them."""
    return lambda _, service: _VERDICTS[not service.products or product in service.products]


def _iter_type_choices(wording: PageWording, services: Mapping[str, Service]) -> Iterator[Choice]:
    keys = {key for each in services.values() for key in each.service_type}
    for label, key in sorted((get_type_label(key, wording.language), key) for key in keys):
        yield Choice(key, label, "", _build_type_function(key))


def _build_type_function(key: str) -> VerdictFunction:
    """Decide whether a service is of a type: one whose type is not stated may be of any."""
    return lambda _, service: (
        _VERDICTS[key in service.service_type] if service.service_type else Verdict.UNKNOWN
    )


def _iter_role_choices(wording: PageWording, services: Mapping[str, Service]) -> Iterator[Choice]:
    present = {each.role for each in services.values()}
    for role in Role:
        if role in present:
            yield Choice(role, wording.formatter.format_role(role), "", _build_role_function(role))


def _build_role_function(role: Role) -> VerdictFunction:
    return lambda _, service: _VERDICTS[service.role is role]


_VERDICTS = {True: Verdict.YES, False: Verdict.NO}
