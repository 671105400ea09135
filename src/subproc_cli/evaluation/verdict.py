"""Yes, no or unknown, after Kleene's strong three-valued logic, with the reasons."""

from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import partial
from itertools import chain
from typing import NamedTuple

from subproc_cli.diagnostics import Route


class Verdict(IntEnum):
    """An answer about one service; `and` is the minimum, `or` the maximum, `not` the mirror image."""

    NO = -1
    UNKNOWN = 0
    YES = 1

    def __str__(self) -> str:
        return self.name.lower()

    def __invert__(self) -> "Verdict":
        return _OPPOSITES[self]


_OPPOSITES = {verdict: Verdict(-verdict) for verdict in Verdict}


class Because(NamedTuple):
    """One statement of the list, or one silence, on which a verdict rests.

    Attributes:
        reason: the kind of statement, a key of the wording.
        subject: what it is about: category keys, places, a text.
        route: where it stands; for a silence, the service that does not say it.
        condition: the `when` that the statement carries, in the publisher's words.
    """

    reason: str
    subject: tuple[str, ...]
    route: Route
    condition: str = ""


class Judgement(NamedTuple):
    """A verdict and what it rests on.

    Attributes:
        verdict: the answer.
        reasons: finds what the answer rests on; of most answers nobody asks it.
        parts: the judgements that carry it only together, such as the two halves of an `and`.
    """

    verdict: Verdict
    reasons: Callable[[], Iterable[Because]]
    parts: tuple["Judgement", ...] = ()

    @classmethod
    def on(cls, verdict: Verdict, *because: Because) -> "Judgement":
        """Return a verdict that rests on the reasons given."""
        return cls(verdict, lambda: because)

    @property
    def because(self) -> tuple[Because, ...]:
        """What the verdict rests on, each reason once."""
        return tuple(dict.fromkeys(self.reasons()))

    @property
    def gist(self) -> tuple[Because, ...]:
        """The first reason, or that of each part where it takes several."""
        if not self.parts:
            return self.because[:1]
        return tuple(dict.fromkeys(chain.from_iterable(part.gist for part in self.parts)))

    def __invert__(self) -> "Judgement":
        return self._replace(verdict=~self.verdict)


def every(judgements: Iterable[Judgement]) -> Judgement:
    """Join judgements by `and`: the lowest decides, and its reasons are the reasons."""
    given = tuple(judgements)
    return _decided(given, min([judgement.verdict for judgement in given]), Verdict.NO)


def some(judgements: Iterable[Judgement]) -> Judgement:
    """Join judgements by `or`: the highest decides, and its reasons are the reasons."""
    given = tuple(judgements)
    return _decided(given, max([judgement.verdict for judgement in given]), Verdict.YES)


def _decided(judgements: tuple[Judgement, ...], verdict: Verdict, alone: Verdict) -> Judgement:
    """Return what judgements come to; `alone` is the verdict for which one of them is enough."""
    deciding = tuple([each for each in judgements if each.verdict is verdict])
    if len(deciding) == 1:
        return deciding[0]
    reasons = partial(_reasons, deciding)
    return Judgement(verdict, reasons, () if verdict is alone else deciding)


def _reasons(judgements: tuple[Judgement, ...]) -> Iterable[Because]:
    return chain.from_iterable(each.reasons() for each in judgements)
