"""What changes in a list, and what a letter says around it, in one language."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from subproc_cli.describe.statements import Laws, Statements, named_bases
from subproc_cli.diff.adequacy import ADDED_OUTSIDE, ADEQUATE, NOT_ADEQUATE, held
from subproc_cli.diff.change import Change
from subproc_cli.diff.places import ONE_OF
from subproc_cli.enums import Activation, Basis, Language, Level, Regime, Role
from subproc_cli.locale import names
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index

_AS_WRITTEN = frozenset(
    ("unclassified-change", "metadata-changed", "data-condition-changed", "place-condition-changed")
)
_JUDGED = ADDED_OUTSIDE | {"adequacy-lost", "adequacy-gained"}
"""The kinds that say what is held adequate: by the laws of the list."""

OF_BASES = frozenset(("basis-added", "basis-removed", "basis-changed"))
"""The kinds that name the bases of transfers."""

_MEANT = {"basis-extended": "until", "basis-shortened": "until", "claim-changed": "personal_data"}
"""Kinds whose values are those of one field, whatever field they are told of."""
_NAMED = frozenset(("role", "never_sees"))
"""Fields whose values are words of a closed list, whatever the kind."""


@cache
def in_language(language: Language) -> "Phrases":
    """Return the phrases of a language."""
    return Phrases(language, import_module(f"subproc_cli.locale.changes_{language}"))


class Phrases(Statements):
    """What a list states, and what changes in it, in one language."""

    def __init__(self, language: Language, words: ModuleType) -> None:
        super().__init__(language)
        self.words: Any = words

    def counted(self, noun: str, number: int) -> str:
        """Return a number with its noun: `1 day`, `30 jours`."""
        forms: dict[str, str] = self.words.COUNTS[noun]
        return forms[names.plural(number, self.language)].format(n=number)

    def letter(self, key: str, **values: object) -> str:
        """Return a fixed text of a letter."""
        return str(self.words.LETTER[key]).format(**values)

    def feed(self, key: str, **values: object) -> str:
        """Return a fixed text of a feed."""
        return str(self.words.FEED[key]).format(**values)

    def level(self, given: Level) -> str:
        """Return what a change demands."""
        return str(self.words.LEVELS[given])

    def spot(self, index: Index, name: str) -> str:
        """Return in words what a change names a place: `FR|SE`, `IN (remote-access)`."""
        text, opened, _ = name.partition(" (")
        label = self.listed((self.the(index, each) for each in text.split(ONE_OF)), "or")
        return f"{label} ({self.remote_access})" if opened else label

    def _gone(self, old: Index, change: Change, *, iso: bool) -> str:
        """Return that a service is no longer listed; that its use ends only where the older list says so."""
        service = old.registry.services.get(change.service)
        if service is None or service.until is None:
            return str(self.words.SENTENCES[change.kind]).format(name=change.name)
        until = service.until.isoformat() if iso else self.day(service.until)
        return str(self.words.ENDED).format(name=change.name, until=until)

    # Changes

    def sentence(
        self, revisions: tuple[Index, Index], change: Change, laws: Laws | None = None, *, iso: bool = False
    ) -> str:
        """Return a change as a sentence without its full stop.

        Args:
            revisions: the two lists that it lies between.
            change: the change.
            laws: those of the reader, in whose terms it is told; without them those of the new list.
            iso: whether days stay as YYYY-MM-DD.
        """
        if change.kind == "service-removed":
            return self._gone(revisions[0], change, iso=iso)
        words, (old, new) = self.words, revisions
        terms = laws or new.registry.law
        seen = held(new, change) if change.kind in ADDED_OUTSIDE else None
        said = _Values(self, terms, change, iso=iso)
        template = self._outside(seen.key) if seen else self._template(change)
        if change.kind in OF_BASES and not said.names_a_basis((old, new), change):
            template = str(words.BASES_UNNAMED)
        text = template.format(
            name=change.name or words.LIST,
            field=said.field((new, old), change),
            special=self.legal("special", terms),
            verdicts=self._verdicts(seen.by_law) if seen else "",
            under=self.listed(map(self.law, terms)),
            removed=said.listed((old, new), change, change.removed) or words.NOTHING,
            added=said.listed((new, old), change, change.added) or words.NOTHING,
            after=said.listed((new, old), change, change.after),
        )
        judges = new.registry.law
        if change.kind not in _JUDGED or laws in (None, judges):
            return text
        return str(words.JUDGED.format(text=text, laws=self.listed(words.REGIMES[law] for law in judges)))

    def _outside(self, key: str) -> str:
        """Return the sentence of a place that was added outside the EEA, by what is held of it."""
        settled = {ADEQUATE: "place-added-adequate", NOT_ADEQUATE: "place-added-outside"}
        return str(self.words.SENTENCES[settled[key]] if key in settled else self.words.OUTSIDE[key])

    def _verdicts(self, by_law: Mapping[Regime, str]) -> str:
        """Return what each law holds: `adequate under EU law, not adequate under Swiss law`."""
        told = dict.fromkeys(by_law.values())
        return self.listed(
            self.words.VERDICTS[view].format(
                law=self.listed(self.law(law) for law in by_law if by_law[law] == view)
            )
            for view in told
        )

    def _template(self, change: Change) -> str:
        words = self.words
        if change.field == "role" and change.kind == "metadata-changed":
            return str(words.AFFILIATION)
        if change.kind == "claim-changed" and _part(change):
            return str(words.CLAIMED)
        if change.field == "products" and not (change.removed or change.added):
            return str(words.PRODUCTS[change.kind])
        text = str(words.SENTENCES[change.kind])
        if "{added}" in text and "{removed}" in text and change.kind != "unclassified-change":
            text = text if change.removed else str(words.STATED)
            text = text if change.added else str(words.WITHDRAWN)
        return text


def _stated(index: Index, key: str) -> Service | None:
    """Return the service of an id, or the one that had it once."""
    services = index.registry.services
    return services.get(key) or next((each for each in services.values() if key in each.formerly), None)


def _part(change: Change) -> str:
    """Return the part of its field that a change is about; empty if it is about all of it."""
    return change.field.partition(".")[2]


class _Values:
    """The values of a change in words, by what they are; the side that states them comes first."""

    def __init__(self, phrases: Phrases, laws: Laws, change: Change, *, iso: bool) -> None:
        self._say = phrases
        self._laws = laws
        self._service = change.service
        self._words = phrases.words
        self._iso = iso

    def field(self, sides: tuple[Index, Index], change: Change) -> str:
        """Return the field of a change, with the part of it that the change is about."""
        field, words, part = change.field, self._words, _part(change)
        if not field:
            return str(words.ENTRY)
        if change.kind == "claim-changed" and part:
            return self._category(sides, part)
        whole = field.partition(".")[0]
        if whole in words.PARTS and part and change.kind != "metadata-changed":
            in_words = self._in_words.get(whole)
            return str(words.PARTS[whole]).format(part=in_words(sides, part) if in_words else part)
        return str(words.FIELDS.get(field) or words.OTHER_FIELD.format(field=field))

    def listed(self, sides: tuple[Index, Index], change: Change, values: tuple[str, ...]) -> str:
        """Return the values as people list them."""
        if not values:
            return ""
        in_words = self._in_words.get(_MEANT.get(change.kind, change.field))
        if in_words is None or (change.kind in _AS_WRITTEN and change.field not in _NAMED):
            return self._say.listed(values)
        last = "or" if change.field == "never_sees" else "and"
        return self._say.listed((in_words(sides, value) for value in values), last)

    def _category(self, sides: tuple[Index, Index], key: str) -> str:
        known = next((index for index in sides if key in index.tree), sides[0])
        return self._say.category(known, key)

    def names_a_basis(self, sides: tuple[Index, Index], change: Change) -> bool:
        """Return whether one of the reader's laws knows one of the bases that a change is about."""
        old, new = sides
        return any(self._knowing((old, new), each) for each in change.removed) or any(
            self._knowing((new, old), each) for each in change.added
        )

    def _basis(self, sides: tuple[Index, Index], value: str) -> str:
        """Return a basis in the terms of those of the reader's laws that know it where the service is."""
        knowing = self._knowing(sides, value)
        return self._say.legal(Basis(value), knowing) if knowing else self._say.unnamed(self._laws)

    def _knowing(self, sides: tuple[Index, Index], value: str) -> Laws:
        index, other = sides
        service = _stated(index, self._service) or _stated(other, self._service)
        day = index.registry.date
        return tuple(
            law for law in self._laws if service and Basis(value) in named_bases(index, service, law, day)
        )

    def _day(self, value: str) -> str:
        return value if self._iso else self._say.day(date.fromisoformat(value))

    @property
    def _in_words(self) -> dict[str, Callable[[tuple[Index, Index], str], str]]:
        words, say = self._words, self._say
        return {
            "sees": self._category,
            "never_sees": self._category,
            "processing": lambda sides, value: say.spot(sides[0], value),
            "entity.country": lambda sides, value: say.spot(sides[0], value),
            "transfer": self._basis,
            "activation": lambda _, value: say.activation(Activation(value)),
            "role": lambda _, value: say.role(Role(value)),
            "since": lambda _, value: self._day(value),
            "until": lambda _, value: self._day(value),
            "personal_data": lambda _, value: str(words.YES_NO.get(value, value)),
            "law": lambda _, value: str(words.REGIMES[value]),
        }
