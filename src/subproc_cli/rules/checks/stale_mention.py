"""The rule stale-mention (SP211)."""

from collections.abc import Iterator
from datetime import date

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import fold

YEAR = 365


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every mention of a retired service."""
    everything = context.registry.model.services
    retired = {key: service for key, service in everything.items() if key not in context.current_services}
    names = {fold(word) for key, service in retired.items() for word in (key, service.name)}
    for key, service in context.current_services.items():
        replaced = retired.get(service.replaces or "")
        if replaced and _is_long_ago(service.since or replaced.until, context.registry.model.date):
            message = f"{service.name} still replaces {service.replaces}, which is retired"
            yield RawFinding(("services", key, "replaces"), message, "", key)
        for position, name in enumerate(service.onward):
            if fold(name) in names:
                message = f"{service.name} passes data on to {name}, which is retired"
                yield RawFinding(("services", key, "onward", position), message, "", key)


def _is_long_ago(replaced: date | None, published: date) -> bool:
    return replaced is None or (published - replaced).days > YEAR


RULE = Rule(
    ErrorCode("SP211", "stale-mention", Severity.INFO),
    summary="An active service still names a retired one in `replaces` or `onward`.",
    details=(
        "`replaces` may name a retired service for 365 days. The days run from the `since` of the new "
        "service or, without one, from the `until` of the retired service, to the date of the list."
    ),
    why="A replacement of long ago needs no mention, and a retired service receives no data.",
    bad="services: {old: {name: Old, until: 2024-01-01}, new: {name: New, onward: [Old]}}",
    good="services: {old: {name: Old, until: 2024-01-01}, new: {name: New}}",
    find=find,
)
