"""Word documents of letters, through python-docx."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from subproc_cli.errors import UsageFault
from subproc_cli.output.document import Block, Facts, Heading, Line, Page, Paragraph
from subproc_cli.output.reproducible_zip import members, packed
from subproc_cli.output.sanitize import cleaned, xml_text

_BODY = "word/document.xml"
_TO = "\ue000"
"""Stands for the line that names the customer; no text of a letter can hold a character of private use."""
_LOCALES = {"en": "en-GB", "de": "de-DE", "fr": "fr-FR"}


class FormLetter:
    """A letter that is the same for many customers but for the line that names them.

    Args:
        notice: one notice of `subproc/notices/1`.

    Raises:
        UsageFault: python-docx is not installed.
    """

    def __init__(self, notice: Mapping[str, Any]) -> None:
        document = _document()
        given = cleaned(notice, xml_text)
        day = date.fromisoformat(given["sent"])
        _set_properties(document, notice["subject"], notice["letter"]["publisher"], day, notice["language"])
        _Letter(document).write(given)
        self._members = _saved(document)

    def to(self, notice: Mapping[str, Any]) -> bytes:
        """Return the letter to one customer; the same notice gives the same bytes."""
        whom = notice["letter"]["to"]
        line = escape(xml_text(f"{whom['label']} {whom['name']}")) if whom else ""
        body = self._members[_BODY].replace(_TO.encode(), line.encode())
        return packed(self._members | {_BODY: body})


def of_page(page: Page, author: str, day: date, language: str) -> bytes:
    """Return a page of headings, paragraphs and facts as a Word document; the same page gives the same bytes.

    Raises:
        UsageFault: python-docx is not installed.
    """
    document = _document()
    title = next((each.line for each in page if isinstance(each, Heading)), ())
    _set_properties(document, "".join(span.text for span in title), author, day, language)
    letter = _Letter(document)
    for block in page:
        letter.block(block)
    return packed(_saved(document))


def _document() -> Any:
    try:
        from docx import Document  # only this format needs it
    except ImportError:
        raise UsageFault("a Word document needs python-docx", "pip install 'subproc-cli[docx]'") from None
    return Document()


def _saved(document: Any) -> dict[str, bytes]:
    out = BytesIO()
    document.save(out)
    return members(out.getvalue())


def _set_properties(document: Any, title: str, author: str, day: date, language: str) -> None:
    core = document.core_properties
    core.title, core.author = xml_text(title)[:255], xml_text(author)[:255]
    core.created = core.modified = datetime.combine(day, datetime.min.time())
    core.last_modified_by, core.comments, core.revision = "", "", 1
    core.language = _LOCALES[language]


class _Letter:
    def __init__(self, document: Any) -> None:
        from docx.shared import Pt

        self._document = document
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(11)
        normal.paragraph_format.space_after = Pt(6)

    def write(self, notice: Mapping[str, Any]) -> None:
        letter = notice["letter"]
        self._document.add_heading(notice["subject"], 1)
        if letter["to"]:
            self._text(_TO)
        self._text(letter["salutation"])
        self._text(letter["opening"])
        self._facts(letter["dates"])
        self._part(letter["urgent"])
        for service in letter["services"]:
            self._document.add_heading(service["name"], 2)
            self._points(f"{change}." for change in service["changes"])
            self._facts(service["facts"])
        self._part(letter["informed"], end=".")
        for part in (letter["gaps"], letter["unchanged"], letter["objection"]):
            self._part(part)
        self._text(letter["revisions"])
        self._text(letter["closing"])
        self._text(letter["publisher"])

    def block(self, block: Block) -> None:
        """Add a heading, a paragraph or facts."""
        match block:
            case Heading(line, level):
                self._document.add_heading(_words(line), level)
            case Paragraph(line):
                self._text(_words(line))
            case Facts(facts):
                self._facts(
                    [
                        {"name": xml_text(fact.name.text), "values": [_words(each) for each in fact.lines]}
                        for fact in facts
                    ]
                )
            case _:
                raise NotImplementedError(type(block).__name__)

    def _part(self, part: Mapping[str, Any] | None, end: str = "") -> None:
        if part:
            self._document.add_heading(part["title"], 2)
            if "text" in part:
                self._text(part["text"])
            self._points(f"{item}{end}" for item in part.get("items", ()))

    def _text(self, text: str) -> None:
        self._document.add_paragraph(text)

    def _points(self, texts: Iterable[str]) -> None:
        for text in texts:
            self._document.add_paragraph(text, style="List Bullet")

    def _facts(self, rows: list[Mapping[str, Any]]) -> None:
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


def _words(line: Line) -> str:
    return xml_text("".join(span.text for span in line))
