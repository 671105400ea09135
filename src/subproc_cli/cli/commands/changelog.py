"""`subproc changelog`."""

import os
import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli import completion
from subproc_cli.cli.console import hint, to_stderr
from subproc_cli.cli.options import Colour, Format, ListOption, NewArgument, OutputOption, QuietOption
from subproc_cli.diff.change import Change, numbers
from subproc_cli.diff.changelog import Entry
from subproc_cli.diff.changelog_file import find_place, insert_entry, read_entries, read_statements
from subproc_cli.diff.report import sentence
from subproc_cli.enums import Level
from subproc_cli.errors import RefusedFault, UsageFault
from subproc_cli.output.document import Bullets, counted
from subproc_cli.output.markdown import render
from subproc_cli.output.sanitize import visible
from subproc_cli.registry import source


def command(
    old: Annotated[
        str, typer.Argument(metavar="OLD", autocompletion=completion.revisions, help="The earlier revision.")
    ] = "HEAD",
    new: NewArgument = None,
    registry: ListOption = None,
    update: Annotated[
        str | None, typer.Option("--update", metavar="FILE", help="Put the entry in its place there, once.")
    ] = None,
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Print the entry of a revision for the changelog of the list.

    With --update it goes below the heading "The list" if there is one, otherwise to the top of the releases.
    Nothing else in the file changes. If the version has an entry already, nothing is written; exit with 1 if
    that entry lacks a change.

    \b
    subproc changelog 4.0.0
    subproc changelog HEAD --update CHANGELOG.md
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.registry_file import open_revisions
    from subproc_cli.diff.changelog import Entry
    from subproc_cli.diff.classify import diff
    from subproc_cli.output.markdown import render

    revisions = open_revisions(old, new, registry)
    entry = Entry(*revisions, diff(*revisions))
    if update:
        put(entry, update, quiet=quiet)
    else:
        Output(Format.MARKDOWN, output, Colour.NEVER, quiet).write(render(entry.page()))


_BEGINNING = "# Changelog\n"
_NO_CHANGELOG = frozenset((".yaml", ".yml", ".json"))
_GENERATED = re.compile(rf" \(({'|'.join(Level)})\)\.\Z")
"""How a bullet of this program ends: with the level of its change."""


class Gaps(NamedTuple):
    """How an entry of a changelog differs from the changes of its revision.

    Attributes:
        missing: the changes that it does not report.
        outdated: what bullets of this program report although it is not a change, or not any more.
    """

    missing: tuple[Change, ...]
    outdated: tuple[str, ...]


def put(entry: Entry, file: str, *, quiet: bool) -> None:
    """Write an entry to its place in a changelog; one that is there already stays as it is.

    A changelog that does not exist is begun.

    Raises:
        UnreadableFault: the file cannot be read.
        UsageFault: there is no change to tell, or the file is no changelog.
        RefusedFault: the version has an entry that lacks a change.
    """
    version = entry.new.registry.version
    if Path(file).suffix in _NO_CHANGELOG:
        raise UsageFault(f"{file}: is a list of services, not a changelog")
    if not entry.changes:
        raise UsageFault("no change: there is nothing to put into the changelog")
    try:
        old = source.read(file).content if os.path.lexists(file) else None
        text = _BEGINNING if old is None else old.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageFault(f"{file}: is not a text in UTF-8") from None
    found = find_place(text, version)
    if found.taken:
        _refuse_gaps(entry, file, text)
        to_stderr(f"subproc: {file} has an entry for {version} already; nothing was written")
        return
    new = insert_entry(text, render(entry.page(found.level)), found.offset)
    replace_bytes(Path(file), old, new.encode("utf-8", "backslashreplace"))
    if not quiet:
        to_stderr(f"{file}: {'begun, with ' if old is None else ''}the entry for {version}")
        hint(f"who must be told: subproc notice {entry.old.registry.version} --dry-run")


def _refuse_gaps(entry: Entry, file: str, changelog: str) -> None:
    gaps = find_gaps(entry, changelog)
    if not (gaps.missing or gaps.outdated):
        return
    revisions = entry.old, entry.new
    missing = [f"missing: {sentence(*revisions, change)}" for change in gaps.missing]
    outdated = [f"outdated: {each}" for each in gaps.outdated]
    parts = []
    if missing:
        parts.append(f"lacks {counted(len(missing), 'change')}")
    if outdated:
        parts.append(f"reports {counted(len(outdated), 'change')} that this revision does not make")
    message = f"{file}: the entry for {entry.new.registry.version} {' and '.join(parts)}; nothing was written"
    advice = "edit the entry, or delete it and run the command again"
    raise RefusedFault(message, advice, (*missing, *outdated))


def find_gaps(entry: Entry, changelog: str) -> Gaps:
    """Compare the entries of a changelog with the changes that they are to report.

    A change is reported by the bullet that this program writes for it, or by a text in other words that names
    the service. A change of the list itself may be reported by any text in other words that names none of
    the services that changed.

    Where several versions lie between the two revisions, their entries report the steps and not the sum: then
    each bullet counts as a text in other words, and none is outdated.
    """
    entries = read_entries(changelog)
    old, new = (index.registry.version for index in (entry.old, entry.new))
    between = {each for each in entries if numbers(old) < numbers(each) <= numbers(new)}
    found = {each for version in between | {new} for each in entries.get(version, ())}
    is_generated = _GENERATED.search if between == {new} else lambda _: None
    expected = {statement: change for change in entry.changes for statement in _statements(entry, change)}
    others = _OtherWords(entry, tuple(each for each in found if not is_generated(each)))
    missing = (
        change
        for statement, change in expected.items()
        if change.published and statement not in found and not others.may_report(change)
    )
    outdated = (
        _GENERATED.sub("", each)
        for each in entries.get(new, ())
        if is_generated(each) and each not in expected
    )
    return Gaps(tuple(missing), tuple(outdated))


def _statements(entry: Entry, change: Change) -> tuple[str, ...]:
    """Return what an entry says of one of its changes."""
    page = entry._replace(changes=(change,)).page()
    return read_statements(render(tuple(block for block in page if isinstance(block, Bullets))))


class _OtherWords:
    """The texts of an entry that this program has not written."""

    def __init__(self, entry: Entry, texts: tuple[str, ...]) -> None:
        self._entry = entry
        self._texts = [text.casefold() for text in texts]
        self._all = "\n".join(self._texts)

    def may_report(self, change: Change) -> bool:
        """Return whether one of the texts names the service of a change, or may be about the list."""
        if not change.service:
            return self._is_about_list
        return any(_names(self._all, name) for name in self._names_of(change))

    def _names_of(self, change: Change) -> set[str]:
        """Return the name of a service in a change, and the one it has in each revision."""
        both = (index.registry.services.get(change.service) for index in (self._entry.old, self._entry.new))
        return {change.name, *(service.name for service in both if service)}

    @cached_property
    def _is_about_list(self) -> bool:
        names = {name for change in self._entry.changes if change.service for name in self._names_of(change)}
        return any(not any(_names(text, name) for name in names) for text in self._texts)


def _names(text: str, name: str) -> bool:
    """Return whether a text in lower case holds a name as words of their own."""
    shown = " ".join(visible(name).split()).casefold()
    return shown in text and bool(re.search(rf"(?<!\w){re.escape(shown)}(?!\w)", text))
