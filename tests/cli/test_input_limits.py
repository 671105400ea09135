"""What goes beyond a bound is refused in one message, before it takes the time or the memory of the machine."""

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from subproc_cli.cli.main import main
from subproc_cli.diff.changelog_file import find_insert_point
from subproc_cli.errors import QuestionSyntaxError, SubprocError
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.notice import chain, customers
from subproc_cli.output.markdown import escape_block
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.question.reading import Reader
from subproc_cli.registry.comments import find_guessed_fields
from subproc_cli.registry.header import read_header
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.suppressions import find_suppressions
from subproc_cli.yaml.builder import MAX_TEXT
from subproc_cli.yaml.source import Source

resource = pytest.importorskip("resource", reason="the system bounds no process")

pytestmark = pytest.mark.slow
SECONDS, MEMORY = 60, 1_500_000_000
TOP = "format: 1\npublisher: Example\nversion: 1.0.0\ndate: 2024-01-01\n"
HEAD = TOP + "services:\n"
ONE = HEAD + "  a: {name: A}\n"


def limited(arguments: list[str], folder: Path, seconds: int = SECONDS) -> tuple[int, str]:
    """Run the program with little time and memory, and return its exit code and what it says."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        preexec_fn=limit,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=4 * seconds,
    )
    return done.returncode, done.stdout + done.stderr


def subproc(*arguments: str, folder: Path) -> tuple[int, str]:
    return limited(["-m", "subproc_cli", *arguments], folder)


def listed(text: str) -> str:
    return f"{HEAD}  a: {{name: A, {text}}}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (lambda: ONE + "#" * 65 * 2**20, "registry.yaml: SP001 invalid-yaml: the file has more than the 67,108,864 bytes that are read"),
        (lambda: listed(f"x-own: [{','.join(['[' + '1,' * 90_000 + ']'] * 23)}]"), "the file has more than 2,000,000 values"),
        (lambda: listed(f"x-own: [{'1,' * 100_001}]"), "more than 100,000 in one list or mapping"),
        (lambda: HEAD + "".join(f"  a{n}: {{name: A}}\n" for n in range(100_001)), ":100006:3: SP001 invalid-yaml: more than 100,000 in one"),
        (lambda: HEAD + "  a: {name: A}\n" * 100_001, "98,999 more problems, from here on"),
        (lambda: listed("x-own: " + "[" * 33 + "]" * 33), "nested more than 32 levels deep"),
        (lambda: listed(f"x-own: [{'[' * 20_000}"), "nested more than 32 levels deep"),
        (lambda: listed("x-a: &a [1], x-b: [" + "*a," * 60_000 + "]"), "aliases add up to more than 100,000 values"),
        (lambda: f"{TOP}categories:\n" + "".join(f"  content.c{n}: {{label: c}}\n" for n in range(1_001)), "categories: has more than 1,000"),
        (lambda: f"{TOP}regions: {{" + "".join(f"r{n}: [NL]," for n in range(1_001)) + "}\n", "regions: has more than 1,000"),
        (lambda: f"{TOP}policies: [" + "{name: p, forbid: see email}," * 1_001 + "]\n", "policies: has more than 1,000"),
        (lambda: HEAD + "".join(f"  a{n}: {{nme: A}}\n" for n in range(90_000)), "2 more problems, from here on; fix the reported ones first"),
        (lambda: HEAD + "  a: {name: A, x: 1}\n" + "  b: {name: B, sees: [" + "emial," * 90_000 + "]}\n", "89,001 more problems, from here on"),
        (lambda: f"law: [{'x,' * 90_000}]\n{ONE}", "89,000 more problems, from here on"),
    ],
)  # fmt: skip
def test_list_of_a_file_above_a_limit_is_refused(text: Callable[[], str], said: str, tmp_path: Path) -> None:
    (tmp_path / "registry.yaml").write_text(text(), encoding="utf-8")
    code, output = subproc("list", folder=tmp_path)
    assert code == 3, output[-500:]
    assert said in output, output[-500:]
    assert "Traceback" not in output, output[-500:]


def test_load_registry_with_a_too_long_text_names_its_position() -> None:
    long = "x" * (MAX_TEXT + 1)
    for text, at in (
        (f"  a: {{name: {long}}}\n", (6, 13)),
        (f"  a:\n    name: A\n    ? {long}\n    : 1\n", (8, 7)),
    ):
        found = load_registry(Source("registry.yaml", f"{HEAD}{text}".encode()))
        assert not isinstance(found, Registry)
        assert found[0].message == "a text has more than 250,000 characters"
        assert found[0].position[1:3] == at
    just = f"  a: {{name: {long[1:]}}}\n"
    assert isinstance(load_registry(Source("registry.yaml", f"{HEAD}{just}".encode())), Registry)


def test_check_of_a_file_above_a_limit_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "registry.yaml").write_text(listed(f"x-own: [{'1,' * 100_001}]"), encoding="utf-8")
    code, output = subproc("check", "-f", "oneline", folder=tmp_path)
    assert code == 1
    assert "error SP001 invalid-yaml: more than 100,000 in one list" in output


@pytest.mark.parametrize(
    ("name", "text", "arguments", "code", "said"),
    [
        ("a.csv", lambda: "name," * 101 + "\n", ["notice", "old.yaml", "--customers", "a.csv"], 3, "the first row names more than 100 fields"),
        ("a.csv", lambda: "name,address\n" + "A,a@b\n" * 90_000, ["notice", "old.yaml", "--customers", "a.csv"], 3, "more than 1,000 problems"),
        ("a.yaml", lambda: "customers: [" + "{nme: A}," * 90_000 + "]", ["notice", "old.yaml", "--customers", "a.yaml"], 3, "more than 1,000 problems"),
        ("a.md", lambda: "x" * 17 * 2**20, ["import", "a.md"], 3, "a.md: "),
        ("a.csv", lambda: "name," * 1_001 + "\n", ["import", "a.csv"], 3, "a.csv: "),
        ("q", lambda: "", ["which", "see email and " * 1_000], 2, "a question of more than 10,000 characters is not read"),
        ("q", lambda: "", ["which", "(" * 60 + "see email" + ")" * 60], 2, "nested too deeply"),
        ("q", lambda: "", ["diff", "a" * 100_000], 3, "no such file"),
        ("q", lambda: "", ["diff", ":" + "a" * 100_000], 3, "no such file"),
        ("q", lambda: "", ["diff", "/" * 100_000], 3, "///"),
        ("q", lambda: "", ["notice", "old.yaml", "--from", "(" * 100_000], 2, "is not a mail address"),
    ],
)  # fmt: skip
def test_command_with_an_input_above_a_limit_is_refused(
    name: str, text: Callable[[], str], arguments: list[str], code: int, said: str, tmp_path: Path
) -> None:
    for each, content in (("old.yaml", ONE), ("registry.yaml", ONE), (name, text())):
        (tmp_path / each).write_text(content, encoding="utf-8")
    found, output = subproc(*arguments, folder=tmp_path)
    assert found == code, output[-500:]
    assert said in output, output[-500:]
    assert "Traceback" not in output, output[-500:]


def test_resolver_of_a_too_large_revision_is_refused(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        command = ["git", "-c", "user.name=Example", "-c", "user.email=a@example.com", *words]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    git("init", "--quiet")
    for size in (0, 70_000_000, 1):
        with (tmp_path / "registry.yaml").open("wb") as file:
            file.write(f"{ONE}# {size}\n".encode())
            file.truncate(size or file.tell())
            if size == 1:
                file.write(ONE.encode())
        git("add", ".")
        git("commit", "--quiet", "--message", str(size))
    code, output = subproc("diff", "HEAD~1", folder=tmp_path)
    assert code == 3, output
    assert "more than the 67,108,864 bytes that are read" in output, output
    code, output = subproc("log", folder=tmp_path)
    assert code == 0, output
    assert "cannot be read" in output, output


def _read_question(text: str) -> None:
    registry = load_registry(Source("registry.yaml", ONE.encode()))
    assert isinstance(registry, Registry)
    with suppress(QuestionSyntaxError):
        Reader(registry, date(2026, 1, 1)).read(text)


def _suppressed(text: str) -> None:
    index = load_registry(Source("registry.yaml", f"{ONE}# subproc: ignore[x] {text}\n".encode()))
    if isinstance(index, Registry):
        assert find_suppressions(index) is not None
        assert list(find_guessed_fields(index)) is not None


READERS: dict[str, Callable[[str], object]] = {
    "question": lambda text: _read_question(f"see email{text}"),
    "suppression": lambda text: _suppressed(text.replace("\n", " ")),
    "customers": lambda text: customers.load_customers(Source("a.csv", f"name,address\n{text}".encode())),
    "ledger": lambda text: chain.parse_ledger(text.encode()),
    "changelog": lambda text: find_insert_point(f"# Changelog\n\n## {text}", "1.0.0"),
    "revision": lambda text: RevisionResolver("registry.yaml").read(text),
    "list": lambda text: load_registry(Source("registry.yaml", f"{ONE}{text}".encode())),
    "head of a list": lambda text: read_header(Source("registry.yaml", text.encode())),
    "text for Markdown": escape_block,
    "text for a terminal": sanitize_line,
}
UNITS: tuple[str, ...] = (
    " ",
    "\t",
    "\n",
    "#",
    "# ",
    " #",
    "a",
    "a ",
    "(",
    "[",
    "]",
    "{",
    '"',
    "'",
    "\\",
    "`",
    "*",
    "_",
    "|",
    "<",
    "&",
    "@",
    "-",
    ".",
    ":",
    ": ",
)
UNITS += (
    "1.",
    "www.",
    "http://",
    "..",
    "^",
    "~",
    "@{",
    "{'a':",
    '{"a":',
    "see email and ",
    "not ",
    "name,",
    "name;a\n",
    "é",
    "\u0301",
    "\u202e",
)
UNITS += (" # subproc:", " # subproc: ignore", " # subproc: ignore[", " # guessed", "## [1.0.0]", "\\[1", "- ", "a: b\n")  # fmt: skip


def _seconds(read: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    with suppress(SubprocError):
        read(text)
    return time.process_time() - begun


@pytest.mark.parametrize("reader", READERS)
def test_reader_of_four_times_the_text_takes_linear_time(
    reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for unit in UNITS:
        short = unit * (10_000 // len(unit))
        slow = _seconds(READERS[reader], short * 4)
        if slow > 0.05:  # what is faster than that says nothing, and hurts nobody
            few, many = (min(_seconds(READERS[reader], short * times) for _ in "123") for times in (1, 4))
            assert many < 8 * few + 0.05, unit


@pytest.mark.parametrize(
    "text",
    [
        "sees: [{}]",
        "never_sees: [{}]",
        "sees: [{{data: content, may_contain: [{}]}}]",
        "sees: [{0}], never_sees: [{0}]",
    ],
)
@pytest.mark.parametrize("category", ["usage", "identity.email", "special.health"])
def test_check_of_four_times_the_statements_takes_linear_time(
    text: str, category: str, tmp_path: Path
) -> None:
    def seconds(number: int) -> float:
        (tmp_path / "registry.yaml").write_text(
            listed(text.format(f"{category}," * number)), encoding="utf-8"
        )
        gc.disable()  # as the program does: else what other tests have left is looked through as well
        try:
            begun = time.process_time()
            code = main(["check", str(tmp_path / "registry.yaml"), "-o", str(tmp_path / "out")])
            taken = time.process_time() - begun
        finally:
            gc.enable()
        assert code == 1
        return taken

    seconds(1)
    few, many = seconds(2_000), seconds(8_000)
    assert many < 8 * few + 0.2
