"""Kleene's strong three-valued logic, over all of its three values, and which reasons survive it."""

from itertools import product

import pytest

from subproc_cli.evaluation.verdict import Evidence, Result, Verdict, all_of, any_of

YES, UNKNOWN, NO = Verdict.YES, Verdict.UNKNOWN, Verdict.NO
PAIRS = list(product(Verdict, repeat=2))
TRIPLES = list(product(Verdict, repeat=3))


def judged(verdict: Verdict, *reasons: str) -> Result:
    return Result.from_evidence(
        verdict, *(Evidence(reason, (), ("services", "example")) for reason in reasons)
    )


def both(*verdicts: Verdict) -> Verdict:
    return all_of(map(judged, verdicts)).verdict


def either(*verdicts: Verdict) -> Verdict:
    return any_of(map(judged, verdicts)).verdict


@pytest.mark.parametrize(
    ("one", "other", "conjunction", "disjunction"),
    [
        (YES, YES, YES, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (YES, NO, NO, YES),
        (UNKNOWN, YES, UNKNOWN, YES),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, NO, NO, UNKNOWN),
        (NO, YES, NO, YES),
        (NO, UNKNOWN, NO, UNKNOWN),
        (NO, NO, NO, NO),
    ],
)
def test_both_and_either_follow_the_truth_table(
    one: Verdict, other: Verdict, conjunction: Verdict, disjunction: Verdict
) -> None:
    assert both(one, other) is conjunction
    assert either(one, other) is disjunction


@pytest.mark.parametrize(("verdict", "opposite"), [(YES, NO), (UNKNOWN, UNKNOWN), (NO, YES)])
def test_not_swaps_yes_and_no(verdict: Verdict, opposite: Verdict) -> None:
    assert ~verdict is opposite
    denied, expected = ~judged(verdict, "sees"), judged(opposite, "sees")
    assert (denied.verdict, denied.evidence) == (expected.verdict, expected.evidence)


@pytest.mark.parametrize(("verdict", "word"), [(YES, "yes"), (UNKNOWN, "unknown"), (NO, "no")])
def test_str_of_a_verdict_is_its_word(verdict: Verdict, word: str) -> None:
    assert str(verdict) == word


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_and_either_follow_de_morgan(one: Verdict, other: Verdict) -> None:
    assert ~both(one, other) is either(~one, ~other)
    assert ~either(one, other) is both(~one, ~other)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_and_either_are_commutative_and_absorbing(one: Verdict, other: Verdict) -> None:
    assert both(one, other) is both(other, one)
    assert either(one, other) is either(other, one)
    assert both(one, either(one, other)) is one
    assert either(one, both(one, other)) is one


@pytest.mark.parametrize(("one", "two", "three"), TRIPLES)
def test_both_and_either_are_associative_and_distributive(one: Verdict, two: Verdict, three: Verdict) -> None:
    assert both(one, two, three) is both(both(one, two), three)
    assert either(one, two, three) is either(one, either(two, three))
    assert both(one, either(two, three)) is either(both(one, two), both(one, three))
    assert either(one, both(two, three)) is both(either(one, two), either(one, three))


@pytest.mark.parametrize(("one", "learnt"), list(product(Verdict, (YES, NO))))
def test_both_and_either_with_more_knowledge_keep_a_decided_answer(one: Verdict, learnt: Verdict) -> None:
    for join in (both, either):
        before, after = join(one, UNKNOWN), join(one, learnt)
        assert before in (UNKNOWN, after)


def test_both_and_either_of_unknown_and_its_negation_are_unknown() -> None:
    assert either(UNKNOWN, ~UNKNOWN) is UNKNOWN
    assert both(UNKNOWN, ~UNKNOWN) is UNKNOWN


FIRST, SECOND, THIRD = judged(YES, "first"), judged(NO, "second"), judged(UNKNOWN, "third")


@pytest.mark.parametrize(
    ("given", "conjunction", "disjunction"),
    [
        ([FIRST], ["first"], ["first"]),
        ([FIRST, SECOND], ["second"], ["first"]),
        ([FIRST, THIRD], ["third"], ["first"]),
        ([SECOND, THIRD], ["second"], ["third"]),
        ([FIRST, SECOND, THIRD], ["second"], ["first"]),
        ([FIRST, judged(YES, "fourth")], ["first", "fourth"], ["first", "fourth"]),
        ([judged(NO, "fourth"), SECOND, FIRST], ["fourth", "second"], ["first"]),
        ([FIRST, FIRST], ["first"], ["first"]),
        ([judged(YES, "first", "fifth"), FIRST], ["first", "fifth"], ["first", "fifth"]),
    ],
)
def test_all_of_and_any_of_return_the_deciding_evidence(
    given: list[Result], conjunction: list[str], disjunction: list[str]
) -> None:
    assert [because.reason for because in all_of(given).evidence] == conjunction
    assert [because.reason for because in any_of(given).evidence] == disjunction


def test_all_of_two_statements_with_one_reason_keeps_both() -> None:
    one = Result.from_evidence(YES, Evidence("sees", ("identity",), ("services", "example", "sees", 0)))
    two = Result.from_evidence(YES, Evidence("sees", ("identity",), ("services", "example", "sees", 1)))
    assert all_of([one, two]).evidence == (*one.evidence, *two.evidence)


def test_not_of_a_result_keeps_its_evidence() -> None:
    denied = ~any_of([~FIRST, ~THIRD])
    assert (denied.verdict, denied.evidence) == (UNKNOWN, THIRD.evidence)


@pytest.mark.parametrize(
    ("judgement", "gist"),
    [
        (judged(YES, "first", "fifth"), ["first"]),
        (judged(YES, "based", "part-of-state", "fifth", "with-state"), ["based", "part-of-state"]),
        (all_of([FIRST, judged(YES, "fourth", "fifth")]), ["first", "fourth"]),  # both are needed
        (all_of([judged(NO, "fourth"), SECOND]), ["fourth"]),  # one is enough
        (any_of([judged(NO, "fourth"), SECOND]), ["fourth", "second"]),
        (any_of([FIRST, judged(YES, "fourth")]), ["first"]),
        (~any_of([judged(NO, "fourth"), SECOND]), ["fourth", "second"]),
        (
            all_of([all_of([FIRST, judged(YES, "fourth")]), judged(YES, "fifth")]),
            ["first", "fourth", "fifth"],
        ),
        (all_of([judged(UNKNOWN, "third"), judged(UNKNOWN, "fourth"), FIRST]), ["third", "fourth"]),
    ],
)
def test_summary_of_a_result_has_one_reason_for_each_needed_part(judgement: Result, gist: list[str]) -> None:
    assert [because.reason for because in judgement.summary] == gist
