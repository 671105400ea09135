"""Options that several commands share, with the words of their help."""

from enum import StrEnum
from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.enums import Colour


class Format(StrEnum):
    """The output formats of a result."""

    TEXT = "text"
    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    MARKDOWN = "markdown"


RegistryOption = Annotated[
    str | None,
    typer.Option(
        "--registry",
        "-r",
        metavar="FILE",
        envvar="SUBPROC_REGISTRY",
        help="The registry; - reads standard input. [default: registry.yaml here or in a parent folder]",
    ),
]
RegistryRevisionOption = Annotated[
    str | None,
    typer.Option(
        "--registry",
        "-r",
        metavar="FILE",
        envvar="SUBPROC_REGISTRY",
        help="The registry, or a revision of it: HEAD~1, 4.0.0, @2024-01-31; - reads standard input."
        " [default: registry.yaml here or in a parent folder]",
    ),
]
"""The registry that a command only reads."""
RegistriesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--registry",
        "-r",
        metavar="FILE",
        help="The registry, or a revision of it: HEAD~1, 4.0.0, @2024-01-31; - reads standard input."
        " Repeat it, or name a folder or a pattern such as 'lists/*.yaml', to use several lists."
        " [env var: SUBPROC_REGISTRY; default: registry.yaml here or in a parent folder]",
    ),
]
"""One registry or several."""
NewArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="NEW",
        autocompletion=completion.complete_revisions,
        help="The later revision. [default: the file in --registry]",
    ),
]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="DATE",
        help="Use the facts and the law of this date (YYYY-MM-DD). [default: today]",
    ),
]
WhereOption = Annotated[
    str | None, typer.Option("--where", metavar="QUESTION", help="Only services for which the answer is yes.")
]
SortOption = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="ORDER",
        autocompletion=completion.complete_sort_orders,
        help="Sort by name, purpose, place or since. [default: order in the registry]",
    ),
]
FieldOption = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="NAME",
        help="Also publish this internal field: notes, source, dpa, reviewed or x-…; repeatable.",
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Include retired and announced services.")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="Output format.", case_sensitive=False)]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write to this file. An existing file is replaced atomically."
    ),
]
ColourOption = Annotated[
    Colour, typer.Option("--color", help="When to use colour. Respects NO_COLOR and FORCE_COLOR.")
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print errors only. Use the exit code to read the result.")
]
DryRunOption = Annotated[
    bool, typer.Option("--diff", "--dry-run", help="Show the difference and write nothing.")
]
