"""The date of the list comes before that of the earlier revision, or is still that though contents changed.

Needs --against. On the day itself a list may be published twice; under --no-clock that day is not known,
so a second revision of one day needs a suppression there.

Why: A list is found by its day; two revisions in the wrong order answer for the wrong days. A period of
notice is counted from the date, so under an old one a new service seems to have been announced in time.

Bad:
    date: 2023-01-01    # the earlier revision is of 2023-05-24

Good:
    date: 2024-02-18
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield a date before that of the base, or that of the base over other contents."""
    against = subject.against
    if not against or against.first:
        return
    known, given = against.base.registry.date, subject.index.registry.date
    today = subject.day if subject.clock else None
    if given < known:
        message = f"the date {given} comes before that of the earlier revision, {known}"
        yield Finding(("date",), message, "subproc bump --write sets version and date")
    elif given == known != today and against.published:
        message = f"the list changed, but its date is still {known}"
        yield Finding(("date",), message, "set it to the day on which the change is published")


RULE = Rule(Fault("SP307", "date-goes-back", Severity.ERROR), __doc__ or "", find, against=True)
