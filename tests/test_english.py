"""Texts are in plain English: docstrings, comments and messages of the code, data files and documents.

To extend the check to another folder or file, add one line to `CLEANED`. `python tests/test_english.py` lists
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
    "docs/rules.md",
    "src/subproc_cli/suggest.py",
)
"""Files and folders without a match."""

FORBIDDEN = {
    r"(?<!there )\b(?:is|are|was|were|be) no (?!longer\b)\w+": "is not a …; does not …",
    r"\b(?:it|that|which|they) (?:is|are) none\b": "does not exist; is not one",
    r"\bthat there (?:is|are) not\b": "that does not exist",
    r"\b(?:stands?|stood)\b": "is; appears; is written; means",
    r"\bTell whether\b": "Return whether",
    r"\btold\b": "reported; listed; notified; informed",
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

_DATA_SUFFIXES = (".md", ".yaml", ".html")


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
        if file.suffix == ".py":
            texts = list(iter_python_texts(file.read_text("utf-8")))
        elif file.suffix in _DATA_SUFFIXES:
            texts = [*enumerate(file.read_text("utf-8").splitlines(), 1)]
        else:
            continue
        for line, text in texts:
            yield from search(text, f"{file.relative_to(ROOT)}:{line}")


def search(text: str, location: str) -> Iterator[Match]:
    """Yield the forbidden patterns in a text, also across its lines."""
    text = " ".join(text.split())
    for pattern in FORBIDDEN:
        for match in re.finditer(pattern, text):
            yield Match(location, text[max(0, match.start() - 30) : match.end() + 20], pattern)


def iter_python_texts(code: str) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module, each with its first line: docstrings, messages and comments."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


@pytest.mark.parametrize("path", CLEANED)
def test_texts_of_a_cleaned_path_have_no_forbidden_pattern(path: str) -> None:
    assert (ROOT / path).exists()
    assert [str(match) for match in find_matches(ROOT / path)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the file is no\nYAML", ["is no YAML"]),
        ("it is no longer there, and there is no other", []),
        ("the fault stands below, but for one", ["stands", "but for"]),
        ("recommended for understanding", []),
    ],
)
def test_search_finds_patterns_across_lines(text: str, expected: list[str]) -> None:
    found = [match[0] for pattern in FORBIDDEN for match in re.finditer(pattern, " ".join(text.split()))]
    assert found == expected
    assert len(list(search(text, "here:1"))) == len(expected)


def test_texts_of_a_module_are_docstrings_messages_and_comments() -> None:
    code = '"""Docstring."""\nmend = f"message {mend} end"  # comment\n'
    assert [text for _, text in iter_python_texts(code)] == ["Docstring.", "message ", " end", "# comment"]


def _print_report(paths: list[str]) -> None:
    matches = [match for path in paths for match in find_matches(ROOT / path)]
    for match in matches:
        sys.stdout.write(f"{match}\n")
    for pattern, count in Counter(match.pattern for match in matches).most_common():
        sys.stdout.write(f"{count:5} {pattern}\n")
    sys.stdout.write(f"{len(matches):5} in all\n")


if __name__ == "__main__":
    _print_report(sys.argv[1:] or ["src", "docs", "README.md", "CONTRIBUTING.md"])
