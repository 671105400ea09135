"""Lists without keys or names of their own: rows of texts, texts by name, objects with ids."""

import json

import pytest

from import_cases import made
from subproc_cli.errors import ReadError
from subproc_cli.importers.input_format import InputFormat

ROWS = [["Ferox", "Hosting", "Germany"], ["Quill", "Email delivery", "United States"]]
EXPECTED = [("Ferox", "Hosting", [("DE",)]), ("Quill", "Email delivery", [("US",)])]


@pytest.mark.parametrize(
    "data",
    [
        {"subprocessors": ROWS},
        {"page": {"title": "Legal", "vendors": ROWS}},
        [["Name", "Purpose", "Location"], *ROWS],
        {
            "Ferox": {"purpose": "Hosting", "country": "Germany"},
            "Quill": {"purpose": "Email delivery", "country": "US"},
        },
    ],
)
def test_import_json_of_rows_reads_their_columns(data: object) -> None:
    services = made(json.dumps(data), InputFormat.JSON).services.values()
    assert [
        (each.name, each.purpose, [place.place for place in each.processing]) for each in services
    ] == EXPECTED


def test_import_json_of_rows_about_something_else_is_refused() -> None:
    with pytest.raises(ReadError):
        made(json.dumps({"offices": ROWS}), InputFormat.JSON)


@pytest.mark.parametrize(
    "script",
    [
        f"export const SUBPROCESSORS = {json.dumps(ROWS)} as const;",
        f"const rows = {json.dumps(ROWS)};\nexport default () => <main><h1>Sub-processors</h1><List rows={{rows}} /></main>;",
    ],
)
def test_import_script_of_rows_reads_their_columns(script: str) -> None:
    services = made(script, InputFormat.SCRIPT).services.values()
    assert [
        (each.name, each.purpose, [place.place for place in each.processing]) for each in services
    ] == EXPECTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vendors: [ferox, quill-mail]\n", ["ferox", "quill-mail"]),
        (
            "subprocessors:\n- {id: ferox, purpose: Hosting}\n- {id: quill, purpose: Mail}\n",
            ["ferox", "quill"],
        ),
        ("subprocessors:\n  Ferox: Hosting\n  Quill Mail: Email delivery\n", ["Ferox", "Quill Mail"]),
    ],
)
def test_import_yaml_of_ids_or_names_reads_these(text: str, expected: list[str]) -> None:
    assert [each.name for each in made(text, InputFormat.YAML).services.values()] == expected


def test_import_yaml_of_ids_with_names_reads_the_names() -> None:
    text = "subprocessors:\n- {id: fx, company: Ferox Inc., purpose: Hosting}\n"
    assert [each.name for each in made(text, InputFormat.YAML).services.values()] == ["Ferox Inc."]


def test_import_yaml_of_the_texts_of_a_page_is_refused() -> None:
    with pytest.raises(ReadError):
        made("subprocessors:\n  title: Ferox\n  intro: We use these.\n", InputFormat.YAML)


def test_import_script_with_a_company_of_its_own_names_the_publisher() -> None:
    script = "const COMPANY = { name: 'Acme GmbH' };\nconst subprocessors = [{ name: 'Ferox', purpose: 'Mail' }];\n"
    assert made(script, InputFormat.SCRIPT).read.model.publisher == "Acme GmbH"


@pytest.mark.parametrize(
    "head", ["Country of vendor", "Vendor country", "HQ", "Headquarters", "Sitz", "Based in", "Company seat"]
)
def test_import_column_of_seats_states_no_place_of_processing(head: str) -> None:
    [service] = made(
        f"| Vendor | Purpose | {head} |\n|---|---|---|\n| Ferox | Mail | Germany |\n"
    ).services.values()
    assert (service.processing, service.entity and service.entity.country) == ((), "DE")


def test_import_brand_next_to_the_kind_of_service_and_the_company_reads_all_three() -> None:
    page = (
        "# Subprocessors\n\n| Dienst | Art | Firma | Sitz |\n|---|---|---|---|\n"
        "| Ferox Cloud | Hosting | Ferox Inc. | USA |\n| Quill Mail | E-Mail | Quill GmbH | Deutschland |\n"
    )
    services = made(page).services.values()
    assert [
        (each.name, each.purpose, each.entity and (each.entity.name, each.entity.country))
        for each in services
    ] == [
        ("Ferox Cloud", "Hosting", ("Ferox Inc.", "US")),
        ("Quill Mail", "E-Mail", ("Quill GmbH", "DE")),
    ]
