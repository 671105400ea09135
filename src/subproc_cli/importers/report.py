"""What an import made of a file: `subproc import`."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from subproc_cli.importers.statistics import Count, Report
from subproc_cli.output.document import Block, Bullets, Heading, Page, Paragraph, Table, counted, faint, line

SCHEMA = "subproc/intake/1"
_HEADS = ("column or label", "read as", "read", "guessed", "as text", "empty")
_ALL_CUT = "are cut here: --report json has all of them"
_LONGEST = 160
"""Characters of a skipped text that people are shown; the record has all."""


class IntakeView(NamedTuple):
    """The report of an import."""

    report: Report

    def page(self) -> Page:
        """Return what was read, guessed and kept as text, and what is left over."""
        report = self.report
        blocks: list[Block] = [Paragraph(line(f"{report.file}: {counted(report.services, 'service')}."))]
        if report.counts:
            blocks.append(Table(_HEADS, tuple(map(_row, report.counts))))
            blocks.append(Paragraph(line(self._summary())))
        remarks = (*report.remarks, *self._left_out())
        if remarks:
            blocks += [Heading(line("To look at")), Bullets(tuple(map(line, remarks)))]
        if report.skipped:
            blocks.append(Heading(line("Belongs to no service")))
            blocks.append(Bullets(tuple(line(_short(text)) for text in report.skipped)))
            cut = sum(_short(text) != " ".join(text.split()) for text in report.skipped)
            if cut:
                is_cut = "is cut here: --report json has all of it" if cut == 1 else _ALL_CUT
                blocks.append(Paragraph(line(f"{counted(cut, 'text')} {is_cut}.")))
        return tuple(blocks)

    def _left_out(self) -> tuple[str, ...]:
        """Return the services that are not in use, with how many they are before them."""
        left_out = self.report.left_out
        if not left_out:
            return ()
        are = "is" if len(left_out) == 1 else "are"
        return (f"{counted(len(left_out), 'service')} {are} left out as not in use:", *left_out)

    def _summary(self) -> str:
        guessed, kept = self.report.guessed, self.report.kept
        return (
            f"{counted(guessed, 'text')} guessed at: each line is marked, and subproc check counts them. "
            f"{counted(kept, 'text')} kept in the notes, whole or in part."
        )

    def record(self) -> dict[str, Any]:
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

    def rows(self) -> Iterable[tuple[str, ...]]:
        """Return the counts as rows."""
        yield _HEADS
        for count in self.report.counts:
            yield tuple(map(str, count))


def _row(count: Count) -> tuple[tuple[Any, ...], ...]:
    numbers = (count.read, count.guessed, count.kept, count.empty)
    path = line(count.path) if count.path else line(faint("not known"))
    return (line(count.label), path, *(line(str(number) if number else "") for number in numbers))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rstrip()} …"
