"""The changes between two revisions: `subproc diff`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from subproc_cli.describe.header import build_position_record, build_registry_record
from subproc_cli.diagnostics import Position
from subproc_cli.diff.change import Change, bump, compute_next_version, find_highest_level, parse_version
from subproc_cli.diff.record import (
    ChangeRecord,
    ChangesRecord,
    KindFields,
    KindRecord,
    KindsRecord,
    LocatedChangeRecord,
)
from subproc_cli.diff.sentences import ChangeFormatter, ChangeGroup
from subproc_cli.enums import Bump, Direction, Level
from subproc_cli.locale.catalogue import ENGLISH, load_catalogue
from subproc_cli.output.document import (
    Bullets,
    Fact,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Style,
    Table,
    dim,
    emphasize,
    format_count,
    make_line,
    mark_code,
)
from subproc_cli.registry.change_kind import ChangeKind, get_default_level
from subproc_cli.registry.change_kinds import KINDS
from subproc_cli.registry.registry import Registry

_READ_THIS = " (read this: a program cannot judge it)"
_TITLES = {
    Level.NOTICE: ("Notice", Style.NOTICE, "customers must be informed in advance"),
    Level.INFORM: ("Inform", Style.INFORM, "customers should know; no notice period"),
    Level.EDITORIAL: ("Editorial", Style.EDITORIAL, "no meaning for customers"),
}


class ChangesReport(NamedTuple):
    """Changes, grouped by what they require."""

    old: Registry
    new: Registry
    changes: tuple[Change, ...]

    def to_document(self) -> Page:
        """Return the changes by level, the highest level first."""
        head = Paragraph(make_line(dim(f"{_format_revision(self.old)} → {_format_revision(self.new)}")))
        if not self.changes:
            return head, Paragraph(make_line("No change between these revisions."))
        counts = Counter(change.level for change in self.changes)
        levels = ", ".join(f"{counts[level]} {level}" for level in Level if counts[level])
        total = f"{format_count(len(self.changes), 'change')} ({levels}): "
        blocks: list[Any] = [
            head,
            Paragraph(make_line(total, emphasize(self._format_bump()), f"; {self._format_version()}")),
        ]
        by_level = {level: [each for each in self.changes if each.level is level] for level in Level}
        last_of_field = {
            (change.service, change.field): change for found in by_level.values() for change in found
        }
        for level, found in by_level.items():
            if found:
                title, tone, meaning = _TITLES[level]
                blocks.append(Heading(make_line(Span(f"{title} ({len(found)})", tone), f": {meaning}")))
                blocks.append(Bullets(tuple(self._iter_lines(found, last_of_field))))
        return tuple(blocks)

    def _format_bump(self) -> str:
        needed = bump(self.changes)
        return "no bump" if needed is Bump.NONE else f"a {needed} bump"

    def _format_version(self) -> str:
        """Return whether the version was raised as much as the changes require."""
        known, given = self.old.model.version, self.new.model.version
        needed = compute_next_version(known, bump(self.changes))
        if parse_version(given) >= parse_version(needed):
            return f"the version went from {known} to {given}, which is enough."
        return f"the version has to be {needed}, and is still {given}."

    def _iter_lines(
        self, changes: list[Change], last_of_field: Mapping[tuple[str, str], Change]
    ) -> Iterator[Line]:
        """Yield the changes; similar changes of several services are one line.

        What a field states as a whole follows its last change only.
        """
        for group in group_changes(self.old, self.new, changes):
            change = group.changes[0]
            if len(group.changes) > 1:
                yield make_line(group.text)
            else:
                is_last = last_of_field[change.service, change.field] is change
                yield self._format_line(change, group.text, shows_field=is_last)

    def _format_line(self, change: Change, text: str, *, shows_field: bool) -> Line:
        """Return a change with all that its field states, if that is more than what changed."""
        more = (change.before, change.after) != (change.removed, change.added)
        if shows_field and more and change.before and change.after and change.before != change.after:
            before, after = (", ".join(side) for side in (change.before, change.after))
            return make_line(text, dim(f" [{change.field}: {before} → {after}]"))
        if change.direction is Direction.UNDECIDED:
            return make_line(text, dim(_READ_THIS))
        return make_line(text)

    def to_record(self) -> ChangesRecord:
        """Return `subproc/changes/1`."""
        level = find_highest_level(self.changes)
        return {
            "schema": "subproc/changes/1",
            "old": build_registry_record(self.old),
            "new": build_registry_record(self.new),
            "level": str(level) if level else None,
            "bump": str(bump(self.changes)),
            "changes": [build_located_change_record((self.old, self.new), change) for change in self.changes],
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each change."""
        yield (
            "level",
            "kind",
            "direction",
            "service",
            "name",
            "field",
            "before",
            "after",
            "text",
            "fingerprint",
        )
        for change in self.changes:
            yield (
                change.level,
                change.kind,
                change.direction,
                change.service,
                change.name,
                change.field,
                "; ".join(change.before),
                "; ".join(change.after),
                format_change(self.old, self.new, change),
                change.fingerprint,
            )

    def to_lines(self) -> tuple[str, ...]:
        """Return one line for each change: level, kind, service and sentence, not yet made visible."""
        return tuple(
            f"{each.level} {each.kind} {each.service or '-'}: {format_change(self.old, self.new, each)}"
            for each in self.changes
        )

    def iter_positions(self) -> Iterator[tuple[Change, Position, str]]:
        """Yield the changes with their lines in the later revision; removed services are at `services`."""
        for change in self.changes:
            is_in_new = not change.service or change.service in self.new.model.services
            where = self.new.locate(change.path if is_in_new else ("services",))
            yield change, where, format_change(self.old, self.new, change)


