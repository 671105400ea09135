"""Validates records against their JSON Schemas, strictly: a field that no schema describes is an error."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from subproc_cli.records import build_schema, find_record

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_INDENTED = re.compile(r"^( *)\{\n(?:\1 .*\n|\n)*\1\}$", re.MULTILINE)


def find_errors(record: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a record, a line each."""
    return [
        f"{record['schema']}: {error.json_path}: {error.message[:200]}"
        for error in _load_validator(str(record["schema"])).iter_errors(record)
    ]


def is_record(value: Any) -> bool:
    """Return whether a value is a record of this program."""
    return isinstance(value, Mapping) and str(value.get("schema", "")).startswith("subproc/")


def iter_records(text: str) -> Iterator[dict[str, Any]]:
    """Yield the records in a text: JSON over several lines, or one record a line."""
    blocks = [dedent(found[0]) for found in _INDENTED.finditer(text)]
    lines = [line.strip() for line in text.splitlines()]
    for block in blocks + [line for line in lines if line.startswith('{"') and line.endswith("}")]:
        value = json.loads(block)
        if is_record(value):
            yield value


@cache
def _load_validator(schema_name: str) -> "Draft202012Validator":
    # Its formats take seconds to load, which not every run of tests needs.
    from jsonschema import Draft202012Validator

    record = find_record(schema_name)
    assert record, f"there is no record {schema_name}"
    schema = close_schema(build_schema(record))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def close_schema(schema: Any) -> Any:
    """Return a schema that refuses every field that it does not describe."""
    if isinstance(schema, list):
        return [close_schema(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: close_schema(value) for key, value in schema.items()}
    if closed.get("type") == "object" and "properties" in closed:
        closed.setdefault("additionalProperties", False)
    return closed
