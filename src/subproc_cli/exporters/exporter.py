"""What every exporter is given: a list, which of its services, on which day, in which language."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from subproc_cli.enums import GraphGrouping, Layout
from subproc_cli.history.public import iter_public_entries
from subproc_cli.history.timeline import HistoryEntry
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.registry.internal import (
    find_hidden_fields,
    find_published_fields,
    strip_fields,
    strip_internal,
)
from subproc_cli.registry.localize import localize
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.registry.registry import Registry

if TYPE_CHECKING:
    from subproc_cli.notice.customers.customers import Customer


class Export(NamedTuple):
    """A list to be published; the same one always gives the same bytes.

    Attributes:
        registry: the list.
        services: the services to publish, by id, in the order of the list.
        as_of: decides which services are in use, and whose law applies.
        language: for formats that people read.
        question: the question that chose the services; empty if none did.
        unanswered: ids of services that are left out because the list does not answer that question for them.
        history: what each revision of the list did, oldest first; empty if no history is given.
        url: where the result will be published; empty if that is not known.
        published_fields: fields that the user names; they are published although they are internal.
        logo: the publisher's logo as a `data:` address; empty if there is none.
        is_public: whether internal fields are left out of every format.
        is_for_people: whether a language was asked for, in formats that are for programs otherwise.
        clauses: the clauses of the contract with customers, as the law files name them; empty if not known.
        customers: those of a file of customers, for the formats that name them.
        customer: the customer whose services are selected; empty if the export is for everybody.
        languages: the languages of a folder, the first of which is the main one; empty if there is only one.
        templates: the publisher's own templates, by name.
        layout: how a document is laid out.
        has_signatures: whether a document ends with a block for signatures.
        grouping: what the services of a graph are grouped by; None for what fits their number.
    """

    registry: Registry
    services: Mapping[str, Service]
    as_of: date
    language: str = ENGLISH
    question: str = ""
    unanswered: tuple[str, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    url: str = ""
    published_fields: frozenset[str] = frozenset()
    logo: str = ""
    is_public: bool = False
    is_for_people: bool = False
    clauses: str = ""
    customers: "tuple[Customer, ...]" = ()
    customer: str = ""
    languages: tuple[str, ...] = ()
    templates: Mapping[str, str] = {}
    layout: Layout = Layout.LIST
    has_signatures: bool = False
    grouping: GraphGrouping | None = None

    def localize(self) -> "Export":
        """Return the list with each of its texts in the language of the export."""
        return self._with_model(localize(self.registry.model, self.language))

    def _with_model(self, model: RegistryModel) -> "Export":
        """Return the same services of another form of the list."""
        return self._replace(
            registry=self.registry.with_model(model),
            services={key: model.services[key] for key in self.services},
        )

    @property
    def hidden_fields(self) -> frozenset[str]:
        """The keys of the fields that the publisher does not publish."""
        return find_hidden_fields(self.registry.model)

    def strip_internal(self) -> "Export":
        """Return the list and its history without internal and hidden fields, except named ones."""
        hidden, shown = self.hidden_fields, self.published_fields | find_published_fields(self.registry.model)
        model = strip_fields(strip_internal(self.registry.model, shown), hidden)
        services = {key: strip_fields(each, hidden) for key, each in model.services.items()}
        history = tuple(iter_public_entries(self.history, shown, hidden))
        return self._with_model(model.model_copy(update={"services": services}))._replace(history=history)


class ExportPart(NamedTuple):
    """What an export of several lists has of one of them: the plain data that the format collects."""

    content: Any
    publisher: str
    file: str
