"""What an import made of a file: `subproc import`."""

import shlex
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, NamedTuple

from typing_extensions import TypedDict

from subproc_cli.importers.statistics import Difference, DifferenceKind, ImportSummary, LabelCount
from subproc_cli.output.document import (
    Block,
    Bullets,
    Code,
    Heading,
    Page,
    Paragraph,
    Table,
    dim,
    format_count,
    make_line,
)
from subproc_cli.output.record import describe_field

_HEADS = ("column or label", "read as", "read", "guessed", "as text", "empty")
_ALL_CUT = "are shortened; a new list has them in full, in the comments at its head"
_TITLES = {
    DifferenceKind.NEW: "New services",
    DifferenceKind.ADDED: "Added",
    DifferenceKind.CHANGED: "Changed",
    DifferenceKind.GONE: "Gone",
}
_LONGEST = 160
"""Maximum number of characters of a skipped text that is shown to people; the record has all of it."""


class LabelRecord(TypedDict):
    """What an import made of the texts under one column or label."""

    label: Annotated[str, describe_field("The column or label as the file writes it.")]
    path: Annotated[
        str | None, describe_field("The field that it was read as; null if the label is not known.")
    ]
    read: Annotated[int, describe_field("How many texts were read in full.")]
    guessed: Annotated[int, describe_field("How many texts were guessed at, at least in part.")]
    kept: Annotated[int, describe_field("How many texts were kept in the notes, at least in part.")]
    empty: Annotated[int, describe_field("How many services have no text under this label.")]
    by_label: Annotated[
        int, describe_field("How many texts are guesses because of the label alone; --map settles them.")
    ]


class DifferenceRecord(TypedDict):
    """A difference between a file and a list that it is imported into."""

    kind: Annotated[str, describe_field("new, added, changed or gone.")]
    service: Annotated[str, describe_field("The id of the service.")]
    field: Annotated[str | None, describe_field("The field; null for the service as a whole.")]
    message: Annotated[str, describe_field("The difference in words.")]
    command: Annotated[str | None, describe_field("What to type to take it over; null if it is written.")]


class ImportRecord(TypedDict):
    """The record `subproc/intake/1`."""

    schema: Annotated[Literal["subproc/intake/1"], describe_field("The name and number of this record.")]
    file: Annotated[str, describe_field("The name of the file that was read.")]
    services: Annotated[int, describe_field("How many services were found.")]
    marks: Annotated[
        int,
        describe_field("How many values of the list are marked as guessed, as subproc accept counts them."),
    ]
    labels: Annotated[list[LabelRecord], describe_field("What became of the texts under each label.")]
    remarks: Annotated[list[str], describe_field("What a person should look at, one sentence each.")]
    left_out: Annotated[
        list[str], describe_field("The services that are not in use and were left out, with the reason.")
    ]
    skipped: Annotated[list[str], describe_field("The texts that belong to no service.")]
    differences: Annotated[
        list[DifferenceRecord], describe_field("How the file differs from the list of --into.")
    ]


