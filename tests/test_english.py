"""Texts are in plain English: docstrings, comments and messages of the code, data files and documents.

`python tests/test_english.py` lists
every match in the project, and `python tests/test_english.py docs src/subproc_cli/diff` those of some paths.
"""

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent

CLEANED = (
    "CONTRIBUTING.md",
    "README.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
    *(
        f"src/subproc_cli/{path.name}"
        for path in sorted((ROOT / "src" / "subproc_cli").iterdir())
        if path.name[0] != "_"
    ),
)
"""Files and folders without a match."""

FORBIDDEN = {
    r"(?<![Tt]here )\b(?:is|are|was|were|be) no (?!longer\b)\w+": "is not a …; does not …",
    r"\b(?:it|that|which|they) (?:is|are) none\b": "does not exist; is not one",
    r"\bthat there (?:is|are) not\b": "that does not exist",
    r"\b(?:stands?|stood)\b": "is; appears; is written; means",
    r"\bTell whether\b": "Return whether",
    r"(?<!being )\btold\b": "reported; listed; notified; informed",
    r"\bmend(?:s|ed|ing)?\b": "fix; correct",
    r"\banew\b": "again; renew",
    r"\balike\b": "the same way; similar",
    r"\bbut for\b": "except",
    r"\bfor ever\b": "always; permanently",
    r"\b[Ww]hoever\b": "anyone who; the person who",
    r"\b[Bb]eside\b": "next to; in the same folder; after",
    r"\bin the place of\b": "instead of",
    r"\bin the one way\b": "the same way",
    r"\bas it does\b": "the same way",
}
"""Regular expressions that read as translated, and what to write instead."""

_CODE = re.compile(r"`[^`]*`")


class Match(NamedTuple):
    """A forbidden pattern in a text of the project."""

    location: str
    excerpt: str
    pattern: str

    def __str__(self) -> str:
        return f"{self.location}: …{self.excerpt}… write instead: {FORBIDDEN[self.pattern]}"


def find_matches(path: Path) -> Iterator[Match]:
    """Yield the forbidden patterns in a file, or in every file of a folder."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        for line, text in _iter_texts(file):
            yield from search(text, f"{file.relative_to(ROOT)}:{line}")


def _iter_texts(file: Path) -> Iterator[tuple[int, str]]:
    if file.suffix == ".py":
        yield from iter_python_texts(file.read_text("utf-8"))
    elif file.suffix == ".yaml" and "data" in file.parts:
        # The values are words that people type, so only the comments are texts of the project
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            yield number, line.partition("#")[2]
    elif file.suffix == ".md":
        is_code = False
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            is_code ^= line.startswith("```")
            yield number, "" if is_code else line
    elif file.suffix == ".yaml":
        yield from enumerate(file.read_text("utf-8").splitlines(), 1)


def search(text: str, location: str) -> Iterator[Match]:
    """Yield the forbidden patterns in a text, also across its lines, but not in code in backticks."""
    text = " ".join(_CODE.sub("", text).split())
    for pattern in FORBIDDEN:
        for match in re.finditer(pattern, text):
            yield Match(location, text[max(0, match.start() - 30) : match.end() + 20], pattern)


def iter_python_texts(code: str) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module, each with its first line: docstrings, messages and comments.

    A string of one word is a name, such as the key of a table.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.lineno, node.value
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


@pytest.mark.parametrize("path", CLEANED)
def test_texts_of_a_path_have_no_forbidden_pattern(path: str) -> None:
    assert (ROOT / path).exists()
    assert [str(match) for match in find_matches(ROOT / path)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the file is no\nYAML", ["is no YAML"]),
        ("it is no longer there, and there is no other", []),
        ("the fault stands below, but for one", ["stands", "but for"]),
        ("recommended for understanding", []),
        ("the option `stands` of a command", []),
    ],
)
def test_search_finds_patterns_across_lines(text: str, expected: list[str]) -> None:
    found = [re.search(match.pattern, match.excerpt) for match in search(text, "here:1")]
    assert [match and match[0] for match in found] == expected


def test_iter_python_texts_returns_docstrings_messages_and_comments() -> None:
    code = '"""A docstring."""\nmend = table["mend"] + f"message {mend} end"  # comment\n'
    assert [text for _, text in iter_python_texts(code)] == ["A docstring.", "message ", " end", "# comment"]


def _print_report(paths: list[str]) -> None:
    matches = [match for path in paths for match in find_matches(ROOT / path)]
    for match in matches:
        sys.stdout.write(f"{match}\n")
    for pattern, count in Counter(match.pattern for match in matches).most_common():
        sys.stdout.write(f"{count:5} {pattern}\n")
    sys.stdout.write(f"{len(matches):5} in all\n")


if __name__ == "__main__":
    _print_report(sys.argv[1:] or ["src", "docs", "README.md", "CONTRIBUTING.md"])
