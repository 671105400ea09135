"""Questions as trees: the form in which those that mean the same are equal."""

from datetime import date

import pytest

from question_list import load_vendors
from registry_text import listing
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question.evaluator import ask
from subproc_cli.question.parser import parse
from subproc_cli.question.query import And, Clause, Not, Or, Question, join_parts, normalize, normalize_query

A, B = Clause("has", ("dpa",)), Clause("lacks", ("dpa",))
IN_DE, IN_US = Clause("based-in", ("DE",)), Clause("based-in", ("US",))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Not(Not(A)), A),
        (Not(And((B, A))), Or((Not(A), Not(B)))),
        (Not(Or((A, B))), And((Not(A), Not(B)))),
        (And((B, And((A, B)))), And((A, B))),
        (Clause("based-outside", ("DE",)), Not(IN_DE)),
        (Not(Clause("owned-outside", ("DE",))), Clause("owned-in", ("DE",))),
        (Clause("based-in", ("US", "DE", "US")), Clause("based-in", ("DE", "US"))),
        (Or((IN_US, IN_DE)), Clause("based-in", ("DE", "US"))),
        (
            Clause("sees-all", ("identity", "usage", "content", "usage")),
            Clause("sees-all", ("identity", "content", "usage")),
        ),
        (Clause("added", ("2024-06-01", "2024-01-31")), Clause("added", ("2024-06-01", "2024-01-31"))),
        (Clause("kept-longer", ("30",)), Clause("kept-longer", ("30",))),
    ],
)
def test_normalize_question_returns_the_form_of_all_with_its_meaning(
    question: Question, expected: Question
) -> None:
    assert normalize(question) == expected


def test_clause_without_arguments_equals_one_with_none() -> None:
    assert Clause("listed") == Clause("listed", ())
    assert join_parts(And, [Clause("listed"), Clause("listed", ())]) == Clause("listed")


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("no service sees payment data", "not sees(payment)"),
        ("all services process in the EU", "in(EU)"),
        ("see payment data", "sees(payment)"),
    ],
)
def test_parse_stored_question_asks_each_service(text: str, predicate: str) -> None:
    query = parse(load_vendors(), text, date(2026, 11, 29), is_stored=True)
    assert query.kind != "none"
    assert str(query.predicate) == predicate


def test_parse_stored_question_for_facts_is_refused() -> None:
    with pytest.raises(QuestionSyntaxError, match="this asks for facts, not for a yes or no"):
        parse(load_vendors(), "where is Zendesk hosted", date(2026, 11, 29), is_stored=True)


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("see email and/or process in the US", "in(US) or sees(identity.email)"),
        ("see email or process in the US", "in(US) or sees(identity.email)"),
        ("has a DPA", "has(dpa)"),
        ("since(2024-01-01)", "added(2024-01-01)"),  # as the notation called it before
        ("sees(payment) and not in(US)", "not in(US) and sees(payment)"),
        ("does not process in the US", "not in(US)"),
    ],
)
def test_parse_question_in_other_forms_of_its_words_means_the_same(text: str, predicate: str) -> None:
    query = normalize_query(parse(load_vendors(), text, date(2026, 11, 29)))
    assert str(query.predicate) == predicate


def test_ask_for_services_that_ended_in_a_month_counts_the_last_day_of_use() -> None:
    registry = listing(
        "  a: {name: A, until: 2024-02-01}\n  b: {name: B, until: 2024-02-02}\n  c: {name: C}\n"
    )
    found = ask(registry, "ended in January 2024", date(2026, 11, 29), registry.model.services)
    assert {each.key: str(each.verdict) for each in found.answers} == {"a": "yes", "b": "no", "c": "no"}


@pytest.mark.parametrize(
    ("question", "country", "verdict", "because"),
    [
        ("are based in France", "RE", "yes", ["based", "part-of-state"]),
        ("are based in France", "NC", "unknown", ["based-territory", "with-state"]),
        ("are owned from France", "NC", "unknown", ["owner", "with-state"]),
        ("are accessed remotely from France", "RE", "yes", ["remote", "part-of-state"]),
        ("are accessed remotely from France", "NC", "unknown", ["remote-territory", "with-state"]),
        ("process in France or adequate countries", "NC", "unknown", ["remote-territory"]),
    ],
)
def test_question_about_a_state_reports_what_belongs_to_it(
    question: str, country: str, verdict: str, because: list[str]
) -> None:
    entity = f"{{name: A Ltd, country: {country}, parent: {{name: P, country: {country}}}}}"
    processing = f"[{{place: {country}, how: remote-access}}]"
    registry = listing(f"  a: {{name: A, entity: {entity}, processing: {processing}}}\n")
    [answer] = ask(registry, question, date(2024, 1, 1)).answers
    assert str(answer.verdict) == verdict
    assert [each.reason for each in answer.result.evidence][: len(because)] == because
    assert [each.reason for each in answer.result.summary][: len(because)] == because
