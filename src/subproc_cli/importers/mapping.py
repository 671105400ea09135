"""Puts what was found of a service into its fields; what finds no field stays in its notes."""

from collections.abc import Iterable, Sequence

from subproc_cli.enums import Coverage
from subproc_cli.importers import candidates, vocabulary
from subproc_cli.importers.columns import FieldMatch, Labels
from subproc_cli.importers.draft import Draft
from subproc_cli.importers.inference import (
    infer_bases,
    infer_from_words,
    infer_places,
    infer_purpose,
    infer_type,
)
from subproc_cli.importers.models import ABOVE, FIRST, HEADING, PLACES_ABOVE, RUNNING, Cell, RawService
from subproc_cli.importers.name_parts import split_name
from subproc_cli.importers.statistics import Tally
from subproc_cli.importers.text import access, open_places, places, split, values
from subproc_cli.importers.text.parsed import Fact, ParsedValue, make_unparsed
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.reference.geography import UNKNOWN
from subproc_cli.reference.service_types import find_service_type
from subproc_cli.text import slugify

_UNLABELLED: dict[str, FieldMatch | None] = {
    HEADING: FieldMatch("name", certain=True),
    ABOVE: FieldMatch("group", certain=True),
    FIRST: FieldMatch("purpose", certain=False),
    PLACES_ABOVE: FieldMatch("processing", certain=False),
    RUNNING: None,
}
_PURPOSE = FieldMatch("purpose", certain=True)
_TYPE = FieldMatch("service_type", certain=True)


def find_field(cell: Cell, labels: Labels) -> FieldMatch | None:
    """Return the field of a text by its label, or by its place on the page."""
    if cell.path:
        return FieldMatch(cell.path, certain=False)
    if cell.label == FIRST and vocabulary.build_pattern("leads", "pointers").match(cell.text):
        return None
    if cell.label in _UNLABELLED:
        return _UNLABELLED[cell.label]
    return labels.field(cell.label) or (values.OWN if cell.exact and cell.label == values.OWN.path else None)


def is_name_cell(cell: Cell, labels: Labels) -> bool:
    """Return whether a text is the name of a service."""
    field = find_field(cell, labels)
    return field is not None and field.path == "name"


def has_name(entry: RawService, labels: Labels) -> bool:
    """Return whether anything of an entry names a service."""
    names = [cell for cell in entry.cells if is_name_cell(cell, labels) and not _is_silent(cell)]
    return any(cell.exact or not vocabulary.is_statement(cell.text) for cell in names)


def _is_silent(cell: Cell) -> bool:
    return normalize(cell.text) in vocabulary.load_phrases("silent") or not (cell.text.strip() or cell.links)


def build_draft(entry: RawService, labels: Labels, tally: Tally) -> Draft:
    """Return a service with all that was found of it."""
    draft = Draft()
    for cell in entry.cells:
        if cell.label == ABOVE and candidates.is_mere_lead(cell.text):
            infer_from_words(draft, cell, "")
    entry = entry._replace(
        cells=tuple(
            cell for cell in entry.cells if cell.label != ABOVE or not candidates.is_mere_lead(cell.text)
        )
    )
    cells = sorted(entry.cells, key=lambda cell: not labels.maps(cell.label))
    fields = _settled([(cell, find_field(cell, labels)) for cell in cells], labels)
    name = next((cell.text for cell, field in fields if field and field.path == "name" and cell.text), "")
    read: list[ParsedValue | None] = []
    for cell, field in fields:
        read.append(None if _is_silent(cell) else _add_cell(draft, cell, field, name))
        draft.stated |= {field.path} if field and read[-1] else set()
        infer_from_words(draft, cell, field.path if field else "")
    infer_places(draft, fields)
    infer_purpose(draft, fields)
    infer_type(draft, fields)
    infer_bases(draft, fields)
    words = [cell.text if cell.label == ABOVE else cell.label for cell, field in fields if field]
    is_affiliate = any(vocabulary.contains_words(text, "role", "affiliate") for text in words)
    is_noted = split_name(draft, is_exact=any(cell.exact for cell in entry.cells), is_affiliate=is_affiliate)
    known = [
        (cell, field, reading)
        for (cell, field), reading in zip(fields, read, strict=True)
        if field and reading
    ]
    _withdraw(draft, known)
    draft.remarks += [
        f"{draft.name}: {cell.label} is not read: {cell.text}. Check whether the service is still in use"
        for cell, field, reading in known
        if field.path == "until" and _is_unread(cell, reading)
    ]
    dropped = _resolve_guesses(draft)
    guessed = [fact for fact in draft if fact.guessed]
    draft.to_file_form()
    counted: list[Fact] = []
    for (cell, field), reading in zip(fields, read, strict=True):
        is_withdrawn = field is not None and field.path in draft.withdrawn
        left = reading and _left(draft, cell, reading, reading.facts if is_withdrawn else dropped)
        if left and left.facts and field and field.path == "name" and is_noted:
            left = left._replace(rest=cell.text)
        tally.add(cell.label, field.path if field else "", left)
        counted += left.facts if left else ()
        if field and left and left.guessed and _is_guess_by_label(cell, field, name):
            tally.add_guess_by_label(cell.label)
    for fact in guessed:
        if fact not in counted:
            tally.add_inferred(fact.path)
    return draft


