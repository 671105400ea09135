"""Every field of a customer, in YAML, in CSV and in the JSON Schema, and what it does to a notice."""

import json
from datetime import date
from functools import reduce
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from notice_cases import NEW, OLD, SENT, customer, letter, plans
from registry_text import listing
from subproc_cli.deadlines.periods import Period, PeriodUnit
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Regime
from subproc_cli.notice.customers.customers import (
    Authorisation,
    CountedFrom,
    Customer,
    CustomerFile,
    Customers,
    list_columns,
    load_customers,
)
from subproc_cli.notice.customers.recipients import find_unreadable_audiences
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.letters.renderer import NoticeRenderer, OutputOptions
from subproc_cli.notice.plan import Notice, Request, plan
from subproc_cli.notice.runs.readiness import iter_unused_fields
from subproc_cli.registry.json_schema import build_model_schema
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml import reader
from subproc_cli.yaml.source import Source

WEEKS, MONTHS, BUSINESS = PeriodUnit.WEEK, PeriodUnit.MONTH, PeriodUnit.BUSINESS_DAY
FIELDS: dict[str, tuple[str, str, Any]] = {
    "name": ("X", "X", "X"),
    "address": ("[a@example.com, b@example.com]", "a@example.com; b@example.com", ("a@example.com", "b@example.com")),
    "cc": ("dpo@example.com", "dpo@example.com", ("dpo@example.com",)),
    "contact": ("Privacy team", "Privacy team", "Privacy team"),
    "language": ("de", "de", "de"),
    "country": ("Germany", "Germany", "DE"),
    "subdivision": ("BY", "BY", "BY"),
    "regime": ("uk-gdpr", "uk-gdpr", Regime("uk-gdpr")),
    "authorisation": ("specific", "specific", Authorisation.SPECIFIC),
    "days": ("30", "30", Period(30)),
    "objection_days": ("10 business days", "10 business days", Period(10, BUSINESS)),
    "termination_days": ("6 months", "6 months", Period(6, MONTHS)),
    "counted_from": ("receipt", "receipt", CountedFrom.RECEIPT),
    "receipt_after": ("1 week", "1 week", Period(1, WEEKS)),
    "dpa.number": ("'7'", "7", "7"),
    "dpa.date": ("2023-05-25", "2023-05-25", date(2023, 5, 25)),
    "on_silence": ("It applies.", "It applies.", "It applies."),
    "on_objection": ("We talk.", "We talk.", "We talk."),
    "products": ("[Surveys, Forms]", "Surveys; Forms", ("Surveys", "Forms")),
    "features": ("[]", "none", ()),
    "audience": ("see email", "see email", "see email"),
}  # fmt: skip
"""Each column with its value in YAML, its cell in CSV, and what is read of both."""
NEEDED = {"subdivision": ("country",), "receipt_after": ("counted_from",)}
"""Fields that mean something only with another one."""


def load(name: str, text: str) -> Customer:
    found = load_customers(Source(name, text.encode()))
    assert isinstance(found, Customers), found
    return found.customers[0]


def parse_yaml(text: str) -> Any:
    document, _ = reader.parse(Source("c.yaml", text.encode()), "")
    assert document is not None
    return document.data


def names_for(column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("name", *NEEDED.get(column, ()), column)))


def in_yaml(column: str) -> str:
    fields = []
    for name in names_for(column):
        field, _, subfield = name.partition(".")
        value = FIELDS[name][0]
        fields.append(f"{field}: {{{subfield}: {value}}}" if subfield else f"{field}: {value}")
    return f"customers: [{{{', '.join(fields)}}}]"


def test_customer_fields_are_all_in_this_table() -> None:
    assert sorted(FIELDS) == sorted(list_columns())
    assert {name.partition(".")[0] for name in FIELDS} == {*Customer.model_fields}


@pytest.mark.parametrize("column", FIELDS)
def test_customer_field_is_read_from_yaml_and_csv(column: str) -> None:
    names = names_for(column)
    table = f"{','.join(names)}\n{','.join(FIELDS[name][1] for name in names)}\n"
    for found in (load("c.yaml", in_yaml(column)), load("c.csv", table)):
        assert reduce(getattr, column.split("."), found) == FIELDS[column][2]


@pytest.mark.parametrize("column", FIELDS)
def test_customer_field_is_described_by_the_schema(column: str) -> None:
    schema = build_model_schema(CustomerFile, "", "")
    Draft202012Validator(schema).validate(parse_yaml(in_yaml(column)))
    field, _, subfield = column.partition(".")
    described = schema["$defs"]["agreement" if subfield else "customer"]["properties"][subfield or field]
    assert described["description"]


@pytest.mark.parametrize("value", ["30", "0", "10 business days", "1 week", "6 months"])
def test_customer_period_that_is_read_is_valid_in_the_schema(value: str) -> None:
    text = f"customers: [{{name: X, days: {value}}}]"
    assert load("c.yaml", text).days is not None
    Draft202012Validator(build_model_schema(CustomerFile, "", "")).validate(parse_yaml(text))


