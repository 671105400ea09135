"""What is written for a machine is read back as what it was made of, by the readers of the formats."""

import csv
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from sarif_pydantic import Sarif

import subproc_cli
from import_cases import made
from notice_cases import customer
from registry_strategies import FEWER, OWN_CATEGORIES, OWN_REGIONS, Data, in_lines, loaded, registries
from registry_text import listing
from subproc_cli.diff.bump import BumpReport
from subproc_cli.diff.change import bump, compute_next_version, parse_version
from subproc_cli.diff.classify import diff
from subproc_cli.diff.report import ChangesReport, KindReport, KindsReport
from subproc_cli.exporters import feed as atom
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.feed_entries import build_feed
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.exporters.tabular import build_row, to_plain_data
from subproc_cli.history.git import FileCommit
from subproc_cli.history.report import LogReport, build_log_entry
from subproc_cli.history.timeline import Snapshot, iter_history
from subproc_cli.importers import vocabulary
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.report import ImportReport
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.notice.ledger.chain import INITIAL_HASH, build_line
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.ledger.events import build_letter_event, build_letter_facts
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.plan import Request, plan
from subproc_cli.notice.report import NoticePlanReport
from subproc_cli.output import csv as csv_rows
from subproc_cli.output import html, markdown, terminal
from subproc_cli.output import json as json_text
from subproc_cli.output.document import Report
from subproc_cli.output.sanitize import replace_line_breaks, sanitize_line, sanitize_xml
from subproc_cli.overview.categories import CategoriesReport
from subproc_cli.overview.list import ServicesReport
from subproc_cli.overview.matrix import MatrixReport
from subproc_cli.overview.places import PlacesReport
from subproc_cli.overview.show import ServiceReport
from subproc_cli.question.evaluator import ask
from subproc_cli.question.report import AnswersReport
from subproc_cli.reference.categories import find_counterpart
from subproc_cli.registry import change_kinds
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.checks import RULES
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import run_rules
from subproc_cli.rules.formats import gitlab, junit, sarif
from subproc_cli.rules.manual import RuleReport, RulesReport
from subproc_cli.rules.report import FindingsReport
from subproc_cli.rules.rule import RuleContext
from subproc_cli.version import __version__
from subproc_cli.yaml import libyaml

SOURCES = Path(subproc_cli.__file__).parent
DAY = date(2024, 6, 1)
LISTS = registries().map(in_lines)


class Two(NamedTuple):
    """Two revisions of a list."""

    old: Registry
    new: Registry


TWO = st.builds(lambda old, new: Two(loaded(old, "old.yaml"), loaded(new, "new.yaml")), LISTS, LISTS)


# Records and rows


def _bump(two: Two) -> BumpReport:
    known, stated = two.old.model.version, two.new.model.version
    needed = bump(diff(*two))
    following_version = compute_next_version(known, needed)
    enough = parse_version(stated) >= parse_version(following_version)
    return BumpReport(needed, known, following_version, stated, enough, written=False)


def _audience(two: Two) -> NoticePlanReport:
    told = ("name: '=1+1', features: []", "name: Example AG, address: privacy@example.com, language: de")
    customers = tuple(map(customer, told))
    return NoticePlanReport(plan(two, diff(*two), Request(DAY, date(2024, 8, 1)), customers), two)


def _moments(two: Two) -> Any:
    stands = [Snapshot(FileCommit("", "", index.file, "", ""), index.text.encode()) for index in two]
    return tuple(iter_history(stands))


VIEWS: dict[str, Callable[[Two], Report]] = {
    "answers": lambda two: AnswersReport(
        ask(two.new, "see email or process outside the EU", DAY, two.new.model.services)
    ),
    "audience": _audience,
    "bump": _bump,
    "categories": lambda two: CategoriesReport(two.new.category_tree),
    "changes": lambda two: ChangesReport(*two, diff(*two)),
    "intake": lambda two: ImportReport(made(exported("csv", two.new), InputFormat.CSV).report),
    "kind": lambda _: KindReport(change_kinds.KINDS[0]),
    "kinds": lambda _: KindsReport(),
    "log": lambda two: LogReport(tuple(map(build_log_entry, _moments(two)))),
    "matrix": lambda two: MatrixReport(two.new, two.new.model.services, DAY),
    "places": lambda two: PlacesReport(two.new.gazetteer, two.new.model.law, DAY),
    "problems": lambda two: FindingsReport(
        run_rules(RuleContext(two.new, DAY), Selection()), two.new, two.new.text
    ),
    "rule": lambda _: RuleReport(RULES[0]),
    "rules": lambda _: RulesReport(),
    "service": lambda two: ServiceReport(two.new, *next(iter(two.new.model.services.items())), DAY),
    "services": lambda two: ServicesReport(two.new, two.new.model.services, DAY),
}
OTHERS = frozenset(
    ("delivery", "event", "list", "notices", "person", "refusal", "registry", "run", "sent", "status")
)
"""Records that no view shows: the data of the site, letters, an export, a ledger and a run."""


