"""The rule removed-without-retiring (SP305)."""

from collections.abc import Iterator, Mapping

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.diff.change import Change
from subproc_cli.diff.merges import find_current_service
from subproc_cli.enums import Severity
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import State, get_state
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that was removed without a last day of use."""
    if not context.baseline:
        return
    old = context.baseline.base.model.services
    for change in context.baseline.changes:
        key = _find_removed_id(change, context.registry.model.services)
        service = old.get(key)
        target = find_current_service(context.registry, key)
        is_merged = target is not None and get_state(target, context.registry.model.date) is not State.RETIRED
        if service and service.until is None and not is_merged:
            message = f"{service.name} was removed without being retired first"
            hint = f"subproc retire {key} --until DATE keeps it for the record"
            yield RawFinding(("services",), message, hint, key)


def _find_removed_id(change: Change, services: Mapping[str, Service]) -> str:
    """Return the id that a change removed from the list; empty if it removed none."""
    if change.kind == "service-removed":
        return change.service
    replaced = services[change.service].replaces if change.kind == "service-replaced" else None
    return replaced if replaced and replaced not in services else ""


RULE = Rule(
    ErrorCode("SP305", "removed-without-retiring", Severity.WARNING),
    summary="A service was removed from the list without being retired first.",
    details=(
        "Keep a service that another one replaces as well. A service whose id is in `formerly` of another "
        "one is not found while that one is in use: it is part of it."
    ),
    why=(
        "A question about a day in the past no longer finds the service. Set `until` first, and keep the "
        "entry."
    ),
    bad="services: {}    # deepl was here before",
    good="services: {deepl: {name: DeepL, until: 2024-02-18}}",
    find=find,
    needs_baseline=True,
)
