"""Explains verdicts: one sentence for every kind of reason, in one language."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.enums import ADEQUATE, PERSONAL
from subproc_cli.evaluation.transfer_outcomes import Remark, RemarkKind
from subproc_cli.evaluation.transfer_texts import format_place_remark, format_region_remark
from subproc_cli.evaluation.verdict import BELONGING_REASONS, Evidence
from subproc_cli.locale import catalogue
from subproc_cli.reference.service_types import get_type_label
from subproc_cli.registry.registry import Registry
from subproc_cli.text import parse_day

ENGLISH = StatementFormatter(catalogue.ENGLISH, iso=True)
"""The statements of a list, with days as in the file."""


def format_category(registry: Registry, key: str, words: StatementFormatter = ENGLISH) -> str:
    """Return a category of a list; a question can also ask for personal data."""
    return words.catalogue.text("data.personal") if key == PERSONAL else words.format_category(registry, key)


def format_data(registry: Registry, key: str, words: StatementFormatter = ENGLISH) -> str:
    """Return a category as the object of a verb: *email addresses*."""
    tree = registry.category_tree
    has_own_label = key in tree and tree[key].own
    if not has_own_label and f"data.{key}" in words.catalogue:
        return words.catalogue.text(f"data.{key}")
    return format_category(registry, key, words)


def format_place(registry: Registry, name: str, words: StatementFormatter = ENGLISH) -> str:
    """Return a place as it is written in a sentence; a question can ask for adequate countries as well."""
    if name == ADEQUATE:
        return words.catalogue.text("evidence.adequate-countries")
    return words.format_place_in_sentence(registry, name)


def format_fact(name: str, words: StatementFormatter = ENGLISH) -> str:
    """Return a fact of the table of fields as a noun: `a purpose`."""
    return words.catalogue.text(f"fact.{name}")


class _Values:
    """The values of the sentences, each computed when a sentence uses it."""

    def __init__(self, registry: Registry, evidence: Evidence, words: StatementFormatter) -> None:
        self._registry = registry
        self._subject = evidence.subject
        self._words = words

    def build(self, reason: str) -> dict[str, str]:
        """Return the values for the sentence of a reason."""
        return {name: make(self) for name, make in _VALUES.get(reason, _PLAIN).items()}

    def text(self) -> str:
        return self._words.join_words(self._subject)

    def types(self) -> str:
        return self._words.join_words(get_type_label(key, self._words.language) for key in self._subject)

    def training(self) -> str:
        return self._words.catalogue.text(f"training.{self._subject[0]}")

    def owner(self) -> str:
        return self._subject[0] or self._words.catalogue.text("evidence.unnamed-owner")

    def owner_place(self) -> str:
        return format_place(self._registry, self._subject[1], self._words)

    def day(self) -> str:
        day = parse_day(self._subject[0])
        return self._words.format_day(day) if day else self._subject[0]

    def data(self) -> str:
        return format_data(self._registry, self._subject[0], self._words)

    def places(self) -> str:
        places = (format_place(self._registry, place, self._words) for place in self._subject)
        return self._words.join_words(places, "or")

    def fact(self) -> str:
        return format_fact(self._subject[0], self._words)

    def role(self) -> str:
        return self._words.catalogue.text(f"evidence.role-name.{self._subject[0]}")

    def use(self) -> str:
        return self._words.catalogue.text(f"evidence.use-name.{self._subject[0]}")

    def laws(self) -> str:
        return self._words.transfers.format_laws(self._subject)

    def laws_of_bases(self) -> str:
        return self._words.transfers.format_laws(self._subject[1:])

    def law(self) -> str:
        return self._words.catalogue.text(f"laws.{self._subject[0]}.in-a-sentence")

    def number(self) -> str:
        text_id = f"article.{self._subject[1]}"
        is_translated = self._words.catalogue.find_own(text_id) is not None
        return self._words.catalogue.text(text_id) if is_translated else self._subject[1]

    def place_remark(self) -> str:
        law, kind, value, source = self._subject
        return format_place_remark(self._words.catalogue, law, Remark(RemarkKind(kind), value, source))

    def region_remark(self) -> str:
        return format_region_remark(self._words.catalogue, *self._subject)

    def state(self) -> str:
        return format_place(self._registry, self._subject[0], self._words)

    def source(self) -> str:
        return self._subject[1]

    def bases(self) -> str:
        return format_bases(self._subject[0].split(", "), self._words)


_Makers = dict[str, Callable[[_Values], str]]
_PLAIN: _Makers = {"text": _Values.text}
_DATA: _Makers = {"data": _Values.data}
_PLACES: _Makers = {"places": _Values.places}
_DAY: _Makers = {"day": _Values.day}
_FACT: _Makers = {"fact": _Values.fact}
_TYPES: _Makers = {"text": _Values.types}
_ROLE: _Makers = {"role": _Values.role}
_USE: _Makers = {"use": _Values.use}
_BASES: _Makers = {"bases": _Values.bases}
_DECISION: _Makers = {"law": _Values.law, "number": _Values.number}
_BELONGING: _Makers = {"state": _Values.state, "source": _Values.source}
_VALUES: dict[str, _Makers] = {
    **dict.fromkeys(("sees", "sees-part", "may-contain", "never-sees", "silent"), _DATA),
    **dict.fromkeys(("place", "place-partly", "place-open", "place-territory"), _PLACES),
    **dict.fromkeys(("remote", "remote-partly", "remote-open", "remote-territory"), _PLACES),
    **dict.fromkeys(("based", "based-open", "based-territory"), _PLACES),
    **dict.fromkeys(("since", "until"), _DAY),
    **dict.fromkeys(("stated", "not-stated"), _FACT),
    **dict.fromkeys(("service-type", "service-types", "no-service-type"), _TYPES),
    **dict.fromkeys(("role", "role-default"), _ROLE),
    **dict.fromkeys(("activation", "activation-default"), _USE),
    **dict.fromkeys(("bases", "lapsed"), _BASES),
    "bases-insufficient": {**_BASES, "laws": _Values.laws_of_bases},
    "laws-without-basis": {"laws": _Values.laws},
    "training": {"text": _Values.training},
    **dict.fromkeys(("decision", "decision-limited"), _DECISION),
    "place-remark": {"text": _Values.place_remark},
    **dict.fromkeys(BELONGING_REASONS, _BELONGING),
    "region-remark": {"text": _Values.region_remark},
    "owner": {"owner": _Values.owner, "place": _Values.owner_place},
}
"""The values that the sentence of a reason needs; most need its subject as a text."""
_PLACE_REASONS = frozenset(
    ("place", "remote", "place-open", "remote-open", "place-territory", "remote-territory")
)
_DATA_REASONS = frozenset(("sees", "silent", "may-contain"))
_DATA_IN_FULL = 5
"""Maximum number of kinds of data in one sentence; of more, some are named and the others counted."""
_SHOWN_DATA = 3


def format_bases(names: Iterable[str], words: StatementFormatter = ENGLISH) -> str:
    """Return transfer bases by the words of the field, as people list them."""
    return words.join_words(words.catalogue.text(f"evidence.basis-name.{name}") for name in names)


def format_evidence(registry: Registry, evidence: Evidence, words: StatementFormatter = ENGLISH) -> str:
    """Return a reason as a sentence without its full stop; its subject is the service, or the list."""
    reason = evidence.reason
    if reason == "never-sees" and evidence.subject[0] == "everything":
        reason = "never-sees-rest"
    if reason == "service-types" and len(evidence.subject) == 1:
        reason = "service-type"
    values = _Values(registry, evidence, words).build(reason)
    text = words.catalogue.text(f"evidence.{reason}", **values)
    return _add_condition(text, evidence.condition, words)


def _add_condition(text: str, condition: str, words: StatementFormatter) -> str:
    """Return a sentence with the condition of the list, which is in the publisher's own words."""
    if not condition:
        return text
    first = condition.split(maxsplit=1)[0].casefold()
    if first not in words.catalogue.text("evidence.without-when").split():
        condition = words.catalogue.text("evidence.when", condition=condition)
    return words.catalogue.text("evidence.condition", text=text, condition=condition)


