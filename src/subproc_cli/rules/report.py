"""What a check found: `subproc check`."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple, NotRequired

from typing_extensions import TypedDict

from subproc_cli.describe import explanations
from subproc_cli.describe.header import PositionRecord, build_position_record
from subproc_cli.enums import Severity
from subproc_cli.output.document import (
    Bullets,
    Code,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Style,
    dim,
    format_count,
    make_line,
)
from subproc_cli.output.record import describe_field, one_of
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.baseline import BaseStatus, Comparison
from subproc_cli.rules.engine import CheckResult, Finding, merge_results
from subproc_cli.text import join_words

EXCERPT_WIDTH = 68
"""Number of characters of a line that are shown around the position of a finding."""
MANY_FINDINGS = 20
"""Number of findings above which they are also counted by rule."""
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


class BaselineRecord(TypedDict):
    """The earlier revision that a list was checked against."""

    file: Annotated[str, describe_field("The list that was checked.")]
    revision: Annotated[str, describe_field("The earlier revision, as it was asked for.")]
    status: Annotated[
        str,
        one_of(BaseStatus),
        describe_field(
            "Whether the list was compared with it, also if it was moved since; or why not: the revision "
            "does not have the list, has one that is not valid, or does not exist."
        ),
    ]
    commit: Annotated[str | None, describe_field("The commit that was compared; null if there is none.")]


class ProblemsRecord(TypedDict):
    """The record `subproc/problems/1`."""

    schema: Annotated[Literal["subproc/problems/1"], describe_field("The name and number of this record.")]
    problems: Annotated[list[FindingRecord], describe_field("The findings, the most severe first.")]
    suppressed: Annotated[list[FindingRecord], describe_field("The findings that are accepted on purpose.")]
    summary: Annotated[SummaryRecord, describe_field("The number of findings in `problems`, by severity.")]
    known: NotRequired[
        Annotated[
            int,
            describe_field(
                "How many findings `--new-only` left out because the earlier revision has them as well. "
                "Present with `--against`."
            ),
        ]
    ]
    baselines: NotRequired[
        Annotated[
            list[BaselineRecord],
            describe_field("For each list, the earlier revision. Present with `--against`."),
        ]
    ]


class FindingsReport(NamedTuple):
    """Findings with the lines of the file that they are about.

    Attributes:
        registry: the list; None if it cannot be read.
        text: the text of the file; empty if it is not a text.
        file: the name of the file.
        comparison: the comparison with an earlier revision; None if none was asked for.
    """

    report: CheckResult
    registry: Registry | None
    text: str = ""
    file: str = ""
    comparison: Comparison | None = None

    def to_document(self) -> Page:
        """Return each finding with its line and a caret, and the totals."""
        blocks: list[Any] = []
        lines = self.text.split("\n")
        for position_findings in self._group_by_line():
            blocks += [Paragraph(self._build_head(finding)) for finding in position_findings]
            number = position_findings[0].position.line
            if 0 < number <= len(lines):
                blocks.append(Code(_build_excerpt(lines[number - 1], position_findings)))
        if len(self.report.findings) > MANY_FINDINGS:
            blocks.append(Bullets(tuple(self._iter_rule_counts())))
        return *blocks, Paragraph(make_line(self.format_summary()))

    def _group_by_line(self) -> Iterator[list[Finding]]:
        """Yield the findings of each line that one excerpt can show, in the order of the findings."""
        found: dict[tuple[str, int], list[list[Finding]]] = {}
        for finding in self.report.findings:
            position = finding.position
            groups = found.setdefault((position.file, position.line), [])
            if groups and position.line and _are_near(groups[-1][0], finding):
                groups[-1].append(finding)
            else:
                groups.append([finding])
        yield from (group for groups in found.values() for group in groups)

    def _build_head(self, finding: Finding) -> Line:
        head = make_line(
            f"{finding.position}: ",
            Span(finding.severity, _STYLES[finding.severity]),
            dim(f" {finding.rule.code} {finding.rule.name}"),
            f": {self.format_message(finding)}",
        )
        return (*head, dim(f" ({finding.hint})")) if finding.hint else head

    def _iter_rule_counts(self) -> Iterator[Line]:
        """Yield how often each rule found something, the worst and the most frequent first."""
        counts = Counter(finding.rule for finding in self.report.findings)
        severity_ranks = {
            finding.rule: [*_STYLES].index(finding.severity) for finding in reversed(self.report.findings)
        }
        for rule, number in sorted(counts.items(), key=lambda item: (severity_ranks[item[0]], -item[1])):
            yield make_line(f"{rule.code} {rule.name}: {number}")

    def format_summary(self) -> str:
        """Return how many findings there are by severity, and how many are suppressed."""
        return format_summary(self.report)

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
        record: ProblemsRecord = {
            "schema": "subproc/problems/1",
            "problems": [self._build_record(each) for each in report.findings],
            "suppressed": [self._build_record(each) for each in report.suppressed],
            "summary": {
                "error": report.count(Severity.ERROR),
                "warning": report.count(Severity.WARNING),
                "info": report.count(Severity.INFO),
            },
        }
        if self.comparison:
            record["known"] = report.known_count
            record["baselines"] = [self._build_baseline_record(self.comparison)]
        return record

    def _build_baseline_record(self, comparison: Comparison) -> BaselineRecord:
        return {
            "file": self.file,
            "revision": comparison.revision,
            "status": str(comparison.status),
            "commit": comparison.commit or None,
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


class FilesReport(NamedTuple):
    """Findings in several lists."""

    files: tuple[FindingsReport, ...]

    @property
    def report(self) -> CheckResult:
        """The findings of all lists."""
        return merge_results(file.report for file in self.files)

    def to_document(self) -> Page:
        """Return the findings of each list, and the totals."""
        if len(self.files) == 1:
            return self.files[0].to_document()
        blocks: list[Any] = []
        for file in self.files:
            blocks += [Heading(make_line(file.file)), *file.to_document()]
        return *blocks, Heading(make_line("All lists")), Paragraph(make_line(self.format_summary()))

    def format_summary(self) -> str:
        """Return how many findings there are by severity, and in how many lists."""
        summary = format_summary(self.report)
        return summary if len(self.files) == 1 else f"{format_count(len(self.files), 'list')}: {summary}"

    def format_lines(self) -> tuple[str, ...]:
        """Return one line for each finding, not yet made visible."""
        return tuple(line for file in self.files for line in file.format_lines())

    def to_record(self) -> ProblemsRecord:
        """Return `subproc/problems/1`."""
        records = [file.to_record() for file in self.files]
        record = records[0]
        for other in records[1:]:
            record["problems"] += other["problems"]
            record["suppressed"] += other["suppressed"]
            for severity in ("error", "warning", "info"):
                record["summary"][severity] += other["summary"][severity]
            if "baselines" in other:
                record["known"] = record.get("known", 0) + other.get("known", 0)
                record["baselines"] = [*record.get("baselines", []), *other["baselines"]]
        return record

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each finding."""
        for number, file in enumerate(self.files):
            rows = file.to_rows()
            if number:
                next(rows)
            yield from rows


