"""Whether a fact of a service is stated, and whether it is so: its role, purpose, owner, recipients, days."""

import re
from collections.abc import Callable
from datetime import date

from subproc_cli.diagnostics import FieldPath
from subproc_cli.enums import SUBPROCESSORS, Activation, Basis, Role
from subproc_cli.evaluation import places
from subproc_cli.evaluation.places import AreaCondition, PlaceResolver
from subproc_cli.evaluation.transfer_bases import build_lapsed_result, find_valid_bases
from subproc_cli.evaluation.verdict import BELONGING_REASONS, Evidence, Result, Verdict
from subproc_cli.reference.service_types import find_wider_type, load_service_types
from subproc_cli.registry.field_row import build_fact_getter, to_path
from subproc_cli.registry.field_table import FACTS
from subproc_cli.registry.models import Service
from subproc_cli.text import fold, stem

_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_DURATION = re.compile(r"(\d+|one|two|three|six|twelve) (business |working )?(day|week|month|year)s?\b")
_NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "six": 6, "twelve": 12}
FIELDS: dict[str, tuple[FieldPath, Callable[[Service], object]]] = {
    name: (to_path(row), build_fact_getter(row)) for name, row in FACTS.items()
}
"""The facts that a list can lack: where each is stated, and how to read whether it is stated."""


def _build(verdict: Verdict, reason: str, subject: tuple[str, ...], *path: str | int) -> Result:
    return Result.from_evidence(verdict, Evidence(reason, subject, ("services", *path)))


def _decide(*, holds: bool) -> Verdict:
    return Verdict.YES if holds else Verdict.NO


def evaluate_listed(key: str, service: Service) -> Result:
    """Return a yes: the service is in the list."""
    return _build(Verdict.YES, "listed", (service.purpose or "",), key)


# What is stated at all


def is_stated(value: object) -> bool:
    """Return whether a value states something: zero days do, and so does `no`."""
    return value is not None and value not in ("", (), {})


def evaluate_missing(field: str, key: str, service: Service) -> Result:
    """Decide whether a fact is not stated; there is no unknown here."""
    path, given = FIELDS[field]
    missing = not is_stated(given(service))
    reason = "not-stated" if missing else "stated"
    return _build(_decide(holds=missing), reason, (field,), key, *path)


def evaluate_stated(field: str, as_of: date, key: str, service: Service) -> Result:
    """Decide whether a service has something; if the list does not state it, the answer is unknown.

    A transfer basis that has lapsed is none.
    """
    path, given = FIELDS[field]
    if field == "transfer" and service.transfer and not find_valid_bases(service, as_of):
        return build_lapsed_result(key, service)
    if is_stated(given(service)):
        return _build(Verdict.YES, "stated", (field,), key, *path)
    return _build(Verdict.UNKNOWN, "not-stated", (field,), key, *path)


# Role and use


def evaluate_role(wanted: Role, key: str, service: Service) -> Result:
    """Decide whether a service has a role; without one it is a subprocessor, and an affiliate is one too."""
    reason = "role" if "role" in service.model_fields_set else "role-default"
    holds = service.role is wanted or (wanted is Role.SUBPROCESSOR and service.role in SUBPROCESSORS)
    return _build(_decide(holds=holds), reason, (service.role,), key, "role")


def evaluate_activation(wanted: Activation, key: str, service: Service) -> Result:
    """Decide who decides that a service is used; without a word it is always used."""
    reason = "activation" if "activation" in service.model_fields_set else "activation-default"
    holds = service.activation is wanted
    return _build(_decide(holds=holds), reason, (service.activation,), key, "activation")


def evaluate_product(wanted: str, key: str, service: Service) -> Result:
    """Decide whether a service serves a product; without a word it serves all."""
    serves = not service.products or fold(wanted) in map(fold, service.products)
    subject = ", ".join(service.products)
    return _build(
        _decide(holds=serves), "products" if subject else "all-products", (subject,), key, "products"
    )


# Purpose


def evaluate_use(kind: str, key: str, service: Service) -> Result:
    """Decide whether a service is used for something.

    The stated types decide; without them a word of the purpose or the group is a yes by wording. A word for a
    part of one kind is ruled out where types are stated and that kind is not among them.
    """
    types: tuple[str, ...] = tuple(map(str, service.service_type))
    if kind in types:
        return _build(Verdict.YES, "service-type", (kind,), key, "service_type")
    known = load_service_types().get(kind)
    words = known.stated_words if known else (kind,)
    for field in ("purpose", "group"):
        text = getattr(service, field) or ""
        if text and any(_mentions(text, word) for word in words):
            return _build(Verdict.YES, "wording", (text,), key, field)
    asked = kind if known else find_wider_type(kind)
    if types and asked and asked not in types:
        return _build(Verdict.NO, "service-types", types, key, "service_type")
    return _build(Verdict.UNKNOWN, "no-service-type", (kind,), key)


