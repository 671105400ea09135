"""The mail that is sent: the draft of a run with its final headers."""

from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from subproc_cli.output.sanitize import sanitize_line


class Headers(NamedTuple):
    """What the sender chooses.

    Attributes:
        sender: the mail address that mails come from; empty for that of the draft.
        name: the name that mail programs show; empty for none.
        reply_to: where answers go; empty for the sender.
        list_id: the identifier of the mailing (RFC 2919); empty for one made from the sender.
    """

    sender: str = ""
    name: str = ""
    reply_to: str = ""
    list_id: str = ""


def build_message(draft: bytes, headers: Headers, now: datetime, to: str = "") -> tuple[str, bytes]:
    """Return the address of the sender, empty if none is known, and a mail.

    The `Message-ID` stays that of the draft, so that a mail that is sent a second time can be recognized.

    Args:
        draft: the mail of a run.
        headers: what the sender chooses.
        now: the moment of sending.
        to: the only recipient of a trial; empty for the customer.
    """
    message = message_from_bytes(draft, _class=EmailMessage, policy=SMTP)
    sender = headers.sender or _find_sender(message)
    for name in ("X-Unsent", "Date", "From", "Reply-To", "List-Id", "Auto-Submitted"):
        del message[name]
    if to:
        del message["To"]
        del message["Cc"]
        message["To"] = to
    if not sender:
        return "", b""
    domain = sender.rpartition("@")[2]
    message["From"] = Address(sanitize_line(headers.name), addr_spec=sender)
    message["Reply-To"] = headers.reply_to or sender
    message["Date"] = format_datetime(now)
    message["List-Id"] = f"<{headers.list_id or f'subprocessor-notices.{domain}'}>"
    message["Auto-Submitted"] = "auto-generated"
    return sender, message.as_bytes()


def _find_sender(message: EmailMessage) -> str:
    header = message["From"]
    return str(header.addresses[0].addr_spec) if header is not None and header.addresses else ""
