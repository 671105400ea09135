"""What tests a long table in one test."""

import pytest

from rows import for_rows


def test_for_rows_names_every_row_that_fails() -> None:
    @for_rows("left, right", [(1, 1), (2, 3), (4, 4), (5, 6)])
    def check(left: int, right: int) -> None:
        assert left == right

    with pytest.raises(AssertionError) as caught:
        check(part=0)
    lines = str(caught.value).splitlines()
    assert [line for line in lines if "rows fail" in line or "left, right" in line] == [
        "2 of 4 rows fail",
        "left, right = 2, 3",
        "left, right = 5, 6",
    ]


def test_for_rows_in_parts_tries_each_row_once_with_the_fixtures() -> None:
    tried = []

    @for_rows("row", range(10), parts=3)
    def check(row: int, *, more: int) -> None:
        tried.append(row + more)

    for part in range(3):
        check(part=part, more=100)
    assert sorted(tried) == [*range(100, 110)]
