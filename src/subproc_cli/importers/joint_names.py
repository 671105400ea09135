"""Entries that name several companies at once: `Acme, Beta and Gamma` are three services."""

import re
from collections.abc import Iterator

from subproc_cli.importers import candidates, service_names
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.mapping import is_name_cell
from subproc_cli.importers.models import RawService, RawTable
from subproc_cli.importers.text import split
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.reference.service_types import find_service_type

_AND = re.compile(r"\s(?:and|und|et|y|e|en|och|og|or|oder|ou|o)\s|\s&\s")
_LONGEST_NAME = 3
"""Maximum number of words of one of several names."""
_FEWEST_POINTS = 2
"""Points for the text of a name from which it may be one of several."""
_PAIR = 2
"""Number of parts of a text that may be a name and something about it."""


def split_joint_names(found: RawTable, labels: Labels) -> RawTable:
    """Return what was found with a service for each of the companies that an entry names."""
    if found.is_sure:
        return found
    return found._replace(
        entries=tuple(part for entry in found.entries for part in _split_entry(entry, labels))
    )


def _split_entry(entry: RawService, labels: Labels) -> Iterator[RawService]:
    named = next((cell for cell in entry.cells if is_name_cell(cell, labels)), None)
    names = split_names(named.text, labels) if named and not named.exact else []
    if named is None or not names:
        yield entry
        return
    remark = f"{', '.join(names)}: read as {len(names)} services because one text names them together"
    for name in names:
        own = tuple(link for link in named.links if candidates.links_to(name, link))
        cells = tuple(
            cell._replace(text=name, links=own or cell.links, guessed=True)
            if cell.text == named.text and is_name_cell(cell, labels)
            else cell
            for cell in entry.cells
        )
        yield entry._replace(cells=cells, remarks=(*entry.remarks, remark) if name == names[0] else ())


def split_names(text: str, labels: Labels) -> list[str]:
    """Return the names that a text enumerates between commas; none if one of its parts is anything else.

    A part that may be a legal form, a place, or an abbreviation of another part makes the text one name.
    """
    if "\n" in text or "," not in text:
        return []
    *others, last = [part.strip() for part in split.split_outside_brackets(text, ",")]
    names = [*others, *(part for each in _AND.split(f" {last} ") if (part := each.strip()))]
    if len(names) <= _PAIR and not candidates.is_brand(names[-1]):
        return []  # a town, or a product of the first one
    are_names = all(may_be_one(name, labels) for name in names)
    return names if are_names and not _has_abbreviation(names) else []


def may_be_one(name: str, labels: Labels) -> bool:
    """Return whether a short text alone looks like the name of a company or a product."""
    return (
        0 < len(name.split()) <= _LONGEST_NAME
        and "(" not in name
        and candidates.is_name(name, labels)
        and not any(has_legal_form(f"x {part}") for part in (name, name.split(maxsplit=1)[0]))
        and find_service_type(name) is None
        and service_names.rate_name(name) >= _FEWEST_POINTS
    )


def _has_abbreviation(names: list[str]) -> bool:
    """Return whether a name consists of the first letters of another one: `Acme Web Services, AWS`."""
    initials = {"".join(word[0] for word in name.split()).casefold() for name in names if " " in name}
    return any(name.casefold() in initials for name in names)
