"""What a report of changes, or of the kinds of change, states: whole texts, rows and positions."""

import pytest

from registry_text import listing
from subproc_cli.diff.bump import BumpReport
from subproc_cli.diff.classify import diff
from subproc_cli.diff.report import (
    ChangesReport,
    KindReport,
    KindsReport,
    build_change_record,
    locate_change,
)
from subproc_cli.enums import Bump
from subproc_cli.output import terminal
from subproc_cli.output.document import Heading, Table, make_line
from subproc_cli.registry.change_kinds import KINDS, KINDS_BY_NAME
from subproc_cli.registry.registry import Registry

OLD = listing("  a: {name: Alpha, purpose: chat, onward: [Gamma, Delta], notes: x}\n  c: {name: Gamma}\n")
NEW = listing(
    "  a: {name: Alpha, purpose: mail, onward: [Gamma, Epsilon], notes: y}\n  b: {name: Beta}\n",
    head="notice: {days: 30}",
)


def compare(old: Registry, new: Registry) -> ChangesReport:
    return ChangesReport(old, new, diff(old, new))


def show(report: ChangesReport | KindsReport | KindReport) -> list[str]:
    return terminal.render(report.to_document(), 200, colour=False).splitlines()


def test_report_of_changes_groups_them_by_what_they_require() -> None:
    revisions = [
        f"Example GmbH 1.0.0 of 2024-01-01 (sha256 {registry.sha256[:12]})" for registry in (OLD, NEW)
    ]
    assert show(compare(OLD, NEW)) == [
        " → ".join(revisions),
        "",
        "7 changes (2 notice, 4 inform, 1 editorial): a major bump; the version has to be 2.0.0, and is still 1.0.0.",
        "",
        "Notice (2): customers must be informed in advance",
        "- Alpha now passes data on to Epsilon",
        "- Beta is new",
        "",
        "Inform (4): customers should know; no notice period",
        "- The list: the period of notice in days is now stated: 30",
        "- Alpha no longer passes data on to Delta [onward: Gamma, Delta → Gamma, Epsilon]",
        "- Alpha: the purpose now reads “mail” instead of “chat” (read this: a program cannot judge it)",
        "- Gamma is no longer listed",
        "",
        "Editorial (1): no meaning for customers",
        "- Alpha: an edit to the notes",
    ]


def test_report_without_changes_names_both_revisions() -> None:
    lines = show(compare(OLD, OLD))
    assert lines[0].count(OLD.sha256[:12]) == 2
    assert lines[1:] == ["", "No change between these revisions."]


def test_report_as_lines_and_rows_has_one_for_each_change() -> None:
    report = compare(OLD, NEW)
    assert "notice onward-added a: Alpha now passes data on to Epsilon" in report.to_lines()
    heads, *rows = report.to_rows()
    found = {row[1]: dict(zip(heads, row, strict=True)) for row in rows}
    change = next(change for change in report.changes if change.kind == "onward-added")
    assert found["onward-added"] == {
        "level": "notice",
        "kind": "onward-added",
        "direction": str(change.direction),
        "service": "a",
        "name": "Alpha",
        "field": "onward",
        "before": "Gamma; Delta",
        "after": "Gamma; Epsilon",
        "text": "Alpha now passes data on to Epsilon",
        "fingerprint": change.fingerprint,
    }


def test_position_of_a_change_is_in_the_revision_that_has_the_service() -> None:
    report = compare(OLD, NEW)
    at = {change.kind: position for change, position, _ in report.iter_positions()}
    assert at["onward-added"][1:3] == (7, 35)
    assert at["notice-lengthened"][1:3] == (5, 16)
    assert at["service-removed"][1:3] == NEW.locate(("services",))[1:3]
    removed = next(change for change in report.changes if change.kind == "service-removed")
    assert locate_change((OLD, NEW), removed)[1:3] == (8, 3)


