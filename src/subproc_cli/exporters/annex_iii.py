"""Annex III of the standard contractual clauses, the list of sub-processors, as Markdown.

Source: Implementing Decision (EU) 2021/914, Annex III; the same four fields are in Annex IV of Implementing
Decision (EU) 2021/915.
"""

from collections.abc import Iterator

from subproc_cli.describe.fields import FieldFormatter
from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import Regime
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_subprocessors
from subproc_cli.output import markdown
from subproc_cli.output.document import (
    Fact,
    Facts,
    Heading,
    Page,
    Paragraph,
    Span,
    Style,
    emphasize,
    make_line,
)
from subproc_cli.registry.field_table import SERVICE_ROWS
from subproc_cli.registry.internal import find_file_key
from subproc_cli.registry.models import Service


def render(export: Export) -> bytes:
    """Return the annex."""
    return markdown.render(build_page(export)).encode()


def build_page(export: Export) -> Page:
    """Return the annex as blocks: who is a sub-processor, with the four fields; missing ones are said."""
    model, wording = export.registry.model, PageWording(export.registry, export.language)
    status = wording.format_text(
        "stand",
        version=model.version,
        date=wording.format_day(model.date),
        day=wording.format_day(export.as_of),
    )
    sections = (
        block
        for each in find_subprocessors(export).values()
        for block in _iter_section(export, wording, each)
    )
    return (
        *_iter_head(wording, f"{model.publisher}. {status}"),
        *sections,
    )


def _iter_head(wording: PageWording, status: str) -> Iterator[Heading | Paragraph]:
    """Yield the title; only EU law knows the clauses that the annex is a part of (2021/914)."""
    of_the_clauses = Regime.EU_GDPR in wording.registry.model.law
    yield Heading(
        make_line(wording.format_text("annex-title" if of_the_clauses else "annex-title-elsewhere")), 1
    )
    yield Paragraph(make_line(status))
    if of_the_clauses:
        yield Paragraph(make_line(wording.format_text("annex-intro")))


_FIELDS = {
    "annex-name": "entity.name",
    "annex-address": "entity.address",
    "annex-contact": "contact",
    "annex-type": "service_type",
    "annex-description": "purpose",
    "annex-data": "sees",
    "annex-subjects": "subjects",
    "annex-place": "processing",
    "annex-transfer": "transfer",
    "annex-retention": "retention",
    "annex-training": "model_training",
}
"""The field that each line of the annex states, by the id of its label."""
_FURTHER = ("annex-type", "annex-training")
"""Lines that the annex does not ask for, and that it has only where they are stated."""


def _iter_section(export: Export, wording: PageWording, service: Service) -> Iterator[Heading | Facts]:
    view = FieldFormatter(wording.formatter, export.registry, export.as_of)
    yield Heading(make_line(service.name))
    facts = []
    for label, path in _FIELDS.items():
        values = view.format_value(service, SERVICE_ROWS[path])
        if path == "transfer":
            laws = export.registry.model.law
            values = wording.formatter.format_transfers(export.registry, service, laws, export.as_of)
        if values or label not in _FURTHER:
            missing = wording.format_missing(is_hidden=find_file_key(path) in export.hidden_fields)
            facts.append(_build_fact(wording, label, values, missing))
    yield Facts(tuple(facts))


def _build_fact(wording: PageWording, label: str, values: list[str], missing: str) -> Fact:
    texts = tuple(make_line(value) for value in values)
    return Fact(emphasize(wording.format_text(label)), texts or (make_line(Span(missing, Style.UNKNOWN)),))
