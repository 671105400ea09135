"""Regions of the publisher's own in a table that `subproc export csv` wrote, as their countries."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from subproc_cli.importers.text.values import parse_json, split_export_values

COLUMN = "regions"
"""The column that defines the regions that a row names."""
_PLACES = {"processing": "place", "transfer": "places"}
"""The columns that name places, with the field that has them where an item says more."""


def find_regions(heads: Sequence[str], texts: Sequence[str]) -> dict[str, list[str]]:
    """Return the countries of each region that a row defines."""
    text = next((text for head, text in zip(heads, texts, strict=False) if head == COLUMN), "")
    found = parse_json(text) if text else None
    return found if isinstance(found, dict) else {}


def replace_regions(column: str, text: str, regions: Mapping[str, list[str]]) -> str:
    """Return the text of a cell with countries instead of regions: of several places one is meant."""
    if column not in _PLACES or not any(name in text for name in regions):
        return text
    field = _PLACES[column]
    items = [_replace_in_item(item, field, regions) for item in split_export_values(text)]
    return json.dumps(items, ensure_ascii=False)


def _replace_in_item(item: Any, field: str, regions: Mapping[str, list[str]]) -> Any:
    if isinstance(item, str):
        return {field: regions[item]} if field == "place" and item in regions else item
    if not isinstance(item, dict) or field not in item:
        return item
    stated = item[field] if isinstance(item[field], list) else [item[field]]
    places = [place for name in stated for place in regions.get(name, [name])]
    return {**item, field: list(dict.fromkeys(places))}
