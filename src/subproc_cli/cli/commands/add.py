"""`subproc add`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import DryRunOption, ListOption, QuietOption
from subproc_cli.enums import Activation, Role

Texts = list[str] | None
_DATA = completion.several(completion.data)
_PLACES = completion.several(completion.places)
_BASES = completion.several(completion.bases)


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that customers know.")],
    key: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="The id. [default: made of the name]")
    ] = None,
    role: Annotated[Role | None, typer.Option("--role", help="What it is in the GDPR's terms.")] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", metavar="TEXT", help="What it is for.")] = None,
    group: Annotated[
        str | None, typer.Option("--group", metavar="TEXT", help="The heading it is listed under.")
    ] = None,
    activation: Annotated[
        Activation | None, typer.Option("--activation", help="Who decides that it is used.")
    ] = None,
    condition: Annotated[
        str | None, typer.Option("--condition", metavar="TEXT", help="When it is used.")
    ] = None,
    sees: Annotated[
        Texts,
        typer.Option("--sees", metavar="DATA", autocompletion=_DATA, help="What it sees: email,content."),
    ] = None,
    never_sees: Annotated[
        Texts,
        typer.Option(
            "--never-sees", metavar="DATA", autocompletion=_DATA, help="What it is promised never to see."
        ),
    ] = None,
    processing: Annotated[
        Texts,
        typer.Option(
            "--processing", metavar="PLACE", autocompletion=_PLACES, help="Where it processes: NL,EU."
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
            "--country", metavar="PLACE", autocompletion=completion.countries, help="The entity's country."
        ),
    ] = None,
    transfer: Annotated[
        Texts,
        typer.Option(
            "--transfer", metavar="BASIS", autocompletion=_BASES, help="What a transfer rests on: scc,dpf."
        ),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="First day in use.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="TEXT", help="Where these facts are stated.")
    ] = None,
    registry: ListOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> None:
    """Add a service at the end of the list. What is not given is not stated.

    \b
    subproc add "Example Mail" --purpose "Sending e-mail" --sees name,email
    subproc add "Example Chat" --processing Ireland --since 2027-03-01
    """
    from subproc_cli.cli.editing import Told, added, open_for_editing, plain, split

    fields = {
        "name": name,
        "role": role,
        "purpose": purpose,
        "group": group,
        "activation": activation,
        "condition": condition,
        "sees": split(sees),
        "never_sees": split(never_sees),
        "processing": split(processing),
        "entity": plain({"name": entity, "address": address, "country": country}),
        "transfer": split(transfer),
        "since": since,
        "source": source,
    }
    opened = open_for_editing(registry)
    edit = added(opened, key, plain(fields))
    said = f"{edit.key}: added to {opened.path}"
    told = Told(said, said, f"what it lacks: subproc show {edit.key}")
    opened.keep(edit, dry_run=dry_run, told=None if quiet else told)
