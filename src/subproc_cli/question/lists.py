"""Lists inside a clause: `email or name`, `(email and name) but not content`."""

from collections.abc import Callable
from typing import TypeVar

from subproc_cli.errors import QuestionFault
from subproc_cli.question import lexicon
from subproc_cli.question.clauses import And, Not, Or, Question, joined
from subproc_cli.question.reader import Reader

Found = TypeVar("Found")


def _never(_: str) -> bool:
    return False


class ListReader(Reader):
    """A reader that knows where a list goes on and where a new clause begins."""

    def listed(self, item: Callable[[], Question], is_name: Callable[[str], bool] = _never) -> Question:
        """Read a list whose members `item` reads; `is_name` knows those that look like a keyword: NO."""
        return self._series(lexicon.OR, Or, lambda: self._all_of(item, is_name), is_name)

    def _all_of(self, item: Callable[[], Question], is_name: Callable[[str], bool]) -> Question:
        return self._series(lexicon.AND, And, lambda: self._one(item, is_name), is_name)

    def _series(
        self,
        connectives: frozenset[str],
        kind: type[And] | type[Or],
        part: Callable[[], Question],
        is_name: Callable[[str], bool],
    ) -> Question:
        parts = [part()]
        while self._goes_on(connectives, is_name):
            if self.word == "but" and self.peek(1) not in lexicon.NEGATIONS:
                raise self.fault("'but' leaves open what is meant here", "write 'but not …', or 'and …'")
            self.advance()
            parts.append(part())
        return joined(kind, parts)

    def _goes_on(self, connectives: frozenset[str], is_name: Callable[[str], bool]) -> bool:
        """Tell whether a list goes on: up to a new clause, in a negation up to the next; `nor` needs one."""
        known = connectives | lexicon.NOR if self.denied and connectives == lexicon.OR else connectives
        if self.word not in known:
            return False
        if is_name(self.written(1)):
            return True
        return not self.clause_ahead(1) and not (self.denied and self.peek(1) in lexicon.NEGATIONS)

    def _one(self, item: Callable[[], Question], is_name: Callable[[str], bool]) -> Question:
        if not is_name(self.shown) and self.take(lexicon.NEGATIONS):
            with self.nested(denied=True):
                return Not(self.listed(item, is_name))  # a negation covers the rest of its list
        if self.word != "(":
            return item()
        self.advance()
        with self.nested(denied=False):
            inside = self.listed(item, is_name)
            self.close()
        return inside

    def found(self, find: Callable[[str], Found | None]) -> Found | None:
        """Take the longest known phrase here, or behind articles and the like; these one by one."""
        found = self.phrase(find)
        while found is None and self.take(lexicon.NOISE):
            found = self.phrase(find)
        return found

    def unknown(self, what: str, proposal: Callable[[str], str], otherwise: str = "") -> QuestionFault:
        """Return a fault for a word that is not `what` was expected, with a proposal, or what to do else."""
        if self.done():
            return self.fault(f"expected {what}")
        hint = "" if self.word in lexicon.RESERVED else proposal(self.ahead()) or proposal(self.shown)
        return self.fault(f"{self.shown!r} is not {what} that is known", hint or otherwise)
