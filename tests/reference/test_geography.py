"""Countries after ISO 3166-1, regions by date, and the names by which both are found."""

from datetime import date, timedelta

import pytest
from babel.core import get_global  # CLDR is the independent witness here

from rows import for_rows
from subproc_cli.locale import names
from subproc_cli.reference import geography
from subproc_cli.reference import states as states_of
from subproc_cli.reference.geography import WORLDWIDE, DateRange, Membership, Region, load_country_codes

GAZETTEER = geography.load_gazetteer()
CODES = load_country_codes()
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}  # fmt: skip
"""Two-letter codes of CLDR that ISO 3166-1 reserves, leaves to its users, or does not assign."""
DAY = date(2024, 1, 1)
EU_27 = {"BE", "DE", "FR", "IT", "LU", "NL", "DK", "IE", "GR", "ES", "PT", "AT", "FI", "SE", "CY", "CZ", "EE", "HU", "LV", "LT", "MT", "PL", "SK", "SI", "BG", "RO", "HR"}  # fmt: skip


def members(region: str, day: str) -> frozenset[str]:
    return GAZETTEER.get_countries(region, date.fromisoformat(day))


def states(region: str, day: str) -> frozenset[str]:
    return GAZETTEER.regions[region].get_states(date.fromisoformat(day))


def test_country_codes_are_those_of_iso_3166_1() -> None:
    assert set(CODES) <= names.load_territory_names("en").keys() - NOT_ISO  # a later CLDR may know more
    assert len(CODES) == 249


@for_rows("code", CODES)
def test_find_of_codes_and_name_returns_the_country(code: str) -> None:
    assert get_global("territory_aliases")[CODES[code]] == [code]
    for word in (code, code.lower(), CODES[code], CODES[code].lower(), names.get_country_name(code)):
        assert GAZETTEER.find(word) == code


RENAMED = {
    "HM": {"Heard & McDonald Islands", "Heard Island & McDonald Islands"},
    "SH": {"St. Helena", "St. Helena, Ascension & Tristan da Cunha"},
    "TF": {"French Southern Territories", "French Southern and Antarctic Lands"},
}
"""The English names of countries that differ between the releases of Babel that are supported: 2.18 and 2.19."""


def test_stored_english_names_are_those_of_babel() -> None:
    for code in CODES:
        kept = names.get_country_name(code)
        assert {kept, names.load_territory_names("en")[code]} <= RENAMED.get(code, {kept})


@pytest.mark.parametrize("language", ["en", "de"])
def test_country_names_are_unique(language: str) -> None:
    named = {names.get_country_name(code, language) for code in CODES}
    assert len(named) == len(CODES)
    assert not named & set(CODES)


def test_regions_have_a_source_and_existing_members() -> None:
    for region in GAZETTEER:
        assert region.source
        assert region.memberships
        for membership in region.memberships:
            assert set(membership.countries) <= set(CODES)
            assert len(set(membership.countries)) == len(membership.countries)


TERRITORIES = {"RE", "GP", "MQ", "GF", "MF", "YT", "AX"}


def test_territories_belong_to_eu_and_eea_but_not_to_efta() -> None:
    assert members("EU", "2024-01-01") - states("EU", "2024-01-01") == TERRITORIES
    assert members("EEA", "2024-01-01") - states("EEA", "2024-01-01") == TERRITORIES
    assert members("EFTA", "2024-01-01") == states("EFTA", "2024-01-01")


@pytest.mark.parametrize(
    ("region", "code", "last", "first"),
    [
        ("EU", "YT", "2013-12-31", "2014-01-01"),  # an overseas territory before
        ("EU", "AX", "1994-12-31", "1995-01-01"),  # with Finland
        ("EEA", "AX", "1994-12-31", "1995-01-01"),
        ("EEA", "RE", "1993-12-31", "1994-01-01"),  # with France
        ("EU", "GI", "1972-12-31", "1973-01-01"),  # with the United Kingdom
    ],
)
def test_membership_of_a_territory_starts_on_a_day(region: str, code: str, last: str, first: str) -> None:
    assert code not in members(region, last)
    assert code in members(region, first)


