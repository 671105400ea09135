"""Reads a labelled text into the facts of its field."""

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from subproc_cli.enums import Basis
from subproc_cli.importers import vocabulary
from subproc_cli.importers.columns import FieldMatch
from subproc_cli.importers.models import Cell
from subproc_cli.importers.text import access, dates, entities, keywords, places, split
from subproc_cli.importers.text.parsed import Fact, ParsedValue, make_partial, make_unparsed
from subproc_cli.reference import categories
from subproc_cli.reference import geography as gazetteer
from subproc_cli.reference.geography import load_country_codes
from subproc_cli.text import slugify

Reader: TypeAlias = Callable[[str, str], ParsedValue]
"""From a text and the name of its service."""

MAX_READ = 5000
"""Characters beyond which a text is prose, and kept as it is."""
_WORD_BY_WORD = frozenset(
    ("role", "activation", "sees", "never_sees", "processing", "entity.address", "entity.country", "transfer")
)
_WEB = ("http://", "https://")


def _text(path: str) -> Reader:
    return lambda text, _: ParsedValue((Fact(path, text.strip()),))


def _listed(path: str) -> Reader:
    return lambda text, _: ParsedValue(
        tuple(Fact(path, value) for value in dict.fromkeys(split.split_values(text)))
    )


def _ids(path: str) -> Reader:
    return lambda text, _: ParsedValue(
        tuple(Fact(path, slugify(value)) for value in split.split_values(text) if slugify(value))
    )


def _day(path: str) -> Reader:
    return lambda text, _: dates.parse_date_field(path, text)


def _activation(text: str, _: str) -> ParsedValue:
    """Read who decides; *optional: yes* is an opt-in."""
    answer = keywords.parse_yes_no("activation", text)
    if not answer.facts:
        return keywords.parse_choice("activation", text)
    return (
        ParsedValue((Fact("activation", "opt-in", guessed=True),), text)
        if answer.facts[0].value == "yes"
        else ParsedValue((), text)
    )


READERS: dict[str, Reader] = {
    "name": _text("name"),
    "formerly": _ids("formerly"),
    "replaces": _ids("replaces"),
    "role": lambda text, _: keywords.parse_choice("role", text),
    "purpose": _text("purpose"),
    "group": _text("group"),
    "notes": _text("notes"),
    "products": _listed("products"),
    "activation": _activation,
    "condition": _text("condition"),
    "sees": lambda text, _: access.parse_sees(text),
    "never_sees": lambda text, _: access.parse_never_sees(text),
    "personal_data": lambda text, _: keywords.parse_yes_no("personal_data", text),
    "subjects": _listed("subjects"),
    "processing": lambda text, _: places.parse_processing(text),
    "entity.name": _text("entity.name"),
    "entity.address": entities.parse_address,
    "entity.country": lambda text, _: places.parse_country(text),
    "entity.parent": _text("entity.parent"),
    "transfer": lambda text, _: keywords.parse_transfer_bases(text),
    "contact": _text("contact"),
    "links.website": _text("links.website"),
    "links.privacy": _text("links.privacy"),
    "links.dpa": _text("links.dpa"),
    "links.security": _text("links.security"),
    "links.subprocessors": _text("links.subprocessors"),
    "retention": _text("retention"),
    "certifications": _listed("certifications"),
    "onward": _listed("onward"),
    "since": _day("since"),
    "until": _day("until"),
    "source": _text("source"),
}
"""How the text of each field is read. `id` has no reader: ids are given out for the list as a whole."""


def _exactly(path: str) -> Reader:
    def read_exactly(text: str, _: str) -> ParsedValue:
        given = split_export_values(text)
        known = [part for part in given if _known(path, part)]
        facts = tuple(Fact(path, part) for part in known)
        if len(known) == len(given):
            return ParsedValue(facts)
        return make_partial(text, facts) if facts else make_unparsed(text)

    return read_exactly


