"""Services that are not in use are left out of an import, and the report has all that is said of them."""

import json
from io import BytesIO

import pytest
from openpyxl import Workbook  # a workbook to import

from import_cases import Made, made
from subproc_cli.errors import ReadError
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.layouts.inactive_sections import is_set_apart

CURRENT = "# Subprocessors\n\n| Subprocessor | Purpose |\n| --- | --- |\n| Ferox | Hosting |\n\n"


def names(found: Made) -> list[str]:
    return [service.name for service in found.services.values()]


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Former subprocessors",
            "Removed",
            "Removed in 2024",
            "Past vendors",
            "Terminated services",
            "Retired",
        ),
        *(
            "Subprocessors we no longer use",
            "Previously used tools",
            "Former EU subprocessors",
            "Discontinued",
        ),
        *(
            "Upcoming subprocessors (from 1 June 2027)",
            "Planned",
            "Future subprocessors (effective July 1, 2027)",
        ),
        *("Announced subprocessors", "Proposed additions", "Under evaluation", "Not yet active", "Pending"),
        *(
            "Change history",
            "Changelog",
            "Changes to this list",
            "Recent changes",
            "Updates",
            "Version history",
        ),
        *("Ehemalige Unterauftragsverarbeiter", "Geplante Subunternehmer", "Änderungshistorie", "Änderungen"),
        *("Anciens sous-traitants", "Sous-traitants à venir", "Historique des modifications", "Mises à jour"),
    ],
)
def test_is_set_apart_of_a_heading_of_unused_services_is_true(heading: str) -> None:
    assert is_set_apart(heading)


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Subprocessors",
            "Current subprocessors",
            "Current and former subprocessors",
            "Active",
            "Infrastructure",
        ),
        *("Last updated: 3 May 2024", "Latest update", "Stand: 3. März 2024", "Mise à jour : 3 mai 2024"),
        *(
            "Subprocessors (previous version: 2023)",
            "Subprocessors (changes are announced here)",
            "Version 2.0",
        ),
        *("Future Fonts", "Archive.org", "Past Due GmbH", "Adding or changing subprocessors"),
    ],
)
def test_is_set_apart_of_another_heading_is_false(heading: str) -> None:
    assert not is_set_apart(heading)


def test_import_page_title_with_a_publisher_name_omits_nothing() -> None:
    assert names(made(CURRENT.replace("# Subprocessors", "# Planned Services GmbH: list of vendors"))) == [
        "Ferox"
    ]


@pytest.mark.parametrize(
    ("below", "left_out"),
    [
        (
            "## Former subprocessors\n\n| Subprocessor | Purpose |\n| --- | --- |\n| Quill | Email |\n",
            "Subprocessor: Quill | Purpose: Email (under 'Former subprocessors')",
        ),
        (
            "## Archive\n\n### Infrastructure\n\n| Subprocessor | Purpose |\n| --- | --- |\n| Quill | Email |\n",
            "Subprocessor: Quill | Purpose: Email (under 'Archive')",
        ),
        (
            "## Planned\n\n### Quill\n\n- **Purpose**: Email\n",
            "Quill | Purpose: Email (under 'Planned')",
        ),
        (
            "**Former subprocessors**\n\nThey are used no more.\n\n| Subprocessor |\n| --- |\n| Quill |\n",
            "Subprocessor: Quill (under 'Former subprocessors')",
        ),
        (
            "## Former subprocessors\n\n- Quill: Email\n",
            "Quill | Email (under 'Former subprocessors')",
        ),
        (
            "The following subprocessors will be added on 1 June 2027:\n\n- Quill: Email\n",
            "Quill | Email (below 'The following subprocessors will be added on 1 June 2027')",
        ),
        (
            "| Date | Subprocessor | Change |\n| --- | --- | --- |\n| 2024-03-01 | Quill | Removed |\n",
            "Subprocessor: Quill | Date: 2024-03-01 | Change: Removed (in a table of changes, with the columns Date and Change)",
        ),
    ],
)
def test_import_page_omits_unused_services(below: str, left_out: str) -> None:
    found = made(CURRENT + below)
    assert (names(found), found.report.left_out) == (["Ferox"], (left_out,))


def test_import_page_continues_after_unused_services() -> None:
    table = "| Subprocessor | Purpose |\n| --- | --- |\n| {} | Email |\n\n"
    found = made(f"## Former\n\n{table.format('Quill')}## Now\n\n{table.format('Ferox')}")
    assert names(found) == ["Ferox"]


@pytest.mark.parametrize(
    ("head", "text"),
    [
        *(
            ("Status", text)
            for text in ("Archived", "inactive", "Removed 2024-03-01", "Planned", "No longer used")
        ),
        *(
            ("Status", text)
            for text in ("Under evaluation; not currently active", "geplant", "Inaktiv", "supprimé")
        ),
        *(
            ("Is subprocessor", "No"),
            ("Subprocessor (Y/N)", "N"),
            ("GDPR processor", "no"),
            ("Active", "false"),
        ),
        *(("Archived", "yes"), ("removed", "03/04/2023"), ("Change", "Removed")),
    ],
)
def test_import_csv_omits_a_row_that_is_not_in_use(head: str, text: str) -> None:
    found = made(f"Vendor name,{head}\nFerox,\nQuill,{text}\n", InputFormat.CSV)
    assert names(found) == ["Ferox"]
    assert found.report.left_out == (f"Vendor name: Quill | {head}: {text} ({head}: {text})",)


