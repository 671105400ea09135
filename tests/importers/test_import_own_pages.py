"""Pages and tables as companies save them: two rows of headers, counted rows, flags, links and dates around a list."""

from io import BytesIO

import docx
import openpyxl
import pytest

from import_cases import Made, made
from subproc_cli.errors import ReadError
from subproc_cli.importers.input_format import InputFormat

TWO_HEADS = """\
Vendor,,Processing,,Contract
Name,Website,Purpose,Country,Transfer
Alpha GmbH,alpha.example,Hosting,Germany,
Beta,beta.example,Mail,USA,SCC
"""
HEAD_ABOVE = """\
Subprocessor,Processing,,Contract
,Purpose,Country,Transfer
Alpha GmbH,Hosting,Germany,
Beta,Mail,USA,SCC
"""
REGIONS = """\
# Subprocessors

| Name | Purpose | EU server | US server | CA server |
|---|---|---|---|---|
| Alpha | Hosting | EU | US | CA |
| Beta | Backups | EU | EU | EU |
| Gamma | Mail | - | US | CA |
"""
CATEGORIES = """\
# Subprocessors

| Category | Subprocessor | Activities | Website |
|---|---|---|---|
| Infrastructure | Alpha | Workload orchestration | https://alpha.example |
| Support | Beta |  | https://beta.example |
"""
NAMELESS = """\
# Subprocessors

|  | Purpose | Location |
|---|---|---|
| Alpha | Hosting | Germany |
| Beta | Mail | France |
"""
CATALAN = """\
# Subencarregats

Última actualització: 8 març 2026

| Proveïdor | Finalitat principal | Ubicació de les dades |
|---|---|---|
| Alpha | Base de dades | Irlanda |
| Beta | Correu | França |
"""
JAPANESE = """\
<h1>サブプロセッサー</h1><table>
<tr><th>事業者名</th><th>処理内容</th><th>データ保管地</th></tr>
<tr><td><div>Alpha, Inc.</div><div>米国・サンフランシスコ</div></td><td>文書管理</td><td>日本（東京）</td></tr>
<tr><td><div>Beta, Inc.</div><div>米国（シアトル）</div></td><td>通知</td><td>米国</td></tr>
</table>
"""
DATED = """\
# Unterauftragsverhältnisse

Stand: 01.03.2026

- **Alpha GmbH** – Hosting und Backup, Deutschland
- **Beta SAS** – E-Mail-Versand, Frankreich
"""
KINDS = """\
---
title: Sub-processor list
---

## 1. Cloud hosting

The data is on servers of others.

* **Alpha Cloud Platform (ACP)**: Hosting & database.
* **Hosting location:** United States.

## 2. Business

We use the following services for our own work.

* **BetaMail:** Payments & billing.
* **Gamma:** Backup and chat.

## 3. Questions

Write to us.
"""


def read(content: str | bytes, kind: InputFormat = InputFormat.MARKDOWN) -> Made:
    return made(content, kind)


def list_places(found: Made) -> dict[str, list[str]]:
    return {
        key: [code for each in service.processing for code in each.place]
        for key, service in found.services.items()
    }


@pytest.mark.parametrize("table", [TWO_HEADS, HEAD_ABOVE])
def test_import_reads_the_second_row_of_headers(table: str) -> None:
    found = read(table, InputFormat.CSV)
    assert list_places(found) == {"alpha-gmbh": ["DE"], "beta": ["US"]}
    assert [service.purpose for service in found.services.values()] == ["Hosting", "Mail"]
    assert [each.basis for each in found.services["beta"].transfer] == ["scc"]
    assert found.report.left_out == ()


def test_import_of_a_workbook_takes_the_publisher_from_its_title_and_drops_counted_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Register", 0)
    for row in (
        ["Example Ltd – Subprocessor register"],
        ["Version 3.1, 15/02/2026"],
        ["#", "Subprocessor", "Service"],
        [1, "Alpha", "Hosting of the platform and backups"],
        [2, "Beta", "Mail"],
    ):
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    found = read(content.getvalue(), InputFormat.XLSX)
    assert found.read.model.publisher == "Example Ltd"
    assert [service.notes for service in found.services.values()] == [None, None]
    assert found.services["alpha"].service_type == ("hosting", "backup")


