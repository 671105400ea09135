"""Writes a value into the text of a file: over an old one, next to its neighbours, or as the first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from subproc_cli.diagnostics import FieldPath
from subproc_cli.yaml import layout
from subproc_cli.yaml.layout import format_scalar, format_value
from subproc_cli.yaml.spans import Node

FieldOrder: TypeAlias = Callable[[FieldPath], list[str]]
"""Returns the fields that the mapping at a path may have, in the order in which they are written."""

_STEP = 2
"""Indentation of a new block if the file has no consistent one."""


def put(text: str, root: Node, path: FieldPath, value: Any, field_order: FieldOrder) -> str:
    """Return a text with another value at a route; mappings that are missing above it are made."""
    above = node = root
    for at, step in enumerate(path):
        if node.text is not None:  # a field without a value gives way to a mapping
            return put(text, root, path[:at], _nest(path[at:], value), field_order)
        if step not in node.children:
            return _add_field(text, node, str(step), _nest(path[at + 1 :], value), field_order(path[:at]))
        above, node = node, node.children[step]
    return _replace_value(
        text, above.keys.get(path[-1]), node, format_value(value, str(path[-1]), flow=above.flow)
    )


def replace_texts(text: str, root: Node, texts: Mapping[FieldPath, str]) -> str:
    """Return a text with some of its plain values replaced."""
    parts, at = [], 0
    for start, end, new in sorted(_find_replacement(root, route, new) for route, new in texts.items()):
        parts += [text[at:start], new]
        at = end
    return "".join((*parts, text[at:]))


def _find_replacement(root: Node, path: FieldPath, new: str) -> tuple[int, int, str]:
    above = node = root
    for step in path:
        above, node = node, node.children[step]
    return node.start, node.end, format_value(new, str(path[-1]), flow=above.flow)


def _nest(path: FieldPath, value: Any) -> Any:
    for step in reversed(path):
        value = {step: value}
    return value


def _replace_value(text: str, key: Node | None, old: Node, new: str) -> str:
    if key is None or "\n" not in text[key.end : old.start]:
        space = "" if text[old.start - 1].isspace() or text[old.start - 1] in "[{" else " "
        return text[: old.start] + space + new + text[old.end :]
    colon = text.index(":", key.end) + 1
    below = layout.find_line_end(text, colon)  # a comment after the key stays
    after = layout.find_line_end(text, old.end)
    return f"{text[:colon]} {new}{text[colon:below]}{text[after:]}"


def _add_field(text: str, node: Node, name: str, value: Any, order: list[str]) -> str:
    before = _find_preceding_field(list(node.keys), name, order)
    if node.flow or not node.keys:
        return _insert_in_brackets(text, node, before, f"{format_value(name)}: {format_value(value, name)}")
    start = node.first.start
    indent = layout.find_column(text, start)
    entry = _format_field(text, name, value, indent)
    if before is None:
        return f"{text[:start]}{entry}{layout.detect_newline(text)}{' ' * indent}{text[start:]}"
    at = layout.find_entry_end(text, node.children[before].end, indent)
    return _insert_lines(text, at, " " * indent + entry)


def _format_field(text: str, name: str, value: Any, indent: int) -> str:
    """Return a field on a line; a list of mappings has a line for each of them."""
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        break_ = layout.detect_newline(text) + " " * (indent + _STEP)
        return f"{format_scalar(name)}:" + "".join(f"{break_}- {format_value(item)}" for item in value)
    return f"{format_scalar(name)}: {format_value(value, name, flow=False)}"


def _find_preceding_field(present: list[str | int], name: str, order: list[str]) -> str | int | None:
    """Return the field after which a new one is inserted; None if it comes first."""
    if name not in order:
        return present[-1] if present else None
    earlier = set(order[: order.index(name)])
    return next((key for key in reversed(present) if key in earlier), None)


def _insert_in_brackets(text: str, node: Node, before: str | int | None, entry: str) -> str:
    if not node.children:
        inside = node.start + 1
        return text[:inside] + entry + text[node.end - 1 :]
    if before is None:
        start = node.first.start
        return f"{text[:start]}{entry}, {text[start:]}"
    end = node.children[before].end
    return f"{text[:end]}, {entry}{text[end:]}"


def _insert_lines(text: str, at: int, lines: str) -> str:
    """Return a text with lines put before the one that begins at a character, or at its end."""
    break_ = layout.detect_newline(text)
    if at and text[at - 1] != "\n":
        return text[:at] + break_ + lines + text[at:]
    return text[:at] + lines + break_ + text[at:]


def append_items(text: str, root: Node, path: FieldPath, values: Sequence[Any]) -> str:
    """Return a text with more items in a list that has some."""
    node = root
    for step in path:
        node = node.children[step]
    last = len(node.children) - 1
    if node.flow:
        return _insert_in_brackets(text, node, last, ", ".join(map(format_value, values)))
    item = node.children[last]
    indent = layout.find_column(text, node.start)
    lines = layout.detect_newline(text).join(
        f"{' ' * indent}- {format_value(value, flow=False)}" for value in values
    )
    return _insert_lines(text, layout.find_entry_end(text, item.end, indent), lines)


def add_service(text: str, root: Node, key: str, fields: Mapping[str, Any]) -> str:
    """Return a text with a service after all others, laid out as they are."""
    services, name = root.children["services"], format_value(key)
    if services.flow and (services.children or root.flow):
        last = next(reversed(services.children), None)
        return _insert_in_brackets(text, services, last, f"{name}: {format_value(dict(fields))}")
    break_ = layout.detect_newline(text)
    if services.flow:  # an empty pair of brackets gives way to a block
        lines = break_.join(_format_service(name, fields, _STEP, _STEP))
        at = root.keys["services"].end + 1
        rest = layout.get_rest_of_line(text, services.end)
        after = services.end + len(rest)
        return f"{text[:at]}{rest}{break_}{lines}{text[after:] or break_}"
    indent = layout.find_column(text, services.first.start)
    lines = break_.join(_format_service(name, fields, indent, _detect_indent(text, services, indent)))
    last_key = next(reversed(services.keys))
    at = layout.find_entry_end(text, services.children[last_key].end, indent)
    apart = break_ if _has_blank_line_above(text, services.keys[last_key]) else ""
    return _insert_lines(text, at, apart + lines)


def _format_service(name: str, fields: Mapping[str, Any], indent: int, step: int) -> list[str]:
    inner = " " * (indent + step)
    return [
        f"{' ' * indent}{name}:",
        *(f"{inner}{key}: {format_value(value, key, flow=False)}" for key, value in fields.items()),
    ]


def _detect_indent(text: str, services: Node, indent: int) -> int:
    """Return by how many columns the fields of a service are deeper than its id."""
    for service in services.children.values():
        if not service.flow and service.children:
            return layout.find_column(text, service.first.start) - indent
    return _STEP


def _has_blank_line_above(text: str, key: Node) -> bool:
    """Whether a blank line precedes a service, or the comment above it."""
    at = layout.find_line_start(text, key.start)
    while at:
        line = text[layout.find_line_start(text, at - 1) : at]
        if not line.lstrip().startswith("#"):
            return not line.strip()
        at -= len(line)
    return False
