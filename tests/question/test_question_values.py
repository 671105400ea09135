"""The parts of questions as values: equal if they mean the same, and shown with their fields."""

import pytest

from subproc_cli.question.query import And, Clause, Not, Or, Query, Question, Who, normalize, normalize_query

A, B, C = Clause("has", ("dpa",)), Clause("sees", ("content",)), Clause("in-use")
IN = Clause("product", ("A, b",))


def test_values_are_equal_if_class_and_fields_are() -> None:
    assert Clause("has", ("dpa",)) == A
    assert len({Clause("has", ("dpa",)), A, B}) == 2
    assert And((A, B)) != Or((A, B))
    assert Clause("in-use") == Clause("in-use", ())
    assert Who() == Who("", None, "services")
    assert Who(noun="vendors") != Who()


def test_value_with_other_values_of_some_fields_keeps_the_others() -> None:
    query = Query("list", Who("controller"), A)
    assert query._replace(kind="count") == Query("count", Who("controller"), A)
    assert query.kind == "list"


def test_value_is_shown_with_its_class_and_fields() -> None:
    assert repr(Not(C)) == "Not(part=Clause(arguments=(), name='in-use'))"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (A, "has(dpa)"),
        (C, "in-use()"),
        (IN, 'product("A, b")'),
        (Clause("in", ("DE", "Zone 1", "eu.west", "a, b")), 'in(DE, "Zone 1", eu.west, "a, b")'),
        (Not(A), "not has(dpa)"),
        (Not(And((A, B))), "not (has(dpa) and sees(content))"),
        (Not(Or((A, B))), "not (has(dpa) or sees(content))"),
        (And((Or((A, B)), C)), "(has(dpa) or sees(content)) and in-use()"),
        (Or((And((A, B)), Not(C))), "(has(dpa) and sees(content)) or not in-use()"),
    ],
)
def test_question_prints_in_the_formal_notation(question: Question, text: str) -> None:
    assert str(question) == text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Or((A, A)), A),
        (And((A, And((B, C)))), And((A, C, B))),
        (Or((A, And((B, C)))), Or((A, And((C, B))))),
        (Not(Clause("role", ("processor", "controller"))), Not(Clause("role", ("controller", "processor")))),
        (
            And((Not(Clause("role", ("processor",))), Not(Clause("role", ("controller",))))),
            Not(Clause("role", ("controller", "processor"))),
        ),
        (
            And((Clause("role", ("processor",)), Clause("role", ("controller",)))),
            And((Clause("role", ("controller",)), Clause("role", ("processor",)))),
        ),
        (
            Or((Clause("in", ("US",)), Clause("in", ("DE",)))),
            Or((Clause("in", ("DE",)), Clause("in", ("US",)))),
        ),
        (Not(Clause("based-outside", ("EU",))), Clause("based-in", ("EU",))),
    ],
)
def test_normalize_sorts_flattens_and_merges_facts_with_one_value(
    question: Question, expected: Question
) -> None:
    assert normalize(question) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query("list", Who("controller")), Query("list", predicate=Clause("role", ("controller",)))),
        (Query("list", Who("", A, "vendors"), B), Query("list", predicate=And((A, B)))),
        (
            Query("list", Who("controller", A, "controllers"), B),
            Query("list", Who("controller"), And((A, B))),
        ),
        (Query("count", Who("controller", None, "controllers")), Query("count", Who("controller"))),
        (Query("all", Who("", Not(Not(A)), "vendors"), Not(Not(B))), Query("all", Who("", A), B)),
    ],
)
def test_normalize_query_counts_a_restriction_as_a_part(query: Query, expected: Query) -> None:
    assert normalize_query(query) == expected


def test_query_that_nobody_does_something_asks_each_whether_it_does_not() -> None:
    assert Query("none", predicate=A).asked == Not(A)
    assert Query("all", predicate=A).asked == A
    assert Query("list").asked == Clause("any")
    assert (str(Query("list")), str(Query("list", predicate=A))) == ("list", "has(dpa)")