@pytest.mark.parametrize(
    ("fields", "column", "message", "hint"),
    [
        ("days: 10 busness days", 29, "days: '10 busness days' is not a period", "did you mean 10 business days?"),
        ("days: soon", 29, "days: 'soon' is not a period", "write days as 30, or 10 business days, 2 weeks or 6 months"),
        ("days: -1", 29, "days should be a whole number, not negative", ""),
        ("days: 2.5", 29, "days should be a whole number, not negative", ""),
        ("days: yes", 29, "days: 'yes' is not a period", ""),
        ("days: 200 months", 29, "days should be at most 120 months", ""),
        ("cc: nobody", 27, "cc: 'nobody' is not a mail address", ""),
        ("address: [a@example.com, b]", 48, "address: 'b' is not a mail address", ""),
        ("authorisation: specfic", 38, "authorisation: 'specfic' is not one of general or specific", "did you mean specific?"),
        ("counted_from: reciept", 37, "counted_from: 'reciept' is not one of sending or receipt", "did you mean receipt?"),
        ("receipt_after: 3", 38, "receipt_after has no effect on periods that are counted from sending", "add counted_from: receipt"),
        ("dpa: {nummer: 7}", 29, "there is no field nummer", "did you mean number?"),
        ("dpa: {date: May}", 35, "date: 'May' is not a valid date", "write it as YYYY-MM-DD"),
        ("audiense: x", 23, "there is no field audiense", "did you mean audience?"),
    ],
)  # fmt: skip
def test_customer_field_with_an_error_is_refused_at_its_column(
    fields: str, column: int, message: str, hint: str
) -> None:
    found = load_customers(Source("c.yaml", f"customers: [{{name: X, {fields}}}]".encode()))
    assert not isinstance(found, Customers)
    (problem,) = found
    assert (problem.position.column, problem.message) == (column, message)
    assert hint in problem.hint


def test_customer_subfield_with_an_error_is_refused_at_its_cell() -> None:
    found = load_customers(Source("c.csv", b"name,dpa.number,DPA date\nX,7,May\n"))
    assert not isinstance(found, Customers)
    assert [(problem.position[1:3], problem.message) for problem in found] == [
        ((2, 5), "date: 'May' is not a valid date")
    ]


# What the fields do


def notice_to(fields: str, *, terms: str = "days: 30", effective: str = "", new: str = NEW) -> Notice:
    (notice,) = plans(OLD, new, customer(f"name: X, {fields}"), terms=terms, effective=effective).notices
    return notice


@pytest.mark.parametrize(
    ("fields", "effective", "object_by"),
    [
        ("days: 30", "2024-05-10", None),
        ("days: 2 weeks", "2024-04-24", None),
        ("days: 1 month", "2024-05-10", None),
        ("days: 10 business days", "2024-04-24", None),
        ("days: 2 weeks, objection_days: 1 month", "2024-05-10", "2024-05-09"),
        ("counted_from: sending", "2024-05-10", None),
        ("counted_from: receipt", "2024-05-10", None),
        ("counted_from: receipt, receipt_after: 3, objection_days: 14", "2024-05-14", "2024-04-26"),
        ("counted_from: receipt, receipt_after: 4 business days, days: 1 week", "2024-04-23", None),
    ],
)
def test_plan_applies_the_periods_of_the_customer(fields: str, effective: str, object_by: str | None) -> None:
    notice = notice_to(fields)
    assert notice.effective.isoformat() == effective
    assert (notice.object_by and notice.object_by.isoformat()) == object_by


@pytest.mark.parametrize(
    ("holidays", "effective", "object_by"),
    [((), "2024-04-24", "2024-04-23"), ((date(2024, 4, 15),), "2024-04-25", "2024-04-24")],
)
def test_plan_waits_for_a_period_to_object_longer_by_the_holidays_of_the_customer(
    holidays: tuple[date, ...], effective: str, object_by: str
) -> None:
    reader = customer("name: X, days: 7, objection_days: 10 business days, country: DE")
    revisions = listing(OLD), listing(NEW)
    request = Request(SENT, holidays=lambda _: holidays.__contains__)
    (notice,) = plan(revisions, diff(*revisions), request, (reader,)).notices
    assert (str(notice.effective), str(notice.object_by)) == (effective, object_by)


def test_plan_counted_from_receipt_without_a_period_keeps_the_date() -> None:
    notice = notice_to("counted_from: receipt, receipt_after: 3", terms="", effective="2024-04-09")
    assert (notice.earliest, notice.days_short) == (SENT, 0)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("termination_days: 6 months", "within 6 months after we inform you of this"),
        ("termination_days: 1 business day", "within 1 business day after we inform you of this"),
        ("termination_days: 6 months, language: de", "innerhalb von 6 Monaten kündigen"),
        ("termination_days: 10 business days, language: de", "innerhalb von 10 Arbeitstagen kündigen"),
        ("termination_days: 2 weeks, language: fr", "dans un délai de 2 semaines"),
        ("contact: Privacy team", "To: X, Privacy team"),
    ],
)
def test_letter_states_the_agreed_terms_of_the_customer(fields: str, expected: str) -> None:
    assert expected in letter(notice_to(fields)).replace("\N{NO-BREAK SPACE}", " ")


