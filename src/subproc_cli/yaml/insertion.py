"""Writes a value into the text of a file: over an old one, beside its neighbours, or as the first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from subproc_cli.diagnostics import Route
from subproc_cli.yaml import layout
from subproc_cli.yaml.layout import scalar, written
from subproc_cli.yaml.spans import Node

FieldOrder: TypeAlias = Callable[[Route], list[str]]
"""Returns the fields that the mapping at a path may have, in the order in which they are written."""

_STEP = 2
"""Columns by which a new block is indented where the file shows no habit."""


def put(text: str, root: Node, route: Route, value: Any, field_order: FieldOrder) -> str:
    """Return a text with another value at a route; mappings that are missing above it are made."""
    above = node = root
    for at, step in enumerate(route):
        if node.text is not None:  # a field without a value gives way to a mapping
            return put(text, root, route[:at], _nested(route[at:], value), field_order)
        if step not in node.children:
            return _field_added(
                text, node, str(step), _nested(route[at + 1 :], value), field_order(route[:at])
            )
        above, node = node, node.children[step]
    return _replaced(text, above.keys.get(route[-1]), node, written(value, str(route[-1]), flow=above.flow))


def replaced(text: str, root: Node, texts: Mapping[Route, str]) -> str:
    """Return a text with other words over plain values that stand in it."""
    parts, at = [], 0
    for start, end, new in sorted(_place(root, route, new) for route, new in texts.items()):
        parts += [text[at:start], new]
        at = end
    return "".join((*parts, text[at:]))


def _place(root: Node, route: Route, new: str) -> tuple[int, int, str]:
    above = node = root
    for step in route:
        above, node = node, node.children[step]
    return node.start, node.end, written(new, str(route[-1]), flow=above.flow)


def _nested(route: Route, value: Any) -> Any:
    for step in reversed(route):
        value = {step: value}
    return value


def _replaced(text: str, key: Node | None, old: Node, new: str) -> str:
    if key is None or "\n" not in text[key.end : old.start]:
        space = "" if text[old.start - 1].isspace() or text[old.start - 1] in "[{" else " "
        return text[: old.start] + space + new + text[old.end :]
    colon = text.index(":", key.end) + 1
    below = layout.line_end(text, colon)  # a comment behind the key stays
    after = layout.line_end(text, old.end)
    return f"{text[:colon]} {new}{text[colon:below]}{text[after:]}"


def _field_added(text: str, node: Node, name: str, value: Any, order: list[str]) -> str:
    before = _neighbour(list(node.keys), name, order)
    if node.flow or not node.keys:
        return _into_brackets(text, node, before, f"{written(name)}: {written(value, name)}")
    start = node.first.start
    indent = layout.column(text, start)
    entry = _entry(text, name, value, indent)
    if before is None:
        return f"{text[:start]}{entry}{layout.newline(text)}{' ' * indent}{text[start:]}"
    at = layout.entry_end(text, node.children[before].end, indent)
    return _line_added(text, at, " " * indent + entry)


def _entry(text: str, name: str, value: Any, indent: int) -> str:
    """Return a field on a line; a list of mappings has a line for each of them."""
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        break_ = layout.newline(text) + " " * (indent + _STEP)
        return f"{scalar(name)}:" + "".join(f"{break_}- {written(item)}" for item in value)
    return f"{scalar(name)}: {written(value, name, flow=False)}"


def _neighbour(present: list[str | int], name: str, order: list[str]) -> str | int | None:
    """Return the field behind which a new one stands, None if it comes first."""
    if name not in order:
        return present[-1] if present else None
    earlier = set(order[: order.index(name)])
    return next((key for key in reversed(present) if key in earlier), None)


def _into_brackets(text: str, node: Node, before: str | int | None, entry: str) -> str:
    if not node.children:
        inside = node.start + 1
        return text[:inside] + entry + text[node.end - 1 :]
    if before is None:
        start = node.first.start
        return f"{text[:start]}{entry}, {text[start:]}"
    end = node.children[before].end
    return f"{text[:end]}, {entry}{text[end:]}"


def _line_added(text: str, at: int, lines: str) -> str:
    """Return a text with lines put before the one that begins at a character, or at its end."""
    break_ = layout.newline(text)
    if at and text[at - 1] != "\n":
        return text[:at] + break_ + lines + text[at:]
    return text[:at] + lines + break_ + text[at:]


def appended(text: str, root: Node, route: Route, values: Sequence[Any]) -> str:
    """Return a text with more items in a list that has some."""
    node = root
    for step in route:
        node = node.children[step]
    last = len(node.children) - 1
    if node.flow:
        return _into_brackets(text, node, last, ", ".join(map(written, values)))
    item = node.children[last]
    indent = layout.column(text, node.start)
    lines = layout.newline(text).join(f"{' ' * indent}- {written(value, flow=False)}" for value in values)
    return _line_added(text, layout.entry_end(text, item.end, indent), lines)


def service_added(text: str, root: Node, key: str, fields: Mapping[str, Any]) -> str:
    """Return a text with a service behind all others, laid out as they are."""
    services, name = root.children["services"], written(key)
    if services.flow and (services.children or root.flow):
        last = next(reversed(services.children), None)
        return _into_brackets(text, services, last, f"{name}: {written(dict(fields))}")
    break_ = layout.newline(text)
    if services.flow:  # an empty pair of brackets gives way to a block
        lines = break_.join(_lines(name, fields, _STEP, _STEP))
        at = root.keys["services"].end + 1
        rest = layout.rest_of_line(text, services.end)
        after = services.end + len(rest)
        return f"{text[:at]}{rest}{break_}{lines}{text[after:] or break_}"
    indent = layout.column(text, services.first.start)
    lines = break_.join(_lines(name, fields, indent, _habit(text, services, indent)))
    last_key = next(reversed(services.keys))
    at = layout.entry_end(text, services.children[last_key].end, indent)
    apart = break_ if _apart(text, services.keys[last_key]) else ""
    return _line_added(text, at, apart + lines)


def _lines(name: str, fields: Mapping[str, Any], indent: int, step: int) -> list[str]:
    inner = " " * (indent + step)
    return [
        f"{' ' * indent}{name}:",
        *(f"{inner}{key}: {written(value, key, flow=False)}" for key, value in fields.items()),
    ]


def _habit(text: str, services: Node, indent: int) -> int:
    """Return by how many columns the fields of a service stand deeper than its id."""
    for service in services.children.values():
        if not service.flow and service.children:
            return layout.column(text, service.first.start) - indent
    return _STEP


def _apart(text: str, key: Node) -> bool:
    """Whether a blank line stands before a service, or before the comment above it."""
    at = layout.line_start(text, key.start)
    while at:
        line = text[layout.line_start(text, at - 1) : at]
        if not line.lstrip().startswith("#"):
            return not line.strip()
        at -= len(line)
    return False
