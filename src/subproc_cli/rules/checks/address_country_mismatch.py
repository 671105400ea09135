"""The address of a legal entity ends in another country than the one stated.

Why: One of the two is wrong, and every question about where the party sits rests on them.

Bad:
    host: {name: Host, entity: {name: Example Ltd, address: "1 Example Road, London, UK", country: IE}}

Good:
    host: {name: Host, entity: {name: Example Ltd, address: "1 Example Road, London, UK", country: GB}}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Finding, Rule, Subject

_SHORT = frozenset(("USA", "UK", "US", "UAE"))
"""Codes that end an address as the name of a country would; others, such as CA, name states and provinces."""
_STATES = frozenset(("Georgia", "Jersey"))
"""Names that end an address within the United States as well."""


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every entity whose address ends in the name of another country."""
    for key, service in subject.services.items():
        entity = service.entity
        if not (entity and entity.address and entity.country):
            continue
        named = _country(subject, entity.address)
        if named and named != entity.country:
            message = f"{service.name}: the address ends in {named}, but the country is {entity.country}"
            yield Finding(("services", key, "entity", "country"), message, "", key)


def _country(subject: Subject, address: str) -> str | None:
    tail = address.rpartition(",")[2].strip(" .")
    last = tail.rpartition(" ")[2]
    if last in _SHORT:
        return subject.index.gazetteer.find(last)
    return subject.index.gazetteer.find(tail) if len(tail) > 3 and tail not in _STATES else None  # noqa: PLR2004


RULE = Rule(Fault("SP206", "address-country-mismatch", Severity.WARNING), __doc__ or "", find)
