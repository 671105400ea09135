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
from subproc_cli.registry.models import Entity, Processing, Service, Statement, Transfer

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
        from babel.lists import format_list  # noqa: PLC0415, TID251  only letters need it

        words = [*texts]
        if last == "or":
            return str(format_list(words, style="or", locale=self.words.LOCALE))
        return str(format_list(words, locale=self.words.LOCALE))

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

    def sentence(self, revisions: tuple[Index, Index], change: Change) -> str:
        """Return a change as a sentence without its full stop."""
        words, (old, new) = self.words, revisions
        field = change.field or words.ENTRY
        return str(words.SENTENCES[change.kind]).format(
            name=change.name or words.LIST,
            field=words.FIELDS.get(field, field.replace("_", " ")),
            removed=self._values(old, change, change.removed) or words.NOTHING,
            added=self._values(new, change, change.added) or words.NOTHING,
        )

    def _values(self, index: Index, change: Change, values: tuple[str, ...]) -> str:
        if not values:
            return ""
        in_words = self._in_words.get(change.field)
        if change.kind in _AS_WRITTEN or in_words is None:
            return self.listed(values)
        last = "or" if change.field == "never_sees" else "and"
        return self.listed((in_words(index, value) for value in values), last)

    @property
    def _in_words(self) -> dict[str, Callable[[Index, str], str]]:
        words = self.words
        return {
            "sees": self.category,
            "never_sees": self.category,
            "processing": self.spot,
            "entity.country": self.spot,
            "transfer": lambda _, value: str(words.BASES.get(value, value)),
            "activation": lambda _, value: str(words.ACTIVATIONS[value]),
            "role": lambda _, value: str(words.ROLES[value]),
            "since": lambda _, value: self.day(date.fromisoformat(value)),
            "until": lambda _, value: self.day(date.fromisoformat(value)),
            "personal_data": lambda _, value: str(words.YES_NO.get(value, value)),
            "law": lambda _, value: str(words.REGIMES[value]),
        }


def _ends_in(index: Index, address: str, country: str) -> bool:
    tail = address.rpartition(",")[2].strip(" .")
    last = tail.rpartition(" ")[2]
    return country in (index.gazetteer.find(tail), index.gazetteer.code(last))


def _with(text: str, added: list[str]) -> str:
    return f"{text} ({'; '.join(added)})" if added else text
