"""The graph of a list in Mermaid, which GitHub, GitLab and many wikis draw."""

from collections.abc import Iterator

from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.graph import Edge, Graph, Node, NodeKind, graph
from subproc_cli.exporters.regions import Border
from subproc_cli.output.sanitize import visible

_SHAPES = {
    NodeKind.PUBLISHER: ("([", "])"),
    NodeKind.SERVICE: ("[", "]"),
    NodeKind.PLACE: ("(", ")"),
    NodeKind.RECIPIENT: ("[[", "]]"),
}
_CLASSES = {
    Border.EEA: "stroke:#17695a,stroke-width:2px",
    Border.HOME: "stroke:#17695a,stroke-width:2px",
    Border.ADEQUATE: "stroke:#3f57a3,stroke-width:2px",
    Border.OUTSIDE: "stroke:#a23f0b,stroke-width:3px",
    Border.OPEN: "stroke:#7a5800,stroke-width:2px,stroke-dasharray:2",
    Border.UNSTATED: "stroke:#585f6e,stroke-dasharray:5",
}


def render(export: Export) -> bytes:
    """Return a flow chart."""
    return ("\n".join(_lines(graph(export))) + "\n").encode()


def _lines(given: Graph) -> Iterator[str]:
    ids = {key: f"n{number}" for number, key in enumerate(given.nodes)}
    yield "flowchart LR"
    yield f"  accTitle: {_plain(given.title)}"
    yield f"  accDescr: {_plain(given.text)}"
    for key, node in given.nodes.items():
        yield f"  {ids[key]}{_node(node)}"
    for edge in given.edges:
        yield f"  {ids[edge.source]} {_arrow(edge)} {ids[edge.target]}"
    for side, style in _CLASSES.items():
        members = [ids[key] for key, node in given.nodes.items() if node.side is side]
        if members:
            yield f"  classDef {side} {style}"
            yield f"  class {','.join(members)} {side}"


def _node(node: Node) -> str:
    opened, closed = _SHAPES[node.kind]
    note = f"<br>{_escaped(node.note)}" if node.note else ""
    return f'{opened}"{_escaped(node.label)}{note}"{closed}'


def _arrow(edge: Edge) -> str:
    return "-.->" if edge.sometimes else "-->"


def _escaped(text: str) -> str:
    """Return a text in which Mermaid finds no markup: all but letters, digits and a few signs as a number."""
    return "".join(char if char.isalnum() or char in " .,-" else f"#{ord(char)};" for char in visible(text))


def _plain(text: str) -> str:
    """Return a text for a line that Mermaid reads as it is, but for `#` and `;` and comments."""
    return visible(text).replace("#", "").replace(";", ",").replace("%%", "%")
