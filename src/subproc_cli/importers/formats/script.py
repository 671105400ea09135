"""Imports arrays of literals from scripts and the pages that embed them, such as TypeScript and Astro.

Nothing is run: a list whose values would have to be computed is refused.
"""

import html
import json
import re
from collections import Counter
from functools import partial
from typing import Any

from subproc_cli.errors import ReadError
from subproc_cli.importers import candidates, vocabulary
from subproc_cli.importers.columns import Labels, split_camel_case
from subproc_cli.importers.formats import json as objects
from subproc_cli.importers.formats import literal_rows, script_labels, titled_texts
from subproc_cli.importers.formats.literals import CODE, iter_literals
from subproc_cli.importers.models import RawTable
from subproc_cli.importers.vocabulary import normalize

_COMPONENT = re.compile(r"<([A-Z]\w*)\s+((?:[\w:-]+=(?:\"[^\"]*\"|'[^']*'|\{[^{}]*\})\s*){1,40})/?>")
_ATTRIBUTE = re.compile(r"([\w:-]+)=(?:\"([^\"]*)\"|'([^']*)'|\{\s*[\"'`]([^{}\"'`]*)[\"'`]\s*\})")
_DATA_SCRIPT = re.compile(r"<script\b[^<>]*type=[\"']application/(?:ld\+)?json[\"'][^<>]*>", re.IGNORECASE)
_SCRIPT_END = re.compile("</script>", re.IGNORECASE)
_TITLES = ("title", "heading", "pageTitle", "h1", "metaTitle", "headline")
_ASKED = frozenset(("never_sees", "transfer", "entity.country", "role", "activation", "personal_data"))
"""Fields by which questions are answered, so that a text that may be replaced is not read."""
_FEWEST_LINKED = 2
_TELLING = frozenset(("purpose", "processing", "sees", "entity.country"))
_COMPUTED = "the services are computed by a script; the importer does not run code"


def parse_script(text: str, labels: Labels) -> RawTable:
    """Return the services of a script.

    Raises:
        ReadError: it has no list of them, or their names would have to be computed.
    """
    text = _resolve_constants(text)
    data = _collect(text, labels)
    try:
        found = objects.parse_data(data, labels, is_script=True)._replace(titles=tuple(_find_titles(data)))
        found = script_labels.relabel(found, text, labels)._replace(site=tuple(_find_companies(data)))
    except ReadError:
        found = RawTable(())
    if not _is_telling(found, labels, 1):
        found = literal_rows.read_rows(data.items(), labels, text)
    if _is_telling(found, labels, 1):
        return found
    if _has_computed_names(text, labels):
        raise ReadError(_COMPUTED, "import the finished page saved in a browser")
    raise ReadError("no services found in the script", "import the finished page saved in a browser")


def _resolve_constants(text: str) -> str:
    """Return a script with the texts that it looks up in objects of constants, such as `countries.us`."""
    for name, value in iter_literals(text):
        if not (isinstance(value, dict) and value and all(isinstance(each, str) for each in value.values())):
            continue
        uses = re.compile(rf"(?<![\w.$'\"`]){re.escape(name)}\.([A-Za-z_$][\w$]*)(?![\w$.(\[]|\s*=[^=])")
        declared = re.search(rf"\bconst\s+{re.escape(name)}\b", text) if name else None
        if declared and len(text) <= _LONGEST_SCRIPT:
            text = uses.sub(partial(_look_up, value), text)
    return text


def _look_up(values: dict[str, str], match: re.Match[str]) -> str:
    return json.dumps(values[match[1]], ensure_ascii=False) if match[1] in values else match[0]


_LONGEST_SCRIPT = 200_000
"""Maximum number of characters of a script in which the uses of constants are looked up."""


def _parse_data_scripts(text: str, labels: Labels) -> RawTable:
    """Return the services of the JSON in a page, as frameworks embed it; the richest one."""
    best = RawTable(())
    for match in _DATA_SCRIPT.finditer(text):
        end = _SCRIPT_END.search(text, match.end())
        if end is None:
            break
        try:
            found = objects.parse_data(json.loads(text[match.end() : end.start()]), labels)
        except (ValueError, ReadError, RecursionError):
            continue
        if _is_telling(found, labels, 2) and len(found.entries) > len(best.entries):
            best = found
    return best


def parse_embedded(text: str, labels: Labels) -> RawTable:
    """Return the services of the scripts in a page, none unless a list clearly contains services."""
    found = _parse_data_scripts(text, labels)
    if found.entries:
        return found
    try:
        found = parse_script(text, labels)
    except ReadError:
        return RawTable(())
    return found if _is_telling(found, labels, 2) else RawTable(())


def _is_telling(found: RawTable, labels: Labels, fewest: int) -> bool:
    """Return whether a list has enough fields of services, or is called by a word for them."""
    labelled = [labels.field(cell.label) for entry in found.entries for cell in entry.cells]
    paths = {field.path for field in labelled if field}
    names = {*found.titles, *(name for entry in found.entries for name in entry.under)}
    is_named = bool(found.entries) and any(map(candidates.speaks_of_services, names))
    return len(paths & _TELLING) >= fewest or is_named or _links_to_policies(found)


