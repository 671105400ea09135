"""Who passes data to whom, and into which country: what every drawing shows.

A short list is drawn with a node for each place. In a long one the lines between services and places could
not be followed, so the services are in boxes, by region or by group, and each states its places itself.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from math import isqrt
from typing import NamedTuple

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import Activation, GraphGrouping
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.onward import index_by_name, iter_recipients
from subproc_cli.exporters.published import find_visible_services
from subproc_cli.exporters.regions import RegionClass, RegionClassifier
from subproc_cli.registry.models import Processing, Service
from subproc_cli.text import fold

_FEW = 20
"""Maximum number of services whose places a drawing shows as nodes, unless it is asked for something else."""

COLORS = {
    RegionClass.HOME: "#17695a",
    RegionClass.ADEQUATE: "#3f57a3",
    RegionClass.OUTSIDE: "#a23f0b",
    RegionClass.OPEN: "#7a5800",
    RegionClass.UNSTATED: "#585f6e",
}
"""The colour of a place, or of a service by its places, in every drawing."""


class NodeKind(StrEnum):
    """The kinds of nodes."""

    PUBLISHER = "publisher"
    SERVICE = "service"
    PLACE = "place"
    RECIPIENT = "recipient"


class Node(NamedTuple):
    """A recipient of data, or a place where it is processed.

    Attributes:
        notes: further lines under the label.
        region_class: on which side of the borders a place lies, or the places of a service.
    """

    kind: NodeKind
    label: str
    notes: tuple[str, ...] = ()
    region_class: RegionClass | None = None


class Box(NamedTuple):
    """Services that are drawn together, by the keys of their nodes."""

    label: str
    nodes: tuple[str, ...]


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
        boxes: the services by region or by group, in rows of `columns`; without any, places are nodes.
        title: what the drawing shows.
        text: the same in sentences, for those who do not see it.
    """

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    title: str
    text: str
    boxes: tuple[Box, ...] = ()

    @property
    def columns(self) -> int:
        """How many services a row of a box has, so that the drawing is wider than high."""
        return max(2, isqrt(len(self.nodes) // 2))

    def split_rows(self, box: Box) -> list[tuple[str, ...]]:
        """Return the keys of the services of a box, row by row."""
        return [box.nodes[start : start + self.columns] for start in range(0, len(box.nodes), self.columns)]


def build_graph(export: Export) -> Graph:
    """Return the graph of a list: publisher, services, places and further recipients."""
    count = len(find_visible_services(export))
    grouping = export.grouping or (GraphGrouping.PLACE if count <= _FEW else GraphGrouping.REGION)
    if grouping is GraphGrouping.PLACE:
        return _build_graph_of_places(export)
    return _build_graph_of_boxes(export, grouping)


def _build_graph_of_places(export: Export) -> Graph:
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
    keys_by_name = index_by_name(services)
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
        node = Node(NodeKind.PLACE, label, (outcome,) if outcome else (), region_class)
        yield f"place {label} {region_class} {outcome}", node, _is_conditional(place)
    if not service.processing:
        label = f"{wording.format_text('place')}: {wording.format_text('not-stated')}"
        yield "place", Node(NodeKind.PLACE, label, (), RegionClass.UNSTATED), False


def _is_conditional(place: Processing) -> bool:
    return bool(place.when or place.how)


def _iter_recipients(
    service: Service, keys_by_name: Mapping[str, set[str]]
) -> Iterator[tuple[str, Node, bool]]:
    """Yield the recipients of a service: a service of the list, or a name that means none or several."""
    for name, key in iter_recipients(service, keys_by_name):
        yield f"service {key}" if key else f"recipient {fold(name)}", Node(NodeKind.RECIPIENT, name), False


def _format_text(wording: PageWording, nodes: dict[str, Node], edges: list[Edge]) -> str:
    """Return the flows of data, a sentence for each source."""
    targets: dict[str, list[str]] = {}
    for edge in edges:
        targets.setdefault(edge.source, []).append(_format_node(nodes[edge.target]))
    return " ".join(f"{nodes[key].label} → {wording.join_words(found)}." for key, found in targets.items())


def _format_node(node: Node) -> str:
    return f"{node.label} ({'; '.join(node.notes)})" if node.notes else node.label


_REGION_CLASSES = (
    RegionClass.OUTSIDE,
    RegionClass.OPEN,
    RegionClass.ADEQUATE,
    RegionClass.HOME,
    RegionClass.UNSTATED,
)
"""From the place that asks most attention to the one that asks least."""


def _build_graph_of_boxes(export: Export, grouping: GraphGrouping) -> Graph:
    """Return the graph with the services in boxes; each states its places and whom it passes data on to."""
    wording = PageWording(export.registry, export.language)
    classifier = RegionClassifier(export.registry, export.as_of)
    publisher = export.registry.model.publisher
    nodes = {"publisher": Node(NodeKind.PUBLISHER, publisher)}
    boxes: dict[str, list[str]] = {}
    for key, service in find_visible_services(export).items():
        classes = {classifier.classify(service, place) for place in service.processing}
        region_class = next((each for each in _REGION_CLASSES if each in classes), RegionClass.UNSTATED)
        node = f"service {key}"
        notes = tuple(_iter_notes(wording, service))
        nodes[node] = Node(NodeKind.SERVICE, service.name, notes, region_class)
        title = region_class if grouping is GraphGrouping.REGION else service.group or ""
        boxes.setdefault(title, []).append(node)
    order = (
        [*_REGION_CLASSES] if grouping is GraphGrouping.REGION else [each for each in boxes if each] + [""]
    )
    made = tuple(Box(_format_title(wording, title), tuple(boxes[title])) for title in order if title in boxes)
    edges = tuple(Edge("publisher", key, is_conditional=False) for key in nodes if key != "publisher")
    return Graph(
        nodes=nodes,
        edges=edges,
        title=f"{publisher}: {wording.format_text('graph-title')}",
        text=_format_text(wording, nodes, [*edges]),
        boxes=made,
    )


def _format_title(wording: PageWording, title: str) -> str:
    """Return the label of a box: a group, services without one, or how the laws assess the places."""
    if title == RegionClass.UNSTATED:
        return f"{wording.format_text('place')}: {wording.format_text('not-stated')}"
    if title in [*RegionClass]:
        return f"{wording.format_text('place')}: {wording.format_text(f'tone-{title}')}"
    return title or wording.format_text("table-others")


def _iter_notes(wording: PageWording, service: Service) -> Iterator[str]:
    """Yield the lines of a service in a box: its places, whom it passes data on to, and when it is used."""
    statements = wording.formatter
    yield from (statements.format_processing(wording.registry, place) for place in service.processing)
    if service.onward:
        yield f"→ {wording.join_words(service.onward)}"
    if service.activation is not Activation.ALWAYS or service.condition:
        yield statements.format_usage(service)
