"""The rule basis-ending (SP405)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext

DAYS = 90


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every basis that ends soon or has ended."""
    for key, service in context.personal_data_services.items():
        for position, transfer in enumerate(service.transfer):
            last = transfer.until
            if last and (last - context.as_of).days <= DAYS:
                verb = "ended" if last < context.as_of else "ends"
                message = f"{service.name}: the basis {transfer.basis} {verb} on {last}"
                yield RawFinding(
                    ("services", key, "transfer", position), message, "renew it, or add another", key
                )


RULE = Rule(
    ErrorCode("SP405", "basis-ending", Severity.WARNING),
    summary="A stated basis ends within 90 days, or has ended.",
    why=(
        "A certification under the Data Privacy Framework is renewed every year; the adequacy decision "
        "does not cover a recipient without one (Art. 45 GDPR)."
    ),
    bad=(
        "chat: {name: Chat, processing: [US], transfer: [{basis: dpf, until: 2024-03-01}]}    # in "
        "February 2024"
    ),
    good="chat: {name: Chat, processing: [US], transfer: [{basis: dpf, until: 2025-03-01}]}",
    find=find,
    is_time_dependent=True,
)
