"""A place outside the EEA rests on an adequacy decision alone, with no safeguard behind it.

Why: Two decisions on the United States were struck down (Safe Harbour in C-362/14, the Privacy Shield
in C-311/18); with clauses in place, a transfer would not stop overnight.

Bad:
    chat: {name: Chat, processing: [US], transfer: [dpf]}

Good:
    chat: {name: Chat, processing: [US], transfer: [dpf, scc]}
"""

from collections.abc import Iterator

from subproc_cli.check.reliance import ON_A_DECISION, relied_on
from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.facts.stated import bases
from subproc_cli.problem import Fault


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that stands and falls with a decision."""
    for key, service in subject.personal.items():
        stated = bases(service, subject.day)
        if stated - ON_A_DECISION:
            continue
        countries = [leg.country for leg, _ in relied_on(subject, service)]
        if countries:
            where = " and ".join(dict.fromkeys(countries))
            message = f"{service.name}: the transfer to {where} rests on an adequacy decision alone"
            route = ("services", key, "transfer") if service.transfer else ("services", key, "processing")
            yield Finding(route, message, "add a safeguard behind it: scc or bcr", key)


RULE = Rule(Fault("SP406", "no-fallback", Severity.INFO), __doc__ or "", find)
