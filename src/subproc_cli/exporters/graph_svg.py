"""The graph of a list as a drawing: publisher, services, and where their data goes, in three columns."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.graph import Edge, Graph, Node, NodeKind, build_graph
from subproc_cli.output.sanitize import sanitize_xml
from subproc_cli.output.terminal import measure_width

_STYLE = """
.ground { fill: #ffffff; } text { font: 14px system-ui, sans-serif; fill: #1c2230; }
.title { font-weight: 600; } .head { fill: #8a909c; }
.note { font-size: 12px; fill: #585f6e; } .edge { fill: none; stroke: #8a909c; stroke-width: 1.3; }
.sometimes { stroke-dasharray: 5 4; } rect.node { fill: #f7f6f3; stroke: #585f6e; stroke-width: 1.3; }
rect.publisher { stroke-width: 2.5; } rect.eea, rect.home { stroke: #17695a; }
rect.adequate { stroke: #3f57a3; }
rect.outside { stroke: #a23f0b; stroke-width: 2.5; } rect.open { stroke: #7a5800; stroke-dasharray: 2 3; }
rect.unstated { stroke-dasharray: 6 4; }
@media (prefers-color-scheme: dark) {
.ground { fill: #12151a; } .head { fill: #6b7382; } text { fill: #e7e9ed; } .note { fill: #a9b0bd; }
.edge { stroke: #6b7382; } rect.node { fill: #1a1e25; stroke: #a9b0bd; }
rect.eea, rect.home { stroke: #63c9ad; }
rect.adequate { stroke: #a2b8f5; } rect.outside { stroke: #ffa878; } rect.open { stroke: #e6bf57; }
}
"""
_HEAD = (
    '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto"><path class="head" d="M0 0 L8 4 L0 8 Z"/></marker></defs>'
)
_CHARACTER_WIDTH = 8.2
"""Pixels that a column of a terminal takes in the font; wide enough for every common one."""
_PAD, _GAP, _HEIGHT, _STEP, _TOP = 12, 130, 42, 54, 70
_COLUMNS = {NodeKind.PUBLISHER: 0, NodeKind.SERVICE: 1, NodeKind.PLACE: 2, NodeKind.RECIPIENT: 2}


class Box(NamedTuple):
    """Where a node stands, in pixels."""

    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        """The height at which edges arrive and leave."""
        return self.y + _HEIGHT / 2


def render(export: Export) -> bytes:
    """Return a drawing that needs nothing else, with its text for those who do not see it."""
    return ("\n".join(_iter_lines(build_graph(export))) + "\n").encode()


def _iter_lines(graph: Graph) -> Iterator[str]:
    boxes = _place_nodes(graph)
    width = max(box.x + box.width for box in boxes.values()) + _PAD
    width = max(width, measure_width(sanitize_xml(graph.title)) * _CHARACTER_WIDTH + 2 * _PAD)
    height = max(box.y for box in boxes.values()) + _HEIGHT + _PAD
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" role="img" aria-labelledby="title text">'
    )
    yield f'<title id="title">{_escape_text(graph.title)}</title>'
    yield f'<desc id="text">{_escape_text(graph.text)}</desc>'
    yield f"<style>{_STYLE}</style>"
    yield _HEAD
    yield '<rect class="ground" width="100%" height="100%"/>'
    yield f'<text class="title" x="{_PAD}" y="30">{_escape_text(graph.title)}</text>'
    if any(edge.is_conditional for edge in graph.edges):
        yield f'<text class="note" x="{_PAD}" y="48">{_escape_text(graph.legend)}</text>'
    for edge in graph.edges:
        yield _render_edge(boxes[edge.source], boxes[edge.target], edge)
    for key, node in graph.nodes.items():
        yield from _render_node(boxes[key], node)
    yield "</svg>"


def _place_nodes(graph: Graph) -> dict[str, Box]:
    """Return where each node stands: what gets data from the upper services stands higher."""
    columns: tuple[list[str], ...] = ([], [], [])
    for key, node in graph.nodes.items():
        columns[_COLUMNS[node.kind]].append(key)
    rows = {key: float(row) for row, key in enumerate(columns[1])}
    columns[2].sort(key=lambda key: _compute_mean([rows[e.source] for e in graph.edges if e.target == key]))
    tallest = max(map(len, columns))
    boxes: dict[str, Box] = {}
    x = float(_PAD)
    for column in columns:
        width = max((_measure_node(graph.nodes[key]) for key in column), default=0.0)
        first = _TOP + (tallest - len(column)) * _STEP / 2
        boxes |= {key: Box(x, first + row * _STEP, width) for row, key in enumerate(column)}
        x += width + _GAP
    return boxes


def _compute_mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _measure_node(node: Node) -> float:
    return (
        max(measure_width(sanitize_xml(text)) for text in (node.label, node.note)) * _CHARACTER_WIDTH
        + 2 * _PAD
    )


def _render_edge(source: Box, target: Box, edge: Edge) -> str:
    begin = source.x + source.width
    end, bend = (begin, _GAP / 2) if target.x == source.x else (target.x, -_GAP / 2)
    path = (
        f"M{begin:.1f} {source.middle:.1f} C{begin + _GAP / 2:.1f} {source.middle:.1f} "
        f"{end + bend:.1f} {target.middle:.1f} {end:.1f} {target.middle:.1f}"
    )
    sometimes = " sometimes" if edge.is_conditional else ""
    return f'<path class="edge{sometimes}" d="{path}" marker-end="url(#head)"/>'


def _render_node(box: Box, node: Node) -> Iterator[str]:
    tone = f"{node.kind} {node.region_class}" if node.region_class else str(node.kind)
    corner = _HEIGHT / 2 if node.kind is NodeKind.PLACE else 6
    yield (
        f'<rect class="node {tone}" x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" '
        f'height="{_HEIGHT}" rx="{corner}"/>'
    )
    label = box.middle - 3 if node.note else box.middle + 5
    yield f'<text x="{box.x + _PAD:.1f}" y="{label:.1f}">{_escape_text(node.label)}</text>'
    if node.note:
        note = _escape_text(node.note)
        yield f'<text class="note" x="{box.x + _PAD:.1f}" y="{box.middle + 13:.1f}">{note}</text>'


def _escape_text(text: str) -> str:
    return escape(sanitize_xml(text))
