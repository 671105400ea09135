"""Imports a file and writes or merges what was found."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer  # noqa: TID251

from subproc_cli.errors import UsageFault
from subproc_cli.intake.kind import Kind

if TYPE_CHECKING:
    from subproc_cli.intake.convert import Imported
    from subproc_cli.intake.merge import Merged
    from subproc_cli.intake.tally import Report
    from subproc_cli.registry.source import Source


class ReportForm(StrEnum):
    """What the report of an import is written as."""

    TEXT = "text"
    JSON = "json"


class Wanted(NamedTuple):
    """What is to be imported, as the command line says it."""

    file: str
    form: Kind
    mapped: tuple[str, ...]
    id_column: str | None
    publisher: str
    day: str | None


class Merge(NamedTuple):
    """The list that is to be added to, and how."""

    into: str
    output: str | None
    yes: bool
    dry_run: bool


def write_new(wanted: Wanted, output: str | None, form: ReportForm, *, quiet: bool) -> None:
    """Write what was imported as a new list.

    Raises:
        UsageFault: a list stands there already.
    """
    from subproc_cli.cli.files import replace_bytes
    from subproc_cli.cli.output import put_bytes
    from subproc_cli.intake import convert

    if output and output != "-" and Path(output).is_file():
        raise UsageFault(
            f"{output}: stands there already", f"add to it with --into {output}, or name another file"
        )
    made = _imported(wanted, ())
    text = convert.text(made, wanted.publisher, _day(wanted.day))
    _checked(text)
    if output and output != "-":
        replace_bytes(Path(output), None, text.encode())
    else:
        put_bytes(text.encode(), None)
    _tell(made.report, form, quiet=quiet)


def _day(text: str | None) -> date:
    from subproc_cli.cli.reading import day_of

    return day_of(text, "--date")


def _imported(wanted: Wanted, taken: tuple[str, ...]) -> "Imported":
    from subproc_cli.intake import importers
    from subproc_cli.intake.labels import Labels
    from subproc_cli.registry import source

    labels = Labels(_mapping(wanted))
    return importers.read(source.read(wanted.file), wanted.form, labels, taken)


def _mapping(wanted: Wanted) -> dict[str, str]:
    """Return the fields that the user maps labels to.

    Raises:
        UsageFault: a mapping is not written as LABEL=FIELD, or there is no such field.
    """
    from subproc_cli.intake.labels import paths
    from subproc_cli.words import did_you_mean

    mapping = {wanted.id_column: "id"} if wanted.id_column else {}
    for each in wanted.mapped:
        label, equals, path = (part.strip() for part in each.rpartition("="))
        if not equals or not label:
            raise UsageFault(f"--map: {each!r} is not LABEL=FIELD", '--map "Entity Country=entity.country"')
        if path not in paths():
            hint = did_you_mean(path, paths()) or f"one of: {', '.join(paths())}"
            raise UsageFault(f"--map: there is no field {path!r}", hint)
        mapping[label] = path
    return mapping


def _checked(text: str) -> None:
    """Make sure that what is about to be written is a list that can be read."""
    from subproc_cli.registry.index import Index
    from subproc_cli.registry.load import load
    from subproc_cli.registry.source import Source

    read = load(Source("the imported list", text.encode()))
    if not isinstance(read, Index):
        raise AssertionError("; ".join(f"{problem.where}: {problem.message}" for problem in read[:3]))  # noqa: TRY004


def _tell(report: "Report", form: ReportForm, *, quiet: bool) -> None:
    """Print the report beside the result, which may be on standard output."""
    from subproc_cli.cli.output import WIDTH, to_stderr
    from subproc_cli.views.intake import IntakeView

    view = IntakeView(report)
    if form is ReportForm.JSON:
        from subproc_cli.render import json

        to_stderr(json.render(view.record()).rstrip("\n"))
    elif not quiet:
        from subproc_cli.render import text

        to_stderr(text.render(view.page(), WIDTH).rstrip("\n"))


def begun_with(begun: "Source", page: str) -> "Source":
    """Return a list that begins with the services of a page or a table, and tell what became of its texts."""
    from subproc_cli.cli.reading import opened
    from subproc_cli.intake.merge import merged
    from subproc_cli.registry.source import Source

    made = _imported(Wanted(page, Kind.AUTO, (), None, "", None), ())
    after = merged(begun, opened(begun), made)
    _checked(after.content.decode("utf-8-sig"))
    _tell(made.report, ReportForm.TEXT, quiet=False)
    return Source(begun.name, after.content)


def merge(wanted: Wanted, how: Merge, form: ReportForm, *, quiet: bool) -> None:
    """Add what was imported to a list, after its difference has been seen.

    Raises:
        UsageFault: nobody can be asked, and nobody said yes.
    """
    from subproc_cli.cli.files import replace_bytes
    from subproc_cli.cli.output import put_bytes, to_stdout
    from subproc_cli.cli.reading import opened
    from subproc_cli.intake.merge import merged
    from subproc_cli.registry import source
    from subproc_cli.registry.source import Source

    before = source.read(how.into)
    index = opened(before)
    made = _imported(wanted, ())
    after = merged(before, index, made)
    _checked(after.content.decode("utf-8-sig"))
    difference = _difference(before, Source(before.name, after.content))
    remarks = (*_told(after), *after.differing)
    report = made.report._replace(remarks=(*made.report.remarks, *remarks))
    if how.dry_run:
        to_stdout(difference)
    elif difference and _agreed(difference, how, quiet=quiet):
        if how.output or how.into == source.STDIN:
            put_bytes(after.content, how.output)
        else:
            replace_bytes(Path(how.into), before.content, after.content)
    _tell(report, form, quiet=quiet)


def _told(after: "Merged") -> list[str]:
    """Return in sentences what was added."""
    told = [f"{key}: is new" for key in after.added]
    return [*told, *(f"{key}: {field} was not stated and is added" for key, field in after.filled)]


def _agreed(difference: str, how: Merge, *, quiet: bool) -> bool:
    """Show a difference and ask whether to write it."""
    import sys

    from subproc_cli.cli.output import to_stderr

    if not quiet or not how.yes:
        to_stderr(difference.rstrip("\n"))
    if how.yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageFault(f"{how.into}: nothing is written, nobody can be asked", "add --yes, or --dry-run")
    return typer.confirm(f"Write this to {how.output or how.into}?", err=True)


def _difference(before: "Source", after: "Source") -> str:
    """Return the unified difference of two texts, with what could deceive a reader made visible."""
    from difflib import unified_diff

    from subproc_cli.render.visible import visible

    old, new = (each.content.decode("utf-8-sig").splitlines() for each in (before, after))
    lines = unified_diff(old, new, before.name, f"{after.name} with what is imported", lineterm="")
    return "".join(f"{visible(line)}\n" for line in lines)
