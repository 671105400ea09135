"""What is exported is imported again as the same services, with nothing guessed and nothing in the notes.

Not carried: by CycloneDX what stands above the services, and so the publisher's own words for data
and places, which come back in the notes; by tables the line ends and tabs of texts. A text
that says that nothing is stated (`not stated`) comes back as nothing, and a value that is listed twice once.
"""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from import_cases import made
from registry_text import HEAD
from subproc_cli.enums import Basis
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.importers import vocabulary
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.output.sanitize import replace_line_breaks
from subproc_cli.reference.categories import load_category_tree
from subproc_cli.reference.geography import load_country_codes
from subproc_cli.reference.geography import load_gazetteer as gazetteer
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.layout import format_value
from subproc_cli.yaml.source import Source

KINDS = {"json": InputFormat.JSON, "cyclonedx": InputFormat.AUTO, "csv": InputFormat.CSV}
PIECES = [
    "[ISO]",
    "a;b",
    "users, visitors",
    "'",
    "=",
    " ",
    "-1",
    "personal data",
    "email",
    "\u200c",
    "\u202e",
    "\\u202e",
    "\\x5c",
    "\\",
    "yes",
    "{}",
    "\n",
    "x",
]
TEXTS = st.builds(
    lambda pieces, more: "".join(pieces) + more,
    st.lists(st.sampled_from(PIECES), max_size=3),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
).filter(lambda text: text.strip() and vocabulary.normalize(text) not in vocabulary.load_phrases("silent"))
SAFE = TEXTS.map(replace_line_breaks)
"""What a table carries: everything but the ends of lines, also what cannot be seen and what looks like an escape."""
IDS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4})?", fullmatch=True)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(str)
CATEGORIES = st.sampled_from([category.key for category in load_category_tree()])
COUNTRIES = st.sampled_from(sorted(load_country_codes()))
PLACES = COUNTRIES | st.sampled_from(sorted(gazetteer().regions))


def several(values: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Return values each of which says something else: what is said twice is imported once."""
    return st.lists(values, min_size=1, max_size=3, unique_by=said)


def said(value: Any) -> str:
    """Return a value in one of the two forms in which a statement of one word can be written."""
    if not isinstance(value, dict):
        return json.dumps(value)
    rest = {key: each for key, each in value.items() if (key, each) != ("extent", "full")}
    if rest.keys() == {"data"}:
        return json.dumps(rest["data"])
    alone = rest.keys() == {"place"} and len(rest["place"]) == 1
    return json.dumps(rest["place"][0] if alone else rest)


def fields(
    known: dict[str, st.SearchStrategy[Any]], **always: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(always, optional=known)


def stated(known: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    return fields(known).filter(bool)


def services(texts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return services by id, with any of their fields."""
    own = st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | texts | st.just("not stated"),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
        max_leaves=4,
    )
    mine = {"x-own": own, "x-more": own}
    sees = fields(
        {
            "may_contain": several(CATEGORIES),
            "extent": st.sampled_from(["full", "partial"]),
            "when": texts,
            "note": texts,
            **mine,
        },
        data=CATEGORIES,
    )
    processing = fields(
        {"when": texts, "how": st.just("remote-access"), "note": texts, **mine}, place=several(PLACES)
    )
    transfer = fields({"until": DAYS, "note": texts, **mine}, basis=st.sampled_from([*map(str, Basis)]))
    words = dict.fromkeys(("purpose", "group", "notes", "condition", "contact", "retention", "source"), texts)
    lists = {name: several(texts) for name in ("products", "subjects", "certifications", "onward")}
    entity = {"name": texts, "address": texts, "country": COUNTRIES, "parent": texts}
    links = dict.fromkeys(
        ("website", "privacy", "dpa", "security", "subprocessors"), texts | st.just("https://example.com")
    )
    service = fields(
        {
            **words,
            **lists,
            **mine,
            "formerly": several(IDS.map("old-{}".format)),
            "role": st.sampled_from(["subprocessor", "affiliate", "processor", "controller", "vendor"]),
            "activation": st.sampled_from(["always", "opt-in", "opt-out"]),
            "sees": several(CATEGORIES | sees),
            "never_sees": several(CATEGORIES),
            "personal_data": st.booleans(),
            "processing": several(PLACES | processing),
            "entity": stated({**entity, **mine}),
            "transfer": several(transfer),
            "links": stated({**links, **mine}),
            "since": DAYS,
            "until": DAYS,
        },
        name=texts,
    )
    return st.dictionaries(IDS, service, min_size=1, max_size=2)


def listed(given: dict[str, Any]) -> Registry:
    about = load_registry(Source("list.yaml", f"{HEAD}services: {format_value(given)}\n".encode()))
    assert isinstance(about, Registry), about
    return about


def exported(name: str, about: Registry) -> bytes:
    [exporter] = [each for each in EXPORTERS if each.name == name]
    return exporter.load_module().render(Export(about, about.model.services, date(2026, 1, 31)))


@given(st.data())
@settings(max_examples=60)
@pytest.mark.parametrize("name", KINDS)
def test_import_of_any_export_gives_the_same_services(name: str, data: st.DataObject) -> None:
    about = listed(data.draw(services(SAFE if name == "csv" else TEXTS)))
    again = made(exported(name, about), KINDS[name])
    assert again.read.model.services == about.model.services
    assert list(again.read.model.services) == list(about.model.services)
    assert "# guessed" not in again.block
