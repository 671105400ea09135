"""`subproc feed`."""

from typing import Annotated

import typer

from subproc_cli.cli.language import make_language_option, report_borrowed_texts
from subproc_cli.cli.options import FieldOption, RegistryOption
from subproc_cli.enums import Level
from subproc_cli.locale.catalogue import ENGLISH, load_catalogue

HELP = """Write the history of the list as an Atom feed, from git or a folder of revisions.

\b
subproc feed -o feed.xml --url https://example.com/subprocessors/feed.xml
subproc feed --folder examples/caplena --since 2023-01-01 --lang de
subproc feed --level notice --where "see email" -o email.xml
"""


def command(
    registry: RegistryOption = None,
    folder: Annotated[
        str | None,
        typer.Option("--folder", metavar="DIR", help="A folder of revisions. [default: the git history]"),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only revisions from this date on.")
    ] = None,
    url: Annotated[
        str,
        typer.Option("--url", metavar="URL", help="Address of the published feed."),
    ] = "",
    page: Annotated[str, typer.Option("--page", metavar="URL", help="Address of the published list.")] = "",
    where: Annotated[
        str,
        typer.Option(
            "--where",
            metavar="QUESTION",
            help="Leave out services for which the answer is no.",
        ),
    ] = "",
    level: Annotated[
        Level, typer.Option("--level", help="Only changes of this level or higher.")
    ] = Level.INFORM,
    language: Annotated[str, make_language_option("Language of the feed.")] = ENGLISH,
    fields: FieldOption = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")
    ] = None,
) -> None:
    """Run `subproc feed`.

    Raises:
        UsageError: the question of `--where` is not understood, or the address is not valid.
        ReadError: none of the revisions can be read.
    """
    from subproc_cli.cli.console import write_output_bytes
    from subproc_cli.cli.export_inputs import validate_url
    from subproc_cli.cli.history import find_complete_snapshots, find_history_path, iter_complete_history
    from subproc_cli.cli.internal_fields import parse_field_options
    from subproc_cli.cli.registry_file import parse_day_option
    from subproc_cli.errors import QuestionSyntaxError, ReadError, UsageError
    from subproc_cli.exporters import feed as atom
    from subproc_cli.exporters.feed_entries import FeedAddresses, FeedSelection, build_feed
    from subproc_cli.history.public import iter_published_entries
    from subproc_cli.history.timeline import GitSnapshots, load_newest

    first_day = parse_day_option(since, "--since") if since else None
    addresses = FeedAddresses(validate_url(page, "--page"), validate_url(url, "--url"))
    visible_fields = parse_field_options(fields)
    path = find_history_path(registry, folder)
    snapshots = find_complete_snapshots(path)
    newest = load_newest(snapshots)
    # A revision that comes back gets an id by how often it was there, so older ones are read as well.
    is_numbered = not isinstance(snapshots, GitSnapshots) or snapshots.has_repeated_content
    history = iter_complete_history(path, snapshots, "" if is_numbered or not first_day else str(first_day))
    try:
        entries = iter_published_entries(history, newest.model, visible_fields) if newest else ()
        content = build_feed(entries, FeedSelection(first_day, level, where), addresses, language, newest)
    except QuestionSyntaxError as error:
        raise UsageError(f"--where: {error.message}", error.hint) from None
    if content is None:
        raise ReadError(f"{path}: none of its revisions can be read", "see: subproc log")
    write_output_bytes(atom.render(content).encode(), output, f"{output}: written" if output else "")
    report_borrowed_texts([load_catalogue(language)])
