"""Options that several commands share, with the words of their help."""

from enum import StrEnum
from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.enums import Colour


class Format(StrEnum):
    """What a result is written as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


RegistryOption = Annotated[
    str | None,
    typer.Option(
        "--registry",
        "-r",
        metavar="FILE",
        envvar="SUBPROC_REGISTRY",
        help="The list; - is standard input. [default: registry.yaml here or in a parent folder]",
    ),
]
RegistryRevisionOption = Annotated[
    str | None,
    typer.Option(
        "--registry",
        "-r",
        metavar="FILE",
        envvar="SUBPROC_REGISTRY",
        help="The list, or a revision of it: HEAD~1, 4.0.0, @2024-01-31; - is standard input."
        " [default: registry.yaml here or in a parent folder]",
    ),
]
"""The list that a command only reads."""
NewArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="NEW",
        autocompletion=completion.complete_revisions,
        help="The later one. [default: the list of --registry]",
    ),
]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="DATE",
        help="The day whose facts and law count (YYYY-MM-DD). [default: today]",
    ),
]
WhereOption = Annotated[
    str | None, typer.Option("--where", metavar="QUESTION", help="Only services that answer yes.")
]
SortOption = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="ORDER",
        autocompletion=completion.complete_sort_orders,
        help="name, purpose, place or since. [default: as in the list]",
    ),
]
FieldOption = Annotated[
    list[str] | None,
    typer.Option(
        "--field", metavar="NAME", help="Publish this internal field too: notes, source or x-…; repeatable."
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Include retired and announced services.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="What to write.", case_sensitive=False)]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write to a file; it is replaced whole, or not at all."
    ),
]
ColourOption = Annotated[
    Colour, typer.Option("--color", help="Use colour; NO_COLOR and FORCE_COLOR are obeyed.")
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing but faults; the exit code tells.")
]
DryRunOption = Annotated[
    bool, typer.Option("--diff", "--dry-run", help="Write nothing; show the difference.")
]
