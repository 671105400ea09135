"""A list in, the formats that programs and offices read out, each held against its own reader."""

import csv
import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import rdflib
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from docx import Document
from fideslang.default_taxonomy import DEFAULT_TAXONOMY
from fideslang.models import System, Taxonomy
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from registry_text import listing
from subproc_cli.cli.main import main
from subproc_cli.enums import Layout
from subproc_cli.exporters import xlsx
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.formats import EXPORTERS, Exporter
from subproc_cli.exporters.xlsx import CELL_LENGTH_LIMIT
from subproc_cli.history.timeline import iter_history, list_folder_snapshots
from subproc_cli.notice.customers.customers import Customers, load_customers
from subproc_cli.output.reproducible_zip import read_members
from subproc_cli.reference.categories import find_counterpart, load_category_tree
from subproc_cli.reference.service_types import load_service_types
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import read
from subproc_cli.yaml.source import Source

ROOT = Path(__file__).parent.parent.parent
DAY = date(2024, 6, 1)
SMALL = """\
  mail:
    name: Mail
    purpose: sends mail
    sees: [identity.email, {data: telemetry, may_contain: [content], when: 'a; b', extent: partial}]
    never_sees: [payment]
    personal_data: yes
    processing: [DE, {place: [US, IN], how: remote-access}]
    entity: {name: Example Inc, address: 1 Road, country: US}
    transfer: [scc, {basis: dpf, until: 2027-05-01}]
    contact: a@example.com
    links: {website: 'https://example.com'}
    subjects: ['users, visitors']
    x-owner: legal
    x-nest: {a: null, b: []}
  tool: {name: '=1+1', role: vendor}
"""
HOSTILE = listing(
    '  a: {name: "=cmd|x \\u001b[31m \\u202e <b>&\\r\\nBcc: x \\ufffe\\uffff", purpose: "@SUM(1)", x-b: "]]>"}\n'
)


def export(index: Registry | None = None, **given: Any) -> Export:
    about = index or listing(SMALL, head="notice: {days: 30}")
    return Export(about, about.model.services, DAY)._replace(**given)


def render(name: str, given: Export | None = None) -> bytes:
    found = {each.name: each for each in EXPORTERS}
    return found[name].load_module().render(given or export())


def shipped() -> Registry:
    found = load_registry(read(str(ROOT / "registry.yaml")))
    assert isinstance(found, Registry)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
@pytest.mark.parametrize(
    "given", [export(), export(shipped()), export(HOSTILE)], ids=["small", "shipped", "hostile"]
)
def test_render_of_the_same_list_twice_gives_the_same_bytes(exporter: Exporter, given: Export) -> None:
    assert render(exporter.name, given) == render(exporter.name, given) != b""


def test_csv_has_one_column_for_each_field() -> None:
    first, second = csv.DictReader(StringIO(render("csv").decode()))
    assert list(first)[:6] == ["id", "name", "formerly", "replaces", "role", "purpose"]
    assert (first["id"], first["entity.country"], first["links.website"]) == (
        "mail",
        "US",
        "https://example.com",
    )
    assert json.loads(first["sees"]) == [
        "identity.email",
        {"data": "telemetry", "may_contain": ["content"], "extent": "partial", "when": "a; b"},
    ]
    assert json.loads(first["processing"]) == ["DE", {"place": ["US", "IN"], "how": "remote-access"}]
    assert (first["never_sees"], first["personal_data"], first["own"]) == (
        "payment",
        "yes",
        '{"x-owner": "legal", "x-nest": {"a": null, "b": []}}',
    )
    assert (second["name"], second["role"], second["sees"]) == ("'=1+1", "vendor", "")


def test_json_writes_every_field_with_its_defaults() -> None:
    record = json.loads(render("json"))
    assert record["schema"] == "subproc/registry/1"
    assert (record["version"], record["notice"]) == ("1.0.0", {"days": 30})
    assert record["services"]["mail"]["processing"][1] == {"place": ["US", "IN"], "how": "remote-access"}
    assert record["services"]["mail"]["x-owner"] == "legal"
    assert record["services"]["mail"]["x-nest"] == {"a": None, "b": []}
    assert record["services"]["tool"] == {"activation": "always", "name": "=1+1", "role": "vendor"}


@pytest.mark.parametrize("name", ["json", "csv", "csv-long", "xlsx", "cyclonedx"])
@pytest.mark.parametrize("source", ["registry.yaml", "small.yaml"])
def test_export_imported_again_gives_the_same_services(name: str, source: str, tmp_path: Path) -> None:
    file = ROOT / source
    if source == "small.yaml":
        file = tmp_path / source
        head = "format: 1\npublisher: Example GmbH\nversion: 1.0.0\ndate: 2024-01-01\nservices:\n"
        file.write_text(head + SMALL, encoding="utf-8")
    before = load_registry(read(str(file)))
    shown = ["--field", "notes,source,x-owner,x-nest"] if name == "cyclonedx" else []
    extension = next(each.extension for each in EXPORTERS if each.name == name)
    exported = tmp_path / f"list.{extension}"
    imported = tmp_path / "again.yaml"
    assert main(["export", name, "-r", str(file), "-o", str(exported), "--all", *shown]) == 0
    assert main(["import", str(exported), "-o", str(imported)]) == 0
    after = load_registry(read(str(imported)))
    assert isinstance(before, Registry)
    assert isinstance(after, Registry)
    if name in ("json", "csv-long", "xlsx"):
        assert after.model == before.model
        return
    assert list(after.model.services) == list(before.model.services)
    for key, service in before.model.services.items():
        again = after.model.services[key]
        has_own = any(each.data not in load_category_tree() for each in service.sees)
        own_words = has_own and name == "cyclonedx"  # a table defines them in its last columns
        left = {"notes", "sees", "never_sees"} if own_words else set()
        assert again.model_dump(exclude=left) == service.model_dump(exclude=left)
        if own_words:
            assert again.notes  # what a table cannot carry is kept as text


