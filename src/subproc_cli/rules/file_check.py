"""Checks one list with the settings of its project, on its own and against an earlier revision."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from subproc_cli.enums import Severity, SeveritySetting
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.notice.ledger.chain import Entries
from subproc_cli.registry.loader import Problems
from subproc_cli.registry.registry import Registry
from subproc_cli.rules import config
from subproc_cli.rules.baseline import Comparison, compare_with_revision
from subproc_cli.rules.config import Selection, validate_ignores, validate_selectors
from subproc_cli.rules.engine import CheckResult, Finding, build_problem_report, run_rules
from subproc_cli.rules.rule import RuleContext
from subproc_cli.yaml.source import Source

NEVER = "never"
"""The setting with which no finding makes the check fail."""


class CheckRequest(NamedTuple):
    """What to check for.

    Attributes:
        against: the earlier revision; None to check the list alone.
        allow_new: whether a list that the earlier revision does not have is accepted as new.
        as_of: the day to check for; None for today.
        today: the day of the check.
        run_time_dependent: whether rules run that depend on the day.
        select: the rules to run; None for those of the settings.
        ignore: the rules not to run, besides those of the settings.
        apply_suppressions: whether suppressions of the list apply.
        fail_on: the severity from which a finding makes the check fail; None for that of the settings.
        new_only: whether findings that the earlier revision has as well are left out.
        ledger: the lines of the ledger of notices.
    """

    against: str | None
    allow_new: bool
    as_of: date | None
    today: date
    run_time_dependent: bool
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    apply_suppressions: bool
    fail_on: str | None
    new_only: bool = False
    ledger: Entries = ()


class FileCheck(NamedTuple):
    """A list that was checked.

    Attributes:
        path: the path of the file, or the revision that was asked for.
        source: what was read.
        registry: the list; None if it is not valid.
        report: what was found.
        fail_on: the severity from which a finding makes the check fail, or `never`.
        comparison: the comparison with an earlier revision; None if none was asked for.
    """

    path: str
    source: Source
    registry: Registry | None
    report: CheckResult
    fail_on: str
    comparison: Comparison | None = None

    @property
    def has_failed(self) -> bool:
        """Whether a finding makes the check fail."""
        return self.fail_on != NEVER and self.report.fails(Severity(self.fail_on))

    @property
    def text(self) -> str:
        """The text of the file; bytes that are not UTF-8 are replaced."""
        return self.source.content.decode("utf-8-sig", "replace")

    def is_failure(self, severity: str) -> bool:
        """Return whether a finding of a severity makes the check fail."""
        order = list(Severity).index
        return self.fail_on != NEVER and order(Severity(severity)) <= order(Severity(self.fail_on))


def check_list(
    path: str,
    file_source: Source,
    loaded: Registry | Problems,
    resolver: RevisionResolver,
    request: CheckRequest,
) -> FileCheck:
    """Check a list.

    Args:
        path: the path of the file, or the revision that was asked for.
        file_source: what was read.
        loaded: the list, or why it is not valid.
        resolver: finds earlier revisions of the list.
        request: what to check for.

    Raises:
        UsageError: a setting or a rule does not exist, or the earlier revision can be read in two ways.
    """
    settings = config.read_settings(Path(resolver.path))
    selection = _build_selection(request, settings)
    fail_on = request.fail_on or settings.get("fail-on", "warning")
    if not isinstance(loaded, Registry):
        return FileCheck(path, file_source, None, build_problem_report(loaded), fail_on)
    as_of = request.as_of or (request.today if request.run_time_dependent else loaded.model.date)
    comparison = (
        None
        if request.against is None
        else compare_with_revision(
            resolver, request.against, loaded, file_source, allow_new=request.allow_new
        )
    )
    baseline = comparison.baseline if comparison else None
    context = RuleContext(loaded, as_of, baseline, uses_clock=request.run_time_dependent)
    context.ledger = request.ledger
    report = run_rules(context, selection)
    if request.new_only and baseline and not baseline.is_first:
        base_context = RuleContext(baseline.base, as_of, uses_clock=request.run_time_dependent)
        report = _leave_out_known(report, run_rules(base_context, selection))
    return FileCheck(path, file_source, loaded, report, fail_on, comparison)


def _leave_out_known(report: CheckResult, base_report: CheckResult) -> CheckResult:
    """Return a report without the findings that the earlier revision has as well.

    Two findings are the same if rule, service and message are: lines, positions in a sequence and the name of
    the file may differ.
    """
    known = Counter(map(_build_key, base_report.findings))
    findings = []
    for finding in report.findings:
        key = _build_key(finding)
        if known[key]:
            known[key] -= 1
        else:
            findings.append(finding)
    return report._replace(findings=tuple(findings), known_count=len(report.findings) - len(findings))


def _build_key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule.code, finding.service, finding.message


def _build_selection(request: CheckRequest, settings: dict[str, Any]) -> Selection:
    select = request.select if request.select is not None else tuple(settings.get("select", ()))
    ignore = (*settings.get("ignore", ()), *request.ignore)
    validate_selectors(select, "--select")
    validate_ignores(ignore, "--ignore")
    severities = {name: SeveritySetting(setting) for name, setting in settings.get("severities", {}).items()}
    return Selection(select, ignore, severities, request.run_time_dependent, request.apply_suppressions)
