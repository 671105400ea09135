"""The texts of each language: one YAML file a language, found in the folder of this module.

A text has an id, `section.key`, the same in every file. Its values are named: `{name}`. A text that depends
on a number is a mapping of plural forms, chosen by the value `n`. The section `language` describes the file,
`words` holds terms that differ from law to law and can be used in every sentence, and `by-law` holds
sentences that a law words differently.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeAlias

from subproc_cli.enums import DEFAULT_LAW
from subproc_cli.errors import SubprocError
from subproc_cli.locale import names

FOLDER = Path(__file__).parent
ENGLISH = "en"
"""The language whose texts are used where a file lacks one."""
USUAL_LAW = DEFAULT_LAW
"""The law whose terms are used where no law is named, and where a law has no terms of its own."""

Text: TypeAlias = str | dict[str, str]
"""A text, or its plural forms."""
PLURAL_FORMS = frozenset(("zero", "one", "two", "few", "many", "other"))
_SECTION_START = re.compile(r"^(?=[a-z])", re.MULTILINE)


class CatalogueError(SubprocError):
    """A file of a language is wrong; the message names the file and the id of the text."""


def find_languages() -> tuple[str, ...]:
    """Return the languages that have a file, by their names in BCP 47 such as `de-CH`."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def find_base_languages() -> tuple[str, ...]:
    """Return the languages that have a file, without their variants in regions."""
    return tuple(name for name in find_languages() if "-" not in name)


def has_base_language(name: str) -> bool:
    """Return whether a name is a language that has a file, without its variants: `de`, but not `de-CH`."""
    return name.isascii() and name.isalpha() and name.islower() and (FOLDER / f"{name}.yaml").is_file()


