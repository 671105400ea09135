"""The recipient of a letter: the parts of the letter and its record that differ between customers."""

from typing import Any

from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.notice.customers.customers import Agreement, Customer
from subproc_cli.notice.letters.sentences import load_letter_formatter
from subproc_cli.notice.plan import Notice


def with_recipient(record: dict[str, Any], notice: Notice) -> dict[str, Any]:
    """Return the record of a notice to one customer, from the record of the same notice to all."""
    customer = notice.customer
    if customer is None:
        return record
    formatter = load_letter_formatter(notice.language, notice.laws)
    to = {
        "label": formatter.format_letter_text("to"),
        "name": ", ".join(filter(None, (customer.name, customer.contact))),
    }
    return record | {
        "customer": build_customer_record(customer),
        "letter": record["letter"] | {"to": to, "contract": _format_contract(formatter, customer.dpa)},
    }


def _format_contract(formatter: ChangeFormatter, dpa: Agreement | None) -> str | None:
    """Return under which agreement a notice is given, where the file of customers states it."""
    if dpa is None or not (dpa.number or dpa.date):
        return None
    key = "contract-both" if dpa.number and dpa.date else "contract-number" if dpa.number else "contract-date"
    day = formatter.format_day(dpa.date) if dpa.date else ""
    return formatter.format_letter_text(key, number=dpa.number, day=day)


def build_customer_record(customer: Customer) -> dict[str, Any]:
    """Return the customer of a notice in `subproc/notices/1`, with the fields of its own."""
    dpa = customer.dpa
    return customer.own | {
        "name": customer.name,
        "address": customer.address[0] if customer.address else None,
        "addresses": [*(customer.address or ())],
        "cc": [*(customer.cc or ())],
        "contact": customer.contact,
        "country": customer.country,
        "dpa": dpa and {"number": dpa.number, "date": dpa.date.isoformat() if dpa.date else None},
    }
