"""Finds what a script calls the values of its lists where it shows them, without running anything."""

import re

from subproc_cli.importers.columns import Labels, split_camel_case
from subproc_cli.importers.models import RawTable

_SHOWN = re.compile(
    r">\s*([^<>{}\n]{2,40}?)\s*:?\s*</[a-z]{1,10}>\s*<[a-z]{1,10}\b[^<>{}]{0,200}>\s*\{\s*[\w$]{1,40}\.([\w$]{1,40})\s*\}"
)
"""A label, and the field of an object that is shown after it: `<dt>Country</dt><dd>{item.place}</dd>`."""
_RELABELLED = frozenset(("processing", "entity.country", "transfer"))
"""Fields whose keys mean several things, such as `location`."""


def relabel(found: RawTable, text: str, labels: Labels) -> RawTable:
    """Return services with the labels that a script shows, where these mean another field than the keys."""
    shown: dict[str, str] = {}
    for match in _SHOWN.finditer(text):
        shown[match[2]] = match[1] if shown.get(match[2], match[1]) == match[1] else ""
    better = {key: label for key, label in shown.items() if _is_other_field(key, label, labels)}
    if not better:
        return found
    entries = tuple(
        entry._replace(
            cells=tuple(cell._replace(label=better.get(cell.label, cell.label)) for cell in entry.cells)
        )
        for entry in found.entries
    )
    return found._replace(entries=entries)


def _is_other_field(key: str, label: str, labels: Labels) -> bool:
    is_mapped = labels.maps(key)
    meant, known = labels.field(label), labels.field(key)
    return (
        not is_mapped
        and meant is not None
        and meant.path in _RELABELLED
        and (known is None or (known.path in _RELABELLED and known != meant))
    )


def find_parameters(text: str, name: str, width: int) -> list[str] | None:
    """Return the names by which a script takes the rows of an array apart: `rows.map(([name, use]) => …`."""
    taken = re.compile(rf"(?<![\w.$]){re.escape(name)}\.map\(\s*\(?\s*\(?\[([\w$,\s]{{1,200}})\]")
    match = taken.search(text)
    parameters = [part.strip() for part in match[1].split(",") if part.strip()] if match else []
    return [split_camel_case(part) for part in parameters] if len(parameters) == width else None
