"""How the entry of a version in a changelog differs from the changes of that version."""

import re
from functools import cached_property
from typing import NamedTuple

from subproc_cli.diff.change import Change, parse_version
from subproc_cli.diff.changelog import ENTRY_SECTIONS, INTERNAL, ChangelogEntry
from subproc_cli.diff.changelog_file import parse_entries, parse_statements
from subproc_cli.enums import Level
from subproc_cli.output.document import Bullets
from subproc_cli.output.markdown import render
from subproc_cli.output.sanitize import sanitize_line

GENERATED = re.compile(rf" \(({'|'.join(Level)})\)\.\Z")
"""How a bullet of this program ends: with the level of its change."""


class ChangelogGaps(NamedTuple):
    """How an entry of a changelog differs from the changes of its revision.

    Attributes:
        missing: the changes that it does not report.
        outdated: what bullets of this program report although it is not a change, or is no longer one.
    """

    missing: tuple[Change, ...]
    outdated: tuple[str, ...]


def find_gaps(entry: ChangelogEntry, changelog: str) -> ChangelogGaps:
    """Compare the entries of a changelog with the changes that they should report.

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
    is_generated = GENERATED.search if between == {new} else lambda _: None
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
        GENERATED.sub("", each)
        for each in entries.get(new, ())
        if is_generated(each) and each not in expected
    )
    return ChangelogGaps(tuple(missing), tuple(outdated))


def is_generated_entry(text: str) -> bool:
    """Return whether this program wrote all of an entry, so that it can replace the entry."""
    if "<!--" in text or "```" in text or "~~~" in text:
        return False
    statements = parse_statements(text)
    lines = [line for line in text.splitlines()[1:] if line.startswith("#")]
    return (
        bool(statements)
        and all(GENERATED.search(each) or each == INTERNAL for each in statements)
        and all(line.lstrip("#").strip() in ENTRY_SECTIONS for line in lines)
    )


def _render_statements(entry: ChangelogEntry, change: Change) -> tuple[str, ...]:
    """Return what an entry states about one of its changes."""
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
    """Return whether a text in lower case contains a name as whole words."""
    shown_name = " ".join(sanitize_line(name).split()).casefold()
    return shown_name in text and bool(re.search(rf"(?<!\w){re.escape(shown_name)}(?!\w)", text))