def test_xlsx_of_a_hostile_list_has_no_formula() -> None:
    book = load_workbook(BytesIO(render("xlsx", export(HOSTILE))))
    assert book.sheetnames == ["About", "Services", "Data", "Places", "Statements"]
    sheet = book["Services"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref is not None
    assert sheet["B2"].value == r"=cmd|x \x1b[31m \u202e <b>&  Bcc: x \ufffe\uffff"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert [cell.value for cell in book["Places"][2]][2] == "not stated"


def test_xlsx_of_characters_that_xml_cannot_carry_is_well_formed() -> None:
    bad = r"\0 \x01 \ufffe \uffff"
    head = f"""\
regions: {{"r {bad}": [DE]}}
categories: {{content.zeta: {{label: "l {bad}"}}}}
"x-list {bad}": "{bad}"
"""
    services = f"""\
  a:
    name: "n {bad}"
    purpose: "p {bad}"
    sees: [{{data: content.zeta, note: "s {bad}"}}]
    processing: [{{place: "r {bad}", when: "w {bad}"}}]
    entity: {{name: "e {bad}", country: DE}}
    links: {{website: "https://example.com/{bad}"}}
    "x-own {bad}": "v {bad}"
"""
    content = render("xlsx", export(listing(services, head=head)))
    for part in read_members(content).values():
        ET.fromstring(part)  # raises if it is not well-formed
    book = load_workbook(BytesIO(content))
    texts = {str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row}
    shown = r"\x00 \x01 \ufffe \uffff"
    assert {f"n {shown}", f"x-own {shown}", f"v {shown}", f"https://example.com/{shown}"} <= texts


def test_xlsx_statements_that_look_like_formulas_or_errors_are_texts() -> None:
    content = render("xlsx", export(listing("  a: {name: '=1+1', purpose: '#N/A', contact: '=2'}\n")))
    rows = [[*row] for row in load_workbook(BytesIO(content))["Statements"].iter_rows(min_row=2)]
    found = {row[7].value: (row[5].value, row[10].value) for row in rows if row[4].value == "a"}
    assert found["purpose"] == ("=1+1", "#N/A")
    assert found["contact"] == ("=1+1", "=2")
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}


@pytest.mark.slow
def test_xlsx_changes_end_with_the_exported_revision() -> None:
    moments = tuple(iter_history(list_folder_snapshots(ROOT / "examples" / "caplena")))
    about = moments[4].new
    assert about
    sheet = load_workbook(BytesIO(render("xlsx", export(about, history=moments))))["Changes"]
    versions = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert versions[0] == about.model.version == "4.0.0"
    assert "6.0.0" not in versions


def test_xlsx_matrix_has_the_verdicts() -> None:
    heads, *rows = load_workbook(BytesIO(render("xlsx")))["Data"].iter_rows(values_only=True)
    labels = [str(head).replace("\n", " ") for head in heads]
    found = [dict(zip(labels, row, strict=True)) for row in rows]
    assert [each["Service"] for each in found] == ["Mail", "=1+1"]
    assert [
        tuple(each[key] for each in found) for key in ("email address", "payment data", "customer content")
    ] == [
        ("yes", "no"),  # the second is a vendor that states nothing
        ("no", "cannot be ruled out"),
        ("cannot be ruled out", "cannot be ruled out"),
    ]


def test_xlsx_data_of_a_service_that_sees_one_thing_is_some_data_and_not_everything() -> None:
    about = listing("  a: {name: A, sees: [identity.email], never_sees: [content]}\n")
    heads, row = load_workbook(BytesIO(render("xlsx", export(about))))["Data"].iter_rows(values_only=True)
    answers = dict(zip((str(head).replace("\n", " ") for head in heads), row, strict=True))
    assert "everything" not in answers
    assert (answers["any data at all"], answers["email address"], answers["customer content"]) == (
        "yes",
        "yes",
        "no",
    )


def test_xlsx_places_name_the_countries_of_own_regions_and_the_products() -> None:
    about = listing(
        "  a: {name: A, processing: [north, {place: [north, US], products: [Surveys]}]}\n",
        head="regions: {north: [FI, SE]}",
    )
    _, *rows = load_workbook(BytesIO(render("xlsx", export(about))))["Places"].iter_rows(values_only=True)
    assert [(row[2], row[6]) for row in rows] == [
        ("north (Finland or Sweden)", None),
        ("north (Finland or Sweden) or United States", "Surveys"),
    ]


def test_xlsx_for_people_has_days_links_and_answers() -> None:
    about = listing(
        "  a: {name: A, since: 2026-03-01, links: {website: 'https://example.com/'}, processing: [US]}\n"
    )
    heads, row = load_workbook(BytesIO(render("xlsx", export(about))))["Services"].iter_rows()
    cells = {str(head.value): cell for head, cell in zip(heads, row, strict=True)}
    assert str(cells["In use from"].value) == "2026-03-01 00:00:00"
    link = cells["website"].hyperlink
    assert link is not None
    assert link.target == "https://example.com/"
    assert cells["outside the EEA"].value == "yes"
    assert cells["Processing"].value == "United States"


