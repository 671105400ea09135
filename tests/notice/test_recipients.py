"""A plan in, who gets which notice and who none out: for people, for programs and for spreadsheets."""

from datetime import date
from typing import Any

import pytest

from notice_cases import customer, plans
from registry_text import listing
from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.notice.customers.customers import Customer, Customers, load_customers
from subproc_cli.notice.plan import NoHistory, Request, plan
from subproc_cli.notice.report import EarlierLetter, NoticePlanReport
from subproc_cli.output import markdown, terminal
from subproc_cli.yaml.source import Source

TERMS = "notice: {days: 30, objection_days: 14}"
OLD = "  a: {name: Alpha}\n"
NEW = "  a: {name: Alpha, purpose: chat}\n  b: {name: Beta, since: 2024-02-01}\n  c: {name: Gamma, activation: opt-in}\n"


def view(*customers: str, new: str = NEW, files: tuple[tuple[str, ...], ...] = ()) -> NoticePlanReport:
    revisions = listing(OLD, head=TERMS), listing(new, head=TERMS)
    found = None
    if customers:
        given = "".join(f"  - {{{each}}}\n" for each in customers)
        read = load_customers(Source("c.yaml", f"customers:\n{given}".encode()))
        assert isinstance(read, Customers), read
        found = read.customers
    request = Request(date(2024, 1, 2), date(2024, 2, 1) if files else None)
    return NoticePlanReport(plan(revisions, diff(*revisions), request, found), revisions, files)


CROWD = [f"name: Example {number} AG, features: []" for number in range(52)]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (view(), ["1 notice to all customers", "all customers  en        2024-02-02  2024-01-16  Beta and Gamma"]),
        (view(new=OLD), ["0 notices to all customers", "- all customers: no change requires a notice"]),
        (view("name: A"), ["1 notice; every customer gets one"]),
        (view("name: A", new=OLD), ["0 notices; 1 customer gets none", "- A: no change requires a notice"]),
        (view("name: A, features: []"), ["- A: Gamma (has not switched it on)"]),
        # What is cut off says so, and where the whole of it is
        (view(*CROWD), ["- Example 49 AG: Gamma (has not switched it on)", "- and 2 more, with -f csv"]),
        (view(*CROWD, files=(("x.txt",),) * 52), ["- and 2 more, in index.csv", "52 files written, and index.csv."]),
        (view(), ["Begins sooner", "- test.yaml:8:26: Beta: starts on 2024-02-01 in the list, on 2024-02-02 in the notice to all customers"]),
    ],
)  # fmt: skip
def test_recipients_as_text_lists_customers_and_services(shown: NoticePlanReport, said: list[str]) -> None:
    lines = terminal.render(shown.to_document(), 120, colour=False).splitlines()
    assert [each for each in said if each in lines] == said, lines


def test_recipients_as_markdown_has_the_counts_as_its_title() -> None:
    assert markdown.render(view().to_document()).startswith("# **1 notice to all customers**\n")


RECORD: dict[str, Any] = {
    "told": [
        {
            "customer": "A",
            "address": "privacy@example.com",
            "addresses": ["privacy@example.com"],
            "language": "de",
            "sent": "2024-01-02",
            "effective": "2024-02-02",
            "object_by": "2024-01-16",
            "short_by": 0,
            "changes": [("b", "service-added")],
            "informed": [("a", "purpose-changed")],
            "left_out": [("c", "service-added", "not-switched-on")],
            "files": [],
        }
    ],
    "untold": [],
    "early": [
        {
            "service": "b",
            "since": "2024-02-01",
            "effective": "2024-02-02",
            "where": {"file": "test.yaml", "line": 8, "column": 26, "path": "services.b.since"},
        }
    ],
}


def brief(changes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(value for key, value in each.items() if key != "fingerprint") for each in changes]


def test_recipients_as_record_has_changes_and_missing_facts() -> None:
    record = view("name: A, address: privacy@example.com, language: de, features: []").to_record()
    told = [
        {
            key: brief(value) if key in ("changes", "informed", "left_out") else value
            for key, value in each.items()
        }
        for each in record["told"]
    ]
    assert record | {"told": told} == record | RECORD
    assert [(each["service"], each["field"]) for each in record["missing"]] == [
        (None, "notice.contact"),
        *(
            ("b", field)
            for field in (
                "entity.name",
                "entity.address",
                "entity.country",
                "contact",
                "processing",
                "sees",
                "purpose",
            )
        ),
    ]


