"""Two days between which nothing begins or ends are the same to a law."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from subproc_cli.evaluation.transfer_outcomes import StatedBasis
from subproc_cli.evaluation.transfers import assess_place
from subproc_cli.reference.geography import load_country_codes, load_gazetteer
from subproc_cli.reference.laws import Law, list_laws, load_law

YEARS = range(2014, 2028)


def find_quiet_periods(law: Law) -> list[tuple[date, date]]:
    """Return the first and the last day of each stretch of days on which the law stays as it is."""
    days = [date(YEARS[0], 1, 1) + timedelta(days=at) for at in range(365 * len(YEARS))]
    begins = [days[0], *(day for before, day in pairwise(days) if law.can_change_between(before, day))]
    return [(first, after - timedelta(days=1)) for first, after in pairwise(begins)]


def test_can_change_between_days_around_an_adequacy_decision_returns_true() -> None:
    law = load_law("eu-gdpr")
    assert law.can_change_between(date(2023, 7, 9), date(2023, 7, 10))
    assert law.can_change_between(date(2024, 1, 1), date(2020, 7, 15))
    assert not law.can_change_between(date(2024, 2, 1), date(2024, 2, 2))
    assert not law.can_change_between(date(2023, 7, 10), date(2023, 7, 10))


@pytest.mark.slow
@pytest.mark.parametrize("key", list_laws())
def test_can_change_between_quiet_days_returns_false_and_every_place_is_the_same(key: str) -> None:
    law = load_law(key)
    bases = tuple(StatedBasis(word) for word in law.bases)
    for first, last in find_quiet_periods(law):
        for country in load_country_codes():
            old, new = (assess_place(law, country, bases, day) for day in (first, last))
            assert new._replace(day=first) == old, (country, first, last)
        for region in load_gazetteer():
            assert region.get_members(first) == region.get_members(last)
