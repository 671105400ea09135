"""Reads a file of customers, YAML or CSV, or says everything that is wrong with it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from subproc_cli.diagnostics import DUPLICATE_KEY, INVALID_VALUE, INVALID_YAML, Problem, Where, most
from subproc_cli.notice import customer_table
from subproc_cli.notice.customers import Customer, CustomerFile
from subproc_cli.registry import vocabulary
from subproc_cli.registry.field_types import Reading
from subproc_cli.registry.loader import Located, Problems, in_order, refused
from subproc_cli.text import fold
from subproc_cli.yaml import reader
from subproc_cli.yaml.source import Source

_BEGIN = "begin with customers:"


class Customers(NamedTuple):
    """The customers of a file, and where each stands."""

    customers: tuple[Customer, ...]
    read: Located

    def where(self, number: int, *route: str | int) -> Where:
        """Return the place of a customer, by its position, or of one of its fields."""
        return self.read.where(("customers", number, *route))


def load(source: Source) -> Customers | Problems:
    """Return the customers of a file, or all its problems in the order of the file.

    A name that ends in `.csv` is read as CSV.
    """
    parse = customer_table.parse if source.name.lower().endswith(".csv") else _yaml
    data, read, problems = parse(source)
    if read is None:
        return tuple(most(problems))
    try:
        file = CustomerFile.model_validate(data, context=Reading(vocabulary.built_in()))
    except ValidationError as invalid:
        return in_order([*most(problems), *refused(invalid, read, CustomerFile)])
    found = Customers(file.customers, read)
    problems += _twice(found)
    problems += _nowhere(found)
    return in_order(most(problems)) if problems else found


def _twice(found: Customers) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, customer in enumerate(found.customers):
        first = seen.setdefault(fold(customer.name), number)
        if first != number:
            line = found.where(first, "name").line
            message = f"the customer {customer.name} is given twice, first in line {line}"
            yield Problem(DUPLICATE_KEY, message, found.where(number, "name"), "keep one of the two")


def _nowhere(found: Customers) -> Iterator[Problem]:
    for number, customer in enumerate(found.customers):
        if customer.subdivision and not customer.country:
            message = f"the subdivision {customer.subdivision} is of no country"
            yield Problem(INVALID_VALUE, message, found.where(number, "subdivision"), "state its country too")


def _yaml(source: Source) -> tuple[Any, Located | None, list[Problem]]:
    read, problems = reader.parse(source, _BEGIN)
    if read is None:
        return None, None, problems
    if not isinstance(read.data, dict):
        problems.append(Problem(INVALID_YAML, "the file is not a mapping of fields", read.where(()), _BEGIN))
        return None, None, problems
    return read.data, read, problems
