"""The values of a change in words, in one language."""

from collections.abc import Callable
from datetime import date
from itertools import chain

from subproc_cli.describe.statements import Laws, StatementFormatter
from subproc_cli.describe.transfers import LegalName
from subproc_cli.diff.change import Change
from subproc_cli.diff.merges import find_current_service
from subproc_cli.diff.places import ALTERNATIVE_SEPARATOR
from subproc_cli.diff.sentence_cases import (
    BASIS_KINDS,
    BASIS_PART_KINDS,
    REMOTE_SUFFIX,
    find_field_part,
    is_about_remote_access,
)
from subproc_cli.diff.translations import TRANSLATION_KIND
from subproc_cli.enums import Activation, Role
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.reference.service_types import get_type_label
from subproc_cli.registry.localize import translate_texts
from subproc_cli.registry.parts import Model
from subproc_cli.registry.registry import Registry

_FREE_TEXT_KINDS = frozenset(
    (
        *("unclassified-change", "metadata-changed", "data-condition-changed", "place-condition-changed"),
        *("data-condition-dropped", "data-condition-added", "place-condition-dropped"),
        *("place-condition-added", TRANSLATION_KIND, "statement-products-changed", "basis-scope-changed"),
    )
)
_SCOPE_KIND = "basis-scope-changed"
"""The kind of a change of what a transfer basis covers."""
_ENDINGS = {_SCOPE_KIND: "-scope", TRANSLATION_KIND: "-languages"}
"""The part of a statement that a kind of change is always about."""
_VALUE_FIELDS = {"basis-extended": "until", "basis-shortened": "until", "claim-changed": "personal_data"}
"""Kinds whose values are those of one field, whichever field their changes concern."""
_ENUM_FIELDS = frozenset(("role", "never_sees"))
"""Fields whose values are words of a closed list, whatever the kind."""


