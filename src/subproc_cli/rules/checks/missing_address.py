"""The legal entity is stated without its address.

Skipped where the entity itself is missing (SP102).

Why: Controllers should have the address of every subprocessor readily available (EDPB Opinion 22/2024),
and where they authorise each one, Annex III of the standard contractual clauses (Implementing Decision
(EU) 2021/914) asks for it.

Bad:
    deepl: {name: DeepL, entity: {name: DeepL SE}}

Good:
    deepl: {name: DeepL, entity: {name: DeepL SE, address: Example Street 1, 10115 Berlin}}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that lacks it."""
    for key, service in context.personal_data_services.items():
        if service.entity and service.entity.name and not service.entity.address:
            message = f"{service.name}: the address of its legal entity is not stated"
            yield RawFinding(("services", key), message, "add entity.address", key)


RULE = Rule(ErrorCode("SP103", "missing-address", Severity.WARNING), __doc__ or "", find)
