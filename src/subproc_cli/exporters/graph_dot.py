"""The graph of a list in DOT, the language of Graphviz."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.graph import Graph, Node, NodeKind, build_graph
from subproc_cli.exporters.regions import RegionClass
from subproc_cli.output.sanitize import sanitize_line

_SHAPES = {
    NodeKind.PUBLISHER: "shape=box, style=rounded, penwidth=2",
    NodeKind.SERVICE: "shape=box",
    NodeKind.PLACE: "shape=ellipse",
    NodeKind.RECIPIENT: "shape=component",
}
_STYLES = {
    RegionClass.HOME: 'color="#17695a"',
    RegionClass.ADEQUATE: 'color="#3f57a3"',
    RegionClass.OUTSIDE: 'color="#a23f0b", penwidth=2',
    RegionClass.OPEN: 'color="#7a5800", style=dotted',
    RegionClass.UNSTATED: 'color="#585f6e", style=dashed',
}


def render(export: Export) -> bytes:
    """Return a directed graph."""
    return ("\n".join(_iter_lines(build_graph(export))) + "\n").encode()


def _iter_lines(graph: Graph) -> Iterator[str]:
    ids = {key: f"n{number}" for number, key in enumerate(graph.nodes)}
    yield "digraph subprocessors {"
    yield f"  graph [rankdir=LR, label={_quote(graph.title)}, labelloc=t, tooltip={_quote(graph.text)}];"
    yield '  node [fontname="sans-serif"];'
    for key, node in graph.nodes.items():
        yield f"  {ids[key]} [{_format_node(node)}];"
    for edge in graph.edges:
        style = " [style=dashed]" if edge.is_conditional else ""
        yield f"  {ids[edge.source]} -> {ids[edge.target]}{style};"
    yield "}"


def _format_node(node: Node) -> str:
    label = _quote(*(text for text in (node.label, node.note) if text))
    side = f", {_STYLES[node.region_class]}" if node.region_class else ""
    return f"label={label}, {_SHAPES[node.kind]}{side}"


def _quote(*lines: str) -> str:
    r"""Return lines as one quoted string; a backslash, a quote or an entity in them is text."""
    escaped = (escape(sanitize_line(each), {"\\": "\\\\", '"': '\\"'}) for each in lines)
    return '"' + "\\n".join(escaped) + '"'
