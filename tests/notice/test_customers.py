"""A file of customers in, the customers or everything that is wrong with it out."""

import json
from datetime import date

import pytest

from registry_text import listing
from subproc_cli.deadlines.periods import Period
from subproc_cli.diagnostics import Problem
from subproc_cli.enums import Regime
from subproc_cli.notice.customers import customers, recipients
from subproc_cli.notice.customers.customers import Customers, build_file_stems
from subproc_cli.notice.customers.mail_address import find_address_error
from subproc_cli.yaml.source import Source

YAML = """\
customers:
  - name: Example AG
    address: privacy@example.com
    language: de
    country: Germany
    subdivision: BY
    days: 60
    objection_days: 30
    products: [Surveys, Forms]
    features: []
    regime: ch-fadp
  - {name: Example Ltd}
"""
CSV = """\
Name,Address,Language,Country,Subdivision,Days,Objection days,Products,Features,Regime
Example AG,privacy@example.com,de,Germany,BY,60,30,Surveys; Forms,none,ch-fadp
Example Ltd,,,,,,,,,
"""


def load(name: str, text: str) -> Customers:
    found = customers.load_customers(Source(name, text.encode()))
    assert isinstance(found, Customers), found
    return found


def problems(name: str, text: str) -> tuple[Problem, ...]:
    found = customers.load_customers(Source(name, text.encode()))
    assert not isinstance(found, Customers)
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c.yaml", YAML),
        ("c.csv", CSV),
        ("c.csv", CSV.replace(";", "¦").replace(",", ";").replace("Surveys¦ Forms", '"Surveys; Forms"')),
        ("c.csv", CSV.replace(",", "\t")),
        ("C.CSV", "\ufeff" + CSV.replace("\n", "\r\n")),
    ],
)
def test_load_customers_of_yaml_and_csv_gives_the_same(name: str, text: str) -> None:
    first, second = load(name, text).customers
    assert (first.name, first.address, first.language) == (
        "Example AG",
        ("privacy@example.com",),
        "de",
    )
    assert (first.country, first.subdivision) == ("DE", "BY")
    assert (first.days, first.objection_days) == (Period(60), Period(30))
    assert (first.products, first.features, first.regime) == (("Surveys", "Forms"), (), Regime("ch-fadp"))
    assert set(second.model_dump(exclude={"name"}).values()) == {None}  # not said, and so not known


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [
        (
            "c.yaml",
            "customers:\n  - {name: A, language: ger}\n  - {nam: B}\n  - {name: a, days: soon}\n",
            [
                (2, 25, "'ger' is not a language", ""),
                (3, 5, "name is missing", ""),
                (3, 6, "there is no field nam", "did you mean name?"),
                (4, 21, "days: 'soon' is not a period", "write days as 30, or 10 business days"),
            ],
        ),
        ("c.yaml", "customers:\n  - {name: A}\n  - {name: B}\n  - {name: a}\n", [(4, 12, "twice, first in line 2", "")]),
        ("c.yaml", "- {name: A}\n", [(1, 1, "not a mapping", "start with customers:")]),
        ("c.yaml", "", [(1, 1, "the file is empty", "start with customers:")]),
        ("c.yaml", "customers: [{name: A, subdivision: BY}]", [(1, 36, "BY is of no country", "its country")]),
        ("c.yaml", "customers: []", [(1, 1, "customers is empty", "name at least one")]),
        ("c.yaml", "customers:\n", [(1, 11, "customers is empty", "write a list")]),
        ("c.yaml", "customers: [{name: A, days: 4000}]", [(1, 29, "days should be at most 3,650", "")]),
        ("c.yaml", "customers: [{name: A, country: Germny}]", [(1, 32, "'Germny'", "Germany")]),
        ("c.yaml", "customers: [{name: A, address: a b@example.com}]", [(1, 32, "is not a mail address", "")]),
        ("c.yaml", "customers: [{name: A, address: 'a@example.com, b@example.com'}]", [(1, 32, "not a mail", "")]),
        ("c.yaml", 'customers: [{name: A, address: "a@example.com\\r\\nBcc: b@example.com"}]', [(1, 32, "line", "")]),
        ("c.yaml", 'customers: [{name: "A\\nBcc: x"}]', [(1, 20, "a line break", "on one line")]),
        ("c.yaml", f"customers: [{{name: {'A' * 300}}}]", [(1, 20, "300 characters", "")]),
        ("c.csv", "Company,E-Mail\nA,a@example.com\n", [(1, 1, "there is no field company", "did you mean name?"), (1, 9, "there is no field e_mail", "did you mean address?")]),
        ("c.yaml", "customers:\n- name: A\n  email: a@example.com\n", [(3, 3, "there is no field email", "did you mean address?")]),
        ("c.csv", "PK\x03\x04\0", [(1, 5, "this is a binary file", "in Excel, save it as CSV UTF-8; for a new list: subproc import c.csv")]),
        ("c.csv", "name,langauge\nA,de\n", [(1, 6, "there is no field langauge", "did you mean language?")]),
        ("c.csv", "name,Objection dais\nA,5\n", [(1, 6, "there is no field objection_dais", "did you mean objection_days?")]),
        ("c.csv", "name,zzz\nA,5\n", [(1, 6, "there is no field zzz", "subproc schema --customers")]),
        ("c.csv", f"{',' * 100}\n", [(1, 1, "the first row names more than 100 fields", "")]),
        ("c.csv", "name,language\nA,german\n", [(2, 3, "'german' is not a language", "did you mean de?")]),
        ("c.csv", "name,language\n", [(1, 1, "customers is empty", "name at least one")]),
        ("c.csv", "name,language\nA,de\nB,xx\n", [(3, 3, "'xx' is not a language", "")]),
        ("c.csv", "name,days\nA,many\n", [(2, 3, "days: 'many' is not a period", "2 weeks or 6 months")]),
        ("c.csv", "name, days,Days\nA,10,60\n", [(1, 12, "the column days is given twice", "keep one of the two")]),
        ("c.csv", "name,language\nA\u2028B,de\nC,xx\n", [(2, 1, "a line break", "one line"), (3, 3, "'xx'", "")]),
        ("c.csv", "name\nA,de\n", [(2, 1, "the row has 2 cells", "quotes")]),
        ("c.csv", 'name\n"A\n', [(2, 1, "unexpected end of data", "")]),
        ("c.csv", "", [(1, 1, "the first row names no fields", "known are name")]),
    ],
)  # fmt: skip
def test_load_customers_with_errors_reports_position_message_and_hint(
    name: str, text: str, rows: list[tuple[int, int, str, str]]
) -> None:
    found = problems(name, text)
    assert [each.position[:3] for each in found] == [(name, *row[:2]) for row in rows]
    for problem, (_, _, message, hint) in zip(found, rows, strict=True):
        assert message in problem.message
        assert hint in problem.hint


