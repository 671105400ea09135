"""What a check found: `subproc check`."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from subproc_cli.describe import explanations
from subproc_cli.enums import Severity
from subproc_cli.output.document import (
    Bullets,
    Code,
    Fact,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Table,
    Tone,
    counted,
    faint,
    line,
    strong,
)
from subproc_cli.registry.registry import Index
from subproc_cli.rules.checks import RULES
from subproc_cli.rules.engine import Found, Report
from subproc_cli.rules.rule import Rule
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


_MANUAL = (
    (
        "A rule finds one fault of a list. It has a public code and a name; suppressions use the name. Rules "
        "marked against need an earlier revision (--against), those marked day depend on the day (--at, "
        "--no-clock)."
    ),
    (
        "A finding is accepted on purpose by a comment on its line or the line above, or by an entry of the "
        "list's field ignore, always by name and with a reason. An entry names the service; without one it "
        "accepts only what is found of the list as a whole."
    ),
)
_SUPPRESSED = (
    "services:",
    "  stripe:  # subproc: ignore[missing-location] until=2027-01-31 the vendor publishes none",
    "    name: Stripe",
    "ignore:",
    "  - {rule: missing-location, service: stripe, until: 2027-01-31, reason: the vendor publishes none}",
)


class RulesView(NamedTuple):
    """All rules: as a table, or as the manual with everything that there is to say of each."""

    manual: bool = False

    def page(self) -> Page:
        """Return the rules in the order of their codes."""
        if not self.manual:
            more = Paragraph(line(faint("One explained: subproc rule NAME")))
            return _table(), more
        text = (Paragraph(line(each)) for each in _MANUAL)
        pages = (block for rule in RULES for block in _explained(rule, 2))
        return Heading(line("Rules"), 1), *text, Code(_SUPPRESSED), _table(), *pages

    def record(self) -> dict[str, Any]:
        """Return `subproc/rules/1`."""
        return {"schema": "subproc/rules/1", "rules": [_record(rule) for rule in RULES]}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each rule."""
        yield "code", "name", "severity", "against", "day", "what", "why"
        for rule in RULES:
            parts = rule.parts
            marks = ("yes" if rule.against else "no", "yes" if rule.clock else "no")
            yield rule.code, rule.name, rule.fault.severity, *marks, parts["what"], parts["why"]


class RuleView(NamedTuple):
    """One rule, explained."""

    rule: Rule

    def page(self) -> Page:
        """Return the manual of the rule."""
        return _explained(self.rule, 1)

    def record(self) -> dict[str, Any]:
        """Return `subproc/rule/1`."""
        return {"schema": "subproc/rule/1", **_record(self.rule)}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each fact."""
        yield "fact", "value"
        for name, value in _record(self.rule).items():
            yield name, str(value)


def _table() -> Table:
    rows = tuple(
        (line(strong(rule.code)), line(rule.name), line(rule.fault.severity), line(_marks(rule)))
        for rule in RULES
    )
    return Table(("Code", "Name", "Severity", "Needs"), rows)


def _marks(rule: Rule) -> str:
    return " ".join(text for text, given in (("against", rule.against), ("day", rule.clock)) if given)


def _explained(rule: Rule, level: int) -> Page:
    parts = rule.parts
    facts = [
        ("Severity", rule.fault.severity),
        ("Needs", _marks(rule)),
        ("Mended by", "subproc fmt" * rule.fixable),
    ]
    return (
        Heading(line(strong(f"{rule.code} {rule.name}")), level),
        Paragraph(line(parts["what"])),
        Facts(tuple(Fact(Span(name, Tone.STRONG), (line(text),)) for name, text in facts if text)),
        Paragraph(line(strong("Why: "), parts["why"])),
        Paragraph(line(strong("Bad"))),
        Code(tuple(parts["bad"].splitlines())),
        Paragraph(line(strong("Good"))),
        Code(tuple(parts["good"].splitlines())),
    )


def _record(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.fault.severity),
        "against": rule.against,
        "day": rule.clock,
        "fixable": rule.fixable,
        **rule.parts,
    }


def numbered(problems: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield the problems of `subproc/problems/1`, each with its fingerprint, numbered among equal ones."""
    seen: Counter[str] = Counter()
    for each in problems:
        seen[each["fingerprint"]] += 1
        yield each, f"{each['fingerprint']}:{seen[each['fingerprint']]}"
