"""Word documents of letters, through python-docx."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from subproc_cli.errors import UsageError
from subproc_cli.locale.catalogue import load_catalogue
from subproc_cli.output.document import Block, Facts, Heading, Line, Page, Paragraph
from subproc_cli.output.reproducible_zip import pack, read_members
from subproc_cli.output.sanitize import sanitize_data, sanitize_xml

_BODY = "word/document.xml"
_RECIPIENT_MARKER = "\ue000"
"""Stands for the line that names the customer; no text of a letter can hold a character of private use."""
_CONTRACT_MARKER = "\ue001"
"""Stands for the line that names the customer's agreement."""


class FormLetter:
    """A letter that is the same for many customers except for the line that names them.

    Args:
        notice: one notice of `subproc/notices/1`.

    Raises:
        UsageError: python-docx is not installed.
    """

    def __init__(self, notice: Mapping[str, Any]) -> None:
        document = _create_document()
        given = sanitize_data(notice, sanitize_xml)
        day = date.fromisoformat(given["sent"])
        _set_properties(document, notice["subject"], notice["letter"]["publisher"], day, notice["language"])
        _DocumentWriter(document).add_notice(given)
        self._members = _save(document)

    def render(self, notice: Mapping[str, Any]) -> bytes:
        """Return the letter to one customer; the same notice gives the same bytes."""
        whom = notice["letter"]["to"]
        line = escape(sanitize_xml(f"{whom['label']} {whom['name']}")) if whom else ""
        contract = escape(sanitize_xml(notice["letter"]["contract"] or ""))
        body = self._members[_BODY].replace(_RECIPIENT_MARKER.encode(), line.encode())
        body = body.replace(_CONTRACT_MARKER.encode(), contract.encode())
        return pack(self._members | {_BODY: body})


def render_page(page: Page, author: str, day: date, language: str) -> bytes:
    """Return a page of headings, paragraphs and facts as a Word document; the same page gives the same bytes.

    Raises:
        UsageError: python-docx is not installed.
    """
    document = _create_document()
    title = next((each.line for each in page if isinstance(each, Heading)), ())
    _set_properties(document, "".join(span.text for span in title), author, day, language)
    letter = _DocumentWriter(document)
    for block in page:
        letter.add_block(block)
    return pack(_save(document))


def _create_document() -> Any:
    try:
        from docx import Document  # only this format needs it
    except ImportError:
        raise UsageError("a Word document needs python-docx", "pip install 'subproc-cli[docx]'") from None
    return Document()


def _save(document: Any) -> dict[str, bytes]:
    out = BytesIO()
    document.save(out)
    return read_members(out.getvalue())


def _set_properties(document: Any, title: str, author: str, day: date, language: str) -> None:
    core = document.core_properties
    core.title, core.author = sanitize_xml(title)[:255], sanitize_xml(author)[:255]
    core.created = core.modified = datetime.combine(day, datetime.min.time())
    core.last_modified_by, core.comments, core.revision = "", "", 1
    core.language = load_catalogue(language).locale.replace("_", "-")


class _DocumentWriter:
    def __init__(self, document: Any) -> None:
        from docx.shared import Pt

        self._document = document
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(11)
        normal.paragraph_format.space_after = Pt(6)

    def add_notice(self, notice: Mapping[str, Any]) -> None:
        letter = notice["letter"]
        self._document.add_heading(notice["subject"], 1)
        if letter["to"]:
            self._add_text(_RECIPIENT_MARKER)
        if letter["contract"]:
            self._add_text(_CONTRACT_MARKER)
        self._add_text(letter["salutation"])
        self._add_text(letter["opening"])
        self._add_facts(letter["dates"])
        self._add_part(letter["urgent"])
        for service in letter["services"]:
            self._document.add_heading(service["name"], 2)
            self._add_bullets(f"{change}." for change in service["changes"])
            self._add_comparison(letter, [fact for fact in service["facts"] if fact["before"] is not None])
            self._add_facts([fact for fact in service["facts"] if fact["before"] is None])
        self._add_part(letter["informed"], end=".")
        for part in (letter["gaps"], letter["unchanged"], letter["objection"]):
            self._add_part(part)
        self._add_text(letter["revisions"])
        self._add_text(letter["closing"])
        self._add_text(letter["publisher"])

    def add_block(self, block: Block) -> None:
        """Add a heading, a paragraph or facts."""
        match block:
            case Heading(line, level):
                self._document.add_heading(_get_text(line), level)
            case Paragraph(line):
                self._add_text(_get_text(line))
            case Facts(facts):
                self._add_facts(
                    [
                        {
                            "name": sanitize_xml(fact.name.text),
                            "values": [_get_text(each) for each in fact.lines],
                        }
                        for fact in facts
                    ]
                )
            case _:
                raise NotImplementedError(type(block).__name__)

    def _add_part(self, part: Mapping[str, Any] | None, end: str = "") -> None:
        if part:
            self._document.add_heading(part["title"], 2)
            if "text" in part:
                self._add_text(part["text"])
            self._add_bullets(f"{item}{end}" for item in part.get("items", ()))

    def _add_text(self, text: str) -> None:
        self._document.add_paragraph(text)

    def _add_bullets(self, texts: Iterable[str]) -> None:
        for text in texts:
            self._document.add_paragraph(text, style="List Bullet")

    def _add_comparison(self, letter: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> None:
        if not rows:
            return
        from docx.shared import Cm

        table = self._document.add_table(rows=1, cols=3)
        table.autofit = False
        widths = (Cm(4.5), Cm(5.75), Cm(5.75))
        for cell, head in zip(table.rows[0].cells[1:], (letter["before"], letter["after"]), strict=True):
            cell.paragraphs[0].add_run(head).bold = True
        for row in rows:
            name, before, after = table.add_row().cells
            name.paragraphs[0].add_run(row["name"]).bold = True
            before.paragraphs[0].add_run("\n".join(row["before"]))
            after.paragraphs[0].add_run("\n".join(row["values"]))
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        self._document.add_paragraph()

    def _add_facts(self, rows: list[Mapping[str, Any]]) -> None:
        if not rows:
            return
        from docx.shared import Cm

        table = self._document.add_table(rows=0, cols=2)
        table.autofit = False
        for column, width in zip(table.columns, (Cm(4.5), Cm(11.5)), strict=True):
            column.width = width
        for row in rows:
            name, values = table.add_row().cells
            name.width, values.width = Cm(4.5), Cm(11.5)
            name.paragraphs[0].add_run(row["name"]).bold = True
            values.paragraphs[0].add_run("\n".join(row["values"]))
        self._document.add_paragraph()


def _get_text(line: Line) -> str:
    return sanitize_xml("".join(span.text for span in line))
