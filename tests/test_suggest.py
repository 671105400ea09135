"""What is proposed for a wrong word: a misspelt word, never another one that looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subproc_cli.reference import categories
from subproc_cli.suggest import SURE, count_slips, find_intended, find_nearest, suggest

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
def test_find_intended_of_a_misspelling_returns_the_one_word(word: str, expected: str | None) -> None:
    assert find_intended(word, WORDS, lambda meant: meant) == expected


def test_find_intended_of_two_words_for_one_thing_returns_the_first() -> None:
    assert find_intended("colr", ("color", "colour"), lambda _: "paint") == "color"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("emial", "did you mean email?"),
        ("adress", "did you mean address?"),
        ("biometics", "did you mean biometrics?"),
        # Each of these was answered with another kind of data
        ("weather data", ""),
        ("news media", ""),
        ("wage gap", ""),
        ("contracts law", ""),
        ("street lamp", ""),
        ("rationality", ""),
    ],
)
def test_suggest_for_data_never_proposes_another_category(phrase: str, expected: str) -> None:
    assert categories.load_category_tree().suggest(phrase) == expected


@pytest.mark.parametrize(
    ("typed", "known", "slips"),
    [
        ("email", "email", 0),
        ("emial", "email", 1),
        ("optin", "opt in", 1),
        ("phnoe numbers", "phone number", 2),
        ("identity emial adress", "identity email address", 2),
        ("idnetity emial adress", "identity email address", None),  # three slips
        ("hr data", "card data", None),
        ("ea", "eea", None),
    ],
)
def test_count_slips_of_another_word_is_none(typed: str, known: str, slips: int | None) -> None:
    assert count_slips(typed, known) == slips


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("emial", ["name", "email", "phone"], "email"),
        ("Germny", ["Germany", "Greece"], "Germany"),
        ("custmer io", ["Example", "Customer.io"], "Customer.io"),
        ("IDENTITY_EMAIL", ["identity.email"], "identity.email"),
        ("processsing", ["processing", "process"], "processing"),
        ("zebra", ["name", "email", "phone"], None),
        ("email", [], None),
        ("", ["email"], None),
    ],
)
def test_find_nearest_of_a_misspelling_returns_the_known_word(
    word: str, known: list[str], expected: str | None
) -> None:
    assert find_nearest(word, known) == expected


def test_find_nearest_of_a_word_that_two_names_share_returns_none() -> None:
    assert find_nearest("gdpr", ("eu-gdpr", "ch-fadp", "uk-gdpr")) is None


def test_find_nearest_of_two_spellings_returns_the_first() -> None:
    assert find_nearest("e mial", ["E-Mail", "e_mail"]) == "E-Mail"


NEAR_OR_NOT = [
    # a slip of the hand, or a spelling of another language
    ("nmae", "name", True),
    ("emial", "email", True),
    ("Gemrany", "Germany", True),
    ("Brasil", "Brazil", True),
    ("adress", "address", True),
    ("optin", "opt-in", True),
    ("telefone number", "telephone number", True),
    # another thing
    ("Asia", "Austria", False),
    ("Deutschland", "Netherlands", False),
    ("California", "New Caledonia", False),
    ("employee data", "uploaded data", False),
    ("signed", "since", False),
    ("were", "serve", False),
    ("GDPR compliant", "group company", False),
    ("unknown location", "location", False),
    # another word in a phrase that is long, or that shares its other words
    ("HR data", "card data", False),
    ("MAC address", "mail address", False),
    ("employment data", "payment data", False),
    ("meeting recordings", "session recordings", False),
    ("confidential information", "contact information", False),
    ("New Jersey", "Jersey", False),
    ("Canary Islands", "Cayman Islands", False),
    ("primary account number", "account number", False),
    # another word that sounds or ends as one
    ("age", "page", False),
    ("voice", "invoice", False),
    ("metrics", "biometrics", False),
    ("geolocation", "location", False),
    ("preferred", "referrer", False),
    ("England", "Finland", False),
    ("US", "use", False),
    # swapped letters are a slip in a short word too, and two wrong ones in a long word
    ("DFP", "DPF", True),
    ("whcih", "which", True),
    ("Germoney", "Germany", True),
    ("phnoe numbers", "phone number", True),
]
"""What is near enough to be proposed to people who write in their own words, and what is not."""


@pytest.mark.parametrize(("word", "known", "near"), NEAR_OR_NOT)
def test_find_nearest_of_an_everyday_word_accepts_only_a_misspelling(
    word: str, known: str, *, near: bool
) -> None:
    assert bool(find_nearest(word, [known], SURE)) is near


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("example cloud gmbh", "Example Cloud", True),
        ("google", "google-cloud", True),
        ("colour", "country", False),
    ],
)
def test_find_nearest_of_a_shared_word_returns_the_name(word: str, known: str, *, near: bool) -> None:
    assert bool(find_nearest(word, [known])) is near
    assert not find_nearest(word, [known], SURE)


@given(st.text("abcdefgh ", max_size=12), st.integers(0, 11))
def test_find_nearest_of_a_word_without_one_letter_returns_it(text: str, at: int) -> None:
    word = f"x{text.replace(' ', '')}zzzzzz"
    left_out = word[: at % (len(word) - 1) + 1] + word[at % (len(word) - 1) + 2 :]
    assert find_nearest(left_out, [word], SURE) == word


@pytest.mark.parametrize("word", ["non-personal data", "no personal data", "not personal data"])
def test_find_nearest_never_returns_the_opposite(word: str) -> None:
    assert find_nearest(word, ["personal data"]) is None


def test_suggest_of_an_unknown_word_asks_or_is_empty() -> None:
    assert suggest("emial", ["email"]) == "did you mean email?"
    assert not suggest("zebra", ["email"])
