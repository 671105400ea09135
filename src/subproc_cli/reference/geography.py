"""Countries, their territories, and regions with their members by date."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, NamedTuple

from subproc_cli.locale import names
from subproc_cli.reference import data_files
from subproc_cli.reference.towns import find_countries_of_town
from subproc_cli.suggest import find_intended
from subproc_cli.text import fold, join_words, strip_accents

WORLDWIDE = "worldwide"
UNKNOWN = "unknown"
"""A place of processing of which nothing is known: it may be in any country."""
_LANGUAGES = ("de", "fr")
"""Languages whose names of countries lead to a suggestion in English."""
_ANYWHERE = frozenset((WORLDWIDE, UNKNOWN))
_WORLD_WORDS = ("worldwide", "world", "global", "globally", "anywhere", "everywhere")


class DateRange(NamedTuple):
    """A period, with its first and last day; None leaves an end open."""

    since: date | None = None
    until: date | None = None

    def includes(self, day: date) -> bool:
        """Return whether a day lies in the span."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def intersect(self, other: "DateRange") -> "DateRange | None":
        """Return the days that lie in both spans, None if there are none."""
        since = max((each for each in (self.since, other.since) if each), default=None)
        until = min((each for each in (self.until, other.until) if each), default=None)
        return None if since and until and until < since else DateRange(since, until)


class Membership(NamedTuple):
    """Countries that belong to a region for a span of time.

    Attributes:
        countries: alpha-2 codes.
        date_range: the days on which they belong to it.
        note: why so, where it is not plain.
        is_territory: whether they are territories of a member with a code of their own, and not states.
    """

    countries: tuple[str, ...]
    date_range: DateRange
    note: str = ""
    is_territory: bool = False


class Remark(NamedTuple):
    """What to report about countries that do not belong to a region on some days.

    Attributes:
        countries: alpha-2 codes.
        date_range: the days.
        key: the id of the text in the languages.
        text: the text in English, a sentence without its full stop.
        source: the act.
        certainty: `high`, or `medium` where sources differ or leave it open.
    """

    countries: tuple[str, ...]
    date_range: DateRange
    key: str
    text: str
    source: str
    certainty: str


class TerritoryStatus(StrEnum):
    """How a territory relates to the data protection law of its state.

    Attributes:
        PART: it shares the law.
        DEPENDS: a part of it does and another does not.
        UNSETTLED: the rules of the state apply there, but whether data sent there is transferred is open.
        OUTSIDE: nothing that binds or covers the state reaches it.
    """

    PART = "part"
    DEPENDS = "depends"
    UNSETTLED = "unsettled"
    OUTSIDE = "outside"


class Territory(NamedTuple):
    """A territory with a country code of its own, in relation to its state, for a period.

    Attributes:
        state: the code of the state.
        date_range: the days for which this is so.
        source: the article of the treaty, or the act.
        status: the relation.
        note: why the territory belongs to a region, where that is not plain.
        key: the id of the text in the languages.
        text: what to report about a territory that is not simply outside, in English, without a full stop.
        certainty: `high`, or `medium` where sources differ.
    """

    state: str
    date_range: DateRange
    source: str
    status: TerritoryStatus
    note: str
    key: str
    text: str
    certainty: str


class Region(NamedTuple):
    """A named set of countries that may change over time."""

    key: str
    label: str
    aliases: tuple[str, ...]
    source: str
    memberships: tuple[Membership, ...]
    own: bool = False
    remarks: tuple[Remark, ...] = ()
    is_replaceable: bool = False

    def get_members(self, day: date) -> frozenset[str]:
        """Return the countries that belong to the region on a day, territories of its states included."""
        return self.get_states(day) | self.get_territories(day)

    def get_states(self, day: date) -> frozenset[str]:
        """Return the members on a day without the territories that belong to the region through a state."""
        return self._collect_countries(day, territory=False)

    def get_territories(self, day: date) -> frozenset[str]:
        """Return the territories that belong to the region on a day through a state."""
        return self._collect_countries(day, territory=True)

    def _collect_countries(self, day: date, *, territory: bool) -> frozenset[str]:
        return frozenset(
            country
            for membership in self.memberships
            if membership.is_territory is territory and membership.date_range.includes(day)
            for country in membership.countries
        )

    def find_remark(self, country: str, day: date) -> Remark | None:
        """Return what to report about a country that does not belong to the region; mostly nothing."""
        found = (each for each in self.remarks if country in each.countries and each.date_range.includes(day))
        return next(found, None)

    def find_note(self, country: str, day: date) -> str:
        """Return what to report about the membership of a country on a day; mostly nothing."""
        held = (
            each for each in self.memberships if country in each.countries and each.date_range.includes(day)
        )
        return next((each.note for each in held), "")


