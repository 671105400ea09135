"""`subproc export`."""

import re
import sys
from inspect import cleandoc
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

import typer

from subproc_cli.atomic_write import make_folder, write_bytes
from subproc_cli.cli import completion
from subproc_cli.cli.console import hint, put_bytes
from subproc_cli.cli.internal_fields import named_fields, warn_of_unknown
from subproc_cli.cli.options import AtOption, EveryOption, FieldOption, ReadOption
from subproc_cli.cli.registry_file import (
    asked,
    chosen,
    day_of,
    list_path,
    open_list,
    refuse_guesses,
    require_publisher,
    warn,
    warn_of_guesses,
)
from subproc_cli.enums import Language
from subproc_cli.errors import UsageFault
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.formats import EXPORTERS, Exporter
from subproc_cli.history.timeline import Moment
from subproc_cli.output.document import counted
from subproc_cli.text import did_you_mean


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
    wanted = Wanted(registry, where, history, language, url, at, every, fields or [])
    chosen = exporter(form, wanted)
    put(chosen, gathered(wanted, chosen), output, folder)


_FORMATS = "\n".join(f"{each.name:<16}{each.summary}" for each in EXPORTERS)
command.__doc__ = f"{cleandoc(command.__doc__ or '')}\n\n\b\nFormats:\n{_FORMATS}\n"


_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


def address(text: str, option: str) -> str:
    """Return the address of a page on the web, or an empty text.

    Raises:
        UsageFault: it is none.
    """
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        whole = (
            parts.scheme in {"http", "https"} and text.isascii() and text.isprintable() and " " not in text
        )
    except ValueError:
        whole, host = False, ""
    if not (whole and _HOST.fullmatch(host)):
        raise UsageFault(
            f"{option}: {text!r} is no address of a page", "write it as https://example.com/page"
        )
    return text


class Wanted(NamedTuple):
    """What the user asked for, as it was typed."""

    registry: str | None
    where: str | None
    history: str | None
    language: Language
    url: str
    at: str | None
    every: bool
    fields: list[str]


def exporter(name: str, wanted: Wanted) -> Exporter:
    """Return the format of a name.

    Raises:
        UsageFault: there is none, or what is wanted of it means nothing to it.
    """
    known = {each.name: each for each in EXPORTERS}
    if name not in known:
        hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
        raise UsageFault(f"there is no format {name!r}", hint)
    chosen = known[name]
    if wanted.language is not Language.EN and not chosen.translated:
        raise UsageFault(f"{name} is read by programs, so it has no language", "leave out --lang")
    if wanted.history is not None and not chosen.history:
        raise UsageFault(f"{name} tells no changes, so it needs no history", "leave out --history")
    if wanted.fields and not chosen.fields:
        what = "holds every field already" if chosen.complete else "has no place for internal fields"
        raise UsageFault(f"{name} {what}", "leave out --field")
    if wanted.url and not chosen.linked:
        raise UsageFault(f"{name} does not say where it is published", "leave out --url")
    return chosen


def gathered(wanted: Wanted, exporter: Exporter) -> Export:
    """Return the list with the services and the history that are wanted.

    Raises:
        UnreadableFault: the list or its history cannot be read.
        UsageFault: a day or the question is not understood, or nobody is named whose list it is.
        RefusedFault: people would read as a fact what an import guessed.
    """
    fields = named_fields(wanted.fields)
    index, day = open_list(wanted.registry), day_of(wanted.at)
    warn_of_unknown(fields, index)
    services, silent = asked(index, day, chosen(index, day, every=wanted.every), wanted.where)
    warn(silent)
    if exporter.translated:  # what people read
        require_publisher(index)
        refuse_guesses(index)
    else:
        warn_of_guesses(index)
    return Export(
        about=index,
        services=services,
        day=day,
        language=wanted.language,
        where=wanted.where or "",
        silent=silent,
        moments=_moments(wanted),
        url=address(wanted.url, "--url"),
        fields=fields,
    )


def _moments(wanted: Wanted) -> tuple[Moment, ...]:
    if wanted.history is None:
        return ()
    from subproc_cli.cli.history import told

    return told(list_path(wanted.registry) if wanted.history == "git" else wanted.history)


def put(chosen: Exporter, export: Export, file: str | None, folder: str | None) -> None:
    """Write an export to where it belongs.

    Raises:
        UsageFault: a file and a folder are named, or the format cannot go there.
        UnwritableFault: the file or the folder cannot be written.
    """
    if folder is not None:
        _put_folder(chosen, export, file, Path(folder))
        return
    if file is None and chosen.binary and sys.stdout is not None and sys.stdout.isatty():
        name = f"name a file: -o list.{chosen.extension}"
        raise UsageFault(f"{chosen.name} is no text, so a terminal cannot show it", name)
    following = f"{file}: written" if file and file != "-" else f"keep it: -o list.{chosen.extension}"
    put_bytes(chosen.render(export), file, following)


def _put_folder(chosen: Exporter, export: Export, file: str | None, folder: Path) -> None:
    if file is not None:
        raise UsageFault("an export goes to a file or to a folder", "name -o or --out, not both")
    if not chosen.folder:
        name = f"name the file: -o list.{chosen.extension}"
        raise UsageFault(f"{chosen.name} is one file, not a folder", name)
    contents = chosen.files(export)
    make_folder(folder)
    for name, content in contents.items():
        write_bytes(folder / name, content)
    hint(f"{counted(len(contents), 'file')} written; open {folder / next(iter(contents))}")