def test_xlsx_links_are_at_their_services() -> None:
    about = listing(
        "  a: {name: A}\n"
        "  b: {name: B, links: {website: 'https://b.example', privacy: 'https://b.example/?a&b'}}\n"
        "  c: {name: C, links: {website: 'https://c.example'}}\n"
    )
    _, *rows = load_workbook(BytesIO(render("xlsx", export(about))))["Services"].iter_rows()
    links = [(cell.row, cell.value, cell.hyperlink.target) for row in rows for cell in row if cell.hyperlink]
    assert links == [
        (3, "https://b.example", "https://b.example"),
        (3, "https://b.example/?a&b", "https://b.example/?a&b"),
        (4, "https://c.example", "https://c.example"),
    ]


def test_xlsx_with_more_links_than_excel_opens_has_the_other_addresses_as_texts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx, "LINKS_LIMIT", 2)
    about = listing(
        "".join(f"  {key}: {{name: A, links: {{website: 'https://{key}.example'}}}}\n" for key in "abc")
    )
    _, *rows = load_workbook(BytesIO(render("xlsx", export(about))))["Services"].iter_rows()
    found = [
        (cell.value, cell.hyperlink is not None) for row in rows for cell in row if "://" in str(cell.value)
    ]
    assert found == [("https://a.example", True), ("https://b.example", True), ("https://c.example", False)]


def test_xlsx_texts_that_look_like_codes_of_characters_are_read_as_they_are(tmp_path: Path) -> None:
    name = "_x0041_x0042_ \\_x0043_"
    about = listing(f"  a: {{name: '{name}', x-a: '_x0041_', x-b: {{c: ['{name}']}}}}\n")
    content = render("xlsx", export(about))
    book = load_workbook(BytesIO(content))
    assert unescape(str(book["Services"]["B2"].value)) == name
    values = [str(row[-1]) for row in book["Statements"].iter_rows(values_only=True)]
    assert values == [unescape(value) for value in values]
    (tmp_path / "list.xlsx").write_bytes(content)
    assert main(["import", str(tmp_path / "list.xlsx"), "-o", str(tmp_path / "again.yaml")]) == 0
    after = load_registry(read(str(tmp_path / "again.yaml")))
    assert isinstance(after, Registry)
    assert after.model == about.model


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("1900-02-28", "1900-02-28"),
        ("1900-03-01", "1900-03-01 00:00:00"),
        ("2026-03-01", "2026-03-01 00:00:00"),
    ],
)
def test_xlsx_day_that_excel_counts_wrongly_is_a_text(day: str, value: str) -> None:
    _, row = load_workbook(BytesIO(render("xlsx", export(listing(f"  a: {{name: A, since: {day}}}\n")))))[
        "Services"
    ].iter_rows(values_only=True)
    assert value in map(str, row)


def test_xlsx_sheets_have_widths_frozen_panes_filters_and_lines() -> None:
    about = listing("  a: {name: A, purpose: '" + "long " * 30 + "', processing: [DE, US]}\n")
    sheet = load_workbook(BytesIO(render("xlsx", export(about))))["Services"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.column_dimensions["C"].width == 50
    assert (sheet.row_dimensions[1].height, sheet.row_dimensions[2].height) == (15, 60)
    assert sheet["A1"].font.b
    assert sheet["C2"].alignment.wrap_text


def test_xlsx_in_a_language_has_labels_and_answers_in_it() -> None:
    book = load_workbook(
        BytesIO(render("xlsx", export(listing("  a: {name: A, processing: [US]}\n"), language="de")))
    )
    heads, row = book["Dienste"].iter_rows(values_only=True)
    assert dict(zip(heads, row, strict=True))["außerhalb des EWR"] == "ja"


def test_xlsx_names_list_version_day_and_hash_first() -> None:
    about = listing("  a: {name: A}\n")
    rows = {
        str(name): str(value)
        for name, value in load_workbook(BytesIO(render("xlsx", export(about))))["About"].iter_rows(
            values_only=True
        )
    }
    assert rows["SHA-256 hash of the list"] == about.sha256
    assert rows["Version"] == about.model.version


@pytest.mark.parametrize(
    ("language", "header", "states"),
    [
        ("en", "State", ["announced, but not yet in use", "in use", "no longer in use"]),
        ("de", "Status", ["angekündigt, aber noch nicht im Einsatz", "im Einsatz", "nicht mehr im Einsatz"]),
        ("fr", "État", ["annoncé, mais pas encore utilisé", "utilisé", "n’est plus utilisé"]),
    ],
)
def test_csv_in_a_language_states_which_services_are_in_use(
    language: str, header: str, states: list[str]
) -> None:
    about = listing("  a: {name: A, since: 2199-01-01}\n  b: {name: B}\n  c: {name: C, until: 2000-01-01}\n")
    rows = csv.DictReader(
        StringIO(render("csv", export(about, language=language, is_for_people=True)).decode())
    )
    assert [row[header] for row in rows] == states


def test_csv_in_a_language_has_words_instead_of_codes() -> None:
    about = listing("  a: {name: A, processing: [US], sees: [identity.email]}\n")
    (row,) = csv.DictReader(
        StringIO(render("csv", export(about, language="de", is_for_people=True)).decode())
    )
    assert row["außerhalb des EWR"] == "ja"
    assert "E-Mail" in row["Zugriff auf"]


def test_sqlite_views_answer_the_two_questions() -> None:
    base = sqlite3.connect(":memory:")
    base.deserialize(render("sqlite", export(shipped())))
    emails = dict(base.execute("SELECT name, verdict FROM sees_email"))
    outside = dict(base.execute("SELECT name, verdict FROM outside_eu"))
    assert (emails["DeepL"], emails["Close"], emails["Stripe"]) == ("no", "yes", "unknown")
    assert (outside["Intercom"], outside["Google Cloud"], outside["Close"]) == ("yes", "no", "unknown")
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("SELECT count(*) FROM services").fetchone() == (13,)
    base.close()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            ["# Annex III: List of sub-processors", "- **Address**: 1 Road", "- **Duration**: not stated"],
        ),
        ("de", ["# Anhang III: Liste der Unterauftragsverarbeiter", "- **Anschrift**: 1 Road"]),
        ("fr", ["# Annexe III\u00a0: liste des sous-traitants ultérieurs", "- **Adresse**\u00a0: 1 Road"]),
    ],
)
def test_annex_iii_in_each_language_has_its_headings(language: str, expected: list[str]) -> None:
    text = render("annex-iii", export(language=language)).decode()
    assert all(line in text.splitlines() for line in expected)
    assert "1+1" not in text  # a vendor is no sub-processor
    document = Document(BytesIO(render("annex-iii-docx", export(language=language))))
    assert document.paragraphs[0].text == expected[0].removeprefix("# ")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Example Inc" in cells


