"""Countries, and regions with their members by date."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from subproc_cli.law import data, names
from subproc_cli.words import SURE, did_you_mean, fold

WORLDWIDE = "worldwide"
_LANGUAGES = ("de", "fr")
"""Whose names of countries are proposed in English."""
_WORLD_WORDS = ("worldwide", "world", "global", "globally", "anywhere", "everywhere")


class Span(NamedTuple):
    """A stretch of days, both ends included; None is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the span."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Membership(NamedTuple):
    """Countries that belong to a region for a span of time.

    Attributes:
        countries: alpha-2 codes.
        span: the days on which they belong to it.
        note: why so, where it is not plain.
    """

    countries: tuple[str, ...]
    span: Span
    note: str = ""


class Region(NamedTuple):
    """A named set of countries that may change over time."""

    key: str
    label: str
    aliases: tuple[str, ...]
    source: str
    memberships: tuple[Membership, ...]
    own: bool = False

    def members(self, day: date) -> frozenset[str]:
        """Return the countries that belong to the region on a day."""
        return frozenset(
            country
            for membership in self.memberships
            if membership.span.holds(day)
            for country in membership.countries
        )

    def note(self, country: str, day: date) -> str:
        """Return what is to be said of the membership of a country on a day; mostly nothing."""
        held = (each for each in self.memberships if country in each.countries and each.span.holds(day))
        return next((each.note for each in held), "")


class Gazetteer:
    """Every name of a place that can be read, and the countries that it stands for."""

    def __init__(self, regions: Mapping[str, Region]) -> None:
        self.regions = regions

    def extended(self, own: Mapping[str, Region]) -> "Gazetteer":
        """Return a gazetteer with a publisher's own regions beside the built-in ones."""
        return Gazetteer({**self.regions, **own}) if own else self

    @cached_property
    def _codes(self) -> dict[str, str]:
        found = {fold(code): code for code in country_codes()}
        found |= {fold(alpha3): code for code, alpha3 in country_codes().items()}
        found |= {fold(alias): code for alias, code in _country_file()["aliases"].items()}
        found |= {fold(word): WORLDWIDE for word in _WORLD_WORDS}
        for region in self.regions.values():
            found |= {fold(word): region.key for word in (*region.aliases, region.label, region.key)}
        return found

    @cached_property
    def _names(self) -> dict[str, str]:
        return names.codes_by_name(country_codes())

    def code(self, word: str) -> str | None:
        """Return the canonical form of a code or a common short name, without asking for names."""
        if word in country_codes() or word in self.regions:
            return word
        return self._codes.get(bare(word))

    def find(self, word: str) -> str | None:
        """Return the canonical form of any name of a place, None if it is not known."""
        return self.code(word) or self._names.get(bare(word))

    def proposal(self, word: str) -> str:
        """Return `did you mean …?` for a word that names no place, or an empty text."""
        foreign = next((code for known in map(_named_in, _LANGUAGES) if (code := known.get(bare(word)))), "")
        if foreign:
            return f"did you mean {names.country(foreign)}?"
        return did_you_mean(word, [*self.regions, WORLDWIDE, *map(names.country, country_codes())], SURE)

    def countries(self, place: str, day: date) -> frozenset[str]:
        """Return the countries of which at least one is meant by a canonical place on a day."""
        if place == WORLDWIDE:
            return frozenset(country_codes())
        region = self.regions.get(place)
        return region.members(day) if region else frozenset((place,))

    def label(self, place: str) -> str:
        """Return a canonical place in words: `Netherlands`, `EU`."""
        if place in self.regions or place == WORLDWIDE:
            return place
        return names.country(place)

    def __iter__(self) -> Iterator[Region]:
        return iter(self.regions.values())


@cache
def _named_in(language: str) -> dict[str, str]:
    return names.codes_by_name(country_codes(), language)


def bare(word: str) -> str:
    """Return a name in the form in which two spellings of one place are equal."""
    return fold(word).removeprefix("the ")


@cache
def _country_file() -> dict[str, dict[str, str]]:
    file: dict[str, dict[str, str]] = data.read("countries.yaml")
    return file


@cache
def country_codes() -> dict[str, str]:
    """Return every ISO 3166-1 alpha-2 code with its alpha-3 code."""
    pairs = str(_country_file()["codes"]).split()
    return {alpha2: alpha3 for alpha2, _, alpha3 in (pair.partition(":") for pair in pairs)}


@cache
def built_in() -> Gazetteer:
    """Return the gazetteer that comes with the program."""
    return Gazetteer(
        {
            key: Region(
                key=key,
                label=row["label"],
                aliases=tuple(row["aliases"]),
                source=row["source"],
                memberships=tuple(
                    Membership(tuple(each["countries"]), span(each), each.get("note", ""))
                    for each in row["members"]
                ),
            )
            for key, row in data.read("regions.yaml").items()
        },
    )


def span(row: Mapping[str, str]) -> Span:
    """Return the span of a row of a data file from its `since` and `until`."""
    return Span(
        date.fromisoformat(row["since"]) if "since" in row else None,
        date.fromisoformat(row["until"]) if "until" in row else None,
    )
