"""Bytes to plain data with a line and a column for everything in it."""

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subproc_cli.diagnostics import FieldPath
from subproc_cli.yaml import libyaml, reader
from subproc_cli.yaml.builder import resolve_scalar
from subproc_cli.yaml.libyaml import create_event_reader, create_python_event_reader, parse_texts, yaml
from subproc_cli.yaml.reader import Document
from subproc_cli.yaml.source import Source

SHIPPED = (Path(__file__).parent.parent.parent / "registry.yaml").read_text(encoding="utf-8")
BOMB = "a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 10}]\n" for n in range(1, 6))


def read(text: str) -> Document:
    found, problems = reader.parse(Source("test.yaml", text.encode()))
    assert found, problems
    return found


# What a plain scalar is: YAML 1.2, chapter 10.3


WORDS = """NO no on off yes y tRUE nuLL 2024-13-01 2024-01-01 12:30:45 4.0.0 1_000 0b11 0o18 0x 0xFG -0x1F
    -.nan 1e + --1 ١٢ = <<"""
VALUES = (
    {word: word for word in (*re.findall(r"\S+", WORDS), "9" * 5000, "0x" + "F" * 5000)}
    | {"": None, "~": None, "null": None, "Null": None, "true": True, "FALSE": False}
    | {"0": 0, "-7": -7, "+7": 7, "017": 17, "0o17": 15, "0x1F": 31, "9" * 300: int("9" * 300)}
    | {"4.0": 4.0, "5.": 5.0, "+.5": 0.5, "1e3": 1000.0, "6.02E+23": 6.02e23, "1e999": float("inf")}
    | {".inf": float("inf"), "-.INF": float("-inf"), ".NaN": float("nan")}
    | {"'12'": "12", '"true"': "true", "|\n  12": "12\n", "!!str 12": "12", "! 12": "12"}
)


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_parse_of_a_scalar_returns_its_type(text: str, value: object) -> None:
    found = read(f"key: {text}\n").data["key"]
    assert (type(found), repr(found)) == (type(value), repr(value))


