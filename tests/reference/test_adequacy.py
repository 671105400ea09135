"""Adequacy by date, against a table of the acts that is spelled out here once more."""

from datetime import date, timedelta
from itertools import combinations

import pytest

from subproc_cli.enums import Basis, Regime
from subproc_cli.output import text
from subproc_cli.overview.places import PlacesReport
from subproc_cli.reference.adequacy import AdequacyDecision, get_jurisdiction
from subproc_cli.reference.geography import load_country_codes, load_gazetteer

EU, UK, CH = Regime("eu-gdpr"), Regime("uk-gdpr"), Regime("ch-fadp")
EEA_CODES = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
EEA = set(EEA_CODES.split())
DECISIONS = [(regime, decision) for regime in Regime for decision in get_jurisdiction(regime).decisions]


def held(regime: Regime, country: str, day: str) -> AdequacyDecision | None:
    return get_jurisdiction(regime).find_decision(country, date.fromisoformat(day))


def all_held(regime: Regime, day: str) -> set[str]:
    return {country for country in load_country_codes() if held(regime, country, day)}


def test_regimes_and_decisions_have_a_source() -> None:
    for regime in Regime:
        assert get_jurisdiction(regime).source
        assert get_jurisdiction(regime).label
    for regime, decision in DECISIONS:
        assert decision.source
        assert decision.certainty in ("high", "medium")
        assert decision.date_range.since is not None
        assert decision.date_range.since >= get_jurisdiction(regime).known_since


def test_decisions_name_only_iso_3166_1_countries() -> None:
    assert {code for _, decision in DECISIONS for code in decision.countries} <= set(load_country_codes())


def test_limited_decisions_name_their_recipients() -> None:
    for _, decision in DECISIONS:
        assert decision.scope or not decision.is_limited
        assert decision.is_limited or decision.bases == {Basis.ADEQUACY}


@pytest.mark.parametrize("regime", Regime)
def test_decisions_on_one_country_are_in_order_of_date(regime: Regime) -> None:
    for one, other in combinations(get_jurisdiction(regime).decisions, 2):
        if set(one.countries) & set(other.countries):
            assert one.date_range.since
            assert one.date_range.until
            assert other.date_range.since
            assert one.date_range.since < other.date_range.since
            assert other.date_range.until is None or one.date_range.until < other.date_range.until


@pytest.mark.parametrize(
    ("day", "until", "said"),
    [
        ("2024-06-01", "2025-06-27", "2021/1772"),
        ("2025-06-23", "2025-06-27", "2021/1772"),
        ("2025-06-24", "2025-12-27", "extended on 2025-06-24"),  # from the day of its adoption
        ("2025-12-18", "2025-12-27", "extended on 2025-06-24"),
        ("2025-12-19", "2031-12-27", "renewed by Implementing Decision (EU) 2025/2574"),
    ],
)
def test_extended_decision_ends_as_known_on_the_day(day: str, until: str, said: str) -> None:
    decision = held(EU, "GB", day)
    assert decision
    assert str(decision.date_range.until) == until
    assert said in decision.source


@pytest.mark.parametrize(
    ("country", "day", "act"),
    [
        ("CH", "2000-07-26", "Decision 2000/518/EC"),
        ("CA", "2001-12-20", "Decision 2002/2/EC"),
        ("AR", "2003-06-30", "Decision 2003/490/EC"),
        ("GG", "2003-11-21", "Decision 2003/821/EC"),
        ("IM", "2004-04-28", "Decision 2004/411/EC"),
        ("JE", "2008-05-08", "Decision 2008/393/EC"),
        ("FO", "2010-03-05", "Decision 2010/146/EU"),
        ("AD", "2010-10-19", "Decision 2010/625/EU"),
        ("IL", "2011-01-31", "Decision 2011/61/EU"),
        ("UY", "2012-08-21", "2012/484/EU"),
        ("NZ", "2012-12-19", "2013/65/EU"),
        ("US", "2016-07-12", "(EU) 2016/1250"),  # Privacy Shield
        ("JP", "2019-01-23", "(EU) 2019/419"),
        ("GB", "2021-01-01", "FINPROV.10A"),  # the bridge
        ("KR", "2021-12-17", "(EU) 2022/254"),
        ("US", "2023-07-10", "(EU) 2023/1795"),  # Data Privacy Framework
        ("BR", "2026-01-26", "(EU) 2026/179"),
    ],
)
def test_eu_decision_applies_from_its_adoption(country: str, day: str, act: str) -> None:
    decision = held(EU, country, day)
    before = date.fromisoformat(day) - timedelta(days=1)
    assert decision is not None
    assert act in decision.source
    assert held(EU, country, before.isoformat()) is None


