"""What a letter says of changes: of what is to come in the future tense, of what took effect in the past."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any

from subproc_cli.describe.statements import Laws
from subproc_cli.diff.change import Change
from subproc_cli.diff.kinds import BEGINNINGS
from subproc_cli.diff.sentences import OF_BASES, Phrases, _part, _Values, in_language
from subproc_cli.enums import SUBPROCESSORS, Language, Role
from subproc_cli.registry.registry import Index

_DAYS = frozenset(("since", "until"))
"""Fields whose change is its own day of effect."""
_OF_LAW = frozenset(("adequacy-lost", "adequacy-gained"))
"""Kinds that say what is held adequate: by the laws of the list."""
_CLAIMS = frozenset(("claim-changed", "unclassified-change"))
"""Kinds that name both sides even where one of them states nothing."""


@cache
def for_letters(language: Language, laws: Laws) -> Phrases:
    """Return the phrases of a language; in a letter under one law alone, with the terms of that law."""
    own = _said(language).OF_A_LAW.get(laws[0]) if len(laws) == 1 else None
    return _Adapted(language, own) if own else in_language(language)


def _said(language: Language) -> Any:
    return import_module(f"subproc_cli.locale.letters_{language}")


class _Adapted(Phrases):
    """The phrases of a language with the terms of one law instead of the usual ones.

    Only the program's own words are replaced, before anything of the publisher's is put into them.
    """

    def __init__(self, language: Language, terms: Mapping[str, str]) -> None:
        super().__init__(language, in_language(language).words)
        self._terms = terms
        self.words, self._said = self.adapted(self.words), self.adapted(self._said)

    def category(self, index: Index, key: str) -> str:
        """Return a category in words; the publisher's own label stays as it is."""
        label = super().category(index, key)
        return label if key not in index.tree or index.tree[key].own else str(self.adapted(label))

    def adapted(self, value: Any) -> Any:
        """Return words, tables of them or a module of such tables with the terms of the law."""
        match value:
            case ModuleType():
                tables = {name: self.adapted(each) for name, each in vars(value).items() if name.isupper()}
                return SimpleNamespace(**tables)
            case dict():
                return {key: self.adapted(each) for key, each in value.items()}
            case str():
                for usual, term in self._terms.items():
                    value = value.replace(usual, term)
                return value
            case _:
                return value


class Announced:
    """The changes of one notice in words.

    Args:
        phrases: the words of its language.
        revisions: the two lists that the changes lie between.
        laws: those of the reader.
        sent: the day on which the letter goes out.
        effective: the day from which the changes apply that have no day of their own.
    """

    def __init__(
        self, phrases: Phrases, revisions: tuple[Index, Index], laws: Laws, sent: date, effective: date
    ) -> None:
        self._say = phrases
        said = _said(phrases.language)
        self._said = phrases.adapted(said) if isinstance(phrases, _Adapted) else said
        self._revisions = revisions
        self._laws = laws
        self._sent = sent
        self._effective = effective

    def day(self, change: Change) -> date:
        """Return the day on which a change takes effect: the list's own where it states one."""
        old, new = (index.registry.services for index in self._revisions)
        service = new.get(change.service)
        if change.field in _DAYS and change.added:
            return date.fromisoformat(change.added[0])
        if change.kind == "service-removed":
            return old[change.service].until or self._effective
        since = service.since if service else None
        if change.kind in BEGINNINGS:
            return since or self._effective
        return max(since or self._effective, self._effective)

    def begun(self, change: Change) -> bool:
        """Return whether a change takes effect before the letter goes out."""
        return self.day(change) < self._sent

    def sentence(self, change: Change) -> str:
        """Return a change as a sentence without its full stop, true on the day on which it is sent."""
        words, (old, new) = self._say.words, self._revisions
        service, gone = (index.registry.services.get(change.service) for index in (new, old))
        said = _LetterValues(self._say, self._laws, change, iso=False)
        field = self._said.FIELDS.get(change.field) or said.field((new, old), change)
        unnamed = change.kind in OF_BASES and not said.names_a_basis((old, new), change)
        template = self._said.LISTED["bases unnamed"] if unnamed else self._template(change)
        text = template.format(
            name=change.name or words.LIST,
            under=self._say.listed(map(self._say.law, self._laws)),
            day=self._say.day(self.day(change)),
            law_day=self._say.day(new.registry.date),
            field=field,
            role=self._say.role(service.role) if service else "",
            data=self._said.DATA["any" if service and service.role is Role.VENDOR else "personal"],
            special=self._special(),
            removed=said.listed((old, new), change, change.removed) or words.NOTHING,
            added=said.listed((new, old), change, change.added) or words.NOTHING,
            after=said.listed((new, old), change, change.after),
            until=self._say.day(gone.until) if gone and gone.until else "",
        )
        judges = new.registry.law
        if change.kind not in _OF_LAW or self._laws == judges:
            return text
        laws = self._say.listed(words.REGIMES[law] for law in judges)
        return str(words.JUDGED.format(text=text, laws=laws))

    def _template(self, change: Change) -> str:
        words, key = self._said, self._key(change)
        coming = words.BEGUN if self.begun(change) else words.ANNOUNCED
        text = str(words.LISTED.get(key) or coming[key])
        if change.kind in _CLAIMS or not ("{added}" in text and "{removed}" in text):
            return text
        of_list = "" if change.service else " list"
        if not change.removed:
            return str(words.LISTED[f"stated{of_list}"])
        return text if change.added else str(words.LISTED[f"withdrawn{of_list}"])

    def _key(self, change: Change) -> str:
        """Return the name of the sentence of a change: that of its kind, or of a case of its kind."""
        old, new = (index.registry.services for index in self._revisions)
        case = ""
        match change.kind:
            case "service-added" if new[change.service].role not in SUBPROCESSORS:
                case = "other"
            case "service-removed" if old[change.service].until:
                case = "until"
            case "service-reactivated" if date.fromisoformat(change.removed[0]) > self._sent:
                case = "before its end"
            case "contact-changed" if not change.service:
                case = "list"
            case "claim-changed" if _part(change):
                case = "part"
            case "metadata-changed" if change.field == "role":
                case = "role"
            case "product-added" | "product-removed" if not (change.removed or change.added):
                case = "all"
            case _:
                pass
        return f"{change.kind} {case}".rstrip()

    def _special(self) -> str:
        """Return what the laws call the data that they protect most, each law's term once."""
        by_term: dict[str, Laws] = {}
        for law in self._laws:
            term = self._say.legal("special", (law,)).partition(" (")[0]
            by_term[term] = (*by_term.get(term, ()), law)
        terms = (self._say.legal("special", laws) for laws in by_term.values())
        return str(self._said.SPECIAL_AND).join(terms)


class _LetterValues(_Values):
    """The values of a change as a letter states them: periods with their unit, services by their names."""

    @property
    def _in_words(self) -> dict[str, Callable[[tuple[Index, Index], str], str]]:
        periods = ("notice.days", "notice.objection_days", "notice.termination_days")
        return {
            **super()._in_words,
            **dict.fromkeys(periods, lambda _, value: self._say.counted("days", int(value))),
            "onward": lambda sides, value: recipient(sides[0], value),
        }


def recipient(index: Index, value: str) -> str:
    """Return whom data is passed on to by name, where it is a service of the list."""
    service = index.registry.services.get(value)
    return service.name if service else value
