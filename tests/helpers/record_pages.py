"""Writes the reference of the records from their JSON Schemas: a table of fields for each, and an example."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from subproc_cli.records import RECORDS, Record, build_schema

_REFERENCE = "#/$defs/"
_DIGITS = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\S+")
LONGEST = 70
"""Characters of a text of an example; the rest is cut off."""

INTRODUCTION = """\
# The records in JSON

This page describes what the commands print with `-f json`, and the JSON files that they write. Each record names itself in
its field `schema`. The number at the end goes up when a field is removed or changes its meaning. New fields come without a
new number, so a program must ignore fields that it does not know.

`subproc schema NAME` prints the JSON Schema (2020-12) of a record, for example `subproc schema answers`; `subproc schema
--list` lists the names. This page is generated from these schemas.

In the tables, *always* means that the field is always in the record, *if stated* that it is missing if the list does not
state it. A field can be null only where its type says so. Days are written as YYYY-MM-DD. In the examples only the first
item of each list is shown, and long texts are cut off.
"""


def write_page(examples: Mapping[str, tuple[str, Any]]) -> str:
    """Return the page.

    Args:
        examples: for each record a line that says where it comes from, and the record itself.
    """
    schemas = {record.name: build_schema(record) for record in RECORDS}
    uses = Counter(
        name
        for schema in schemas.values()
        for name, part in schema.get("$defs", {}).items()
        if "properties" in part
    )
    shared = {name for name, count in uses.items() if count > 1}
    lines = [INTRODUCTION, "| record | content | command |", "| --- | --- | --- |"]
    lines += [
        f"| [{record.name}](#{_to_anchor(record.schema_name)}) | {record.title} | `subproc {record.command}` |"
        for record in RECORDS
    ]
    for record in RECORDS:
        lines += _iter_record_lines(record, schemas[record.name], shared, *examples[record.name])
    lines += ["", "## Shared parts", "", "These parts are the same in several records."]
    for name in sorted(shared):
        schema, *others = [schema for schema in schemas.values() if name in schema.get("$defs", {})]
        assert all(other["$defs"][name] == schema["$defs"][name] for other in others), name
        lines += ["", f"### {name}", "", *_iter_table(schema["$defs"][name], schema)]
    return "\n".join(lines) + "\n"


def _iter_record_lines(
    record: Record, schema: dict[str, Any], shared: set[str], origin: str, example: Any
) -> Iterator[str]:
    yield from ("", f"## {record.schema_name}", "", f"{record.title}. {origin}", "")
    yield from _iter_table(schema, schema)
    for name, part in schema.get("$defs", {}).items():
        if "properties" in part and name not in shared:
            yield from ("", f"### {name}", "", *_iter_table(part, schema))
    yield from (
        "",
        "```json",
        json.dumps(_shorten(example, schema, schema), indent=2, ensure_ascii=False),
        "```",
    )


def _iter_table(part: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    yield from ("| field | type | in the record | meaning |", "| --- | --- | --- | --- |")
    required = part.get("required", [])
    for name, field in part["properties"].items():
        presence = "always" if name in required else "if stated"
        if "default" in field and name not in required:
            presence = f"default `{json.dumps(field['default'], ensure_ascii=False)}`"
        yield f"| `{name}` | {_format_type(field, schema)} | {presence} | {field['description']} |"
    if "patternProperties" in part:
        yield "| `x-…` | any | if stated | A field of the publisher's own. |"


def _format_type(field: dict[str, Any], schema: dict[str, Any]) -> str:
    match field:
        case {"$ref": reference}:
            name = reference.removeprefix(_REFERENCE)
            part = schema["$defs"][name]
            found = f"[{name}](#{_to_anchor(name)})" if "properties" in part else _format_type(part, schema)
        case {"anyOf": options}:
            found = " or ".join(_format_type(option, schema) for option in options)
        case {"const": value}:
            found = f"`{value}`"
        case {"enum": words} if len(words) <= MOST_WORDS:
            found = ", ".join(f"`{word}`" for word in words)
        case {"type": "array", "items": items}:
            found = f"list of {_format_type(items, schema)}"
        case {"type": "object", "additionalProperties": values}:
            found = f"mapping to {_format_type(values, schema)}"
        case {"format": "date"}:
            found = "day"
        case _:
            found = _TYPES[field["type"]]
    return found


_TYPES = {"string": "text", "integer": "number", "boolean": "true or false", "null": "null"}
MOST_WORDS = 15
"""Words of a closed list that a table shows; of a longer list the schema has them."""


def _to_anchor(title: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")


def _shorten(value: Any, field: dict[str, Any], schema: dict[str, Any]) -> Any:
    """Return the first item of each list and mapping, with short texts and no long digits."""
    field = _resolve(field, schema)
    if isinstance(value, list):
        return [_shorten(item, field["items"], schema) for item in value[:1]]
    if isinstance(value, dict) and "properties" in field:
        return {
            name: _shorten(item, field["properties"].get(name, {}), schema) for name, item in value.items()
        }
    if isinstance(value, dict):
        kept = list(value.items())[:1]
        return {name: _shorten(item, field.get("additionalProperties", {}), schema) for name, item in kept}
    if isinstance(value, str):
        if _DIGITS.fullmatch(value):
            return f"({len(value)} hexadecimal digits)"
        value = _MOMENT.sub("2024-04-09T08:00:00+00:00", value)
        return value if len(value) <= LONGEST else f"{value[:LONGEST].rstrip()} …"
    return value


def _resolve(field: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    options = [option for option in field.get("anyOf", []) if option.get("type") != "null"]
    if options:
        return _resolve(options[0], schema)
    if "$ref" in field:
        found: dict[str, Any] = schema["$defs"][field["$ref"].removeprefix(_REFERENCE)]
        return found
    return field
