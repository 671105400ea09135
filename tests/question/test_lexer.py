"""The words of a question, and where each of them is."""

import pytest

from subproc_cli.question.lexer import FORMAL, tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't they see email?", ["do", "not", "they", "see", "email"]),
        ("who’s EU based", ["who", "is", "eu", "based"]),
        ("who's got email", ["who", "has", "got", "email"]),
        ("who is got", ["who", "is", "got"]),
        ("Stripe's data", ["stripe", "data"]),
        ("employees' data", ["employees", "data"]),
        ("without e.g. email", ["without", "eg", "email"]),
        ("U.S. companies", ["us", "companies"]),
        ("opt-in", ["opt", "in"]),
        ("Zoë–Café", ["zoë", "café"]),
        ("see email: names.", ["see", "email", "names"]),
        ("A/B testing", ["a", "b", "testing"]),
        ("ISO/IEC 27001", ["iso", "iec", "27001"]),
        ("email/phone & name; photos", ["email", "or", "phone", "and", "name", ",", "photos"]),
        ("names + email", ["names", "and", "email"]),
        ("email and/or names", ["email", "or", "names"]),
        ("w/o email w/ names W/O a DPA", ["without", "email", "with", "names", "without", "a", "dpa"]),
        ("email???", ["email"]),
        ("email? names?", ["email", "?", "names"]),
        ("", []),
    ],
)
def test_tokenize_splits_a_question_into_words(text: str, words: list[str]) -> None:
    assert [token.word for token in tokenize(text)] == words


@pytest.mark.parametrize("text", ['"Example  Ltd" sees', "“Example  Ltd” sees", "'Example  Ltd' sees", "‘Example  Ltd’ sees"])  # fmt: skip
def test_tokenize_of_each_kind_of_quotes_makes_one_word_of_a_name(text: str) -> None:
    quoted, verb = tokenize(text)
    assert (quoted.word, quoted.raw, quoted.is_quoted) == ("example ltd", "Example  Ltd", True)
    assert (quoted.start, quoted.end, verb.start) == (0, 14, 15)
    assert not verb.is_quoted


@pytest.mark.parametrize("text", ["2024-01-31", "2024-01", "3.2.2024"])
def test_tokenize_keeps_a_day_as_one_word(text: str) -> None:
    since, day, _ = tokenize(f"since {text} only")
    assert (day.word, day.start, day.end) == (text, 6, 6 + len(text))
    assert since.end == 5


def test_tokenize_of_a_clause_in_the_formal_notation_is_one_token() -> None:
    first, _, second = tokenize("sees(identity.email) and based-in(DE, FR)")
    assert (first.word, first.raw, first.start, first.end) == (FORMAL, "sees(identity.email)", 0, 20)
    assert (second.word, second.raw, second.start, second.end) == (FORMAL, "based-in(DE, FR)", 25, 41)


@pytest.mark.parametrize(
    "text",
    [
        "do they not(see names) or read email",
        "do not (see names or (read photos)) & read email/phone",
        "who's got \"Example Ltd\" and 'Example AG' w/o email + names",
        "why-not(see)(read email) , names",
    ],
)
def test_tokenize_gives_the_place_of_each_word_in_the_text(text: str) -> None:
    for token in tokenize(text):
        typed = text[token.start : token.end]
        assert (typed.strip("\"'") if token.is_quoted else typed) == token.raw
