"""The list of sub-processors that clauses ask for in an annex, as Markdown.

Which annex it is follows from the clauses that the list states: the law files name them. All ask for the same
four facts; without stated clauses it is a list of sub-processors.
"""

from collections.abc import Iterator

from subproc_cli.describe.fields import FieldFormatter
from subproc_cli.describe.wording import PageWording
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.evaluation.stated_transfers import MODULE_NAMES
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_subprocessors, iter_selection_notes
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
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.field_table import SERVICE_ROWS
from subproc_cli.registry.internal import find_file_key
from subproc_cli.registry.models import Service, Transfer


def render(export: Export) -> bytes:
    """Return the annex."""
    return markdown.render(build_page(export), PageWording(export.registry, export.language).colon).encode()


def build_page(export: Export) -> Page:
    """Return the annex as blocks: who is a sub-processor, with the four fields; missing ones are said."""
    model, wording = export.registry.model, PageWording(export.registry, export.language)
    status = wording.format_text(
        "as-of",
        version=model.version,
        date=wording.format_day(model.date),
        day=wording.format_day(export.as_of),
    )
    head = (*_iter_head(export, wording, f"{model.publisher}. {status}"),)
    services = find_subprocessors(export).values()
    if not services:
        return (*head, Paragraph(make_line(wording.format_text("no-services"))))
    return (*head, *(block for each in services for block in _iter_section(export, wording, each)))


def _iter_head(export: Export, wording: PageWording, status: str) -> Iterator[Heading | Paragraph]:
    """Yield the title, and the annexes of clauses that the list is for."""
    annexes = _find_annexes(export)
    catalogue = wording.formatter.catalogue
    title = (
        catalogue.text(f"annex.{annexes[0].key}.title")
        if len(annexes) == 1
        else wording.format_text("annex-title-elsewhere")
    )
    yield Heading(make_line(title), 1)
    yield Paragraph(make_line(status))
    yield from (Paragraph(make_line(each)) for each in iter_selection_notes(export, wording))
    for annex in annexes:
        text = catalogue.text(f"annex.{annex.key}.intro")
        if annex.adapted:
            adapted = wording.formatter.transfers.format_adaptation([annex.adapted])
            text = catalogue.text("annex.adapted", text=text, adapted=adapted)
        yield Paragraph(make_line(text))


def _find_annexes(export: Export) -> list[Annex]:
    """Return the annexes of the clauses of the contract and of those that the list states, under its laws."""
    registry = export.registry
    found = {
        annex.key: annex
        for law in registry.model.law
        for annex in load_law(law).annexes
        if annex.contract and annex.contract == export.clauses
    }
    for law in registry.model.law:
        for service in find_subprocessors(export).values():
            assessment = assess_service(registry, service, law, export.as_of)
            for position, transfer in enumerate(service.transfer):
                rule = assessment.find_rule(position)
                for annex in assessment.law.annexes if rule else ():
                    # A list of before their time means the earlier clauses by the word of today's
                    if rule and annex.basis == rule.word and _has_module(annex, transfer):
                        found.setdefault(annex.key, annex)
    return list(found.values())


def _has_module(annex: Annex, transfer: Transfer) -> bool:
    """Return whether the stated modules of clauses have an annex; all have it if none is stated."""
    modules = {MODULE_NAMES[number - 1] for number in transfer.modules}
    return not modules or not annex.modules or not modules.isdisjoint(annex.modules)


_ASKED = {
    "annex-name": "entity.name",
    "annex-address": "entity.address",
    "annex-contact": "contact",
    "annex-description": "purpose",
}
"""What the annexes ask for: the field that each line states, by the id of its label."""
_FURTHER = {
    "annex-type": "service_type",
    "annex-data": "sees",
    "annex-subjects": "subjects",
    "annex-place": "processing",
    "annex-transfer": "transfer",
    "annex-retention": "retention",
    "annex-training": "model_training",
}
"""What else the list states, under a heading of its own."""
_ONLY_IF_STATED = ("annex-type", "annex-training")


def _iter_section(export: Export, wording: PageWording, service: Service) -> Iterator[Heading | Facts]:
    """Yield the four facts that the annexes ask for, and other stated facts under a separate heading."""
    yield Heading(make_line(service.name))
    yield Facts(tuple(_iter_facts(export, wording, service, _ASKED)))
    yield Heading(make_line(wording.format_text("annex-further")), 3)
    yield Facts(tuple(_iter_facts(export, wording, service, _FURTHER)))


def _iter_facts(
    export: Export, wording: PageWording, service: Service, paths: dict[str, str]
) -> Iterator[Fact]:
    registry, formatter = export.registry, wording.formatter
    view = FieldFormatter(formatter, registry, export.as_of)
    for label, path in paths.items():
        values = view.format_value(service, SERVICE_ROWS[path])
        if path == "transfer":
            laws = registry.model.law
            values = formatter.transfers.format_transfers(registry, service, laws, export.as_of)
        if values or label not in _ONLY_IF_STATED:
            missing = wording.format_missing(is_hidden=find_file_key(path) in export.hidden_fields)
            yield _build_fact(wording, label, values, missing)


def _build_fact(wording: PageWording, label: str, values: list[str], missing: str) -> Fact:
    texts = tuple(make_line(value) for value in values)
    return Fact(emphasize(wording.format_text(label)), texts or (make_line(Span(missing, Style.UNKNOWN)),))
