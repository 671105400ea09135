"""The rows of the services: the visible cells, and the details that are folded away."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import SUBPROCESSORS, Activation, Role
from subproc_cli.evaluation.service_transfers import ServiceAssessment, assess_service
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import ServiceFact, iter_service_facts
from subproc_cli.exporters.published import format_lifecycle, format_unneeded_basis
from subproc_cli.exporters.regions import RegionClass, RegionClassifier
from subproc_cli.exporters.site.filters import Filter, encode_verdicts
from subproc_cli.exporters.site.languages import find_foreign_texts
from subproc_cli.registry.internal import find_file_key
from subproc_cli.registry.models import Service
from subproc_cli.registry.parts import Model

AnyModel = TypeVar("AnyModel", bound=Model)
ITEMS_PER_CELL = 5
"""Maximum number of kinds of data in a cell; further ones are folded away on the screen, and printed."""
COLUMNS = {"purpose": "purpose", "data": "sees", "place": "processing", "safeguard": "transfer"}
"""The columns next to the name, each with the field that it shows."""


class Place(NamedTuple):
    """A place of processing; the tone never says what the words do not say."""

    text: str
    tone: str


class Row(NamedTuple):
    """What the page shows of one service.

    Attributes:
        badges: its state, its role and when it is used, where there is something to say.
        facts: what the table does not show.
        verdicts: a word for each filter, with a letter for each choice.
        first_place: the place by which rows are sorted.
        languages: the texts that are not in the language of the page, each with its language.
    """

    key: str
    name: str
    company: str
    badges: tuple[str, ...]
    purpose: str
    data: tuple[str, ...]
    places: tuple[Place, ...]
    safeguards: tuple[str, ...]
    facts: tuple[ServiceFact, ...]
    verdicts: str
    first_place: str
    languages: Mapping[str, str]


class Group(NamedTuple):
    """The services under one heading of the list; the first group of a table can be without."""

    title: str
    rows: tuple[Row, ...]


class ServiceTable(NamedTuple):
    """The subprocessors, or the other services."""

    key: str
    title: str
    groups: tuple[Group, ...]


def find_columns(export: Export) -> dict[str, str]:
    """Return the columns that the publisher does not hide, each with its field."""
    return {name: path for name, path in COLUMNS.items() if find_file_key(path) not in export.hidden_fields}


def build_tables(
    export: Export, wording: PageWording, services: Mapping[str, Service], filters: tuple[Filter, ...]
) -> tuple[ServiceTable, ...]:
    """Return the services as tables, the subprocessors apart from the others."""
    builder = _RowBuilder(export, wording, filters)
    parts = {
        "subprocessors": {key: each for key, each in services.items() if each.role in SUBPROCESSORS},
        "others": {key: each for key, each in services.items() if each.role not in SUBPROCESSORS},
    }
    return tuple(
        ServiceTable(name, wording.format_text(f"table-{name}"), tuple(_iter_groups(builder, part)))
        for name, part in parts.items()
        if part
    )


def find_tones(tables: tuple[ServiceTable, ...]) -> list[str]:
    """Return the tones of places that the tables show, in the order of the legend."""
    shown = {
        place.tone for table in tables for group in table.groups for row in group.rows for place in row.places
    }
    return [tone for tone in RegionClass if tone in shown]


def _iter_groups(builder: "_RowBuilder", services: Mapping[str, Service]) -> Iterator[Group]:
    """Yield the groups in the order of the list, before them the services without one."""
    rows: dict[str, list[Row]] = {"": []}
    for key, service in services.items():
        rows.setdefault(service.group or "", []).append(builder.build(key, service))
    yield from (Group(title, tuple(found)) for title, found in rows.items() if found)


class _RowBuilder:
    def __init__(self, export: Export, wording: PageWording, filters: tuple[Filter, ...]) -> None:
        self._export = export
        self._wording = wording
        self._filters = filters
        self._classifier = RegionClassifier(export.registry, export.as_of)

    def build(self, key: str, service: Service) -> Row:
        registry, formatter, entity = self._export.registry, self._wording.formatter, service.entity
        data = tuple(
            formatter.format_statement(registry, _without_note(statement)) for statement in service.sees
        )
        places = tuple(
            Place(
                formatter.format_processing(registry, _without_note(place)),
                self._classifier.classify(service, place),
            )
            for place in service.processing
        )
        safeguards = tuple(self._iter_safeguards(service))
        return Row(
            key=key,
            name=service.name,
            company=(entity and entity.name) or "",
            badges=tuple(self._iter_badges(service)),
            purpose=service.purpose or "",
            data=data,
            places=places,
            safeguards=safeguards,
            facts=tuple(self._iter_facts(service, {"sees": data, "transfer": safeguards})),
            verdicts=encode_verdicts(self._filters, key, service),
            first_place=self._wording.format_places(service.processing[0].place)
            if service.processing
            else "",
            languages=find_foreign_texts(service, self._export.language),
        )

    def _iter_safeguards(self, service: Service) -> Iterator[str]:
        """Yield the stated bases, or in few words why the laws ask for none; the details have it in full."""
        registry, transfers = self._export.registry, self._wording.formatter.transfers
        laws, as_of = registry.model.law, self._export.as_of
        if service.transfer:
            yield from transfers.format_bases(registry, service, laws, as_of)
            return
        if not format_unneeded_basis(self._export, self._wording, service):
            return
        assessments = [assess_service(registry, service, law, as_of) for law in laws]
        at_home = [each for each in assessments if each.is_home and not each.is_treated_as_home]
        treated = [each for each in assessments if each.is_treated_as_home]
        adequate = [each.law.key for each in assessments if not each.is_home and not each.is_unknown]
        # The recipient first: that every place is at home would reassure more than it may
        yield from transfers.format_recipients(registry, (*at_home, *treated))
        for assessment in at_home:
            yield self._format_no_transfer(service, assessment)
        yield from transfers.iter_within(registry, treated)
        if adequate:
            yield self._wording.format_text("safeguard-adequate", laws=transfers.format_laws(adequate))

    def _format_no_transfer(self, service: Service, assessment: ServiceAssessment) -> str:
        """Return that nothing is transferred, or that nothing is stated if the recipient may be abroad."""
        law, transfers = assessment.law.key, self._wording.formatter.transfers
        is_recipient_home = bool(service.entity and service.entity.country) and not assessment.recipient
        return self._wording.format_text(
            "safeguard-home" if is_recipient_home else "safeguard-home-stated",
            laws=transfers.format_laws([law]),
            area=transfers.format_home_area([law]),
        )

    def _iter_badges(self, service: Service) -> Iterator[str]:
        formatter = self._wording.formatter
        status = format_lifecycle(self._export, self._wording, service)
        if status:
            yield status
        if service.role is not Role.SUBPROCESSOR:
            yield formatter.format_role(service.role)
        if service.activation is not Activation.ALWAYS or service.condition:
            yield formatter.format_usage(service)

    def _iter_facts(self, service: Service, shown: Mapping[str, tuple[str, ...]]) -> Iterator[ServiceFact]:
        """Yield the facts that the row does not show; places come with their assessment by the laws."""
        for fact in iter_service_facts(self._wording, service, self._export.as_of):
            if fact.field == "processing":
                yield fact._replace(values=tuple(self._iter_assessed_places(service)))
                yield from self._iter_unneeded_basis(service)
            elif fact.field == "replaces":
                services = self._export.registry.model.services
                named = (services[key].name if key in services else key for key in fact.values)
                yield fact._replace(values=tuple(named))
            elif fact.field not in _IN_ROW and shown.get(fact.field) != fact.values:
                yield fact

    def _iter_unneeded_basis(self, service: Service) -> Iterator[ServiceFact]:
        texts = format_unneeded_basis(self._export, self._wording, service)
        if texts:
            yield ServiceFact("transfer", self._wording.get_word("label", "transfer"), tuple(texts))

    def _iter_assessed_places(self, service: Service) -> Iterator[str]:
        formatter = self._wording.formatter
        for place in service.processing:
            text = formatter.format_processing(self._export.registry, place)
            outcome = formatter.transfers.format_outcome(self._classifier.assess(service, place))
            yield f"{text}: {outcome}"


_IN_ROW = frozenset(("group", "role", "activation", "entity.name"))
"""Facts that a row or its heading shows."""


def _without_note(part: AnyModel) -> AnyModel:
    """Return a statement with its conditions and without its note, which is shown in full below."""
    return part.model_copy(update={"note": None})
