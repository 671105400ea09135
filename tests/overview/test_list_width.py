"""Which columns the overview has at a terminal of some width."""

from datetime import date

import pytest

from many_services import AS_OF, build_registry
from subproc_cli.overview.list import DEFAULT_COLUMNS, ServicesReport


@pytest.mark.parametrize(
    ("number", "width", "has_purposes"),
    [(12, 80, True), (60, 60, False), (60, 80, True), (60, 120, True), (60, 240, True), (1000, 120, True)],
)
def test_list_shows_purposes_where_there_is_room(number: int, width: int, *, has_purposes: bool) -> None:
    registry = build_registry(number)
    report = ServicesReport(registry, registry.find_services_in_use(AS_OF), AS_OF).fit(width)
    assert ("purpose" in report.columns) == has_purposes
    assert [name for name in report.columns if name != "purpose"] == [*DEFAULT_COLUMNS[1:]]


def test_list_of_no_service_keeps_its_columns() -> None:
    registry = build_registry(1)
    assert ServicesReport(registry, {}, date(2024, 1, 1)).fit(40).columns == DEFAULT_COLUMNS
