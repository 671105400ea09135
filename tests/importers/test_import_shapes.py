"""Pages of many shapes become lists: what sets a name apart, and what only looks like one."""

import json
from io import BytesIO

import pytest

from import_cases import made
from rows import for_rows
from subproc_cli.errors import ReadError
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import detect_format, import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.yaml.source import Source

TITLE = "# Subprocessors\n\n"
ALPHA_AND_BETA = {"Alpha": ("Hosting", ["DE"]), "Beta": ("Email", ["US"])}


def found_in(
    content: str | bytes, kind: InputFormat = InputFormat.MARKDOWN
) -> dict[str, tuple[str | None, list[str]]]:
    """Return the purpose and the places of each service by its name."""
    services = made(content, kind).services.values()
    return {each.name: (each.purpose, [place.place[0] for place in each.processing]) for each in services}


@pytest.mark.parametrize(
    "page",
    [
        # Tables with other headers, turned round, or without any
        (
            "| Third-Party Vendor | Nature of Services | Jurisdiction |\n|---|---|---|\n"
            "| Alpha | Hosting | Germany |\n| Beta | Email | USA |\n"
        ),
        "| Proveedor | Finalidad | País |\n|---|---|---|\n| Alpha | Hosting | Alemania |\n| Beta | Email | Estados Unidos |\n",
        "| Naam | Doel | Locatie |\n|---|---|---|\n| Alpha | Hosting | Duitsland |\n| Beta | Email | Verenigde Staten |\n",
        "| 업체명 | 위탁 업무 | 이전 국가 |\n|---|---|---|\n| Alpha | Hosting | 독일 |\n| Beta | Email | 미국 |\n",
        "| | | |\n|---|---|---|\n| Name | Alpha | Beta |\n| Purpose | Hosting | Email |\n| Location | Germany | USA |\n",
        (
            "<table><tr><td>Alpha</td><td>Hosting</td><td>Germany</td></tr>"
            "<tr><td>Beta</td><td>Email</td><td>USA</td></tr></table>\n"
        ),
        (
            "<div role=table><div role=row><div role=columnheader>Name</div><div role=columnheader>Purpose</div>"
            "<div role=columnheader>Location</div></div>"
            "<div role=row><div role=cell>Alpha</div><div role=cell>Hosting</div><div role=cell>Germany</div></div>"
            "<div role=row><div role=cell>Beta</div><div role=cell>Email</div><div role=cell>USA</div></div></div>\n"
        ),
        # Bullets
        "Here is what we use.\n\n- [Alpha](https://alpha.example) (Germany): Hosting\n- [Beta](https://beta.example) (USA): Email\n",
        "We use:\n\n- Alpha (Hosting, Germany)\n- Beta (Email, USA)\n",
        "- **Infrastructure**\n  - Alpha – Hosting (Germany)\n- **Messages**\n  - Beta – Email (USA)\n",
        "- **Alpha**\n  - Purpose: Hosting\n  - Location: Germany\n- **Beta**\n  - Purpose: Email\n  - Location: USA\n",
        # Headings, cards and paragraphs
        "### Hosting — Alpha (Germany)\n\nServers.\n\n### Email — Beta (USA)\n\nMessages.\n",
        "### Alpha – Hosting (Germany)\n\nServers.\n\n### Beta – Email (USA)\n\nMessages.\n",
        "Alpha\nHosting\nGermany\n\nBeta\nEmail\nUSA\n",
        "Alpha\n\nHosting\n\nGermany\n\nBeta\n\nEmail\n\nUSA\n",
        (
            "<div><div>Name</div><div>Purpose</div><div>Location</div></div><div><div>Alpha</div><div>Hosting</div>"
            "<div>Germany</div></div><div><div>Beta</div><div>Email</div><div>USA</div></div>\n"
        ),
        "### 1. Alpha\n\n**Purpose:** Hosting\n**Location:** Germany\n\n### 2. Beta\n\n**Purpose:** Email\n**Location:** USA\n",
        "<div><h3>Alpha</h3><p>Hosting</p><p>Germany</p></div><div><h3>Beta</h3><p>Email</p><p>USA</p></div>\n",
        "**Alpha**<br>\n_Hosting_<br>\nGermany\n\n**Beta**<br>\n_Email_<br>\nUSA\n",
        "<dl><dt>Alpha</dt><dd>Hosting (Germany)</dd><dt>Beta</dt><dd>Email (USA)</dd></dl>\n",
        # Components and data of a script in the page
        (
            '<Vendor name="Alpha" purpose="Hosting" location="Germany" />\n'
            '<Vendor name="Beta" purpose="Email" location="USA" />\n'
        ),
    ],
)
def test_import_of_a_page_of_any_shape_finds_its_services(page: str) -> None:
    assert found_in(f"{TITLE}{page}") == ALPHA_AND_BETA


