"""Look-ups in one revision of a registry."""

from collections import Counter
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from subproc_cli.diagnostics import FieldPath, Position
from subproc_cli.errors import UsageError
from subproc_cli.reference.categories import CategoryTree
from subproc_cli.reference.geography import Gazetteer
from subproc_cli.registry.field_types import Vocabulary
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.suggest import find_nearest
from subproc_cli.text import join_words, slugify
from subproc_cli.yaml import reader
from subproc_cli.yaml.reader import Document
from subproc_cli.yaml.source import Source


class State(StrEnum):
    """Whether a service is in use on a day."""

    ANNOUNCED = "announced"
    IN_USE = "in-use"
    RETIRED = "retired"


class Registry:
    """A valid registry, with the positions of its statements and the words that it may use.

    Attributes:
        file: the name of the file.
        model: what the file states.
    """

    file: str
    model: RegistryModel

    def __init__(
        self, source: Source, document: Document | None, model: RegistryModel, vocabulary: Vocabulary
    ) -> None:
        self.file = source.name
        self.model = model
        self._source = source
        self._document = document
        self._vocabulary = vocabulary

    def with_source(self, source: Source, model: RegistryModel) -> "Registry":
        """Return the index of the file that this one is a part of."""
        return Registry(source, None, model, self._vocabulary)

    def with_model(self, model: RegistryModel) -> "Registry":
        """Return the index of the same file with less of what it states."""
        return Registry(self._source, self._document, model, self._vocabulary)

    @property
    def commit(self) -> str:
        """The id of the commit that the file comes from; empty if it comes from none."""
        return self._source.commit

    @property
    def git_path(self) -> str:
        """The path of the file in its repository, if it was read from git; empty for a file on disk."""
        return self._source.git_path

    @property
    def category_tree(self) -> CategoryTree:
        """The data categories, with the publisher's own."""
        return self._vocabulary.category_tree

    @property
    def gazetteer(self) -> Gazetteer:
        """The places, with the publisher's own."""
        return self._vocabulary.gazetteer

    @property
    def text(self) -> str:
        """The text of the file."""
        return self._source.text

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self._source.content

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes of the file, in hexadecimal digits."""
        from hashlib import sha256  # loads OpenSSL, and text output needs none

        return sha256(self._source.content).hexdigest()

    @property
    def document(self) -> Document | None:
        """The data of the file; None if it cannot be read again."""
        if self._document is None:
            self._document, _ = reader.parse(self._source)
        return self._document

    def locate(self, path: FieldPath) -> Position:
        """Return the place in the file of a value, or of the nearest thing above it."""
        read = self.document
        return read.locate(path) if read else Position(self.file, 0, 0)

    def is_in_text(self, line: int, column: int) -> bool:
        """Return whether a `#` in the file, at a position counted from 1, is in a text."""
        read = self.document
        return read is not None and read.is_in_text(line, column)

    def get_raw_value(self, path: FieldPath) -> Any:
        """Return a value as the file writes it, before it was read as something; None if it is not there."""
        read = self.document
        value: Any = read.data if read else None
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def find_service(self, word: str) -> tuple[str, Service]:
        """Return a service with its id, by its id or its name.

        Raises:
            UsageError: there is no such service, or there are several.
        """
        services = self.model.services
        named = [word] if word in services else self.find_ids_by_name(word)
        if len(named) > 1:
            hint = f"say which by its id: {join_words(named, 'or')}"
            raise UsageError(f"{len(named)} services in {self.file} are called {word!r}", hint)
        if named:
            return named[0], services[named[0]]
        hint = self._suggest_services(word) or "see: subproc list --all"
        raise UsageError(f"there is no service {word!r} in {self.file}", hint)

    @cached_property
    def _name_counts(self) -> Counter[str]:
        return Counter(service.name.casefold() for service in self.model.services.values())

    def get_label(self, key: str) -> str:
        """Return the name of a service, with its id if other services have the same name."""
        name = self.model.services[key].name
        return f"{name} ({key})" if self._name_counts[name.casefold()] > 1 else name

    def find_ids_by_name(self, word: str) -> list[str]:
        """Return the ids of the services that have a name, or an id that is made of it."""
        made, name = slugify(word), word.casefold()
        services = self.model.services.items()
        return [key for key, service in services if key == made or service.name.casefold() == name]

    def _suggest_services(self, word: str) -> str:
        """Return `did you mean …?` with the services whose names hold the word, or look like it."""
        services = self.model.services.items()
        names = {each: key for key, service in services for each in (key, service.name, *service.formerly)}
        parts = {*slugify(word).split("-")} - {""}
        holding = [*dict.fromkeys(key for name, key in names.items() if parts <= {*slugify(name).split("-")})]
        if parts and holding:
            return f"did you mean {join_words(holding[:3], 'or')}?"
        found = find_nearest(word, names)
        return f"did you mean {names[found]}?" if found else ""

    def find_services_in_use(self, as_of: date) -> dict[str, Service]:
        """Return the services that are in use on a day, by id."""
        services = self.model.services.items()
        return {key: service for key, service in services if get_state(service, as_of) is State.IN_USE}


def get_state(service: Service, as_of: date) -> State:
    """Return whether a service is in use on a day; `until` is the first day it no longer is."""
    if service.until is not None and service.until <= as_of:
        return State.RETIRED
    if service.since is not None and as_of < service.since:
        return State.ANNOUNCED
    return State.IN_USE
