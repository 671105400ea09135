"""The notice: two lists, customers and a day in, who is told what and when out."""

from datetime import date
from pathlib import Path

import pytest

from lists import listing
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Language
from subproc_cli.errors import UsageFault
from subproc_cli.notice import customer_file
from subproc_cli.notice.audience import unconcerned
from subproc_cli.notice.customer_file import Customers
from subproc_cli.notice.customers import Customer
from subproc_cli.notice.plan import Notice, Plan, Request, plan
from subproc_cli.registry.index import Index
from subproc_cli.registry.load import load
from subproc_cli.registry.source import Source, read
from subproc_cli.render.template import Templates
from subproc_cli.views.letter import Letter

STEPS = Path(__file__).parent.parent / "examples" / "caplena"
SENT = date(2024, 4, 9)
OLD = "  a: {name: Alpha}\n  b: {name: Beta}\n"
NEW = "  a: {name: Alpha, sees: [usage]}\n  b: {name: Beta}\n"


def customer(fields: str) -> Customer:
    found = customer_file.load(Source("customers.yaml", f"customers: [{{{fields}}}]".encode()))
    assert isinstance(found, Customers), found
    return found.customers[0]


def plans(old: str, new: str, *customers: Customer, terms: str = "days: 30", effective: str = "") -> Plan:
    head = f"notice: {{{terms}}}"
    revisions = listing(old, head=head), listing(new, head=head)
    day = date.fromisoformat(effective) if effective else None
    return plan(revisions, diff(*revisions), Request(SENT, day), customers or None)


def planned(old: str, new: str, *, terms: str = "days: 30", effective: str = "") -> Notice | None:
    found = plans(old, new, terms=terms, effective=effective).notices
    return found[0] if found else None


def letter(notice: Notice | None) -> str:
    assert notice is not None
    return " ".join(Templates().render("txt", Letter(notice).record()).split())


@pytest.mark.parametrize(
    ("terms", "asked", "effective", "object_by", "short_by"),
    [
        # Without a wish: the day after the last day of the period of notice, and of the one to object
        ("days: 30, objection_days: 30", "", "2024-05-10", "2024-05-09", 0),
        ("days: 14, objection_days: 30", "", "2024-05-10", "2024-05-09", 0),
        ("days: 30, objection_days: 14", "", "2024-05-10", "2024-04-23", 0),
        ("days: 30", "", "2024-05-10", None, 0),
        ("days: 0", "", "2024-04-09", None, 0),
        # A day that is asked for
        ("days: 30", "2024-05-10", "2024-05-10", None, 0),
        ("days: 30", "2024-05-09", "2024-05-09", None, 1),
        ("days: 30", "2024-04-09", "2024-04-09", None, 31),
        ("objection_days: 4", "2024-04-10", "2024-04-10", "2024-04-15", 0),  # the 13th is a Saturday
    ],
)
def test_days(terms: str, asked: str, effective: str, object_by: str | None, short_by: int) -> None:
    notice = planned(OLD, NEW, terms=terms, effective=asked)
    assert notice is not None
    assert notice.effective == date.fromisoformat(effective)
    assert notice.object_by == (date.fromisoformat(object_by) if object_by else None)
    assert notice.short_by == short_by


NEW_FROM = "  a: {{name: Alpha}}\n  b: {{name: Beta}}\n  c: {{name: Gamma, since: {0}}}\n"


@pytest.mark.parametrize(
    ("new", "terms", "asked", "effective", "early"),
    [
        # A service begins on the day that the list states, if that is late enough and nothing else changes
        (NEW_FROM.format("2024-06-01"), "days: 30", "", "2024-06-01", ()),
        (NEW_FROM.format("2024-06-01"), "", "", "2024-06-01", ()),
        (NEW_FROM.format("2024-06-01"), "days: 30", "2024-07-01", "2024-07-01", ("c",)),
        (
            NEW_FROM.format("2024-06-01").replace("Alpha", "Alpha, sees: [usage]"),
            "days: 30",
            "",
            "2024-05-10",
            (),
        ),
        (NEW_FROM.format("2024-06-01") + "  d: {name: Delta}\n", "days: 30", "", "2024-05-10", ()),
        (
            NEW_FROM.format("2024-06-01") + "  d: {name: D, since: 2024-05-20}\n",
            "days: 30",
            "",
            "2024-05-20",
            (),
        ),
        # and the notice says so where it begins too soon
        (NEW_FROM.format("2024-05-09"), "days: 30", "", "2024-05-10", ("c",)),
        (NEW_FROM.format("2024-05-09"), "days: 30", "2024-05-09", "2024-05-09", ()),
        (OLD + "  e: {name: E, since: 2020-01-01}\n", "days: 30", "", "2024-05-10", ()),  # in use again
    ],
)
def test_when_a_service_begins(
    new: str, terms: str, asked: str, effective: str, early: tuple[str, ...]
) -> None:
    ended = "  e: {name: E, since: 2020-01-01, until: 2023-01-01}\n"
    notice = planned(OLD + ended, new if "  e:" in new else new + ended, terms=terms, effective=asked)
    assert notice is not None
    assert (notice.effective.isoformat(), notice.early) == (effective, early)