def format_reasons(
    registry: Registry, reasons: Iterable[Evidence], words: StatementFormatter = ENGLISH
) -> Iterator[str]:
    """Yield reasons as sentences; places, and data, that follow one another are one sentence."""
    for kind, group in groupby(reasons, lambda each: each.reason):
        given = tuple(dict.fromkeys(group))
        if kind in _PLACE_REASONS and len(given) > 1:
            yield words.catalogue.text(f"evidence.{kind}", places=_join_places(registry, given, words))
        elif kind in _DATA_REASONS and len(given) > 1 and not any(each.condition for each in given):
            yield words.catalogue.text(f"evidence.{kind}", data=_join_data(registry, kind, given, words))
        else:
            yield from dict.fromkeys(format_evidence(registry, each, words) for each in given)


def _join_places(registry: Registry, reasons: tuple[Evidence, ...], words: StatementFormatter) -> str:
    """Return the places of several statements, each with its condition."""
    return words.join_words(
        _add_condition(_Values(registry, each, words).places(), each.condition, words) for each in reasons
    )


def _join_data(
    registry: Registry, kind: str, reasons: tuple[Evidence, ...], words: StatementFormatter
) -> str:
    """Return the data of several statements; of many, the first ones and how many more there are."""
    found = [_Values(registry, each, words).data() for each in reasons]
    if len(found) > _DATA_IN_FULL:
        shown = ", ".join(found[:_SHOWN_DATA])
        return words.catalogue.text("evidence.more", text=shown, n=len(found) - _SHOWN_DATA)
    return words.join_words(found, "and" if kind == "sees" else "or")