PLACES = """\
  mail: {name: Mail, processing: [DE, {place: IN, how: remote-access}, {place: US, when: the US region is chosen}]}
  group: {name: Group, role: affiliate, processing: [DE, EU]}
  quiet: {name: Quiet}
  bank: {name: Bank, role: controller, entity: {name: Example Bank}}
  own: {name: Own, role: processor}
  tool: {name: Tool, role: vendor}
"""


def test_record_of_a_service_has_no_blank_cell() -> None:
    heads, first = csv.reader(StringIO(render("record").decode()))
    asked = [head for head in heads[1:] if "Art. 30(2)" in head]
    assert [head for head in heads[1:] if head not in asked] == [
        "Basis of transfers",
        "Sub-processor: name and address (addition)",
        "Sub-processor: contact details (addition)",
        "Purpose (addition)",
        "Categories of data (addition)",
        "What this record does not hold",
    ]
    assert "" not in first
    assert first[1:3] == ["Example GmbH", "not stated"]
    assert first[4:8] == [
        "sends mail",
        "United States or India (remote access)",
        "standard contractual clauses (Art. 46(2)(c) GDPR); EU-US Data Privacy Framework (Art. 45 GDPR), until 1 May 2027; United States or India: whether it is adequate under EU law depends on what the list does not state",
        "not stated",
    ]
    assert first[10:12] == ["Example Inc, 1 Road", "a@example.com"]
    assert first[-1].startswith(
        "the names and contact details of the controllers; the contact details of the"
    )


def test_the_record_is_that_of_the_publisher_with_the_contacts_of_the_list() -> None:
    head = "contacts: {privacy: {name: Privacy team, address: 1 Street, mail: p@example.com}, dpo: {name: D. Officer}}"
    about = listing("  mail: {name: Mail, service_type: email-delivery, purpose: p}\n", head=head)
    heads, row = csv.reader(StringIO(render("record", export(about)).decode()))
    cells = dict(zip(heads, row, strict=True))
    assert cells["Processor: name and address (Art. 30(2)(a) GDPR)"] == "Example GmbH, 1 Street"
    assert cells["Processor: contact details (Art. 30(2)(a) GDPR)"] == "Privacy team, p@example.com"
    assert cells["Data protection officer (Art. 30(2)(a) GDPR)"] == "D. Officer"
    assert cells["Categories of processing (Art. 30(2)(b) GDPR)"] == "email delivery"
    assert "the contact details of the processor" not in cells["What this record does not hold"]


CUSTOMERS = """\
customers:
- {name: Cloud User GmbH, address: [dpo@a.example.com], contact: Legal, products: [cloud]}
- {name: Desk User plc, products: [desk]}
- {name: Unknown SA}
"""


def test_record_names_the_customers_that_a_service_concerns() -> None:
    about = listing(
        "  a: {name: A, products: [cloud, desk], processing: [IN], transfer: [derogation]}\n"
        "  b: {name: B, products: [cloud], processing: [DE]}\n"
    )
    customers = load_customers(Source("customers.yaml", CUSTOMERS.encode()))
    assert isinstance(customers, Customers)
    heads, *rows = csv.reader(
        StringIO(render("record", export(about, customers=customers.customers)).decode())
    )
    of, absent = (
        heads.index("On behalf of (Art. 30(2)(a) GDPR)"),
        heads.index("What this record does not hold"),
    )
    assert [row[of] for row in rows] == [
        "Cloud User GmbH, Legal, dpo@a.example.com; Desk User plc; Unknown SA",
        "Cloud User GmbH, Legal, dpo@a.example.com; Unknown SA",
    ]
    assert "the names and contact details of the controllers" not in rows[0][absent]
    assert rows[0][absent].startswith("the contact details of Desk User plc and Unknown SA;")
    assert rows[1][absent].startswith("the contact details of Unknown SA;")
    assert ["suitable safeguards" in row[absent] for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("contacts", "absent"),
    [
        ("", ["the data protection officer and the representative, if there are any"]),
        ("contacts: {dpo: {name: X}}", ["the representative, if there is one"]),
        ("contacts: {representative: {name: X}}", ["the data protection officer, if there is one"]),
        ("contacts: {dpo: {name: X}, representative: {name: Y}}", []),
    ],
)
def test_record_names_the_officer_or_the_representative_as_absent_only_if_it_is(
    contacts: str, absent: list[str]
) -> None:
    about = listing("  a: {name: A}\n", head=contacts)
    heads, row = csv.reader(StringIO(render("record", export(about)).decode()))
    cell = row[heads.index("What this record does not hold")]
    assert [each for each in cell.split("; ") if "officer" in each or "representative, " in each] == [
        *absent,
        "the representatives and the data protection officers of the controllers, if there are any",
    ]


