"""Compares what was imported with a list that exists, and adds to the list or brings it up to date.

Without an update, what the list states stays as it is, whatever the file says: new services are added, and
facts where the list is silent. Every other difference stays open, with a command; an update writes it.
"""

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import takewhile
from typing import Any, NamedTuple

from subproc_cli.errors import UsageError
from subproc_cli.importers import serialize
from subproc_cli.importers.draft import LISTS, Draft
from subproc_cli.importers.matching import (
    describe_difference,
    describe_more,
    get_at,
    is_own_id,
    is_silent,
    match_services,
)
from subproc_cli.importers.pipeline import ImportResult
from subproc_cli.importers.statistics import Difference, DifferenceKind
from subproc_cli.importers.text.parsed import Fact
from subproc_cli.registry import introspect
from subproc_cli.registry.comments import find_guessed_fields
from subproc_cli.registry.incremental import is_usual_layout, split_services
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml import reader
from subproc_cli.yaml.editor import Edit, Put, Remove, apply_edits
from subproc_cli.yaml.layout import format_value
from subproc_cli.yaml.source import Source

_NUMBER = re.compile(r"(?<=.)-\d+\Z")
_EMPTY = re.compile(r"^services: *\{ *\}", re.MULTILINE)


class MergeResult(NamedTuple):
    """A list with what was added to it.

    Attributes:
        content: the bytes of the list.
        differences: all differences between the file and the list as it was.
    """

    content: bytes
    differences: tuple[Difference, ...]

    @property
    def added(self) -> tuple[str, ...]:
        """The ids of the new services."""
        return tuple(each.service for each in self.differences if each.kind is DifferenceKind.NEW)

    @property
    def filled(self) -> tuple[tuple[str, str], ...]:
        """Where a service was silent: its id and the field."""
        return tuple(
            (each.service, each.field) for each in self.differences if each.kind is DifferenceKind.ADDED
        )

    @property
    def differing(self) -> tuple[str, ...]:
        """One sentence for each fact that the list states otherwise, and each service it has alone."""
        kinds = (DifferenceKind.CHANGED, DifferenceKind.GONE)
        return tuple(each.sentence for each in self.differences if each.kind in kinds)


class _Change(NamedTuple):
    """A difference, the edit that takes it over, and whether its value is a guess."""

    difference: Difference
    edit: Edit
    guessed: bool = False


def merge_into_registry(
    source: Source,
    registry: Registry,
    made: ImportResult,
    today: date | None = None,
    *,
    update: bool = False,
) -> MergeResult:
    """Return a list with what was imported added to it.

    Args:
        source: the list.
        registry: its contents.
        made: what was imported.
        today: the day of the change where the file states none.
        update: whether changed values, the end of services and the date are written as well.

    Raises:
        UsageError: the layout of the file leaves no safe place for a change.
    """
    read, _ = reader.parse(source)
    stated = read.data["services"] if read else {}
    known = match_services(registry, made.drafts, stated)
    comparison = _Comparison(made, "" if update else "kept as in the registry; ")
    guesses = _find_guesses(registry, stated) if update else {}
    changes = [
        change
        for key, draft in known.items()
        for change in comparison.iter_changes(key, draft, stated[key], guesses.get(key, ()))
    ]
    gone = [key for key, each in registry.model.services.items() if key not in known and each.until is None]
    day = made.dated or today
    changes += [_retire(key, day) for key in gone]
    taken = [id(draft) for draft in known.values()]
    new = {key: draft for key, draft in made.drafts.items() if id(draft) not in taken}
    new = _renamed(new, registry.model.services)
    written = [each for each in changes if update or each.difference.kind is DifferenceKind.ADDED]
    if update and (written or new) and day and registry.model.date != day:
        content = apply_edits(source, Put(("date",), day.isoformat()), field_order=introspect.list_fields)
        source = Source(source.name, content)
    content = _apply(source, written)
    differences = (
        *(Difference(DifferenceKind.NEW, key, "", f"{key}: is new") for key in new),
        *(each.difference._replace(command="") if each in written else each.difference for each in changes),
    )
    return MergeResult(_appended(Source(source.name, content), new), differences)


def _find_guesses(registry: Registry, stated: Any) -> dict[str, list[str]]:
    """Return the fields of each service whose value is a guess as a whole, which nobody has accepted."""
    marks: Counter[tuple[str, str]] = Counter()
    for route in find_guessed_fields(registry):
        match route:
            case ("services", str(key), *steps) if steps:
                names = takewhile(
                    lambda step: isinstance(step, str), steps
                )  # the rest is in an item of a list
                marks[key, ".".join(map(str, names))] += 1
            case _:
                pass
    found: dict[str, list[str]] = {}
    for (key, path), count in marks.items():
        value = get_at(stated.get(key), path)
        if not isinstance(value, list) or count >= len(value):
            found.setdefault(key, []).append(path)
    return found


