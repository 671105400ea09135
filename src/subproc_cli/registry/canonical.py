"""The one spelling of a value where a file may have several: codes of places, keys of categories."""

from typing import Any

from subproc_cli.diagnostics import Route
from subproc_cli.reference.categories import Tree
from subproc_cli.reference.geography import Gazetteer


def is_place(route: Route) -> bool:
    """Tell whether a text at a route names a place."""
    match route:
        case ("services", _, "entity", "country") | ("regions", _, _):
            return True
        case ("services", _, "processing", _) | ("services", _, "processing", _, "place", *_):
            return True
        case _:
            return False


def is_category(route: Route) -> bool:
    """Tell whether a text at a route names a data category."""
    match route:
        case ("services", _, "sees" | "never_sees", _):
            return True
        case ("services", _, "sees", _, "data") | ("services", _, "sees", _, "may_contain", _):
            return True
        case _:
            return False


def place(text: str, gazetteer: Gazetteer) -> str:
    """Return the code of a place; what is not known stays as it is."""
    return gazetteer.find(text) or text


def value(given: Any, route: Route, tree: Tree, gazetteer: Gazetteer) -> Any:
    """Return plain data for a route with every place and category in its one spelling.

    What is not known stays as it is, so that reading the file tells what is wrong with it.
    """
    if isinstance(given, dict):
        return {key: value(each, (*route, key), tree, gazetteer) for key, each in given.items()}
    if isinstance(given, list):
        return [value(each, (*route, at), tree, gazetteer) for at, each in enumerate(given)]
    if isinstance(given, str) and is_place(route):
        return place(given, gazetteer)
    if isinstance(given, str) and is_category(route):
        return given if given in tree else tree.find(given) or given
    return given
