"""The field that the header of a column, or the label of a text, means."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from subproc_cli.errors import UsageError
from subproc_cli.exporters.tabular import COLUMNS
from subproc_cli.importers import vocabulary
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.suggest import SURE, find_nearest, suggest

LONGEST = 9
"""Maximum number of words of a label; what is longer is a sentence."""
_QUESTION = frozenset(("is", "are", "has", "ist", "est"))
"""Words of labels that are answered with yes or no: `Country is EU`."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")


class FieldMatch(NamedTuple):
    """A field of a service, and whether it is certain that a label means it."""

    path: str
    certain: bool


class Labels:
    """The known labels: first those that the user maps, then those of the data file."""

    def __init__(self, mapped: Mapping[str, str] | None = None) -> None:
        self._mapped = {normalize_label(label): path for label, path in (mapped or {}).items()}
        self._given = {normalize_label(label): label for label in mapped or {}}
        self._known: dict[str, FieldMatch | None] = {}

    @property
    def unused(self) -> tuple[str, ...]:
        """The labels that the user maps and that no text is under."""
        met = {normalize_label(label) for label in self._known} if self._given else set()
        return tuple(label for phrase, label in self._given.items() if phrase not in met)

    def maps(self, label: str) -> bool:
        """Return whether the user maps a label; such a mapping takes precedence over known labels."""
        return bool(self._mapped) and normalize_label(label) in self._mapped

    def field(self, label: str) -> FieldMatch | None:
        """Return the field that a label means, None if it is not known."""
        if label not in self._known:
            self._known[label] = self._found(label)
        return self._known[label]

    def correct(self, heads: Iterable[str]) -> None:
        """Understand misspelt headers of a table, such as `Locaton`, if most are known then."""
        known = {head: self.field(head) for head in heads}
        for head, field in known.items():
            if field is None:
                known[head] = _find_misspelt(normalize_label(head))
        if 2 * sum(field is not None for field in known.values()) > len(known) > 1:
            self._known.update(known)

    def _found(self, label: str) -> FieldMatch | None:
        phrase = normalize_label(label)
        if phrase in self._mapped:
            return FieldMatch(self._mapped[phrase], certain=True)
        if label in list_paths():
            return FieldMatch(label, certain=True)
        if not phrase or len(phrase.split()) > LONGEST:
            return None
        sure, likely = _phrases("sure"), _phrases("likely")
        if phrase in sure:
            return FieldMatch(sure[phrase], certain=True)
        short = normalize(_ASIDE.sub(" ", label))
        path = likely.get(phrase) or sure.get(short) or likely.get(short)
        path = path or _composed(phrase, named=True) or _find_by_roots(phrase)
        path = path or _within(label, phrase) or _composed(phrase)
        path = path or ("name" if _ends_in_company(phrase) else None)
        apart = normalize(_CAMEL.sub(" ", label))  # a key such as `NameEntity`
        path = path or sure.get(apart) or likely.get(apart)
        first = normalize(label.partition("/")[0])
        path = sure.get(first, likely.get(first, path)) if "/" in label and path != "name" else path
        return FieldMatch(path, certain=False) if path else None


@lru_cache(maxsize=1024)
def _find_misspelt(phrase: str) -> FieldMatch | None:
    """Return the field of the phrase that a header misspells by a letter or two."""
    if not _SHORTEST_MISSPELT <= len(phrase) <= _LONGEST_MISSPELT or len(phrase.split()) > LONGEST:
        return None
    known = {**_phrases("likely"), **_phrases("sure")}
    near = [each for each in known if each[0] == phrase[0] and known[each] in _OFTEN_MISSPELT]
    nearest = find_nearest(phrase, near, SURE)
    return FieldMatch(known[nearest], certain=False) if nearest else None


_SHORTEST_MISSPELT = 5
_LONGEST_MISSPELT = 60
_OFTEN_MISSPELT = frozenset(
    ("name", "purpose", "processing", "sees", "transfer", "entity.name", "entity.country")
)
"""Fields whose headers are read in spite of a misspelling."""


def parse_mappings(mappings: Iterable[str], id_column: str | None) -> dict[str, str]:
    """Return the fields that the user maps labels to.

    Raises:
        UsageError: a mapping is not written as LABEL=FIELD, there is no such field, or a label has two.
    """
    mapping = {id_column: "id"} if id_column else {}
    for text in mappings:
        label, equals, path = (part.strip() for part in text.rpartition("="))
        if not equals or not label:
            raise UsageError(f"--map: {text!r} is not LABEL=FIELD", '--map "Entity Country=entity.country"')
        if path not in list_paths():
            hint = suggest(path, list_paths()) or f"one of: {', '.join(list_paths())}"
            raise UsageError(f"--map: there is no field {path!r}", hint)
        if mapping.setdefault(label, path) != path:
            option = "--id-column" if label == id_column else "--map"
            raise UsageError(f"--map: {label!r} is mapped to {path}, and by {option} to {mapping[label]}")
    return mapping


