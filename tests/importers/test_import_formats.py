"""Tables and data files become lists, and bad files one clear message."""

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from import_cases import made
from registry_text import listing
from subproc_cli.errors import SubprocError
from subproc_cli.exporters import csv, ndjson
from subproc_cli.exporters.exporter import Export
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import read

ROOT = Path(__file__).parent.parent.parent

ALPHA = """\
  alpha:
    name: Alpha
    purpose: "=1+1"
    processing: [DE, IE]
"""


@pytest.mark.parametrize(
    "table",
    [
        "name,purpose,processing\nAlpha,'=1+1,DE; IE\n",
        '\ufeffList of vendors;;\nVendor;Zweck;Ort der Verarbeitung\nAlpha;=1+1;"Deutschland\nIrland"\n',
        "Sous-traitant\tFinalité\tPays de traitement\r\nAlpha\t=1+1\tAllemagne, Irlande\r\n",
    ],
)
def test_import_csv_of_each_dialect_reads_the_service(table: str) -> None:
    assert made(table, InputFormat.CSV).block == ALPHA


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=1", "=1"), ("''=1", "'=1"), ("' =1", " =1"), ("'＝1", "＝1"), ("'a", "'a"), ("'", "'")],
)
def test_import_csv_removes_the_quote_before_a_formula(cell: str, text: str) -> None:
    assert (
        made(f"name,retention\nAlpha,{cell}\n", InputFormat.CSV).services["alpha"].retention == text.strip()
    )


def test_import_csv_of_an_export_reads_every_column() -> None:
    table = """\
id,name,products,sees,never_sees,personal_data,processing,entity.name,entity.address,entity.country,since
a-1,Alpha,"Chat, big; Mail",identity.email; usage,everything,no,EU; US,Alpha Ltd,"Alpha Ltd, Main St",IE,
"""
    assert (
        made(table, InputFormat.CSV).block
        == """\
  a-1:
    name: Alpha
    products: ["Chat, big", Mail]
    sees: [identity.email, usage]
    never_sees: [everything]
    personal_data: no
    processing: [EU, US]
    entity:
      name: Alpha Ltd
      address: Alpha Ltd, Main St
      country: IE
"""
    )


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # A guess that says no more than what is stated is taken back, its words stay
        (
            "Name,Personal data,Data types\nAlpha,email,email if the user signs up\n",
            ['notes: "Data types: email if the user signs up"', "sees: [identity.email]"],
        ),
        (
            "Name,Personal data,Not shared\nAlpha,metadata,content (except for metadata)\n",
            [
                'notes: "Not shared: content (except for metadata)"',
                "sees: [content.metadata]",
                "never_sees:",
                "  - content  # guessed",
            ],
        ),
        # What is seen under a condition says less than an exception without one
        (
            "Name,Personal data,Not shared\nAlpha,metadata if you share it,content (except for metadata)\n",
            [
                'notes: "Not shared: content (except for metadata)"',
                "sees:",
                "  - {data: content.metadata, when: you share it}  # guessed",
                "  - {data: content.metadata, extent: partial, note: except for metadata}  # guessed",
                "never_sees:",
                "  - content  # guessed",
            ],
        ),
        # All of it is more than some of it
        (
            "Name,Personal data,Information\nAlpha,some email,email\n",
            [
                "sees:",
                "  - {data: identity.email, extent: partial, note: some email}  # guessed",
                "  - identity.email  # guessed",
            ],
        ),
        # What one column states needs no mark because another one makes it likely
        ("Name,Information,Personal data\nAlpha,email,email\n", ["sees: [identity.email]"]),
    ],
)
def test_import_csv_with_two_data_columns_combines_them(table: str, expected: list[str]) -> None:
    lines = made(table, InputFormat.CSV).block.splitlines()
    assert [line[4:] for line in lines[2:]] == expected


