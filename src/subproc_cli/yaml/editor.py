"""Changing values of a file and leaving every other byte alone: comments, blank lines, layout.

A change replaces a part of the text. The result is read again and compared with the same change of the
plain data, so that an error of this module cannot damage a file.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, NamedTuple

from subproc_cli.diagnostics import FieldPath, format_path
from subproc_cli.errors import ReadError, UsageError
from subproc_cli.yaml import insertion, layout, reader
from subproc_cli.yaml.insertion import FieldOrder
from subproc_cli.yaml.reader import Document
from subproc_cli.yaml.source import Source
from subproc_cli.yaml.spans import Node, parse_spans


def remove(text: str, root: Node, path: FieldPath) -> str:
    """Return a text without the entry at a path; another entry is next to it."""
    node = root
    for step in path[:-1]:
        node = node.children[step]
    start, end = _find_span(text, node, path[-1])
    return text[:start] + text[end:]


def _find_span(text: str, node: Node, step: str | int) -> tuple[int, int]:
    steps = list(node.children)
    at = steps.index(step)
    start = (node.keys or node.children)[step].start
    end = node.children[step].end
    following = (node.keys or node.children)[steps[at + 1]] if at + 1 < len(steps) else None
    if node.flow:
        if following:
            return start, following.start
        return (node.children[steps[at - 1]].end if at else start), end
    if not node.keys:
        start = layout.find_dash(text, node.start, start)
    if layout.is_first_on_line(text, start):
        return layout.find_line_start(text, start), layout.find_line_end(text, end)
    # the first field after a dash: the next one takes its place
    return start, (following.start if following else end)


class Put(NamedTuple):
    """Set a field, whether it is there or not; missing parents are created."""

    path: FieldPath
    value: Any


class Replace(NamedTuple):
    """Replace plain values by other texts, all at once."""

    texts: Mapping[FieldPath, str]


class Append(NamedTuple):
    """Add items to a list, whether the list is there or not."""

    path: FieldPath
    values: tuple[Any, ...]


class Remove(NamedTuple):
    """Take a field or an item away, and what would be empty without it."""

    path: FieldPath


class AddService(NamedTuple):
    """Add a service at the end of the services."""

    key: str
    fields: Mapping[str, Any]


Edit = Put | Replace | Append | Remove | AddService


def apply_edits(source: Source, *edits: Edit, field_order: FieldOrder) -> bytes:
    """Return a file with changes made one after the other; every other byte stays.

    Args:
        source: the file.
        edits: the changes.
        field_order: returns the order of the fields of a mapping, for a field that is new in it.

    Raises:
        UsageError: a change would touch what an anchor ties to another place.
        ReadError: the file cannot be read.
    """
    return edit_document(source, _read_document(source), *edits, field_order=field_order)[0].content


def edit_document(
    source: Source, document: Document, *edits: Edit, field_order: FieldOrder
) -> tuple[Source, Document]:
    """Return a file that has been read, and its data, with changes made one after the other.

    Args:
        source: the file.
        document: its data.
        edits: the changes.
        field_order: returns the order of the fields of a mapping, for a field that is new in it.

    Raises:
        UsageError: a change would touch what an anchor ties to another place.
    """
    for edit in edits:
        text = _apply_edit(source, document.data, edit, field_order)
        source = source._replace(content=source.encode(text))
        after, _ = reader.parse(source)
        if after is None or after.data != _apply_to_data(document.data, edit):
            where = format_path(_get_paths(edit)[0])
            raise UsageError(f"{where} cannot be changed safely in the layout of {source.name}", _BY_HAND)
        document = after
    return source, document


_BY_HAND = "edit the file by hand"


def _read_document(source: Source) -> Document:
    read, problems = reader.parse(source)
    if read is None or problems:
        raise ReadError(f"{source.name} cannot be edited: {problems[0].message}")
    return read


def _get_paths(edit: Edit) -> tuple[FieldPath, ...]:
    match edit:
        case AddService():
            return (("services", edit.key),)
        case Replace():
            return (*edit.texts,)
        case _:
            return (edit.path,)


def _apply_edit(source: Source, data: Any, edit: Edit, field_order: FieldOrder) -> str:
    text = source.text
    root = parse_spans(text)
    for route in _get_paths(edit):
        _refuse_below_a_value(source.name, data, route)
        _refuse_anchors(source.name, root, route)
    match edit:
        case Remove(route):
            return remove(text, root, _widen_to_emptied(data, route))
        case AddService(key, values):
            return insertion.add_service(text, root, key, values)
        case Append(route, items) if _get_value(data, route):
            return insertion.append_items(text, root, route, items)
        case Append(route, items):
            return insertion.put(text, root, route, [*items], field_order)
        case Put(route, value):
            return insertion.put(text, root, route, value, field_order)
        case Replace(texts):
            return insertion.replace_texts(text, root, texts)


def _refuse_below_a_value(name: str, data: Any, path: FieldPath) -> None:
    for end in range(1, len(path)):
        above = _get_value(data, path[:end])
        if above is not None and not isinstance(above, dict | list):
            message = f"{format_path(path[:end])} in {name} is {above!r}, which has nothing below it"
            raise UsageError(message, "remove it first, or choose another field")


def _refuse_anchors(name: str, root: Node, path: FieldPath) -> None:
    node: Node | None = root
    taken: list[str | int] = []
    for step in path:
        node = node.children.get(step) if node else None
        taken.append(step)
        if node and node.anchored:
            break
    if node and node.is_shared():
        field = format_path(tuple(taken))
        message = f"{field} in {name} shares its value with another field by an anchor (& or *)"
        raise UsageError(message, "write the value out in both places, or edit the file by hand")


def _get_value(data: Any, path: FieldPath) -> Any:
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


_FIELD_DEPTH = 3
"""Steps to a field of a service: `services`, the id, the field."""


def _widen_to_emptied(data: Any, path: FieldPath) -> FieldPath:
    """Return the widest path within a service that would be empty without the value at this path."""
    while len(path) > _FIELD_DEPTH and len(_get_value(data, path[:-1])) == 1:
        path = path[:-1]
    return path


def _apply_to_data(before: Any, edit: Edit) -> Any:
    data = _copy_along(before, _get_paths(edit))
    match edit:
        case Remove(route):
            route = _widen_to_emptied(data, route)
            del _get_value(data, route[:-1])[route[-1]]
        case AddService(key, values):
            data["services"][key] = dict(values)
        case Append(route, items):
            above = _ensure_mapping(data, route[:-1])
            above[route[-1]] = [*(above.get(route[-1]) or ()), *items]
        case Put(route, value):
            _ensure_mapping(data, route[:-1])[route[-1]] = value
        case Replace(texts):
            for route, text in texts.items():
                _get_value(data, route[:-1])[route[-1]] = text
    return data


def _copy_along(data: Any, paths: Iterable[FieldPath]) -> Any:
    """Return data in which everything that paths lead through is a copy; the rest is not changed."""
    root = copy(data)
    for path in paths:
        node = root
        for step in path:
            child = _get_value(node, (step,))
            if not isinstance(child, dict | list):
                break
            node[step] = copy(child)
            node = node[step]
    return root


def _ensure_mapping(data: Any, path: FieldPath) -> Any:
    for step in path:
        if isinstance(data, dict) and data.get(step) is None:
            data[step] = {}
        data = data[step]
    return data