class Gazetteer:
    """Every name of a place that can be read, and the countries that it means."""

    def __init__(self, regions: Mapping[str, Region]) -> None:
        self.regions = regions

    def with_own_regions(self, own: Mapping[str, Region]) -> "Gazetteer":
        """Return a gazetteer with a publisher's own regions next to the built-in ones."""
        if not own:
            return self
        names = {fold(name) for name in own}
        kept = {
            key: region
            for key, region in self.regions.items()
            if not region.is_replaceable or names.isdisjoint(map(fold, (key, region.label, *region.aliases)))
        }
        return Gazetteer({**kept, **own})

    @cached_property
    def _codes(self) -> dict[str, str]:
        found = {fold(code): code for code in load_country_codes()}
        found |= {fold(alpha3): code for code, alpha3 in load_country_codes().items()}
        found |= {fold(alias): code for alias, code in _load_country_file()["aliases"].items()}
        found |= {fold(word): WORLDWIDE for word in _WORLD_WORDS}
        for region in self.regions.values():
            found |= {fold(word): region.key for word in (*region.aliases, region.label, region.key)}
        return found

    @cached_property
    def _names(self) -> dict[str, str]:
        return names.index_codes_by_name(load_country_codes())

    def find_code(self, word: str) -> str | None:
        """Return the canonical form of a code or a common short name, without loading all names."""
        if word in load_country_codes() or word in self.regions:
            return word
        return self._codes.get(normalize_name(word))

    def find(self, word: str) -> str | None:
        """Return the canonical form of any name of a place, None if it is not known."""
        return self.find_code(word) or self._names.get(normalize_name(word))

    def suggest(self, word: str) -> str:
        """Return what to say instead of a word that names no place, or an empty text.

        A town or a part of a country is answered with the country, not with a place that is spelt like it.
        """
        within = find_countries_of_part(word) or find_countries_of_town(word)
        if within:
            return f"say {join_words(map(names.get_country_name, within), 'or')}"
        foreign = next(
            (
                code
                for known in map(_load_codes_by_name, _LANGUAGES)
                if (code := known.get(normalize_name(word)))
            ),
            "",
        )
        if foreign:
            return f"did you mean {names.get_country_name(foreign)}?"
        known = [*self.regions, WORLDWIDE, *map(names.get_country_name, load_country_codes())]
        found = find_intended(word, known, self.find)
        return f"did you mean {found}?" if found else ""

    def get_countries(self, place: str, day: date) -> frozenset[str]:
        """Return the countries of which at least one is meant by a canonical place on a day."""
        region = self.regions.get(place)
        if region:
            return region.get_members(day)
        return frozenset(load_country_codes() if place in _ANYWHERE else (place,))

    def get_label(self, place: str) -> str:
        """Return a canonical place in words: `Netherlands`, `EU`."""
        if place in self.regions or place in _ANYWHERE:
            return place
        return names.get_country_name(place)

    def __iter__(self) -> Iterator[Region]:
        return iter(self.regions.values())


@cache
def _load_codes_by_name(language: str) -> dict[str, str]:
    return names.index_codes_by_name(load_country_codes(), language)


def normalize_name(word: str) -> str:
    """Return a name in the form in which two spellings of one place are equal."""
    return fold(word).removeprefix("the ")


@cache
def _load_country_file() -> dict[str, dict[str, str]]:
    file: dict[str, dict[str, str]] = data_files.read("countries.yaml")
    return file


def find_countries_of_part(word: str) -> tuple[str, ...]:
    """Return the codes that the name of a part of a country may mean, none for other names.

    >>> find_countries_of_part("the Canary Islands")
    ('ES',)
    """
    return load_parts().get(strip_accents(normalize_name(word)), ())


