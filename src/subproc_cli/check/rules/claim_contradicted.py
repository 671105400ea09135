"""The publisher's claim about personal data does not fit what the service sees.

Why: An online identifier such as a persistent user id, a cookie id or an IP address is personal data
(Art. 4(1) and recital 30 GDPR), also under a pseudonym.

Bad:
    tours: {name: Tours, personal_data: no, sees: [account.user_id]}

Good:
    tours: {name: Tours, personal_data: yes, sees: [account.user_id]}
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.facts.sees import explained, personal, statements
from subproc_cli.problem import Fault
from subproc_cli.verdict import Verdict


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every claim that the statements of its service contradict."""
    for key, service in subject.services.items():
        if service.personal_data is None:
            continue
        found = explained(personal(statements(service), subject.index.tree), key, service)
        expected = Verdict.NO if service.personal_data else Verdict.YES
        if found.verdict is expected:
            claim = "sees personal data" if service.personal_data else "sees no personal data"
            message = f"{service.name} is listed as one that {claim}, but its statements say otherwise"
            route = ("services", key, "personal_data")
            yield Finding(route, message, "", key, because=found.because)


RULE = Rule(Fault("SP202", "claim-contradicted", Severity.WARNING), __doc__ or "", find)
