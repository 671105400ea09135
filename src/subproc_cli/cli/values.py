"""Reads what is typed for a field: the field's route, and its value as plain data."""

from typing import Any, NamedTuple

from subproc_cli.cli.editing import Opened
from subproc_cli.errors import UsageFault
from subproc_cli.problem import Route
from subproc_cli.registry import canonical, document, shape
from subproc_cli.registry.edit import Append, Edit, Put, Remove
from subproc_cli.registry.shape import Kind
from subproc_cli.registry.source import Source
from subproc_cli.words import did_you_mean

FOREVER = "the id of a service is its identity for ever; `formerly` tells of a rename"


def route_of(key: str, field: str) -> Route:
    """Return the route of a field of a service: `entity.country`.

    Raises:
        UsageFault: there is no such field.
    """
    route: Route = ("services", key)
    for step in field.split("."):
        known = shape.names(route)
        if step not in known and not step.startswith("x-"):
            hint = FOREVER if step == "id" else did_you_mean(step, known) or f"one of {', '.join(known)}"
            raise UsageFault(f"there is no field {field!r} of a service", hint if known else "")
        route = (*route, step)
    return route


def setting(route: Route, text: str) -> Put:
    """Return the edit that sets a field to what is typed: a text, or YAML in brackets.

    Raises:
        UsageFault: the text is no YAML.
    """
    kind = shape.kind(route)
    if kind is Kind.TEXT:
        return Put(route, text)
    if kind is Kind.MAPPING and not text.startswith("{"):
        fields = shape.names(route)
        hint = f"set one of {', '.join(f'{route[-1]}.{each}' for each in fields)}"
        raise UsageFault(f"{route[-1]} holds fields of its own", hint)
    value = _structure(text)
    return Put(route, [value] if kind is Kind.LIST and not isinstance(value, list) else value)


def changes_of_list(opened: Opened, route: Route, added: list[str], removed: list[str]) -> list[Edit]:
    """Return the edits that add items to a list and take items away from it.

    Raises:
        UsageFault: the field is no list, or an item to take away is not in it.
    """
    if shape.kind(route) is not Kind.LIST:
        raise UsageFault(f"{route[-1]} is no list", "leave out --add and --remove, and write the value")
    present = _present(opened, route)
    gone = sorted({_position(opened, route, present, text) for text in removed}, reverse=True)
    kept = [item for at, item in enumerate(present) if at not in gone]
    new: list[Any] = []
    for text in added:
        value = _item(opened, route, _structure(text))
        if value not in kept:
            kept.append(value)
            new.append(value)
    if not kept:
        return [Remove(route)] if gone else []
    edits: list[Edit] = [Append(route, tuple(new))] if new else []
    return edits + [Remove((*route, at)) for at in gone]  # what is added first keeps the comments of a list


def _item(opened: Opened, route: Route, value: Any) -> Any:
    """Return an item of a list with its places and categories in their one spelling."""
    return canonical.value(value, (*route, 0), opened.listed.tree, opened.listed.gazetteer)


def _structure(text: str) -> Any:
    """Return a typed value: YAML if it begins with a bracket, else a text."""
    if not text.startswith(("[", "{")):
        return text
    read, problems = document.parse(Source("value", text.encode()))
    if read is None or problems:
        raise UsageFault(f"{text!r} is no YAML: {problems[0].message}", problems[0].hint)
    return read.data


def _present(opened: Opened, route: Route) -> list[Any]:
    read, _ = document.parse(opened.source)
    found: Any = read.data if read else {}
    for step in route:
        found = (found or {}).get(step)
    return list(found or ())


def _position(opened: Opened, route: Route, present: list[Any], text: str) -> int:
    wanted = _item(opened, route, _structure(text))
    bare = [_word(item) for item in present]
    known = [_item(opened, route, item) for item in present]
    if wanted in known:
        return known.index(wanted)
    if isinstance(wanted, str) and wanted in bare:
        return bare.index(wanted)
    named = ", ".join(map(str, bare)) or "nothing"
    raise UsageFault(f"{route[-1]} does not hold {text!r}", f"it holds {named}")


def _word(item: Any) -> Any:
    """Return the word that an item in full is about: its `data`, `place` or `basis`."""
    return next(iter(item.values())) if isinstance(item, dict) else item


class Typed(NamedTuple):
    """What is to happen to a field; one of the first two ways, or the last."""

    value: str | None
    added: list[str]
    removed: list[str]
    unset: bool


def edits_of(opened: Opened, route: Route, typed: Typed) -> list[Edit]:
    """Return the edits that do to a field what is typed.

    Raises:
        UsageFault: nothing is typed, or several things that do not go together.
    """
    ways = (typed.value is not None, bool(typed.added or typed.removed), typed.unset)
    if sum(ways) != 1:
        raise UsageFault("set needs one of VALUE, --add or --remove, and --unset", "see: subproc set --help")
    if typed.value is not None:
        return [setting(route, typed.value)]
    if typed.unset:
        return [Remove(route)] if _stands(opened, route) else []
    return changes_of_list(opened, route, typed.added, typed.removed)


def _stands(opened: Opened, route: Route) -> bool:
    read, _ = document.parse(opened.source)
    found: Any = read.data if read else None
    for step in route:
        if not isinstance(found, dict) or step not in found:
            return False
        found = found[step]
    return True
