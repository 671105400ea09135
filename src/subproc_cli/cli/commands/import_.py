"""`subproc import`."""

import os
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli.console import to_stderr, to_stdout
from subproc_cli.cli.options import OutputOption, QuietOption
from subproc_cli.cli.registry_file import opened
from subproc_cli.errors import UnreadableFault, UsageFault
from subproc_cli.importers.input_format import Kind
from subproc_cli.importers.merge import Merged, merged
from subproc_cli.importers.pipeline import Imported
from subproc_cli.importers.statistics import Report
from subproc_cli.output import unified_diff
from subproc_cli.registry import source
from subproc_cli.registry.source import STDIN

if TYPE_CHECKING:
    from subproc_cli.importers.pipeline import Imported
    from subproc_cli.importers.statistics import Report
    from subproc_cli.yaml.source import Source


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


class Target(NamedTuple):
    """Where what was imported goes.

    Attributes:
        output: the file to write; none or `-` is standard output, with `into` that list itself.
        into: a list to add to; `-` is standard input.
        yes: nobody is asked.
        dry_run: nothing is written.
    """

    output: str | None
    into: str | None
    yes: bool
    dry_run: bool


def run(wanted: Wanted, target: Target, form: ReportForm, *, quiet: bool) -> None:
    """Import a file, write what was found or add it to a list, and tell what became of its texts.

    Raises:
        UsageFault: two options contradict each other, or a file stands where one is to be written.
    """
    from subproc_cli.cli.console import hint
    from subproc_cli.cli.registry_file import named
    from subproc_cli.registry.source import STDIN

    _refuse_contradictions(wanted, target)
    _refuse_to_overwrite(target)
    made = _imported(wanted)
    if target.into:
        report = merge(made, target, target.into, quiet=quiet)
    else:
        report = _write_new(made, wanted, target)
    _tell(report, form, quiet=quiet)
    written = target.output or target.into
    if written and written != STDIN and not target.dry_run:
        hint(f"what it lacks, and what was guessed: subproc check{named(written)}", quiet=quiet)


def _refuse_contradictions(wanted: Wanted, target: Target) -> None:
    """Refuse options that would say nothing beside others, before anything is read."""
    from subproc_cli.registry.source import STDIN

    has = "the list that is added to has its own"
    for given, message, hint in (
        (target.yes and not target.into, "--yes goes with --into", "a new list is written without asking"),
        (
            target.yes and target.dry_run,
            "--yes and --dry-run contradict each other",
            "--dry-run asks nothing",
        ),
        (target.into and wanted.publisher, "--publisher does not go with --into", has),
        (target.into and wanted.day, "--date does not go with --into", has),
        (wanted.file == target.into == STDIN, "FILE and --into are both standard input", "name one of them"),
    ):
        if given:
            raise UsageFault(message, hint)


def _refuse_to_overwrite(target: Target) -> None:
    from subproc_cli.registry.source import STDIN

    output, into = target.output, target.into
    if not output or output == STDIN or not os.path.isfile(output):
        return
    if not into:
        hint = f"add to it with --into {output}, or name another file"
    elif os.path.isfile(into) and Path(output).samefile(into):
        return
    else:
        hint = f"leave -o out to add to {into}, or name another file"
    raise UsageFault(f"{output}: stands there already", hint)


def _write_new(made: "Imported", wanted: Wanted, target: Target) -> "Report":
    """Write what was imported as a new list."""
    from subproc_cli.atomic_write import replace_bytes
    from subproc_cli.cli.console import put_bytes
    from subproc_cli.importers import pipeline
    from subproc_cli.registry.source import STDIN

    text = pipeline.text(made, wanted.publisher, _day(wanted.day))
    refuse_unreadable(made, text)
    if target.dry_run or target.output in (None, "", STDIN):
        put_bytes(text.encode(), None, "" if target.dry_run else "keep it: -o registry.yaml")
    else:
        replace_bytes(Path(str(target.output)), None, text.encode())
    return made.report


