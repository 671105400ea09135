"""`subproc changelog`."""

import os
import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli import completion
from subproc_cli.cli.console import print_hint, print_stderr
from subproc_cli.cli.options import Format, NewArgument, OutputOption, QuietOption, RegistryOption
from subproc_cli.diff.change import Change, parse_version
from subproc_cli.diff.changelog import ChangelogEntry
from subproc_cli.diff.changelog_file import find_insert_point, insert_entry, parse_entries, parse_statements
from subproc_cli.diff.report import format_change
from subproc_cli.enums import Colour, Level
from subproc_cli.errors import RefusedError, UsageError
from subproc_cli.output.document import Bullets, format_count
from subproc_cli.output.markdown import render
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry import source

HELP = """Print the changelog entry for the changes between two revisions.

With --update, insert the entry under the heading "The list" if there is one, otherwise before the
latest release. The rest of the file stays as it is. If the version already has an entry, write nothing,
and exit with 1 if a change is missing from that entry.

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
            help="Insert the entry into this changelog if it has none for the version.",
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
        Output(Format.MARKDOWN, output, Colour.NEVER, quiet).write(render(entry.to_document()))


_NEW_CHANGELOG = "# Changelog\n"
_NO_CHANGELOG = frozenset((".yaml", ".yml", ".json"))
_GENERATED = re.compile(rf" \(({'|'.join(Level)})\)\.\Z")
"""How a bullet of this program ends: with the level of its change."""


class ChangelogGaps(NamedTuple):
    """How an entry of a changelog differs from the changes of its revision.

    Attributes:
        missing: the changes that it does not report.
        outdated: what bullets of this program report although it is not a change, or not any more.
    """

    missing: tuple[Change, ...]
    outdated: tuple[str, ...]


def update_changelog(entry: ChangelogEntry, file: str, *, quiet: bool) -> None:
    """Write an entry to its place in a changelog; one that is there already stays as it is.

    A changelog that does not exist is begun.

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
        _refuse_gaps(entry, file, text)
        print_stderr(f"subproc: {file} already has an entry for {version}; nothing was written")
        return
    new = insert_entry(text, render(entry.to_document(insert_point.level)), insert_point.offset)
    replace_bytes(Path(file), old, new.encode("utf-8", "backslashreplace"))
    if not quiet:
        print_stderr(f"{file}: {'created with the' if old is None else 'added the'} entry for {version}")
        print_hint(f"see which customers to notify: subproc notice {entry.old.model.version} --dry-run")


def _refuse_gaps(entry: ChangelogEntry, file: str, changelog: str) -> None:
    gaps = find_gaps(entry, changelog)
    if not (gaps.missing or gaps.outdated):
        return
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
    raise RefusedError(message, hint, (*missing, *outdated))


def find_gaps(entry: ChangelogEntry, changelog: str) -> ChangelogGaps:
    """Compare the entries of a changelog with the changes that they are to report.

    A change is reported by the bullet that this program writes for it, or by a text in other words that names
    the service. A change of the list itself may be reported by any text in other words that names none of
    the services that changed.

    Where several versions lie between the two revisions, their entries report the steps and not the sum: then
    each bullet counts as a text in other words, and none is outdated.
    """
    entries = parse_entries(changelog)
    old, new = (registry.model.version for registry in (entry.old, entry.new))
    between = {each for each in entries if parse_version(old) < parse_version(each) <= parse_version(new)}
    reported = {each for version in between | {new} for each in entries.get(version, ())}
    is_generated = _GENERATED.search if between == {new} else lambda _: None
    expected = {
        statement: change for change in entry.changes for statement in _render_statements(entry, change)
    }
    other_texts = _OtherTexts(entry, tuple(each for each in reported if not is_generated(each)))
    missing = (
        change
        for statement, change in expected.items()
        if change.is_published and statement not in reported and not other_texts.may_report(change)
    )
    outdated = (
        _GENERATED.sub("", each)
        for each in entries.get(new, ())
        if is_generated(each) and each not in expected
    )
    return ChangelogGaps(tuple(missing), tuple(outdated))


def _render_statements(entry: ChangelogEntry, change: Change) -> tuple[str, ...]:
    """Return what an entry says of one of its changes."""
    page = entry._replace(changes=(change,)).to_document()
    return parse_statements(render(tuple(block for block in page if isinstance(block, Bullets))))


class _OtherTexts:
    """The texts of an entry that this program has not written."""

    def __init__(self, entry: ChangelogEntry, texts: tuple[str, ...]) -> None:
        self._entry = entry
        self._texts = [text.casefold() for text in texts]
        self._joined_text = "\n".join(self._texts)

    def may_report(self, change: Change) -> bool:
        """Return whether one of the texts names the service of a change, or may be about the list."""
        if not change.service:
            return self._is_about_list
        return any(_contains_name(self._joined_text, name) for name in self._collect_names(change))

    def _collect_names(self, change: Change) -> set[str]:
        """Return the name of a service in a change, and the one it has in each revision."""
        services = (
            registry.model.services.get(change.service) for registry in (self._entry.old, self._entry.new)
        )
        return {change.name, *(service.name for service in services if service)}

    @cached_property
    def _is_about_list(self) -> bool:
        names = {
            name for change in self._entry.changes if change.service for name in self._collect_names(change)
        }
        return any(not any(_contains_name(text, name) for name in names) for text in self._texts)


def _contains_name(text: str, name: str) -> bool:
    """Return whether a text in lower case holds a name as words of their own."""
    shown_name = " ".join(sanitize_line(name).split()).casefold()
    return shown_name in text and bool(re.search(rf"(?<!\w){re.escape(shown_name)}(?!\w)", text))
