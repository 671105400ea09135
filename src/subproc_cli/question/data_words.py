"""The words of a question for data: categories, personal data, and words with several senses."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from subproc_cli.enums import PERSONAL
from subproc_cli.question.grammar import load_grammar
from subproc_cli.question.known_words import LEADING_NOISE, PERSONAL_WORDS
from subproc_cli.question.query import Clause, Not
from subproc_cli.question.sentence import Match, Sentence
from subproc_cli.question.values import Loose, Proposal
from subproc_cli.question.word_forms import list_verb_forms
from subproc_cli.reference import data_files
from subproc_cli.reference.categories import ROOT, CategoryTree
from subproc_cli.text import stem

_SENSES = Path(__file__).with_name("senses.yaml")
_PAYMENTS = frozenset(("payments", "customers payments", "customer payments", "card payments"))

_SUFFIXES = (" data", " information", " records")
"""Words that add nothing to a category: `trade union membership data`."""
_BEGIN_OF_DETAILS = frozenset(
    ("that", "which", "in", "inside", "within", "outside", "to", "into", "from", "about", "of", "going")
)
"""Words after *data* with which it is said which data is meant, or where it is."""
_SUPPORT = frozenset(("support", "customer support"))


@cache
def load_senses() -> dict[str, tuple[str, ...]]:
    """Return the words for data with several meanings, each as a clause in the formal notation."""
    return {word: tuple(meanings) for word, meanings in data_files.read_path(_SENSES).items()}


class DataWords:
    """The words for data of one list.

    Args:
        tree: the categories.
        read_clause: reads a clause in the formal notation.
    """

    def __init__(self, tree: CategoryTree, read_clause: Callable[[str], Clause | None]) -> None:
        self._tree = tree
        self._read_clause = read_clause

    def find_data(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the categories, and personal data."""
        for end, words in sentence.iter_phrases(at):
            stemmed = stem(words)
            is_quoted = sentence.tokens[at].is_quoted
            found = (
                PERSONAL
                if stemmed in PERSONAL_WORDS
                else self._find_category(stemmed, words, is_quoted=is_quoted)
            )
            if not found and words.endswith(_SUFFIXES) and words not in load_senses():
                found = self._find_category(stem(words.rpartition(" ")[0]), words, is_quoted=is_quoted)
            if found and found != ROOT and words not in load_senses():
                yield end, found

    def _find_category(self, stemmed: str, words: str, *, is_quoted: bool) -> str | None:
        if not is_quoted and words.split(maxsplit=1)[0] in LEADING_NOISE:
            return None
        return self._tree.keys_by_phrase.get(stemmed)

    def find_sense(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield each meaning of a word with several, as a proposal.

        A documented meaning is a reading: it holds in the questions of a list, which may have used the word.
        """
        if not data_files.has_word(_SENSES, sentence.get_word(at)):
            return
        for end, words in sentence.iter_phrases(at, 4):
            senses = load_senses().get(words, ())
            is_documented = any(text.startswith("documented ") for text in senses)
            for text in senses:
                clause = self._read_clause(text.removeprefix("documented ").removeprefix("not "))
                if clause and text.startswith("documented "):
                    yield end, clause
                elif clause:
                    meaning = Not(clause) if text.startswith("not ") else clause
                    yield end, Loose(meaning) if is_documented else Proposal(meaning)

    @staticmethod
    def find_kind_or_data(sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield both senses of a word that is a kind of service as well as data: `handle payments`."""
        for end, words in sentence.iter_phrases(at, 3):
            if words in _PAYMENTS:
                yield end, Clause("used-for", ("payments",))
                yield end, Loose(Clause("sees", ("payment",)))
            if words in _SUPPORT:
                yield end, Loose(Clause("used-for", ("customer-support",)))


def is_said_of_data(word: str) -> bool:
    """Return whether a word after *data* says what happens to it: *no data* is then no missing field."""
    return word in _BEGIN_OF_DETAILS or word in _list_processing_verbs()


@cache
def _list_processing_verbs() -> frozenset[str]:
    classes = ("ACCESSING", "PLACING", "TRANSFER", "LEAVE", "STAY_VERB", "WORK")
    verbs = tuple(verb for name in classes for verb in load_grammar().verbs[name] if " " not in verb)
    return frozenset(chain(*(list_verb_forms(verbs, form) for form in "bspg")))
