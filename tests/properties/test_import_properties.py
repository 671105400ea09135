"""No text is lost and every list can be read back, whatever stands in the cells."""

import csv
import json
import re
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from import_cases import Made, made
from subproc_cli.importers import vocabulary
from subproc_cli.importers.blocks import Grid
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.formats import markdown
from subproc_cli.importers.formats.html import parse_blocks
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.yaml import builder, layout, reader
from subproc_cli.yaml.source import Source

NAMES = {"Name": "name"}
"""Says that the column has names, whatever stands in it: not every text looks like one."""
HEADS = [
    "Name",
    "Purpose",
    "Location",
    "Data",
    "Data types",
    "Information",
    "Does not have access to",
    "Legal address",
    "Transfer",
    "Since",
    "Website",
    "Foo",
]
WORDS = st.sampled_from(
    [
        "email",
        "name",
        "Germany",
        "US",
        "NO",
        "No",
        "EU",
        "SCC",
        "not",
        "or",
        "and",
        ",",
        "/",
        "(",
        ")",
        "2024-01-01",
        "yes",
        "#",
        ": ",
        "x",
    ]
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20)
CELL = st.one_of(TEXT, st.lists(WORDS, max_size=8).map(" ".join))
LITTLE = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
"""Words between two values of a cell."""


def written(rows: list[list[str]]) -> str:
    out = StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


def told(found: Made) -> str:
    """Return all that is in the list or in the report."""
    services = [service.model_dump(mode="json") for service in found.services.values()]
    return json.dumps([services, found.report.skipped], ensure_ascii=False)


def holds(found: Made, text: str) -> bool:
    """Tell whether every word of a text is in the list or in the report, or says that nothing is stated."""
    if vocabulary.normalize(text) in vocabulary.load_phrases("silent"):
        return True
    all_told = told(found)
    return all(word in all_told for word in set(re.findall(r"\w+", text)))


@given(st.lists(CELL, min_size=len(HEADS), max_size=len(HEADS)))
def test_import_of_any_cells_reads_or_keeps_every_cell(cells: list[str]) -> None:
    cells[0] = f"Alpha {cells[0]}".strip()
    found = made(written([HEADS, cells]), InputFormat.CSV)
    counts = {count.label: count for count in found.report.counts}
    for head, cell in zip(HEADS, cells, strict=True):
        if cell.strip() and not holds(found, LITTLE.sub("", cell)):
            assert not counts[head].kept, (head, cell)
            assert head in (
                "Data",
                "Data types",
                "Information",
                "Does not have access to",
                "Location",
                "Transfer",
                "Since",
            ), (head, cell)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=5))
@example([[",", "", ""]])
def test_import_of_any_rows_keeps_every_cell(rows: list[list[str]]) -> None:
    table = written([["Name", "Foo", "Bar"], ["Alpha", "", ""], *rows])
    found = made(table, InputFormat.CSV, NAMES)
    assert all(holds(found, cell) for row in rows for cell in row if row != ["Name", "Foo", "Bar"])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_format_scalar_of_any_text_reads_back_the_same(text: str) -> None:
    lines = [
        f"a: {layout.format_scalar(text)}  # guessed",
        f"b: {layout.format_value([text, {text or 'k': text}])}",
    ]
    block = layout.format_block(text, "  ")
    if block is not None:
        lines += ["c: |-  # guessed", *block]
    read, problems = reader.parse(Source("file", "\n".join(lines).encode()))
    assert not problems
    assert read is not None
    assert read.data == {
        "a": text,
        "b": [text, {text or "k": text}],
        **({"c": text} if block is not None else {}),
    }


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "on",
        "1e3",
        ": ",
        "# x",
        "- a",
        "a: b",
        "'",
        '"',
        "=1+1",
        "null",
        "0x1F",
        "2024-01-01",
        "\u202etxt",
        "\x1b[31m",
        "a\n b",
        "{a}",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "~",
    ],
)
def test_import_of_a_text_with_yaml_syntax_keeps_it(text: str) -> None:
    table = written([["Name", "Purpose", "Foo"], [f"A {text}", text, text]])
    [found] = made(table, InputFormat.CSV, NAMES).services.values()
    assert (found.name, found.purpose) == (f"A {text}".strip(), text.strip())
    assert found.notes == f"Foo: {text}"


def test_import_of_a_huge_cell_keeps_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builder, "MAX_TEXT", 10**9)  # it is the import that is tried
    text = "email in Germany " * 20_000
    found = made(written([HEADS, ["Alpha", *[text] * (len(HEADS) - 1)]]), InputFormat.CSV)
    assert holds(found, text)
    assert not found.services["alpha"].processing


@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                "<td>",
                "<td colspan=3>",
                "<td rowspan=2>",
                "</td>",
                "<p>",
                "<b>",
                "<li>",
                "<ul>",
                "</ul>",
                "<h2>",
                "</h2>",
                "<dt>",
                "<dd>",
                "<a href=x>",
                "<br>",
                "one",
                "two",
                "three",
            ]
        )
    )
)
def test_parse_blocks_of_any_html_keeps_its_text(pieces: list[str]) -> None:
    found = parse_blocks(" ".join(pieces)).blocks
    texts = [
        run.text
        for block in found
        for run in (sum(sum(block.rows, ()), ()) if isinstance(block, Grid) else block.runs)
    ]
    for word in ("one", "two", "three"):
        assert " ".join(texts).count(word) >= pieces.count(word)


def test_parse_blocks_of_a_huge_span_stays_small() -> None:
    found = parse_blocks("<table>" + "<tr><td rowspan=1000 colspan=1000>x" * 50 + "</table>").blocks
    assert sum(len(block.rows) for block in found if isinstance(block, Grid)) == 50


def test_parse_markdown_skips_the_front_matter() -> None:
    assert markdown.parse_markdown("---\na: b\n---\n\nText.\n", Labels()).skipped == ("a: b", "Text.")
