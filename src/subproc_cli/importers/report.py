"""What an import made of a file: `subproc import`."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from subproc_cli.importers.statistics import ImportSummary, LabelCount
from subproc_cli.output.document import (
    Block,
    Bullets,
    Heading,
    Page,
    Paragraph,
    Table,
    dim,
    format_count,
    make_line,
)

SCHEMA = "subproc/intake/1"
_HEADS = ("column or label", "read as", "read", "guessed", "as text", "empty")
_ALL_CUT = "are shortened; --report json shows all of them"
_LONGEST = 160
"""Characters of a skipped text that people are shown; the record has all."""


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
            blocks.append(Paragraph(make_line(self._summary())))
        remarks = (*report.remarks, *self._left_out())
        if remarks:
            blocks += [Heading(make_line("To look at")), Bullets(tuple(map(make_line, remarks)))]
        if report.skipped:
            blocks.append(Heading(make_line("Text that belongs to no service")))
            blocks.append(Bullets(tuple(make_line(_short(text)) for text in report.skipped)))
            cut = sum(_short(text) != " ".join(text.split()) for text in report.skipped)
            if cut:
                is_cut = "is shortened; --report json shows all of it" if cut == 1 else _ALL_CUT
                blocks.append(Paragraph(make_line(f"{format_count(cut, 'text')} {is_cut}.")))
        return tuple(blocks)

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
        guessed, kept = self.report.guessed, self.report.kept
        return (
            f"{format_count(guessed, 'guess', 'guesses')}: "
            "each line is marked, and subproc check counts them. "
            f"{format_count(kept, 'text')} kept in the notes, whole or in part."
        )

    def to_record(self) -> dict[str, Any]:
        """Return the same as plain data, with every skipped text in full."""
        report = self.report
        return {
            "schema": SCHEMA,
            "file": report.file,
            "services": report.services,
            "labels": [count._asdict() | {"path": count.path or None} for count in report.counts],
            "remarks": list(report.remarks),
            "left_out": list(report.left_out),
            "skipped": list(report.skipped),
        }

    def to_rows(self) -> Iterable[tuple[str, ...]]:
        """Return the counts as rows."""
        yield _HEADS
        for count in self.report.counts:
            yield tuple(map(str, count))


def _row(count: LabelCount) -> tuple[tuple[Any, ...], ...]:
    numbers = (count.read, count.guessed, count.kept, count.empty)
    path = make_line(count.path) if count.path else make_line(dim("not known"))
    return (make_line(count.label), path, *(make_line(str(number) if number else "") for number in numbers))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rstrip()} …"
