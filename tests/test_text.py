"""How words compare: ids, folding, singular and plural."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subproc_cli.text import fold, join_words, slugify, stem


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
def test_slugify_of_a_name_returns_an_id(name: str, expected: str) -> None:
    assert slugify(name) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b", "c"], "a, b and c"),
        (["a, b", "c"], "a, b; and c"),
        (["one (Art. 1, para. 2)", "two"], "one (Art. 1, para. 2) and two"),
        (["un (art. 46, par. 2, point c), du RGPD ; art. 16, al. 2)", "deux"],
         "un (art. 46, par. 2, point c), du RGPD ; art. 16, al. 2) and deux"),
        (["one (Art. 46(2)(c), Art. 47)", "two", "three"], "one (Art. 46(2)(c), Art. 47), two and three"),
        (["one (a), two", "three"], "one (a), two; and three"),
    ],
)  # fmt: skip
def test_join_words_uses_semicolons_only_where_a_comma_would_be_ambiguous(
    words: list[str], expected: str
) -> None:
    assert join_words(words) == expected


@pytest.mark.slow
@given(st.text())
def test_slugify_of_an_id_returns_it(name: str) -> None:
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
def test_fold_of_two_spellings_is_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("email", "e-mail"), ("names", "name"), ("Zurich", "Zürich"), ("no", "know"), ("user id", "userid")],
)
def test_fold_of_different_words_differs(one: str, other: str) -> None:
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
    ("one", "many"),
    [
        ("cookie", "cookies"),
        ("query", "queries"),
        ("address", "addresses"),
        ("cache", "caches"),
        ("box", "boxes"),
    ],
)
def test_stem_of_singular_and_plural_is_the_same(one: str, many: str) -> None:
    assert stem(one) == stem(many)


def test_slugify_of_composed_and_decomposed_accents_is_the_same() -> None:
    assert slugify("Mu\u0308ller GmbH") == slugify("M\u00fcller GmbH") == "m\u00fcller-gmbh"
