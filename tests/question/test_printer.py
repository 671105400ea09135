"""Questions as trees, printed in words that are read back."""

import pytest

from registry_text import listing
from subproc_cli.question.printer import Printer
from subproc_cli.question.query import Clause, Query

LIST = listing("  a: {name: A}\n", head="regions: {only: [CH], Zone: [NL]}")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("DE", "which are based in Germany"),
        ("EU", "which are based in the EU"),
        ("US", "which are based in the United States"),
        ("Zone", 'which are based in "Zone"'),
        ("only", 'which are based in "only"'),
    ],
)
def test_format_query_puts_own_regions_in_quotes(place: str, line: str) -> None:
    assert Printer(LIST).format_query(Query("list", predicate=Clause("based-in", (place,)))) == line