def test_recipients_as_rows_has_dates_and_exclusions() -> None:
    heads, *rows = view(
        "name: A, products: [], features: []", "name: B", new=NEW.replace("b:", "d:")
    ).to_rows()
    assert heads[-2:] == ("left_out", "status")
    assert [(row[0], row[4], row[-2]) for row in rows] == [
        ("A", "2024-02-02", "Gamma (has not switched it on)"),
        ("B", "2024-02-02", ""),
    ]


@pytest.mark.parametrize(
    ("old", "new", "products", "expected"),
    [
        # A further place of one cloud
        ("processing: [{place: DE, products: [EU]}, {place: US, products: [US]}]",
         "processing: [{place: DE, products: [EU]}, {place: US, products: [US]}, {place: SG, products: [US]}]",
         {"EU": False, "US": True, "": True}, "place-added-outside"),
        # A statement that concerns all products concerns everybody
        ("processing: [{place: DE, products: [EU]}]", "processing: [{place: DE, products: [EU]}, SG]",
         {"EU": True, "US": True, "": True}, "place-added-outside"),
        ("sees: [usage]", "sees: [usage, {data: special.health, products: [US]}]",
         {"EU": False, "US": True, "": True}, "special-data-added"),
        # The products of a statement: whoever had it before and has it after is not concerned
        ("processing: [DE, {place: US, products: [US]}]", "processing: [DE, {place: US, products: [US, EU]}]",
         {"EU": True, "US": False, "": True}, "statement-products-changed"),
        ("processing: [DE, {place: US, products: [US]}]", "processing: [DE, US]",
         {"EU": True, "US": False, "": True}, "statement-products-changed"),
    ],
)  # fmt: skip
def test_recipients_of_a_statement_are_those_of_its_products(
    old: str, new: str, products: dict[str, bool], expected: str
) -> None:
    customers = [
        customer(f"name: {name or 'All'}{f', products: [{name}]' if name else ''}") for name in products
    ]
    found = plans(f"  a: {{name: A, {old}}}\n", f"  a: {{name: A, {new}}}\n", *customers)
    notified = {
        notice.customer.name
        for notice in found.notices
        if notice.customer and expected in {change.kind for change in notice.changes}
    }
    assert notified == {name or "All" for name, is_notified in products.items() if is_notified}


class Notified(NoHistory):
    """Everybody was notified of everything."""

    def is_notified(self, customer: Customer | None, change: Change) -> bool:
        del customer, change
        return True


@pytest.mark.parametrize(("is_indexed", "status"), [(True, "issued-before"), (False, "issued")])
def test_recipients_as_rows_have_the_earlier_letter_of_a_customer_without_a_notice(
    *, is_indexed: bool, status: str
) -> None:
    revisions = listing(OLD, head=TERMS), listing(NEW, head=TERMS)
    customers = (
        customer("name: A, address: [a@example.com, b@example.com]"),
        customer("name: B, features: []"),
    )
    found = plan(revisions, diff(*revisions), Request(date(2024, 1, 2)), customers, Notified())
    entry = {"language": "de", "sent": "2024-01-01", "effective": "2024-02-01", "object_by": None}
    letter = EarlierLetter(entry, ("a.txt", "a.eml"), is_indexed=is_indexed)
    report = NoticePlanReport(found, revisions, earlier_letters={customers[0]: letter})
    days = "2024-01-01", "2024-02-01", ""
    kinds = "service-added b; service-added c"
    names = "Beta, Gamma and Alpha (already notified)"
    assert [*report.to_rows()][1:] == [
        ("A", "a@example.com; b@example.com", "de", *days, kinds, "a.txt; a.eml", names, status),
        (
            "B",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "Beta and Alpha (already notified); Gamma (has not switched it on)",
            "",
        ),
    ]


