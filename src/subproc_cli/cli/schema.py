"""`subproc schema`."""

from subproc_cli.cli.options import OutputOption


def command(output: OutputOption = None) -> None:
    """Print the JSON Schema of the file, by which an editor completes and explains.

    \b
    subproc schema -o registry.schema.json

    The first line of a list names it: # yaml-language-server: $schema=registry.schema.json
    """
    from subproc_cli.cli.options import Colour, Format
    from subproc_cli.cli.output import Output
    from subproc_cli.registry.schema import schema
    from subproc_cli.render import json

    Output(Format.JSON, output, Colour.NEVER, quiet=False).write(json.render(schema()))
