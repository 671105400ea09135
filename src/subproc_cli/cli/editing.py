"""Edits a list: reads it, makes the changes, reads the result, and only then replaces the file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli.console import print_hint, print_stderr, print_stdout, write_output_bytes
from subproc_cli.cli.registry_file import find_registry_path, format_registry_option, load_valid_registry
from subproc_cli.diagnostics import Position, Problem
from subproc_cli.errors import ReadError, UsageError
from subproc_cli.output import unified_diff
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry import formatter, introspect, source
from subproc_cli.registry.loader import Problems, build_registry, load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import STDIN
from subproc_cli.text import is_id, slugify
from subproc_cli.yaml.editor import AddService, Append, Edit, Put, Remove, Replace, edit_document
from subproc_cli.yaml.reader import Document
from subproc_cli.yaml.source import Source


class EditMessages(NamedTuple):
    """The messages about an edit: that it is made, or that nothing had to change; and what to type next."""

    changed: str
    unchanged: str
    next_step: str


class EditSession(NamedTuple):
    """A valid list that is to be edited."""

    path: str
    source: Source
    registry: Registry

    @property
    def document(self) -> Document:
        """The data of the file.

        Raises:
            ReadError: the registry was not read from a file.
        """
        if self.registry.document is None:
            raise ReadError(f"{self.source.name} cannot be edited")
        return self.registry.document

    def normalize(self, edit: Edit) -> Edit:
        """Return an edit with the places and categories of its value in their canonical form."""
        category_tree, gazetteer = self.registry.category_tree, self.registry.gazetteer
        match edit:
            case Put(path, value):
                return Put(path, formatter.normalize_value(value, path, category_tree, gazetteer))
            case Append(path, values):
                items = (
                    formatter.normalize_value(value, (*path, 0), category_tree, gazetteer) for value in values
                )
                return Append(path, tuple(items))
            case AddService(key, fields):
                return AddService(
                    key, formatter.normalize_value(dict(fields), ("services", key), category_tree, gazetteer)
                )
            case Remove() | Replace():
                return edit

    def commit(self, *edits: Edit, dry_run: bool, messages: EditMessages | None) -> None:
        """Make changes and keep them, or show them: whole or not at all.

        Args:
            edits: the changes, one after the other.
            dry_run: whether to show the difference, and write nothing.
            messages: what to print; None for nothing.

        Raises:
            UsageError: the list would have errors with them.
        """
        edited, document = edit_document(
            self.source,
            self.document,
            *map(self.normalize, edits),
            field_order=introspect.list_fields,
        )
        content = edited.content
        _refuse_problems(self.source, edited, build_registry(edited, document))
        save_or_show_diff(self.path, self.source, content, dry_run=dry_run)
        if messages and not dry_run and self.path != STDIN:
            print_stderr(
                sanitize_line(messages.unchanged if content == self.source.content else messages.changed)
            )
            print_hint(f"{messages.next_step}{format_registry_option(self.path)}")


def open_registry_for_edit(name: str | None) -> EditSession:
    """Return the list that a command is to edit.

    Raises:
        ReadError: there is none, or it has errors already.
    """
    path = find_registry_path(name)
    file_source = source.read_registry(path)
    return EditSession(path, file_source, load_valid_registry(file_source))


def ensure_valid(old: Source | None, edited: Source) -> None:
    """Refuse a list that has errors after an edit.

    Args:
        old: the list as it is in its file; None if the file is new.
        edited: the list after the edit.

    Raises:
        UsageError: it has; all of them are reported.
    """
    _refuse_problems(old, edited, load_registry(edited))


def _refuse_problems(old: Source | None, edited: Source, loaded: Registry | Problems) -> None:
    if isinstance(loaded, Registry):
        return
    subject = "this edit would make the registry invalid" if old else "the new registry would be invalid"
    lines = old.content.splitlines() if old else []
    details = tuple(_format_problem(problem, lines, edited.content.splitlines()) for problem in loaded)
    raise UsageError(f"{edited.name}: {subject}; nothing was written", details=details)


def _format_problem(problem: Problem, old_lines: Sequence[bytes], new_lines: Sequence[bytes]) -> str:
    """Return a problem of an edited list; a line that the file does not have is named by its field."""
    position = problem.position
    line = slice(position.line - 1, position.line)
    if position.path and (position.line < 1 or old_lines[line] != new_lines[line]):
        position = Position(f"{position.file}: {position.path}", 0, 0)
    return str(problem._replace(position=position))


def save_or_show_diff(path: str, old: Source, content: bytes, *, dry_run: bool) -> None:
    """Write a new revision to its file, to standard output for `-`, or show the difference."""
    if dry_run:
        before, after = (revision.decode("utf-8-sig") for revision in (old.content, content))
        print_stdout(unified_diff.render(before, after, old.name))
    elif path == STDIN:
        write_output_bytes(content, None)
    elif content != old.content:
        replace_bytes(Path(path), old.content, content)


def drop_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are given."""
    return {key: value for key, value in fields.items() if value not in (None, [], {})}


def split_commas(texts: list[str] | None) -> list[str]:
    """Return the words of an option that may be given several times and hold several with commas."""
    return [word.strip() for text in texts or () for word in text.split(",") if word.strip()]


def build_add_service(session: EditSession, key: str | None, fields: Mapping[str, Any]) -> AddService:
    """Return the edit that adds a service; its id is made of its name by the one rule for ids.

    Raises:
        UsageError: the id is taken, or none can be made of the name.
    """
    services = session.registry.model.services
    service_id = key or slugify(str(fields["name"]))
    if not is_id(service_id):
        hint = (
            f"did you mean {slugify(service_id)}?"
            if slugify(service_id)
            else "choose one with --id: letters, digits and hyphens"
        )
        raise UsageError(f"{service_id or fields['name']!r} is not a valid id", hint)
    if service_id in services:
        position = session.registry.locate(("services", service_id))
        hint = f"see: subproc show {service_id}, or choose another id with --id"
        raise UsageError(f"the id {service_id} already exists, at {position}", hint)
    current_ids = [current_id for current_id, service in services.items() if service_id in service.formerly]
    if current_ids:
        raise UsageError(f"{service_id} is a former id of {current_ids[0]}", "choose another id with --id")
    return AddService(service_id, {key: _to_plain_value(value) for key, value in fields.items()})


def _to_plain_value(value: Any) -> Any:
    """Return a word of a closed list as a plain text."""
    return str(value) if isinstance(value, str) else value
