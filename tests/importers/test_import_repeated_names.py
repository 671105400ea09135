"""Names that a page has several times: in its contents, its sections, a register of transfers."""

import pytest

from import_cases import made
from rows import for_rows
from subproc_cli.errors import ReadError
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.registry.models import Service

SECTION = "### {name}\n\n| Field | Value |\n|---|---|\n| Purpose | {purpose} |\n| Region | Germany |\n\n"
REGISTER = "## Transfers\n\n| Vendor | Mechanism |\n|---|---|\n"


def found_in(page: str) -> dict[str, Service]:
    """Return the services of a page by their names."""
    return {each.name: each for each in made(page, InputFormat.MARKDOWN).services.values()}


def page_of(*names: str, rows: str) -> str:
    """Return a page with a section for each name, and a register of transfers."""
    sections = "".join(
        SECTION.format(name=f"{at}. {name}", purpose=f"Mail {at}") for at, name in enumerate(names, 1)
    )
    return f"# Subprocessors\n\n## Active subprocessors\n\n{sections}{REGISTER}{rows}"


@for_rows(
    "names, row",
    [
        (("Alpha Cloud (Vision API)", "Alpha Cloud (Speech API)"), "Alpha Cloud (Speech API)"),
        (("Beta", "Alpha — Fast Messaging (FM)"), "Alpha FM (push)"),
        (("Beta", "Alpha — autopush"), "Alpha autopush (push)"),
    ],
)
def test_row_of_a_register_adds_to_the_section_that_it_names(names: tuple[str, str], row: str) -> None:
    found = found_in(page_of(*names, rows=f"| {row} | SCC |\n"))
    assert len(found) == len(names)
    first, second = found.values()
    assert [each.basis for each in first.transfer] == []
    assert [each.basis for each in second.transfer] == ["scc"]


def test_table_of_contents_of_an_agreement_lists_no_services() -> None:
    contents = "".join(
        f"- [Annex {at}: {name}](#annex-{at})\n" for at, name in enumerate(("ABC1 GDPR", "DPA", "TOM"), 1)
    )
    with pytest.raises(ReadError):
        made(f"# Subprocessors\n\n## Contents\n\n{contents}", InputFormat.MARKDOWN)


def test_bullet_of_several_lines_is_the_company_of_its_first_line() -> None:
    page = (
        "# Subprocessors\n\nWe use the following subprocessors\n\n- Example S.A.S.  \n  Register 123 456  \n"
        "  1 rue Exemple, 59100 Exempleville, France  \n  Purpose: hosting of servers\n"
    )
    (service,) = found_in(page).values()
    assert (service.name, service.purpose) == ("Example S.A.S.", "hosting of servers")
    assert service.notes == "Register 123 456\n1 rue Exemple, 59100 Exempleville, France"


def test_table_with_empty_headers_below_a_name_describes_that_service() -> None:
    table = (
        "| | |\n|---|---|\n| **Role** | Hosting of the database |\n| **Data use (as built here)** | None for training |\n"
        "| **Data location** | Germany |\n| **Their documents** | See their site |\n\n"
    )
    found = found_in(f"# Subprocessors\n\n## Alpha\n\n{table}## Beta\n\n{table}")
    assert {name: (each.purpose, each.processing[0].place) for name, each in found.items()} == {
        "Alpha": ("Hosting of the database", ("DE",)),
        "Beta": ("Hosting of the database", ("DE",)),
    }


def test_condition_of_an_example_above_services_is_not_theirs() -> None:
    lead = "These providers may process data (e.g., your address if you use the newsletter)."
    services = found_in(
        f"# Subprocessors\n\n{lead}\n\n- **Alpha** — web hosting\n- **Beta** — email delivery\n"
    )
    assert [each.condition for each in services.values()] == [None, None]


def test_header_with_a_hyphen_in_another_language_is_a_column_of_names() -> None:
    page = "# Lista\n\n| # | Sub-procesador | Localización |\n|---|---|---|\n| 1 | Alpha | Alemania |\n| 2 | Beta | Francia |\n"
    assert list(found_in(page)) == ["Alpha", "Beta"]
