"""The sentences on changes of a list, and the fixed texts of letters and feeds, in one language."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from subproc_cli.describe.statements import Laws, StatementFormatter
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
from subproc_cli.diff.sentence_cases import BASIS_KINDS, find_case
from subproc_cli.diff.sentence_values import ValueFormatter
from subproc_cli.enums import Level
from subproc_cli.registry.change_kind import ADEQUACY_KINDS
from subproc_cli.registry.registry import Registry

KINDS_WITH_EMPTY_SIDES = frozenset(
    ("unclassified-change", "statement-products-changed", "basis-scope-changed")
)
"""The kinds whose sentence has words for a side that states nothing: `nothing`, `all products`."""

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
        self, text: str, revisions: tuple[Registry, Registry], change: Change, values: ValueFormatter
    ) -> str:
        """Return a sentence, and of which services that are a part now the list stated the same before."""
        for name, stated in find_earlier_statements(revisions, change):
            key = "stated-before-all" if set(stated) == set(change.added) else "stated-before"
            listed = values.format_values((revisions[1], revisions[0]), change, stated)
            text = self.catalogue.text(f"change-word.{key}", text=text, name=name, values=listed)
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
