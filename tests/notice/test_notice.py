"""The notice: two lists, customers and a day in, who is told what and when out."""

from datetime import date

import pytest

from notice_cases import NEW, OLD, SENT, customer, letter, planned, plans
from registry_text import listing
from subproc_cli.deadlines.periods import Period
from subproc_cli.diff.classify import diff
from subproc_cli.errors import UsageError
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.customers.recipients import Audiences, find_exclusion_reason
from subproc_cli.notice.effective_days import find_service_day
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.plan import Request, plan
from subproc_cli.notice.report import NoticePlanReport


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
def test_plan_of_terms_gives_effective_date_and_objection_date(
    terms: str, asked: str, effective: str, object_by: str | None, short_by: int
) -> None:
    notice = planned(OLD, NEW, terms=terms, effective=asked)
    assert notice is not None
    assert notice.effective == date.fromisoformat(effective)
    assert notice.object_by == (date.fromisoformat(object_by) if object_by else None)
    assert notice.days_short == short_by


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
def test_plan_of_a_start_date_gives_the_effective_date(
    new: str, terms: str, asked: str, effective: str, early: tuple[str, ...]
) -> None:
    ended = "  e: {name: E, since: 2020-01-01, until: 2023-01-01}\n"
    notice = planned(OLD + ended, new if "  e:" in new else new + ended, terms=terms, effective=asked)
    assert notice is not None
    assert (notice.effective.isoformat(), notice.early_services) == (effective, early)


@pytest.mark.parametrize(
    ("since", "terms", "asked", "effective", "short_by"),
    [
        ("2024-05-09", "days: 30", "", "2024-05-09", 1),
        ("2024-04-20", "days: 7, objection_days: 30", "", "2024-04-20", 0),  # only the one to object runs on
        ("2024-05-09", "days: 30", "2024-07-01", "2024-05-09", 1),
        ("2024-05-09", "days: 30", "2024-05-01", "2024-05-01", 9),
        ("2024-04-01", "days: 30", "", "2024-04-01", 39),  # begun before the notice is sent
        ("2024-06-01", "days: 30", "", "2024-06-01", 0),
    ],
)
def test_plan_with_a_reason_keeps_the_start_of_the_service(
    since: str, terms: str, asked: str, effective: str, short_by: int
) -> None:
    new = NEW_FROM.format(since).replace(
        "Alpha", "Alpha, sees: [usage]" if asked == "2024-05-01" else "Alpha"
    )
    notice = planned(OLD, new, terms=terms, effective=asked, reason="the old one failed")
    assert notice is not None
    assert (notice.effective.isoformat(), notice.early_services, notice.days_short) == (
        effective,
        (),
        short_by,
    )
    assert bool(notice.reason) == bool(short_by)
    told = "already changed" if effective < "2024-04-09" else "intends to change"
    assert told in letter(notice)


