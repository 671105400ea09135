"""The list as it applies to one customer: its services, with the statements on its products."""

from collections.abc import Mapping
from datetime import date

from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.customers.item_products import is_item_used
from subproc_cli.notice.customers.recipients import Audiences, may_use
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

_ITEM_FIELDS = ("sees", "processing", "transfer")
"""Fields whose items can be about single products."""


def select_for_customer(registry: Registry, customer: Customer, as_of: date) -> Registry:
    """Return a list with the services that concern a customer, and their statements on its products.

    As in notices, what the file of customers does not state leaves nothing out. If the file states the law of
    the customer, the list is in the terms of that law.

    Raises:
        QuestionSyntaxError: the audience of the customer is not a question that the list understands.
    """
    audiences = Audiences((registry, registry), as_of)
    model = registry.model
    selected = {
        key: service for key, service in model.services.items() if may_use(customer, key, service, audiences)
    }
    left_out = {key: each.name for key, each in model.services.items() if key not in selected}
    services = {key: _select_items(service, customer, left_out) for key, service in selected.items()}
    law = (str(customer.regime),) if customer.regime else model.law
    return registry.with_model(model.model_copy(update={"services": services, "law": law}))


def _select_items(service: Service, customer: Customer, left_out: Mapping[str, str]) -> Service:
    """Return a service without statements on other products; one that is left out goes by its name."""
    items = {
        field: tuple(item for item in getattr(service, field) if is_item_used(customer, item))
        for field in _ITEM_FIELDS
    }
    items["onward"] = tuple(left_out.get(each, each) for each in service.onward)
    changed = {field: kept for field, kept in items.items() if kept != getattr(service, field)}
    return service.model_copy(update=changed) if changed else service