def _mentions(text: str, word: str) -> bool:
    """Return whether a text has the words, in any number and not denied."""
    words, wanted = (
        stem(text.replace(",", " ").replace("(", " ").replace(")", " ")).split(),
        stem(word).split(),
    )
    for start in range(len(words) - len(wanted) + 1):
        if words[start : start + len(wanted)] == wanted and not {"no", "not", "without", "except"} & set(
            words[max(0, start - 2) : start]
        ):
            return True
    return False


def evaluate_training(key: str, service: Service) -> Result:
    """Decide whether customers' data trains models: `opt-in` leaves it open, `opt-out` does not."""
    stated = service.model_training
    if stated is None:
        return _build(Verdict.UNKNOWN, "not-stated", ("model_training",), key)
    verdicts = {"never": Verdict.NO, "opt-in": Verdict.UNKNOWN, "opt-out": Verdict.YES, "yes": Verdict.YES}
    return _build(verdicts[str(stated)], "training", (str(stated),), key, "model_training")


# Ownership, recipients, subjects


def _get_parent(service: Service) -> tuple[str, str]:
    """Return the name and the country of the owner, each empty if it is not stated."""
    entity = service.entity
    return (entity.parent or "", entity.parent_country or "") if entity else ("", "")


def evaluate_owner_country(condition: AreaCondition, key: str, service: Service) -> Result:
    """Decide whether the owner is established on one side of an area."""
    name, country = _get_parent(service)
    if not country:
        return _build(Verdict.UNKNOWN, "no-owner-country", (name,), key, "entity")
    inside = condition.area(country, service)
    verdict = ~inside if condition.is_outside else inside
    path = ("services", key, "entity", "parent")
    remarks = places.iter_belonging_remarks(country, service, condition.area, path)
    return Result.from_evidence(verdict, Evidence("owner", (name, country), path), *remarks)


def evaluate_owner_name(wanted: str, key: str, service: Service) -> Result:
    """Decide whether a service belongs to a company, by the name of the owner."""
    name, _ = _get_parent(service)
    if not name:
        return _build(Verdict.UNKNOWN, "no-owner", (), key, "entity")
    return _build(_decide(holds=fold(wanted) in fold(name)), "owner-name", (name,), key, "entity", "parent")


def evaluate_recipient(names: frozenset[str], key: str, service: Service) -> Result:
    """Decide whether a service passes data on to a recipient."""
    if not service.onward:
        return _build(Verdict.UNKNOWN, "not-stated", ("onward",), key)
    holds = any(fold(each) in names for each in service.onward)
    return _build(_decide(holds=holds), "recipients", tuple(service.onward), key, "onward")


def evaluate_subject(wanted: str, key: str, service: Service) -> Result:
    """Decide whether a service sees data of a group of people."""
    subjects = tuple(service.subjects)
    if not subjects:
        return _build(Verdict.UNKNOWN, "not-stated", ("subjects",), key)
    holds = any(_mentions(each, wanted) for each in subjects)
    return _build(_decide(holds=holds), "subjects", subjects, key, "subjects")


def evaluate_group(wanted: str, key: str, service: Service) -> Result:
    """Decide whether a service is listed in a group."""
    if not service.group:
        return _build(Verdict.NO, "no-group", (), key)
    return _build(_decide(holds=fold(service.group) == fold(wanted)), "group", (service.group,), key, "group")


def evaluate_only_products(wanted: tuple[str, ...], key: str, service: Service) -> Result:
    """Decide whether a service serves these products and no others; without a word it serves all."""
    stated = tuple(service.products)
    if not stated:
        return _build(Verdict.NO, "all-products", ("",), key, "products")
    holds = {fold(each) for each in stated} == {fold(each) for each in wanted}
    return _build(_decide(holds=holds), "products", (", ".join(stated),), key, "products")


def evaluate_identity(ids: frozenset[str], key: str, service: Service) -> Result:
    """Decide whether a service is one of those that were named, by id or by name."""
    names = {fold(name) for name in (key, service.name, *service.formerly)}
    return _build(_decide(holds=bool(names & set(map(fold, ids)))), "name", (service.name,), key, "name")


def evaluate_remote_access(
    resolver: PlaceResolver, condition: AreaCondition, key: str, service: Service
) -> Result:
    """Decide whether a service has access from one side of an area, by its statements of remote access."""
    if not service.processing:
        return _build(Verdict.UNKNOWN, "no-place", (), key)
    remote = tuple(each for each in service.processing if each.how)
    if not remote:
        return _build(Verdict.NO, "no-remote", (), key, "processing")
    kept = service.model_copy(update={"processing": remote})
    found = places.evaluate_processing(key, kept, resolver, condition)
    path = ("services", key, "processing", service.processing.index(remote[0]))
    reason = next(each.reason for each in found.evidence if each.reason.startswith("remote"))
    stated_places = tuple(name for each in remote for name in each.place)
    remarks = (each._replace(path=path) for each in found.evidence if each.reason in BELONGING_REASONS)
    return Result.from_evidence(
        found.verdict, Evidence(reason, stated_places, path, remote[0].when or ""), *remarks
    )