def _links_to_policies(found: RawTable) -> bool:
    """Return whether most entries of a list link to the privacy policy of the company that they name."""
    own = [
        any(
            candidates.links_to(entry.cells[0].text, cell.text) and "privacy" in cell.text
            for cell in entry.cells
        )
        for entry in found.entries
    ]
    return len(own) >= _FEWEST_LINKED and 2 * sum(own) > len(own)


def _collect(text: str, labels: Labels) -> dict[str, Any]:
    """Return the literals of a script by the names they are assigned to, and its components by theirs."""
    found: dict[str, Any] = {}
    uses = Counter[str]()
    for name, value in iter_literals(text):
        cleaned = _clean(value, labels)
        if cleaned not in ({}, [], None):
            key = name or "default"
            uses[key] += 1
            found[key if uses[key] == 1 else f"{key} {uses[key]}"] = cleaned
    components: dict[str, list[dict[str, str]]] = {}
    for match in _COMPONENT.finditer(text):
        if _encloses_blocks(text, match):
            continue
        row = {key: a or b or c for key, a, b, c in _ATTRIBUTE.findall(match[2]) if a or b or c}
        if children := _read_children(text, match):
            row.setdefault("body", children)
        components.setdefault(match[1], []).append(row)
    return {**found, **{name: rows for name, rows in components.items() if name not in found}}


def _encloses_blocks(text: str, start: re.Match[str]) -> bool:
    """Return whether a component is around paragraphs, lists or tables, as a part of a page is."""
    end = -1 if start[0].endswith("/>") else text.find(f"</{start[1]}>", start.end())
    return end >= 0 and _BLOCK.search(text, start.end(), end) is not None


def _read_children(text: str, start: re.Match[str]) -> str:
    """Return what a component is around if it is nothing but text; otherwise nothing."""
    end = -1 if start[0].endswith("/>") else text.find("<", start.end())
    children = (
        " ".join(text[start.end() : end].split()) if text.startswith(f"</{start[1]}>", max(end, 0)) else ""
    )
    return "" if "{" in children else html.unescape(children)


_BLOCK = re.compile(r"<(?:p|div|ul|ol|table|h[1-6]|section)\b")
_MORE = "…"
"""Stands for code among the texts of a list, so that a list of places is not read as if it were whole."""
_OPEN_TEXT = 2
"""Length of a list of a text and the code that may replace it."""


def _clean(value: Any, labels: Labels) -> Any:
    """Return a literal without what is code in it; code among texts leaves the mark that more follows.

    A text that code may replace is kept alone, except a place, which is left open, and what answers
    questions, such as a promise.
    """
    if isinstance(value, dict):
        found: dict[str, Any] = {}
        for key, each in value.items():
            cleaned = _clean(each, labels)
            field = labels.field(key)
            is_open = isinstance(cleaned, list) and len(cleaned) == _OPEN_TEXT and cleaned[1] == _MORE
            if each is CODE or (is_open and field and field.path in _ASKED):
                continue
            found[key] = cleaned[0] if is_open and not (field and field.path == "processing") else cleaned
        return found
    if isinstance(value, list):
        known = [_clean(each, labels) for each in value if each is not CODE]
        is_partial = len(known) < len(value) and any(isinstance(each, str) for each in known)
        return [*known, _MORE] if is_partial else known
    return None if value is CODE else value


def _has_computed_names(text: str, labels: Labels) -> bool:
    """Return whether a list has objects whose names are code."""
    return any(_is_computed(value, labels) for _, value in iter_literals(text))


def _is_computed(value: Any, labels: Labels) -> bool:
    if isinstance(value, dict):
        named = [
            each is CODE
            for key, each in value.items()
            if (field := labels.field(key)) and field.path == "name"
        ]
        return any(named) or any(_is_computed(each, labels) for each in value.values())
    return isinstance(value, list) and any(_is_computed(each, labels) for each in value)


def find_titles(text: str, labels: Labels) -> list[str]:
    """Return what a script calls its page."""
    return _find_titles(_collect(text, labels))


def read_texts(text: str, labels: Labels) -> RawTable:
    """Return the services of the lists of texts in a script, below a title that speaks of services."""
    data = _collect(text, labels)
    found = titled_texts.read_texts(data, labels)
    return found._replace(titles=tuple(_find_titles(data)), site=tuple(_find_companies(data)))


def _find_titles(data: dict[str, Any]) -> list[str]:
    found = [data[key] for key in _TITLES if isinstance(data.get(key), str)]
    for value in data.values():
        if isinstance(value, dict):
            found += [value[key] for key in _TITLES if isinstance(value.get(key), str)]
    return [split_camel_case(each) for each in found]


def _find_companies(data: dict[str, Any]) -> list[str]:
    """Return the names of the companies that constants such as `COMPANY` describe."""
    known = vocabulary.load_phrases("no_service", "publishers")
    found = [
        value for key, value in data.items() if normalize(split_camel_case(key).replace("_", " ")) in known
    ]
    names = [value.get("name") if isinstance(value, dict) else value for value in found]
    return [name for name in names if isinstance(name, str)]
