"""What changes in a list, and what a letter says around it, in one language."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from subproc_cli.describe.statements import Laws, StatementFormatter, find_named_bases
from subproc_cli.diff.adequacy import ADDED_OUTSIDE, ADEQUATE, NOT_ADEQUATE, assess_added_place
from subproc_cli.diff.change import Change
from subproc_cli.diff.places import ALTERNATIVE_SEPARATOR
from subproc_cli.enums import Activation, Basis, Language, Level, Role
from subproc_cli.locale import names
from subproc_cli.reference.service_types import load_service_types
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

_FREE_TEXT_KINDS = frozenset(
    (
        *("unclassified-change", "metadata-changed", "data-condition-changed", "place-condition-changed"),
        *("translation-changed", "statement-products-changed", "basis-scope-changed"),
    )
)
_BOTH_SIDES = frozenset(("unclassified-change", "statement-products-changed", "basis-scope-changed"))
"""The kinds whose sentence holds where a side states nothing: that means something for them."""
_ADEQUACY_KINDS = ADDED_OUTSIDE | {"adequacy-lost", "adequacy-gained"}
"""The kinds that say what is held adequate: by the laws of the list."""

BASIS_KINDS = frozenset(("basis-added", "basis-removed", "basis-changed"))
"""The kinds that name the bases of transfers."""

_VALUE_FIELDS = {"basis-extended": "until", "basis-shortened": "until", "claim-changed": "personal_data"}
"""Kinds whose values are those of one field, whichever field their changes concern."""
_ENUM_FIELDS = frozenset(("role", "never_sees"))
"""Fields whose values are words of a closed list, whatever the kind."""


@cache
def load_formatter(language: Language) -> "ChangeFormatter":
    """Return the phrases of a language."""
    return ChangeFormatter(language, import_module(f"subproc_cli.locale.changes_{language}"))


class ChangeFormatter(StatementFormatter):
    """What a list states, and what changes in it, in one language."""

    def __init__(self, language: Language, words: ModuleType) -> None:
        super().__init__(language)
        self.words: Any = words

    def format_count(self, noun: str, number: int) -> str:
        """Return a number with its noun: `1 day`, `30 jours`."""
        forms: dict[str, str] = self.words.COUNTS[noun]
        return forms[names.get_plural_form(number, self.language)].format(n=number)

    def format_letter_text(self, key: str, **values: object) -> str:
        """Return a fixed text of a letter."""
        return str(self.words.LETTER[key]).format(**values)

    def format_feed_text(self, key: str, **values: object) -> str:
        """Return a fixed text of a feed."""
        return str(self.words.FEED[key]).format(**values)

    def format_level(self, level: Level) -> str:
        """Return what a change demands."""
        return str(self.words.LEVELS[level])

    def format_stated_place(self, registry: Registry, name: str) -> str:
        """Return in words what a change names a place: `FR|SE`, `IN (remote-access)`."""
        text, opened, _ = name.partition(" (")
        label = self.join_words(
            (self.format_place_in_sentence(registry, each) for each in text.split(ALTERNATIVE_SEPARATOR)),
            "or",
        )
        return f"{label} ({self.remote_access})" if opened else label

    def _format_removal(self, old: Registry, change: Change, *, iso: bool) -> str:
        """Return that a service is no longer listed; that its use ends only where the older list says so."""
        service = old.model.services.get(change.service)
        if service is None or service.until is None:
            return str(self.words.SENTENCES[change.kind]).format(name=change.name)
        until = service.until.isoformat() if iso else self.format_day(service.until)
        return str(self.words.ENDED).format(name=change.name, until=until)

    # Changes

    def format_change(
        self,
        revisions: tuple[Registry, Registry],
        change: Change,
        laws: Laws | None = None,
        *,
        iso: bool = False,
    ) -> str:
        """Return a change as a sentence without its full stop.

        Args:
            revisions: the two lists that it lies between.
            change: the change.
            laws: the laws of the reader, whose terms are used; by default those of the new list.
            iso: whether days stay as YYYY-MM-DD.
        """
        if change.kind == "service-removed":
            return self._format_removal(revisions[0], change, iso=iso)
        words, (old, new) = self.words, revisions
        terms = laws or new.model.law
        adequacy = assess_added_place(new, change) if change.kind in ADDED_OUTSIDE else None
        values = ValueFormatter(self, terms, change, iso=iso)
        template = self._find_outside_template(adequacy.status) if adequacy else self._find_template(change)
        if change.kind in BASIS_KINDS and not values.has_known_basis((old, new), change):
            template = str(words.BASES_UNNAMED)
        nothing = words.ALL_PRODUCTS if change.kind == "statement-products-changed" else words.NOTHING
        text = template.format(
            name=change.name or words.LIST,
            field=values.format_field((new, old), change),
            special=self.format_legal_term("special", terms),
            verdicts=self._format_verdicts(adequacy.by_law) if adequacy else "",
            under=self.join_words(map(self.format_law, terms)),
            removed=values.format_values((old, new), change, change.removed) or nothing,
            added=values.format_values((new, old), change, change.added) or nothing,
            after=values.format_values((new, old), change, change.after),
        )
        judges = new.model.law
        if change.kind not in _ADEQUACY_KINDS or laws in (None, judges):
            return text
        return str(words.JUDGED.format(text=text, laws=self.join_words(words.REGIMES[law] for law in judges)))

    def _find_outside_template(self, key: str) -> str:
        """Return the sentence of a place that was added outside the EEA, by what is held of it."""
        settled = {ADEQUATE: "place-added-adequate", NOT_ADEQUATE: "place-added-outside"}
        return str(self.words.SENTENCES[settled[key]] if key in settled else self.words.OUTSIDE[key])

    def _format_verdicts(self, by_law: Mapping[str, str]) -> str:
        """Return what each law holds: `adequate under EU law, not adequate under Swiss law`."""
        views = dict.fromkeys(by_law.values())
        return self.join_words(
            self.words.VERDICTS[view].format(
                law=self.join_words(self.format_law(law) for law in by_law if by_law[law] == view)
            )
            for view in views
        )

    def _find_template(self, change: Change) -> str:
        words = self.words
        if change.field == "role" and change.kind == "metadata-changed":
            return str(words.AFFILIATION)
        if change.kind == "claim-changed" and find_field_part(change):
            return str(words.CLAIMED)
        if change.field == "products" and not (change.removed or change.added):
            return str(words.PRODUCTS[change.kind])
        text = str(words.SENTENCES[change.kind])
        if "{added}" in text and "{removed}" in text and change.kind not in _BOTH_SIDES:
            text = text if change.removed else str(words.STATED)
            text = text if change.added else str(words.WITHDRAWN)
        return text


def _find_service(registry: Registry, key: str) -> Service | None:
    """Return the service of an id, or the one that had it once."""
    services = registry.model.services
    return services.get(key) or next((each for each in services.values() if key in each.formerly), None)


def find_field_part(change: Change) -> str:
    """Return the part of its field that a change is about; empty if it is about all of it."""
    return change.field.partition(".")[2]


class ValueFormatter:
    """The values of a change in words, by what they are; the side that states them comes first."""

    def __init__(self, phrases: ChangeFormatter, laws: Laws, change: Change, *, iso: bool) -> None:
        self._formatter = phrases
        self._laws = laws
        self._service = change.service
        self._words = phrases.words
        self._iso = iso

    def format_field(self, sides: tuple[Registry, Registry], change: Change) -> str:
        """Return the field of a change, with the part of it that the change is about."""
        field, words, part = change.field, self._words, find_field_part(change)
        if not field:
            return str(words.ENTRY)
        if change.kind == "claim-changed" and part:
            return self._format_category(sides, part)
        whole = field.partition(".")[0]
        if change.kind == "statement-products-changed" and whole in self._formatters:
            return self._formatters[whole](sides, part)
        if whole in words.PARTS and part and change.kind != "metadata-changed":
            in_words = self._formatters.get(whole)
            return str(words.PARTS[whole]).format(part=in_words(sides, part) if in_words else part)
        return str(words.FIELDS.get(field) or words.OTHER_FIELD.format(field=field))

    def format_values(self, sides: tuple[Registry, Registry], change: Change, values: tuple[str, ...]) -> str:
        """Return the values as people list them."""
        if not values:
            return ""
        in_words = self._formatters.get(_VALUE_FIELDS.get(change.kind, change.field))
        if in_words is None or (change.kind in _FREE_TEXT_KINDS and change.field not in _ENUM_FIELDS):
            return self._formatter.join_words(values)
        last = "or" if change.field == "never_sees" else "and"
        return self._formatter.join_words((in_words(sides, value) for value in values), last)

    def _format_category(self, sides: tuple[Registry, Registry], key: str) -> str:
        known = next((registry for registry in sides if key in registry.category_tree), sides[0])
        return self._formatter.format_category(known, key)

    def has_known_basis(self, sides: tuple[Registry, Registry], change: Change) -> bool:
        """Return whether one of the reader's laws knows one of the bases that a change is about."""
        old, new = sides
        return any(self._find_laws_with_basis((old, new), each) for each in change.removed) or any(
            self._find_laws_with_basis((new, old), each) for each in change.added
        )

    def _format_basis(self, sides: tuple[Registry, Registry], value: str) -> str:
        """Return a basis in the terms of those of the reader's laws that know it where the service is."""
        knowing = self._find_laws_with_basis(sides, value)
        return (
            self._formatter.format_legal_term(Basis(value), knowing)
            if knowing
            else self._formatter.format_unnamed_basis(self._laws)
        )

    def _find_laws_with_basis(self, sides: tuple[Registry, Registry], value: str) -> Laws:
        index, other = sides
        service = _find_service(index, self._service) or _find_service(other, self._service)
        day = index.model.date
        return tuple(
            law
            for law in self._laws
            if service and Basis(value) in find_named_bases(index, service, law, day)
        )

    def _format_day(self, value: str) -> str:
        return value if self._iso else self._formatter.format_day(date.fromisoformat(value))

    @property
    def _formatters(self) -> dict[str, Callable[[tuple[Registry, Registry], str], str]]:
        words, say = self._words, self._formatter
        return {
            "sees": self._format_category,
            "never_sees": self._format_category,
            "processing": lambda sides, value: say.format_stated_place(sides[0], value),
            "entity.country": lambda sides, value: say.format_stated_place(sides[0], value),
            "entity.parent_country": lambda sides, value: say.format_stated_place(sides[0], value),
            "service_type": lambda _, value: load_service_types()[value].labels[say.language],
            "model_training": lambda _, value: str(words.TRAINING[value]),
            "dpa.signed": lambda _, value: self._format_day(value),
            "dpa.until": lambda _, value: self._format_day(value),
            "transfer": self._format_basis,
            "activation": lambda _, value: say.format_activation(Activation(value)),
            "role": lambda _, value: say.format_role(Role(value)),
            "since": lambda _, value: self._format_day(value),
            "until": lambda _, value: self._format_day(value),
            "personal_data": lambda _, value: str(words.YES_NO.get(value, value)),
            "law": lambda _, value: str(words.REGIMES[value]),
        }
