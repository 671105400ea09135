"""A transfer basis is stated although every place lies within the EEA.

Why: A basis suggests a transfer; either a place is missing, or the basis is not needed.

Bad:
    host: {name: Host, processing: [DE], transfer: [scc]}

Good:
    host: {name: Host, processing: [DE]}
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.facts.places import Side, processes
from subproc_cli.problem import Fault
from subproc_cli.verdict import Verdict


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that states a basis and no place that needs one."""
    outside = Side(subject.atlas.area(["EEA"]), outside=True)
    for key, service in subject.personal.items():
        if service.transfer and processes(key, service, subject.atlas, outside).verdict is Verdict.NO:
            message = f"{service.name} states a transfer basis, but every place lies within the EEA"
            yield Finding(("services", key, "transfer"), message, "add the place that it is for", key)


RULE = Rule(Fault("SP205", "redundant-basis", Severity.INFO), __doc__ or "", find)
