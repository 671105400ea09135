"""A list with its texts in one language, where the file states a text in several."""

from collections.abc import Iterator
from typing import Any, TypeVar

from subproc_cli.locale.catalogue import ENGLISH, load_catalogue
from subproc_cli.registry.field_forms import choose_text
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.registry.parts import Model

AnyModel = TypeVar("AnyModel", bound=Model)
SUFFIX = "_by_language"
"""How the name of a field ends that holds the texts of another field by language."""


def localize(part: AnyModel, language: str) -> AnyModel:
    """Return a part of a list with each text in a language, or in the language that replaces it.

    A field with one text keeps it, because the file does not state its language. A part in which nothing
    changes is returned itself.
    """
    stated = vars(part)
    values = {
        name: _localize_value(value, language)
        for name, value in stated.items()
        if value and not isinstance(value, str)
    }
    for name, texts in stated.items():
        if name.endswith(SUFFIX) and texts:
            field = name.removesuffix(SUFFIX)
            if isinstance(stated[field], tuple):
                chosen = {text: choose_text(each, language) for text, each in texts.items()}
                values[field] = tuple(chosen.get(text, text) for text in stated[field])
                values[name] = {chosen[text]: each for text, each in texts.items()}
            else:
                values[field] = choose_text(texts, language)
    if isinstance(part, Service) and (
        part.retention_days is not None or part.retention_after or part.retention_note
    ):
        after, note = (values.get(name, stated[name]) for name in ("retention_after", "retention_note"))
        if language != ENGLISH or (after, note) != (part.retention_after, part.retention_note):
            values["retention"] = _compose_retention(part.retention_days, after, note, language)
    changed = {name: value for name, value in values.items() if value != stated[name]}
    return part.model_copy(update=changed) if changed else part


def add_translations(part: AnyModel, other: AnyModel) -> AnyModel:
    """Return a part of a list with the translations that only another revision has of the same texts."""
    stated, others = vars(part), vars(other)
    values: dict[str, Any] = {}
    for name, value in stated.items():
        if not name.endswith(SUFFIX):
            values[name] = _add_to_value(value, others[name])
            continue
        field = name.removesuffix(SUFFIX)
        if isinstance(stated[field], tuple):
            texts = {text: {**others[name].get(text, {}), **value.get(text, {})} for text in stated[field]}
            values[name] = {text: each for text, each in texts.items() if each}
        elif stated[field] == others[field]:
            values[name] = {**others[name], **value}
    changed = {name: value for name, value in values.items() if value != stated[name]}
    return part.model_copy(update=changed) if changed else part


def _add_to_value(value: Any, other: Any) -> Any:
    if isinstance(value, Model) and isinstance(other, Model):
        return add_translations(value, other)
    if isinstance(value, tuple) and isinstance(other, tuple):
        return tuple(_add_to_item(item, other) for item in value)
    return value


def _add_to_item(item: Any, others: tuple[Any, ...]) -> Any:
    """Return an item of a list with the translations of the item that states the same."""
    if not isinstance(item, Model):
        return item
    same = (each for each in others if _drop_translations(each) == _drop_translations(item))
    return add_translations(item, next(same, item))


def _drop_translations(part: Model) -> dict[str, Any]:
    return {name: value for name, value in vars(part).items() if not name.endswith(SUFFIX)}


def _localize_value(value: Any, language: str) -> Any:
    if isinstance(value, Model):
        return localize(value, language)
    if isinstance(value, tuple):
        return tuple(_localize_value(item, language) for item in value)
    if isinstance(value, dict):
        return {key: _localize_value(item, language) for key, item in value.items()}
    return value


def _compose_retention(days: int | None, after: str | None, note: str | None, language: str) -> str:
    """Return a period that the file states as a mapping as a text in a language."""
    catalogue = load_catalogue(language)
    if days is None and not after:
        return note or ""
    parts = (
        "" if days is None else catalogue.text("count.day", n=days),
        catalogue.text("statement.after", event=after) if after else "",
        f"({note})" if note else "",
    )
    return " ".join(part for part in parts if part)


def translate_texts(part: Model | None, texts: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Return texts that a part of a list states, in a language; a text that it does not state stays."""
    if part is None or language == ENGLISH:
        return texts
    known = dict(_iter_translations(part, localize(part, language)))
    return tuple(known.get(text, text) for text in texts)


def _iter_translations(stated: Any, localized: Any) -> Iterator[tuple[str, str]]:
    """Yield each text that a part of a list states, with the text of the same field in a language."""
    if isinstance(stated, str):
        yield stated, localized
    elif isinstance(stated, Model):
        for name, value in vars(stated).items():
            if not name.endswith(SUFFIX):
                yield from _iter_translations(value, getattr(localized, name))
    elif isinstance(stated, tuple):
        for item, localized_item in zip(stated, localized, strict=True):
            yield from _iter_translations(item, localized_item)


def find_texts_without(model: RegistryModel, language: str) -> list[str]:
    """Return the fields whose texts are stated by language, but not in a language or its base language."""
    return [*_iter_texts_without(model, {language, language.partition("-")[0]}, "")]


def _iter_texts_without(part: Any, languages: set[str], path: str) -> Iterator[str]:
    if isinstance(part, Model):
        for name, value in vars(part).items():
            if not value or isinstance(value, str):
                continue
            if not name.endswith(SUFFIX):
                yield from _iter_texts_without(value, languages, f"{path}.{name}" if path else name)
                continue
            field = name.removesuffix(SUFFIX)
            all_texts = value.values() if isinstance(getattr(part, field), tuple) else [value]
            if any(texts and not languages & texts.keys() for texts in all_texts):
                yield f"{path}.{field}" if path else field
    elif isinstance(part, tuple):
        for item in part:
            yield from _iter_texts_without(item, languages, path)
    elif isinstance(part, dict):
        for key, item in part.items():
            yield from _iter_texts_without(item, languages, f"{path}.{key}")
