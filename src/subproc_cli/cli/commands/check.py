"""`subproc check`."""

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.console import Output, to_stderr
from subproc_cli.cli.editing import keep, refuse_faults
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import AtOption, Colour, ColourOption, ListOption, OutputOption, QuietOption
from subproc_cli.cli.registry_file import day_of, list_path, named, opened, revisions, warn_of_doubts
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Gravity, Level, Severity
from subproc_cli.errors import UnreadableFault, UsageFault
from subproc_cli.output import json
from subproc_cli.output.sanitize import visible
from subproc_cli.registry import introspect, source
from subproc_cli.registry.loader import load
from subproc_cli.registry.registry import Index
from subproc_cli.registry.source import STDIN
from subproc_cli.rules import config
from subproc_cli.rules.config import FailOn, Selection, avoidable, known
from subproc_cli.rules.engine import Report, unreadable
from subproc_cli.rules.engine import run as run_rules
from subproc_cli.rules.formats import github, gitlab, junit, sarif
from subproc_cli.rules.formats.github import Annotation
from subproc_cli.rules.report import FindingsView, RulesView
from subproc_cli.rules.rule import Against, Subject
from subproc_cli.version import __version__
from subproc_cli.yaml.editor import Append, Edit, Replace, edited
from subproc_cli.yaml.source import Source

_RULES = completion.several(completion.checks)


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


def command(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="The list. [default: that of --registry]")
    ] = None,
    registry: ListOption = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="REV",
            autocompletion=completion.revisions,
            help="Check the change since this revision as well.",
        ),
    ] = None,
    missing_base: Annotated[
        MissingBase, typer.Option("--missing-base", help="What to do if there is no such revision.")
    ] = MissingBase.FAIL,
    at: AtOption = None,
    clock: Annotated[
        bool, typer.Option("--clock/--no-clock", help="Run the rules that depend on the day.")
    ] = True,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="RULE",
            autocompletion=_RULES,
            help="Only these: names, codes, SP1 for all SP1xx.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULE", autocompletion=_RULES, help="Not these.")
    ] = None,
    ignores: Annotated[
        bool, typer.Option("--ignores/--no-ignores", help="Obey the suppressions of the list.")
    ] = True,
    fix: Annotated[bool, typer.Option("--fix", help="Mend in the file what has one right text.")] = False,
    add_ignore: Annotated[
        str | None,
        typer.Option("--add-ignore", metavar="REASON", help="Accept all findings, in the list's ignore."),
    ] = None,
    fail_on: Annotated[
        FailOn | None,
        typer.Option("--fail-on", help="Leave with 1 at this severity or worse. [default: warning]"),
    ] = None,
    form: Annotated[
        FindingsFormat | None,
        typer.Option("--format", "-f", help="What to write. [default: text; in GitHub and GitLab CI theirs]"),
    ] = None,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Find what is wrong with a list, missing from it, or wrong with a change to it.

    \b
    subproc check
    subproc check registry.yaml --against origin/main
    subproc check --select SP1 --fail-on never
    subproc check -f sarif -o subproc.sarif
    subproc check --at 2027-01-01
    subproc check --fix --add-ignore "asked the vendor on 2027-01-01"

    A rule explained: subproc rule missing-location. All of them: subproc rule --all.
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import refuse_two_lists

    refuse_two_lists(context, file, registry)
    wish = Wish(
        file or registry, against, missing_base == "empty", at, clock, select, ignore, ignores, fail_on
    )
    if fix or add_ignore is not None:
        apply_fixes(wish, fix=fix, reason=add_ignore)
    found = format_here(form)
    if run(wish, Output(FindingsFormat(found), output, colour, quiet)):
        raise typer.Exit(FINDINGS)


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class Wish(NamedTuple):
    """What to check and how, as it was typed."""

    file: str | None
    against: str | None
    empty_base: bool
    at: str | None
    clock: bool
    select: list[str] | None
    ignore: list[str] | None
    ignores: bool
    fail_on: str | None


def format_here(wanted: str | None) -> str:
    """Return the format that is wanted, or the one that fits where the program runs."""
    if wanted:
        return wanted
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "gitlab" if os.environ.get("GITLAB_CI") == "true" else "text"


class Checked(NamedTuple):
    """A file, the list that it holds if it holds one, what was found, and from when on that fails."""

    path: str
    source: Source
    listed: Index | None
    report: Report
    fail_on: str


def checked(wish: Wish) -> Checked:
    """Check a list."""
    path = list_path(wish.file)
    given_here = config.read(Path(path))
    selection = _selection(wish, given_here)
    fail_on = wish.fail_on or given_here.get("fail-on", "warning")
    given = source.read(path)
    read = load(given)
    day = day_of(wish.at)
    if not isinstance(read, Index):
        return Checked(path, given, None, unreadable(read), fail_on)
    day = day if wish.at or wish.clock else read.registry.date
    report = run_rules(Subject(read, day, _against(wish, path, read), clock=wish.clock), selection)
    return Checked(path, given, read, report, fail_on)


def run(wish: Wish, output: Output) -> bool:
    """Check a list, write what is found, and tell whether it fails."""
    found = checked(wish)
    text = found.source.content.decode("utf-8-sig", "replace")
    _write(FindingsView(found.report, found.listed, text), output, _next_step(found.report, found.path))
    return found.fail_on != "never" and found.report.fails(Severity(found.fail_on))


