"""Changing values of a file and leaving every other byte alone: comments, blank lines, layout.

A change is made in the text, between two characters. What it does is held against the same change
made to the plain data, so that a slip of the pen cannot reach the file.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from subproc_cli.diagnostics import Route, dotted
from subproc_cli.errors import UnreadableFault, UsageFault
from subproc_cli.yaml import insertion, layout, reader
from subproc_cli.yaml.insertion import FieldOrder
from subproc_cli.yaml.source import Source
from subproc_cli.yaml.spans import Node, tree


def removed(text: str, root: Node, route: Route) -> str:
    """Return a text without what stands at a route; something else stands beside it."""
    node = root
    for step in route[:-1]:
        node = node.children[step]
    start, end = _span(text, node, route[-1])
    return text[:start] + text[end:]


def _span(text: str, node: Node, step: str | int) -> tuple[int, int]:
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
        start = layout.dash(text, node.start, start)
    if layout.own_line(text, start):
        return layout.line_start(text, start), layout.line_end(text, end)
    # the first field behind a dash: the next one takes its place
    return start, (following.start if following else end)


class Put(NamedTuple):
    """Set a field, whether it stands there or not; what is missing above it is made."""

    route: Route
    value: Any


class Replace(NamedTuple):
    """Write other texts over plain values that stand there, all at once."""

    texts: Mapping[Route, str]


class Append(NamedTuple):
    """Add items to a list, whether the list stands there or not."""

    route: Route
    values: tuple[Any, ...]


class Remove(NamedTuple):
    """Take a field or an item away, and what would be empty without it."""

    route: Route


class AddService(NamedTuple):
    """Add a service at the end of the services."""

    key: str
    fields: Mapping[str, Any]


Edit = Put | Replace | Append | Remove | AddService


def edited(source: Source, *edits: Edit, field_order: FieldOrder) -> bytes:
    """Return a file with changes made one after the other; every other byte stays.

    Args:
        source: the file.
        edits: the changes.
        field_order: returns the order of the fields of a mapping, for a field that is new in it.

    Raises:
        UsageFault: a change would touch what an anchor ties to another place.
        UnreadableFault: the file cannot be read.
    """
    for edit in edits:
        before = _data(source)
        source = source._replace(content=source.rewritten(_made(source, before, edit, field_order)))
        after, _ = reader.parse(source)
        if after is None or after.data != _expected(before, edit):
            where = dotted(_routes(edit)[0])
            raise UsageFault(f"{where} cannot be changed safely in the layout of {source.name}", _BY_HAND)
    return source.content


_BY_HAND = "edit the file by hand"


def _data(source: Source) -> Any:
    read, problems = reader.parse(source)
    if read is None or problems:
        raise UnreadableFault(f"{source.name} cannot be edited: {problems[0].message}")
    return read.data


def _routes(edit: Edit) -> tuple[Route, ...]:
    match edit:
        case AddService():
            return (("services", edit.key),)
        case Replace():
            return (*edit.texts,)
        case _:
            return (edit.route,)


def _made(source: Source, data: Any, edit: Edit, field_order: FieldOrder) -> str:
    text = source.text
    root = tree(text)
    for route in _routes(edit):
        _refuse_below_a_value(source.name, data, route)
        _refuse_anchors(source.name, root, route)
    match edit:
        case Remove(route):
            return removed(text, root, _emptied(data, route))
        case AddService(key, values):
            return insertion.service_added(text, root, key, values)
        case Append(route, items) if _at(data, route):
            return insertion.appended(text, root, route, items)
        case Append(route, items):
            return insertion.put(text, root, route, [*items], field_order)
        case Put(route, value):
            return insertion.put(text, root, route, value, field_order)
        case Replace(texts):
            return insertion.replaced(text, root, texts)


def _refuse_below_a_value(name: str, data: Any, route: Route) -> None:
    for end in range(1, len(route)):
        above = _at(data, route[:end])
        if above is not None and not isinstance(above, dict | list):
            message = f"{dotted(route[:end])} in {name} is {above!r}, which has nothing below it"
            raise UsageFault(message, "take it away first, or choose another field")


def _refuse_anchors(name: str, root: Node, route: Route) -> None:
    node: Node | None = root
    taken: list[str | int] = []
    for step in route:
        node = node.children.get(step) if node else None
        taken.append(step)
        if node and node.anchored:
            break
    if node and node.shared():
        message = f"{dotted(tuple(taken))} in {name} is tied to another place by an anchor (& or *)"
        raise UsageFault(message, "write the value out in both places, or edit the file by hand")


def _at(data: Any, route: Route) -> Any:
    for step in route:
        if not isinstance(data, dict | list) or (isinstance(data, dict) and step not in data):
            return None
        data = data[step]  # type: ignore[index]  # a step fits what the route was made for
    return data


def _emptied(data: Any, route: Route) -> Route:
    """Return the widest route that would hold nothing once this one is gone, within its service."""
    while len(route) > len(("services", "id", "field")) and len(_at(data, route[:-1])) == 1:
        route = route[:-1]
    return route


def _expected(before: Any, edit: Edit) -> Any:
    data = deepcopy(before)
    match edit:
        case Remove(route):
            route = _emptied(data, route)
            del _at(data, route[:-1])[route[-1]]
        case AddService(key, values):
            data["services"][key] = dict(values)
        case Append(route, items):
            above = _made_up(data, route[:-1])
            above[route[-1]] = [*(above.get(route[-1]) or ()), *items]
        case Put(route, value):
            _made_up(data, route[:-1])[route[-1]] = value
        case Replace(texts):
            for route, text in texts.items():
                _at(data, route[:-1])[route[-1]] = text
    return data


def _made_up(data: Any, route: Route) -> Any:
    for step in route:
        if isinstance(data, dict) and data.get(step) is None:
            data[step] = {}
        data = data[step]
    return data
