"""Plain data as services: any list of objects, or objects by key, wherever it is."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.errors import ReadError
from subproc_cli.importers import items, vocabulary
from subproc_cli.importers.blocks import Grid, collect_links, get_text
from subproc_cli.importers.columns import Labels, split_camel_case
from subproc_cli.importers.formats import html
from subproc_cli.importers.layouts import inactive_sections, inactive_services
from subproc_cli.importers.models import ABOVE, Cell, InactiveService, RawService, RawTable
from subproc_cli.importers.vocabulary import normalize

_DEEPEST = 50
_MARKUP = re.compile(r"</|<br")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_KEY = "(key)"
"""The label of the key that an object is under."""


class _Listed(NamedTuple):
    """Objects that may be services, the list or the mapping that holds them, and the keys that lead to it."""

    data: list[Any] | dict[str, Any]
    rows: list[dict[str, Any]]
    keys: tuple[str, ...]
    title: str = ""

    @property
    def group(self) -> str:
        """What the list is called among several: a text next to it, otherwise its key."""
        return self.title or " ".join(
            split_camel_case(self.keys[-1]).replace("_", " ").split() if self.keys else ()
        )

    @property
    def set_apart_by(self) -> str:
        """The key that says that the objects are not in use, such as `former`; empty if none does."""
        return next((key for key in self.keys if inactive_sections.is_set_apart(split_camel_case(key))), "")


def parse_data(data: Any, labels: Labels, *, is_script: bool = False) -> RawTable:
    """Return the services of the best understood list of objects with a name; others are not in use.

    Args:
        data: the data.
        labels: the labels that are known.
        is_script: whether the outermost keys are names of variables, which are not names of services.

    Raises:
        ReadError: there is no such list.
    """
    lists = [
        each
        for each in (_name_by_id(each, labels) for each in _lists(data))
        if not _is_record(each.data, labels)
        and any(_named(row, labels) for row in each.rows)
        and not (is_script and each.data is data)
    ]
    if not lists:
        hint = 'state which field is the name: --map "field=name"'
        raise ReadError("the file has no list of objects with a name", hint)
    family = _choose(_drop_others(lists), labels)
    chosen = family[0]
    entries = [
        _entry(row, each.keys, each.group if len(family) > 1 else "")
        for each in family
        for row in each.rows
        if _named(row, labels)
    ]
    skipped = [
        text
        for each in family
        for row in each.rows
        if not _named(row, labels)
        for text in iter_value_lines(row)
    ]
    left_out = [
        InactiveService(inactive_services.describe(_entry(row, ())), f"under {each.set_apart_by!r}")
        for each in lists
        if each.set_apart_by and not chosen.set_apart_by
        for row in each.rows
    ]
    apart = frozenset(id(each.data) for each in lists if each.set_apart_by and not chosen.set_apart_by)
    beside = _beside(data, frozenset(id(each.data) for each in family), "", apart)
    return RawTable(tuple(entries), (*beside, *skipped), left_out=tuple(left_out))


def _choose(lists: list[_Listed], labels: Labels) -> list[_Listed]:
    """Return the best understood list, and those next to it of the same shape: one a category."""
    families: dict[tuple[bool, int, tuple[str, ...]], list[_Listed]] = {}
    for each in lists:
        families.setdefault((not each.set_apart_by, len(each.keys), each.keys[:-1]), []).append(each)
    for each in lists if len(lists) <= _LISTS_COMPARED else ():
        for at in range(len(each.keys) - 1):  # `hosting.table.rows` next to `mail.table.rows`
            route = (*each.keys[:at], "", *each.keys[at + 1 :])
            part = split_camel_case(each.keys[at])
            titled = each._replace(title=each.title or part)
            if not (_is_of_services(part) or normalize(part) in _others()):
                families.setdefault((not each.set_apart_by, len(each.keys), route), []).append(titled)

    def rank(family: list[_Listed]) -> tuple[bool, bool, int]:
        is_of_services = any(_is_of_services(split_camel_case(key)) for each in family for key in each.keys)
        return not family[0].set_apart_by, is_of_services, sum(_known(each.rows, labels) for each in family)

    alike = [_alike(family, labels) for family in families.values()]
    return max(alike, key=rank)


def _is_of_services(part: str) -> bool:
    return vocabulary.contains_words(part, "services")


def _others() -> frozenset[str]:
    return vocabulary.load_phrases("leads", "other_headings")


_LISTS_COMPARED = 200
"""Maximum number of lists of which any part of the path to them may be what tells them apart."""


def _alike(family: list[_Listed], labels: Labels) -> list[_Listed]:
    """Return the lists of a family whose objects have the fields of the best one, and not its names."""
    family = _drop_others(family)
    best = max(family, key=lambda each: _known(each.rows, labels))
    fields, names = _keys(best), _row_names(best, labels)
    found = []
    for each in family:
        own, own_names = _keys(each), _row_names(each, labels)
        is_copy = each is not best and len(own_names & names) * 2 > len(own_names)  # as in another language
        if each is best or (len(own & fields) * 2 >= len(own | fields) and not is_copy):
            found.append(each)
    return found


def _drop_others(family: list[_Listed]) -> list[_Listed]:
    """Return the lists without those of cookies, people or questions, unless there are no others."""
    keys = [
        normalize(split_camel_case(each.keys[-1]).replace("_", " ")) if each.keys else "" for each in family
    ]
    known = vocabulary.load_phrases("no_service", "other_keys")
    others = [key in _others() or key.rpartition(" ")[2] in known for key in keys]
    return [each for each, is_other in zip(family, others, strict=True) if not is_other] or family


def _keys(listed: _Listed) -> set[str]:
    return {str(key) for row in listed.rows for key in row}


def _row_names(listed: _Listed, labels: Labels) -> set[str]:
    return {
        format_value(value)
        for row in listed.rows
        for path, value in _fields(row)
        if not _has_objects(value) and (field := labels.field(path)) and field.path == "name"
    }


def _entry(row: dict[str, Any], keys: tuple[str, ...], group: str = "") -> RawService:
    above = [Cell(ABOVE, group)] if group else []
    return RawService((*iter_cells(row), *above), under=tuple(map(split_camel_case, keys)))


def iter_cells(row: dict[str, Any]) -> Iterator[Cell]:
    """Yield the fields of an object, what is nested under the path to it."""
    for path, value in _fields(row):
        text, linked = _read_markup(format_value(_titles_of(value)))
        is_name = path == "name" and linked == (text,)
        yield Cell(path, text, () if is_name else linked)


def _read_markup(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the elements of a page in it, and its links; a text may be nothing but links."""
    words = text.split("; ")
    if all(map(_URL.fullmatch, words)):
        return text, tuple(words)
    if not _MARKUP.search(text):
        return text, ()
    blocks = html.parse_blocks(text).blocks
    runs = [each.runs for each in blocks if not isinstance(each, Grid)]
    return "\n".join(map(get_text, runs)) or text, tuple(
        link for each in runs for link in collect_links(each)
    )


