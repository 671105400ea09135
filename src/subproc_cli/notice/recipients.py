"""Whom a change concerns: the customers that use the products and the opt-in services it is about."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from subproc_cli.diagnostics import INVALID_VALUE, Problem, Where
from subproc_cli.diff.change import Change
from subproc_cli.enums import Activation, Level
from subproc_cli.notice.customers import Customer, Customers
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index
from subproc_cli.text import Proposals, did_you_mean, fold, nearest, slug


class Reason(StrEnum):
    """Why a change is not told to a customer."""

    PRODUCT = "product-not-used"
    FEATURE = "not-switched-on"
    TOLD = "told-already"
    SETTING = "setting-of-the-list"


_TOLD_OF_LIST = frozenset(
    (
        "publisher",
        "law",
        "notice.days",
        "notice.objection_days",
        "notice.termination_days",
        "notice.contact",
    )
)
"""What the list says as a whole to customers; whatever else it holds besides services are settings."""


def is_setting(change: Change) -> bool:
    """Return whether a change is one of how the publisher keeps its list, which no letter is about."""
    return not change.service and change.field not in _TOLD_OF_LIST


class Left(NamedTuple):
    """A change that a customer does not hear of, and why."""

    change: Change
    reason: Reason


def unconcerned(customer: Customer | None, change: Change, revisions: tuple[Index, Index]) -> Reason | None:
    """Return why a change does not concern a customer; None if it does, or if the file does not say.

    A service concerns a customer if it did before the change or does after it, and a new one also
    if the one that it replaces did.
    """
    if customer is None or not change.service:
        return None
    reasons = [_unused(customer, key, service) for key, service in _versions(change, revisions)]
    return reasons[0] if reasons and all(reasons) else None


def _versions(change: Change, revisions: tuple[Index, Index]) -> Iterator[tuple[str, Service]]:
    """Yield the service of a change as it was and will be, and the one that it replaces, with their ids."""
    old, new = (index.registry.services for index in revisions)
    service = new.get(change.service)
    if service:
        yield change.service, service
    replaced = service.replaces if service and change.kind == "service-replaced" else None
    for key in filter(None, (change.service, replaced)):
        former = new[key].formerly if key in new else ()
        for each in (key, *former):
            if each in old:
                yield each, old[each]


def _unused(customer: Customer, key: str, service: Service) -> Reason | None:
    if service.products and customer.products is not None:
        used = {fold(product) for product in customer.products}
        if not used & {fold(product) for product in service.products}:
            return Reason.PRODUCT
    if service.activation is Activation.OPT_IN and customer.features is not None:
        switched_on = {slug(feature) for feature in customer.features}
        if not switched_on & {key, slug(service.name), *service.formerly}:
            return Reason.FEATURE
    return None


def misnamed(found: Customers, revisions: tuple[Index, Index]) -> Iterator[Problem]:
    """Yield the features that no list knows, and the products that look like a misspelt one of a list.

    A customer with a misspelt product or feature would not be told, so these are faults.
    """
    services = [each for index in revisions for each in index.registry.services.items()]
    features = {slug(word) for key, service in services for word in (key, service.name, *service.formerly)}
    products = {product for _, service in services for product in service.products}
    for number, customer in enumerate(found.customers):
        for place, feature in enumerate(customer.features or ()):
            if slug(feature) not in features:
                hint = did_you_mean(slug(feature), features)
                where = found.where(number, "features", place)
                yield Problem(INVALID_VALUE, f"{feature!r} is no service of the list", where, hint)
        for place, product in enumerate(customer.products or ()):
            near = _misspelt(product, products)
            if near:
                where = found.where(number, "products", place)
                message = f"{product!r} is no product that the list names"
                yield Problem(INVALID_VALUE, message, where, f"did you mean {near}?")


class Unheard(NamedTuple):
    """A product of a service that no customer of the file uses under this name.

    Attributes:
        where: its place in the coming list.
        name: the name of the service.
        alone: whether no other service of either list serves it, so that it may be no product at all.
        hint: `did you mean …?` with a product that customers use; empty if none looks like it.
    """

    where: Where
    name: str
    product: str
    alone: bool
    hint: str


def unheard(
    left: Iterable[Left], customers: tuple[Customer, ...], revisions: tuple[Index, Index]
) -> Iterator[Unheard]:
    """Yield the products that no customer uses, of services of which somebody is not told for the products.

    Nobody is told of a product that the list calls otherwise than the customers' file does.
    """
    new = revisions[1]
    used = dict.fromkeys(product for customer in customers for product in customer.products or ())
    known, proposals, serving = {*map(fold, used)}, Proposals(used), _serving(revisions)
    owed = (each.change for each in left if each.reason is Reason.PRODUCT)
    for key in dict.fromkeys(change.service for change in owed if change.level is Level.NOTICE):
        service = new.registry.services.get(key)
        for at, product in enumerate(service.products if service else ()):
            if service and fold(product) not in known:
                alone = serving[fold(product)] <= {key, *service.formerly}
                where = new.where(("services", key, "products", at))
                yield Unheard(where, service.name, product, alone, proposals.to(product))


def _serving(revisions: tuple[Index, Index]) -> dict[str, set[str]]:
    """Return the ids of the services that serve each product."""
    serving: dict[str, set[str]] = {}
    for index in revisions:
        for key, service in index.registry.services.items():
            for product in service.products:
                serving.setdefault(fold(product), set()).add(key)
    return serving


def _misspelt(product: str, products: Iterable[str]) -> str | None:
    known = [*products]
    return None if fold(product) in map(fold, known) else nearest(product, known)