@pytest.mark.parametrize(
    ("terms", "effective", "said"),
    [("", "", "the day of effect is open"), ("days: 1", "2024-04-08", "before")],
)
def test_no_day_is_guessed(terms: str, effective: str, said: str) -> None:
    with pytest.raises(UsageFault, match=said):
        planned(OLD, NEW, terms=terms, effective=effective)


@pytest.mark.parametrize(
    ("terms", "effective"),
    [("days: 6", None), ("days: 7", None), ("objection_days: 7", date(9999, 12, 31))],
)
def test_a_period_ends_within_the_calendar(terms: str, effective: date | None) -> None:
    revisions = listing(OLD, head=f"notice: {{{terms}}}"), listing(NEW, head=f"notice: {{{terms}}}")
    with pytest.raises(UsageFault, match="passes the last day of the calendar, 9999-12-31"):
        plan(revisions, diff(*revisions), Request(date(9999, 12, 25), effective))


@pytest.mark.parametrize(("effective", "reason"), [("2024-05-09", "the host closes"), ("2024-05-10", "")])
def test_a_reason_is_given_only_where_a_period_is_missed(effective: str, reason: str) -> None:
    revisions = listing(OLD, head="notice: {days: 30}"), listing(NEW, head="notice: {days: 30}")
    request = Request(SENT, date.fromisoformat(effective), reason="the host closes")
    (notice,) = plan(revisions, diff(*revisions), request).notices
    assert notice.reason == reason
    assert (Letter(notice).record()["letter"]["urgent"] is None) == (not reason)


def test_a_shortened_period_counts_only_for_the_next_change() -> None:
    old, new = listing(OLD, head="notice: {days: 30}"), listing(NEW, head="notice: {days: 10}")
    (notice,) = plan((old, new), diff(old, new), Request(SENT)).notices
    assert notice.terms.days == 30
    assert {change.kind for change in notice.changes} == {"data-added", "notice-shortened"}
    assert "The change concerns 1 service." in letter(notice)
    assert "- The list promises less: the period of notice in days is 10, it was 30." in letter(notice)


ADDED = f"{OLD}  c: {{name: Gamma, products: [Surveys]}}\n  d: {{name: Delta, activation: opt-in}}\n"


@pytest.mark.parametrize(
    ("told", "heard", "left"),
    [
        # What the file does not say is not known, and unknown is not no
        (customer("name: X"), ["c", "d"], []),
        (customer("name: X, products: [Surveys], features: [d]"), ["c", "d"], []),
        (customer("name: X, products: [surveys], features: [Delta]"), ["c", "d"], []),
        (customer("name: X, products: [Forms]"), ["d"], ["c product-not-used"]),
        (customer("name: X, features: []"), ["c"], ["d not-switched-on"]),
    ],
)
def test_whom_a_change_concerns(told: Customer, heard: list[str], left: list[str]) -> None:
    (notice,) = plans(OLD, ADDED, told).notices
    assert [change.service for change in notice.changes] == heard
    assert [f"{each.change.service} {each.reason}" for each in notice.left] == left


ALPHA = "  a: {name: Alpha, activation: opt-in, products: [Surveys]}\n"
BETA = "  b: {name: Beta, activation: opt-in, products: [Panels]}\n"
ZETA = "  z: {name: Zeta, replaces: a, products: [Panels]}\n"
MOVED = "  a2: {name: Alpha, formerly: [a], until: 2023-12-01}\n" + ZETA.replace("s: a", "s: a2")


