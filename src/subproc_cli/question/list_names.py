"""The names of the list that a question may use: services, recipients, products, owners, certificates."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from subproc_cli.enums import Basis
from subproc_cli.evaluation.facts import normalize_certificate
from subproc_cli.question.known_words import (
    BASES,
    COMMON_NAME_PARTS,
    COMMON_PURPOSE_WORDS,
    LEADING_NOISE,
    STANDARDS,
    SUBJECTS,
)
from subproc_cli.question.sentence import Match, Sentence, split_name
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.suggest import count_slips
from subproc_cli.text import fold, stem

_MIN_LENGTH = 4
"""Minimum number of letters of a word of a purpose that can be asked for."""
_MIN_PART = 3
"""Minimum number of letters of the first part of a name that is written as two words."""


@lru_cache(maxsize=1)
def load_list_names(registry: Registry) -> "ListNames":
    """Return the names of a list, which its next question and its next policy use again."""
    return ListNames(registry)


class ListNames:
    """The names of one list."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._services = registry.model.services
        self._ids: dict[str, dict[str, tuple[str, ...]]] = {}

    # ---- services

    def find_service(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the services that a text names: by name, legal entity, id or a unique part of a name."""
        token = sentence.tokens[at]
        phrases = ((at + 1, split_name(token.raw)),) if token.is_quoted else sentence.iter_phrases(at)
        first = split_name(token.raw).partition(" ")[0] if token.is_quoted else token.word
        ids = self._find_ids(first) if first else {}  # a quoted name can be a sign alone
        for end, words in phrases if ids else ():
            if len(found := ids.get(words, ())) == 1:
                yield end, found[0]
        joined = f"{token.word}{sentence.get_word(at + 1)}"
        if not token.is_quoted and len(joined) > len(token.word) >= _MIN_PART:
            found = self._find_ids(joined).get(joined, ())
            if len(found) == 1 and not self.is_known_word(joined):
                yield at + 2, found[0]  # `open ai` is OpenAI

    def is_known_word(self, word: str) -> bool:
        """Return whether a word has a meaning without the names, so that it names no service alone."""
        return bool(self._registry.gazetteer.find(word) or self._registry.category_tree.find(word))

    def _find_ids(self, word: str) -> dict[str, tuple[str, ...]]:
        """Return the ids of services by the phrases of their names that begin with a word.

        Only the names that hold the word are looked at: a list may have thousands of them.
        """
        if word not in self._ids:
            found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search
            whole: dict[str, dict[str, None]] = {}
            parts: dict[str, dict[str, None]] = {}
            for key in self._find_keys(word):
                service = self._services[key]
                for name in (key, service.name, *service.formerly):
                    pieces = split_name(name).split() if found(_loosen(name)) else []
                    whole.setdefault(" ".join(pieces), {})[key] = None
                    for start in (at for at, piece in enumerate(pieces) if piece == word):
                        for stop in range(start + 1, len(pieces) + 1):
                            parts.setdefault(" ".join(pieces[start:stop]), {})[key] = None
                if found(_loosen(_get_entity(service))):
                    whole.setdefault(split_name(_get_entity(service)), {})[key] = None
            self._ids[word] = {
                words: tuple(ids) for words, ids in parts.items() if self._is_distinct(words)
            } | {words: tuple(ids) for words, ids in whole.items()}
        return self._ids[word]

    def _find_keys(self, word: str) -> Iterator[str]:
        """Yield the ids of the services one of whose names holds a word."""
        text, keys = self._lines_of_names
        if word not in text:  # true of most words, and much faster to tell than by the pattern
            return
        last = ""
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            key = keys[text.count(_END_OF_NAME, 0, match.start())]
            if key != last:
                yield key
            last = key

    @cached_property
    def _lines_of_names(self) -> tuple[str, tuple[str, ...]]:
        """The names of all services, folded at once since a list may have thousands, and their ids."""
        names = (
            " / ".join((key, service.name, *service.formerly, _get_entity(service)))
            for key, service in self._services.items()
        )
        return _loosen(_END_OF_NAME.join(names)), tuple(self._services)

    def _is_distinct(self, part: str) -> bool:
        return not (part in COMMON_NAME_PARTS or part.isdecimal() or self.is_known_word(part))

    def find_near_services(self, words: str) -> tuple[str, ...]:
        """Return the names of services of which some words may be a misspelling, in quotes."""
        typed = split_name(words)
        found = {}
        for service in self._services.values():
            name = split_name(service.name)
            slips = [count_slips(typed, each) for each in (name, *name.split()) if len(each) >= _MIN_LENGTH]
            if known := [count for count in slips if count is not None]:
                found[f'"{service.name}"'] = min(known)
        return tuple(sorted(found, key=found.__getitem__))

    def find_name(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield services and other recipients of data, by the name that the list has for them."""
        yield from self.find_service(sentence, at)
        known = {end for end, _ in self.find_service(sentence, at)}
        for end, words in sentence.iter_phrases(at):
            if words in self._recipients and end not in known:
                yield end, self._recipients[words]

    @cached_property
    def _recipients(self) -> dict[str, str]:
        return _index(name for service in self._services.values() for name in service.onward)

    # ---- texts

    def find_product(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the publisher's products."""
        return _find_text(sentence, at, self._products)

    @cached_property
    def _products(self) -> dict[str, str]:
        return _index(name for service in self._services.values() for name in service.products)

    def find_group(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the groups of services."""
        return _find_text(sentence, at, self._groups)

    @cached_property
    def _groups(self) -> dict[str, str]:
        return _index(service.group for service in self._services.values() if service.group)

    def find_subject(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the people whose data is processed."""
        for end, words in sentence.iter_phrases(at, 4):
            if stem(words) in self._subjects:
                yield end, self._subjects[stem(words)]

    @cached_property
    def _subjects(self) -> dict[str, str]:
        known = (*SUBJECTS, *(name for service in self._services.values() for name in service.subjects))
        return {stem(name): name for name in known}

    def find_owner(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the owners, by their name or the words that it begins with."""
        return _find_text(sentence, at, self._owners)

    @cached_property
    def _owners(self) -> dict[str, str]:
        names = [
            service.entity.parent
            for service in self._services.values()
            if service.entity and service.entity.parent
        ]
        found: dict[str, str] = {}
        for name in names:
            words = split_name(name).split()
            for end in range(1, len(words)):
                found.setdefault(" ".join(words[:end]), name)
        return found | _index(names)

    # ---- certificates

    def find_cert(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the certifications that a service names, in any spelling."""
        for end, words in sentence.iter_phrases(at, 6):
            if words in LEADING_NOISE:
                return
            if words.endswith((" type", "iec", " report", " reports", " certification")):
                continue
            normal = normalize_certificate(words)
            found = next((name for name, form in self._certificates.items() if form == normal), None)
            if found:
                yield end, found

    @staticmethod
    def find_framework(sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the framework that is a certification as well as a transfer basis: the DPF."""
        for end, words in sentence.iter_phrases(at, 6):
            if words.split()[0] not in LEADING_NOISE and BASES.get(stem(words)) == Basis.DPF:
                yield end, "DPF"

    def find_other_cert(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield for a certification that no service names those that are named, by their short names."""
        for end, words in sentence.iter_phrases(at, 6):
            form = normalize_certificate(words)
            if form in _STANDARD_FORMS.values() and not self._is_stated(form):
                yield end, self._stated_standards

    @cached_property
    def _certificates(self) -> dict[str, tuple[str, ...]]:
        """The certifications that a service names, and the short names of these."""
        families = {name: form for name, form in _FAMILIES.items() if self._is_stated(form)}
        return (
            families
            | {name: _STANDARD_FORMS[name] for name in self._stated_standards}
            | {name: normalize_certificate(name) for name in self._stated_certifications}
        )

    @cached_property
    def _stated_certifications(self) -> tuple[str, ...]:
        names = (name for service in self._services.values() for name in service.certifications)
        return tuple(dict.fromkeys(names))

    @cached_property
    def _stated_standards(self) -> tuple[str, ...]:
        return tuple(name for name, form in _STANDARD_FORMS.items() if self._is_stated(form))

    def _is_stated(self, form: tuple[str, ...]) -> bool:
        """Return whether a service names a certification that begins like this one."""
        return any(normalize_certificate(name)[: len(form)] == form for name in self._stated_certifications)

    def list_samples(self, name: str) -> tuple[str, ...]:
        """Return a few names of a word class, in the quotes that a question may need."""
        plain = name in {"SERVICE", "CERT"}
        return tuple(word if plain else f'"{word}"' for word in islice(self.list_all(name), 3))

    def list_all(self, name: str) -> Iterable[str]:
        """Return the names of a word class; none if it is not a class of names."""
        known: Mapping[str, Callable[[], Iterable[str]]] = {
            "SERVICE": lambda: (service.name for service in self._services.values()),
            "NAME": self._recipients.values,
            "PRODUCT": self._products.values,
            "GROUP": self._groups.values,
            "OWNER": self._owners.values,
            "CERT": lambda: self._stated_standards,
            "SUBJECT": self._subjects.values,
        }
        return dict.fromkeys(known[name]()) if name in known else ()

    # ---- purposes

    def has_purpose_word(self, word: str) -> bool:
        """Return whether a purpose or a group has a word, in any number."""
        if len(word) < _MIN_LENGTH or word in COMMON_PURPOSE_WORDS:
            return False
        wanted = stem(word)
        if wanted[:-1] not in self._purposes:
            return False
        found = re.finditer(rf"(?<!\w){re.escape(wanted[:-1])}\w*", self._purposes)
        return any(stem(match[0]) == wanted for match in found)

    def has_purpose_phrase(self, words: str) -> bool:
        """Return whether a purpose or a group has some words, in any number."""
        return f" {stem(words)} " in f" {stem(self._purposes)} "

    @cached_property
    def _purposes(self) -> str:
        services = self._services.values()
        return fold(" ".join(f"{service.purpose or ''} {service.group or ''}" for service in services))


class Lookups:
    """What was looked up among the names of a list, and what was found.

    A list in which all of this is found again reads a question in the same way.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[Callable[..., Any], tuple[Any, ...]], Any] = {}

    def find(self, names: ListNames, method: Callable[..., Any], *arguments: Any) -> Any:
        """Return what a method of the names finds: a tuple of what it yields, or a truth value."""
        key = method, arguments
        if key not in self._found:
            self._found[key] = _collect(method(names, *arguments))
        return self._found[key]

    def are_same_in(self, names: ListNames) -> bool:
        """Return whether all of this is found among other names."""
        return all(
            _collect(method(names, *arguments)) == found for (method, arguments), found in self._found.items()
        )


def _collect(found: Any) -> Any:
    return found if isinstance(found, bool) else tuple(found)


_FAMILIES = {"ISO": ("iso",), "SOC": ("soc",), "PCI": ("pci",)}
"""Groups of standards: `an ISO certificate`."""
_STANDARD_FORMS = {name: normalize_certificate(name) for name in STANDARDS}


_END_OF_NAME = "\0"
"""What separates the names of services; no name can hold it."""


def _get_entity(service: Service) -> str:
    """Return the name of the legal entity, an empty text if none is stated."""
    return (service.entity and service.entity.name) or ""


def _loosen(names: str) -> str:
    """Return names folded; initials are written together as well, so that `U.S. Mail` has `us`."""
    spelt = (f"{name} {name.replace('.', '')}" if "." in name else name for name in names.split(_END_OF_NAME))
    return fold(_END_OF_NAME.join(spelt))


def _index(names: Iterable[str]) -> dict[str, str]:
    known = dict.fromkeys(names)
    return {fold(name): name for name in known} | {split_name(name): name for name in known}


def _find_text(sentence: Sentence, at: int, known: Mapping[str, str]) -> Iterator[Match]:
    for end, words in sentence.iter_phrases(at):
        if words in known:
            yield end, known[words]
