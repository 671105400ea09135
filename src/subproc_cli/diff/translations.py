"""Texts in several languages, and the products that a statement concerns."""

from collections.abc import Iterable, Iterator
from functools import partial
from operator import attrgetter
from typing import Any

from subproc_cli.diff.change import Change, ChangeCandidate, ClassifyFunction, FieldClassifier
from subproc_cli.diff.compare import Comparison, Pair, find_member_key
from subproc_cli.enums import Level
from subproc_cli.registry.models import Service

_TEXTS = ("when_by_language", "note_by_language")


def _classify_texts(field: str, _: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the change of a text in every language except the one that replaces missing languages.

    That one is compared as the field itself. Where only it is written differently, readers see no change.
    """
    read = attrgetter(field)
    old, new = (set(_list_texts(read(service))) for service in (pair.old, pair.new))
    shown = {text for service in (pair.old, pair.new) for text in _list_default_texts(field, service)}
    is_same = {text for _, text in old ^ new} <= shown
    gone, added = (
        tuple(sorted(f"{language}: {text}" for language, text in texts if is_same or text not in shown))
        for texts in (old - new, new - old)
    )
    kind = "metadata-changed" if is_same else "translation-changed"
    yield ChangeCandidate(kind, field, gone, added, None if gone else Level.EDITORIAL)


def _list_texts(texts: Any) -> Iterator[tuple[str, str]]:
    """Yield each language with its text, also of texts by language for each item of a list."""
    for key, value in texts.items():
        if isinstance(value, dict):
            yield from value.items()
        else:
            yield key, value


def _list_default_texts(field: str, service: Service) -> Iterable[str]:
    value = getattr(service, field.removesuffix("_by_language"))
    return value if isinstance(value, tuple) else (value,) if value else ()


def _classify_items(field: str, _: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield changes of statements that both revisions have: of their languages and their products."""
    old, new = (_index_items(getattr(service, field)) for service in (pair.old, pair.new))
    for key in [key for key in new if key in old]:
        path = (field, next(at for at, item in enumerate(getattr(pair.new, field)) if item is new[key][0]))
        for kind, collect in (
            ("translation-changed", _collect_texts),
            ("statement-products-changed", _collect_products),
        ):
            before, after = collect(old[key]), collect(new[key])
            if before != after:
                is_translation = kind == "translation-changed"
                level = Level.EDITORIAL if is_translation and before < after else None
                common = before & after if is_translation else set()  # products are compared as a whole
                gone, added = (tuple(sorted(each - common)) for each in (before, after))
                yield ChangeCandidate(kind, f"{field}.{key}", gone, added, level, path)


def _index_items(items: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in items:
        found.setdefault(find_member_key(item), []).append(item)
    return found


def _collect_texts(items: Iterable[Any]) -> set[str]:
    return {
        f"{language}: {text}"
        for item in items
        for name in _TEXTS
        for language, text in _other_texts(item, name)
    }


def _other_texts(item: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield the texts by language without the one that is compared as the field itself."""
    stated = vars(item)
    for language, text in stated.get(name, {}).items():
        if text != stated.get(name.removesuffix("_by_language")):
            yield language, text


def _collect_products(items: Iterable[Any]) -> set[str]:
    """Return the products that statements concern; empty if one of them concerns all products."""
    stated = [item.products for item in items]
    return {product for products in stated for product in products} if all(stated) else set()


classify_data_items: ClassifyFunction = partial(_classify_items, "sees")
classify_place_items: ClassifyFunction = partial(_classify_items, "processing")


TRANSLATION_KIND = "translation-changed"
"""The kind of a change of texts in other languages than the one that a field has."""


def select_readable_changes(changes: Iterable[Change], language: str) -> tuple[Change, ...]:
    """Return changes without those of texts in other languages, or that are in the list once more.

    A text in several languages has a change of its own for those that are not the first one.
    """
    listed = tuple(changes)
    told = {(each.service, each.field) for each in listed if each.kind != TRANSLATION_KIND}
    return tuple(
        change
        for change in listed
        if change.kind != TRANSLATION_KIND
        or (
            (change.service, change.field.removesuffix("_by_language")) not in told
            and has_texts(change, language)
        )
    )


def has_texts(change: Change, language: str) -> bool:
    """Return whether a change of texts by language is about those of a language."""
    return any(True for _ in iter_texts((*change.removed, *change.added), language))


def iter_texts(values: Iterable[str], language: str) -> Iterator[str]:
    """Yield the texts of one language, without its name in front of each: `de: nur der Typ`."""
    for value in values:
        name, _, text = value.partition(": ")
        if name in (language, language.partition("-")[0]):
            yield text


CLASSIFIERS = {
    "purpose-languages": FieldClassifier((partial(_classify_texts, "purpose_by_language"),)),
    "condition-languages": FieldClassifier((partial(_classify_texts, "condition_by_language"),)),
    "subjects-languages": FieldClassifier((partial(_classify_texts, "subjects_by_language"),)),
    "retention-after-languages": FieldClassifier((partial(_classify_texts, "retention_after_by_language"),)),
    "retention-languages": FieldClassifier((partial(_classify_texts, "retention_note_by_language"),)),
}
