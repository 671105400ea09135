"""A transfer basis is stated although nothing leaves.

Every place lies at home under every regime of the list (the EEA under the GDPR, the United Kingdom under
the UK GDPR), and the legal entity is not known to sit elsewhere, whose staff could look in from there.

Why: A basis suggests a transfer; either a place is missing, or the basis is not needed.

Bad:
    host: {name: Host, processing: [DE], transfer: [scc]}

Good:
    host: {name: Host, processing: [DE]}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.evaluation.places import Side, based, processes
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.text import listed


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that states a basis and no place that needs one."""
    outside = Side(subject.atlas.area(subject.home), outside=True)
    home = listed(dict.fromkeys(home for law in subject.laws for home in law.home))
    for key, service in subject.personal.items():
        if service.transfer and _stays(key, service, subject, outside):
            message = f"{service.name} states a transfer basis, but every place lies at home ({home})"
            yield Finding(("services", key, "transfer"), message, "add the place that it is for", key)


def _stays(key: str, service: Service, subject: Subject, outside: Side) -> bool:
    places = processes(key, service, subject.atlas, outside).verdict
    return places is Verdict.NO and based(key, service, outside).verdict is not Verdict.YES


RULE = Rule(Fault("SP205", "redundant-basis", Severity.INFO), __doc__ or "", find)
