"""Who passes data to whom and where, in three drawings of the same graph."""

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from registry_text import listing
from subproc_cli.exporters import graph_dot, graph_mermaid, graph_svg
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.graph import build_graph
from subproc_cli.registry.registry import Registry

DAY = date(2024, 3, 1)
THREE = """\
  mail: {name: Mail, processing: [DE, {place: IN, how: remote-access}], onward: [Chat, Example Ltd]}
  chat: {name: Chat, activation: opt-in, processing: [DE, US, worldwide]}
  quiet: {name: Quiet, condition: only on public pages}
"""


def export(about: Registry) -> Export:
    return Export(about, about.find_services_in_use(DAY), DAY)


def test_nodes_and_edges() -> None:
    drawn = build_graph(export(listing(THREE)))
    names = {
        key: ", ".join(filter(None, (each.label, each.region_class))) for key, each in drawn.nodes.items()
    }
    arrows = {True: "-.->", False: "-->"}
    assert [
        f"{names[each.source]} {arrows[each.is_conditional]} {names[each.target]}" for each in drawn.edges
    ] == [
        "Example GmbH --> Mail",
        "Example GmbH -.-> Chat",
        "Example GmbH -.-> Quiet",
        "Mail --> Germany, eea",
        "Mail -.-> India, outside",
        "Mail --> Chat",  # by name: it is on the list
        "Mail --> Example Ltd",
        "Chat --> Germany, eea",
        "Chat --> United States, outside",
        "Chat --> worldwide, open",
        "Quiet --> Place: not stated, unstated",
    ]


@pytest.mark.parametrize(
    ("services", "edges"),
    [
        ("  a: {name: A, onward: [Twilio, twilio]}\n", ["a > recipient twilio"]),  # one of the two spellings
        ("  a: {name: A, onward: [Bee]}\n  b: {name: bee}\n", ["a > service b"]),
        ("  a: {name: A, onward: [b]}\n  b: {name: Bee}\n", ["a > service b"]),  # by its id
        (
            "  a: {name: A, onward: [Bee]}\n  b: {name: Bee}\n  c: {name: Bee}\n",
            ["a > recipient bee"],
        ),  # which?
        ("  a: {name: A, onward: [b]}\n  b: {name: Bee}\n  c: {name: B}\n", ["a > recipient b"]),
    ],
)
def test_onward_is_drawn_to_a_service_only_if_one_can_be_meant(services: str, edges: list[str]) -> None:
    drawn = build_graph(export(listing(services)))
    found = [edge for edge in drawn.edges if edge.source == "service a" and edge.target != "place"]
    assert [f"a > {edge.target}" for edge in found] == edges


def test_two_services_of_one_name_have_a_sentence_each() -> None:
    text = build_graph(
        export(listing("  a: {name: Bee, processing: [DE]}\n  b: {name: Bee, processing: [US]}\n"))
    ).text
    assert text.endswith("Bee → Germany (within the EEA). Bee → United States (outside the EEA).")


def test_what_it_says_to_those_who_do_not_see_it() -> None:
    text = build_graph(export(listing(THREE))).text
    assert text.startswith("Example GmbH → Mail, Chat and Quiet. Mail → Germany (within the EEA), India")
    assert text.endswith("Quiet → Place: not stated.")


def test_mermaid_on_one_screen() -> None:
    text = graph_mermaid.render(export(listing("  a: {name: 'A \"]; click', processing: [CH]}\n"))).decode()
    assert (
        text
        == """\
flowchart LR
  accTitle: Example GmbH: Who passes data to whom, and where
  accDescr: Example GmbH → A "], click. A "], click → Switzerland (outside the EEA, held adequate).
  n0(["Example GmbH"])
  n1["A #34;#93;#59; click"]
  n2("Switzerland<br>outside the EEA, held adequate")
  n0 --> n1
  n1 --> n2
  classDef adequate stroke:#3f57a3,stroke-width:2px
  class n2 adequate
"""
    )


def test_dot_on_one_screen() -> None:
    services = r"""  a: {name: 'A "\N &amp;', activation: opt-out}"""
    text = graph_dot.render(export(listing(f"{services}\n"))).decode()
    head, _, rest = text.partition(", tooltip=")
    assert (
        head
        == """\
digraph subprocessors {
  graph [rankdir=LR, label="Example GmbH: Who passes data to whom, and where", labelloc=t"""
    )
    assert (
        rest
        == r""""Example GmbH → A \"\\N &amp;amp;. A \"\\N &amp;amp; → Place: not stated."];
  node [fontname="sans-serif"];
  n0 [label="Example GmbH", shape=box, style=rounded, penwidth=2];
  n1 [label="A \"\\N &amp;amp;", shape=box];
  n2 [label="Place: not stated", shape=ellipse, color="#585f6e", style=dashed];
  n0 -> n1 [style=dashed];
  n1 -> n2;
}
"""
    )


SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("services", [THREE, "  {}\n", '  a: {name: "<script>&]]>\\ufffe\\e[31m"}\n'])
def test_the_drawing_is_whole_and_has_its_text(services: str) -> None:
    given = export(listing(services))
    root = ET.fromstring(graph_svg.render(given))  # noqa: S314  our own
    drawn = build_graph(given)
    assert len(root.findall(f"{SVG}path")) == len(drawn.edges)
    boxes = [each for each in root.findall(f"{SVG}rect") if "node" in (each.get("class") or "")]
    assert len(boxes) == len(drawn.nodes)
    width, height = float(root.get("width") or 0), float(root.get("height") or 0)
    for box in boxes:
        assert float(box.get("x") or 0) + float(box.get("width") or 0) <= width
        assert float(box.get("y") or 0) + float(box.get("height") or 0) <= height
    assert root.findtext(f"{SVG}title") == drawn.title
    assert (root.findtext(f"{SVG}desc") or "")[:12] == drawn.text[:12]
    assert not list(root.iter(f"{SVG}script"))


def test_boxes_of_a_column_do_not_overlap() -> None:
    root = ET.fromstring(graph_svg.render(export(listing(THREE))))  # noqa: S314
    places = sorted(
        (box.get("x"), float(box.get("y") or 0), float(box.get("height") or 0))
        for box in root.findall(f"{SVG}rect")
        if "node" in (box.get("class") or "")
    )
    for (column, top, height), (other, below, _) in pairwise(places):
        assert column != other or top + height < below
