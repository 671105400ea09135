"""What transfers rest on: the bases that are stated, and the law that moves under them."""

from collections.abc import Iterator

from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.diff.judged import Judged
from subproc_cli.facts.places import Atlas
from subproc_cli.registry.service import Service
from subproc_cli.verdict import Verdict


def bases(_: Comparison, pair: Pair) -> Iterator[Judged]:
    """Yield the bases that came and went; both at once are an exchange."""
    old = dict.fromkeys(str(each.basis) for each in pair.old.transfer)
    new = dict.fromkeys(str(each.basis) for each in pair.new.transfer)
    gone = tuple(basis for basis in old if basis not in new)
    came = tuple(basis for basis in new if basis not in old)
    if gone and came:
        yield Judged("basis-changed", "transfer", gone, came)
    elif gone:
        yield Judged("basis-removed", "transfer", gone, ())
    elif came:
        yield Judged("basis-added", "transfer", (), came)


class LawMoved:
    """Finds what the law did to places that stayed the same between the dates of two revisions."""

    def __init__(self, comparison: Comparison) -> None:
        old, new = comparison.old.registry, comparison.new.registry
        before = Atlas(comparison.old.gazetteer, old.date)
        after = Atlas(comparison.new.gazetteer, new.date)
        self._eea = before.countries("EEA") & after.countries("EEA")
        self._before, self._after = before.adequate(new.law), after.adequate(new.law)
        self._same_day = old.date == new.date
        self._old, self._new = before, after

    def judged(self, old: Service, new: Service) -> Iterator[Judged]:
        """Yield the places of a service that lost or gained adequacy."""
        if self._same_day:
            return
        stayed = _spots(old, self._old) & _spots(new, self._new)
        countries = frozenset().union(*stayed) - self._eea
        if not countries:
            return
        lost, gained = [], []
        for country in sorted(countries):
            was, is_now = self._before(country, new), self._after(country, new)
            if was is Verdict.YES and is_now is not Verdict.YES:
                lost.append(country)
            elif is_now is Verdict.YES and was is not Verdict.YES:
                gained.append(country)
        if lost:
            yield Judged("adequacy-lost", "processing", tuple(lost), ())
        if gained:
            yield Judged("adequacy-gained", "processing", (), tuple(gained))


def _spots(service: Service, atlas: Atlas) -> set[frozenset[str]]:
    return {atlas.covered(each.place) for each in service.processing}
