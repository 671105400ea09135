"""The rule contradictory-access (SP201)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.evaluation.data_access import ClaimKind, collect_claims, group_by_category
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every promise that a statement of the same service takes back."""
    for key, service in context.registry.model.services.items():
        for category, claims in group_by_category(collect_claims(service)).items():
            denials = [claim for claim in claims if claim.kind is ClaimKind.NEVER]
            if denials and len(denials) < len(claims):
                label = context.registry.category_tree[category].label
                message = f"{service.name}: {label} is both seen and never seen"
                yield RawFinding(("services", key, *denials[0].path), message, "keep one of the two", key)


RULE = Rule(
    ErrorCode("SP201", "contradictory-access", Severity.ERROR),
    summary="The list states both that a service sees a category and that it never sees it.",
    why=(
        "Two statements of the same weight contradict each other, so the answer to every question about "
        "the category is unknown."
    ),
    bad="crm: {name: CRM, sees: [identity.email], never_sees: [identity.email]}",
    good="crm: {name: CRM, sees: [identity.email], never_sees: [content]}",
    find=find,
)