def test_record_under_swiss_law_asks_for_no_officer() -> None:
    about = listing("  a: {name: A}\n", head="law: [ch-fadp]")
    text = render("record", export(about, as_of=date(2026, 6, 1))).decode()
    heads, row = csv.reader(StringIO(text))
    assert "Data protection advisor (addition)" in heads
    assert "data protection officer" not in row[-1]


@pytest.mark.parametrize(
    ("law", "health", "criminal", "articles"),
    [
        ("eu-gdpr", "special category of personal data", "data on criminal convictions and offences", ["Art. 10 GDPR", "Art. 9 GDPR"]),
        ("ch-fadp", "sensitive personal data", "sensitive personal data", ["Art. 5(c)(2) FADP", "Art. 5(c)(5) FADP"]),
    ],
)  # fmt: skip
def test_sensitive_data_is_that_of_the_laws_of_the_list(
    law: str, health: str, criminal: str, articles: list[str], tmp_path: Path
) -> None:
    about = listing("  a: {name: A, sees: [special.health, criminal, usage]}\n", head=f"law: [{law}]")
    (service,) = json.loads(render("cyclonedx", export(about, as_of=date(2026, 6, 1))))["services"]
    assert [each["classification"] for each in service["data"]] == [
        health,
        criminal,
        "possibly personal data",
    ]
    (tmp_path / "list.db").write_bytes(render("sqlite", export(about, as_of=date(2026, 6, 1))))
    with closing(sqlite3.connect(tmp_path / "list.db")) as database:
        query = (
            "SELECT article FROM sensitive WHERE category IN ('special.health', 'criminal') ORDER BY article"
        )
        assert [article for (article,) in database.execute(query)] == articles


def test_record_has_subprocessors_and_transfer_conditions() -> None:
    heads, *rows = csv.reader(StringIO(render("record", export(listing(PLACES))).decode()))
    at = next(place for place, head in enumerate(heads) if head.startswith("Transfers "))
    assert [(row[0], row[at], row[at + 1]) for row in rows] == [
        ("Mail", "India (remote access); United States (when the US region is chosen)", "not stated"),
        (
            "Group",
            "no transfer stated; every stated place of processing lies within the EEA",
            "no basis stated; every stated place of processing lies within the EEA",
        ),
        ("Quiet", "not stated", "not stated"),
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "no basis stated; every stated place of processing lies within the EEA"),
        ("de", "keine Grundlage angegeben; alle angegebenen Verarbeitungsorte liegen im EWR"),
        (
            "fr",
            "aucun fondement indiqué ; tous les lieux de traitement indiqués se situent dans l’EEE",
        ),
    ],
)
def test_annex_and_record_without_a_basis_state_that_none_is_given(language: str, expected: str) -> None:
    given = export(listing(PLACES), language=language)
    for name in ("annex-iii", "record"):
        assert render(name, given).decode().count(expected) == 1


@pytest.mark.parametrize(
    ("law", "place", "leaves", "rests"),
    [
        ("[uk-gdpr]", "GB", "lies within the United Kingdom", "the United Kingdom"),
        ("[uk-gdpr]", "DE", "Germany", "covered by UK adequacy regulations (Art. 45 UK GDPR)"),
        ("[ch-fadp]", "CH", "lies within Switzerland", "lies within Switzerland"),
        ("[ch-fadp]", "DE", "Germany", "finding of adequacy by the Federal Council (Art. 16(1) FADP)"),
        ("[eu-gdpr]", "GB", "United Kingdom", "covered by an adequacy decision (Art. 45 GDPR)"),
        ("[eu-gdpr, uk-gdpr]", "GB", "United Kingdom (under EU law)", "lies within the United Kingdom"),
        ("[eu-gdpr]", "IN", "India", "not stated"),
        ("[eu-gdpr, uk-gdpr]", "DE", "Germany (under UK law)", "lies within the EEA"),
    ],
)
def test_record_names_third_countries_under_the_laws_of_the_list(
    law: str, place: str, leaves: str, rests: str
) -> None:
    about = listing(f"  mail: {{name: Mail, processing: [{place}]}}\n", head=f"law: {law}\n")
    heads, row = csv.reader(StringIO(render("record", export(about)).decode()))
    at = next(place for place, head in enumerate(heads) if head.startswith("Transfers "))
    assert row[at].endswith(leaves)
    assert row[at + 1].endswith(rests)
    assert (rests in render("annex-iii", export(about)).decode()) is True


ODD = listing(
    """\
  société:
    name: Société
    sees:
      - special.union
      - {data: content.topics, extent: partial, when: 'a: b'}
      - {data: identity.email, may_contain: [content], note: in headers}
    processing: [DE, {place: IN, how: remote-access}, {place: [US, CA], when: the US region is chosen}]
    transfer: [derogation, {basis: scc, note: module 3}]
    subjects: ["users, visitors", "Bewerber:innen", 会員]
  societe: {name: Societe, subjects: [users], sees: [special.union]}
""",
    head="categories: {content.topics: {label: topics}}",
)
"""A list with ids and subjects that are no keys elsewhere, and statements that other vocabularies have no word for."""


def as_graph(given: Registry) -> rdflib.Graph:
    return rdflib.Graph().parse(data=render("dpv", export(given)), format="json-ld")


