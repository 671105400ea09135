"""Answers of customers: which letters they approve, and which of them is open."""

from datetime import date
from typing import Any

import pytest

from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.ledger.chain import Ledger
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.ledger.responses import (
    Decision,
    find_approved_letters,
    find_missing_approvals,
    iter_open_objections,
)
from subproc_cli.notice.ledger.sent_index import SentIndex
from subproc_cli.notice.ledger.status import NoticeStatus, ServiceStatus, State
from subproc_cli.notice.ledger.status_report import StatusReport

REVISION = {"version": "1.0.0", "date": "2024-01-01", "sha256": "0"}
TOLD = {
    "service": "b",
    "name": "Beta",
    "kind": "service-added",
    "level": "notice",
    "text": "Beta will be engaged",
}


def build_notice(letter: str, channel: str | None = None) -> dict[str, Any]:
    """Return the line of a notice that needs the approval of its customer."""
    return {
        "event": "issued",
        "customer": "Example Ltd",
        "addresses": ["a@example.com", "b@example.com"],
        "channel": channel,
        "sent": "2024-04-09",
        "effective": "2024-05-10",
        "object_by": None,
        "authorisation": "specific",
        "letter": letter,
        "hash": f"line of {letter}",
        "old": REVISION,
        "new": REVISION,
        "told": [TOLD],
        "about": ["b"],
        "changes": ["1"],
    }


def build_answer(
    event: str, *letters: str, customer: str = "Example Ltd", day: str = "2024-04-10"
) -> dict[str, Any]:
    notices = [f"line of {letter}" for letter in letters]
    return {"event": event, "customer": customer, "day": day, "services": ["b"], "notices": notices}


FIRST, SECOND = build_notice("one"), build_notice("two")
KEY = ("Example Ltd", "b")


@pytest.mark.parametrize(
    ("entries", "approved"),
    [
        ([FIRST], None),
        ([FIRST, build_answer("approval", "one")], {"one"}),
        (
            [FIRST, SECOND, build_answer("approval", "one")],
            {"one"},
        ),  # the letter that it answers, no later one
        ([FIRST, SECOND, build_answer("approval", "one", "two")], {"one", "two"}),
        ([FIRST, SECOND, build_answer("approval")], {"two"}),  # earlier versions did not record which
        ([FIRST, build_answer("approval", "one"), build_answer("objection", "one")], set()),
        ([FIRST, SECOND, build_answer("approval", "one", "two"), build_answer("withdrawal", "two")], {"one"}),
        ([FIRST, SECOND, build_answer("approval", "one", "two"), build_answer("withdrawal")], set()),
        ([FIRST, build_answer("acknowledgement", "one")], None),
    ],
)
def test_approval_covers_the_letters_that_it_answers(
    entries: list[dict[str, Any]], approved: set[str] | None
) -> None:
    assert find_approved_letters(entries).get(KEY) == approved
    last = next(entry for entry in reversed(entries) if "letter" in entry)
    missing = {} if last["letter"] in (approved or ()) else {KEY: last}
    assert find_missing_approvals(entries) == missing


def test_approval_is_missing_only_where_it_is_asked_for() -> None:
    general = FIRST | {"authorisation": "general"}
    informed = FIRST | {"told": [TOLD | {"kind": "place-added-outside"}]}
    written = FIRST | {"event": "written"}
    assert find_missing_approvals([general, informed, written]) == {}


def test_open_objections_are_those_that_nobody_withdrew() -> None:
    entries = [
        FIRST,
        build_answer("objection", "one"),
        build_answer("objection", "one", customer="Example AG", day="2024-04-11") | {"note": "the place"},
        build_answer("withdrawal", "one"),
    ]
    ((customer, service, decision),) = iter_open_objections(entries)
    assert (customer, service) == ("Example AG", "b")
    expected = Decision(EventKind.OBJECTION, date(2024, 4, 11), "the place", ("line of one",))
    assert decision == expected


@pytest.mark.parametrize("channel", ["mail", "post", None])
def test_status_states_how_a_letter_went_out(channel: str | None) -> None:
    service = ServiceStatus("", "the list", ("kind",), (), State.CLOSED, None)
    notice = NoticeStatus(None, build_notice("one", channel), EventKind.SENT, date(2024, 4, 12), (service,))
    report = StatusReport(Ledger((), "0"), (notice,), date(2024, 5, 1))
    (record,) = report.to_record()["notices"]
    assert (record["channel"], record["acknowledged"], record["authorisation"]) == (
        channel,
        "2024-04-12",
        "specific",
    )
    assert record["services"][0]["service"] is None
    heads, row = report.to_rows()
    cells = dict(zip(heads, row, strict=True))
    assert cells["addresses"] == "a@example.com; b@example.com"
    assert (cells["channel"], cells["customer"], cells["acknowledged"]) == (channel or "", "", "2024-04-12")


def test_returned_notice_counts_until_the_mail_server_accepts_a_later_one() -> None:
    customer = Customer.model_validate({"name": "Example Ltd", "address": ["b@example.com"]})
    returned = [build_notice("one", "mail") | {"event": "sent"}, build_answer("bounced", "one")]
    later = build_notice("two", "mail")
    for entries, expected in (
        (returned, "one"),
        ([*returned, later], "one"),  # issued only: nothing shows that it was sent
        ([*returned, later | {"event": "sent", "channel": "post"}], "one"),
        ([*returned, later | {"event": "sent"}], None),
        ([*returned, later | {"event": "sent"}, build_answer("bounced", "two")], "two"),
    ):
        found = SentIndex(tuple(entries)).find_returned_notice(customer)
        assert (found["letter"] if found else None) == expected