@pytest.mark.parametrize(
    ("old", "new", "fields", "kinds"),
    [
        # Who uses the service that is replaced is told, and who uses the one that comes instead
        (ALPHA, ZETA, "products: [Surveys], features: [a]", ["service-replaced"]),
        (ALPHA, ZETA, "products: [Surveys], features: [Alpha]", ["service-replaced"]),
        (ALPHA, ZETA, "products: [Panels], features: []", ["service-replaced"]),
        (ALPHA, ZETA, "products: [Surveys], features: []", []),
        (ALPHA, ZETA, "products: [Forms], features: [a]", []),
        (ALPHA, MOVED, "products: [Surveys], features: [a]", ["service-replaced"]),
        # Another service that a change only mentions widens nothing
        (BETA + ALPHA.replace("}", ", onward: [b]}"), BETA + ALPHA, "products: [Panels], features: [b]", []),
        (BETA + ALPHA.replace("}", ", onward: [b]}"), BETA + ALPHA, "features: [a]", ["onward-removed"]),
    ],
)
def test_whom_a_change_of_one_service_concerns(old: str, new: str, fields: str, kinds: list[str]) -> None:
    revisions, told = (listing(old), listing(new)), customer(f"name: X, {fields}")
    found = [each.kind for each in diff(*revisions) if unconcerned(told, each, revisions) is None]
    assert [kind for kind in found if kind in ("service-replaced", "onward-removed")] == kinds


def test_who_is_concerned_by_nothing_gets_nothing() -> None:
    found = plans(OLD, ADDED, customer("name: X, products: [Forms], features: []"), customer("name: Y"))
    assert [notice.customer.name for notice in found.notices if notice.customer] == ["Y"]
    assert [(each.name, len(left)) for each, left in found.untold if each] == [("X", 2)]


def test_a_service_that_becomes_mandatory_concerns_everybody() -> None:
    optional = f"{OLD}  d: {{name: Delta, activation: opt-in}}\n"
    found = plans(optional, optional.replace("opt-in", "always"), customer("name: X, features: []"))
    assert [change.kind for change in found.notices[0].changes] == ["became-mandatory"]


def test_the_terms_of_a_customer_come_before_those_of_the_list() -> None:
    customers = customer("name: X, days: 60, objection_days: 10"), customer("name: Y, language: de")
    x, y = plans(OLD, NEW, *customers, terms="days: 30, objection_days: 30").notices
    assert (x.effective, x.object_by) == (date(2024, 6, 11), date(2024, 4, 19))  # 8 June is a Saturday
    assert (y.effective, y.object_by, y.language) == (date(2024, 5, 10), date(2024, 5, 9), Language.DE)


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ("", ["entity.name", "processing", "sees", "purpose"]),
        ("purpose: p, sees: [usage], processing: [DE], entity: {name: N}", []),
        ("purpose: p, never_sees: [identity], processing: [DE], entity: {name: N}", []),
        ("purpose: p, sees: [usage], processing: [US], entity: {name: N}", ["transfer"]),
        ("purpose: p, sees: [usage], processing: [US], entity: {name: N}, transfer: [scc]", []),
        ("purpose: p, sees: [usage], processing: [CH], entity: {name: N}", []),  # adequate
        ("purpose: p, sees: [usage], processing: [worldwide], entity: {name: N}", ["transfer"]),
    ],
)
def test_what_a_notice_of_a_new_service_lacks(fields: str, lacks: list[str]) -> None:
    notice = planned(OLD, f"{OLD}  c: {{name: Gamma, {fields}}}\n", terms="days: 1, contact: x@example.com")
    assert notice is not None
    assert [str(gap.lack) for gap in notice.gaps] == lacks


def test_a_place_that_is_added_lacks_a_basis_and_nothing_else() -> None:
    notice = planned("  a: {name: A, processing: [DE]}\n", "  a: {name: A, processing: [DE, IN]}\n")
    assert notice is not None
    assert [(gap.service, str(gap.lack)) for gap in notice.gaps] == [
        ("", "notice.contact"),
        ("a", "transfer"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLD, OLD),
        (OLD, "  a: {name: Alpha, purpose: chat}\n  b: {name: Beta}\n"),  # inform
        (OLD, "  a: {name: Alpha, notes: new}\n  b: {name: Beta}\n"),  # editorial
        (OLD, "  a: {name: Alpha}\n"),  # a service goes
        (OLD, f"{OLD}  c: {{name: Gamma, role: vendor}}\n"),
    ],
)
def test_nothing_is_planned_when_nothing_demands_it(old: str, new: str) -> None:
    assert planned(old, new) is None


