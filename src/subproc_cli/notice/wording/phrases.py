"""What a list says, and what changes in it, in one language; dates, countries and plurals through Babel."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from subproc_cli.diff.change import Change
from subproc_cli.enums import Language
from subproc_cli.law import names
from subproc_cli.registry.index import Index
from subproc_cli.registry.service import Entity, Processing, Service, Statement, Transfer
from subproc_cli.words import listed

_AS_WRITTEN = frozenset(
    ("unclassified-change", "metadata-changed", "data-condition-changed", "place-condition-changed")
)


@cache
def in_language(language: Language) -> "Phrases":
    """Return the phrases of a language."""
    return Phrases(language, import_module(f"subproc_cli.notice.wording.{language}"))


class Phrases:
    """Words, dates, numbers and sentences of one language."""

    def __init__(self, language: Language, words: ModuleType) -> None:
        self.language = language
        self.words: Any = words

    def day(self, given: date) -> str:
        """Return a day as it is written in a letter: `9 May 2024`, `9. Mai 2024`, `1er mai 2024`."""
        return names.day(given, self.language)

    def counted(self, noun: str, number: int) -> str:
        """Return a number with its noun: `1 day`, `30 jours`."""
        forms: dict[str, str] = self.words.COUNTS[noun]
        return forms[names.plural(number, self.language)].format(n=number)

    def listed(self, texts: Iterable[str], last: str = "and") -> str:
        """Return texts as people list them: `a, b and c`; `last` is `and` or `or`."""
        return listed(texts, self.words.OR if last == "or" else self.words.AND)

    def letter(self, key: str, **values: object) -> str:
        """Return a fixed text of a letter."""
        return str(self.words.LETTER[key]).format(**values)

    def phrase(self, key: str, **values: object) -> str:
        """Return a phrase around a value."""
        return str(self.words.PHRASES[key]).format(**values)

    # Values

    def category(self, index: Index, key: str) -> str:
        """Return a category in words; one of the publisher's own as the publisher labels it."""
        if key not in index.tree:
            return key
        category = index.tree[key]
        if self.language is Language.EN or category.own:
            return category.label
        return names.categories(self.language)[key]

    def place(self, index: Index, name: str) -> str:
        """Return a place in words: `Niederlande`, `EWR`; one of the publisher's own as it is written."""
        known: dict[str, str] = self.words.PLACES
        if name in known:
            return known[name]
        return name if name in index.gazetteer.regions else names.country(name, self.language)

    def _the(self, index: Index, name: str) -> str:
        """Return a place as it stands in a sentence: `the Netherlands`, `the whole world`."""
        if name in self.words.IN_A_SENTENCE:
            return str(self.words.IN_A_SENTENCE[name])
        return (
            f"the {self.place(index, name)}" if name in self.words.WITH_ARTICLE else self.place(index, name)
        )

    def spot(self, index: Index, name: str) -> str:
        """Return in words what a change names a place: `SE or FR`, `IN (remote-access)`."""
        text, opened, _ = name.partition(" (")
        label = self.listed((self._the(index, each) for each in text.split(" or ")), "or")
        return f"{label} ({self.phrase('remote access')})" if opened else label

    def processing(self, index: Index, given: Processing) -> str:
        """Return where a service processes, with the conditions."""
        added = [self.phrase("remote access")] if given.how else []
        places = self.listed((self.place(index, name) for name in given.place), "or")
        return _with(places, [*added, *self._conditions(given.when, given.note)])

    def statement(self, index: Index, given: Statement) -> str:
        """Return what a service sees, with the conditions."""
        label = self.category(index, given.data)
        text = self.phrase("part", data=label) if given.extent == "partial" else label
        inside = self.listed(self.category(index, key) for key in given.may_contain)
        added = [self.phrase("may contain", data=inside)] if given.may_contain else []
        return _with(text, [*added, *self._conditions(given.when, given.note)])

    def _conditions(self, when: str | None, note: str | None) -> list[str]:
        return [text for text in (when and self.phrase("when", text=when), note) if text]

    def never(self, index: Index, service: Service) -> str:
        """Return what a service never sees; *everything* beside something else means the rest."""
        labels = [self.category(index, key) for key in service.never_sees if key != "everything"]
        if "everything" in service.never_sees:
            labels.append(self.phrase("rest" if service.sees or labels else "anything"))
        return self.listed(labels, "or") if labels else ""

    def entity(self, index: Index, given: Entity | None) -> str:
        """Return who stands behind a service, as far as it is stated."""
        if given is None:
            return ""
        known = [text for text in (given.name, given.address) if text]
        if given.country and not _ends_in(index, given.address or "", given.country):
            known.append(self.place(index, given.country))
        return ", ".join(known)

    def use(self, service: Service) -> str:
        """Return who decides that a service is used, and when."""
        text = str(self.words.ACTIVATIONS[service.activation])
        return self.phrase("use", text=text, condition=service.condition) if service.condition else text

    def basis(self, given: Transfer) -> str:
        """Return what a transfer rests on, with its last day and its note."""
        text = str(self.words.BASES[given.basis])
        if given.until:
            text = self.phrase("until", text=text, day=self.day(given.until))
        return _with(text, [given.note] if given.note else [])

    # Changes

    def sentence(self, revisions: tuple[Index, Index], change: Change, *, iso: bool = False) -> str:
        """Return a change as a sentence without its full stop; `iso` leaves days as YYYY-MM-DD."""
        words, (old, new) = self.words, revisions
        said = _Values(self, iso=iso)
        return self._template(change).format(
            name=change.name or words.LIST,
            field=said.field((new, old), change),
            removed=said.listed((old, new), change, change.removed) or words.NOTHING,
            added=said.listed((new, old), change, change.added) or words.NOTHING,
        )

    def _template(self, change: Change) -> str:
        words = self.words
        if change.field == "role" and change.kind == "metadata-changed":
            return str(words.AFFILIATION)
        text = str(words.SENTENCES[change.kind])
        if "{added}" in text and "{removed}" in text and change.kind != "unclassified-change":
            text = text if change.removed else str(words.STATED)
            text = text if change.added else str(words.WITHDRAWN)
        return text