def test_notices_that_are_not_due_are_explained_by_their_reasons() -> None:
    assert view("name: A", new=OLD).explain_no_notices() == "no change requires a notice"
    new = "  a: {name: Alpha}\n  c: {name: Gamma, activation: opt-in}\n  d: {name: Delta, products: [Surveys]}\n"
    found = view("name: A, features: [], products: [x]", "name: B, features: [], products: [x]", new=new)
    assert found.explain_no_notices() == "has not switched it on: A and B; does not use the product: A and B"


def test_changes_for_information_are_listed_where_no_notice_is_written() -> None:
    new = NEW.splitlines(keepends=True)[0]
    assert [*view(new=new).iter_informational()] == [
        "Alpha: the purpose is now stated: chat (purpose-changed)"
    ]
    assert [*view().iter_informational()] == []


@pytest.mark.parametrize(
    ("files", "is_recorded", "is_planned", "address", "status"),
    [
        ((), False, False, "a@example.com", ""),
        ((), False, True, "a@example.com", "planned"),
        ((("a.txt",),), False, False, "a@example.com", "written"),
        ((("a.txt",),), True, False, "a@example.com", "issued"),
        ((("a.txt",),), True, False, "", "no-address"),
    ],
)
def test_status_of_a_notice_never_states_more_than_was_done(
    *, files: tuple[tuple[str, ...], ...], is_recorded: bool, is_planned: bool, address: str, status: str
) -> None:
    report = view(f"name: A, address: {address}" if address else "name: A")._replace(
        files=files, is_recorded=is_recorded, is_planned=is_planned
    )
    assert [row[-1] for row in report.to_rows()] == ["status", status]


def test_recipients_as_record_has_the_customers_who_get_no_notice() -> None:
    new = "  a: {name: Alpha}\n  c: {name: Gamma, activation: opt-in}\n"
    (untold,) = view("name: A, features: []", new=new).to_record()["untold"]
    assert (untold["customer"], untold["address"], untold["addresses"]) == ("A", None, [])
    ((service, kind, reason),) = brief(untold["left_out"])
    assert (service, kind, reason) == ("c", "service-added", "not-switched-on")


def read_parts(report: NoticePlanReport) -> dict[str, list[str]]:
    """Return the lines below each title of a report."""
    text = terminal.render(report.to_document(), 120, colour=False)
    blocks = [block.splitlines() for block in text.split("\n\n")]
    return {lines[0]: lines[1:] for lines in blocks if lines[1:] and lines[1].startswith("- ")}


def test_recipients_as_text_have_a_part_for_whatever_a_sender_must_know() -> None:
    contact = f"{TERMS[:-1]}, contact: privacy@example.com}}"
    old = "  a: {name: Alpha}\n  b: {name: Beta}\n"
    revisions = (
        listing(old, head=contact),
        listing(old.replace("Alpha", "Alpha, processing: [US]"), head=contact),
    )
    customers = customer("name: A, address: a@example.com"), customer("name: B")
    request = Request(date(2024, 1, 2), date(2024, 1, 20))
    report = NoticePlanReport(plan(revisions, diff(*revisions), request, customers), revisions)
    assert read_parts(report) == {
        "Without an address": ["- B"],
        "Missing": ["- test.yaml:7:3: Alpha: add transfer"],
        "Short notice": [
            "- A: 30 days of notice, 13 days too few; the earliest day is 2024-02-02",
            "- B: 30 days of notice, 13 days too few; the earliest day is 2024-02-02",
        ],
    }
    new = NEW.replace("name: Beta", "name: Beta, products: [Surveys]")
    parts = read_parts(view("name: A, features: []", "name: B, products: [x], features: []", new=new))
    assert parts["Left out"] == ["- A: Gamma (has not switched it on)"]
    assert parts["Not notified"] == ["- B: Beta (does not use the product); Gamma (has not switched it on)"]
    informed = NEW.splitlines(keepends=True)[0]
    assert read_parts(view("name: A", new=informed)) == {
        "Not notified": ["- A: no change requires a notice"],
        "For information only": ["- Alpha: the purpose is now stated: chat (purpose-changed)"],
    }


def test_recipients_as_rows_of_a_notice_to_all_name_nobody() -> None:
    kinds = "service-added b; service-added c"
    assert [*view().to_rows()][1:] == [
        ("", "", "en", "2024-01-02", "2024-02-02", "2024-01-16", kinds, "", "", ""),
    ]
