"""A list reads a question as if no other list had been asked before, although lists share their readings."""

import json
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from question_list import QUESTIONS
from registry_text import listing
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question.parser import parse
from subproc_cli.question.query import Query
from subproc_cli.question.reading import Reader
from subproc_cli.registry.registry import Registry

DAY = date(2026, 11, 29)
NAMES = (
    "Alpha",
    "Beta Cloud",
    "Email",
    "Data",
    "Gamma",
    "Gammo",
    "Swiss Post",
    "EU",
    "ISO 27001",
    "Open Thing",
)
"""Names that are words of questions as well, or nearly the name of another service."""
TEXTS = ("newsletters", "sends emails", "customer support", "backup of the alpha data", "hosting")
HEADS = ("", "regions: {Beta Cloud: [DE]}", "categories: {content.alpha: {label: alpha}}")
names = st.sampled_from(NAMES)
few_names = st.lists(names, max_size=2, unique=True)
services = st.fixed_dictionaries(
    {"name": names},
    optional={
        "purpose": st.sampled_from(TEXTS),
        "group": names | st.sampled_from(TEXTS),
        "formerly": st.lists(st.sampled_from(("alpha", "gamma", "old-one")), max_size=1),
        "products": few_names,
        "subjects": few_names,
        "certifications": few_names,
        "onward": few_names,
        "entity": st.builds(lambda name, parent: {"name": name, "parent": parent}, names, names),
    },
)
IDS = ("one", "two", "alpha-1")
lists = st.builds(
    lambda head, found: listing(
        "".join(f"  {key}: {json.dumps(each)}\n" for key, each in zip(IDS, found, strict=False)), head=head
    ),
    st.sampled_from(HEADS),
    st.lists(services, min_size=1, max_size=3),
)
PATTERNS = (
    *("does {} see email", "is {} opt-in", "are used for {}", "see {}", "serve product {}", "have {}"),
    *("vendors but not {}", "pass data on to {}", "are owned by {}", "see data of {}", "belong to {}"),
    *("process in {}", "{}", "is {} or {} certified", "which {} vendors see email", "see {}' names"),
)
READINGS: tuple[str, ...] = tuple(yaml.safe_load((QUESTIONS / "readings.yaml").read_text("utf-8")))
words = names | st.sampled_from([*(name.casefold() for name in NAMES), *TEXTS, '"Email"', "Delta"])
questions = st.builds(
    lambda pattern, one, other: pattern.format(one, other), st.sampled_from(PATTERNS), words, words
)


def read_alone(registry: Registry, text: str) -> list[Query]:
    """Return all that a question can mean, read from its first word."""
    return [*Reader(registry, DAY).read(text).answered.values()]


def read_like_others(registry: Registry, text: str) -> Query | None:
    """Return what a question means; None if it is refused."""
    try:
        return parse(registry, text, DAY)
    except QuestionSyntaxError:
        return None


@given(st.lists(lists, min_size=2, max_size=4), questions)
def test_list_reads_a_question_about_names_as_if_no_other_had_been_asked(
    asked: list[Registry], text: str
) -> None:
    for registry in (*asked, asked[0]):
        alone = read_alone(registry, text)
        assert read_like_others(registry, text) == (alone[0] if len(alone) == 1 else None)


@given(st.lists(lists, min_size=2, max_size=3), st.sampled_from(READINGS))
def test_list_reads_any_question_as_if_no_other_had_been_asked(asked: list[Registry], text: str) -> None:
    for registry in asked:
        alone = read_alone(registry, text)
        assert read_like_others(registry, text) == (alone[0] if len(alone) == 1 else None)


@pytest.mark.parametrize(
    ("service", "reading"),
    [
        ("one: {name: Alpha}", "one"),
        ("two: {name: Alpha}", "two"),
        ("one: {name: Beta, formerly: [alpha]}", "one"),
    ],
)
def test_question_about_a_service_is_about_that_of_each_list(service: str, reading: str) -> None:
    assert parse(listing("  three: {name: Alpha}\n"), "does Alpha see email", DAY).service == "three"
    assert parse(listing(f"  {service}\n"), "does Alpha see email", DAY).service == reading


def test_proposals_have_the_names_of_each_list() -> None:
    for name in ("Alphabet", "Alphabets"):
        with pytest.raises(QuestionSyntaxError) as caught:
            parse(listing(f"  one: {{name: {name}}}\n"), "does Alphabett see email", DAY)
        assert caught.value.proposals == (f"does {name} see email",)
