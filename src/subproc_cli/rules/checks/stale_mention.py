"""An active service still names a retired one, as what it replaces or whom it passes data to.

What it replaces may be named for 365 days up to the date of the list: from its own since, or from the
until of the other one where it states none.

Why: A replacement that is long done needs no mention, and data is not passed to who is gone.

Bad:
    services: {old: {name: Old, until: 2024-01-01}, new: {name: New, onward: [Old]}}

Good:
    services: {old: {name: Old, until: 2024-01-01}, new: {name: New}}
"""

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


RULE = Rule(ErrorCode("SP211", "stale-mention", Severity.INFO), __doc__ or "", find)
