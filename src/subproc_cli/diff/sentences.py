"""The sentences on changes of a list, and the fixed texts of letters and feeds, in one language."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import chain
from typing import NamedTuple

from subproc_cli.describe.statements import Laws, StatementFormatter
from subproc_cli.describe.transfers import LegalName
from subproc_cli.diff.adequacy import (
    PLACE_ADDED_KINDS,
    assess_added_place,
    find_doubts_of_change,
    find_moved_laws,
)
from subproc_cli.diff.change import Change
from subproc_cli.diff.merges import (
    find_companies,
    find_current_service,
    find_earlier_statements,
    format_merge_target,
)
from subproc_cli.diff.places import ALTERNATIVE_SEPARATOR
from subproc_cli.diff.sentence_cases import (
    BASIS_KINDS,
    BASIS_PART_KINDS,
    REMOTE_SUFFIX,
    find_case,
    find_field_part,
    is_about_remote_access,
)
from subproc_cli.diff.translations import TRANSLATION_KIND
from subproc_cli.enums import Activation, Level, Role
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.reference.service_types import get_type_label
from subproc_cli.registry.change_kind import ADEQUACY_KINDS
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
KINDS_WITH_EMPTY_SIDES = frozenset(
    ("unclassified-change", "statement-products-changed", "basis-scope-changed")
)
"""The kinds whose sentence has words for a side that states nothing: `nothing`, `all products`."""

_SCOPE_KIND = "basis-scope-changed"
"""The kind of a change of what a transfer basis covers."""
_ENDINGS = {_SCOPE_KIND: "-scope", TRANSLATION_KIND: "-languages"}
"""The part of a statement that a kind of change is always about."""
_VALUE_FIELDS = {"basis-extended": "until", "basis-shortened": "until", "claim-changed": "personal_data"}
"""Kinds whose values are those of one field, whichever field their changes concern."""
_ENUM_FIELDS = frozenset(("role", "never_sees"))
"""Fields whose values are words of a closed list, whatever the kind."""

_COLON = re.compile(r"\s?: ")
"""What follows the name of a service in a sentence that can be about several."""


class ChangeGroup(NamedTuple):
    """Changes that one sentence reports."""

    text: str
    changes: tuple[Change, ...]


class ChangeFormatter(StatementFormatter):
    """The sentences on a list and its changes, in one language."""

    def format_letter_text(self, key: str, **values: object) -> str:
        """Return a fixed text of a letter."""
        return self.catalogue.text(f"letter.{key}", **values)

    def format_feed_text(self, key: str, **values: object) -> str:
        """Return a fixed text of a feed."""
        return self.catalogue.text(f"feed.{key}", **values)

    def format_level(self, level: Level) -> str:
        """Return the level of a change in words."""
        return self.catalogue.text(f"level.{level}")

    def format_stated_place(self, registry: Registry, name: str) -> str:
        """Return a place of a change in words: `FR|SE`, `IN (remote-access)`."""
        text, opened, _ = name.partition(" (")
        label = self.join_words(
            (self.format_place_in_sentence(registry, each) for each in text.split(ALTERNATIVE_SEPARATOR)),
            "or",
        )
        return f"{label} ({self.remote_access})" if opened else label

    def _format_removal(self, revisions: tuple[Registry, Registry], change: Change, *, iso: bool) -> str:
        """Return the sentence that a service is no longer listed; its use ends only if a list says so."""
        old, new = revisions
        if target := format_merge_target(new, change):
            companies = self.list_companies(revisions, change)
            case = "merged-elsewhere" if companies else "merged"
            return self.catalogue.text(f"change-case.{case}", name=change.name, target=target, **companies)
        service = old.model.services.get(change.service)
        if service is None or service.until is None:
            return self.catalogue.text(f"change.{change.kind}", name=change.name)
        until = service.until.isoformat() if iso else self.format_day(service.until)
        return self.catalogue.text("change-case.ended", name=change.name, until=until)

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
            return self._format_removal(revisions, change, iso=iso)
        old, new = revisions
        terms = laws or new.model.law
        is_place = change.kind in PLACE_ADDED_KINDS
        under = find_moved_laws((old, new), change) if change.kind in ADEQUACY_KINDS else terms
        values = ValueFormatter(self, terms, change, iso=iso)
        text_id = self._choose_text(change)
        if change.kind in BASIS_KINDS and not values.has_known_basis((old, new), change):
            text_id = "change-case.bases-unnamed"
        key = "all-products" if change.kind == "statement-products-changed" else "nothing"
        nothing = self.catalogue.text(f"change-word.{key}")
        text = self.catalogue.text(
            text_id,
            name=change.name or self.list_name,
            field=values.format_field((new, old), change),
            special=self.format_sensitive_data(new, change, terms),
            doubts=self.format_doubts((old, new), change),
            verdicts=self.transfers.format_outcome(assess_added_place(new, change)) if is_place else "",
            under=self.transfers.format_laws(under),
            removed=values.format_values((old, new), change, change.removed) or nothing,
            added=values.format_values((new, old), change, change.added) or nothing,
            after=values.format_values((new, old), change, change.after),
        )
        return self.add_earlier_statements(text, revisions, change, values)

    def add_earlier_statements(
        self, text: str, revisions: tuple[Registry, Registry], change: Change, values: "ValueFormatter"
    ) -> str:
        """Return a sentence, and of which services that are a part now the list stated the same before."""
        for name, stated in find_earlier_statements(revisions, change):
            listed = values.format_values((revisions[1], revisions[0]), change, stated)
            text = self.catalogue.text("change-word.stated-before", text=text, name=name, values=listed)
        return text

    @staticmethod
    def list_companies(revisions: tuple[Registry, Registry], change: Change) -> dict[str, str]:
        """Return the companies of a service that is now a part of one of another company; mostly none."""
        old, new = revisions[0].model.services[change.service], revisions[1]
        found = find_companies(old, find_current_service(new, change.service))
        return dict(zip(("old_company", "company"), found, strict=True)) if found else {}

    def group_changes(
        self, revisions: tuple[Registry, Registry], changes: Iterable[Change], *, iso: bool = False
    ) -> list[ChangeGroup]:
        """Return changes as sentences without full stops; similar changes of several services are one."""
        return self.join_changes((each, self.format_change(revisions, each, iso=iso)) for each in changes)

    def join_changes(self, sentences: Iterable[tuple[Change, str]]) -> list[ChangeGroup]:
        """Join the sentences on similar changes of several services.

        These begin with the name of a service and a colon: `A, B and C: the contact is now stated`. The
        others would need another form of the verb.
        """
        groups: dict[tuple[str, str], list[Change]] = {}
        for number, (change, text) in enumerate(sentences):
            rest = text.removeprefix(change.name) if change.service else ""
            key = (change.level, rest) if _COLON.match(rest) else (str(number), text)
            groups.setdefault(key, []).append(change)
        return [
            ChangeGroup(f"{self._join_names(found)}{text}" if _COLON.match(text) else text, tuple(found))
            for (_, text), found in groups.items()
        ]

    def _join_names(self, changes: Iterable[Change]) -> str:
        return self.join_words(dict.fromkeys(change.name for change in changes))

    def format_sensitive_data(self, registry: Registry, change: Change, laws: Laws) -> str:
        """Return what laws call the data of a change, if it is of the kind that they protect most."""
        if change.kind != "special-data-added":
            return ""
        names = self.transfers.name_sensitive_data(laws, change.added, registry.model.date)
        return self.transfers.format_names(names)

    def format_doubts(self, revisions: tuple[Registry, Registry], change: Change) -> str:
        """Return what may end a decision on adequacy, each with its source."""
        if change.kind != "adequacy-doubted":
            return ""
        return self.join_words(map(self.transfers.format_doubt, find_doubts_of_change(revisions, change)))

    @property
    def list_name(self) -> str:
        """What replaces the name of a service where the list itself changed."""
        return self.catalogue.text("change-word.list")

    def _choose_text(self, change: Change) -> str:
        """Return the id of the sentence of a change: that of its kind, or of a case of its kind."""
        if case := find_case(change):
            return f"change-case.{case}"
        text_id = f"change.{change.kind}"
        has_both = bool(change.removed and change.added)
        if has_both or change.kind in KINDS_WITH_EMPTY_SIDES or not self.names_both_sides(text_id):
            return text_id
        return f"change-case.{'stated' if change.added else 'withdrawn'}"

    def names_both_sides(self, text_id: str) -> bool:
        """Return whether a sentence names what is gone and what is new: each of them has to be stated."""
        template = str(self.catalogue.get_template(text_id))
        return "{removed}" in template and "{added}" in template


def _find_changed_part(registry: Registry, change: Change) -> Model | None:
    """Return the service that a change is about, or the part of the list; None if it has no parts."""
    if change.service:
        return find_current_service(registry, change.service)
    part = getattr(registry.model, change.field.partition(".")[0], None)
    return part if isinstance(part, Model) else None


class ValueFormatter:
    """The values of a change in words, by their type; the revision that states them comes first."""

    def __init__(self, phrases: ChangeFormatter, laws: Laws, change: Change, *, iso: bool) -> None:
        self._formatter = phrases
        self._laws = laws
        self._service = change.service
        self._says_remote = is_about_remote_access(change)
        self._catalogue = phrases.catalogue
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
        return self._formatter.format_stated_place(sides[0], place)

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
            "entity.country": lambda sides, value: say.format_stated_place(sides[0], value),
            "entity.parent_country": lambda sides, value: say.format_stated_place(sides[0], value),
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
