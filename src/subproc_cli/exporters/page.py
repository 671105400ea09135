"""The public list as Markdown, for a page of a company's documentation."""

from collections.abc import Callable, Iterator, Mapping

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import SUBPROCESSORS, NotStated
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import ServiceFact, iter_service_facts
from subproc_cli.exporters.published import (
    find_unstated_facts,
    find_visible_services,
    format_intro,
    format_lifecycle,
    format_unneeded_basis,
    iter_list_facts,
    iter_selection_notes,
)
from subproc_cli.exporters.upcoming import find_upcoming_changes
from subproc_cli.output import markdown
from subproc_cli.output.document import (
    Block,
    Bullets,
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
    model, colon = export.registry.model, PageWording(export.registry, export.language).colon
    page = markdown.render(tuple(_iter_blocks(export)), colon)
    if not (export.logo and model.publish and model.publish.logo):
        return page.encode()
    return f"{markdown.render_image(model.publish.logo, model.publisher)}\n\n{page}".encode()


def _iter_blocks(export: Export) -> Iterator[Block]:
    model, wording = export.registry.model, PageWording(export.registry, export.language)
    date, day = wording.format_day(model.date), wording.format_day(export.as_of)
    yield Heading(make_line(wording.format_text("title", publisher=model.publisher)), 1)
    yield Paragraph(make_line(wording.format_text("as-of", version=model.version, date=date, day=day)))
    yield Paragraph(make_line(format_intro(export, wording)))
    yield from (Paragraph(make_line(each)) for each in iter_selection_notes(export, wording))
    services = find_visible_services(export)
    yield from _iter_upcoming_changes(export, wording, services)
    columns = _find_columns(export)
    if not services:
        yield Paragraph(make_line(wording.format_text("no-services")))
    yield from _iter_overviews(export, wording, services, columns)
    list_facts = [fact for fact in iter_list_facts(export, wording) if fact[1] or _names_unstated(export)]
    if list_facts:
        yield Heading(make_line(wording.format_text("promise")))
        yield Facts(tuple(_build_fact(wording, *each) for each in list_facts))
    if services:
        yield Heading(make_line(wording.format_text("services")))
    for service in services.values():
        yield from _iter_section(export, wording, service)
    missing = find_unstated_facts(
        export, wording, services, {"processing", *({"purpose", "entity"} & columns.keys())}
    )
    if missing:
        yield Heading(make_line(wording.format_text("unstated-title")))
        yield Facts(tuple(_build_fact(wording, _begin_with_capital(noun), names) for noun, names in missing))
    yield Paragraph(make_line(wording.format_text("silence")))
    if model.publish and model.publish.legal_notice:
        link = make_line(Span(model.publish.legal_notice, Style.LINK))
        yield Facts((Fact(emphasize(wording.format_text("legal-notice")), (link,)),))


def _iter_upcoming_changes(
    export: Export, wording: PageWording, services: Mapping[str, Service]
) -> Iterator[Block]:
    changes = find_upcoming_changes(export, wording, services)
    if not changes:
        return
    yield Heading(make_line(wording.format_text("upcoming")))
    yield Bullets(
        tuple(
            make_line(emphasize(wording.format_day(each.day)), f"{wording.colon} {each.text}")
            if each.day
            else make_line(each.text)
            for each in changes
        )
    )
    days = export.registry.model.notice.objection_days
    if days is not None and "notice" not in export.hidden_fields:
        period = wording.format_text("objection-period", days=wording.format_count("day", days))
        contact = export.registry.model.notice.contact
        where = f" {wording.format_text('objections-to')}{wording.colon} " if contact else ""
        yield Paragraph(make_line(period, where, Span(contact or "", Style.LINK)))


def _build_fact(wording: PageWording, label: str, *values: str) -> Fact:
    texts = tuple(make_line(value) for value in values if value)
    return Fact(emphasize(label), texts or (_build_unstated(wording),))


def _build_unstated(wording: PageWording) -> Line:
    return make_line(Span(wording.format_text("not-stated"), Style.UNKNOWN))


def _names_unstated(export: Export) -> bool:
    publication = export.registry.model.publish
    return not publication or publication.not_stated is NotStated.ONCE


_OVERVIEW_COLUMNS: dict[str, tuple[str, Callable[[PageWording, Service], str | None]]] = {
    "purpose": ("purpose", lambda _, service: service.purpose),
    "processing": (
        "processing",
        lambda wording, service: wording.join_list(
            # Without their conditions two statements about one place would be the same
            wording.formatter.format_processing(wording.registry, each.model_copy(update={"note": None}))
            for each in service.processing
        ),
    ),
    "entity": ("entity.name", lambda _, service: service.entity.name if service.entity else None),
}
"""The columns by their fact: the field that each shows, and its text."""


def _find_columns(export: Export) -> dict[str, tuple[str, Callable[[PageWording, Service], str | None]]]:
    return {
        fact: column
        for fact, column in _OVERVIEW_COLUMNS.items()
        if find_file_key(column[0]) not in export.hidden_fields
    }


def _iter_overviews(
    export: Export,
    wording: PageWording,
    services: Mapping[str, Service],
    columns: Mapping[str, tuple[str, Callable[[PageWording, Service], str | None]]],
) -> Iterator[Block]:
    """Yield a table of the subprocessors, and one of the other services."""
    heads = (
        wording.format_text("service"),
        *(wording.get_word("label", path) for path, _ in columns.values()),
    )
    parts = {
        "subprocessors": [each for each in services.values() if each.role in SUBPROCESSORS],
        "others": [each for each in services.values() if each.role not in SUBPROCESSORS],
    }
    for name, part in parts.items():
        if parts["others"] and part:
            yield Heading(make_line(wording.format_text(f"table-{name}")))
        if name == "others" and part:
            yield Paragraph(make_line(wording.format_text("others-text")))
        if part:
            rows = (
                (
                    _build_name(export, wording, service),
                    *(_build_cell(export, wording, cell(wording, service)) for _, cell in columns.values()),
                )
                for service in part
            )
            yield Table(heads, tuple(rows))


def _build_cell(export: Export, wording: PageWording, text: str | None) -> Line:
    if text:
        return make_line(text)
    return _build_unstated(wording) if _names_unstated(export) else make_line("")


def _build_name(export: Export, wording: PageWording, service: Service) -> Line:
    """Return the name of a service, with its state if it is announced or no longer used."""
    state = format_lifecycle(export, wording, service)
    name = emphasize(service.name)
    return make_line(name, f" ({state})") if state else make_line(name)


def _iter_section(export: Export, wording: PageWording, service: Service) -> Iterator[Block]:
    yield Heading(make_line(service.name), 3)
    status = format_lifecycle(export, wording, service)
    if status:
        yield Paragraph(make_line(emphasize(_begin_with_capital(status))))
    if service.purpose:
        yield Paragraph(make_line(service.purpose))
    yield Facts(
        tuple(
            Fact(
                emphasize(_begin_with_capital(each.label) if each.are_links else each.label),
                tuple(_iter_values(export, wording, service, each)),
            )
            for each in _iter_facts(export, wording, service)
        )
    )


def _iter_facts(export: Export, wording: PageWording, service: Service) -> Iterator[ServiceFact]:
    """Yield the stated facts and, after the places, why no basis is needed where none is stated."""
    for fact in iter_service_facts(wording, service, export.as_of):
        yield fact
        texts = format_unneeded_basis(export, wording, service) if fact.field == "processing" else ()
        if texts:
            yield ServiceFact("transfer", wording.get_word("label", "transfer"), tuple(texts))


def _iter_values(export: Export, wording: PageWording, service: Service, fact: ServiceFact) -> Iterator[Line]:
    if fact.field == "transfer":
        # With what the laws state about the places, as a letter has it
        transfers, laws = wording.formatter.transfers, export.registry.model.law
        texts = transfers.format_transfers(export.registry, service, laws, export.as_of)
        yield from map(make_line, texts)
        return
    services = export.registry.model.services
    for value in fact.values:
        is_named = fact.field == "replaces" and value in services
        text = services[value].name if is_named else value
        yield make_line(Span(text, Style.LINK if fact.are_links else Style.PLAIN))


def _begin_with_capital(label: str) -> str:
    return f"{label[:1].upper()}{label[1:]}"
