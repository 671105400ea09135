"""Reads a question into all that it can mean."""

from datetime import date
from functools import partial
from typing import Any

from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question.chart import Chart, Failure
from subproc_cli.question.grammar import Item, load_grammar
from subproc_cli.question.meanings import ACTIONS
from subproc_cli.question.query import Query, normalize_query
from subproc_cli.question.sentence import Sentence
from subproc_cli.question.values import Absent, Fragment, Instead, Loose, Proposal
from subproc_cli.question.vocabulary import Vocabulary
from subproc_cli.registry.registry import Registry

MAX_PROPOSALS = 4
"""Maximum number of questions that are proposed instead of one that is refused."""
MAX_WORDS = 300
"""Maximum number of words of a question; the time to read one grows with their square."""


class Reading:
    """All that a text can mean.

    Attributes:
        sentence: its words.
        meant: the readings that are answered, by their normal form.
        loose: those of them that the documented reading goes before, in policies.
        proposed: the readings that are only proposed.
        is_fragment: whether it is a word or a phrase rather than a question.
        is_beyond_lists: whether it asks what no list states, so that only other questions are proposed.
        absent: a name in it that no service of the list has, as it was typed.

    Raises:
        QuestionSyntaxError: the text has too many words, or brackets in brackets.
    """

    def __init__(self, vocabulary: Vocabulary, text: str) -> None:
        self.sentence = Sentence(text)
        if len(self.sentence) > MAX_WORDS:
            message = f"a question of more than {MAX_WORDS} words is not read"
            raise QuestionSyntaxError(message, "", text, (0, len(text)))
        self.meant: dict[Query, Query] = {}
        self.loose: dict[Query, Query] = {}
        self.proposed: dict[Query, Query] = {}
        self.is_fragment = self.is_beyond_lists = False
        self.absent = ""
        lookup = partial(vocabulary.lookup, self.sentence)
        self._chart = Chart(load_grammar(), self.sentence.tokens, lookup, ACTIONS)
        try:
            meanings = self._chart.parse()
        except RecursionError:
            raise QuestionSyntaxError("is nested too deeply", "", text, (0, len(text))) from None
        self._failure = self._chart.failure  # what is matched later leads no further
        for meaning in meanings:
            self._sort(meaning)
        self.loose = {form: query for form, query in self.loose.items() if form not in self.meant}

    def _sort(self, meaning: Any) -> None:
        found, target = meaning, self.meant
        while isinstance(found, Loose | Proposal):
            self.is_fragment |= isinstance(found, Fragment)
            self.is_beyond_lists |= isinstance(found, Instead)
            self.absent = found.name if isinstance(found, Absent) else self.absent
            if target is not self.proposed:
                target = self.proposed if isinstance(found, Proposal) else self.loose
            found = found.part
        target.setdefault(normalize_query(found), found)

    @property
    def answered(self) -> dict[Query, Query]:
        """The readings that a question at a prompt can have; with more than one it is refused."""
        return {**self.meant, **self.loose}

    @property
    def continuations(self) -> frozenset[Item]:
        """The items of the grammar that can follow the last word."""
        return self._chart.get_expected(len(self.sentence))

    def match_rule(self, name: str, at: int) -> tuple[tuple[int, Any], ...]:
        """Return what a rule of the grammar finds at a word: where it ends, and what it means."""
        return self._chart.match_rule(name, at)

    @property
    def failure(self) -> Failure:
        """How far the question was understood, if it has no reading."""
        return self._failure


class Reader:
    """Reads questions about one list on one day.

    Args:
        registry: the list; its own words and names are understood.
        as_of: the day from which `this year` is counted.
    """

    def __init__(self, registry: Registry, as_of: date) -> None:
        self.registry = registry
        self.vocabulary = Vocabulary(registry, as_of)

    def read(self, text: str) -> Reading:
        """Return all that a text can mean."""
        return Reading(self.vocabulary, text)
