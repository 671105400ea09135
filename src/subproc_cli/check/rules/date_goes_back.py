"""The date of the list comes before that of the earlier revision.

Needs --against.

Why: A list is found by its day; two revisions in the wrong order answer for the wrong days.

Bad:
    date: 2023-01-01    # the earlier revision is of 2023-05-24

Good:
    date: 2024-02-18
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.problem import Fault


def find(subject: Subject) -> Iterator[Finding]:
    """Yield a date before that of the base."""
    if not subject.against:
        return
    known, given = subject.against.base.registry.date, subject.index.registry.date
    if given < known:
        message = f"the date {given} comes before that of the earlier revision, {known}"
        yield Finding(("date",), message, "subproc bump --write sets version and date")


RULE = Rule(Fault("SP307", "date-goes-back", Severity.ERROR), __doc__ or "", find, against=True)
