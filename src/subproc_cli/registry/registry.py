"""Look-ups in one revision of a registry."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from subproc_cli.diagnostics import Route, Where
from subproc_cli.errors import UsageFault
from subproc_cli.reference.categories import Tree
from subproc_cli.reference.geography import Gazetteer
from subproc_cli.registry.field_types import World
from subproc_cli.registry.models import Registry, Service
from subproc_cli.text import listed, nearest, slug
from subproc_cli.yaml import reader
from subproc_cli.yaml.reader import Document
from subproc_cli.yaml.source import Source


class State(StrEnum):
    """Whether a service is in use on a day."""

    ANNOUNCED = "announced"
    IN_USE = "in-use"
    RETIRED = "retired"


class Index:
    """A valid registry, with the places of its statements and the words that it may use."""

    def __init__(self, source: Source, read: Document | None, registry: Registry, world: World) -> None:
        self.file = source.name
        self.registry = registry
        self._source = source
        self._read = read
        self._world = world

    def completed(self, source: Source, registry: Registry) -> "Index":
        """Return the index of the file that this one is a part of."""
        return Index(source, None, registry, self._world)

    def reduced(self, registry: Registry) -> "Index":
        """Return the index of the same file with less of what it states."""
        return Index(self._source, self._read, registry, self._world)

    @property
    def commit(self) -> str:
        """The id of the commit that the file comes from; empty if it comes from none."""
        return self._source.commit

    @property
    def tree(self) -> Tree:
        """The data categories, with the publisher's own."""
        return self._world.tree

    @property
    def gazetteer(self) -> Gazetteer:
        """The places, with the publisher's own."""
        return self._world.gazetteer

    @property
    def text(self) -> str:
        """The text of the file."""
        return self._source.text

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes of the file, in hexadecimal digits."""
        from hashlib import sha256  # loads OpenSSL, and text output needs none

        return sha256(self._source.content).hexdigest()

    @property
    def _document(self) -> Document | None:
        if self._read is None:
            self._read, _ = reader.parse(self._source)
        return self._read

    def where(self, route: Route) -> Where:
        """Return the place in the file of a value, or of the nearest thing above it."""
        read = self._document
        return read.where(route) if read else Where(self.file, 0, 0)

    def in_text(self, line: int, column: int) -> bool:
        """Tell whether a `#` in the file, at a place counted from 1, lies in a text and begins no comment."""
        read = self._document
        return read is not None and read.in_text(line, column)

    def written(self, route: Route) -> Any:
        """Return a value as the file writes it, before it was read as something; None if it is not there."""
        read = self._document
        value: Any = read.data if read else None
        for step in route:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def service(self, word: str) -> tuple[str, Service]:
        """Return a service with its id, by its id or its name.

        Raises:
            UsageFault: there is no such service, or there are several.
        """
        services = self.registry.services
        named = [word] if word in services else self.called(word)
        if len(named) > 1:
            hint = f"say which by its id: {listed(named, 'or')}"
            raise UsageFault(f"{len(named)} services in {self.file} are called {word!r}", hint)
        if named:
            return named[0], services[named[0]]
        hint = self._meant(word) or "see: subproc list --all"
        raise UsageFault(f"there is no service {word!r} in {self.file}", hint)

    def called(self, word: str) -> list[str]:
        """Return the ids of the services that have a name, or an id that is made of it."""
        made, name = slug(word), word.casefold()
        services = self.registry.services.items()
        return [key for key, service in services if key == made or service.name.casefold() == name]

    def _meant(self, word: str) -> str:
        """Return `did you mean …?` with the services whose names hold the word, or look like it."""
        services = self.registry.services.items()
        names = {each: key for key, service in services for each in (key, service.name, *service.formerly)}
        parts = {*slug(word).split("-")} - {""}
        holding = [*dict.fromkeys(key for name, key in names.items() if parts <= {*slug(name).split("-")})]
        if parts and holding:
            return f"did you mean {listed(holding[:3], 'or')}?"
        found = nearest(word, names)
        return f"did you mean {names[found]}?" if found else ""

    def in_use(self, day: date) -> dict[str, Service]:
        """Return the services that are in use on a day, by id."""
        services = self.registry.services.items()
        return {key: service for key, service in services if state(service, day) is State.IN_USE}


def state(service: Service, day: date) -> State:
    """Tell whether a service is in use on a day; `until` is the first day it no longer is."""
    if service.until is not None and service.until <= day:
        return State.RETIRED
    if service.since is not None and day < service.since:
        return State.ANNOUNCED
    return State.IN_USE
