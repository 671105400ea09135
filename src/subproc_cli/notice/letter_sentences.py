"""What a letter says of changes: of what is to come in the future tense, of what took effect in the past."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any

from subproc_cli.describe.statements import Laws
from subproc_cli.diff.change import Change
from subproc_cli.diff.sentences import (
    BASIS_KINDS,
    ChangeFormatter,
    ValueFormatter,
    find_field_part,
    load_formatter,
)
from subproc_cli.enums import SUBPROCESSORS, Language, Role
from subproc_cli.notice.effective_days import find_effective_day, is_past_end
from subproc_cli.registry.registry import Registry

_ADEQUACY_KINDS = frozenset(("adequacy-lost", "adequacy-gained"))
"""Kinds that say what is held adequate: by the laws of the list."""
_TWO_SIDED_KINDS = frozenset(("claim-changed", "unclassified-change"))
"""Kinds that name both sides even where one of them states nothing."""


@cache
def load_letter_formatter(language: Language, laws: Laws) -> ChangeFormatter:
    """Return the phrases of a language; in a letter under one law alone, with the terms of that law."""
    terms = _load_texts(language).OF_A_LAW.get(laws[0]) if len(laws) == 1 else None
    return _SingleLawFormatter(language, terms) if terms else load_formatter(language)


def _load_texts(language: Language) -> Any:
    return import_module(f"subproc_cli.locale.letters_{language}")


class _SingleLawFormatter(ChangeFormatter):
    """The phrases of a language with the terms of one law instead of the usual ones.

    Only the program's own words are replaced, before anything of the publisher's is put into them.
    """

    def __init__(self, language: Language, terms: Mapping[str, str]) -> None:
        super().__init__(language, load_formatter(language).words)
        self._terms = terms
        self.words, self._phrases = self.adapt(self.words), self.adapt(self._phrases)

    def format_category(self, registry: Registry, key: str) -> str:
        """Return a category in words; the publisher's own label stays as it is."""
        label = super().format_category(registry, key)
        return (
            label
            if key not in registry.category_tree or registry.category_tree[key].own
            else str(self.adapt(label))
        )

    def adapt(self, value: Any) -> Any:
        """Return words, tables of them or a module of such tables with the terms of the law."""
        match value:
            case ModuleType():
                tables = {name: self.adapt(each) for name, each in vars(value).items() if name.isupper()}
                return SimpleNamespace(**tables)
            case dict():
                return {key: self.adapt(each) for key, each in value.items()}
            case str():
                for usual, term in self._terms.items():
                    value = value.replace(usual, term)
                return value
            case _:
                return value