def _is_guess_by_label(cell: Cell, field: FieldMatch, name: str) -> bool:
    """Return whether a text is a guess only because its label is not certain."""
    if (field.certain and not cell.path) or cell.label in _UNLABELLED or cell.guessed:
        return False
    reading = values.parse_cell(FieldMatch(field.path, certain=True), cell, name)
    return bool(reading.facts) and not reading.guessed


def _withdraw(draft: Draft, read: Iterable[tuple[Cell, FieldMatch, ParsedValue]]) -> None:
    """Take back the places and promises of a service of which a text was read in part.

    What is left of them would answer questions as if it were the whole.
    """
    by_path: dict[str, list[tuple[Cell, ParsedValue]]] = {}
    for cell, field, reading in read:
        by_path.setdefault(field.path, []).append((cell, reading))
    for path in (places.PATH, access.NEVER, access.SEES):
        texts = by_path.get(path, [])
        parts = [cell for cell, reading in texts if reading.partly]
        if path == places.PATH and not parts and any(map(_is_anywhere, draft.facts(path))):
            _read_jointly(draft, [cell for cell, _ in texts])
        if path == places.PATH and draft.facts(path):
            parts += [cell for cell, reading in texts if _is_unread(cell, reading)]
        if not parts or (path == access.SEES and draft.facts(path)):
            continue
        if path == places.PATH and _read_jointly(draft, [cell for cell, _ in texts]):
            continue
        for fact in draft.facts(path):
            draft.drop(fact)
        draft.withdrawn.add(path)
        texts_read = [cell.text for cell, _ in texts]
        possible = open_places.parse_possible("; ".join(texts_read)) if path == places.PATH else None
        if possible:
            draft.add(possible)
        else:
            draft.unread[path] = None
        is_open = "stated as open" if possible else "left out"
        draft.remarks += [_describe_unread(draft.name, path, is_open, cell) for cell in dict.fromkeys(parts)]


def _is_anywhere(fact: Fact) -> bool:
    """Return whether a place is that of a town whose country is open, and may be stated in another column."""
    value = fact.value.get("place") if isinstance(fact.value, dict) else fact.value
    return isinstance(value, list) and UNKNOWN in value


def _read_jointly(draft: Draft, cells: Sequence[Cell]) -> bool:
    """Read the places of several texts as one, such as a town in one column and its country in the next."""
    facts = places.parse_processing(", ".join(cell.text for cell in cells)).facts if len(cells) > 1 else ()
    for fact in draft.facts(places.PATH) if facts else ():
        draft.drop(fact)
    for fact in facts:
        draft.add(fact._replace(guessed=True))
    return bool(facts)


def _is_unread(cell: Cell, reading: ParsedValue) -> bool:
    """Return whether a text says something of which nothing was understood."""
    words = normalize(cell.text)
    return not reading.facts and bool(words) and words not in vocabulary.load_phrases("nothing")


def _describe_unread(name: str, path: str, what: str, cell: Cell) -> str:
    text = " ".join(cell.text.split())
    return f"{name}: {path} is {what} because {cell.label} is only partly understood: {text}"


def _settled(
    fields: list[tuple[Cell, FieldMatch | None]], labels: Labels
) -> list[tuple[Cell, FieldMatch | None]]:
    """Return fields without those that a label may mean where another label certainly means them.

    Next to `Location of processing` a mere `Country` is that of the entity; next to `Purpose` or
    `Activities` a mere `Category` is a note. A `Service type` is the purpose unless a purpose is stated and
    each of its words is a known kind of service.
    """
    is_stated = any(field and field.path == "purpose" and cell.text.strip() for cell, field in fields)
    fields = [
        (cell, _PURPOSE._replace(certain=False))
        if field == _TYPE
        and not (cell.exact or labels.maps(cell.label) or (is_stated and _names_types(cell.text)))
        else (cell, field)
        for cell, field in fields
    ]
    fields = _settle_purposes(fields)
    if FieldMatch("processing", certain=True) not in (field for _, field in fields):
        return fields
    likely, entity = FieldMatch("processing", certain=False), FieldMatch("entity.country", certain=False)
    return [
        (cell, entity if field == likely and cell.label != PLACES_ABOVE else field) for cell, field in fields
    ]