def test_record_of_a_change_of_the_list_has_no_service() -> None:
    change = next(change for change in diff(OLD, NEW) if not change.service)
    record = build_change_record(change, "a text")
    assert (record["service"], record["name"], record["text"]) == (None, None, "a text")


def test_kinds_as_a_table_have_level_effect_and_mirror() -> None:
    lines = show(KindsReport())
    assert lines[0].split() == ["Kind", "Level", "Effect", "Mirror"]
    assert lines[-1] == "One explained: subproc rule NAME"
    shown = {line.split()[0]: line.split()[1:] for line in lines[1:-1] if line.strip(" ─-")}
    assert {*shown} >= {kind.name for kind in KINDS}
    assert shown["onward-added"] == ["notice", "wider", "onward-removed"]
    assert shown["data-condition-changed"][-1] == "itself"


def test_kinds_as_rows_have_every_fact() -> None:
    heads, *rows = KindsReport().to_rows()
    assert heads == ("kind", "area", "level", "effect", "mirror", "when", "deviation")
    assert [row[0] for row in rows] == [kind.name for kind in KINDS]


def test_kind_as_text_rows_and_record_has_the_same_facts() -> None:
    kind = KINDS_BY_NAME["start-advanced"]
    heads, *rows = KindReport(kind).to_rows()
    assert heads == ("fact", "value")
    record = KindReport(kind).to_record()
    assert rows == [(name, str(value or "")) for name, value in record.items() if name != "schema"]
    assert record == {
        "schema": "subproc/kind/1",
        "kind": "start-advanced",
        "area": str(kind.area),
        "level": "notice",
        "effect": "wider",
        "when": kind.when,
        "mirror": "start-delayed",
        "waiver": None,
        "deviation": None,
    }
    override = "A list can set another level for it: levels: {start-advanced: notice}"
    assert show(KindReport(kind))[-1].replace("`", "") == override


@pytest.mark.parametrize(
    ("needed", "given", "is_written", "text"),
    [
        (Bump.NONE, "1.0.0", False, "none: nothing that is published changed since 1.0.0"),
        (Bump.MAJOR, "1.0.0", False, "major: 1.0.0 → 2.0.0 (the file states 1.0.0)"),
        (Bump.MAJOR, "2.0.0", False, "major: 1.0.0 → 2.0.0 (the file states 2.0.0, which is enough)"),
        (Bump.MAJOR, "1.0.0", True, "major: 1.0.0 → 2.0.0 (written)"),
    ],
)
def test_bump_states_the_next_version_and_what_the_file_has(
    *, needed: Bump, given: str, is_written: bool, text: str
) -> None:
    is_enough = given == "2.0.0"
    report = BumpReport(needed, "1.0.0", "2.0.0", given, is_enough, is_written)
    assert terminal.render(report.to_document(), 120, colour=False) == f"{text}\n"
    assert report.to_record() == {
        "schema": "subproc/bump/1",
        "needed": str(needed),
        "known": "1.0.0",
        "following": "2.0.0",
        "given": given,
        "enough": is_enough,
        "written": is_written,
    }
    flags = tuple("yes" if flag else "no" for flag in (is_enough, is_written))
    assert [*report.to_rows()] == [
        ("needed", "known", "following", "given", "enough", "written"),
        (str(needed), "1.0.0", "2.0.0", given, *flags),
    ]


def test_kinds_as_a_record_have_each_kind_and_as_a_manual_each_exception() -> None:
    kinds = KindsReport().to_record()["kinds"]
    assert [kind["kind"] for kind in kinds] == [kind.name for kind in KINDS]
    title, *_, table = KindsReport(manual=True).to_document()
    assert title == Heading(make_line("Kinds of change"), 1)
    assert isinstance(table, Table)
    assert table.heads == ("Kind", "Area", "Effect", "Level", "When", "Mirror", "Exception")
    assert len(table.rows) == len(KINDS)
