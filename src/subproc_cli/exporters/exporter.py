"""What every exporter is given: a list, which of its services, on which day, in which language."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from subproc_cli.enums import Language
from subproc_cli.history.public import public
from subproc_cli.history.timeline import Moment
from subproc_cli.registry.internal import without_internal
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index


class Export(NamedTuple):
    """A list to be published; the same one always gives the same bytes.

    Attributes:
        about: the list.
        services: the services to publish, by id, in the order of the list.
        day: decides which services are in use, and whose law applies.
        language: for formats that people read.
        where: the question that chose the services; empty if none did.
        silent: ids of services that are left out because the list does not answer that question for them.
        moments: what each revision of the list did, oldest first; empty if no history is given.
        url: where the result will be published; empty if that is not known.
        fields: internal fields that are published all the same.
    """

    about: Index
    services: Mapping[str, Service]
    day: date
    language: Language = Language.EN
    where: str = ""
    silent: tuple[str, ...] = ()
    moments: tuple[Moment, ...] = ()
    url: str = ""
    fields: frozenset[str] = frozenset()

    def public(self) -> "Export":
        """Return the list and its history without what is internal, except the fields that are named."""
        return self._replace(
            about=self.about.reduced(without_internal(self.about.registry, self.fields)),
            services={key: without_internal(each, self.fields) for key, each in self.services.items()},
            moments=public(self.moments, self.fields),
        )
