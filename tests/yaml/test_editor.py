"""Changes of a file: what was typed, and not a byte more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_layouts import service_layouts
from registry_text import FILE, HEAD
from subproc_cli.errors import UsageError
from subproc_cli.registry.introspect import list_fields
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml import reader
from subproc_cli.yaml.editor import AddService, Append, Edit, Put, Remove, Replace, apply_edits
from subproc_cli.yaml.layout import format_value
from subproc_cli.yaml.libyaml import yaml
from subproc_cli.yaml.source import Source

BLOCK = """\
services:

  # the first
  a:
    name: A  # customers know it so
    sees:  # all that it sees
      - identity.name
      # of the customer, not of the user
      - {data: content, note: 'a, b'}  # in part
    entity:
      name: "A Ltd."
      # where it sits
      country: IE
    notes: |
      two
      lines

    source: page

  # the second
  b:
    name: B
    # to be asked for
# the end
"""
FLOW = "services: {a: {name: A, sees: [identity.name, content], entity: {country: IE}}, b: {name: B}}\n"


def after(text: str, *edits: Edit) -> str:
    content = apply_edits(Source(FILE, f"{HEAD}{text}".encode()), *edits, field_order=list_fields)
    assert isinstance(load_registry(Source(FILE, content)), Registry)
    return content.decode().removeprefix(HEAD)


def route(path: str) -> tuple[str | int, ...]:
    return ("services", *(int(step) if step.isdecimal() else step for step in path.split(".")))


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("a.name", "Aa", "name: A  #", "name: Aa  #"),
        ("a.purpose", "mail", "it so\n", "it so\n    purpose: mail\n"),
        ("a.entity.country", "NL", "country: IE", "country: NL"),
        ("a.entity.address", "x: y", '"A Ltd."\n', '"A Ltd."\n      address: "x: y"\n'),
        ("a.notes", "one", "|\n      two\n      lines\n", "one\n"),
        ("a.retention", "a day", "      lines\n", "      lines\n    retention: a day\n"),
        ("a.x-own", "1", "page\n", 'page\n    x-own: "1"\n'),
        ("a.entity.country", "NO", "country: IE", 'country: "NO"'),
        ("a.retention", "on", "      lines\n", '      lines\n    retention: "on"\n'),
        ("b.personal_data", "no", "name: B\n", "name: B\n    personal_data: no\n"),
        ("b.since", "2024-01-01", "name: B\n", "name: B\n    since: 2024-01-01\n"),
        ("b.entity.country", "NL", "name: B\n", "name: B\n    entity: {country: NL}\n"),
    ],
)
def test_put_in_a_block_sets_the_field(path: str, value: str, old: str, new: str) -> None:
    assert after(BLOCK, Put(route(path), value)) == BLOCK.replace(old, new, 1)


def test_put_of_a_block_list_replaces_it_by_brackets() -> None:
    found = after(BLOCK, Put(route("a.sees"), ["content"]))
    start, end = BLOCK.index("    sees:"), BLOCK.index("    entity:")
    assert found == f"{BLOCK[:start]}    sees: [content]  # all that it sees\n{BLOCK[end:]}"


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (Append(route("a.sees"), ("usage",)), "  # in part\n", "  # in part\n      - usage\n"),
        (Append(route("b.sees"), ("usage",)), "name: B\n", "name: B\n    sees: [usage]\n"),
        (
            Append(route("b.sees"), ({"data": "usage", "when": "asked"}, "content")),
            "name: B\n",
            "name: B\n    sees:\n      - {data: usage, when: asked}\n      - content\n",
        ),
        (Remove(route("a.sees.0")), "      - identity.name\n", ""),
        (Remove(route("a.sees.1")), "      - {data: content, note: 'a, b'}  # in part\n", ""),
        (Remove(route("a.entity.name")), '      name: "A Ltd."\n', ""),
        (Remove(route("a.source")), "    source: page\n", ""),
        (
            AddService("c", {"name": "C", "processing": ["NL"]}),
            "asked for\n",
            "asked for\n\n  c:\n    name: C\n    processing: [NL]\n",
        ),
    ],
)
def test_edit_of_a_block_changes_its_lines(edit: Edit, old: str, new: str) -> None:
    assert BLOCK.count(old) == 1
    assert after(BLOCK, edit) == BLOCK.replace(old, new)


def test_replace_of_several_values_changes_all_of_them() -> None:
    texts = {route("b.name"): "B, too", route("a.sees.0"): "identity", route("a.entity.name"): "A GmbH"}
    found = after(BLOCK, Replace(texts))
    assert found == (
        BLOCK.replace("- identity.name\n", "- identity\n")
        .replace('"A Ltd."', "A GmbH")
        .replace("B\n", "B, too\n")
    )


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (Put(route("a.name"), "A, B"), "name: A,", 'name: "A, B",'),
        (Put(route("a.purpose"), "mail"), "name: A,", "name: A, purpose: mail,"),
        (Put(route("b.purpose"), "mail"), "name: B", "name: B, purpose: mail"),
        (Put(route("a.entity.name"), "A"), "{country", "{name: A, country"),
        (Put(route("a.sees"), ["usage"]), "[identity.name, content]", "[usage]"),
        (Append(route("a.sees"), ("usage", "device")), "content]", "content, usage, device]"),
        (Remove(route("a.sees.0")), "identity.name, ", ""),
        (Remove(route("a.sees.1")), ", content]", "]"),
        (Remove(route("a.entity.country")), ", entity: {country: IE}", ""),
        (AddService("c", {"name": "C"}), "B}", "B}, c: {name: C}"),
    ],
)
def test_edit_of_an_inline_mapping_changes_its_value(edit: Edit, old: str, new: str) -> None:
    assert after(FLOW, edit) == FLOW.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "edit", "expected"),
    [
        ("services: {}  # none", AddService("c", {"name": "C"}), "services:  # none\n  c:\n    name: C\n"),
        (
            "services:\n   a:\n       name: A",
            AddService("c", {"name": "C"}),
            "services:\n   a:\n       name: A\n   c:\n       name: C",
        ),
        (
            "services:\n  a:\n    name: A\n    purpose:",
            Put(route("a.purpose"), "x"),
            "services:\n  a:\n    name: A\n    purpose: x",
        ),
        (
            "services:\n  a:\n    name: A\n    entity:\n",
            Put(route("a.entity.country"), "NL"),
            "services:\n  a:\n    name: A\n    entity: {country: NL}\n",
        ),
        (
            "services:\n  a:\n    sees:\n    - data: usage\n      note: x\n    name: A\n",
            Remove(route("a.sees.0.note")),
            "services:\n  a:\n    sees:\n    - data: usage\n    name: A\n",
        ),
        (
            "services:\n  a:\n    sees:\n    - note: x\n      data: usage\n    - content\n    name: A\n",
            Remove(route("a.sees.0.note")),
            "services:\n  a:\n    sees:\n    - data: usage\n    - content\n    name: A\n",
        ),
    ],
)
def test_edit_of_an_unusual_layout_changes_it(text: str, edit: Edit, expected: str) -> None:
    assert after(text, edit) == expected


def test_edit_keeps_line_endings_and_byte_order_mark() -> None:
    content = ("\ufeff" + HEAD + BLOCK).replace("\n", "\r\n").encode()
    found = apply_edits(
        Source(FILE, content),
        Put(route("a.purpose"), "mail"),
        Append(route("a.sees"), ("usage",)),
        Remove(route("a.source")),
        AddService("c", {"name": "C"}),
        field_order=list_fields,
    ).decode()
    assert found.startswith("\ufeff")
    assert found.count("\n") == found.count("\r\n") == content.count(b"\n") + 4
    assert isinstance(load_registry(Source(FILE, found.encode())), Registry)


@pytest.mark.parametrize("edit", [Put(route("a.name.first"), "A"), Append(route("a.x-owner.x-team"), ("b",))])
def test_put_below_a_plain_value_is_refused(edit: Edit) -> None:
    with pytest.raises(UsageError, match="which has nothing below it"):
        after("services:\n  a:\n    name: A\n    x-owner: legal\n", edit)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("services:\n  a: {name: A, sees: &s [content]}\n  b: {name: B, sees: *s}\n", "a.sees"),
        ("services:\n  a: {name: A, sees: &s [content]}\n  b: {name: B, sees: *s}\n", "b.sees"),
        ("services:\n  a: &s {name: A}\n  b: *s\n", "a.name"),
        ("services:\n  a: {name: &s A}\n  b: {name: *s}\n", "b.name"),
    ],
)
def test_put_on_an_anchored_value_is_refused(text: str, path: str) -> None:
    with pytest.raises(UsageError, match="shares its value with another field by an anchor"):
        after(text, Put(route(path), "x"))


HOSTILE = [
    "no",
    "1",
    "1.0",
    "true",
    "~",
    "a: b",
    "a #b",
    "#",
    "- a",
    "it's",
    '"',
    "[x",
    "x,y",
    "{",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`",
    "|",
    ">",
    "?",
    ":",
    "a:",
    " a ",
    "a\nb",
    "a\r\nb",
    "\t",
    "\x1b[31m",
    "\u202e",
    "\u2028",
    "\x85",
    "😀",
    "\U000e0001",
    "---",
    "=x",
    "<<",
    "\\",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_format_value_of_any_text_reads_back_the_same(text: str) -> None:
    for line in (f"x: {format_value(text)}\n", f"x: {{y: {format_value([text, text])}}}\n"):
        read, problems = reader.parse(Source(FILE, line.encode()))
        assert read
        assert not problems
        assert read.data["x"] in (text, {"y": [text, text]})


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "yes",
        "on",
        "y",
        "12:30:00",
        "1_000",
        "0o14",
        "2024-01-01",
        "2024-01-01 8:00:00 Z",
        "1.5",
        *HOSTILE,
    ],
)
def test_format_value_in_yaml_1_1_reads_back_the_same(text: str) -> None:
    read = yaml.safe_load(f"name: {format_value(text, flow=False)}\nrest: [{format_value(text)}]\n")
    assert read == {"name": text, "rest": [text]}


@pytest.mark.parametrize(
    ("text", "line"), [("2024-01-01", "2024-01-01"), ("yes", "yes"), ("2024", '"2024"'), ("NO", '"NO"')]
)
def test_format_value_of_a_typed_field_has_no_quotes(text: str, line: str) -> None:
    assert format_value({"since": text, "note": text}) == f'{{since: {line}, note: "{text}"}}'


def is_inserted(long: str, short: str) -> bool:
    """Whether one text is the other with something put in at one place."""
    pairs = enumerate(zip(long, short, strict=False))
    start = next((at for at, (one, other) in pairs if one != other), len(short))
    return long.endswith(short[start:])


@pytest.mark.slow
@given(
    service_layouts(),
    st.sampled_from(
        [
            Put(route("a.retention"), "a day: one"),
            Put(route("a.x-new"), "x"),
            Put(route("a.links.dpa"), "https://example.com"),
            Append(route("a.products"), ("x",)),
            AddService("zz", {"name": "Z", "sees": ["usage"]}),
            Remove(route("a.purpose")),
            Remove(route("a.entity")),
            Remove(route("a.until")),
        ]
    ),
    st.booleans(),
)
def test_edit_of_any_layout_changes_one_range(text: str, edit: Edit, windows: bool) -> None:
    old = (HEAD + text).replace("\n", "\r\n") if windows else HEAD + text
    read, _ = reader.parse(Source(FILE, old.encode()))
    assert read
    if isinstance(edit, Remove) and edit.path[-1] not in read.data["services"]["a"]:
        return
    try:
        new = apply_edits(Source(FILE, old.encode()), edit, field_order=list_fields).decode()
    except UsageError:
        new = ""
    if not new:
        assert "|" in text  # only what such a text would take in cannot be changed
        return
    assert is_inserted(old, new) if isinstance(edit, Remove) else is_inserted(new, old)
    assert new.count("\r\n") == (new.count("\n") if windows else 0)


def test_put_on_a_multiline_text_replaces_it_completely() -> None:
    text = "services:\r\n  a:\r\n    name: A\r\n    notes: |+\r\n      x\r\n\r\n    source: y\r\n"
    content = HEAD.replace("\n", "\r\n") + text
    new = apply_edits(
        Source(FILE, content.encode()), Put(route("a.notes"), "z"), field_order=list_fields
    ).decode()
    assert new == content.replace("|+\r\n      x\r\n", "z")
