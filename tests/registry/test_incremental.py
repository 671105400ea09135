"""Reading revision after revision gives the same as reading each one whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subproc_cli.registry.incremental import IncrementalLoader, SplitFile, split_services
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples" / "caplena").glob("*.yaml"))
HEAD = "format: 1\npublisher: Example GmbH\nversion: 1.0.0\ndate: 2024-01-01\nservices:\n"


def test_incremental_load_of_the_example_history_equals_a_full_load() -> None:
    succession = IncrementalLoader()
    for file in (*EXAMPLES, *reversed(EXAMPLES)):
        source = Source(file.name, file.read_bytes())
        read, whole = succession.load(source), load_registry(source)
        assert isinstance(read, Registry)
        assert isinstance(whole, Registry)
        assert read.model == whole.model
        assert read.sha256 == whole.sha256
        for key in whole.model.services:
            assert read.locate(("services", key, "sees")) == whole.locate(("services", key, "sees"))


BODIES = [
    "  a:\n    name: A\n",
    "  a:\n    name: A\n    sees: [content.own]\n",
    "  a: {name: A}\n",
    "  b:\n    name: B\n    notes: |\n      text\n      c: no service\n",
    "  b:\n    name: B\n# a comment at the margin\n    purpose: x\n",
    "  c: &c\n    name: C\n",
    "  d: *c\n",
    "  e:\n    nam: E\n",
    "  f:\n    name: F\n   purpose: odd\n",
    "  a:\n    name: again\n",
    "    g:\n      name: deeper\n",
    '  "h":\n    name: H\n',
    '  i:\n    name: "I\n',  # a text that goes on in what looks like the next service
    '  j: text"\n',
    "  k: {name: K,\n",
    "  b: no service}\n",
    "\n  # only a comment\n",
]
TOPS = ["", "categories:\n  content.own: {label: own}\n", "regions:\n  zone: [NL]\n"]
TAILS = ["", "x-own: 1\n", 'x-own: "\n', 'x-own: "1\n"\n', "notice: {days: 30}\n", "services: {}\n"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(TOPS), st.lists(st.sampled_from(BODIES), max_size=4), st.sampled_from(TAILS)
        ),
        max_size=4,
    )
)
def test_incremental_load_of_any_revisions_equals_a_full_load(
    revisions: list[tuple[str, list[str], str]],
) -> None:
    succession = IncrementalLoader()
    for top, bodies, tail in revisions:
        text = HEAD.replace("services:", f"{top}services:") + "".join(bodies) + tail
        source = Source("test.yaml", text.encode())
        read, whole = succession.load(source), load_registry(source)
        assert isinstance(read, Registry) == isinstance(whole, Registry), text
        if isinstance(read, Registry) and isinstance(whole, Registry):
            assert read.model == whole.model, text
        else:
            assert read == whole, text


@pytest.mark.parametrize(
    ("own", "service"),
    [
        ("categories:\n  content.own: {label: own}\n", "  a: {name: A, sees: [content.own]}\n"),
        ("regions:\n  zone: [NL]\n", "  a: {name: A, processing: [zone]}\n"),
    ],
)
def test_incremental_load_without_a_word_that_a_service_still_uses_has_the_problem(
    own: str, service: str
) -> None:
    loader = IncrementalLoader()
    before, after = (
        Source("test.yaml", f"{HEAD.replace('services:', f'{words}services:')}{service}".encode())
        for words in (own, "")
    )
    assert isinstance(loader.load(before), Registry)
    problems = load_registry(after)
    assert not isinstance(problems, Registry)
    assert loader.load(after) == problems


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('  a:\n    name: "x\n  b: y"\n  c: {name: C}\n', '  a:\n    name: "x\n  b: y"\n  c: {name: D}\n'),
        ("  a: {name: A}\n  b: {name: B}\n", '  a:\n    name: "x\n  b: y"\n'),
        (
            '  a: {name: A}\n  b: {name: B}\nx-own: "\n  1"\n',
            '  a:\n    name: "x\n  b: {name: B}\nx-own: "\n',
        ),
    ],
)
def test_incremental_load_of_a_text_like_a_service_equals_a_full_load(old: str, new: str) -> None:
    succession = IncrementalLoader()
    for services in (old, new):
        source = Source("test.yaml", (HEAD + services).encode())
        read, whole = succession.load(source), load_registry(source)
        assert isinstance(read, Registry)
        assert isinstance(whole, Registry)
        assert read.model == whole.model


@pytest.mark.parametrize(
    ("services", "tail"),
    [
        ({"a": "  a:\n    name: A\n", "b": "  b: {name: B}\n"}, "x-own: 1\n"),
        ({"a": "  a: {name: A}\n# the end\n"}, ""),
    ],
)
def test_split_services_returns_the_blocks_of_services(services: dict[str, str], tail: str) -> None:
    assert split_services(f"{HEAD}{''.join(services.values())}{tail}") == SplitFile(HEAD, services, tail)


@pytest.mark.parametrize(
    "text", [f"{HEAD}  a:\n    name: A\n  a:\n    name: A\n", "services: {a: {name: A}}\n"]
)
def test_split_services_of_another_layout_is_none(text: str) -> None:
    assert split_services(text) is None
