"""What a check found: `subproc check`."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.describe import explanations
from subproc_cli.enums import Severity
from subproc_cli.output.document import Bullets, Code, Line, Page, Paragraph, Span, Tone, counted, faint, line
from subproc_cli.registry.registry import Index
from subproc_cli.rules.engine import Found, Report
from subproc_cli.text import listed

WINDOW = 68
"""Characters of a line of the file that are shown around the place of a finding."""
MANY = 20
"""Findings above which they are counted by rule as well, for nobody counts so many."""
_TONES = {Severity.ERROR: Tone.NOTICE, Severity.WARNING: Tone.INFORM, Severity.INFO: Tone.EDITORIAL}


class FindingsView(NamedTuple):
    """Findings with the lines of the file that they are about.

    Attributes:
        checked: the list; None if it cannot be read.
        text: the text of the file; empty if it is none.
    """

    report: Report
    checked: Index | None
    text: str = ""

    def page(self) -> Page:
        """Return each finding with its line and a caret, and the sum."""
        blocks: list[Any] = []
        lines = self.text.split("\n")
        for each in self.report.found:
            tone = _TONES[each.severity]
            code = faint(f" {each.rule.code} {each.rule.name}")
            head = line(f"{each.where}: ", Span(each.severity, tone), code, f": {self.message(each)}")
            hint = f" ({each.hint})" if each.hint else ""
            blocks.append(Paragraph((*head, faint(hint)) if hint else head))
            if 0 < each.where.line <= len(lines):
                blocks.append(Code(_excerpt(lines[each.where.line - 1], each)))
        if len(self.report.found) > MANY:
            blocks.append(Bullets(tuple(self._of_rules())))
        return *blocks, Paragraph(line(self.sum()))

    def _of_rules(self) -> Iterator[Line]:
        """Yield how often each rule found something, the worst and the most frequent first."""
        found = Counter(each.rule for each in self.report.found)
        worst = {each.rule: [*_TONES].index(each.severity) for each in reversed(self.report.found)}
        for rule, number in sorted(found.items(), key=lambda item: (worst[item[0]], -item[1])):
            yield line(f"{rule.code} {rule.name}: {number}")

    def sum(self) -> str:
        """Return how many findings there are, of which kind, and how many are suppressed."""
        report = self.report
        text = listed(_counts(report.found, every=True)) if report.found else "Nothing found"
        if not report.suppressed:
            return f"{text}."
        kinds = listed(_counts(report.suppressed, every=False))
        return f"{text}; {kinds} suppressed (--no-ignores shows them)."

    def message(self, found: Found) -> str:
        """Return what is wrong, with the statements that it rests on."""
        if not (found.related and self.checked):
            return found.message
        because = dict.fromkeys(explanations.sentence(self.checked, each) for each in found.related)
        return f"{found.message}: {listed(because)}"

    def lines(self) -> tuple[str, ...]:
        """Return one line for each finding, not yet made visible."""
        return tuple(
            f"{each.where}: {each.severity} {each.rule.code} {each.rule.name}: {self.message(each)}"
            for each in self.report.found
        )

    def record(self) -> dict[str, Any]:
        """Return `subproc/problems/1`."""
        report = self.report
        return {
            "schema": "subproc/problems/1",
            "problems": [self._record(each) for each in report.found],
            "suppressed": [self._record(each) for each in report.suppressed],
            "summary": {str(each): report.count(each) for each in Severity},
        }

    def _record(self, each: Found) -> dict[str, Any]:
        return {
            "code": each.rule.code,
            "name": each.rule.name,
            "severity": str(each.severity),
            "message": self.message(each),
            "service": each.service or None,
            "where": each.where._asdict(),
            "hint": each.hint or None,
            "fingerprint": each.fingerprint,
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each finding."""
        yield "file", "line", "column", "severity", "code", "name", "service", "message", "hint"
        for each in self.report.found:
            place = each.where.file, str(each.where.line), str(each.where.column)
            yield (
                *place,
                each.severity,
                each.rule.code,
                each.rule.name,
                each.service,
                self.message(each),
                each.hint,
            )


def _counts(found: tuple[Found, ...], *, every: bool) -> list[str]:
    """Return how many findings there are of each severity; of all of them, or of those that there are."""
    numbers = {severity: sum(each.severity is severity for each in found) for severity in _TONES}
    return [counted(number, severity) for severity, number in numbers.items() if every or number]


def _excerpt(text: str, found: Found) -> tuple[str, str]:
    """Return a part of a line, with a caret under the place of a finding."""
    text, at = text.rstrip("\r").replace("\t", " "), found.where.column - 1
    start = max(0, min(at - WINDOW // 2, len(text) - WINDOW))
    cut = text[start : start + WINDOW]
    number = str(found.where.line)
    return f"{number} | {cut}", f"{' ' * len(number)} | {' ' * (at - start)}^"
