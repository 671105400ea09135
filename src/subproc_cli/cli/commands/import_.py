"""`subproc import`."""

import os
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from subproc_cli.cli import progress
from subproc_cli.cli.options import OutputOption, QuietOption
from subproc_cli.errors import ReadError, UsageError
from subproc_cli.importers.input_format import InputFormat

if TYPE_CHECKING:
    from subproc_cli.importers.merge import MergeResult
    from subproc_cli.importers.pipeline import ImportResult
    from subproc_cli.importers.statistics import ImportSummary

if TYPE_CHECKING:
    from subproc_cli.importers.pipeline import ImportResult
    from subproc_cli.importers.statistics import ImportSummary
    from subproc_cli.yaml.source import Source


class ReportFormat(StrEnum):
    """What the report of an import is written as."""

    TEXT = "text"
    JSON = "json"


class ImportOptions(NamedTuple):
    """What is to be imported, as the command line says it."""

    file: str
    input_format: InputFormat
    mappings: tuple[str, ...]
    id_column: str | None
    publisher: str
    date: str | None


class ImportTarget(NamedTuple):
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


def run_import(
    options: ImportOptions, target: ImportTarget, report_format: ReportFormat, *, quiet: bool
) -> None:
    """Import a file, write what was found or add it to a list, and tell what became of its texts.

    Raises:
        UsageError: two options contradict each other, or a file exists where one is to be written.
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
    written = target.output or target.into
    if written and written != STDIN and not target.dry_run:
        print_hint(
            f"see what is missing and what was guessed: subproc check{format_registry_option(written)}",
            quiet=quiet,
        )


def _refuse_contradictions(options: ImportOptions, target: ImportTarget) -> None:
    """Refuse options that others leave without effect, before anything is read."""
    from subproc_cli.registry.source import STDIN

    own_value_hint = "the registry you add to has its own"
    for applies, message, hint in (
        (target.yes and not target.into, "--yes needs --into", "a new registry is written without asking"),
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
        hint = f"add to it with --into {output}, or name another file"
    elif os.path.isfile(into) and Path(output).samefile(into):
        return
    else:
        hint = f"leave -o out to add to {into}, or name another file"
    raise UsageError(f"{output}: the file already exists", hint)


def _write_new(imported: "ImportResult", options: ImportOptions, target: ImportTarget) -> "ImportSummary":
    """Write what was imported as a new list."""
    from subproc_cli.atomic_write import replace_bytes
    from subproc_cli.cli.console import write_output_bytes
    from subproc_cli.importers import pipeline
    from subproc_cli.registry.source import STDIN

    text = pipeline.render_registry(imported, options.publisher, _parse_date(options.date))
    ensure_loadable(imported, text)
    if target.dry_run or target.output in (None, "", STDIN):
        write_output_bytes(text.encode(), None, "" if target.dry_run else "to save it: -o registry.yaml")
    else:
        replace_bytes(Path(str(target.output)), None, text.encode())
    return imported.report


def _parse_date(text: str | None) -> date:
    from subproc_cli.cli.registry_file import parse_day_option

    return parse_day_option(text, "--date")


def _read_input(options: ImportOptions) -> "ImportResult":
    """Return what is found in the file.

    Raises:
        UsageError: it states itself what an option says.
    """
    from subproc_cli.importers import formats
    from subproc_cli.importers.columns import Labels
    from subproc_cli.registry import source

    labels = Labels(_parse_mappings(options))
    input_file = source.read(options.file)
    progress.show_large_file(input_file.name, len(input_file.content))
    imported = formats.import_file(input_file, options.input_format, labels)
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


def _parse_mappings(options: ImportOptions) -> dict[str, str]:
    """Return the fields that the user maps labels to.

    Raises:
        UsageError: a mapping is not written as LABEL=FIELD, there is no such field, or a label has two.
    """
    from subproc_cli.importers.columns import list_paths
    from subproc_cli.suggest import suggest

    mapping = {options.id_column: "id"} if options.id_column else {}
    for text in options.mappings:
        label, equals, path = (part.strip() for part in text.rpartition("="))
        if not equals or not label:
            raise UsageError(f"--map: {text!r} is not LABEL=FIELD", '--map "Entity Country=entity.country"')
        if path not in list_paths():
            hint = suggest(path, list_paths()) or f"one of: {', '.join(list_paths())}"
            raise UsageError(f"--map: there is no field {path!r}", hint)
        if mapping.setdefault(label, path) != path:
            option = "--id-column" if label == options.id_column else "--map"
            raise UsageError(f"--map: {label!r} is mapped to {path}, and by {option} to {mapping[label]}")
    return mapping


def ensure_loadable(imported: "ImportResult", text: str) -> None:
    """Make sure that what is about to be written is a list that can be read.

    Raises:
        ReadError: it has faults, which an export states itself, or has with this list; or a text of it
            is longer than a list takes.
    """
    from subproc_cli.registry.loader import load_registry
    from subproc_cli.registry.registry import Registry
    from subproc_cli.yaml.builder import TEXT_TOO_LONG
    from subproc_cli.yaml.source import Source

    loaded = load_registry(Source("the imported list", text.encode()))
    if isinstance(loaded, Registry):
        return
    details = tuple(map(str, loaded))
    if all(problem.message == TEXT_TOO_LONG for problem in loaded):
        message = f"{imported.report.file}: a text is too long for a registry; nothing was written"
        raise ReadError(message, "shorten it", details)
    if not imported.head:
        raise AssertionError("; ".join(details[:3]))
    message = f"{imported.report.file}: the services are not valid in this registry; nothing was written"
    raise ReadError(
        message,
        "an export is read unchanged: add its categories and regions to the registry first",
        details,
    )


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
        from subproc_cli.output import text

        print_stderr(text.render(view.to_document(), DEFAULT_WIDTH).rstrip("\n"))


def add_imported_services(new_list: "Source", page: str) -> "Source":
    """Return a list that begins with the services of a page or a table, and tell what became of its texts."""
    from subproc_cli.cli.registry_file import load_valid_registry
    from subproc_cli.importers.merge import merge_into_registry
    from subproc_cli.yaml.source import Source

    imported = _read_input(ImportOptions(page, InputFormat.AUTO, (), None, "", None))
    after = merge_into_registry(new_list, load_valid_registry(new_list), imported)
    ensure_loadable(imported, after.content.decode("utf-8-sig"))
    _print_report(build_merge_report(imported, after._replace(added=())), ReportFormat.TEXT, quiet=False)
    return Source(new_list.name, after.content)


HELP = """Convert a web page, table or data file into a registry.

