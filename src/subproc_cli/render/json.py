"""JSON: the machine formats, one numbered shape a view."""

import json
from typing import Any


def render(record: dict[str, Any] | list[Any]) -> str:
    """Return a record as JSON, readable and in a fixed order. Lone surrogates are escaped."""
    text = json.dumps(record, indent=2, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"