class ValueFormatter:
    """The values of a change in words, by their type; the revision that states them comes first."""

    def __init__(self, formatter: StatementFormatter, laws: Laws, change: Change, *, iso: bool) -> None:
        self._formatter = formatter
        self._laws = laws
        self._service = change.service
        self._says_remote = is_about_remote_access(change)
        self._catalogue = formatter.catalogue
        self._iso = iso

    def format_field(self, sides: tuple[Registry, Registry], change: Change) -> str:
        """Return the field of a change, with the part of it that the change is about."""
        field, part = change.field, find_field_part(change)
        if not field:
            return self._catalogue.text("change-word.entry")
        if change.kind == "claim-changed" and part:
            return self._format_category(sides, part)
        whole = field.partition(".")[0]
        if change.kind == "statement-products-changed" and whole in self._formatters:
            return self._formatters[whole](sides, part)
        if change.kind != "metadata-changed" and (part or change.kind == TRANSLATION_KIND):
            text_id = f"field-part.{whole}{self._find_ending(sides, change)}"
            if text_id in self._catalogue:
                in_words = self._formatters.get(whole)
                return self._catalogue.text(text_id, part=in_words(sides, part) if in_words else part)
        if f"field.{field}" in self._catalogue:
            return self._catalogue.text(f"field.{field}")
        return self._catalogue.text("change-word.field", field=field)

    def _find_ending(self, sides: tuple[Registry, Registry], change: Change) -> str:
        """Return which part of a statement a change is about: `-when` or `-note` if it is one of them."""
        if change.kind in _ENDINGS:
            return _ENDINGS[change.kind]
        texts = {*change.removed, *change.added}
        services = filter(None, (find_current_service(side, self._service) for side in sides))
        items = [*chain.from_iterable((*service.sees, *service.processing) for service in services)]
        found = [
            name for name in ("when", "note") if not texts.isdisjoint(getattr(item, name) for item in items)
        ]
        return f"-{found[0]}" if len(found) == 1 else ""

    def format_values(self, sides: tuple[Registry, Registry], change: Change, values: tuple[str, ...]) -> str:
        """Return the values as people list them."""
        if not values:
            return ""
        values = self._translate(sides, change, values)
        in_words = self._formatters.get(_VALUE_FIELDS.get(change.kind, change.field))
        if change.kind in BASIS_KINDS:
            return self._formatter.join_words(self._list_bases(sides, values))
        if change.kind == _SCOPE_KIND:
            return self._formatter.join_words(self._format_limit(sides, each) for each in values)
        if in_words is None or (change.kind in _FREE_TEXT_KINDS and change.field not in _ENUM_FIELDS):
            return self._formatter.join_words(values)
        return self._formatter.join_words(dict.fromkeys(in_words(sides, value) for value in values))

    def _translate(
        self, sides: tuple[Registry, Registry], change: Change, values: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return the texts of the list in the language, unless they are the same in both revisions."""
        language = self._formatter.language
        texts = translate_texts(_find_changed_part(sides[0], change), values, language)
        others = change.added if values == change.removed else change.removed
        other_texts = translate_texts(_find_changed_part(sides[1], change), others, language)
        return values if texts == other_texts else texts

    def _format_category(self, sides: tuple[Registry, Registry], key: str) -> str:
        known = next((registry for registry in sides if key in registry.category_tree), sides[0])
        return self._formatter.format_category(known, key)

    def _format_limit(self, sides: tuple[Registry, Registry], value: str) -> str:
        """Return a limit of a transfer basis in words: `places: IN` is `for India`."""
        name, _, rest = value.partition(": ")
        items, join, text = rest.split(", "), self._formatter.join_words, self._catalogue.text
        match name:
            case "places":
                return text(
                    "statement.for-places", places=join(self._format_place(sides, each) for each in items)
                )
            case "modules":
                return text("statement.modules", n=len(items), modules=join(items))
            case "adapted":
                return self._formatter.transfers.format_adaptation(items)
            case "covers":
                return text("statement.covers", data=join(text(f"dpf-data.{each}") for each in items))
            case _:
                return text("statement.for-products", products=join(items))

    def _format_place(self, sides: tuple[Registry, Registry], value: str) -> str:
        """Return a place; that it is one of remote access is left out if the sentence says so."""
        place = value.removesuffix(REMOTE_SUFFIX) if self._says_remote else value
        return self._format_stated_place(sides[0], place)

    def _format_stated_place(self, registry: Registry, name: str) -> str:
        """Return a place of a change in words: `FR|SE`, `IN (remote-access)`."""
        text, opened, _ = name.partition(" (")
        say = self._formatter
        label = say.join_words(
            (say.format_place_in_sentence(registry, each) for each in text.split(ALTERNATIVE_SEPARATOR)), "or"
        )
        return f"{label} ({say.remote_access})" if opened else label

    def has_known_basis(self, sides: tuple[Registry, Registry], change: Change) -> bool:
        """Return whether one of the reader's laws knows one of the bases that a change is about."""
        old, new = sides
        if change.kind in BASIS_PART_KINDS:
            return bool(self._find_names_on_either_side((new, old), find_field_part(change)))
        return any(self._find_basis_names((old, new), each) for each in change.removed) or any(
            self._find_basis_names((new, old), each) for each in change.added
        )

    def _list_bases(self, sides: tuple[Registry, Registry], values: tuple[str, ...]) -> list[str]:
        """Return bases in the terms of the reader's laws, each name once, also if several words mean it."""
        named = {value: self._find_basis_names(sides, value) for value in values}
        transfers = self._formatter.transfers
        texts = transfers.list_names(name for names in named.values() for name in names)
        return texts if all(named.values()) else [*texts, transfers.format_unnamed_basis(self._laws)]

    def _format_basis(self, sides: tuple[Registry, Registry], value: str) -> str:
        """Return a basis in the terms of the reader's laws that know it where the service is."""
        names = self._find_names_on_either_side(sides, value)
        transfers = self._formatter.transfers
        return transfers.format_names(names) if names else transfers.format_unnamed_basis(self._laws)

    def _find_names_on_either_side(self, sides: tuple[Registry, Registry], value: str) -> list[LegalName]:
        return self._find_basis_names(sides, value) or self._find_basis_names(sides[::-1], value)

    def _find_basis_names(self, sides: tuple[Registry, Registry], value: str) -> list[LegalName]:
        """Return what the reader's laws call a basis if they accept it where the service is.

        An end that the list states does not matter: what has ended has the same name.
        """
        index, other = sides
        service = find_current_service(index, self._service) or find_current_service(other, self._service)
        if service is None:
            return []
        words = [str(each.basis) for each in service.transfer]
        if value not in words:
            return []
        assessments = (assess_service(index, service, law, index.model.date) for law in self._laws)
        position = words.index(value)
        rules = (
            each.find_rule(each.find_naming_position(position), ignores_end=True) for each in assessments
        )
        return [self._formatter.transfers.name_basis(rule) for rule in rules if rule]

    def _format_day(self, value: str) -> str:
        return value if self._iso else self._formatter.format_day(date.fromisoformat(value))

    @property
    def _formatters(self) -> dict[str, Callable[[tuple[Registry, Registry], str], str]]:
        catalogue, say = self._catalogue, self._formatter
        return {
            "sees": self._format_category,
            "never_sees": self._format_category,
            "processing": self._format_place,
            "entity.country": lambda sides, value: self._format_stated_place(sides[0], value),
            "entity.parent_country": lambda sides, value: self._format_stated_place(sides[0], value),
            "service_type": lambda _, value: get_type_label(value, say.language),
            "model_training": lambda _, value: catalogue.text(f"training.{value}"),
            "dpa.signed": lambda _, value: self._format_day(value),
            "dpa.until": lambda _, value: self._format_day(value),
            "transfer": self._format_basis,
            "activation": lambda _, value: say.format_activation(Activation(value)),
            "role": lambda _, value: say.format_role(Role(value)),
            "since": lambda _, value: self._format_day(value),
            "until": lambda _, value: self._format_day(value),
            "personal_data": lambda _, value: catalogue.text(f"claim.{value}"),
            "law": lambda _, value: catalogue.text(f"laws.{value}.name"),
        }


def _find_changed_part(registry: Registry, change: Change) -> Model | None:
    """Return the service that a change is about, or the part of the list; None if it has no parts."""
    if change.service:
        return find_current_service(registry, change.service)
    part = getattr(registry.model, change.field.partition(".")[0], None)
    return part if isinstance(part, Model) else None
