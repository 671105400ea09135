"""Why a verdict is what it is: a sentence of the catalogue, `evidence.<reason>`, for every kind of reason."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.enums import ADEQUATE, PERSONAL, Activation, Role
from subproc_cli.evaluation.verdict import Evidence
from subproc_cli.locale import catalogue
from subproc_cli.reference.service_types import get_type_label
from subproc_cli.registry.registry import Registry

ENGLISH = StatementFormatter(catalogue.ENGLISH, iso=True)
"""What a list states, with days as the file has them."""

_FillFunction: TypeAlias = Callable[[StatementFormatter, Registry, tuple[str, ...]], Mapping[str, str]]
"""From the subject of a reason, the named values of its sentence."""


def format_category(registry: Registry, key: str, words: StatementFormatter = ENGLISH) -> str:
    """Return a category in words; a question can ask for personal data as well."""
    if key == PERSONAL:
        return words.catalogue.text("evidence.personal-data")
    return words.format_category(registry, key)


def format_place(registry: Registry, name: str, words: StatementFormatter = ENGLISH) -> str:
    """Return a place as it is written in a sentence; a question can ask for adequate countries as well."""
    if name == ADEQUATE:
        return words.catalogue.text("evidence.adequate-countries")
    return words.format_place_in_sentence(registry, name)


def format_fact(name: str, words: StatementFormatter = ENGLISH) -> str:
    """Return a fact of the table of fields as a noun: `a purpose`."""
    return words.catalogue.text(f"fact.{name}")


def format_evidence(registry: Registry, evidence: Evidence, words: StatementFormatter = ENGLISH) -> str:
    """Return a reason as a sentence without its subject, which is the service."""
    reason, subject = evidence.reason, evidence.subject
    values = _FILL_FUNCTIONS.get(reason, _fill_texts)(words, registry, subject)
    if reason == "never-sees" and subject[0] == "everything":
        reason = "never-sees-rest"
    text = words.catalogue.text(f"evidence.{reason}", **values)
    if not evidence.condition:
        return text
    return words.catalogue.text("evidence.on-condition", text=text, condition=evidence.condition)


def _fill_texts(words: StatementFormatter, _: Registry, subject: tuple[str, ...]) -> Mapping[str, str]:
    return {"text": words.join_words(subject)} if subject else {}


def _fill_category(
    words: StatementFormatter, registry: Registry, subject: tuple[str, ...]
) -> Mapping[str, str]:
    return {"data": format_category(registry, subject[0], words)}


def _fill_places(
    words: StatementFormatter, registry: Registry, subject: tuple[str, ...]
) -> Mapping[str, str]:
    return {"places": words.join_words((format_place(registry, place, words) for place in subject), "or")}


def _fill_owner(words: StatementFormatter, registry: Registry, subject: tuple[str, ...]) -> Mapping[str, str]:
    name, country = subject
    owner = name or words.catalogue.text("evidence.unnamed-owner")
    return {"owner": owner, "place": format_place(registry, country, words)}


def _fill_fact(words: StatementFormatter, _: Registry, subject: tuple[str, ...]) -> Mapping[str, str]:
    return {"fact": format_fact(subject[0], words)}


def _fill_day(words: StatementFormatter, _: Registry, subject: tuple[str, ...]) -> Mapping[str, str]:
    return {"day": words.format_day(date.fromisoformat(subject[0]))}


def _fill_types(words: StatementFormatter, _: Registry, subject: tuple[str, ...]) -> Mapping[str, str]:
    return {"text": words.join_words(get_type_label(key, words.language) for key in subject)}


def _fill_training(words: StatementFormatter, _: Registry, subject: tuple[str, ...]) -> Mapping[str, str]:
    return {"text": words.catalogue.text(f"training.{subject[0]}")}


def _fill_role(words: StatementFormatter, _: Registry, subject: tuple[str, ...]) -> Mapping[str, str]:
    return {"role": words.format_role(Role(subject[0]))}


def _fill_activation(words: StatementFormatter, _: Registry, subject: tuple[str, ...]) -> Mapping[str, str]:
    return {"activation": words.format_activation(Activation(subject[0]))}


def _build_table(rows: Iterable[tuple[_FillFunction, str]]) -> Mapping[str, _FillFunction]:
    return MappingProxyType({reason: fill for fill, reasons in rows for reason in reasons.split()})


_FILL_FUNCTIONS = _build_table(
    (
        (_fill_category, "sees sees-part may-contain never-sees silent"),
        (_fill_places, "place place-partly place-open remote remote-partly remote-open based based-open"),
        (_fill_owner, "owner"),
        (_fill_fact, "stated not-stated"),
        (_fill_day, "since until"),
        (_fill_types, "service-type service-types no-service-type"),
        (_fill_training, "training"),
        (_fill_role, "role role-default"),
        (_fill_activation, "activation activation-default"),
    )
)
"""How the sentence of a reason is filled; any other sentence has the subject as it is, as `{text}`."""
