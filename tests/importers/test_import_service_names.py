"""What is found on a page becomes a service only if its name can be the name of one."""

import json

import pytest

from import_cases import made
from subproc_cli.errors import ReadError
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.service_names import rate_name


@pytest.mark.parametrize(
    "name",
    [
        "Ferox",
        "Ferox Inc.",
        "Quill Web Services",
        "ferox.example",
        "FRX Cloud",
        "Zento (hosting)",
        "1. Ferox",
    ],
)
def test_rate_name_of_a_company_is_positive(name: str) -> None:
    assert rate_name(name) > 0


@pytest.mark.parametrize(
    "name",
    [
        "Data deletion",
        "Law enforcement",
        "Creative Commons License",
        "Our commitments",
        "dataSubjectRights",
        "2.3.1. Background checks",
        "Annex 1 — Ferox measures",
        "(b) Text of Ferox",
        "To run Ferox",
        "payment at Ferox,",
        "Subprocessors without access",
        "EU Standard Contractual Clauses",
        "ISO 27001",
        "ferox_session",
        "@ferox/renderer",
        "Row-Level Security enforcing ferox isolation",
        "22 August 2026",
        "—",
        "Ferox Privacy Policy",
        "Ferox security & compliance",
        "Various hosting tools",
        "CONTATTI PER PRIVACY",
    ],
)
def test_rate_name_of_another_text_is_not_positive(name: str) -> None:
    assert rate_name(name) <= 0


POLICY = """# Privacy policy

## Definitions

Definitions of terms such as Account are below.

## Your Rights

Your Rights are listed at https://example.com/rights.

## Data Retention

Data Retention is described here.

## Ferox Analytics

Ferox Analytics counts visits.
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (POLICY, InputFormat.MARKDOWN),
        ("| Name | Purpose | Expires |\n|---|---|---|\n| frx_id | Session | 1 day |\n", InputFormat.MARKDOWN),
        (
            "| Party | Role |\n|---|---|\n| Customer | Controller |\n| Acme, Inc. | Processor |\n",
            InputFormat.MARKDOWN,
        ),
        (json.dumps([{"title": "Terms", "description": "The terms of use."}]), InputFormat.JSON),
        (
            "export const metadata = { title: 'Security at Acme', description: 'How Acme keeps data.' }\n",
            InputFormat.SCRIPT,
        ),
        (
            (
                "const texts = { introduction: { title: 'Introduction', purpose: 'a' },\n"
                "  dataBreach: { title: 'Data breach', purpose: 'b' } }\n"
            ),
            InputFormat.SCRIPT,
        ),
    ],
)
def test_import_of_what_lists_no_services_is_refused(text: str, kind: InputFormat) -> None:
    with pytest.raises(ReadError, match=r"no services|no list of objects"):
        made(text, kind)


@pytest.mark.parametrize(
    "text",
    [
        (
            "# Third-party libraries\n\n| Name | License | Repository |\n|---|---|---|\n"
            "| ferox | MIT | https://example.com/ferox |\n| Quill Core | Apache-2.0 | https://example.com/quill |\n"
        ),
        "| Package | Version | Licence |\n|---|---|---|\n| ferox | 1.2.0 | MIT |\n",
        "| Component | Purpose | License |\n|---|---|---|\n| Ferox | Charts | MIT |\n| Quill | Dates | ISC |\n",
        (
            "# Open source software\n\nWe use the following third-party software:\n\n"
            "- [Ferox](https://ferox.example) — MIT License\n- [Quill](https://quill.example) — Apache 2.0\n"
        ),
    ],
)
def test_import_of_libraries_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        made(text)


def test_import_of_libraries_below_services_omits_them() -> None:
    page = (
        "# Subprocessors\n\n| Subprocessor | Purpose |\n|---|---|\n| Ferox | Hosting |\n\n## Open source\n\n"
        "| Name | Purpose | License |\n|---|---|---|\n| quill | Charts | MIT |\n| zento | Dates | BSD-3-Clause |\n"
    )
    assert [each.name for each in made(page).services.values()] == ["Ferox"]


@pytest.mark.parametrize("head", ["Subprocessor", "Third-party vendor", "Unterauftragsverarbeiter"])
def test_import_of_a_column_of_subprocessors_keeps_names_of_general_words(head: str) -> None:
    page = f"| {head} | Purpose |\n|---|---|\n| Network Solutions | Domains |\n| Ferox | Hosting |\n"
    assert len(made(page).services) == 2


def test_import_lists_the_texts_that_are_no_services() -> None:
    page = "| Name | Purpose |\n|---|---|\n| Ferox | Hosting |\n| Quill | Mail |\n| Data deletion | On request |\n"
    found = made(page)
    assert [each.name for each in found.services.values()] == ["Ferox", "Quill"]
    assert any("Data deletion" in text for text in found.report.skipped)
