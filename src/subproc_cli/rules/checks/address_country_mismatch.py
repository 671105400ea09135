"""The rule address-country-mismatch (SP206)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext

_ABBREVIATIONS = frozenset(("USA", "UK", "US", "UAE"))
"""Country codes that can end an address; others, such as CA, are also codes of states and provinces."""
_AMBIGUOUS_NAMES = frozenset(("Georgia", "Jersey"))
"""Names that end an address within the United States as well."""
_SHORTEST_NAME = 4
"""Length of the shortest country name; a shorter end of an address is a code of a state or province."""


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every entity whose address ends in the name of another country."""
    for key, service in context.current_services.items():
        entity = service.entity
        if not (entity and entity.address and entity.country):
            continue
        country = _find_country(context, entity.address)
        if country and country != entity.country:
            message = f"{service.name}: the address ends in {country}, but the country is {entity.country}"
            yield RawFinding(("services", key, "entity", "country"), message, "", key)


def _find_country(context: RuleContext, address: str) -> str | None:
    tail = address.rpartition(",")[2].strip(" .")
    last = tail.rpartition(" ")[2]
    if last in _ABBREVIATIONS:
        return context.registry.gazetteer.find(last)
    if len(tail) < _SHORTEST_NAME or tail in _AMBIGUOUS_NAMES:
        return None
    return context.registry.gazetteer.find(tail)


RULE = Rule(
    ErrorCode("SP206", "address-country-mismatch", Severity.WARNING),
    summary="The address of a legal entity ends in another country than the stated one.",
    why="One of the two is wrong, and every question about the country of the entity depends on them.",
    bad=(
        'host: {name: Host, entity: {name: Example Ltd, address: "1 Example Road, London, UK", country: IE}}'
    ),
    good=(
        'host: {name: Host, entity: {name: Example Ltd, address: "1 Example Road, London, UK", country: GB}}'
    ),
    find=find,
)