SPECIAL: list[tuple[str, Any]] = [
    (r"null|Null|NULL|~|", lambda _: None),
    (r"true|True|TRUE", lambda _: True),
    (r"false|False|FALSE", lambda _: False),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", partial(int, base=0)),
    (r"0x[0-9a-fA-F]+", partial(int, base=0)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    (r"[-+]?(\.inf|\.Inf|\.INF)", lambda text: float(text.replace(".", ""))),
    (r"\.nan|\.NaN|\.NAN", lambda _: float("nan")),
]
"""The core schema as its specification writes it."""


def by_the_book(text: str) -> Any:
    return next((value(text) for regex, value in SPECIAL if re.fullmatch(regex, text)), text)


@pytest.mark.slow
@settings(deadline=None, max_examples=500)
@given(st.text("0127+-.eExXoO_~anuif", max_size=8) | st.from_regex(r"[-+]?[0-9.]+([eE][-+]?[0-9]+)?"))
def test_resolve_scalar_of_any_text_follows_the_specification(text: str) -> None:
    plain = text.strip()
    assert repr(resolve_scalar(plain)) == repr(by_the_book(plain))


# Where everything stands, held against the marks of PyYAML's own nodes

Places = dict[FieldPath, tuple[tuple[int, int], tuple[int, int]]]
"""For each route the place of what stands there, and of its key."""


def nodes(node: Any, key: Any = None, route: FieldPath = ()) -> Iterator[tuple[FieldPath, Any, Any]]:
    yield route, key or node, node
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from nodes(value, name, (*route, name.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from nodes(value, None, (*route, index))


def expected(tree: Any) -> Places:
    found = {}
    for route, key, node in nodes(tree):
        marks = (node if isinstance(node, yaml.ScalarNode) else key).start_mark, key.start_mark
        own, of_key = ((mark.line + 1, mark.column + 1) for mark in marks)
        found[route] = own, of_key
    return found


def places(found: Document, tree: Any) -> Places:
    wheres = {route: (found.locate(route), found.locate(route, of_key=True)) for route, _, _ in nodes(tree)}
    return {route: ((w.line, w.column), (k.line, k.column)) for route, (w, k) in wheres.items()}


def plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(value) for value in node.value]
    return node.value if node.style else by_the_book(node.value)


def composed(text: str) -> Any:
    return yaml.compose(text, Loader=yaml.SafeLoader)


@pytest.mark.parametrize(
    ("route", "line", "column", "path"),
    [
        (("a",), 1, 4, "a"),
        (("list",), 2, 1, "list"),  # a structure stands where its key stands
        (("list", 1), 2, 14, "list[1]"),
        (("list", 2), 2, 17, "list[2]"),
        (("list", 2, "b"), 2, 21, "list[2].b"),
        (("again",), 3, 1, "again"),
        (("again", 0), 2, 11, "again[0]"),  # what an alias repeats stands where it is written
        (("list", 2, "gone", 4), 2, 17, "list[2]"),  # what is missing, at what it is missing from
        (("gone",), 1, 1, ""),
    ],
)
def test_locate_of_a_route_returns_its_position(route: FieldPath, line: int, column: int, path: str) -> None:
    where = read("a: 1\nlist: &l [x, y, {b: 2}]\nagain: *l\n").locate(route)
    assert (where.line, where.column, where.path) == (line, column, path)


@pytest.mark.parametrize("create_events", [create_event_reader, create_python_event_reader])
def test_locate_after_two_byte_order_marks_returns_the_line_of_a_value(
    monkeypatch: pytest.MonkeyPatch, create_events: Callable[[str], Callable[[], Any]]
) -> None:
    monkeypatch.setattr(reader, "create_event_reader", create_events)
    found = read("\ufeff\ufeffa: 1\nb: [x]\n")
    assert [found.locate(route)[1:3] for route in (("a",), ("b",), ("b", 0))] == [(1, 4), (2, 1), (2, 5)]


Text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"), max_size=8)
Leaf = st.none() | st.booleans() | st.integers() | st.floats() | Text
Data = st.recursive(Leaf, lambda inner: st.lists(inner) | st.dictionaries(Text, inner))


@st.composite
def texts(draw: st.DrawFn) -> str:
    shared = draw(st.lists(Data, min_size=1) | st.dictionaries(Text, Data, min_size=1))
    data = {"a": shared, "b": [shared, draw(Data), {"c": shared}], "d": draw(Data)}
    style, indent, wide = draw(st.sampled_from([None, True, False])), draw(st.integers(2, 6)), draw(Data)
    dumped = yaml.safe_dump(
        [data, wide], default_flow_style=style, indent=indent, allow_unicode=bool(wide), sort_keys=False
    )
    return str(dumped)


def without_libyaml(patch: pytest.MonkeyPatch) -> None:
    patch.delattr(yaml, "cyaml", raising=False)
    patch.setitem(sys.modules, "yaml.cyaml", None)


@pytest.mark.slow
@settings(deadline=None)
@given(texts())
def test_parse_of_any_document_agrees_with_pyyaml(text: str) -> None:
    tree = composed(text)
    assert "*id001" in text
    with_it = read(text)
    with pytest.MonkeyPatch.context() as patch:
        without_libyaml(patch)
        without_it = read(text)
    for found in (with_it, without_it):
        assert repr(found.data) == repr(plain(tree))
        assert places(found, tree) == expected(tree)


@pytest.mark.parametrize("parser", ["CParser", "Loader"])
def test_locate_of_everything_in_the_shipped_list_is_known(
    parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if parser == "Loader":
        without_libyaml(monkeypatch)
    get_event: Any = libyaml.create_event_reader("a: b")
    assert type(get_event.__self__).__name__ == parser
    found, tree = read(SHIPPED), composed(SHIPPED)
    assert found.data == plain(tree)
    assert places(found, tree) == expected(tree)
    assert len(expected(tree)) > 250


@pytest.mark.parametrize("text", ["a: \x1b", "\x7f", "a: " + "[" * 20_000 + "\x7f"])
def test_parse_of_a_forbidden_character_is_an_error(text: str) -> None:
    for pure in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            if pure:
                without_libyaml(patch)
            found, problems = reader.parse(Source("test.yaml", text.encode()))
        assert found is None
        assert "is not allowed in YAML" in problems[0].message
        assert problems[0].position.column == len(text)


# What is no registry before it has a meaning


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("", [(1, 1, "SP001", "empty")]),
        ("# only a comment\n", [(2, 1, "SP001", "empty")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "SP001", "second document")]),
        ("a: 1\nb:\n\tc: 2\n", [(3, 1, "SP001", "tab")]),
        ("a: b: c\n", [(1, 5, "SP001", "a colon is not allowed here")]),
        ('a: "b\nc: "d"\n', [(1, 4, "SP001", "this quotation mark is closed only in line 2")]),
        ("a: 'Don't'\n", [(1, 9, "SP001", "the text in quotes has ended, but the line goes on: 't''")]),
        (
            "a:\n    b: 1\n  c: 2\n",
            [(3, 3, "SP001", "the indentation of this line fits none of the lines before")],
        ),
        ("a:\n- b\n-c\nd: 1\n", [(3, 1, "SP001", "this line has no colon")]),
        ("a: - b\n", [(1, 4, "SP001", "a list with hyphens cannot begin on the line of its field")]),
        ("a: @b\n", [(1, 4, "SP001", "cannot start with '@'")]),
        ("a: 'b\n", [(1, 4, "SP001", "this quotation mark is not closed")]),
        ('c:\n{"a": 1}', [(2, 1, "SP001", "this line has no colon")]),
        ("a: {b: 1\nc: 2}\n", [(2, 2, "SP001", "these braces are not closed")]),
        ("? [a]\n: 1\n", [(1, 3, "SP001", "a key must be one word")]),
        ("a: *b\n", [(1, 4, "SP001", "*b refers to nothing")]),
        ("a: &a [*a]\n", [(1, 8, "SP001", "*a refers to nothing")]),
        (BOMB, [(6, 25, "SP001", "aliases add up to more than 100,000 values")]),
        ("[" * 33 + "]" * 33, [(1, 33, "SP001", "nested more than 32 levels")]),
        ("[" * 90_000, [(1, 33, "SP001", "nested more than 32 levels")]),
        ("{a: " * 90_000, [(1, 4 * 32 + 1, "SP001", "nested more than 32 levels")]),
        ("ä: 'ö\0'\n", [(1, 6, "SP001", "binary")]),
        ("ä: ö".encode("latin-1"), [(1, 1, "SP001", "0xe4 is not UTF-8")]),
        ("a: 1\nß: ".encode() + b"\xf6", [(2, 4, "SP001", "0xf6 is not UTF-8")]),
        ("a: 1".encode("utf-16"), [(1, 1, "SP001", "UTF-16")]),
        ("a: 1".encode("utf-16-be"), [(1, 1, "SP001", "binary")]),
        ("a: 1".encode("utf-32"), [(1, 1, "SP001", "UTF-32")]),
        # What can be read, but not without a word
        ("a: 1\nb: 2\n  \na: 3\n", [(4, 1, "SP002", "'a' is given twice; first at line 1, column 1")]),
        ("a: {b: 1, b: 2, b: 3}", [(1, 11, "SP002", "column 5"), (1, 17, "SP002", "column 5")]),
        ("a: !own 1\nb: !!set {c}", [(1, 4, "SP001", "tag !own"), (2, 4, "SP001", ":set")]),
        # What is fine
        ("[" * 32 + "]" * 32, []),
        (BOMB.rpartition("a5:")[0], []),
        ("\ufeffa: {b: 1, b: 2}", [(1, 11, "SP002", "column 5")]),  # the mark takes no column
        ("%YAML 1.2\n---\na: !!int '1'\n...\n", []),
    ],
)
def test_parse_of_invalid_yaml_reports_code_and_position(
    content: str | bytes,
    problems: list[tuple[int, int, str, str]],
    pure: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if pure:
        without_libyaml(monkeypatch)
    text = content if isinstance(content, bytes) else content.encode()
    _, found = reader.parse(Source("test.yaml", text))
    assert [(*each.position[1:3], each.error_code.code) for each in found] == [each[:3] for each in problems]
    for each, (_, _, _, part) in zip(found, problems, strict=True):
        assert part in each.message


def test_parse_of_a_duplicate_key_keeps_the_first() -> None:
    found, _ = reader.parse(Source("test.yaml", b"a: [1, 2]\na: {b: 3}\nc: 4\n"))
    assert found is not None
    assert found.data == {"a": [1, 2], "c": 4}
    assert (found.locate(("a", 1))[1:3], found.locate(("c",))[1:3]) == ((1, 8), (3, 4))


def test_parse_of_a_control_character_names_its_position() -> None:
    _, (problem,) = reader.parse(Source("test.yaml", "a: 1\nä: 'ö\a'\n".encode()))
    assert (*problem.position[1:3], problem.message) == (2, 6, "the character U+0007 is not allowed in YAML")


def test_parse_of_a_too_large_file_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 3)
    found, (problem,) = reader.parse(Source("test.yaml", b"a: 1"))
    assert found is None
    assert problem.message == "the file has more than the 3 bytes that are read"


def test_parse_texts_keeps_every_scalar_as_text_and_resolves_aliases() -> None:
    text = "a: &one {b: no, c: [1, 2.0, ~]}\nd: [*one, 'x']\n"
    one = {"b": "no", "c": ["1", "2.0", "~"]}
    assert parse_texts(text) == {"a": one, "d": [one, "x"]}


def test_parse_of_two_escapes_for_one_character_says_to_write_the_character() -> None:
    found, problems = reader.parse(Source("test.json", b'{"a": "\\ud83d\\ude00"}'))
    assert found is None
    assert problems[0].position[1:3] == (1, 10)
    assert problems[0].hint.startswith("write the character itself instead of two \\u codes")
