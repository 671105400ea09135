"""The rule possible-rename (SP308)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.registry.models import Service
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import fold


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every new service that resembles one that was removed or ends, and does not name it."""
    if not context.baseline:
        return
    before = context.baseline.base.model.services
    gone = {
        key: service
        for key, service in before.items()
        if key not in context.registry.model.services
        or context.registry.model.services[key].until is not None
    }
    for key, service in context.current_services.items():
        if key in before or service.formerly or service.replaces:
            continue
        former = next((each for each, old in gone.items() if _is_similar(old, service)), None)
        if former:
            message = f"{service.name} may be {gone[former].name} under another id"
            hint = (
                f"if it is the same service, write formerly: [{former}]; if it takes over, replaces: {former}"
            )
            yield RawFinding(("services", key), message, hint, key)


def _is_similar(old: Service, new: Service) -> bool:
    """Return whether two services share their places or entity, and have a name in common."""
    same_entity = bool(
        old.entity and new.entity and old.entity.name and fold(old.entity.name) == fold(new.entity.name or "")
    )
    same_places = bool(old.processing) and old.processing == new.processing
    return (same_entity or same_places) and _has_similar_name(old.name, new.name)


def _has_similar_name(one: str, other: str) -> bool:
    words, others = fold(one).split(), fold(other).split()
    return words[:1] == others[:1] or set(words) <= set(others) or set(others) <= set(words)


RULE = Rule(
    ErrorCode("SP308", "possible-rename", Severity.WARNING),
    summary="A new service resembles one that was removed, and nothing says whether it is the same service.",
    details=(
        "Two services resemble each other if they share the first word of their names, and their legal "
        "entity or their places. The rule does not decide which case it is."
    ),
    why=(
        "Without formerly, customers are notified of a new subprocessor that they know already; without "
        "replaces, nothing informs them of what it takes over (Art. 28(2) GDPR)."
    ),
    bad="example-mail-inc: {name: Example Mail Inc, processing: [US]}    # was example-mail before",
    good="example-mail-inc: {name: Example Mail Inc, processing: [US], formerly: [example-mail]}",
    find=find,
    needs_baseline=True,
)
