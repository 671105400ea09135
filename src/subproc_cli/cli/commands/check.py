"""`subproc check`."""

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from subproc_cli.cli import completion, progress
from subproc_cli.cli.console import Output, print_stderr
from subproc_cli.cli.editing import ensure_valid, save_or_show_diff
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import AtOption, ColourOption, OutputOption, QuietOption, RegistryOption
from subproc_cli.cli.registry_file import (
    find_registry_path,
    format_registry_option,
    get_revision_resolver,
    load_valid_registry,
    parse_day_option,
    warn_of_ambiguous_versions,
)
from subproc_cli.cli.repository_paths import localize, localize_records
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Colour, Level, Severity, SeveritySetting
from subproc_cli.errors import ReadError, UsageError
from subproc_cli.output import json
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry import introspect, source
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import STDIN
from subproc_cli.rules import config
from subproc_cli.rules.config import FailOn, Selection, validate_ignores, validate_selectors
from subproc_cli.rules.engine import CheckResult, build_problem_report, run_rules
from subproc_cli.rules.formats import github, gitlab, junit, sarif
from subproc_cli.rules.formats.github import Annotation
from subproc_cli.rules.report import FindingsReport, RuleFields, RulesReport
from subproc_cli.rules.rule import Baseline, RuleContext
from subproc_cli.version import __version__
from subproc_cli.yaml.editor import Append, Edit, Replace, apply_edits
from subproc_cli.yaml.source import Source

_RULES = completion.make_list_completer(completion.complete_rule_selectors)


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


class MissingBase(StrEnum):
    """What a missing earlier revision is."""

    FAIL = "fail"
    EMPTY = "empty"


HELP = """Report errors, gaps and contradictions in a registry, and problems in a change to it.

\b
subproc check
subproc check registry.yaml --against origin/main
subproc check --select SP1 --fail-on never
subproc check -f sarif -o subproc.sarif
subproc check --at 2027-01-01
subproc check --fix --add-ignore "asked the vendor on 2027-01-01"

To read about a rule: subproc rule missing-location. About all rules: subproc rule --all.
"""


