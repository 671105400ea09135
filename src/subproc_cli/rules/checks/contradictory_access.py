"""The same category is seen and never seen.

Why: Two statements of the same weight contradict each other; the answer to every question about it is
unknown.

Bad:
    crm: {name: CRM, sees: [identity.email], never_sees: [identity.email]}

Good:
    crm: {name: CRM, sees: [identity.email], never_sees: [content]}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.evaluation.data_access import Stance, by_category, statements
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every promise that a statement of the same service takes back."""
    for key, service in subject.index.registry.services.items():
        for category, here in by_category(statements(service)).items():
            denied = [each for each in here if each.stance is Stance.NEVER]
            if denied and len(denied) < len(here):
                label = subject.index.tree[category].label
                message = f"{service.name}: {label} is both seen and never seen"
                yield Finding(("services", key, *denied[0].route), message, "keep one of the two", key)


RULE = Rule(Fault("SP201", "contradictory-access", Severity.ERROR), __doc__ or "", find)