@pytest.mark.parametrize(
    ("country", "last", "act", "following"),
    [
        ("US", "2015-10-05", "C-362/14 (Schrems I)", None),
        ("US", "2020-07-15", "C-311/18 (Schrems II)", None),
        ("GB", "2021-06-27", "FINPROV.10A", "(EU) 2021/1772"),  # the bridge ends where the decision begins
        ("GB", "2031-12-27", "(EU) 2025/2574", None),  # what was extended before went on
    ],
)
def test_eu_decision_applies_until_its_last_day(
    country: str, last: str, act: str, following: str | None
) -> None:
    after = date.fromisoformat(last) + timedelta(days=1)
    ended, begun = held(EU, country, last), held(EU, country, after.isoformat())
    assert ended is not None
    assert act in ended.source
    assert begun != ended
    assert (begun is None) is (following is None)
    assert begun is None or str(following) in begun.source


def test_eu_decisions_on_the_united_kingdom_have_no_gap() -> None:
    ends = [each.date_range.until for each in get_jurisdiction(EU).decisions if "GB" in each.countries]
    assert all(last and held(EU, "GB", str(last + timedelta(days=1))) for last in ends[:-1])


@pytest.mark.parametrize(
    ("regime", "country", "day", "bases"),
    [
        (EU, "US", "2015-10-05", {Basis.ADEQUACY}),  # Safe Harbour was not the framework of today
        (EU, "US", "2020-07-15", {Basis.ADEQUACY}),
        (EU, "US", "2023-07-10", {Basis.DPF, Basis.ADEQUACY}),
        (UK, "US", "2023-10-12", set()),  # the UK Extension has no word yet
        (CH, "US", "2024-09-15", set()),  # nor has the Swiss-US framework
        (EU, "CA", "2024-01-01", {Basis.ADEQUACY}),
        (EU, "JP", "2024-01-01", {Basis.ADEQUACY}),
        (EU, "KR", "2024-01-01", {Basis.ADEQUACY}),
        (UK, "FO", "2024-01-01", {Basis.ADEQUACY}),
    ],
)
def test_limited_decision_is_stated_by_these_bases(
    regime: Regime, country: str, day: str, bases: set[Basis]
) -> None:
    decision = held(regime, country, day)
    assert decision is not None
    assert decision.is_limited
    assert decision.bases == bases


@pytest.mark.parametrize(
    ("regime", "country", "first"),
    [(UK, "US", "2023-10-12"), (UK, "KR", "2022-12-19"), (CH, "US", "2024-09-15")],
)
def test_uk_and_swiss_decisions_apply_from_their_first_day(regime: Regime, country: str, first: str) -> None:
    before = date.fromisoformat(first) - timedelta(days=1)
    assert held(regime, country, first) is not None
    assert held(regime, country, before.isoformat()) is None


OF_THE_EU = {"CH", "CA", "AR", "GG", "IM", "JE", "FO", "AD", "IL", "UY", "NZ", "JP", "GB", "KR", "US"}


@pytest.mark.parametrize(
    ("regime", "day", "expected"),
    [
        (EU, "2000-07-25", set()),
        (EU, "2024-01-01", OF_THE_EU),
        (EU, "2026-08-01", OF_THE_EU | {"BR"}),
        (UK, "2020-12-31", set()),
        (UK, "2024-01-01", EEA | OF_THE_EU - {"GB"} | {"GI"}),
        (CH, "2023-08-31", set()),
        (CH, "2024-01-01", EEA | OF_THE_EU - {"CH", "JP", "KR", "US"} | {"GI", "MC"}),
        (CH, "2024-09-15", EEA | OF_THE_EU - {"CH", "JP", "KR"} | {"GI", "MC"}),
    ],
)
def test_decisions_in_force_on_a_day_are_these(regime: Regime, day: str, expected: set[str]) -> None:
    assert all_held(regime, day) == expected


def test_annex_1_of_the_swiss_ordinance_has_44_entries() -> None:
    assert len(all_held(CH, "2024-09-15")) == 44


@pytest.mark.parametrize(
    ("regime", "day", "expected"),
    [
        (EU, "2024-01-01", {"CA", "FO", "JP", "KR", "US"}),
        (UK, "2024-01-01", {"CA", "FO", "JP", "KR", "US"}),
        (CH, "2024-09-15", {"CA", "US"}),
    ],
)
def test_limited_decisions_on_a_day_are_these(regime: Regime, day: str, expected: set[str]) -> None:
    found = {code for code in all_held(regime, day) if (act := held(regime, code, day)) and act.is_limited}
    assert found == expected


@pytest.mark.parametrize(("regime", "first"), [(EU, "2000-07-26"), (UK, "2021-01-01"), (CH, "2023-09-01")])
def test_regime_is_known_since_this_day(regime: Regime, first: str) -> None:
    assert get_jurisdiction(regime).known_since == date.fromisoformat(first)


