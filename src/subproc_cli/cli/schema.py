"""`subproc schema`."""

from subproc_cli.cli.options import OutputOption


def command(output: OutputOption = None) -> None:
    """Print the JSON Schema of the file, for editors.

    By it they complete and explain what is written.

    \b
    subproc schema -o registry.schema.json

    A list names it in its first line:

    \b
    # yaml-language-server: $schema=registry.schema.json
    """
    from subproc_cli.cli.options import Colour, Format
    from subproc_cli.cli.output import Output
    from subproc_cli.registry.schema import schema
    from subproc_cli.render import json

    Output(Format.JSON, output, Colour.NEVER, quiet=False).write(json.render(schema()))
