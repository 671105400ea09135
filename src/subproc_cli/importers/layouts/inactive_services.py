"""Leaves out the rows of a list whose services are not in use: former, planned, or named in a log of changes.

Such a row does not become a service of the list, and its dates are not guessed. The report has its text.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from subproc_cli.importers import templates, vocabulary
from subproc_cli.importers.blocks import STRUCK
from subproc_cli.importers.columns import Labels, normalize_label
from subproc_cli.importers.layouts.inactive_sections import (
    find_phrases,
    is_filler,
    is_set_apart,
    load_states,
    remove_phrases,
)
from subproc_cli.importers.mapping import find_field, is_name_cell
from subproc_cli.importers.models import ABOVE, RUNNING, Cell, InactiveService, RawService, RawTable
from subproc_cli.importers.text import dates, split
from subproc_cli.importers.vocabulary import normalize

_STRUCK = re.compile(rf"\A{STRUCK}.+{STRUCK}\Z", re.DOTALL)
_IN_ANOTHER = "another row says that it is not in use"
_TAIL = re.compile(r"\(([^()]{1,60})\)[ .]{0,3}\Z|[,;–—][ ]{0,3}([^,;–—()]{1,60})\Z")
"""What a text adds at its end, in brackets or after a mark."""
_DASH = re.compile(r"\s[–—-]\s|[,;]")


def leave_out(found: RawTable, labels: Labels, today: date) -> RawTable:
    """Return the services in use, and those left out, each with its text and the reason."""
    read = [(entry, _why(entry, labels, today)) for entry in found.entries]
    gone = {_name(entry, labels) for entry, why in read if why and _changes(entry, labels)}
    entries: list[RawService] = []
    left_out = list(found.left_out)
    for entry, said in read:
        is_gone = bool(gone) and bool(_changes(entry, labels)) and _name(entry, labels) in gone
        why = said or (_IN_ANOTHER if is_gone else "")
        if why:
            left_out.append(InactiveService(describe(entry), why))
        else:
            entries.append(entry)
    return found._replace(entries=tuple(entries), left_out=tuple(left_out))


def _name(entry: RawService, labels: Labels) -> str:
    return next((normalize(cell.text) for cell in entry.cells if is_name_cell(cell, labels)), "")


def _changes(entry: RawService, labels: Labels) -> list[str]:
    """Return the columns of an entry that say what changed."""
    return _heads(entry, labels, "changes")


def _heads(entry: RawService, labels: Labels, kind: str) -> list[str]:
    known = vocabulary.load_phrases("not_in_use", kind)
    heads = [cell.label for cell in entry.cells if not labels.maps(cell.label)]
    return [head for head in heads if normalize(head) in known]


def describe(entry: RawService) -> str:
    """Return all that is stated about a service on one line."""
    return " | ".join(
        dict.fromkeys(text for cell in entry.cells if (text := _describe_cell(cell)) and cell.label != ABOVE)
    )


def _describe_cell(cell: Cell) -> str:
    links = (f"<{link}>" for link in cell.links if link not in cell.text)
    text = " ".join((*cell.text.split(), *links))
    return text if not text or cell.label.startswith("(") else f"{cell.label}: {text}"


def _why(entry: RawService, labels: Labels, today: date) -> str:
    """Return why a service is not one in use, empty if it is, or if an export states it."""
    if any(cell.exact for cell in entry.cells):
        return ""
    if entry.is_hidden:
        return "its row is hidden on the page"
    for heading in entry.under:
        if is_set_apart(heading):
            return f"under {heading!r}"
    why = _of_table_of_changes(entry, labels) or next(filter(None, _of_cells(entry, labels, today)), "")
    if not why and templates.is_placeholder_row(entry, labels):
        return "a row of a template"
    return why


def _of_table_of_changes(entry: RawService, labels: Labels) -> str:
    """Return why an entry is of a log and not of a list, empty if it has all that a list has."""
    changes = _changes(entry, labels)
    dated = _heads(entry, labels, "dates") if changes else []
    if not dated:
        return ""
    fields = {field.path for cell in entry.cells if (field := labels.field(cell.label))}
    if {"purpose", "processing"} <= fields:
        return ""
    return f"in a table of changes, with the columns {dated[0]} and {changes[0]}"


def _of_cells(entry: RawService, labels: Labels, today: date) -> Iterator[str]:
    for cell in entry.cells:
        if labels.maps(cell.label) or not cell.text.strip():
            continue
        if cell.label == ABOVE and is_set_apart(cell.text):
            yield f"under {cell.text!r}"
        elif _denies_use(cell) or (labels.field(cell.label) is None and _has_ended(cell, today)):
            yield f"{cell.label}: {' '.join(cell.text.split())}"
        elif is_name_cell(cell, labels):
            yield from _of_name(cell.text)
            yield from _of_tail(cell.text, today)
        elif _is_purpose(cell, labels):
            yield from _of_purpose(cell, today)
        elif _is_note(cell, labels) and _is_state(cell.text):
            yield f"{cell.label}: {' '.join(cell.text.split())}"


def _of_name(name: str) -> Iterator[str]:
    """Yield why a service is not in use by its name: struck through, or with a state in brackets."""
    bare = name.strip()
    if _STRUCK.match(bare) or (bare.startswith(STRUCK) and bare.count(STRUCK) == 1):
        yield "its name is struck through"
    for inside in split.split_brackets(name)[1]:
        if _is_state(inside):
            yield f"({inside})"


def _is_purpose(cell: Cell, labels: Labels) -> bool:
    field = find_field(cell, labels)
    return field is not None and field.path == "purpose"


def _is_note(cell: Cell, labels: Labels) -> bool:
    field = find_field(cell, labels)
    return field is not None and field.path == "notes"


def _of_purpose(cell: Cell, today: date) -> Iterator[str]:
    """Yield why a service is not in use by the end of its purpose: `Mail, discontinued`."""
    known = normalize(cell.text)
    for phrase in find_phrases(known, vocabulary.load_phrases("not_in_use", "ends")):
        is_denied = vocabulary.contains_negation(known.removesuffix(phrase))
        if (known == phrase or known.endswith(f" {phrase}")) and not is_denied:
            yield f"{cell.label}: {' '.join(cell.text.split())}"
    for inside in split.split_brackets(cell.text)[1]:
        state = normalize(_DASH.split(inside)[0])
        if " " in state and state in load_states():
            yield f"({inside})"
    yield from _of_tail(cell.text, today)


def _of_tail(text: str, today: date) -> Iterator[str]:
    """Yield a last day of use that is past, or a first one that is to come, at the end of a text."""
    match = _TAIL.search(" ".join(text.split()))
    tail = " ".join((match[1] or match[2]).split()) if match else ""
    words = tail.split()
    for length in range(1, len(words)):
        opening = normalize(" ".join(words[:length]))
        is_last = opening in vocabulary.load_phrases("not_in_use", "until")
        is_first = opening in vocabulary.load_phrases("not_in_use", "begins")
        period = dates.parse_period(" ".join(words[length:])) if is_last or is_first else None
        if period and ((is_last and period[1] < today) or (is_first and period[0] > today)):
            yield f"({tail})"


def _has_ended(cell: Cell, today: date) -> bool:
    """Return whether a text is a past day under the head of a column of last days."""
    is_end = normalize_label(cell.label) in vocabulary.load_phrases("not_in_use", "ended")
    period = dates.parse_period(cell.text) if is_end else None
    return period is not None and period[1] < today


def _is_state(text: str) -> bool:
    """Return whether a text says that a service is not in use, and nothing else but when."""
    known = normalize(text)
    states = find_phrases(known, load_states())
    return bool(states) and is_filler(remove_phrases(known, states))


class _Head(NamedTuple):
    """What the head of a column says about the use of services, as far as it speaks of that."""

    asks_for_use: bool
    is_state: bool
    is_end: bool
    is_status: bool


@lru_cache(maxsize=256)
def _read_head(label: str) -> _Head:
    head = normalize_label(label)
    return _Head(
        head in vocabulary.load_phrases("not_in_use", "used") or _asks_for_processors(head),
        head in load_states(),
        head in vocabulary.load_phrases("not_in_use", "gone"),
        head in vocabulary.load_phrases("not_in_use", "status")
        or head in vocabulary.load_phrases("not_in_use", "changes"),
    )


def _denies_use(cell: Cell) -> bool:
    """Return whether a text says that a service is internal, or under its header that it is not in use."""
    is_internal = vocabulary.build_pattern("not_in_use", "internal").search(cell.text) is not None
    head = _read_head(cell.label)
    sign = cell.text.strip().rstrip("\ufe0f")
    is_crossed = sign in vocabulary.load_words("not_in_use", "signs")
    if is_internal or (is_crossed and (cell.label == RUNNING or head.is_status)):
        return True
    if not any(head):
        return False
    text = normalize(cell.text)
    answer = cell.text.strip().casefold()
    no, yes = answer in vocabulary.load_words("no"), answer in vocabulary.load_words("yes")
    if no:
        return head.asks_for_use
    if head.is_state and (yes or _is_state(cell.text)):
        return True
    if head.is_end:
        is_blank = not text or text in vocabulary.load_phrases("nothing")
        return not is_blank and dates.parse_day(cell.text) is None
    replaced = vocabulary.load_phrases("not_in_use", "replaced")
    is_replaced = any(text == phrase or text.startswith(f"{phrase} ") for phrase in replaced)
    return head.is_status and not _begins(text) and (is_replaced or bool(find_phrases(text, load_states())))


def _asks_for_processors(head: str) -> bool:
    """Return whether the head of a column, in its normal form, asks whether a service is a subprocessor."""
    return remove_phrases(head, vocabulary.load_phrases("not_in_use", "asking")) in vocabulary.load_phrases(
        "not_in_use", "processors"
    )


def _begins(text: str) -> bool:
    """Return whether a status begins with a word for services in use."""
    return any(
        text == word or text.startswith(f"{word} ")
        for word in vocabulary.load_phrases("not_in_use", "current")
    )
