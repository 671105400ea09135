"""Who passes data to whom and where, in two drawings of the same graph."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from registry_text import listing
from subproc_cli.cli.main import main
from subproc_cli.enums import GraphGrouping
from subproc_cli.exporters import graph_dot, graph_mermaid
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.graph import NodeKind, build_graph
from subproc_cli.registry.registry import Registry

DAY = date(2024, 3, 1)
THREE = """\
  mail: {name: Mail, processing: [DE, {place: IN, how: remote-access}], onward: [Chat, Example Ltd]}
  chat: {name: Chat, activation: opt-in, processing: [DE, US, worldwide]}
  quiet: {name: Quiet, condition: only on public pages}
"""


def export(about: Registry) -> Export:
    return Export(about, about.find_services_in_use(DAY), DAY)


def test_build_graph_returns_nodes_and_edges() -> None:
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
        "Mail --> Germany, home",
        "Mail -.-> India, outside",
        "Mail --> Chat",  # by name: it is on the list
        "Mail --> Example Ltd",
        "Chat --> Germany, home",
        "Chat --> United States, open",
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
def test_build_graph_of_onward_links_a_service_only_if_unambiguous(services: str, edges: list[str]) -> None:
    drawn = build_graph(export(listing(services)))
    found = [edge for edge in drawn.edges if edge.source == "service a" and edge.target != "place"]
    assert [f"a > {edge.target}" for edge in found] == edges


def test_graph_text_of_two_equal_names_has_two_sentences() -> None:
    text = build_graph(
        export(listing("  a: {name: Bee, processing: [DE]}\n  b: {name: Bee, processing: [US]}\n"))
    ).text
    assert text.endswith(
        "Bee → Germany (not transferred under EU law). Bee → United States (whether it is adequate under EU law depends on what the list does not state)."
    )


def test_graph_text_describes_the_graph() -> None:
    text = build_graph(export(listing(THREE))).text
    assert text.startswith(
        "Example GmbH → Mail, Chat and Quiet. Mail → Germany (not transferred under EU law), India (not adequate"
    )
    assert text.endswith("Quiet → Place: not stated.")


def test_mermaid_of_one_service_is_this_document() -> None:
    text = graph_mermaid.render(export(listing("  a: {name: 'A \"]; click', processing: [CH]}\n"))).decode()
    assert (
        text
        == """\
flowchart LR
  accTitle: Example GmbH: Who passes data to whom, and where
  accDescr: Example GmbH → A "], click. A "], click → Switzerland (adequate under EU law).
  n0(["Example GmbH"])
  n1["A #34;#93;#59; click"]
  n2("Switzerland<br>adequate under EU law")
  n0 --> n1
  n1 --> n2
  linkStyle 1 stroke:#3f57a3
  classDef adequate stroke:#3f57a3,stroke-width:2px
  class n2 adequate
"""
    )


def test_dot_of_one_service_is_this_document() -> None:
    services = r"""  a: {name: 'A "\N &amp;', activation: opt-out}"""
    text = graph_dot.render(export(listing(f"{services}\n"))).decode()
    head, _, rest = text.partition(", tooltip=")
    assert (
        head
        == """\
