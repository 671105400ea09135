"""`subproc import`."""

import os
import shlex
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from subproc_cli.cli import progress
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import OutputOption, QuietOption
from subproc_cli.errors import UsageError
from subproc_cli.importers.input_format import InputFormat

if TYPE_CHECKING:
    from subproc_cli.importers.merge import MergeResult
    from subproc_cli.importers.pipeline import ImportResult
    from subproc_cli.importers.statistics import ImportSummary
    from subproc_cli.registry.registry import Registry
    from subproc_cli.yaml.source import Source


class ReportFormat(StrEnum):
    """The output formats of the report of an import."""

    TEXT = "text"
    JSON = "json"


class ImportOptions(NamedTuple):
    """The import that the command line asks for."""

    file: str
    input_format: InputFormat
    mappings: tuple[str, ...]
    id_column: str | None
    publisher: str
    date: str | None


class ImportTarget(NamedTuple):
    """Where the import is written.

    Attributes:
        output: the file to write; none or `-` is standard output, with `into` that list itself.
        into: a list to add to; `-` is standard input.
        yes: write without asking.
        dry_run: nothing is written.
        update: with `into`, changed values and the end of services are written as well.
        check: nothing is written, and the exit code says whether anything differs.
    """

    output: str | None
    into: str | None
    yes: bool
    dry_run: bool
    update: bool = False
    check: bool = False


def run_import(
    options: ImportOptions, target: ImportTarget, report_format: ReportFormat, *, quiet: bool
) -> None:
    """Import a file, write what was found or add it to a list, and report what became of its texts.

    Raises:
        UsageError: two options contradict each other, or a file exists where one is to be written.
        typer.Exit: with 1 after `--check`, if the list differs from the file.
    """
    from subproc_cli.cli.console import print_hint
    from subproc_cli.cli.registry_file import format_registry_option
    from subproc_cli.registry.source import STDIN

    _refuse_contradictions(options, target)
    _refuse_to_overwrite(target)
    imported = _read_input(options)
    if target.into:
        report = merge_into(imported, target, target.into, quiet=quiet)
    else:
        report = _write_new(imported, options, target)
    _print_report(report, report_format, quiet=quiet)
    if target.into and any(each.command for each in report.differences):
        line = f"subproc import {shlex.quote(options.file)} --into {shlex.quote(target.into)} --update"
        print_hint(f"to write all of this: {line}", quiet=quiet)
    if target.check and report.differences:
        raise typer.Exit(FINDINGS)
    written = target.output or target.into
    if written and written != STDIN and not target.dry_run and not target.check:
        print_hint(
            f"see what is missing and what was guessed: subproc check{format_registry_option(written)}",
            quiet=quiet,
        )


def _refuse_contradictions(options: ImportOptions, target: ImportTarget) -> None:
    """Refuse options that have no effect together with others, before anything is read."""
    from subproc_cli.registry.source import STDIN

    own_value_hint = "the registry you add to has its own"
    for applies, message, hint in (
        (target.yes and not target.into, "--yes needs --into", "a new registry is written without asking"),
        (target.update and not target.into, "--update needs --into", "name the registry to update"),
        (target.check and not target.into, "--check needs --into", "name the registry to compare with"),
        (
            target.check and (target.yes or target.update or target.dry_run or target.output),
            "--check writes nothing, so it cannot be used with --yes, --update, --dry-run or --output",
            "choose one",
        ),
        (
            target.yes and target.dry_run,
            "--yes and --dry-run cannot be used together",
            "choose one",
        ),
        (target.into and options.publisher, "--publisher cannot be used with --into", own_value_hint),
        (target.into and options.date, "--date cannot be used with --into", own_value_hint),
        (
            options.file == target.into == STDIN,
            "FILE and --into cannot both be standard input",
            "name a file for one of them",
        ),
    ):
        if applies:
            raise UsageError(message, hint)


def _refuse_to_overwrite(target: ImportTarget) -> None:
    from subproc_cli.registry.source import STDIN

    output, into = target.output, target.into
    if not output or output == STDIN or not os.path.isfile(output):
        return
    if not into:
        hint = f"add to it with --into {shlex.quote(output)}, or name another file"
    elif os.path.isfile(into) and Path(output).samefile(into):
        return
    else:
        hint = f"leave -o out to add to {into}, or name another file"
    raise UsageError(f"{output}: the file already exists", hint)


