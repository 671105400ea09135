"""Laws that every question keeps: it prints as it is read, no word of it is lost, and so is none in a proposal."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import take_evenly
from question_list import QUESTIONS, load_vendors
from question_strategies import CATEGORIES, PLACES, clauses, questions
from registry_text import listing
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.question.evaluator import answer_query
from subproc_cli.question.parser import parse
from subproc_cli.question.printer import Printer
from subproc_cli.question.query import (
    AREAS,
    FUNCTIONS,
    QUOTED,
    TIME,
    And,
    Clause,
    Not,
    Query,
    Question,
    iter_clauses,
    normalize,
    normalize_query,
)
from subproc_cli.question.reading import Reader
from subproc_cli.reference.categories import ROOT

DAY = date(2026, 6, 1)
HEAD = """\
law: [eu-gdpr, ch-fadp]
categories:
  content.topics: {label: "or", aliases: [only, US, a) or in(DE]}
  content.topics.not: {label: "and", aliases: [")", "not content"]}
regions:
  EU-west4: [NL]
  not: [US, EU-west4]
  "x, y and z": [DE]
  only: [CH]
  Sees: [not]
"""
LIST = listing(
    """\
  a: {name: A, sees: [identity.email, content.topics], processing: [EU-west4, CH], transfer: [adequacy], group: or not}
  b: {name: or not, sees: [{data: usage, may_contain: [payment]}], processing: [not], role: vendor, onward: [Z]}
  c: {name: C, never_sees: [everything], processing: [{place: [US, DE]}], entity: {country: US, parent: Amazon}}
  d: {name: D, products: [Forms, "A, b"], activation: opt-in, processing: [US], transfer: [dpf, scc], group: Infrastructure}
  e: {name: E, certifications: [ISO 27001, SOC 2], since: 2024-01-01}
""",
    head=HEAD,
)
READER = Reader(LIST, DAY)
OWN = questions(
    (*LIST.model.categories, *CATEGORIES[:6], ROOT), (*LIST.model.regions, *PLACES[:3], "NO", "US", "DE")
)
"""Questions in the words that the list makes itself."""
READINGS: dict[str, str] = yaml.safe_load((QUESTIONS / "readings.yaml").read_text("utf-8"))
MEANING_WORDS = frozenset(
    [
        "not",
        "never",
        "no",
        "neither",
        "nor",
        "only",
        "solely",
        "exclusively",
        "all",
        "every",
        "everything",
        "nothing",
        "none",
        "nobody",
        "outside",
        "without",
        "except",
        "subprocessors",
        "subprocessor",
        "controllers",
        "email",
        "names",
    ]
)
KEPT = re.compile(
    r"\b(?:not|never|no|neither|nor|only|all|every|everything|nothing|none|without|\d[\d.-]*)\b"
)


@cache
def read(text: str) -> list[Query]:
    """Return the readings of a question; many random ones are the same."""
    return [*READER.read(text).answered]


@given(questions() | OWN)
def test_formal_reading_of_random_question_is_read_back(question: Question) -> None:
    assert [query.predicate for query in read(str(question))] == [normalize(question)]


@given(questions() | OWN)
def test_printed_random_question_is_read_back(question: Question) -> None:
    line = Printer(LIST).format_query(Query("list", predicate=question))
    assert read(line) == [normalize_query(Query("list", predicate=question))], line


@pytest.mark.parametrize("name", clauses())
@given(data=st.data())
@settings(max_examples=30)  # of each of three dozen clauses
def test_printed_clause_is_read_back(name: str, data: st.DataObject) -> None:
    clause = data.draw(clauses()[name])
    for predicate in (clause, Not(clause)):
        line = Printer(LIST).format_query(Query("list", predicate=predicate))
        assert [query.predicate for query in read(line)] == [normalize(predicate)], line


def test_strategies_cover_every_clause() -> None:
    assert set(clauses()) == set(FUNCTIONS) - {"since"}


@cache
def decide(clause: Clause) -> tuple[Verdict, ...]:
    answers = answer_query(LIST, "", Query("list", predicate=clause), DAY, LIST.model.services).answers
    return tuple(answer.verdict for answer in answers)


def compute(question: Question) -> tuple[Verdict, ...]:
    """Return what a question is worth for each service by Kleene's logic, from its clauses one by one."""
    if isinstance(question, Clause):
        return decide(question)
    if isinstance(question, Not):
        return tuple(~verdict for verdict in compute(question.part))
    join = min if isinstance(question, And) else max
    return tuple(join(each) for each in zip(*map(compute, question.parts), strict=True))


@given(OWN)
def test_answers_follow_from_the_clauses(question: Question) -> None:
    answered = answer_query(LIST, "", Query("list", predicate=question), DAY, LIST.model.services)
    assert tuple(answer.verdict for answer in answered.answers) == compute(question)