DPV = rdflib.Namespace("https://w3id.org/dpv#")
GDPR = "https://w3id.org/dpv/legal/eu/gdpr#"


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib of itself
@pytest.mark.parametrize(("index", "count"), [(shipped(), 13), (ODD, 2)])
def test_dpv_uses_only_known_terms(index: Registry, count: int) -> None:
    graph = as_graph(index)
    assert len(set(graph.subjects(rdflib.RDF.type, DPV.Process))) == count
    known = {find_counterpart(category.key).dpv for category in load_category_tree()}
    data = {str(each) for each in graph.objects(None, DPV.hasPersonalData)}
    assert data
    assert data <= known
    roles = {str(kind) for kind in graph.objects(None, rdflib.RDF.type)}
    assert str(DPV.DataSubProcessor) in roles
    bases = {str(each) for each in graph.objects(None, DPV.hasLegalBasis)}
    assert bases <= {f"{GDPR}{each}" for each in ("A45-3", "A46-2-b", "A46-2-c")}


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib of itself
def test_dpv_without_a_term_writes_a_comment() -> None:
    graph = as_graph(ODD)
    (process,) = graph.subjects(rdflib.DCTERMS.identifier, rdflib.Literal("société"))
    assert {str(each) for each in graph.objects(process, rdflib.RDFS.comment)} == {
        "sees: part of: topics (when a: b)",
        "sees: email address (may contain customer content; in headers)",
        "processes in: India (remote access)",
        "processes in: United States or Canada (when the US region is chosen)",
        "transfer basis: derogation (Art. 49 GDPR)",
        "transfer basis: standard contractual clauses (Art. 46(2)(c) GDPR) (module 3)",
    }
    assert [str(each) for each in graph.objects(process, DPV.hasLegalBasis)] == [f"{GDPR}A46-2-c"]
    places = {str(each) for each in graph.objects(process, DPV.hasLocation)}
    assert places == {"https://w3id.org/dpv/loc#DE", "https://w3id.org/dpv/loc#IN"}


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib of itself
def test_dpv_of_an_unknown_place_has_no_location() -> None:
    graph = as_graph(listing("  a: {name: A, processing: [unknown]}\n"))
    (process,) = graph.subjects(rdflib.RDF.type, DPV.Process)
    assert not list(graph.objects(process, DPV.hasLocation))
    assert "processes in: unknown place" in set(map(str, graph.objects(process, rdflib.RDFS.comment)))


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib of itself
def test_dpv_ids_belong_to_the_publisher_or_to_the_address_of_the_list() -> None:
    one, two = (
        as_graph(about.with_model(about.model.model_copy(update={"publisher": name})))
        for name, about in (
            ("One", listing("  stripe: {name: Stripe, role: subprocessor, processing: [IE]}\n")),
            ("Two", listing("  stripe: {name: Stripe, role: processor, processing: [US]}\n")),
        )
    )
    assert not set(one.subjects(rdflib.RDF.type, DPV.Process)) & set(
        two.subjects(rdflib.RDF.type, DPV.Process)
    )
    ((_, processor),) = one.subject_objects(DPV.hasDataProcessor)
    ((_, controller),) = two.subject_objects(DPV.hasDataController)
    names = one.value(processor, DPV.hasName), two.value(controller, DPV.hasName)
    assert [str(each) for each in names] == ["One", "Two"]
    published = export(listing("  stripe: {name: Stripe}\n"), url="https://example.com/subprocessors")
    graph = rdflib.Graph().parse(data=render("dpv", published), format="json-ld")
    ids = {str(each) for each in graph.subjects(rdflib.RDF.type, DPV.Process)}
    assert "https://example.com/subprocessors#stripe" in ids


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib of itself
def test_dpv_states_entity_retention_certificates_and_the_condition_of_use() -> None:
    graph = as_graph(
        listing(
            """\
  a:
    name: A
    role: vendor
    service_type: [marketing, hosting]
    activation: opt-in
    condition: the customer agrees
    entity: {name: A Oy, country: FI, parent: {name: A Holding, country: US}}
    retention: {days: 30, after: the end}
    certifications: [ISO 27001]
    sees: [{data: device, products: [X]}]
    processing: [{place: DE, products: [X]}]
"""
        )
    )
    (process,) = graph.subjects(rdflib.RDF.type, DPV.Process)
    entity = graph.value(process, DPV.hasThirdParty)
    assert graph.value(process, DPV.hasRecipient) is None  # a vendor sees none
    assert str(graph.value(entity, DPV.hasCountry)) == "https://w3id.org/dpv/loc#FI"
    assert str(graph.value(graph.value(entity, DPV.isSubsidiaryOf), DPV.hasName)) == "A Holding"
    assert DPV.Marketing in set(graph.objects(process, DPV.hasPurpose))
    duration = graph.value(graph.value(process, DPV.hasStorageCondition), DPV.hasDuration)
    assert str(graph.value(duration, rdflib.RDF.value)) == "P30D"
    measure = graph.value(process, DPV.hasTechnicalOrganisationalMeasure)
    assert str(graph.value(measure, rdflib.RDFS.label)) == "ISO 27001"
    assert not list(graph.objects(process, DPV.hasPersonalData))
    assert not list(graph.objects(process, DPV.hasLocation))
    assert {str(each) for each in graph.objects(process, rdflib.RDFS.comment)} == {
        "sees: device data (for customers of X)",
        "processes in: Germany (for customers of X)",
        "Service type: marketing; hosting",
        "Used: only after an opt-in (the customer agrees)",
    }


