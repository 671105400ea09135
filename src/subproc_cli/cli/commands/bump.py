"""`subproc bump`."""

import shlex
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli import completion
from subproc_cli.cli.options import (
    ColourOption,
    Format,
    FormatOption,
    OutputOption,
    QuietOption,
    RegistryOption,
)
from subproc_cli.cli.registry_file import format_registry_option, load_valid_registry, open_revisions
from subproc_cli.diff.bump import BumpReport
from subproc_cli.diff.change import bump, compute_next_version, parse_version
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Colour
from subproc_cli.errors import UsageError
from subproc_cli.registry import introspect, source
from subproc_cli.yaml.editor import Replace, apply_edits
from subproc_cli.yaml.source import Source

HELP = """Print the bump that the changes since a revision require, and the next version.

\b
subproc bump
subproc bump 4.0.0 --write
"""


def command(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            autocompletion=completion.complete_revisions,
            help="The revision that customers know.",
        ),
    ] = "HEAD",
    registry: RegistryOption = None,
    write: Annotated[bool, typer.Option("--write", help="Set version and date in the file.")] = False,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="The date to write with --write. [default: today]"),
    ] = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc bump`.

    Raises:
        UsageError: `--date` is given without `--write`, or standard input would be changed.
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import find_registry_path, parse_day_option
    from subproc_cli.errors import UsageError

    if day and not write:
        raise UsageError("--date needs --write", "add --write, or leave out --date")
    path, version_date = find_registry_path(registry), parse_day_option(day, "--date")
    result = compute_bump(old, path)
    if write and not result.enough:
        set_version(path, result.following, version_date)
        result = result._replace(written=True)
    Output(form, output, colour, quiet).show(result, format_next_step(result, old, path))


def compute_bump(old: str, path: str) -> BumpReport:
    """Compare a list with an earlier revision of it."""
    before, after = open_revisions(old, None, path)
    needed = bump(diff(before, after))
    old_version, new_version = before.model.version, after.model.version
    required_version = compute_next_version(old_version, needed)
    return BumpReport(
        needed,
        old_version,
        required_version,
        new_version,
        parse_version(new_version) >= parse_version(required_version),
        written=False,
    )


def format_next_step(result: BumpReport, old: str, path: str) -> str:
    """Return what to type next."""
    arguments = f"{shlex.quote(old)}{format_registry_option(path)}"
    if result.written:
        return f"write the changelog entry: subproc changelog {arguments} --update CHANGELOG.md"
    return (
        f"see what changed: subproc diff {arguments}"
        if result.enough
        else f"set the version: subproc bump {arguments} --write"
    )


def set_version(path: str, version: str, day: date) -> None:
    """Set version and date in a file. Every other byte stays, and the result is checked before it is written.

    Raises:
        UsageError: the list comes from standard input.
    """
    if path == source.STDIN:
        raise UsageError("--write cannot change standard input", "name a file with --registry")
    file_source = source.read_registry(path)
    edit = Replace({("version",): version, ("date",): day.isoformat()})
    content = apply_edits(file_source, edit, field_order=introspect.list_fields)
    load_valid_registry(Source(path, content))
    replace_bytes(Path(path), file_source.content, content)