class LanguageFile:
    """One file. A section is parsed when its first text is needed: most commands need a few of them.

    Attributes:
        language: its name without the ending.
        path: where it is.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.path = FOLDER / f"{language}.yaml"
        parts = _SECTION_START.split(self.path.read_text("utf-8"))
        self._sources = {part.partition(":")[0]: part for part in parts}
        self._sections: dict[str, dict[str, Text]] = {}

    @cached_property
    def head(self) -> Mapping[str, Any]:
        """What the file states about its language."""
        return self._parse("language")

    @property
    def section_names(self) -> tuple[str, ...]:
        """The names of the sections, in the order of the file."""
        return tuple(name for name in self._sources if name and not name.startswith("#"))

    def get_section(self, name: str) -> Mapping[str, Text]:
        """Return the texts of a section by id; none if the file has no such section."""
        if name not in self._sections:
            self._sections[name] = dict(_flatten(self._parse(name), f"{name}."))
        return self._sections[name]

    def find(self, text_id: str) -> Text | None:
        """Return a text or its plural forms; None if the file has none."""
        return self.get_section(text_id.partition(".")[0]).get(text_id)

    def _parse(self, name: str) -> Mapping[str, Any]:
        from subproc_cli.yaml.libyaml import (
            parse_texts,  # the help of a command needs the names of files only
        )

        source = self._sources.get(name)
        return parse_texts(source)[name] or {} if source else {}


def _flatten(node: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Text]]:
    for key, value in node.items():
        if isinstance(value, dict) and not ("other" in value and value.keys() <= PLURAL_FORMS):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


class Catalogue:
    """The texts of a language under a law.

    Attributes:
        language: the language.
        borrowed: the ids of the texts that were taken from English because the language has none.
    """

    def __init__(self, language: str, law: str = USUAL_LAW) -> None:
        self.language = language
        self.borrowed: set[str] = set()
        self._law = law
        self._files = tuple(_iter_files(language))
        self._found: dict[str, Text] = {}

    @property
    def file(self) -> Path:
        """The file of the language."""
        return self._files[0].path

    @property
    def name(self) -> str:
        """What the language is called in the language itself."""
        return str(self._files[0].head["name"])

    @cached_property
    def locale(self) -> str:
        """The name of the language in Unicode CLDR."""
        return str(self._files[0].head.get("locale", self.language.replace("-", "_")))

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The terms that every sentence may use, those of the law first."""
        laws = dict.fromkeys((USUAL_LAW, self._law))
        prefixes = tuple(f"words.{law}." for law in laws)
        return {
            text_id.removeprefix(prefix): str(self._spell(file, text))
            for prefix in prefixes
            for file in reversed(self._files)
            for text_id, text in file.get_section("words").items()
            if text_id.startswith(prefix)
        }

    def text(self, text_id: str, /, **values: object) -> str:
        """Return a text with its values; a text with plural forms needs the value `n`.

        Raises:
            CatalogueError: no file has the text, or the text uses a value that it is not given.
        """
        template = self.get_template(text_id)
        try:
            if isinstance(template, dict):
                form = names.get_plural_form(_to_number(values["n"]), self.locale)
                template = template.get(form, template["other"])
            if "{" not in template and "}" not in template:
                return template
            return template.format_map({**self.words, **values})
        except (KeyError, ValueError, IndexError) as error:
            message = f"{self.file}: {text_id}: cannot fill {template!r}: {error}"
            raise CatalogueError(message) from None

    def get_template(self, text_id: str) -> Text:
        """Return a text without its values.

        Raises:
            CatalogueError: no file has the text.
        """
        if text_id not in self._found:
            own = self.find_own(text_id)
            if own is None:
                own = _load_file(ENGLISH).find(text_id)
                self.borrowed.add(text_id)
            if own is None:
                raise CatalogueError(f"{self.file}: {text_id}: there is no such text")
            self._found[text_id] = own
        return self._found[text_id]

    def find_own(self, text_id: str) -> Text | None:
        """Return a text of the language or of those that its file builds on; None if there is none."""
        for file in self._files:
            for candidate in (f"by-law.{self._law}.{text_id}", text_id):
                text = file.find(candidate)
                if text is not None:
                    return self._spell(file, text)
        return None

    def __contains__(self, text_id: str) -> bool:
        if text_id in self._found:
            return True
        return self.find_own(text_id) is not None or _load_file(ENGLISH).find(text_id) is not None

    def find_missing(self, sections: Iterable[str]) -> list[str]:
        """Return the ids of the texts of some sections that English has and the language does not."""
        english = _load_file(ENGLISH)
        ids = [text_id for section in sections for text_id in english.get_section(section)]
        return [text_id for text_id in ids if self.find_own(text_id) is None]

    def format_day(self, day: date) -> str:
        """Return a day as it is written out: `9 May 2024`, `9. Mai 2024`, `1er mai 2024`."""
        text = names.format_day(day, self.locale)
        return text.replace("1 ", f"{self.text('grammar.first-day')} ", 1) if day.day == 1 else text

    def _spell(self, file: LanguageFile, text: Text) -> Text:
        """Return a text of another file in the spelling of this language."""
        if file is self._files[0]:
            return text
        if isinstance(text, dict):
            return {form: self._spell_string(each) for form, each in text.items()}
        return self._spell_string(text)

    def _spell_string(self, text: str) -> str:
        for letter, spelling in self._files[0].head.get("spelling", {}).items():
            text = text.replace(letter, spelling)
        return text


def _to_number(value: object) -> int:
    if isinstance(value, int):
        return value
    raise ValueError(f"n is {value!r}, which is not a whole number")


def _iter_files(language: str) -> Iterator[LanguageFile]:
    """Yield the file of a language, and those that it says it builds on."""
    seen: set[str] = set()
    while language and language not in seen:
        seen.add(language)
        file = _load_file(language)
        yield file
        language = file.head.get("fallback", "")


@cache
def _load_file(language: str) -> LanguageFile:
    return LanguageFile(language)


def load_catalogue(language: str, law: str = USUAL_LAW) -> Catalogue:
    """Return the texts of a language in the terms of a law; the same object every time."""
    return _load_catalogue(language, law)


@cache
def _load_catalogue(language: str, law: str) -> Catalogue:
    return Catalogue(language, law)


def clear_caches() -> None:
    """Forget every file that was read."""
    _load_file.cache_clear()
    _load_catalogue.cache_clear()
    find_letter_language.cache_clear()


@cache
def find_letter_language(language: str, law: str) -> str:
    """Return the language of a letter under one law alone, for which a variant may have a file."""
    for name in find_languages():
        head = _load_file(name).head
        if head.get("fallback") == language and head.get("letters-under") == law:
            return name
    return language
