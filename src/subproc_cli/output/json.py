"""JSON: the machine formats, one numbered shape a view."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from subproc_cli.output.sanitize import is_deceptive_at


def render(record: Mapping[str, Any] | list[Any]) -> str:
    """Return a record as JSON, readable and in a fixed order; what could deceive a reader is escaped."""
    return _escape_unusual(json.dumps(record, indent=2, ensure_ascii=False)) + "\n"


def render_lines(records: Iterable[Mapping[str, Any]], items: str) -> str:
    """Return NDJSON: a line for each item of the records, with the common fields of its record.

    Args:
        records: the records.
        items: the field that has the items; a record without such a field is one line. Other fields that are
            lists are left out.
    """
    lines: list[Mapping[str, Any]] = []
    for record in records:
        head = {
            name: value
            for name, value in record.items()
            if name != "schema" and not isinstance(value, list)  # a line is a part of the record
        }
        lines += [{**head, **item} for item in record[items]] if items else [record]
    return "".join(f"{_escape_unusual(json.dumps(line, ensure_ascii=False))}\n" for line in lines)


def _escape_unusual(text: str) -> str:
    """Return JSON in which what could deceive a reader is escaped."""
    return _UNUSUAL.sub(_escape, text)


_UNUSUAL = re.compile(r"[^\n -~]")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return json.dumps(char)[1:-1] if is_deceptive_at(match.string, match.start()) else char
