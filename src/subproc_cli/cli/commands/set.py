"""`subproc set`."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli import completion
from subproc_cli.cli.options import DryRunOption, ListOption, QuietOption


def command(
    service: Annotated[
        str,
        typer.Argument(metavar="ID", autocompletion=completion.ids, help="The id or the name of a service."),
    ],
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD", autocompletion=completion.fields, help="A field; entity.country for one within."
        ),
    ],
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="[VALUE]",
            autocompletion=completion.values,
            help="A text, or YAML in [brackets] or {braces}.",
        ),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add", metavar="ITEM", autocompletion=completion.values, help="Add an item to a list."
        ),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option(
            "--remove", metavar="ITEM", autocompletion=completion.values, help="Take an item out of a list."
        ),
    ] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Take the field away: not stated.")] = False,
    registry: ListOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> None:
    """Set a field of a service; comments and layout stay.

    \b
    subproc set stripe entity.country IE
    subproc set deepl purpose "Machine translation"
    subproc set datadog processing "[EU, {place: US, how: remote-access}]"
    subproc set deepl sees "email, content.text"
    subproc set datadog processing --add Ireland --remove EU
    subproc set datadog retention --unset
    """
    from subproc_cli.cli.commands.values import Typed, edits_of, route_of, service_of
    from subproc_cli.cli.editing import open_for_editing

    opened = open_for_editing(registry)
    key, typed = service_of(opened, service, field), Typed(value, add or [], remove or [], unset)
    edits = edits_of(opened, route_of(key, field), typed)
    opened.keep(*edits, dry_run=dry_run, told=None if quiet else typed.told(key, field, opened.path))
