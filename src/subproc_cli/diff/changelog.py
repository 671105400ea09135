"""The entry of a revision in a changelog, after Keep a Changelog: `subproc changelog`."""

from typing import NamedTuple

from subproc_cli.diff.change import Change, filter_public_changes
from subproc_cli.diff.merges import format_merge_target
from subproc_cli.diff.report import format_change
from subproc_cli.output.document import Bullets, Heading, Page, make_line
from subproc_cli.registry.registry import Registry

_SECTIONS = {
    "service-added": "Added",
    "service-replaced": "Added",
    "service-reactivated": "Added",
    "service-retired": "Deprecated",
    "service-removed": "Removed",
}
ENTRY_SECTIONS = ("Added", "Changed", "Deprecated", "Removed")
INTERNAL = "Internal fields or house rules were edited."
"""The entry of a revision without a change to report, so that its version has an entry."""


class ChangelogEntry(NamedTuple):
    """What one revision changed."""

    old: Registry
    new: Registry
    changes: tuple[Change, ...]

    def to_document(self, level: int = 2) -> Page:
        """Return the entry, its own heading at the given level."""
        model = self.new.model
        changes = filter_public_changes(self.changes)
        blocks: list[Heading | Bullets] = [Heading(make_line(f"[{model.version}] - {model.date}"), level)]
        for section in ENTRY_SECTIONS:
            found = [each for each in changes if self._choose_section(each) == section]
            if found:
                blocks.append(Heading(make_line(section), level + 1))
                blocks.append(Bullets(tuple(make_line(self._format_change(change)) for change in found)))
        if self.changes and not changes:
            blocks += [Heading(make_line("Changed"), level + 1), Bullets((make_line(INTERNAL),))]
        return tuple(blocks)

    def _choose_section(self, change: Change) -> str:
        is_merged = bool(format_merge_target(self.new, change))
        return "Changed" if is_merged else _SECTIONS.get(change.kind, "Changed")

    def _format_change(self, change: Change) -> str:
        return f"{format_change(self.old, self.new, change)} ({change.level})."
