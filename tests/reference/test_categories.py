"""The tree of data categories: sound as data, and found by the words that people use."""

from collections import defaultdict

import pytest

from rows import for_rows
from subproc_cli.enums import PersonalData
from subproc_cli.reference import data_files
from subproc_cli.reference.categories import (
    ROOT,
    Category,
    covers,
    find_counterpart,
    get_depth,
    get_parent,
    load_category_tree,
)
from subproc_cli.text import stem

TREE = load_category_tree()
KEYS = [category.key for category in TREE]


def test_top_level_categories_are_these() -> None:
    assert set(TREE.top_level) == {
        "identity",
        "account",
        "payment",
        "usage",
        "device",
        "location",
        "communications",
        "content",
        "telemetry",
        "special",
        "criminal",
        "employment",
        "education",
        "financial",
        "travel",
        "vehicle",
    }


@for_rows("key", KEYS)
def test_categories_have_an_existing_parent(key: str) -> None:
    above = get_parent(key)
    assert above in TREE if above is not None else key == ROOT


@for_rows("key", KEYS)
def test_find_of_every_word_for_a_category_returns_it(key: str) -> None:
    category = TREE[key]
    for word in (key, category.label, *category.aliases):
        assert TREE.find(word) == key
        assert TREE.find(f"The {word.upper()}") == key


def test_words_for_categories_are_unique() -> None:
    named: defaultdict[str, set[str]] = defaultdict(set)
    for category in TREE:
        for word in (category.label, *category.aliases):
            named[stem(word)].add(category.key)
    assert {word: keys for word, keys in named.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("email", "identity.email"),
        ("e-mails", "identity.email"),
        ("email addresses", "identity.email"),
        ("contents of emails", "communications.email"),
        ("the names", "identity.name"),
        ("IP addresses", "device.ip_address"),
        ("addresses", "identity.postal_address"),
        ("postal address", "identity.postal_address"),
        ("credit cards", "payment.card"),
        ("customer content", "content"),
        ("free texts", "content.text"),
        ("queries", "telemetry.queries"),
        ("session replays", "usage.session_recording"),
        ("sensitive data", "special"),
        ("criminal records", "criminal"),
        ("all your data", "everything"),
        ("anything", "everything"),
        ("unicorns", None),
        ("", None),
    ],
)
def test_find_of_everyday_words_returns_the_category(phrase: str, key: str | None) -> None:
    assert TREE.find(phrase) == key


@pytest.mark.parametrize(
    ("wrong", "proposed"),
    [("emial", "email"), ("identiy.email", "identity.email"), ("telefone number", "telephone number")],
)
def test_suggest_of_a_misspelled_category_proposes_it(wrong: str, proposed: str) -> None:
    assert TREE.find(wrong) is None
    assert TREE.suggest(wrong) == f"did you mean {proposed}?"


def test_suggest_of_an_unrelated_word_is_empty() -> None:
    assert not TREE.suggest("xyzzy")


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ("everything", "identity.email", True),
        ("everything", "everything", True),
        ("identity", "identity.email", True),
        ("identity.email", "identity.email", True),
        ("identity.email", "identity", False),
        ("identity", "everything", False),
        ("identity", "account.user_id", False),
        ("content.text", "content.texture", False),
    ],
)
def test_covers_of_a_wider_category_is_true(wide: str, narrow: str, *, expected: bool) -> None:
    assert covers(wide, narrow) is expected


@pytest.mark.parametrize(
    ("key", "above", "level"),
    [
        ("everything", None, 0),
        ("identity", "everything", 1),
        ("identity.email", "identity", 2),
        ("usage.pages.app", "usage.pages", 3),
    ],
)
def test_get_parent_and_depth_of_a_key_return_them(key: str, above: str | None, level: int) -> None:
    assert get_parent(key) == above
    assert get_depth(key) == level


def test_leaves_are_categories_without_children() -> None:
    assert "identity.email" in TREE.leaves
    assert "criminal" in TREE.leaves
    assert not {"everything", "identity", "content"} & set(TREE.leaves)
    assert TREE.find_leaves("everything") == TREE.leaves
    assert TREE.find_leaves("identity.email") == ("identity.email",)
    assert TREE.find_leaves("location") == ("location.approximate", "location.precise")


