"""Laws that verdicts keep whatever a list states: Kleene's, and that more knowledge never lies."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subproc_cli.enums import Regime, Role
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.data_access import EffectiveAccess
from subproc_cli.evaluation.places import AreaCondition, AreaTest, PlaceResolver, evaluate_processing
from subproc_cli.evaluation.verdict import Evidence, Result, Verdict, all_of, any_of
from subproc_cli.reference import categories
from subproc_cli.reference import geography as places
from subproc_cli.registry.field_types import ValidationContext
from subproc_cli.registry.models import Service
from subproc_cli.registry.vocabulary import load_built_in

DAY = date(2024, 6, 1)
TREE, GAZETTEER = categories.load_category_tree(), places.load_gazetteer()
ATLAS = PlaceResolver(GAZETTEER, DAY)
NAMES = st.sampled_from(["DE", "FR", "NO", "CH", "US", "EU", "EEA", "EFTA", "worldwide"])
NEAR = ["everything", "identity", "identity.email", "identity.name"]
"""Few categories, above and below each other, so that statements meet."""
KEYS = st.sampled_from(NEAR)
STATEMENT = st.fixed_dictionaries(
    {"data": KEYS},
    optional={"may_contain": st.lists(KEYS, max_size=2), "extent": st.sampled_from(["full", "partial"])},
)
SEES = st.lists(STATEMENT, max_size=4)
NEVER = st.lists(KEYS, max_size=3)
VERDICTS = st.sampled_from(list(Verdict))


def service(**fields: object) -> Service:
    return Service.model_validate({"name": "A", **fields}, context=ValidationContext(load_built_in()))


def verdict(given_service: Service, key: str) -> Verdict:
    said = data_access.collect_claims(given_service)
    return data_access.evaluate_category(said, TREE, key).verdict


def verdicts(given_service: Service) -> list[Verdict]:
    personal = data_access.evaluate_personal_data(data_access.collect_claims(given_service), TREE).verdict
    return [personal, *(verdict(given_service, key) for key in NEAR)]


def told(judgement: Result) -> tuple[Verdict, tuple[Evidence, ...]]:
    return judgement.verdict, judgement.evidence


@given(SEES, NEVER, st.sampled_from(list(Role)))
def test_all_categories_at_once_are_decided_as_each_by_itself(
    sees: list[dict[str, object]], never: list[str], role: Role
) -> None:
    stated = service(sees=sees, never_sees=never, role=role)
    silent = data_access.evaluate_silent_categories(TREE, role)
    together = {**silent, **data_access.evaluate_stated_categories(stated, TREE)}
    assert [*together] == [each.key for each in TREE]
    for key, result in together.items():
        alone = data_access.category_of(stated, TREE, key)
        assert (result.verdict, result.evidence) == (alone.verdict, alone.evidence)


@given(SEES, NEVER, STATEMENT)
def test_sees_with_one_more_statement_never_lowers_the_verdict(
    seen: list[object], never: list[str], more: object
) -> None:
    """Where it stands beside a promise about the same category, it makes a no unknown."""
    before, after = service(sees=seen, never_sees=never), service(sees=[*seen, more], never_sees=never)
    assert all(one <= two for one, two in zip(verdicts(before), verdicts(after), strict=True))


@given(SEES, NEVER, KEYS)
def test_sees_with_one_more_promise_never_raises_the_verdict(
    seen: list[object], never: list[str], more: str
) -> None:
    before, after = service(sees=seen, never_sees=never), service(sees=seen, never_sees=[*never, more])
    assert all(one >= two for one, two in zip(verdicts(before), verdicts(after), strict=True))


@given(SEES, NEVER)
def test_resolve_access_of_a_leaf_agrees_with_the_verdict(seen: list[object], never: list[str]) -> None:
    about = service(sees=seen, never_sees=never)
    for leaf in NEAR[2:]:
        stands, found = (
            data_access.resolve_access(data_access.collect_claims(about), leaf),
            verdict(about, leaf),
        )
        assert (stands is EffectiveAccess.NEVER) is (found is Verdict.NO)
        assert stands in {EffectiveAccess.SEEN, EffectiveAccess.PART} or found is not Verdict.YES
        assert stands is not EffectiveAccess.SEEN or found is Verdict.YES


@given(SEES, NEVER, KEYS)
def test_evaluate_category_uses_only_related_categories(
    seen: list[object], never: list[str], key: str
) -> None:
    about = service(sees=seen, never_sees=never)
    some_said = data_access.collect_claims(about, data_access.find_related_categories(TREE, key))
    assert told(data_access.evaluate_category(some_said, TREE, key)) == told(
        data_access.evaluate_category(data_access.collect_claims(about), TREE, key)
    )


@given(SEES, NEVER)
def test_evaluate_personal_data_agrees_with_its_categories(seen: list[object], never: list[str]) -> None:
    said = data_access.collect_claims(service(sees=seen, never_sees=never))
    leaves = [
        data_access.evaluate_category(said, TREE, key).verdict
        for key in TREE.leaves
        if TREE[key].personal == "yes"
    ]
    found = data_access.evaluate_personal_data(said, TREE).verdict
    assert found is Verdict.YES or Verdict.YES not in leaves
    assert found is not Verdict.NO or set(leaves) == {Verdict.NO}


AREAS = st.builds(lambda name: ATLAS.build_area([name]), NAMES) | st.lists(
    st.sampled_from(Regime), min_size=1, max_size=2
).map(lambda regimes: ATLAS.build_adequate_area(tuple(regimes)))
"""A region, or what the law of some regimes holds adequate: there a country can be open itself."""
BASES = st.lists(st.sampled_from(["scc", "dpf", "adequacy"]), max_size=2)


@given(st.lists(NAMES, min_size=1, max_size=3), st.integers(0, 2), st.data(), AREAS, BASES)
def test_evaluate_processing_of_a_more_precise_place_keeps_the_verdict(
    names: list[str], at: int, data: st.DataObject, area: AreaTest, bases: list[str]
) -> None:
    at %= len(names)
    closer = data.draw(st.sampled_from(sorted(GAZETTEER.get_countries(names[at], DAY))))
    side = AreaCondition(area, data.draw(st.booleans()))
    before = evaluate_processing("a", service(processing=names, transfer=bases), ATLAS, side).verdict
    places = [*names[:at], closer, *names[at + 1 :]]
    after = evaluate_processing("a", service(processing=places, transfer=bases), ATLAS, side).verdict
    assert before is Verdict.UNKNOWN or after is before


@given(NAMES, st.sampled_from(Regime), st.sampled_from(["dpf", "adequacy"]))
def test_evaluate_processing_with_one_more_basis_is_no_less_adequate(
    name: str, regime: Regime, basis: str
) -> None:
    side = AreaCondition(ATLAS.build_adequate_area((regime,)), is_outside=False)
    before, after = (
        evaluate_processing("a", service(processing=[name], transfer=bases), ATLAS, side).verdict
        for bases in ([], [basis])
    )
    assert after >= before


@given(st.lists(NAMES, max_size=3), AREAS, BASES)
def test_evaluate_processing_inside_is_the_opposite_of_outside(
    names: list[str], area: AreaTest, bases: list[str]
) -> None:
    for name in names:
        inside, outside = (
            evaluate_processing(
                "a", service(processing=[name], transfer=bases), ATLAS, AreaCondition(area, out)
            ).verdict
            for out in (False, True)
        )
        assert inside is ~outside


def test_evaluate_processing_without_places_is_unknown() -> None:
    for region in GAZETTEER:
        side = AreaCondition(ATLAS.build_area([region.key]), is_outside=True)
        assert evaluate_processing("a", service(), ATLAS, side).verdict is Verdict.UNKNOWN


@given(st.lists(VERDICTS, min_size=1, max_size=4))
def test_all_of_is_the_lowest_and_any_of_the_highest_verdict(given_verdicts: list[Verdict]) -> None:
    judged = [Result.from_evidence(each) for each in given_verdicts]
    assert all_of(judged).verdict is min(given_verdicts)
    assert any_of(judged).verdict is max(given_verdicts)
    assert told(~all_of(judged)) == told(any_of([~each for each in judged]))


@pytest.mark.parametrize("value", list(Verdict))
def test_not_of_a_verdict_twice_returns_it(value: Verdict) -> None:
    assert ~~value is value