digraph subprocessors {
  graph [rankdir=LR, compound=true, fontname="sans-serif", label="Example GmbH: Who passes data to whom, and where", labelloc=t"""
    )
    assert (
        rest
        == r""""Example GmbH → A \"\\N &amp;amp;. A \"\\N &amp;amp; → Place: not stated."];
  node [fontname="sans-serif"];
  n0 [label="Example GmbH", shape=box, style=rounded, penwidth=2];
  n1 [label="A \"\\N &amp;amp;", shape=box];
  n2 [label="Place: not stated", shape=ellipse, color="#585f6e", style=dashed];
  n0 -> n1 [style=dashed];
  n1 -> n2 [color="#585f6e"];
}
"""
    )


@pytest.mark.parametrize("services", [THREE, "  {}\n"])
def test_dot_has_each_node_and_edge_once(services: str) -> None:
    given = export(listing(services))
    drawn = build_graph(given)
    lines = graph_dot.render(given).decode().splitlines()
    assert sum(" -> " in line for line in lines) == len(drawn.edges)
    assert sum(line.startswith("  n") and "[label=" in line for line in lines) == len(drawn.nodes)


MANY = "".join(
    f"  s{number}: {{name: Service {number}, processing: [{place}], group: {group}}}\n"
    for number, (place, group) in enumerate([("DE", "Mail"), ("CH", "Mail"), ("IN", '""')] * 7)
).replace(', group: ""', "")


@pytest.mark.parametrize("draw", [graph_dot.render, graph_mermaid.render])
def test_graph_of_many_services_has_them_in_boxes_by_region(draw: Callable[[Export], bytes]) -> None:
    given = export(listing(MANY))
    drawn = build_graph(given)
    assert [(box.label, len(box.nodes)) for box in drawn.boxes] == [
        ("Place: not adequate", 7),
        ("Place: adequate level of protection", 7),
        ("Place: not transferred", 7),
    ]
    assert NodeKind.PLACE not in {node.kind for node in drawn.nodes.values()}
    text = draw(given).decode()
    assert [line for box in drawn.boxes if (line := box.label.partition(": ")[2]) not in text] == []
    assert text.count("Switzerland") >= 7


def test_graph_by_group_has_the_services_without_a_group_last() -> None:
    drawn = build_graph(export(listing(MANY))._replace(grouping=GraphGrouping.GROUP))
    assert [(box.label, len(box.nodes)) for box in drawn.boxes] == [("Mail", 14), ("Other services", 7)]


def test_graph_in_boxes_states_conditions_and_recipients() -> None:
    services = """\
  a:
    name: A
    activation: opt-in
    processing: [{place: IN, how: remote-access}, DE]
    onward: [B]
"""
    drawn = build_graph(export(listing(services))._replace(grouping=GraphGrouping.REGION))
    assert drawn.nodes["service a"].notes == (
        "India (remote access)",
        "Germany",
        "→ B",
        "only after an opt-in",
    )
    assert (
        drawn.boxes[0].label == "Place: not adequate"
    )  # of several places, the one that asks most attention


def test_label_of_a_long_name_is_broken() -> None:
    given = export(listing(f"  a: {{name: {'long name ' * 20}}}\n"))
    drawings = graph_dot.render(given).decode(), graph_mermaid.render(given).decode()
    labels = [
        re.search(pattern, text)
        for pattern, text in zip((r'label="long.*?"', r'"long.*?"'), drawings, strict=True)
    ]
    pieces = [piece for label in labels if label for piece in re.split(r"\\n|<br>", label[0])]
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 50


def test_export_by_of_a_format_that_is_not_a_graph_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "csv", "--by", "group", "-r", "registry.yaml"]) == 2
    assert "csv is not a graph" in capsys.readouterr().err


def test_export_graph_svg_names_graph_dot_and_graphviz(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "graph-svg", "-r", "registry.yaml"]) == 2
    assert capsys.readouterr().err == (
        "subproc: the format graph-svg no longer exists (draw graph-dot with Graphviz: "
        "subproc export graph-dot | dot -Tsvg -o subprocessors.svg)\n"
    )


@pytest.mark.parametrize("draw", [graph_mermaid.render, graph_dot.render])
def test_graph_escapes_a_backslash_that_looks_like_an_escape_once(draw: Callable[[Export], bytes]) -> None:
    text = draw(export(listing(r"  a: {name: 'C \u200c literal', processing: [CH]}" + "\n"))).decode()
    [node] = [line for line in text.splitlines() if line.strip().startswith("n1") and "literal" in line]
    assert node.replace("#92;", "\\").replace("\\\\", "\\").count(r"C \x5cu200c literal") == 1