LIST = listing("  a: {name: Alpha, products: [Surveys]}\n  b: {name: Beta, formerly: [old-b]}\n")


@pytest.mark.parametrize(
    ("fields", "message", "hint"),
    [
        ("features: [a, Beta, old-b]", "", ""),
        ("features: [alfa]", "'alfa' is not a service in the list", "did you mean alpha?"),
        ("products: [surveys, Accounting]", "", ""),
        ("products: [Survey]", "'Survey' is not a product in the list", "did you mean Surveys?"),
    ],
)
def test_find_unknown_names_suggests_the_right_one(fields: str, message: str, hint: str) -> None:
    found = load("c.yaml", f"customers: [{{name: A, {fields}}}]")
    problems = [*recipients.find_unknown_names(found, (LIST, LIST))]
    assert [(each.message, each.hint) for each in problems] == ([(message, hint)] if message else [])


def test_build_file_stems_are_plain_and_unique() -> None:
    names = "../../etc/passwd", "Ex & Co", "ex co", "!!!", "A" * 150, "ex co 2", "Nul", "nul customer", "?"
    text = "customers:\n" + "".join(f"  - name: '{name}'\n" for name in names)
    found = build_file_stems(load("c.yaml", text).customers)
    assert found[:5] == ("etc-passwd", "ex-co", "ex-co-2", "customer", "a" * 80)
    assert found[5:] == ("ex-co-2-2", "nul-customer", "nul-customer-2", "customer-2")


