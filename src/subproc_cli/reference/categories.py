"""The tree of data categories: the built-in one, and a publisher's own branches on it."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from subproc_cli.enums import PersonalData
from subproc_cli.locale.catalogue import ENGLISH, load_catalogue
from subproc_cli.reference import data_files
from subproc_cli.suggest import LONG_TERM, find_intended
from subproc_cli.text import stem

ROOT = "everything"


class Category(NamedTuple):
    """One kind of data.

    Attributes:
        key: its path in the tree, such as `identity.email`.
        label: its name for people.
        aliases: further words for it.
        personal: whether it is personal data (Art. 4(1) GDPR).
        special: whether it is a special category (Art. 9 GDPR).
        own: whether the publisher of a list added it.
        words: further words for it, which a publisher's own category can take for itself.
        is_replaceable: whether an own category of the same key takes its place.
    """

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    personal: PersonalData = PersonalData.DEPENDS
    special: bool = False
    own: bool = False
    words: tuple[str, ...] = ()
    is_replaceable: bool = False


def get_parent(key: str) -> str | None:
    """Return the key of the category above, None for the root."""
    if key == ROOT:
        return None
    return key.rpartition(".")[0] or ROOT


def covers(wide: str, narrow: str) -> bool:
    """Return whether `wide` is `narrow` or one of its parents."""
    return wide in (ROOT, narrow) or narrow.startswith(wide + ".")


def get_depth(key: str) -> int:
    """Return the depth of a category below the root, which has 0."""
    return 0 if key == ROOT else key.count(".") + 1


class CategoryTree:
    """Categories by key, in the order of their file."""

    def __init__(self, categories: Mapping[str, Category]) -> None:
        self._categories = categories

    def __contains__(self, key: str) -> bool:
        return key in self._categories

    def __getitem__(self, key: str) -> Category:
        return self._categories[key]

    def __iter__(self) -> Iterator[Category]:
        return iter(self._categories.values())

    def with_own_categories(self, own: Mapping[str, Category]) -> "CategoryTree":
        """Return a tree with a publisher's own categories after the built-in ones."""
        if not own:
            return self
        kept = {key: each for key, each in self._categories.items() if key not in own}
        return CategoryTree({**kept, **own})

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The categories without subcategories."""
        above = {get_parent(key) for key in self._categories}
        return tuple(key for key in self._categories if key not in above)

    @cached_property
    def top_level(self) -> tuple[str, ...]:
        """The categories right under the root."""
        return tuple(key for key in self._categories if get_parent(key) == ROOT)

    @cached_property
    def _ancestors(self) -> dict[str, tuple[str, ...]]:
        """Each leaf with itself and the categories that hold it."""
        return {leaf: tuple(iter_upward(leaf)) for leaf in self.leaves}

    @cached_property
    def _leaves_by_key(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {key: [] for key in self._categories}
        for leaf in self.leaves:
            for key in self._ancestors[leaf]:
                found[key].append(leaf)
        return {key: tuple(leaves) for key, leaves in found.items()}

    def find_leaves(self, key: str) -> tuple[str, ...]:
        """Return the leaves at or under a category."""
        return self._leaves_by_key[key]

    def iter_widest(self, leaves: Collection[str]) -> Iterator[str]:
        """Yield the fewest categories that cover exactly these leaves, in the order of the tree."""
        held, taken = frozenset(leaves), set[str]()
        above = {key for leaf in held for key in self._ancestors[leaf]}
        for key in filter(above.__contains__, self._categories):
            if get_parent(key) in taken:
                taken.add(key)
            elif held.issuperset(self.find_leaves(key)):
                taken.add(key)
                yield key

    @cached_property
    def possibly_personal_leaves(self) -> tuple[str, ...]:
        """The leaves that are personal data in every case or in some."""
        return tuple(leaf for leaf in self.leaves if self[leaf].personal is not PersonalData.NO)

    @cached_property
    def always_personal(self) -> frozenset[str]:
        """The categories that are personal data in every case."""
        return frozenset(each.key for each in self if each.personal is PersonalData.YES)

    @cached_property
    def keys_by_phrase(self) -> dict[str, str]:
        """Every word for a category in its stemmed form, with the category's key.

        Labels come before aliases, and reserved words before a publisher's own, which come before the words
        that are not reserved. The last part of a key is a word for it, of an own one only if no other
        category has that word.
        """
        own = [each for each in self if each.own]
        later = [each for each in self if each.is_replaceable]
        found = dict(self.reserved_phrases)
        _add_phrases(found, own)
        _add_phrases(found, later)
        for category in self:
            for word in category.words:
                found.setdefault(stem(word), category.key)
        return {**_find_unambiguous_segments(own), **found}

    @cached_property
    def reserved_phrases(self) -> dict[str, str]:
        """The words that a publisher's own category cannot take, stemmed, with their category."""
        found: dict[str, str] = {}
        _add_phrases(found, [each for each in self if not (each.own or each.is_replaceable)])
        return found

    def find(self, phrase: str) -> str | None:
        """Return the key of the category that a phrase names, None if it names none."""
        return self.keys_by_phrase.get(stem(phrase))

    @property
    def _words(self) -> Iterator[str]:
        return (word for each in self for word in (each.key, each.label, *each.aliases, *each.words))

    def find_nearest(self, phrase: str) -> str | None:
        """Return the key of the category that a misspelt phrase means, None if there is none."""
        found = find_intended(phrase, self._words, self.find, LONG_TERM)
        return self.find(found) if found else None

    def suggest(self, phrase: str) -> str:
        """Return `did you mean …?` for a phrase that names no category, or an empty text."""
        found = find_intended(phrase, self._words, self.find, LONG_TERM)
        return f"did you mean {found}?" if found else ""


