"""Contracts and policies set more apart than services: parties, data, rights, duties, measures."""

import pytest

from import_cases import made
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.layouts.matters import is_matter

LIST = """

## Annex: Sub-processors

| Sub-processor | Purpose | Location |
| --- | --- | --- |
| Ferox | Hosting | Germany |
"""


def names(page: str, kind: InputFormat = InputFormat.MARKDOWN) -> list[str]:
    return [service.name for service in made(page, kind).services.values()]


@pytest.mark.parametrize(
    "heading",
    [
        "Article 3 — Categories of data",
        "§ 2 Art und Zweck der Verarbeitung",
        "2.1 Roles",
        "2. SCOPE AND ROLES",
        "Security measures",
        "Art. 9 Rechten van betrokkenen",
        "Obligations du sous-traitant",
        "Processor (the “Supplier”)",
        "Handtekeningen",
    ],
)
def test_is_matter_section_of_a_contract_is_true(heading: str) -> None:
    assert is_matter(heading)


@pytest.mark.parametrize(
    "heading", ["Sub-processors", "Ferox", "Hosting", "Security & monitoring", "1. Zento"]
)
def test_is_matter_other_heading_is_false(heading: str) -> None:
    assert not is_matter(heading)


@pytest.mark.parametrize(
    "section",
    [
        "## 11. Data subject rights\n\nThe processor helps the customer with:\n\n- Right to access\n- Right to object",
        "## Security measures\n\n- **Encryption:** Zento keys\n- **Backups:** Quill vaults, Germany",
        "## 2. Scope and roles\n\n### 2.1 Roles\n\nPurpose: hosting.\n\n### 2.2 Ferox data\n\nPurpose: mail.",
        "## Supplier (the “Supplier”)\n\n- **Owner:** Zento\n- **Office:** Quill Street 1, Germany",
        "## 3. Sub-processors\n\n- Maintain list of sub-processors\n- Notify controller of changes\n",
        "## 13. Certificates\n\nProcessor maintains:\n\n- SOC 2 Type II certification\n- Regular penetration testing",
        "## 8. Einkauf\n\nDer Auftragsverarbeiter trifft, unter anderem:\n\n- Schlüsselverwaltung\n- Besucherregelung",
        "## Meanings\n\n| Sub-processor | Whoever is engaged for data |\n| --- | --- |\n| Working Day | Any day |",
    ],
)
def test_import_contract_lists_only_the_annex(section: str) -> None:
    assert names(f"# Data processing agreement\n\n{section}{LIST}") == ["Ferox"]


def test_import_list_in_a_section_of_a_contract_is_read() -> None:
    page = "# Data processing agreement\n\n## 4. Obligations\n\n### 4.2 Sub-processors\n\n- Ferox GmbH, hosting\n- Zento Inc., mail\n"

    assert names(page) == ["Ferox GmbH", "Zento Inc."]


def test_import_name_with_a_dash_in_brackets_ends_before_them() -> None:
    page = "# Sub-processors\n\n- Ferox (hosting - encrypted only)\n- Zento (mail)\n"

    assert names(page) == ["Ferox", "Zento"]


def test_import_only_row_next_to_a_blank_one_is_kept() -> None:
    page = "| Sub-processor | Purpose |\n| --- | --- |\n| Ferox | Hosting |\n| Data deletion | Other |\n"

    assert "Ferox" in names(page)


def test_import_reports_the_texts_that_look_like_no_name() -> None:
    page = "# Sub-processors\n\n- Ferox GmbH: hosting\n- Zento Inc.: mail\n- Notify controller of changes\n"

    remarks = made(page).report.remarks

    assert any("'Notify controller of changes'" in remark and "left out" in remark for remark in remarks)


def test_import_script_with_sections_around_a_table_reads_the_table() -> None:
    page = """export const metadata = { title: "Sub-processors | Quill" };
export default function Page() { return (
<LegalPage title="Sub-processors" lastUpdated="24 June 2026">
<LegalSection n="1" title="Current sub-processors"><p>They are:</p>
<table><tr><th>Sub-processor</th><th>Purpose</th></tr><tr><td>Ferox</td><td>Hosting</td></tr></table>
</LegalSection>
<LegalSection n="2" title="Related documents"><p>See the policy.</p></LegalSection>
</LegalPage>) }
"""

    assert names(page, InputFormat.SCRIPT) == ["Ferox"]
    assert "publisher: Quill" in made(page, InputFormat.SCRIPT).text
    assert "date: 2026-06-24" in made(page, InputFormat.SCRIPT).text


