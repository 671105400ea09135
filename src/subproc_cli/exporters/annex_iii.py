"""The list of sub-processors that clauses ask for in an annex, as Markdown.

Which annex it is follows from the clauses that the list states: the law files name them. All ask for the same
four facts; without stated clauses it is a list of sub-processors.
"""

from collections.abc import Iterator
from datetime import date

from subproc_cli.describe.wording import PageWording
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.evaluation.stated_transfers import MODULE_NAMES
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
from subproc_cli.reference.law_facts import Annex
from subproc_cli.registry.models import Service, Transfer


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
        *_iter_head(export, wording, f"{model.publisher}. {status}"),
        *sections,
    )


def _iter_head(export: Export, wording: PageWording, status: str) -> Iterator[Heading | Paragraph]:
    """Yield the title, and which annexes of which clauses the list is for."""
    annexes = _find_annexes(export)
    catalogue = wording.formatter.catalogue
    title = (
        catalogue.text(f"annex.{annexes[0].key}.title")
        if len(annexes) == 1
        else wording.format_text("annex-title-elsewhere")
    )
    yield Heading(make_line(title), 1)
    yield Paragraph(make_line(status))
    for annex in annexes:
        text = catalogue.text(f"annex.{annex.key}.intro")
        if annex.adapted:
            adapted = wording.formatter.transfers.format_adaptation([annex.adapted])
            text = catalogue.text("annex.adapted", text=text, adapted=adapted)
        yield Paragraph(make_line(text))


def _find_annexes(export: Export) -> list[Annex]:
    """Return the annexes of the clauses that the list states, of which a law of the list knows."""
    registry = export.registry
    found: dict[str, Annex] = {}
    for law in registry.model.law:
        for service in find_subprocessors(export).values():
            assessment = assess_service(registry, service, law, export.as_of)
            for position, transfer in enumerate(service.transfer):
                if assessment.find_rule(position):
                    for annex in assessment.law.annexes:
                        if _is_for(annex, transfer):
                            found.setdefault(annex.key, annex)
    return list(found.values())


def _is_for(annex: Annex, transfer: Transfer) -> bool:
    """Return whether a basis is the clauses that an annex belongs to; modules count if they are stated."""
    modules = {MODULE_NAMES[number - 1] for number in transfer.modules}
    return annex.basis == transfer.basis and (
        not modules or not annex.modules or not modules.isdisjoint(annex.modules)
    )


def _iter_section(wording: PageWording, service: Service, as_of: date) -> Iterator[Heading | Facts]:
    """Yield the four facts that the annexes ask for, and what else is stated under a heading of its own."""
    entity, laws, formatter = service.entity, wording.registry.model.law, wording.formatter
    name = entity.name if entity and entity.name else ""
    registry = wording.registry
    yield Heading(make_line(service.name))
    yield Facts(
        (
            _build_fact(wording, "annex-name", name),
            _build_fact(wording, "annex-address", entity.address if entity and entity.address else ""),
            _build_fact(wording, "annex-contact", service.contact or ""),
            _build_fact(wording, "annex-description", service.purpose or ""),
        )
    )
    transfers = formatter.transfers.format_transfers(registry, service, laws, as_of)
    data = (formatter.format_statement(registry, each) for each in service.sees)
    places = (formatter.format_processing(registry, each) for each in service.processing)
    yield Heading(make_line(wording.format_text("annex-further")), 3)
    yield Facts(
        (
            _build_fact(wording, "annex-data", *data),
            _build_fact(wording, "annex-subjects", *service.subjects),
            _build_fact(wording, "annex-place", *places),
            _build_fact(wording, "annex-transfer", *transfers),
            _build_fact(wording, "annex-retention", service.retention or ""),
        )
    )


def _build_fact(wording: PageWording, label: str, *values: str) -> Fact:
    texts = tuple(make_line(value) for value in values if value)
    missing = make_line(Span(wording.format_text("not-stated"), Style.UNKNOWN))
    return Fact(emphasize(wording.format_text(label)), texts or (missing,))
