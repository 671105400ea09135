"""What a letter states of a service, as facts with labels, and what differs between two revisions."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from subproc_cli.describe.fields import FieldFormatter
from subproc_cli.describe.statements import Laws
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.notice.effective_days import find_earlier_service, find_service_day
from subproc_cli.notice.letters.sentences import format_recipient
from subproc_cli.registry.field_table import SERVICE_ROWS
from subproc_cli.registry.localize import add_translations, localize
from subproc_cli.registry.models import Service
from subproc_cli.registry.parts import Dpa
from subproc_cli.registry.registry import Registry

_LINK_FIELDS = ("dpa", "security", "subprocessors", "privacy")
"""The links that a controller needs to assess a service, in the order of a letter."""


class Fact(NamedTuple):
    """A fact of a service.

    Attributes:
        label: the id of its label in the section `letter` of the catalogue.
        values: what is stated in words; empty if nothing is.
    """

    label: str
    values: tuple[str, ...]


class FactFormatter:
    """The facts of a service, by one revision of the list.

    Args:
        formatter: the words of the language of the letter.
        registry: the revision.
        laws: those of the reader.
        day: the day on which the facts are judged: that of effect, or of sending if it is later.
    """

    def __init__(self, formatter: ChangeFormatter, registry: Registry, laws: Laws, day: date) -> None:
        self._formatter = formatter
        self._registry = registry
        self._laws = laws
        self._day = day
        self._view = FieldFormatter(formatter, registry, day)

    def collect(self, service: Service, start: date | None = None) -> tuple[Fact, ...]:
        """Return the facts of a revision on a service; a fact that every letter has may be empty.

        Args:
            service: the service.
            start: the day of its first use, if the letter announces it.
        """
        facts = (
            Fact(label, tuple(filter(None, values))) for label, values in self._iter_facts(service, start)
        )
        return tuple(fact for fact in facts if fact.values or fact.label in _ALWAYS)

    def _iter_facts(self, service: Service, start: date | None) -> Iterator[tuple[str, Iterator[str]]]:
        formatter, registry, view = self._formatter, self._registry, self._view
        service = localize(service, formatter.language)
        entity = service.entity
        yield "who", iter((formatter.format_entity(registry, entity),))
        owner = formatter.format_owner(registry, entity) if entity and entity.parent else ""
        yield "owner", iter((owner,))
        if service.service_type:
            yield "type", iter(view.format_value(service, SERVICE_ROWS["service_type"]))
        yield "what-for", iter((service.purpose or "",))
        yield "role", iter((formatter.format_role(service.role),))
        yield "used", iter((formatter.format_usage(service),))
        yield "ends", iter((formatter.format_day(service.until) if service.until else "",))
        yield "subjects", iter(service.subjects)
        yield "data", (formatter.format_statement(registry, each) for each in service.sees)
        never = formatter.format_never_sees(registry, service) if service.never_sees else ""
        yield "never", iter((never,))
        if service.model_training:
            yield "training", iter(view.format_value(service, SERVICE_ROWS["model_training"]))
        yield "where", (formatter.format_processing(registry, each) for each in service.processing)
        yield "transfer", self._iter_transfers(service)
        yield "onward", (format_recipient(registry, each) for each in service.onward)
        if start and not (service.until and service.until <= start):
            yield "from", iter((formatter.format_day(start),))
        yield from self._iter_safeguards(service)
        yield "contact", iter((service.contact or "",))

    def _iter_safeguards(self, service: Service) -> Iterator[tuple[str, Iterator[str]]]:
        """Yield the stated facts by which a controller assesses a processor (Art. 28(1) and (4) GDPR)."""
        yield "service-contract", self._iter_contract(service.dpa)
        yield "retention", iter((service.retention or "",))
        yield "certifications", iter(service.certifications)
        for name in _LINK_FIELDS:
            yield f"link-{name}", iter((getattr(service.links, name, None) or "",))

    def _iter_contract(self, dpa: Dpa | None) -> Iterator[str]:
        """Yield that a contract with the service exists (Art. 28(4) GDPR), if the list says so."""
        if dpa is None or not (dpa.signed or dpa.until or dpa.url) or (dpa.until and dpa.until < self._day):
            return
        articles = self._formatter.transfers.format_articles("contract", self._laws, self._day)
        parts = [self._format_text("contract-in-place")]
        if dpa.signed:
            parts.append(self._format_text("contract-signed", day=self._formatter.format_day(dpa.signed)))
        if dpa.until:
            parts.append(self._format_text("contract-until", day=self._formatter.format_day(dpa.until)))
        yield f"{', '.join(parts)}{f' ({articles})' if articles else ''}"

    def _iter_transfers(self, service: Service) -> Iterator[str]:
        """Yield what a transfer rests on in the terms of the reader's law, or that none is needed.

        What has lapsed by the day of effect is left out: nothing rests on it then.
        """
        day = find_service_day(service, self._day)
        valid = [basis for basis in service.transfer if basis.until is None or day <= basis.until]
        then = service.model_copy(update={"transfer": type(service.transfer)(valid)})
        yield from self._formatter.transfers.format_transfers(self._registry, then, self._laws, day)

    def _format_text(self, key: str, **values: object) -> str:
        return self._formatter.format_letter_text(key, **values)


_ALWAYS = frozenset(("who", "what-for", "data", "where", "transfer"))
"""Facts that a letter has even if the list does not state them: a reader has to see that they are missing."""


_DAYS = frozenset(("from", "ends"))
"""Facts that are days of their own, which have no side before and after."""


def find_earlier_values(before: tuple[Fact, ...], after: tuple[Fact, ...]) -> dict[str, tuple[str, ...]]:
    """Return what was stated before of each fact that is another one now, by its label.

    Args:
        before: the facts by the earlier revision.
        after: the facts by the later one.
    """
    old, new = dict(before), dict(after)
    labels = (label for label in dict.fromkeys((*new, *old)) if label not in _DAYS)
    return {label: old.get(label, ()) for label in labels if old.get(label, ()) != new.get(label, ())}


def find_known_service(known: Registry, key: str, service: Service) -> Service | None:
    """Return a service as an earlier list states it, under its earlier id if it had another one.

    A text that has only gained a translation since has it here, too: so that a letter does not show a change.

    Args:
        known: the earlier list.
        key: the id in the later list.
        service: the service in the later list.
    """
    found = find_earlier_service(known, key, service)
    return found and add_translations(found, service)
