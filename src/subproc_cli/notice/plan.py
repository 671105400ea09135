"""What a notice says, before it has words: pure, no clock and no files."""

from datetime import date, timedelta
from typing import NamedTuple

from subproc_cli.diff.change import Change
from subproc_cli.enums import Level
from subproc_cli.registry.index import Index


class Notice(NamedTuple):
    """One notice to customers of changes that they may object to (Art. 28(2) GDPR).

    Attributes:
        changes: the changes that demand a notice.
        informed: further changes that are worth telling.
        unchanged: the ids of the services that stay as they are.
        sent: the day on which the notice goes out.
        effective: the day from which the changes apply.
        object_by: the last day to object; None if the list states no period.
        short_by: by how many days the list's own period of notice is missed; 0 if it is kept.
    """

    old: Index
    new: Index
    changes: tuple[Change, ...]
    informed: tuple[Change, ...]
    unchanged: tuple[str, ...]
    sent: date
    effective: date
    object_by: date | None
    short_by: int


def plan(
    revisions: tuple[Index, Index], changes: tuple[Change, ...], sent: date, effective: date
) -> Notice | None:
    """Return the notice that changes demand; None if none of them demands one.

    Periods are counted in days from the day after the notice is sent (Regulation (EEC, Euratom) No
    1182/71, Art. 3(1)).
    """
    demanding = tuple(change for change in changes if change.level is Level.NOTICE)
    if not demanding:
        return None
    old, new = revisions
    terms = new.registry.notice
    changed = {change.service for change in changes}
    return Notice(
        old=old,
        new=new,
        changes=demanding,
        informed=tuple(change for change in changes if change.level is Level.INFORM),
        unchanged=tuple(key for key in new.in_use(effective) if key not in changed),
        sent=sent,
        effective=effective,
        object_by=_after(sent, terms.objection_days),
        short_by=max(0, (terms.days or 0) - (effective - sent).days),
    )


def _after(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days=days)