def test_tables_of_this_file_cover_every_record() -> None:
    texts = (path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    named = {name for text in texts for name in re.findall(r'"subproc/([a-z]+)/1"', text)}
    assert named == VIEWS.keys() | OTHERS


@FEWER
@given(two=TWO)
def test_record_and_rows_of_any_report_read_back_the_same(two: Two) -> None:
    for name, build in VIEWS.items():
        note(name)
        if name != "intake" or has_names(two.new):
            check_report(name, build(two))


def check_report(name: str, view: Report) -> None:
    record = view.to_record()
    assert isinstance(record, dict)
    assert record["schema"] == f"subproc/{name}/1"
    assert json.loads(json_text.render(record)) == record
    assert all(
        (
            terminal.render(view.to_document(), 80, colour=False),
            markdown.render(view.to_document()),
            html.render(view.to_document()),
        )
    )
    assert unmarked(csv_rows.render(view.to_rows())) == [
        [sanitize_line(cell) for cell in cells] for cells in view.to_rows()
    ]


def has_names(index: Registry) -> bool:
    """Return whether a service has a name that a table can show: "not stated" in its place is none."""
    silent = vocabulary.load_phrases("silent")
    return any(vocabulary.normalize(each.name) not in silent for each in index.model.services.values())


def unmarked(text: str) -> list[list[str]]:
    """Return the rows of a CSV file without the apostrophe before what a spreadsheet takes for a formula."""
    marked = re.compile(r"'(?='*\s*[=+\-@＝＋－＠])")
    return [
        [marked.sub("", cell, count=1) if marked.match(cell) else cell for cell in cells]
        for cells in csv.reader(StringIO(text, newline=""))
    ]


@FEWER
@given(TWO)
def test_letters_and_ledger_lines_read_back_the_same(two: Two) -> None:
    for notice in _audience(two).plan.notices:
        record = Letter(notice).to_record()
        assert json.loads(json_text.render(record)) == record
        facts = build_letter_facts(notice, [change["text"] for change in record["changes"]])
        event = {**build_letter_event(EventKind.ISSUED, facts, {}), "customer": None}
        entry = json.loads(build_line(event, INITIAL_HASH, "2024-06-01T12:00:00+00:00")[0])
        assert (entry["schema"], entry["event"]) == ("subproc/event/1", "issued")
        assert [each["text"] for each in entry["told"]] == [each["text"] for each in record["changes"]]
        assert entry["changes"] == [each["fingerprint"] for each in record["changes"]]
        assert (entry["effective"], entry["new"]["sha256"]) == (record["effective"], record["new"]["sha256"])


# Exports


def exported(name: str, about: Registry) -> bytes:
    [exporter] = [each for each in EXPORTERS if each.name == name]
    return exporter.load_module().render(Export(about, about.model.services, DAY))


@FEWER
@given(text=LISTS, language=st.sampled_from(find_languages()))
def test_export_of_any_list_is_not_empty(text: str, language: str) -> None:
    about = loaded(text)
    for exporter in EXPORTERS:
        note(exporter.name)
        assert exporter.load_module().render(Export(about, about.model.services, DAY, language)) != b""


@given(LISTS)
def test_json_export_of_any_list_reads_back_the_same(text: str) -> None:
    about = loaded(text)
    record = json.loads(exported("json", about))
    again = made(exported("json", about), InputFormat.JSON).read.model
    assert record == {"schema": "subproc/registry/1", **to_plain_data(about.model)}
    assert once(to_plain_data(again)) == once(to_plain_data(about.model))
    assert [*again.services] == [*about.model.services]


def once(given: Any) -> Any:
    """Return plain data without what a list says twice; what the publisher's own fields hold stays as it is."""
    if isinstance(given, dict):
        return {key: each if key.startswith("x-") else once(each) for key, each in given.items()}
    if isinstance(given, list):
        return [each for at, each in enumerate(map(once, given)) if each not in map(once, given[:at])]
    return given


EVERY = frozenset(Service.model_fields)
CARRIED: dict[str, tuple[InputFormat, frozenset[str]]] = {
    "csv": (InputFormat.CSV, EVERY | {"x-"}),
    "xlsx": (InputFormat.XLSX, EVERY | {"x-"}),
    "cyclonedx": (InputFormat.CYCLONEDX, EVERY | {"x-"}),
    "fides": (InputFormat.FIDES, frozenset(("name",))),
}
"""What each format carries of a service.

Nothing here carries what stands above the services, so the lists have no words of their own. A text that says
that nothing is stated comes back as nothing; tables carry no line ends.
"""


def carried(data: Data, *, own: bool = False) -> Data:
    """Return a list of which a table can carry everything; the list's own words only where they are."""
    head = {name: data[name] for name in ("format", "publisher", "version", "date")}
    return head | {"services": {slugged(key): _carried(each, own) for key, each in data["services"].items()}}


def slugged(key: str) -> str:
    return key.replace("größe", "size")


def _carried(given: Any, own: bool) -> Any:
    if isinstance(given, dict):
        return {_carried(key, own): _carried(each, own) for key, each in given.items()}
    if isinstance(given, list):
        found = [_carried(each, own) for each in given]
        return [each for at, each in enumerate(found) if each not in found[:at]]
    return _word(given, own) if isinstance(given, str) else given


def _word(text: str, own: bool) -> str:
    if text in OWN_CATEGORIES:
        return text if own else "content"
    if text in OWN_REGIONS:
        return text if own else "FI"
    said = slugged(replace_line_breaks(text)).strip()
    return said if said and vocabulary.normalize(said) not in vocabulary.load_phrases("silent") else "said"


@pytest.mark.parametrize("name", CARRIED)
@FEWER
@given(data=registries())
def test_export_of_any_list_reads_back_its_fields(name: str, data: Data) -> None:
    about = loaded(in_lines(carried(data)))
    kind, fields = CARRIED[name]
    again = made(exported(name, about), kind).services
    assert [*again] == [*about.model.services]
    for key, service in about.model.services.items():
        assert only(again[key], fields) == only(service, fields)


@FEWER
@given(data=registries())
def test_csv_export_of_any_list_reads_back_its_own_words(data: Data) -> None:
    head: Data = {name: data[name] for name in ("categories", "regions") if name in data}
    about = loaded(in_lines(carried(data, own=True) | head))
    found = made(exported("csv", about), InputFormat.CSV)
    for key, service in about.model.services.items():
        assert only(found.services[key], EVERY | {"x-"}) == only(service, EVERY | {"x-"})
    assert found.read.model.categories.items() <= about.model.categories.items()
    assert found.read.model.regions.items() <= about.model.regions.items()


def only(service: Service, fields: frozenset[str]) -> Data:
    stated = once(to_plain_data(service))
    return {
        name: each for name, each in stated.items() if ("x-" if name.startswith("x-") else name) in fields
    }


@FEWER
@given(registries())
def test_fides_export_of_any_list_reads_back_its_data(data: Data) -> None:
    about = loaded(in_lines(carried(data)))
    again = made(exported("fides", about), InputFormat.FIDES).services
    for key, service in about.model.services.items():
        known = {find_counterpart(each.data).fideslang for each in service.sees} - {""}
        assert {find_counterpart(each.data).fideslang for each in again[key].sees} == known


@pytest.mark.parametrize("name", ["1e3", "0o17", "1_000", "NO", "2024-01-01", "12:30", "x: y"])
def test_fides_export_reads_the_same_in_yaml_1_1_and_1_2(name: str) -> None:
    about = listing(f"  a: {{name: '{name}'}}\n")
    assert made(exported("fides", about), InputFormat.FIDES).services["a"].name == name
    assert libyaml.yaml.safe_load(exported("fides", about))["system"][0]["name"] == name


@pytest.mark.parametrize("name", ["page", "site", "fides"])
def test_export_of_an_own_link_names_its_key(name: str) -> None:
    about = listing("  a: {name: A, links: {dpa: 'https://example.com/dpa', x-owner: legal team}}\n")
    assert re.search("x-owner.*legal team", exported(name, about).decode(), re.DOTALL)


# The database


@FEWER
@given(LISTS)
def test_sqlite_export_of_any_list_has_the_same_rows(text: str) -> None:
    about = loaded(text)
    tables = read(exported("sqlite", about))
    services = about.model.services
    assert tables["services"] == Counter(
        tuple(cell or None for cell in build_row(*each)) for each in services.items()
    )
    for name, cells in STATED.items():
        assert tables[name] == Counter(
            (key, *cell) for key, each in services.items() for cell in cells(each)
        ), name
    assert tables["categories"] == Counter(
        (each.key, each.label, each.personal, each.special) for each in about.category_tree
    )
    for question, table in (("see {}", "data_answers"), ("process outside {}", "place_answers")):
        subject = {"data_answers": "identity.email", "place_answers": "EU"}[table]
        told = {key: verdict for (key, about_what, verdict, _) in tables[table] if about_what == subject}
        answers = ask(about, question.format(subject), DAY, services).answers
        assert told == {each.key: str(each.verdict) for each in answers}


STATED: dict[str, Callable[[Service], list[tuple[Any, ...]]]] = {
    "sees": lambda it: [(each.data, each.extent, each.when, each.note) for each in it.sees],
    "may_contain": lambda it: [(each.data, inside) for each in it.sees for inside in each.may_contain],
    "never_sees": lambda it: [(each,) for each in it.never_sees],
    "processing": lambda it: [
        (at, place, each.how, each.when, each.note)
        for at, each in enumerate(it.processing)
        for place in each.place
    ],
    "transfers": lambda it: [(each.basis, each.until and str(each.until), each.note) for each in it.transfer],
}
"""The rows of a service in each table, without its id."""


def read(content: bytes) -> dict[str, Counter[tuple[Any, ...]]]:
    """Return the rows of each table of a database, in any order."""
    base = sqlite3.connect(":memory:")
    try:
        base.deserialize(content)
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: Counter(base.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names}  # noqa: S608  its own names
    finally:
        base.close()


# Findings and feeds


@FEWER
@given(LISTS)
def test_check_in_every_format_has_the_same_findings(text: str) -> None:
    about = loaded(text)
    view = FindingsReport(run_rules(RuleContext(about, DAY), Selection()), about, about.text)
    problems, rules = view.to_record()["problems"], RulesReport().to_record()["rules"]
    [log] = Sarif.model_validate(
        json.loads(json_text.render(sarif.build_log(problems, rules, __version__)))
    ).runs
    levels = {"error": "error", "warning": "warning", "info": "note"}
    assert [(each.rule_id, each.level, each.message.text, *spot(each)) for each in log.results or ()] == [
        (
            each["code"],
            levels[each["severity"]],
            each["message"] + (f" ({each['hint']})" if each["hint"] else ""),
            each["where"]["line"],
            each["where"]["column"],
        )
        for each in problems
    ]
    report = json.loads(json_text.render(gitlab.build_report(problems)))
    assert [
        (each["check_name"], each["description"], each["location"]["lines"]["begin"]) for each in report
    ] == [
        (each["name"], f"{each['code']} {each['name']}: {each['message']}", max(1, each["where"]["line"]))
        for each in problems
    ]
    assert len({each["fingerprint"] for each in report}) == len(problems)
    suites = ET.fromstring(junit.render([(each, True) for each in problems], [], rules))
    failures = [line for case in suites.iter("failure") for line in (case.text or "").split("\n")]
    assert sorted(failures) == sorted(sanitize_xml(line_of(each)) for each in problems)


def spot(result: Any) -> tuple[int, int]:
    region = result.locations[0].physical_location.region
    return region.start_line, region.start_column


def line_of(problem: Mapping[str, Any]) -> str:
    where = problem["where"]
    return f"{where['file']}:{where['line']}:{where['column']}: {problem['severity']}: {problem['message']}"


@FEWER
@given(TWO)
def test_feed_of_any_history_has_its_entries(two: Two) -> None:
    made_of = build_feed(_moments(two))
    assert made_of
    space, xhtml = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"
    root = ET.fromstring(atom.render(made_of))
    entries = [
        (
            *(each.findtext(f"{space}{name}") for name in ("id", "title")),
            [point.text for point in each.iter(f"{xhtml}li")],
        )
        for each in root.iter(f"{space}entry")
    ]
    assert entries == [
        (sanitize_xml(each.id), sanitize_xml(each.title), [sanitize_xml(point) for point in each.points])
        for each in made_of.entries
    ]
