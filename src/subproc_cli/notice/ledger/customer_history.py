"""What a ledger records about one customer, event by event, as `subproc status CUSTOMER` shows it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from subproc_cli.notice.ledger.event_kinds import EventKind, get_kind
from subproc_cli.notice.ledger.people import Entry
from subproc_cli.notice.ledger.responses import list_told_services
from subproc_cli.output.document import Line, emphasize, make_line
from subproc_cli.text import join_words, parse_day

_CONTEMPORARY = timedelta(days=1)
"""Up to this difference, a day and the moment of its record are the same event: time zones differ."""


def iter_history(entries: Sequence[Entry], customer: str, as_of: date) -> Iterator[Line]:
    """Yield what happened to the notices to a customer, and what it answered, in the order of the ledger.

    Args:
        entries: all lines of the ledger.
        customer: the name of the customer.
        as_of: the last day of the history.
    """
    events = [
        entry for entry in entries if entry["customer"] in {customer, None} and _find_day(entry) <= as_of
    ]
    names = {key: name for entry in events for key, name in list_told_services(entry).items()}
    for number, entry in enumerate(events):
        if get_kind(entry) == EventKind.ATTEMPTED and _has_result(entry, events[number + 1 :]):
            continue
        via = f" by {entry['channel']}" if entry.get("channel") else ""
        if "letter" in entry:
            about = _describe_notice(entry)
        else:
            about = join_words([names.get(key, key) for key in entry.get("services", ())])
        texts = (about, entry.get("note"), entry.get("answer"), _describe_late_record(entry))
        detail = f": {get_kind(entry)}{via}; " + "; ".join(text for text in texts if text)
        yield make_line(emphasize(_find_day(entry).isoformat()), detail.removesuffix("; "))


def _has_result(attempt: Entry, later: Sequence[Entry]) -> bool:
    return any(entry.get("letter") == attempt["letter"] for entry in later)


def _find_day(entry: Entry) -> date:
    return parse_day(str(entry.get("day") or entry.get("sent"))) or date.min


def _describe_notice(entry: Entry) -> str:
    old, new = entry.get("old") or {}, entry["new"]
    versions = f"{old['version']} to {new['version']}" if old.get("version") else new["version"]
    services = join_words(dict.fromkeys(list_told_services(entry).values()))
    return f"notice of {entry['sent']}, {versions}" + (f", about {services}" if services else "")


def _describe_late_record(entry: Entry) -> str:
    """Return when an event was recorded, if that was not on its day."""
    recorded = parse_day(entry["recorded"][:10])
    if recorded is None or abs(recorded - _find_day(entry)) <= _CONTEMPORARY:
        return ""
    return f"recorded on {recorded}"
