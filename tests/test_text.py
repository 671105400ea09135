"""How words compare: ids, folding, singular and plural, the nearest right word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subproc_cli.text import SURE, find_nearest, fold, slugify, stem, suggest


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Customer.io", "customer-io"),
        ("DeepL", "deepl"),
        ("Google Cloud", "google-cloud"),
        ("  Example   GmbH & Co. KG ", "example-gmbh-co-kg"),
        ("x_y--z", "x-y-z"),
        ("3M", "3m"),
        ("Müller AG", "müller-ag"),
        ("(Example)", "example"),
        ("...", ""),
        ("", ""),
    ],
)
def test_slug_makes_an_id_of_a_name(name: str, expected: str) -> None:
    assert slugify(name) == expected


@given(st.text())
def test_slug_of_a_slug_is_the_slug(name: str) -> None:
    made = slugify(name)
    assert slugify(made) == made
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert all(char.isalnum() or char == "-" for char in made)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("E-Mail", "e mail"),
        ("postal_address", "Postal Address"),
        ("identity.email", "identity email"),
        ("U.K.", "u k"),
        ("  IP\taddress\n", "ip address"),
        ("STRASSE", "straße"),
    ],
)
def test_fold_makes_two_spellings_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("email", "e-mail"), ("names", "name"), ("Zurich", "Zürich"), ("no", "know"), ("user id", "userid")],
)
def test_fold_keeps_different_words_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("names", "name"),
        ("the IP addresses", "ip address"),
        ("email addresses", "email address"),
        ("queries", "query"),
        ("database queries", "database query"),
        ("identities", "identity"),
        ("boxes", "box"),
        ("branches", "branch"),
        ("invoices", "invoice"),
        ("databases", "database"),
        ("address", "address"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("your customers' data", "customer data"),
        ("an invoice", "invoice"),
        ("their names and our emails", "name and email"),
        ("the", ""),
    ],
)
def test_stem_drops_articles_and_plurals(phrase: str, expected: str) -> None:
    assert stem(phrase) == expected


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
def test_nearest_proposes_what_looks_alike(word: str, known: list[str], expected: str | None) -> None:
    assert find_nearest(word, known) == expected


def test_nearest_gives_the_first_of_two_spellings_of_one_word() -> None:
    assert find_nearest("e mial", ["E-Mail", "e_mail"]) == "E-Mail"


ALIKE = [
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


@pytest.mark.parametrize(("word", "known", "near"), ALIKE)
def test_what_merely_looks_alike_is_not_proposed(word: str, known: str, *, near: bool) -> None:
    assert bool(find_nearest(word, [known], SURE)) is near


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("example cloud gmbh", "Example Cloud", True),
        ("google", "google-cloud", True),
        ("colour", "country", False),
    ],
)
def test_a_name_of_the_list_is_proposed_where_a_whole_word_is_shared(
    word: str, known: str, *, near: bool
) -> None:
    assert bool(find_nearest(word, [known])) is near
    assert not find_nearest(word, [known], SURE)


@given(st.text("abcdefgh ", max_size=12), st.integers(0, 11))
def test_one_letter_left_out_of_a_long_word_is_a_slip(text: str, at: int) -> None:
    word = f"x{text.replace(' ', '')}zzzzzz"
    left_out = word[: at % (len(word) - 1) + 1] + word[at % (len(word) - 1) + 2 :]
    assert find_nearest(left_out, [word], SURE) == word


@pytest.mark.parametrize("word", ["non-personal data", "no personal data", "not personal data"])
def test_the_opposite_is_never_proposed(word: str) -> None:
    assert find_nearest(word, ["personal data"]) is None


def test_did_you_mean_asks_or_keeps_silent() -> None:
    assert suggest("emial", ["email"]) == "did you mean email?"
    assert not suggest("zebra", ["email"])