@pytest.mark.parametrize(
    ("table", "mapped", "expected"),
    [
        ("ID,Key,Name\nx1,k1,Foo\n", {"Key": "id"}, ["k1:", "name: Foo", 'notes: "ID: x1"']),
        ("Key,ID,Name\nk1,x1,Foo\n", {}, ["k1:", "name: Foo", 'notes: "ID: x1"']),
        ("ID,Key,Name\nx1,,Foo\n", {"Key": "id"}, ["x1:", "name: Foo"]),
        ("ID,Name\n+++,Foo\n", {}, ["foo:", "name: Foo", 'notes: "ID: +++"']),
        ("Name,Brand\nFoo,Bar\n", {"Brand": "name"}, ["bar:", "name: Bar", 'notes: "Name: Foo"']),
        (
            'Name,Legal address,Seat\nFoo,"1 Main St, Germany",Ireland\n',
            {"Seat": "entity.country"},
            [
                *("foo:", "name: Foo", 'notes: "Legal address: 1 Main St, Germany"'),
                *("entity:", "  country: IE", "  address: 1 Main St, Germany"),
            ],
        ),
    ],
)
def test_import_csv_with_a_mapped_column_prefers_it(
    table: str, mapped: dict[str, str], expected: list[str]
) -> None:
    lines = made(table, InputFormat.CSV, mapped).block.splitlines()
    assert [line[2:] if line[2] != " " else line[4:] for line in lines] == expected


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_import_xlsx_reads_the_first_table() -> None:
    rows: list[list[object]] = [
        ["Vendors"],
        ["Vendor", "Purpose", "Processing location"],
        ["Alpha", "=1+1", "DE; IE"],
    ]
    found = made(workbook(("List", rows), ("Remarks", [["Ask legal", 7.0]])), InputFormat.XLSX)
    assert found.block == ALPHA
    assert found.report.skipped == ("Vendors", "Remarks: Ask legal | 7")


def test_import_json_of_an_unknown_shape_finds_the_services() -> None:
    vendors = [
        {"vendorName": "Alpha", "purpose": "=1+1", "processing": ["DE", "IE"]},
        {"vendorName": "Beta", "details": {"floor": 3, "tags": ["x", {"y": True}]}},
        {"shoe": 44},
    ]
    found = made(json.dumps({"made": "today", "vendors": vendors}), InputFormat.JSON)
    assert (
        found.block
        == f"""\
{ALPHA}
  beta:
    name: Beta
    notes: |-
      details.floor: 3
      details.tags: x; y: yes
"""
    )
    assert found.report.skipped == ("made: today", "shoe: 44")


@pytest.mark.parametrize(
    ("data", "skipped"),
    [
        (
            {"data": {"services": [{"name": "Alpha"}], "note": "a", "more": [{"b": "c"}, "d"]}, "e": "f"},
            ("data.note: a", "data.more: b: c; d", "e: f"),
        ),
        ([["a"], {"services": [{"name": "Alpha"}], "b": "c"}, "d"], ("a", "b: c", "d")),
        ({"services": [{"name": "Alpha"}, "a", ["b"], {"c": "d"}]}, ("services: a", "services: b", "c: d")),
        ({"one": [{"name": "Alpha", "id": "a"}], "two": [{"name": "Alpha"}]}, ("two: name: Alpha",)),
        (
            {"bomFormat": "CycloneDX", "services": [{"name": "Alpha"}, "a", {"b": "c"}], "d": "e"},
            ("bomFormat: CycloneDX", "d: e", "services: a", "b: c"),
        ),
        (
            {"bomFormat": "CycloneDX", "services": [{"name": "Alpha", "services": ["a"]}]},
            ("bomFormat: CycloneDX", "services: a"),
        ),
        ({"system": [{"name": "Alpha"}, "a"], "b": ["c"]}, ("b: c", "a")),
    ],
)
def test_import_json_reports_data_next_to_the_services(data: object, skipped: tuple[str, ...]) -> None:
    found = made(json.dumps(data), InputFormat.JSON)
    assert [service.name for service in found.services.values()] == ["Alpha"]
    assert found.report.skipped == skipped


def test_import_json_of_an_object_with_its_own_id_keeps_the_key() -> None:
    found = made('{"k1": {"name": "Alpha", "id": "x1"}, "beta": {"purpose": "mail"}}', InputFormat.JSON)
    assert found.services["x1"].notes == "(key): k1"
    assert found.services["beta"].name == "beta"


def test_import_yaml_of_objects_by_name_reads_them() -> None:
    assert made("vendors:\n  Alpha: {purpose: =1+1, processing: [DE, IE]}\n", InputFormat.YAML).block == ALPHA


