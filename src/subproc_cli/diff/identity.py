"""The company behind a service, and the names of both."""

from collections.abc import Iterator

from subproc_cli.diff.change import ChangeCandidate, FieldClassifier, to_values
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.enums import Level
from subproc_cli.registry.models import Entity
from subproc_cli.text import fold

_PARTY = (
    ("name", "entity-changed"),
    ("country", "entity-country-changed"),
    ("parent", "entity-parent-changed"),
    ("parent_country", "owner-country-changed"),
)


def classify_name(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the change of the name that customers know."""
    if pair.old.name != pair.new.name:
        yield ChangeCandidate("name-changed", "name", (pair.old.name,), (pair.new.name,))


def classify_entity(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the changes of the contracting party, field by field.

    If a list states the party for the first time and renames the service, it may be another party: nothing
    shows which case it is. An owner that is stated for the first time may have bought the company (EDPB
    Opinion 22/2024).
    """
    old, new = pair.old.entity or Entity(), pair.new.entity or Entity()
    for field, changed in _PARTY:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            stated = "owner-stated" if field == "parent" else "entity-stated"
            kind = changed if before and after else stated if after else "entity-withdrawn"
            candidate = _build_entity_candidate(kind, field, before, after)
            is_stated = kind == "entity-stated" and field == "name"
            if is_stated and fold(pair.old.name) != fold(pair.new.name):
                candidate = candidate._replace(level=Level.NOTICE, implied_kinds=("entity-changed",))
            yield candidate
    if old.address != new.address:
        yield _build_entity_candidate("address-changed", "address", old.address, new.address)


def _build_entity_candidate(kind: str, field: str, before: str | None, after: str | None) -> ChangeCandidate:
    return ChangeCandidate(
        kind, f"entity.{field}", to_values(before), to_values(after), path=("entity", field)
    )


def classify_contact(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the change of the contact."""
    if pair.old.contact != pair.new.contact:
        yield ChangeCandidate(
            "contact-changed", "contact", to_values(pair.old.contact), to_values(pair.new.contact)
        )


CLASSIFIERS = {
    "name": FieldClassifier((classify_name,)),
    "entity": FieldClassifier((classify_entity,)),
    "contact": FieldClassifier((classify_contact,)),
}
