"""The graph of a list in Mermaid, which GitHub, GitLab and many wikis draw."""

from collections.abc import Iterator

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.graph import Edge, Graph, Node, NodeKind, build_graph
from subproc_cli.exporters.regions import RegionClass
from subproc_cli.output.sanitize import sanitize_line

_SHAPES = {
    NodeKind.PUBLISHER: ("([", "])"),
    NodeKind.SERVICE: ("[", "]"),
    NodeKind.PLACE: ("(", ")"),
    NodeKind.RECIPIENT: ("[[", "]]"),
}
_CLASSES = {
    RegionClass.HOME: "stroke:#17695a,stroke-width:2px",
    RegionClass.ADEQUATE: "stroke:#3f57a3,stroke-width:2px",
    RegionClass.OUTSIDE: "stroke:#a23f0b,stroke-width:3px",
    RegionClass.OPEN: "stroke:#7a5800,stroke-width:2px,stroke-dasharray:2",
    RegionClass.UNSTATED: "stroke:#585f6e,stroke-dasharray:5",
}


def render(export: Export) -> bytes:
    """Return a flow chart."""
    return ("\n".join(_iter_lines(build_graph(export))) + "\n").encode()


def _iter_lines(graph: Graph) -> Iterator[str]:
    ids = {key: f"n{number}" for number, key in enumerate(graph.nodes)}
    yield "flowchart LR"
    yield f"  accTitle: {_to_plain_line(graph.title)}"
    yield f"  accDescr: {_to_plain_line(graph.text)}"
    for key, node in graph.nodes.items():
        yield f"  {ids[key]}{_format_node(node)}"
    for edge in graph.edges:
        yield f"  {ids[edge.source]} {_get_arrow(edge)} {ids[edge.target]}"
    for region_class, style in _CLASSES.items():
        members = [ids[key] for key, node in graph.nodes.items() if node.region_class is region_class]
        if members:
            yield f"  classDef {region_class} {style}"
            yield f"  class {','.join(members)} {region_class}"


def _format_node(node: Node) -> str:
    opened, closed = _SHAPES[node.kind]
    note = f"<br>{_escape(node.note)}" if node.note else ""
    return f'{opened}"{_escape(node.label)}{note}"{closed}'


def _get_arrow(edge: Edge) -> str:
    return "-.->" if edge.is_conditional else "-->"


def _escape(text: str) -> str:
    """Return a text in which Mermaid finds no markup: all but letters, digits and a few signs as a number."""
    return "".join(
        char if char.isalnum() or char in " .,-" else f"#{ord(char)};" for char in sanitize_line(text)
    )


def _to_plain_line(text: str) -> str:
    """Return a text for a line that Mermaid reads as it is, except `#` and `;` and comments."""
    return sanitize_line(text).replace("#", "").replace(";", ",").replace("%%", "%")
