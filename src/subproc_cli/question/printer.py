"""Prints a question in plain English, in words that the grammar reads back to the same meaning."""

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from subproc_cli.enums import PERSONAL, Role
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.question.data_words import load_senses
from subproc_cli.question.known_words import BASIS_LABELS, FIELD_LABELS, ROLE_NOUNS
from subproc_cli.question.query import And, Clause, Not, Or, Query, Question
from subproc_cli.question.vocabulary import ADEQUATE, HOME
from subproc_cli.reference.categories import ROOT
from subproc_cli.reference.geography import WORLDWIDE
from subproc_cli.reference.service_types import get_type_label
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_words, stem

_AREAS = {
    "in": "process in",
    "outside": "process outside",
    "based-in": "are based in",
    "based-outside": "are based outside",
    "owned-in": "are owned from",
    "owned-outside": "are owned from outside",
    "transfers-in": "transfer data to",
    "transfers-outside": "transfer data outside",
    "remote-in": "have remote access from",
    "remote-outside": "have remote access from outside",
}
_EXPLICIT_AREAS = {
    "in": "process in at least one place in",
    "outside": "process in at least one place outside",
}
_OUTSIDE_LAWS = {
    ("outside", HOME): "process in third countries",
    ("outside", ADEQUATE): "process in countries without an adequacy decision",
    ("transfers-outside", HOME): "transfer data to third countries",
    ("transfers-outside", ADEQUATE): "transfer data to countries without an adequacy decision",
    ("based-outside", HOME): "are based in third countries",
    ("based-outside", ADEQUATE): "are based in countries without an adequacy decision",
    ("remote-outside", HOME): "have remote access from third countries",
    ("remote-outside", ADEQUATE): "have remote access from countries without an adequacy decision",
}
"""The words for places outside of an area that has no name."""
_WITHOUT_ARGUMENT = {
    "any": "are in the list",
    "trains": "train AI on our data",
    "will-end": "will end",
    "in-use": "are in use",
    "announced": "are announced",
    "retired": "are retired",
}
_WITH_ARGUMENT = {
    "sees": "see {data}",
    "sees-all": "see all {data}",
    "only-sees": "see only {data}",
    "has": "have {field}",
    "lacks": "lack {field}",
    "role": "are {roles}",
    "activation": "are {uses}",
    "product": 'serve "{text}"',
    "product-only": 'only serve "{text}"',
    "relies": "rely on {bases}",
    "relies-only": "rely only on {bases}",
    "certified": "are certified under {text}",
    "used-for": "are used for {kind}",
    "passes-to": "pass data on to {names}",
    "subject": "process data of {text}",
    "group": 'are in the group "{text}"',
    "named": "are named {names}",
    "owned-by": 'belong to "{text}"',
    "kept-longer": "keep data for more than {text} days",
    "kept-shorter": "keep data for less than {text} days",
    "added": "were added {days}",
    "began-before": "were in use before {text}",
    "ended": "ended {end}",
}
_EVERYTHING = {"sees": "see any data", "sees-all": "see everything"}
_NEGATED_LAWS = {
    HOME: "do not process in third countries",
    ADEQUATE: "do not process in countries without an adequacy decision",
}
_LAWS = {ADEQUATE: "adequate countries", HOME: "home countries"}
_WITH_THE = frozenset(
    (
        *("EU", "EEA", "US", "GB", "NL", "PH", "AE", "Benelux", "Nordics", "Bahamas", "Maldives", "Gambia"),
        *("United States", "United Kingdom", "Netherlands", "Philippines", "United Arab Emirates"),
    )
)
_PLAIN = re.compile(r"[\w\s'’-]+")
"""Labels that need no quotes."""
_COUNTABLE = frozenset(
    (
        *(
            "name",
            "email address",
            "phone number",
            "postal address",
            "photo",
            "government identifier",
            "username",
        ),
        *("payment card", "bank account", "IP address", "cookie identifier", "browser", "operating system"),
    )
)
"""Labels of categories that are printed in the plural."""
_LISTINGS = {"list": "list all {noun}", "count": "how many {noun} do you use"}
_QUESTIONS = {
    "anyone": "which {text}",
    "list": "which {noun} {text}",
    "count": "how many {noun} {text}",
    "all": "all {noun} {text}",
    "none": "no {noun} {text}",
}


