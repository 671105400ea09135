"""The form of a recording: one entry a command, with a line that names it and indented lines of what it printed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

HEAD = "$ "
INDENT = "  "
NOTHING = "(nothing)"
_WORD = re.compile(r"\w[\w'’./-]*|[^\w\s]")
CONTEXT = 2
"""Lines that are shown before and after a difference."""


class Entry(NamedTuple):
    """What one command did, in lines."""

    head: str
    lines: tuple[str, ...]


class Difference(NamedTuple):
    """One place of one entry that differs."""

    where: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    shown: tuple[str, ...]


def render(entries: Iterable[Entry]) -> str:
    """Return the text of a recording."""
    return "".join("\n".join((f"{HEAD}{entry.head}", *entry.lines, "", "")) for entry in entries)


def parse(text: str) -> list[Entry]:
    """Return the entries of a recording."""
    entries: list[Entry] = []
    for line in text.split("\n"):
        if line.startswith(HEAD):
            entries.append(Entry(line.removeprefix(HEAD), ()))
        elif entries:
            entries[-1] = Entry(entries[-1].head, (*entries[-1].lines, line))
    return [Entry(head, _without_last_blank(lines)) for head, lines in entries]


def _without_last_blank(lines: tuple[str, ...]) -> tuple[str, ...]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def indent(lines: Iterable[str]) -> list[str]:
    """Return lines of output as they are written in an entry."""
    return [f"{INDENT}{line}" if line else "" for line in lines]


def compare(name: str, recorded: str, present: str) -> list[Difference]:
    """Return what differs between two recordings, in the order of the present one.

    Args:
        name: of the recording, to say where a difference is.
        recorded: the text of the recording.
        present: the same, as the program would be recorded now.
    """
    old, new = ({entry.head: entry.lines for entry in parse(text)} for text in (recorded, present))
    found = []
    for head in [*new, *(head for head in old if head not in new)]:
        where = f"{name}: {HEAD}{head}"
        if head not in old:
            found.append(Difference(where, (), ("(not recorded)",), ("+ (this command is not recorded)",)))
        elif head not in new:
            found.append(
                Difference(where, ("(gone)",), (), ("- (this command is recorded and not run any more)",))
            )
        else:
            found += _compare_entries(where, old[head], new[head])
    return found


def _compare_entries(where: str, old: tuple[str, ...], new: tuple[str, ...]) -> list[Difference]:
    if old == new:
        return []
    found = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT):
        removed: list[str] = []
        added: list[str] = []
        shown: list[str] = []
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                shown += [f"  {line}" for line in old[old_start:old_end]]
            else:
                removed += old[old_start:old_end]
                added += new[new_start:new_end]
                shown += [f"- {line}" for line in old[old_start:old_end]]
                shown += [f"+ {line}" for line in new[new_start:new_end]]
        found.append(Difference(where, tuple(removed), tuple(added), tuple(shown)))
    return found


def show(differences: Iterable[Difference], *, is_complete: bool = False) -> list[str]:
    """Return the lines that a person reads.

    One change of a program often shows in many places. So lines that are replaced by the same lines are shown
    once, with their number and the first of their places.

    Args:
        differences: what to show.
        is_complete: show every place.
    """
    groups: dict[object, list[Difference]] = {}
    for number, difference in enumerate(differences):
        key = number if is_complete else (difference.removed, difference.added)
        groups.setdefault(key, []).append(difference)
    lines, last = [], ""
    for places in groups.values():
        first, *others = places
        if first.where != last:
            lines += ["", first.where]
            last = first.where
        else:
            lines.append("  ...")
        lines += first.shown
        if others:
            lines.append(f"  (the same in {len(others)} more places: {_name_recordings(others)})")
            last = ""
    return lines[1:]


def _name_recordings(places: Iterable[Difference], most: int = 5) -> str:
    names = list(count(places))
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def summarize(differences: Iterable[Difference]) -> list[str]:
    """Return a line for each replacement of words by others, the most frequent first.

    Where a sentence that is part of many outputs was worded differently, this is the list to read first. Lines may
    be wrapped differently and only words count, so it does not show everything.
    """
    found: dict[tuple[str, str], list[Difference]] = {}
    for difference in differences:
        for replacement in _find_replacements(difference.removed, difference.added):
            found.setdefault(replacement, []).append(difference)
    ordered = sorted(found.items(), key=lambda item: -len(item[1]))
    return [
        f"{len(places):5}  {old or NOTHING}  ->  {new or NOTHING}   ({_name_recordings(places, 3)})"
        for (old, new), places in ordered
    ]


def _find_replacements(removed: Iterable[str], added: Iterable[str]) -> Iterator[tuple[str, str]]:
    old, new = (_WORD.findall(" ".join(lines)) for lines in (removed, added))
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            after = 0 if tag == "replace" else 1  # a word that comes or goes is seen with the next one
            yield _shorten(old[old_start : old_end + after]), _shorten(new[new_start : new_end + after])


def _shorten(words: list[str], most: int = 100) -> str:
    text = " ".join(words)
    return text if len(text) <= most else f"{text[: most // 2]} ... {text[-most // 2 :]}"


def count(differences: Iterable[Difference]) -> Mapping[str, int]:
    """Return how many differences there are in each recording."""
    counts: dict[str, int] = {}
    for difference in differences:
        name = difference.where.split(":", 1)[0]
        counts[name] = counts.get(name, 0) + 1
    return counts
