"""Lists inside a clause: `email or name`, `(email and name) but not content`, `either email or name`."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from subproc_cli.question import vocabulary
from subproc_cli.question.query import And, Not, Or, Question, join_parts
from subproc_cli.question.reader import Reader
from subproc_cli.question.refusal import Line, Refusal

_GUESSED = 8
"""Most words that a misspelt name is taken to have."""
_MEANT = "did you mean "
Found = TypeVar("Found")
Item = Callable[[], Question]


def _never(_: str) -> bool:
    return False


def _as_it_is(question: Question) -> Question:
    return question


class _Members(NamedTuple):
    """What a list is read by.

    Attributes:
        item: reads a member.
        is_name: knows those that look like a keyword: NO.
    """

    item: Item
    is_name: Callable[[str], bool]


def _denied(clause: str) -> str:
    """Return the opposite of a clause: `have a DPA`, `have no DPA`."""
    verb, _, rest = clause.partition(" ")
    if verb == "are":
        return f"are not {rest}"
    return f"have no {rest.removeprefix('a ')}" if verb == "have" else f"do not {clause}"


class ListReader(Reader):
    """A reader that knows where a list goes on and where a new clause begins."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._ands: list[int] = []

    def listed(
        self,
        item: Item,
        is_name: Callable[[str], bool] = _never,
        unite: Callable[[Question], Question] = _as_it_is,
    ) -> Question:
        """Read a list whose members `item` reads.

        Args:
            item: reads a member.
            is_name: knows the members that look like a keyword: NO.
            unite: joins members to one where that is what the list means.

        Raises:
            Refusal: an `and` after a negation leaves open whether neither or not both is meant.
        """
        begun, before, self._ands = self.at, self._ands, []
        question = unite(self._any_of(_Members(item, is_name)))
        ands, self._ands = self._ands, before
        if self.denial is not None and ands and isinstance(question, And | Or):
            raise self._neither_or_not_both(begun, ands, self.denial)
        return question

    def _any_of(self, members: _Members) -> Question:
        parts = [self._all_of(members)]
        while self._goes_on(vocabulary.OR, members):
            self.advance()
            parts.append(self._all_of(members))
        return join_parts(Or, parts)

    def _all_of(self, members: _Members) -> Question:
        parts = [self._one(members)]
        while self._goes_on(vocabulary.AND, members):
            if self.word == "but" and self.peek(1) not in vocabulary.NEGATIONS:
                raise self.fault("'but' leaves open what is meant here", "write 'but not …', or 'and …'")
            self._ands.append(self.at)
            self.advance()
            parts.append(self._one(members))
        return join_parts(And, parts)

    def _goes_on(self, connectives: frozenset[str], members: _Members) -> bool:
        """Return whether a list goes on: to a new clause, or to the next in a negation; `nor` needs one."""
        known = connectives | vocabulary.NOR if self.denied and connectives == vocabulary.OR else connectives
        if self.word not in known:
            return False
        if members.is_name(self.written(1)):
            return True
        return not self.clause_ahead(1) and not (self.denied and self.peek(1) in vocabulary.NEGATIONS)

    def _one(self, members: _Members) -> Question:
        if members.is_name(self.shown):
            return members.item()
        if self.word in vocabulary.NEGATIONS:
            return self._denied_part(members)
        if self.word in vocabulary.PAIR:
            return self._pair(members)
        if self.word != "(":
            return members.item()
        self.advance()
        with self.nested():
            inside = self.listed(*members)
            self.close()
        return inside

    def _denied_part(self, members: _Members) -> Question:
        """Read the rest of a list after a negation, which covers it."""
        begun, word = self.at, self.word
        if self.denied:
            once = self.instead((begun, begun + 1, ""))
            raise self.fault(
                "two negations leave open whether they cancel each other", "", Line(once, instead_of=word)
            )
        self.advance()
        with self.nested(begun):
            inside = self.listed(*members)
        if word == vocabulary.NEITHER and not isinstance(inside, Or):
            verb = vocabulary.THIRD.get(self.word_at(begun - 1), self.word_at(begun - 1))
            denied = (
                (begun - 1, begun + 1, f"do not {verb}")
                if verb in vocabulary.BARE
                else (begun, begun + 1, "not")
            )
            raise self.fault_at(begun, "'neither' goes with 'nor'", "", self.instead(denied))
        return Not(inside)

    def _pair(self, members: _Members) -> Question:
        """Read `either … or …` or `both … and …`, which bind as parentheses do."""
        begun, either = self.at, self.word == vocabulary.EITHER
        self.advance()
        if either:
            parts = [self._all_of(members)]
            while self._goes_on(vocabulary.OR, members):
                self.advance()
                parts.append(self._one(members))
            if len(parts) > 1 and self._goes_on(vocabulary.AND, members):
                raise self.fault(
                    "'and' after 'either … or' may go with both or with the last",
                    "",
                    self.instead((begun, begun + 1, "("), (self.at, self.at, ")")),
                )
        else:
            parts = [self._one(members)]
            while self._goes_on(vocabulary.AND, members):
                self.advance()
                parts.append(self._one(members))
        if len(parts) == 1:
            raise self.unpaired(begun)
        return join_parts(Or if either else And, parts)

    def unpaired(self, begun: int) -> Refusal:
        """Return the fault of an `either` without its `or`, or a `both` without its `and`."""
        either = self.word_at(begun) == vocabulary.EITHER
        word, other = (vocabulary.EITHER, "or") if either else ("both", "and")
        wrong = vocabulary.AND if either else vocabulary.OR
        lines = [self.instead((begun, begun + 1, ""))]
        between = [at for at in range(begun, self.at + 1) if self.word_at(at) in wrong]
        if between:
            lines.append(self.instead(*((at, at + 1, other) for at in between)))
        return self.fault_at(begun, f"{word!r} goes with {other!r}", "", *lines)

    def _neither_or_not_both(self, begun: int, ands: list[int], denial: int) -> Refusal:
        """Return the fault of `do not see email and names`."""
        word = self.word_at(denial)
        verb, helped = self.word_at(denial - 1), self.word_at(denial - 1) in vocabulary.AUXILIARIES
        near = denial == begun - 1
        nor = [(at, at + 1, "nor") for at in ands]
        if word in vocabulary.NEGATED_ARE:
            neither = [(denial, denial + 1, vocabulary.NEGATED_ARE[word]), (begun, begun, vocabulary.NEITHER)]
        elif near:
            with_ = "with " if word in vocabulary.WITHOUT else ""
            neither = [(denial, denial + 1, with_ + vocabulary.NEITHER)]
        else:
            third = verb == "does" or word == "doesn't"
            of_one = vocabulary.OF_ONE.get(self.word_at(denial + 1)) if third else None
            neither = [(denial - helped, denial + 1, ""), (begun, begun, vocabulary.NEITHER)]
            if of_one:
                neither[0] = (denial - helped, denial + 2, of_one)
        if (
            near
            and word in ("no", vocabulary.NEITHER)
            and vocabulary.THIRD.get(verb, verb) in vocabulary.BARE
        ):
            both = [(denial - 1, denial + 1, f"do not {vocabulary.THIRD.get(verb, verb)} both")]
        elif near and word in ("no", vocabulary.NEITHER):
            both = [(denial, denial + 1, "not both")]
        else:
            both = [(begun, begun, "both")]
        if word == vocabulary.NEITHER and not near:
            both.append((denial, denial + 1, "not"))
        return self.fault_at(
            ands[0],
            "'and' after a negation leaves open whether neither or not both is meant",
            "",
            Line(self.instead(*neither, *nor), "", "for neither"),
            Line(self.instead(*both), "", "for not both"),
        )

    def found(self, find: Callable[[str], Found | None]) -> Found | None:
        """Take the longest known phrase here, or behind articles and the like; these one by one."""
        found = self.phrase(find)
        while found is None and self.take(vocabulary.NOISE):
            found = self.phrase(find)
        return found

    def governing(self, verbs: frozenset[str]) -> int:
        """Return where the last of some verbs is before the next word."""
        return next((at for at in range(self.at - 1, -1, -1) if self.word_at(at) in verbs), self.at)

    def clause_instead(self, line: Line, verbs: frozenset[str]) -> Line:
        """Return the question with another clause from its verb on; what is denied stays so.

        Args:
            line: the clause: `rely on SCCs`.
            verbs: those that may govern the words here.
        """
        verb_at = self.governing(verbs)
        begun, clause = verb_at, line.text
        if self.denial is not None:
            helped = self.word_at(self.denial - 1) in vocabulary.AUXILIARIES
            begun, clause = min(verb_at, self.denial - helped), _denied(clause)
        elif self.word_at(verb_at) == "be":
            begun = verb_at - (self.word_at(verb_at - 1) in vocabulary.AUXILIARIES)
        if self.word_at(verb_at) in vocabulary.WITH | vocabulary.WITHOUT:
            if self.denials > (self.denial is not None):  # it covers what is with it as well
                return Line("")
            clause = f"and {clause}"
        return line._replace(text=self.instead((begun, self.at + len(self.words_ahead()), clause)))

    def quantity(self, *lines: str) -> Refusal:
        """Return the fault of `all`, `only` and the like where they have no meaning yet."""
        return self.fault(f"{self.shown!r} is not understood here", "", *lines, *self.without(self.at))

    def without(self, at: int) -> tuple[str, ...]:
        """Return the question without a word that says how much is meant.

        After a negation that would be another question: `do not see only email`.
        """
        of = self.word_at(at + 1) == "of"
        return () if self.denials else (self.instead((at, at + 1 + of, "")),)

    def unknown(
        self, what: str, known: Callable[[str], str], otherwise: str = "", *lines: str | Line
    ) -> Refusal:
        """Return a fault for a word that is not `what` was expected.

        Args:
            what: what was expected.
            known: returns `did you mean …?` for a wrong word; said if that can be asked.
            otherwise: the hint where nothing is near.
            lines: whole questions that are meant.
        """
        if self.done():
            return self.fault(f"expected {what}")
        if self.word in vocabulary.QUANTITIES:
            return self.quantity()
        message = f"{self.shown!r} is not {what} that is known"
        guesses = () if lines or self.word in vocabulary.RESERVED else self._guesses(known)
        return self.fault(message, otherwise, *lines, *guesses)

    def _guesses(self, known: Callable[[str], str]) -> Iterator[Line]:
        """Yield what is meant if the next words are misspelt, as many of them as possible first."""
        words = self.words_ahead()[:_GUESSED]
        for count in range(len(words), 0, -1):
            hint = known(" ".join(words[:count]))
            if hint:
                word = hint.removeprefix(_MEANT).removesuffix("?")
                yield Line(self.instead((self.at, self.at + count, word)), hint)
