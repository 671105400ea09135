"""Annex III of the standard contractual clauses, the list of sub-processors, as Markdown.

Source: Implementing Decision (EU) 2021/914, Annex III; the same four fields stand in Annex IV of Implementing
Decision (EU) 2021/915.
"""

from collections.abc import Iterator
from datetime import date

from subproc_cli.describe.wording import Wording
from subproc_cli.enums import Regime
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import subprocessors
from subproc_cli.output import markdown
from subproc_cli.output.document import Fact, Facts, Heading, Page, Paragraph, Span, Tone, line, strong
from subproc_cli.registry.models import Service


def render(export: Export) -> bytes:
    """Return the annex."""
    return markdown.render(page(export)).encode()


def page(export: Export) -> Page:
    """Return the annex as blocks: who is a sub-processor, with the four fields; missing ones are said."""
    about, wording = export.about.registry, Wording(export.about, export.language)
    stand = wording.text(
        "stand", version=about.version, date=wording.day(about.date), day=wording.day(export.day)
    )
    sections = (
        block for each in subprocessors(export).values() for block in _section(wording, each, export.day)
    )
    return (
        *_head(wording, f"{about.publisher}. {stand}"),
        *sections,
    )


def _head(wording: Wording, stand: str) -> Iterator[Heading | Paragraph]:
    """Yield the title; only EU law knows the clauses that the annex is a part of (2021/914)."""
    of_the_clauses = Regime.EU_GDPR in wording.about.registry.law
    yield Heading(line(wording.text("annex_title" if of_the_clauses else "annex_title_elsewhere")), 1)
    yield Paragraph(line(stand))
    if of_the_clauses:
        yield Paragraph(line(wording.text("annex_intro")))


def _section(wording: Wording, service: Service, day: date) -> Iterator[Heading | Facts]:
    entity, laws = service.entity, wording.about.registry.law
    name = entity.name if entity and entity.name else ""
    yield Heading(line(service.name))
    yield Facts(
        (
            _fact(wording, "annex_name", name),
            _fact(wording, "annex_address", entity.address if entity and entity.address else ""),
            _fact(wording, "annex_contact", service.contact or ""),
            _fact(wording, "annex_description", service.purpose or ""),
            _fact(
                wording, "annex_data", *(wording.say.statement(wording.about, each) for each in service.sees)
            ),
            _fact(wording, "annex_subjects", *service.subjects),
            _fact(
                wording,
                "annex_place",
                *(wording.say.processing(wording.about, each) for each in service.processing),
            ),
            _fact(wording, "annex_transfer", *wording.say.transfers(wording.about, service, laws, day)),
            _fact(wording, "annex_retention", service.retention or ""),
        )
    )


def _fact(wording: Wording, label: str, *values: str) -> Fact:
    texts = tuple(line(value) for value in values if value)
    missing = line(Span(wording.text("not_stated"), Tone.UNKNOWN))
    return Fact(strong(wording.text(label)), texts or (missing,))