class Printer:
    """Prints questions about one list.

    Args:
        registry: the list, whose names and labels are used.
        is_explicit: whether places are printed as they are counted: *in at least one place outside the EU*.
    """

    def __init__(self, registry: Registry, *, is_explicit: bool = False) -> None:
        self._registry = registry
        self._areas = {**_AREAS, **_EXPLICIT_AREAS} if is_explicit else _AREAS
        self._arguments: Mapping[str, Callable[[tuple[str, ...]], str]] = {
            "data": lambda keys: join_words(map(self._format_data, keys)),
            "field": lambda keys: _format_field(keys[0]),
            "roles": lambda keys: join_words([ROLE_NOUNS.get(key, f"{key}s") for key in keys], "or"),
            "uses": _format_uses,
            "bases": lambda keys: join_words([BASIS_LABELS.get(key, key) for key in keys]),
            "kind": _format_kind,
            "names": lambda keys: join_words([f'"{self._get_name(key)}"' for key in keys], "or"),
            "text": '" and "'.join,
            "days": _format_dates,
            "end": _format_end,
        }

    # ---- whole questions

    def format_query(self, query: Query) -> str:
        """Return a whole question, which can be typed."""
        noun = ROLE_NOUNS.get(query.who.role, query.who.noun or "services")
        if query.who.filter is not None:
            noun = f"{noun} that {self._format(query.who.filter)}"
        if query.service:
            return self._format_one(query)
        if query.predicate is None:
            return _LISTINGS[query.kind].format(noun=noun)
        kind = "anyone" if query.kind == "list" and noun == "services" else query.kind
        return _QUESTIONS[kind].format(noun=noun, text=self._format(query.predicate))

    def _format_one(self, query: Query) -> str:
        """Return a question about one service."""
        name = self._get_name(query.service)
        if query.predicate is None:
            return f"show {name}"
        return self._format_verdict(query.predicate, name, self._format(query.predicate))

    @staticmethod
    def _format_verdict(predicate: Question, name: str, text: str) -> str:
        if isinstance(predicate, Clause) and predicate.name == "role" and len(predicate.arguments) == 1:
            noun = text.removeprefix("are ").removesuffix("s")
            return f"is {name} {'an' if noun[0] == 'a' else 'a'} {noun}"
        if isinstance(predicate, And | Or):
            return f"does {name} ({text})"
        if text.startswith("are "):
            return f"is {name} {text.removeprefix('are ')}"
        if text.startswith("were "):
            return f"was {name} {text.removeprefix('were ')}"
        if text.startswith("do not "):
            return f"does {name} not {text.removeprefix('do not ')}"
        return f"does {name} {text}"

    def _get_name(self, key: str) -> str:
        service = self._registry.model.services.get(key)
        return service.name if service else key

    # ---- predicates

    def format_predicate(self, question: Question) -> str:
        """Return what is asked, in the plural: `see email address and do not process outside the EU`."""
        return self._format(question)

    def _format(self, question: Question) -> str:
        match question:
            case Clause():
                return self._format_clause(question)
            case Not(part):
                return self._format_negation(part)
            case And(parts):
                return " and ".join(_put_negations_last(self._bracket(part, Or) for part in parts))
            case Or(parts):
                return " or ".join(_put_negations_last(self._bracket(part, And) for part in parts))

    def _format_negation(self, part: Question) -> str:
        """Return the negation of a part; that of an *or* is one negation for each of its parts."""
        match part:
            case Clause():
                return self._negate(part)
            case Not(inner):
                return self._format(inner)
            case Or(parts):
                return self._format(And(tuple(map(Not, parts))))
            case And():
                return f"not ({self._format(part)})"

    def _bracket(self, part: Question, other: type[And] | type[Or]) -> str:
        if isinstance(part, Not) and isinstance(part.part, Or):  # printed as an *and* of negations
            part = And(tuple(map(Not, part.part.parts)))
        text = self._format(part)
        return f"({text})" if isinstance(part, other) else text

    def _negate(self, clause: Clause) -> str:
        """Return the negation of a clause, in the words that say it most plainly."""
        match clause:
            case Clause("in", places):
                text = f"do not process in {self._format_places(places)}"
            case Clause("outside", (law,)) if law in _NEGATED_LAWS:
                text = _NEGATED_LAWS[law]
            case Clause("outside", places):
                text = f"process only in {self._format_places(places)}"
            case Clause("lacks", (field,)):
                text = f"state {_format_field(field)}"
            case Clause("has", (field,)):
                text = f"have no {FIELD_LABELS[field]}"
            case Clause("sees", (data,)) if data == ROOT:
                text = "see nothing"
            case _:
                text = _negate_words(self._format_clause(clause))
        return text

    def _format_clause(self, clause: Clause) -> str:
        name, arguments = clause.name, clause.arguments
        if clause == Clause("role", (Role.VENDOR,)):
            return "have the role vendor"  # in other words vendors are services of any role
        if name in self._areas:
            return self._format_area(name, arguments)
        if name == "sees-all" and len(arguments) > 1:
            whole = self._format_clause(Clause(name, arguments[:1]))
            return f"{whole} except {join_words(map(self._format_data, arguments[1:]))}"
        plain = (_EVERYTHING if arguments == (ROOT,) else _WITHOUT_ARGUMENT).get(name)
        if plain:
            return plain
        if name not in _WITH_ARGUMENT:
            return str(clause)
        template = _WITH_ARGUMENT[name]
        kind = template[template.index("{") + 1 : template.index("}")]
        return template.format_map({kind: self._arguments[kind](arguments)})

    # ---- places and data

    def _format_area(self, name: str, places: tuple[str, ...]) -> str:
        if len(places) == 1 and (name, places[0]) in _OUTSIDE_LAWS:
            return _OUTSIDE_LAWS[name, places[0]]
        if name == "remote-in" and places == (WORLDWIDE,):
            return "have remote access"
        return f"{self._areas[name]} {self._format_places(places)}"

    def _format_places(self, places: Iterable[str]) -> str:
        return join_words(map(self._format_place, places), "or")

    def _format_place(self, place: str) -> str:
        if place in _LAWS:
            return _LAWS[place]
        region = self._registry.gazetteer.regions.get(place)
        label = self._registry.gazetteer.get_label(place)
        if label in _WITH_THE or place in _WITH_THE:
            return f"the {label}"
        is_plain = _PLAIN.fullmatch(label) and not (region and region.own)
        return label if is_plain else f'"{label}"'

    def _find_words(self, key: str) -> str:
        """Return the label of a category, or another word for it if the label means another category."""
        tree = self._registry.category_tree
        if key not in tree:
            return key
        category = tree[key]
        words = (category.label, *category.aliases, *category.words)
        return next((word for word in words if tree.keys_by_phrase.get(stem(word)) == key), category.label)

    def _format_data(self, key: str) -> str:
        if key == PERSONAL:
            return "personal data"
        label = self._find_words(key)
        is_plain = _PLAIN.fullmatch(label) and {"and", "or"}.isdisjoint(label.split())
        if not is_plain or label.casefold() in load_senses():
            return f'"{label}"'
        if label not in _COUNTABLE:
            return label
        return f"{label}es" if label.endswith("ss") else f"{label}s"


