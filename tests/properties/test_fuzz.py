"""Any words and bytes in, nothing out but an answer or a documented error.

`make fuzz` runs the same checks on many more inputs. Each example is bound in time, and the reader in memory.
"""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, example, given, settings
from hypothesis import strategies as st

from fuzz_kinds import KINDS, LISTS, Kind
from registry_mutations import mutated
from registry_text import FILE, HEAD
from subproc_cli.errors import SubprocError
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

SECONDS = 10
"""Time of the processor for one example: a hundred times what the slowest takes."""


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_input_of_each_kind_is_mostly_accepted_or_refused_with_an_error(kind: Kind) -> None:
    accepted: list[bool] = []

    @given(kind.inputs)
    def check_one(any_input: Any) -> None:
        start = time.process_time()
        accepted.append(kind.check(any_input))
        assert time.process_time() - start < SECONDS

    check_one()
    assert kind.least <= sum(accepted) / len(accepted) < 1, f"{sum(accepted)} of {len(accepted)}"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_odd_input_of_each_kind_is_accepted_or_refused_with_an_error(kind: Kind) -> None:
    for example_input in kind.examples:
        kind.check(example_input)


@given(st.binary(max_size=200) | st.builds(lambda text, at: text.encode()[at:], LISTS, st.integers(0, 9)))
@settings(max_examples=50)
def test_load_registry_of_any_bytes_returns_a_registry_or_errors(content: bytes) -> None:
    assert isinstance(load_registry(Source(FILE, content)), Registry | tuple)


# Memory

BOMBS = {
    "aliases of aliases": "a0: &a0 [x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)),
    "brackets": "a: " + "[" * 200_000,
    "dashes": "- " * 100_000,
    "keys": "? " * 50_000,
    "a long text": f"a: {'x' * 8_000_000}",
    "a text that is not closed": '"' + "x" * 4_000_000,
    "many services": "services:\n" + "".join(f"  s{n}: {{nam: {n}}}\n" for n in range(5_000)),
    "a key again and again": "a: 1\n" * 20_000,
    "anchors": "".join(f"- &a{n} x\n" for n in range(30_000)),
    "a number": f"a: {'9' * 1_000_000}",
}
CHILD = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from subproc_cli.notice.customers.customers import load_customers
from subproc_cli.registry.loader import load_registry
from subproc_cli.yaml.source import Source
content = sys.stdin.buffer.read()
found = [load_registry(Source("a.yaml", content)), *(load_customers(Source(name, content)) for name in ("c.yaml", "c.csv"))]
assert all(isinstance(each, tuple) and each for each in found), found
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process this way")
@pytest.mark.parametrize("name", BOMBS)
def test_load_registry_of_a_bomb_stays_within_memory_and_time(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input=BOMBS[name].encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]


# Revisions


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    (folder / "registry.yaml").write_text(f"{HEAD}services: {{}}\n", encoding="utf-8")
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


WORD = st.text(st.sampled_from("HEAD@{}~^:./-0123456789ab-@é \x00\n"), max_size=12)
REVISIONS = st.sampled_from(
    ["HEAD", "@2024-01-01", "1.0.0", ":registry.yaml", "HEAD:registry.yaml", "HEAD..HEAD", "registry.yaml"]
)


@given(WORD | mutated(REVISIONS, ("HEAD",), most=1))
@example("--output=x")
@example("-n")
@example("HEAD:../../etc/passwd")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_resolver_of_any_name_reads_or_reports_an_error(
    repository: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    assume(word != "-")  # standard input
    monkeypatch.chdir(repository)
    before = sorted(path.name for path in repository.rglob("*") if path.is_file())
    with suppress(SubprocError):
        RevisionResolver("registry.yaml").read_pair(word, None)
        event("read")
    assert sorted(path.name for path in repository.rglob("*") if path.is_file()) == before