def normalize_label(label: str) -> str:
    """Return a label in its normal form; a key of JSON such as `serviceName` is several words."""
    return normalize(split_camel_case(label))


def split_camel_case(key: str) -> str:
    """Return a key of JSON with its words apart: `serviceName` as `service Name`."""
    return _CAMEL.sub(" ", key) if key[:1].islower() else key


def _within(label: str, phrase: str) -> str | None:
    """Return the field of the longest known phrase within a label, unless the label denies something."""
    if vocabulary.contains_negation(label) or _QUESTION.intersection(phrase.split()):
        return None
    padded = f" {phrase} "
    held = [known for known in _phrases("within") if f" {known} " in padded]
    return _phrases("within")[max(held, key=len)] if held else None


def _composed(phrase: str, *, named: bool = False) -> str | None:
    """Return `name` for a label that consists of words for companies: `Current third-party vendor`.

    Args:
        phrase: the label in its normal form.
        named: whether it also has to hold the word `name`, as `Subprocessor name and address` does.
    """
    fillers = _name_words("fillers")
    words = phrase.split()
    if named and not any(word in _name_words("names") for word in words):
        return None
    allowed = fillers if named else fillers - _PLACES
    if not _noun_words().union(allowed).issuperset(words):
        return None  # most labels that are asked for are names of services
    rest = f" {phrase} "
    for noun in _list_nouns():
        rest = rest.replace(f" {noun} ", "  ")
    return "name" if rest.split() != words and allowed.issuperset(rest.split()) else None


class _Roots(NamedTuple):
    """The words that a label about a field consists of.

    Attributes:
        nouns: it has one of these.
        joined: it has one of these as well, unless there are none.
        around: it may have these.
    """

    nouns: frozenset[str]
    joined: frozenset[str]
    around: frozenset[str]

    def match(self, words: frozenset[str]) -> bool:
        """Return whether a label consists of these words."""
        known = self.nouns | self.joined | self.around
        return bool(words & self.nouns) and (not self.joined or bool(words & self.joined)) and words <= known


def _find_by_roots(phrase: str) -> str | None:
    """Return the field whose roots a label consists of: `Luogo di elaborazione`, `Pays du prestataire`."""
    words = frozenset(phrase.split())
    return next((path for path, roots in _roots().items() if roots.match(words)), None)


@cache
def _roots() -> dict[str, _Roots]:
    listed = vocabulary.load_file("labels.yaml")
    return {
        path: _Roots(*(frozenset(map(normalize, kinds.get(kind, ()))) for kind in _Roots._fields))
        for path, kinds in listed.items()
        if "nouns" in kinds
    }


def _ends_in_company(phrase: str) -> bool:
    """Return whether a short label ends in a word for companies, and speaks of no place: `CDN provider`."""
    *kinds, last = phrase.split()
    is_company = last in _name_words("ends") and not (_PLACES | _OTHERS).intersection(kinds)
    return is_company and 0 < len(kinds) <= _LONGEST_KIND and all(map(str.isalpha, kinds))


_LONGEST_KIND = 2
"""Maximum number of words for the kind of a company before the one for it: `Cloud hosting provider`."""
_OTHERS = frozenset(
    ("own", "their", "its", "other", "further", "onward", "eigene", "weitere", "propres", "autres")
)
"""Words that make a label one of other companies than the service: `Own subprocessors`."""
_PLACES = frozenset(
    (
        "address",
        "location",
        "country",
        "anschrift",
        "adresse",
        "sitz",
        "registered",
        "website",
        "url",
        "homepage",
    )
)
"""Words that make a label one of places or addresses, unless it also speaks of names."""


@cache
def _name_words(kind: str) -> frozenset[str]:
    return frozenset(map(normalize, vocabulary.load_file("labels.yaml")["name"][kind]))


@cache
def _list_nouns() -> tuple[str, ...]:
    return tuple(sorted(_name_words("words"), key=len, reverse=True))


@cache
def _noun_words() -> frozenset[str]:
    return frozenset(word for noun in _list_nouns() for word in noun.split())


@cache
def list_paths() -> tuple[str, ...]:
    """Return the fields that a label can mean: the columns of an export."""
    return tuple(column for column in COLUMNS if column != "own")


@cache
def _phrases(kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, kinds in vocabulary.load_file("labels.yaml").items():
        for phrase in kinds.get(kind, ()):
            found.setdefault(normalize(phrase), path)
    return found