class _Values:
    """The values of a change in words, by what they are; the side that states them comes first."""

    def __init__(self, phrases: Phrases, *, iso: bool) -> None:
        self._say = phrases
        self._words = phrases.words
        self._iso = iso

    def field(self, sides: tuple[Index, Index], change: Change) -> str:
        """Return the field of a change, with the part of it that the change is about."""
        field, words = change.field, self._words
        if not field:
            return str(words.ENTRY)
        whole, _, part = field.partition(".")
        if whole in words.PARTS and part and change.kind != "metadata-changed":
            in_words = self._in_words.get(whole)
            return str(words.PARTS[whole]).format(part=in_words(sides, part) if in_words else part)
        return str(words.FIELDS.get(field) or words.OTHER_FIELD.format(field=field))

    def listed(self, sides: tuple[Index, Index], change: Change, values: tuple[str, ...]) -> str:
        """Return the values as people list them."""
        if not values:
            return ""
        in_words = self._in_words.get(change.field)
        if in_words is None or (change.kind in _AS_WRITTEN and change.field != "role"):
            return self._say.listed(values)
        last = "or" if change.field == "never_sees" else "and"
        return self._say.listed((in_words(sides, value) for value in values), last)

    def _category(self, sides: tuple[Index, Index], key: str) -> str:
        known = next((index for index in sides if key in index.tree), sides[0])
        return self._say.category(known, key)

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
            "transfer": lambda _, value: str(words.BASES.get(value, value)),
            "activation": lambda _, value: str(words.ACTIVATIONS[value]),
            "role": lambda _, value: str(words.ROLES[value]),
            "since": lambda _, value: self._day(value),
            "until": lambda _, value: self._day(value),
            "personal_data": lambda _, value: str(words.YES_NO.get(value, value)),
            "law": lambda _, value: str(words.REGIMES[value]),
        }


def _ends_in(index: Index, address: str, country: str) -> bool:
    tail = address.rpartition(",")[2].strip(" .")
    last = tail.rpartition(" ")[2]
    return country in (index.gazetteer.find(tail), index.gazetteer.code(last))


def _with(text: str, added: list[str]) -> str:
    return f"{text} ({'; '.join(added)})" if added else text
