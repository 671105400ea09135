"""What goes beyond a bound is refused in one message, before it takes the time or the memory of the machine."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
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
