"""Layouts of pages that say in several parts what they list: one table a service, repeated names, sections of data."""

import json

import pytest

from import_cases import made
from rows import for_rows
from subproc_cli.errors import ReadError
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.registry.models import Service

TITLE = "# Subprocessors\n\n"
LIST = "| Subprocessor | Purpose |\n|---|---|\n| Alpha | Hosting |\n| Beta | Email |\n\n"


def found_in(page: str, kind: InputFormat = InputFormat.MARKDOWN) -> dict[str, Service]:
    """Return the services of a page by their names."""
    return {each.name: each for each in made(page, kind).services.values()}


def places(service: Service) -> list[str]:
    return [place.place[0] for place in service.processing]


@for_rows("head", ["| Field | Value |", "| Information | Detail |", "| Feld | Wert |"])
def test_table_of_labels_and_values_below_a_numbered_name_describes_that_service(head: str) -> None:
    grid = (
        f"{head}\n|---|---|\n| Type | Processor |\n| Purpose | Hosting |\n| Processing location | Germany |\n"
        "| Endpoint | alpha.example |\n| Staff | Two engineers |\n"
    )
    found = found_in(f"{TITLE}### 1. Alpha\n\n{grid}\n### 2. Beta\n\n{grid.replace('Hosting', 'Email')}")
    assert {name: (each.purpose, places(each)) for name, each in found.items()} == {
        "Alpha": ("Hosting", ["DE"]),
        "Beta": ("Email", ["DE"]),
    }


def test_sections_of_an_agreement_are_no_services_because_a_few_have_labels() -> None:
    sections = "".join(
        f"## {at}. {name}\n\nThe parties agree.\n\n"
        for at, name in enumerate(("Duration", "Audits", "Law"), 3)
    )
    page = (
        f"# Agreement\n\n## 1. Parties\n\nPurpose: sale\nAddress: Town\n\n## 2. Signature\n\nPurpose: proof\n\n"
        f"{sections}## 6. Subprocessors\n\n{LIST}"
    )
    assert list(found_in(page)) == ["Alpha", "Beta"]


def test_further_table_on_the_same_services_adds_to_them() -> None:
    page = f"{TITLE}{LIST}## Transfers\n\n| Subprocessor | Country | Transfer mechanism |\n|---|---|---|\n| Beta Inc. | USA | SCC |\n"
    found = found_in(page)
    assert list(found) == ["Alpha", "Beta"]
    assert (places(found["Beta"]), [each.basis for each in found["Beta"].transfer]) == (["US"], ["scc"])


def test_further_table_adds_to_services_whose_purpose_is_headed_as_a_role() -> None:
    page = (
        "# Sous-traitants\n\n| Sous-traitant | Rôle | Pays |\n|---|---|---|\n| Alpha | Hébergement | DE |\n| Beta | Courriels | US |\n\n"
        "## Transferts\n\n| Sous-traitant | Mécanisme de transfert |\n|---|---|\n| Beta | SCC |\n"
    )
    found = found_in(page)
    assert list(found) == ["Alpha", "Beta"]
    assert [each.basis for each in found["Beta"].transfer] == ["scc"]


def test_second_purpose_of_the_same_name_stays_a_service_of_its_own() -> None:
    page = f"{TITLE}{LIST}## More\n\n| Subprocessor | Purpose |\n|---|---|\n| Beta | Backups |\n"
    assert sorted(str(each.purpose) for each in made(page).services.values()) == [
        "Backups",
        "Email",
        "Hosting",
    ]


@for_rows(
    "part",
    [
        "## Security\n\n- TLS 1.2: in transit\n- AES-256: at rest\n",
        "## Data locations\n\n- EU1: Frankfurt, Germany\n- US1: Oregon, USA\n",
        "## Adding a new subprocessor\n\n1. Add it to LIST_OF_ALL.\n2. Bump VERSION_2.\n",
        "## Legend\n\nOur subprocessors use the following mechanisms:\n\n- **EU Frame** — a decision.\n- **Clauses** — one.\n",
    ],
)
def test_instructions_and_legends_are_no_services(part: str) -> None:
    assert list(found_in(f"{TITLE}{LIST}{part}")) == ["Alpha", "Beta"]


