"""The house style of a file: codes of places and the order of fields, and nothing else.

Comments and blank lines stay with the field below them. What an anchor ties to another place, and
a mapping in brackets over several lines, keep their order.
"""

from typing import Any, NamedTuple

from subproc_cli.diagnostics import FieldPath, format_path
from subproc_cli.reference.categories import CategoryTree
from subproc_cli.reference.geography import Gazetteer
from subproc_cli.registry import introspect
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml import layout
from subproc_cli.yaml.layout import format_value
from subproc_cli.yaml.source import Source
from subproc_cli.yaml.spans import Node, parse_spans


def is_place_path(path: FieldPath) -> bool:
    """Return whether a text at a path names a place."""
    match path:
        case ("services", _, "entity", "country") | ("regions", _, _):
            return True
        case ("services", _, "entity", "parent", "country") | ("services", _, "transfer", _, "places", _):
            return True
        case ("services", _, "processing", _) | ("services", _, "processing", _, "place", *_):
            return True
        case _:
            return False


def is_category_path(path: FieldPath) -> bool:
    """Return whether a text at a route names a data category."""
    match path:
        case ("services", _, "sees" | "never_sees", _):
            return True
        case ("services", _, "sees", _, "data") | ("services", _, "sees", _, "may_contain", _):
            return True
        case _:
            return False


def normalize_place(text: str, gazetteer: Gazetteer) -> str:
    """Return the code of a place; what is not known stays as it is."""
    return gazetteer.find(text) or text


def normalize_value(data: Any, path: FieldPath, category_tree: CategoryTree, gazetteer: Gazetteer) -> Any:
    """Return plain data for a route with every place and category in its canonical form.

    What is not known stays as it is, so that reading the file reports what is wrong with it.
    """
    if isinstance(data, dict):
        return {
            key: normalize_value(each, (*path, key), category_tree, gazetteer) for key, each in data.items()
        }
    if isinstance(data, list):
        return [normalize_value(each, (*path, at), category_tree, gazetteer) for at, each in enumerate(data)]
    if isinstance(data, str) and is_place_path(path):
        return normalize_place(data, gazetteer)
    if isinstance(data, str) and is_category_path(path):
        return data if data in category_tree else category_tree.find(data) or data
    return data


class FormattedFile(NamedTuple):
    """A file in the house style.

    Attributes:
        content: its bytes.
        notes: what was changed, each with its line and its route, in the order of the file.
    """

    content: bytes
    notes: tuple[str, ...]


class _TextEdit(NamedTuple):
    start: int
    end: int
    text: str


def format_source(source: Source, registry: Registry) -> FormattedFile:
    """Return a valid file in the house style; its meaning is the same."""
    text = source.text
    writer = _Formatter(text, registry.gazetteer)
    changes = writer.collect_edits((), parse_spans(text))
    new = _apply_edits(text, 0, len(text), changes)
    return FormattedFile(source.encode(new), tuple(note for _, note in sorted(writer.notes)))


def _apply_edits(text: str, start: int, end: int, edits: list[_TextEdit]) -> str:
    """Return a part of a text with the changes inside it made."""
    parts, at = [], start
    for change in edits:
        if start <= change.start and change.end <= end:
            parts += [text[at : change.start], change.text]
            at = change.end
    return "".join((*parts, text[at:end]))