@pytest.mark.parametrize(
    ("index", "keys"),
    [(shipped(), ["google-cloud", "datadog"]), (ODD, ["societe-477ead60", "societe"])],
)
def test_fides_manifest_is_valid_for_fides(index: Registry, keys: list[str]) -> None:
    systems = [
        System.model_validate(each) for each in yaml.safe_load(render("fides", export(index)))["system"]
    ]
    known = {each.fides_key for each in DEFAULT_TAXONOMY.data_category}
    flows = [each for system in systems for each in system.ingress or ()]
    assert flows
    assert {key for each in flows for key in each.data_categories or ()} <= known
    uses = {each.fides_key for each in DEFAULT_TAXONOMY.data_use}
    assert {each.data_use for system in systems for each in system.privacy_declarations} <= uses
    assert [each.fides_key for each in systems][:2] == keys


def test_fides_manifest_describes_facts_without_a_field() -> None:
    first, second, publisher = yaml.safe_load(render("fides", export(ODD)))["system"]
    assert first["description"].splitlines() == [
        "Purpose: not stated",
        "Sees: trade union membership; part of: topics (when a: b); email address (may contain customer content; in headers)",
        "Whose data: users, visitors; Bewerber:innen; 会員",
        "Processing: Germany; India (remote access); United States or Canada (when the US region is chosen)",
        "Transfers: derogation (Art. 49 GDPR); standard contractual clauses (Art. 46(2)(c) GDPR) (module 3)",
        "Role: subprocessor",
        "Used: always",
        "Not stated: name of the legal entity, address of the legal entity, country of the legal entity, purpose, contact, data processing agreement, how long data is kept, certifications, further recipients and start of use",
    ]
    (flow,) = first["ingress"]
    assert (flow["fides_key"], flow["type"]) == (publisher["fides_key"], "system")
    assert flow["data_categories"] == ["user.content", "user.contact.email"]
    assert second["privacy_declarations"] == []


def test_fides_fields_say_what_is_known_and_nothing_else() -> None:
    manifest = yaml.safe_load(
        render(
            "fides",
            export(
                listing(
                    """\
  a:
    name: A
    service_type: analytics
    sees: [identity.email]
    subjects: [visitors]
    processing: [US]
    transfer: [scc, bcr]
    entity: {name: A Inc., address: 1 Road}
    contact: privacy@a.example
    retention: 30 days
    onward: [B, C]
    links: {privacy: "https://a.example/privacy", security: "https://a.example/security"}
    certifications: [SOC 2]
  b: {name: B, role: vendor, service_type: [marketing, sales]}
"""
                )
            ),
        )
    )
    taxonomy = Taxonomy.model_validate(manifest)
    first, second, publisher = taxonomy.system
    assert (first.legal_name, first.legal_address, first.dpo) == ("A Inc.", "1 Road", "privacy@a.example")
    assert str(first.privacy_policy) == "https://a.example/privacy"
    assert first.data_security_practices == "SOC 2; https://a.example/security"
    assert first.responsibility == ["Sub-Processor"]
    assert first.does_international_transfers
    assert first.legal_basis_for_transfers == ["SCCs", "BCRs"]
    (declaration,) = first.privacy_declarations
    assert declaration.data_use in {each.fides_key for each in DEFAULT_TAXONOMY.data_use}
    assert declaration.data_subjects == [each.fides_key for each in taxonomy.data_subject] == ["visitors"]
    assert (declaration.retention_period, declaration.third_parties) == ("30 days", "B; C")
    assert [each.fides_key for each in first.egress or ()] == ["b"]
    assert [each.fides_key for each in first.ingress or ()] == [publisher.fides_key]
    # nothing is known of the second one but that it is a vendor
    assert manifest["system"][1].keys() == {
        *(
            "fides_key",
            "name",
            "description",
            "system_type",
            "processes_personal_data",
            "privacy_declarations",
        )
    }
    assert (second.processes_personal_data, second.privacy_declarations) == (False, [])


def test_fides_uses_of_service_types_are_keys_of_fideslang() -> None:
    known = {each.fides_key for each in DEFAULT_TAXONOMY.data_use}
    used = {each.fideslang for each in load_service_types().values()} - {""}
    assert used
    assert used <= known


@pytest.mark.parametrize("index", [None, shipped(), HOSTILE])
def test_cyclonedx_is_valid(index: Registry | None) -> None:
    content = render("cyclonedx", export(index)).decode()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(content) is None
    bill = json.loads(content)
    assert bill["services"][0]["name"]
    component = bill["metadata"]["component"]
    assert bill["dependencies"][0] == {
        "ref": component["bom-ref"],
        "dependsOn": [each["bom-ref"] for each in bill["services"]],
    }


def test_cyclonedx_has_provider_references_and_direction() -> None:
    about = listing(
        """\
  a:
    name: A
    sees: [identity.email]
    entity: {name: A Oy, address: "Katu 1, Helsinki", country: FI}
    contact: privacy@a.example
    links: {website: "https://a.example", dpa: "https://a.example/dpa"}
"""
    )
    (service,) = json.loads(render("cyclonedx", export(about)))["services"]
    assert service["provider"] == {
        "name": "A Oy",
        "address": {"country": "FI", "streetAddress": "Katu 1, Helsinki"},
        "url": ["https://a.example"],
        "contact": [{"email": "privacy@a.example"}],
    }
    assert [(each["type"], each["url"]) for each in service["externalReferences"]] == [
        ("website", "https://a.example"),
        ("other", "https://a.example/dpa"),
    ]
    assert [each["flow"] for each in service["data"]] == ["inbound"]  # into the service


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
def test_render_of_hostile_names_is_text_in_every_format(exporter: Exporter) -> None:
    content = render(exporter.name, export(HOSTILE))
    if exporter.name in ("sqlite", "parquet"):  # for programs: every text as it is
        return
    parts = read_members(content) if exporter.is_binary else {exporter.extension: content}
    read = {name: part.decode() for name, part in parts.items() if not name.endswith("jpeg")}
    for name, text in read.items():
        if name.endswith(("xml", "rels")):
            ET.fromstring(text)
        assert not set(text) & set("\x1b\u202e")
        assert "\nBcc" not in text
    assert any("[31m" in text or "#91;31m" in text for text in read.values())  # the name is there


