"""The public list as Markdown, for a page of a company's documentation."""

from collections.abc import Iterator, Mapping

from subproc_cli.describe.wording import Wording
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import Told, missing, told
from subproc_cli.exporters.published import of_the_list, promises, published, standing
from subproc_cli.exporters.regions import Sides
from subproc_cli.output import markdown
from subproc_cli.output.document import (
    Block,
    Fact,
    Facts,
    Heading,
    Line,
    Paragraph,
    Span,
    Table,
    Tone,
    line,
    strong,
)
from subproc_cli.registry.models import Service


def render(export: Export) -> bytes:
    """Return the page."""
    return markdown.render(tuple(_blocks(export))).encode()


def _blocks(export: Export) -> Iterator[Block]:
    about, wording = export.about.registry, Wording(export.about, export.language)
    date, day = wording.day(about.date), wording.day(export.day)
    yield Heading(line(wording.text("title", publisher=about.publisher)), 1)
    yield Paragraph(line(wording.text("stand", version=about.version, date=date, day=day)))
    yield Paragraph(line(wording.text("intro", publisher=about.publisher)))
    yield from _chosen(export, wording)
    listed = published(export)
    yield _overview(wording, listed)
    yield Heading(line(wording.text("promise")))
    told_of_list = (*promises(wording, about.notice), *of_the_list(about))
    yield Facts(tuple(_fact(wording, *each) for each in told_of_list))
    yield Heading(line(wording.text("services")))
    sides = Sides(export.about, export.day)
    for key, service in listed.items():
        yield from _section(export, wording, service, missing(wording, service, sides.asks(key, service)))
    yield Paragraph(line(wording.text("silence")))


def _chosen(export: Export, wording: Wording) -> Iterator[Block]:
    if export.where:
        yield Paragraph(line(wording.text("where", question=export.where)))
    if export.silent:
        names = (export.about.registry.services[key].name for key in export.silent)
        yield Paragraph(line(wording.text("silent", services=wording.listed(names))))


def _fact(wording: Wording, label: str, *values: str) -> Fact:
    texts = tuple(line(value) for value in values if value)
    return Fact(strong(label), texts or (_unstated(wording),))


def _unstated(wording: Wording) -> Line:
    return line(Span(wording.text("not_stated"), Tone.UNKNOWN))


def _overview(wording: Wording, services: Mapping[str, Service]) -> Table:
    heads = (
        wording.text("service"),
        *(wording.word("labels", key) for key in ("purpose", "processing", "entity")),
    )
    return Table(heads, tuple(_row(wording, service) for service in services.values()))


def _row(wording: Wording, service: Service) -> tuple[Line, ...]:
    places = "; ".join(wording.places(each.place) for each in service.processing)
    entity = service.entity.name if service.entity else None
    cells = (service.purpose, places, entity)
    return line(strong(service.name)), *(line(cell) if cell else _unstated(wording) for cell in cells)


def _section(export: Export, wording: Wording, service: Service, lacking: list[str]) -> Iterator[Block]:
    yield Heading(line(service.name), 3)
    said = standing(export, wording, service)
    if said:
        yield Paragraph(line(strong(said)))
    yield Paragraph(line(service.purpose) if service.purpose else _unstated(wording))
    facts = [Fact(strong(each.label), tuple(_values(each))) for each in told(wording, service, export.day)]
    if lacking:
        facts.append(Fact(strong(wording.text("not_stated_title")), (line(wording.listed(lacking)),)))
    yield Facts(tuple(facts))
    if not lacking:
        yield Paragraph(line(wording.text("all_stated")))


def _values(given: Told) -> Iterator[Line]:
    return (line(Span(value, Tone.LINK if given.links else Tone.PLAIN)) for value in given.values)
