"""Finds the customers that a change of one statement concerns: those of its products."""

from collections.abc import Iterable, Iterator

from subproc_cli.diff.change import Change
from subproc_cli.diff.places import format_place
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.registry.models import Processing, Service, Statement, Transfer
from subproc_cli.text import fold

_Item = Statement | Processing | Transfer
_PRODUCTS_KIND = "statement-products-changed"


def is_about_unused_products(
    customer: Customer, change: Change, services: Iterable[tuple[Service | None, tuple[str, ...]]]
) -> bool:
    """Return whether a change is only about statements on products that a customer does not use.

    Args:
        customer: the customer.
        change: the change.
        services: the service before and after, each with the values of the change that it states.
    """
    if customer.products is None:
        return False
    used = {fold(product) for product in customer.products}
    if change.kind == _PRODUCTS_KIND:
        # Nothing changes for a customer whom the statement concerned before as much as after
        before, after = ({*map(fold, side)} for side in (change.removed, change.added))
        return (not before or not before.isdisjoint(used)) == (not after or not after.isdisjoint(used))
    items = [item for service, values in services if service for item in _iter_items(change, service, values)]
    return bool(items) and not any(_is_used(item, used) for item in items)


def is_item_used(customer: Customer, item: _Item) -> bool:
    """Return whether a statement of a service is about a product that a customer uses, or may use."""
    return customer.products is None or _is_used(item, {fold(product) for product in customer.products})


def _is_used(item: _Item, used: set[str]) -> bool:
    return not item.products or not used.isdisjoint(map(fold, item.products))


def _iter_items(change: Change, service: Service, values: tuple[str, ...]) -> Iterator[_Item]:
    """Yield the statements of a service that a change is about."""
    field, _, part = change.field.partition(".")
    named = {part} if part else {*values}
    match field:
        case "processing":
            yield from (item for item in service.processing if format_place(item) in named)
        case "transfer":
            yield from (item for item in service.transfer if str(item.basis) in named)
        case "sees":
            yield from (item for item in service.sees if _is_about_category(item, named))
        case _:
            return


def _is_about_category(item: Statement, named: set[str]) -> bool:
    """Return whether a statement is about one of some categories, or about a wider or narrower one."""
    keys = (item.data, *item.may_contain)
    return any(_contains(key, name) or _contains(name, key) for key in keys for name in named)


def _contains(wide: str, narrow: str) -> bool:
    return narrow == wide or narrow.startswith(f"{wide}.")