# Certificates


def evaluate_certificate(wanted: str, as_of: date, key: str, service: Service) -> Result:
    """Decide whether a service is certified under something, in any spelling of it."""
    form = normalize_certificate(wanted)
    for position, stated in enumerate(service.certifications):
        if normalize_certificate(stated)[: len(form)] == form:
            return _build(Verdict.YES, "certification", (stated,), key, "certifications", position)
    if form == ("dpf",) and Basis.DPF in find_valid_bases(service, as_of):
        return _build(Verdict.YES, "bases", ("dpf",), key, "transfer")
    reason = "other-certifications" if service.certifications else "not-stated"
    return _build(Verdict.UNKNOWN, reason, ("certifications",), key, "certifications")


def normalize_certificate(name: str) -> tuple[str, ...]:
    """Return a certification in the form in which two spellings are equal.

    >>> normalize_certificate("SOC2 Type II") == normalize_certificate("SOC 2 Type 2")
    True
    """
    words = re.findall(r"[a-z]+|\d+", name.casefold())
    romans = {"i": "1", "ii": "2", "iii": "3"}
    skipped = ("type", "iec", "aicpa", "certification", "certificate", "report")
    kept = [romans.get(word, word) for word in words if word not in skipped]
    if len(kept) > 1 and kept[0] == "iso" and re.fullmatch(r"(19|20)\d\d", kept[-1]):
        kept.pop()  # the year of the edition: ISO 27001:2022
    return tuple(kept)


# Time


def evaluate_retention(days: int, key: str, service: Service, *, is_longer: bool) -> Result:
    """Decide whether data is kept for more, or for less, than some days, where the list states a duration."""
    stated, found = service.retention, service.retention_days
    text = stated or ""
    if found is None and (match := _DURATION.match(text.casefold())) and not match[2]:
        number = _NUMBER_WORDS.get(match[1]) or int(match[1])
        found = number * _UNIT_DAYS[match[3]]
    if found is None:
        reason = "retention-text" if stated else "not-stated"
        return _build(Verdict.UNKNOWN, reason, (text or "retention",), key, "retention")
    shown = text or f"{found} days"
    holds = found > days if is_longer else found < days
    return _build(_decide(holds=holds), "retention", (shown,), key, "retention")


def evaluate_added(days: tuple[str, ...], as_of: date, key: str, service: Service) -> Result:
    """Decide whether a service began within some days, and by today."""
    if service.since is None:
        return _build(Verdict.UNKNOWN, "not-stated", ("since",), key)
    first = date.fromisoformat(days[0])
    last = min(date.fromisoformat(days[1]), as_of) if len(days) > 1 else as_of
    holds = first <= service.since <= last
    return _build(_decide(holds=holds), "since", (service.since.isoformat(),), key, "since")


def evaluate_began_before(day: date, key: str, service: Service) -> Result:
    """Decide whether a service was in use before a day."""
    if service.since is None:
        return _build(Verdict.UNKNOWN, "not-stated", ("since",), key)
    return _build(_decide(holds=service.since < day), "since", (service.since.isoformat(),), key, "since")


def evaluate_ended(days: tuple[str, ...], as_of: date, key: str, service: Service) -> Result:
    """Decide whether a service ended within some days, and by today; `until` is the first day without it."""
    if service.until is None:
        return _build(Verdict.NO, "no-end", (), key)
    first = date.fromisoformat(days[0]) if days[0] else date.min
    before = date.fromisoformat(days[1]) if len(days) > 1 else date.max
    holds = first < service.until <= before and service.until <= as_of
    return _build(_decide(holds=holds), "until", (service.until.isoformat(),), key, "until")


def evaluate_state(state: str, as_of: date, key: str, service: Service) -> Result:
    """Decide whether a service is announced, in use, retired, or in use with a future end."""
    announced = service.since is not None and service.since > as_of
    retired = service.until is not None and service.until <= as_of
    holds = {
        "announced": announced,
        "retired": retired,
        "in-use": not (announced or retired),
        "will-end": not retired and service.until is not None,
    }[state]
    if retired or (state == "will-end" and holds):
        return _build(_decide(holds=holds), "until", (str(service.until),), key, "until")
    if service.since is not None:
        return _build(_decide(holds=holds), "since", (service.since.isoformat(),), key, "since")
    return _build(_decide(holds=holds), "no-end", (), key)
