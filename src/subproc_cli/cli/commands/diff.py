"""`subproc diff`."""

import shlex
from enum import StrEnum
from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.console import Output, print_stderr
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import ColourOption, NewArgument, OutputOption, QuietOption, RegistryOption
from subproc_cli.cli.registry_file import format_registry_option, open_revisions
from subproc_cli.cli.repository_paths import localize
from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.diff.report import ChangesReport, KindsReport
from subproc_cli.enums import Colour, Direction, Level
from subproc_cli.errors import UsageError
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.formats.github import Annotation, render
from subproc_cli.text import join_words


class ChangesFormat(StrEnum):
    """The output formats of a comparison."""

    TEXT = "text"
    ONELINE = "oneline"
    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"
    GITHUB = "github"


HELP = """Compare two revisions: show what changed and what each change requires.

\b
subproc diff HEAD
subproc diff 4.0.0 5.0.0
subproc diff @2024-01-01
subproc diff main...HEAD -f markdown
subproc diff old.yaml new.yaml -f json --fail-on notice
subproc diff --kinds
"""


def command(
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="OLD",
            autocompletion=completion.complete_revisions,
            help="A file, a git revision, a version, @DATE, A..B, or -.",
        ),
    ] = None,
    new: NewArgument = None,
    registry: RegistryOption = None,
    kinds: Annotated[
        bool, typer.Option("--kinds", help="List the kinds of change instead of comparing.")
    ] = False,
    fail_on: Annotated[
        Level | None,
        typer.Option(
            "--fail-on",
            help="Exit with 1 if a change has this level or higher. A change of a text that nobody has"
            " reviewed counts as notice.",
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if a change matches no kind.")
    ] = False,
    form: Annotated[
        ChangesFormat, typer.Option("--format", "-f", help="Output format.")
    ] = ChangesFormat.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc diff`.

    Raises:
        UsageError: no revision to compare with is named, or an option does not apply.
        typer.Exit: with 1 if `--fail-on` applies.
    """
    from subproc_cli.cli.console import Output

    out = Output(form, output, colour, quiet)
    if kinds:
        out.show(KindsReport(manual=out.output_format in ("markdown", "html")))
        return
    revisions, changes = write_changes(out, old, new, registry)
    unread = find_unread_changes(revisions[1], changes) if fail_on is Level.NOTICE else ()
    if unread and not quiet:
        print_stderr(f"subproc: {_describe_unread(revisions[1], unread)}")
    if unread or has_failing_change(changes, fail_on, strict=strict):
        raise typer.Exit(FINDINGS)


def find_unread_changes(new: Registry, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the changes of texts that a program cannot judge and that nobody has reviewed.

    Whether a new purpose or condition allows more is for a person to decide. `reviewed` of the service
    records the decision; it has to be of the date of the revision, or later.
    """
    return tuple(
        change
        for change in changes
        if change.direction is Direction.UNDECIDED
        and change.level is Level.INFORM
        and change.service
        and not _is_reviewed(new, change.service)
    )


def _is_reviewed(new: Registry, key: str) -> bool:
    service = new.model.services.get(key)
    return bool(service and service.reviewed and service.reviewed.date >= new.model.date)


def _describe_unread(new: Registry, unread: tuple[Change, ...]) -> str:
    keys = list(dict.fromkeys(change.service for change in unread))
    kinds = join_words(dict.fromkeys(change.kind for change in unread))
    texts = "a change" if len(unread) == 1 else f"{len(unread)} changes"
    command = f"subproc set {keys[0]} reviewed {new.model.date}"
    return (
        f"{texts} of texts that a program cannot judge ({kinds}): read them, set levels if customers need a "
        f"notice, and record the review: {command}"
    )


_ANNOTATION_COMMANDS = {Level.NOTICE: "warning", Level.INFORM: "notice", Level.EDITORIAL: "notice"}


def write_changes(
    output: Output, old: str | None, new: str | None, registry: str | None
) -> tuple[tuple[Registry, Registry], tuple[Change, ...]]:
    """Write the changes between two revisions, and return both.

    Raises:
        UsageError: no earlier revision is named, or a name has two readings.
        ReadError: there is no such revision, or it has errors.
    """
    if old is None:
        raise UsageError("diff needs a revision to compare with", "for example: subproc diff HEAD")
    before, after = open_revisions(old, new, registry)
    old_date, new_date = before.model.date, after.model.date
    if new_date < old_date:
        print_stderr(f"subproc: {new_date} is before {old_date}: name the earlier revision first (OLD NEW)")
    changes = diff(before, after)
    view = ChangesReport(before, after, changes)
    if output.output_format == "oneline":
        output.write("".join(f"{sanitize_line(line)}\n" for line in view.to_lines()))
    elif output.output_format == "github":
        output.write(render(_build_annotations(view)))
    elif output.output_format == "markdown" and not changes:
        output.write("")
    else:
        output.show(view, _format_next_step(changes, old, new, registry))
    return (before, after), changes


def _format_next_step(changes: tuple[Change, ...], old: str, new: str | None, registry: str | None) -> str:
    notice_count = sum(change.level is Level.NOTICE for change in changes)
    if not notice_count:
        return ""
    needs = "change needs" if notice_count == 1 else "changes need"
    revisions = shlex.join(revision for revision in (old, new) if revision)
    registry_option = format_registry_option(registry)
    return f"{notice_count} {needs} a notice: subproc notice {revisions}{registry_option} --dry-run"


def _build_annotations(view: ChangesReport) -> list[Annotation]:
    return [
        Annotation(
            _ANNOTATION_COMMANDS[change.level],
            localize(where, {view.new.file: view.new.git_path}),
            f"{change.level}: {change.kind}",
            text,
        )
        for change, where, text in view.iter_positions()
    ]


def has_failing_change(changes: tuple[Change, ...], fail_on: Level | None, *, strict: bool) -> bool:
    """Return whether a change has a level or a higher one, or, if strict, matches no kind."""
    order = list(Level)
    has_severe = fail_on and any(order.index(change.level) <= order.index(fail_on) for change in changes)
    return bool(has_severe) or (strict and any(change.kind == "unclassified-change" for change in changes))