@pytest.mark.parametrize(
    ("region", "code", "last"),
    [
        ("EU", "BL", "2011-12-31"),
        ("EEA", "BL", "2011-12-31"),
        ("EU", "GI", "2020-01-31"),
        ("EEA", "GI", "2020-12-31"),
    ],
)
def test_membership_of_a_territory_ends_on_a_day(region: str, code: str, last: str) -> None:
    after = date.fromisoformat(last) + timedelta(days=1)
    assert code in members(region, last)
    assert code not in members(region, after.isoformat())


@pytest.mark.parametrize(
    "code", ["PM", "BL", "NC", "PF", "WF", "TF", "AW", "BQ", "CW", "SX", "GL", "FO", "GI"]
)
def test_territory_outside_the_union_belongs_to_no_region(code: str) -> None:
    assert code not in members("EU", "2024-01-01")
    assert code not in members("EEA", "2024-01-01")


def test_territories_have_a_source_and_a_state() -> None:
    for code, periods in geography.load_territories().items():
        for territory in periods:
            assert {code, territory.state} <= set(CODES)
            assert territory.source
            assert territory.date_range.since or territory.status == "outside"
            assert territory.certainty in ("high", "medium")
            assert bool(territory.text) is (territory.status in ("depends", "unsettled"))


@for_rows("code", CODES)
def test_find_belonging_of_a_country_names_another_state_and_its_source(code: str) -> None:
    found = states_of.find_belonging(code, DAY)
    if found:
        assert found.state in CODES
        assert states_of.find_belonging(found.state, DAY) is None
        assert found.source


def test_find_belonging_covers_every_part_that_shares_the_law_of_its_state() -> None:
    for code in CODES:
        territory = geography.find_territory(code, DAY)
        if territory and territory.status == "part":
            found = states_of.find_belonging(code, DAY)
            assert found
            assert (found.state, found.is_part) == (territory.state, True)


@pytest.mark.parametrize(
    ("code", "day", "status", "state"),
    [
        ("RE", "2024-01-01", "part", "FR"),
        ("MF", "2024-01-01", "part", "FR"),
        ("BL", "2011-12-31", "part", "FR"),
        ("BL", "2012-01-01", None, "BL"),
        ("BL", "2019-05-31", None, "BL"),
        ("BL", "2019-06-01", "unsettled", "BL"),
        ("YT", "2013-12-31", None, "YT"),
        ("YT", "2014-01-01", "part", "FR"),
        ("AX", "1994-12-31", None, "AX"),
        ("AX", "1995-01-01", "part", "FI"),
        ("GI", "2020-12-31", "part", "GB"),
        ("GI", "2021-01-01", None, "GI"),
        ("PM", "2024-01-01", "unsettled", "PM"),
        ("NC", "2024-01-01", "unsettled", "NC"),
        ("PF", "2024-01-01", "unsettled", "PF"),
        ("WF", "2024-01-01", "unsettled", "WF"),
        ("TF", "2024-01-01", "unsettled", "TF"),
        ("SJ", "2024-01-01", "depends", "SJ"),
        ("AW", "2024-01-01", "outside", "AW"),
        ("BQ", "2024-01-01", "outside", "BQ"),
        ("CW", "2024-01-01", "outside", "CW"),
        ("SX", "2024-01-01", "outside", "SX"),
        ("GL", "2024-01-01", "outside", "GL"),
        ("FR", "2024-01-01", None, "FR"),
    ],
)
def test_find_territory_on_a_day_returns_its_relation_to_the_state(
    code: str, day: str, status: str | None, state: str
) -> None:
    found = geography.find_territory(code, date.fromisoformat(day))
    assert (found.status if found else None) == status
    assert geography.find_state(code, date.fromisoformat(day)) == state


@pytest.mark.parametrize(
    ("region", "code", "day", "part"),
    [
        ("EU", "NC", "2024-01-01", "unsettled (Ordonnance 2018-1125)"),
        ("EEA", "NC", "2024-01-01", "unsettled (Ordonnance 2018-1125)"),
        ("EEA", "BL", "2019-06-01", "unsettled (Ordonnance 2018-1125)"),
        ("EEA", "SJ", "2024-01-01", "Jan Mayen is not (Agreement on the EEA, Protocol 40)"),
    ],
)
def test_find_remark_of_a_special_territory_returns_the_reason(
    region: str, code: str, day: str, part: str
) -> None:
    remark = GAZETTEER.regions[region].find_remark(code, date.fromisoformat(day))
    assert remark is not None
    assert part in f"{remark.text} ({remark.source})"


