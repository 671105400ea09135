"""Days in a question: `in use since 2024`, `in use before 2024-05-01`, and those that options ask for."""

from datetime import date

from subproc_cli.errors import QuestionFault
from subproc_cli.question import lexicon
from subproc_cli.question.clauses import Clause, Not, Question
from subproc_cli.question.reader import Reader
from subproc_cli.words import calendar_day

_REST = {len("2024"): "-01-01", len("2024-05"): "-01"}
"""What makes the first day of a year or a month."""
_ONE_DAY = "a question asks about one day"
_TEMPLATE = "YYYY-MM-DD"
_FAR = 50
_NEAR = 3
"""Words within which a day stands behind `as of` or `on the`."""


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
        """Tell whether `in use` or `new` stands here."""
        return self._reader.word == "new" or (self._reader.word == "in" and self._reader.peek(1) == "use")

    def in_use(self) -> Question:
        """Read `in use` or `new`, and since when, or before which day."""
        reader = self._reader
        new = reader.word == "new"
        reader.advance(1 if new else 2)
        if reader.take(lexicon.BEFORE):
            return Not(self.since())
        if not reader.take(lexicon.SINCE):
            raise self._not_since(new=new)
        return self.since()

    def _not_since(self, *, new: bool) -> QuestionFault:
        told = None if new else self.told()
        hint = self._begun() or "for example: are in use since 2024-01-01"
        return told or self._reader.fault("expected 'since' and a date", hint)

    def past(self) -> QuestionFault:
        """Return the fault of a verb in the past."""
        if self._reader.word == lexicon.BEEN and "since" in self._reader.ahead():
            return self._reader.fault(_ONE_DAY, f"say 'are{self._reader.ahead().removeprefix(lexicon.BEEN)}'")
        added = self._reader.peek(1) in lexicon.ADDED and self._begun()
        return self._reader.fault(_ONE_DAY, added or self._options())

    def told(self) -> QuestionFault | None:
        """Return the fault of a day that begins here: `on 2024-01-31`, `in 2024`; None if none does."""
        reader = self._reader
        if reader.word not in lexicon.WHEN or not self._typed(_NEAR):
            return None
        since = reader.word in lexicon.SINCE
        hint = (
            f"say 'and are in use {reader.ahead()}', or compare: subproc diff" if since else self._options()
        )
        return reader.fault(_ONE_DAY, hint)

    def _options(self) -> str:
        typed = self._typed()
        day = typed + _TEMPLATE[len(typed) :]
        return f"for {'that' if typed == day else 'another'} day add --at {day} -r @{day}"

    def _begun(self) -> str:
        """Return how to ask for what began since, or in the year of, a day that is typed."""
        typed = self._typed()
        if not typed:
            return ""
        since = any(self._reader.peek(ahead) in lexicon.SINCE for ahead in range(_NEAR))
        year = int(typed[:4])
        until = "" if since else f" and are not in use since {year + 1}"
        return f"say 'are in use since {typed if since else year}{until}', or compare: subproc diff"

    def _typed(self, within: int = _FAR) -> str:
        """Return the next day, month or year from here on, as it is typed."""
        return next((word for word in map(self._reader.written, range(within)) if _day(word)), "")


def _day(typed: str) -> date | None:
    """Return the day that is typed; a year and a month stand for their first day."""
    return calendar_day(typed + _REST.get(len(typed), ""))
