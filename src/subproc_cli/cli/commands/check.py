"""`subproc check`."""

import os
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, NamedTuple

import typer

from subproc_cli.cli import completion, progress
from subproc_cli.cli.console import Output, print_stderr
from subproc_cli.cli.editing import ensure_valid, save_or_show_diff
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.findings_output import FindingsFormat, choose_format, write_findings
from subproc_cli.cli.ledger_file import CheckedLedgerOption, read_entries
from subproc_cli.cli.options import AtOption, ColourOption, OutputOption, QuietOption, RegistryOption
from subproc_cli.cli.registry_file import (
    find_nearest_registry,
    find_registry_path,
    get_revision_resolver,
    parse_day_option,
    warn_of_revisions,
)
from subproc_cli.enums import Colour
from subproc_cli.errors import ReadError, UsageError
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry import introspect, source
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.source import DEFAULT_NAME, STDIN
from subproc_cli.rules.config import FailOn
from subproc_cli.rules.file_check import CheckRequest, FileCheck, check_list
from subproc_cli.yaml.editor import Append, Edit, Replace, apply_edits
from subproc_cli.yaml.source import Source

_RULES = completion.make_list_completer(completion.complete_rule_selectors)


class MissingBase(StrEnum):
    """What to do if the earlier revision does not have the list."""

    FAIL = "fail"
    EMPTY = "empty"


HELP = """Report errors, gaps and contradictions in a registry, and problems in a change to it.

\b
subproc check
subproc check registry.yaml --against origin/main...HEAD
subproc check 'legal/**/registry.yaml' --against main...HEAD --new-only
subproc check --select SP1 --fail-on never
subproc check -f sarif -o subproc.sarif
subproc check --at 2027-01-01
subproc check --fix --add-ignore "asked the vendor on 2027-01-01"

To read about a rule: subproc rule missing-location. About all rules: subproc rule --all.
"""


def command(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE...",
            help="Registries, patterns such as 'legal/*.yaml', or a revision."
            " [default: the file in --registry]",
        ),
    ] = None,
    registry: RegistryOption = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="REV",
            autocompletion=completion.complete_revisions,
            help="Also check the changes since this revision. On a branch, main...HEAD: since it left main.",
        ),
    ] = None,
    missing_base: Annotated[
        MissingBase,
        typer.Option(
            "--missing-base",
            help="If that revision does not have the registry: accept it as new (empty), or fail.",
        ),
    ] = MissingBase.EMPTY,
    new_only: Annotated[
        bool,
        typer.Option("--new-only", help="Leave out findings that the revision of --against has as well."),
    ] = False,
    at: AtOption = None,
    ledger: CheckedLedgerOption = None,
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
    """Run `subproc check`.

    Raises:
        UsageError: options exclude each other, or the earlier revision does not exist.
        ReadError: a list cannot be read; the findings in the other lists are shown first.
        typer.Exit: with 1 if the findings make the check fail.
    """
    from subproc_cli.cli.console import Output, warn_of_renamed_option
    from subproc_cli.cli.many_lists import expand_names
    from subproc_cli.cli.registry_file import refuse_two_lists

    if old_suppress is not None:
        old_name, new_name = (
            ("--ignores", "--suppress") if old_suppress else ("--no-ignores", "--no-suppressions")
        )
        warn_of_renamed_option(old_name, new_name, quiet=quiet)
        suppress = old_suppress
    if new_only and against is None:
        raise UsageError("--new-only needs --against", "for example: --against main...HEAD")
    refuse_two_lists(context, files[0] if files else None, registry)
    names = expand_names(files or ([registry] if registry else []))
    request = CheckRequest(
        against=against,
        allow_new=missing_base is MissingBase.EMPTY,
        as_of=parse_day_option(at) if at else None,
        today=parse_day_option(None),
        run_time_dependent=clock,
        select=None if select is None else split_selectors(select),
        ignore=split_selectors(ignore or []),
        apply_suppressions=suppress,
        fail_on=fail_on,
        new_only=new_only,
        ledger=read_entries(ledger),
    )
    if fix or add_ignore is not None:
        apply_fixes(names, request, fix=fix, reason=add_ignore)
    output_format = FindingsFormat(choose_format(form))
    if run_check(names, request, Output(output_format, output, colour, quiet)):
        raise typer.Exit(FINDINGS)


class CheckedLists(NamedTuple):
    """The lists that were checked, and the errors of those that could not be read."""

    checks: tuple[FileCheck, ...]
    errors: tuple[ReadError, ...]


def split_selectors(words: list[str]) -> tuple[str, ...]:
    """Return the rules of an option that was given several times, or with commas."""
    return tuple(part.strip() for word in words for part in word.split(","))


