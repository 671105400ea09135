"""Of whom a question asks: `which of our subprocessors`, `is there any service that`, `list all`."""

from subproc_cli.enums import Role
from subproc_cli.question import vocabulary
from subproc_cli.question.query import And, Clause, Question, join_parts
from subproc_cli.question.reader import Reader
from subproc_cli.question.refusal import Line, Refusal

_PLURAL = {
    Role.SUBPROCESSOR: "subprocessors",
    Role.PROCESSOR: "processors",
    Role.CONTROLLER: "controllers",
    Role.AFFILIATE: "affiliates",
}
_ALL_SERVICES = "services"
_PLAIN = (
    vocabulary.REQUESTS | vocabulary.EXISTENTIAL | frozenset(["of", "our", "the", "ones", "they", "that"])
)
"""Openers that no meaning is lost with."""
_OPENING = vocabulary.RELATIVES | vocabulary.AUXILIARIES | vocabulary.REQUESTS | vocabulary.EXISTENTIAL
"""What shows, before or after a noun, that a clause begins."""
_CONNECTIVES = vocabulary.AND | vocabulary.OR | vocabulary.NOR


class Subject:
    """Reads what comes before a verb, and keeps the role of those that are asked about.

    A noun of one role (`subprocessors`) asks of those alone. It belongs to the whole question, or to the
    whole of a parenthesis, so it comes first. `all services see email` is a claim and not a
    question; only where it says which services are meant (`all services that …`) does `all` ask for a list.
    """

    def __init__(self, reader: Reader, *, of_all: bool = False) -> None:
        self._reader = reader
        self._of_all = of_all
        self._role: Role | None = None
        self._begins = True

    def begin(self) -> tuple[Role | None, bool]:
        """Begin a question, or a parenthesis; return what `end` takes to go back."""
        before = self._role, self._begins
        self._role, self._begins = None, True
        return before

    def end(self, question: Question, before: tuple[Role | None, bool]) -> Question:
        """Return a question, asked of the role that it was begun with."""
        role = self._role
        self._role, self._begins = before[0], False
        return join_parts(And, [Clause("role", (role,)), question]) if role else question

    def first_read(self) -> None:
        """Note that a clause is read: no role may follow."""
        self._begins = False

    def skip(self, articles: frozenset[str] = frozenset()) -> None:
        """Skip openers that have no meaning of their own; a noun of a role is kept."""
        reader = self._reader
        begun, all_at, noun_at = reader.at, -1, -1
        while (taken := self._taken(articles)) > 0:
            if reader.word in vocabulary.ALL and reader.word_at(reader.at - 1) != "of":
                all_at = reader.at
            if self._is_noun():
                noun_at = reader.at
                self._keep(taken, begun)
            reader.advance(taken)
        open_ = reader.done() or reader.word in vocabulary.WITH | vocabulary.WITHOUT
        which = self._holds(vocabulary.RELATIVES, max(all_at, noun_at))
        if all_at >= 0 and not open_ and (not which or self._holds(vocabulary.EXISTENTIAL, begun)):
            raise self.claim(all_at)
        if noun_at >= 0 and not self._begins and not self._holds(_OPENING, begun):
            raise self._goes_on(noun_at)

    def _holds(self, words: frozenset[str], begun: int) -> bool:
        """Return whether one of some words was read since then."""
        return any(self._reader.word_at(index) in words for index in range(begun, self._reader.at))

    def _taken(self, articles: frozenset[str] = frozenset()) -> int:
        """Return how many words the next opener has; 0 if there is none."""
        reader = self._reader
        if (reader.word, reader.peek(1)) in vocabulary.COUNTS:
            return 2
        if self._is_noun():
            return 1 + (reader.word == vocabulary.SUB)
        return int(reader.word in _PLAIN | vocabulary.ALL | vocabulary.AUXILIARIES | articles)

    def _is_noun(self) -> bool:
        reader = self._reader
        if reader.word == vocabulary.SUB:
            return vocabulary.ROLES.get(reader.peek(1)) is Role.PROCESSOR
        return reader.word in vocabulary.EVERYONE or reader.word in vocabulary.ROLES

    def _role_of(self, words: int) -> Role | None:
        return Role.SUBPROCESSOR if words > 1 else vocabulary.ROLES.get(self._reader.word)

    def _keep(self, words: int, begun: int) -> None:
        """Keep the role that a noun of some words names; refuse it where it would cut a question in two."""
        reader, role = self._reader, self._role_of(words)
        if role is None:
            return
        at = reader.at
        if self._of_all:
            raise self._not_of_all(role, begun, words)
        if self._role is None and self._begins:
            self._role = role
            return
        while (taken := self._taken()) > 0:
            reader.advance(taken)
        # where a role was named before, that one would be asked of the whole question
        lines = [] if self._role else [reader.instead((begun, reader.at, f"are {_PLURAL[role]} and"))]
        message = "this asks of some services alone, and may mean the whole question or this clause"
        raise reader.fault_at(at, message, "", *lines)

    def _not_of_all(self, role: Role, begun: int, words: int) -> Refusal:
        """Return the fault of `subprocessors have a DPA` where all services must answer with yes."""
        reader, at = self._reader, self._reader.at
        reader.advance(words)
        reader.skip(vocabulary.RELATIVES)
        clause = reader.instead((begun, reader.at, f"are not {_PLURAL[role]} or"))
        message = "all services are asked here, also those of another role"
        return reader.fault_at(at, message, "", clause)

    def _goes_on(self, noun_at: int) -> Refusal:
        """Return the fault of `are opt-in or vendors with …`: a new clause, or the list before it goes on."""
        reader, noun = self._reader, self._reader.word_at(noun_at)
        message = f"{noun!r} may begin a clause here, or go on with the words before"
        clause = reader.instead((noun_at, noun_at + 1, "that"))
        return reader.fault_at(
            noun_at, message, "", clause, reader.instead((noun_at, noun_at + 1, f"are {noun}"))
        )

    # Claims

    def claim(self, index: int) -> Refusal:
        """Return the fault of a claim with its quantifier, or what is denied, at an index."""
        reader = self._reader
        role: Role | None = self._role
        reader.skip(vocabulary.PAIR)
        while (taken := self._taken()) > 0:
            role = role or (self._role_of(taken) if self._is_noun() else None)
            reader.advance(taken)
        lines = self._questions(index, _PLURAL[role] if role else _ALL_SERVICES)
        quantifier = reader.word_at(index)
        if quantifier not in vocabulary.ALL | vocabulary.PAIR:
            message = "this does not say whether services are looked for that do, or that do not"
        else:
            message = f"with {quantifier!r} this is a claim; a question looks for services that do, or do not"
        said = " ".join(reader.word_at(each) for each in range(reader.at))
        return reader.fault_at(index, message, "", *(Line(line, instead_of=said) for line in lines))

    def _questions(self, index: int, noun: str) -> tuple[str, ...]:
        """Return the two questions that look for services of which a claim holds, and does not hold."""
        reader, at = self._reader, self._reader.at
        denied = [each for each in range(at) if reader.word_at(each) in vocabulary.NEGATIONS]
        if not self._begins or denied not in ([], [index - 1]):
            return ()
        several = any(reader.word_at(each) in _CONNECTIVES for each in range(at, reader.length))
        if vocabulary.ARE.intersection(map(reader.word_at, (index - 1, index - 2))):  # are all services …
            return self._two((0, at, f"which {noun} are"), (0, at, f"which {noun} are not"), several=several)
        verb = vocabulary.THIRD.get(reader.word, reader.word)
        if verb not in vocabulary.VERBS:  # is there no affiliate in India
            every = reader.word_at(index) in vocabulary.ALL and denied
            return () if every else (reader.instead((0, at, f"which {noun}")),)
        if verb in vocabulary.ARE:
            positive, negative = f"which {noun} are", f"which {noun} are not"
        else:
            positive, negative = f"which {noun} {verb}", f"which {noun} do not {verb}"
        if several and verb in vocabulary.BARE:
            whole = reader.instead(
                (0, at + 1, f"which {noun} do not ({verb}"), (reader.length, reader.length, ")")
            )
            return reader.instead((0, at + 1, positive)), whole
        return self._two((0, at + 1, positive), (0, at + 1, negative), several=several)

    def _two(self, *changes: tuple[int, int, str], several: bool) -> tuple[str, ...]:
        """Return two questions; of several clauses the first alone: a negation would cover one of them."""
        return tuple(self._reader.instead(each) for each in changes[: 1 if several else None])