def _fields(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, dict) and value:
            yield from ((f"{key}.{path}", each) for path, each in _fields(value))
        else:
            yield str(key), value


def _titles_of(value: Any) -> Any:
    """Return objects with a code and one text each as these texts: `[{country: Germany, code: DE}]`."""
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        return value
    found = [[text for key, text in each.items() if key not in _CODES] for each in value]
    plain = all(len(texts) == 1 and isinstance(texts[0], str) for texts in found)
    return [texts[0] for texts in found] if plain else value


def format_value(value: Any) -> str:
    """Return a value as text; several ones with semicolons between."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(filter(None, map(format_value, value)))
        case dict():
            return ", ".join(f"{key}: {told}" for key, each in value.items() if (told := format_value(each)))
        case _:
            return str(value)


def iter_value_lines(value: Any, path: str = "") -> Iterator[str]:
    """Yield what plain data says, a line for each value, after the path to it."""
    if isinstance(value, dict) and value:
        for key, each in value.items():
            yield from iter_value_lines(each, f"{path}.{key}" if path else str(key))
    elif told := format_value(value):
        yield f"{path}: {told}" if path else told


def iter_texts(data: Any) -> Iterator[str]:
    """Yield the texts in plain data, in their order."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from iter_texts(each)


_CODES = frozenset(
    ("code", "flag", "icon", "id", "slug", "logo", "image", "key", "iso", "emoji", "countryCode")
)
"""Keys of what says nothing more than the text next to it."""
_TITLES = ("category", "group", "section", "title", "heading", "label", "name", "type")
"""Keys of the text that says what the list next to it is about."""


def _lists(data: Any, keys: tuple[str, ...] = (), depth: int = 0, title: str = "") -> Iterator[_Listed]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        rows = [row for row in data if isinstance(row, dict)]
        if rows:
            yield _Listed(data, rows, keys, title)
        for each in data:
            yield from _lists(each, keys, depth + 1)
    elif isinstance(data, dict):
        values = list(data.values())
        if values and all(isinstance(each, dict) for each in values) and not _is_by_language(data):
            yield _Listed(data, [_row(key, each) for key, each in data.items()], keys)
        for key, each in data.items():
            if rows := _name_rows(key, each):
                yield _Listed(each, rows, (*keys, str(key)))
            above = next((data[at] for at in _TITLES if isinstance(data.get(at), str)), "")
            yield from _lists(each, (*keys, str(key)), depth + 1, above if depth else "")


