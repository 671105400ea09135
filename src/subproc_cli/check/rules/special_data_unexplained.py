"""A service sees special categories of data, without a note or a condition.

Why: Their processing is forbidden unless an exception holds (Art. 9 GDPR), and Annex I.B of the
standard contractual clauses asks for the safeguards.

Bad:
    lab: {name: Lab, sees: [special.health]}

Good:
    lab: {name: Lab, sees: [{data: special.health, note: encrypted with a key that the customer holds}]}
"""

from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.problem import Fault


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every statement about special data that explains nothing."""
    for key, service in subject.personal.items():
        for position, statement in enumerate(service.sees):
            special = subject.index.tree[statement.data].special
            if special and not statement.note and not statement.when:
                label = subject.index.tree[statement.data].label
                message = f"{service.name} sees special categories of data: {label}"
                route = ("services", key, "sees", position)
                yield Finding(route, message, "add a note on the exception and the safeguards", key)


RULE = Rule(Fault("SP210", "special-data-unexplained", Severity.WARNING), __doc__ or "", find)