REGISTRY = {
    "schema": "subproc/registry/1",
    "format": 1,
    "publisher": "Example: GmbH",
    "version": "2.1.0",
    "date": "2025-01-01",
    "notice": {"days": 30, "contact": None},
    "categories": {"content.hats": {"label": "hats", "aliases": [], "personal": None}},
    "services": {
        "alpha": {
            "name": "Alpha",
            "purpose": None,
            "personal_data": False,
            "sees": [
                {"data": "content.hats", "may_contain": [], "extent": "full", "when": None, "note": None},
                {
                    "data": "identity",
                    "may_contain": ["special"],
                    "extent": "partial",
                    "when": "NO",
                    "note": "# x",
                },
            ],
            "processing": [
                {"place": ["NO"], "when": None, "how": None},
                {"place": ["US", "IN"], "how": "remote-access"},
            ],
            "entity": {"name": None, "country": "NO"},
            "transfer": [{"basis": "scc", "until": None}, {"basis": "dpf", "until": "2027-01-01"}],
            "since": "2024-01-01",
            "x-own": {"a": [1, None]},
        }
    },
}


def test_import_json_of_an_exported_registry_is_complete() -> None:
    found = made(json.dumps(REGISTRY), InputFormat.JSON)
    assert (
        found.text.partition("service.\n")[2]
        == """\
format: 1
publisher: "Example: GmbH"
version: 2.1.0
date: 2025-01-01
notice: {days: 30}
categories: {content.hats: {label: hats}}

services:
  alpha:
    name: Alpha
    sees:
      - content.hats
      - {data: identity, may_contain: [special], extent: partial, when: "NO", note: "# x"}
    personal_data: false
    processing:
      - "NO"
      - {place: [US, IN], how: remote-access}
    entity: {country: "NO"}
    transfer:
      - scc
      - {basis: dpf, until: 2027-01-01}
    since: 2024-01-01
    x-own: {a: [1, null]}
"""
    )


def test_import_fides_manifest_reads_its_systems() -> None:
    manifest = """\
system:
  - fides_key: alpha_key
    name: Alpha
    description: Hosting
    system_type: Service
    privacy_declarations:
      - data_categories: [user.contact.email, user.behavior, shoe.size]
        data_subjects: [customer]
        data_use: essential
dataset: []
"""
    assert (
        made(manifest, InputFormat.YAML).block
        == """\
  alpha-key:
    name: Alpha
    service_type:
      - hosting  # guessed
    purpose: Hosting
    notes: |-
      system_type: Service
      privacy_declarations.data_categories: shoe.size
      privacy_declarations.data_use: essential
    sees:
      - identity.email
      - usage  # guessed
    subjects: [customer]
"""
    )


def test_import_cyclonedx_reads_its_services() -> None:
    bill = {
        "bomFormat": "CycloneDX",
        "services": [
            {
                "bom-ref": "alpha",
                "name": "Alpha",
                "provider": {"name": "Alpha GmbH", "url": ["https://alpha.example"]},
                "data": [{"flow": "outbound", "classification": "PII", "name": "Email address"}],
                "properties": [{"name": "subproc:processing", "value": "DE"}],
            }
        ],
    }
    assert (
        made(json.dumps(bill), InputFormat.JSON).block
        == """\
  alpha:
    name: Alpha
    notes: "data flow: flow: outbound, classification: PII"
    sees: [identity.email]
    processing: [DE]
    entity: {name: Alpha GmbH}
    links: {website: "https://alpha.example"}
"""
    )


def test_import_cyclonedx_of_an_export_reads_its_properties() -> None:
    data = [
        {"flow": "unknown", "classification": "personal data", "name": "identity.email", "description": "x"},
        {"flow": "inbound", "classification": "personal data", "name": "identity.name"},
    ]
    stated = '[{"data": "identity.email", "extent": "partial", "when": "NO"}]'
    properties = [
        {"name": "subproc:sees", "value": stated},
        {"name": "subproc:subjects", "value": "users, visitors"},
        {"name": "subproc:certifications", "value": '["[ISO]", "a;b"]'},
        {"name": "subproc:own", "value": '{"x-list": []}'},
        {"name": "subproc:processing", "value": "our-region"},
    ]
    bill = {"bomFormat": "CycloneDX", "services": [{"name": "Alpha", "data": data, "properties": properties}]}
    assert (
        made(json.dumps(bill), InputFormat.JSON).block
        == """\
  alpha:
    name: Alpha
    notes: |-
      data flow: flow: inbound, classification: personal data, name: identity.name
      processing: our-region
    sees:
      - {data: identity.email, extent: partial, when: "NO"}
    subjects: ["users, visitors"]
    certifications: ["[ISO]", a;b]
    x-list: []
"""
    )


