"""Questions as trees: the form in which those that mean the same are equal."""

from datetime import date

import pytest

from question_list import load_vendors
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question.parser import parse
from subproc_cli.question.query import And, Clause, Not, Or, Question, normalize

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
