"""Questions as people ask them: how each is read, or what is proposed instead."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from question_list import load_vendors
from rows import for_rows
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question.parser import parse
from subproc_cli.question.printer import Printer
from subproc_cli.question.query import Query, normalize_query

DAY = date(2026, 11, 29)


def load_cases(name: str) -> Any:
    return yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))


READINGS = load_cases("readings.yaml")
REFUSALS = load_cases("refusals.yaml")


@cache
def read(text: str) -> Query:
    """Return what a question means; several tests ask for it."""
    return parse(load_vendors(), text, DAY)


def describe(query: Query) -> str:
    """Return the kind of a question, whom it asks, and what it asks."""
    kind = "" if query.kind == "list" else query.kind
    asked = " ".join(filter(None, (kind, query.who.role, query.service, query.fact)))
    restriction = f" that {query.who.filter}" if query.who.filter is not None else ""
    head = f"{asked}{restriction}"
    return f"{head}: {query.predicate}".lstrip(": ") if head else str(query.predicate)


@for_rows("text", READINGS, parts=16)
def test_parse_question_has_reading(text: str) -> None:
    assert describe(normalize_query(read(text))) == READINGS[text]


@pytest.mark.parametrize(
    "text",
    [
        "see email but are opt-in and process in the US",
        "see email and are opt-in but process in the US",
        "see email but are opt-in but process in the US",
    ],
)
def test_parse_question_with_but_in_any_place_joins_all_parts(text: str) -> None:
    assert describe(normalize_query(read(text))) == "activation(opt-in) and in(US) and sees(identity.email)"


@pytest.mark.slow
@for_rows("text", READINGS, parts=16)
def test_format_query_is_read_back(text: str) -> None:
    query = read(text)
    if query.kind != "facts":
        line = Printer(load_vendors()).format_query(query)
        assert normalize_query(read(line)) == normalize_query(query), line


@for_rows("text", REFUSALS, parts=8)
def test_parse_unclear_question_proposes_lines(text: str) -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        parse(load_vendors(), text, DAY)
    assert list(caught.value.proposals) == REFUSALS[text]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("email", "this is not a whole question"),
        ("opt-in", "this is not a whole question"),
        ("which offer EU hosting", "this has more than one meaning"),
        ("are in use since 2024-01-01", "this has more than one meaning"),
        ("Which vendors have a BAA?", "this cannot be asked in these words"),
        ("What happens with our data?", "this cannot be asked in these words"),
        ("see emial", "'emial' is not understood here"),
        ("see email and", "the question breaks off after 'and'"),
        (" ", "the question is empty"),
    ],
)
def test_parse_unclear_question_names_what_is_unclear(text: str, message: str) -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        parse(load_vendors(), text, DAY)
    assert caught.value.message == message


@pytest.mark.slow
@for_rows("text", REFUSALS, parts=8)
def test_parse_proposal_is_understood(text: str) -> None:
    for line in REFUSALS[text]:
        if not line.startswith("subproc "):
            read(line)


@pytest.mark.parametrize(
    "text",
    [
        "which were added after 31 December 9999",
        "which were added in the last 999999 years",
        "which were added in the last 99999999999999 days",
        "which have been used for more than 5000 years",
        "which were added between 2026 and 2020",
        "which ended in 9999-12",
    ],
)
def test_parse_days_that_no_calendar_has_are_not_understood(text: str) -> None:
    with pytest.raises(QuestionSyntaxError):
        parse(load_vendors(), text, DAY)