def _format_revision(registry: Registry) -> str:
    model = registry.model
    commit = f"commit {registry.commit[:12]}, " if registry.commit else ""
    return f"{model.publisher} {model.version} of {model.date} ({commit}sha256 {registry.sha256[:12]})"


def build_change_record(change: Change, text: str) -> ChangeRecord:
    """Return a change and its sentence as plain data."""
    return {
        "kind": change.kind,
        "level": str(change.level),
        "direction": str(change.direction),
        "service": change.service or None,
        "name": change.name or None,
        "field": change.field or None,
        "before": list(change.before),
        "after": list(change.after),
        "removed": list(change.removed),
        "added": list(change.added),
        "text": text,
        "fingerprint": change.fingerprint,
    }


def build_located_change_record(revisions: tuple[Registry, Registry], change: Change) -> LocatedChangeRecord:
    """Return a change with its English sentence and its position as plain data."""
    text = format_change(*revisions, change)
    where = build_position_record(locate_change(revisions, change))
    return {**build_change_record(change, text), "where": where}


def locate_change(revisions: tuple[Registry, Registry], change: Change) -> Position:
    """Return the position of a change in the newer revision, or in the older one if the service is gone."""
    old, new = revisions
    is_in_new = not change.service or change.service in new.model.services
    return (new if is_in_new else old).locate(change.path)


def group_changes(old: Registry, new: Registry, changes: Iterable[Change]) -> list[ChangeGroup]:
    """Return changes as English sentences; similar changes of several services are joined."""
    return ChangeFormatter(ENGLISH).group_changes((old, new), changes, iso=True)


def format_change(old: Registry, new: Registry, change: Change) -> str:
    """Return a change as an English sentence without its full stop."""
    return ChangeFormatter(ENGLISH).format_change((old, new), change, iso=True)


def _format_mirror(kind: ChangeKind) -> str:
    return "itself" if kind.mirror == kind.name else kind.mirror or "none"


_MANUAL = (
    (
        "`subproc diff` reports each difference between two revisions of a list as a change of one of these "
        "kinds. The area and the effect of a kind decide its level; the column Exception explains each other "
        "level. The mirror is the kind of the reverse change. The levels are `notice` (customers must be "
        "informed in advance; the version needs a major bump), `inform` (customers should know; minor bump) "
        "and `editorial` (no meaning for customers; patch bump)."
    ),
    (
        "A list can set the level of a kind in its field `levels`. If the two revisions set different "
        "levels, the stricter one applies to the changes between them, because the older list is what "
        "customers were promised. A level that is lowered from `notice` counts as a shorter notice. A "
        "change of a service that has the role `controller` or `vendor` before and after is at most "
        "`inform`, unless the list sets the level of the kind itself. Some changes contain others: "
        "`place-moved`, `place-stated` and `place-clearer` contain additions of places, "
        "`special-data-added` an addition of data, `entity-stated` a change of the party, and "
        "`service-replaced` an addition and a removal. If the list sets a stricter level for one of the "
        "contained changes, the whole change has that level. Changes of a service that had already ended "
        "when the older revision was published are editorial, unless its end moves to a later day. A new "
        "service that has ended since then was used in between, so it is an addition."
    ),
    (
        "Places are compared by the countries that they mean, and data by the narrowest categories that it "
        "includes, so another way of writing is not a change. The publisher's own categories and regions "
        "are compared by what they mean in each revision: if a region means other countries, every service "
        "in it has moved, even if the entry of the service is the same. An own category with another key is "
        "the same category if it has the same label, the same built-in parent and the same value of "
        "`personal`; otherwise the data that a service sees counts as removed and added. The roles "
        "`subprocessor` and `affiliate` are both subprocessors; a change between them is editorial."
    ),
)


