"""What is proposed for a wrong word: a misspelt word, never another one that looks like it."""

import pytest

from subproc_cli.reference import categories
from subproc_cli.reference.misspellings import find_intended_word

WORDS = ("Germany", "Slovakia", "Slovenia", "EEA", "worldwide", "United Kingdom")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Germny", "Germany"),
        ("Gemrany", "Germany"),  # swapped neighbours
        ("world wide", "worldwide"),
        ("Untied Kingdom", "United Kingdom"),
        ("Slovania", None),  # two are as near
        ("EA", None),  # too short to tell
        ("Hermany", None),  # another first letter
        ("Kingdom", None),  # another number of words
        ("", None),
    ],
)
def test_slip_of_a_word_returns_the_one_word_it_misspells(word: str, expected: str | None) -> None:
    assert find_intended_word(word, WORDS, lambda meant: meant) == expected


def test_slip_of_several_words_for_one_thing_returns_the_first() -> None:
    assert find_intended_word("colr", ("color", "colour"), lambda _: "paint") == "color"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("emial", "did you mean email?"),
        ("adress", "did you mean address?"),
        ("biometics", "did you mean biometrics?"),
        # Each of these was answered with another kind of data
        ("HR data", ""),
        ("social media", ""),
        ("age", ""),
        ("contacts", ""),
        ("MAC address", ""),
        ("nationality", ""),
    ],
)
def test_proposal_for_data_never_crosses_to_another_category(phrase: str, expected: str) -> None:
    assert categories.load_category_tree().suggest(phrase) == expected
