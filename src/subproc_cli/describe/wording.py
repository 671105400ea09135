"""The words of a published list in one language: texts, labels, categories, places, days and numbers."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.enums import Language
from subproc_cli.locale import names
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.libyaml import yaml

FOLDER = Path(__file__).parent.parent / "locale"


@cache
def load_words(language: Language) -> dict[str, dict[str, Any]]:
    """Return what the file of a language holds, by part and key."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    with (FOLDER / f"pages_{language}.yaml").open("rb") as file:
        data: dict[str, dict[str, Any]] = yaml.load(file, Loader=loader)
    return data


class PageWording:
    """The words of one language, around the facts of one list."""

    def __init__(self, registry: Registry, language: Language) -> None:
        self.registry = registry
        self.language = language
        self.formatter = StatementFormatter(language)
        self._words = load_words(language)

    def format_text(self, key: str, **values: str | int) -> str:
        """Return a text with its values."""
        text: str = self._words["texts"][key]
        return text.format(**values)

    def get_word(self, part: str, key: str) -> str:
        """Return a word of a closed list: of `labels`, `missing`, `sides` and so on."""
        found: str = self._words[part][key]
        return found

    def format_count(self, noun: str, number: int) -> str:
        """Return a number with its noun."""
        template: str = self._words["plurals"][noun][names.get_plural_form(number, self.language)]
        return template.format(n=number)

    def format_day(self, day: date) -> str:
        """Return a day written out."""
        return self.formatter.format_day(day)

    def join_words(self, texts: Iterable[str], last: str = "and") -> str:
        """Return words as people list them, the last one behind `and` or `or`."""
        return self.formatter.join_words(texts, last)

    def format_category(self, key: str) -> str:
        """Return the name of a data category; the publisher's own keep the label that the list gives them."""
        return self.formatter.format_category(self.registry, key)

    def format_place(self, name: str) -> str:
        """Return the name of a country or a region; the publisher's own regions keep their names."""
        return self.formatter.format_place(self.registry, name)

    def format_places(self, names: Iterable[str]) -> str:
        """Return places of which at least one is meant."""
        return self.join_words(map(self.format_place, names), "or")