SCRIPT = """\
import { Row } from './row';
interface Vendor { name: string; purpose: string }
const title = "Subprocessors";
export const vendors: Vendor[] = [
  { name: 'Alpha', purpose: "Hosting", location: `Germany` }, // a comment
  {
    name: 'Be' + 'ta',
    purpose: 'Email',
    location: 'USA',
    icon: <Icon kind="mail" />,
    score: rate('Beta', [1, 2]),
  },
] as const;
export default () => vendors.map((each) => <Row key={each.name}>Isn't it {each.name}?</Row>);
"""


def test_import_of_a_script_reads_its_literals() -> None:
    assert found_in(SCRIPT, InputFormat.SCRIPT) == ALPHA_AND_BETA


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("const vendors = [{ name: t('alpha'), purpose: t('hosting') }];", "does not run code"),
        (
            "const menu = [{ name: 'Home', href: '/' }, { name: 'Prices', href: '/prices' }];",
            "no services found",
        ),
    ],
)
def test_import_of_a_script_without_literal_names_is_refused(script: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        made(script, InputFormat.SCRIPT)


def test_import_of_json_by_category_reads_every_list() -> None:
    data = {
        "hosts": [{"name": "Alpha", "purpose": "Hosting", "country": "Germany"}],
        "mail": [{"name": "Beta", "purpose": "Email", "country": "USA"}],
    }
    found = made(json.dumps(data), InputFormat.JSON)
    assert [(each.name, each.group) for each in found.services.values()] == [
        ("Alpha", "hosts"),
        ("Beta", "mail"),
    ]


def test_import_of_json_in_two_languages_reads_one() -> None:
    rows = [{"name": "Alpha", "purpose": "Hosting"}]
    found = made(json.dumps({"en": rows, "fr": rows}), InputFormat.JSON)
    assert list(found.services) == ["alpha"]


def test_import_of_rst_reads_its_tables() -> None:
    page = (
        "Subprocessors\n=============\n\n.. list-table::\n   :header-rows: 1\n\n"
        "   * - Name\n     - Purpose\n     - Location\n"
        "   * - Alpha\n     - Hosting\n     - Germany\n   * - Beta\n     - Email\n     - USA\n"
    )
    assert found_in(page, InputFormat.RST) == ALPHA_AND_BETA


def test_import_of_a_word_file_reads_its_tables() -> None:
    from docx import Document

    document = Document()
    document.add_heading("Subprocessors")
    table = document.add_table(rows=0, cols=3)
    for row in (("Name", "Purpose", "Location"), ("Alpha", "Hosting", "Germany"), ("Beta", "Email", "USA")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    content = BytesIO()
    document.save(content)
    assert found_in(content.getvalue(), InputFormat.DOCX) == ALPHA_AND_BETA
    assert detect_format(Source("list.docx", content.getvalue())) is InputFormat.DOCX


def test_import_of_csv_in_windows_1252_reads_its_accents() -> None:
    found = made("Nom;Finalité\nAlpha;Hébergement\n".encode("cp1252"), InputFormat.CSV)
    assert found.services["alpha"].purpose == "Hébergement"


def test_import_of_a_pdf_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReadError, match="is a PDF") as fault:
        import_file(Source("list.pdf", b"%PDF-1.7\n"), InputFormat.AUTO, Labels())
    assert "CSV" in str(fault.value.hint)


def test_import_of_prose_reads_the_names_in_bold() -> None:
    page = "## Hosting\n\nOur servers are run by **Alpha GmbH**.\n\n## Mail\n\nWe send mail with **Beta**. **Note** this.\n"
    found = made(f"{TITLE}{page}")
    assert [(each.name, each.purpose) for each in found.services.values()] == [
        ("Alpha GmbH", "Hosting"),
        ("Beta", "Mail"),
    ]
    assert "name: Beta  # guessed" in found.text


def test_import_of_linked_bullets_below_another_list_reads_both() -> None:
    links = "".join(
        f"- [{name}](https://{name.lower()}.example), for mail.\n" for name in ("Beta", "Gamma", "Delta")
    )
    page = f"## Web beacons\n\nThey are small.\n\n{links}\nWe also use these subprocessors for optional services:\n\n- Alpha\n"
    found = made(f"{TITLE}{page}")
    assert list(found.services) == ["beta", "gamma", "delta", "alpha"]
    assert found.services["alpha"].activation == "opt-in"


def test_import_of_a_bullet_that_only_says_optional_has_no_purpose() -> None:
    found = made(f"{TITLE}We work with these companies:\n\n- **Alpha**: hosting\n- Beta, optional\n")
    beta = found.services["beta"]
    assert (beta.purpose, beta.activation) == (None, "opt-in")
    assert "activation: opt-in  # guessed" in found.text


def test_import_leaves_out_what_a_heading_says_are_no_subprocessors() -> None:
    table = "| Name | Purpose |\n|---|---|\n| Alpha | Hosting |\n"
    found = made(f"{TITLE}{table}\n## Other tools (not subprocessors)\n\n- **Beta**: a package index.\n")
    assert list(found.services) == ["alpha"]
    assert len(found.report.left_out) == 1


def test_import_of_an_array_of_rows_reads_them() -> None:
    script = "const SUBPROCESSORS = [['Alpha', 'Hosting', 'Germany'], ['Beta', 'Email', 'USA']];"
    assert found_in(script, InputFormat.SCRIPT) == ALPHA_AND_BETA


@pytest.mark.parametrize(
    "page",
    [
        "We share data with third parties:\n\n- **Service providers**: they help us.\n- **Law enforcement**: by law.\n",
        "## How we protect data\n\n- **Encryption**: All of it.\n- **Access control**: Few people.\n",
        "- [Home](/)\n- [Prices](/prices)\n",
        "Each subprocessor must:\n\n- **Encryption**: use it.\n- **Audits**: allow them.\n",
        "### What is a subprocessor?\n\nA company.\n\n### Why do we use them?\n\nTo help.\n",
        "| Cookie | Provider | Purpose | Expiry |\n|---|---|---|---|\n| _a | Alpha | Analytics | 1 year |\n",
    ],
)
def test_import_of_a_page_without_names_is_refused(page: str) -> None:
    with pytest.raises(ReadError, match="no services found"):
        made(f"{TITLE}{page}")


@pytest.mark.parametrize(
    "rest",
    [
        "Hosting in Zzyzx, Germany",
        "Hosting, Zzyzx, Germany",
        "Hosting in Zzyzx – Germany",
        "Hosting in Zzyzx (Germany)",
    ],
)
def test_place_at_the_end_of_a_bullet_is_not_read_next_to_another_one(rest: str) -> None:
    found = made(f"{TITLE}- **Alpha** – {rest}\n- **Beta** – Email\n")
    assert found.services["alpha"].processing == ()


def test_two_columns_of_names_become_names_and_purposes_or_entities() -> None:
    purposes = made(
        "| Subprocessor | Service |\n|---|---|\n| Alpha GmbH | Database hosting |\n| Beta Inc. | Email |\n"
    )
    assert [each.purpose for each in purposes.services.values()] == ["Database hosting", "Email"]
    head = "| Company | Service | Purpose |\n|---|---|---|\n"
    entities = made(f"{head}| Alpha GmbH | Alpha Maps | Maps |\n| Alpha GmbH | Alpha Mail | Email |\n")
    assert [(each.name, each.entity.name) for each in entities.services.values() if each.entity] == [
        ("Alpha Maps", "Alpha GmbH"),
        ("Alpha Mail", "Alpha GmbH"),
    ]


def test_cell_of_several_names_with_places_becomes_several_services() -> None:
    page = (
        TITLE
        + "| Purpose | Vendors |\n|---|---|\n| Hosting | Alpha (Germany), Gamma (Ireland) |\n| Email | Beta (USA) |\n"
    )
    assert found_in(page) == {**ALPHA_AND_BETA, "Gamma": ("Hosting", ["IE"])}


def test_cell_of_a_name_with_a_place_alone_stays_the_name() -> None:
    page = TITLE + "| Vendor | Purpose |\n|---|---|\n| Alpha (Ireland) | Hosting |\n| Beta | Email |\n"
    assert list(found_in(page)) == ["Alpha (Ireland)", "Beta"]


def test_terms_with_sentences_that_end_in_a_place_become_services_below_a_date() -> None:
    page = (
        "<h1>Subprocessors</h1><p>Last updated: 12 January 2026</p><dl><dt>Alpha</dt><dd>Runs servers in Finland.</dd>"
        "<dt>Beta</dt><dd>Payment processing in Ireland.</dd></dl>"
    )
    assert list(found_in(page, InputFormat.HTML)) == ["Alpha", "Beta"]


def test_bold_names_in_prose_become_services_if_they_are_used_and_have_a_legal_form_or_a_place() -> None:
    page = "# Privacy\n\nWe host with **Alpha GmbH** in Germany. Mail is sent through **Beta**, a company in Ireland.\n"
    assert list(found_in(page)) == ["Alpha GmbH", "Beta"]


def test_bold_words_in_prose_about_something_else_are_no_services() -> None:
    page = "# Privacy\n\nWe process data with **Great Care** and rely on **Consent Records** and on **Legitimate Interests**.\n"
    with pytest.raises(ReadError, match="no services found"):
        made(page)


@pytest.mark.parametrize("name", ["None of our vendors", "Keiner", "No other subprocessors", "We do not"])
def test_row_with_a_denial_instead_of_a_name_is_no_service(name: str) -> None:
    page = TITLE + f"| Subprocessor | Purpose |\n|---|---|\n| Alpha | Hosting |\n| {name} | sell data |\n"
    read = made(page)
    assert [each.name for each in read.services.values()] == ["Alpha"]
    assert f"#   Subprocessor: {name}\n#   Purpose: sell data\n" in read.text


def test_table_inside_of_one_that_lays_out_the_page_is_read() -> None:
    page = (
        "<table><tr><td><h1>Subprocessors</h1><table><tr><th>Name<th>Purpose<th>Location</tr>"
        "<tr><td>Alpha<td>Hosting<td>Germany</tr><tr><td>Beta<td>Email<td>USA</tr></table></td></tr></table>"
    )
    assert found_in(page, InputFormat.HTML) == ALPHA_AND_BETA


def test_table_inside_of_a_cell_of_services_is_text_of_the_cell() -> None:
    page = (
        "<table><tr><th>Name<th>Purpose</tr><tr><td>Alpha<td>Hosting</tr><tr><td>Beta<td>Email</tr>"
        "<tr><td>Gamma<td>Search<table><tr><td>by day</tr></table></td></tr></table>"
    )
    assert list(found_in(page, InputFormat.HTML)) == ["Alpha", "Beta", "Gamma"]


def test_lines_with_labels_below_a_heading_are_read_by_their_labels() -> None:
    page = (
        TITLE
        + "### Alpha\n\nPurpose: Hosting\nLocation: Germany\n\n### Beta\n\nPurpose: Email\nLocation: USA\n"
    )
    assert found_in(page) == ALPHA_AND_BETA


def test_import_of_a_script_takes_no_question_for_a_name() -> None:
    script = (
        'module.exports = { vendors: [{ title: "Alpha", purpose: "Hosting" }, { title: "Beta", purpose: "Email" }],\n'
        '  faq: [{ title: "What is a subprocessor?", body: "A company." }] };\n'
    )
    assert list(found_in(script, InputFormat.SCRIPT)) == ["Alpha", "Beta"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ("<meta charset=iso-8859-2>", "iso8859-2"),
        ("<meta charset=shift_jis>", "shift_jis"),
        ('<meta charset="iso-8859-1">', "utf-8"),  # what a page is goes before what it declares
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "utf-8"),
    ],
)
def test_import_html_in_its_declared_encoding_reads_every_letter(declared: str, encoding: str) -> None:
    name, purpose = ("例", "電子メール") if encoding == "shift_jis" else ("Börse", "E-Mail für Käufer")
    page = f"{declared}<table><tr><th>Name<th>Purpose<tr><td>{name}<td>{purpose}</table>"
    [service] = made(page.encode(encoding), InputFormat.HTML).services.values()
    assert (service.name, service.purpose) == (name, purpose)


