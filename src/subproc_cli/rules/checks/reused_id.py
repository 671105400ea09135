"""The rule reused-id (SP306)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.diff.compare import match_services
from subproc_cli.diff.merges import find_companies, find_merged_services
from subproc_cli.enums import Severity
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import fold

_NEW_ID_HINT = "give the new service a new id"


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every id that may now belong to another service, by its name and its entity."""
    if not context.baseline:
        return
    old, new_date = context.baseline.base.model.services, context.registry.model.date
    for key, former in match_services(old, context.registry.model.services).items():
        before, service = old[former], context.current_services.get(key)
        if service is None:
            continue
        old_entity, new_entity = (
            fold(listed_service.entity.name or "") if listed_service.entity else ""
            for listed_service in (before, service)
        )
        is_renamed = fold(before.name) != fold(service.name)
        is_back = bool(before.until and before.until <= new_date)
        if old_entity and new_entity and old_entity != new_entity and (is_renamed or is_back):
            message = f"the id {former} belonged to {before.name}, and now belongs to {service.name}"
            yield RawFinding(("services", key), message, _NEW_ID_HINT, key)
        elif is_renamed and not (old_entity and new_entity):
            yield _build_unlinked_finding(key, before, service, None if key != former else Severity.WARNING)
    yield from _iter_merged(context)


def _iter_merged(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that is listed as part of one of another company."""
    old = context.baseline.base if context.baseline else context.registry
    for key, service in context.current_services.items():
        for before in find_merged_services(old, context.registry, key):
            if find_companies(before, service):
                message = f"{before.name} is now a part of {service.name}, which belongs to another company"
                hint = "keep the service with its last day of use, and remove its id from formerly"
                yield RawFinding(("services", key, "formerly"), message, hint, key)


def _build_unlinked_finding(
    key: str, before: Service, service: Service, severity: Severity | None
) -> RawFinding:
    message = (
        f"nothing shows that {service.name} is the same service as {before.name}: not both state an entity"
    )
    hint = f"{_NEW_ID_HINT}, or state the entity before the name changes"
    return RawFinding(("services", key), message, hint, key, severity)


RULE = Rule(
    ErrorCode("SP306", "reused-id", Severity.ERROR),
    summary=(
        "An id now belongs to a service of another company, or nothing shows that the service is still the "
        "same."
    ),
    details=(
        "The ids in `formerly` count as well, also of a service that is now a part of another one. If the "
        "name has changed, only the same legal entity in both revisions shows that the service is the same. "
        "If the id is unchanged and one of the revisions states no entity, the finding is a warning."
    ),
    why="An id identifies a service permanently; under a reused id, a new subprocessor looks like an edit.",
    bad="chat: {name: Other Chat, entity: {name: Other Ltd}}    # chat was Chat of Example Inc",
    good="other-chat: {name: Other Chat, entity: {name: Other Ltd}, replaces: chat}",
    find=find,
    needs_baseline=True,
)