class ImportReport(NamedTuple):
    """The report of an import."""

    report: ImportSummary

    def to_document(self) -> Page:
        """Return what was read, guessed and kept as text, and what is left over."""
        report = self.report
        blocks: list[Block] = [
            Paragraph(make_line(f"{report.file}: {format_count(report.services, 'service')}."))
        ]
        if report.counts:
            blocks.append(Table(_HEADS, tuple(map(_row, report.counts))))
            blocks += [Paragraph(make_line(sentences))] if (sentences := self._summary()) else []
        blocks += self._build_differences()
        told = {each.sentence for each in report.differences}
        own = (remark for remark in report.remarks if remark not in told)
        remarks = (*self._iter_mappings(), *own, *self._left_out())
        if remarks:
            blocks += [Heading(make_line("To look at")), Bullets(tuple(map(make_line, remarks)))]
        if report.skipped:
            blocks.append(Heading(make_line("Text that belongs to no service")))
            blocks.append(Bullets(tuple(make_line(_short(text)) for text in report.skipped)))
            cut = sum(_short(text) != " ".join(text.split()) for text in report.skipped)
            if cut:
                is_cut = (
                    "is shortened; a new list has it in full, in the comments at its head"
                    if cut == 1
                    else _ALL_CUT
                )
                blocks.append(Paragraph(make_line(f"{format_count(cut, 'text')} {is_cut}.")))
        return tuple(blocks)

    def _build_differences(self) -> Iterator[Block]:
        """Yield what differs from a list by its kind, each with what to type unless it is written."""
        for kind, title in _TITLES.items():
            found = [each for each in self.report.differences if each.kind is kind]
            if found:
                yield Heading(make_line(title))
                yield Bullets(tuple(make_line(each.sentence) for each in found))
                commands = [each.command for each in found if each.command]
                if commands:
                    yield Paragraph(
                        make_line("To take it over:" if len(commands) == 1 else "To take them over:")
                    )
                    yield Code(tuple(commands), "console")

    def _left_out(self) -> tuple[str, ...]:
        """Return the services that are not in use, with how many they are before them."""
        left_out = self.report.left_out
        if not left_out:
            return ()
        are, they_are = ("is", "it is") if len(left_out) == 1 else ("are", "they are")
        return (
            f"{format_count(len(left_out), 'service')} {are} left out because {they_are} not in use:",
            *left_out,
        )

    def _summary(self) -> str:
        marks, kept = self.report.marks, self.report.kept
        guessed = format_count(marks, "value of the list is", "values of the list are")
        sentences = []
        if marks:
            sentences.append(
                f"{guessed} marked as guessed: check each, then remove the markers with subproc accept."
            )
        if kept:
            texts = format_count(kept, "text is", "texts are")
            sentences.append(f"{texts} kept in the notes, in whole or in part.")
        return " ".join(sentences)

    def _iter_mappings(self) -> Iterator[str]:
        """Yield what to type where a column was understood by its contents, but not surely by its header."""
        doubtful = [count for count in self.report.counts if count.by_label]
        if doubtful:
            number = sum(count.by_label for count in doubtful)
            options = " ".join(f"--map {shlex.quote(f'{count.label}={count.path}')}" for count in doubtful)
            guesses = format_count(number, "text is a guess", "texts are guesses")
            yield (
                f"{guesses} only because the field of the label is a guess; if the field is right, "
                f"import again with {options}"
            )
        unknown = [count.label for count in self.report.counts if not count.path and count.label[:1] != "("]
        if unknown:
            example = shlex.quote(f"{unknown[0]}=FIELD")
            yield (
                f"{format_count(len(unknown), 'column or label is', 'columns or labels are')} not known, "
                f"so the texts are in the notes; to read one as a field: --map {example}"
            )

    def to_record(self) -> ImportRecord:
        """Return `subproc/intake/1`, with every skipped text in full."""
        report = self.report
        return {
            "schema": "subproc/intake/1",
            "file": report.file,
            "services": report.services,
            "marks": report.marks,
            "labels": [_build_label_record(count) for count in report.counts],
            "remarks": list(report.remarks),
            "left_out": list(report.left_out),
            "skipped": list(report.skipped),
            "differences": list(map(_build_difference_record, report.differences)),
        }

    def to_rows(self) -> Iterable[tuple[str, ...]]:
        """Return the counts as rows."""
        yield _HEADS
        for count in self.report.counts:
            yield tuple(
                map(str, (count.label, count.path, count.read, count.guessed, count.kept, count.empty))
            )


def _row(count: LabelCount) -> tuple[tuple[Any, ...], ...]:
    numbers = (count.read, count.guessed, count.kept, count.empty)
    path = make_line(count.path) if count.path else make_line(dim("not known"))
    return (make_line(count.label), path, *(make_line(str(number) if number else "") for number in numbers))


def _build_label_record(count: LabelCount) -> LabelRecord:
    return {
        "label": count.label,
        "path": count.path or None,
        "read": count.read,
        "guessed": count.guessed,
        "kept": count.kept,
        "empty": count.empty,
        "by_label": count.by_label,
    }


def _build_difference_record(difference: Difference) -> DifferenceRecord:
    return {
        "kind": difference.kind,
        "service": difference.service,
        "field": difference.field or None,
        "message": difference.sentence,
        "command": difference.command or None,
    }


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rstrip()} …"
