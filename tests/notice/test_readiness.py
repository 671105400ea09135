"""What a run warns of before it writes letters."""

from datetime import date

import pytest

from registry_text import listing
from subproc_cli.notice.readiness import describe_backdating

OLD = listing("  a: {name: Alpha}\n", date="2024-04-01")


@pytest.mark.parametrize("sent", [date(2024, 4, 1), date(2024, 4, 2)])
def test_describe_backdating_from_the_day_of_the_list_on_is_empty(sent: date) -> None:
    assert describe_backdating(sent, OLD) == ""


def test_describe_backdating_before_the_day_of_the_list_names_both_days() -> None:
    assert describe_backdating(date(2024, 3, 31), OLD) == (
        "--sent 2024-03-31 is before 2024-04-01, the date of the old revision; the letters state 2024-03-31"
    )
