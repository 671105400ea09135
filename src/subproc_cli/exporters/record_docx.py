"""The record of Art. 30(2) GDPR as a Word document."""

from collections.abc import Iterable, Iterator

from subproc_cli.describe.wording import PageWording
from subproc_cli.exporters import word
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import iter_selection_notes
from subproc_cli.exporters.record import ARTICLES, iter_rows
from subproc_cli.output.document import Block, Fact, Facts, Heading, Page, Paragraph, emphasize, make_line

_OF_PUBLISHER = ("record-processor", "record-contact", "record-representative", "record-dpo")
"""Columns whose cells are the same for every service, which the document states once."""
_ABSENT = "record-absent"
"""The column with what the law requires and the record lacks: no addition."""


def render(export: Export) -> bytes:
    """Return the record; the same list gives the same bytes.

    Raises:
        UsageError: python-docx is not installed.
    """
    return word.render_page(export, build_page(export))


def build_page(export: Export) -> Page:
    """Return the record as blocks."""
    return tuple(_iter_blocks(export))


def _iter_blocks(export: Export) -> Iterator[Block]:
    model, wording = export.registry.model, PageWording(export.registry, export.language)
    status = wording.format_text(
        "as-of",
        version=model.version,
        date=wording.format_day(model.date),
        day=wording.format_day(export.as_of),
    )
    yield Heading(make_line(wording.format_text("record-title")), 1)
    yield Paragraph(make_line(f"{model.publisher}. {status}"))
    yield from (Paragraph(make_line(each)) for each in iter_selection_notes(export, wording))
    (_, *headings), *rows = iter_rows(export)
    columns = [*zip(ARTICLES, headings, strict=True)]
    suffix = f" ({wording.format_text('record-addition')})"  # the heading of the part says so already
    plain_columns = [(column, heading.removesuffix(suffix)) for column, heading in columns]
    if not rows:
        yield Paragraph(make_line(wording.format_text("no-services")))
        return
    yield _build_facts(columns, rows[0][1:], _OF_PUBLISHER)
    additions = [column for column, article in ARTICLES.items() if not article and column != _ABSENT]
    asked = [column for column in ARTICLES if column not in (*additions, *_OF_PUBLISHER)]
    for name, *cells in rows:
        yield Heading(make_line(name))
        yield _build_facts(columns, cells, asked)
        yield Heading(make_line(wording.format_text("record-further")), 3)
        yield _build_facts(plain_columns, cells, additions)


def _build_facts(columns: list[tuple[str, str]], cells: Iterable[str], chosen: Iterable[str]) -> Facts:
    known = {*chosen}
    return Facts(
        tuple(
            Fact(emphasize(heading), (make_line(cell),))
            for (column, heading), cell in zip(columns, cells, strict=True)
            if column in known
        )
    )
