"""`subproc export`."""

from inspect import cleandoc
from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli import completion
from subproc_cli.cli.options import AtOption, EveryOption, FieldOption, ReadOption
from subproc_cli.enums import Language
from subproc_cli.exporters.formats import EXPORTERS


def command(
    form: Annotated[
        str,
        typer.Argument(metavar="FORMAT", autocompletion=completion.formats, help="What to write: see below."),
    ],
    registry: ReadOption = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to a file."),
    ] = None,
    folder: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="Write a folder with all that belongs to it."),
    ] = None,
    where: Annotated[
        str | None,
        typer.Option("--where", metavar="QUESTION", help="Only services for which the answer is yes."),
    ] = None,
    history: Annotated[
        str | None,
        typer.Option("--history", metavar="FOLDER|git", help="Tell the changes that these revisions made."),
    ] = None,
    language: Annotated[
        Language, typer.Option("--lang", help="The language of what people read.")
    ] = Language.EN,
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where the result will be published.")
    ] = "",
    fields: FieldOption = None,
    at: AtOption = None,
    every: EveryOption = False,
) -> None:
    """Publish the list in a form that customers, lawyers, auditors or programs ask for.

    Notes, source and x-… fields are internal: what is made for others has them only where --field names them.

    \b
    subproc export page -o subprocessors.md
    subproc export page --where "see email" --lang de
    """
    from subproc_cli.cli.commands.exporting import Wanted, exporter, gathered, put

    wanted = Wanted(registry, where, history, language, url, at, every, fields or [])
    chosen = exporter(form, wanted)
    put(chosen, gathered(wanted, chosen), output, folder)


_FORMATS = "\n".join(f"{each.name:<16}{each.summary}" for each in EXPORTERS)
command.__doc__ = f"{cleandoc(command.__doc__ or '')}\n\n\b\nFormats:\n{_FORMATS}\n"