@pytest.mark.parametrize(
    "declared", ["", "<meta charset=utf-8>", "<meta charset=hex>", "<meta charset=unicode_escape>"]
)
def test_import_html_of_an_undeclared_encoding_is_refused(declared: str) -> None:
    page = f"{declared}<table><tr><th>Name<th>Purpose<tr><td>B\xf6rse<td>Mail</table>"
    with pytest.raises(ReadError, match="0xf6 in line 1 is not UTF-8"):
        made(page.encode("latin-1"), InputFormat.HTML)


@pytest.mark.parametrize(
    "page",
    [
        "<dl><dt>Alpha</dt><dd>Purpose: Hosting</dd><dd>Location: Germany</dd><dt>Beta</dt><dd>Purpose: Email</dd><dd>Location: US</dd></dl>",
        "<dl><div><dt>Alpha</dt><dd>Purpose: Hosting</dd><dd><p>Location: Germany</p></dd></div><div><dt>Beta<dd>Purpose: Email</dd><dd>Location: US</dd></div></dl>",
    ],
)
def test_import_html_of_terms_with_labelled_definitions_reads_the_labels(page: str) -> None:
    assert found_in(f"<h1>Subprocessors</h1>{page}", InputFormat.HTML) == ALPHA_AND_BETA


def test_import_rst_of_terms_reads_their_names_and_contacts() -> None:
    page = "Subprocessors\n=============\n\nAlpha\n    Hosting. Data stays in Germany.\n    Contact: dpo@alpha.example\n\nBeta\n    Email.\n"
    services = made(page, InputFormat.RST).services
    assert [(each.name, each.contact) for each in services.values()] == [
        ("Alpha", "dpo@alpha.example"),
        ("Beta", None),
    ]
    assert services["alpha"].processing[0].place == ("DE",)


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("Data is processed in Germany on the basis of the Standard Contractual Clauses.", [("DE",)]),
        ("Data is stored in Germany under a contract.", [("DE",)]),
        # The basis names another place
        ("Data is stored in Germany under a contract with a company in India.", []),
        ("Data is not stored in Germany under a contract.", []),
    ],
)
def test_import_of_a_sentence_with_a_basis_reads_the_place_before_it(
    sentence: str, places: list[tuple[str, ...]]
) -> None:
    page = f"# Subprocessors\n\n| Name | Purpose |\n|---|---|\n| Alpha | Hosting. {sentence} |\n"
    [service] = made(page).services.values()
    assert [each.place for each in service.processing] == places


