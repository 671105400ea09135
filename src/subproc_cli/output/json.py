"""JSON: the machine formats, one numbered shape a view."""

import json
import re
from collections.abc import Mapping
from typing import Any

from subproc_cli.output.sanitize import is_deceptive_at


def render(record: Mapping[str, Any] | list[Any]) -> str:
    """Return a record as JSON, readable and in a fixed order; what could deceive a reader is escaped."""
    text = json.dumps(record, indent=2, ensure_ascii=False)
    return _UNUSUAL.sub(_escape, text) + "\n"


_UNUSUAL = re.compile(r"[^\n -~]")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return json.dumps(char)[1:-1] if is_deceptive_at(match.string, match.start()) else char