def test_table_of_as_many_headers_as_names_that_sound_like_labels_is_read_row_by_row() -> None:
    page = f"{TITLE}| Name | Purpose | Location | Remarks |\n|---|---|---|---|\n| Stripes | Cards | Ireland | - |\n| Pear Pay | Phones | USA | - |\n| Gold Pay | Phones | USA | - |\n"
    assert list(found_in(page)) == ["Stripes", "Pear Pay", "Gold Pay"]


def test_numbers_before_all_names_of_a_table_are_no_part_of_them() -> None:
    page = "| Subprocessor | Purpose |\n|---|---|\n| 1. Alpha | Hosting |\n| 2. Beta | Email |\n"
    assert list(found_in(page)) == ["Alpha", "Beta"]
    assert list(found_in(page.replace("2. Beta", "Beta"))) == ["1. Alpha", "Beta"]


def test_row_that_introduces_more_services_divides_a_table() -> None:
    page = (
        "<h1>Subprocessors</h1><table><tr><td>Group company</td><td>Location</td></tr><tr><td>Alpha Inc.</td><td>USA</td></tr>"
        "<tr><td colspan=2>Additional subprocessors are as follows:</td></tr>"
        "<tr><td>1. Beta</td><td>Payments</td><td>India</td></tr><tr><td>2. Gamma</td><td>Tickets</td><td>Germany</td></tr></table>"
    )
    found = found_in(page, InputFormat.HTML)
    assert {name: (each.purpose, places(each)) for name, each in found.items()} == {
        "Alpha Inc.": (None, ["US"]),
        "Beta": ("Payments", ["IN"]),
        "Gamma": ("Tickets", ["DE"]),
    }


def test_unknown_column_of_places_states_the_processing_and_a_mere_country_the_seat() -> None:
    rows = [("Alpha", "Germany", "USA"), ("Beta", "France", "USA"), ("Gamma", "Ireland", "Canada")]
    data = [
        {"name": name, "purpose": "x", "hosted": None, "spot": spot, "country": seat}
        for name, spot, seat in rows
    ]
    found = found_in(json.dumps({"subprocessors": data}), InputFormat.JSON)
    assert [places(each) for each in found.values()] == [["DE"], ["FR"], ["IE"]]
    assert [each.entity and each.entity.country for each in found.values()] == ["US", "US", "CA"]


def test_country_of_the_entity_is_no_place_of_processing() -> None:
    alpha = found_in(
        "| Subencargado | País de la Entidad | Finalidad |\n|---|---|---|\n| Alpha | Estados Unidos | Correo |\n"
    )["Alpha"]
    assert (places(alpha), alpha.entity and alpha.entity.country) == ([], "US")


def test_lists_under_different_parts_of_a_page_in_data_are_read_together() -> None:
    rows = (
        [{"name": "Alpha", "purpose": "Hosting", "country": "Germany"}],
        [{"name": "Beta", "purpose": "Email", "country": "USA"}],
    )
    data = {"hosting": {"table": {"rows": rows[0]}}, "mail": {"table": {"rows": rows[1]}}}
    assert [(name, each.group) for name, each in found_in(json.dumps(data), InputFormat.JSON).items()] == [
        ("Alpha", "hosting"),
        ("Beta", "mail"),
    ]


def test_list_of_cookies_next_to_services_in_data_is_not_one_of_them() -> None:
    cookies = [{"name": "_sid", "purpose": "Session", "country": "Germany"}]
    services = [
        {"name": "Alpha", "purpose": "Hosting", "country": "Germany"},
        {"name": "Beta", "purpose": "Email", "country": "USA"},
    ]
    for key in ("subprocessors", "infrastructure"):
        data = {"page": {key: {"rows": services}, "cookies": {"rows": cookies}}}
        assert list(found_in(json.dumps(data), InputFormat.JSON)) == ["Alpha", "Beta"]


