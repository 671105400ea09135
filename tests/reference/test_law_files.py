"""The law files: their shape, and what they hold, against tables that are spelled out here once more."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import subproc_cli
from law_schema import find_faults
from subproc_cli.reference import geography
from subproc_cli.reference.law_facts import Decision
from subproc_cli.reference.laws import FOLDER, Law, list_laws, load_law

EU, UK, CH = "eu-gdpr", "uk-gdpr", "ch-fadp"
INVENTED = """\
name: Data Protection Act of the Cook Islands
short: DPA
authority: the Commissioner
source: Act 1 of 2020
home: [{place: CK, source: Act 1}]
known_since: 2020-01-01
known_until: 2030-12-31
bases:
  adequacy: [{name: list, kind: decision, article: Art. 1, since: 2020-01-01, source: Act 1}]
  scc: [{name: scc, article: Art. 2, since: 2020-01-01, source: Act 1}]
decisions:
  - {places: [NZ], since: 2021-01-01, number: List 1, source: List 1}
articles:
  notice: &article {article: Art. 3, since: 2020-01-01, source: Act 1}
  objection: *article
  record: *article
  record-transfers: *article
  contact: *article
  transfers: *article
"""


def split(codes: str) -> set[str]:
    return set(codes.split())


EEA = split("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO")


def find_numbers(law: str, country: str, day: str) -> list[str]:
    return [each.number for each in load_law(law).find_decisions(country, date.fromisoformat(day))]


def find_last_decision(law: str, country: str, day: str) -> Decision:
    return load_law(law).find_decisions(country, date.fromisoformat(day))[-1]


def shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


# The shape


@pytest.mark.parametrize("law", list_laws())
def test_law_files_of_the_program_have_no_errors(law: str) -> None:
    assert find_faults(FOLDER / f"{law}.yaml") == []


def test_list_laws_returns_the_name_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "ck-dpa.yaml").write_text(INVENTED)
    assert list_laws() == tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
    assert {CH, EU, UK} <= set(list_laws())
    assert list_laws(tmp_path) == ("ck-dpa",)
    assert find_faults(tmp_path / "ck-dpa.yaml") == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("short: DPA", "shorts: DPA", "2: shorts: Extra inputs are not permitted"),
        ("known_since: 2020-01-01", "known_since: 2020-13-01", "6: known_since: "),
        ("known_until: 2030-12-31", "known_until: 2019-12-31", "7: known_until: is before known_since"),
        ("{place: CK,", "{place: XX,", "5: home.0.place: Value error, XX is not the code of a country"),
        ("article: Art. 2, since", "article: Art. 2, with: [idta], requires: x, since", "10: bases.scc.0: idta is not a basis"),
        ("Art. 2, since: 2020-01-01, source: Act 1", "Art. 2, since: 2020-01-01", "10: bases.scc.0.source: Field required"),
        ("Art. 2, since", "Art. 2, until: 2019-01-01, since", "10: bases.scc.0: Value error, until 2019-01-01 is before"),
        ("Art. 2, since", "Art. 2, with: [scc], since", "10: bases.scc.0: Value error, a basis that carries nothing alone"),
        ("Art. 2, since", "Art. 2, last_resort: true, since", "10: bases.scc.0: Value error, a last resort needs"),
        ("[NZ], since: 2021", "[NZ], since: 2019", "12: decisions.0.since: is before known_since"),
        ("[NZ],", "[NZ], limited_to: recipients,", "12: decisions.0: Value error, a decision for some recipients"),
        ("[NZ],", "[NZ], scope: x, limited_to: recipients, stated_as: [dpf],", "12: decisions.0: dpf is not a basis"),
        ("[NZ],", "[NZ], certainty: low,", "12: decisions.0.certainty: "),
        ("  contact: *article\n", "", "13: articles: contact is missing"),
    ],
)  # fmt: skip
def test_law_file_with_an_error_names_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert INVENTED.count(old) == 1
    (tmp_path / "ck-dpa.yaml").write_text(INVENTED.replace(old, new))
    found = find_faults(tmp_path / "ck-dpa.yaml")
    assert any(each.startswith(f"ck-dpa.yaml:{fault}") for each in found), found


def test_load_law_of_an_unknown_name_raises_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load_law("lgpd")


# Names and dates


@pytest.mark.parametrize(
    ("law", "name", "short", "authority", "known_since"),
    [
        (EU, "General Data Protection Regulation", "GDPR", "the supervisory authority competent for you", "2000-07-26"),
        (UK, "UK GDPR", "UK GDPR", "Information Commissioner's Office", "2021-01-01"),
        (CH, "Swiss Federal Act on Data Protection", "FADP", "Federal Data Protection and Information Commissioner", "2023-09-01"),
    ],
)  # fmt: skip
def test_law_has_its_names_and_dates(
    law: str, name: str, short: str, authority: str, known_since: str
) -> None:
    found = load_law(law)
    assert (found.name, found.short, found.authority) == (name, short, authority)
    assert found.known_since == date.fromisoformat(known_since)
    assert found.known_until == date(2026, 8, 5)
    assert not found.is_known(found.known_since - timedelta(days=1))
    assert found.is_known(found.known_since)
    assert found.is_known(found.known_until)
    assert not found.is_known(found.known_until + timedelta(days=1))


@pytest.mark.parametrize(
    ("law", "country", "day", "expected"),
    [
        (EU, "DE", "2024-01-01", True),
        (EU, "NO", "2024-01-01", True),
        (EU, "HR", "2013-06-30", False),
        (EU, "HR", "2013-07-01", True),  # a member of the Union, before the EEA Agreement was applied to it
        (EU, "RE", "2024-01-01", True),
        (EU, "YT", "2013-12-31", False),
        (EU, "YT", "2014-01-01", True),
        (EU, "BL", "2011-12-31", True),
        (EU, "BL", "2012-01-01", False),
        (EU, "AX", "2024-01-01", True),
        (EU, "NC", "2024-01-01", False),
        (EU, "SJ", "2024-01-01", False),
        (EU, "GB", "2020-12-31", True),
        (EU, "GB", "2021-01-01", False),
        (EU, "GI", "2020-12-31", True),
        (EU, "GI", "2021-01-01", False),
        (EU, "CH", "2024-01-01", False),
        (UK, "GB", "2024-01-01", True),
        (UK, "DE", "2024-01-01", False),
        (UK, "GI", "2024-01-01", False),
        (CH, "CH", "2024-01-01", True),
        (CH, "LI", "2024-01-01", False),
    ],
)
def test_is_home_on_a_day_follows_the_law_and_its_territories(
    law: str, country: str, day: str, *, expected: bool
) -> None:
    assert load_law(law).is_home(country, date.fromisoformat(day)) is expected


# Decisions


@pytest.mark.parametrize(
    ("law", "country", "first", "number"),
    [
        (EU, "CH", "2000-07-26", "2000/518/EC"),
        (EU, "HU", "2000-07-26", "2000/519/EC"),
        (EU, "US", "2000-07-26", "2000/520/EC"),
        (EU, "CA", "2001-12-20", "2002/2/EC"),
        (EU, "AR", "2003-06-30", "2003/490/EC"),
        (EU, "GG", "2003-11-21", "2003/821/EC"),
        (EU, "IM", "2004-04-28", "2004/411/EC"),
        (EU, "JE", "2008-05-08", "2008/393/EC"),
        (EU, "FO", "2010-03-05", "2010/146/EU"),
        (EU, "AD", "2010-10-19", "2010/625/EU"),
        (EU, "IL", "2011-01-31", "2011/61/EU"),
        (EU, "UY", "2012-08-21", "2012/484/EU"),
        (EU, "NZ", "2012-12-19", "2013/65/EU"),
        (EU, "US", "2016-07-12", "(EU) 2016/1250"),
        (EU, "JP", "2019-01-23", "(EU) 2019/419"),
        (EU, "GB", "2021-01-01", "TCA Art. 782"),
        (EU, "KR", "2021-12-17", "(EU) 2022/254"),
        (EU, "US", "2023-07-10", "(EU) 2023/1795"),
        (EU, "BR", "2026-01-26", "(EU) 2026/179"),
        (UK, "DE", "2021-01-01", "DPA 2018 Sch. 21"),
        (UK, "RE", "2021-01-01", "DPA 2018 Sch. 21"),
        (UK, "GI", "2021-01-01", "DPA 2018 Sch. 21"),
        (UK, "FO", "2021-01-01", "DPA 2018 Sch. 21"),
        (UK, "KR", "2022-12-19", "SI 2022/1213"),
        (UK, "US", "2023-10-12", "SI 2023/1028"),
        (CH, "DE", "2023-09-01", "DPO Annex 1"),
        (CH, "GB", "2023-09-01", "DPO Annex 1"),
        (CH, "MC", "2023-09-01", "DPO Annex 1"),
        (CH, "US", "2024-09-15", "DPO Annex 1"),
    ],
)  # fmt: skip
def test_decision_is_in_force_from_its_first_day(law: str, country: str, first: str, number: str) -> None:
    assert find_numbers(law, country, first) == [number]
    assert find_numbers(law, country, shift(first, -1)) == []


@pytest.mark.parametrize(
    ("country", "last", "number", "following"),
    [
        ("HU", "2004-04-30", "2000/519/EC", []),
        ("US", "2015-10-05", "2000/520/EC", []),  # the day before C-362/14
        ("US", "2020-07-15", "(EU) 2016/1250", []),  # the day before C-311/18
        ("GB", "2021-06-27", "TCA Art. 782", ["(EU) 2021/1772"]),
        ("GB", "2025-06-23", "(EU) 2021/1772", ["(EU) 2025/1226"]),  # extended before it ended
        ("GB", "2025-12-18", "(EU) 2025/1226", ["(EU) 2025/2574"]),
        ("GB", "2031-12-27", "(EU) 2025/2574", []),
    ],
)
def test_eu_decision_is_in_force_until_its_last_day(
    country: str, last: str, number: str, following: list[str]
) -> None:
    assert find_numbers(EU, country, last) == [number]
    assert find_numbers(EU, country, shift(last, 1)) == following


OF_THE_EU = {"CH", "CA", "AR", "GG", "IM", "JE", "FO", "AD", "IL", "UY", "NZ", "JP", "GB", "KR", "US"}
OF_FRANCE_AND_FINLAND = {"RE", "GP", "MQ", "GF", "MF", "YT", "AX"}


@pytest.mark.parametrize(
    ("law", "day", "expected"),
    [
        (EU, "2000-07-25", set()),
        (EU, "2024-01-01", OF_THE_EU),
        (EU, "2026-08-05", OF_THE_EU | {"BR"}),
        (UK, "2026-08-05", EEA | OF_FRANCE_AND_FINLAND | OF_THE_EU - {"GB"} | {"GI"}),
        (CH, "2026-08-05", EEA | OF_FRANCE_AND_FINLAND | OF_THE_EU - {"CH", "JP", "KR"} | {"GI", "MC"}),
    ],
)
def test_decisions_of_a_law_on_a_day_cover_these_places(law: str, day: str, expected: set[str]) -> None:
    codes = geography.load_country_codes()
    assert {country for country in codes if find_numbers(law, country, day)} == expected


def test_annex_1_of_the_swiss_ordinance_has_44_entries() -> None:
    places = {place for each in load_law(CH).decisions for place in each.places}
    assert len(places) == 44


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        (EU, {"BR", "CA", "FO", "JP", "KR", "US"}),
        (UK, {"CA", "FO", "JP", "KR", "US"}),
        (CH, {"CA", "US"}),
    ],
)
def test_limited_decisions_of_a_law_cover_these_places(law: str, expected: set[str]) -> None:
    day = date(2026, 8, 5)
    limited = {
        place
        for each in load_law(law).decisions
        if each.is_limited and each.is_in_force(day)
        for place in each.places
    }
    assert limited == expected


@pytest.mark.parametrize(
    ("law", "country", "part"),
    [
        (EU, "KR", "without credit information under the financial regulator and religious or party use"),
        (UK, "KR", "subject to PIPA"),
        (EU, "FO", "Faroese data protection act"),
        (UK, "FO", "Faroese data protection act"),
        (EU, "JP", "business operators subject to the APPI"),
        (EU, "CA", "commercial organisations subject to PIPEDA"),
        (CH, "CA", "substantially similar provincial act"),
        (EU, "BR", "controllers and processors subject to the LGPD"),
        (EU, "IL", "automated processing"),
    ],
)
def test_decision_has_its_scope(law: str, country: str, part: str) -> None:
    assert part in find_last_decision(law, country, "2026-08-05").scope


def test_uk_decision_on_south_korea_has_no_exception() -> None:
    assert "without" not in find_last_decision(UK, "KR", "2026-08-05").scope


@pytest.mark.parametrize(
    ("law", "country", "day", "words"),
    [
        (EU, "US", "2015-10-05", ("adequacy",)),
        (EU, "US", "2026-08-05", ("dpf", "adequacy")),
        (UK, "US", "2026-08-05", ("dpf-uk",)),
        (CH, "US", "2026-08-05", ("dpf-ch",)),
        (EU, "CA", "2026-08-05", ("adequacy",)),
    ],
)
def test_decision_has_the_words_by_which_a_list_states_it(
    law: str, country: str, day: str, words: tuple[str, ...]
) -> None:
    assert find_last_decision(law, country, day).stated_as == words


def test_bridge_to_the_united_kingdom_is_no_transfer() -> None:
    assert not find_last_decision(EU, "GB", "2021-06-27").is_transfer
    assert find_last_decision(EU, "GB", "2021-06-28").is_transfer


def test_renewed_decision_with_an_unconfirmed_number_says_so() -> None:
    renewed = find_last_decision(EU, "GB", "2026-08-05")
    assert (renewed.certainty, renewed.number_certainty) == ("high", "medium")


def test_decision_on_an_organisation_covers_no_place() -> None:
    found = load_law(EU).find_organisation_decisions("EPO", date(2025, 7, 15))
    assert [each.number for each in found] == ["(EU) 2025/1382"]
    assert found[0].places == ()
    assert load_law(EU).find_organisation_decisions("EPO", date(2025, 7, 14)) == ()
    assert load_law(UK).find_organisation_decisions("EPO", date(2025, 7, 15)) == ()


def test_doubts_about_the_data_privacy_framework_have_dates() -> None:
    doubts = find_last_decision(EU, "US", "2026-08-05").doubts
    assert [(each.key, each.since.isoformat(), each.certainty) for each in doubts] == [
        ("dpf-appeal", "2025-10-31", "high"),
        ("dpf-ftc-independence", "2026-06-29", "medium"),
        ("dpf-edpb-letter", "2026-07-31", "medium"),
    ]


# Bases


@pytest.mark.parametrize(
    ("law", "words"),
    [
        (EU, "adequacy dpf scc scc-legacy bcr code-of-conduct certification derogation"),
        (UK, "adequacy dpf dpf-uk scc scc-legacy uk-addendum idta bcr bcr-uk code-of-conduct certification derogation"),
        (CH, "adequacy dpf dpf-ch scc bcr code-of-conduct certification treaty notified-clauses derogation"),
    ],
)  # fmt: skip
def test_law_has_these_bases(law: str, words: str) -> None:
    assert list(load_law(law).bases) == words.split()


@pytest.mark.parametrize(
    ("law", "word", "since", "until"),
    [
        (EU, "dpf", "2023-07-10", None),
        (EU, "scc", "2021-06-27", None),
        (EU, "scc-legacy", "2001-06-15", "2022-12-27"),
        (EU, "bcr", "2003-06-03", None),
        (EU, "code-of-conduct", "2018-05-25", None),
        (EU, "certification", "2018-05-25", None),
        (EU, "derogation", "1995-10-24", None),
        (UK, "dpf-uk", "2023-10-12", None),
        (UK, "scc", "2022-03-21", None),
        (UK, "scc-legacy", "2021-01-01", "2024-03-21"),
        (UK, "uk-addendum", "2022-03-21", None),
        (UK, "idta", "2022-03-21", None),
        (CH, "dpf-ch", "2024-09-15", None),
        (CH, "scc", "2023-09-01", None),
    ],
)
def test_find_basis_returns_it_between_two_days(law: str, word: str, since: str, until: str | None) -> None:
    found = load_law(law)
    assert found.find_basis(word, date.fromisoformat(since))
    assert found.find_basis(word, date.fromisoformat(shift(since, -1))) is None
    assert found.find_basis(word, date.fromisoformat(until or "2026-08-05"))
    assert (found.find_basis(word, date.fromisoformat(shift(until or "2026-08-05", 1))) is None) is bool(
        until
    )


@pytest.mark.parametrize(
    ("law", "word", "day", "article"),
    [
        (EU, "adequacy", "2018-05-24", "Art. 25(6) Directive 95/46/EC"),
        (EU, "adequacy", "2018-05-25", "Art. 45 GDPR"),
        (EU, "dpf", "2026-08-05", "Art. 45 GDPR"),
        (EU, "scc", "2026-08-05", "Art. 46(2)(c) GDPR"),
        (EU, "bcr", "2018-05-24", "Art. 26(2) Directive 95/46/EC"),
        (EU, "bcr", "2026-08-05", "Art. 46(2)(b) and 47 GDPR"),
        (EU, "code-of-conduct", "2026-08-05", "Art. 46(2)(e) GDPR"),
        (EU, "certification", "2026-08-05", "Art. 46(2)(f) GDPR"),
        (EU, "derogation", "2026-08-05", "Art. 49 GDPR"),
        (UK, "adequacy", "2026-02-04", "Art. 45 UK GDPR"),
        (UK, "adequacy", "2026-02-05", "Art. 45A UK GDPR"),
        (UK, "dpf-uk", "2026-08-05", "Art. 45A UK GDPR"),
        (UK, "uk-addendum", "2026-08-05", "Art. 46(2)(d) UK GDPR"),
        (UK, "idta", "2026-08-05", "Art. 46(2)(d) UK GDPR"),
        (UK, "bcr-uk", "2026-08-05", "Art. 46(2)(b) and 47 UK GDPR"),
        (UK, "derogation", "2026-08-05", "Art. 49 UK GDPR"),
        (CH, "adequacy", "2026-08-05", "Art. 16(1) FADP"),
        (CH, "dpf-ch", "2026-08-05", "Art. 16(1) FADP"),
        (CH, "scc", "2026-08-05", "Art. 16(2)(d) FADP"),
        (CH, "bcr", "2026-08-05", "Art. 16(2)(e) FADP"),
        (CH, "certification", "2026-08-05", "Art. 16(3) FADP with Art. 12 DPO"),
        (CH, "treaty", "2026-08-05", "Art. 16(2)(a) FADP"),
        (CH, "notified-clauses", "2026-08-05", "Art. 16(2)(b) FADP"),
        (CH, "derogation", "2026-08-05", "Art. 17 FADP"),
    ],
)
def test_basis_has_its_article_by_date(law: str, word: str, day: str, article: str) -> None:
    found = load_law(law).find_basis(word, date.fromisoformat(day))
    assert found
    assert found.article == article


@pytest.mark.parametrize("law", list_laws())
def test_last_resort_is_only_the_derogation(law: str) -> None:
    resorts = {
        word for word, rules in load_law(law).bases.items() if any(each.is_last_resort for each in rules)
    }
    assert resorts == {"derogation"}


# What else a law says


@pytest.mark.parametrize(
    ("law", "category", "ids"),
    [
        (EU, "special.health", ["special"]),
        (EU, "special", ["special"]),
        (EU, "criminal", ["criminal"]),
        (EU, "identity.email", []),
        (EU, "everything", []),
        (CH, "special.beliefs", ["views"]),
        (CH, "special.political", ["views"]),
        (CH, "special.union", ["views"]),
        (CH, "special.health", ["health"]),
        (CH, "special.ethnicity", ["health"]),
        (CH, "special.sexuality", ["health"]),
        (CH, "special.genetic", ["genetic"]),
        (CH, "special.biometric", ["biometric"]),
        (CH, "criminal", ["proceedings"]),
        (CH, "special", ["views", "health", "genetic", "biometric"]),
    ],
)
def test_find_sensitive_of_a_category_returns_its_kinds(law: str, category: str, ids: list[str]) -> None:
    assert [each.key for each in load_law(law).find_sensitive(category, date(2026, 8, 5))] == ids


def test_swiss_act_has_six_kinds_of_sensitive_data() -> None:
    articles = [each.article for each in load_law(CH).sensitive]
    assert articles == [f"Art. 5(c)({number}) FADP" for number in range(1, 7)]


@pytest.mark.parametrize(
    ("law", "key", "article"),
    [
        (EU, "notice", "Art. 28(2) GDPR"),
        (EU, "record-transfers", "Art. 30(2)(c) GDPR"),
        (EU, "transfers", "Art. 44 GDPR"),
        (UK, "notice", "Art. 28(2) UK GDPR"),
        (UK, "transfers", "Art. 44A UK GDPR"),
        (UK, "data-protection-test", "Art. 46(1A) UK GDPR"),
        (CH, "notice", "Art. 9(3) FADP and Art. 7 DPO"),
        (CH, "objection", "Art. 7(2) DPO"),
        (CH, "record-transfers", "Art. 12(3) with Art. 12(2)(g) FADP"),
    ],
)
def test_find_article_of_a_duty_returns_it(law: str, key: str, article: str) -> None:
    found = load_law(law).find_article(key, date(2026, 8, 5))
    assert found
    assert found.article == article


def test_find_article_before_it_was_in_force_returns_none() -> None:
    assert load_law(UK).find_article("data-protection-test", date(2026, 2, 4)) is None


def test_annexes_belong_to_these_clauses() -> None:
    found = {
        law: [
            (each.key, each.basis or each.contract, each.adapted, each.option)
            for each in load_law(law).annexes
        ]
        for law in (EU, UK, CH)
    }
    assert found == {
        EU: [("annex-iii-2021-914", "scc", "", "1"), ("annex-iv-2021-915", "2021-915", "", "1")],
        UK: [("table-3-uk-addendum", "uk-addendum", "", "")],
        CH: [("annex-iii-2021-914", "scc", CH, "1")],
    }


def test_law_file_with_own_territories_overrides_the_table(tmp_path: Path) -> None:
    rows = "territories:\n  NU: [{state: CK, since: 2022-01-01, source: Act 2}]\n  RE: [{state: FR, status: outside, source: Act 2}]\n"
    (tmp_path / "ck-dpa.yaml").write_text(INVENTED + rows)
    law: Law = load_law("ck-dpa", tmp_path)
    assert find_faults(tmp_path / "ck-dpa.yaml") == []
    assert not law.is_home("NU", date(2021, 12, 31))
    assert law.is_home("NU", date(2022, 1, 1))
    assert law.find_state("RE", date(2022, 1, 1)) == "RE"
    assert load_law(EU).find_state("RE", date(2022, 1, 1)) == "FR"


@pytest.mark.parametrize(
    "module",
    ["reference/laws.py", "reference/law_facts.py", "evaluation/transfers.py", "evaluation/transfer_outcomes.py"],
)  # fmt: skip
def test_modules_that_apply_laws_name_none_of_them(module: str) -> None:
    source = (Path(subproc_cli.__file__).parent / module).read_text()
    assert not [law for law in list_laws() if law in source or law.upper().replace("-", "_") in source]