def test_import_csv_of_columns_of_one_name_takes_the_first() -> None:
    services = made("Name,name,name\nFerox for email,Alpha,Beta\n", InputFormat.CSV).services
    assert [each.name for each in services.values()] == ["Ferox for email"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("United States (Standard Contractual Clauses)", [(("US",), "Standard Contractual Clauses")]),
        ("USA (SCC), Germany", [(("US",), "SCC"), (("DE",), None)]),
        (
            "Germany (SCC for support in India)",
            [(("DE", "IN", "unknown"), "Germany (SCC for support in India)")],
        ),
        ("United States (SCC, and others)", [(("US", "unknown"), "United States (SCC, and others)")]),
    ],
)
def test_import_of_a_place_with_its_transfer_basis_in_brackets_notes_the_basis(
    place: str, expected: list[tuple[tuple[str, ...], str | None]]
) -> None:
    page = f"| Name | Purpose | Location of processing |\n|---|---|---|\n| Alpha | Hosting | {place} |\n"
    [service] = made(page).services.values()
    assert [(each.place, each.note) for each in service.processing] == expected


def test_import_page_reads_names_in_bold_above_labels_as_services_of_the_heading() -> None:
    page = (
        "## Core\n\n**Alpha GmbH** (Berlin, Germany)\nPurpose: Hosting\nData location: Germany\n\n"
        "## Optional\n\n**Beta**\nPurpose: Email\nData location: USA\n"
    )
    services = made(TITLE + page).services
    assert {key: (each.group, each.purpose) for key, each in services.items()} == {
        "alpha-gmbh": ("Core", "Hosting"),
        "beta": ("Optional", "Email"),
    }


