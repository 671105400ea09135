"""What a check found: `subproc check`."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from typing_extensions import TypedDict

from subproc_cli.describe import explanations
from subproc_cli.describe.header import PositionRecord, build_position_record
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
    Style,
    Table,
    dim,
    emphasize,
    format_count,
    make_line,
)
from subproc_cli.output.record import describe_field, one_of
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.checks import RULES
from subproc_cli.rules.engine import CheckResult, Finding
from subproc_cli.rules.rule import Rule
from subproc_cli.text import join_words

EXCERPT_WIDTH = 68
"""Characters of a line of the file that are shown around the place of a finding."""
MANY_FINDINGS = 20
"""Findings above which they are counted by rule as well, for nobody counts so many."""
_STYLES = {Severity.ERROR: Style.NOTICE, Severity.WARNING: Style.INFORM, Severity.INFO: Style.EDITORIAL}


class FindingRecord(TypedDict):
    """One finding."""

    code: Annotated[str, describe_field("The code of the rule.")]
    name: Annotated[str, describe_field("The name of the rule.")]
    severity: Annotated[str, one_of(Severity), describe_field("How severe the finding is.")]
    message: Annotated[str, describe_field("What is wrong, as an English sentence.")]
    service: Annotated[
        str | None, describe_field("The id of the service; null if the whole list is concerned.")
    ]
    where: Annotated[PositionRecord, describe_field("The position in the file.")]
    hint: Annotated[str | None, describe_field("What to write instead; null if that is not known.")]
    fingerprint: Annotated[
        str, describe_field("A hash that stays the same when lines move; equal findings share it.")
    ]


class SummaryRecord(TypedDict):
    """How many findings there are of each severity."""

    error: Annotated[int, describe_field("The number of errors.")]
    warning: Annotated[int, describe_field("The number of warnings.")]
    info: Annotated[int, describe_field("The number of findings for information.")]


class ProblemsRecord(TypedDict):
    """The record `subproc/problems/1`."""

    schema: Annotated[Literal["subproc/problems/1"], describe_field("The name and number of this record.")]
    problems: Annotated[list[FindingRecord], describe_field("The findings, the most severe first.")]
    suppressed: Annotated[list[FindingRecord], describe_field("The findings that are accepted on purpose.")]
    summary: Annotated[SummaryRecord, describe_field("The number of findings in `problems`, by severity.")]


class RuleFields(TypedDict):
    """One rule."""

    code: Annotated[str, describe_field("The code.")]
    name: Annotated[str, describe_field("The name, which suppressions use.")]
    severity: Annotated[
        str, one_of(Severity), describe_field("The severity, unless the list sets another one.")
    ]
    against: Annotated[bool, describe_field("Whether the rule needs an earlier revision.")]
    day: Annotated[bool, describe_field("Whether the findings depend on the day.")]
    fixable: Annotated[bool, describe_field("Whether `subproc fmt` can fix what the rule finds.")]
    what: Annotated[str, describe_field("What the rule finds.")]
    why: Annotated[str, describe_field("Why that is a problem.")]
    bad: Annotated[str, describe_field("An example with a finding, in YAML.")]
    good: Annotated[str, describe_field("The example without the finding, in YAML.")]


class RuleRecord(RuleFields):
    """The record `subproc/rule/1`."""

    schema: Annotated[Literal["subproc/rule/1"], describe_field("The name and number of this record.")]


class RulesRecord(TypedDict):
    """The record `subproc/rules/1`."""

    schema: Annotated[Literal["subproc/rules/1"], describe_field("The name and number of this record.")]
    rules: Annotated[list[RuleFields], describe_field("All rules, by their codes.")]


class FindingsReport(NamedTuple):
    """Findings with the lines of the file that they are about.

    Attributes:
        registry: the list; None if it cannot be read.
        text: the text of the file; empty if it is not a text.
    """

    report: CheckResult
    registry: Registry | None
    text: str = ""

    def to_document(self) -> Page:
        """Return each finding with its line and a caret, and the sum."""
        blocks: list[Any] = []
        lines = self.text.split("\n")
        for finding in self.report.findings:
            style = _STYLES[finding.severity]
            rule_name = dim(f" {finding.rule.code} {finding.rule.name}")
            head = make_line(
                f"{finding.position}: ",
                Span(finding.severity, style),
                rule_name,
                f": {self.format_message(finding)}",
            )
            hint = f" ({finding.hint})" if finding.hint else ""
            blocks.append(Paragraph((*head, dim(hint)) if hint else head))
            if 0 < finding.position.line <= len(lines):
                blocks.append(Code(_build_excerpt(lines[finding.position.line - 1], finding)))
        if len(self.report.findings) > MANY_FINDINGS:
            blocks.append(Bullets(tuple(self._iter_rule_counts())))
        return *blocks, Paragraph(make_line(self.format_summary()))

    def _iter_rule_counts(self) -> Iterator[Line]:
        """Yield how often each rule found something, the worst and the most frequent first."""
        counts = Counter(finding.rule for finding in self.report.findings)
        severity_ranks = {
            finding.rule: [*_STYLES].index(finding.severity) for finding in reversed(self.report.findings)
        }
        for rule, number in sorted(counts.items(), key=lambda item: (severity_ranks[item[0]], -item[1])):
            yield make_line(f"{rule.code} {rule.name}: {number}")

    def format_summary(self) -> str:
        """Return how many findings there are, of which kind, and how many are suppressed."""
        report = self.report
        text = (
            join_words(_format_counts(report.findings, include_all=True))
            if report.findings
            else "Nothing found"
        )
        if not report.suppressed:
            return f"{text}."
        kinds = join_words(_format_counts(report.suppressed, include_all=False))
        return f"{text}; {kinds} suppressed (--no-suppressions shows them)."

    def format_message(self, finding: Finding) -> str:
        """Return what is wrong, with the statements that it rests on."""
        if not (finding.evidence and self.registry):
            return finding.message
        sentences = dict.fromkeys(
            explanations.format_evidence(self.registry, evidence) for evidence in finding.evidence
        )
        return f"{finding.message}: {join_words(sentences)}"

    def format_lines(self) -> tuple[str, ...]:
        """Return one line for each finding, not yet made visible."""
        return tuple(
            f"{finding.position}: {finding.severity} {finding.rule.code} {finding.rule.name}: "
            f"{self.format_message(finding)}"
            for finding in self.report.findings
        )

    def to_record(self) -> ProblemsRecord:
        """Return `subproc/problems/1`."""
        report = self.report
        return {
            "schema": "subproc/problems/1",
            "problems": [self._build_record(each) for each in report.findings],
            "suppressed": [self._build_record(each) for each in report.suppressed],
            "summary": {
                "error": report.count(Severity.ERROR),
                "warning": report.count(Severity.WARNING),
                "info": report.count(Severity.INFO),
            },
        }

    def _build_record(self, finding: Finding) -> FindingRecord:
        return {
            "code": finding.rule.code,
            "name": finding.rule.name,
            "severity": str(finding.severity),
            "message": self.format_message(finding),
            "service": finding.service or None,
            "where": build_position_record(finding.position),
            "hint": finding.hint or None,
            "fingerprint": finding.fingerprint,
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each finding."""
        yield "file", "line", "column", "severity", "code", "name", "service", "message", "hint"
        for finding in self.report.findings:
            position = finding.position.file, str(finding.position.line), str(finding.position.column)
            yield (
                *position,
                finding.severity,
                finding.rule.code,
                finding.rule.name,
                finding.service,
                self.format_message(finding),
                finding.hint,
            )


