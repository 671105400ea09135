"""The kinds of services: the controlled list of the field `service_type`."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.reference import data_files
from subproc_cli.suggest import find_nearest
from subproc_cli.text import fold, stem


class ServiceType(NamedTuple):
    """A kind of service.

    Attributes:
        key: the word of the registry.
        labels: what people read, by language.
        synonyms: further words for it; the registry does not accept them.
        dpv: the name of the purpose in the Data Privacy Vocabulary that means the same, or empty.
        fideslang: the key of the nearest data use of Fideslang, or empty.
        narrower: the synonyms that mean only a part of the kind: a question with one asks for less.
        asked_as: words for it in questions that a purpose may use for something else.
        verbs: phrases of a question that ask for it: `send emails`.
    """

    key: str
    labels: Mapping[str, str]
    synonyms: tuple[str, ...]
    dpv: str
    fideslang: str
    verbs: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every English word for it: its key, its label and its synonyms."""
        return tuple(dict.fromkeys((*self.stated_words, *self.asked_as)))

    @property
    def stated_words(self) -> tuple[str, ...]:
        """The words in a purpose that state it."""
        words = (self.key, self.labels[ENGLISH], *self.synonyms)
        return tuple(word for word in words if word not in self.asked_as)


@cache
def load_service_types() -> dict[str, ServiceType]:
    """Return all kinds of services by their key, in the order of the data file."""
    return {
        key: ServiceType(
            key,
            dict(row["labels"]),
            tuple(row["synonyms"]),
            row.get("dpv", ""),
            row.get("fideslang", ""),
            tuple(row.get("verbs", ())),
            tuple(row.get("asked_as", ())),
            tuple(row.get("narrower", ())),
        )
        for key, row in data_files.read("service_types.yaml").items()
    }


def get_type_label(key: str, language: str) -> str:
    """Return the label of a kind of service, in English if the language has none.

    A use that the list of kinds does not have is its own label.
    """
    if key not in load_service_types():
        return key
    labels = load_service_types()[key].labels
    return labels.get(language) or labels.get(language.partition("-")[0]) or labels[ENGLISH]


@cache
def _index_words() -> dict[str, str]:
    """Return the key of every word: keys first, then English labels, then the rest."""
    types = load_service_types().values()
    found: dict[str, str] = {}
    for rank in (
        {each.key: (each.key,) for each in types},
        {each.key: (each.labels[ENGLISH],) for each in types},
        {each.key: (*each.labels.values(), *each.synonyms) for each in types},
    ):
        for key, words in rank.items():
            for word in words:
                found.setdefault(_normalize(word), key)
    return found


def _normalize(word: str) -> str:
    return stem(fold(word.replace("-", " ").replace("_", " ")))


def find_service_type(word: str) -> str | None:
    """Return the key of the kind that a word means: a key, a label of any language or a synonym."""
    return _index_words().get(_normalize(word))


def find_nearest_service_type(word: str) -> str | None:
    """Return the key of the kind that a misspelt word most likely means, None if none is close."""
    words = _index_words()
    found = find_nearest(_normalize(word), words)
    return words[found] if found else None


@cache
def find_wider_type(word: str) -> str | None:
    """Return the key of the kind that a word means a part of, if it names that kind.

    `web analytics` is a part of analytics and of nothing else; `chat` may be a part of several kinds.
    """
    part = _normalize(word)
    for each in load_service_types().values():
        if part.endswith(f" {_normalize(each.key)}") and part in map(_normalize, each.narrower):
            return each.key
    return None
