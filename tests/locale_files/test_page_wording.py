"""The languages of what is published: the same keys, the same values, a name for everything."""

import re
from datetime import date

import pytest

from registry_text import listing
from subproc_cli.describe.wording import PageWording, load_words
from subproc_cli.enums import Language
from subproc_cli.exporters.regions import RegionClass
from subproc_cli.locale import names
from subproc_cli.overview.show import COUNTED
from subproc_cli.reference.categories import load_category_tree
from subproc_cli.registry.models import Links

OTHERS = [Language.DE, Language.FR]
EMPTY = listing("  {}\n")


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_keys_and_values(language: Language) -> None:
    english, other = load_words(Language.EN), load_words(language)
    assert {part: list(keys) for part, keys in other.items()} == {
        part: list(keys) for part, keys in english.items()
    }
    for part, texts in english.items():
        for key, text in texts.items():
            assert values(other[part][key]) == values(text), (part, key)


def values(text: object) -> set[str]:
    return set(re.findall(r"{\w+}", str(text)))


@pytest.mark.parametrize("language", Language)
def test_closed_lists_are_named_in_full(language: Language) -> None:
    said = load_words(language)
    closed = {
        "sides": set(RegionClass),
        "missing": set(COUNTED),
        "links": set(Links.model_fields),
    }
    assert {part: set(said[part]) for part in closed} == closed


@pytest.mark.parametrize("language", OTHERS)
def test_every_category_has_a_name(language: Language) -> None:
    assert list(names.load_category_labels(language)) == [each.key for each in load_category_tree()]
    assert names.load_category_labels(Language.EN) == {}


@pytest.mark.parametrize(
    ("language", "day", "days", "place", "list_"),
    [
        (Language.EN, "1 May 2024", "1 day", "Netherlands or EU", "a, b and c"),
        (Language.DE, "1. Mai 2024", "1 Tag", "Niederlande oder EU", "a, b und c"),
        (Language.FR, "1er mai 2024", "1 jour", "Pays-Bas ou UE", "a, b et c"),
    ],
)
def test_days_numbers_places(language: Language, day: str, days: str, place: str, list_: str) -> None:
    wording = PageWording(EMPTY, language)
    assert wording.format_day(date(2024, 5, 1)) == day
    assert wording.format_count("day", 1) == days
    assert wording.format_places(["NL", "EU"]) == place
    assert wording.join_words("abc") == list_


def test_zero_is_many_but_in_french() -> None:
    assert [PageWording(EMPTY, each).format_count("service", 0) for each in Language] == [
        "0 services",
        "0 Dienste",
        "0 service",
    ]


def test_own_words_stay_as_the_publisher_wrote_them() -> None:
    head = "categories: {content.topics: {label: topics}}\nregions: {zone-1: [NL]}\n"
    wording = PageWording(listing("  {}\n", head=head), Language.DE)
    assert (wording.format_category("content.topics"), wording.format_place("zone-1")) == ("topics", "zone-1")