@cache
def load_parts() -> dict[str, tuple[str, ...]]:
    """Return the names of parts of countries, folded and without accents, with the codes of the countries."""
    rows: dict[str, list[str]] = _load_territory_file()["parts"]
    return {
        strip_accents(fold(name)): tuple(codes.split()) for codes, called in rows.items() for name in called
    }


@cache
def load_territories() -> dict[str, tuple[Territory, ...]]:
    """Return the territories by code, each with its status over time."""
    return parse_territories(_load_territory_file()["territories"])


@cache
def _load_territory_file() -> dict[str, Any]:
    file: dict[str, Any] = data_files.read("territories.yaml")
    return file


def parse_territories(rows: Mapping[str, Iterable[Mapping[str, str]]]) -> dict[str, tuple[Territory, ...]]:
    """Return the territories of a data file."""
    return {code: tuple(map(_parse_territory, each)) for code, each in rows.items()}


def _parse_territory(row: Mapping[str, str]) -> Territory:
    return Territory(
        state=row["state"],
        date_range=parse_date_range(row),
        source=row["source"],
        status=TerritoryStatus(row.get("status", TerritoryStatus.PART)),
        note=row.get("note", ""),
        key=row.get("key", ""),
        text=row.get("text", ""),
        certainty=row.get("certainty", "high"),
    )


def find_territory(country: str, day: date) -> Territory | None:
    """Return the status of a country as a territory of a state on a day, None if it is not known as one."""
    rows = load_territories().get(country, ())
    return next((each for each in rows if each.date_range.includes(day)), None)


def find_state(country: str, day: date) -> str:
    """Return the state whose data protection law a territory shares on a day, or the country itself."""
    found = find_territory(country, day)
    return found.state if found and found.status is TerritoryStatus.PART else country


@cache
def load_country_codes() -> dict[str, str]:
    """Return every ISO 3166-1 alpha-2 code with its alpha-3 code."""
    pairs = str(_load_country_file()["codes"]).split()
    return {alpha2: alpha3 for alpha2, _, alpha3 in (pair.partition(":") for pair in pairs)}


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer that comes with the program."""
    return Gazetteer(
        {
            key: Region(
                key=key,
                label=row["label"],
                aliases=tuple(row["aliases"]),
                source=row["source"],
                memberships=_parse_memberships(row),
                remarks=_parse_remarks(row),
                is_replaceable=row.get("replaceable") == "true",
            )
            for key, row in data_files.read("regions.yaml").items()
        },
    )


def _parse_remarks(row: Mapping[str, Any]) -> tuple[Remark, ...]:
    """Return the remarks of a row of the regions, then those on the territories of its members."""
    remarks = tuple(
        Remark(
            countries=tuple(each["countries"]),
            date_range=parse_date_range(each),
            key=each["key"],
            text=each["text"],
            source=each["source"],
            certainty=each.get("certainty", "high"),
        )
        for each in row.get("remarks", ())
    )
    return (*remarks, *_iter_territory_remarks(row)) if row.get("territories") == "true" else remarks


def _iter_territory_remarks(row: Mapping[str, Any]) -> Iterator[Remark]:
    states = {state for member in row["members"] for state in member["countries"]}
    for code, periods in load_territories().items():
        for each in periods:
            if each.text and each.state in states:
                yield Remark((code,), each.date_range, each.key, each.text, each.source, each.certainty)


def _parse_memberships(row: Mapping[str, Any]) -> tuple[Membership, ...]:
    """Return the memberships of a row of the regions, then those of the territories of its members."""
    members = tuple(
        Membership(tuple(each["countries"]), parse_date_range(each), each.get("note", ""))
        for each in row["members"]
    )
    if row.get("territories") != "true":
        return members
    return (*members, *(each for member in members for each in _iter_territory_memberships(member)))


def _iter_territory_memberships(member: Membership) -> Iterator[Membership]:
    for code, periods in load_territories().items():
        for each in periods:
            if each.status is TerritoryStatus.PART and each.state in member.countries:
                days = member.date_range.intersect(each.date_range)
                if days:
                    yield Membership((code,), days, each.note or member.note, is_territory=True)


def parse_date_range(row: Mapping[str, str]) -> DateRange:
    """Return the span of a row of a data file from its `since` and `until`."""
    return DateRange(
        date.fromisoformat(row["since"]) if "since" in row else None,
        date.fromisoformat(row["until"]) if "until" in row else None,
    )