def format_summary(report: CheckResult) -> str:
    """Return how many findings there are by severity, and how many are not shown."""
    text = (
        join_words(_format_counts(report.findings, include_all=True)) if report.findings else "Nothing found"
    )
    if report.known_count:
        text = "Nothing new found" if not report.findings else text
        text += (
            f"; {format_count(report.known_count, 'finding')} of the earlier revision left out (--new-only)"
        )
    if not report.suppressed:
        return f"{text}."
    kinds = join_words(_format_counts(report.suppressed, include_all=False))
    return f"{text}; {kinds} suppressed (--no-suppressions shows them)."


def _format_counts(findings: tuple[Finding, ...], *, include_all: bool) -> list[str]:
    """Return how many findings there are of each severity; of all of them, or of those that there are."""
    numbers = {severity: sum(finding.severity is severity for finding in findings) for severity in _STYLES}
    return [format_count(number, severity) for severity, number in numbers.items() if include_all or number]


def _are_near(first: Finding, other: Finding) -> bool:
    """Return whether one excerpt can show two findings of a line."""
    return abs(first.position.column - other.position.column) <= EXCERPT_WIDTH // 4


def _build_excerpt(text: str, findings: Sequence[Finding]) -> tuple[str, str]:
    """Return a part of a line, with a caret under the place of each finding that is in the part."""
    text = text.rstrip("\r").replace("\t", " ")
    columns = sorted({finding.position.column - 1 for finding in findings})
    start = max(0, min(columns[0] - EXCERPT_WIDTH // 2, len(text) - EXCERPT_WIDTH))
    cut = text[start : start + EXCERPT_WIDTH]
    carets = {column - start for column in columns if column - start <= EXCERPT_WIDTH}
    number = str(findings[0].position.line)
    marks = "".join("^" if at in carets else " " for at in range(max(carets) + 1))
    return f"{number} | {cut}", f"{' ' * len(number)} | {marks}"


def iter_with_fingerprints(problems: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Yield the problems of `subproc/problems/1`, each with its fingerprint, numbered among equal ones."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem["fingerprint"]] += 1
        yield problem, f"{problem['fingerprint']}:{seen[problem['fingerprint']]}"
