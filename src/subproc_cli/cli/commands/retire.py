"""`subproc retire`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import DryRunOption, ListOption, QuietOption


def command(
    service: Annotated[
        str,
        typer.Argument(metavar="ID", autocompletion=completion.ids, help="The id or the name of a service."),
    ],
    until: Annotated[
        str, typer.Option("--until", metavar="DATE", help="The first day on which it is no longer in use.")
    ],
    registry: ListOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> None:
    """Set the day from which a service is no longer in use.

    It stays in the list.

    \b
    subproc retire datadog --until 2027-01-01
    """
    from subproc_cli.cli.editing import Told, open_for_editing
    from subproc_cli.cli.registry_file import day_of
    from subproc_cli.yaml.editor import Put

    day = day_of(until, "--until").isoformat()
    opened = open_for_editing(registry)
    key, _ = opened.listed.service(service)
    said = f"no longer in use from {day}"
    told = Told(
        f"{key}: {said}, in {opened.path}",
        f"{key}: nothing to change: {said} already, in {opened.path}",
        "what the change demands: subproc diff HEAD",
    )
    opened.keep(Put(("services", key, "until"), day), dry_run=dry_run, told=None if quiet else told)
