"""The graph of a list in Mermaid, which GitHub, GitLab and many wikis draw."""

from collections.abc import Iterator
from textwrap import wrap

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.graph import COLORS, Box, Edge, Graph, Node, NodeKind, build_graph
from subproc_cli.exporters.regions import RegionClass
from subproc_cli.output.sanitize import sanitize_line

_SHAPES = {
    NodeKind.PUBLISHER: ("([", "])"),
    NodeKind.SERVICE: ("[", "]"),
    NodeKind.PLACE: ("(", ")"),
    NodeKind.RECIPIENT: ("[[", "]]"),
}
_STYLES = {
    RegionClass.HOME: "stroke-width:2px",
    RegionClass.ADEQUATE: "stroke-width:2px",
    RegionClass.OUTSIDE: "stroke-width:3px",
    RegionClass.OPEN: "stroke-width:2px,stroke-dasharray:2",
    RegionClass.UNSTATED: "stroke-dasharray:5",
}
_WIDTH = 24
"""Characters of a line of a label."""


def render(export: Export) -> bytes:
    """Return a flow chart."""
    return ("\n".join(_iter_lines(build_graph(export))) + "\n").encode()


def _iter_lines(graph: Graph) -> Iterator[str]:
    ids = {key: f"n{number}" for number, key in enumerate(graph.nodes)}
    yield "flowchart LR"
    yield f"  accTitle: {_to_plain_line(graph.title)}"
    yield f"  accDescr: {_to_plain_line(graph.text)}"
    boxed = {key for box in graph.boxes for key in box.nodes}
    for key, node in graph.nodes.items():
        if key not in boxed:
            yield f"  {ids[key]}{_format_node(node)}"
    for number, box in enumerate(graph.boxes):
        yield from _iter_box_lines(graph, box, f"b{number}", ids)
    edges = graph.edges if not graph.boxes else ()
    for edge in edges:
        yield f"  {ids[edge.source]} {_get_arrow(edge)} {ids[edge.target]}"
    for region_class, color in COLORS.items():
        numbers = [
            str(number)
            for number, edge in enumerate(edges)
            if graph.nodes[edge.target].region_class is region_class
        ]
        if numbers:
            yield f"  linkStyle {','.join(numbers)} stroke:{color}"
    for region_class, style in _STYLES.items():
        members = [ids[key] for key, node in graph.nodes.items() if node.region_class is region_class]
        if members:
            yield f"  classDef {region_class} stroke:{COLORS[region_class]},{style}"
            yield f"  class {','.join(members)} {region_class}"


def _iter_box_lines(graph: Graph, box: Box, name: str, ids: dict[str, str]) -> Iterator[str]:
    """Yield a box; invisible links put its services into rows, which Mermaid would put into one column."""
    yield f'  subgraph {name}["{_escape(sanitize_line(box.label))}"]'
    yield "    direction LR"
    for key in box.nodes:
        yield f"    {ids[key]}{_format_node(graph.nodes[key])}"
    for row in graph.split_rows(box):
        if len(row) > 1:
            yield f"    {' ~~~ '.join(ids[key] for key in row)}"
    yield "  end"
    yield f"  {ids['publisher']} --> {name}"


def _format_node(node: Node) -> str:
    opened, closed = _SHAPES[node.kind]
    lines = "<br>".join(
        _escape(line) for text in (node.label, *node.notes) for line in wrap(sanitize_line(text), _WIDTH)
    )
    return f'{opened}"{lines}"{closed}'


def _get_arrow(edge: Edge) -> str:
    return "-.->" if edge.is_conditional else "-->"


def _escape(text: str) -> str:
    """Return sanitized text without markup of Mermaid: all but letters, digits and a few signs as numbers."""
    return "".join(char if char.isalnum() or char in " .,-" else f"#{ord(char)};" for char in text)


def _to_plain_line(text: str) -> str:
    """Return a text for a line that Mermaid reads as it is, except `#` and `;` and comments."""
    return sanitize_line(text).replace("#", "").replace(";", ",").replace("%%", "%")
