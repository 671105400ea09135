"""The tree of data categories: the built-in one, and a publisher's own branches on it."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from subproc_cli.enums import Personal
from subproc_cli.reference import data_files
from subproc_cli.reference.misspellings import slip_of
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
    """

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    personal: Personal = Personal.DEPENDS
    special: bool = False
    own: bool = False


def parent(key: str) -> str | None:
    """Return the key of the category above, None for the root."""
    if key == ROOT:
        return None
    return key.rpartition(".")[0] or ROOT


def covers(wide: str, narrow: str) -> bool:
    """Tell whether `wide` is `narrow` itself or lies above it."""
    return wide in (ROOT, narrow) or narrow.startswith(wide + ".")


def depth(key: str) -> int:
    """Return how far below the root a category lies; the root has 0."""
    return 0 if key == ROOT else key.count(".") + 1


class Tree:
    """Categories by key, in the order of their file."""

    def __init__(self, categories: Mapping[str, Category]) -> None:
        self._categories = categories

    def __contains__(self, key: str) -> bool:
        return key in self._categories

    def __getitem__(self, key: str) -> Category:
        return self._categories[key]

    def __iter__(self) -> Iterator[Category]:
        return iter(self._categories.values())

    def extended(self, own: Mapping[str, Category]) -> "Tree":
        """Return a tree with a publisher's own categories behind the built-in ones."""
        return Tree({**self._categories, **own}) if own else self

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The categories that have none below them."""
        above = {parent(key) for key in self._categories}
        return tuple(key for key in self._categories if key not in above)

    @cached_property
    def tops(self) -> tuple[str, ...]:
        """The categories right under the root."""
        return tuple(key for key in self._categories if parent(key) == ROOT)

    @cached_property
    def _leaves_under(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {key: [] for key in self._categories}
        for leaf in self.leaves:
            above: str | None = leaf
            while above is not None:
                found[above].append(leaf)
                above = parent(above)
        return {key: tuple(leaves) for key, leaves in found.items()}

    def leaves_under(self, key: str) -> tuple[str, ...]:
        """Return the leaves at or under a category."""
        return self._leaves_under[key]

    def widest(self, leaves: Collection[str]) -> Iterator[str]:
        """Yield the fewest categories that hold exactly these leaves, in the order of the tree."""
        held, taken = frozenset(leaves), set[str]()
        for key in self._categories:
            if parent(key) in taken:
                taken.add(key)
            elif held.issuperset(self.leaves_under(key)):
                taken.add(key)
                yield key

    @cached_property
    def perhaps_personal_leaves(self) -> tuple[str, ...]:
        """The leaves that are personal data in every case or in some."""
        return tuple(leaf for leaf in self.leaves if self[leaf].personal is not Personal.NO)

    @cached_property
    def surely_personal(self) -> frozenset[str]:
        """The categories that are personal data in every case."""
        return frozenset(each.key for each in self if each.personal is Personal.YES)

    @cached_property
    def phrases(self) -> dict[str, str]:
        """Every word for a category in its stemmed form, with the category's key.

        Labels come before aliases, and built-in words before a publisher's own, which take none away.
        The last part of a key is a word for it, of an own one only if no other category has that word.
        """
        own = [each for each in self if each.own]
        found: dict[str, str] = {}
        for categories in ([each for each in self if not each.own], own):
            for rank in zip(*map(_ranked, categories), strict=True):
                for category, words in zip(categories, rank, strict=True):
                    for word in words:
                        found.setdefault(stem(word), category.key)
        return {**_of_one(own), **found}

    def find(self, phrase: str) -> str | None:
        """Return the key of the category that a phrase names, None if it names none."""
        return self.phrases.get(stem(phrase))

    @property
    def _words(self) -> Iterator[str]:
        return (word for each in self for word in (each.key, each.label, *each.aliases))

    def nearest(self, phrase: str) -> str | None:
        """Return the key of the category of which a phrase is a misspelt word, None if there is none."""
        found = slip_of(phrase, self._words, self.find)
        return self.find(found) if found else None

    def proposal(self, phrase: str) -> str:
        """Return `did you mean …?` for a phrase that names no category, or an empty text."""
        found = slip_of(phrase, self._words, self.find)
        return f"did you mean {found}?" if found else ""


def _last(key: str) -> str:
    return key.rpartition(".")[2]


def _ranked(category: Category) -> tuple[tuple[str, ...], ...]:
    """Return the words for a category, those that come before the words of others first."""
    names = (category.label,) if category.own else (category.label, _last(category.key))
    return (category.key,), names, category.aliases


def _of_one(categories: list[Category]) -> dict[str, str]:
    """Return the last parts of keys in their stemmed form, those of several categories left out."""
    ends: dict[str, list[str]] = {}
    for category in categories:
        ends.setdefault(stem(_last(category.key)), []).append(category.key)
    return {end: keys[0] for end, keys in ends.items() if len(keys) == 1}


@cache
def built_in() -> Tree:
    """Return the tree that comes with the program."""
    return Tree(
        {
            key: Category(
                key=key,
                label=row["label"],
                aliases=tuple(row["aliases"]),
                personal=Personal(row["personal"]),
                special=row.get("special") == "true",
            )
            for key, row in data_files.read("categories.yaml").items()
        },
    )


class Counterpart(NamedTuple):
    """What other vocabularies call a category.

    Attributes:
        fideslang: the nearest key of Fideslang; empty if there is none.
        dpv: the IRI of the nearest term of the W3C Data Privacy Vocabulary; empty if there is none.
    """

    fideslang: str
    dpv: str


def counterpart(key: str) -> Counterpart:
    """Return the counterpart of a category; a publisher's own one has that of what it hangs under."""
    above: str | None = key
    while above is not None:
        if above in _built_in():
            return _built_in()[above]
        above = parent(above)
    return Counterpart("", "")


@cache
def _built_in() -> dict[str, Counterpart]:
    return {
        key: Counterpart(row.get("fideslang", ""), row.get("dpv", ""))
        for key, row in data_files.read("crosswalk.yaml").items()
    }