def _is_by_language(data: dict[str, Any]) -> bool:
    """Return whether a mapping holds the texts of a page by language: `{de: {…}, en: {…}}`."""
    codes = {str(key).partition("-")[0] for key in data}
    return all(len(code) == len("en") for code in codes) and codes.issuperset({"en"}) and len(codes) > 1


def _name_rows(key: Any, data: Any) -> list[dict[str, Any]]:
    """Return services without a name of their own as objects with one, if their key is a word for services.

    They are texts, or texts by name. Texts such as `Acme: hosting` are more than names.
    """
    called = normalize(split_camel_case(str(key)).replace("_", " "))
    if not data or called not in vocabulary.load_phrases("services"):
        return []
    if isinstance(data, dict):
        are_named = all(not str(name)[0].islower() and isinstance(each, str) for name, each in data.items())
        return [{"name": name, "purpose": each} for name, each in data.items()] if are_named else []
    if not isinstance(data, list):
        return []
    are_names = all(isinstance(each, str) and len(each.split()) <= _LONGEST_NAME for each in data)
    are_names = are_names and not all(map(items.SEPARATOR.search, data))
    return [{"name": each} for each in data] if are_names else []


def _name_by_id(listed: _Listed, labels: Labels) -> _Listed:
    """Return a list without names, if it is called by a word for services, with its ids as names."""
    if any(_named(row, labels) for row in listed.rows):
        return listed
    called = normalize(split_camel_case(listed.keys[-1]).replace("_", " ")) if listed.keys else ""
    have_ids = all(isinstance(row.get("id"), str) for row in listed.rows)
    is_named = called in vocabulary.load_phrases("services") and have_ids
    return listed._replace(rows=[{"name": row["id"], **row} for row in listed.rows]) if is_named else listed


_LONGEST_NAME = 6
"""Maximum number of words of a text that is a name."""


def _row(key: str, each: dict[str, Any]) -> dict[str, Any]:
    """Return an object with its key as name and id, or as a further field if it has both."""
    row = {"name": key, "id": key, **each}
    return row if key in (row["name"], row["id"]) else {**row, _KEY: key}


def _known(rows: list[dict[str, Any]], labels: Labels) -> int:
    """Return how many texts of a list are under a label that is known."""
    return sum(labels.field(str(key)) is not None for row in rows for key in row)


def _named(row: dict[str, Any], labels: Labels) -> bool:
    return any(
        (field := labels.field(path)) is not None
        and field.path == "name"
        and (name := format_value(value))
        and normalize(name) not in vocabulary.load_phrases("services")  # the title of a page of them
        for path, value in _fields(row)
        if not _has_objects(value)
    )


def _is_record(data: Any, labels: Labels) -> bool:
    """Return whether an object is a service whose fields are in objects, not services by their ids."""
    fields = [labels.field(key) for key in data] if isinstance(data, dict) else []
    paths = {field.path for field in fields if field}
    return len(paths) > 1 and 2 * sum(map(bool, fields)) > len(fields)


def _has_objects(value: Any) -> bool:
    """Return whether a value is a list of objects: `services` may be above some, and then names none."""
    return isinstance(value, list) and any(isinstance(each, dict) for each in value)


def _beside(data: Any, chosen: frozenset[int], path: str, apart: frozenset[int]) -> Iterator[str]:
    """Yield what is anywhere next to the list of services, after the path to it; not the lists set apart."""
    if id(data) in apart:
        return
    if not _holds(data, chosen):
        yield from iter_value_lines(data, path)
    elif isinstance(data, dict):
        for key, each in data.items() if id(data) not in chosen else ():
            yield from _beside(each, chosen, f"{path}.{key}" if path else str(key), apart)
    else:
        is_read = id(data) in chosen and not any(isinstance(each, dict) for each in data)
        for each in data if not is_read else ():
            if id(data) not in chosen or not isinstance(each, dict):
                yield from _beside(each, chosen, path, apart)


def _holds(data: Any, chosen: frozenset[int]) -> bool:
    """Return whether plain data is one of some lists, or holds one; equal contents do not count."""
    if id(data) in chosen:
        return True
    held = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return any(_holds(each, chosen) for each in held)
