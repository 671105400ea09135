"""A place of processing is worldwide, somewhere within several, or a region that reaches abroad.

If some of these countries need a transfer basis and none is stated, the finding says so.

Why: A processor's record names the third countries that data goes to (Art. 30(2)(c) GDPR); a vague place
does not tell which they are.

Bad:
    cdn: {name: CDN, processing: [worldwide]}

Good:
    cdn: {name: CDN, processing: [DE, FR]}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.reference.geography import WORLDWIDE
from subproc_cli.registry.models import Processing, Service
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.rules.transfers import carried


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every place that leaves the country open, but for the EU and the EEA."""
    for key, service in subject.personal.items():
        for position, given in enumerate(service.processing):
            if _vague(subject, given):
                where = " or ".join(given.place)
                basis = "; no transfer basis is stated" if _needs_basis(subject, service, given) else ""
                message = f"{service.name}: the place of processing is vague: {where}{basis}"
                route = ("services", key, "processing", position)
                yield Finding(route, message, "name each country as a place of its own", key)


def _vague(subject: Subject, given: Processing) -> bool:
    """Tell whether a place leaves open which country is meant, though it need not lie at home."""
    if WORLDWIDE in given.place or len(given.place) > 1:
        return True
    countries = subject.atlas.covered(given.place)
    return len(countries) > 1 and any(not countries <= near for near in subject.near.values())


def _needs_basis(subject: Subject, service: Service, given: Processing) -> bool:
    """Tell whether a basis is missing in at least one of the countries that may be meant."""
    countries = subject.atlas.covered(given.place)
    return not service.transfer and any(
        not carried(subject, service, country, law) for law in subject.laws for country in countries
    )


RULE = Rule(Fault("SP108", "vague-place", Severity.INFO), __doc__ or "", find)
