"""Contracts and policies set more apart than services: parties, data, rights, duties, measures."""

import pytest

from import_cases import made
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.matters import is_matter

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
    page = """export default function Page() { return (
<LegalPage title="Sub-processors">
<LegalSection n="1" title="Current sub-processors"><p>They are:</p>
<table><tr><th>Sub-processor</th><th>Purpose</th></tr><tr><td>Ferox</td><td>Hosting</td></tr></table>
</LegalSection>
<LegalSection n="2" title="Related documents"><p>See the policy.</p></LegalSection>
</LegalPage>) }
"""

    assert names(page, InputFormat.SCRIPT) == ["Ferox"]
