"""Helpers to write the shape of a record: a `TypedDict` whose fields have descriptions.

The JSON Schemas and the reference of the records are generated from these shapes. Descriptions are data,
because docstrings are missing under `python -OO`.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
"""A day as YYYY-MM-DD."""


def describe_field(description: str) -> Any:
    """Return the description of a field, for its `Annotated` type."""
    return Field(description=description)


def one_of_or_null(values: Iterable[object]) -> Any:
    """Return the restriction of a text, which may be null, to some words."""
    return Field(json_schema_extra={"enum": [*(str(value) for value in values), None]})


def one_of(values: Iterable[object]) -> Any:
    """Return the restriction of a text to some words, for its `Annotated` type."""
    return Field(json_schema_extra={"enum": [str(value) for value in values]})
