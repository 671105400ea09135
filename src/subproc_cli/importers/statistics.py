"""Counts for each column or label what was read, guessed and kept as text."""

from enum import StrEnum
from typing import NamedTuple

from subproc_cli.importers.text.parsed import ParsedValue

INFERRED = "(inferred)"
"""The label of what is guessed from texts of other fields: a link, a legal form in a name."""


class LabelCount(NamedTuple):
    """What became of the texts under one label.

    Attributes:
        label: the head of the column, or the label, as it is written.
        path: the field that it was read as; empty if it is known as none.
        read: texts understood in full.
        guessed: texts of which something was guessed.
        kept: texts that are in the notes, whole or in part; some of these are counted as guessed as well.
        empty: services without a text.
        by_label: texts that are guesses for no other reason than their label, so that `--map` settles them.
    """

    label: str
    path: str
    read: int = 0
    guessed: int = 0
    kept: int = 0
    empty: int = 0
    by_label: int = 0


class Tally:
    """Counts by label, in the order in which the labels turned up."""

    def __init__(self) -> None:
        self._counts: dict[str, LabelCount] = {}

    def add(self, label: str, path: str, reading: ParsedValue | None) -> None:
        """Count one text; None is an empty one."""
        known = self._counts.get(label) or LabelCount(label, path)
        if reading is None:
            self._counts[label] = known._replace(empty=known.empty + 1)
            return
        kept = bool(reading.rest)
        self._counts[label] = known._replace(
            read=known.read + (not kept and not reading.guessed),
            guessed=known.guessed + reading.guessed,
            kept=known.kept + kept,
        )

    def add_guess_by_label(self, label: str) -> None:
        """Count that a text is a guess for no other reason than its label."""
        known = self._counts[label]
        self._counts[label] = known._replace(by_label=known.by_label + 1)

    def add_inferred(self, path: str) -> None:
        """Count a value that is guessed from other texts than those under a label of its field."""
        key = f"{INFERRED} {path}"
        known = self._counts.get(key) or LabelCount(INFERRED, path)
        self._counts[key] = known._replace(guessed=known.guessed + 1)

    @property
    def counts(self) -> tuple[LabelCount, ...]:
        """The counts of all labels that have a text anywhere."""
        return tuple(count for count in self._counts.values() if count.read or count.guessed or count.kept)


class DifferenceKind(StrEnum):
    """How a file differs from a list."""

    NEW = "new"
    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


class Difference(NamedTuple):
    """A difference between a file and a list.

    Attributes:
        kind: what differs.
        service: the id of the service.
        field: the field; empty if it is the service as a whole.
        sentence: what differs, in words.
        command: what to type to take it over; empty if it is written already.
    """

    kind: DifferenceKind
    service: str
    field: str
    sentence: str
    command: str = ""


class ImportSummary(NamedTuple):
    """What an import made of a file.

    Attributes:
        file: its name.
        services: how many services were found.
        counts: what became of the texts under each label.
        remarks: what a person should look at, one sentence each.
        skipped: texts that belong to no service and are nowhere in the list.
        left_out: services that are not in use, each with all that is stated about it and why it is left out.
        marks: how many values of the list are marked as guessed.
        differences: how the file differs from a list; their sentences are remarks as well.
    """

    file: str
    services: int
    counts: tuple[LabelCount, ...]
    remarks: tuple[str, ...]
    skipped: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    marks: int = 0
    differences: tuple[Difference, ...] = ()

    @property
    def guessed(self) -> int:
        """How many texts were guessed at."""
        return sum(count.guessed for count in self.counts)

    @property
    def kept(self) -> int:
        """How many texts are in the notes."""
        return sum(count.kept for count in self.counts)
