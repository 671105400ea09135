"""What must hold of the file of a language, compared with English: each problem with its file and id."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Formatter

import pytest
import yaml
from babel import Locale

from subproc_cli.locale import catalogue
from subproc_cli.locale.catalogue import ENGLISH, USUAL_LAW, LanguageFile, Text

OWN_SECTIONS = {"language", "words", "by-law", "article", "doubt", "region-remark"}
"""Sections whose contents are those of the language alone."""
HEAD_KEYS = {"name", "locale", "fallback", "spelling", "letters-under"}
COUNTED = range(1001)
"""The numbers that texts count up to: a language needs the plural forms that these take."""


@contextmanager
def use_language_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the program look for languages in a folder, with copies of its own files."""
    for file in catalogue.FOLDER.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(catalogue, "FOLDER", folder)
    catalogue.clear_caches()
    yield
    catalogue.clear_caches()


def find_problems(language: str) -> list[str]:
    """Return what is wrong with the file of a language."""
    file = LanguageFile(language)
    return [f"{file.path.name}: {problem}" for problem in _iter_problems(file)]


def collect_texts(file: LanguageFile) -> dict[str, Text]:
    """Return the texts of a file that every language has, by id."""
    names = (name for name in file.section_names if name not in OWN_SECTIONS)
    return {text_id: text for name in names for text_id, text in file.get_section(name).items()}


def find_placeholders(text: Text) -> set[str]:
    """Return the names of the values of a text."""
    forms = text.values() if isinstance(text, dict) else [text]
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name is not None}


def _iter_problems(file: LanguageFile) -> Iterator[str]:
    yield from _iter_duplicates(file)
    yield from (f"language.{key}: is missing" for key in ("name", "locale") if not file.head.get(key))
    yield from (f"language.{key}: is unknown" for key in file.head.keys() - HEAD_KEYS)
    english, texts = LanguageFile(ENGLISH), collect_texts(file)
    known = collect_texts(english)
    words = set(_list_words(file, USUAL_LAW))
    yield from _iter_word_problems(file, words)
    yield from (f"{text_id}: is no text of {ENGLISH}.yaml" for text_id in texts.keys() - known.keys())
    if "fallback" not in file.head:
        yield from (f"{text_id}: is missing" for text_id in known.keys() - texts.keys())
        locale = file.head.get("locale") or "en"
        forms = {Locale.parse(locale).plural_form(number) for number in COUNTED} | {"other"}
        for text_id, text in texts.items():
            if isinstance(text, dict) and text.keys() != forms:
                yield f"{text_id}: has the plural forms {sorted(text)}, and the language needs {sorted(forms)}"
    by_law = {
        text_id.split(".", 2)[2]: text for text_id, text in file.get_section("by-law").items()
    }  # by-law.ch-fadp.letter.opening
    yield from (f"by-law: {text_id}: is no text of the file" for text_id in by_law.keys() - texts.keys())
    for text_id, text in [*texts.items(), *by_law.items()]:
        if text_id in known:
            expected = find_placeholders(known[text_id])
            given = find_placeholders(text) - words
            if isinstance(text, dict) != isinstance(known[text_id], dict):
                yield f"{text_id}: has plural forms in one of {ENGLISH}.yaml and this file only"
            if given != expected:
                yield f"{text_id}: has the values {sorted(given)} instead of {sorted(expected)}"


def _iter_word_problems(file: LanguageFile, words: set[str]) -> Iterator[str]:
    for law in {text_id.split(".")[1] for text_id in file.get_section("words")}:
        if set(_list_words(file, law)) != words:
            yield f"words.{law}: names other words than words.{USUAL_LAW}"


def _list_words(file: LanguageFile, law: str) -> list[str]:
    prefix = f"words.{law}."
    return [each.removeprefix(prefix) for each in file.get_section("words") if each.startswith(prefix)]


def _iter_duplicates(file: LanguageFile) -> Iterator[str]:
    """Yield each key that a mapping has twice, of which YAML takes the last without a word."""
    source = file.path.read_text("utf-8")
    pending = [("", yaml.compose(source))]
    while pending:
        prefix, node = pending.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            yield from (
                f"{prefix}{key}: appears twice" for key, number in Counter(keys).items() if number > 1
            )
            pending += [(f"{prefix}{key.value}.", value) for key, value in node.value]