def check_lists(names: list[str], request: CheckRequest) -> CheckedLists:
    """Check lists; if one cannot be read, the others are still checked.

    Raises:
        UsageError: the options do not fit together.
    """
    if len(names) > 1 and request.against and os.path.lexists(request.against):
        message = f"--against {request.against} is one file, but {len(names)} lists are checked"
        raise UsageError(message, "name a git revision")
    checks: list[FileCheck] = []
    errors: list[ReadError] = []
    wanted: list[str | None] = [*names] or [None]
    for name in progress.track(wanted, "lists"):
        try:
            path, file_source, resolver = _read_list(name, request.against)
        except ReadError as error:
            errors.append(error)
            continue
        progress.show_large_file(file_source.name, len(file_source.content))
        check = check_list(path, file_source, load_registry(file_source), resolver, request)
        warn_of_revisions(resolver)
        checks.append(check)
        if check.comparison and check.comparison.error:
            errors.append(check.comparison.error)
    return CheckedLists(tuple(checks), tuple(errors))


def _read_list(name: str | None, against: str | None) -> tuple[str, Source, RevisionResolver]:
    """Return a file or a revision, and a resolver of other revisions of the same list.

    Of `--against A...B`, B is checked, unless it is the commit that is checked out: then the file is.
    """
    path = find_registry_path(name)
    if path != STDIN and not os.path.lexists(path):
        resolver = get_revision_resolver(find_nearest_registry() or DEFAULT_NAME)
        return path, resolver.read(path), resolver
    resolver = get_revision_resolver(path)
    head = resolver.read_head(against) if against else None
    return path, head or source.read_registry(path), resolver


def run_check(names: list[str], request: CheckRequest, output: Output) -> bool:
    """Check lists, write what is found, and return whether a finding makes the check fail.

    Raises:
        ReadError: a list or an earlier revision cannot be read; what could be checked is written first.
    """
    checked = check_lists(names, request)
    notes = [check.comparison.note for check in checked.checks if check.comparison]
    if not output.quiet:
        for note in filter(None, notes):
            print_stderr(f"subproc: {sanitize_line(note)}")
    if checked.checks:
        write_findings(checked.checks, output)
    if checked.errors:
        *others, last = {error.message: error for error in checked.errors}.values()
        details = (
            *(f"{error.message}{f' ({error.hint})' if error.hint else ''}" for error in others),
            *last.details,
        )
        raise ReadError(last.message, last.hint, details)
    return any(check.has_failed for check in checked.checks)


def apply_fixes(names: list[str], request: CheckRequest, *, fix: bool, reason: str | None) -> None:
    """Fix the findings that have a fix, then accept the rest with a reason.

    Raises:
        UsageError: the reason is empty, or the list comes from standard input.
        ReadError: the file is not a list that can be fixed.
    """
    if reason is not None and not reason.strip():
        raise UsageError("--add-ignore needs a reason", "write why the findings are accepted")
    if fix:
        for check in _check_fixable(names, request):
            fixes = {
                finding.path: finding.fix for finding in check.report.findings if finding.fix is not None
            }
            _save_edit(check, "fixed", Replace(fixes), len(fixes))
    if reason:
        for check in _check_fixable(names, request):
            entries = tuple(_iter_ignore_entries(check, reason.strip()))
            _save_edit(check, "suppressed", Append(("ignore",), entries), len(entries))


def _check_fixable(names: list[str], request: CheckRequest) -> tuple[FileCheck, ...]:
    """Check all lists before the first one is edited."""
    checked = check_lists(names, request)
    if checked.errors:
        raise checked.errors[0]
    for check in checked.checks:
        if check.path == STDIN or check.source.git_path:
            what = "standard input" if check.path == STDIN else f"the revision {check.path}"
            raise UsageError(f"--fix and --add-ignore cannot change {what}", "name a file")
        if check.registry is None:
            message = f"{check.path} cannot be edited: the registry is not valid"
            raise ReadError(message, "see: subproc check")
    return checked.checks


def _save_edit(checked_file: FileCheck, action: str, edit: Edit, count: int) -> None:
    if count:
        content = apply_edits(checked_file.source, edit, field_order=introspect.list_fields)
        ensure_valid(checked_file.source, Source(checked_file.source.name, content))
        save_or_show_diff(checked_file.path, checked_file.source, content, dry_run=False)
    print_stderr(f"subproc: {count or 'nothing'} {action} in {checked_file.path}")


def _iter_ignore_entries(checked_file: FileCheck, reason: str) -> Iterator[dict[str, str]]:
    """Yield an entry of `ignore` for each rule and service; findings about suppressions are not accepted."""
    pairs = dict.fromkeys(
        (finding.rule.name, finding.service) for finding in checked_file.report.findings if finding.rule.find
    )
    for rule, service in pairs:
        service_field = {"service": service} if service else {}
        yield {"rule": rule, **service_field, "reason": reason}
