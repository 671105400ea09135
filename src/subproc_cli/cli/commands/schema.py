"""`subproc schema`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import OutputOption

HELP = """Print the JSON Schema of the registry, or of a record.

Editors use the schema of the registry for completion and inline help. Programs use the schema of a
record to validate what a command prints with -f json.

\b
subproc schema -o registry.schema.json
subproc schema answers
subproc schema --list

Name the schema in the first line of the registry:

\b
# yaml-language-server: $schema=registry.schema.json
"""


def command(
    record: Annotated[
        str | None,
        typer.Argument(
            metavar="RECORD",
            autocompletion=completion.complete_records,
            help="A record in JSON, such as answers.",
        ),
    ] = None,
    customers: Annotated[
        bool, typer.Option("--customers", help="Print the schema of the file of customers instead.")
    ] = False,
    list_records: Annotated[bool, typer.Option("--list", help="List the records.")] = False,
    output: OutputOption = None,
) -> None:
    """Run `subproc schema`.

    Raises:
        UsageError: there is no such record, or options exclude each other.
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.options import Format
    from subproc_cli.enums import Colour
    from subproc_cli.errors import UsageError
    from subproc_cli.output import json
    from subproc_cli.records import RECORDS, build_schema, find_record
    from subproc_cli.registry import json_schema
    from subproc_cli.suggest import suggest

    if sum((record is not None, customers, list_records)) > 1:
        raise UsageError("RECORD, --customers and --list exclude each other", "leave out all but one of them")
    if list_records:
        width = max(len(each.name) for each in RECORDS)
        lines = (f"{each.name:{width}}  {each.title}: subproc {each.command}\n" for each in RECORDS)
        Output(Format.TEXT, output, Colour.NEVER, quiet=False).write("".join(lines))
        return
    if record is not None:
        found = find_record(record)
        if found is None:
            hint = suggest(record, [each.name for each in RECORDS]) or "see: subproc schema --list"
            raise UsageError(f"there is no record {record!r}", hint)
        schema = build_schema(found)
    elif customers:
        from subproc_cli.notice.customers.customers import CustomerFile

        title, description = "The customers of a notice", "The file of subproc notice --customers."
        schema = json_schema.build_model_schema(CustomerFile, title, description)
    else:
        schema = json_schema.build_schema()
    Output(Format.JSON, output, Colour.NEVER, quiet=False).write(json.render(schema))
