"""Runs the rules over a list: finds lines, sets severities, suppresses what is accepted on purpose."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from subproc_cli.characters import quote
from subproc_cli.diagnostics import FieldPath, Position, Problem
from subproc_cli.enums import Severity, SeveritySetting
from subproc_cli.evaluation.verdict import Evidence
from subproc_cli.rules.checks import RULES, RULES_BY_CODE, RULES_BY_NAME
from subproc_cli.rules.config import Selection
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.suppressions import Suppression, SuppressionKey, build_keys, find_suppressions
from subproc_cli.suggest import Suggester

_ORDER = {severity: order for order, severity in enumerate(Severity)}
_STRICTNESS = list(SeveritySetting).index


class Finding(NamedTuple):
    """One finding with its place.

    Attributes:
        position: the place in the file.
        evidence: the statements that it rests on.
        path: the field that it is about.
        fix: the text to write instead, if there is only one right text.
    """

    rule: Rule
    severity: Severity
    message: str
    position: Position
    hint: str = ""
    service: str = ""
    evidence: tuple[Evidence, ...] = ()
    path: FieldPath = ()
    fix: str | None = None

    @property
    def fingerprint(self) -> str:
        """A hash that does not depend on lines; equal findings have the same one."""
        text = "\0".join((self.rule.code, self.position.file, self.position.path or "", self.message))
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class CheckResult(NamedTuple):
    """What a check found, the worst first, and what is suppressed.

    Attributes:
        known_count: how many findings were left out because the earlier revision has them as well.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    known_count: int = 0

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def fails(self, severity: Severity) -> bool:
        """Return whether a finding is of a severity or worse."""
        return any(_ORDER[finding.severity] <= _ORDER[severity] for finding in self.findings)


def merge_results(results: Iterable[CheckResult]) -> CheckResult:
    """Return what was found in several lists."""
    found = tuple(results)
    return CheckResult(
        tuple(finding for result in found for finding in result.findings),
        tuple(finding for result in found for finding in result.suppressed),
        sum(result.known_count for result in found),
    )


def build_problem_report(problems: Iterable[Problem]) -> CheckResult:
    """Return the errors of a file that cannot be read, as findings: all of them, whatever is selected."""
    return CheckResult(
        tuple(
            Finding(
                RULES_BY_CODE[problem.error_code.code],
                problem.error_code.severity,
                problem.message,
                problem.position,
                problem.hint,
            )
            for problem in problems
        )
    )


def run_rules(context: RuleContext, selection: Selection) -> CheckResult:
    """Check a list."""
    severities = {**_find_severities(context), **selection.severities}
    selection = selection._replace(severities=severities)
    rules = [rule for rule in RULES if selection.runs(rule)]
    findings = [finding for rule in rules for finding in _run_rule(rule, context, selection)]
    accepted_suppressions = find_suppressions(context.registry) if selection.apply_suppressions else ()
    reported, suppressed, used = _split_suppressed(findings, accepted_suppressions, context, selection)
    reported += _check_suppressions(accepted_suppressions, used, context, selection)
    reported += _find_unknown_severities(context, selection)
    return CheckResult(tuple(sorted(reported, key=_sort_key)), tuple(sorted(suppressed, key=_sort_key)))


def _find_severities(context: RuleContext) -> dict[str, SeveritySetting]:
    """Return the severities that the list sets.

    A rule about a change has the stricter of two severities, that of the earlier revision and that of the
    list: a change cannot switch off its own check.
    """
    severities = dict(context.registry.model.severities)
    base_severities = context.baseline.base.model.severities if context.baseline else {}
    for rule in RULES:
        if rule.needs_baseline and rule.name in severities | base_severities:
            default = SeveritySetting(rule.error_code.severity)
            severities[rule.name] = min(
                (source.get(rule.name, default) for source in (base_severities, severities)), key=_STRICTNESS
            )
    return severities


def _find_unknown_severities(context: RuleContext, selection: Selection) -> Iterator[Finding]:
    """Yield the names in the list's own severities that are not rules."""
    rule, suggester = RULES_BY_CODE["SP005"], Suggester(RULES_BY_NAME)
    for name in context.registry.model.severities:
        if name not in RULES_BY_NAME and selection.runs(rule):
            position = context.registry.locate(("severities", name))
            message = f"severities: there is no rule {name}"
            yield Finding(rule, rule.error_code.severity, message, position, suggester.suggest(name))


