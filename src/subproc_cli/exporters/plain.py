"""A list as plain data in its normal form: every statement in full, and nothing that is not stated.

What stands below a field of the publisher's own, `x-…`, is no statement, and is kept as it is.
"""

from typing import Any

from subproc_cli.registry.service import Model


def plain(model: Model) -> dict[str, Any]:
    """Return what a part of a list states, as JSON and YAML hold it."""
    found: dict[str, Any] = _stated(model.model_dump(mode="json"))
    return found


def _stated(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: each if _is_own(key) else _stated(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if _is_own(key) or each not in (None, [], {})}
    return [_stated(each) for each in value] if isinstance(value, list) else value


def _is_own(key: str) -> bool:
    """Tell whether a field is the publisher's own, whose value is kept as it is."""
    return key.startswith("x-")
