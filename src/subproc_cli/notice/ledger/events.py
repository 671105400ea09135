"""What the ledger and the manifest of a run state about a notice, readable without the program."""

from collections.abc import Iterable, Mapping
from typing import Any

from subproc_cli.notice.authorisation import needs_authorisation
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.ledger.ledger import Contact
from subproc_cli.notice.ledger.people import Entry
from subproc_cli.notice.plan import Notice
from subproc_cli.registry.registry import Registry

LETTER_FIELDS = (
    "language",
    "authorisation",
    "sent",
    "effective",
    "object_by",
    "old",
    "new",
    "changes",
    "about",
    "told",
)
"""The fields that the line of an event takes over from the notice that it is about."""


def build_revision_record(registry: Registry) -> dict[str, str]:
    """Return how a line names a revision of a list."""
    model = registry.model
    return {"version": model.version, "date": model.date.isoformat(), "sha256": registry.sha256}


def build_letter_facts(notice: Notice, sentences: Iterable[str]) -> dict[str, Any]:
    """Return the facts that a notice states.

    Args:
        notice: the notice.
        sentences: for each of its changes, the sentence of the letter.
    """
    customer, changes = notice.customer, (*notice.changes, *notice.informational_changes)
    case = notice.laws, notice.undated
    return {
        "language": str(notice.language),
        "authorisation": str(customer.authorisation) if customer and customer.authorisation else None,
        "sent": notice.sent.isoformat(),
        "effective": notice.effective.isoformat(),
        "object_by": notice.object_by.isoformat() if notice.object_by else None,
        "old": build_revision_record(notice.revisions[0]),
        "new": build_revision_record(notice.revisions[1]),
        "changes": [change.fingerprint for change in changes],
        "about": [change.topic_key for change in changes],
        "told": [
            {
                "service": change.service or None,
                "name": change.name or None,
                "kind": change.kind,
                "level": str(change.level),
                "asked": notice.needs_approval and needs_authorisation(notice.revisions, change, *case),
                "text": text,
            }
            for change, text in zip(changes, sentences, strict=True)
        ],
    }


def get_contact(notice: Notice) -> Contact:
    """Return the addresses that a notice goes to."""
    customer = notice.customer
    return Contact(tuple(customer.address or ()), tuple(customer.cc or ())) if customer else Contact()


def build_letter_event(
    kind: EventKind,
    facts: Mapping[str, Any],
    hashes: Mapping[str, str],
    *,
    run: str | None = None,
    channel: str | None = None,
) -> dict[str, Any]:
    """Return a line about a letter, without its recipient.

    Args:
        kind: what happened to it.
        facts: its content.
        hashes: the SHA-256 hash of each of its files, by the ending of the file; the first one is the letter.
        run: the folder of the run, as it was typed.
        channel: how it goes out.
    """
    return {
        "event": str(kind),
        "day": facts["sent"],
        "channel": channel,
        **{field: facts[field] for field in LETTER_FIELDS},
        "letter": next(iter(hashes.values()), ""),
        "letters": dict(hashes),
        "run": run,
    }


def build_response_event(
    kind: EventKind, day: str, notices: Iterable[Entry], services: Iterable[str], channel: str | None
) -> dict[str, Any]:
    """Return a line about an answer of a customer.

    Args:
        kind: what the customer answered.
        day: the day of the answer.
        notices: the lines of the notices that it is about.
        services: the ids of the services that it is about.
        channel: how it came.
    """
    return {
        "event": str(kind),
        "day": day,
        "channel": channel,
        "notices": [entry["hash"] for entry in notices],
        "services": [*services],
    }
