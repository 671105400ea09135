"""Changes of transfer bases, and of the law that applies to them."""

from collections.abc import Iterator
from datetime import date

from subproc_cli.diff.adequacy import find_new_doubts
from subproc_cli.diff.change import ChangeCandidate, FieldClassifier, to_values
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.enums import Basis, Level
from subproc_cli.evaluation import transfer_bases
from subproc_cli.evaluation.places import AreaTest, PlaceResolver
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.models import Service


def classify_bases(_: Comparison, pair: Pair) -> Iterator[ChangeCandidate]:
    """Yield the bases that were added and removed, or exchanged, and changes of the others."""
    old, new = _collect_bases(pair.old), _collect_bases(pair.new)
    gone = tuple(basis for basis in old if basis not in new)
    added = tuple(basis for basis in new if basis not in old)
    if gone and added:
        yield ChangeCandidate("basis-changed", "transfer", gone, added)
    elif gone:
        yield ChangeCandidate("basis-removed", "transfer", gone, ())
    elif added:
        yield ChangeCandidate("basis-added", "transfer", (), added)
    for basis in new:
        if basis in old:
            yield from _classify_rewording(pair, basis)


def _collect_bases(service: Service) -> dict[Basis, None]:
    return dict.fromkeys(each.basis for each in service.transfer)


def _classify_rewording(pair: Pair, basis: Basis) -> Iterator[ChangeCandidate]:
    """Yield changes of a basis that both revisions have: its last day, its scope and its notes."""
    at = [each.basis for each in pair.new.transfer].index(basis)
    old, new = _find_last_day(pair.old, basis), _find_last_day(pair.new, basis)
    if old != new:
        kind = "basis-extended" if (new or date.max) > (old or date.max) else "basis-shortened"
        yield ChangeCandidate(
            kind, f"transfer.{basis}", to_values(old), to_values(new), path=("transfer", at, "until")
        )
    for collect, kind in ((_collect_scope, "basis-scope-changed"), (_collect_texts, "translation-changed")):
        scopes = collect(pair.old, basis), collect(pair.new, basis)
        if scopes[0] != scopes[1]:
            gone, added = (tuple(sorted(each)) for each in (scopes[0] - scopes[1], scopes[1] - scopes[0]))
            is_translation = kind == "translation-changed"
            level = Level.EDITORIAL if is_translation and not gone else None
            field = "transfer" if is_translation else f"transfer.{basis}"
            yield ChangeCandidate(kind, field, gone, added, level, ("transfer", at))
    before, after = _collect_notes(pair.old, basis), _collect_notes(pair.new, basis)
    if before != after:
        yield ChangeCandidate("metadata-changed", "transfer", before, after, path=("transfer", at))


def _find_last_day(service: Service, basis: Basis) -> date | None:
    """Return the last day on which a basis holds, None if no end is stated."""
    ends = [each.until for each in service.transfer if each.basis is basis]
    return None if None in ends else max(end for end in ends if end)


_SCOPE = ("places", "modules", "adapted", "covers", "products")


def _collect_scope(service: Service, basis: Basis) -> set[str]:
    """Return what a basis covers, as far as it is limited: `places: US`."""
    return {
        f"{name}: {', '.join(sorted(map(str, values)))}"
        for each in service.transfer
        for name in _SCOPE
        if each.basis is basis and (values := getattr(each, name))
    }


def _collect_texts(service: Service, basis: Basis) -> set[str]:
    """Return the notes on a basis in other languages."""
    return {
        f"{language}: {text}"
        for each in service.transfer
        for language, text in each.note_by_language.items()
        if each.basis is basis and text != each.note
    }


def _collect_notes(service: Service, basis: Basis) -> tuple[str, ...]:
    return tuple(sorted(each.note for each in service.transfer if each.basis is basis and each.note))


class LawChangeClassifier:
    """Finds effects of the law on unchanged places between the dates of two revisions.

    Only regimes count whose law is known for both days. A basis whose last day came between them is not an
    effect of the law: a loss is judged by the bases of the first day, a gain by those of the second.

    Attributes:
        can_change: whether the law may hold anything else on the second date than on the first one.
    """

    def __init__(self, comparison: Comparison) -> None:
        old, new = comparison.old.model, comparison.new.model
        self._revisions = comparison.old, comparison.new
        self._old = PlaceResolver(comparison.old.gazetteer, old.date)
        self._new = PlaceResolver(comparison.new.gazetteer, new.date)
        self._days = old.date, new.date
        known = tuple(each for each in new.law if load_law(each).known_since <= min(self._days))
        self.can_change = bool(known) and any(
            load_law(each).can_change_between(*self._days) for each in new.law
        )
        self._adequate_before, self._adequate_after = (
            self._old.build_adequate_area(known),
            self._new.build_adequate_area(known),
        )
        self._adequate_under_all = self._new.build_adequate_area(new.law)

    def classify(self, old: Service, new: Service) -> Iterator[ChangeCandidate]:
        """Yield the places of a service that lost or gained adequacy, and those where it came into doubt."""
        stayed = _collect_places(old, self._old) & _collect_places(new, self._new)
        countries = sorted(frozenset().union(*stayed))
        if not countries:
            return
        first, second = (_fix_bases(new, day) for day in self._days)
        lost = tuple(
            each
            for each in countries
            if _has_changed(each, first, self._adequate_before, self._adequate_after)
        )
        gained = tuple(
            each
            for each in countries
            if _has_changed(each, second, self._adequate_after, self._adequate_before)
            and self._adequate_under_all(each, second) is Verdict.YES
        )
        if lost:
            yield ChangeCandidate("adequacy-lost", "processing", lost, ())
        if gained:
            yield ChangeCandidate("adequacy-gained", "processing", (), gained)
        doubted = tuple(each for each in countries if find_new_doubts(self._revisions, new, each))
        if doubted:
            yield ChangeCandidate("adequacy-doubted", "processing", (), doubted)


def _has_changed(country: str, service: Service, before: AreaTest, after: AreaTest) -> bool:
    return before(country, service) is Verdict.YES and after(country, service) is not Verdict.YES


def _fix_bases(service: Service, day: date) -> Service:
    """Return a service with the bases that apply on a day, as if they applied on every day."""
    if not any(each.until for each in service.transfer):
        return service
    valid = transfer_bases.find_valid_bases(service, day)
    kept = (each for each in service.transfer if each.basis in valid)
    endless = tuple(each.model_copy(update={"until": None}) for each in kept)
    return service.model_copy(update={"transfer": endless})


def _collect_places(service: Service, resolver: PlaceResolver) -> set[frozenset[str]]:
    return {resolver.resolve_places(each.place) for each in service.processing}


CLASSIFIERS = {
    "transfer": FieldClassifier((classify_bases,)),
}
