"""A place of processing is worldwide, or somewhere within several.

Why: The country of a transfer must be known (Art. 30(2)(c) GDPR, Clause 9 of the standard contractual
clauses).

Bad:
    cdn: {name: CDN, processing: [worldwide]}

Good:
    cdn: {name: CDN, processing: [DE, FR]}
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.law.places import WORLDWIDE
from subproc_cli.problem import Fault


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every place that leaves the country open, but for the EU and the EEA."""
    for key, service in subject.personal.items():
        for position, given in enumerate(service.processing):
            if WORLDWIDE in given.place or len(given.place) > 1:
                where = " or ".join(given.place)
                message = f"{service.name}: the place of processing is vague: {where}"
                route = ("services", key, "processing", position)
                yield Finding(route, message, "name each country as a place of its own", key)


RULE = Rule(Fault("SP108", "vague-place", Severity.INFO), __doc__ or "", find)
