"""Reads a labelled text into the facts of its field."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from subproc_cli.enums import Basis, ModelTraining
from subproc_cli.importers import columns, vocabulary
from subproc_cli.importers.columns import FieldMatch
from subproc_cli.importers.models import Cell
from subproc_cli.importers.text import access, dates, entities, keywords, places, split, use_conditions
from subproc_cli.importers.text.parsed import Fact, ParsedValue, make_partial, make_unparsed
from subproc_cli.reference import categories
from subproc_cli.reference import geography as gazetteer
from subproc_cli.reference.geography import load_country_codes
from subproc_cli.reference.service_types import find_service_type, load_service_types
from subproc_cli.registry.field_forms import is_language
from subproc_cli.registry.introspect import find_type
from subproc_cli.text import slugify

Reader: TypeAlias = Callable[[str, str], ParsedValue]
"""A reader of a field: takes a text and the name of its service."""

MAX_READ = 5000
"""Characters beyond which a text is prose, and kept as it is."""
_WORD_BY_WORD = frozenset(
    ("role", "activation", "sees", "never_sees", "processing", "entity.address", "entity.country", "transfer")
)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?:/\S*)?", re.IGNORECASE)
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


def _read_answer(cell: Cell) -> ParsedValue | None:
    """Return the activation under the header of a question, such as `Optional`; None for other texts."""
    value, rest = use_conditions.read_answer(cell.label, cell.text)
    return ParsedValue((Fact("activation", value, guessed=True),), rest) if value else None


def _number(path: str) -> Reader:
    def read_number(text: str, _: str) -> ParsedValue:
        digits = text.strip().removesuffix("days").removesuffix("Tage").removesuffix("jours").strip()
        is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _NUMBER_LENGTH_LIMIT
        return ParsedValue((Fact(path, int(digits)),)) if is_number else make_unparsed(text)

    return read_number


def _mapping(path: str) -> Reader:
    """Read texts by language, which only an export writes: a mapping as JSON."""

    def read_mapping(text: str, _: str) -> ParsedValue:
        found = parse_json(text)
        is_known = isinstance(found, dict) and bool(found) and all(map(_is_texts, _list_texts(path, found)))
        return ParsedValue((Fact(path, found),)) if is_known else make_unparsed(text)

    return read_mapping


def _list_texts(path: str, found: dict[str, Any]) -> list[Any]:
    """Return the texts by language of a field: one mapping, or one for each item of a list."""
    return list(found.values()) if path in _BY_ITEM else [found]


def _is_texts(given: Any) -> bool:
    return isinstance(given, dict) and all(
        is_language(key) and isinstance(text, str) and text.strip() for key, text in given.items()
    )


def _training(text: str, _: str) -> ParsedValue:
    """Read whether models are trained: a word of the field, or yes or no."""
    word = text.strip().casefold()
    if word in tuple(ModelTraining):
        return ParsedValue((Fact("model_training", word),))
    answer = keywords.parse_yes_no("model_training", text)
    values = {"yes": ModelTraining.YES.value, "no": ModelTraining.NEVER.value}
    return answer._replace(
        facts=tuple(fact._replace(value=values[fact.value], guessed=True) for fact in answer.facts)
    )


def _service_types(text: str, _: str) -> ParsedValue:
    """Read kinds of services by any of their words."""
    pieces = split.split_values(text)
    found = [find_service_type(piece) for piece in pieces]
    facts = tuple(Fact("service_type", each) for each in dict.fromkeys(filter(None, found)))
    return ParsedValue(facts, "" if all(found) else text)


def _condition(text: str, _: str) -> ParsedValue:
    """Read a condition; `Always` or `All customers` is none."""
    is_none = vocabulary.normalize(text) in vocabulary.load_phrases("use_conditions", "always")
    return make_unparsed(text) if is_none else ParsedValue((Fact("condition", text.strip()),))


def _certifications(text: str, name: str) -> ParsedValue:
    """Read certifications; `No`, `pending` or `Yes` name none."""
    is_answer = keywords.parse_yes_no("certifications", text).facts
    in_preparation = vocabulary.contains_words(text, "not_in_use", "states")
    return make_unparsed(text) if is_answer or in_preparation else _listed("certifications")(text, name)


_BY_ITEM = frozenset(("subjects_by_language",))
_NUMBER_LENGTH_LIMIT = 5
_KINDS: dict[Any, Callable[[str], Reader]] = {
    str: _text,
    tuple: _listed,
    dict: _mapping,
    date: _day,
    int: _number,
}
"""How a field is read that has no reader of its own, by its type."""
_OWN_READERS: dict[str, Reader] = {
    "formerly": _ids("formerly"),
    "replaces": _ids("replaces"),
    "role": lambda text, _: keywords.parse_choice("role", text),
    "service_type": _service_types,
    "activation": lambda text, _: keywords.parse_choice("activation", text),
    "condition": _condition,
    "sees": lambda text, _: access.parse_sees(text),
    "never_sees": lambda text, _: access.parse_never_sees(text),
    "personal_data": lambda text, _: keywords.parse_yes_no("personal_data", text),
    "model_training": _training,
    "processing": lambda text, _: places.parse_processing(text),
    "entity.address": entities.parse_address,
    "entity.country": lambda text, _: places.parse_country(text),
    "entity.parent_country": lambda text, _: _rename(places.parse_country(text), "entity.parent_country"),
    "transfer": lambda text, _: keywords.parse_transfer_bases(text),
    "certifications": _certifications,
}


def _rename(found: ParsedValue, path: str) -> ParsedValue:
    return found._replace(facts=tuple(fact._replace(path=path) for fact in found.facts))


READERS: dict[str, Reader] = {
    path: _OWN_READERS.get(path) or _KINDS[find_type(path)](path) for path in columns.list_paths()[1:]
}
"""How the text of each field is read. `id` has no reader: ids are given out for the list as a whole."""


def _exactly(path: str) -> Reader:
    return lambda text, _: _read_exactly(path, text, frozenset())


def _read_exactly(path: str, text: str, own: frozenset[str]) -> ParsedValue:
    given = split_export_values(text)
    known = [part for part in given if _known(path, part, own)]
    facts = tuple(Fact(path, part) for part in known)
    if len(known) == len(given):
        return ParsedValue(facts)
    return make_partial(text, facts) if facts else make_unparsed(text)


def _known(path: str, item: Any, own: frozenset[str]) -> bool:
    """Return whether the words of an item are built in, or are the publisher's own and defined in its row."""
    given = item if isinstance(item, dict) else {}
    if path in ("sees", "never_sees"):
        keys = [given.get("data", item), *given.get("may_contain", ())]
        tree = categories.load_category_tree()
        return all(isinstance(key, str) and (key in own or key in tree) for key in keys)
    if path in ("entity.country", "entity.parent_country"):
        return item in load_country_codes()
    if path == "service_type":
        return item in load_service_types()
    if path == "processing":
        names = given.get("place", item)
        names = names if isinstance(names, list) else [names]
        known = gazetteer.load_gazetteer()
        return all(
            isinstance(name, str) and (name in own or name == gazetteer.UNKNOWN or known.find(name))
            for name in names
        )
    if path == "transfer":
        covered = given.get("places", ())
        known = gazetteer.load_gazetteer()
        is_placed = all(isinstance(name, str) and (name in own or known.find(name)) for name in covered)
        return given.get("basis", item) in tuple(Basis) and is_placed
    return True