@pytest.mark.parametrize(
    ("region", "code", "day"),
    [
        ("EU", "SJ", "2024-01-01"),  # Norway is not a member
        ("EFTA", "SJ", "2024-01-01"),  # has no territories
        ("EU", "AW", "2024-01-01"),
        ("EU", "BL", "2019-05-31"),
    ],
)
def test_find_remark_of_a_territory_that_is_outside_returns_nothing(region: str, code: str, day: str) -> None:
    assert GAZETTEER.regions[region].find_remark(code, date.fromisoformat(day)) is None


@pytest.mark.parametrize(
    ("code", "day", "part"),
    [
        ("RO", "2007-07-31", "applied since 2007-08-01"),
        ("RO", "2007-08-01", ""),
        ("HR", "2014-04-11", "applied since 2014-04-12"),
        ("HR", "2014-04-12", ""),
    ],
)
def test_find_note_of_a_provisional_member_returns_the_reason(code: str, day: str, part: str) -> None:
    note = GAZETTEER.regions["EEA"].find_note(code, date.fromisoformat(day))
    assert code in members("EEA", day)
    assert part in note
    assert bool(note) is bool(part)


def test_members_of_a_region_on_a_day_are_unique() -> None:
    for region in GAZETTEER:
        first_days = [each.date_range.since for each in region.memberships if each.date_range.since] or [DAY]
        for day in (*first_days, DAY):
            current = [
                code
                for each in region.memberships
                if each.date_range.includes(day)
                for code in each.countries
            ]
            assert len(current) == len(set(current))


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("NO", "NO"),  # no Boolean
        ("no", "NO"),
        ("Netherlands", "NL"),
        ("the netherlands", "NL"),
        ("Holland", "NL"),
        ("USA", "US"),
        ("U.S.", "US"),
        ("United States of America", "US"),
        ("UK", "GB"),
        ("Great Britain", "GB"),
        ("Korea", "KR"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Côte d’Ivoire", "CI"),
        ("Saint Lucia", "LC"),
        ("Bosnia and Herzegovina", "BA"),
        ("eu", "EU"),
        ("European Union", "EU"),
        ("european economic area", "EEA"),
        ("Europe", "Europe"),  # the continent; a publisher can define another region of this name
        ("the US", "US"),
        ("The Netherlands", "NL"),
        ("UAE", "AE"),
        ("Cote d'Ivoire", "CI"),
        ("Reunion", "RE"),
        ("efta", "EFTA"),
        ("worldwide", "worldwide"),
        ("Global", "worldwide"),
        ("anywhere", "worldwide"),
        ("XK", None),  # in common use, but not ISO 3166-1
        ("Atlantis", None),
        ("", None),
    ],
)
def test_find_of_everyday_words_returns_the_place(word: str, place: str | None) -> None:
    assert GAZETTEER.find(word) == place


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("Germny", "did you mean Germany?"),
        ("world wide", "did you mean worldwide?"),
        ("Xyzzyx", ""),
        ("Deutschland", "did you mean Germany?"),
        ("Pays-Bas", "did you mean Netherlands?"),
        ("Slovania", ""),  # Slovakia and Slovenia are as near
        ("EA", ""),
        ("Kosovo", ""),
        ("Berlin", "say Germany"),
        ("London", "say Canada or United Kingdom"),
        ("Canary Islands", "say Spain"),  # and not the Cayman Islands
        ("the Canaries", "say Spain"),
        ("Ceuta", "say Spain"),
        ("Madeira", "say Portugal"),
        ("England", "say United Kingdom"),  # and not Greenland
        ("northern ireland", "say United Kingdom"),
        ("Channel Islands", "say Guernsey or Jersey"),
        ("Svalbard", "say Svalbard & Jan Mayen"),
        ("Åland", "say Åland Islands"),
        ("Aland", "say Åland Islands"),
    ],
)
def test_suggest_of_a_misspelled_place_proposes_it(wrong: str, hint: str) -> None:
    assert GAZETTEER.find(wrong) is None
    assert GAZETTEER.suggest(wrong) == hint


