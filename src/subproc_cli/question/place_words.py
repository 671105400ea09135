"""The words of a question for places, and their adjectives: `German`."""

from collections.abc import Iterator
from functools import cache, cached_property

from subproc_cli.question.grammar import load_grammar
from subproc_cli.question.known_words import FREE_CODES, PEOPLES, WORD_CODES
from subproc_cli.question.sentence import Match, Sentence
from subproc_cli.question.values import Names
from subproc_cli.reference import data_files
from subproc_cli.reference.geography import WORLDWIDE, Gazetteer, find_countries_of_part
from subproc_cli.reference.towns import find_countries_of_town
from subproc_cli.text import fold

_WORLD_WORDS = frozenset(("worldwide", "world", "globally", "global"))
_CODE_LENGTH = 2
_VAGUE_AREAS = "vague_areas.yaml"
_FILES_OF_PARTS = ("towns.yaml", "territories.yaml")
_BEFORE_THERE = frozenset(("is", "are", "be", "was", "were"))
_BEFORE_PLACES = frozenset(("in", "to", "from", "within", "inside"))
_ARTICLES = frozenset(("the", "a", "an", "our", "your"))


class PlaceWords:
    """The words for places of one list.

    Args:
        gazetteer: the places, with the publisher's own regions.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def find_place(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield countries and regions."""
        for end, words in sentence.iter_phrases(at, 6):
            found = self._resolve(sentence, at, end, words)
            if found:
                yield end, found

    def _resolve(self, sentence: Sentence, at: int, end: int, words: str) -> str | None:
        if sentence.tokens[at].is_quoted:
            return self._gazetteer.find(sentence.tokens[at].raw) or self._own_regions.get(words)
        own = self._own_regions.get(words)
        if own and self._gazetteer.regions[own].own and words in load_grammar().words:
            return None  # a region may be called `only`, which needs quotes then
        if words.partition(" ")[0] in _ARTICLES or not self._is_code_meant(sentence, at, end, words):
            return own
        found = self._gazetteer.find(words) or own
        return None if found == WORLDWIDE and words not in _WORLD_WORDS else found

    @staticmethod
    def _is_code_meant(sentence: Sentence, at: int, end: int, words: str) -> bool:
        """Return whether a word of two or three letters can be a code; most are written in capitals."""
        if end - at > 1 or len(words) not in {2, 3} or words in FREE_CODES:
            return True
        is_capital = sentence.tokens[at].raw.strip(".").isupper()
        return is_capital and not (sentence.is_shouted and words in WORD_CODES)

    @cached_property
    def _own_regions(self) -> dict[str, str]:
        return {fold(key): key for key in self._gazetteer.regions}

    def find_part(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the countries of a town, a part of a country or a region of a cloud."""
        if not _may_be_part(sentence.get_word(at + (sentence.get_word(at) == "the"))):
            return
        ends = [end for end, words in sentence.iter_phrases(at, 5) if self._resolve(sentence, at, end, words)]
        if ends and not sentence.get_word(ends[-1]).isalpha():
            return
        for end, words in sentence.iter_phrases(at, 5):
            bare = words.removeprefix("the ")
            codes = find_countries_of_part(bare) or find_countries_of_town(bare)
            if codes and not self._resolve(sentence, at, end, words):
                yield end, " ".join(codes)

    def find_vague_area(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the places to ask for instead of an area that everybody draws differently: `EMEA`."""
        if not data_files.has_word(
            data_files.FOLDER / _VAGUE_AREAS, sentence.get_word(at + (sentence.get_word(at) == "the"))
        ):
            return
        for end, words in sentence.iter_phrases(at, 4):
            found = _load_vague_areas().get(words.removeprefix("the "))
            if found and not self._resolve(sentence, at, end, words):
                yield end, Names("or", found)

    def find_there(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the one place before a *there* that refers back to it."""
        if sentence.get_word(at) != "there" or sentence.get_word(at - 1) in _BEFORE_THERE:
            return
        starts = [index + 1 for index in range(at) if sentence.get_word(index) in _BEFORE_PLACES]
        starts = [index + (sentence.get_word(index) == "the") for index in starts]
        found = {place for index in starts for _, place in self.find_place(sentence, index)}
        named = sum(True for index in range(at) for _ in self.find_place(sentence, index))
        if len(found) == 1 == named:
            yield at + 1, found.pop()

    @staticmethod
    def find_people(sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the country of an adjective that needs no noun: `are German`."""
        word = sentence.get_word(at)
        if found := PEOPLES.get(word) or PEOPLES.get(word.removesuffix("s")):
            yield at + 1, found

    def find_nation(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the country or the region of an adjective: `German`, `US`, `EU based`.

        A code of two letters is an adjective only if it is well known or followed by `based`.
        """
        word = sentence.get_word(at)
        if word in PEOPLES:
            yield at + 1, PEOPLES[word]
        for end, words in sentence.iter_phrases(at, 4):
            found = self._resolve(sentence, at, end, words)
            if not found:
                continue
            if sentence.get_word(end) == "based":
                yield end + 1, found
            if (
                len(words) > _CODE_LENGTH
                or words in FREE_CODES
                or sentence.tokens[at].is_quoted
                or sentence.get_word(end) == "based"
            ):
                yield end, found


def _may_be_part(word: str) -> bool:
    """Return whether a town or a part of a country can begin with a word, before their files are parsed."""
    return any(data_files.has_word(data_files.FOLDER / name, word) for name in _FILES_OF_PARTS)


@cache
def _load_vague_areas() -> dict[str, tuple[str, ...]]:
    rows = data_files.read(_VAGUE_AREAS)
    return {fold(name): tuple(row["places"]) for row in rows for name in row["names"]}