def _settle_purposes(fields: list[tuple[Cell, FieldMatch | None]]) -> list[tuple[Cell, FieldMatch | None]]:
    """Return fields without likely purposes next to a certain one, and without categories next to others."""
    likely = _PURPOSE._replace(certain=False)
    stated = [cell for cell, field in fields if field == likely and cell.text.strip()]
    is_certain = any(field == _PURPOSE and cell.text.strip() for cell, field in fields)
    is_described = not all(_is_headed(cell, "categories", "reasons") for cell in stated)
    dropped = [
        cell
        for cell, field in fields
        if field == likely
        and cell.label not in _UNLABELLED
        and (is_certain or (is_described and _is_headed(cell, "categories")))
    ]
    return [(cell, None if cell in dropped else field) for cell, field in fields]


def _is_headed(cell: Cell, *kinds: str) -> bool:
    return any(normalize(cell.label) in vocabulary.load_phrases("leads", kind) for kind in kinds)


def _names_types(text: str) -> bool:
    return all(map(find_service_type, split.split_pieces(text)))


def _add_cell(draft: Draft, cell: Cell, field: FieldMatch | None, name: str) -> ParsedValue:
    """Add the facts of one text to a service, and say what became of the text."""
    label = _shown(cell)
    if field is None:
        draft.note(cell.text, label)
        reading = ParsedValue((), cell.text)
    else:
        reading = _identified(draft, cell) if field.path == "id" else _added(draft, field, cell, name)
        if reading.rest:
            draft.note(reading.rest, label or field.path.capitalize())
    if field is None or not field.path.startswith("links."):
        _add_links(draft, cell, label)
    return reading


def _identified(draft: Draft, cell: Cell) -> ParsedValue:
    """Take a text as the id of its service, unless that has one or no id can be made of it."""
    is_number = cell.text.isdecimal() and not cell.exact  # of a row, not of a service
    if is_number or not slugify(cell.text) or draft.id not in ("", cell.text):
        return make_unparsed(cell.text)
    draft.id = cell.text
    return ParsedValue((Fact("id", cell.text),))


def _added(draft: Draft, field: FieldMatch, cell: Cell, name: str) -> ParsedValue:
    """Add the facts of a text; return those that were added, and the text if one was not."""
    reading = values.parse_cell(field, cell, name)
    refused = [fact for fact in reading.facts if not draft.add(fact)]
    if not refused:
        return reading
    taken = tuple(fact for fact in reading.facts if fact not in refused)
    return ParsedValue(taken, cell.text)


def _add_links(draft: Draft, cell: Cell, label: str) -> None:
    facts = values.parse_links(cell)
    known = {fact.value for fact in facts if draft.add(fact)}
    for link in cell.links:
        if link not in known and not link.startswith("#"):
            draft.note(link, f"{label} links to".strip())


def _resolve_guesses(draft: Draft) -> list[Fact]:
    """Take back the guesses that other statements make needless or contradict, and return them."""
    dropped: list[Fact] = []
    seen: set[tuple[str, ...]] = set()
    for fact in draft.facts(access.SEES):
        data, extent, when = _said(fact)
        if fact.guessed and {(data, extent, when), (data, extent, "")} & seen:
            dropped.append(fact)
        seen |= {(data, extent, when), (data, Coverage.PARTIAL, when)}
    kinds = {each[0] for each in seen}
    dropped += [fact for fact in draft.facts(access.NEVER) if fact.guessed and fact.value in kinds]
    for fact in dropped:
        draft.drop(fact)
    return dropped


def _said(fact: Fact) -> tuple[str, str, str]:
    """Return the category that a service sees, how much of it and under which condition."""
    said = fact.value if isinstance(fact.value, dict) else {"data": fact.value}
    return said["data"], said.get("extent", Coverage.FULL), said.get("when", "")


def _left(draft: Draft, cell: Cell, reading: ParsedValue, dropped: Sequence[Fact]) -> ParsedValue:
    """Return what is left of a reading without the facts that were taken back; the notes keep their words."""
    facts = tuple(fact for fact in reading.facts if fact not in dropped)
    if facts == reading.facts:
        return reading
    draft.note(cell.text, _shown(cell))
    return ParsedValue(facts, cell.text)


def _shown(cell: Cell) -> str:
    """Return the label that a text has in the notes; a substitute for a label is not one."""
    return "" if cell.label in _UNLABELLED else cell.label