@pytest.mark.parametrize(
    ("region", "country", "day", "expected"),
    [
        ("EU", "GB", "1972-12-31", False),
        ("EU", "GB", "1973-01-01", True),
        ("EU", "GB", "2020-01-31", True),
        ("EU", "GB", "2020-02-01", False),
        ("EEA", "GB", "2020-02-01", True),  # counted until the end of the transition period
        ("EEA", "GB", "2020-12-31", True),
        ("EEA", "GB", "2021-01-01", False),
        ("EU", "HR", "2013-06-30", False),
        ("EU", "HR", "2013-07-01", True),
        ("EU", "PL", "2004-04-30", False),
        ("EU", "PL", "2004-05-01", True),
        ("EU", "RO", "2006-12-31", False),
        ("EU", "RO", "2007-01-01", True),
        ("EU", "AT", "1994-12-31", False),
        ("EU", "AT", "1995-01-01", True),
        ("EFTA", "AT", "1994-12-31", True),
        ("EFTA", "AT", "1995-01-01", False),
        ("EEA", "LI", "1995-04-30", False),
        ("EEA", "LI", "1995-05-01", True),
        ("EEA", "CH", "2024-01-01", False),
        ("EFTA", "CH", "2024-01-01", True),
        ("EU", "NO", "2024-01-01", False),
        ("EEA", "NO", "2024-01-01", True),
    ],
)
def test_membership_on_its_first_and_last_day_is_included(
    region: str, country: str, day: str, *, expected: bool
) -> None:
    assert (country in members(region, day)) is expected


@pytest.mark.parametrize(
    ("day", "size"),
    [
        ("1958-01-01", 6),
        ("1973-01-01", 9),
        ("1981-01-01", 10),
        ("1986-01-01", 12),
        ("1995-01-01", 15),
        ("2004-05-01", 25),
        ("2007-01-01", 27),
        ("2013-07-01", 28),
        ("2020-02-01", 27),
    ],
)
def test_eu_has_this_number_of_members_from_a_day(day: str, size: int) -> None:
    before = date.fromisoformat(day) - timedelta(days=1)
    assert len(states("EU", day)) == size
    assert len(states("EU", before.isoformat())) != size


def test_members_of_eu_eea_and_efta_are_these() -> None:
    assert states("EU", "2024-01-01") == EU_27
    assert states("EEA", "2024-01-01") == {*EU_27, "IS", "LI", "NO"}
    assert members("EFTA", "2024-01-01") == {"CH", "IS", "LI", "NO"}


@pytest.mark.parametrize(
    ("span", "day", "expected"),
    [
        (DateRange(), "1900-01-01", True),
        (DateRange(since=DAY), "2023-12-31", False),
        (DateRange(since=DAY), "2024-01-01", True),
        (DateRange(until=DAY), "2024-01-01", True),
        (DateRange(until=DAY), "2024-01-02", False),
        (DateRange(DAY, DAY), "2024-01-01", True),
    ],
)
def test_date_range_includes_both_ends(span: DateRange, day: str, *, expected: bool) -> None:
    assert span.includes(date.fromisoformat(day)) is expected


def test_find_of_a_part_of_a_country_returns_none() -> None:
    for word in geography.load_parts():
        codes = geography.find_countries_of_part(word)
        assert GAZETTEER.find(word) is None
        assert codes
        assert set(codes) <= set(CODES)


def test_get_countries_of_a_place_returns_its_members() -> None:
    assert GAZETTEER.get_countries("NL", DAY) == {"NL"}
    assert GAZETTEER.get_countries(WORLDWIDE, DAY) == set(CODES)


def test_get_label_of_a_place_is_its_name() -> None:
    assert [GAZETTEER.get_label(place) for place in ("NL", "EU", WORLDWIDE)] == [
        "Netherlands",
        "EU",
        "worldwide",
    ]


def test_with_own_regions_adds_them_to_the_gazetteer() -> None:
    own = Region("EU-west4", "EU-west4", (), "invented", (Membership(("NL",), DateRange()),), own=True)
    extended = GAZETTEER.with_own_regions({own.key: own})
    assert extended.find("eu west4") == "EU-west4"
    assert extended.get_countries("EU-west4", DAY) == {"NL"}
    assert extended.find("EU") == "EU"
    assert GAZETTEER.find("eu west4") is None
