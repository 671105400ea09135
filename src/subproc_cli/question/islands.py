"""Proposes a question from the parts of a refused one that are understood, with plain words between them."""

from collections.abc import Callable, Iterator
from itertools import islice, pairwise, product, takewhile
from typing import Any, NamedTuple

from subproc_cli.question.connectives import both, deny, either, fold_chain
from subproc_cli.question.grammar import load_grammar
from subproc_cli.question.meanings import listing, one, query
from subproc_cli.question.query import Clause, Query, Who, iter_clauses
from subproc_cli.question.reading import MAX_PROPOSALS, Reader, Reading
from subproc_cli.question.values import Instead, close, strip_marks
from subproc_cli.question.word_forms import to_bare
from subproc_cli.reference.service_types import load_service_types

MAX_ISLANDS = 8
"""Maximum number of parts of which a proposal is made."""
ISLAND_RULES = ("unit.b", "unit.s", "clear_note", "phrase", "first_comp", "note_part", "added_when")
"""The rules of the grammar whose meanings are conditions, the longest first where they end together."""
NEGATIONS = frozenset(
    (
        "no",
        "not",
        "never",
        "without",
        "none",
        "neither",
        "nor",
        "nobody",
        "except",
        "but",
        "unless",
        "apart",
        "excluding",
        "besides",
    )
)
_QUANTIFIERS = frozenset(
    (
        *("only", "all", "every", "each", "everything", "both", "two", "three", "four", "five", "half"),
        *("solely", "exclusively", "least", "than", "more", "less", "other", "third", "alone", "exactly"),
        *("few", "fewer", "several", "nothing"),
    )
)
_DENIALS = frozenset(
    (
        *(
            "lack",
            "lacks",
            "lacking",
            "refrain",
            "exclude",
            "excludes",
            "rule",
            "avoid",
            "avoids",
            "prevent",
            "prevents",
        ),
        *(
            "prohibit",
            "forbid",
            "forbidden",
            "refuse",
            "refuses",
            "decline",
            "stop",
            "zero",
            "away",
            "unable",
            "free",
        ),
        *(
            "ban",
            "banned",
            "block",
            "blocked",
            "deny",
            "denied",
            "non",
            "cut",
            "shielded",
            "hardly",
            "barely",
            "scarcely",
            "nowhere",
        ),
    )
)
"""Words that deny what follows, or is before them, without being a negation of the grammar."""
KEPT = NEGATIONS | _QUANTIFIERS | _DENIALS
"""Words that a proposal never leaves out."""
_COUNT_WORDS = frozenset(("number", "count", "percentage", "share", "proportion"))
_MIN_STEM = 4
"""Minimum number of letters of a verb that can be made of the name of a kind of service."""
_AFTER_PARTS = frozenset(("", "and", "or", "but", "nor", ",", ")"))
"""What can follow a part that ends with *no data*; another word says more of the data."""
_MAX_GAP = 2
"""Maximum number of words between a negation and what it negates."""
_LIMITS = frozenset(("only", "just", "merely", "solely", "exclusively"))
"""Words that turn a negation before them: *not only X* is X."""


class _Island(NamedTuple):
    start: int
    end: int
    meanings: tuple[Any, ...]


