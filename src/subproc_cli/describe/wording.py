"""The words of a published list in one language: texts, labels, categories, places, days and numbers."""

from collections.abc import Iterable
from datetime import date

from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.locale.catalogue import USUAL_LAW, find_letter_language
from subproc_cli.registry.registry import Registry


class PageWording:
    """The texts of one language for one list, in the terms of its law if it is under one law only."""

    def __init__(self, registry: Registry, language: str) -> None:
        self.registry = registry
        self.language = language
        laws = registry.model.law
        law = laws[0] if len(laws) == 1 else USUAL_LAW
        self.formatter = StatementFormatter(find_letter_language(language, law), law)

    def format_text(self, key: str, **values: object) -> str:
        """Return a text of a page with its values."""
        return self.formatter.catalogue.text(f"page.{key}", **values)

    @property
    def colon(self) -> str:
        """What follows a label: a colon, in French after a space."""
        return self.format_text("labelled", label="")

    def join_list(self, texts: Iterable[str]) -> str:
        """Return the items of a list in one line, separated by semicolons."""
        return self.formatter.catalogue.text("grammar.separator").join(texts)

    def format_missing(self, *, is_hidden: bool) -> str:
        """Return why a value is missing: because the list does not state it, or does not publish it."""
        return self.format_text("not-published" if is_hidden else "not-stated")

    def get_word(self, section: str, key: str) -> str:
        """Return a word of a closed list: of `label`, `missing`, `side` or `link`."""
        return self.formatter.catalogue.text(f"{section}.{key}")

    def format_count(self, noun: str, number: int) -> str:
        """Return a number with its noun."""
        return self.formatter.format_count(noun, number)

    def format_day(self, day: date) -> str:
        """Return a day written out."""
        return self.formatter.format_day(day)

    def join_words(self, texts: Iterable[str], last: str = "and") -> str:
        """Return words as people list them, the last one after `and` or `or`."""
        return self.formatter.join_words(texts, last)

    def format_category(self, key: str) -> str:
        """Return the name of a data category; the publisher's own keep the label that the list gives them."""
        return self.formatter.format_category(self.registry, key)

    def format_place(self, name: str) -> str:
        """Return the name of a country or a region; the publisher's own regions keep their names."""
        return self.formatter.format_place(self.registry, name)

    def format_places(self, names: Iterable[str]) -> str:
        """Return places as alternatives: at least one of them is meant."""
        return self.join_words(map(self.format_place, names), "or")
