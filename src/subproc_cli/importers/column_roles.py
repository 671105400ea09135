"""Decides what ambiguous columns of a list contain, by the texts of their cells.

Two columns may both be headed as names, `Subprocessor` and `Service`: then one of them holds purposes, or the
legal entities of products. A column `Role` may hold purposes. Decisions of this module are marked as guesses.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from subproc_cli.importers import candidates, items, vocabulary
from subproc_cli.importers.columns import FieldMatch, Labels
from subproc_cli.importers.mapping import find_field
from subproc_cli.importers.models import Cell, RawService, RawTable
from subproc_cli.importers.text import keywords
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.reference.service_types import find_service_type

_NAME, _PURPOSE, _ROLE, _ENTITY = "name", "purpose", "role", "entity.name"
_PRODUCTS = "products"
_TELLING = frozenset((_NAME, _PURPOSE, _ROLE, _ENTITY, _PRODUCTS))
_HALF = 0.5
_SOME = 0.3
_PROSE = 4
"""Number of words from which a text is more likely a purpose than a name."""


class _Column(NamedTuple):
    label: str
    path: str
    certain: bool
    texts: tuple[str, ...]

    def share(self, matching: Iterable[bool]) -> float:
        return sum(matching) / len(self.texts) if self.texts else 0.0

    @property
    def purposes(self) -> float:
        """The share of the texts that read like a purpose."""
        return self.share(map(is_purpose, self.texts))

    @property
    def entities(self) -> float:
        """The share of the texts with a legal form."""
        return self.share(map(has_legal_form, self.texts))

    @property
    def answers(self) -> bool:
        """Whether all texts answer a question with yes or no."""
        known = {*vocabulary.load_words("yes"), *vocabulary.load_words("no")}
        return bool(self.texts) and all(text.casefold() in known for text in self.texts)


def settle_columns(found: RawTable, labels: Labels) -> RawTable:
    """Return the services with the fields of the texts whose header is ambiguous."""
    groups: dict[frozenset[str], list[RawService]] = {}
    shapes = [_shape(entry, labels) for entry in found.entries]
    for shape, entry in zip(shapes, found.entries, strict=True):
        groups.setdefault(shape, []).append(entry)
    paths = {
        shape: {**_settle_places(entries, labels), **_settle(_columns(entries, labels))}
        for shape, entries in groups.items()
    }
    settled = (_apply(each, paths[shape]) for shape, each in zip(shapes, found.entries, strict=True))
    return found._replace(entries=tuple(settled))


def _shape(entry: RawService, labels: Labels) -> frozenset[str]:
    """Return the labels of an entry that decide about each other."""
    return frozenset(cell.label for cell in entry.cells if _path(cell, labels) in _TELLING)


def _path(cell: Cell, labels: Labels) -> str:
    field = None if cell.exact or labels.maps(cell.label) else find_field(cell, labels)
    return field.path if field else ""


def _columns(entries: list[RawService], labels: Labels) -> list[_Column]:
    texts: dict[str, list[str]] = {}
    first: dict[str, Cell] = {}
    for entry in entries:
        for cell in entry.cells:
            first.setdefault(cell.label, cell)
            texts.setdefault(cell.label, [])
            if cell.text.strip():
                texts[cell.label].append(" ".join(cell.text.split()))
    fields = {label: find_field(cell, labels) for label, cell in first.items()}
    return [
        _Column(
            label, field.path, field.certain, () if _path(first[label], labels) == "" else tuple(texts[label])
        )
        for label, field in fields.items()
        if field
    ]


def _settle_places(entries: list[RawService], labels: Labels) -> dict[str, str]:
    """Return the column that is not known by its header and holds places, if no other one certainly does.

    Several such columns are read if their headers differ in nothing but a place: `EU server`, `US server`.
    Next to them a mere `Country` is that of the company.
    """
    texts: dict[str, list[str]] = {}
    fields: dict[str, FieldMatch | None] = {}
    for entry in entries:
        for cell in entry.cells:
            fields.setdefault(cell.label, None if cell.exact else find_field(cell, labels))
            if normalize(cell.text) and not cell.exact and not cell.label.startswith("("):
                texts.setdefault(cell.label, []).append(cell.text)
    places_of = {label: field for label, field in fields.items() if field and field.path == "processing"}
    if len(entries) < _FEWEST_PLACES or any(field.certain for field in places_of.values()):
        return {}
    unknown = [label for label in texts if fields[label] is None and not labels.maps(label)]
    found = [label for label in unknown if len(texts[label]) >= _FEWEST_PLACES and _are_places(texts[label])]
    first = found[:1]
    alike = first + [label for label in unknown if label not in first and _differ_in_places([*first, label])]
    if not found or not set(found).issubset(alike) or not all(_are_places(texts[label]) for label in alike):
        return {}
    return {**dict.fromkeys(alike, "processing"), **dict.fromkeys(places_of, "entity.country")}


def _are_places(texts: list[str]) -> bool:
    return sum(map(items.is_place, texts)) >= _PLACES_SHARE * len(texts)


def _differ_in_places(heads: list[str]) -> bool:
    """Return whether headers are equal words around places: `EU server`, `US server`."""
    words = [head.split() for head in heads]
    while all(words) and len({each[-1] for each in words}) == 1:
        words = [each[:-1] for each in words]
    while all(words) and len({each[0] for each in words}) == 1:
        words = [each[1:] for each in words]
    return all(items.is_place(" ".join(each)) for each in words)


_FEWEST_PLACES = 3
_PLACES_SHARE = 0.8


def _settle(columns: list[_Column]) -> dict[str, str]:
    """Return the fields of the columns that are read differently from their header."""
    has_purpose = any(each.path == _PURPOSE and (each.texts or each.certain) for each in columns)
    names = [each for each in columns if each.path == _NAME and each.texts and not each.answers]
    settled: dict[str, str] = {}
    if len(names) > 1 and not has_purpose:
        purposes = [
            each for each in names[1:] if each.purposes >= _HALF and each.purposes > names[0].purposes
        ]
        if not purposes and _are_distinct(names[0]):  # vendors do not share a product
            purposes = [each for each in names[1:] if each.texts and not _are_distinct(each)]
        if purposes:
            best = max(purposes, key=lambda each: each.purposes)
            settled[best.label] = _PURPOSE
            has_purpose = True
            names.remove(best)
    if len(names) > 1 and not any(each.path == _ENTITY for each in columns):
        settled.update(_settle_entity(names))
    for each in columns:
        if each.path == _PURPOSE and not each.certain and each.texts and _hold_roles(each.texts):
            settled[each.label] = _ROLE  # `Entity type: Affiliate`
        if each.path == _PRODUCTS and each.texts and not has_purpose and each.purposes >= _HALF:
            settled[each.label] = _PURPOSE  # `Applicable service: Hosting`
            has_purpose = True
        if each.path == _ROLE and each.texts and not has_purpose and not _hold_roles(each.texts):
            settled[each.label] = _PURPOSE
            has_purpose = True
    return settled


def _are_distinct(column: _Column) -> bool:
    return len(set(column.texts)) == len(column.texts)


def _settle_entity(names: list[_Column]) -> dict[str, str]:
    """Return the column of legal entities next to one of products, if either is."""
    entity = max(names, key=lambda each: each.entities)
    others = [each for each in names if each is not entity and each.purposes < _HALF]
    if not others:
        return {}
    if entity.entities >= _SOME and all(entity.entities > each.entities for each in others):
        return {entity.label: _ENTITY}
    first, *rest = names
    distinct = [each for each in rest if each in others or each is entity]
    repeats = len(set(first.texts)) < len(first.texts)
    if repeats and distinct and len(set(distinct[0].texts)) == len(first.texts):
        return {first.label: _ENTITY}
    return {}


def is_purpose(text: str) -> bool:
    """Return whether a text reads like what a service is for, rather than like a name."""
    if candidates.is_address(text) or has_legal_form(text):
        return False
    words = text.split()
    plain = [word for word in words[1:] if word[0].islower()]
    return len(words) > _PROSE or len(plain) >= max(1, len(words) - 2) or find_service_type(text) is not None


def _hold_roles(texts: tuple[str, ...]) -> bool:
    roles = sum(bool(keywords.parse_choice(_ROLE, text).facts) for text in texts)
    return roles >= _HALF * len(texts)


def _apply(entry: RawService, paths: Mapping[str, str]) -> RawService:
    if not paths:
        return entry
    cells = (each._replace(path=paths.get(each.label, each.path)) for each in entry.cells)
    return entry._replace(cells=tuple(cells))
