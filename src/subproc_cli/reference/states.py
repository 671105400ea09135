"""The states that places with a country code of their own belong to, for questions that name the state."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from subproc_cli.reference import data_files
from subproc_cli.reference.geography import DateRange, parse_date_range


class Belonging(NamedTuple):
    """That a place belongs to a state, by the constitution of that state.

    Attributes:
        state: the code of the state.
        date_range: the days for which this is so.
        is_part: whether the law of the state applies there as in the rest of it; if not, the place has laws
            of its own, and a question about the state may mean it or not.
        source: where the law of the state says so.
    """

    state: str
    date_range: DateRange
    is_part: bool
    source: str


def find_belonging(country: str, day: date) -> Belonging | None:
    """Return the state that a country code belongs to on a day, None for states and all others.

    >>> find_belonging("RE", date(2026, 1, 1)).state
    'FR'
    """
    found = _load_belongings().get(country)
    return found if found and found.date_range.includes(day) else None


@cache
def _load_belongings() -> dict[str, Belonging]:
    rows: dict[str, list[dict[str, Any]]] = data_files.read("territories.yaml")["states"]
    return dict(_iter_belongings(rows))


def _iter_belongings(rows: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, Belonging]]:
    for state, groups in rows.items():
        for row in groups:
            belonging = Belonging(state, parse_date_range(row), row["relation"] == "part", row["source"])
            yield from ((code, belonging) for code in row["codes"])