def test_import_page_reads_several_labelled_records_below_the_heading_of_a_group() -> None:
    page = "## Hosting\n\nName: Alpha\nPurpose: Hosting\nLocation: Germany\n\nName: Beta\nPurpose: Email\nLocation: USA\n"
    assert found_in(TITLE + page) == ALPHA_AND_BETA


def test_import_html_reads_headers_in_two_rows() -> None:
    page = (
        "<h1>Subprocessors</h1><table><tr><th rowspan=2>Name</th><th rowspan=2>Purpose</th><th colspan=2>Processing</th></tr>"
        "<tr><th>Location</th><th>Legal basis</th></tr><tr><td>Alpha</td><td>Hosting</td><td>Germany</td><td>-</td></tr>"
        "<tr><td>Beta</td><td>Email</td><td>USA</td><td>SCCs</td></tr></table>"
    )
    assert found_in(page, InputFormat.HTML) == ALPHA_AND_BETA


def test_import_page_reads_no_services_below_a_heading_of_cookies() -> None:
    page = (
        "| Name | Purpose |\n|---|---|\n| Alpha | Hosting |\n\n"
        "## 3. Cookies\n\n| Name | Provider | Duration |\n|---|---|---|\n| _id | Beta | 1 day |\n"
    )
    found = made(TITLE + page)
    assert list(found.services) == ["alpha"]
    assert any(remark.startswith("a table with 1 row is not read") for remark in found.report.remarks)


