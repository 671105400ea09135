"""`subproc changelog`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli import completion
from subproc_cli.cli.console import print_hint, print_stderr
from subproc_cli.cli.options import Format, NewArgument, OutputOption, QuietOption, RegistryOption
from subproc_cli.diff.changelog import ChangelogEntry
from subproc_cli.diff.changelog_file import (
    find_entry_lines,
    find_insert_point,
    insert_entry,
    replace_entry,
)
from subproc_cli.diff.changelog_gaps import ChangelogGaps, find_gaps, is_generated_entry
from subproc_cli.diff.report import format_change
from subproc_cli.enums import Colour
from subproc_cli.errors import RefusedError, UsageError
from subproc_cli.output.document import format_count
from subproc_cli.output.markdown import render
from subproc_cli.registry import source

HELP = """Print the changelog entry for the changes between two revisions.

With --update, insert the entry under the heading "The list" if there is one, otherwise before the
latest release. The rest of the file stays as it is. If the version already has an entry and the entry
lacks a change, replace the entry if it is the newest one and contains only sentences of this command;
otherwise exit with 1.

\b
subproc changelog 4.0.0
subproc changelog HEAD --update CHANGELOG.md
"""


def command(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", autocompletion=completion.complete_revisions, help="The earlier revision."
        ),
    ] = "HEAD",
    new: NewArgument = None,
    registry: RegistryOption = None,
    update: Annotated[
        str | None,
        typer.Option(
            "--update",
            metavar="FILE",
            help="Insert the entry into this changelog, or update it.",
        ),
    ] = None,
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc changelog`."""
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import open_revisions
    from subproc_cli.diff.changelog import ChangelogEntry
    from subproc_cli.diff.classify import diff
    from subproc_cli.output.markdown import render

    revisions = open_revisions(old, new, registry)
    entry = ChangelogEntry(*revisions, diff(*revisions))
    if update:
        update_changelog(entry, update, quiet=quiet)
    else:
        if not (entry.changes or quiet):
            print_stderr(
                "subproc: the revisions do not differ (name the revision that the entry begins with)"
            )
        Output(Format.MARKDOWN, output, Colour.NEVER, quiet).write(render(entry.to_document()))


_NEW_CHANGELOG = "# Changelog\n"
_NO_CHANGELOG = frozenset((".yaml", ".yml", ".json"))


def update_changelog(entry: ChangelogEntry, file: str, *, quiet: bool) -> None:
    """Insert an entry into a changelog, or replace the newest one. A changelog that does not exist is begun.

    Raises:
        ReadError: the file cannot be read.
        UsageError: no change is to be entered, or the file is not a changelog.
        RefusedError: the version has an entry that lacks a change.
    """
    version = entry.new.model.version
    if Path(file).suffix in _NO_CHANGELOG:
        raise UsageError(f"{file}: a changelog cannot be YAML or JSON", "name a Markdown file")
    if not entry.changes:
        raise UsageError("the revisions do not differ, so there is no changelog entry")
    try:
        old = source.read(file).content if os.path.lexists(file) else None
        text = _NEW_CHANGELOG if old is None else old.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{file}: the file is not UTF-8 text", "save it as UTF-8") from None
    insert_point = find_insert_point(text, version)
    if insert_point.version_exists:
        renewed = _renew_entry(entry, file, text, insert_point.level)
        if renewed is None:
            print_stderr(f"subproc: {file} already has an entry for {version}; nothing was written")
            return
        replace_bytes(Path(file), old, renewed.encode("utf-8", "backslashreplace"))
        if not quiet:
            print_stderr(f"{file}: renewed the entry for {version}")
        return
    new = insert_entry(text, render(entry.to_document(insert_point.level)), insert_point.offset)
    replace_bytes(Path(file), old, new.encode("utf-8", "backslashreplace"))
    if not quiet:
        print_stderr(f"{file}: {'created with the' if old is None else 'added the'} entry for {version}")
        print_hint(f"see which customers to notify: subproc notice {entry.old.model.version} --dry-run")


def _renew_entry(entry: ChangelogEntry, file: str, changelog: str, level: int) -> str | None:
    """Return a changelog with its newest entry replaced; None if that entry already reports every change.

    Raises:
        RefusedError: the entry lacks a change, and somebody edited it or it is not the newest one.
    """
    gaps = find_gaps(entry, changelog)
    if not (gaps.missing or gaps.outdated):
        return None
    found = find_entry_lines(changelog, entry.new.model.version)
    if found and is_generated_entry(changelog[slice(*found)]):
        return replace_entry(changelog, render(entry.to_document(level)), *found)
    raise _build_gaps_error(entry, file, gaps)


def _build_gaps_error(entry: ChangelogEntry, file: str, gaps: ChangelogGaps) -> RefusedError:
    revisions = entry.old, entry.new
    missing = [f"missing: {format_change(*revisions, change)}" for change in gaps.missing]
    outdated = [f"outdated: {statement}" for statement in gaps.outdated]
    parts = []
    if missing:
        parts.append(f"lacks {format_count(len(missing), 'change')}")
    if outdated:
        parts.append(f"reports {format_count(len(outdated), 'change')} that this revision does not make")
    message = f"{file}: the entry for {entry.new.model.version} {' and '.join(parts)}; nothing was written"
    hint = "edit the entry, or delete it and run the command again"
    return RefusedError(message, hint, (*missing, *outdated))
