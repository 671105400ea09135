"""The rule missing-notice-terms (SP111)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import SUBPROCESSORS, Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import join_words


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield the terms that a notice would lack, as one finding."""
    notice = context.registry.model.notice
    terms = {"period of notice": notice.days, "contact for objections": notice.contact}
    missing = [f"no {term}" for term, value in terms.items() if value is None]
    if missing and any(service.role in SUBPROCESSORS for service in context.current_services.values()):
        message = f"the list states {join_words(missing)}"
        yield RawFinding(("notice",), message, "add notice.days and notice.contact, as in the contracts")


RULE = Rule(
    ErrorCode("SP111", "missing-notice-terms", Severity.INFO),
    summary="The list has subprocessors, but does not state a period of notice or a contact for objections.",
    why=(
        "Customers must be informed of a new subprocessor in advance, so that they can object (Art. 28(2) "
        "GDPR). The contract sets the period (Clause 9(a) of the standard contractual clauses leaves it to "
        "the parties). Without a period and a contact, `subproc notice` cannot write until when and where to "
        "object."
    ),
    bad="services: {deepl: {name: DeepL}}",
    good="notice: {days: 30, contact: privacy@example.com}\nservices: {deepl: {name: DeepL}}",
    find=find,
)