def _day(text: str | None) -> date:
    from subproc_cli.cli.registry_file import day_of

    return day_of(text, "--date")


def _imported(wanted: Wanted) -> "Imported":
    """Return what is found in the file.

    Raises:
        UsageFault: it states itself what an option says.
    """
    from subproc_cli.importers import formats
    from subproc_cli.importers.columns import Labels
    from subproc_cli.registry import source

    labels = Labels(_mapping(wanted))
    made = formats.read(source.read(wanted.file), wanted.form, labels)
    options = {
        "--publisher": wanted.publisher,
        "--date": wanted.day,
        "--map": wanted.mapped,
        "--id-column": wanted.id_column,
    }
    useless = [option for option, given in options.items() if given]
    if made.head and useless:
        message = f"{useless[0]} does not go with {wanted.file}"
        raise UsageFault(message, "it is an export of a list, which states everything itself")
    return made


def _mapping(wanted: Wanted) -> dict[str, str]:
    """Return the fields that the user maps labels to.

    Raises:
        UsageFault: a mapping is not written as LABEL=FIELD, there is no such field, or a label has two.
    """
    from subproc_cli.importers.columns import paths
    from subproc_cli.text import did_you_mean

    mapping = {wanted.id_column: "id"} if wanted.id_column else {}
    for each in wanted.mapped:
        label, equals, path = (part.strip() for part in each.rpartition("="))
        if not equals or not label:
            raise UsageFault(f"--map: {each!r} is not LABEL=FIELD", '--map "Entity Country=entity.country"')
        if path not in paths():
            hint = did_you_mean(path, paths()) or f"one of: {', '.join(paths())}"
            raise UsageFault(f"--map: there is no field {path!r}", hint)
        if mapping.setdefault(label, path) != path:
            option = "--id-column" if label == wanted.id_column else "--map"
            raise UsageFault(f"--map: {label!r} is mapped to {path}, and by {option} to {mapping[label]}")
    return mapping


def refuse_unreadable(made: "Imported", text: str) -> None:
    """Make sure that what is about to be written is a list that can be read.

    Raises:
        UnreadableFault: it has faults, which an export states itself, or has with this list; or a text of it
            is longer than a list takes.
    """
    from subproc_cli.registry.loader import load
    from subproc_cli.registry.registry import Index
    from subproc_cli.yaml.builder import TEXT_TOO_LONG
    from subproc_cli.yaml.source import Source

    read = load(Source("the imported list", text.encode()))
    if isinstance(read, Index):
        return
    told = tuple(map(str, read))
    if all(each.message == TEXT_TOO_LONG for each in read):
        message = f"{made.report.file}: a text of it is longer than a list takes; nothing was written"
        raise UnreadableFault(message, "shorten it", told)
    if not made.head:
        raise AssertionError("; ".join(told[:3]))
    message = f"{made.report.file}: its services cannot be taken as they are; nothing was written"
    raise UnreadableFault(
        message,
        "an export is taken as it is: with its own words for data and places, which the list needs too",
        told,
    )


def _tell(report: "Report", form: ReportForm, *, quiet: bool) -> None:
    """Print the report beside the result, which may be on standard output."""
    from subproc_cli.cli.console import to_stderr
    from subproc_cli.cli.wrapping import WIDTH
    from subproc_cli.importers.report import IntakeView

    view = IntakeView(report)
    if form is ReportForm.JSON:
        from subproc_cli.output import json

        to_stderr(json.render(view.record()).rstrip("\n"))
    elif not quiet:
        from subproc_cli.output import text

        to_stderr(text.render(view.page(), WIDTH).rstrip("\n"))