Text that cannot be read is kept in the notes of its service, and guesses are marked. A report counts
both for each column and lists text that belongs to no service. A place that is only partly understood is
left out. Former and planned services are left out and listed in the report.

Formats: auto, markdown, html, csv, xlsx, json, yaml, script (JavaScript and
TypeScript), rst, docx, fides, cyclonedx.

\b
subproc import subprocessors.md -o registry.yaml
subproc import vendors.csv --map "Seat=entity.country" --id-column Key
subproc import page.html --into registry.yaml --dry-run
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
    options = ImportOptions(file, form, tuple(mapped or ()), id_column, publisher, day)
    run_import(options, ImportTarget(output, into, yes=yes, dry_run=dry_run), report, quiet=quiet)


def merge_into(imported: "ImportResult", target: ImportTarget, into: str, *, quiet: bool) -> "ImportSummary":
    """Add what was imported to a list, and return the report of both.

    Raises:
        UsageError: nobody can be asked, and nobody said yes.
    """
    from subproc_cli.atomic_write import replace_bytes
    from subproc_cli.cli.console import print_stdout
    from subproc_cli.cli.registry_file import load_valid_registry
    from subproc_cli.importers.merge import merge_into_registry
    from subproc_cli.output import unified_diff
    from subproc_cli.registry import source
    from subproc_cli.registry.source import STDIN

    before = source.read(into)
    after = merge_into_registry(before, load_valid_registry(before), imported)
    text = after.content.decode("utf-8-sig")
    ensure_loadable(imported, text)
    difference = unified_diff.render(before.content.decode("utf-8-sig"), text, before.name)
    output = target.output or into
    if target.dry_run:
        print_stdout(difference)
    elif output == STDIN:
        print_stdout(after.content.decode("utf-8"))
    elif _confirm_write(difference, target, output, quiet=quiet) if difference else target.output:
        old_content = before.content if os.path.exists(output) else None  # another file was refused before
        replace_bytes(Path(output), old_content, after.content)
    return build_merge_report(imported, after)


def build_merge_report(imported: "ImportResult", after: "MergeResult") -> "ImportSummary":
    """Return the report of an import with what was added to a list, and what that list states otherwise."""
    added = (f"{key}: is new" for key in after.added)
    filled = (f"{key}: {field} was not stated and is added" for key, field in after.filled)
    remarks = (*imported.report.remarks, *added, *filled, *after.differing)
    return imported.report._replace(remarks=remarks, skipped=(*imported.report.skipped, *imported.head))


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
