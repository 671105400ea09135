"""The words that a shell proposes after the beginning of a question."""

from datetime import date

import pytest

from question_list import load_vendors
from registry_text import listing
from subproc_cli.question.continuations import iter_next_words
from subproc_cli.question.reading import Reader

READER = Reader(load_vendors(), date(2026, 11, 29))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("which", {"vendors", "subprocessors", "opt-in", "announced", "US", "are"}),
        ("which see", {"email", "content", "identity.email", "all", "neither"}),
        ("which do", {"not"}),
        ("process in", {"DE", "Germany", "EU", "worldwide", "the"}),
        ("rely on", {"scc", "dpf"}),
        ("lack a", {"DPA", "purpose", "dpa"}),
        ("does", {"Stripe", "stripe", "Zendesk", "zendesk"}),
        ("pass data on to", {"Stripe", "stripe"}),
        ("are in the group", {"Infrastructure", "Support"}),
        ("are used for", {"hosting", "analytics"}),
    ],
)
def test_iter_next_words_has_those_of_the_grammar_the_list_and_the_reference_data(
    text: str, words: set[str]
) -> None:
    assert words - {*iter_next_words(READER, text)} == set()


def test_iter_next_words_has_the_words_of_the_grammar_before_names() -> None:
    assert [*iter_next_words(READER, "serve product")] == ["both", "Insights", "Surveys"]


@pytest.mark.parametrize("text", ["xyzzy", "see xyzzy", "see email xyzzy"])
def test_iter_next_words_after_a_word_that_is_not_understood_is_empty(text: str) -> None:
    assert [*iter_next_words(READER, text)] == []


@pytest.mark.parametrize(("text", "word"), [("which are", "safest"), ("see email", "please")])
def test_iter_next_words_leaves_out_noise_and_what_is_refused(text: str, word: str) -> None:
    assert word not in {*iter_next_words(READER, text)}


def test_iter_next_words_of_a_category_has_its_last_name_and_its_key() -> None:
    head = "categories: {content.topics: {label: Topics}, content.topics.polls: {label: Poll results}}"
    reader = Reader(listing("  a: {name: Alpha}\n", head=head), date(2026, 11, 29))
    words = {*iter_next_words(reader, "see")}
    assert {"polls", "content.topics.polls"} <= words
    assert "topics.polls" not in words