def _known(path: str, item: Any) -> bool:
    """Return whether the words of an item are built in; a publisher's own words are not in a table."""
    given = item if isinstance(item, dict) else {}
    if path in ("sees", "never_sees"):
        keys = [given.get("data", item), *given.get("may_contain", ())]
        return all(isinstance(key, str) and key in categories.load_category_tree() for key in keys)
    if path == "entity.country":
        return item in load_country_codes()
    if path == "processing":
        names = given.get("place", item)
        names = names if isinstance(names, list) else [names]
        return all(isinstance(name, str) and gazetteer.load_gazetteer().find(name) for name in names)
    return path != "transfer" or given.get("basis", item) in tuple(Basis)


def split_export_values(text: str) -> list[Any]:
    """Return the values of a cell as an export writes it: a JSON list, or words between semicolons."""
    if text.startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return []
        return found if isinstance(found, list) else []
    return [part.strip() for part in text.split(";") if part.strip()]


def _verbatim(path: str) -> Reader:
    return lambda text, _: ParsedValue((Fact(path, text),))


def _own(text: str, _: str) -> ParsedValue:
    """Read the publisher's own fields: one JSON mapping."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return make_unparsed(text)
    if not isinstance(found, dict) or not all(key.rpartition(".")[2].startswith("x-") for key in found):
        return make_unparsed(text)
    return ParsedValue(tuple(Fact(key, value) for key, value in found.items()))


OWN = FieldMatch("own", certain=True)
"""The column or property of an export that holds the publisher's own fields."""
_SEVERAL = ("formerly", "products", "subjects", "certifications", "onward")
_OF_THE_LAW = ("sees", "never_sees", "processing", "transfer", "entity.country")
_BY_WORD = ("role", "activation", "personal_data", "since", "until")

EXACT: dict[str, Reader] = {
    OWN.path: _own,
    **{path: _exactly(path) for path in (*_SEVERAL, *_OF_THE_LAW)},
    **{path: _verbatim(path) for path in READERS if path not in (*_SEVERAL, *_OF_THE_LAW, *_BY_WORD)},
}
"""How fields are read that an export writes without room for doubt."""


def parse_cell(field: FieldMatch, cell: Cell, service: str) -> ParsedValue:
    """Return what a text says for its field; all of it is a guess if the field is one."""
    if field.path.startswith("links.") and cell.links:
        found = ParsedValue(
            (Fact(field.path, cell.links[0]),), cell.text if cell.text not in cell.links else ""
        )
    else:
        reader = (EXACT.get(field.path) if cell.exact else None) or READERS[field.path]
        found = reader(cell.text, service) if _readable(field, cell) else make_unparsed(cell.text)
    if not found.facts:
        return ParsedValue((), cell.text, found.partly)
    if found.rest:
        found = found._replace(rest=cell.text)  # a part of a sentence would mislead
    if field.certain and not cell.guessed:
        return found
    return found._replace(facts=tuple(fact._replace(guessed=True) for fact in found.facts))


def _readable(field: FieldMatch, cell: Cell) -> bool:
    """Return whether a text is short enough to be looked at word by word."""
    return cell.exact or len(cell.text) <= MAX_READ or field.path not in _WORD_BY_WORD


def parse_links(cell: Cell) -> list[Fact]:
    """Return the addresses that a text links to, each for the field that its words tell."""
    return [Fact(f"links.{_kind(link)}", link, guessed=True) for link in cell.links if link.startswith(_WEB)]


def _kind(link: str) -> str:
    words = vocabulary.normalize(link)
    for kind, telling in (
        ("subprocessors", ("subprocessor", "subprocessing")),
        ("dpa", ("dpa", "data processing", "data processing agreement", "data processing addendum")),
        ("privacy", ("privacy", "datenschutz", "confidentialite", "gdpr")),
        ("security", ("security", "trust")),
    ):
        if vocabulary.contains_phrase(words, telling):
            return kind
    return "website"
