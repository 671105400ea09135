"""A service as it will be written: the facts of each field, and all other texts as notes."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.importers.text.parsed import Fact
from subproc_cli.registry import introspect
from subproc_cli.registry.file_form import find_key, is_complete, is_reading, to_file_form
from subproc_cli.registry.introspect import ValueKind
from subproc_cli.registry.models import Service

_SERVICE = ("services", "id")
LISTS = introspect.list_fields_of_kind(_SERVICE, ValueKind.LIST)
"""Fields that hold several values."""
MAPPINGS = introspect.list_fields_of_kind(_SERVICE, ValueKind.MAPPING)
"""Fields that hold fields of their own."""


class Draft:
    """One service under construction."""

    def __init__(self) -> None:
        self.id = ""
        """The id that the file gives it, as it is written there."""
        self.unread: dict[str, None] = {}
        """The fields with a text that was understood only in part, so that they stay empty."""
        self.withdrawn: set[str] = set()
        """The fields with a text that was understood only in part, so that they may lack values."""
        self.stated: set[str] = set()
        """The fields that a text of the file is about, whether it was understood or not."""
        self.remarks: list[str] = []
        """What a person should look at."""
        self._facts: dict[str, list[Fact]] = {}
        self._notes: list[str] = []

    def add(self, fact: Fact) -> bool:
        """Add a fact; False if the field has another value already."""
        known = self._facts.setdefault(fact.path, [])
        for at, each in enumerate(known):
            if each.value == fact.value:
                known[at] = each._replace(guessed=each.guessed and fact.guessed)
                return True
        if known and fact.path not in LISTS:
            return False
        known.append(fact)
        return True

    def drop(self, fact: Fact) -> None:
        """Take a fact back."""
        self._facts[fact.path].remove(fact)

    def note(self, text: str, label: str = "") -> None:
        """Add a text to the notes, with the label that it was under."""
        line = f"{label}: {text}" if label else text
        if line not in self._notes:
            self._notes.append(line)

    def facts(self, path: str) -> list[Fact]:
        """Return the facts of a field."""
        return list(self._facts.get(path, ()))

    def first(self, path: str) -> Any:
        """Return the value of a field, None without one."""
        known = self._facts.get(path)
        return known[0].value if known else None

    def to_file_form(self) -> None:
        """Put facts that have no key in the file where the file states them, such as the owner's country.

        A fact without a place in the file, such as the country of an owner without a name, goes to the notes.
        """
        self._write_items()
        stated: dict[str, Any] = {}
        for path, facts in self._facts.items():
            whole, _, part = path.partition(".")
            value = [fact.value for fact in facts] if path in LISTS else facts[0].value if facts else None
            stated[whole] = {**stated.get(whole, {}), part: value} if part else value
        written = to_file_form(Service, stated)
        for path in [path for path, facts in self._facts.items() if facts and is_reading(path, Service)]:
            self._replace_reading(path, self._facts.pop(path), written)
        for field in MAPPINGS:
            self._drop_incomplete(field)

    def _write_items(self) -> None:
        for path in LISTS:
            facts = self._facts.get(path, ())
            if any(isinstance(fact.value, dict) for fact in facts):
                items = to_file_form(Service, {path: [fact.value for fact in facts]})[path]
                self._facts[path] = [
                    fact._replace(value=item) for fact, item in zip(facts, items, strict=True)
                ]

    def _replace_reading(self, path: str, facts: list[Fact], written: dict[str, Any]) -> None:
        key = find_key(path, Service)
        whole, _, part = key.partition(".")
        value = written.get(whole)
        value = value.get(part) if part and isinstance(value, dict) else value
        if isinstance(value, dict) and not is_complete(key, value):
            self.note(str(facts[0].value), path)
            return
        values = value if isinstance(value, list) else [value]
        guessed = any(fact.guessed for fact in (*facts, *self._facts.get(key, ())))
        self._facts[key] = [Fact(key, each, guessed) for each in values]

    def _drop_incomplete(self, field: str) -> None:
        """Move the facts of a mapping that lacks required fields to the notes."""
        paths = [path for path, facts in self._facts.items() if facts and path.startswith(f"{field}.")]
        if is_complete(field, {path.partition(".")[2]: "" for path in paths}):
            return
        for path in paths:
            self.note(str(self._facts.pop(path)[0].value), path)

    @property
    def name(self) -> str:
        """The name of the service; empty if none was found."""
        return self.first("name") or ""

    @property
    def notes(self) -> list[Fact]:
        """All notes in one fact, with those that the file states as such first."""
        stated = self._facts.get("notes", [])
        text = "\n".join([*(fact.value for fact in stated), *self._notes])
        return [Fact("notes", text, any(fact.guessed for fact in stated))] if text else []

    def first_note(self) -> str:
        """Return the notes as one text; empty without any."""
        return "".join(str(fact.value) for fact in self.notes)

    def __iter__(self) -> Iterator[Fact]:
        for path, facts in self._facts.items():
            if path != "notes":
                yield from facts
        yield from self.notes