@pytest.mark.parametrize(
    ("terms", "effective", "said"),
    [("", "", "the effective date cannot be calculated"), ("days: 1", "2024-04-08", "before")],
)
def test_plan_without_terms_or_date_is_refused(terms: str, effective: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        planned(OLD, NEW, terms=terms, effective=effective)


def test_plan_without_terms_proposes_a_date_or_terms() -> None:
    with pytest.raises(UsageError) as caught:
        planned(OLD, NEW, terms="")
    assert caught.value.hint == "add --effective DATE, or add notice.days to the list"


@pytest.mark.parametrize(
    ("terms", "effective"),
    [("days: 6", None), ("days: 7", None), ("objection_days: 7", date(9999, 12, 31))],
)
def test_plan_after_year_9999_is_refused(terms: str, effective: date | None) -> None:
    revisions = listing(OLD, head=f"notice: {{{terms}}}"), listing(NEW, head=f"notice: {{{terms}}}")
    with pytest.raises(UsageError, match="passes the last day of the calendar, 9999-12-31"):
        plan(revisions, diff(*revisions), Request(date(9999, 12, 25), effective))


@pytest.mark.parametrize(("effective", "reason"), [("2024-05-09", "the host closes"), ("2024-05-10", "")])
def test_plan_keeps_a_reason_only_for_a_short_period(effective: str, reason: str) -> None:
    revisions = listing(OLD, head="notice: {days: 30}"), listing(NEW, head="notice: {days: 30}")
    request = Request(SENT, date.fromisoformat(effective), reason="the host closes")
    (notice,) = plan(revisions, diff(*revisions), request).notices
    assert notice.reason == reason
    assert (Letter(notice).to_record()["letter"]["urgent"] is None) == (not reason)


def test_plan_of_a_reactivated_service_needs_a_date() -> None:
    back = "  a: {name: Alpha, since: 2020-01-01%s}\n"
    revisions = listing(back % ", until: 2023-12-01"), listing(back % "")
    changes = diff(*revisions)
    assert [change.kind for change in changes] == ["service-reactivated"]
    with pytest.raises(UsageError, match="the effective date cannot be calculated"):
        plan(revisions, changes, Request(SENT))


def test_plan_of_shortened_terms_applies_the_old_terms() -> None:
    old, new = listing(OLD, head="notice: {days: 30}"), listing(NEW, head="notice: {days: 10}")
    (notice,) = plan((old, new), diff(old, new), Request(SENT)).notices
    assert notice.terms.days == Period(30)
    assert {change.kind for change in notice.changes} == {"data-added", "notice-shortened"}
    assert "The change concerns 1 service." in letter(notice)
    text = " ".join(letter(notice).split())
    sentence = "the period of notice will be 10 days instead of 30 days, unless your contract states another."
    assert f"- From 10 May 2024, {sentence}" in text


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
def test_plan_for_a_customer_has_the_changes_that_concern_it(
    told: Customer, heard: list[str], left: list[str]
) -> None:
    (notice,) = plans(OLD, ADDED, told).notices
    assert [change.service for change in notice.changes] == heard
    assert [f"{each.change.service} {each.reason}" for each in notice.excluded_changes] == left


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
def test_find_exclusion_reason_of_a_change_depends_on_the_customer(
    old: str, new: str, fields: str, kinds: list[str]
) -> None:
    revisions, told = (listing(old), listing(new)), customer(f"name: X, {fields}")
    audiences = Audiences(revisions, SENT)
    found = [each.kind for each in diff(*revisions) if find_exclusion_reason(told, each, audiences) is None]
    assert [kind for kind in found if kind in ("service-replaced", "onward-removed")] == kinds


def test_plan_skips_a_customer_whom_no_change_concerns() -> None:
    found = plans(OLD, ADDED, customer("name: X, products: [Forms], features: []"), customer("name: Y"))
    assert [notice.customer.name for notice in found.notices if notice.customer] == ["Y"]
    assert [(each.name, len(left)) for each, left in found.skipped if each] == [("X", 2)]


def test_plan_of_a_mandatory_service_concerns_every_customer() -> None:
    optional = f"{OLD}  d: {{name: Delta, activation: opt-in}}\n"
    found = plans(optional, optional.replace("opt-in", "always"), customer("name: X, features: []"))
    assert [change.kind for change in found.notices[0].changes] == ["became-mandatory"]


def test_plan_prefers_the_terms_of_the_customer() -> None:
    customers = customer("name: X, days: 60, objection_days: 10"), customer("name: Y, language: de")
    x, y = plans(OLD, NEW, *customers, terms="days: 30, objection_days: 30").notices
    assert (x.effective, x.object_by) == (date(2024, 6, 11), date(2024, 4, 19))  # 8 June is a Saturday
    assert (y.effective, y.object_by, y.language) == (date(2024, 5, 10), date(2024, 5, 9), "de")


PARTY = "entity: {name: N, address: 1 Road, country: DE}, contact: n@example.com"


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ("", ["entity.name", "entity.address", "entity.country", "contact", "processing", "sees", "purpose"]),
        ("purpose: p, sees: [usage], processing: [DE], {party}", []),
        ("purpose: p, never_sees: [identity], processing: [DE], {party}", []),
        ("purpose: p, sees: [usage], processing: [US], {party}", ["transfer"]),
        ("purpose: p, sees: [usage], processing: [US], {party}, transfer: [scc]", []),
        ("purpose: p, sees: [usage], processing: [CH], {party}", []),  # adequate
        ("purpose: p, sees: [usage], processing: [worldwide], {party}", ["transfer"]),
        (
            "purpose: p, sees: [usage], processing: [DE], entity: {name: N}",
            ["entity.address", "entity.country", "contact"],
        ),
        (
            "purpose: p, sees: [usage], processing: [DE], entity: {name: N, address: 1 Road, country: DE}",
            ["contact"],
        ),
    ],
)
def test_plan_of_a_new_service_lists_its_missing_facts(fields: str, lacks: list[str]) -> None:
    stated = fields.replace("{party}", PARTY)
    notice = planned(OLD, f"{OLD}  c: {{name: Gamma, {stated}}}\n", terms="days: 1, contact: x@example.com")
    assert notice is not None
    assert [str(gap.field) for gap in notice.gaps] == lacks


