"""The rule claim-contradicted (SP202)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Role, Severity
from subproc_cli.evaluation.data_access import collect_claims, evaluate_personal_data, locate_evidence
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every claim that the statements of its service contradict."""
    for key, service in context.current_services.items():
        field, claim = _get_claim(service)
        if claim is None:
            continue
        result = locate_evidence(
            evaluate_personal_data(collect_claims(service), context.registry.category_tree), key, service
        )
        if result.verdict is (Verdict.NO if claim else Verdict.YES):
            claim_text = "sees personal data" if claim else "sees no personal data"
            message = (
                f"{service.name} is listed as a service that {claim_text}, "
                "but other statements contradict this"
            )
            yield RawFinding(("services", key, field), message, "", key, evidence=result.evidence)


def _get_claim(service: Service) -> tuple[str, bool | None]:
    """Return the field with a claim about personal data, and the claim."""
    if service.personal_data is None and service.role is Role.VENDOR:
        return "role", False
    return "personal_data", service.personal_data


RULE = Rule(
    ErrorCode("SP202", "claim-contradicted", Severity.WARNING),
    summary="The publisher's claim about personal data contradicts what the service sees.",
    details="The role `vendor` is such a claim too: it means that the service sees no personal data.",
    why=(
        "An online identifier such as a persistent user id, a cookie id or an IP address is personal data "
        "where it can be linked to a person, even under a pseudonym (Art. 4(1), recitals 26 and 30 GDPR)."
    ),
    bad="tours: {name: Tours, personal_data: no, sees: [account.user_id]}",
    good="tours: {name: Tours, personal_data: yes, sees: [account.user_id]}",
    find=find,
)
