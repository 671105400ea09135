"""Any file is imported as a list that reads back, or is refused with a documented error."""

import io
import json
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from fuzz_kinds import RENDERERS, TABLES, Rows
from import_cases import made
from subproc_cli.errors import SubprocError
from subproc_cli.importers.input_format import InputFormat

PIECES = st.sampled_from(
    [
        *("| Name | Purpose | Location |\n", "| --- | --- | --- |\n", "| Alpha | mail | US |\n", "|", "\n\n"),
        *("# Services\n", "## Alpha\n", "- **Purpose**: mail\n", "- Location: US, EU\n", "* Beta\n", "```\n"),
        *("<table>", "<tr>", "<td colspan=3 rowspan=99999999>", "</table>", "<li>", "<h2>Gamma</h2>", "<!--"),
        *("Name;Purpose\n", "Alpha,mail,US\n", '"', ";", "\t", "=1+1", "\x00", "\u202e", "\u200b", "---\n"),
        *(
            "&amp;",
            "&#x110000;",
            "<a href='javascript:x'>x</a>",
            "name: x\n",
            "- name: x\n",
            "{",
            "}",
            "[",
            "]",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join)
KEYS = st.sampled_from(
    [
        *("services", "name", "id", "purpose", "location", "system", "fides_key", "privacy_declarations"),
        *("data_categories", "bomFormat", "metadata", "x-trust-boundary", "data", "schema", "publisher"),
    ]
)
SCALARS = st.text(max_size=6) | st.sampled_from(
    ["Alpha", "US", "CycloneDX", "subproc/list/1", "user.contact"]
)
VALUES = st.recursive(
    SCALARS | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=5)
    ),
    max_leaves=15,
)
STARTS = st.sampled_from(
    [{"services": []}, {"bomFormat": "CycloneDX"}, {"schema": "subproc/list/1"}, {"system": []}, {}]
)
OBJECTS = st.one_of(
    VALUES,
    st.builds(lambda start, more: {**start, **more}, STARTS, st.dictionaries(KEYS, VALUES, max_size=5)),
)


PLAIN = {
    InputFormat.CSV: "Name,Purpose\nAlpha,mail\n",
    InputFormat.HTML: "<table><tr><th>Name<th>Purpose<tr><td>Alpha<td>mail</table>",
    InputFormat.MARKDOWN: "| Name | Purpose |\n| --- | --- |\n| Alpha | mail |\n",
}
"""A file of each kind that is read: most files that are drawn at random have no service, so are refused."""


def files(kind: InputFormat) -> st.SearchStrategy[bytes]:
    """Return files of which some are read: random bytes, random pieces, and such pieces around a plain file."""
    around = st.builds(lambda before, after: f"{before}\n\n{PLAIN.get(kind, '')}\n{after}", TEXTS, TEXTS)
    pieces = TEXTS | around if kind in PLAIN else TEXTS
    return st.binary(max_size=200) | pieces.map(lambda text: text.encode("utf-8", "surrogatepass"))