def test_list_for_development_only_is_left_out() -> None:
    data = {
        "subprocessors": [{"name": "Alpha", "purpose": "Hosting"}],
        "dev_only": [{"name": "Beta", "purpose": "Pictures"}],
    }
    assert list(found_in(json.dumps(data), InputFormat.JSON)) == ["Alpha"]


def test_constants_of_a_script_are_looked_up() -> None:
    script = (
        'const places = { us: "USA", de: "Germany" };\n'
        'const subprocessors = [\n  { name: "Alpha", purpose: "Hosting", location: places.de },\n'
        '  { name: "Beta", purpose: "Email", location: places.unknown },\n];\n'
    )
    found = found_in(script, InputFormat.SCRIPT)
    assert (places(found["Alpha"]), places(found["Beta"])) == (["DE"], [])


def test_variable_that_may_change_is_not_looked_up() -> None:
    script = 'let place = { a: "Germany" };\nconst subprocessors = [{ name: "Alpha", purpose: "Hosting", location: place.a }];\n'
    assert places(found_in(script, InputFormat.SCRIPT)["Alpha"]) == []


def test_commented_part_of_a_component_is_not_read() -> None:
    row = "<tr><td>{}</td><td>Hosting</td></tr>"
    page = (
        "export default () => (<div><h1>Subprocessors</h1><table><tr><th>Subprocessor</th><th>Purpose</th></tr>"
        f"{row.format('Alpha')}{{/* {row.format('Beta')} */}}</table></div>);"
    )
    assert list(found_in(page, InputFormat.SCRIPT)) == ["Alpha"]


def test_indented_html_below_front_matter_is_no_code() -> None:
    table = "<table><tr><th>Provider</th><th>What it does for Acme</th></tr>\n        <tr><td>Alpha</td><td>Hosting</td></tr></table>"
    page = f"---\ntitle: Sub-processors\n---\n<article>\n  <div>\n\n      {table}\n  </div>\n</article>\n"
    assert {name: each.purpose for name, each in found_in(page).items()} == {"Alpha": "Hosting"}


def test_definitions_under_several_categories_are_services() -> None:
    page = (
        "Subprocessors\n=============\n\nServers\n-------\n\nAlpha, Inc.\n    Cloud provider.\n\n"
        "Watching\n--------\n\nBeta Dog\n    Application analytics.\n\nGamma\n    A service used to track errors.\n"
    )
    assert list(found_in(page, InputFormat.RST)) == ["Alpha, Inc.", "Beta Dog", "Gamma"]


def test_headings_of_kinds_and_names_are_divided_on_the_same_side() -> None:
    page = (
        f"{TITLE}## Hosting & CDN – Alpha (actief)\n\nServers.\n\n## Analytics – Beta (optioneel)\n\nTellen.\n\n"
        "## Betalingen – Gamma (optioneel)\n\nBetalen.\n"
    )
    found = found_in(page)
    assert {name: (each.purpose, each.activation) for name, each in found.items()} == {
        "Alpha": ("Hosting & CDN", "always"),
        "Beta": ("Analytics", "opt-in"),
        "Gamma": ("Betalingen", "opt-in"),
    }


def test_import_of_json_leaves_out_cookies_and_people_next_to_the_services() -> None:
    data = {
        "subprocessors": [{"name": "Alpha", "purpose": "Hosting"}, {"name": "Beta", "purpose": "Email"}],
        "cookies": [{"name": "sid", "purpose": "session"}],
        "team": [{"name": "Support", "purpose": "answers"}],
    }
    assert list(found_in(json.dumps(data), InputFormat.JSON)) == ["Alpha", "Beta"]


def test_first_sentence_below_a_single_heading_is_the_purpose_before_a_place() -> None:
    page = "<h2>Subprocessors</h2><h3>Alpha</h3><p>Hosting. Located in Germany.</p><h3>Beta</h3><ul><li>Purpose: mail</li></ul>"
    alpha = found_in(page, InputFormat.HTML)["Alpha"]
    assert (alpha.purpose, places(alpha)) == ("Hosting.", ["DE"])


