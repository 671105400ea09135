"""The changes between two revisions: `subproc diff`."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.describe.header import list_record
from subproc_cli.diagnostics import Where
from subproc_cli.diff.change import Change, bump, highest, next_version, numbers
from subproc_cli.diff.sentences import in_language
from subproc_cli.enums import Bump, Direction, Language, Level
from subproc_cli.output.document import (
    Bullets,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Tone,
    counted,
    faint,
    line,
    strong,
)
from subproc_cli.registry.registry import Index

_READ_THIS = " (read this: a program cannot judge it)"
_TITLES = {
    Level.NOTICE: ("Notice", Tone.NOTICE, "customers must be told in advance"),
    Level.INFORM: ("Inform", Tone.INFORM, "worth telling, no waiting"),
    Level.EDITORIAL: ("Editorial", Tone.EDITORIAL, "no meaning for customers"),
}


class ChangesView(NamedTuple):
    """Changes, grouped by what they demand."""

    old: Index
    new: Index
    changes: tuple[Change, ...]

    def page(self) -> Page:
        """Return the changes by level, the most demanding first."""
        head = Paragraph(line(faint(f"{_name(self.old)} → {_name(self.new)}")))
        if not self.changes:
            return head, Paragraph(line("No change: both revisions say the same."))
        counts = Counter(change.level for change in self.changes)
        levels = ", ".join(f"{counts[level]} {level}" for level in Level if counts[level])
        total = f"{counted(len(self.changes), 'change')} ({levels}): "
        blocks: list[Any] = [
            head,
            Paragraph(line(total, strong(self._bump()), f"; {self._version()}")),
        ]
        for level in Level:
            found = [change for change in self.changes if change.level is level]
            if found:
                title, tone, meaning = _TITLES[level]
                blocks.append(Heading(line(Span(f"{title} ({len(found)})", tone), f": {meaning}")))
                blocks.append(Bullets(tuple(self._line(change) for change in found)))
        return tuple(blocks)

    def _bump(self) -> str:
        needed = bump(self.changes)
        return "no bump" if needed is Bump.NONE else f"a {needed} bump"

    def _version(self) -> str:
        """Return whether the version went up as much as the changes need."""
        known, given = self.old.registry.version, self.new.registry.version
        needed = next_version(known, bump(self.changes))
        if numbers(given) >= numbers(needed):
            return f"the version went from {known} to {given}, which is enough."
        return f"the version has to be {needed}, and still is {given}."

    def _line(self, change: Change) -> Line:
        """Return a change with what the whole field states, where that is more than what changed."""
        text = sentence(self.old, self.new, change)
        more = (change.before, change.after) != (change.removed, change.added)
        if more and change.before and change.after and change.before != change.after:
            before, after = (", ".join(side) for side in (change.before, change.after))
            return line(text, faint(f" [{change.field}: {before} → {after}]"))
        if change.direction is Direction.UNDECIDED:
            return line(text, faint(_READ_THIS))
        return line(text)

    def record(self) -> dict[str, Any]:
        """Return `subproc/changes/1`."""
        level = highest(self.changes)
        return {
            "schema": "subproc/changes/1",
            "old": list_record(self.old),
            "new": list_record(self.new),
            "level": str(level) if level else None,
            "bump": str(bump(self.changes)),
            "changes": [change_record(self.old, self.new, change) for change in self.changes],
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
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
                sentence(self.old, self.new, change),
                change.fingerprint,
            )

    def lines(self) -> tuple[str, ...]:
        """Return one line for each change: level, kind, service and sentence, not yet made visible."""
        return tuple(
            f"{each.level} {each.kind} {each.service or '-'}: {sentence(self.old, self.new, each)}"
            for each in self.changes
        )

    def places(self) -> Iterator[tuple[Change, Where, str]]:
        """Yield the changes with the line that each stands in: of the old revision for what is gone."""
        for change in self.changes:
            kept = not change.service or change.service in self.new.registry.services
            where = (self.new if kept else self.old).where(change.route)
            yield change, where, sentence(self.old, self.new, change)


def _name(index: Index) -> str:
    registry = index.registry
    commit = f"commit {index.commit[:12]}, " if index.commit else ""
    return f"{registry.publisher} {registry.version} of {registry.date} ({commit}sha256 {index.sha256[:12]})"


def change_record(old: Index, new: Index, change: Change) -> dict[str, Any]:
    """Return a change as plain data."""
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
        "text": sentence(old, new, change),
        "fingerprint": change.fingerprint,
    }


def sentence(old: Index, new: Index, change: Change) -> str:
    """Return a change as an English sentence without its full stop."""
    return in_language(Language.EN).sentence((old, new), change, iso=True)