@pytest.mark.parametrize(
    ("subdivision", "expected"), [("", (True, False)), ("none", (True, False)), ("BY", (True, True))]
)
def test_get_holiday_check_of_no_subdivision_knows_the_nationwide_holidays(
    subdivision: str, expected: tuple[bool, bool]
) -> None:
    pytest.importorskip("holidays")
    words = f", subdivision: {subdivision}" if subdivision else ""
    (customer,) = load("c.yaml", f"customers: [{{name: A, country: DE{words}}}]").customers
    is_holiday = recipients.get_holiday_check(customer)
    assert (is_holiday(date(2024, 10, 3)), is_holiday(date(2024, 1, 6))) == expected


def test_build_file_stems_cut_a_long_name_between_words() -> None:
    text = f"customers:\n  - name: {'A' * 79} B\n"
    assert build_file_stems(load("c.yaml", text).customers) == ("a" * 79,)


def test_find_unknown_calendars_has_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holidays.list_supported_countries", lambda: {"DE": ["BY", "BW"]})
    fields = "country: DE, subdivision: XX", "country: DE, subdivision: BY", "country: FR", "language: fr"
    rows = "".join(f"  - {{name: c{number}, {each}}}\n" for number, each in enumerate(fields))
    found = load("c.yaml", f"customers:\n{rows}")
    problems = recipients.find_unknown_calendars(found)
    assert [(each.position[1:3], each.message, each.hint) for each in problems] == [
        ((2, 42), "DE has no subdivision 'XX'", "known are BY, BW"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "privacy@example.com",
        "first.last+notices@mail.example.co.uk",
        "o'neill@example.ie",
        "a@b_c.example",
        "a@xn--bcher-kva.example",
        "a@1.example",
    ],
)
def test_find_address_error_of_a_plain_address_is_none(text: str) -> None:
    assert find_address_error(text) is None
    assert load("c.csv", f"name,address\nA,{text}\n").customers[0].address == (text,)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("x@[y.z", ": its domain is in brackets", "write one address: privacy@example.com"),
        ("!@[1.2.3.4]", ": its domain is in brackets", ""),
        ("a@1.2.3.4", ": its domain is an IP address", ""),
        ("a#@(c)a.b", ": it holds a comment", ""),
        ('"a b"@example.com', ": it holds a quotation mark or a backslash", ""),
        ("Ann <ann@example.com>", ": a name or brackets are around it", "write only the address: ann@example.com"),
        ("=?utf-8?q?a?=@example.com", ": mail programs decode what follows '=?'", ""),
        ("a@bücher.example", ": its domain is not in ASCII", "write it as a@xn--bcher-kva.example"),
        ("a@STRASSE.straße", ": its domain is not in ASCII", "write it as a@strasse.xn--strae-oqa"),
        ("jörg@example.com", ": it holds characters outside ASCII", ""),
        ("a@example.com,b@example.com", "", "write one address: privacy@example.com"),
        ("a@example", "", ""),
        ("a@@example.com", "", ""),
        ("a@-b.example", "", ""),
        ("a@example.com.", "", ""),
        (".a@example.com", "", ""),
        ("a..b@example.com", "", ""),
        ("a b@example.com", "", ""),
        ("@", "", ""),
    ],
)  # fmt: skip
def test_find_address_error_of_another_form_gives_the_reason(text: str, message: str, hint: str) -> None:
    error = find_address_error(text)
    assert error is not None
    assert error.message == f"{text!r} is not a mail address{message}"
    assert hint in error.hint
    (problem,) = problems("c.yaml", f"customers:\n  - name: A\n    address: {json.dumps(text)}\n")
    assert (problem.position[1:3], problem.hint) == ((3, 14), error.hint)
    assert problem.message == f"address: {error.message}"


def test_load_customers_in_the_encoding_of_windows_warns() -> None:
    found = customers.load_customers(Source("c.csv", "name;language\nMüller AG;de\n".encode("cp1252")))
    assert isinstance(found, Customers)
    assert found.customers[0].name == "Müller AG"
    assert found.warning == "c.csv is not in UTF-8 and is read as Windows-1252: check words such as Müller"


@pytest.mark.parametrize(
    ("name", "content"), [("c.csv", "name\nM\u00fcller".encode("utf-16")), ("c.yaml", b"name: \xfc")]
)
def test_load_customers_in_another_encoding_is_refused(name: str, content: bytes) -> None:
    assert not isinstance(customers.load_customers(Source(name, content)), Customers)
