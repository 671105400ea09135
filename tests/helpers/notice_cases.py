"""Notices for tests, planned from the part of two lists that matters to the test."""

from datetime import date

from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.notice.customers import customers
from subproc_cli.notice.customers.customers import Customer, Customers
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.letters.templates import LetterRenderer
from subproc_cli.notice.plan import Notice, Plan, Request, plan
from subproc_cli.yaml.source import Source

SENT = date(2024, 4, 9)
OLD = "  a: {name: Alpha}\n  b: {name: Beta}\n"
NEW = "  a: {name: Alpha, sees: [usage]}\n  b: {name: Beta}\n"


def customer(fields: str) -> Customer:
    found = customers.load_customers(Source("customers.yaml", f"customers: [{{{fields}}}]".encode()))
    assert isinstance(found, Customers), found
    return found.customers[0]


def plans(
    old: str, new: str, *customers: Customer, terms: str = "days: 30", effective: str = "", reason: str = ""
) -> Plan:
    head = f"notice: {{{terms}}}"
    revisions = listing(old, head=head), listing(new, head=head)
    day = date.fromisoformat(effective) if effective else None
    return plan(revisions, diff(*revisions), Request(SENT, day, reason=reason), customers or None)


def planned(
    old: str, new: str, *, terms: str = "days: 30", effective: str = "", reason: str = ""
) -> Notice | None:
    found = plans(old, new, terms=terms, effective=effective, reason=reason).notices
    return found[0] if found else None


def letter(notice: Notice | None) -> str:
    assert notice is not None
    return " ".join(LetterRenderer().render("txt", Letter(notice).to_record()).split())