def test_remark_after_the_sentence_that_introduces_bullets_does_not_hide_them() -> None:
    bullets = (
        "- **Alpha** — hosting, delivery and logs.\n- **Beta** — mail, where used.\n- **Gamma** — forms.\n"
    )
    lead = "Example GmbH uses a small set of service providers to operate its systems."
    assert list(found_in(f"{TITLE}{lead} Their role may vary.\n\n{bullets}")) == ["Alpha", "Beta", "Gamma"]


def test_headings_below_a_heading_of_subprocessors_are_services_if_half_of_them_show_it() -> None:
    names = ("Ferox Inc.", "Quill Labs", "Zento GmbH", "Brimm Maps")
    page = "# Legal\n\n## Current subprocessors\n\nThese companies are engaged:\n\n" + "".join(
        f"### {name}\n\nMapping, searching and routing.\n\n" for name in names
    )
    assert list(found_in(page)) == list(names)


def test_abbreviations_of_products_in_brackets_are_no_companies() -> None:
    page = TITLE + "| Vendor | Purpose |\n|---|---|\n| Ferox Web (S3, SES) | Mail |\n| Alpha SE | Hosting |\n"
    assert {name: each.entity for name, each in found_in(page).items()} == {
        "Ferox Web (S3, SES)": None,
        "Alpha SE": None,
    }


def test_legend_of_roles_above_services_is_no_list_of_them() -> None:
    page = (
        "# Subprocessors\n\nEach subprocessor has one of these roles:\n\n- **PHI-receiver** — receives data.\n"
        f"- **Self-managed** — runs on our own servers.\n\n{LIST}"
    )
    assert list(found_in(page)) == ["Alpha", "Beta"]


def test_links_to_documents_below_a_service_are_no_services() -> None:
    sections = "".join(
        f"### {name}\n\n{name} runs our servers.\n\n"
        f"- [Official website](https://{name.lower()}.example/)\n"
        f"- [{name} Privacy Policy](https://{name.lower()}.example/privacy)\n\n"
        for name in ("Ferox", "Quill", "Zento")
    )
    services = found_in(f"# List of third parties\n\n## Operations\n\n{sections}")
    assert {name: str(each.links.privacy) for name, each in services.items() if each.links} == {
        "Ferox": "https://ferox.example/privacy",
        "Quill": "https://quill.example/privacy",
        "Zento": "https://zento.example/privacy",
    }


def test_long_remark_in_brackets_after_a_heading_is_no_part_of_the_name() -> None:
    page = (
        "# Subprocessors\n\n## Ferox\n\nFerox delivers files.\n\n"
        "## Quill (limited to the files of the old example.com)\n\nQuill delivers files.\n"
    )
    quill = found_in(page)["Quill"]
    assert quill.notes is not None
    assert "limited to the files of the old example.com" in quill.notes


def test_headings_that_several_companies_share_are_labels_of_their_sections() -> None:
    parts = "### Purpose\n\n- {purpose}\n\n### Security measures\n\n- Encryption\n\n"
    companies = (("Ferox Ltd.", "Hosting"), ("Quill GmbH (Mail)", "Sending mail"), ("Zento Maps", "Maps"))
    page = "# List of processors\n\n## Controller\n\nExample GmbH\n\n" + "".join(
        f"## {at}. {name}\n\n{parts.format(purpose=purpose)}"
        for at, (name, purpose) in enumerate(companies, 1)
    )
    services = found_in(f"{page}## Final provisions\n\nThe laws of Utopia apply.\n")
    assert {name: each.purpose for name, each in services.items()} == dict(companies)


def test_headings_below_one_company_alone_are_no_labels() -> None:
    page = "# Terms\n\n## Ferox Ltd.\n\n### Purpose\n\nHosting.\n\n### Security measures\n\nEncryption.\n"
    with pytest.raises(ReadError, match="no services"):
        made(page)
