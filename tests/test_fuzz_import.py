"""Any file in, nothing out of an importer but a list that reads back, or a documented fault."""

import io
import json
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from intakes import made
from subproc_cli.errors import SubprocError
from subproc_cli.intake.kind import Kind

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


def imported(content: str | bytes, kind: Kind) -> None:
    """Import a file, which reads back what was written; anything but a documented fault is raised."""
    with suppress(SubprocError):
        made(content, kind)


@given(st.binary(max_size=200) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
@pytest.mark.parametrize("kind", Kind)
def test_a_file_is_imported_or_refused(kind: Kind, content: bytes) -> None:
    imported(content, kind)


@given(OBJECTS)
@example({"services": [{"name": "\ud800"}]})
@example({"services": [{"name": float("nan"), "location": {"a": [[]]}}]})
@pytest.mark.parametrize("kind", [Kind.JSON, Kind.YAML, Kind.FIDES, Kind.CYCLONEDX])
def test_data_of_any_shape_is_imported_or_refused(kind: Kind, data: object) -> None:
    imported(json.dumps(data), kind)


@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=20))
@example(at=569925, noise=b"\x00\x00@")  # an archive that says it is of a version to come
@settings(max_examples=50)
def test_a_broken_workbook_is_refused(at: int, noise: bytes) -> None:
    whole = workbook()
    at %= len(whole)
    broken = whole[:at] + noise + whole[at + len(noise) :]
    assume(broken != whole)
    imported(broken, Kind.XLSX)


@cache
def workbook() -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415, TID251  a whole workbook to break

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
        ('{"system": [{"description": "said of nobody"}, {"fides_key": "alpha"}]}', Kind.FIDES),
        (
            '{"bomFormat": "CycloneDX", "services": [{"description": "said of nobody"}, {"name": "alpha"}]}',
            Kind.CYCLONEDX,
        ),
        (
            "| Name | Purpose |\n| --- | --- |\n| not stated | said of nobody |\n| alpha | mail |\n",
            Kind.MARKDOWN,
        ),
    ],
)
def test_what_has_no_name_is_no_service_and_is_not_lost(content: str, kind: Kind) -> None:
    found = made(content, kind)
    assert list(found.services) == ["alpha"]
    assert any("said of nobody" in text for text in found.report.skipped)
