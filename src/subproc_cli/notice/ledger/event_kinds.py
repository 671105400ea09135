"""What a ledger records of a notice: how it went out, whether it arrived, and what the customer answered."""

from collections.abc import Mapping
from typing import Any

from subproc_cli.enums import DescribedEnum


class EventKind(DescribedEnum):
    """What a line of a ledger records."""

    WRITTEN = "written", "A letter was written, and no address is known to which it could go."
    ISSUED = "issued", "The sender states that the notice goes out by its own means."
    ATTEMPTED = "attempted", "The mail is being handed over to the mail server."
    SENT = "sent", "The mail server accepted the mail, or the sender states that it was sent."
    DEFERRED = "deferred", "The mail server did not accept the mail for now."
    REFUSED = "refused", "The mail server refused the mail for good."
    BOUNCED = "bounced", "The notice came back."
    ACKNOWLEDGEMENT = "acknowledgement", "The customer confirmed that it received the notice."
    OBJECTION = "objection", "The customer objected."
    WITHDRAWAL = "withdrawal", "The customer withdrew its objection or its authorisation."
    APPROVAL = "approval", "The customer gave its authorisation."
    ERASED = "erased", "The name and the addresses of the customer were erased."

    @property
    def is_about_letter(self) -> bool:
        """Whether the line has the fields of a notice."""
        return self in _ABOUT_LETTERS


_ABOUT_LETTERS = frozenset(
    (
        EventKind.WRITTEN,
        EventKind.ISSUED,
        EventKind.ATTEMPTED,
        EventKind.SENT,
        EventKind.DEFERRED,
        EventKind.REFUSED,
    )
)


def get_kind(entry: Mapping[str, Any]) -> str:
    """Return the kind of a line; a line of an earlier version is a notice that was issued."""
    return str(entry.get("event", EventKind.ISSUED))