def _format_counts(findings: tuple[Finding, ...], *, include_all: bool) -> list[str]:
    """Return how many findings there are of each severity; of all of them, or of those that there are."""
    numbers = {severity: sum(finding.severity is severity for finding in findings) for severity in _STYLES}
    return [format_count(number, severity) for severity, number in numbers.items() if include_all or number]


def _build_excerpt(text: str, finding: Finding) -> tuple[str, str]:
    """Return a part of a line, with a caret under the place of a finding."""
    text, caret = text.rstrip("\r").replace("\t", " "), finding.position.column - 1
    start = max(0, min(caret - EXCERPT_WIDTH // 2, len(text) - EXCERPT_WIDTH))
    cut = text[start : start + EXCERPT_WIDTH]
    number = str(finding.position.line)
    return f"{number} | {cut}", f"{' ' * len(number)} | {' ' * (caret - start)}^"


_MANUAL = (
    (
        "A rule finds one kind of problem in a list. It has a public code and a name; suppressions use the "
        "name. Rules marked against need an earlier revision (--against). The findings of rules marked day "
        "depend on the day of the check (--at, --no-clock)."
    ),
    (
        "To accept a finding, write a comment on its line or on the line above it, or add an entry to the "
        "field ignore of the list. Name the rule and give a reason. An entry names the service that it "
        "applies to; without a service, it applies to findings about the list as a whole."
    ),
)
_SUPPRESSION_EXAMPLE = (
    "services:",
    "  stripe:  # subproc: ignore[missing-location] until=2027-01-31 the vendor publishes none",
    "    name: Stripe",
    "ignore:",
    "  - {rule: missing-location, service: stripe, until: 2027-01-31, reason: the vendor publishes none}",
)


class RulesReport(NamedTuple):
    """All rules: as a table, or as the manual with everything that there is to say of each."""

    manual: bool = False

    def to_document(self) -> Page:
        """Return the rules in the order of their codes."""
        if not self.manual:
            more = Paragraph(make_line(dim("One explained: subproc rule NAME")))
            return _build_table(), more
        introduction = (Paragraph(make_line(text)) for text in _MANUAL)
        rule_blocks = (block for rule in RULES for block in _explain_rule(rule, 2))
        return (
            Heading(make_line("Rules"), 1),
            *introduction,
            Code(_SUPPRESSION_EXAMPLE),
            _build_table(),
            *rule_blocks,
        )

    def to_record(self) -> RulesRecord:
        """Return `subproc/rules/1`."""
        return {"schema": "subproc/rules/1", "rules": [_build_rule_record(rule) for rule in RULES]}

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each rule."""
        yield "code", "name", "severity", "against", "day", "what", "why"
        for rule in RULES:
            marks = ("yes" if rule.needs_baseline else "no", "yes" if rule.is_time_dependent else "no")
            yield rule.code, rule.name, rule.error_code.severity, *marks, rule.description, rule.why


class RuleReport(NamedTuple):
    """One rule, explained."""

    rule: Rule

    def to_document(self) -> Page:
        """Return the manual of the rule."""
        return _explain_rule(self.rule, 1)

    def to_record(self) -> RuleRecord:
        """Return `subproc/rule/1`."""
        return {"schema": "subproc/rule/1", **_build_rule_record(self.rule)}

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each fact."""
        yield "fact", "value"
        for name, value in _build_rule_record(self.rule).items():
            yield name, str(value)


def _build_table() -> Table:
    rows = tuple(
        (
            make_line(emphasize(rule.code)),
            make_line(rule.name),
            make_line(rule.error_code.severity),
            make_line(_format_needs(rule)),
        )
        for rule in RULES
    )
    return Table(("Code", "Name", "Severity", "Needs"), rows)


def _format_needs(rule: Rule) -> str:
    return " ".join(
        text
        for text, is_needed in (("against", rule.needs_baseline), ("day", rule.is_time_dependent))
        if is_needed
    )


def _explain_rule(rule: Rule, level: int) -> Page:
    facts = [
        ("Severity", rule.error_code.severity),
        ("Needs", _format_needs(rule)),
        ("Fixed by", "subproc fmt" if rule.is_fixable else ""),
    ]
    return (
        Heading(make_line(emphasize(f"{rule.code} {rule.name}")), level),
        Paragraph(make_line(rule.description)),
        Facts(tuple(Fact(Span(name, Style.STRONG), (make_line(text),)) for name, text in facts if text)),
        Paragraph(make_line(emphasize("Why: "), rule.why)),
        Paragraph(make_line(emphasize("Bad"))),
        Code(tuple(rule.bad.splitlines())),
        Paragraph(make_line(emphasize("Good"))),
        Code(tuple(rule.good.splitlines())),
    )


def _build_rule_record(rule: Rule) -> RuleFields:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.error_code.severity),
        "against": rule.needs_baseline,
        "day": rule.is_time_dependent,
        "fixable": rule.is_fixable,
        "what": rule.description,
        "why": rule.why,
        "bad": rule.bad,
        "good": rule.good,
    }


def iter_with_fingerprints(problems: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield the problems of `subproc/problems/1`, each with its fingerprint, numbered among equal ones."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem["fingerprint"]] += 1
        yield problem, f"{problem['fingerprint']}:{seen[problem['fingerprint']]}"
