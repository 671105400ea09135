"""Writes what a check found, in the format of a reader or of a CI system."""

import os
from collections.abc import Iterator, Mapping
from enum import StrEnum

from subproc_cli.cli.console import Output
from subproc_cli.cli.registry_file import format_registry_option
from subproc_cli.cli.repository_paths import localize, localize_records, make_repository_path
from subproc_cli.diagnostics import Position
from subproc_cli.enums import Severity
from subproc_cli.output import json
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.rules.baseline import BaseStatus
from subproc_cli.rules.file_check import FileCheck
from subproc_cli.rules.formats import github, gitlab, junit, rdjson, sarif
from subproc_cli.rules.formats.github import Annotation
from subproc_cli.rules.manual import RuleFields, RulesReport
from subproc_cli.rules.report import FilesReport, FindingsReport
from subproc_cli.version import __version__

_ANNOTATION_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_NOTE_COMMANDS = {BaseStatus.UNREADABLE: "warning", BaseStatus.MISSING: "error"}


class FindingsFormat(StrEnum):
    """What findings are written as."""

    TEXT = "text"
    ONELINE = "oneline"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    RDJSON = "rdjson"


def choose_format(requested: str | None) -> str:
    """Return the format that is wanted, or the one that fits where the program runs."""
    if requested:
        return requested
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "gitlab" if os.environ.get("GITLAB_CI") == "true" else "text"


def write_findings(checks: tuple[FileCheck, ...], output: Output) -> None:
    """Write what was found in lists, with files named as the reader of the format expects."""
    view = FilesReport(
        tuple(
            FindingsReport(check.report, check.registry, check.text, check.source.name, check.comparison)
            for check in checks
        )
    )
    git_paths = {check.source.name: check.source.git_path for check in checks}
    all_records = view.to_record()
    record = localize_records(all_records["problems"], git_paths)
    match output.output_format:
        case "oneline":
            text = "".join(f"{sanitize_line(finding_line)}\n" for finding_line in view.format_lines())
        case "github":
            annotations = (*_iter_notes(checks), *_iter_annotations(view, git_paths))
            text = github.render(annotations) + f"{sanitize_line(view.format_summary())}\n"
        case "sarif":
            text = json.render(sarif.build_log(record, _build_rule_records(), __version__))
        case "gitlab":
            text = json.render(gitlab.build_report(record))
        case "rdjson":
            text = json.render(rdjson.build_report(record))
        case "junit":
            failing = [check.is_failure(each.severity) for check in checks for each in check.report.findings]
            suppressed = localize_records(all_records["suppressed"], git_paths)
            text = junit.render(zip(record, failing, strict=True), suppressed, _build_rule_records())
        case _:
            output.show(view, _format_next_step(checks))
            return
    if not output.quiet or output.file:
        output.write(text)


def _format_next_step(checks: tuple[FileCheck, ...]) -> str:
    findings = [finding for check in checks for finding in check.report.findings]
    if not findings:
        return ""
    fixable_count = sum(finding.rule.is_fixable for finding in findings)
    files = "".join(format_registry_option(check.path, "" if len(checks) > 1 else "-r ") for check in checks)
    fix = f"{fixable_count} can be fixed: subproc check --fix{files}; " if fixable_count else ""
    return f"{fix}about this rule: subproc rule {findings[0].rule.name}"


def _build_rule_records() -> list[RuleFields]:
    return RulesReport().to_record()["rules"]


def _iter_notes(checks: tuple[FileCheck, ...]) -> Iterator[Annotation]:
    """Yield the facts on the comparison with an earlier revision."""
    for check in checks:
        comparison = check.comparison
        if comparison and (comparison.note or comparison.error):
            position = Position(make_repository_path(check.source.name, check.source.git_path), 1, 1)
            text = comparison.note or str(comparison.error)
            yield Annotation(_NOTE_COMMANDS.get(comparison.status, "notice"), position, "subproc", text)


def _iter_annotations(view: FilesReport, git_paths: Mapping[str, str]) -> Iterator[Annotation]:
    """Yield the findings, the worst first: GitHub shows only the first ten of a step."""
    findings = ((file, finding) for file in view.files for finding in file.report.findings)
    for file, finding in sorted(findings, key=lambda item: list(Severity).index(item[1].severity)):
        yield Annotation(
            _ANNOTATION_COMMANDS[finding.severity],
            localize(finding.position, git_paths),
            f"{finding.rule.code} {finding.rule.name}",
            file.format_message(finding),
        )