def test_plan_of_another_party_lists_what_identifies_it() -> None:
    old, new = (f"  a: {{name: A, entity: {{name: {party}}}}}\n" for party in ("B SAS", "C SAS, country: FR"))
    notice = planned(old, new, terms="days: 1, contact: x@example.com")
    assert notice is not None
    assert [str(gap.field) for gap in notice.gaps] == ["entity.address"]


def test_plan_of_an_added_place_lists_only_the_missing_basis() -> None:
    notice = planned("  a: {name: A, processing: [DE]}\n", "  a: {name: A, processing: [DE, IN]}\n")
    assert notice is not None
    assert [(gap.service, str(gap.field)) for gap in notice.gaps] == [
        ("", "notice.contact"),
        ("a", "transfer"),
    ]


def test_report_names_a_gap_of_readers_under_several_laws_once() -> None:
    laws = "law: [eu-gdpr, uk-gdpr, ch-fadp]"
    head = f"{laws}\nnotice: {{days: 30, contact: a@example.com}}"
    old = listing("  a: {name: A, processing: [DE]}\n", head=head)
    new = listing("  a: {name: A, processing: [PR], transfer: [dpf]}\n", head=head)
    readers = tuple(customer(f"name: {law}, regime: {law}") for law in ("uk-gdpr", "ch-fadp", "eu-gdpr"))
    planned_notices = plan((old, new), diff(old, new), Request(SENT), readers)
    assert len({notice.gaps for notice in planned_notices.notices}) == 3
    (line,) = NoticePlanReport(planned_notices, (old, new)).iter_gaps()
    assert " A under EU law, UK law and Swiss law: add transfer: scc or bcr under the GDPR; " in line


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
def test_plan_without_changes_of_level_notice_is_empty(old: str, new: str) -> None:
    assert planned(old, new) is None


def test_plan_groups_changes_by_level() -> None:
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
    assert [change.kind for change in notice.informational_changes] == ["purpose-changed"]
    # Nobody reads the notes of c, and e is no longer in use when the changes apply
    assert notice.unchanged_services == ("c", "d")


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("", "2024-05-10"),
        ("since: 2024-01-01", "2024-05-10"),
        ("since: 2024-06-01", "2024-06-01"),
        ("until: 2024-05-10", "2024-05-09"),
        ("until: 2024-05-11", "2024-05-10"),
        ("since: 2024-01-01, until: 2024-04-20", "2024-04-19"),
    ],
)
def test_service_is_judged_for_its_first_day_from_the_effective_one_or_its_last_day(
    fields: str, day: str
) -> None:
    service = listing(f"  a: {{name: A, {fields}}}\n").model.services["a"]
    assert find_service_day(service, date(2024, 5, 10)) == date.fromisoformat(day)
