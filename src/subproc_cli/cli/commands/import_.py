"""`subproc import`."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli.commands.importing import ReportForm, Target, Wanted
from subproc_cli.cli.options import OutputOption, QuietOption
from subproc_cli.importers.input_format import Kind


def command(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A page, a table or data; - is standard input.")
    ],
    form: Annotated[
        Kind,
        typer.Option("--format", "-f", help="What the file is; auto: as its name and its beginning tell."),
    ] = Kind.AUTO,
    output: OutputOption = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="LABEL=FIELD", help='Read a column or label as a field: "Sitz=entity.country".'
        ),
    ] = None,
    id_column: Annotated[
        str | None, typer.Option("--id-column", metavar="LABEL", help="The column that holds the ids.")
    ] = None,
    publisher: Annotated[str, typer.Option("--publisher", metavar="NAME", help="Whose list this is.")] = "",
    day: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DATE", help="The date of the list, if it states none. [default: today]"
        ),
    ] = None,
    report: Annotated[
        ReportForm, typer.Option("--report", help="What the report is written as.")
    ] = ReportForm.TEXT,
    into: Annotated[
        str | None,
        typer.Option(
            "--into",
            metavar="FILE",
            help="Add to this list instead of writing a new one; - is standard input.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --into: write without asking.")] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Write nothing; show the list, with --into the difference."),
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Turn a page, a table or other data into a list to go on with. Nothing is lost.

    What could not be read stands in the notes of its service, what was guessed is marked, and a report
    counts both for each column and names the text that belongs to no service. Places that are understood in
    part only are not stated. Former and planned services are left out, and listed in the report.

    \b
    subproc import subprocessors.md -o registry.yaml
    subproc import vendors.csv --map "Seat=entity.country" --id-column Key
    subproc import page.html --into registry.yaml --dry-run
    """
    from subproc_cli.cli.commands import importing

    wanted = Wanted(file, form, tuple(mapped or ()), id_column, publisher, day)
    importing.run(wanted, Target(output, into, yes=yes, dry_run=dry_run), report, quiet=quiet)
