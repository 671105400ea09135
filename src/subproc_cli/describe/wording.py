"""The words of a published list in one language: texts, labels, categories, places, days and numbers."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from subproc_cli.describe.statements import Statements
from subproc_cli.enums import Language
from subproc_cli.locale import names
from subproc_cli.registry.registry import Index
from subproc_cli.yaml.libyaml import yaml

FOLDER = Path(__file__).parent.parent / "locale"


@cache
def words(language: Language) -> dict[str, dict[str, Any]]:
    """Return what the file of a language holds, by part and key."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    with (FOLDER / f"pages_{language}.yaml").open("rb") as file:
        read: dict[str, dict[str, Any]] = yaml.load(file, Loader=loader)
    return read


class Wording:
    """The words of one language, around the facts of one list."""

    def __init__(self, about: Index, language: Language) -> None:
        self.about = about
        self.language = language
        self.say = Statements(language)
        self._words = words(language)

    def text(self, key: str, **values: str | int) -> str:
        """Return a text with its values."""
        text: str = self._words["texts"][key]
        return text.format(**values)

    def word(self, part: str, key: str) -> str:
        """Return a word of a closed list: of `labels`, `missing`, `sides` and so on."""
        found: str = self._words[part][key]
        return found

    def counted(self, noun: str, number: int) -> str:
        """Return a number with its noun."""
        form: str = self._words["plurals"][noun][names.plural(number, self.language)]
        return form.format(n=number)

    def day(self, given: date) -> str:
        """Return a day written out."""
        return self.say.day(given)

    def listed(self, given: Iterable[str], last: str = "and") -> str:
        """Return words as people list them, the last one behind `and` or `or`."""
        return self.say.listed(given, last)

    def category(self, key: str) -> str:
        """Return the name of a data category; the publisher's own keep the label that the list gives them."""
        return self.say.category(self.about, key)

    def place(self, name: str) -> str:
        """Return the name of a country or a region; the publisher's own regions keep their names."""
        return self.say.place(self.about, name)

    def places(self, given: Iterable[str]) -> str:
        """Return places of which at least one is meant."""
        return self.listed(map(self.place, given), "or")