@pytest.mark.parametrize(
    ("regime", "country", "day", "expected"),
    [
        (EU, "DE", "2024-01-01", True),
        (EU, "NO", "2024-01-01", True),
        (EU, "CH", "2024-01-01", False),
        (EU, "GB", "2020-12-31", True),
        (EU, "GB", "2021-01-01", False),
        (UK, "GB", "2024-01-01", True),
        (UK, "GI", "2024-01-01", False),
        (CH, "CH", "2024-01-01", True),
        (UK, "DE", "2024-01-01", False),  # abroad, though adequate
        (CH, "LI", "2024-01-01", False),
        (EU, "RE", "2024-01-01", True),
        (EU, "NC", "2024-01-01", False),
        (CH, "US", "2024-01-01", False),
    ],
)
def test_is_domestic_of_a_country_on_a_day_returns_whether(
    regime: Regime, country: str, day: str, *, expected: bool
) -> None:
    assert get_jurisdiction(regime).is_domestic(country, date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("country", "day", "part"),
    [
        ("FO", "2024-06-01", "data protection act (DPA 2018 Sch. 21 paras 4 and 5; medium certainty)"),
        ("GB", "2024-06-01", "(Implementing Decision (EU) 2021/1772)"),
        ("GB", "2020-06-01", "EEA (counted until the end of the transition period)"),
        ("GI", "2019-06-01", "EU (the GDPR applied in Gibraltar until 2020-12-31)"),
        (
            "RE",
            "2024-06-01",
            "as a part of France (TFEU Art. 349 and 355(1)) since 2021-01-01, EEA state",
        ),  # as France is
    ],
)
def test_places_report_names_uncertainty_and_remarks(country: str, day: str, part: str) -> None:
    view = PlacesReport(load_gazetteer(), tuple(Regime), date.fromisoformat(day), (country,))
    assert part in " ".join(text.render(view.to_document(), 400).split())


@pytest.mark.parametrize("regime", Regime)
def test_bases_of_a_law_have_a_source_and_a_date(regime: Regime) -> None:
    bases = get_jurisdiction(regime).bases
    assert Basis.ADEQUACY not in bases
    for known in bases.values():
        assert known.source
        assert known.date_range.since
        assert known.certainty in ("high", "medium")


@pytest.mark.parametrize(
    ("regime", "accepted"),
    [
        (EU, {Basis.SCC, Basis.BCR, Basis.DEROGATION}),
        (UK, {Basis.DEROGATION}),  # the Commission's clauses and European BCR ask for something of UK law
        (CH, {Basis.SCC, Basis.BCR, Basis.DEROGATION}),
    ],
)
def test_find_safeguards_returns_those_sufficient_for_any_country(
    regime: Regime, accepted: set[Basis]
) -> None:
    assert get_jurisdiction(regime).find_safeguards(frozenset(Basis), date(2026, 6, 1)) == accepted


@pytest.mark.parametrize(
    ("regime", "country", "stated", "day", "expected"),
    [
        (EU, "DE", (), "2026-06-01", "home"),
        (UK, "DE", (), "2026-06-01", "adequate"),
        (UK, "DE", (), "2020-06-01", "adequate"),  # Union law itself
        (CH, "RE", (), "2026-06-01", "adequate"),
        (UK, "GI", (), "2026-06-01", "adequate"),
        (EU, "GI", (), "2026-06-01", "not-adequate"),
        (EU, "IN", ("adequacy",), "2026-06-01", "not-adequate"),
        (EU, "KR", (), "2026-06-01", "depends"),
        (EU, "KR", ("adequacy",), "2026-06-01", "adequate"),
        (CH, "KR", ("adequacy",), "2026-06-01", "not-adequate"),
        (EU, "US", ("dpf",), "2026-06-01", "adequate"),
        (UK, "US", ("dpf", "adequacy"), "2026-06-01", "depends"),
        (CH, "US", ("dpf", "adequacy"), "2026-06-01", "depends"),
        (CH, "IN", (), "2023-08-31", "unknown"),
    ],
)
def test_assess_of_a_country_on_a_day_returns_its_status(
    regime: Regime, country: str, stated: tuple[str, ...], day: str, expected: str
) -> None:
    bases = frozenset(map(Basis, stated))
    assert get_jurisdiction(regime).assess(country, bases, date.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2001-06-14", set()),
        ("2001-06-15", {Basis.SCC}),
        ("2021-06-26", {Basis.SCC}),
        ("2021-06-27", {Basis.SCC}),
    ],
)
def test_find_safeguards_of_scc_before_2021_means_the_old_clauses(day: str, expected: set[Basis]) -> None:
    assert get_jurisdiction(EU).find_safeguards([Basis.SCC], date.fromisoformat(day)) == expected
