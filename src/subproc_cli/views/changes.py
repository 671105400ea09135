"""The changes between two revisions: `subproc diff`."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from subproc_cli.diff.change import Change, bump, highest
from subproc_cli.enums import Activation, Basis, Direction, Level, Role
from subproc_cli.notice.wording import en
from subproc_cli.problem import Where
from subproc_cli.registry.index import Index
from subproc_cli.views import words
from subproc_cli.views.about import list_record
from subproc_cli.views.page import (
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
    listed,
    strong,
)

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
        total = f"{counted(len(self.changes), 'change')} ({levels}): the version needs a "
        blocks: list[Any] = [head, Paragraph(line(total, strong(bump(self.changes)), " bump."))]
        for level in Level:
            found = [change for change in self.changes if change.level is level]
            if found:
                title, tone, meaning = _TITLES[level]
                blocks.append(Heading(line(Span(f"{title} ({len(found)})", tone), f": {meaning}")))
                blocks.append(Bullets(tuple(self._line(change) for change in found)))
        return tuple(blocks)

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
    return _template(change).format(
        name=change.name or "The list",
        field=_field((new, old), change),
        removed=_values((old, new), change, change.removed) or en.NOTHING,
        added=_values((new, old), change, change.added) or en.NOTHING,
    )


def _template(change: Change) -> str:
    if change.field == "role" and change.kind == "metadata-changed":
        return en.AFFILIATION
    text = en.SENTENCES[change.kind]
    if "{added}" in text and "{removed}" in text and change.kind != "unclassified-change":
        text = text if change.removed else en.STATED
        text = text if change.added else en.WITHDRAWN
    return text


def _field(sides: tuple[Index, Index], change: Change) -> str:
    """Return the field of a change in words, with the part of it that the change is about."""
    field = change.field
    if not field:
        return "the entry of a service that is no longer used"
    whole, _, part = field.partition(".")
    if whole in en.PARTS and part and change.kind != "metadata-changed":
        in_words = _IN_WORDS.get(whole)
        return en.PARTS[whole].format(part=in_words(sides, part) if in_words else part)
    return en.FIELDS.get(field, f"the field {field}")


def _values(sides: tuple[Index, Index], change: Change, values: tuple[str, ...]) -> str:
    """Return the values of a change in words, by what they are; the side that states them comes first."""
    if change.field not in _IN_WORDS or (change.kind in _AS_WRITTEN and change.field != "role"):
        return listed(values)
    in_words = _IN_WORDS[change.field]
    last = "or" if change.field == "never_sees" else "and"
    return listed((in_words(sides, value) for value in values), last)


def _category(sides: tuple[Index, Index], key: str) -> str:
    known = next((index for index in sides if key in index.tree), None)
    return words.category(known, key) if known else key


def _spot(sides: tuple[Index, Index], name: str) -> str:
    return words.spot(sides[0], name)


_IN_WORDS: dict[str, Callable[[tuple[Index, Index], str], str]] = {
    "sees": _category,
    "never_sees": _category,
    "processing": _spot,
    "entity.country": _spot,
    "transfer": lambda _, value: words.BASES[Basis(value)],
    "activation": lambda _, value: words.ACTIVATIONS[Activation(value)],
    "role": lambda _, value: words.ROLES[Role(value)],
}
_AS_WRITTEN = frozenset(
    ("unclassified-change", "metadata-changed", "data-condition-changed", "place-condition-changed"),
)
