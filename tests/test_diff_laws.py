"""Laws of the comparison that hold for any two services."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lists import listing
from subproc_cli.diff import kinds
from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.facts import sees
from subproc_cli.registry.index import Index

CATEGORIES = [
    "identity",
    "identity.email",
    "content",
    "content.text",
    "usage",
    "telemetry.logs",
    "everything",
]
PLACES = ["DE", "FR", "US", "CH", "EU", "EEA", "worldwide", "{place: [SE, FR]}", "{place: US, when: x}"]
PLACES += ["zone-1", "{place: US, how: remote-access}", "{place: DE, x-a: 1}"]
HEAD = "regions:\n  zone-1: [DE, FR]\n"
STATEMENTS = [*CATEGORIES, *(f"{{data: {key}, extent: partial}}" for key in CATEGORIES[:4])]
STATEMENTS += ["{data: telemetry.logs, may_contain: [identity]}", "{data: usage, when: x}"]


def some(values: list[str], most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


SERVICES = st.fixed_dictionaries(
    {
        "sees": some(STATEMENTS),
        "never_sees": some(CATEGORIES),
        "processing": some(PLACES),
        "transfer": some(["scc", "dpf", "bcr"]),
        "products": some(["A", "B"]),
        "onward": some(["A", "__B"]),
    },
    optional={
        "purpose": st.sampled_from(["a", "b"]),
        "role": st.sampled_from(["subprocessor", "controller", "vendor", "affiliate"]),
        "activation": st.sampled_from(["always", "opt-in", "opt-out"]),
        "entity": st.sampled_from(["{name: A}", "{name: B, country: DE}", "{country: US}"]),
        "until": st.sampled_from(["2024-06-30", "2024-09-30"]),
        "personal_data": st.sampled_from(["yes", "no"]),
        "x-own": st.sampled_from(["1", "2"]),
    },
)


def listed(service: dict[str, Any]) -> Index:
    fields = "".join(
        f"    {field}: {'[' + ', '.join(value) + ']' if isinstance(value, list) else value}\n"
        for field, value in service.items()
    )
    return listing(f"  a:\n    name: A\n{fields}", head=HEAD)


def reversed_lists(service: dict[str, Any]) -> dict[str, Any]:
    return {
        field: value[::-1] if isinstance(value, list) else value for field, value in reversed(service.items())
    }


@given(SERVICES)
def test_the_same_and_the_reordered_have_no_change(service: dict[str, Any]) -> None:
    assert diff(listed(service), listed(service)) == ()
    assert diff(listed(service), listed(reversed_lists(service))) == ()


@given(SERVICES, SERVICES)
def test_every_differing_leaf_is_claimed_once(old: dict[str, Any], new: dict[str, Any]) -> None:
    before, after = listed(old), listed(new)
    claimed = Counter(leaf for change in diff(before, after) for leaf in leaves(change, before))
    tree = before.tree
    stands = [sees.statements(index.registry.services["a"]) for index in (before, after)]
    differing = {
        leaf for leaf in tree.leaves if sees.standing(stands[0], leaf) is not sees.standing(stands[1], leaf)
    }
    assert set(claimed) == differing
    assert all(count == 1 for count in claimed.values())


def leaves(change: Change, index: Index) -> list[str]:
    if change.field not in ("sees", "never_sees") or change.kind == "data-condition-changed":
        return []
    keys = change.removed or change.added
    return [leaf for key in keys for leaf in index.tree.leaves_under(key)]


ALIKE = {
    "place-added-adequate": "place-added-outside",
    "place-added-eea": "place-added-outside",
    "special-data-added": "data-added",
}


@given(SERVICES, SERVICES)
def test_backwards_is_the_mirror(old: dict[str, Any], new: dict[str, Any]) -> None:
    there, back = diff(listed(old), listed(new)), diff(listed(new), listed(old))
    mirrored = {kinds.BY_NAME[ALIKE.get(change.kind, change.kind)].mirror for change in there}
    assert mirrored == {ALIKE.get(change.kind, change.kind) for change in back}


@given(SERVICES, SERVICES)
def test_nothing_vanishes(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Two services that differ in anything but the way of writing have a change."""
    plain = {"purpose", "role", "activation", "until", "x-own", "personal_data", "entity"}
    default = {"role": "subprocessor", "activation": "always"}
    differs = any(old.get(field, default.get(field)) != new.get(field, default.get(field)) for field in plain)
    differs = differs or any(
        set(old[field]) != set(new[field]) for field in ("transfer", "products", "onward")
    )
    assert bool(diff(listed(old), listed(new))) or not differs
