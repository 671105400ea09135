"""The public list as Markdown, for a page of a company's documentation."""

from collections.abc import Callable, Iterator, Mapping

from subproc_cli.describe.wording import PageWording
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import ServiceFact, iter_service_facts, list_missing_facts
from subproc_cli.exporters.published import (
    find_visible_services,
    format_intro,
    format_lifecycle,
    iter_list_facts,
)
from subproc_cli.exporters.regions import RegionClassifier
from subproc_cli.output import markdown
from subproc_cli.output.document import (
    Block,
    Fact,
    Facts,
    Heading,
    Line,
    Paragraph,
    Span,
    Style,
    Table,
    emphasize,
    make_line,
)
from subproc_cli.registry.internal import find_file_key
from subproc_cli.registry.models import Service


def render(export: Export) -> bytes:
    """Return the page."""
    page, model = markdown.render(tuple(_iter_blocks(export))), export.registry.model
    logo = model.publish.logo if model.publish else None
    return (f"{markdown.render_image(logo, model.publisher)}\n\n{page}" if logo else page).encode()


def _iter_blocks(export: Export) -> Iterator[Block]:
    model, wording = export.registry.model, PageWording(export.registry, export.language)
    date, day = wording.format_day(model.date), wording.format_day(export.as_of)
    yield Heading(make_line(wording.format_text("title", publisher=model.publisher)), 1)
    yield Paragraph(make_line(wording.format_text("as-of", version=model.version, date=date, day=day)))
    yield Paragraph(make_line(format_intro(export, wording)))
    yield from _iter_selection_notes(export, wording)
    services = find_visible_services(export)
    yield _build_overview(export, wording, services)
    list_facts = tuple(iter_list_facts(export, wording))
    if list_facts:
        yield Heading(make_line(wording.format_text("promise")))
        yield Facts(tuple(_build_fact(wording, *each) for each in list_facts))
    yield Heading(make_line(wording.format_text("services")))
    classifier = RegionClassifier(export.registry, export.as_of)
    for key, service in services.items():
        yield from _iter_section(
            export,
            wording,
            service,
            list_missing_facts(
                wording, service, classifier.evaluate_basis_needed(key, service), export.hidden_fields
            ),
        )
    yield Paragraph(make_line(wording.format_text("silence")))
    if model.publish and model.publish.legal_notice:
        link = make_line(Span(model.publish.legal_notice, Style.LINK))
        yield Facts((Fact(emphasize(wording.format_text("legal-notice")), (link,)),))


def _iter_selection_notes(export: Export, wording: PageWording) -> Iterator[Block]:
    if export.customer:
        yield Paragraph(make_line(wording.format_text("for-customer", customer=export.customer)))
    if export.question:
        yield Paragraph(make_line(wording.format_text("where", question=export.question)))
    if export.unanswered:
        names = (export.registry.model.services[key].name for key in export.unanswered)
        yield Paragraph(make_line(wording.format_text("silent", services=wording.join_words(names))))


def _build_fact(wording: PageWording, label: str, *values: str) -> Fact:
    texts = tuple(make_line(value) for value in values if value)
    return Fact(emphasize(label), texts or (_build_unstated(wording),))


def _build_unstated(wording: PageWording) -> Line:
    return make_line(Span(wording.format_text("not-stated"), Style.UNKNOWN))


_OVERVIEW_COLUMNS: dict[str, Callable[[PageWording, Service], str | None]] = {
    "purpose": lambda _, service: service.purpose,
    "processing": lambda wording, service: "; ".join(
        wording.format_places(each.place) for each in service.processing
    ),
    "entity.name": lambda _, service: service.entity.name if service.entity else None,
}


def _build_overview(export: Export, wording: PageWording, services: Mapping[str, Service]) -> Table:
    columns = {
        path: format_cell
        for path, format_cell in _OVERVIEW_COLUMNS.items()
        if find_file_key(path) not in export.hidden_fields
    }
    heads = (wording.format_text("service"), *(wording.get_word("label", path) for path in columns))
    rows = (
        (
            _build_name(export, wording, service),
            *(
                make_line(cell) if (cell := format_cell(wording, service)) else _build_unstated(wording)
                for format_cell in columns.values()
            ),
        )
        for service in services.values()
    )
    return Table(heads, tuple(rows))


def _build_name(export: Export, wording: PageWording, service: Service) -> Line:
    """Return the name of a service, with its state if it is announced or no longer used."""
    state = format_lifecycle(export, wording, service)
    name = emphasize(service.name)
    return make_line(name, f" ({state})") if state else make_line(name)


def _iter_section(
    export: Export, wording: PageWording, service: Service, missing_facts: list[str]
) -> Iterator[Block]:
    yield Heading(make_line(service.name), 3)
    status = format_lifecycle(export, wording, service)
    if status:
        yield Paragraph(make_line(emphasize(status)))
    if "purpose" not in export.hidden_fields:
        yield Paragraph(make_line(service.purpose) if service.purpose else _build_unstated(wording))
    facts = [
        Fact(emphasize(each.label), tuple(_iter_values(each)))
        for each in iter_service_facts(wording, service, export.as_of)
    ]
    if missing_facts:
        facts.append(
            Fact(
                emphasize(wording.format_text("not-stated-title")),
                (make_line(wording.join_words(missing_facts)),),
            )
        )
    yield Facts(tuple(facts))
    if not missing_facts and not export.hidden_fields:
        yield Paragraph(make_line(wording.format_text("all-stated")))


def _iter_values(fact: ServiceFact) -> Iterator[Line]:
    return (make_line(Span(value, Style.LINK if fact.are_links else Style.PLAIN)) for value in fact.values)
