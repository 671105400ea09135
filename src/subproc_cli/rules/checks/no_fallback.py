"""A place outside the EEA rests on an adequacy decision alone, with no safeguard behind it.

Why: Two decisions on the United States were declared invalid (Safe Harbour in C-362/14, the Privacy Shield
in C-311/18); with clauses in place, a transfer would not stop overnight.

Bad:
    chat: {name: Chat, processing: [US], transfer: [dpf]}

Good:
    chat: {name: Chat, processing: [US], transfer: [dpf, scc]}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.evaluation.attributes import bases
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.rules.transfers import ON_A_DECISION, fallback, relied_on


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that stands and falls with a decision."""
    for key, service in subject.personal.items():
        if bases(service, subject.day) - ON_A_DECISION:
            continue
        legs = [leg for leg, _ in relied_on(subject, service)]
        if legs:
            where = " and ".join(dict.fromkeys(leg.country for leg in legs))
            message = f"{service.name}: the transfer to {where} rests on an adequacy decision alone"
            route = ("services", key, "transfer") if service.transfer else ("services", key, "processing")
            yield Finding(route, message, fallback(subject, service, [leg.regime for leg in legs]), key)


RULE = Rule(Fault("SP406", "no-fallback", Severity.INFO), __doc__ or "", find)
