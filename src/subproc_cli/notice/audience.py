"""Whom a change concerns: the customers that use the products and the opt-in services it is about."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from subproc_cli.diff.change import Change
from subproc_cli.enums import Activation
from subproc_cli.notice.customer_file import Customers
from subproc_cli.notice.customers import Customer
from subproc_cli.problem import INVALID_VALUE, Problem
from subproc_cli.registry.index import Index
from subproc_cli.registry.service import Service
from subproc_cli.words import did_you_mean, fold, nearest, slug


class Reason(StrEnum):
    """Why a change is not told to a customer."""

    PRODUCT = "product-not-used"
    FEATURE = "not-switched-on"
    TOLD = "told-already"


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


def _misspelt(product: str, products: Iterable[str]) -> str | None:
    known = [*products]
    return None if fold(product) in map(fold, known) else nearest(product, known)