def test_import_json_reads_fields_of_services_in_objects_of_their_own() -> None:
    rows = [
        {"processor": {"name": name}, "processing": {"purpose": purpose, "countries": [country]}}
        for name, purpose, country in (("Alpha", "Hosting", "DE"), ("Beta", "Email", "US"))
    ]
    assert found_in(json.dumps(rows), InputFormat.JSON) == ALPHA_AND_BETA


def test_import_bullets_with_a_place_before_the_colon_reads_name_place_and_basis() -> None:
    page = "## 2. Subprocessors\n\nData may be shared with:\n\n- Alpha (Germany): Hosting\n- Beta (USA, SCCs): Email\n"
    services = made(f"# Privacy notice\n\n{page}").services
    assert found_in(f"# Privacy notice\n\n{page}") == ALPHA_AND_BETA
    assert [str(each.basis) for each in services["beta"].transfer] == ["scc"]


def test_import_of_thousands_of_names_in_one_sentence_reads_none_of_them() -> None:
    names = " ".join(f"**Alpha {number}**" for number in range(300))
    with pytest.raises(ReadError, match="no services found"):
        made(f"{TITLE}We use {names} for mail")


def test_import_csv_reads_a_row_in_capitals_as_the_heading_of_those_below_it() -> None:
    table = (
        "Name,Purpose,Location\nINFRASTRUCTURE,,\nAlpha,Hosting,Germany\nOPTIONAL ADD-ONS,,\nBeta,Email,USA\n"
    )
    services = made(table, InputFormat.CSV).services
    assert found_in(table, InputFormat.CSV) == ALPHA_AND_BETA
    assert services["alpha"].group == "INFRASTRUCTURE"
    assert str(services["beta"].activation) == "opt-in"


def test_import_bullets_below_a_heading_of_services_need_no_name_set_apart() -> None:
    page = "We, Gamma Ltd, currently use:\n\n- Alpha (Hosting, Germany)\n- Beta (Email, USA)\n"
    assert found_in(f"# Data subprocessors\n\n{page}") == ALPHA_AND_BETA


def test_import_column_of_companies_among_unknown_columns_is_read() -> None:
    table = "| Nimi | Aihe |\n|---|---|\n| Alpha Oy | Postit |\n| Beta GmbH | Kartat |\n| Gamma | Puhelut |\n"
    assert list(made(table).services) == ["alpha-oy", "beta-gmbh", "gamma"]
    people = "| Nimi | Aihe |\n|---|---|\n| Maija | Postit |\n| Matti | Kartat |\n"
    with pytest.raises(ReadError, match="no services found"):
        made(people)


def test_import_sentences_without_a_full_stop_are_no_services() -> None:
    page = (
        "# Subprocessors\n\n- **Alpha Oy**: mails\n\n## International subprocessors\n\n"
        "- Data transfers to other countries are based on clauses or decisions\n"
        "- Our subprocessors implement appropriate safeguards for such data transfers\n"
    )
    assert [each.name for each in made(page).services.values()] == ["Alpha Oy"]