class Islands:
    """Makes questions of the parts of a refused one that are understood.

    Args:
        reader: reads what is proposed.
        reading: the refused question.
        is_plain: whether a word may be left out, by its position.
    """

    def __init__(self, reader: Reader, reading: Reading, is_plain: Callable[[int], bool]) -> None:
        self._reader = reader
        self._reading = reading
        self._sentence = reading.sentence
        self._is_plain = is_plain

    def find(self) -> Iterator[Query]:
        """Yield the questions that the parts make, the most likely first."""
        cover = self._cover()
        if not cover or len(cover) > MAX_ISLANDS:
            return
        chosen = [negated for each in cover if (negated := self._negate(each, cover))]
        if len(chosen) < len(cover):
            return
        chosen = [each for each in chosen if not self._refers_back(each)] or chosen
        for meanings in islice(product(*(each.meanings for each in chosen)), MAX_PROPOSALS):
            made = strip_marks(self._compose(chosen, meanings))
            if made is not None:
                yield made

    # ---- which parts

    def _cover(self) -> list[_Island]:
        """Return the parts that leave the fewest words out; none if a word that must stay would be lost."""
        count = len(self._sentence)
        inside = self._find_places_inside_names()
        best: list[tuple[float, tuple[_Island, ...]] | None] = [None] * (count + 1)
        best[count] = (0, ())
        for at in range(count - 1, -1, -1):
            options: list[tuple[float, tuple[_Island, ...]]] = []
            rest = best[at + 1]
            if rest is not None and (self._is_plain(at) or self._covers_negation(at, rest[1])):
                options.append((rest[0] + 1, rest[1]))
            for island in self._find_islands(at):
                if not inside.isdisjoint((island.start, island.end)):
                    continue
                after = best[island.end]
                if after is not None:
                    options.append((after[0] + 0.4, (island, *after[1])))
            best[at] = min(options, key=lambda option: option[0], default=None)
        return [*best[0][1]] if best[0] else []

    def _find_places_inside_names(self) -> frozenset[int]:
        """Return the positions inside a name: the state in `Example Germany GmbH` names no place."""
        if self._sentence.is_capitalized:
            return frozenset()
        lookup, tokens = self._reader.vocabulary.lookup, self._sentence.tokens
        found: set[int] = set()
        for at in range(len(tokens)):
            for end, _ in lookup(self._sentence, "NAME", at):
                capitals = takewhile(lambda token: token.raw[:1].isupper(), tokens[end:])
                found.update(range(at + 1, end + len([*capitals])))
        return frozenset(found)

    def _covers_negation(self, at: int, after: tuple[_Island, ...]) -> bool:
        """Return whether a negation can be said of the part that follows it."""
        word = self._sentence.get_word(at)
        return word in {"no", "not", "never", "without"} and bool(after) and after[0].start - at <= _MAX_GAP

    def _find_islands(self, at: int) -> Iterator[_Island]:
        found: dict[int, dict[Any, None]] = {}
        for rule in ISLAND_RULES:
            fresh: dict[int, dict[Any, None]] = {}
            for end, meaning in self._reading.match_rule(rule, at):
                if _is_condition(meaning) and not self._is_cut_off(at, end, meaning):
                    fresh.setdefault(end, {})[close(strip_marks(meaning))] = None
            for end, meanings in fresh.items():
                found.setdefault(end, meanings)
        for end, who in self._reading.match_rule("noun", at):
            if isinstance(who, Who):
                found[end] = {who: None}
        for end, key in self._reader.vocabulary.names.find_service(self._sentence, at):
            found[end] = {key: None}
        if at + 1 not in found and (kind := _find_type_of_verb(self._sentence.get_word(at))):
            found[at + 1] = {Clause("used-for", (kind,)): None}
        for end, meanings in found.items():
            yield _Island(at, end, tuple(meanings)[:MAX_PROPOSALS])

    def _is_cut_off(self, at: int, end: int, meaning: Any) -> bool:
        """Return whether a part is the *no data* of a longer one that is not read: `no data escapes`."""
        clauses = iter_clauses(close(strip_marks(meaning)))
        is_about_data = any(each.name == "sees" or each.arguments == ("data",) for each in clauses)
        is_denied = self._sentence.get_word(at) == "no"
        return is_denied and is_about_data and self._sentence.get_word(end) not in _AFTER_PARTS

    # ---- what they mean together

    def _negate(self, island: _Island, cover: list[_Island]) -> _Island | None:
        """Return a part with the negation before it that lies in no part; None if it cannot be negated."""
        before = [each.end for each in cover if each.end <= island.start]
        gap = range(max(before, default=0), island.start)
        words = [self._sentence.get_word(index) for index in gap]
        if NEGATIONS.isdisjoint(words):
            return island
        if not _LIMITS.isdisjoint(words) or not all(map(_is_condition, island.meanings)):
            return None
        if any(self._is_cut_off(island.start - 1, island.end, each) for each in island.meanings):
            return None
        return island._replace(meanings=tuple(close(deny(each)) for each in island.meanings))

    def _refers_back(self, island: _Island) -> bool:
        """Return whether a part speaks of what was named before: `who sees them`."""
        is_pronoun = self._sentence.get_word(island.end - 1) in {"it", "them"}
        return is_pronoun and island.meanings == (Clause("sees", ("everything",)),)

    def _compose(self, chosen: list[_Island], meanings: tuple[Any, ...]) -> Any:
        """Return the question that the parts make together; None if they make none."""
        nouns = [each for each in meanings if isinstance(each, Who)]
        services = [each for each in meanings if isinstance(each, str)]
        conditions = [each for each in meanings if _is_condition(each)]
        if len(services) > 1 or not (
            conditions or services or any(each.filter or each.role for each in nouns)
        ):
            return None
        joined = self._join(chosen, meanings)
        if services:
            return (
                Query("facts", service=services[0], fact="all")
                if joined is None
                else one(services[0], joined)
            )
        who = next((each for each in nouns if each.filter), next((each for each in nouns if each.role), None))
        who = who or (nouns[0] if nouns else None)
        if who is None:
            return query(self._kind, None, joined)
        return listing(self._kind, who) if joined is None else query(self._kind, who, joined)

    def _join(self, chosen: list[_Island], meanings: tuple[Any, ...]) -> Any:
        """Return all conditions together; those with *or* between them are alternatives."""
        groups: list[Any] = []
        last = 0
        for island, meaning in zip(chosen, meanings, strict=True):
            words = [self._sentence.get_word(index) for index in range(last, island.start)]
            if not _is_condition(meaning):
                continue
            if groups and "or" in words:
                groups[-1] = either(groups[-1], meaning)
            else:
                groups.append(meaning)
            last = island.end
        return fold_chain(both, tuple(dict.fromkeys(groups))) if groups else None

    @property
    def _kind(self) -> str:
        words = [token.word for token in self._sentence.tokens]
        is_count = ("how", "many") in pairwise(words)
        return "count" if is_count or not _COUNT_WORDS.isdisjoint(words) else "list"


def _find_type_of_verb(word: str) -> str:
    """Return the kind of service whose name a verb is made of, `translates`; empty if there is none."""
    bare = to_bare(word)
    start = bare.rstrip("ey")
    if len(start) < _MIN_STEM or bare in load_grammar().words:
        return ""
    names = ((name, kind.key) for kind in load_service_types().values() for name in kind.words)
    return next((key for name, key in names if name.startswith(start)), "")


def _is_condition(meaning: Any) -> bool:
    """Return whether a meaning is a whole condition; a use that is only a word of a purpose is none."""
    if meaning is None or isinstance(meaning, str | Who | Query | tuple | Instead):
        return False
    bare = close(strip_marks(meaning))
    if isinstance(bare, Clause) and bare.name == "used-for":
        return bare.arguments[0] in load_service_types()
    return not isinstance(bare, str)
