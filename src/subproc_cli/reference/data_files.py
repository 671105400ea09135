"""Reading the data files of the package."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from subproc_cli.text import strip_accents
from subproc_cli.yaml.libyaml import parse_texts

FOLDER = Path(__file__).parent / "data"


def read(name: str) -> Any:
    """Return the contents of a data file of the package."""
    return read_path(FOLDER / name)


@cache
def has_word(path: Path, word: str) -> bool:
    """Return whether a data file contains a word, without parsing it."""
    text, wanted = _read_normalized(path), _normalize(word)
    return wanted in text and bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text))


@cache
def _read_normalized(path: Path) -> str:
    return _normalize(path.read_text("utf-8"))


def _normalize(text: str) -> str:
    return strip_accents(text).casefold().replace("-", " ")


def read_path(path: Path) -> Any:
    """Return the contents of a data file, every scalar as text (so that `NO` is Norway)."""
    return parse_texts(path.read_text("utf-8"))
