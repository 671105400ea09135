"""What transfers rest on: the bases that are stated, and the law that moves under them."""

from collections.abc import Iterator
from datetime import date

from subproc_cli.diff.change import Judged, one
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.enums import Basis
from subproc_cli.evaluation import attributes
from subproc_cli.evaluation.places import Atlas, Belongs
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.reference.adequacy import jurisdiction
from subproc_cli.registry.models import Service


def bases(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the bases that came and went, both at once as an exchange, and what is said of the others."""
    old, new = _stated(pair.old), _stated(pair.new)
    gone = tuple(basis for basis in old if basis not in new)
    came = tuple(basis for basis in new if basis not in old)
    if gone and came:
        yield Judged("basis-changed", "transfer", gone, came)
    elif gone:
        yield Judged("basis-removed", "transfer", gone, ())
    elif came:
        yield Judged("basis-added", "transfer", (), came)
    for basis in new:
        if basis in old:
            yield from _reworded(pair, basis)


def _stated(service: Service) -> dict[Basis, None]:
    return dict.fromkeys(each.basis for each in service.transfer)


def _reworded(pair: Pair, basis: Basis) -> Iterator[Judged]:
    """Yield that a basis holds longer or shorter than before, and that other words stand beside it."""
    at = [each.basis for each in pair.new.transfer].index(basis)
    old, new = _last_day(pair.old, basis), _last_day(pair.new, basis)
    if old != new:
        kind = "basis-extended" if (new or date.max) > (old or date.max) else "basis-shortened"
        yield Judged(kind, f"transfer.{basis}", one(old), one(new), route=("transfer", at, "until"))
    before, after = _notes(pair.old, basis), _notes(pair.new, basis)
    if before != after:
        yield Judged("metadata-changed", "transfer", before, after, route=("transfer", at))


def _last_day(service: Service, basis: Basis) -> date | None:
    """Return the last day on which a basis holds, None if no end is stated."""
    ends = [each.until for each in service.transfer if each.basis is basis]
    return None if None in ends else max(end for end in ends if end)


def _notes(service: Service, basis: Basis) -> tuple[str, ...]:
    return tuple(sorted(each.note for each in service.transfer if each.basis is basis and each.note))


class LawMoved:
    """Finds what the law did to places that stayed the same between the dates of two revisions.

    Only regimes count of which the law of both days is known, and a basis whose last day has come between
    them is no work of the law: what was lost is judged by the bases of the first day, what was gained by
    those of the second.
    """

    def __init__(self, comparison: Comparison) -> None:
        old, new = comparison.old.registry, comparison.new.registry
        self._old = Atlas(comparison.old.gazetteer, old.date)
        self._new = Atlas(comparison.new.gazetteer, new.date)
        self._days = old.date, new.date
        self._eea = self._old.countries("EEA") & self._new.countries("EEA")
        known = tuple(each for each in new.law if jurisdiction(each).known_since <= min(self._days))
        self._moves = bool(known) and old.date != new.date
        self._was, self._is_now = self._old.adequate(known), self._new.adequate(known)
        self._surely = self._new.adequate(new.law)

    def judged(self, old: Service, new: Service) -> Iterator[Judged]:
        """Yield the places of a service that lost or gained adequacy."""
        if not self._moves:
            return
        stayed = _spots(old, self._old) & _spots(new, self._new)
        countries = sorted(frozenset().union(*stayed) - self._eea)
        if not countries:
            return
        first, second = (_on(new, day) for day in self._days)
        lost = tuple(each for each in countries if _moved(each, first, self._was, self._is_now))
        gained = tuple(
            each
            for each in countries
            if _moved(each, second, self._is_now, self._was) and self._surely(each, second) is Verdict.YES
        )
        if lost:
            yield Judged("adequacy-lost", "processing", lost, ())
        if gained:
            yield Judged("adequacy-gained", "processing", (), gained)


def _moved(country: str, service: Service, held: Belongs, open_: Belongs) -> bool:
    return held(country, service) is Verdict.YES and open_(country, service) is not Verdict.YES


def _on(service: Service, day: date) -> Service:
    """Return a service with the bases that hold on a day, as if they held for ever."""
    if not any(each.until for each in service.transfer):
        return service
    held = attributes.bases(service, day)
    kept = (each for each in service.transfer if each.basis in held)
    endless = tuple(each.model_copy(update={"until": None}) for each in kept)
    return service.model_copy(update={"transfer": endless})


def _spots(service: Service, atlas: Atlas) -> set[frozenset[str]]:
    return {atlas.covered(each.place) for each in service.processing}
