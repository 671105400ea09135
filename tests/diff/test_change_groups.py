"""Similar changes of several services are one sentence, and nothing is lost."""

import pytest

from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.diff.report import ChangesReport
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.history.git import FileCommit
from subproc_cli.history.report import LogReport, build_log_entry
from subproc_cli.history.timeline import Event, HistoryEntry
from subproc_cli.output import terminal

OLD = listing("  a: {name: A, contact: x}\n  b: {name: B, contact: x}\n  c: {name: C}\n")
NEW = listing(
    """\
  a: {name: A, contact: x, personal_data: yes}
  b: {name: B, contact: x, personal_data: yes}
  c: {name: C, personal_data: no, sees: [identity.email, usage]}
"""
)


@pytest.mark.parametrize(("language", "names"), [("en", "A and B"), ("de", "A und B"), ("fr", "A et B")])
def test_group_changes_joins_the_names_of_services(language: str, names: str) -> None:
    changes = diff(OLD, NEW)
    groups = ChangeFormatter(language).group_changes((OLD, NEW), changes)
    assert {change.fingerprint for group in groups for change in group.changes} == {
        change.fingerprint for change in changes
    }
    assert sum(len(group.changes) for group in groups) == len(changes)
    assert [group.text.startswith(names) for group in groups].count(True) == 1
    assert all(each.level == group.changes[0].level for group in groups for each in group.changes)


def test_reports_show_like_changes_on_one_line() -> None:
    changes = diff(OLD, NEW)
    entry = HistoryEntry(FileCommit("", "2024-01-02", "b.yaml", "", ""), Event.CHANGED, OLD, NEW, changes)
    for report in (ChangesReport(OLD, NEW, changes), LogReport((build_log_entry(entry),))):
        text = terminal.render(report.to_document(), 120, colour=False)
        assert text.count("access to personal data") == 2  # yes of two services, no of one
        assert "A and B: access to personal data" in text
        assert len([*report.to_rows()]) == 1 + len(changes)
