"""What holds of every judgement on a transfer: over all countries, laws and bases, and the days on which something begins or ends."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subproc_cli.evaluation.transfer_outcomes import Importer, StatedBasis, TransferStatus
from subproc_cli.evaluation.transfers import assess_place, propose_bases
from subproc_cli.reference.geography import DateRange, load_country_codes, load_gazetteer, load_territories
from subproc_cli.reference.laws import Law, list_laws, load_law

LAWS = [load_law(key) for key in list_laws()]
COUNTRIES = list(load_country_codes())
WORDS = sorted({word for law in LAWS for word in law.bases} | {"unheard-of"})


def iter_date_ranges() -> Iterator[DateRange]:
    """Yield every period of the reference data."""
    for law in LAWS:
        yield DateRange(law.known_since, law.known_until)
        yield from (each.date_range for each in law.decisions)
        yield from (each.date_range for rules in law.bases.values() for each in rules)
        yield from (
            DateRange(each.first_contract_day, each.last_contract_day)
            for rules in law.bases.values()
            for each in rules
        )
    yield from (each.date_range for periods in load_territories().values() for each in periods)
    yield from (each.date_range for region in load_gazetteer() for each in region.memberships)


DAYS = sorted(
    {
        day + timedelta(days=shift)
        for each in iter_date_ranges()
        for day in each
        if day
        for shift in (-1, 0, 1)
    }
)
STATED = st.builds(
    StatedBasis,
    word=st.sampled_from(WORDS),
    until=st.none() | st.sampled_from(DAYS),
    places=st.lists(st.sampled_from(["US", "IN", "FR"]), max_size=2).map(tuple),
    modules=st.lists(st.sampled_from(["one", "three"]), max_size=1).map(tuple),
    adapted=st.lists(st.sampled_from(list_laws()), max_size=2).map(tuple),
    covers=st.lists(st.sampled_from(["hr", "non-hr"]), max_size=2).map(tuple),
    signed=st.none() | st.sampled_from(DAYS),
)
BASES = st.lists(STATED, max_size=4)
IMPORTERS = st.none() | st.builds(
    Importer,
    country=st.none() | st.sampled_from(COUNTRIES),
    organisation=st.sampled_from(["", "", "", "EPO"]),
    is_under_law=st.none() | st.booleans(),
    receives=st.lists(st.sampled_from(["hr", "non-hr"]), max_size=2).map(tuple),
)
LAW = st.sampled_from(LAWS)
COUNTRY = st.sampled_from([*COUNTRIES, *["US", "GB", "CA", "KR", "BR", "FO", "SJ", "NC", "GI", "RE"] * 8])
DAY = st.sampled_from(DAYS)


@pytest.mark.parametrize("law", LAWS, ids=list_laws())
def test_assess_place_of_every_country_and_day_agrees_with_the_data(law: Law) -> None:
    bare: tuple[StatedBasis, ...] = ()
    for day in DAYS:
        for country in COUNTRIES:
            found = assess_place(law, country, bare, day)
            decisions = law.find_decisions(country, day)
            if day < law.known_since:
                assert found.status is TransferStatus.UNKNOWN
            elif law.is_home(country, day):
                assert found.status is TransferStatus.NOT_TRANSFERRED
            elif decisions:
                assert found.status in ("adequate", "depends", "not-transferred")
            elif found.status is TransferStatus.DEPENDS:
                assert "part" in {each.kind for each in found.remarks}
            else:
                assert found.status == ("not-adequate" if day <= law.known_until else "unknown")


@given(LAW, COUNTRY, BASES, DAY, IMPORTERS)
def test_assess_place_that_is_adequate_names_a_decision_in_force(
    law: Law, country: str, bases: list[StatedBasis], day: date, importer: Importer | None
) -> None:
    found = assess_place(law, country, bases, day, importer)
    if found.status is TransferStatus.ADEQUATE:
        assert found.decisions
        invoked = [decision for each in found.accepted_bases for decision in each.decisions]
        for decision in found.decisions:
            assert decision.is_in_force(day)
            assert decision.source
            assert not decision.is_limited or decision in invoked
            state = law.find_state(country, day)
            assert (
                found.place == decision.organisation
                or decision.covers_place(country, day)
                or decision.covers_place(state, day)
            )


@given(LAW, COUNTRY, BASES, DAY)
def test_assess_place_at_home_never_needs_a_basis(
    law: Law, country: str, bases: list[StatedBasis], day: date
) -> None:
    found = assess_place(law, country, bases, day)
    if law.is_home(country, day):
        assert not found.needs_basis
        assert found.is_carried
        assert found.status in (TransferStatus.NOT_TRANSFERRED, TransferStatus.UNKNOWN)


@given(LAW, COUNTRY, BASES, DAY, IMPORTERS)
def test_assess_place_before_the_known_dates_is_unknown(
    law: Law, country: str, bases: list[StatedBasis], day: date, importer: Importer | None
) -> None:
    found = assess_place(law, country, bases, day, importer)
    if day < law.known_since:
        assert found.status is TransferStatus.UNKNOWN
        assert not found.accepted_bases
        assert not found.decisions


@given(LAW, COUNTRY, BASES, st.integers(1, 4000), IMPORTERS)
def test_assess_place_after_the_known_dates_is_never_not_adequate(
    law: Law, country: str, bases: list[StatedBasis], days: int, importer: Importer | None
) -> None:
    found = assess_place(law, country, bases, law.known_until + timedelta(days=days), importer)
    assert found.status is not TransferStatus.NOT_ADEQUATE
    is_remarked = any(each.kind == "after-known-until" for each in found.remarks)
    assert is_remarked or law.is_home(country, found.day)


@given(LAW, COUNTRY, BASES, DAY, IMPORTERS)
def test_assess_place_accepts_a_basis_or_names_what_is_missing(
    law: Law, country: str, bases: list[StatedBasis], day: date, importer: Importer | None
) -> None:
    found = assess_place(law, country, bases, day, importer)
    assert [each.stated for each in found.bases] == bases
    for each in found.bases:
        assert each.is_accepted is not bool(each.missing)
        assert len(set(each.missing)) == len(each.missing)
        if each.is_accepted:
            assert law.find_basis(each.stated.word, day)
            assert each.stated.until is None or day <= each.stated.until


@given(LAW, COUNTRY, BASES, STATED, DAY)
def test_assess_place_with_one_more_basis_loses_nothing(
    law: Law, country: str, bases: list[StatedBasis], more: StatedBasis, day: date
) -> None:
    before, after = assess_place(law, country, bases, day), assess_place(law, country, [*bases, more], day)
    assert before.is_carried <= after.is_carried
    assert {each.stated for each in before.accepted_bases} <= {each.stated for each in after.accepted_bases}
    if before.status is TransferStatus.ADEQUATE:
        assert after.status is TransferStatus.ADEQUATE


@given(LAW, COUNTRY, DAY)
def test_propose_bases_returns_only_accepted_bases(law: Law, country: str, day: date) -> None:
    if day < law.known_since:
        return
    for proposal in propose_bases(law, country, day):
        adapted = (proposal.adapted,) if proposal.adapted else ()
        stated = [StatedBasis(word, adapted=adapted, signed=day) for word in proposal.words]
        found = assess_place(law, country, stated, day)
        assert found.is_carried
        assert not any(each.missing for each in found.bases)
        assert not found.is_last_resort_alone