class KindsReport(NamedTuple):
    """All kinds, in the order of their table.

    Attributes:
        manual: whether to show everything that there is to report about each.
    """

    manual: bool = False

    def to_document(self) -> Page:
        """Return the kinds as a table."""
        return self._build_manual() if self.manual else self._build_overview()

    def _build_manual(self) -> Page:
        heads = ("Kind", "Area", "Effect", "Level", "When", "Mirror", "Exception")
        rows = tuple(
            (
                make_line(emphasize(kind.name)),
                make_line(kind.area),
                make_line(kind.effect),
                make_line(get_default_level(kind)),
                mark_code(kind.when),
                mark_code(f"{_format_mirror(kind)}: {kind.waiver}" if kind.waiver else _format_mirror(kind)),
                mark_code(kind.deviation),
            )
            for kind in KINDS
        )
        text = (Paragraph(mark_code(each)) for each in _MANUAL)
        return Heading(make_line("Kinds of change"), 1), *text, Table(heads, rows)

    def _build_overview(self) -> Page:
        rows = tuple(
            (
                make_line(emphasize(kind.name)),
                make_line(Span(get_default_level(kind), Style(get_default_level(kind)))),
                make_line(kind.effect),
                make_line(_format_mirror(kind)),
            )
            for kind in KINDS
        )
        more = Paragraph(make_line(dim("One explained: subproc rule NAME")))
        return Table(("Kind", "Level", "Effect", "Mirror"), rows), more

    def to_record(self) -> KindsRecord:
        """Return `subproc/kinds/1`."""
        return {"schema": "subproc/kinds/1", "kinds": [_build_kind_record(kind) for kind in KINDS]}

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each kind."""
        yield "kind", "area", "level", "effect", "mirror", "when", "deviation"
        for kind in KINDS:
            yield (
                kind.name,
                kind.area,
                get_default_level(kind),
                kind.effect,
                kind.mirror,
                kind.when,
                kind.deviation,
            )


class KindReport(NamedTuple):
    """One kind, explained."""

    kind: ChangeKind

    def to_document(self) -> Page:
        """Return everything that the table states about a kind."""
        kind = self.kind
        pairs = [
            ("When", kind.when),
            ("Area", kind.area),
            ("Effect", kind.effect),
            ("Level", get_default_level(kind)),
            ("Deviation", kind.deviation),
            ("Mirror", _format_mirror(kind)),
            ("No mirror because", kind.waiver),
            ("Wording", str(load_catalogue(ENGLISH).get_template(f"change.{kind.name}"))),
        ]
        facts = tuple(Fact(Span(name, Style.STRONG), (mark_code(text),)) for name, text in pairs if text)
        override = f"A list can set another level for it: `levels: {{{kind.name}: notice}}`"
        return Heading(make_line(kind.name), 1), Facts(facts), Paragraph(mark_code(override))

    def to_record(self) -> KindRecord:
        """Return `subproc/kind/1`."""
        return {"schema": "subproc/kind/1", **_build_kind_record(self.kind)}

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each fact."""
        yield "fact", "value"
        for name, value in _build_kind_record(self.kind).items():
            yield name, str(value or "")


def _build_kind_record(kind: ChangeKind) -> KindFields:
    return {
        "kind": kind.name,
        "area": str(kind.area),
        "level": str(get_default_level(kind)),
        "effect": str(kind.effect),
        "when": kind.when,
        "mirror": kind.mirror or None,
        "waiver": kind.waiver or None,
        "deviation": kind.deviation or None,
    }
