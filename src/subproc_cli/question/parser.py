"""Reads a question: its one meaning, or a refusal that points at a word and proposes complete questions."""

from collections import deque
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question.list_names import Lookups, load_list_names
from subproc_cli.question.printer import Printer
from subproc_cli.question.query import Query, normalize_query
from subproc_cli.question.reading import MAX_PROPOSALS, Reader, Reading
from subproc_cli.reference.categories import CategoryTree
from subproc_cli.reference.geography import Gazetteer
from subproc_cli.registry.registry import Registry

_EXAMPLES = "for example: 'which see personal data', 'which process outside the EU', 'which lack a DPA'"
_NAMES = "the names are those of 'subproc list'"
MAX_LENGTH = 10_000
"""Maximum number of characters of a question."""


class _Asked(NamedTuple):
    """A question, and all that decides its meaning except the names of the list."""

    text: str
    as_of: date
    is_stored: bool
    tree: CategoryTree
    gazetteer: Gazetteer


class _Known(NamedTuple):
    """What a question meant in a list in which some names were looked up."""

    asked: _Asked
    lookups: Lookups
    query: Query


_last_read: deque[_Known] = deque(maxlen=16)
"""The questions that were read last: one that is asked of many lists is read once."""


def parse(registry: Registry, text: str, as_of: date, *, is_stored: bool = False) -> Query:
    """Return what a question means.

    Args:
        registry: the list that it is asked of; its own words and names are understood.
        text: the question.
        as_of: the day from which `this year` is counted.
        is_stored: whether the question is a policy or another part of a list, where the documented one of two
            readings holds.

    Raises:
        QuestionSyntaxError: a word is not understood, or the question has several meanings.
    """
    _check_length(text)
    query = _parse_once(registry, text, as_of, is_stored=is_stored)
    return _make_storable(query, text) if is_stored else query


def _parse_once(registry: Registry, text: str, as_of: date, *, is_stored: bool) -> Query:
    """Return what a question means; what it means in another list holds if the names in it are the same."""
    asked = _Asked(text, as_of, is_stored, registry.category_tree, registry.gazetteer)
    names = load_list_names(registry)
    for known in tuple(_last_read):
        if known.asked == asked and known.lookups.are_same_in(names):
            return known.query
    reader = Reader(registry, as_of)
    reading = reader.read(text)
    answered = reading.meant if is_stored and len(reading.meant) == 1 else reading.answered
    if len(answered) != 1:
        raise _Refusal(reader, text).explain(reading)
    query = next(iter(answered.values()))
    _last_read.append(_Known(asked, reader.vocabulary.lookups, query))
    return query


def find_other_readings(registry: Registry, text: str, as_of: date) -> tuple[str, ...]:
    """Return the lines for a question of a list that is read in one of several ways, that one first.

    None are returned for a question with one meaning, or with none.
    """
    _check_length(text)
    reader = Reader(registry, as_of)
    reading = reader.read(text)
    if len(reading.meant) != 1 or not reading.loose:
        return ()
    return _Refusal(reader, text).print_lines(reading.answered.values())


def _make_storable(query: Query, text: str) -> Query:
    """Return a question of a list as one for each service: *no vendor sees X* as *do not see X*."""
    if query.kind == "facts":
        message, hint = "this asks for facts, not for a yes or no", "for example: process only in the EU"
        raise QuestionSyntaxError(message, hint, text, (0, len(text)))
    return query._replace(kind="all", predicate=query.asked) if query.kind == "none" else query


def _check_length(text: str) -> None:
    if len(text) > MAX_LENGTH:
        message = f"a question of more than {MAX_LENGTH:,} characters is not read"
        raise QuestionSyntaxError(message, "", text, (0, 0))
    if not text.strip():
        raise QuestionSyntaxError("the question is empty", "for example: see email", text, (0, 0))


class _Refusal:
    """Makes the error for a question without one meaning."""

    def __init__(self, reader: Reader, text: str) -> None:
        self._reader = reader
        self._text = text
        self._printer = Printer(reader.registry)

    def explain(self, reading: Reading) -> QuestionSyntaxError:
        """Return the error, with what to type instead."""
        queries = reading.answered or reading.proposed
        if not queries:
            return self._point(reading)
        is_ambiguous = len(queries) > 1
        if reading.is_fragment and not reading.answered:
            message = "this is not a whole question"
        elif reading.absent:
            message = f"the list does not name {reading.absent!r}"
        elif is_ambiguous and not reading.is_beyond_lists:
            message = "this has more than one meaning"
        else:
            message = "this cannot be asked in these words"
        lines = self.print_lines(queries.values())
        shown = lines[:MAX_PROPOSALS]
        span = 0, len(self._text)
        hint = _format_hint(lines)
        error = QuestionSyntaxError(message, hint, self._text, span, shown)
        error.is_ambiguous = is_ambiguous
        return error

    def print_lines(self, queries: Iterable[Query]) -> tuple[str, ...]:
        """Return a line for each meaning, that was read back."""
        return tuple(dict.fromkeys(filter(None, map(self._print, queries))))

    def _print(self, query: Query) -> str:
        """Return a meaning in words or, where these are not read back, in the formal notation."""
        if query.kind == "facts":
            return f"subproc show {query.service}" if query.service else "subproc list"
        wanted = normalize_query(query)
        for line in (self._printer.format_query(query), str(query.predicate or "")):
            if line and [*self._reader.read(line).answered] == [wanted]:
                return line
        return ""

    def _point(self, reading: Reading) -> QuestionSyntaxError:
        """Return the error at the first word that no reading can go on with."""
        from subproc_cli.question.suggestions import Suggester  # most questions are understood

        tokens, at = reading.sentence.tokens, reading.failure.at
        if not tokens:
            return QuestionSyntaxError("the question is empty", "for example: see email", self._text, (0, 0))
        suggester = Suggester(self._reader, self.print_lines)
        if named := suggester.read_as_name(self._text, reading):
            return self.explain(named)
        lines = suggester.propose(self._text, reading)
        token = tokens[min(at, len(tokens) - 1)]
        hint = _format_hint(lines) or _EXAMPLES
        if absent := suggester.find_absent_name(reading):
            message = f"the list does not name {absent!r}"
            start, end = token.start, max(token.end, token.start + len(absent))  # one in quotes is longer
            hint = _format_hint(lines) or _NAMES
        elif at < len(tokens):
            message, start, end = f"{token.raw!r} is not understood here", token.start, token.end
        else:
            message, start, end = f"the question breaks off after {token.raw!r}", token.end, token.end
        return QuestionSyntaxError(message, hint, self._text, (start, end), lines[:MAX_PROPOSALS])


def _format_hint(lines: tuple[str, ...]) -> str:
    if not lines:
        return ""
    shown = [f"'{line}'" for line in lines[:MAX_PROPOSALS]]
    more = f" (and {len(lines) - MAX_PROPOSALS} more)" if len(lines) > MAX_PROPOSALS else ""
    return f"ask {' or '.join(shown)}{more}"