@pytest.mark.parametrize(
    ("key", "personal"),
    [
        ("identity.name", PersonalData.YES),
        ("identity.email", PersonalData.YES),
        ("account.user_id", PersonalData.YES),  # Art. 4(1), recital 30 GDPR: online identifiers
        ("device.ip_address", PersonalData.YES),
        ("device.cookie_id", PersonalData.YES),
        ("location.precise", PersonalData.YES),
        ("content.text", PersonalData.DEPENDS),
        ("telemetry.requests", PersonalData.DEPENDS),
        ("usage.pages", PersonalData.DEPENDS),
        ("everything", PersonalData.DEPENDS),
    ],
)
def test_personal_of_a_category_follows_the_law(key: str, personal: PersonalData) -> None:
    assert TREE[key].personal is personal


def test_special_categories_are_those_of_article_9() -> None:
    special = {category.key for category in TREE if category.special}
    assert special == {key for key in KEYS if covers("special", key)}
    assert special - {"special"} == {
        "special.ethnicity",
        "special.political",
        "special.beliefs",
        "special.union",
        "special.genetic",
        "special.biometric",
        "special.health",
        "special.sexuality",
    }
    assert {TREE[key].personal for key in special} == {PersonalData.YES}
    assert TREE["criminal"].personal is PersonalData.YES


def test_with_own_categories_adds_them_to_the_tree() -> None:
    own = Category("content.text.topics", "topics", ("topic collections",), own=True)
    extended = TREE.with_own_categories({own.key: own})
    assert extended.find("topic collection") == own.key
    assert extended.find_leaves("content.text") == (own.key,)
    assert "content.text" not in extended.leaves
    assert own.key in extended.find_leaves("everything")
    assert own.key not in TREE


def test_find_prefers_a_built_in_word_to_an_own_alias() -> None:
    own = Category("content.letters", "letters", ("email",), own=True)
    assert TREE.with_own_categories({own.key: own}).find("email") == "identity.email"


@pytest.mark.parametrize(
    ("keys", "phrase", "key"),
    [
        (("content.office",), "office", "content.office"),
        (("content.office", "usage.office"), "office", None),  # the last part of both
        (("content.email",), "email", "identity.email"),
        (("content.address",), "address", "identity.postal_address"),  # an alias that is built in
        (("content.address",), "content.address", "content.address"),
    ],
)
def test_find_of_the_last_part_of_an_own_key_needs_it_to_be_unique(
    keys: tuple[str, ...], phrase: str, key: str | None
) -> None:
    tree = TREE.with_own_categories({each: Category(each, f"label of {each}", own=True) for each in keys})
    assert tree.find(phrase) == key


def test_crosswalk_has_only_categories_and_every_top_level_one() -> None:
    """A category without a row has the counterpart of its parent."""
    assert set(TREE.top_level) <= set(data_files.read("crosswalk.yaml")) <= set(KEYS)


@for_rows("key", KEYS)
def test_categories_have_a_counterpart_in_fideslang_or_dpv(key: str) -> None:
    fideslang, dpv = find_counterpart(key)
    assert fideslang or dpv
    assert not fideslang or fideslang.startswith(("user", "system."))
    assert not dpv or dpv.startswith("https://w3id.org/dpv")


@pytest.mark.parametrize(
    ("own", "above"), [("content.text.topics", "content.text"), ("usage.pages.app", "usage.pages")]
)
def test_find_counterpart_of_an_own_category_is_that_of_its_parent(own: str, above: str) -> None:
    assert find_counterpart(own) == find_counterpart(above)


def test_find_counterpart_of_a_new_top_level_category_is_everything() -> None:
    assert find_counterpart("invented") == find_counterpart("everything")


def test_iter_widest_of_leaves_returns_the_widest_categories() -> None:
    tree = load_category_tree()
    assert tuple(tree.iter_widest(tree.leaves)) == ("everything",)
    assert tuple(tree.iter_widest(())) == ()
    assert tuple(tree.iter_widest(("content.text", *tree.find_leaves("identity")))) == (
        "identity",
        "content.text",
    )
