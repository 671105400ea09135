"""The graph of a list in DOT, the language of Graphviz."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.graph import Graph, Node, NodeKind, graph
from subproc_cli.exporters.regions import Border
from subproc_cli.output.sanitize import visible

_SHAPES = {
    NodeKind.PUBLISHER: "shape=box, style=rounded, penwidth=2",
    NodeKind.SERVICE: "shape=box",
    NodeKind.PLACE: "shape=ellipse",
    NodeKind.RECIPIENT: "shape=component",
}
_SIDES = {
    Border.EEA: 'color="#17695a"',
    Border.HOME: 'color="#17695a"',
    Border.ADEQUATE: 'color="#3f57a3"',
    Border.OUTSIDE: 'color="#a23f0b", penwidth=2',
    Border.OPEN: 'color="#7a5800", style=dotted',
    Border.UNSTATED: 'color="#585f6e", style=dashed',
}


def render(export: Export) -> bytes:
    """Return a directed graph."""
    return ("\n".join(_lines(graph(export))) + "\n").encode()


def _lines(given: Graph) -> Iterator[str]:
    ids = {key: f"n{number}" for number, key in enumerate(given.nodes)}
    yield "digraph subprocessors {"
    yield f"  graph [rankdir=LR, label={_quoted(given.title)}, labelloc=t, tooltip={_quoted(given.text)}];"
    yield '  node [fontname="sans-serif"];'
    for key, node in given.nodes.items():
        yield f"  {ids[key]} [{_node(node)}];"
    for edge in given.edges:
        style = " [style=dashed]" if edge.sometimes else ""
        yield f"  {ids[edge.source]} -> {ids[edge.target]}{style};"
    yield "}"


def _node(node: Node) -> str:
    label = _quoted(*(text for text in (node.label, node.note) if text))
    side = f", {_SIDES[node.side]}" if node.side else ""
    return f"label={label}, {_SHAPES[node.kind]}{side}"


def _quoted(*lines: str) -> str:
    r"""Return lines as one quoted string; a backslash, a quote or an entity in them is text."""
    escaped = (escape(visible(each), {"\\": "\\\\", '"': '\\"'}) for each in lines)
    return '"' + "\\n".join(escaped) + '"'
