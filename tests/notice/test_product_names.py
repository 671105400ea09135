"""Products and features that have one name in the list and another in the file of customers."""

import pytest

from notice_cases import customer, plans
from registry_text import listing
from subproc_cli.notice.customers import customers, recipients
from subproc_cli.notice.customers.customers import Customers
from subproc_cli.yaml.source import Source

HEAD = "notice: {days: 30}"
ALPHA = "  a: {name: Alpha}\n"
SURVEY = f"{ALPHA}  b: {{name: Beta, products: [Survey]}}\n"
SERVED = "  a: {name: Alpha, products: [survey]}\n"
IS_ONLY = ", and no other service serves it"


def find_unused(old: str, new: str, *fields: str) -> list[str]:
    """Return what is reported of a change from one list to another, for customers with some fields."""
    rows = [customer(f"name: Example {number}, {each}") for number, each in enumerate(fields)]
    found = plans(old, new, *rows)
    revisions = listing(old, head=HEAD), listing(new, head=HEAD)
    unused = recipients.find_unused_products(found.iter_excluded_changes(), tuple(rows), revisions)
    return [product.format("customers.yaml") for product in unused]


def test_product_that_no_customer_uses_has_its_position_and_the_likely_name() -> None:
    missing = "test.yaml:8:30: Beta: no customer of customers.yaml uses the product 'Survey'"
    assert find_unused(ALPHA, SURVEY, "products: [Forms]", "products: [Surveys, Panels]") == [
        f"{missing}{IS_ONLY} (did you mean Surveys?)"
    ]
    assert find_unused(ALPHA, SURVEY, "products: [Forms]") == [f"{missing}{IS_ONLY}"]


@pytest.mark.parametrize("name", ["Survey", "SURVEY"])
def test_product_that_a_customer_uses_is_not_reported(name: str) -> None:
    assert find_unused(ALPHA, SURVEY, "products: [Forms]", f"products: [{name}]") == []


def test_product_of_a_service_that_everybody_is_notified_of_is_not_reported() -> None:
    assert find_unused(ALPHA, SURVEY, "language: de") == []


def test_product_of_a_change_that_requires_no_notice_is_not_reported() -> None:
    assert (
        find_unused(SURVEY, SURVEY.replace("[Survey]", "[Survey], purpose: mail"), "products: [Forms]") == []
    )


@pytest.mark.parametrize(("old", "new"), [(SERVED, SURVEY), (ALPHA, SERVED + SURVEY.removeprefix(ALPHA))])
def test_product_that_another_service_of_either_list_serves_is_not_called_the_only_one(
    old: str, new: str
) -> None:
    (found,) = find_unused(old, new, "products: [Forms]")
    assert found.endswith("uses the product 'Survey'")


def test_product_that_a_service_served_under_its_earlier_id_is_still_its_own() -> None:
    moved = "  c: {name: Beta, formerly: [b], products: [Survey], processing: [US]}\n"
    (found,) = find_unused(SURVEY, ALPHA + moved, "products: [Forms]")
    assert IS_ONLY in found


def test_each_unused_product_of_a_service_is_reported_at_its_own_position() -> None:
    new = SURVEY.replace("[Survey]", "[Survey, Forms, Panels]")
    found = find_unused(ALPHA, new, "products: [Other]")
    assert [each.partition(": Beta")[0] for each in found] == [f"test.yaml:8:{at}" for at in (30, 38, 45)]


def find_unknown(old: str, new: str, *fields: str) -> list[tuple[int, int, str]]:
    text = "customers:\n" + "".join(f"  - {{name: c{n}, {each}}}\n" for n, each in enumerate(fields))
    loaded = customers.load_customers(Source("c.yaml", text.encode()))
    assert isinstance(loaded, Customers), loaded
    problems = recipients.find_unknown_names(loaded, (listing(old), listing(new)))
    return [(*each.position[1:3], f"{each.error_code.code}: {each.message}") for each in problems]


def test_unknown_names_are_reported_at_each_item_of_each_customer() -> None:
    rows = "features: [alpha, omega]", "products: [Forms, Survay]", "language: de"
    assert find_unknown(ALPHA, SURVEY, *rows) == [
        (2, 34, "SP005: 'omega' is not a service in the list"),
        (3, 34, "SP005: 'Survay' is not a product in the list"),
    ]


def test_names_of_a_service_in_either_list_are_known() -> None:
    renamed = "  b: {name: Gamma Mail, formerly: [old-b]}\n"
    rows = "features: [Beta, b, gamma-mail, Gamma Mail, old-b]", "products: [survey, Unlike]"
    assert find_unknown(SURVEY, ALPHA + renamed, *rows) == []
    assert find_unknown(ALPHA + renamed, SURVEY, *rows) == []
