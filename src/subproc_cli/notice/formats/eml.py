"""Mail: a message in the format of RFC 5322, in plain text and HTML, ready to be opened and sent."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from subproc_cli.output.sanitize import sanitize_line

NOON = 12
"""The hour of the Date header, in UTC: the day of the notice for readers from UTC-12 to UTC+11."""


def render(notice: Mapping[str, Any], text: str, html: str, sender: str) -> bytes:
    """Return a message; the same notice gives the same bytes.

    Args:
        notice: one notice of `subproc/notices/1`.
        text: the letter in plain text.
        html: the letter in HTML.
        sender: the mail address that it comes from; empty if it is not known.
    """
    message = EmailMessage(policy=SMTP)
    customer = notice["customer"] or {}
    message["Subject"] = sanitize_line(notice["subject"])
    if sender:
        message["From"] = sender
    addresses, copies = customer.get("addresses", []), customer.get("cc", [])
    if addresses:
        message["To"] = ", ".join(addresses)
    if copies:
        message["Cc"] = ", ".join(copies)
    sent = date.fromisoformat(notice["sent"])
    message["Date"] = format_datetime(datetime(sent.year, sent.month, sent.day, NOON, tzinfo=UTC))
    recipients = ", ".join((*addresses, *copies)) or "None"  # the word keeps the ids of earlier versions
    digest = sha256(f"{text}\0{html}\0{sender}\0{recipients}".encode()).hexdigest()
    domain = sender.rpartition("@")[2] or "subproc.invalid"
    message["Message-ID"] = f"<{digest[:32]}@{domain}>"
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    message.set_content(text, subtype="plain", charset="utf-8", cte="quoted-printable")
    message.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = notice["language"]
    message.set_boundary(f"=_{digest[32:]}")
    return message.as_bytes()
