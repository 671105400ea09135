"""What a question asks, as a noun in the words of a language: *processing only in the EU*."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from subproc_cli.describe.explanations import format_bases, format_data, format_fact, format_place
from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.question.query import AREAS, And, Clause, Not, Or, Question
from subproc_cli.question.vocabulary import ADEQUATE, HOME
from subproc_cli.reference.service_types import get_type_label
from subproc_cli.registry.registry import Registry

_SIDES = {name: sides for sides, name in AREAS.items()}
_OF_LAWS = {
    (HOME, True): "criterion.third-countries",
    (HOME, False): "criterion.home-countries",
    (ADEQUATE, True): "criterion.inadequate-countries",
    (ADEQUATE, False): "evidence.adequate-countries",
}
"""The words for the countries of an area of the law, by whether those outside are meant."""


class CriterionFormatter:
    """Returns what a question asks in the words of a language."""

    def __init__(self, registry: Registry, words: StatementFormatter) -> None:
        self._registry = registry
        self._words = words
        self._values: Mapping[str, Callable[[tuple[str, ...]], Mapping[str, object]]] = {
            "sees": self._fill_data,
            "sees-all": self._fill_data,
            "only-sees": self._fill_data,
            "has": self._fill_fact,
            "lacks": self._fill_fact,
            "role": lambda keys: {"roles": self._join("role-name", keys)},
            "activation": lambda keys: {"uses": self._join("use-name", keys)},
            "relies": lambda keys: {"bases": format_bases(keys, words)},
            "relies-only": lambda keys: {"bases": format_bases(keys, words)},
            "used-for": lambda keys: {
                "types": words.join_words((get_type_label(key, words.language) for key in keys), "or")
            },
            "named": self._fill_names,
            "passes-to": self._fill_names,
            "kept-longer": lambda keys: {"n": int(keys[0])},
            "kept-shorter": lambda keys: {"n": int(keys[0])},
        }

    def format(self, question: Question) -> str:
        """Return what is asked."""
        match question:
            case Clause():
                return self._format_clause(question, "")
            case Not(Clause() as clause):
                return self._format_clause(clause, "not-")
            case Not(part):
                return self._format("not", part=self._format("group", part=self.format(part)))
            case And(parts):
                return self._join_parts("and", parts)
            case Or(parts):
                return self._join_parts("or", parts)

    def _join_parts(self, key: str, parts: Iterable[Question]) -> str:
        first, *others = (
            self._format("group", part=self.format(part)) if isinstance(part, And | Or) else self.format(part)
            for part in parts
        )
        for text in others:
            first = self._format(key, first=first, second=text)
        return first

    def _format(self, key: str, **values: object) -> str:
        return self._words.catalogue.text(f"criterion.{key}", **values)

    def _format_clause(self, clause: Clause, prefix: str) -> str:
        key, values = self._choose_text(clause)
        if not prefix or f"criterion.{prefix}{key}" in self._words.catalogue:
            return self._format(f"{prefix}{key}", **values)
        return self._format("not", part=self._format(key, **values))

    def _choose_text(self, clause: Clause) -> tuple[str, Mapping[str, object]]:
        """Return the id of the text for a clause, and its values."""
        name, arguments = clause.name, clause.arguments
        if name in _SIDES:
            return self._choose_area(name, arguments)
        if name in ("added", "ended", "began-before"):
            return self._choose_days(name, arguments)
        if name == "sees-all" and len(arguments) > 1:
            return "sees-all-but", {
                **self._fill_data(arguments[:1]),
                "others": self._fill_data(arguments[1:])["data"],
            }
        if name == "group":
            return "group-name", {"text": arguments[0]}
        fill = self._values.get(name, self._fill_text)
        return name, fill(arguments)

    def _choose_area(self, name: str, places: tuple[str, ...]) -> tuple[str, Mapping[str, object]]:
        what, is_outside = _SIDES[name]
        if len(places) == 1 and (places[0], is_outside) in _OF_LAWS:
            text = self._words.catalogue.text(_OF_LAWS[places[0], is_outside])
            return AREAS[what, False], {"places": text}
        return name, {"places": self._join_places(places)}

    def _join_places(self, places: tuple[str, ...]) -> str:
        names = (
            self._words.catalogue.text(_OF_LAWS[place, False])
            if (place, False) in _OF_LAWS
            else format_place(self._registry, place, self._words)
            for place in places
        )
        return self._words.join_words(names, "or")

    def _choose_days(self, name: str, days: tuple[str, ...]) -> tuple[str, Mapping[str, object]]:
        first = self._words.format_day(date.fromisoformat(days[0])) if days[0] else ""
        if name == "began-before":
            return name, {"first": first}
        if len(days) == 1:
            return f"{name}-since", {"first": first}
        # `ended` has the first day without the service, which is the day after its last one
        last_day = date.fromisoformat(days[1]) - timedelta(days=1 if name == "ended" else 0)
        values = {"first": first, "last": self._words.format_day(last_day)}
        return (f"{name}-between" if first else f"{name}-before"), values

    # ---- values

    def _fill_text(self, arguments: tuple[str, ...]) -> Mapping[str, object]:
        return {"text": self._words.join_words(arguments)}

    def _fill_data(self, keys: tuple[str, ...]) -> Mapping[str, object]:
        return {"data": self._words.join_words(format_data(self._registry, key, self._words) for key in keys)}

    def _fill_fact(self, keys: tuple[str, ...]) -> Mapping[str, object]:
        return {"fact": format_fact(keys[0], self._words)}

    def _fill_names(self, keys: tuple[str, ...]) -> Mapping[str, object]:
        services = self._registry.model.services
        return {
            "text": self._words.join_words(
                (services[key].name if key in services else key for key in keys), "or"
            )
        }

    def _join(self, section: str, keys: tuple[str, ...]) -> str:
        texts = (self._words.catalogue.text(f"evidence.{section}.{key}") for key in keys)
        return self._words.join_words(texts, "or")
