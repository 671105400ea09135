"""Changes that a publisher chooses to give notice of, and dates that cannot all be right."""

import pytest

from notice_cases import SENT, customer
from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Level
from subproc_cli.errors import UsageError
from subproc_cli.notice.customers import Customer
from subproc_cli.notice.date_checks import iter_date_warnings
from subproc_cli.notice.plan import Plan, Request, plan
from subproc_cli.notice.selection import parse_chosen_change
from subproc_cli.registry.registry import Registry

HEAD = "notice: {days: 30}"
OLD = "  a: {name: A, purpose: support, notes: x}\n  b: {name: B, purpose: mail}\n"
NEW = "  a: {name: A, purpose: support and training, notes: y}\n  b: {name: B, purpose: mail and chat}\n"


def revisions(old: str, new: str) -> tuple[Registry, Registry]:
    return listing(old, head=HEAD), listing(new, head=HEAD)


def planned(old: str, new: str, request: Request, *customers: Customer) -> Plan:
    both = revisions(old, new)
    return plan(both, diff(*both), request, customers or None)


def told(request: Request) -> list[tuple[str, str]]:
    return [
        (change.kind, change.service)
        for notice in planned(OLD, NEW, request).notices
        for change in notice.changes
    ]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request(SENT), []),
        (Request(SENT, level=Level.INFORM), [("purpose-changed", "a"), ("purpose-changed", "b")]),
        (Request(SENT, level=Level.EDITORIAL), [("purpose-changed", "a"), ("purpose-changed", "b")]),
        (Request(SENT, chosen=(parse_chosen_change("purpose-changed:b"),)), [("purpose-changed", "b")]),
        (
            Request(SENT, chosen=(parse_chosen_change("purpose-changed"),)),
            [("purpose-changed", "a"), ("purpose-changed", "b")],
        ),
    ],
)
def test_plan_has_the_chosen_changes_and_nothing_internal(
    request_: Request, expected: list[tuple[str, str]]
) -> None:
    assert told(request_) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("purpose-changed:c", "--also: no change is purpose-changed:c"),
        ("metadata-changed:a", "--also: no change is metadata-changed:a"),  # an edit of notes
        ("place-moved", "--also: no change is place-moved"),
    ],
)
def test_plan_without_a_chosen_change_is_an_error(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as error:
        told(Request(SENT, chosen=(parse_chosen_change(text),)))
    assert "purpose-changed:a" in error.value.hint


def test_parse_chosen_change_of_an_unknown_kind_suggests_one() -> None:
    with pytest.raises(UsageError, match="'purpose-change' is not a kind of change") as error:
        parse_chosen_change("purpose-change")
    assert "purpose-changed" in error.value.hint


MOVED = ("  a: {name: A, processing: [DE]}\n", "  a: {name: A, processing: [US], transfer: [scc]}\n")
SHORT, LONG = customer("name: Short"), customer("name: Long, days: 60")


def test_plan_with_the_latest_day_has_one_day_for_all() -> None:
    several = planned(*MOVED, Request(SENT), SHORT, LONG).notices
    [day] = {
        notice.effective for notice in planned(*MOVED, Request(SENT, is_latest=True), SHORT, LONG).notices
    }
    assert len({notice.effective for notice in several}) > 1
    assert day == max(notice.effective for notice in several)


def test_date_warnings_name_an_event_with_several_days() -> None:
    both = revisions(*MOVED)
    [warning] = iter_date_warnings(planned(*MOVED, Request(SENT), SHORT, LONG), both)
    assert warning == (
        "the changes of A take effect on 2 days (2024-05-10: Short; 2024-06-11: Long); "
        "add --effective latest if they happen on one day"
    )
    assert not [*iter_date_warnings(planned(*MOVED, Request(SENT, is_latest=True), SHORT, LONG), both)]


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2024-04-20", ["Post ends on 2024-04-20, and Taube, which replaces it, begins on 2024-05-10"]),
        ("2024-05-10", []),
    ],
)
def test_date_warnings_name_a_service_that_ends_before_its_successor(until: str, expected: list[str]) -> None:
    old = "  p: {name: Post}\n"
    new = f"  p: {{name: Post, until: {until}}}\n  t: {{name: Taube, replaces: p}}\n"
    warnings = iter_date_warnings(planned(old, new, Request(SENT)), revisions(old, new))
    assert [each.partition(": ")[2].partition(" for ")[0] for each in warnings] == expected


def test_plan_for_a_language_without_letters_uses_the_language_of_the_command() -> None:
    notices = planned(*MOVED, Request(SENT, language="de"), customer("name: X, language: nl")).notices
    assert [notice.language for notice in notices] == ["de"]
