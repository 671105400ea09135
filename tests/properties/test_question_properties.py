"""Laws that every question keeps: it prints as it is read, and is worth what its parts are worth."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_strategies import CATEGORIES, PLACES, clauses, normal, questions
from registry_text import listing
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.question import grammar, vocabulary
from subproc_cli.question.evaluator import ask
from subproc_cli.question.query import And, Clause, Not, Question
from subproc_cli.reference.categories import ROOT

DAY = date(2024, 6, 1)
HEAD = """\
law: [eu-gdpr, ch-fadp]
categories:
  content.topics: {label: "or", aliases: [only, US, a) or in(DE]}
  content.topics.not: {label: "and", aliases: [")", "not content"]}
regions:
  EU-west4: [NL]
  not: [US, EU-west4]
  "x, y and z": [DE]
  "a) or in(DE": [FR]
  only: [CH]
  "  s  ": [JP]
  Sees: [not]
  BUT: [US, IE]
"""
LIST = listing(
    """\
  a: {name: A, sees: [identity.email, content.topics], processing: [EU-west4, CH], transfer: [adequacy]}
  b: {name: or not, sees: [{data: usage, may_contain: [payment]}], processing: [not], role: vendor}
  c: {name: C, never_sees: [everything], processing: [{place: [US, DE]}], entity: {country: US}, since: 2024-01-01}
  d: {name: D, products: [A, "a, b"], activation: opt-in, processing: [US], transfer: [dpf, scc]}
""",
    head=HEAD,
)
OWN = questions(
    (*LIST.model.categories, *CATEGORIES[:6], ROOT),
    (*LIST.model.regions, *PLACES[:3], "NO", "US", "DE"),
    st.sampled_from(["A", "b", "or not", "or", "not", "C"]),
    st.sampled_from(["A", "a, b", " a"]),
)
"""Questions that can be asked of the list: they name what it has."""


def parse(text: str) -> Question:
    return grammar.parse(text, LIST.category_tree, LIST.gazetteer)


@given(questions() | OWN)
def test_a_question_reads_back_as_it_prints(question: Question) -> None:
    assert parse(str(question)) == normal(question)


@pytest.mark.parametrize("name", clauses())
@given(data=st.data())
def test_every_clause_reads_back_as_it_prints(name: str, data: st.DataObject) -> None:
    clause = data.draw(clauses()[name])
    assert parse(str(clause)) == clause


def test_every_clause_has_a_strategy() -> None:
    assert set(clauses()) == set(vocabulary.FUNCTIONS)


@pytest.mark.parametrize(
    ("place", "printed"),
    [("EU", "in(EU)"), ("NO", "in(NO)"), ("EU-west4", "in(EU-west4)"), ("only", "in(only)")]
    + [(name, f'in("{name}")') for name in ("not", "Sees", "x, y and z", "a) or in(DE", "  s  ")],
)
def test_a_place_that_does_not_read_as_one_name_is_quoted(place: str, printed: str) -> None:
    assert str(parse(f'process in "{place}"')) == printed


@cache
def verdicts(clause: Clause) -> tuple[Verdict, ...]:
    return tuple(answer.verdict for answer in ask(LIST, str(clause), DAY).answers)


def worth(question: Question) -> tuple[Verdict, ...]:
    """Return what a question is worth for each service by Kleene's logic, of its clauses one by one."""
    if isinstance(question, Clause):
        return verdicts(question)
    if isinstance(question, Not):
        return tuple(~verdict for verdict in worth(question.part))
    join = min if isinstance(question, And) else max
    return tuple(join(each) for each in zip(*map(worth, question.parts), strict=True))


@given(OWN)
def test_a_question_is_worth_what_its_parts_are_worth(question: Question) -> None:
    answered = ask(LIST, str(question), DAY)
    assert answered.question == normal(question)
    assert tuple(answer.verdict for answer in answered.answers) == worth(question)


WORDED = {
    "sees": "see {}",
    "sees-all": "see all {}",
    "in": "process in {}",
    "outside": "process outside {}",
    "based-in": "are based in {}",
    "based-outside": "are based outside {}",
    "transfers-in": "transfer data to {}",
    "transfers-outside": "transfer data outside {}",
    "has": "have {}",
    "lacks": "lack {}",
    "role": "are {}",
    "activation": "are {}",
    "product": "serve {}",
    "named": "are named {}",
    "since": "are in use since {}",
    "relies": "rely on {}",
    "relies-only": "rely only on {}",
    "certified": "are certified under {}",
}


def worded(question: Question) -> str:
    """Return a question in the words of people."""
    if isinstance(question, Clause):
        words = " or ".join(f'"{each}"' for each in question.arguments)
        if question.name in ("has", "lacks", "role", "activation", "since", "relies", "relies-only"):
            words = words.replace('"', "")
        return WORDED[question.name].format(words)
    if isinstance(question, Not):
        return f"not ({worded(question.part)})"
    return (" and " if isinstance(question, And) else " or ").join(
        f"({worded(part)})" for part in question.parts
    )


@given(OWN)
def test_the_words_of_people_are_read_the_same(question: Question) -> None:
    assert parse(worded(question)) == normal(question)
