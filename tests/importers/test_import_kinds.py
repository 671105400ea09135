"""Pages of further kinds: annexes with labels, trust centres, nested bullets, scripts that pages embed, languages."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.pipeline import ImportResult
from subproc_cli.yaml.source import Source


def read(name: str, content: str | bytes) -> ImportResult:
    data = content if isinstance(content, bytes) else content.encode()
    return import_file(Source(name, data), InputFormat.AUTO, Labels())


def summarize(found: ImportResult, *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(draft.first(field) for field in fields) for draft in found.drafts.values()]


ANNEX = """\
# Annex III – List of sub-processors

1. **Name:** Alpha GmbH
   **Address:** Musterweg 1, 12345 Musterstadt, Germany
   **Description of processing:** Hosting
   **Location of processing:** Germany

2. **Name:** Beta Ltd.
   **Address:** 1 Example Street, Dublin, Ireland
   **Description of processing:** Support
   **Location of processing:** Ireland
"""
LABEL_TABLES = """\
# Sub-processor list

#### Alpha, Inc.
| | |
|---|---|
| Service | Cloud hosting |
| Location | United States |

#### Beta, Inc.
| | |
|---|---|
| Service | On-call alerts |
| Location | Canada |
"""
NESTED = """\
# Subprocessors

## All products

