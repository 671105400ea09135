"""What pages about subprocessors name that is none of theirs, and services that several names share."""

from typing import Any

import pytest

from rows import for_rows
from subproc_cli.errors import ReadError
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.joint_names import split_names
from subproc_cli.importers.pipeline import ImportResult
from subproc_cli.yaml.source import Source

TABLE = """
| Subprocessor | Purpose | Location |
|---|---|---|
| Alpha, Inc. | Hosting | Germany |
| Beta GmbH | Email | France |
"""


def made(page: str, kind: InputFormat) -> ImportResult:
    return import_file(Source("page", page.encode()), kind, Labels())


def names(page: str, kind: InputFormat = InputFormat.MARKDOWN) -> list[Any]:
    return [draft.name for draft in made(page, kind).drafts.values()]


@for_rows(
    "heading",
    [
        "Integrations that you configure (not Example Sub-Processors)",
        "Vendors that are not our subprocessors",
        "Dienste, die keine Auftragsverarbeiter sind: keine Unterauftragsverarbeiter",
    ],
)
def test_list_under_heading_that_denies_subprocessors_is_left_out(heading: str) -> None:
    page = (
        f"# Subprocessors\n{TABLE}\n## {heading}\n\n- **Gamma** — storage of your own\n- **Delta** — mail\n"
    )
    assert names(page) == ["Alpha, Inc.", "Beta GmbH"]


def test_heading_of_subprocessors_outside_a_region_does_not_deny_them() -> None:
    assert names(f"# Subprocessors\n\n## Not EU subprocessors\n{TABLE}") == ["Alpha, Inc.", "Beta GmbH"]


def test_service_that_is_not_an_external_subprocessor_is_left_out_with_the_reason() -> None:
    row = "| Gamma Tools | Search library | Runs on our servers; not an external sub-processor |"
    found = made(f"# Subprocessors\n{TABLE}{row}\n", InputFormat.MARKDOWN)
    assert [draft.name for draft in found.drafts.values()] == ["Alpha, Inc.", "Beta GmbH"]
    assert "not an external sub-processor" in found.report.left_out[0]


def test_table_of_kinds_of_companies_names_no_service() -> None:
    rows = "\n".join(f"| {kind} provider | {kind} | EU |" for kind in ("Cloud database", "Email", "AI model"))
    head = "| Sub-processor category | Service | Location |\n|---|---|---|"
    with pytest.raises(ReadError, match="no services found"):
        made(f"# Sub-processors\n\n{head}\n{rows}\n", InputFormat.MARKDOWN)


def test_one_kind_of_company_next_to_names_stays() -> None:
    row = "| Payment providers that you choose | Payments | EU |"
    assert names(f"# Subprocessors\n{TABLE}{row}\n")[-1] == "Payment providers that you choose"


def test_table_in_another_language_is_read_once() -> None:
    german = "| Auftragsverarbeiter | Zweck | Ort |\n|---|---|---|\n| Alpha, Inc. | Server | Deutschland |\n"
    page = f"# Subprocessors\n{TABLE}\n# Auftragsverarbeiter\n\n{german}| Beta GmbH | Post | Frankreich |\n"
    found = made(page, InputFormat.MARKDOWN)
    assert [draft.name for draft in found.drafts.values()] == ["Alpha, Inc.", "Beta GmbH"]
    assert any("Auftragsverarbeiter, Zweck, Ort" in remark for remark in found.report.remarks)


def test_tables_of_two_products_with_the_same_services_are_both_read() -> None:
    assert len(names(f"# Subprocessors\n\n## Product A\n{TABLE}\n## Product B\n{TABLE}")) == 4


@for_rows(
    "text, expected",
    [
        ("Alpha, Beta and Gamma", ["Alpha", "Beta", "Gamma"]),
        ("Alpha, BetaHub", ["Alpha", "BetaHub"]),
        ("Alpha, Inc.", []),
        ("Alpha, Springfield", []),
        ("Alpha, Germany", []),
        ("Alpha Technologies, Inc. dba BetaTouch", []),
        ("Alpha Web Services, AWS", []),
        ("Email, Chat, Support", []),
        ("Alpha (Beta, Gamma, Delta)", []),
    ],
)
def test_split_names_of_an_enumeration_returns_each_name(text: str, expected: list[str]) -> None:
    assert split_names(text, Labels()) == expected


def test_row_with_several_names_is_a_service_for_each() -> None:
    row = "| **Gamma, DeltaHub, Epsilon** | Sign-in | USA |"
    found = made(f"# Subprocessors\n{TABLE}{row}\n", InputFormat.MARKDOWN)
    assert [draft.name for draft in found.drafts.values()][2:] == ["Gamma", "DeltaHub", "Epsilon"]
    assert {str(draft.first("purpose")) for draft in list(found.drafts.values())[2:]} == {"Sign-in"}
    assert any("read as 3 services" in remark for remark in found.report.remarks)


def test_refusal_of_a_column_without_names_says_how_to_read_it() -> None:
    page = "# Subprocessors\n\n| Service | Location |\n|---|---|\n| Data storage | EU |\n| Text generation | US |\n"
    with pytest.raises(ReadError) as raised:
        made(page, InputFormat.MARKDOWN)
    assert raised.value.details[0].endswith("import again with --map Service=name")
    source = Source("page", page.encode())
    read = import_file(source, InputFormat.MARKDOWN, Labels({"Service": "name"}))
    assert [draft.name for draft in read.drafts.values()] == ["Data storage", "Text generation"]


def test_refusal_of_data_without_names_says_how_to_read_it() -> None:
    data = (
        '{"items": [{"provider": "billing", "what": "invoices"}, {"provider": "support", "what": "tickets"}]}'
    )
    with pytest.raises(ReadError) as raised:
        made(data, InputFormat.JSON)
    assert raised.value.details[0].endswith("import again with --map provider=name")
    read = import_file(Source("page", data.encode()), InputFormat.JSON, Labels({"provider": "name"}))
    assert [draft.name for draft in read.drafts.values()] == ["billing", "support"]
