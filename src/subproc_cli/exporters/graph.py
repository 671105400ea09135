"""Who passes data to whom, and into which country: the nodes and edges that every drawing shows."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import Activation
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_visible_services
from subproc_cli.exporters.regions import RegionClass, RegionClassifier
from subproc_cli.registry.models import Processing, Service
from subproc_cli.text import fold


class NodeKind(StrEnum):
    """The kinds of nodes."""

    PUBLISHER = "publisher"
    SERVICE = "service"
    PLACE = "place"
    RECIPIENT = "recipient"


class Node(NamedTuple):
    """Somebody who gets data, or a place where it is processed.

    Attributes:
        note: a few more words under the label; empty for none.
        region_class: on which side of the borders a place lies.
    """

    kind: NodeKind
    label: str
    note: str = ""
    region_class: RegionClass | None = None


class Edge(NamedTuple):
    """Data that goes from one node to another, given by their keys.

    Attributes:
        is_conditional: whether it goes under a condition only, or people look in from afar.
    """

    source: str
    target: str
    is_conditional: bool


class Graph(NamedTuple):
    """Nodes by key, in a fixed order, and the edges between them.

    Attributes:
        title: what the drawing shows.
        text: the same in sentences, for those who do not see it.
    """

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    title: str
    text: str


def build_graph(export: Export) -> Graph:
    """Return the graph of a list: publisher, services, places and further recipients."""
    wording, classifier = (
        PageWording(export.registry, export.language),
        RegionClassifier(export.registry, export.as_of),
    )
    services = find_visible_services(export)
    publisher = export.registry.model.publisher
    nodes = {"publisher": Node(NodeKind.PUBLISHER, publisher)}
    nodes |= {f"service {key}": Node(NodeKind.SERVICE, each.name) for key, each in services.items()}
    edges = [
        Edge("publisher", f"service {key}", each.activation is not Activation.ALWAYS or bool(each.condition))
        for key, each in services.items()
    ]
    keys_by_name = _index_by_name(services)
    for key, service in services.items():
        for target, node, is_conditional in (
            *_iter_places(wording, classifier, service),
            *_iter_recipients(service, keys_by_name),
        ):
            nodes.setdefault(target, node)
            edges.append(Edge(f"service {key}", target, is_conditional))
    edges = list(dict.fromkeys(edges))
    return Graph(
        nodes=nodes,
        edges=tuple(edges),
        title=f"{publisher}: {wording.format_text('graph-title')}",
        text=_format_text(wording, nodes, edges),
    )


def _iter_places(
    wording: PageWording, classifier: RegionClassifier, service: Service
) -> Iterator[tuple[str, Node, bool]]:
    for place in service.processing:
        region_class = classifier.classify(service, place)
        label = wording.format_places(place.place)
        outcome = wording.formatter.transfers.format_outcome(classifier.assess(service, place))
        node = Node(NodeKind.PLACE, label, outcome, region_class)
        yield f"place {label} {region_class} {outcome}", node, _is_conditional(place)
    if not service.processing:
        label = f"{wording.format_text('place')}: {wording.format_text('not-stated')}"
        yield "place", Node(NodeKind.PLACE, label, "", RegionClass.UNSTATED), False


def _is_conditional(place: Processing) -> bool:
    return bool(place.when or place.how)


def _index_by_name(services: Mapping[str, Service]) -> dict[str, set[str]]:
    """Return the services that a word can mean, by its folded form: a name, or an id."""
    found: dict[str, set[str]] = {}
    for key, service in services.items():
        for word in (service.name, key):
            found.setdefault(fold(word), set()).add(key)
    return found


def _iter_recipients(
    service: Service, keys_by_name: Mapping[str, set[str]]
) -> Iterator[tuple[str, Node, bool]]:
    """Yield whom a service passes data on to: one of the list, or a name if it can mean none or several."""
    for name in service.onward:
        matching_keys = keys_by_name.get(fold(name), set())
        target = (
            f"service {next(iter(matching_keys))}" if len(matching_keys) == 1 else f"recipient {fold(name)}"
        )
        yield target, Node(NodeKind.RECIPIENT, name), False


def _format_text(wording: PageWording, nodes: dict[str, Node], edges: list[Edge]) -> str:
    """Return who passes data to whom, a sentence for each source."""
    targets: dict[str, list[str]] = {}
    for edge in edges:
        targets.setdefault(edge.source, []).append(_format_node(nodes[edge.target]))
    return " ".join(f"{nodes[key].label} → {wording.join_words(found)}." for key, found in targets.items())


def _format_node(node: Node) -> str:
    return f"{node.label} ({node.note})" if node.note else node.label
