"""The words that can follow the beginning of a question, for the completion of a shell."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from subproc_cli.enums import Basis
from subproc_cli.locale import names
from subproc_cli.question import known_words
from subproc_cli.question.grammar import Item, ItemKind, load_grammar
from subproc_cli.question.reading import Reader
from subproc_cli.question.word_forms import list_verb_forms
from subproc_cli.reference.geography import WORLDWIDE, load_country_codes
from subproc_cli.reference.service_types import load_service_types
from subproc_cli.registry.registry import Registry

_HIDDEN = frozenset(("OPENER", "CLOSER", "JUDGEMENT", "MOST", "RECENT", "OLD_BASIS", "GONE", "AMERICAN_LAW"))
"""Word classes that are noise, or that lead to a refusal."""


def iter_next_words(reader: Reader, text: str) -> Iterator[str]:
    """Yield the words that the grammar allows after a text, those of the list and the reference data too."""
    expected = sorted(reader.read(text).continuations, key=_rank)
    for item in expected:
        yield from sorted(item.words)
        yield from _iter_words_of_class(reader, item)


def _rank(item: Item) -> tuple[bool, str]:
    return item.kind is ItemKind.CLASS, item.name


def _iter_words_of_class(reader: Reader, item: Item) -> Iterator[str]:
    grammar = load_grammar()
    base, _, form = item.name.partition(".")
    if item.kind is not ItemKind.CLASS or base in _HIDDEN:
        return
    if base in grammar.verbs:
        yield from list_verb_forms(grammar.verbs[base], form)
    elif base in grammar.phrases:
        yield from (phrase.partition(" ")[0] for phrase in grammar.phrases[base])
    else:
        yield from _list_known(reader, base)


def _list_known(reader: Reader, name: str) -> Iterable[str]:
    """Return the words of a class that is looked up; none for classes of free text."""
    find = _KNOWN.get(name)
    return find(reader.registry) if find else reader.vocabulary.names.list_all(name)


def _iter_data(registry: Registry) -> Iterator[str]:
    for category in registry.category_tree:
        segment = category.key.rpartition(".")[2]
        yield from (segment, category.key) if registry.category_tree.find(segment) else (category.label,)


def _iter_countries() -> Iterator[str]:
    yield from load_country_codes()
    yield from map(names.get_country_name, load_country_codes())


def _iter_places(registry: Registry) -> Iterator[str]:
    yield from (*registry.gazetteer.regions, WORLDWIDE, *_iter_countries())


def _iter_services(registry: Registry) -> Iterator[str]:
    for key, service in registry.model.services.items():
        yield from (service.name, key)


_KNOWN: Mapping[str, Callable[[Registry], Iterable[str]]] = {
    "DATA": _iter_data,
    "PLACE": _iter_places,
    "NATION": _iter_places,
    "SERVICE": _iter_services,
    "NAME": _iter_services,
    "FIELD": lambda _: (*known_words.FIELD_LABELS.values(), *known_words.FIELD_NAMES),
    "BASIS": lambda _: (*known_words.BASIS_NAMES, *map(str, Basis)),
    "NOUN": lambda _: known_words.NOUN_WORDS,
    "USE": lambda _: ("opt-in", "opt-out", "optional", "always-on"),
    "STATE_ADJ": lambda _: known_words.STATES,
    "TYPE": lambda _: load_service_types(),
}
"""The words of the classes that are looked up in reference data."""