def iter_upward(key: str) -> Iterator[str]:
    """Yield a category and all of its parents."""
    above: str | None = key
    while above is not None:
        yield above
        above = get_parent(above)


def _add_phrases(found: dict[str, str], categories: list[Category]) -> None:
    """Add the words for categories that are not taken yet: all keys, then all labels, then all aliases."""
    for rank in zip(*map(_rank_words, categories), strict=True):
        for category, words in zip(categories, rank, strict=True):
            for word in words:
                found.setdefault(stem(word), category.key)


def _get_last_segment(key: str) -> str:
    return key.rpartition(".")[2]


def _rank_words(category: Category) -> tuple[tuple[str, ...], ...]:
    """Return the words for a category, first those that take precedence over the words of others."""
    names = (category.label,) if category.own else (category.label, _get_last_segment(category.key))
    return (category.key,), names, category.aliases


def _find_unambiguous_segments(categories: list[Category]) -> dict[str, str]:
    """Return the last parts of keys in their stemmed form, those of several categories left out."""
    ends: dict[str, list[str]] = {}
    for category in categories:
        ends.setdefault(stem(_get_last_segment(category.key)), []).append(category.key)
    return {end: keys[0] for end, keys in ends.items() if len(keys) == 1}


@cache
def load_category_tree() -> CategoryTree:
    """Return the tree that comes with the program; questions and answers have its labels in English."""
    english = load_catalogue(ENGLISH)
    return CategoryTree(
        {
            key: Category(
                key=key,
                label=english.text(f"category.{key}"),
                aliases=tuple(row.get("aliases", ())),
                personal=PersonalData(row["personal"]),
                special=row.get("special") == "true",
                words=tuple(row.get("words", ())),
                is_replaceable=row.get("replaceable") == "true",
            )
            for key, row in data_files.read("categories.yaml").items()
        },
    )


class Counterpart(NamedTuple):
    """The counterparts of categories in other vocabularies.

    Attributes:
        fideslang: the nearest key of Fideslang; empty if there is none.
        dpv: the IRI of the nearest term of the W3C Data Privacy Vocabulary; empty if there is none.
    """

    fideslang: str
    dpv: str


def find_counterpart(key: str) -> Counterpart:
    """Return the counterpart of a category; a publisher's own one has that of the category above it."""
    above: str | None = key
    while above is not None:
        if above in _load_counterparts():
            return _load_counterparts()[above]
        above = get_parent(above)
    return Counterpart("", "")


@cache
def _load_counterparts() -> dict[str, Counterpart]:
    return {
        key: Counterpart(row.get("fideslang", ""), row.get("dpv", ""))
        for key, row in data_files.read("crosswalk.yaml").items()
    }
