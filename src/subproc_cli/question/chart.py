"""Finds every reading of a question: a memoised parser over the grammar file that keeps meanings, not trees.

For each rule and each position the parser keeps the ends that the rule can reach, each with the meaning that
it has there. Two ways to read the same words that mean the same are one entry, so what is left at the end are
the readings that differ.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from typing import NamedTuple, TypeAlias

from subproc_cli.question.grammar import Call, Expression, Grammar, Item, ItemKind, Production
from subproc_cli.question.lexer import Token
from subproc_cli.question.query import Value

Meaning: TypeAlias = Hashable
Match: TypeAlias = tuple[int, Meaning]
"""Where a match ends, and what it means."""
Lookup: TypeAlias = Callable[[str, int], Iterable[Match]]
"""Returns the matches of a word class that begin at a token."""
Action: TypeAlias = Callable[..., Meaning]

MAX_MEANINGS = 16
"""Maximum number of meanings of a phrase: a question with more is too ambiguous to be answered."""


class Several(Value):
    """Readings of one phrase that differ; an action returns it where words leave more than one open."""

    meanings: tuple[Meaning, ...]


class Failure(NamedTuple):
    """The position up to which a question was understood.

    Attributes:
        at: the index of the first token that no reading can go on with.
        expected: the items of the grammar that could have followed.
    """

    at: int
    expected: frozenset[Item]


class Chart:
    """Finds the meanings of one question.

    Args:
        grammar: the rules.
        tokens: the words of the question.
        lookup: finds the matches of a word class at a position.
        actions: makes the meaning of a production from the meanings of its items, by name.
    """

    def __init__(
        self, grammar: Grammar, tokens: Sequence[Token], lookup: Lookup, actions: Mapping[str, Action]
    ) -> None:
        self._grammar = grammar
        self._tokens = tokens
        self._lookup = lookup
        self._actions = actions
        self._memo: dict[tuple[str, int], tuple[Match, ...]] = {}
        self._classes: dict[tuple[str, int], tuple[Match, ...]] = {}
        self._expected: dict[int, dict[int, Item]] = {}
        """Items that were looked for at a token and not found, by identity: faster than by their hash."""
        self._tried: dict[int, list[str]] = {}
        """Rules that were looked for at a token: what else they begin with was not found there."""

    def parse(self) -> tuple[Meaning, ...]:
        """Return the meanings of the whole question; none if it is not understood."""
        found = self.match_rule(self._grammar.start, 0)
        return tuple(dict.fromkeys(meaning for end, meaning in found if end == len(self._tokens)))

    def get_expected(self, at: int) -> frozenset[Item]:
        """Return the items of the grammar that could be at a token, and are not."""
        found = {*self._expected.get(at, {}).values()}
        for name in self._tried.get(at, ()):
            candidates = {*map(id, self._grammar.find_candidates(name, self._get_word(at)))}
            productions = self._grammar.find_productions(name)
            found |= {each.first for each in productions if id(each) not in candidates}
        return frozenset(found)

    @property
    def failure(self) -> Failure:
        """How far the question was understood, after `parse` returned nothing."""
        at = max((*self._expected, *self._tried), default=0)
        return Failure(at, self.get_expected(at))

    def match_rule(self, name: str, at: int) -> tuple[Match, ...]:
        """Return where a rule can end that begins at a token, with what it means there."""
        key = name, at
        if key not in self._memo:
            self._memo[key] = ()  # a rule that begins with itself finds nothing there
            self._tried.setdefault(at, []).append(name)
            found: dict[int, dict[Meaning, None]] = {}
            for production in self._grammar.find_candidates(name, self._get_word(at)):
                for end, meaning in self._match_production(production, at):
                    meanings = found.setdefault(end, {})
                    if len(meanings) < MAX_MEANINGS:
                        meanings[meaning] = None
            self._memo[key] = tuple((end, meaning) for end, meanings in found.items() for meaning in meanings)
        return self._memo[key]

    def _get_word(self, at: int) -> str:
        """Return a word that a rule can begin with: none for what is quoted, and after the last."""
        return "" if at >= len(self._tokens) or self._tokens[at].is_quoted else self._tokens[at].word

    def _match_production(self, production: Production, at: int) -> Iterator[Match]:
        first = production.first
        if first.kind is not ItemKind.RULE and not first.is_optional and not self._match_item(first, at):
            return
        for end, values in self._match_items(production.items, 0, at):
            for meaning in self._apply(production, values):
                yield end, meaning

    def _match_items(
        self, items: tuple[Item, ...], index: int, at: int
    ) -> Iterator[tuple[int, tuple[Meaning, ...]]]:
        if index == len(items):
            yield at, ()
            return
        item = items[index]
        if item.is_optional:
            for end, rest in self._match_items(items, index + 1, at):
                yield end, (None, *rest)
        for middle, meaning in self._match_item(item, at):
            for end, rest in self._match_items(items, index + 1, middle):
                yield end, (meaning, *rest)

    def _match_item(self, item: Item, at: int) -> tuple[Match, ...]:
        if item.kind is ItemKind.RULE:
            return self.match_rule(item.name, at)
        if item.kind is ItemKind.CLASS:
            found = self._match_class(item.name, at)
        elif (
            at < len(self._tokens) and self._tokens[at].word in item.words and not self._tokens[at].is_quoted
        ):
            found = ((at + 1, self._tokens[at].word),)
        else:
            found = ()
        if not found:
            self._expected.setdefault(at, {})[id(item)] = item
        return found

    def _match_class(self, name: str, at: int) -> tuple[Match, ...]:
        key = name, at
        if key not in self._classes:
            self._classes[key] = (
                tuple(dict.fromkeys(self._lookup(name, at))) if at < len(self._tokens) else ()
            )
        return self._classes[key]

    def _apply(self, production: Production, values: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        if production.meaning is None:
            return (values[0] if len(values) == 1 else None,)
        return self._evaluate(production.meaning, values)

    def _evaluate(self, part: Expression, values: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
        """Return the meanings of an expression of the grammar, given those of the items."""
        match part:
            case int():
                return (values[part - 1],)
            case str():
                return (None if part == "-" else part,)
            case Call("each", arguments):
                return tuple(chain.from_iterable(self._evaluate(each, values) for each in arguments))
            case Call(name, arguments):
                found: list[Meaning] = []
                for given in product(*(self._evaluate(each, values) for each in arguments)):
                    made = self._actions[name](*given)
                    if isinstance(made, Several):
                        found.extend(made.meanings)
                    elif made is not None:
                        found.append(made)
                return tuple(found)