def _write_new(imported: "ImportResult", options: ImportOptions, target: ImportTarget) -> "ImportSummary":
    """Write the imported services as a new list."""
    from subproc_cli.atomic_write import replace_bytes
    from subproc_cli.cli.console import write_output_bytes
    from subproc_cli.importers import pipeline
    from subproc_cli.registry.source import STDIN

    text = pipeline.render_registry(imported, options.publisher, _parse_date(options.date))
    registry = pipeline.ensure_loadable(imported, text)
    if target.dry_run or target.output in (None, "", STDIN):
        write_output_bytes(text.encode(), None, "" if target.dry_run else "to save it: -o registry.yaml")
    else:
        replace_bytes(Path(str(target.output)), None, text.encode())
    return imported.report._replace(marks=_count_marks(registry))


def _count_marks(registry: "Registry") -> int:
    """Return how many values of a list are marked as guessed, as `subproc accept` counts them."""
    from subproc_cli.registry.comments import find_guess_comments

    return len(find_guess_comments(registry))


def _parse_date(text: str | None) -> date:
    from subproc_cli.cli.registry_file import parse_day_option

    return parse_day_option(text, "--date")


def _read_input(options: ImportOptions) -> "ImportResult":
    """Return the services of the file.

    Raises:
        UsageError: the file itself states what an option sets.
    """
    from subproc_cli.importers.columns import Labels, parse_mappings
    from subproc_cli.importers.import_file import import_file
    from subproc_cli.registry import source

    labels = Labels(parse_mappings(options.mappings, options.id_column))
    input_file = source.read(options.file)
    progress.show_large_file(input_file.name, len(input_file.content))
    imported = import_file(input_file, options.input_format, labels)
    values_by_option = {
        "--publisher": options.publisher,
        "--date": options.date,
        "--map": options.mappings,
        "--id-column": options.id_column,
    }
    unused_options = [option for option, value in values_by_option.items() if value]
    if imported.head and unused_options:
        message = f"{unused_options[0]} cannot be used with {options.file}"
        raise UsageError(message, "the file is an export of subproc and already contains this value")
    return imported


def _print_report(report: "ImportSummary", report_format: ReportFormat, *, quiet: bool) -> None:
    """Print the report next to the result, which may be on standard output."""
    from subproc_cli.cli.console import print_stderr
    from subproc_cli.cli.wrapping import DEFAULT_WIDTH
    from subproc_cli.importers.report import ImportReport

    view = ImportReport(report)
    if report_format is ReportFormat.JSON:
        from subproc_cli.output import json

        print_stderr(json.render(view.to_record()).rstrip("\n"))
    elif not quiet:
        from subproc_cli.output import terminal

        print_stderr(terminal.render(view.to_document(), DEFAULT_WIDTH, colour=False).rstrip("\n"))


def read_page(page: str) -> "ImportResult":
    """Return the services of a page or a table, and the date that it gives for the list."""
    return _read_input(ImportOptions(page, InputFormat.AUTO, (), None, "", None))


def add_imported_services(new_list: "Source", imported: "ImportResult", *, quiet: bool) -> "Source":
    """Return a list with the services of a page or a table, and report what became of its texts."""
    from subproc_cli.cli.registry_file import load_valid_registry
    from subproc_cli.importers.merge import merge_into_registry
    from subproc_cli.importers.pipeline import ensure_loadable
    from subproc_cli.yaml.source import Source

    after = merge_into_registry(new_list, load_valid_registry(new_list), imported)
    registry = ensure_loadable(imported, after.content.decode("utf-8-sig"))
    known = tuple(each for each in after.differences if each.kind != "new")
    report = build_merge_report(imported, after._replace(differences=known), new_list.name)
    _print_report(report._replace(marks=_count_marks(registry)), ReportFormat.TEXT, quiet=quiet)
    return Source(new_list.name, after.content)


HELP = """Convert a web page, table or data file into a registry.

Text that cannot be read is kept in the notes of its service, and guesses are marked. A report counts
both for each column and lists text that belongs to no service. A place that is only partly
understood is stated as partly `unknown`. Former and planned services are left out and listed in the report.

Formats: auto, markdown, html, csv, xlsx, json, yaml, script (JavaScript and
TypeScript), rst, docx, fides, cyclonedx.

\b
subproc import subprocessors.md -o registry.yaml
subproc import vendors.csv --map "Seat=entity.country" --id-column Key
subproc import page.html --into registry.yaml --dry-run
subproc import page.html --into registry.yaml --update
subproc import page.html --into registry.yaml --check
"""