def _retire(key: str, day: date | None) -> _Change:
    sentence = f"{key}: is in the registry but not in the file"
    command = f"subproc retire {key} --until {day or 'DATE'}"
    edit = Put(("services", key, "until"), day.isoformat() if day else "")
    return _Change(Difference(DifferenceKind.GONE, key, "", sentence, command), edit)


class _Comparison:
    """Compares services of a file with those of a list."""

    def __init__(self, made: ImportResult, kept: str) -> None:
        self._kept = kept
        self._labels: dict[str, tuple[str, ...]] = {}
        for count in made.report.counts:
            if not count.label.startswith("("):
                known = self._labels.get(count.path, ())
                self._labels[count.path] = (*known, f"{count.label}:")

    def iter_changes(self, key: str, draft: Draft, stated: Any, guesses: Iterable[str]) -> Iterator[_Change]:
        """Yield what the file states about a service and the list does not, and what only the list says.

        Args:
            key: the id of the service.
            draft: what the file states about it.
            stated: what the list states about it.
            guesses: the fields of the list that are guesses; without a reason in the file they go.
        """
        name = str(stated["name"])
        if draft.name.split() != name.split() and draft.name.casefold() != name.casefold():
            sentence = f"{draft.name} in the file is matched to {name} in the registry"
            yield _make_change(key, "name", sentence, draft.name)
        notes = _Notes(draft.first_note(), str(stated.get("notes") or ""), tuple(self._labels.values()))
        facts: dict[str, list[Fact]] = {}
        for fact in draft:
            facts.setdefault(fact.path, []).append(fact)
        for path in [path for path in facts if path not in ("name", "notes")]:
            if path == "service_type" and self._kept and path not in draft.stated:
                continue  # a kind that is guessed from the purpose is for new services only, or an update
            yield from self._compare_field(key, path, facts[path], get_at(stated, path))
        for path in self._labels:
            if path not in ("", "name", "notes", *facts) and not is_silent(get_at(stated, path)):
                yield from self._compare_silence(key, path, draft, notes)
        for path in guesses:
            if path not in ("name", "notes", *facts, *self._labels, *draft.unread):
                yield _make_change(
                    key, path, f"{path}: was guessed from what the file no longer states", None
                )
        if notes.differ():
            yield _make_change(key, "notes", f"notes: {self._kept}{notes.describe()}", notes.merge() or None)

    def _compare_field(self, key: str, path: str, facts: list[Fact], now: Any) -> Iterator[_Change]:
        """Yield how a field of the list differs from the facts of a file."""
        value = [fact.value for fact in facts] if path in LISTS else facts[0].value
        guessed = any(fact.guessed for fact in facts)
        told = [*filter(None, (describe_difference(now, facts), describe_more(now, facts)))]
        if is_silent(now):
            change = _make_change(key, path, f"{path} was not stated and is added", value)
            difference = change.difference._replace(kind=DifferenceKind.ADDED)
            yield change._replace(difference=difference, guessed=guessed)
        elif told:
            sentence = f"{path}: {self._kept}{' and '.join(told)}"
            yield _make_change(key, path, sentence, value)._replace(guessed=guessed)

    def _compare_silence(self, key: str, path: str, draft: Draft, notes: "_Notes") -> Iterator[_Change]:
        """Yield how a field that the list states differs from a file without a fact for it."""
        unread = [line for line in notes.added if line.startswith(self._labels[path])]
        if path in draft.unread or unread:
            text = "; ".join(unread) or "a text"
            value: list[str] | None = [] if path in draft.unread else None
            sentence = f"{path}: {self._kept}the file has text that is not understood: {text}"
            yield _make_change(key, path, sentence, value)._replace(guessed=True)
        elif path not in draft.stated:
            yield _make_change(key, path, f"{path}: {self._kept}the file no longer states it", None)


class _Notes:
    """The notes of a service in a file and in a list, line by line.

    A line of the list with a label of the file is of an earlier import; others were written by a person.
    """

    def __init__(self, text: str, known: str, labels: tuple[tuple[str, ...], ...]) -> None:
        lines, before = text.splitlines(), known.splitlines()
        imported = tuple(label for each in labels for label in each)
        self.added = [line for line in lines if line not in before]
        self.gone = [line for line in before if line not in lines and line.startswith(imported)]
        self._before = before
        self._lines = lines

    def differ(self) -> bool:
        """Return whether the file and the list have other lines."""
        return bool(self.added or self.gone)

    def merge(self) -> str:
        """Return the notes of the list with what the file says now, in its order and after other lines."""
        return "\n".join(
            (*(line for line in self._before if line not in self.gone + self._lines), *self._lines)
        )

    def describe(self) -> str:
        """Return how the notes differ."""
        parts = {"the file states": self.added, "the file does not state": self.gone}
        return " and ".join(
            f"{verb} {format_value(chr(10).join(lines))}" for verb, lines in parts.items() if lines
        )