def test_import_list_below_a_clause_is_read_without_the_next_clauses() -> None:
    page = (
        "# Data processing agreement\n\n## 6. Subverwerkers\n\n1. De klant stemt in met de volgende subverwerkers:\n"
        "   - **Ferox B.V.**: hosting (Nederland);\n   - **Zento Inc.**: e-mail (USA).\n"
        "2. De klant wordt over wijzigingen geïnformeerd.\n"
    )

    services = made(page).services

    assert [service.name for service in services.values()] == ["Ferox B.V.", "Zento Inc."]
    assert [service.purpose for service in services.values()] == ["hosting", "e-mail"]
    assert [each.place for service in services.values() for each in service.processing] == [("NL",), ("US",)]


@pytest.mark.parametrize(
    "bullets",
    [
        "- **Hosting**: Ferox GmbH, Germany - servers\n- **CDN**: Zento Inc., USA - delivery\n",
        "- 🇩🇪 Hosting: Ferox GmbH\n- 🇺🇸 Crash reports: Zento Inc.\n",
        "- Hosting: Ferox GmbH (Germany)\n- Newsletter: [Zento Inc.](https://zento.example), USA\n",
    ],
)
def test_import_bullets_that_begin_with_kinds_name_services_after_them(bullets: str) -> None:
    services = made(f"# Subprocessors\n\n{bullets}").services

    assert [service.name for service in services.values()] == ["Ferox GmbH", "Zento Inc."]
    assert [each.place for service in services.values() for each in service.processing] == [("DE",), ("US",)]
    assert next(iter(services.values())).purpose == "Hosting"


def test_import_table_with_one_delimiter_too_many_is_read() -> None:
    page = "# Subprocessors\n\n|**Vendor**|**Purpose**|\n|-|-|-\n|Ferox|Hosting|\n|Zento|Mail|\n"

    assert names(page) == ["Ferox", "Zento"]


def test_import_script_with_links_to_policies_of_providers_is_read() -> None:
    page = """export class PolicyPage {
  readonly partners = [
    { name: "Ferox", url: "https://ferox.example/privacy" },
    { name: "Zento", url: "https://www.zento.example/privacy-policy" },
  ];
}
"""

    assert names(page, InputFormat.SCRIPT) == ["Ferox", "Zento"]


def test_import_definition_under_support_next_to_other_kinds_is_read() -> None:
    page = (
        "<h1>Subprocessors</h1><h2>Monitoring</h2><dl><dt>Ferox</dt><dd>Analytics of performance.</dd>"
        "<dt>Quill, Inc.</dt><dd>Error tracking.</dd></dl><h2>Support</h2><dl><dt>Zento, Inc.</dt>"
        "<dd>Customer support service.</dd></dl>"
    )

    assert names(page, InputFormat.HTML) == ["Ferox", "Quill, Inc.", "Zento, Inc."]


def test_import_policy_with_names_in_bold_under_kinds_of_services_is_read() -> None:
    page = (
        "# Privacy policy\n\n## Hosting\n\nWe run this site with **Ferox**. It keeps logs.\n\n"
        "## Payments/subscriptions\n\nCards are handled by **Zento**.\n\n## Your rights\n\nYou may object.\n"
    )

    services = made(page).services

    assert [service.name for service in services.values()] == ["Ferox", "Zento"]
    assert [service.purpose for service in services.values()] == ["Hosting", "Payments/subscriptions"]


def test_import_script_takes_the_date_from_the_page_around_its_list() -> None:
    page = """const subprocessors = [{ name: "Ferox", purpose: "Hosting" }, { name: "Zento", purpose: "Mail" }];
export default () => (<main>
<p className="small"><strong>Last updated: June 22, 2026</strong></p>
</main>);
"""

    assert "date: 2026-06-22" in made(page, InputFormat.SCRIPT).text


@pytest.mark.parametrize(
    "text",
    [
        'This agreement is between Ferox Ltd. ("Processor") and the customer ("Controller").',
        "Ferox Ltd. (“us”, “we” or “our”) runs the site.",
        'Vertrag zwischen Ferox Ltd. (nachfolgend "Auftragsverarbeiter") und dem Kunden.',
    ],
)
def test_import_publisher_is_the_party_that_processes_data(text: str) -> None:
    assert "publisher: Ferox Ltd." in made(f"# Data processing agreement\n\n{text}{LIST}").text


def test_import_title_of_a_contract_is_no_publisher() -> None:
    page = f"# Acuerdo de encargado del tratamiento\n\nTexto.{LIST}"

    assert "publisher: not stated" in made(page).text