def command(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A web page, table or data file; - reads standard input.")
    ],
    form: Annotated[
        InputFormat,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="Format of the file; auto looks at its name and content.",
        ),
    ] = InputFormat.AUTO,
    output: OutputOption = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="LABEL=FIELD",
            help='Read a column or label as this field: "Sitz=entity.country".',
        ),
    ] = None,
    id_column: Annotated[
        str | None, typer.Option("--id-column", metavar="LABEL", help="The column with the ids.")
    ] = None,
    publisher: Annotated[
        str, typer.Option("--publisher", metavar="NAME", help="The publisher of the list.")
    ] = "",
    day: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DATE", help="The date of the list if the file has none. [default: today]"
        ),
    ] = None,
    report: Annotated[
        ReportFormat, typer.Option("--report", help="Format of the report.")
    ] = ReportFormat.TEXT,
    into: Annotated[
        str | None,
        typer.Option(
            "--into",
            metavar="FILE",
            help="Add to this registry instead of writing a new one; - reads standard input.",
        ),
    ] = None,
    update: Annotated[
        bool,
        typer.Option(
            "--update",
            help="With --into: also write changed values, the date, and an end for services not in the file.",
        ),
    ] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="With --into: write nothing; exit with 1 if they differ."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --into: write without asking.")] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Write nothing; show the new registry, or with --into the difference."
        ),
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc import`."""
    target = ImportTarget(output, into, yes=yes, dry_run=dry_run, update=update, check=check)
    options = ImportOptions(file, form, tuple(mapped or ()), id_column, publisher, day)
    run_import(options, target, report, quiet=quiet)


def merge_into(imported: "ImportResult", target: ImportTarget, into: str, *, quiet: bool) -> "ImportSummary":
    """Add the imported services to a list, and return a report on both.

    Raises:
        UsageError: there is no terminal to ask at, and no --yes.
    """
    from subproc_cli.atomic_write import replace_bytes
    from subproc_cli.cli.console import print_stdout
    from subproc_cli.cli.registry_file import load_valid_registry
    from subproc_cli.importers.merge import merge_into_registry
    from subproc_cli.importers.pipeline import ensure_loadable
    from subproc_cli.output import unified_diff
    from subproc_cli.registry import source
    from subproc_cli.registry.source import STDIN

    before = source.read_registry(into)
    today = datetime.now().astimezone().date()
    known = load_valid_registry(before)
    after = merge_into_registry(before, known, imported, today, update=target.update)
    text = after.content.decode("utf-8-sig")
    merged = ensure_loadable(imported, text)
    difference = unified_diff.render(before.content.decode("utf-8-sig"), text, before.name)
    output = target.output or into
    if target.check:
        merged = known
    elif target.dry_run:
        print_stdout(difference)
    elif output == STDIN:
        print_stdout(after.content.decode("utf-8"))
    elif difference and not _confirm_write(difference, target, output, quiet=quiet):
        merged = known
    elif difference or target.output:
        old_content = before.content if os.path.exists(output) else None  # another file was refused before
        replace_bytes(Path(output), old_content, after.content)
    return build_merge_report(imported, after, output)._replace(marks=_count_marks(merged))


def build_merge_report(imported: "ImportResult", after: "MergeResult", path: str) -> "ImportSummary":
    """Return the report of an import with all differences from a list, and what to type for the open ones."""
    from subproc_cli.cli.registry_file import format_registry_option

    option = format_registry_option(path)
    differences = tuple(
        each._replace(command=f"{each.command}{option}" if each.command else "") for each in after.differences
    )
    remarks = (*imported.report.remarks, *(each.sentence for each in differences))
    skipped = (*imported.report.skipped, *imported.head)
    return imported.report._replace(remarks=remarks, skipped=skipped, differences=differences)


def _confirm_write(difference: str, target: ImportTarget, output: str, *, quiet: bool) -> bool:
    """Show a difference and ask whether to write it."""
    from subproc_cli.cli.console import print_stderr

    if not quiet or not target.yes:
        print_stderr(difference.rstrip("\n"))
    if target.yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            f"{output}: nothing was written, because there is no terminal to ask at", "add --yes or --dry-run"
        )
    return typer.confirm(f"Write this to {output}?", err=True)
