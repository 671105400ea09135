"""Every field of the format is made up, and a list means the same however it is written."""

import contextlib
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from registry_strategies import OWN_KEYS, Data, field, hints, in_blocks, loaded, registries, texts
from subproc_cli.exporters.tabular import to_plain_data
from subproc_cli.registry import vocabulary
from subproc_cli.registry.field_types import ValidationContext
from subproc_cli.registry.file_form import to_file_form
from subproc_cli.registry.introspect import list_file_fields
from subproc_cli.registry.models import RegistryModel
from subproc_cli.registry.parts import Model

pytestmark = pytest.mark.slow


def models(model: type[Model] = RegistryModel) -> dict[str, type[Model]]:
    """Return a model and all that are parts of it, by name."""
    found = {model.__name__: model}
    for hint in hints(model).values():
        for part in parts(hint):
            found |= models(part)
    return found


def parts(hint: Any) -> Iterator[type[Model]]:
    if isinstance(hint, type) and issubclass(hint, Model):
        yield hint
    for inner in get_args(hint):
        yield from parts(inner)


@pytest.mark.parametrize("model", models().values())
def test_field_strategies_exist_for_every_field(model: type[Model]) -> None:
    for name in list_file_fields(model):
        assert not field(model, name).is_empty, name


def test_field_strategy_of_an_unknown_type_raises_an_error() -> None:
    class Odd(Model):
        weight: bytes

    with pytest.raises(LookupError, match="bytes"):
        field(Odd, "weight")


def test_registries_strategy_draws_every_field() -> None:
    """What has a strategy is drawn too, with more in it than its default."""
    missing = {f"{name}.{each}" for name, model in models().items() for each in (*model.model_fields, "x-")}

    def is_last(data: Data) -> bool:
        read = RegistryModel.model_validate(
            data, context=ValidationContext(vocabulary.build_provisional(data))
        )
        missing.difference_update(name for part in every(read) for name in names(part))
        return not missing

    draw = settings(max_examples=600, database=None, phases=[Phase.generate])
    with contextlib.suppress(NoSuchExample):
        find(registries(), is_last, settings=draw)
    assert missing == set()


def every(value: Any) -> Iterator[Model]:
    """Yield a part of a list and all that are parts of it."""
    if isinstance(value, Model):
        yield value
        value = vars(value)
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
        yield from every(each)


def names(part: Model) -> Iterator[str]:
    name = type(part).__name__
    yield from (f"{name}.x-" for key in OWN_KEYS if key in part.own)
    for each, about in type(part).model_fields.items():
        if about.is_required() or getattr(part, each) != about.get_default(call_default_factory=True):
            yield f"{name}.{each}"


@given(registries(), st.data())
def test_load_registry_of_any_notation_gives_the_same_model(data: Data, drawn: st.DataObject) -> None:
    expected = RegistryModel.model_validate(
        data, context=ValidationContext(vocabulary.build_provisional(data))
    )
    assert loaded(drawn.draw(texts(st.just(data)))).model == expected


@given(texts(registries()))
def test_to_file_form_of_any_list_keeps_its_meaning(text: str) -> None:
    once = to_plain_data(loaded(text).model)
    written = to_file_form(RegistryModel, once)
    assert to_plain_data(loaded(in_blocks(written, ["", '"'])).model) == once
