"""Any words and bytes in, nothing out but an answer or a documented fault."""

import subprocess
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from lists import FILE, HEAD, listing
from subproc_cli.check.rule import Subject
from subproc_cli.check.run import Selection, run
from subproc_cli.errors import QuestionFault, SubprocError
from subproc_cli.history.revisions import Revisions
from subproc_cli.notice import customer_file, ledger
from subproc_cli.notice.customer_file import Customers
from subproc_cli.notice.ledger import Break, Ledger
from subproc_cli.question import grammar, lexicon
from subproc_cli.question.ask import Answers, ask
from subproc_cli.registry.index import Index
from subproc_cli.registry.load import load
from subproc_cli.registry.source import Source

LIST = listing("  a: {name: Alpha, sees: [identity.email], processing: [DE]}\n")
DAY = date(2024, 6, 1)
KNOWN = [
    *lexicon.VERBS,
    "and",
    "or",
    "not",
    "(",
    ")",
    "only",
    "outside",
    "in",
    "email",
    "EU",
    "name",
    "US",
    ",",
    '"',
]
WORDS = st.lists(st.sampled_from(KNOWN) | st.text(max_size=8), max_size=12).map(" ".join)
KEYS = st.sampled_from(
    ["name", "sees", "processing", "entity", "since", "x-a", "services", "a", "place", "data"]
)
YAML = st.recursive(
    st.sampled_from(["x", "email", "US", "2024-13-01", "NO", "1e3", "''", "~", "true"]) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(WORDS | st.text(max_size=60))
@example("(" * 200)
@example("not " * 200 + "see email")
def test_a_question_is_answered_or_refused(text: str) -> None:
    answered: Answers | None = None
    refused: QuestionFault | None = None
    try:
        answered = ask(LIST, text, DAY)
    except QuestionFault as fault:
        refused = fault
    if answered:
        reading = str(answered.question)
        assert grammar.parse(reading, LIST.tree, LIST.gazetteer) == answered.question
    else:
        assert refused
        assert 0 <= refused.start <= refused.end <= len(text) + 1


@given(YAML)
def test_a_list_is_read_or_all_is_told(services: object) -> None:
    found = load(Source(FILE, f"{HEAD}services: {services!r}\n".encode("utf-8", "surrogatepass")))
    if isinstance(found, Index):
        run(Subject(found, DAY), Selection())
    else:
        assert found
        assert all(each.message and each.where.file == FILE for each in found)


@given(st.binary(max_size=200))
def test_bytes_are_a_list_or_problems(content: bytes) -> None:
    assert isinstance(load(Source(FILE, content)), Index | tuple)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
@pytest.mark.parametrize("name", ["c.csv", "c.yaml"])
def test_customers_are_read_or_all_is_told(name: str, content: bytes) -> None:
    found = customer_file.load(Source(name, content))
    assert isinstance(found, Customers) or all(each.message for each in found)


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_a_ledger_is_whole_or_broken_at_a_line(content: bytes) -> None:
    found = ledger.read(content)
    if isinstance(found, Break):
        assert 1 <= found.line <= content.count(b"\n") + 1
    else:
        assert isinstance(found, Ledger)


@given(st.text(max_size=80))
@example("# subproc: ignore[")
@example("# subproc: ignore[a,b,,]] until= until=2024-01-01")
def test_comments_are_suppressions_or_nothing(text: str) -> None:
    line = " ".join(text.split())
    content = f"{HEAD}services:\n  a: {{name: A}}  # {line}\n".encode("utf-8", "replace")
    found = load(Source(FILE, content))
    if isinstance(found, Index):
        assert all(each.message for each in run(Subject(found, DAY), Selection()).found)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    (folder / "registry.yaml").write_text(f"{HEAD}services: {{}}\n", encoding="utf-8")
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", *words], cwd=folder, check=True)  # noqa: S607
    return folder


@given(st.text(st.sampled_from("HEAD@{}~^:./-0123456789ab-@é \x00\n"), max_size=12))
@example("--output=x")
@example("-n")
@example("HEAD:../../etc/passwd")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_revision_is_read_or_refused(repository: Path, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    assume(word != "-")  # standard input
    monkeypatch.chdir(repository)
    before = sorted(path.name for path in repository.rglob("*") if path.is_file())
    with suppress(SubprocError):
        Revisions("registry.yaml").pair(word, None)
    assert sorted(path.name for path in repository.rglob("*") if path.is_file()) == before