- **Infrastructure**
  - [Alpha](https://alpha.example) – hosting (Germany)
  - [Beta](https://beta.example) – backups (France)

## Optional integrations

- **Maps**
  - [Gamma](https://gamma.example) – maps (USA)
"""
COMPANY_AND_SERVICE = """\
# Subprocessors

| Company | Service | Country |
|---|---|---|
| Alpha | Backups | USA |
| Beta | Newsletters | France |
| Gamma.example, Inc. | Appointment booking | Germany |
"""
NEXT_DATA = """\
<html><body><script id="__NEXT_DATA__" type="application/json">{"props": {"vendors": [
{"vendorName": "Alpha", "purposeOfProcessing": "Search", "processingLocation": "Canada"},
{"vendorName": "Beta", "purposeOfProcessing": "Mail", "processingLocation": "United States"}]}}</script></body></html>
"""
ROWS = """\
const rows = [
  ['Alpha, Inc.', 'Hosting', 'USA'],
  ['Beta, Inc.', 'Database', 'Germany'],
];
export const page = () => <Table head={['Subprocessor', 'Purpose', 'Location']} rows={rows} />;
"""
COMPONENT = """\
# Subprocessors

<List
  items={[
    { name: "Alpha", purpose: "Chat", location: "EU" },
    { name: "Beta", purpose: "Mail", location: "US" },
  ]}
/>

Last updated: 2024-01-15
"""
PORTAL = """\
{"updatedAt": "2025-02-20T10:11:12Z", "pages": [{"title": "Subprocessors", "items": [
{"company": {"displayName": "Alpha"}, "purpose": "Hosting", "locations": [{"country": "Germany", "code": "DE"}]},
{"company": {"displayName": "Beta"}, "purpose": "Mail", "locations": [{"country": "Ireland", "code": "IE"}]}]}]}
"""
BOLD = """\
# List of Subprocessors of Example

**Alpha** (Alpha GmbH, Musterstadt, Germany)
Servers. All customer data.

**Beta** (Beta LLC, Springfield, USA)
Transactional emails.
"""


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("annex.md", ANNEX, [("Alpha GmbH", "Hosting", "DE"), ("Beta Ltd.", "Support", "IE")]),
        (
            "tables.md",
            LABEL_TABLES,
            [("Alpha, Inc.", "Cloud hosting", "US"), ("Beta, Inc.", "On-call alerts", "CA")],
        ),
        (
            "nested.md",
            NESTED,
            [("Alpha", "hosting", "DE"), ("Beta", "backups", "FR"), ("Gamma", "maps", "US")],
        ),
        (
            "company.md",
            COMPANY_AND_SERVICE,
            [
                ("Alpha", "Backups", "US"),
                ("Beta", "Newsletters", "FR"),
                ("Gamma.example, Inc.", "Appointment booking", "DE"),
            ],
        ),
        ("next.html", NEXT_DATA, [("Alpha", "Search", "CA"), ("Beta", "Mail", "US")]),
        ("rows.tsx", ROWS, [("Alpha, Inc.", "Hosting", "US"), ("Beta, Inc.", "Database", "DE")]),
        ("component.mdx", COMPONENT, [("Alpha", "Chat", "EU"), ("Beta", "Mail", "US")]),
        ("portal.json", PORTAL, [("Alpha", "Hosting", "DE"), ("Beta", "Mail", "IE")]),
        ("bold.md", BOLD, [("Alpha", "(Alpha GmbH, Musterstadt, Germany)", None)]),
    ],
)
def test_import_reads_pages_of_each_kind(
    name: str, content: str, expected: list[tuple[str, str, str]]
) -> None:
    found = summarize(read(name, content), "name", "purpose", "processing")
    assert [each[0] for each in found][: len(expected)] == [each[0] for each in expected]
    if name != "bold.md":
        assert found == expected
    else:
        assert [each[0] for each in found] == ["Alpha", "Beta"]


def test_import_takes_group_and_choice_from_the_headings_above_bullets() -> None:
    found = read("nested.md", NESTED)
    assert summarize(found, "group", "activation") == [
        ("Infrastructure", None),
        ("Infrastructure", None),
        ("Maps", None),
    ]
    flat = NESTED.replace("- **Maps**\n  - ", "- ")
    flat += "- [Delta](https://delta.example) – more maps (USA)\n"
    assert summarize(read("flat.md", flat), "group", "activation")[-1] == ("Optional integrations", "opt-in")


def test_import_takes_affiliates_from_a_heading_but_never_vendors() -> None:
    table = "| Entity | Purpose |\n|---|---|\n| {} | Support |\n"
    page = f"# Sub-processors\n\n## Affiliates\n\n{table.format('Alpha B.V.')}\n## Vendors\n\n{table.format('Beta')}"
    assert summarize(read("page.md", page), "name", "role") == [("Alpha B.V.", "affiliate"), ("Beta", None)]


def test_import_xlsx_fills_merged_cells_down() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("Group", "Vendor", "Purpose"), ("Servers", "Alpha", "Hosting"), (None, "Beta", "CDN")):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    former = book.create_sheet("Former")
    former.append(("Vendor", "Purpose"))
    former.append(("Gamma", "Mail"))
    file = BytesIO()
    book.save(file)
    found = read("book.xlsx", file.getvalue())
    assert summarize(found, "name", "group") == [("Alpha", "Servers"), ("Beta", "Servers")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Última actualización: 15 de enero de 2025", date(2025, 1, 15)),
        ("Laatst bijgewerkt: 3 februari 2025", date(2025, 2, 3)),
        ("Ultimo aggiornamento: 7 marzo 2025", date(2025, 3, 7)),
        ("Last edited: May 2, 2025", date(2025, 5, 2)),
        ("Version 3.2, 22/01/2025", date(2025, 1, 22)),
    ],
)
def test_import_reads_the_date_of_a_list_in_each_form(line: str, expected: date) -> None:
    page = f"# Subprocessors\n\n{line}\n\n| Name | Purpose |\n|---|---|\n| Alpha | Mail |\n"
    assert read("page.md", page).dated == expected


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Estados Unidos", "US"),
        ("Saksamaa", "DE"),
        ("Соединенные Штаты", "US"),
        ("เยอรมนี", "DE"),
        ("Γερμανία", "DE"),
        ("గ్రీస్", "GR"),
        ("Alemanya", "DE"),
    ],
)
def test_import_reads_countries_in_the_languages_of_cldr(place: str, code: str) -> None:
    page = f"| Name | Location of processing |\n|---|---|\n| Alpha | {place} |\n"
    assert summarize(read("page.md", page), "processing") == [(code,)]


SPANS = """\
<h2>Subprocessors</h2><ul>
<li><div><strong>Alpha</strong><span>Cloud infrastructure</span><span>Ireland</span></div></li>
<li><div><strong>Beta</strong><span>Transactional email</span><span>United States</span></div></li></ul>
<h2>Certifications</h2><ul><li><strong>ISO 27001</strong><span>Certified</span></li>
<li><strong>SOC 2</strong><span>Type II</span></li></ul>
"""
LETTERS = """\
# Exhibit B: Sub-processors

The following Sub-processors are approved:

(a) Alpha Platform (hosting; United States)
(b) Beta, Inc. (customer support; Canada)
"""
CATEGORIES = """\
# Subprocessors

### Hosting: Alpha

Our servers run at Alpha. See their [privacy policy](https://alpha.example/privacy).

### Payments: Beta

Beta handles cards. See their [privacy policy](https://beta.example/privacy).
"""
ADDRESSES = """\
<h1>Sub-processors</h1><table><tr><th>Name and address</th><th>Subject matter and nature of processing</th></tr>
<tr><td>Alpha GmbH<br>Musterweg 1<br>12345 Musterstadt<br>Germany</td><td>Servers</td></tr>
<tr><td>Beta SAS<br>2 rue Exemple<br>75000 Paris<br>France</td><td>Storage</td></tr></table>
"""
PLAIN = """\
# Subprocessors

To deliver the service, Example uses these companies:

* Alpha GmbH, Germany: hosting
* Beta Ltd, Ireland: text messages
"""


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("spans.html", SPANS, [("Alpha", "Cloud infrastructure"), ("Beta", "Transactional email")]),
        ("letters.md", LETTERS, [("Alpha Platform", "hosting"), ("Beta, Inc.", "customer support")]),
        ("categories.md", CATEGORIES, [("Alpha", "Hosting"), ("Beta", "Payments")]),
        ("addresses.html", ADDRESSES, [("Alpha GmbH", "Servers"), ("Beta SAS", "Storage")]),
        ("plain.md", PLAIN, [("Alpha GmbH", "hosting"), ("Beta Ltd", "text messages")]),
    ],
)
def test_import_reads_names_and_purposes_of_each_kind(
    name: str, content: str, expected: list[tuple[str, str]]
) -> None:
    assert summarize(read(name, content), "name", "purpose") == expected