def _sort_key(finding: Finding) -> tuple[int, int, int, str]:
    """Sort by severity, the worst first, then by the position in the file."""
    return _ORDER[finding.severity], finding.position.line, finding.position.column, finding.rule.code


def _resolve_severity(rule: Rule, severity: Severity | None, selection: Selection) -> Severity:
    setting = selection.severities.get(rule.name)
    return Severity(setting) if setting else severity or rule.error_code.severity


def _run_rule(rule: Rule, context: RuleContext, selection: Selection) -> Iterator[Finding]:
    if rule.find is None:
        return
    for raw_finding in rule.find(context):
        yield _locate(rule, raw_finding, context, selection)


def _locate(rule: Rule, raw_finding: RawFinding, context: RuleContext, selection: Selection) -> Finding:
    return Finding(
        rule=rule,
        severity=_resolve_severity(rule, raw_finding.severity, selection),
        message=raw_finding.message,
        position=context.registry.locate(raw_finding.path),
        hint=raw_finding.hint,
        service=raw_finding.service,
        evidence=raw_finding.evidence,
        path=raw_finding.path,
        fix=raw_finding.fix,
    )


def _split_suppressed(
    findings: list[Finding],
    accepted_suppressions: tuple[Suppression, ...],
    context: RuleContext,
    selection: Selection,
) -> tuple[list[Finding], list[Finding], set[Suppression]]:
    """Return the reported findings, the suppressed ones, and the suppressions that were used."""
    suppressions_by_key: dict[SuppressionKey, list[Suppression]] = {}
    for suppression in accepted_suppressions:
        for key in suppression.iter_keys() if not _is_expired(suppression, context, selection) else ():
            suppressions_by_key.setdefault(key, []).append(suppression)
    reported: list[Finding] = []
    suppressed: list[Finding] = []
    used: set[Suppression] = set()
    for finding in findings:
        matching = [
            suppression
            for key in build_keys(finding.rule.name, finding.position.line, finding.service)
            for suppression in suppressions_by_key.get(key, ())
        ]
        used.update(matching)
        (suppressed if matching else reported).append(finding)
    return reported, suppressed, used


def _is_expired(suppression: Suppression, context: RuleContext, selection: Selection) -> bool:
    return (
        selection.run_time_dependent and suppression.until is not None and suppression.until < context.as_of
    )


def _check_suppressions(
    accepted_suppressions: tuple[Suppression, ...],
    used: set[Suppression],
    context: RuleContext,
    selection: Selection,
) -> list[Finding]:
    findings, suggester = [], Suggester(RULES_BY_NAME)
    for suppression in accepted_suppressions:
        for name, message, hint in _find_suppression_errors(suppression, used, context, selection, suggester):
            rule = RULES_BY_NAME[name]
            if selection.runs(rule):
                severity = _resolve_severity(rule, None, selection)
                findings.append(
                    Finding(rule, severity, message, suppression.position, hint, suppression.service)
                )
    return findings


def _find_suppression_errors(
    suppression: Suppression,
    used: set[Suppression],
    context: RuleContext,
    selection: Selection,
    suggester: Suggester,
) -> Iterator[tuple[str, str, str]]:
    """Yield the rules that a suppression violates, each with its message and hint."""
    rule = RULES_BY_NAME.get(suppression.rule)
    if suppression.error and not suppression.rule:
        yield "unknown-suppression", "a suppression names no rule", suppression.error
    elif rule is None:
        by_code = RULES_BY_CODE.get(suppression.rule.upper())
        hint = f"write {by_code.name}" if by_code else suggester.suggest(suppression.rule)
        yield "unknown-suppression", f"there is no rule {quote(suppression.rule)} to suppress", hint
    elif suppression.error:
        yield "unknown-suppression", suppression.error, ""
    elif _is_expired(suppression, context, selection):
        yield (
            "expired-suppression",
            f"the suppression of {suppression.rule} ended on {suppression.until}",
            "review it",
        )
    elif (
        suppression not in used
        and selection.runs(rule)
        and not (rule.needs_baseline or rule.is_time_dependent)
    ):
        hint = "remove it" if suppression.lines or suppression.service else "remove it, or name the service"
        yield "unused-suppression", f"the suppression of {suppression.rule} has no effect", hint
    if not suppression.reason:
        yield (
            "suppression-without-reason",
            f"the suppression of {suppression.rule} gives no reason",
            "add the reason",
        )