FIELDS_OF_TEMPLATES = "address: [a@example.com, b@example.com], cc: dpo@example.com, contact: Ann, dpa: {number: '7', date: 2023-05-25}, x-account: 'A 7'"


def test_notice_record_has_the_fields_of_the_customer() -> None:
    assert Letter(notice_to(FIELDS_OF_TEMPLATES)).to_record()["customer"] == {
        "name": "X",
        "address": "a@example.com",
        "addresses": ["a@example.com", "b@example.com"],
        "cc": ["dpo@example.com"],
        "contact": "Ann",
        "country": None,
        "dpa": {"number": "7", "date": "2023-05-25"},
        "x-account": "A 7",
    }


def test_mail_has_every_address_and_copy() -> None:
    options = OutputOptions(("eml",), None, None, None, None, None, incomplete=False)
    head = NoticeRenderer(options).render(notice_to(FIELDS_OF_TEMPLATES), "eml").split(b"\r\n\r\n")[0]
    assert b"\r\nTo: a@example.com, b@example.com\r\nCc: dpo@example.com\r\n" in head


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        ("are based in Germany", {"a", "c"}),  # of c it is not known
        ("are based in France", {"b", "c"}),
        ("see email", {"a", "b", "c"}),
        ("named Alpha", {"a"}),
    ],
)
def test_plan_with_an_audience_excludes_other_services(audience: str, told: set[str]) -> None:
    old = listing("  z: {name: Zeta}\n", head="notice: {days: 30}")
    rows = (
        "  z: {name: Zeta}\n  a: {name: Alpha, entity: {name: A, country: DE}}\n"
        "  b: {name: Beta, entity: {name: B, country: FR}}\n  c: {name: Gamma}\n"
    )
    (planned,) = plans_between(old, listing(rows, head="notice: {days: 30}"), audience)
    assert {change.service for change in planned.changes} == told
    assert {left.change.service for left in planned.excluded_changes} == {"a", "b", "c"} - told


def test_plan_with_an_audience_announces_services_that_have_not_begun() -> None:
    old = listing("  z: {name: Zeta}\n", head="notice: {days: 30}")
    rows = "  z: {name: Zeta}\n  a: {name: Alpha, since: 2024-06-01, entity: {name: A, country: DE}}\n"
    (planned,) = plans_between(old, listing(rows, head="notice: {days: 30}"), "are based in Germany")
    assert [change.service for change in planned.changes] == ["a"]


def plans_between(old: Registry, new: Registry, audience: str) -> tuple[Notice, ...]:
    reader = customer(f"name: X, audience: {json.dumps(audience)}")
    return plan((old, new), diff(old, new), Request(SENT), (reader,)).notices


def test_customer_audience_with_an_error_is_refused_at_its_column() -> None:
    found = load_customers(Source("c.yaml", b"customers: [{name: X, audience: see emial}]"))
    assert isinstance(found, Customers)
    revisions = listing(OLD), listing(NEW)
    (problem,) = find_unreadable_audiences(found, revisions, SENT)
    assert (problem.position.column, problem.message.partition(":")[0]) == (33, "audience")
    assert "email" in problem.hint


@pytest.mark.parametrize(
    ("fields", "counts_holidays", "expected"),
    [
        ("authorisation: specific, dpa: {number: '7'}", False, []),
        ("days: 10 business days", False, ["business days are counted without public holidays; leave out --no-holidays"]),
        ("days: 10 business days", True, ["business days are counted without public holidays; state the country"]),
        ("receipt_after: 2 business days, counted_from: receipt", True, ["business days are counted without public holidays; state the country"]),
        ("days: 10 business days, country: DE, subdivision: BY", True, []),
        ("days: 30, country: FR, subdivision: none", True, []),
        ("days: 30, country: DE", True, ["only nationwide public holidays are counted; state the subdivision of the country, or none"]),
        ("days: 30, country: DE", False, []),
        ("language: nl", True, ["there are no letters in the language 'nl', that of --lang is used"]),
        ("days: 2 weeks, contact: Ann, cc: a@example.com", False, []),
    ],
)  # fmt: skip
def test_unused_customer_field_is_reported_once(
    fields: str,
    counts_holidays: bool,
    expected: list[str],
) -> None:
    customers = (customer(f"name: X, {fields}"), customer(f"name: Y, {fields}"))
    found = [*iter_unused_fields(customers, counts_holidays=counts_holidays)]
    assert found == [f"{message} (X and Y)" for message in expected]
