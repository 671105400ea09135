"""`subproc schema`."""

from typing import Annotated

import typer

from subproc_cli.cli.options import OutputOption

HELP = """Print the JSON Schema of the registry.

Editors use it for completion and inline help.

\b
subproc schema -o registry.schema.json

Name it in the first line of the registry:

\b
# yaml-language-server: $schema=registry.schema.json
"""


def command(
    customers: Annotated[
        bool, typer.Option("--customers", help="Print the schema of the customers file instead.")
    ] = False,
    output: OutputOption = None,
) -> None:
    """Run `subproc schema`."""
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.options import Format
    from subproc_cli.enums import Colour
    from subproc_cli.notice.customers import CustomerFile
    from subproc_cli.output import json
    from subproc_cli.registry import json_schema

    title, description = "The customers of a notice", "The file of subproc notice --customers."
    schema = (
        json_schema.build_model_schema(CustomerFile, title, description)
        if customers
        else json_schema.build_schema()
    )
    Output(Format.JSON, output, Colour.NEVER, quiet=False).write(json.render(schema))
