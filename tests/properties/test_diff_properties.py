"""Laws of the comparison that hold for any two lists."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_strategies import FEWER, Data, field, in_lines, loaded, mapping, registries, settled
from subproc_cli.diff.change import Change, find_highest_level
from subproc_cli.diff.classify import diff
from subproc_cli.diff.compare import compare, to_mapping
from subproc_cli.diff.data import find_kind
from subproc_cli.diff.vocabulary import strip_remainder
from subproc_cli.enums import Level
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.data_access import EffectiveAccess
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.reference.categories import CategoryTree, covers
from subproc_cli.registry import change_kinds
from subproc_cli.registry.change_kind import get_default_level
from subproc_cli.registry.file_form import find_key
from subproc_cli.registry.introspect import list_file_fields
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.registry.registry import Registry


def listed(data: Data) -> Registry:
    return loaded(in_lines(data))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Data, Data]:
    """Two lists with the same own words: some of each service stays, some changes, some services come and go."""
    old, other = draw(registries()), draw(registries())
    new = draw(mixed(old, other))
    services = dict(other["services"])
    for key in old["services"].keys() & services.keys():
        services[key] = draw(mixed(old["services"][key], services[key]))
    lists = [
        settled({**each, "format": 1, "date": old["date"]}) for each in (old, {**new, "services": services})
    ]
    words = {name: lists[1].get(name, {}) | lists[0].get(name, {}) for name in ("categories", "regions")}
    return {**lists[0], **words}, {**lists[1], **words}


@st.composite
def mixed(draw: st.DrawFn, old: Data, new: Data) -> Data:
    """A mapping with each of its fields as it is in one of two."""
    chosen = {name: draw(st.sampled_from([old, new])) for name in {**old, **new}}
    return {name: side[name] for name, side in chosen.items() if name in side}


@given(registries())
def test_diff_of_a_list_with_itself_is_empty(data: Data) -> None:
    assert diff(listed(data), listed(data)) == ()


@given(registries(), st.randoms(use_true_random=False))
def test_diff_of_a_reordered_list_is_empty(data: Data, chance: Any) -> None:
    assert diff(listed(data), listed(shuffled(data, chance))) == ()


def shuffled(value: Any, chance: Any, *, own: bool = False) -> Any:
    """Return plain data in another order, except fields of the publisher and texts whose first language counts."""
    if own or not isinstance(value, dict | list):
        return value
    if isinstance(value, dict) and value and value.keys() <= {*find_languages()} - {"en"}:
        return value  # without English, the first text stands for all
    if isinstance(value, list):
        return chance.sample([shuffled(each, chance) for each in value], len(value))
    rows = [(key, shuffled(each, chance, own=key.startswith("x-"))) for key, each in value.items()]
    return dict(chance.sample(rows, len(rows)))


JUDGED = frozenset(("sees", "never_sees", "processing"))
"""Fields that are judged by what they mean, so that another way of writing is no change."""
LISTS = ("subjects", "onward", "certifications")


@given(pairs())
@FEWER
def test_diff_reports_every_difference_once(lists: tuple[Data, Data]) -> None:
    old, new = map(listed, lists)
    changes = diff(old, new)
    assert len({each.fingerprint for each in changes}) == len(changes)
    assert len({each.topic_key for each in changes}) == len(changes)
    comparison = compare(old, new)
    for pair in comparison.pairs:
        mine = [each for each in changes if each.service == pair.key]
        differing = {find_key(field, Service) for field in pair.fields}
        differing |= {".".join(delta.path) for delta in pair.custom_deltas}
        told = [
            each.field if "x-" in each.field else find_key(each.field.partition(".")[0], Service)
            for each in mine
        ]
        assert set(told) <= differing | {"processing"} | (
            {"sees", "never_sees"} if JUDGED & differing else set()
        )
        assert differing - JUDGED <= set(told)
        for name in LISTS:
            assert_told_once(name, mine, getattr(pair.old, name), getattr(pair.new, name))
        assert_leaves_told_once(comparison.vocabulary.tree, pair.old, pair.new, mine)
    gone = [each for each in changes if each.service in comparison.removed]
    came = [each for each in changes if each.service in comparison.added]
    assert Counter(each.service for each in came) == Counter(comparison.added)
    replaced = {new.model.services[each.service].replaces for each in came if each.kind == "service-replaced"}
    assert Counter(each.service for each in gone) == Counter(set(comparison.removed) - replaced)


def assert_told_once(name: str, changes: list[Change], old: tuple[str, ...], new: tuple[str, ...]) -> None:
    told = [each for each in changes if each.field == name]
    assert sorted(value for each in told for value in each.removed) == sorted(set(old) - set(new))
    assert sorted(value for each in told for value in each.added) == sorted(set(new) - set(old))


def assert_leaves_told_once(tree: CategoryTree, old: Service, new: Service, changes: list[Change]) -> None:
    before, after = (
        {leaf: data_access.resolve_access(said, leaf) for leaf in tree.leaves}
        for said in map(data_access.collect_claims, (old, new))
    )
    differing = {leaf for leaf in tree.leaves if before[leaf] is not after[leaf]}
    mine = [each for each in changes if each.field in ("sees", "never_sees")]
    told = [key for each in mine for key in each.removed or each.added]
    assert Counter(leaf for key in told for leaf in leaves(key, tree, differing, told)) == Counter(differing)


def leaves(key: str, tree: CategoryTree, differing: set[str], told: list[str]) -> list[str]:
    """Return the leaves that a category stands for: all below it, or what the own ones below leave of it."""
    under = tree.find_leaves(key)
    apart = any(other != key and covers(key, other) for other in told) or not differing.issuperset(under)
    return [leaf for leaf in under if strip_remainder(leaf) == key] if apart else [*under]


ALIKE = {
    "place-added-adequate": "place-added-outside",
    "place-added-eea": "place-added-outside",
    "special-data-added": "data-added",
    "owner-stated": "entity-stated",
}
"""Kinds that another one mirrors as well."""


@given(pairs())
def test_diff_in_reverse_has_the_mirrored_kinds(lists: tuple[Data, Data]) -> None:
    old, new = (listed(alone(each)) for each in lists)
    there, back = diff(old, new), diff(new, old)
    mirrored = {(each.service, change_kinds.KINDS_BY_NAME[alike(each)].mirror) for each in there}
    assert mirrored == {(each.service, alike(each)) for each in back}


def alike(change: Change) -> str:
    return ALIKE.get(change.kind, change.kind)


def alone(data: Data) -> Data:
    """Return a list without what has no mirror.

    That is what one service says of another, which only the newer of two lists can say, and promises that
    the same service contradicts.
    """
    tied = ("formerly", "replaces")
    services = {
        key: consistent({name: value for name, value in each.items() if name not in tied})
        for key, each in data["services"].items()
    }
    return {**data, "services": services}


def consistent(service: Data) -> Data:
    said = json.dumps(service.get("sees", []))
    kept = [each for each in service.get("never_sees", ()) if json.dumps(each) not in said]
    return service | ({"never_sees": kept} if "never_sees" in service else {})


APART = frozenset(("name", "entity", "formerly", "replaces", "role", "since", "until"))
"""What tells which service it is, in whose name it acts and when: that decides what else demands a notice."""


@st.composite
def three(draw: st.DrawFn) -> tuple[Registry, ...]:
    """Three revisions of a list with one service, each with some of the fields of the one before."""
    services = [draw(mapping(Service)) for _ in range(3)]
    for at in (1, 2):
        services[at] = draw(mixed(services[at - 1], services[at]))
    name = {"name": "A"}
    lists = [one({key: value for key, value in each.items() if key not in APART} | name) for each in services]
    words: Data = {"categories": {}, "regions": {}}
    for each in map(settled, lists):
        words = {field: words[field] | each.get(field, {}) for field in words}
    return tuple(listed({**settled(each), **words}) for each in lists)


@given(three())
def test_diff_in_two_steps_has_no_lower_level_than_in_one(lists: tuple[Registry, ...]) -> None:
    first, between, last = lists
    steps = find_highest_level((*diff(first, between), *diff(between, last)))
    order = (*Level, None)
    assert order.index(steps) <= order.index(find_highest_level(diff(first, last)))


@pytest.mark.parametrize("first", EffectiveAccess)
@pytest.mark.parametrize("last", EffectiveAccess)
def test_data_change_in_two_steps_has_no_lower_level_than_in_one(
    first: EffectiveAccess, last: EffectiveAccess
) -> None:
    for between in EffectiveAccess:
        assert min(demanded(first, between), demanded(between, last)) <= demanded(first, last), between


def demanded(before: EffectiveAccess, after: EffectiveAccess) -> int:
    """Return the place of a level, the most demanding first; behind all if nothing changed."""
    return (
        len(Level)
        if before is after
        else list(Level).index(get_default_level(change_kinds.KINDS_BY_NAME[find_kind(before, after)]))
    )


@FEWER
@given(data=st.data())
@pytest.mark.parametrize("name", [name for name in list_file_fields(Service) if name not in JUDGED])
def test_diff_of_another_value_is_a_change_of_its_field(name: str, data: st.DataObject) -> None:
    service = data.draw(mapping(Service))
    values = [
        data.draw(field(Service, name) | (st.none() if name != "name" else st.nothing())) for _ in range(2)
    ]
    old, new = (listed(settled(one(service | {name: value}))) for value in values)
    changes = diff(old, new)
    assert {
        find_key(each.field.partition(".")[0], Service) for each in changes if "x-" not in each.field
    } <= {name}
    before, after = (to_mapping(index.model.services["a"]) for index in (old, new))
    assert bool(changes) == (before != after or own(old) != own(new))


def one(service: Data) -> Data:
    stated = {name: value for name, value in service.items() if value is not None}
    return {
        "format": 1,
        "publisher": "A",
        "version": "1.0.0",
        "date": "2024-01-01",
        "services": {"a": stated},
    }


def own(index: Registry) -> str:
    """Return what the publisher's own fields of a list hold, where `1` and `true` are two values."""
    return repr([each for each in _own(index.model) if each])


def _own(value: Any) -> Iterator[Any]:
    if isinstance(value, Service | RegistryModel) or hasattr(value, "own"):
        yield value.own
        value = vars(value)
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
        yield from _own(each)
