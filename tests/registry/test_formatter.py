"""The house style of a file: codes and the order of fields, and nothing else."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_layouts import service_layouts
from registry_strategies import loaded, registries, texts
from registry_text import FILE, HEAD
from subproc_cli.registry import vocabulary
from subproc_cli.registry.formatter import FormattedFile, format_source, is_place_path, normalize_value
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

ROOT = Path(__file__).parent.parent.parent


def checked(content: bytes) -> tuple[FormattedFile, Registry]:
    """Format a file, and hold it against the laws of formatting."""
    before = load_registry(Source(FILE, content))
    assert isinstance(before, Registry), before
    result = format_source(Source(FILE, content), before)
    after = load_registry(Source(FILE, result.content))
    assert isinstance(after, Registry), after
    assert after.model == before.model
    assert format_source(Source(FILE, result.content), after) == FormattedFile(result.content, ())
    assert bool(result.notes) == (result.content != content)
    return result, after


def fmt(text: str) -> str:
    return checked((HEAD + text).encode())[0].content.decode().removeprefix(HEAD)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Codes
        ("services: {a: {name: A, processing: [USA, 'Ireland', EU]}}", "[US, IE, EU]"),
        ("services: {a: {name: A, processing: [{place: UK}]}}", "{place: GB}"),
        ("services: {a: {name: A, processing: [{place: [Sweden, FR]}]}}", "[SE, FR]"),
        ("services: {a: {name: A, processing: [europe-WEST]}}\nregions: {Europe-west: [Holland]}", ": [NL]"),
        ("services: {a: {name: A, entity: {country: Norway}}}", '{country: "NO"}'),
        # The order of fields
        ("services: {a: {purpose: x, name: A}}", "{name: A, purpose: x}"),
        (
            "services:\n  a:\n    # what for\n    purpose: x  # x\n\n    # who\n    name: A\n  # the end\n",
            "services:\n  a:\n\n    # who\n    name: A\n    # what for\n    purpose: x  # x\n  # the end\n",
        ),
        (
            "services:\n  a:\n    entity: {country: USA, name: A}\n    name: A",
            "services:\n  a:\n    name: A\n    entity: {name: A, country: US}",
        ),
        (
            "services:\n  a:\n    sees:\n    - note: x\n      data: usage  # y\n    name: A\n",
            "services:\n  a:\n    name: A\n    sees:\n    - data: usage  # y\n      note: x\n",
        ),
        (
            "services:\n  a:\n    notes: |\n      x\n\n    x-own: 1\n    group: >-\n      y\n\n    name: A\n",
            "services:\n  a:\n\n    name: A\n    group: >-\n      y\n    notes: |\n      x\n\n    x-own: 1\n",
        ),
        ("services: {}\nnotice: {contact: x, days: 3}\n", "notice: {days: 3, contact: x}\nservices: {}\n"),
    ],
)
def test_format_source_rewrites_to_the_canonical_form(text: str, expected: str) -> None:
    assert expected in fmt(text)


@pytest.mark.parametrize(
    "text",
    [
        "services: {}",
        "services:\n  b: {name: B}\n  a: {name: A, processing: [EU, worldwide]}  # as it is\n\n\n# end",
        "services: {a: {name: Netherlands, purpose: USA, products: [UK]}}",
        "services: {a: {name: A, x-b: [USA], x-a: {purpose: USA, name: x}}}",
        # A text over several lines would take in what comes below it
        "services:\n  a:\n      # deep\n    role: vendor\n    name: |\n      A\n",
        "services:\n  a:\n    role: vendor\n    name: |\n      A",
        "services:\n  a:\n    notes: |+\n      x\n\n    name: A\n",
        # Tied by an anchor, or in brackets over several lines with a comment
        "services:\n  a: &a {purpose: x, name: A}\n  b: *a\n",
        "services:\n  a: {purpose: x,  # why\n    name: A}\n",
    ],
)
def test_format_source_of_the_canonical_form_changes_nothing(text: str) -> None:
    assert fmt(text) == text


def test_format_source_notes_name_line_and_field() -> None:
    text = "services:\n  a:\n    processing:\n      - USA\n    name: A\n"
    assert checked((HEAD + text).encode())[0].notes == (
        "7: services.a: order of fields",
        "8: services.a.processing[0]: USA is US",
    )


@pytest.mark.slow
@given(service_layouts(), st.booleans(), st.booleans())
def test_format_source_of_any_layout_is_idempotent(text: str, windows: bool, bom: bool) -> None:
    whole = ("\ufeff" if bom else "") + HEAD + text
    content = (whole.replace("\n", "\r\n") if windows else whole).encode()
    if not isinstance(load_registry(Source(FILE, content)), Registry):
        return
    result, _ = checked(content)
    old, new = content.decode(), result.content.decode()
    for mark in ("#", "\n", "\r\n", "\ufeff"):
        assert new.count(mark) in (old.count(mark), old.count(mark) + (mark in "\r\n"))


@pytest.mark.slow
@given(texts(registries()))
def test_format_source_of_any_list_keeps_its_meaning(text: str) -> None:
    _, after = checked(text.encode())
    assert [*after.model.services] == [*loaded(text).model.services]


def test_shipped_lists_are_in_the_canonical_form() -> None:
    for file in (ROOT / "registry.yaml", *(ROOT / "examples" / "caplena").glob("*.yaml")):
        result, _ = checked(file.read_bytes())
        assert result.notes == (), file


def test_format_source_of_reordered_fields_loses_no_line() -> None:
    text = (ROOT / "registry.yaml").read_text(encoding="utf-8")
    lines = re.sub(r"^    (name: .*)\n    (purpose: .*)$", r"    \2\n    \1", text, flags=re.MULTILINE)
    assert lines != text
    assert checked(lines.encode())[0].content.decode() == text


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("sees", ["email", "usage"], ["identity.email", "usage"]),
        ("never_sees", ["email"], ["identity.email"]),
        ("sees", [{"data": "email", "may_contain": ["health data"]}], [{"data": "identity.email", "may_contain": ["special.health"]}]),
        ("processing", ["USA", {"place": ["Sweden"]}], ["US", {"place": ["SE"]}]),
        ("purpose", "email", "email"),
        ("sees", ["hair"], ["hair"]),
    ],
)  # fmt: skip
def test_normalize_value_writes_keys_of_data_and_codes_of_places(
    field: str, value: object, expected: object
) -> None:
    known = vocabulary.load_built_in()
    path = ("services", "a", field)
    assert normalize_value(value, path, known.category_tree, known.gazetteer) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("services", "a", "entity", "country"), True),
        (("services", "a", "entity", "parent", "country"), True),
        (("services", "a", "transfer", 0, "places", 1), True),
        (("services", "a", "processing", 0), True),
        (("services", "a", "processing", 0, "place"), True),
        (("services", "a", "processing", 0, "place", 1), True),
        (("regions", "zone", 0), True),
        (("services", "a", "processing", 0, "when"), False),
        (("services", "a", "entity", "name"), False),
        (("services", "a", "transfer", 0, "basis"), False),
    ],
)
def test_is_place_path_of_each_field_with_a_place_is_true(
    *, path: tuple[str | int, ...], expected: bool
) -> None:
    assert is_place_path(path) is expected
