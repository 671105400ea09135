"""Workbooks and Word files that are made to cost much are refused early, however their XML is written."""

import io
import struct
import zipfile
from datetime import date

import docx
import openpyxl
import pytest

from import_cases import made
from subproc_cli.errors import ReadError
from subproc_cli.importers.formats import office_archive, xlsx_sheets
from subproc_cli.importers.input_format import InputFormat

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
ROWS = (
    '<row><c t="inlineStr"><is><t>Name</t></is></c><c t="inlineStr"><is><t>Country</t></is></c></row>'
    '<row><c t="inlineStr"><is><t>Acme</t></is></c><c t="inlineStr"><is><t>Ireland</t></is></c></row>'
)


def write_sheet(rows: str = "", after: str = "") -> str:
    head = f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><dimension ref="A1:XFD1048576"/>'
    return f"{head}<sheetData>{ROWS}{rows}</sheetData>{after}</worksheet>"


def write_book(sheet: str | bytes, method: int = zipfile.ZIP_DEFLATED, texts: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
            "</Relationships>",
        )
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{texts}</sst>')
        archive.writestr(SHEET, sheet, method)
    return content.getvalue()


def state_size(book: bytes, size: int) -> bytes:
    """Return a workbook whose list of contents states another size of its sheet."""
    at = book.rindex(b"PK\x01\x02")
    return book[: at + 24] + struct.pack("<I", size) + book[at + 28 :]


def read(content: bytes, kind: InputFormat = InputFormat.XLSX) -> dict[str, list[str]]:
    services = made(content, kind).services.values()
    return {each.name: [place.place[0] for place in each.processing] for each in services}


@pytest.mark.parametrize(
    "sheet",
    [
        write_sheet(),
        write_sheet().replace('"', "'"),
        f'<?xml version="1.0" encoding="UTF-16"?>{write_sheet()}'.encode("utf-16"),
        write_sheet()
        .replace("<", "<x:")
        .replace("<x:/", "</x:")
        .replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"'),
        write_sheet(after="<mergeCells><mergeCell ref='A1:XFD100000'/></mergeCells>"),
        write_sheet(after="<hyperlinks><hyperlink ref='A1:XFD1048576' r:id='none'/></hyperlinks>"),
        write_sheet('<row r="1048576"><c r="XFD1048576" s="1"/></row>'),
        write_sheet('<row r="99999999999"><c r="A99999999" t="s"><v>99999999999</v></c></row>'),
    ],
)
def test_import_xlsx_of_any_spelling_reads_the_cells_that_hold_something(sheet: str | bytes) -> None:
    assert read(write_book(sheet)) == {"Acme": ["IE"]}


CELL = '<c t="str"><v>a</v></c>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (write_book(write_sheet(f"<row>{CELL * 1_001}</row>")), "the sheet 'List' has 1,001 cells"),
        (
            write_book(
                f"<?xml version='1.0' encoding='UTF-16'?>{write_sheet(CELL * 1_001)}".encode("utf-16")
            ),
            "the sheet 'List' has 1,001 cells",
        ),
        (
            write_book(write_sheet('<row r="1048576"><c r="B1048576" t="str"><v>a</v></c></row>')),
            "the sheet 'List' has 2,097,152 cells",
        ),
        (
            write_book(
                write_sheet(
                    f"<row>{CELL}</row>" * 400,
                    "<mergeCells>" + "<mergeCell ref='A3:A400'/>" * 9 + "</mergeCells>",
                )
            ),
            "the sheet 'List' has 1,1",
        ),
        (
            write_book(write_sheet("<row/>" * 10_001)),
            "the file has more than 10,000 elements",
        ),
        (write_book(write_sheet(), texts="<si/>" * 10_001), "the file has more than 10,000"),
        (
            write_book(write_sheet(" " * 100_001)),
            "the file unpacks to more than 100,000 bytes",
        ),
        (
            write_book(write_sheet(f"<a b='{'x' * 30_000}'/>")),
            "the file has a tag of more than 10,000 bytes",
        ),
        (
            write_book(write_sheet(f"<!--{'x' * 30_000}-->")),
            "the file has a tag of more than 10,000 bytes",
        ),
        (
            write_book(write_sheet(f'<row><c t="str"><v>{"x" * 32_768}</v></c></row>')),
            "a cell has 32,768 characters; the limit is 32,767",
        ),
        (
            write_book(f'<!DOCTYPE a [<!ENTITY b "c">]>{write_sheet()}'),
            "the file has a document type declaration",
        ),
        (write_book(write_sheet(), zipfile.ZIP_BZIP2), f"the XLSX file cannot be read: {SHEET} is damaged"),
        (write_book(write_sheet(), zipfile.ZIP_LZMA), f"the XLSX file cannot be read: {SHEET} is damaged"),
        (state_size(write_book(write_sheet("<row/>" * 999)), 9), f"the XLSX file cannot be read: {SHEET}"),
        (
            write_book(f'<?xml version="1.0" encoding="rot13"?>{write_sheet()}'),
            "the XLSX file cannot be read",
        ),
        (write_book(write_sheet()[:-1]), f"the XLSX file cannot be read: {SHEET} is damaged"),
    ],
)
def test_import_xlsx_beyond_a_bound_is_refused(
    content: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_archive, "MAX_UNPACKED", 100_000)
    monkeypatch.setattr(office_archive, "MAX_NODES", 10_000)
    monkeypatch.setattr(office_archive, "MAX_TAG", 10_000)
    monkeypatch.setattr(office_archive, "_CHUNK_BYTES", 1_000)
    monkeypatch.setattr(xlsx_sheets, "MAX_CELLS", 1_000)
    with pytest.raises(ReadError) as fault:
        read(content)
    assert fault.value.message.startswith(f"file: {message}")


def test_import_xlsx_shows_values_as_people_read_them() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Name", "Country", "Since", "Website", "Purpose"])
    sheet.append(["Acme", "Ireland", date(2024, 3, 1), "site", '="mail"&" delivery"'])
    sheet["D2"].hyperlink = "https://acme.example"
    content = io.BytesIO()
    book.save(content)
    service = made(content.getvalue(), InputFormat.XLSX).services["acme"]
    assert service.since == date(2024, 3, 1)
    assert service.links
    assert service.links.website == "https://acme.example"
    assert service.purpose == '="mail"&" delivery"'


def write_document(body: str) -> bytes:
    content, changed = io.BytesIO(), io.BytesIO()
    docx.Document().save(content)
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(content) as archive, zipfile.ZipFile(changed, "w") as target:
        for part in archive.namelist():
            text = f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
            target.writestr(part, text if part == "word/document.xml" else archive.read(part))
    return changed.getvalue()


def write_cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_import_docx_reads_what_merged_cells_share_in_each_of_them() -> None:
    restart, merged = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        write_cell("Name") + write_cell("Country"),
        write_cell("Acme") + write_cell("Ireland", restart),
        write_cell("Beta") + write_cell("", merged),
    ]
    table = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    assert read(write_document(table), InputFormat.DOCX) == {"Acme": ["IE"], "Beta": ["IE"]}


def test_import_docx_with_a_cell_across_a_million_columns_is_refused() -> None:
    cell = write_cell("Name", '<w:gridSpan w:val="1000000"/>')
    with pytest.raises(ReadError, match="a cell of the file spans 1000000 columns; the limit is 63"):
        read(write_document(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"), InputFormat.DOCX)