def archive(*names: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "")
    return out.getvalue()


def own_json(services: str, more: str = "") -> bytes:
    return f'{{"schema": "subproc/registry/1", {more}"services": {services}}}'.encode()


def far_away() -> bytes:
    book = Workbook()
    book.worksheets[0].title = "Far"
    book.worksheets[0]["XFD1048576"] = "x"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (b"", InputFormat.AUTO, "file: the file is empty"),
        (b" \n", InputFormat.MARKDOWN, "file: the file is empty"),
        (b"M\xfcller", InputFormat.MARKDOWN, "file: the byte 0xfc in line 1 is not UTF-8"),
        (b"\x7fELF\x00", InputFormat.CSV, "file: the file is binary"),
        (b"x" * (16 * 1024 * 1024 + 1), InputFormat.AUTO, "file: the file has 16,777,217 bytes"),
        (b"a,b\n1,2\n", InputFormat.CSV, "file: no column contains the names of services; columns: a, b"),
        (b"plain", InputFormat.XLSX, "file: the file is not an XLSX file"),
        (archive("other"), InputFormat.XLSX, "file: the file is an archive, but not an XLSX file"),
        (archive("xl/workbook.xml"), InputFormat.XLSX, "file: the XLSX file cannot be read"),
        (b"Name," + b"," * 5000 + b"\n", InputFormat.CSV, "file: no services found (read as csv"),
        (
            far_away(),
            InputFormat.XLSX,
            "file: the sheet 'Far' has 17,179,869,184 cells; the limit is 200,000",
        ),
        (workbook(("Empty", [])), InputFormat.XLSX, "file: no column contains the names"),
        (b"{", InputFormat.JSON, "file: the file is not valid JSON"),
        (b"[" * 100_000, InputFormat.JSON, "file: the data is nested too deeply"),
        (b'[{"name": "A", "name": "B"}]', InputFormat.JSON, "file: duplicate key 'name' in one object"),
        (b"[1, 2]", InputFormat.JSON, "file: the file has no list of objects with a name"),
        (b"a: b: c", InputFormat.YAML, "file: the file is not valid YAML: file:1:5"),
        (b"{}", InputFormat.FIDES, "file: the file is not a Fides manifest: it has no list of systems"),
        (b"{}", InputFormat.CYCLONEDX, "file: the file is not a CycloneDX file"),
        (b'{"bomFormat": "CycloneDX"}', InputFormat.JSON, "file: no services found"),
        (b'{"schema": "subproc/registry/2"}', InputFormat.JSON, "file: the schema is subproc/registry/2"),
        (
            own_json("{}", more='"foo": 1, '),
            InputFormat.JSON,
            "file: it has the field 'foo', which is not part of subproc/registry/1",
        ),
        (own_json('{"a": {"name": "A", "foo": 1}}'), InputFormat.JSON, "file: a has the field 'foo', which"),
        (own_json('{"a": {"name": 5}}'), InputFormat.JSON, "file: a has no name"),
        (own_json('[{"name": "A"}]'), InputFormat.JSON, "file: the file has no services"),
        (b"format: 1\nservices: {}\n", InputFormat.YAML, "file: the file already is a registry"),
        (b"<div>" * 100_000, InputFormat.HTML, "file: the page is nested too deeply"),
    ],
)
def test_import_of_a_bad_file_reports_the_error(content: bytes, kind: InputFormat, message: str) -> None:
    with pytest.raises(SubprocError) as fault:
        made(content, kind)
    assert fault.value.message.startswith(message)
    assert len(fault.value.message) < 300


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("entity.foo,,,x", "row 2, entity.foo: there is no field 'foo'"),
        ("personal_data,,,maybe", "row 2, personal_data: 'maybe' is not yes or no"),
        ("sees.data,x,,content", "row 2, sees.data: 'x' is not a number"),
    ],
)
def test_import_statements_with_a_wrong_cell_names_row_and_field(cells: str, message: str) -> None:
    header = "publisher,version,date,as_of,service,name,state,field,item,language,value"
    text = f"{header}\nP,1.0.0,2024-01-01,2024-01-01,a,A,in-use,{cells}\n"
    with pytest.raises(SubprocError, match=re.escape(message)):
        made(text.encode(), InputFormat.CSV)


