"""`subproc accept`."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import DryRunOption, QuietOption, RegistryOption
from subproc_cli.diagnostics import FieldPath
from subproc_cli.errors import UsageError

if TYPE_CHECKING:
    from subproc_cli.cli.editing import EditSession

HELP = """Remove the markers of guesses that you have checked.

subproc import marks each guess with `# guessed`. Without an ID or an option,
subproc accept lists the markers by field and changes nothing. Values, comments
and layout are kept.

\b
subproc accept
subproc accept stripe datadog
subproc accept --field processing
subproc accept stripe --field entity.country
subproc accept --column Location
"""
_SERVICE_DEPTH = 2
"""Steps to a service: `services` and the id."""


def command(
    services: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID...",
            autocompletion=completion.complete_service_ids,
            help="The ids or names of services whose markers to remove.",
            show_default=False,
        ),
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="FIELD",
            autocompletion=completion.complete_fields,
            help="Remove the markers of this field, such as processing, entity or publisher; repeatable.",
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="LABEL",
            help="Remove the markers of the field that this column of the file was read as; repeatable.",
        ),
    ] = None,
    registry: RegistryOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc accept`."""
    from subproc_cli.cli.editing import ensure_valid, open_registry_for_edit, save_or_show_diff
    from subproc_cli.registry.comments import remove_guess_comments
    from subproc_cli.registry.source import STDIN
    from subproc_cli.yaml.source import Source

    session = open_registry_for_edit(registry)
    if not services and not fields and not columns:
        _list_marks(session)
        return
    keys = {session.registry.find_service(service)[0] for service in services or ()}
    wanted = {
        *map(_parse_field, fields or ()),
        *(_find_column(session.registry.text, column) for column in columns or ()),
    }
    text, removed = remove_guess_comments(session.registry, _build_filter(keys, wanted))
    content = session.source.encode(text)
    ensure_valid(session.source, Source(session.source.name, content))
    save_or_show_diff(session.path, session.source, content, dry_run=dry_run)
    if not quiet and not dry_run and session.path != STDIN:
        _report(session, removed)


def _build_filter(keys: set[str], fields: set[FieldPath]) -> Callable[[FieldPath], bool]:
    """Return whether to remove the marker at a path; no ids mean every service, no fields every field."""

    def is_accepted(path: FieldPath) -> bool:
        is_in_service = path[:1] == ("services",)
        key, below = (path[1], path[_SERVICE_DEPTH:]) if is_in_service and len(path) > 1 else ("", path)
        is_wanted = not fields or any(below[: len(field)] == field for field in fields)
        return is_wanted and (not keys or key in keys)

    return is_accepted


def _parse_field(field: str) -> FieldPath:
    """Return the steps to a field of a service, or of the list itself.

    Raises:
        UsageError: there is no such field.
    """
    from subproc_cli.cli.commands.set import parse_field_path
    from subproc_cli.registry import introspect

    if field in introspect.list_fields(()):
        return (field,)
    return parse_field_path("", field)[_SERVICE_DEPTH:]


def _find_column(text: str, column: str) -> FieldPath:
    """Return the field that a column was read as: by the comments above the list, else by its words.

    Raises:
        UsageError: the column is not known.
    """
    from subproc_cli.importers.columns import Labels
    from subproc_cli.importers.serialize import find_columns
    from subproc_cli.suggest import suggest

    known = find_columns(text)
    match = Labels().field(column)
    path = known.get(column) or (match.path if match else "")
    if not path:
        hint = suggest(column, known) or "name the field instead: subproc accept --field processing"
        raise UsageError(f"--column: {column!r} is not known as a column of the imported file", hint)
    return tuple(path.split("."))


def _list_marks(session: "EditSession") -> None:
    """Print how many markers each field has, with the command that removes them."""
    from subproc_cli.cli.console import print_stdout
    from subproc_cli.cli.registry_file import format_registry_option
    from subproc_cli.output.document import format_count
    from subproc_cli.output.sanitize import sanitize_line
    from subproc_cli.registry.comments import find_guessed_fields

    marks = Counter(_build_command(path) for path in find_guessed_fields(session.registry))
    if not marks:
        print_stdout(f"{sanitize_line(session.path)}: no value is marked as guessed.\n")
        return
    option = format_registry_option(session.path)
    total = format_count(sum(marks.values()), "value is", "values are")
    lines = [f"{sanitize_line(session.path)}: {total} marked as guessed."]
    width = len(str(max(marks.values())))
    lines += [f"{count:{width}}  {command}{option}" for command, count in marks.most_common()]
    print_stdout("\n".join((*lines, "Check them first: subproc check" + option, "")))


def _build_command(path: FieldPath) -> str:
    """Return the command that removes the marker at a path, and the markers of the same field."""
    in_service = path[:1] == ("services",)
    if in_service and len(path) == _SERVICE_DEPTH:
        return f"subproc accept {path[1]}"
    names = [str(step) for step in (path[_SERVICE_DEPTH:] if in_service else path) if isinstance(step, str)]
    is_nested = names[:1] in (["entity"], ["links"], ["dpa"], ["reviewed"])
    return f"subproc accept --field {'.'.join(names[: 2 if is_nested else 1])}"


def _report(session: "EditSession", removed: int) -> None:
    from subproc_cli.cli.console import print_hint, print_stderr
    from subproc_cli.cli.registry_file import format_registry_option
    from subproc_cli.output.document import format_count
    from subproc_cli.output.sanitize import sanitize_line

    done = (
        f"{format_count(removed, 'marker is', 'markers are')} removed"
        if removed
        else "there is no such marker"
    )
    print_stderr(f"{sanitize_line(session.path)}: {done}")
    print_hint(f"see what is still marked: subproc accept{format_registry_option(session.path)}")