def test_import_reads_columns_that_differ_in_a_place() -> None:
    assert list_places(read(REGIONS)) == {"alpha": ["EU", "US", "CA"], "beta": ["EU"], "gamma": ["US", "CA"]}


def test_import_keeps_columns_of_places_with_different_headers_apart() -> None:
    found = read(REGIONS.replace("US server", "Own town").replace("CA server", "Next town"))
    assert list_places(found) == {"alpha": [], "beta": [], "gamma": []}


def test_import_takes_activities_and_not_the_category_as_the_purpose() -> None:
    found = read(CATEGORIES)
    assert [service.purpose for service in found.services.values()] == ["Workload orchestration", "Support"]
    assert "Category: Infrastructure" in str(found.services["alpha"].notes)


def test_import_marks_names_of_a_column_without_a_header() -> None:
    found = read(NAMELESS)
    assert list_places(found) == {"alpha": ["DE"], "beta": ["FR"]}
    assert found.block.count("name: Alpha  # guessed") == 1


@pytest.mark.parametrize("names", [("hosting", "mail"), ("1", "2")])
def test_import_reads_no_column_without_a_header_that_holds_no_names(names: tuple[str, str]) -> None:
    with pytest.raises(ReadError):
        read(NAMELESS.replace("Alpha", names[0]).replace("Beta", names[1]))


def test_import_reads_headers_in_catalan() -> None:
    found = read(CATALAN)
    assert list_places(found) == {"alpha": ["IE"], "beta": ["FR"]}
    assert str(found.read.model.date) == "2026-03-08"


def test_import_reads_japanese_headers_and_the_country_below_a_company() -> None:
    found = read(JAPANESE, InputFormat.HTML)
    assert list_places(found) == {"alpha-inc": ["JP"], "beta-inc": ["US"]}
    assert [service.entity.country for service in found.services.values() if service.entity] == ["US", "US"]
    assert [service.purpose for service in found.services.values()] == ["文書管理", "通知"]


def test_import_takes_a_date_above_a_list_as_that_of_the_list() -> None:
    found = read(DATED)
    assert str(found.read.model.date) == "2026-03-01"
    assert list_places(found) == {"alpha-gmbh": ["DE"], "beta-sas": ["FR"]}
    assert [service.notes for service in found.services.values()] == [None, None]


def test_import_reads_bullets_of_a_list_in_word_below_its_date() -> None:
    document = docx.Document()
    document.add_heading("Unterauftragsverarbeiter", 1)
    document.add_paragraph("Stand: 01.03.2026")
    for name in ("Alpha GmbH", "Beta SAS"):
        item = document.add_paragraph(style="List Bullet")
        item.add_run(name).bold = True
        item.add_run(" – Hosting, Deutschland")
    content = BytesIO()
    document.save(content)
    found = read(content.getvalue(), InputFormat.DOCX)
    assert list_places(found) == {"alpha-gmbh": ["DE"], "beta-sas": ["DE"]}
    assert str(found.read.model.date) == "2026-03-01"


def test_import_reads_bullets_below_kinds_of_a_page_whose_title_is_in_its_head() -> None:
    found = read(KINDS)
    assert list(found.services) == ["alpha-cloud-platform-acp", "betamail", "gamma"]
    assert list_places(found)["alpha-cloud-platform-acp"] == ["US"]
    assert found.services["betamail"].purpose == "Payments & billing"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("🇩🇪 Germany", "- DE  # guessed\n"),
        ("🇩🇪", "- DE  # guessed\n"),
        ("🇩🇪 Frankfurt, 🇮🇪 Dublin", "- {place: DE, note: "),
    ],
)
def test_import_reads_a_flag_once(cell: str, expected: str) -> None:
    found = read(NAMELESS.replace("France", cell))
    assert expected in found.block.partition("beta:")[2]


def test_import_drops_words_of_links_and_links_next_to_names() -> None:
    page = """\
# Subprocessors

| Name | Purpose | DPA |
|---|---|---|
| [Alpha Pty Ltd](https://alpha.example) ([DPA](https://alpha.example/dpa)) | Hosting | |
| Beta (B2B) | Mail | [signed in May](https://beta.example/dpa) |
| Gamma | Chat | [Link](https://gamma.example/dpa) |
"""
    found = read(page)
    assert [service.name for service in found.services.values()] == ["Alpha Pty Ltd", "Beta (B2B)", "Gamma"]
    links = found.services["alpha-pty-ltd"].links
    assert links is not None
    assert links.dpa == "https://alpha.example/dpa"
    assert [service.notes for service in found.services.values()][1:] == ["DPA: signed in May", None]


