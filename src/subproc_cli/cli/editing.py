"""Edits a list: reads it, makes the changes, reads the result, and only then replaces the file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli.console import hint, put_bytes, to_stderr, to_stdout
from subproc_cli.cli.registry_file import list_path, named, opened
from subproc_cli.errors import UsageFault
from subproc_cli.output import unified_diff
from subproc_cli.output.sanitize import visible
from subproc_cli.registry import formatter, introspect, source
from subproc_cli.registry.loader import load
from subproc_cli.registry.registry import Index
from subproc_cli.registry.source import STDIN
from subproc_cli.text import is_id, slug
from subproc_cli.yaml.editor import AddService, Append, Edit, Put, Remove, Replace, edited
from subproc_cli.yaml.source import Source


class Told(NamedTuple):
    """What is told of an edit: that it is made, or that nothing had to change; and what to type next."""

    done: str
    same: str
    following: str


class Opened(NamedTuple):
    """A sound list that is to be edited."""

    path: str
    source: Source
    listed: Index

    def known(self, edit: Edit) -> Edit:
        """Return an edit with the places and categories of its value in their one spelling."""
        tree, gazetteer = self.listed.tree, self.listed.gazetteer
        match edit:
            case Put(route, value):
                return Put(route, formatter.value(value, route, tree, gazetteer))
            case Append(route, values):
                known = (formatter.value(value, (*route, 0), tree, gazetteer) for value in values)
                return Append(route, tuple(known))
            case AddService(key, fields):
                return AddService(key, formatter.value(dict(fields), ("services", key), tree, gazetteer))
            case Remove() | Replace():
                return edit

    def keep(self, *edits: Edit, dry_run: bool, told: Told | None) -> None:
        """Make changes and keep them, or show them: whole or not at all.

        Args:
            edits: the changes, one after the other.
            dry_run: whether to show the difference, and write nothing.
            told: what to tell; None for nothing.

        Raises:
            UsageFault: the list would have faults with them.
        """
        content = edited(self.source, *map(self.known, edits), field_order=introspect.names)
        refuse_faults(Source(self.source.name, content))
        keep(self.path, self.source, content, dry_run=dry_run)
        if told and not dry_run and self.path != STDIN:
            to_stderr(visible(told.same if content == self.source.content else told.done))
            hint(f"{told.following}{named(self.path)}")


def open_for_editing(name: str | None) -> Opened:
    """Return the list that a command is to edit.

    Raises:
        UnreadableFault: there is none, or it has faults already.
    """
    path = list_path(name)
    given = source.read(path)
    return Opened(path, given, opened(given))


def refuse_faults(given: Source) -> None:
    """Refuse a list that has faults after an edit.

    Raises:
        UsageFault: it has; all of them are told.
    """
    found = load(given)
    if not isinstance(found, Index):
        message = f"{given.name} would have a fault with this; nothing was written"
        raise UsageFault(message, details=tuple(map(str, found)))


def keep(path: str, old: Source, content: bytes, *, dry_run: bool) -> None:
    """Write a new revision to its file, to standard output for `-`, or show the difference."""
    if dry_run:
        before, after = (each.decode("utf-8-sig") for each in (old.content, content))
        to_stdout(unified_diff.render(before, after, old.name))
    elif path == STDIN:
        put_bytes(content, None)
    elif content != old.content:
        replace_bytes(Path(path), old.content, content)


def plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are given."""
    return {key: value for key, value in fields.items() if value not in (None, [], {})}


def split(given: list[str] | None) -> list[str]:
    """Return the words of an option that may be given several times and hold several with commas."""
    return [word.strip() for text in given or () for word in text.split(",") if word.strip()]


def added(opened: Opened, key: str | None, fields: Mapping[str, Any]) -> AddService:
    """Return the edit that adds a service; its id is made of its name by the one rule for ids.

    Raises:
        UsageFault: the id is taken, or none can be made of the name.
    """
    services = opened.listed.registry.services
    found = key or slug(str(fields["name"]))
    if not is_id(found):
        hint = f"did you mean {slug(found)}?" if slug(found) else "write letters and digits with --id"
        raise UsageFault(f"{found or fields['name']!r} makes no id", hint)
    if found in services:
        where = opened.listed.where(("services", found))
        hint = f"see: subproc show {found}, or give the new one an id of its own with --id"
        raise UsageFault(f"there is a service {found} already, at {where}", hint)
    former = [each for each, service in services.items() if found in service.formerly]
    if former:
        raise UsageFault(f"{found} is an earlier id of {former[0]}", "choose another one with --id")
    return AddService(found, {key: _text(value) for key, value in fields.items()})


def _text(value: Any) -> Any:
    """Return a word of a closed list as a plain text."""
    return str(value) if isinstance(value, str) else value
