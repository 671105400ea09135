"""The value of each field of a service in the words of a language, by the row of the table of fields."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.reference.service_types import get_type_label
from subproc_cli.registry.field_row import FieldRow, build_getter
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry


class FieldFormatter(NamedTuple):
    """The words for the fields of the services of a list.

    Attributes:
        words: the words of a language.
        registry: the list.
        as_of: decides which adequacy decisions exist.
    """

    words: StatementFormatter
    registry: Registry
    as_of: date

    def format_value(self, service: Service, row: FieldRow) -> list[str]:
        """Return the texts of a field: one for each item of a list, none if nothing is stated."""
        if row.path in _FORMATTERS:
            return [text for text in _FORMATTERS[row.path](self, service) if text]
        value = build_getter(row.path)(service)
        if isinstance(value, tuple):
            return [str(item) for item in value]
        if isinstance(value, date):
            return [self.words.format_day(value)]
        return [] if value in (None, "") else [str(value)]

    def format_label(self, path: str) -> str:
        """Return what a page calls a field."""
        return self.words.catalogue.text(f"label.{path}")

    def format_card_label(self, path: str) -> str:
        """Return the label of a field on a card, which can have one line where a page has several facts."""
        text_id = f"label.{path}.card"
        return (
            self.words.catalogue.text(text_id) if text_id in self.words.catalogue else self.format_label(path)
        )


def _format_claim(view: FieldFormatter, service: Service) -> list[str]:
    if service.personal_data is None:
        return []
    return [view.words.catalogue.text(f"page.claim-{'yes' if service.personal_data else 'no'}")]


def _format_training(view: FieldFormatter, service: Service) -> list[str]:
    training = service.model_training
    return [view.words.catalogue.text(f"training.{training}")] if training else []


def _format_country(view: FieldFormatter, service: Service) -> list[str]:
    country = service.entity and service.entity.country
    return [view.words.format_place(view.registry, country)] if country else []


def _format_parent_country(view: FieldFormatter, service: Service) -> list[str]:
    country = service.entity and service.entity.parent_country
    return [view.words.format_place(view.registry, country)] if country else []


def _format_review(_: FieldFormatter, service: Service) -> list[str]:
    review = service.reviewed
    if review is None:
        return []
    return [f"{review.date} ({review.by})" if review.by else str(review.date)]


def _format_contract(view: FieldFormatter, service: Service) -> list[str]:
    dpa = service.dpa
    days = (("signed", dpa.signed), ("until", dpa.until)) if dpa else ()
    texts = [f"{view.format_label(f'dpa.{name}')} {view.words.format_day(day)}" for name, day in days if day]
    return [*texts, *([dpa.url] if dpa and dpa.url else [])]


_FORMATTERS: dict[str, Callable[[FieldFormatter, Service], list[str]]] = {
    "role": lambda view, service: [view.words.format_role(service.role)],
    "service_type": lambda view, service: [
        get_type_label(key, view.words.language) for key in service.service_type
    ],
    "activation": lambda view, service: [view.words.format_usage(service)],
    "sees": lambda view, service: [
        view.words.format_statement(view.registry, statement) for statement in service.sees
    ],
    "never_sees": lambda view, service: [view.words.format_never_sees(view.registry, service)],
    "personal_data": _format_claim,
    "model_training": _format_training,
    "processing": lambda view, service: [
        view.words.format_processing(view.registry, processing) for processing in service.processing
    ],
    "entity": lambda view, service: [view.words.format_entity(view.registry, service.entity)],
    "entity.country": _format_country,
    "entity.parent": lambda view, service: [view.words.format_owner(view.registry, service.entity)],
    "entity.parent_country": _format_parent_country,
    "transfer": lambda view, service: view.words.transfers.format_bases(
        view.registry, service, view.registry.model.law, view.as_of
    ),
    "dpa": _format_contract,
    "reviewed": _format_review,
}
"""Formatters of the fields that are not a text, a list of texts, a day or a number."""