def _make_change(key: str, path: str, sentence: str, value: Any) -> _Change:
    """Return a change of a field to a value; None removes it."""
    route = ("services", key, *path.split("."))
    words = shlex.quote(value if isinstance(value, str) else format_value(value))
    command = f"subproc set {key} {path} {'--unset' if value is None else words}"
    edit: Edit = Remove(route) if value is None else Put(route, value)
    difference = Difference(DifferenceKind.CHANGED, key, path, f"{key}: {sentence}", command)
    return _Change(difference, edit)


def _renamed(new: Mapping[str, Draft], taken: Iterable[str]) -> dict[str, Draft]:
    """Return new services under ids that are free."""
    used = set(taken)
    found: dict[str, Draft] = {}
    for key, draft in new.items():
        free, number = key, 1
        first = key if is_own_id(key, draft) else _NUMBER.sub("", key)
        while free in used:
            number += 1
            free = f"{first}-{number}"
        used.add(free)
        found[free] = draft
    return found


def _apply(source: Source, changes: list[_Change]) -> bytes:
    """Return a list with changes made; each service is edited on its own where the layout allows that."""
    split = split_services(source.text) if changes else None
    keys = {str(each.difference.service) for each in changes}
    if split is None or not all(key in split.blocks and is_usual_layout(split.blocks[key]) for key in keys):
        return _edit(source, changes)
    by_service: dict[str, list[_Change]] = {}
    for change in changes:
        by_service.setdefault(change.difference.service, []).append(change)
    blocks = dict(split.blocks)
    for key, own in by_service.items():
        lone = Source(source.name, f"services:\n{blocks[key]}".encode())
        blocks[key] = _edit(lone, own).decode().removeprefix("services:\n")
    return source.encode("".join((split.head, *blocks.values(), split.tail)))


def _edit(source: Source, changes: list[_Change]) -> bytes:
    """Return a list with changes made; the lines of guesses are marked."""
    edits = (each.edit for each in changes)
    content = apply_edits(source, *edits, field_order=introspect.list_fields) if changes else source.content
    read, _ = reader.parse(Source(source.name, content))
    puts = [(each.edit.path, each.guessed) for each in changes if isinstance(each.edit, Put)]
    guessed = {read.locate(path, of_key=True).line for path, is_guess in puts if is_guess} if read else set()
    lines = content.splitlines(keepends=True)
    for number in guessed:
        lines[number - 1] = _marked(lines[number - 1])
    return b"".join(lines)


def _marked(line: bytes) -> bytes:
    bare = line.rstrip(b"\r\n")
    mark = serialize.GUESSED.encode()
    return line if bare.endswith(mark) else bare + mark + line[len(bare) :]


def _appended(source: Source, new: Mapping[str, Draft]) -> bytes:
    """Return a list with services after those that it has.

    Raises:
        UsageError: its services are not one below the other.
    """
    if not new:
        return source.content
    text = source.text
    crlf = "\r\n" in text
    text = _EMPTY.sub("services:", text.replace("\r\n", "\n"), count=1)
    before, after, indent = _place(source.name, text)
    added = "\n".join(_lines(new, indent))
    made = f"{before}{added}\n{after}"
    return source.encode(made.replace("\n", "\r\n") if crlf else made)


def _lines(new: Mapping[str, Draft], indent: str) -> Iterator[str]:
    yield ""
    yield from serialize.iter_service_lines(new, indent)


def _place(name: str, text: str) -> tuple[str, str, str]:
    """Return the text before and after the place for new services, and their indentation."""
    split = split_services(text)
    if split is None and text.rstrip().endswith("\nservices:"):
        return f"{text.rstrip()}\n", "", "  "
    if split is None:
        message = f"{name}: cannot add a service to this layout"
        raise UsageError(message, "write each service on lines of its own, indented")
    last = list(split.blocks.values())[-1]
    lines = last.splitlines(keepends=True)
    kept = [at for at, line in enumerate(lines) if line.strip() and line[0] == " "]
    end = sum(map(len, lines[: kept[-1] + 1]))
    cut = len(text) - len(split.tail) - len(last) + end
    before = text[:cut] if text[:cut].endswith("\n") else f"{text[:cut]}\n"
    return before, text[cut:], last[: len(last) - len(last.lstrip(" "))]
