"""What a file says of services that are not in use, or only shows how to fill it in, is left out and listed."""

from datetime import date

import pytest

from import_cases import Made, made
from subproc_cli.errors import ReadError
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.yaml.source import Source

HEAD = "| Name | Purpose | Country |\n|---|---|---|\n"
FIRST = f"# Subprocessors\n\n{HEAD}| Alpha | Hosting | Germany |\n"


def is_left_out(found: Made) -> bool:
    """Return whether Beta is listed as left out; either way it must not be lost."""
    assert list(found.services) in (["alpha"], ["alpha", "beta"])
    assert ("beta" in found.services) is not any("Beta" in text for text in found.report.left_out)
    return "beta" not in found.services


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("We no longer use", True),
        ("Services we do not use", True),
        ("Nicht mehr im Einsatz", True),
        ("Nous n’utilisons plus", True),
        ("Services that do not use personal data", False),
        ("What we use", False),
    ],
)
def test_import_below_a_heading_of_unused_services_omits_them(heading: str, *, expected: bool) -> None:
    assert is_left_out(made(f"{FIRST}\n## {heading}\n\n{HEAD}| Beta | Mail | US |\n")) is expected


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        ("Mail, discontinued", True),
        ("Mail (until 31 March 2024)", True),
        ("Mail (bis 31.03.2024)", True),
        ("Mail (from 2031)", True),
        ("Mail; ab 1. Mai 2031", True),
        ("Mail (until 31 March 2031)", False),
        ("Mail (until 2026)", False),
        ("Mail (from 2020)", False),
        ("Lists of discontinued products", False),
        ("Backup, archive", False),
    ],
)
def test_import_of_a_purpose_that_says_unused_omits_the_service(purpose: str, *, expected: bool) -> None:
    source = Source("file", f"{FIRST}| Beta | {purpose} | US |\n".encode())
    found = import_file(source, InputFormat.MARKDOWN, Labels(), date(2026, 6, 1))
    assert (list(found.drafts), len(found.report.left_out)) == (
        (["alpha"], 1) if expected else (["alpha", "beta"], 0)
    )


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        ("Ended", "2024-03-31", True),
        ("Ended", "March 2024", True),
        ("Ended", "2999-01-01", False),
        ("Status", "replaced by Gamma", True),
        ("Status", "on hold", True),
        ("Status", "in use; replaced Gamma", False),
    ],
)
def test_import_of_a_column_that_ends_use_omits_the_service(head: str, text: str, *, expected: bool) -> None:
    content = f"Name,Purpose,Country,{head}\nAlpha,Hosting,Germany,\nBeta,Mail,US,{text}\n"
    assert is_left_out(made(content, InputFormat.CSV)) is expected


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [('style="color: red; display:none"', True), ("hidden", True), ('style="display: table-row"', False)],
)
def test_import_of_a_hidden_row_omits_it(attribute: str, *, expected: bool) -> None:
    rows = (
        "<tr><th>Name</th><th>Country</th></tr><tr><td>Alpha</td><td>DE</td></tr>"
        f"<tr {attribute}><td>Beta</td><td>US</td></tr>"
    )
    assert is_left_out(made(f"<table>{rows}</table>", InputFormat.HTML)) is expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("[Company name] | [purpose] | [country]", True),
        ("Example Inc. | e.g. hosting | e.g. US", True),
        ("to be named | e.g., hosting | e.g., US", True),
        ("Beispiel GmbH | z. B. Hosting | z. B. USA", True),
        ("Example Inc. | Mail | US", False),
        ("[Acme] | Mail | US", False),
    ],
)
def test_import_of_a_placeholder_row_omits_it(row: str, *, expected: bool) -> None:
    found = made(f"{FIRST}| {row} |\n")
    assert (len(found.services), len(found.report.left_out)) == ((1, 1) if expected else (2, 0))


def test_import_of_only_placeholder_rows_is_refused() -> None:
    with pytest.raises(ReadError, match=r"the file is a form.*\[Company name\]"):
        made(f"# Subprocessors\n\n{HEAD}| [Company name] | [purpose] | [country] |\n")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("free of personal data", None),
        ("devoid of personal data", None),
        ("PII-free", None),
        ("anonymised personal data only", None),
        ("free of email addresses", None),
        ("personal data", True),
        ("free-text personal data", True),
    ],
)
def test_import_of_denied_or_anonymous_data_is_not_personal(data: str, *, expected: bool | None) -> None:
    found = made(f"| Name | Purpose | Data |\n|---|---|---|\n| Alpha | Hosting | {data} |\n").services[
        "alpha"
    ]
    assert found.personal_data is expected
    assert expected or (not found.sees and data in str(found.notes))
