"""`subproc retire`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import DryRunOption, QuietOption, RegistryOption

HELP = """Set the date from which a service is no longer in use.

The service stays in the registry.

\b
subproc retire datadog --until 2027-01-01
"""


def command(
    service: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            autocompletion=completion.complete_service_ids,
            help="The id or name of a service.",
        ),
    ],
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="The first day without the service.")],
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
        f"{key}: nothing to change: already {message}, in {session.path}",
        "see what the change requires: subproc diff HEAD",
    )
    session.commit(
        Put(("services", key, "until"), day), dry_run=dry_run, messages=None if quiet else messages
    )
