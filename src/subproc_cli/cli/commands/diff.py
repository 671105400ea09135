"""`subproc diff`."""

import shlex
from enum import StrEnum
from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.console import Output, to_stderr
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import Colour, ColourOption, ListOption, NewArgument, OutputOption, QuietOption
from subproc_cli.cli.registry_file import named, open_revisions
from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.diff.report import ChangesView, KindsView
from subproc_cli.enums import Level
from subproc_cli.errors import UsageFault
from subproc_cli.output.sanitize import visible
from subproc_cli.rules.formats.github import Annotation, render


class ChangesFormat(StrEnum):
    """What a comparison is written as."""

    TEXT = "text"
    ONELINE = "oneline"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"
    GITHUB = "github"


def command(
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="OLD",
            autocompletion=completion.revisions,
            help="A file, a git revision, a version, @DATE, A..B, or -.",
        ),
    ] = None,
    new: NewArgument = None,
    registry: ListOption = None,
    kinds: Annotated[
        bool, typer.Option("--kinds", help="List the kinds of change, and compare nothing.")
    ] = False,
    fail_on: Annotated[
        Level | None, typer.Option("--fail-on", help="Exit with 1 at a change of this level or above.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 at a change that no kind explains.")
    ] = False,
    form: Annotated[
        ChangesFormat, typer.Option("--format", "-f", help="What to write.")
    ] = ChangesFormat.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Compare two revisions: what changed, and what each change demands.

    \b
    subproc diff HEAD
    subproc diff 4.0.0 5.0.0
    subproc diff @2024-01-01
    subproc diff main...HEAD -f markdown
    subproc diff old.yaml new.yaml -f json --fail-on notice
    subproc diff --kinds
    """
    from subproc_cli.cli.console import Output

    out = Output(form, output, colour, quiet)
    if kinds:
        show_kinds(out)
        return
    changes = show(out, old, new, registry)
    if failed(changes, fail_on, strict=strict):
        raise typer.Exit(FINDINGS)


_COMMANDS = {Level.NOTICE: "warning", Level.INFORM: "notice", Level.EDITORIAL: "notice"}


def show(out: Output, old: str | None, new: str | None, registry: str | None) -> tuple[Change, ...]:
    """Write the changes between two revisions, and return them."""
    if old is None:
        raise UsageFault("diff needs a revision to compare with", "for example: subproc diff HEAD")
    before, after = open_revisions(old, new, registry)
    first, second = before.registry.date, after.registry.date
    if second < first:
        to_stderr(f"subproc: {second} is before {first}: the earlier revision stands first (OLD NEW)")
    changes = diff(before, after)
    view = ChangesView(before, after, changes)
    if out.form == "oneline":
        out.write("".join(f"{visible(line)}\n" for line in view.lines()))
    elif out.form == "github":
        out.write(render(_annotations(view)))
    elif out.form == "markdown" and not changes:
        out.write("")
    else:
        out.show(view, _next_step(changes, old, new, registry))
    return changes


def _next_step(changes: tuple[Change, ...], old: str, new: str | None, registry: str | None) -> str:
    number = sum(change.level is Level.NOTICE for change in changes)
    if not number:
        return ""
    needs = "change needs" if number == 1 else "changes need"
    revisions = shlex.join(each for each in (old, new) if each)
    return f"{number} {needs} a notice: subproc notice {revisions}{named(registry)} --dry-run"


def _annotations(view: ChangesView) -> list[Annotation]:
    return [
        Annotation(_COMMANDS[change.level], where, f"{change.level}: {change.kind}", text)
        for change, where, text in view.places()
    ]


def failed(changes: tuple[Change, ...], fail_on: Level | None, *, strict: bool) -> bool:
    """Tell whether changes are of a level or above, or, strictly, of no kind."""
    order = list(Level)
    grave = fail_on and any(order.index(each.level) <= order.index(fail_on) for each in changes)
    return bool(grave) or (strict and any(each.kind == "unclassified-change" for each in changes))


def show_kinds(out: Output) -> None:
    """Write the catalogue of the kinds of change."""
    out.show(KindsView(manual=out.form in ("markdown", "html")))
