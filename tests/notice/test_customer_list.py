"""The list as one customer has it, from the command line."""

from datetime import date
from pathlib import Path

import pytest

from notice_cases import customer
from registry_text import listing
from subproc_cli.cli.main import main
from subproc_cli.notice.customers.customer_list import select_for_customer

LIST = """\
format: 1
publisher: Example GmbH
version: 1.0.0
date: 2026-03-02
law: [eu-gdpr]
services:
  host:
    name: Kirchfeld
    sees: [usage, {data: identity.email, products: [US Cloud]}]
    processing: [{place: DE, products: [EU Cloud]}, {place: SG, products: [US Cloud]}]
    transfer: [scc]
  chat: {name: Plauderei, activation: opt-in, sees: [communications.chat]}
  panel: {name: Tafelwerk, products: [US Cloud], sees: [usage]}
"""
CUSTOMERS = """\
customers:
  - {name: Europa AG, products: [EU Cloud], features: [], language: de}
  - {name: Prairie Inc, products: [US Cloud], features: [chat], regime: uk-gdpr}
  - {name: Reader SA, audience: see chat messages, language: fr}
  - {name: Anybody Ltd}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "registry.yaml").write_text(LIST, encoding="utf-8")
    (tmp_path / "customers.yaml").write_text(CUSTOMERS, encoding="utf-8")


def export(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["export", *arguments, "-c", "customers.yaml", "--at", "2026-03-02"])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize(
    ("customer", "shown", "hidden"),
    [
        ("Europa AG", ["Kirchfeld", "Deutschland", "gilt"], ["Singapur", "E-Mail", "Plauderei", "Tafelwerk"]),
        ("Prairie Inc", ["Kirchfeld", "Singapore", "email address", "Plauderei", "Tafelwerk"], ["Germany"]),
        ("Reader SA", ["Plauderei", "Tafelwerk"], []),
        ("Anybody Ltd", ["Kirchfeld", "Singapore", "Germany", "Plauderei", "Tafelwerk"], []),
    ],
)
def test_page_of_a_customer_has_what_concerns_it(
    capsys: pytest.CaptureFixture[str], customer: str, shown: list[str], hidden: list[str]
) -> None:
    code, out, _ = export(capsys, "page", "--customer", customer)
    assert (code, customer in out) == (0, True)
    assert [word for word in shown if word not in out] == []
    assert [word for word in hidden if word in out] == []


def test_page_of_a_customer_is_in_the_terms_of_its_law(capsys: pytest.CaptureFixture[str]) -> None:
    out = export(capsys, "page", "--customer", "Prairie Inc")[1]
    assert "UK" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["page", "--customer", "Europe AG"], "customers.yaml has no customer 'Europe AG' (did you mean Europa AG?)"),
        (["json", "--customer", "Europa AG"], "json is a format for programs and has no reader (leave out --customer)"),
    ],
)  # fmt: skip
def test_export_of_a_customer_with_an_error_prints_its_message(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    code, out, err = export(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_recipient_that_a_customer_does_not_use_goes_by_its_name() -> None:
    rows = "  a: {name: Alpha, onward: [b, c, Other GmbH]}\n  b: {name: Beta}\n  c: {name: Gamma, products: [Forms]}\n"
    selected = select_for_customer(listing(rows), customer("name: A, products: [Surveys]"), date(2024, 1, 1))
    assert {*selected.model.services} == {"a", "b"}
    assert selected.model.services["a"].onward == ("b", "Gamma", "Other GmbH")