def _next_step(report: Report, path: str) -> str:
    if not report.found:
        return ""
    mendable = sum(each.rule.fixable for each in report.found)
    fix = f"{mendable} can be mended: subproc check --fix{named(path)}; " if mendable else ""
    return f"{fix}why a rule is one: subproc rule {report.found[0].rule.name}"


def _selection(wish: Wish, given: dict[str, Any]) -> Selection:
    select = tuple(_apart(wish.select) if wish.select is not None else given.get("select", ()))
    ignore = (*given.get("ignore", ()), *_apart(wish.ignore or []))
    known(select, "--select")
    avoidable(ignore, "--ignore")
    severities = {name: Gravity(chosen) for name, chosen in given.get("severities", {}).items()}
    return Selection(select, ignore, severities, wish.clock, wish.ignores)


def _apart(words: list[str]) -> list[str]:
    """Return the rules of an option that was given several times, or with commas."""
    return [part.strip() for word in words for part in word.split(",")]


def _against(wish: Wish, path: str, index: Index) -> Against | None:
    """Return the earlier revision, with what changed since and the changelog beside the list."""
    if wish.against is None:
        return None
    first = False
    try:
        earlier = revisions(path)
        base = opened(earlier.read(wish.against))
        warn_of_doubts(earlier)
    except UnreadableFault:
        if not wish.empty_base:
            raise
        base, first = _empty(index), True
    beside = str(Path(path).parent / "CHANGELOG.md")
    known = source.read(beside).content if os.path.isfile(beside) else None
    changelog = None if known is None else known.decode("utf-8-sig", "replace")
    against = Against(base, diff(base, index), changelog, first)
    return _with_gaps(against, index) if changelog and not first else against


def _with_gaps(against: Against, index: Index) -> Against:
    """Add how the changelog's entry of a list differs from what changed."""
    from subproc_cli.cli.commands.changelog import find_gaps
    from subproc_cli.diff.changelog import Entry
    from subproc_cli.diff.changelog_file import find_place
    from subproc_cli.diff.report import sentence

    changelog = against.changelog or ""
    if not find_place(changelog, index.registry.version).taken:
        return against
    gaps = find_gaps(Entry(against.base, index, against.changes), changelog)
    worth_telling = (change for change in gaps.missing if change.level is not Level.EDITORIAL)
    unreported = tuple(sentence(against.base, index, change) for change in worth_telling)
    return against._replace(unreported=unreported, outdated=gaps.outdated)


def _empty(index: Index) -> Index:
    """Return a list without services, for the first revision of all."""
    nothing = index.registry.model_copy(update={"version": "0.0.0", "services": {}})
    return index.completed(Source("<nothing>", b""), nothing)


def _write(view: FindingsView, output: Output, following: str) -> None:
    record = view.record()["problems"]
    match output.form:
        case "oneline":
            text = "".join(f"{visible(each)}\n" for each in view.lines())
        case "github":
            text = github.render(_annotations(view)) + f"{visible(view.sum())}\n"
        case "sarif":
            text = json.render(sarif.record(record, _rules(), __version__))
        case "gitlab":
            text = json.render(gitlab.record(record))
        case "junit":
            text = junit.render(record, _rules())
        case _:
            output.show(view, following)
            return
    if not output.quiet or output.file:
        output.write(text)


def _rules() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = RulesView().record()["rules"]
    return found


def _annotations(view: FindingsView) -> list[Annotation]:
    worst_first = sorted(view.report.found, key=lambda each: list(Severity).index(each.severity))
    return [
        Annotation(
            _COMMANDS[each.severity],
            each.where,
            f"{each.rule.code} {each.rule.name}",
            view.message(each),
        )
        for each in worst_first
    ]


def apply_fixes(wish: Wish, *, fix: bool, reason: str | None) -> None:
    """Write the one right text of each finding that has one, then accept the rest with a reason.

    Raises:
        UsageFault: the reason is empty, or the list comes from standard input.
        UnreadableFault: the file is no list that could be mended.
    """
    if reason is not None and not reason.strip():
        raise UsageFault("--add-ignore needs a reason", "say why the findings are accepted")
    if fix:
        found = _sound(checked(wish))
        fixes = {each.route: each.fix for each in found.report.found if each.fix is not None}
        _keep(found, "mended", Replace(fixes), len(fixes))
    if reason:
        found = _sound(checked(wish))
        entries = tuple(_accepted(found, reason.strip()))
        _keep(found, "accepted", Append(("ignore",), entries), len(entries))


def _sound(found: Checked) -> Checked:
    if found.path == STDIN:
        raise UsageFault("standard input cannot be mended", "name the file")
    if found.listed is None:
        raise UnreadableFault(f"{found.path} cannot be mended: it is no sound list", "see: subproc check")
    return found


def _keep(found: Checked, done: str, edit: Edit, count: int) -> None:
    if count:
        content = edited(found.source, edit, field_order=introspect.names)
        refuse_faults(Source(found.source.name, content))
        keep(found.path, found.source, content, dry_run=False)
    to_stderr(f"subproc: {count or 'nothing'} {done} in {found.path}")


def _accepted(found: Checked, reason: str) -> Iterator[dict[str, str]]:
    """Yield an entry of `ignore` for each rule and service; findings about suppressions are not accepted."""
    pairs = dict.fromkeys((each.rule.name, each.service) for each in found.report.found if each.rule.find)
    for rule, service in pairs:
        about = {"service": service} if service else {}
        yield {"rule": rule, **about, "reason": reason}