def test_sqlite_is_a_database_that_keeps_its_own_constraints() -> None:
    base = sqlite3.connect(":memory:")
    base.deserialize(render("sqlite"))
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    base.close()


def test_sqlite_keeps_hostile_names_unchanged() -> None:
    base = sqlite3.connect(":memory:")
    base.deserialize(render("sqlite", export(HOSTILE)))
    assert base.execute("SELECT name FROM services").fetchone() == (HOSTILE.model.services["a"].name,)
    base.close()


@pytest.mark.parametrize("letter", ["n", "\U0001f600"])  # the second one counts twice
def test_xlsx_cell_that_is_shortened_says_so(letter: str) -> None:
    for length, end in ((1_000, letter), (40_000, " … [cut here; in full it has 40000 characters]")):
        about = listing(f"  a: {{name: A, notes: {letter * length}}}\n")
        heads, cells = load_workbook(BytesIO(render("xlsx", export(about))))["Services"].iter_rows(
            values_only=True
        )
        note = str(dict(zip(heads, cells, strict=True))["Notes"])
        assert note.endswith(end)
        assert len(note.encode("utf-16-le")) <= 2 * CELL_LENGTH_LIMIT


def test_export_with_where_and_output_writes_the_selection(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "list.csv"
    list_ = str(ROOT / "registry.yaml")
    assert main(["export", "csv", "-r", list_, "--where", "process outside the EU", "-o", str(out)]) == 0
    assert [row["id"] for row in csv.DictReader(StringIO(out.read_text("utf-8")))] == ["intercom"]
    assert "left out because the list does not state it: stripe" in capsys.readouterr().err
    assert main(["export", "json", "-r", list_, "--lang", "de"]) == 2
    assert main(["export", "sqlit", "-r", list_]) == 2
    assert "did you mean sqlite?" in capsys.readouterr().err


def test_render_of_an_empty_list_works_in_every_format() -> None:
    text = b"format: 1\npublisher: P\nversion: 1.0.0\ndate: 2024-01-01\nservices: {}\n"
    empty = load_registry(Source("empty.yaml", text))
    assert isinstance(empty, Registry)
    for each in EXPORTERS:
        content = each.load_module().render(export(empty))
        assert content or each.name == "ndjson"  # a stream of nothing


def read_annex(**changes: Any) -> Any:
    exporter = next(each for each in EXPORTERS if each.name == "annex-iii-docx")
    return Document(BytesIO(exporter.render(export()._replace(**changes))))


def test_annex_in_word_is_a4_with_page_numbers_version_and_hash() -> None:
    document = read_annex()
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    footer = section.footer.paragraphs[0]
    assert "Version " in footer.text
    assert "SHA-256 " in footer.text
    assert re.findall(r"<w:instrText[^>]*>(\w+)<", section.footer.part.element.xml) == ["PAGE", "NUMPAGES"]
    rows = [row for table in document.tables for row in table.rows]
    assert document.element.xml.count("<w:cantSplit/>") == len(rows)


def test_annex_in_word_as_a_table_has_one_row_for_each_sub_processor() -> None:
    document = read_annex(layout=Layout.TABLE)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    (table,) = document.tables
    listed = read_annex()
    names = [each.text for each in listed.paragraphs if each.style.name == "Heading 2"]
    assert [row.cells[0].text for row in table.rows] == ["Service", *names]
    assert document.element.xml.count("<w:tblHeader/>") == 1
    facts = "\n".join(cell.text for each in listed.tables for row in each.rows for cell in row.cells[1:])
    cells = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert [line for line in facts.split("\n") if line not in cells] == []


def test_annex_in_word_ends_with_a_block_for_signatures_if_asked() -> None:
    assert "Signature" not in read_annex().tables[-1].rows[-1].cells[0].text
    customer, publisher = read_annex(has_signatures=True).tables[-1].rows[0].cells
    assert customer.text.startswith("For the customer")
    assert publisher.text.startswith("For ")
    assert [
        text for text in ("Place and date", "Name and position", "Signature") if text not in customer.text
    ] == []


def test_record_in_word_states_the_publisher_once_and_every_cell_of_the_record() -> None:
    exporters = {each.name: each for each in EXPORTERS}
    document = Document(BytesIO(exporters["record-docx"].render(export())))
    (_, *headings), *rows = csv.reader(StringIO(exporters["record"].render(export()).decode()))
    found = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    plain_headings = {heading.removesuffix(" (addition)") for heading in headings}
    assert plain_headings | {cell for row in rows for cell in row[1:]} <= {*found}
    assert not any("(addition)" in text for text in found)  # the heading of their part says so
    assert found.index("What this record does not hold") < found.index("Purpose")  # it is no addition
    assert found.count(headings[0]) == 1  # the publisher's name and address
    assert found.count(headings[2]) == len(rows)
    names = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 2"]
    assert names == [row[0] for row in rows]
    assert "SHA-256 " in document.sections[0].footer.paragraphs[0].text


def test_record_in_word_as_a_table_has_a_row_for_each_service() -> None:
    exporter = next(each for each in EXPORTERS if each.name == "record-docx")
    document = Document(BytesIO(exporter.render(export(layout=Layout.TABLE))))
    assert document.tables[-1].rows[0].cells[0].text == "Service"
    assert [row.cells[0].text for row in document.tables[-1].rows[1:]] == ["Mail"]
