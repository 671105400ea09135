"""The words of what is published, in each language."""

from datetime import date

import pytest

from registry_text import listing
from subproc_cli.describe.wording import PageWording

EMPTY = listing("  {}\n")


@pytest.mark.parametrize(
    ("language", "day", "days", "place", "list_"),
    [
        ("en", "1 May 2024", "1 day", "Netherlands or EU", "a, b and c"),
        ("de", "1. Mai 2024", "1 Tag", "Niederlande oder EU", "a, b und c"),
        ("fr", "1er mai 2024", "1 jour", "Pays-Bas ou UE", "a, b et c"),
    ],
)
def test_page_wording_formats_dates_numbers_and_places(
    language: str, day: str, days: str, place: str, list_: str
) -> None:
    wording = PageWording(EMPTY, language)
    assert wording.format_day(date(2024, 5, 1)) == day
    assert wording.format_count("day", 1) == days
    assert wording.format_places(["NL", "EU"]) == place
    assert wording.join_words("abc") == list_


def test_format_count_of_zero_is_singular_only_in_french() -> None:
    assert [PageWording(EMPTY, each).format_count("service", 0) for each in ("en", "de", "fr")] == [
        "0 services",
        "0 Dienste",
        "0 service",
    ]


def test_page_wording_keeps_the_own_words_of_the_publisher() -> None:
    head = "categories: {content.topics: {label: topics}}\nregions: {zone-1: [NL]}\n"
    wording = PageWording(listing("  {}\n", head=head), "de")
    assert (wording.format_category("content.topics"), wording.format_place("zone-1")) == ("topics", "zone-1")