def begun_with(begun: "Source", page: str) -> "Source":
    """Return a list that begins with the services of a page or a table, and tell what became of its texts."""
    from subproc_cli.cli.registry_file import opened
    from subproc_cli.importers.merge import merged
    from subproc_cli.yaml.source import Source

    made = _imported(Wanted(page, Kind.AUTO, (), None, "", None))
    after = merged(begun, opened(begun), made)
    refuse_unreadable(made, after.content.decode("utf-8-sig"))
    _tell(told(made, after._replace(added=())), ReportForm.TEXT, quiet=False)
    return Source(begun.name, after.content)


def command(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A page, a table or data; - is standard input.")
    ],
    form: Annotated[
        Kind,
        typer.Option("--format", "-f", help="What the file is; auto: as its name and its beginning tell."),
    ] = Kind.AUTO,
    output: OutputOption = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="LABEL=FIELD", help='Read a column or label as a field: "Sitz=entity.country".'
        ),
    ] = None,
    id_column: Annotated[
        str | None, typer.Option("--id-column", metavar="LABEL", help="The column that holds the ids.")
    ] = None,
    publisher: Annotated[str, typer.Option("--publisher", metavar="NAME", help="Whose list this is.")] = "",
    day: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DATE", help="The date of the list, if it states none. [default: today]"
        ),
    ] = None,
    report: Annotated[
        ReportForm, typer.Option("--report", help="What the report is written as.")
    ] = ReportForm.TEXT,
    into: Annotated[
        str | None,
        typer.Option(
            "--into",
            metavar="FILE",
            help="Add to this list instead of writing a new one; - is standard input.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --into: write without asking.")] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Write nothing; show the list, with --into the difference."),
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Turn a page, a table or other data into a list to go on with. Nothing is lost.

    What could not be read stands in the notes of its service, what was guessed is marked, and a report
    counts both for each column and names the text that belongs to no service. Places that are understood in
    part only are not stated. Former and planned services are left out, and listed in the report.

    \b
    subproc import subprocessors.md -o registry.yaml
    subproc import vendors.csv --map "Seat=entity.country" --id-column Key
    subproc import page.html --into registry.yaml --dry-run
    """
    wanted = Wanted(file, form, tuple(mapped or ()), id_column, publisher, day)
    run(wanted, Target(output, into, yes=yes, dry_run=dry_run), report, quiet=quiet)


def merge(made: Imported, target: Target, into: str, *, quiet: bool) -> Report:
    """Add what was imported to a list, and return the report of both.

    Raises:
        UsageFault: nobody can be asked, and nobody said yes.
    """
    before = source.read(into)
    after = merged(before, opened(before), made)
    text = after.content.decode("utf-8-sig")
    refuse_unreadable(made, text)
    difference = unified_diff.render(before.content.decode("utf-8-sig"), text, before.name)
    output = target.output or into
    if target.dry_run:
        to_stdout(difference)
    elif output == STDIN:
        to_stdout(after.content.decode("utf-8"))
    elif _agreed(difference, target, output, quiet=quiet) if difference else target.output:
        stood = before.content if os.path.exists(output) else None  # another file was refused before
        replace_bytes(Path(output), stood, after.content)
    return told(made, after)


def told(made: Imported, after: Merged) -> Report:
    """Return the report of an import with what was added to a list, and what that list states otherwise."""
    added = (f"{key}: is new" for key in after.added)
    filled = (f"{key}: {field} was not stated and is added" for key, field in after.filled)
    remarks = (*made.report.remarks, *added, *filled, *after.differing)
    return made.report._replace(remarks=remarks, skipped=(*made.report.skipped, *made.head))


def _agreed(difference: str, target: Target, output: str, *, quiet: bool) -> bool:
    """Show a difference and ask whether to write it."""
    if not quiet or not target.yes:
        to_stderr(difference.rstrip("\n"))
    if target.yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageFault(f"{output}: nothing is written, nobody can be asked", "add --yes, or --dry-run")
    return typer.confirm(f"Write this to {output}?", err=True)
