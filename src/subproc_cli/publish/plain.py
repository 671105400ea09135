"""A list as plain data in its normal form: every statement in full, and nothing that is not stated."""

from typing import Any

from subproc_cli.registry.service import Model


def plain(model: Model) -> dict[str, Any]:
    """Return what a part of a list states, as JSON and YAML hold it."""
    found: dict[str, Any] = _stated(model.model_dump(mode="json"))
    return found


def _stated(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _stated(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in (None, [], {})}
    return [_stated(each) for each in value] if isinstance(value, list) else value
