"""Texts that are made to take for ever, and files that are made to grow, are read or refused at once.

Each is so large that work which grows with its square would take minutes; a child that takes more
than its share of processor time or memory is ended by the system.
"""

import io
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from import_cases import made
from subproc_cli.importers.input_format import InputFormat

HELPERS = Path(__file__).parent.parent / "helpers"
SIZE = 50_000
UNITS = ["(", "[", " ", "No. ", ". ", "a and ", "<a ", "<!--", "<?", "<![", "&#", "**", "[a](", "`"]
MARKDOWN_UNITS = ["(", "No. ", "**", "[a](", "> ", "- ", "#", "|a"]
SECONDS = 15
"""Time of the processor for one file: many times what it takes, and far less than work that grows with the square."""
CHILD = """
import json, resource, sys
sys.path.insert(0, sys.argv[1])
from import_cases import made
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.yaml import builder
builder.MAX_TEXT = 10**9  # it is the import that is tried
for unit, content in json.load(sys.stdin):
    print(repr(unit), file=sys.stderr, flush=True)
    used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    resource.setrlimit(resource.RLIMIT_CPU, (used + int(sys.argv[3]), resource.RLIM_INFINITY))
    made(content, InputFormat(sys.argv[2]))
"""
"""Imports one file after the other, each with a time of its own; the last line that it prints names the piece."""


@pytest.mark.parametrize("odd", ["<![foo bar>", "<![>", "<![a]>", "<![CDATA[x]]>", "<!DOCTYPE [<!x>]>"])
def test_import_html_ignores_invalid_declarations(odd: str) -> None:
    assert list(made(f"{odd}\n<table><tr><th>Name<tr><td>A</table>", InputFormat.HTML).services) == ["a"]


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def import_each(contents: dict[str, str], kind: InputFormat) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(HELPERS), kind, str(SECONDS)],
        input=json.dumps([*contents.items()]).encode(),
        capture_output=True,
        preexec_fn=limited,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]
    assert len(done.stderr.splitlines()) == len(contents)


def test_import_csv_of_a_repeated_piece_ends_in_time() -> None:
    head = "Name,Purpose,Location,Data,Since,Legal address"
    texts = {unit: unit * (SIZE // len(unit)) for unit in UNITS}
    rows = {unit: f'Alpha,"{text}","{text}","{text}","{text}",x' for unit, text in texts.items()}
    import_each({unit: f"{head}\n{row}\n" for unit, row in rows.items()}, InputFormat.CSV)


def test_import_html_of_a_repeated_piece_ends_in_time() -> None:
    start = "<h2>Alpha</h2><p>Purpose: mail</p><p>Data: "
    import_each({unit: start + unit * (SIZE // len(unit)) for unit in UNITS}, InputFormat.HTML)


def test_import_markdown_of_a_repeated_piece_ends_in_time() -> None:
    start = "# Services\n\n## Alpha\n\n- **Data**: "
    texts = {unit: start + unit * (SIZE // 4 // len(unit)) for unit in MARKDOWN_UNITS}
    import_each(texts, InputFormat.MARKDOWN)


def test_import_csv_of_many_equal_names_ends_in_time() -> None:
    import_each({"Acme": "Name,Purpose\n" + "Acme,mail\n" * 10_000}, InputFormat.CSV)


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