VENDORS = Reader(load_vendors(), date(2026, 11, 29))


@cache
def read_about_vendors(text: str) -> list[Query]:
    """Return the readings of a question; many are proposed more than once."""
    return [*VENDORS.read(text).answered]


NEEDLESS = frozenset(
    (
        *("vendors but not Stripe", "see email but not name and not phone", "have no DPA and no purpose"),
        *(
            "list all services that see email",
            "every service that sees email addresses",
            "all services with a DPA",
        ),
        *(
            "are only based in the EU",
            "are based only in third countries",
            "all vendors that see payment data",
        ),
        *(
            "all vendors except Stripe and AWS",
            "all controllers",
            "Which vendors have no DPA and no contact?",
        ),
        "Please provide the names of all subprocessors.",
        "Please list all subprocessors with access to personal data.",
        "Does all data stay in the EU?",
        *(
            "Identify all sub-processors who process personal data outside the EEA.",
            "Please list all subprocessors with a US parent company.",
            "Please provide us with an up-to-date list of all subprocessors.",
            "Which vendors are only used if we opt in?",
            "Which services are active only if we opt in?",
            "For our AI inventory, please list all vendors that use AI.",
        ),
        "For our DPIA we need a list of all subprocessors that use AI and have access to personal data.",
        *("list all affiliates", "Overview of all vendors"),
        "list all processors and sub-processors that receive personal data, excluding affiliates",
        "Does all customer content stay in the EU?",
        "Which vendors are opt-in only?",
        "all vendors other than subprocessors",
    )
)
"""Questions with a word that only repeats another: a noun alone means all, an entity has one seat."""


def shortened(text: str) -> Iterator[str]:
    words = text.split()
    for index, word in enumerate(words):
        if word.casefold().strip("?,.") in MEANING_WORDS:
            yield " ".join(words[:index] + words[index + 1 :])


@pytest.mark.parametrize(
    "text", take_evenly(text for text in READINGS if text not in NEEDLESS and any(shortened(text)))
)
def test_question_without_a_meaning_word_has_another_reading_or_none(text: str) -> None:
    reading = read_about_vendors(text)
    for shorter in shortened(text):
        assert read_about_vendors(shorter) != reading, shorter


SLIPS = (
    ("see", "seee"),
    ("process", "proces"),
    ("email", "emial"),
    ("based", "baesd"),
    ("vendors", "vendros"),
)


def misspelt() -> Iterator[tuple[str, str]]:
    for text in READINGS:
        for right, wrong in SLIPS:
            if f" {right} " in text:
                yield text, text.replace(right, wrong, 1)
                break


@pytest.mark.parametrize(("text", "slip"), take_evenly(misspelt()))
def test_proposal_keeps_negations_and_numbers(text: str, slip: str) -> None:
    try:
        parse(VENDORS.registry, slip, date(2026, 11, 29))
    except QuestionSyntaxError as error:
        for line in error.proposals:
            if error.message.endswith("is not understood here") and line.casefold().startswith(
                slip[:5].casefold()
            ):
                assert sorted(KEPT.findall(line.casefold())) == sorted(KEPT.findall(text.casefold()))
            assert line.startswith("subproc ") or read_about_vendors(line)


NAMING = {*AREAS.values(), *QUOTED, *TIME, "relies", "relies-only", "kept-longer", "kept-shorter"} - {
    "used-for"
}
"""The clauses whose arguments are places, days, numbers and names."""


def list_names(query: Query) -> set[str]:
    """Return the places, days, numbers and names of a question; the DPF is a basis and a certification."""
    parts = [part for part in (query.who.filter, query.predicate) if part is not None]
    clauses_of = (clause for part in parts for clause in iter_clauses(part) if clause.name in NAMING)
    names = {argument.casefold() for clause in clauses_of for argument in clause.arguments}
    return names | {query.service} - {""}


def named() -> list[str]:
    found = (text for text in READINGS if len(text.split()) > 3 and re.search(r"\d| [A-Z]", text))
    return take_evenly(found)


@pytest.mark.parametrize("text", named())
def test_proposal_without_an_unknown_word_keeps_dates_and_names(text: str) -> None:
    words = text.split()
    names = list_names(*read_about_vendors(text))
    for place in (1, len(words) // 2, len(words) - 1):
        typed = " ".join([*words[:place], "gladly", *words[place:]])
        with pytest.raises(QuestionSyntaxError) as caught:
            parse(VENDORS.registry, typed, date(2026, 11, 29))
        for line in caught.value.proposals:
            for query in read_about_vendors(line):
                assert names <= list_names(query), line
