"""`subproc add`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import DryRunOption, QuietOption, RegistryOption
from subproc_cli.enums import Activation, Role

OptionalTexts = list[str] | None
_DATA = completion.make_list_completer(completion.complete_categories)
_PLACES = completion.make_list_completer(completion.complete_places)
_BASES = completion.make_list_completer(completion.complete_bases)


HELP = """Add a service to the end of the registry. A field you leave out is not stated.

\b
subproc add "Example Mail" --purpose "Sending e-mail" --sees name,email
subproc add "Example Chat" --processing Ireland --since 2027-03-01
"""


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that customers know it by.")],
    key: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="The id. [default: derived from the name]")
    ] = None,
    role: Annotated[Role | None, typer.Option("--role", help="Its role under the GDPR.")] = None,
    purpose: Annotated[
        str | None, typer.Option("--purpose", metavar="TEXT", help="What the service is used for.")
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar="TEXT", help="The heading to list it under.")
    ] = None,
    activation: Annotated[
        Activation | None, typer.Option("--activation", help="Whether customers opt in or opt out.")
    ] = None,
    condition: Annotated[
        str | None, typer.Option("--condition", metavar="TEXT", help="The condition under which it is used.")
    ] = None,
    sees: Annotated[
        OptionalTexts,
        typer.Option(
            "--sees", metavar="DATA", autocompletion=_DATA, help="Data that it sees: email,content."
        ),
    ] = None,
    never_sees: Annotated[
        OptionalTexts,
        typer.Option("--never-sees", metavar="DATA", autocompletion=_DATA, help="Data that it never sees."),
    ] = None,
    processing: Annotated[
        OptionalTexts,
        typer.Option(
            "--processing", metavar="PLACE", autocompletion=_PLACES, help="Where it processes data: NL,EU."
        ),
    ] = None,
    entity: Annotated[
        str | None, typer.Option("--entity", metavar="TEXT", help="The name of its legal entity.")
    ] = None,
    address: Annotated[
        str | None, typer.Option("--address", metavar="TEXT", help="The entity's address.")
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country",
            metavar="PLACE",
            autocompletion=completion.complete_countries,
            help="The entity's country.",
        ),
    ] = None,
    transfer: Annotated[
        OptionalTexts,
        typer.Option("--transfer", metavar="BASIS", autocompletion=_BASES, help="Transfer bases: scc,dpf."),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="First day of use.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="TEXT", help="Where this information comes from.")
    ] = None,
    registry: RegistryOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc add`."""
    from subproc_cli.cli.editing import (
        EditMessages,
        build_add_service,
        drop_empty,
        open_registry_for_edit,
        split_commas,
    )

    fields = {
        "name": name,
        "role": role,
        "purpose": purpose,
        "group": group,
        "activation": activation,
        "condition": condition,
        "sees": split_commas(sees),
        "never_sees": split_commas(never_sees),
        "processing": split_commas(processing),
        "entity": drop_empty({"name": entity, "address": address, "country": country}),
        "transfer": split_commas(transfer),
        "since": since,
        "source": source,
    }
    session = open_registry_for_edit(registry)
    edit = build_add_service(session, key, drop_empty(fields))
    message = f"{edit.key}: added to {session.path}"
    messages = EditMessages(message, message, f"see what is missing: subproc show {edit.key}")
    session.commit(edit, dry_run=dry_run, messages=None if quiet else messages)
