"""Yes, no or unknown, after Kleene's strong three-valued logic, with the reasons."""

from collections.abc import Callable, Iterable
from enum import IntEnum
from functools import partial
from itertools import chain, takewhile
from typing import NamedTuple

from subproc_cli.diagnostics import FieldPath


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


BELONGING_REASONS = frozenset(("part-of-state", "with-state"))
"""The reasons that name the state that a place belongs to; they explain the reason before them."""
_COMPLETE = BELONGING_REASONS | frozenset(
    (
        "place",
        "place-partly",
        "place-open",
        "place-territory",
        "remote",
        "remote-partly",
        "remote-open",
        "remote-territory",
        "decision",
        "decision-limited",
        "bases",
        "bases-insufficient",
        "laws-without-basis",
    )
)
"""Reasons that are shown all together: a no on places rests on every one of them; bases go together."""


class Evidence(NamedTuple):
    """One statement of the list, or one silence, on which a verdict rests.

    Attributes:
        reason: the kind of statement, a key of the wording.
        subject: what it is about: category keys, places, a text.
        path: where it is; for a missing statement, the service.
        condition: the `when` that the statement carries, in the publisher's words.
    """

    reason: str
    subject: tuple[str, ...]
    path: FieldPath
    condition: str = ""


class Result(NamedTuple):
    """A verdict and what it rests on.

    Attributes:
        verdict: the answer.
        find_evidence: finds what the answer rests on; of most answers nobody asks it.
        parts: the judgements that carry it only together, such as the two halves of an `and`.
    """

    verdict: Verdict
    find_evidence: Callable[[], Iterable[Evidence]]
    parts: tuple["Result", ...] = ()

    @classmethod
    def from_evidence(cls, verdict: Verdict, *evidence: Evidence) -> "Result":
        """Return a verdict that rests on the reasons given."""
        return cls(verdict, lambda: evidence)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the verdict rests on, each reason once."""
        return tuple(dict.fromkeys(self.find_evidence()))

    @property
    def summary(self) -> tuple[Evidence, ...]:
        """The first reason with what explains it, or that of each part where it takes several.

        Of places, all of them.
        """
        if not self.parts:
            evidence = self.evidence
            if evidence and evidence[0].reason in _COMPLETE:
                return tuple(each for each in evidence if each.reason in _COMPLETE)
            return (*evidence[:1], *takewhile(_is_belonging, evidence[1:]))
        return tuple(dict.fromkeys(chain.from_iterable(part.summary for part in self.parts)))

    def __invert__(self) -> "Result":
        return self._replace(verdict=~self.verdict)


def _is_belonging(evidence: Evidence) -> bool:
    return evidence.reason in BELONGING_REASONS


def all_of(results: Iterable[Result]) -> Result:
    """Join judgements by `and`: the lowest decides, and its reasons are the reasons."""
    given = tuple(results)
    return _combine(given, min([result.verdict for result in given]), Verdict.NO)


def any_of(results: Iterable[Result]) -> Result:
    """Join judgements by `or`: the highest decides, and its reasons are the reasons."""
    given = tuple(results)
    return _combine(given, max([result.verdict for result in given]), Verdict.YES)


def _combine(results: tuple[Result, ...], verdict: Verdict, sufficient: Verdict) -> Result:
    """Return what judgements come to; `alone` is the verdict for which one of them is enough."""
    deciding = tuple([each for each in results if each.verdict is verdict])
    if len(deciding) == 1:
        return deciding[0]
    reasons = partial(_chain_evidence, deciding)
    return Result(verdict, reasons, () if verdict is sufficient else deciding)


def _chain_evidence(results: tuple[Result, ...]) -> Iterable[Evidence]:
    return chain.from_iterable(each.find_evidence() for each in results)
