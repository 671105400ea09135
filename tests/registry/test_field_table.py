"""Every field of the models is known to every part of the program; a forgotten one fails with its name."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_strategies import FEWER, Data, in_blocks, loaded, mapping, settled
from registry_text import load_complete_list
from rows import for_rows
from subproc_cli.diff.classify import CLASSIFIERS, diff
from subproc_cli.enums import Basis
from subproc_cli.exporters.tabular import COLUMNS, build_row, to_plain_data
from subproc_cli.importers import columns
from subproc_cli.importers.text.values import READERS
from subproc_cli.locale.catalogue import ENGLISH, LanguageFile
from subproc_cli.overview.show import ServiceReport, build_service_record
from subproc_cli.registry.field_row import build_getter, find_change
from subproc_cli.registry.field_table import FACTS, SERVICE_FIELDS, SERVICE_ROWS
from subproc_cli.registry.file_form import to_file_form
from subproc_cli.registry.introspect import list_file_fields, walk_fields
from subproc_cli.registry.json_schema import build_schema
from subproc_cli.registry.list_field_table import LIST_FIELDS, LIST_ROWS
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.text import stem

SERVICE_PATHS = [*walk_fields(Service)]
LIST_PATHS = [*walk_fields(RegistryModel)]


def values(part: Any, path: str) -> list[Any]:
    """Return the values of a field of every item on its path."""
    first, _, rest = path.partition(".")
    found = getattr(part, first)
    if not rest:
        return [found]
    return [
        value for each in (found if isinstance(found, tuple) else [found]) for value in values(each, rest)
    ]


@for_rows("path", SERVICE_PATHS)
def test_field_of_a_service_has_one_row_and_a_classifier(path: str) -> None:
    assert [row.path for row in SERVICE_FIELDS].count(path) == 1
    assert find_change(SERVICE_ROWS[path], SERVICE_ROWS) in CLASSIFIERS


@for_rows("path", LIST_PATHS)
def test_field_of_the_list_has_one_row_and_a_classifier(path: str) -> None:
    assert [row.path for row in LIST_FIELDS].count(path) == 1
    assert find_change(LIST_ROWS[path], LIST_ROWS) in {*CLASSIFIERS, "none"}


def test_table_has_no_row_without_a_field() -> None:
    assert {*SERVICE_ROWS} == {*SERVICE_PATHS}
    assert {*LIST_ROWS} == {*LIST_PATHS}


@for_rows("path", SERVICE_PATHS)
def test_example_of_every_field_states_the_field(path: str) -> None:
    service = load_complete_list().model.services["a"]
    assert any(value not in (None, (), {}) for value in values(service, path)), path


@pytest.mark.parametrize("field", list_file_fields(Service))
def test_show_has_every_field_on_the_card_and_in_the_record(field: str) -> None:
    full = load_complete_list()
    service = full.model.services["a"]
    without = service.model_copy(
        update={field: Service.model_fields[field].get_default(call_default_factory=True)}
    )
    day = full.model.date
    assert field in build_service_record(full, "a", service, day)
    if field == "name":
        return
    cards = [ServiceReport(full, "a", each, day).to_document() for each in (service, without)]
    assert cards[0] != cards[1], field


@pytest.mark.parametrize("field", [field for field in list_file_fields(Service) if field != "name"])
def test_diff_finds_a_change_of_every_field(field: str) -> None:
    full = load_complete_list()
    service = full.model.services["a"]
    update = {
        name: each.get_default(call_default_factory=True)
        for name, each in Service.model_fields.items()
        if key_of(name) == field
    }
    bare = full.model.model_copy(update={"services": {"a": service.model_copy(update=update)}})
    assert diff(full, full.with_model(bare)), field
    assert diff(full.with_model(bare), full), field


def key_of(name: str) -> str:
    return next(
        key for key in sorted(list_file_fields(Service), key=len, reverse=True) if name.startswith(key)
    )


ITEM_FIELDS = [path for path in SERVICE_PATHS if path.split(".")[0] in ("sees", "processing", "transfer")]


@pytest.mark.parametrize("path", [path for path in ITEM_FIELDS if path.count(".")])
def test_diff_finds_a_change_of_every_field_of_an_item(path: str) -> None:
    field, _, part = path.partition(".")
    full = load_complete_list()
    service = full.model.services["a"]
    items = getattr(service, field)
    empty = {"data": "usage", "place": ("DE",), "basis": Basis.IDTA, "extent": "full"}
    default = type(items[0]).model_fields[part].get_default(call_default_factory=True)
    changed = tuple(item.model_copy(update={part: empty.get(part, default)}) for item in items)
    bare = full.model.model_copy(update={"services": {"a": service.model_copy(update={field: changed})}})
    assert diff(full, full.with_model(bare)), path


@pytest.mark.parametrize("field", list_file_fields(Service))
def test_schema_describes_every_field(field: str) -> None:
    found = build_schema()["$defs"]["service"]["properties"][field]
    assert found["description"].endswith("."), field


@pytest.mark.parametrize("path", [path for path in SERVICE_PATHS if path in COLUMNS])
def test_column_is_filled_and_has_a_reader(path: str) -> None:
    row = dict(zip(COLUMNS, build_row("a", load_complete_list().model.services["a"]), strict=True))
    assert row[path] != "", path
    assert path in READERS
    assert columns.Labels().field(path) == columns.FieldMatch(path, certain=True)


def test_column_exists_for_every_field_or_its_parts() -> None:
    whole = {path for path in SERVICE_PATHS if "." not in path}
    parts = {path.partition(".")[0] for path in COLUMNS if "." in path}
    assert whole == {path for path in COLUMNS if "." not in path} - {"id", "own"} | parts


def test_columns_of_the_first_edition_come_before_all_others() -> None:
    later = [path for path in COLUMNS if path in SERVICE_ROWS and SERVICE_ROWS[path].edition > 1]
    assert list(COLUMNS[-len(later) :]) == later
    assert COLUMNS[-len(later) - 1] == "own"
    assert len(COLUMNS) - len(later) == 34, "the row of a new column needs the next `edition`"


@pytest.mark.parametrize("row", [row for row in SERVICE_FIELDS if row.edition > 1 and "." not in row.path])
def test_field_has_a_name_in_sentences_of_changes(row: Any) -> None:
    parts = [path for path in SERVICE_PATHS if path.startswith(f"{row.path}.")]
    texts = LanguageFile(ENGLISH).get_section("field")
    assert {f"field.{path}" for path in (row.path, *parts)} & texts.keys(), row.path


def test_words_of_facts_are_unique_in_questions() -> None:
    owners: dict[str, set[str]] = {}
    for name, row in FACTS.items():
        assert row.fact is not None
        for word in row.fact.words.split("|"):
            owners.setdefault(stem(word), set()).add(name)
    assert {word: names for word, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize("name", FACTS)
def test_fact_is_read_from_a_complete_service(name: str) -> None:
    assert build_getter(FACTS[name].path)(load_complete_list().model.services["a"])


@pytest.mark.slow
@FEWER
@given(mapping(Service), st.sampled_from(["", '"']))
def test_to_file_form_of_any_service_loses_nothing(service: Data, style: str) -> None:
    head = {"format": 1, "publisher": "A", "version": "1.0.0", "date": "2024-01-01"}
    stated = to_plain_data(loaded(in_blocks(settled({**head, "services": {"a": service}}), [style])).model)
    written = to_file_form(RegistryModel, json.loads(json.dumps(stated)))
    assert to_plain_data(loaded(in_blocks(written, [style])).model) == stated