@pytest.mark.parametrize("services", ["example-host, example-analytics, example-counter", "example-host"])
def test_import_of_ndjson_has_every_field_of_its_services(services: str) -> None:
    about = load_registry(read(str(ROOT / "examples" / "every-field.yaml")))
    assert isinstance(about, Registry)
    chosen = {key: about.model.services[key] for key in services.split(", ")}
    assert chosen
    lines = ndjson.render(Export(about, chosen, date(2026, 3, 1)))
    found = made(lines, InputFormat.JSON)
    assert found.services == chosen
    assert found.read.model.regions == about.model.regions


def test_import_of_lines_of_several_lists_is_refused() -> None:
    line = '{"publisher": "P", "version": "%s", "date": "2024-01-01", "as_of": "2024-01-01", "service": "a", '
    line += '"state": "in-use", "name": "A"}\n'
    with pytest.raises(SubprocError, match="it contains 2 lists"):
        made((line % "1.0.0" + line % "2.0.0").encode(), InputFormat.JSON)


def test_import_of_a_fides_manifest_leaves_out_the_system_that_only_passes_data_on() -> None:
    manifest = (
        "system:\n- {fides_key: a, name: A, system_type: Service, privacy_declarations: [],\n"
        "   ingress: [{fides_key: p, type: system, data_categories: [user.contact.email]}]}\n"
        "- {fides_key: p, name: Publisher, system_type: Application, privacy_declarations: []}\n"
    )
    assert [*made(manifest.encode(), InputFormat.FIDES).services] == ["a"]


@pytest.mark.parametrize("kind", [kind for kind in InputFormat if kind is not InputFormat.AUTO])
def test_input_format_has_an_importer(kind: InputFormat) -> None:
    """Text is not valid JSON, YAML, Word or Excel; every other format reads it, and finds no services."""
    with pytest.raises(SubprocError) as refused:
        made("key: [", kind)
    is_data = "not valid YAML" in refused.value.message
    assert is_data is (kind in (InputFormat.YAML, InputFormat.FIDES, InputFormat.CYCLONEDX))


def test_import_of_csv_keeps_regions_and_categories_of_the_list() -> None:
    about = listing(
        "  a: {name: A, sees: [{data: content.entry.badge, when: at the door}], processing: [north, {place: [north, DE], how: remote-access}], "
        "transfer: [{basis: scc, places: [east]}]}\n"
        "  b: {name: B, processing: [DE], sees: [identity.email]}\n",
        head="categories: {content.entry: {label: Entry}, content.entry.badge: {label: Badge}, content.unused: {label: Unused}}\n"
        "regions: {north: [FI, SE], east: [far, JP], far: [IN]}",
    )
    found = made(csv.render(Export(about, about.model.services, date(2024, 3, 1))), InputFormat.CSV)
    assert found.services == about.model.services
    assert found.read.model.regions == about.model.regions
    assert [*found.read.model.categories] == ["content.entry", "content.entry.badge"]
    assert "guessed" not in found.block


@pytest.mark.parametrize("cell", ["{", "[]", "5", '"a"'])
def test_import_of_csv_with_unreadable_definitions_keeps_own_words_in_the_notes(cell: str) -> None:
    about = listing(
        "  a: {name: A, sees: [content.badge]}\n", head="categories: {content.badge: {label: Badge}}"
    )
    text = csv.render(Export(about, about.model.services, date(2024, 3, 1))).decode()
    head, row, *_ = text.splitlines()
    assert head.endswith(",categories")
    quoted = cell.replace('"', '""')
    row = row.partition(',"{')[0]
    found = made(f'{head}\n{row},"{quoted}"\n', InputFormat.CSV).services["a"]
    assert (found.sees, found.notes) == ((), "sees: content.badge")
