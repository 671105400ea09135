"""Makes a new service of what is typed about it."""

from collections.abc import Mapping
from typing import Any

from subproc_cli.cli.editing import Opened
from subproc_cli.errors import UsageFault
from subproc_cli.text import is_id, slug
from subproc_cli.yaml.editor import AddService


def split(given: list[str] | None) -> list[str]:
    """Return the words of an option that may be given several times and hold several with commas."""
    return [word.strip() for text in given or () for word in text.split(",") if word.strip()]


def added(opened: Opened, key: str | None, fields: Mapping[str, Any]) -> AddService:
    """Return the edit that adds a service; its id is made of its name by the one rule for ids.

    Raises:
        UsageFault: the id is taken, or none can be made of the name.
    """
    services = opened.listed.registry.services
    found = key or slug(str(fields["name"]))
    if not is_id(found):
        hint = f"did you mean {slug(found)}?" if slug(found) else "write letters and digits with --id"
        raise UsageFault(f"{found or fields['name']!r} makes no id", hint)
    if found in services:
        where = opened.listed.where(("services", found))
        hint = f"see: subproc show {found}, or give the new one an id of its own with --id"
        raise UsageFault(f"there is a service {found} already, at {where}", hint)
    former = [each for each, service in services.items() if found in service.formerly]
    if former:
        raise UsageFault(f"{found} is an earlier id of {former[0]}", "choose another one with --id")
    return AddService(found, {key: _text(value) for key, value in fields.items()})


def _text(value: Any) -> Any:
    """Return a word of a closed list as a plain text."""
    return str(value) if isinstance(value, str) else value
