"""Why a verdict is what it is, in English: one sentence for every kind of reason."""

from collections.abc import Callable

from subproc_cli.describe.statements import Statements
from subproc_cli.enums import ADEQUATE, PERSONAL, Activation, Language, Role
from subproc_cli.evaluation.verdict import Because
from subproc_cli.registry.registry import Index
from subproc_cli.text import listed

ENGLISH = Statements(Language.EN, iso=True)
"""What a list states, with days as the file has them."""
FIELDS = {
    "processing": "a place of processing",
    "entity": "the name of its legal entity",
    "address": "the address of its legal entity",
    "country": "the country of its legal entity",
    "data": "which data it sees",
    "purpose": "a purpose",
    "condition": "the condition under which it is used",
    "transfer": "a transfer basis",
    "contact": "a contact",
    "dpa": "a link to its data processing agreement",
    "subjects": "whose data it is",
    "retention": "how long it keeps data",
    "certifications": "certifications",
    "onward": "whom it passes data on to",
    "since": "since when it is in use",
}


def name_category(index: Index, key: str) -> str:
    """Return a category in words; a question can ask for personal data as well."""
    return "personal data" if key == PERSONAL else ENGLISH.category(index, key)


def name_place(index: Index, name: str) -> str:
    """Return a place as it stands in a sentence; a question can ask for adequate countries as well."""
    return "adequate countries" if name == ADEQUATE else ENGLISH.the(index, name)


def _category(sentence: str) -> Callable[[Index, Because], str]:
    return lambda index, because: sentence.format(name_category(index, because.subject[0]))


def _places(sentence: str) -> Callable[[Index, Because], str]:
    return lambda index, because: sentence.format(
        listed((name_place(index, place) for place in because.subject), "or")
    )


def _plain(sentence: str) -> Callable[[Index, Because], str]:
    return lambda _, because: sentence.format(*because.subject)


def _field(sentence: str) -> Callable[[Index, Because], str]:
    return lambda _, because: sentence.format(FIELDS[because.subject[0]])


def _never(index: Index, because: Because) -> str:
    if because.subject[0] == "everything":
        return "promises to see nothing else"
    return f"promises never to see {name_category(index, because.subject[0])}"


_UNSETTLED = "neither the law nor a basis that is stated settles whether that is adequate"
"""What is said of a country that is held adequate under conditions only, or not known to be on that day."""

_SENTENCES: dict[str, Callable[[Index, Because], str]] = {
    "sees": _category("states that it sees {}"),
    "sees-part": _category("states that it sees part of: {}"),
    "may-contain": _category("what it sees may contain {}"),
    "never-sees": _never,
    "silent": _category("says neither that it sees {} nor that it does not"),
    "place": _places("states that it processes in {}"),
    "remote": _places("states that it can be looked into from {}"),
    "place-partly": _places("states that it processes in {}, only part of which lies there"),
    "remote-partly": _places("states that it can be looked into from {}, only part of which lies there"),
    "place-open": _places(f"states that it processes in {{}}; {_UNSETTLED}"),
    "remote-open": _places(f"states that it can be looked into from {{}}; {_UNSETTLED}"),
    "remark": _plain("{}"),
    "no-place": _plain("states no place of processing"),
    "based": _places("its legal entity sits in {}"),
    "based-open": _places(f"its legal entity sits in {{}}; {_UNSETTLED}"),
    "no-entity-country": _plain("states no country of its legal entity"),
    "stated": _field("states {}"),
    "not-stated": _field("does not state {}"),
    "role": lambda _, because: f"is listed as {ENGLISH.role(Role(because.subject[0]))}",
    "role-default": _plain("is a {}, since nothing else is stated"),
    "activation-default": _plain("is {} used, since nothing else is stated"),
    "activation": lambda _, because: f"is used {ENGLISH.activation(Activation(because.subject[0]))}",
    "products": _plain("serves {}"),
    "all-products": _plain("names no products, so it serves all"),
    "name": _plain("is named {}"),
    "since": _plain("is in use since {}"),
    "bases": _plain("rests its transfers on {}"),
    "certification": _plain("states the certification {}"),
    "other-certifications": _plain("states other {}, and not that one"),
    "lapsed": _plain("states only bases that have lapsed: {}"),
    "nothing-leaves": _plain("states no transfer basis, and no place that needs one"),
}


def sentence(index: Index, because: Because) -> str:
    """Return a reason as a sentence without its subject, which is the service."""
    text = _SENTENCES[because.reason](index, because)
    return f"{text} (when {because.condition})" if because.condition else text