class LetterChangeFormatter:
    """The changes of one notice in words.

    Args:
        formatter: the words of its language.
        revisions: the two lists that the changes lie between.
        laws: those of the reader.
        sent: the day on which the letter goes out.
        effective: the day from which the changes apply that have no day of their own.
    """

    def __init__(
        self,
        formatter: ChangeFormatter,
        revisions: tuple[Registry, Registry],
        laws: Laws,
        sent: date,
        effective: date,
    ) -> None:
        self._formatter = formatter
        texts = _load_texts(formatter.language)
        self._texts = formatter.adapt(texts) if isinstance(formatter, _SingleLawFormatter) else texts
        self._revisions = revisions
        self._laws = laws
        self._sent = sent
        self._effective = effective

    def find_effective_day(self, change: Change) -> date:
        """Return the day on which a change takes effect: the list's own where it states one."""
        return find_effective_day(self._revisions, change, self._effective)

    def has_taken_effect(self, change: Change) -> bool:
        """Return whether a change takes effect before the letter goes out."""
        return self.find_effective_day(change) < self._sent

    def format_change(self, change: Change) -> str:
        """Return a change as a sentence without its full stop, true on the day on which it is sent."""
        words, (old, new) = self._formatter.words, self._revisions
        service, gone = (registry.model.services.get(change.service) for registry in (new, old))
        values = _LetterValueFormatter(self._formatter, self._laws, change, iso=False)
        field = self._texts.FIELDS.get(change.field) or values.format_field((new, old), change)
        unnamed = change.kind in BASIS_KINDS and not values.has_known_basis((old, new), change)
        template = self._texts.LISTED["bases unnamed"] if unnamed else self._find_template(change)
        entry_field = self._texts.ENTRY_FIELDS.get(change.field, field)
        text = template.format(
            name=change.name or words.LIST,
            under=self._formatter.join_words(map(self._formatter.format_law, self._laws)),
            day=self._formatter.format_day(self.find_effective_day(change)),
            law_day=self._formatter.format_day(new.model.date),
            field=field,
            entry_field=entry_field,
            role=self._formatter.format_role(service.role) if service else "",
            data=self._texts.DATA["any" if service and service.role is Role.VENDOR else "personal"],
            special=self._format_special_data(),
            removed=values.format_values((old, new), change, change.removed) or words.NOTHING,
            added=values.format_values((new, old), change, change.added) or words.NOTHING,
            after=values.format_values((new, old), change, change.after),
            until=self._formatter.format_day(gone.until) if gone and gone.until else "",
        )
        judges = new.model.law
        if change.kind not in _ADEQUACY_KINDS or self._laws == judges:
            return text
        laws = self._formatter.join_words(words.REGIMES[law] for law in judges)
        return str(words.JUDGED.format(text=text, laws=laws))

    def _find_template(self, change: Change) -> str:
        texts, key = self._texts, self._find_template_key(change)
        coming = texts.BEGUN if self.has_taken_effect(change) else texts.ANNOUNCED
        text = str(texts.LISTED.get(key) or coming[key])
        if key not in texts.LISTED and is_past_end(self._revisions, change, self._effective):
            return str(texts.LISTED[_find_listed_key(change)])
        if change.kind in _TWO_SIDED_KINDS or not ("{added}" in text and "{removed}" in text):
            return text
        of_list = "" if change.service else " list"
        if not change.removed:
            return str(texts.LISTED[f"stated{of_list}"])
        return text if change.added else str(texts.LISTED[f"withdrawn{of_list}"])

    def _find_template_key(self, change: Change) -> str:
        """Return the name of the sentence of a change: that of its kind, or of a case of its kind."""
        old, new = (registry.model.services for registry in self._revisions)
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
            case "claim-changed" if find_field_part(change):
                case = "part"
            case "metadata-changed" if change.field == "role":
                case = "role"
            case "product-added" | "product-removed" if not (change.removed or change.added):
                case = "all"
            case _:
                pass
        return f"{change.kind} {case}".rstrip()

    def _format_special_data(self) -> str:
        """Return what the laws call the data that they protect most, each law's term once."""
        by_term: dict[str, Laws] = {}
        for law in self._laws:
            term = self._formatter.format_legal_term("special", (law,)).partition(" (")[0]
            by_term[term] = (*by_term.get(term, ()), law)
        terms = (self._formatter.format_legal_term("special", laws) for laws in by_term.values())
        return str(self._texts.SPECIAL_AND).join(terms)


def _find_listed_key(change: Change) -> str:
    """Return the name of the sentence that states a change of the list only, and no day of it."""
    if change.kind in ("service-added", "service-replaced"):
        return f"{change.kind} listed"
    if change.added and change.removed:
        return "entry changed"
    return "entry added" if change.added else "entry removed" if change.removed else "entry"


class _LetterValueFormatter(ValueFormatter):
    """The values of a change as a letter states them: periods with their unit, services by their names."""

    @property
    def _formatters(self) -> dict[str, Callable[[tuple[Registry, Registry], str], str]]:
        periods = ("notice.days", "notice.objection_days", "notice.termination_days")
        return {
            **super()._formatters,
            **dict.fromkeys(periods, lambda _, value: self._formatter.format_count("days", int(value))),
            "onward": lambda sides, value: format_recipient(sides[0], value),
        }


def format_recipient(registry: Registry, value: str) -> str:
    """Return whom data is passed on to by name, where it is a service of the list."""
    service = registry.model.services.get(value)
    return service.name if service else value
