"""Texts that are made to take for ever, and files that are made to grow, are read or refused at once.

Each is so large that work which grows with its square would take many minutes; a child that takes more
than its share of processor time or memory is ended by the system.
"""

import io
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from import_cases import made
from subproc_cli.importers.input_format import InputFormat

HELPERS = Path(__file__).parent.parent / "helpers"
SIZE = 100_000
UNITS = ["(", "[", " ", "No. ", ". ", "a and ", "<a ", "<!--", "<?", "<![", "&#", "**", "[a](", "`"]
CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
from import_cases import made
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.yaml import builder
builder.MAX_TEXT = 10**9  # it is the import that is tried
made(sys.stdin.read(), InputFormat(sys.argv[2]))
"""


@pytest.mark.parametrize("odd", ["<![foo bar>", "<![>", "<![a]>", "<![CDATA[x]]>", "<!DOCTYPE [<!x>]>"])
def test_import_html_ignores_invalid_declarations(odd: str) -> None:
    assert list(made(f"{odd}\n<table><tr><th>Name<tr><td>A</table>", InputFormat.HTML).services) == ["a"]


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def imported(content: str, kind: InputFormat) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(HELPERS), kind],
        input=content.encode(),
        capture_output=True,
        preexec_fn=limited,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]


@pytest.mark.parametrize("unit", UNITS)
def test_import_csv_of_a_repeated_piece_ends_in_time(unit: str) -> None:
    text = unit * (SIZE // len(unit))
    imported(
        f'Name,Purpose,Location,Data,Since,Legal address\nAlpha,"{text}","{text}","{text}","{text}",x\n',
        InputFormat.CSV,
    )


@pytest.mark.parametrize("unit", UNITS)
def test_import_html_of_a_repeated_piece_ends_in_time(unit: str) -> None:
    text = unit * (SIZE // len(unit))
    imported(f"<h2>Alpha</h2><p>Purpose: mail</p><p>Data: {text}", InputFormat.HTML)


@pytest.mark.parametrize("unit", ["(", "No. ", "**", "[a](", "> ", "- ", "#", "|a"])
def test_import_markdown_of_a_repeated_piece_ends_in_time(unit: str) -> None:
    imported("# Services\n\n## Alpha\n\n- **Data**: " + unit * (SIZE // 4 // len(unit)), InputFormat.MARKDOWN)


def test_import_csv_of_many_equal_names_ends_in_time() -> None:
    imported("Name,Purpose\n" + "Acme,mail\n" * 20_000, InputFormat.CSV)


def test_import_csv_of_a_very_long_name_shortens_the_id() -> None:
    found = made(f"Name,Purpose\n{'N' * 2000},mail\n{'N' * 2000},chat\n", InputFormat.CSV)
    first, second = found.services
    assert (len(first), second) == (80, f"{first}-2")


def sheet(merged: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active
    book.active.append(("Name", "Purpose"))
    book.active.append(("Alpha", "mail"))
    file = io.BytesIO()
    book.save(file)
    from zipfile import ZipFile

    out = io.BytesIO()
    with ZipFile(file) as old, ZipFile(out, "w") as new:
        for each in old.infolist():
            content = old.read(each)
            if each.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", b"</sheetData>" + merged.encode())
            new.writestr(each.filename, content)
    return out.getvalue()


@pytest.mark.parametrize("area", ["A3:B4", "A3:ALL4000", "A1:XFD1048576", "A2:A1048576"])
def test_import_xlsx_of_many_merged_cells_fills_no_rows_without_content(area: str) -> None:
    merged = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    assert list(made(sheet(merged), InputFormat.XLSX).services) == ["alpha"]
