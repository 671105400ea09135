"""The graph of a list in DOT, the language of Graphviz."""

from collections.abc import Iterable, Iterator
from textwrap import wrap
from xml.sax.saxutils import escape

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.graph import COLORS, Box, Edge, Graph, Node, NodeKind, build_graph
from subproc_cli.exporters.regions import RegionClass
from subproc_cli.output.sanitize import sanitize_line

_SHAPES = {
    NodeKind.PUBLISHER: "shape=box, style=rounded, penwidth=2",
    NodeKind.SERVICE: "shape=box",
    NodeKind.PLACE: "shape=ellipse",
    NodeKind.RECIPIENT: "shape=component",
}
_STYLES = {
    RegionClass.HOME: "penwidth=1",
    RegionClass.ADEQUATE: "penwidth=1",
    RegionClass.OUTSIDE: "penwidth=2",
    RegionClass.OPEN: "style=dotted",
    RegionClass.UNSTATED: "style=dashed",
}
_WIDTH = 32
"""Characters of a line of a label: Graphviz does not break lines."""


def render(export: Export) -> bytes:
    """Return a directed graph."""
    return ("\n".join(_iter_lines(build_graph(export))) + "\n").encode()


def _iter_lines(graph: Graph) -> Iterator[str]:
    ids = {key: f"n{number}" for number, key in enumerate(graph.nodes)}
    yield "digraph subprocessors {"
    yield (
        f'  graph [rankdir=LR, compound=true, fontname="sans-serif", label={_quote_text(graph.title)}, '
        f"labelloc=t, tooltip={_quote_text(graph.text)}];"
    )
    yield '  node [fontname="sans-serif"];'
    boxed = {key for box in graph.boxes for key in box.nodes}
    for key, node in graph.nodes.items():
        if key not in boxed:
            yield f"  {ids[key]} [{_format_node(node)}];"
    for number, box in enumerate(graph.boxes):
        yield from _iter_box_lines(graph, box, number, ids)
    for edge in graph.edges if not graph.boxes else ():
        yield f"  {ids[edge.source]} -> {ids[edge.target]}{_format_edge(graph, edge)};"
    yield "}"


def _iter_box_lines(graph: Graph, box: Box, number: int, ids: dict[str, str]) -> Iterator[str]:
    """Yield a box; invisible edges put its services into rows, which Graphviz would put into one column."""
    yield f"  subgraph cluster{number} {{"
    yield f'    graph [label={_quote_text(box.label)}, labeljust=l, style=rounded, color="#8a90a0"];'
    for key in box.nodes:
        yield f"    {ids[key]} [{_format_node(graph.nodes[key])}];"
    rows = graph.split_rows(box)
    for row in rows:
        if len(row) > 1:
            yield f"    {' -> '.join(ids[key] for key in row)} [style=invis];"
    yield "  }"
    for at, row in enumerate(rows):
        style = "style=invis" if at else f"lhead=cluster{number}"
        yield f"  {ids['publisher']} -> {ids[row[0]]} [{style}];"


def _format_edge(graph: Graph, edge: Edge) -> str:
    """Return the style of an edge: dashed under a condition, and in the colour of the place it leads to."""
    region_class = graph.nodes[edge.target].region_class
    styles = ["style=dashed"] if edge.is_conditional else []
    styles += [f'color="{COLORS[region_class]}"'] if region_class else []
    return f" [{', '.join(styles)}]" if styles else ""


def _format_node(node: Node) -> str:
    label = _quote([line for text in (node.label, *node.notes) for line in wrap(sanitize_line(text), _WIDTH)])
    side = f', color="{COLORS[node.region_class]}", {_STYLES[node.region_class]}' if node.region_class else ""
    return f"label={label}, {_SHAPES[node.kind]}{side}"


def _quote_text(text: str) -> str:
    return _quote([sanitize_line(text)])


def _quote(lines: Iterable[str]) -> str:
    r"""Return sanitized lines as one quoted string; a backslash, a quote or an entity in them is text."""
    escaped = (escape(each, {"\\": "\\\\", '"': '\\"'}) for each in lines)
    return '"' + "\\n".join(escaped) + '"'
