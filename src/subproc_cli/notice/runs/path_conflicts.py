"""What a run of `notice` reads, records in and writes: no letter and no ledger is one of the others."""

import os
from collections.abc import Iterator
from pathlib import Path

from subproc_cli.errors import UsageError, WriteError
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.customers.mail_address import find_address_error
from subproc_cli.notice.ledger.manifest import MANIFEST_FILE, NEW_FILE, OLD_FILE
from subproc_cli.notice.ledger.people import find_people_path
from subproc_cli.notice.letters import templates
from subproc_cli.notice.letters.renderer import OutputOptions
from subproc_cli.notice.report import INDEX_FILE
from subproc_cli.notice.runs.run_files import build_file_names
from subproc_cli.registry.source import STDIN
from subproc_cli.text import compose


def validate_output_options(output_options: OutputOptions, *, dry_run: bool) -> None:
    """Refuse options that do not fit together.

    Raises:
        UsageError: two of them exclude each other, or the sender is not an address.
    """
    if output_options.file and output_options.folder:
        raise UsageError("--output and --out cannot be used together", "choose one")
    error = find_address_error(output_options.sender) if output_options.sender else None
    if error:
        raise UsageError(f"--from: {error.message}", error.hint)
    if "csv" in output_options.output_formats and not dry_run:
        hint = f"add --dry-run, or use --out DIR, which writes {INDEX_FILE} with the letters"
        raise UsageError("-f csv lists the recipients and is not a format for letters", hint)


def check_path_conflicts(
    output_options: OutputOptions, customers_file: str | None, customers: tuple[Customer, ...]
) -> None:
    """Refuse names that lead to one file, before anything is written.

    Args:
        output_options: where the letters and the record go.
        customers_file: the file of customers, None for a notice to all.
        customers: everybody of that file, also who is not notified now: the next run may write to them.

    Raises:
        WriteError: a letter would take the place of the ledger, or either that of what is read.
    """
    reserved = {
        _resolve_path(path): description
        for path, description in _iter_input_files(output_options, customers_file)
    }
    if output_options.ledger_file:
        ledger = _resolve_path(output_options.ledger_file)
        if ledger in reserved:
            message = f"--record {output_options.ledger_file}: is {reserved[ledger]}, not a ledger"
            raise WriteError(message, "name another file")
        reserved[ledger] = "the ledger of --record"
        people = _resolve_path(find_people_path(Path(output_options.ledger_file)))
        reserved[people] = "the file of names next to the ledger"
    for path in _iter_written_paths(output_options, customers) if reserved else ():
        if _resolve_path(path) in reserved:
            message = f"{path}: is {reserved[_resolve_path(path)]}, which a letter cannot replace"
            raise WriteError(message, "name another one")


def _iter_input_files(
    output_options: OutputOptions, customers_file: str | None
) -> Iterator[tuple[str | Path, str]]:
    if customers_file and customers_file != STDIN:
        yield customers_file, "the file of --customers"
    if output_options.template:
        folder = Path(output_options.template)
        for file in {*folder.glob("*.j2"), *(folder / name for name in templates.TEMPLATE_NAMES)}:
            yield file, "a template"


def _iter_written_paths(
    output_options: OutputOptions, customers: tuple[Customer, ...]
) -> Iterator[str | Path]:
    if output_options.file and output_options.file != "-":
        yield output_options.file
    if output_options.folder:
        folder = Path(output_options.folder)
        yield from (folder, folder / INDEX_FILE, folder / MANIFEST_FILE)
        yield from (folder / OLD_FILE, folder / NEW_FILE)
        yield from (
            folder / name for names in build_file_names(customers, output_options).values() for name in names
        )


def _resolve_path(path: str | Path) -> str:
    """Return the target of a path, normalized: names that some file systems treat as equal are equal."""
    return compose(os.path.realpath(path)).casefold()