def split_export_values(text: str) -> list[Any]:
    """Return the values of a cell as an export writes it: a JSON list, or words between semicolons."""
    if text.startswith("["):
        found = parse_json(text)
        return found if isinstance(found, list) else []
    return [part.strip() for part in text.split(";") if part.strip()]


def parse_json(text: str) -> Any:
    """Return the data of a text in JSON, None if it is not JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _verbatim(path: str) -> Reader:
    return lambda text, _: ParsedValue((Fact(path, text),))


def _own(text: str, _: str) -> ParsedValue:
    """Read the publisher's own fields: one JSON mapping."""
    found = parse_json(text)
    if not isinstance(found, dict) or not all(key.rpartition(".")[2].startswith("x-") for key in found):
        return make_unparsed(text)
    return ParsedValue(tuple(Fact(key, value) for key, value in found.items()))


OWN = FieldMatch("own", certain=True)
"""The column or property of an export that holds the publisher's own fields."""
_OF_THE_LAW = ("entity.country", "entity.parent_country")

_EXACT_LISTS = frozenset(path for path in READERS if find_type(path) is tuple)
EXACT: dict[str, Reader] = {
    OWN.path: _own,
    **{path: _exactly(path) for path in (*_EXACT_LISTS, *_OF_THE_LAW)},
    **{path: _verbatim(path) for path in READERS if find_type(path) is str and path not in _OF_THE_LAW},
}
"""How fields are read that an export writes without ambiguity."""


def parse_cell(field: FieldMatch, cell: Cell, service: str) -> ParsedValue:
    """Return the facts of a text for its field; all of them are guesses if the field is a guess."""
    if field.path.startswith("links.") and not cell.links and not cell.exact:
        found = _link(field.path, cell.text)
    elif field.path.startswith("links.") and cell.links:
        found = ParsedValue((Fact(field.path, cell.links[0]),), "" if _is_bare_link(cell) else cell.text)
    elif field.path == "activation" and not cell.exact and (answer := _read_answer(cell)):
        found = answer
    elif cell.own and field.path in _EXACT_LISTS:
        found = _read_exactly(field.path, cell.text, cell.own)
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


def _is_bare_link(cell: Cell) -> bool:
    """Return whether the words of a link say nothing that its address does not: `Link`, `Privacy policy`."""
    text = cell.text.strip()
    words = vocabulary.normalize(text)
    known = vocabulary.load_phrases("link_words") | vocabulary.load_phrases("no_service", "documents")
    return not words or words in known or text.rstrip("/").casefold() in cell.links[0].casefold()


def _link(path: str, text: str) -> ParsedValue:
    """Return the address in a text; `https://` is added if it is missing, which makes it a guess."""
    bare = text.strip().strip("<>")
    addresses = bare.split()
    if len(addresses) > 1 and all(map(_URL.fullmatch, addresses)):
        first, *others = addresses
        known = {
            path: first,
            **{f"links.{_kind(each)}": each for each in others if f"links.{_kind(each)}" != path},
        }
        rest = "" if len(known) == len(addresses) else text
        return ParsedValue(tuple(Fact(each, link, each != path) for each, link in known.items()), rest)
    if _URL.fullmatch(bare):
        return ParsedValue((Fact(path, bare),))
    if _HOST.fullmatch(bare):
        return ParsedValue((Fact(path, f"https://{bare}", guessed=True),))
    return make_unparsed(text)


def _readable(field: FieldMatch, cell: Cell) -> bool:
    """Return whether a text is short enough to be read word by word."""
    return cell.exact or len(cell.text) <= MAX_READ or field.path not in _WORD_BY_WORD


def parse_links(cell: Cell) -> list[Fact]:
    """Return the addresses that a text links to, each for the field that its words name."""
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