def _put_negations_last(texts: Iterable[str]) -> list[str]:
    """Return verb phrases with the negated ones last: a *do not* may cover what follows it."""
    return sorted(
        texts, key=lambda text: (text.startswith(("do not ", "are not ")), text.startswith("have no "))
    )


def _negate_words(text: str) -> str:
    """Return a verb phrase with *not*; the past and the future are negated as a whole."""
    if text.startswith("are "):
        return f"are not {text.removeprefix('are ')}"
    return f"not ({text})" if text.startswith(("were ", "will ", "ended ")) else f"do not {text}"


def _format_field(field: str) -> str:
    label = FIELD_LABELS[field]
    if label.endswith("s") and not label.endswith(("ss", "is")):
        return label
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}"


def _format_kind(kinds: tuple[str, ...]) -> str:
    return get_type_label(kinds[0], ENGLISH)


def _format_uses(kinds: tuple[str, ...]) -> str:
    if set(kinds) == {"opt-in", "opt-out"}:
        return "optional"
    return join_words(["always on" if kind == "always" else kind for kind in kinds], "or")


def _format_dates(days: tuple[str, ...]) -> str:
    if len(days) == 1:
        return f"since {days[0]}"
    first, last = map(date.fromisoformat, days)
    if first == last:
        return f"on {first.isoformat()}"
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return f"in {first.year}"
    if first.day == 1 and last == first.replace(day=calendar.monthrange(first.year, first.month)[1]):
        return f"in {first.isoformat()[:7]}"
    return f"between {first.isoformat()} and {last.isoformat()}"


def _format_end(days: tuple[str, ...]) -> str:
    """Return when a service ended; the second day is the first one without it."""
    if len(days) == 1:
        return f"since {days[0]}"
    if not days[0]:
        return f"before {days[1]}"
    last = date.fromisoformat(days[1]) - timedelta(days=1)
    return _format_dates((days[0], last.isoformat()))
