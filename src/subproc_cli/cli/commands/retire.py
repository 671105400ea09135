"""`subproc retire`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import DryRunOption, QuietOption, RegistryOption

HELP = """Set the day from which a service is no longer in use.

It stays in the list.

\b
subproc retire datadog --until 2027-01-01
"""


def command(
    service: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            autocompletion=completion.complete_service_ids,
            help="The id or the name of a service.",
        ),
    ],
    until: Annotated[
        str, typer.Option("--until", metavar="DATE", help="The first day on which it is no longer in use.")
    ],
    registry: RegistryOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc retire`."""
    from subproc_cli.cli.editing import EditMessages, open_registry_for_edit
    from subproc_cli.cli.registry_file import parse_day_option
    from subproc_cli.yaml.editor import Put

    day = parse_day_option(until, "--until").isoformat()
    session = open_registry_for_edit(registry)
    key, _ = session.registry.find_service(service)
    message = f"no longer in use from {day}"
    messages = EditMessages(
        f"{key}: {message}, in {session.path}",
        f"{key}: nothing to change: {message} already, in {session.path}",
        "what the change demands: subproc diff HEAD",
    )
    session.commit(
        Put(("services", key, "until"), day), dry_run=dry_run, messages=None if quiet else messages
    )
