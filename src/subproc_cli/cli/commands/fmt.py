"""`subproc fmt`."""

import shlex
from typing import Annotated

import typer

from subproc_cli.cli import progress
from subproc_cli.cli.console import print_hint, print_stderr
from subproc_cli.cli.editing import save_or_show_diff
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.options import QuietOption, RegistryOption
from subproc_cli.cli.registry_file import load_valid_registry
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry import source
from subproc_cli.registry.formatter import FormattedFile, format_source
from subproc_cli.registry.source import STDIN
from subproc_cli.yaml.source import Source

HELP = """Format the file: use codes for places and the standard order of fields.

Comments stay with their fields. What the file states does not change.

\b
subproc fmt
subproc fmt --check registry.yaml
"""


def command(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE...", help="The registries. [default: the file in --registry]"),
    ] = None,
    registry: RegistryOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a file would change.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", "--dry-run", help="Show the difference and write nothing.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc fmt`.

    Raises:
        UsageError: the list is named twice.
        typer.Exit: with 1 if `--check` finds a file that is not formatted.
    """
    from subproc_cli.cli.registry_file import find_registry_path, refuse_two_lists

    refuse_two_lists(context, files[0] if files else None, registry)
    paths = files or [find_registry_path(registry)]
    changed = [
        format_file(path, check=check, diff=diff, quiet=quiet) for path in progress.track(paths, "files")
    ]
    if check and any(changed):
        raise typer.Exit(FINDINGS)


def format_file(path: str, *, check: bool, diff: bool, quiet: bool) -> bool:
    """Format a file, or show what would change, and return whether it differs.

    Raises:
        ReadError: it has errors.
        AssertionError: formatting would change what the file states: a bug.
    """
    file_source = source.read_registry(path)
    registry = load_valid_registry(file_source)
    result = format_source(file_source, registry)
    formatted_registry = load_valid_registry(Source(file_source.name, result.content))
    if formatted_registry.model != registry.model:
        raise AssertionError(f"{path}: formatting would change what the file states")
    if not check or diff:
        save_or_show_diff(path, file_source, result.content, dry_run=diff)
    if not quiet and (check or (path != STDIN and not diff)):
        _print_changes(file_source.name, result, check=check)
    is_changed = result.content != file_source.content
    if path != STDIN and not diff:
        _print_next_step(path, quiet=quiet, is_due=is_changed and check, is_unchanged=not is_changed)
    return is_changed


def _print_next_step(path: str, *, quiet: bool, is_due: bool, is_unchanged: bool) -> None:
    """Print what to type next: the same command again if the change is due, or what else there is to fix."""
    name = shlex.quote(path)
    step = f"to write it: subproc fmt {name}" if is_due else f"see what is missing: subproc check {name}"
    print_hint(f"{path}: nothing to change; {step}" if is_unchanged else step, quiet=quiet)


def _print_changes(name: str, result: FormattedFile, *, check: bool) -> None:
    for note in result.notes:
        print_stderr(sanitize_line(f"{name}:{note}"))
    if result.notes:
        count = f"{len(result.notes)} change" + "s" * (len(result.notes) > 1)
        print_stderr(sanitize_line(f"subproc: {name}: {count}" + (" needed" if check else "")))
