"""`subproc bump`."""

import shlex
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli import completion
from subproc_cli.cli.options import (
    Colour,
    ColourOption,
    Format,
    FormatOption,
    ListOption,
    OutputOption,
    QuietOption,
)
from subproc_cli.cli.registry_file import named, open_revisions, opened
from subproc_cli.diff.bump import BumpView
from subproc_cli.diff.change import bump, next_version, numbers
from subproc_cli.diff.classify import diff
from subproc_cli.errors import UsageFault
from subproc_cli.registry import introspect, source
from subproc_cli.yaml.editor import Replace, edited
from subproc_cli.yaml.source import Source


def command(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", autocompletion=completion.revisions, help="The revision customers know."
        ),
    ] = "HEAD",
    registry: ListOption = None,
    write: Annotated[
        bool, typer.Option("--write", help="Set version and date in the file, and nothing else.")
    ] = False,
    day: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The date to --write. [default: today]")
    ] = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Print the bump that the changes since a revision need, and the next version.

    \b
    subproc bump
    subproc bump 4.0.0 --write
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import day_of, list_path
    from subproc_cli.errors import UsageFault

    if day and not write:
        raise UsageFault("--date sets the date in the file, and goes with --write")
    path, dated = list_path(registry), day_of(day, "--date")
    result = bumped(old, path)
    if write and not result.enough:
        set_version(path, result.following, dated)
        result = result._replace(written=True)
    Output(form, output, colour, quiet).show(result, next_step(result, old, path))


def bumped(old: str, path: str) -> BumpView:
    """Compare a list with an earlier revision of it."""
    before, after = open_revisions(old, None, path)
    needed = bump(diff(before, after))
    known, given = before.registry.version, after.registry.version
    following = next_version(known, needed)
    return BumpView(needed, known, following, given, numbers(given) >= numbers(following), written=False)


def next_step(result: BumpView, old: str, path: str) -> str:
    """Return what to type next."""
    since = f"{shlex.quote(old)}{named(path)}"
    if result.written:
        return f"its entry in the changelog: subproc changelog {since} --update CHANGELOG.md"
    return f"what changed: subproc diff {since}" if result.enough else f"set it: subproc bump {since} --write"


def set_version(path: str, version: str, day: date) -> None:
    """Set version and date in a file; every other byte stays, and the result is read before it is kept.

    Raises:
        UsageFault: the list comes from standard input.
    """
    if path == source.STDIN:
        raise UsageFault("what comes from standard input cannot be written to", "name a file with --registry")
    given = source.read(path)
    edit = Replace({("version",): version, ("date",): day.isoformat()})
    content = edited(given, edit, field_order=introspect.names)
    opened(Source(path, content))
    replace_bytes(Path(path), given.content, content)