def test_import_takes_the_condition_and_the_first_day_out_of_a_name() -> None:
    page = NAMELESS.replace("|  |", "| Name |")
    found = read(page.replace("| Beta |", "| Beta (optional, only if you use campaigns) |"))
    assert found.services["beta"].condition == "only if you use campaigns"
    assert found.services["beta"].activation == "opt-in"
    since = read(page.replace("| Beta |", "| Beta (from 1 June 2025) |")).services["beta"]
    assert (since.name, str(since.since)) == ("Beta", "2025-06-01")


def test_import_takes_domains_addresses_and_tags_out_of_names() -> None:
    page = """\
<h1>Subprocessors</h1><table><tr><th>Subprocessor</th><th>Purpose</th></tr>
<tr><td><b>Alpha</b> (<a href="https://alpha.example">alpha.example</a>)</td><td>Documents</td></tr>
<tr><td>Beta, Inc. (1 Example Street, Springfield, CA 94107)</td><td>Letters</td></tr>
<tr><td><strong>Gamma</strong><br><span>AI</span></td><td>Answers</td></tr>
<tr><td>Delta Ltd<br>Ireland</td><td>Letters</td></tr>
<tr><td>Epsilon GmbH (Springfield, Germany)</td><td>Letters</td></tr></table>
"""
    found = read(page, InputFormat.HTML).services
    names = [service.name for service in found.values()]
    assert names == ["Alpha", "Beta, Inc.", "Gamma", "Delta Ltd", "Epsilon GmbH"]
    assert [service.entity.country for service in found.values() if service.entity] == ["US", "IE", "DE"]
    assert found["gamma"].notes == "AI"


def test_import_reads_records_whose_name_is_not_first() -> None:
    page = """\
# Annex 3: Subprocessors

1. **Cloud providers:**
   * **Purpose:** Documents.
   * **Provider:** Alpha GmbH.
   * **Location:** Germany.
2. **Payment processors:**
   * **Purpose:** Payments.
   * **Provider:** Beta Inc.
   * **Location:** Ireland.
3. **Others:**
   * **Purpose:** Answers.
   * **Provider:**
   * **Location:** France.
"""
    found = read(page)
    assert list_places(found) == {"alpha-gmbh": ["DE"], "beta-inc": ["IE"]}
    assert [service.purpose for service in found.services.values()] == ["Documents.", "Payments."]
    assert [service.name for service in found.services.values()] == ["Alpha GmbH", "Beta Inc."]
    assert any("Answers" in text for text in found.report.skipped)


def test_import_reads_sections_whose_headings_say_when_a_service_is_used() -> None:
    table = "| Field | Value |\n|---|---|\n| Service | Documents |\n| Location | Germany |\n"
    page = f"# Subprocessors\n\n## (Art. 28 GDPR)\n\n## 1. Alpha, Inc.\n\n{table}\n"
    page += f"## 2. Beta, Inc. (optional – only if you use the chat of the platform)\n\n{table}"
    found = read(page)
    assert [service.name for service in found.services.values()] == ["Alpha, Inc.", "Beta, Inc."]
    assert found.services["beta-inc"].activation == "opt-in"


def test_import_reads_the_page_of_a_component_and_the_texts_of_its_cards() -> None:
    table = "<table><tr><th>Entity</th><th>Purpose</th></tr>"
    table += "<tr><td>Alpha</td><td>Documents</td></tr><tr><td>Beta</td><td>Letters</td></tr></table>"
    page = f"<template><div><h1>Subprocessors</h1>{table}</div></template>\n<script>\n"
    page += (
        "export default { head() { return { meta: [{ name: 'description', content: 'x' }] } } }\n</script>\n"
    )
    assert list(read(page, InputFormat.SCRIPT).services) == ["alpha", "beta"]
    cards = """\
export const metadata = { title: "Subprocessors" };
export default function Page() {
  return <Cards><Card title="Alpha">Documents of all kinds.</Card><Card title="Beta">Letters &amp; notes.</Card></Cards>;
}
"""
    found = read(cards, InputFormat.SCRIPT)
    purposes = [service.purpose for service in found.services.values()]
    assert purposes == ["Documents of all kinds.", "Letters & notes."]