def test_changes_by_what_they_demand() -> None:
    old = (
        "  a: {name: A}\n  b: {name: B}\n  c: {name: C}\n  d: {name: D}\n  e: {name: E, until: 2024-05-10}\n"
    )
    new = (
        old.replace("A}", "A, sees: [usage]}")
        .replace("B}", "B, purpose: chat}")
        .replace("C}", "C, notes: n}")
    )
    notice = planned(old, f"{new}  f: {{name: F}}\n")
    assert notice is not None
    assert sorted((change.service, change.kind) for change in notice.changes) == [
        ("a", "data-added"),
        ("f", "service-added"),
    ]
    assert [change.kind for change in notice.informed] == ["purpose-changed"]
    assert notice.unchanged == ("d",)  # e is no longer in use when the changes apply


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (
            "objection_days: 14, contact: privacy@example.com",
            "these changes by writing to privacy@example.com until the end of 23 April 2024.",
        ),
        ("contact: privacy@example.com", "to privacy@example.com before they take effect."),
        (
            "objection_days: 14",
            "to us (the list states no address for objections) until the end of 23 April",
        ),
        (
            "termination_days: 30",
            "If an objection cannot be met, you can terminate within 30 days.",
        ),
    ],
)
def test_how_to_object(terms: str, expected: str) -> None:
    assert expected in letter(planned(OLD, NEW, terms=terms, effective="2024-05-10"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("processing: [US], transfer: [scc]", "Transfer standard contractual clauses (Art. 46 GDPR)"),
        ("processing: [US]", "Transfer not stated in the list"),
        ("", "Transfer not stated in the list"),
        (
            "processing: [NO]",
            "Transfer no basis stated; every stated place of processing lies within the EEA",
        ),
        ("", "Who not stated in the list What for not stated in the list"),
        ("", "Which data not stated in the list Where not stated in the list"),
        ("sees: [content.text], never_sees: [everything]", "Which data texts Never anything else"),
        ("sees: [{data: usage, may_contain: [identity]}]", "(may contain identifying and contact data)"),
        ("processing: [{place: IN, how: remote-access}]", "Where India (remote access)"),
        ("since: 2024-07-01", "From when 1 July 2024"),  # announced for later than the rest
        ("since: 2024-04-01", "From when 10 May 2024"),
        ("activation: opt-in, condition: asked", "Used only after an opt-in (asked)"),
        ("role: affiliate", "Role affiliate (a group company that is a subprocessor)"),
    ],
)
def test_facts_of_a_new_service(fields: str, expected: str) -> None:
    assert expected in letter(planned(OLD, f"{OLD}  c: {{name: Gamma, {fields}}}\n"))


def test_a_replacement_names_both() -> None:
    text = letter(planned(OLD, "  b: {name: Beta}\n  c: {name: Gamma, replaces: a}\n"))
    assert "Gamma replaces Alpha." in text
    assert "with the same data and the same places: Beta (1 service)." in text


def step(day: str) -> Index:
    loaded = load(read(str(STEPS / f"{day}.yaml")))
    assert isinstance(loaded, Index), loaded
    return loaded


def real() -> Notice:
    revisions = step("2023-05-24"), step("2024-04-09")
    (notice,) = plan(revisions, diff(*revisions), Request(SENT)).notices
    return notice


@pytest.mark.parametrize(
    "expected",
    [
        "Change of subprocessors of Caplena from 10 May 2024",
        "The change concerns 2 services.",
        "Sent on 9 April 2024 Takes effect on 10 May 2024 Objections until 9 May 2024",
        # Who, what for, which data, where, on what, from when
        "PostHog is new. Who PostHog Inc, 2261 Market Street #4008, San Francisco, CA 94114, United States",
        "What for Product analytics",
        "Which data name email address IP address actions performed (detailed use of the app)",
        "Never customer content (apart from what it is stated to see) Where Germany",
        "Who Microsoft Corporation, 925 Fourth Avenue, Suite 2900, Seattle, Washington 98104, US",
        "What for Access to language models of OpenAI, run by Microsoft",
        "part of: customer content (when some functions of the application are used; project data)",
        "Never name, email address or account data Where EU",
        "From when 10 May 2024",
        # What does not change, until when and where to object, which revisions
        "as before, with the same data and the same places: Google Cloud, Datadog, DeepL, Segment,",
        "You can object to these changes by writing to privacy@example.com until the end of 9 May 2024.",
        "version 4.0.0 of 24 May 2023 with version 6.0.0 of 9 April 2024",
    ],
)
def test_the_letter_of_a_real_step(expected: str) -> None:
    assert expected in letter(real())


def test_the_letter_does_not_name_a_retired_service() -> None:
    assert "Google Translate" not in letter(real())


def test_the_record() -> None:
    record = Letter(real()).record("the letter")
    assert (record["sent"], record["effective"], record["object_by"]) == (
        "2024-04-09",
        "2024-05-10",
        "2024-05-09",
    )
    assert (record["old"]["version"], record["new"]["version"]) == ("4.0.0", "6.0.0")
    assert [change["service"] for change in record["changes"]] == ["azure-openai-service", "posthog"]
    assert (record["customer"], record["language"], record["body"]) == (None, "en", "the letter")
    assert record["subject"] == "Change of subprocessors of Caplena from 10 May 2024"
