"""Word documents of letters and annexes, on A4, through python-docx."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from subproc_cli.enums import Layout
from subproc_cli.errors import UsageError
from subproc_cli.locale.catalogue import load_catalogue
from subproc_cli.output.document import Block, Facts, Heading, Line, Page, Paragraph, split_parts
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
        writer = _DocumentWriter(document)
        writer.add_notice(given)
        writer.keep_rows_together()
        self._members = _save(document)

    def render(self, notice: Mapping[str, Any]) -> bytes:
        """Return the letter to one customer; the same notice gives the same bytes."""
        whom = notice["letter"]["to"]
        line = escape(sanitize_xml(f"{whom['label']} {whom['name']}")) if whom else ""
        contract = escape(sanitize_xml(notice["letter"]["contract"] or ""))
        body = self._members[_BODY].replace(_RECIPIENT_MARKER.encode(), line.encode())
        body = body.replace(_CONTRACT_MARKER.encode(), contract.encode())
        return pack(self._members | {_BODY: body})


class PageSetup(NamedTuple):
    """How a document is identified and laid out.

    Attributes:
        author: whose document it is.
        day: its date.
        language: the language of its texts.
        footer: what each page says at its foot: whose list, which version and its hash.
        page_number: the number of the page and of all pages, with the places `{page}` and `{pages}`.
        layout: the parts one below the other, or one a row of a table across the page.
        signatures: the lines to be filled in by each party, by the name of the party; empty for none.
        part_name: what the first column of a table names.
        colon: what follows the name of a fact in a cell of a table.
        separator: what separates the values of such a fact.
    """

    author: str
    day: date
    language: str
    footer: str
    page_number: str
    layout: Layout = Layout.LIST
    signatures: Mapping[str, tuple[str, ...]] = {}
    part_name: str = ""
    colon: str = ":"
    separator: str = "; "


def render_page(page: Page, setup: PageSetup) -> bytes:
    """Return a page of headings, paragraphs and facts as a Word document; the same page gives the same bytes.

    Raises:
        UsageError: python-docx is not installed.
    """
    document = _create_document()
    title = next((each.line for each in page if isinstance(each, Heading)), ())
    _set_properties(document, "".join(span.text for span in title), setup.author, setup.day, setup.language)
    writer = _DocumentWriter(document)
    if setup.layout is Layout.TABLE:
        writer.turn_page()
        writer.add_table(page, setup)
    else:
        for block in page:
            writer.add_block(block)
    writer.keep_rows_together()
    writer.add_signatures(setup.signatures)
    writer.add_footer(setup.footer, setup.page_number)
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


_MAX_KEPT_FACTS, _MIN_KEPT_FACTS = 12, 3
"""How many facts are kept on one page at most, and how many of more facts follow their heading at least."""


class _DocumentWriter:
    def __init__(self, document: Any) -> None:
        from docx.shared import Mm, Pt

        self._document = document
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(11)
        normal.paragraph_format.space_after = Pt(6)
        self._section = document.sections[0]
        self._has_header = False
        self._set_page(Mm(210), Mm(297))

    def _set_page(self, width: Any, height: Any) -> None:
        from docx.shared import Mm

        section = self._section
        section.page_width, section.page_height = width, height
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)

    def turn_page(self) -> None:
        """Lay the document out across the page."""
        from docx.enum.section import WD_ORIENT

        self._section.orientation = WD_ORIENT.LANDSCAPE
        self._set_page(self._section.page_height, self._section.page_width)

    @property
    def _text_width(self) -> int:
        section = self._section
        return int(section.page_width - section.left_margin - section.right_margin)

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
            self._add_comparison(service, [fact for fact in service["facts"] if fact["before"] is not None])
            self._add_facts([fact for fact in service["facts"] if fact["before"] is None])
        self._add_part(letter["informed"], end=".")
        for part in (letter["gaps"], letter["unchanged"], letter["objection"]):
            self._add_part(part)
        self._add_text(letter["revisions"])
        self._add_text(letter["closing"])
        self._add_text(letter["publisher"])

    def add_block(self, block: Block) -> None:
        """Add a heading, a paragraph or facts.

        Raises:
            NotImplementedError: Word has no form for the block.
        """
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

    def _add_comparison(self, service: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> None:
        if not rows:
            return
        from docx.shared import Cm

        table = self._document.add_table(rows=1, cols=3)
        table.autofit = False
        widths = (Cm(4.5), Cm(5.75), Cm(5.75))
        for cell, head in zip(table.rows[0].cells[1:], (service["before"], service["after"]), strict=True):
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
        from docx.shared import Mm, Pt

        table = self._create_table((Mm(55), Mm(115)))
        for number, row in enumerate(rows):
            name, values = self._add_row(table)
            label = name.paragraphs[0].add_run(row["name"])
            label.bold, label.font.size = True, Pt(10)  # long German words fit
            values.paragraphs[0].add_run("\n".join(row["values"]))
            # The facts of a part stay on one page; long ones begin next to their heading instead
            is_kept = number < len(rows) - 1 and (len(rows) <= _MAX_KEPT_FACTS or number < _MIN_KEPT_FACTS)
            for cell in (name, values):
                cell.paragraphs[0].paragraph_format.keep_with_next = is_kept
        self._document.add_paragraph()

    def add_table(self, page: Page, setup: PageSetup) -> None:
        """Add a page with one row for each part under a heading, and its further facts in the last cell."""
        from docx.shared import Pt

        parts = split_parts(page, sanitize_xml)
        if not parts:
            return
        heads = [setup.part_name, *dict.fromkeys(name for part in parts for name, _ in part.facts)]
        further = next((part.further_title for part in parts if part.further), "")
        heads += [further] if further else []
        for block in parts[0].before:
            self.add_block(block)
        share = self._text_width // (len(heads) + (2 if further else 0))
        widths = [*[share] * (len(heads) - 1), self._text_width - share * (len(heads) - 1)]
        table = self._create_table(widths, style="Table Grid")
        self._has_header = True
        self._document.styles["Normal"].font.size = Pt(9)
        header = self._add_row(table)
        for cell, head in zip(header, heads, strict=True):
            cell.paragraphs[0].add_run(head).bold = True
        for part in parts:
            cells = self._add_row(table)
            facts = dict(part.facts)
            cells[0].paragraphs[0].add_run(part.title).bold = True
            for cell, head in zip(cells[1:], heads[1:], strict=True):
                if head != further:
                    cell.paragraphs[0].add_run(facts.get(head, ""))
            for number, (name, text) in enumerate(part.further):
                paragraph = cells[-1].paragraphs[0] if not number else cells[-1].add_paragraph()
                paragraph.paragraph_format.space_after = Pt(1)
                paragraph.add_run(f"{name}{setup.colon} ").bold = True
                paragraph.add_run(text.replace("\n", setup.separator))

    def _create_table(self, widths: Sequence[int], style: str = "") -> Any:
        table = self._document.add_table(rows=0, cols=len(widths))
        if style:
            table.style = style
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        return table

    def _add_row(self, table: Any) -> Any:
        row = table.add_row()
        for cell, column in zip(row.cells, table.columns, strict=True):
            cell.width = column.width
        return row.cells

    def keep_rows_together(self) -> None:
        """Let no row break across pages, and repeat the header of a table with lines on each page."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for table in self._document.element.iter(qn("w:tbl")):
            for number, row in enumerate(table.iter(qn("w:tr"))):
                properties = row.get_or_add_trPr()
                properties.append(OxmlElement("w:cantSplit"))
                if not number and self._has_header:
                    properties.append(OxmlElement("w:tblHeader"))

    def add_signatures(self, parties: Mapping[str, tuple[str, ...]]) -> None:
        """Add lines to be filled in and signed by each party, next to each other and on one page."""
        if not parties:
            return
        from docx.shared import Mm

        self._document.add_paragraph()
        width = self._text_width // len(parties)
        table = self._create_table([width] * len(parties))
        cells = self._add_row(table)
        for cell, (party, lines) in zip(cells, parties.items(), strict=True):
            cell.paragraphs[0].add_run(party).bold = True
            for line in lines:
                blank = cell.add_paragraph("_" * 34)
                blank.paragraph_format.space_before, blank.paragraph_format.space_after = Mm(9), 0
                cell.add_paragraph(line)

    def add_footer(self, text: str, page_number: str) -> None:
        """Add to the foot of each page what document it is, and the number of the page."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Pt

        paragraph = self._section.footer.paragraphs[0]
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.style = self._document.styles["Normal"]
        paragraph.paragraph_format.tab_stops.add_tab_stop(self._text_width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{sanitize_xml(text)}\t")
        for part in re.split(r"(\{pages?\})", page_number):
            if part in _FIELDS:
                _add_field(paragraph, _FIELDS[part])
            elif part:
                paragraph.add_run(sanitize_xml(part))
        for run in paragraph.runs:
            run.font.size = Pt(8)


_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
"""What Word counts, by its place in a text."""


def _add_field(paragraph: Any, instruction: str) -> None:
    """Add a field that Word fills in. With all parts in one run, LibreOffice ignores the size of its font."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    names = nsdecls("w")
    for part in (
        f'<w:fldChar {names} w:fldCharType="begin"/>',
        f'<w:instrText {names} xml:space="preserve">{instruction}</w:instrText>',
        f'<w:fldChar {names} w:fldCharType="separate"/>',
        f"<w:t {names}>1</w:t>",
        f'<w:fldChar {names} w:fldCharType="end"/>',
    ):
        paragraph.add_run().element.append(parse_xml(part))


def _get_text(line: Line) -> str:
    return sanitize_xml("".join(span.text for span in line))