class _Formatter:
    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.notes: list[tuple[int, str]] = []
        self._text = text
        self._newline = layout.detect_newline(text)
        self._gazetteer = gazetteer
        self._line, self._counted_to = 1, 0

    def collect_edits(self, path: FieldPath, node: Node) -> list[_TextEdit]:
        """Return what has to change in a value, in the order of the text."""
        if node.text is not None:
            return self._replace_place(path, node)
        order = self._find_new_order(path, node)
        if order:
            self._add_note(node.first.start, f"{format_path(path) or 'the top level'}: order of fields")
        inner = [
            change
            for step, child in node.children.items()
            for change in self.collect_edits((*path, step), child)
        ]
        if not order:
            return inner
        if node.flow:
            return self._reorder_in_brackets(node, order, inner)
        return self._reorder_lines(node, order, inner)

    def _replace_place(self, path: FieldPath, node: Node) -> list[_TextEdit]:
        if node.anchored or not node.text or not is_place_path(path):
            return []
        code = normalize_place(node.text, self._gazetteer)
        if code == node.text:
            return []
        self._add_note(node.start, f"{format_path(path)}: {node.text} is {code}")
        return [_TextEdit(node.start, node.end, format_value(code))]

    def _add_note(self, at: int, text: str) -> None:
        self._line += self._text.count("\n", self._counted_to, at)
        self._counted_to = at
        self.notes.append((at, f"{self._line}: {text}"))

    def _find_new_order(self, path: FieldPath, node: Node) -> list[str | int]:
        """Return the keys of a mapping in their order if it differs and can be made, else nothing."""
        order = {name: at for at, name in enumerate(introspect.list_fields(path))}
        present = list(node.keys)
        wanted = sorted(present, key=lambda key: order.get(str(key), len(order)))
        if not order or wanted == present or node.is_shared() or self._would_swallow(node):
            return []
        movable = self._is_on_one_line(node) if node.flow else self._is_reorderable_block(node)
        return wanted if movable else []

    def _would_swallow(self, node: Node) -> bool:
        """Whether a text over several lines could take in what comes below it: a comment, a line break."""
        texts = [below for _, below in node.walk() if below.header]
        if any("+" in text.header or text.end == len(self._text) for text in texts):
            return True
        return bool(texts) and self._has_deep_comment(node)

    def _has_deep_comment(self, node: Node) -> bool:
        indent = layout.find_column(self._text, node.first.start)
        starts = [start for start, _ in self._find_field_spans(node).values()]
        above = [self._text[at : key.start] for at, key in zip(starts, node.keys.values(), strict=True)]
        return any(layout.is_deeper_comment(line, indent) for part in above for line in part.splitlines())

    def _is_on_one_line(self, node: Node) -> bool:
        return "\n" not in self._text[node.start : node.end]

    def _is_reorderable_block(self, node: Node) -> bool:
        """Whether every field begins a line of its own: all but the first may follow a dash."""
        starts = [key.start for key in node.keys.values()]
        after_dash = not layout.is_first_on_line(self._text, starts[0])
        return all(layout.is_first_on_line(self._text, start) for start in starts[after_dash:]) and not (
            after_dash and self._has_comments_above(node)
        )

    def _has_comments_above(self, node: Node) -> bool:
        """Whether a line of a comment, or a blank one, is between two fields."""
        spans = self._find_field_spans(node)
        return any(
            not self._text[start:end].lstrip(" ").startswith(str(key)) for key, (start, end) in spans.items()
        )

    def _reorder_in_brackets(
        self, node: Node, order: list[str | int], inner: list[_TextEdit]
    ) -> list[_TextEdit]:
        changes = []
        for old, new in zip(node.keys, order, strict=True):
            text = _apply_edits(self._text, node.keys[new].start, node.children[new].end, inner)
            changes.append(_TextEdit(node.keys[old].start, node.children[old].end, text))
        return changes

    def _reorder_lines(self, node: Node, order: list[str | int], inner: list[_TextEdit]) -> list[_TextEdit]:
        spans = self._find_field_spans(node)
        start = next(iter(spans.values()))[0]
        end = list(spans.values())[-1][1]
        indent = " " * layout.find_column(self._text, node.first.start)
        chunks = []
        for key in order:
            chunk = _apply_edits(self._text, *spans[key], inner)
            chunks.append(chunk if chunk.endswith("\n") else chunk + self._newline)
        if layout.find_line_start(self._text, start) != start:  # after a dash
            chunks = [chunk if chunk.startswith(indent) else indent + chunk for chunk in chunks]
            chunks[0] = chunks[0].removeprefix(indent)
        text = "".join(chunks)
        if not self._text[start:end].endswith("\n"):
            text = text.removesuffix(self._newline)
        return [_TextEdit(start, end, text)]

    def _find_field_spans(self, node: Node) -> dict[str | int, tuple[int, int]]:
        """Return the lines of each field, with the comments and blank lines above it."""
        first = node.first.start
        indent = layout.find_column(self._text, first)
        at = self._find_comments_start(first, indent) if layout.is_first_on_line(self._text, first) else first
        spans: dict[str | int, tuple[int, int]] = {}
        for key, child in node.children.items():
            end = layout.find_entry_end(self._text, child.end, indent)
            spans[key], at = (at, end), end
        return spans

    def _find_comments_start(self, first: int, indent: int) -> int:
        """Return where the comments above the first field begin; those of the whole file stay there."""
        at = layout.find_line_start(self._text, first)
        while indent and at:
            above = layout.find_line_start(self._text, at - 1)
            line = self._text[above:at].strip()
            if line and not line.startswith("#"):
                break
            at = above
        return at
