"""Why a verdict is what it is, in English: one sentence for every kind of reason."""

from collections.abc import Callable

from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.enums import ADEQUATE, PERSONAL, Activation, Role
from subproc_cli.evaluation.verdict import Evidence
from subproc_cli.locale import catalogue
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_words

ENGLISH = StatementFormatter(catalogue.ENGLISH, iso=True)
"""What a list states, with days as the file has them."""


def format_category(registry: Registry, key: str) -> str:
    """Return a category in words; a question can ask for personal data as well."""
    return "personal data" if key == PERSONAL else ENGLISH.format_category(registry, key)


def format_place(registry: Registry, name: str) -> str:
    """Return a place as it is written in a sentence; a question can ask for adequate countries as well."""
    return "adequate countries" if name == ADEQUATE else ENGLISH.format_place_in_sentence(registry, name)


def format_fact(name: str) -> str:
    """Return a fact of the table of fields as a noun: `a purpose`."""
    return ENGLISH.catalogue.text(f"fact.{name}")


def _build_category_formatter(template: str) -> Callable[[Registry, Evidence], str]:
    return lambda index, because: template.format(format_category(index, because.subject[0]))


def _build_places_formatter(template: str) -> Callable[[Registry, Evidence], str]:
    return lambda index, because: template.format(
        join_words((format_place(index, place) for place in because.subject), "or")
    )


def _build_plain_formatter(template: str) -> Callable[[Registry, Evidence], str]:
    return lambda _, because: template.format(*because.subject)


def _build_field_formatter(template: str) -> Callable[[Registry, Evidence], str]:
    return lambda _, because: template.format(format_fact(because.subject[0]))


def _format_never_sees(registry: Registry, evidence: Evidence) -> str:
    if evidence.subject[0] == "everything":
        return "promises to see nothing else"
    return f"promises never to see {format_category(registry, evidence.subject[0])}"


_UNSETTLED = "neither the law nor a basis that is stated settles whether that is adequate"
"""What is said of a country that is held adequate under conditions only, or not known to be on that day."""


def _list_subjects(template: str) -> Callable[[Registry, Evidence], str]:
    return lambda _, because: template.format(join_words(because.subject))


_SENTENCES: dict[str, Callable[[Registry, Evidence], str]] = {
    "listed": _build_plain_formatter("{}"),
    "service-type": _build_plain_formatter("is listed as: {}"),
    "service-types": _list_subjects("is listed as: {}"),
    "wording": _build_plain_formatter("by its wording: “{}”"),
    "no-service-type": _build_plain_formatter("the list does not state what type of service it is"),
    "training": _build_plain_formatter("training of models on customers' data: {}"),
    "owner": lambda registry, because: (
        f"is owned by {because.subject[0] or 'a company'} ({format_place(registry, because.subject[1])})"
    ),
    "owner-name": _build_plain_formatter("is owned by {}"),
    "no-owner": _build_plain_formatter("the list states no owner"),
    "no-owner-country": _build_plain_formatter(
        "the list does not state in which country its owner is established"
    ),
    "recipients": _list_subjects("passes data on to {}"),
    "subjects": _list_subjects("data of {}"),
    "group": _build_plain_formatter("is in the group {}"),
    "no-group": _build_plain_formatter("is in no group"),
    "no-remote": _build_plain_formatter("the list states no remote access"),
    "retention": _build_plain_formatter("keeps data: {}"),
    "retention-text": _build_plain_formatter("its retention is not a plain duration: “{}”"),
    "no-end": _build_plain_formatter("has no end date"),
    "until": _build_plain_formatter("is not used from {} on"),
    "sees": _build_category_formatter("states that it sees {}"),
    "sees-part": _build_category_formatter("states that it sees part of: {}"),
    "may-contain": _build_category_formatter("what it sees may contain {}"),
    "never-sees": _format_never_sees,
    "silent": _build_category_formatter("says neither that it sees {} nor that it does not"),
    "place": _build_places_formatter("states that it processes in {}"),
    "remote": _build_places_formatter("states that it can be looked into from {}"),
    "place-partly": _build_places_formatter("states that it processes in {}, only part of which lies there"),
    "remote-partly": _build_places_formatter(
        "states that it can be looked into from {}, only part of which lies there"
    ),
    "place-open": _build_places_formatter(f"states that it processes in {{}}; {_UNSETTLED}"),
    "remote-open": _build_places_formatter(f"states that it can be looked into from {{}}; {_UNSETTLED}"),
    "remark": _build_plain_formatter("{}"),
    "no-place": _build_plain_formatter("states no place of processing"),
    "based": _build_places_formatter("its legal entity sits in {}"),
    "based-open": _build_places_formatter(f"its legal entity sits in {{}}; {_UNSETTLED}"),
    "no-entity-country": _build_plain_formatter("states no country of its legal entity"),
    "stated": _build_field_formatter("states {}"),
    "not-stated": _build_field_formatter("does not state {}"),
    "role": lambda _, because: f"is listed as {ENGLISH.format_role(Role(because.subject[0]))}",
    "role-default": _build_plain_formatter("is a {}, since nothing else is stated"),
    "activation-default": _build_plain_formatter("is {} used, since nothing else is stated"),
    "activation": lambda _, because: f"is used {ENGLISH.format_activation(Activation(because.subject[0]))}",
    "products": _build_plain_formatter("serves {}"),
    "all-products": _build_plain_formatter("names no products, so it serves all"),
    "name": _build_plain_formatter("is named {}"),
    "since": _build_plain_formatter("is in use since {}"),
    "bases": _build_plain_formatter("rests its transfers on {}"),
    "certification": _build_plain_formatter("states the certification {}"),
    "other-certifications": _build_plain_formatter("states other {}, and not that one"),
    "lapsed": _build_plain_formatter("states only bases that have lapsed: {}"),
    "nothing-leaves": _build_plain_formatter("states no transfer basis, and no place that needs one"),
}


def format_evidence(registry: Registry, evidence: Evidence) -> str:
    """Return a reason as a sentence without its subject, which is the service."""
    text = _SENTENCES[evidence.reason](registry, evidence)
    return f"{text} (when {evidence.condition})" if evidence.condition else text
