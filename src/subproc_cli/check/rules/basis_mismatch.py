"""A stated basis cannot carry the transfer.

dpf without a place in the US, or adequacy for a country that has no decision.

Why: The Data Privacy Framework (Implementing Decision (EU) 2023/1795) covers organisations in the US;
an adequacy decision covers the country that it names (Art. 45 GDPR).

Bad:
    host: {name: Host, processing: [IN], transfer: [adequacy]}

Good:
    host: {name: Host, processing: [IN], transfer: [scc]}
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Basis, Severity
from subproc_cli.law.jurisdictions import jurisdiction
from subproc_cli.problem import Fault


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every basis that fits none of the places."""
    for key, service in subject.personal.items():
        countries = subject.atlas.covered(place for each in service.processing for place in each.place)
        for position, transfer in enumerate(service.transfer):
            route = ("services", key, "transfer", position)
            if not countries:
                continue
            if transfer.basis is Basis.DPF and "US" not in countries:
                message = f"{service.name} rests on the Data Privacy Framework, but no place lies in the US"
                yield Finding(route, message, "", key)
            if transfer.basis is Basis.ADEQUACY and not _decided(subject, countries - subject.eea):
                message = f"{service.name} rests on adequacy, but none of its countries is held adequate"
                yield Finding(route, message, "", key)


def _decided(subject: Subject, countries: frozenset[str]) -> bool:
    laws = [jurisdiction(regime) for regime in subject.index.registry.law]
    held = [country for country in countries if any(law.decision(country, subject.day) for law in laws)]
    return bool(held) or not countries


RULE = Rule(Fault("SP204", "basis-mismatch", Severity.ERROR), __doc__ or "", find)