def command(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="The registry. [default: the file in --registry]")
    ] = None,
    registry: RegistryOption = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="REV",
            autocompletion=completion.complete_revisions,
            help="Also check the changes since this revision.",
        ),
    ] = None,
    missing_base: Annotated[
        MissingBase,
        typer.Option(
            "--missing-base", help="Without that revision: fail, or compare with an empty registry."
        ),
    ] = MissingBase.FAIL,
    at: AtOption = None,
    clock: Annotated[
        bool, typer.Option("--clock/--no-clock", help="Run the rules that depend on the date.")
    ] = True,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="RULE",
            autocompletion=_RULES,
            help="Run only these rules: names, codes, or SP1 for all SP1xx.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="RULE", autocompletion=_RULES, help="Do not run these rules."),
    ] = None,
    suppress: Annotated[
        bool, typer.Option("--suppress/--no-suppressions", help="Apply the suppressions in the registry.")
    ] = True,
    old_suppress: Annotated[bool | None, typer.Option("--ignores/--no-ignores", hidden=True)] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Fix findings in the file where only one text is right.")
    ] = False,
    add_ignore: Annotated[
        str | None,
        typer.Option(
            "--add-ignore",
            metavar="REASON",
            help="Suppress all findings with this reason, in the ignore field.",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on", help="Exit with 1 if a finding has this severity or higher. [default: warning]"
        ),
    ] = None,
    form: Annotated[
        FindingsFormat | None,
        typer.Option("--format", "-f", help="Output format. [default: text; github or gitlab in their CI]"),
    ] = None,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc check`."""
    from subproc_cli.cli.console import Output, warn_of_renamed_option
    from subproc_cli.cli.registry_file import refuse_two_lists

    if old_suppress is not None:
        old_name, new_name = (
            ("--ignores", "--suppress") if old_suppress else ("--no-ignores", "--no-suppressions")
        )
        warn_of_renamed_option(old_name, new_name, quiet=quiet)
        suppress = old_suppress
    refuse_two_lists(context, file, registry)
    options = CheckOptions(
        file or registry, against, missing_base == "empty", at, clock, select, ignore, suppress, fail_on
    )
    if fix or add_ignore is not None:
        apply_fixes(options, fix=fix, reason=add_ignore)
    output_format = choose_format(form)
    if run_check(options, Output(FindingsFormat(output_format), output, colour, quiet)):
        raise typer.Exit(FINDINGS)


_ANNOTATION_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class CheckOptions(NamedTuple):
    """What to check and how, as it was typed."""

    file: str | None
    against: str | None
    empty_base: bool
    at: str | None
    run_time_dependent: bool
    select: list[str] | None
    ignore: list[str] | None
    apply_suppressions: bool
    fail_on: str | None


def choose_format(requested: str | None) -> str:
    """Return the format that is wanted, or the one that fits where the program runs."""
    if requested:
        return requested
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "gitlab" if os.environ.get("GITLAB_CI") == "true" else "text"


class CheckedFile(NamedTuple):
    """A file, the list that it holds if it holds one, what was found, and from when on that fails."""

    path: str
    source: Source
    registry: Registry | None
    report: CheckResult
    fail_on: str


def check_file(options: CheckOptions) -> CheckedFile:
    """Check a list."""
    path = find_registry_path(options.file)
    settings = config.read_settings(Path(path))
    selection = _build_selection(options, settings)
    fail_on = options.fail_on or settings.get("fail-on", "warning")
    file_source = source.read(path)
    progress.show_large_file(file_source.name, len(file_source.content))
    loaded = load_registry(file_source)
    as_of = parse_day_option(options.at)
    if not isinstance(loaded, Registry):
        return CheckedFile(path, file_source, None, build_problem_report(loaded), fail_on)
    as_of = as_of if options.at or options.run_time_dependent else loaded.model.date
    report = run_rules(
        RuleContext(
            loaded, as_of, _load_baseline(options, path, loaded), uses_clock=options.run_time_dependent
        ),
        selection,
    )
    return CheckedFile(path, file_source, loaded, report, fail_on)


def run_check(options: CheckOptions, output: Output) -> bool:
    """Check a list, write what is found, and tell whether it fails."""
    checked_file = check_file(options)
    text = checked_file.source.content.decode("utf-8-sig", "replace")
    _write_findings(
        FindingsReport(checked_file.report, checked_file.registry, text),
        output,
        _format_next_step(checked_file.report, checked_file.path),
    )
    return checked_file.fail_on != "never" and checked_file.report.fails(Severity(checked_file.fail_on))


def _format_next_step(report: CheckResult, path: str) -> str:
    if not report.findings:
        return ""
    fixable_count = sum(finding.rule.is_fixable for finding in report.findings)
    fix = (
        f"{fixable_count} can be fixed: subproc check --fix{format_registry_option(path)}; "
        if fixable_count
        else ""
    )
    return f"{fix}about this rule: subproc rule {report.findings[0].rule.name}"


def _build_selection(options: CheckOptions, settings: dict[str, Any]) -> Selection:
    select = tuple(
        _split_selectors(options.select) if options.select is not None else settings.get("select", ())
    )
    ignore = (*settings.get("ignore", ()), *_split_selectors(options.ignore or []))
    validate_selectors(select, "--select")
    validate_ignores(ignore, "--ignore")
    severities = {name: SeveritySetting(setting) for name, setting in settings.get("severities", {}).items()}
    return Selection(select, ignore, severities, options.run_time_dependent, options.apply_suppressions)


def _split_selectors(words: list[str]) -> list[str]:
    """Return the rules of an option that was given several times, or with commas."""
    return [part.strip() for word in words for part in word.split(",")]


def _load_baseline(options: CheckOptions, path: str, registry: Registry) -> Baseline | None:
    """Return the earlier revision, with what changed since and the changelog next to the list."""
    if options.against is None:
        return None
    is_first = False
    try:
        resolver = get_revision_resolver(path)
        base_registry = load_valid_registry(resolver.read(options.against))
        warn_of_ambiguous_versions(resolver)
    except ReadError:
        if not options.empty_base:
            raise
        base_registry, is_first = _build_empty_registry(registry), True
    changelog_path = str(Path(path).parent / "CHANGELOG.md")
    content = source.read(changelog_path).content if os.path.isfile(changelog_path) else None
    changelog = None if content is None else content.decode("utf-8-sig", "replace")
    baseline = Baseline(base_registry, diff(base_registry, registry), changelog, is_first)
    return _add_changelog_gaps(baseline, registry) if changelog and not is_first else baseline


def _add_changelog_gaps(baseline: Baseline, registry: Registry) -> Baseline:
    """Add how the changelog's entry of a list differs from what changed."""
    from subproc_cli.cli.commands.changelog import find_gaps
    from subproc_cli.diff.changelog import ChangelogEntry
    from subproc_cli.diff.changelog_file import find_insert_point
    from subproc_cli.diff.report import format_change

    changelog = baseline.changelog or ""
    if not find_insert_point(changelog, registry.model.version).version_exists:
        return baseline
    gaps = find_gaps(ChangelogEntry(baseline.base, registry, baseline.changes), changelog)
    significant = (change for change in gaps.missing if change.level is not Level.EDITORIAL)
    unreported = tuple(format_change(baseline.base, registry, change) for change in significant)
    return baseline._replace(unreported=unreported, outdated=gaps.outdated)


def _build_empty_registry(registry: Registry) -> Registry:
    """Return a list without services, for the first revision of all."""
    empty_model = registry.model.model_copy(update={"version": "0.0.0", "services": {}})
    return registry.with_source(Source("<nothing>", b""), empty_model)


def _write_findings(view: FindingsReport, output: Output, next_step: str) -> None:
    record = localize_records(view.to_record()["problems"])
    match output.output_format:
        case "oneline":
            text = "".join(f"{sanitize_line(finding_line)}\n" for finding_line in view.format_lines())
        case "github":
            text = github.render(_build_annotations(view)) + f"{sanitize_line(view.format_summary())}\n"
        case "sarif":
            text = json.render(sarif.build_log(record, _build_rule_records(), __version__))
        case "gitlab":
            text = json.render(gitlab.build_report(record))
        case "junit":
            text = junit.render(record, _build_rule_records())
        case _:
            output.show(view, next_step)
            return
    if not output.quiet or output.file:
        output.write(text)


def _build_rule_records() -> list[RuleFields]:
    return RulesReport().to_record()["rules"]


def _build_annotations(view: FindingsReport) -> list[Annotation]:
    worst_first = sorted(view.report.findings, key=lambda each: list(Severity).index(each.severity))
    return [
        Annotation(
            _ANNOTATION_COMMANDS[finding.severity],
            localize(finding.position),
            f"{finding.rule.code} {finding.rule.name}",
            view.format_message(finding),
        )
        for finding in worst_first
    ]


def apply_fixes(options: CheckOptions, *, fix: bool, reason: str | None) -> None:
    """Write the one right text of each finding that has one, then accept the rest with a reason.

    Raises:
        UsageError: the reason is empty, or the list comes from standard input.
        ReadError: the file is not a list that can be fixed.
    """
    if reason is not None and not reason.strip():
        raise UsageError("--add-ignore needs a reason", "write why the findings are accepted")
    if fix:
        checked_file = _require_fixable(check_file(options))
        fixes = {
            finding.path: finding.fix for finding in checked_file.report.findings if finding.fix is not None
        }
        _save_edit(checked_file, "fixed", Replace(fixes), len(fixes))
    if reason:
        checked_file = _require_fixable(check_file(options))
        entries = tuple(_iter_ignore_entries(checked_file, reason.strip()))
        _save_edit(checked_file, "suppressed", Append(("ignore",), entries), len(entries))


def _require_fixable(checked_file: CheckedFile) -> CheckedFile:
    if checked_file.path == STDIN:
        raise UsageError("--fix and --add-ignore cannot change standard input", "name a file")
    if checked_file.registry is None:
        raise ReadError(
            f"{checked_file.path} cannot be edited: the registry is not valid", "see: subproc check"
        )
    return checked_file


def _save_edit(checked_file: CheckedFile, action: str, edit: Edit, count: int) -> None:
    if count:
        content = apply_edits(checked_file.source, edit, field_order=introspect.list_fields)
        ensure_valid(Source(checked_file.source.name, content))
        save_or_show_diff(checked_file.path, checked_file.source, content, dry_run=False)
    print_stderr(f"subproc: {count or 'nothing'} {action} in {checked_file.path}")


def _iter_ignore_entries(checked_file: CheckedFile, reason: str) -> Iterator[dict[str, str]]:
    """Yield an entry of `ignore` for each rule and service; findings about suppressions are not accepted."""
    pairs = dict.fromkeys(
        (finding.rule.name, finding.service) for finding in checked_file.report.findings if finding.rule.find
    )
    for rule, service in pairs:
        service_field = {"service": service} if service else {}
        yield {"rule": rule, **service_field, "reason": reason}
