"""Days in a question: `in use since 2024`, `in use before 2024-05-01`, and those that options ask for."""

from datetime import date, timedelta

from subproc_cli.question import vocabulary
from subproc_cli.question.query import Clause, Not, Question
from subproc_cli.question.reader import Reader
from subproc_cli.question.refusal import Line, Refusal
from subproc_cli.text import parse_day

_REST = {len("2024"): "-01-01", len("2024-05"): "-01"}
"""What makes the first day of a year or a month."""
_COMPARE = "or compare: subproc diff"
_ONE_DAY = "a question asks about one day"
_TEMPLATE = "YYYY-MM-DD"
_FAR = 50
_NEAR = 3
"""Words within which a day follows `as of` or `on the`."""


class Days:
    """Reads the days since when services are in use, and refuses the others with the options for them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def since(self) -> Question:
        """Read a day behind `since`."""
        day = _day(self._reader.shown)
        if day is None:
            raise self._reader.fault("expected a date as YYYY-MM-DD, or a year")
        self._reader.advance()
        return Clause("since", (day.isoformat(),))

    def ahead(self) -> bool:
        """Return whether `in use` or `new` is here."""
        return self._reader.word == "new" or (self._reader.word == "in" and self._reader.peek(1) == "use")

    def in_use(self) -> Question:
        """Read `in use` or `new`, and since when, or before which day."""
        reader = self._reader
        new = reader.word == "new"
        reader.advance(1 if new else 2)
        if reader.take(vocabulary.BEFORE):
            return Not(self.since())
        if not reader.take(vocabulary.SINCE):
            raise self._not_since(new=new)
        return self.since()

    def _not_since(self, *, new: bool) -> Refusal:
        reader = self._reader
        told = None if new else self.told()
        verb_at = reader.at - (2 if new else 3)
        lines = self._begun(verb_at)
        hint = _COMPARE if lines else "for example: are in use since 2024-01-01"
        if told:
            return reader.fault(told.message, told.hint, *lines)
        return reader.fault("expected 'since' and a date", hint, *lines)

    def past(self) -> Refusal:
        """Return the fault of a verb in the past."""
        reader = self._reader
        if reader.word == vocabulary.BEEN and "since" in reader.ahead():
            return reader.fault(_ONE_DAY, "", reader.instead((reader.at - 1, reader.at + 1, "are")))
        if reader.peek(1) in vocabulary.ADDED:
            lines = self._begun(reader.at)
            return reader.fault(_ONE_DAY, _COMPARE if lines else self._options(), *lines)
        present = vocabulary.PRESENT.get(reader.word)
        today = (reader.instead((reader.at, reader.at + 1, present)),) if present else ()
        return reader.fault(_ONE_DAY, self._options(), *today)

    def once(self, verb_at: int, verb: str) -> Refusal:
        """Return the fault of a participle that is read, with the verb that it is of: `processed email`."""
        reader = self._reader
        return reader.fault_at(
            verb_at, _ONE_DAY, self._options(), reader.instead((verb_at, verb_at + 1, verb))
        )

    def told(self) -> Refusal | None:
        """Return the fault of a day that begins here: `on 2024-01-31`, `in 2024`; None if none does."""
        reader = self._reader
        if reader.word not in vocabulary.WHEN or not self._typed(_NEAR):
            return None
        if reader.word not in vocabulary.SINCE:
            return reader.fault(_ONE_DAY, self._options())
        return reader.fault(_ONE_DAY, _COMPARE, reader.instead((reader.at, reader.at, "and are in use")))

    def _options(self) -> str:
        typed = self._typed()
        day = typed + _TEMPLATE[len(typed) :]
        return f"for {'that' if typed == day else 'another'} day add --at {day} -r @{day}"

    def _begun(self, verb_at: int) -> tuple[Line, ...]:
        """Return how to ask for what began in, since, after or before a day that is typed.

        Args:
            verb_at: where the verb in the past is: `were added in 2024`.
        """
        reader = self._reader
        at = next((each for each in range(verb_at, verb_at + _FAR) if _day(reader.text_at(each))), -1)
        if at < 0 or any(reader.word_at(each) in vocabulary.NEGATIONS for each in range(verb_at, at)):
            return ()
        typed, word = reader.text_at(at), reader.word_at(at - 1)
        after = _next(typed)
        clauses = {
            **dict.fromkeys(vocabulary.SINCE | {"from"}, f"are in use since {typed}"),
            **dict.fromkeys(vocabulary.BEFORE, f"are in use before {typed}"),
            **dict.fromkeys(("until", "till", "by"), f"are in use before {after}"),
            "after": f"are in use since {after}",
            **dict.fromkeys(
                ("in", "on", "during"), f"are in use since {typed} and are not in use since {after}"
            ),
        }
        if word not in clauses:
            return ()
        return (Line(reader.instead((verb_at, at + 1, clauses[word])), instead_of=typed),)

    def _typed(self, within: int = _FAR) -> str:
        """Return the next day, month or year from here on, as it is typed."""
        return next((word for word in map(self._reader.written, range(within)) if _day(word)), "")


def _day(typed: str) -> date | None:
    """Return the day that is typed; a year and a month mean their first day."""
    return parse_day(typed + _REST.get(len(typed), ""))


def _next(typed: str) -> str:
    """Return the day, month or year after one that is typed, in the same form."""
    day = _day(typed) or date.min
    if len(typed) == len("2024"):
        return f"{day.year + 1:04}"
    if len(typed) == len("2024-05"):
        months = day.year * 12 + day.month
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return (min(day, date.max - timedelta(days=1)) + timedelta(days=1)).isoformat()