@pytest.mark.parametrize(
    "seat", ["1 Main Street,<br>Springfield, IL 62701<br>United States", "San Francisco, USA"]
)
def test_import_address_as_the_country_of_a_company_gives_its_country(seat: str) -> None:
    found = made(
        f"| Entity Name | Purpose | Corporate Location |\n|---|---|---|\n| Alpha, Inc. | Mail | {seat} |\n"
    )
    entity = found.services["alpha-inc"].entity
    assert entity is not None
    assert entity.country == "US"


@for_rows(
    "page",
    [
        "We use:\n\n- **Hosting**\n  - Alpha GmbH (Germany)\n- **Email delivery**\n  - Beta Inc. (USA)\n",
        "- **Hosting**\n  - Alpha GmbH, Germany\n- **Email delivery**\n  - Beta Inc., USA\n",
        "## Hosting\n\n- **Alpha GmbH**: servers (Germany)\n\n## Email delivery\n\n- **Beta Inc.**: messages (USA)\n",
        "## Hosting\n\nWhere our servers are.\n\n- Alpha GmbH – servers (Germany)\n\n## Email delivery\n\n- Beta Inc. – messages (USA)\n",
    ],
)
def test_category_above_its_services_is_no_service(page: str) -> None:
    services = made(f"{TITLE}{page}").services.values()
    assert [(each.name, each.group, each.processing[0].place[0]) for each in services] == [
        ("Alpha GmbH", "Hosting", "DE"),
        ("Beta Inc.", "Email delivery", "US"),
    ]


@for_rows(
    "page",
    [
        "# Субпроцессоры\n\n## Аналитика\n\n- Alpha — счётчик (Германия)\n\n## Почта\n\n- Beta — письма (США)\n",
        "# 再委託先\n\n## 分析\n\n- Alpha：アクセス解析（ドイツ）\n\n## メール\n\n- Beta：配信（アメリカ）\n",
    ],
)
def test_category_in_another_script_is_no_service(page: str) -> None:
    assert [places for _, places in found_in(page).values()] == [["DE"], ["US"]]
    assert list(found_in(page)) == ["Alpha", "Beta"]


@for_rows(
    "page, kind",
    [
        ("<h2>Hosting</h2><dl><dt>Alpha</dt><dd>Servers in Germany</dd></dl>", InputFormat.HTML),
        ("<h2>Alpha GmbH</h2><dl><dt>Hosting</dt><dd>Servers in Germany</dd></dl>", InputFormat.HTML),
    ],
)
def test_definition_list_of_one_term_below_a_heading_is_a_service(page: str, kind: InputFormat) -> None:
    other = page.replace("Alpha", "Beta").replace("Hosting", "Email")
    services = made(f"<h1>Subprocessors</h1>{page}{other}", kind).services.values()
    assert [each.name.partition(" ")[0] for each in services] == ["Alpha", "Beta"]
    assert all(each.purpose and "Servers in Germany" in each.purpose for each in services)


@for_rows(
    "page",
    [
        "## Security\n\n- Access control: badges and keys\n- Backups: every day\n",
        "## Requirements\n\n- Each vendor signs an agreement.\n- Each vendor is reviewed.\n",
        "## How to subscribe\n\n1. Open your settings.\n2. Choose messages.\n",
        "The processor shall\n\n- follow instructions;\n- keep all data with **Alpha GmbH** in Germany; and\n- assist the controller.\n",
    ],
)
def test_rules_below_a_heading_about_services_are_no_services(page: str) -> None:
    with pytest.raises(ReadError):
        made(f"{TITLE}{page}")
    table = "| Subprocessor | Purpose |\n|---|---|\n| Beta | Email |\n\n"
    assert list(made(f"{TITLE}{table}{page}").services) == ["beta"]


def test_misspelt_headers_are_understood_as_guesses() -> None:
    page = "| Subprocesor | Purpse | Locaton |\n|---|---|---|\n| Alpha | Hosting | Germany |\n| Beta | Email | USA |\n"
    assert found_in(page) == ALPHA_AND_BETA
    assert "# guessed" in made(page).block


def test_headers_of_which_most_are_unknown_are_not_corrected() -> None:
    with pytest.raises(ReadError):
        made("# People\n\n| Proviter | Height | Weight |\n|---|---|---|\n| Alpha | 1 | 2 |\n")


def test_slash_in_a_name_keeps_one_service() -> None:
    assert list(found_in(f"{TITLE}- Alpha / Beta: database\n- Gamma: mail\n")) == ["Alpha / Beta", "Gamma"]