@pytest.mark.parametrize(
    ("head", "text"),
    [
        *(
            ("Status", text)
            for text in ("Active", "Live", "Approved", "Active (replaces a former one)", "Draft")
        ),
        *(("Is subprocessor", "Yes"), ("Active", "yes"), ("Archived", "no"), ("Change", "Added")),
        *(("Processor location checked", "no"), ("Purpose", "Former name search")),
    ],
)
def test_import_csv_keeps_a_row_that_may_be_in_use(head: str, text: str) -> None:
    assert names(made(f"Vendor name,{head}\nQuill,{text}\n", InputFormat.CSV)) == ["Quill"]


def test_import_csv_with_a_column_of_changes_omits_removed_services() -> None:
    head = "Name,Purpose,Location,Date,Change\n"
    found = made(
        f"{head}Ferox,Hosting,DE,2024-01-01,Added\nQuill,Mail,DE,2024-01-01,Added\nQuill,Mail,DE,2025-01-01,Removed\n",
        InputFormat.CSV,
    )
    assert names(found) == ["Ferox"]


@pytest.mark.parametrize("name", ["Quill (removed)", "Quill (planned, Q3 2027)", "~~Quill~~"])
def test_import_csv_omits_a_name_marked_as_unused(name: str) -> None:
    assert names(made(f"Name,Purpose\nFerox,Hosting\n{chr(34)}{name}{chr(34)},Email\n", InputFormat.CSV)) == [
        "Ferox"
    ]


def test_import_html_omits_a_struck_through_name() -> None:
    page = "<table><tr><th>Name<th>Purpose<tr><td><del>Quill</del><td>Email<tr><td>Ferox<td>Hosting</table>"
    assert names(made(page, InputFormat.HTML)) == ["Ferox"]


def test_import_markdown_omits_a_bullet_that_is_struck_through() -> None:
    page = (
        "# Subprocessors\n\n- **Ferox** - Hosting\n- ~~**Quill** - Email~~ (removed)\n- **Okto** - Search\n"
    )
    assert names(made(page)) == ["Ferox", "Okto"]


def test_import_csv_omits_rows_below_a_heading_of_unused_services() -> None:
    table = "Name,Purpose\nCurrent vendors,\nFerox,Hosting\nFormer vendors,\nQuill,Email\n"
    found = made(table, InputFormat.CSV)
    assert names(found) == ["Ferox"]
    assert found.services["ferox"].group == "Current vendors"


def test_import_csv_takes_no_names_from_a_column_of_answers() -> None:
    assert names(made("Subprocessor,Vendor name\nYes,Ferox\nNo,Quill\n", InputFormat.CSV)) == ["Ferox"]


def test_import_xlsx_omits_a_sheet_of_unused_services() -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, name in (("In use", "Ferox"), ("Former vendors", "Quill")):
        sheet = book.create_sheet(title)
        sheet.append(["Name", "Purpose"])
        sheet.append([name, "Hosting"])
    file = BytesIO()
    book.save(file)
    found = made(file.getvalue(), InputFormat.XLSX)
    assert (names(found), found.report.left_out) == (
        ["Ferox"],
        ("Name: Quill | Purpose: Hosting (under 'Former vendors')",),
    )


def test_import_json_omits_unused_services() -> None:
    data = {
        "current": [{"name": "Ferox"}, {"name": "Okto", "active": False}],
        "formerSubprocessors": [{"name": "Quill", "location": "US"}, {"name": "Zento", "location": "US"}],
    }
    found = made(json.dumps(data), InputFormat.JSON)
    assert (names(found), found.report.skipped) == (["Ferox"], ())
    assert found.report.left_out == (
        "name: Quill | location: US (under 'formerSubprocessors')",
        "name: Zento | location: US (under 'formerSubprocessors')",
        "name: Okto | active: no (active: no)",
    )


def test_import_csv_with_a_mapped_status_column_omits_nothing() -> None:
    found = made("Name,Status\nQuill,Archived\n", InputFormat.CSV, {"Status": "notes"})
    assert found.services["quill"].notes == "Archived"


def test_import_csv_with_an_unread_end_date_prints_a_remark() -> None:
    found = made("Name,End date\nQuill,31.12.24\n", InputFormat.CSV)
    assert found.report.remarks == (
        "Quill: End date is not read: 31.12.24. Check whether the service is still in use",
    )


def test_import_of_only_unused_services_is_refused() -> None:
    with pytest.raises(ReadError, match="it contains only services that are not in use") as caught:
        made("Name,Status\nQuill,Archived\n", InputFormat.CSV)
    assert caught.value.details == ("Name: Quill | Status: Archived (Status: Archived)",)


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("Notes", "Removed in 2024"),
        ("Observações", "Encerrado em 2024"),
        ("", "🚫"),
        ("Status", "⏳"),
        ("Contract end", "2020-01-31"),
        ("Engagement status", "Offboarded 2025-11-02"),
        ("Purpose", "Support (planned from 1 January 2090)"),
    ],
)
def test_import_csv_omits_a_row_whose_note_sign_or_day_says_that_it_is_not_in_use(
    head: str, text: str
) -> None:
    found = made(f"Name,Location,{head}\nAlpha,Germany,{text}\nBeta,Germany,\n", InputFormat.CSV)
    assert list(found.services) == ["beta"]
    assert len(found.report.left_out) == 1


@pytest.mark.parametrize(
    ("head", "text"),
    [("Notes", "Removed our old logs in 2024"), ("Contract end", "2090-01-31"), ("Notes", "🚫")],
)
def test_import_csv_keeps_a_row_whose_note_says_something_else(head: str, text: str) -> None:
    assert list(made(f"Name,Location,{head}\nAlpha,Germany,{text}\n", InputFormat.CSV).services) == ["alpha"]