def objects(kind: InputFormat, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects of a format, with random fields in the file and in its one service."""
    fields = st.dictionaries(KEYS, values, max_size=5)
    match kind:
        case InputFormat.FIDES:
            return st.builds(
                lambda start, more: {**start, "system": [{**more, "fides_key": "alpha"}]}, fields, fields
            )
        case InputFormat.CYCLONEDX:
            head = {"bomFormat": "CycloneDX"}
            return st.builds(
                lambda start, more: {**start, **head, "services": [{"name": "Alpha", **more}]}, fields, fields
            )
        case _:
            return st.builds(
                lambda start, more: {**start, "services": [{"name": "Alpha", **more}]}, fields, fields
            )


def is_imported(content: str | bytes, kind: InputFormat) -> bool:
    """Import a file, and return whether it was read; anything except a documented error is raised."""
    try:
        return bool(made(content, kind).services)
    except SubprocError:
        return False


OF_DATA = [InputFormat.JSON, InputFormat.YAML, InputFormat.FIDES, InputFormat.CYCLONEDX]


@given(data=st.data())
@pytest.mark.parametrize("kind", InputFormat)
def test_import_of_any_bytes_reads_or_reports_an_error(kind: InputFormat, data: st.DataObject) -> None:
    is_imported(data.draw(files(kind)), kind)


@given(data=st.data())
@pytest.mark.parametrize("kind", OF_DATA)
def test_import_of_data_of_any_shape_reads_or_reports_an_error(
    kind: InputFormat, data: st.DataObject
) -> None:
    is_imported(json.dumps(data.draw(OBJECTS | objects(kind, VALUES))), kind)


@pytest.mark.parametrize("name", ["\ud800", float("nan")])
@pytest.mark.parametrize("kind", OF_DATA)
def test_import_of_data_with_an_odd_name_reads_or_reports_an_error(kind: InputFormat, name: object) -> None:
    is_imported(json.dumps({"services": [{"name": name, "location": {"a": [[]]}}]}), kind)


@pytest.mark.parametrize(
    ("strategy", "kind"),
    [
        *((files(kind), kind) for kind in PLAIN),
        *((objects(kind, VALUES).map(json.dumps), kind) for kind in OF_DATA),
    ],
)
def test_strategies_of_this_file_produce_accepted_inputs(
    strategy: st.SearchStrategy[Any], kind: InputFormat
) -> None:
    read: list[bool] = []

    @settings(max_examples=100, database=None, derandomize=True)
    @given(strategy)
    def count(content: str | bytes) -> None:
        read.append(is_imported(content, kind))

    count()
    assert sum(read) / len(read) >= 0.1, f"{sum(read)} of {len(read)}"


@given(st.sampled_from([*RENDERERS]), TABLES)
@example(
    InputFormat.CSV,
    [("Name", "Personal data", "Data types"), ("Alpha", "email", "email if the user signs up")],
)
@settings(max_examples=300)
def test_import_of_known_columns_reads_the_service(kind: InputFormat, rows: Rows) -> None:
    found = made(RENDERERS[kind](rows), kind).services.values()
    assert {service.name for service in found} == {"Alpha"}


WORDS = st.integers(10, 99).map(lambda number: f"word{number}")
NAMED = st.recursive(
    WORDS | st.none() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEYS, inner, max_size=4)
        | inner.map(lambda each: {"name": "Alpha", "more": each})
    ),
    max_leaves=20,
)


@given(data=st.data())
@pytest.mark.parametrize("kind", OF_DATA)
def test_import_of_any_data_keeps_every_word(kind: InputFormat, data: st.DataObject) -> None:
    content = json.dumps(data.draw(objects(kind, NAMED)))
    try:
        found = made(content, kind)
    except SubprocError:
        return
    services = {key: service.model_dump(mode="json") for key, service in found.services.items()}
    told = json.dumps([services, found.report.skipped])
    assert [word for word in re.findall(r"word\d+", content) if word not in told] == []


@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=20))
@example(at=569925, noise=b"\x00\x00@")  # an archive that says it is of a version to come
@settings(max_examples=50)
def test_import_of_a_broken_workbook_reads_or_reports_an_error(at: int, noise: bytes) -> None:
    whole = workbook()
    at %= len(whole)
    broken = whole[:at] + noise + whole[at + len(noise) :]
    assume(broken != whole)
    is_imported(broken, InputFormat.XLSX)


@cache
def workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active
    for row in (("Name", "Purpose", "Location"), ("Alpha", "mail", "US")):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{"system": [{"description": "said of nobody"}, {"fides_key": "alpha"}]}', InputFormat.FIDES),
        (
            '{"bomFormat": "CycloneDX", "services": [{"description": "said of nobody"}, {"name": "alpha"}]}',
            InputFormat.CYCLONEDX,
        ),
        (
            "| Name | Purpose |\n| --- | --- |\n| not stated | said of nobody |\n| alpha | mail |\n",
            InputFormat.MARKDOWN,
        ),
    ],
)
def test_import_of_an_object_without_a_name_reports_it_as_skipped(content: str, kind: InputFormat) -> None:
    found = made(content, kind)
    assert list(found.services) == ["alpha"]
    assert any("said of nobody" in text for text in found.report.skipped)
