"""What every exporter is given: a list, which of its services, on which day, in which language."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from subproc_cli.history.public import filter_public_entries
from subproc_cli.history.timeline import HistoryEntry
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.registry.internal import strip_internal
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry


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
        published_fields: internal fields that are published all the same.
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

    def strip_internal(self) -> "Export":
        """Return the list and its history without what is internal, except the fields that are named."""
        return self._replace(
            registry=self.registry.with_model(strip_internal(self.registry.model, self.published_fields)),
            services={
                key: strip_internal(each, self.published_fields) for key, each in self.services.items()
            },
            history=filter_public_entries(self.history, self.published_fields),
        )
