"""Who passes data to whom, and into which country: the nodes and edges that every drawing shows."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from subproc_cli.describe.wording import Wording
from subproc_cli.enums import Activation
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import published
from subproc_cli.exporters.regions import Border, Sides
from subproc_cli.registry.models import Processing, Service
from subproc_cli.text import fold


class NodeKind(StrEnum):
    """What a node stands for."""

    PUBLISHER = "publisher"
    SERVICE = "service"
    PLACE = "place"
    RECIPIENT = "recipient"


class Node(NamedTuple):
    """Somebody who gets data, or a place where it is processed.

    Attributes:
        note: a few more words under the label; empty for none.
        side: on which side of the borders a place lies.
    """

    kind: NodeKind
    label: str
    note: str = ""
    side: Border | None = None


class Edge(NamedTuple):
    """Data that goes from one node to another, given by their keys.

    Attributes:
        sometimes: whether it goes under a condition only, or people look in from afar.
    """

    source: str
    target: str
    sometimes: bool


class Graph(NamedTuple):
    """Nodes by key, in a fixed order, and the edges between them.

    Attributes:
        title: what the drawing shows.
        text: the same in sentences, for those who do not see it.
        legend: what a dashed edge means.
    """

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    title: str
    text: str
    legend: str


def graph(export: Export) -> Graph:
    """Return the graph of a list: publisher, services, places and further recipients."""
    wording, sides = Wording(export.about, export.language), Sides(export.about, export.day)
    services = published(export)
    publisher = export.about.registry.publisher
    nodes = {"publisher": Node(NodeKind.PUBLISHER, publisher)}
    nodes |= {f"service {key}": Node(NodeKind.SERVICE, each.name) for key, each in services.items()}
    edges = [
        Edge("publisher", f"service {key}", each.activation is not Activation.ALWAYS or bool(each.condition))
        for key, each in services.items()
    ]
    called = _called(services)
    for key, service in services.items():
        for target, node, sometimes in (*_places(wording, sides, key, service), *_onward(service, called)):
            nodes.setdefault(target, node)
            edges.append(Edge(f"service {key}", target, sometimes))
    edges = list(dict.fromkeys(edges))
    return Graph(
        nodes=nodes,
        edges=tuple(edges),
        title=f"{publisher}: {wording.text('graph_title')}",
        text=_text(wording, nodes, edges),
        legend=wording.text("graph_dashed"),
    )


def _places(wording: Wording, sides: Sides, key: str, service: Service) -> Iterator[tuple[str, Node, bool]]:
    for place in service.processing:
        side = sides.side(key, service, place)
        label = wording.places(place.place)
        node = Node(NodeKind.PLACE, label, wording.word("sides", side), side)
        yield f"place {label} {side}", node, _sometimes(place)
    if not service.processing:
        label = f"{wording.text('place')}: {wording.text('not_stated')}"
        yield "place", Node(NodeKind.PLACE, label, "", Border.UNSTATED), False


def _sometimes(place: Processing) -> bool:
    return bool(place.when or place.how)


def _called(services: Mapping[str, Service]) -> dict[str, set[str]]:
    """Return the services that a word can mean, by its folded form: a name, or an id."""
    found: dict[str, set[str]] = {}
    for key, service in services.items():
        for word in (service.name, key):
            found.setdefault(fold(word), set()).add(key)
    return found


def _onward(service: Service, called: Mapping[str, set[str]]) -> Iterator[tuple[str, Node, bool]]:
    """Yield whom a service passes data on to: one of the list, or a name if it can mean none or several."""
    for name in service.onward:
        meant = called.get(fold(name), set())
        target = f"service {next(iter(meant))}" if len(meant) == 1 else f"recipient {fold(name)}"
        yield target, Node(NodeKind.RECIPIENT, name), False


def _text(wording: Wording, nodes: dict[str, Node], edges: list[Edge]) -> str:
    """Return who passes data to whom, a sentence for each source."""
    targets: dict[str, list[str]] = {}
    for edge in edges:
        targets.setdefault(edge.source, []).append(_named(nodes[edge.target]))
    return " ".join(f"{nodes[key].label} → {wording.listed(found)}." for key, found in targets.items())


def _named(node: Node) -> str:
    return f"{node.label} ({node.note})" if node.note else node.label
