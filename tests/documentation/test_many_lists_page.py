"""The page on many lists: its questions in SQL, asked of a thousand invented lists."""

import re
from pathlib import Path

import duckdb
import pytest

from registry_text import HEAD
from subproc_cli.cli.main import main

PAGE = Path(__file__).parent.parent.parent / "docs" / "many-lists.md"
LISTS = 1_000
SERVICES = """services:
  mail: {name: Example Mail, processing: [US]}
  cloud: {name: Example Cloud, processing: [DE]}
"""
WITH_A_BASIS = SERVICES.replace("[US]", "[US], transfer: [scc]")


@pytest.fixture(scope="module")
def queries(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The SQL of the page, which reads the Parquet files of a thousand lists; two state no basis."""
    folder = tmp_path_factory.mktemp("fleet")
    for number in range(LISTS):
        (folder / "lists" / str(number)).mkdir(parents=True)
        text = HEAD + (SERVICES if number < 2 else WITH_A_BASIS)
        (folder / "lists" / str(number) / "registry.yaml").write_text(text, encoding="utf-8")
    assert main(["export", "parquet", "-r", str(folder / "lists"), "--out", str(folder / "fleet")]) == 0
    found = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [query.replace("'fleet/", f"'{folder}/fleet/") for query in found]


@pytest.mark.slow
def test_first_query_counts_the_lists_of_each_vendor(queries: list[str]) -> None:
    rows = duckdb.execute(queries[0]).fetchall()
    assert rows == [("Example Cloud", LISTS, 0, 0), ("Example Mail", LISTS, LISTS, 0)]


@pytest.mark.slow
def test_second_query_finds_the_lists_without_a_basis(queries: list[str]) -> None:
    rows = duckdb.execute(queries[1].replace("a.publisher,", "a.file,")).fetchall()
    assert len(rows) == 2
    assert {name for _, name in rows} == {"Example Mail"}
