"""`subproc feed`."""

from typing import Annotated

import typer

from subproc_cli.cli.options import FieldOption, ListOption
from subproc_cli.enums import Language


def command(
    registry: ListOption = None,
    folder: Annotated[
        str | None,
        typer.Option("--folder", metavar="DIR", help="A folder of revisions. [default: the git history]"),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only revisions of this day or later.")
    ] = None,
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where the feed will be published; part of its ids.")
    ] = "",
    page: Annotated[
        str, typer.Option("--page", metavar="URL", help="Where the list itself is published.")
    ] = "",
    language: Annotated[Language, typer.Option("--lang", help="The language of its texts.")] = Language.EN,
    fields: FieldOption = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")
    ] = None,
) -> None:
    """Write the changes of the list as an Atom feed, from git or from a folder of revisions.

    \b
    subproc feed -o feed.xml --url https://example.com/subprocessors/feed.xml
    subproc feed --folder examples/caplena --since 2023-01-01 --lang de
    """
    from subproc_cli.cli.commands.export import address
    from subproc_cli.cli.console import put_bytes
    from subproc_cli.cli.history import source, told
    from subproc_cli.cli.internal_fields import named_fields
    from subproc_cli.cli.registry_file import day_of
    from subproc_cli.errors import UnreadableFault
    from subproc_cli.exporters import feed as atom
    from subproc_cli.exporters.feed import feed
    from subproc_cli.history.public import public

    first = day_of(since, "--since") if since else None
    addresses = address(page, "--page"), address(url, "--url")
    shown = named_fields(fields)
    path = source(registry, folder)
    found = feed(public(told(path), shown), first, *addresses, language)
    if found is None:
        raise UnreadableFault(f"{path}: none of its revisions can be read", "see: subproc log")
    put_bytes(atom.render(found).encode(), output, f"{output}: written" if output else "")
