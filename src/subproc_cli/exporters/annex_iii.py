"""Annex III of the standard contractual clauses, the list of sub-processors, as Markdown.

Source: Implementing Decision (EU) 2021/914, Annex III; the same four fields are in Annex IV of Implementing
Decision (EU) 2021/915.
"""

from collections.abc import Iterator
from datetime import date

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
        for block in _iter_section(wording, each, export.as_of)
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


def _iter_section(wording: PageWording, service: Service, as_of: date) -> Iterator[Heading | Facts]:
    entity, laws = service.entity, wording.registry.model.law
    name = entity.name if entity and entity.name else ""
    yield Heading(make_line(service.name))
    yield Facts(
        (
            _build_fact(wording, "annex-name", name),
            _build_fact(wording, "annex-address", entity.address if entity and entity.address else ""),
            _build_fact(wording, "annex-contact", service.contact or ""),
            _build_fact(wording, "annex-description", service.purpose or ""),
            _build_fact(
                wording,
                "annex-data",
                *(wording.formatter.format_statement(wording.registry, each) for each in service.sees),
            ),
            _build_fact(wording, "annex-subjects", *service.subjects),
            _build_fact(
                wording,
                "annex-place",
                *(wording.formatter.format_processing(wording.registry, each) for each in service.processing),
            ),
            _build_fact(
                wording,
                "annex-transfer",
                *wording.formatter.transfers.format_transfers(wording.registry, service, laws, as_of),
            ),
            _build_fact(wording, "annex-retention", service.retention or ""),
        )
    )


def _build_fact(wording: PageWording, label: str, *values: str) -> Fact:
    texts = tuple(make_line(value) for value in values if value)
    missing = make_line(Span(wording.format_text("not-stated"), Style.UNKNOWN))
    return Fact(emphasize(wording.format_text(label)), texts or (missing,))
