"""What a law states about data that goes to a place on a day, and of the transfer bases that a list states.

This is the one judgement on transfers: answers, checks, changes, letters and pages all rest on it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from subproc_cli.evaluation.transfer_outcomes import (
    BasisOutcome,
    Importer,
    Missing,
    Need,
    Outcome,
    Proposal,
    Remark,
    RemarkKind,
    StatedBasis,
    TransferStatus,
)
from subproc_cli.reference.geography import Territory, TerritoryStatus
from subproc_cli.reference.law_facts import BasisKind, Decision, TransferBasisRule
from subproc_cli.reference.laws import Law

IMPORTER_UNDER_LAW = "importer-under-law"
"""The recipient whose processing is itself under the law, as the law files name it."""


def assess_place(
    law: Law, country: str, bases: Sequence[StatedBasis], day: date, importer: Importer | None = None
) -> Outcome:
    """Return how a law assesses data that goes to a place on a day.

    Args:
        law: the law.
        country: the code of the country.
        bases: what the list states for the service.
        day: the day. Before the law data begins, every place is unknown.
        importer: the recipient. An international organisation is judged by the decisions on it wherever it
            is, since it is subject to no country.
    """
    recipient = importer or Importer()
    transfer = _Transfer(law, country, day, recipient, _find_decisions(law, country, day, recipient))
    if day < law.known_since:
        return transfer.build_unknown_outcome(bases)
    outcomes = transfer.assess_bases(bases)
    status, decisions = transfer.assess_decisions(outcomes)
    may_change = day > law.known_until and status is TransferStatus.NOT_ADEQUATE
    return Outcome(
        law=law.key,
        place=transfer.place,
        day=day,
        status=TransferStatus.UNKNOWN if may_change else status,
        last_known_status=status,
        decisions=decisions,
        bases=outcomes,
        remarks=tuple(transfer.iter_remarks(status, decisions)),
    )


def propose_bases(law: Law, country: str, day: date) -> tuple[Proposal, ...]:
    """Return what a list could state so that a law accepts a transfer to a place on a day.

    A last resort is never proposed, nor clauses that can no longer be concluded. A decision is proposed where
    it covers some recipients only, by the first of its words.
    """
    limited = (each for each in law.find_decisions(country, day) if each.is_limited)
    stated_as = [each.stated_as[0] for each in limited]
    rules = (law.find_basis(word, day) for word in law.bases)
    proposals = (
        Proposal(tuple(sorted((rule.word, *rule.needed_words))), rule.adapted)
        for rule in rules
        if rule and _can_be_proposed(rule, stated_as, day)
    )
    return tuple(dict.fromkeys(proposals))


def _can_be_proposed(rule: TransferBasisRule, stated_as: Sequence[str], day: date) -> bool:
    if rule.is_last_resort or rule.replacing_words:
        return False
    if rule.last_contract_day and rule.last_contract_day < day:
        return False
    return rule.kind is not BasisKind.DECISION or rule.word in stated_as


def _find_decisions(law: Law, country: str, day: date, importer: Importer) -> tuple[Decision, ...]:
    if importer.organisation:
        return law.find_organisation_decisions(importer.organisation, day)
    return law.find_decisions(country, day)


class _Transfer(NamedTuple):
    """Data that goes to a place on a day, as one law sees it.

    Attributes:
        law: the law.
        country: the country.
        day: the day.
        importer: the recipient.
        decisions: the decisions in force on the place.
    """

    law: Law
    country: str
    day: date
    importer: Importer
    decisions: tuple[Decision, ...]

    @property
    def place(self) -> str:
        """The country, or the international organisation."""
        return self.importer.organisation or self.country

    @property
    def is_home(self) -> bool:
        """Whether the place is at home under the law; an international organisation never is."""
        return not self.importer.organisation and self.law.is_home(self.country, self.day)

    @property
    def adequacy_decisions(self) -> tuple[Decision, ...]:
        """The decisions that make the place adequate: not an act by which nothing is transferred there."""
        return tuple(each for each in self.decisions if each.is_transfer)

    @property
    def territory(self) -> Territory | None:
        """What the country is as a territory of a state."""
        return None if self.importer.organisation else self.law.find_territory(self.country, self.day)

    def build_unknown_outcome(self, bases: Sequence[StatedBasis]) -> Outcome:
        """Return the outcome of a day before the law data begins."""
        missing = Missing(Need.LAW_UNKNOWN, self.law.known_since.isoformat())
        outcomes = tuple(BasisOutcome(each, None, (missing,)) for each in bases)
        unknown = TransferStatus.UNKNOWN
        return Outcome(self.law.key, self.place, self.day, unknown, unknown, (), outcomes, ())

    # Decisions

    def assess_decisions(
        self, outcomes: Sequence[BasisOutcome]
    ) -> tuple[TransferStatus, tuple[Decision, ...]]:
        """Return what the decisions on the place come to for a service, and those that it rests on."""
        domestic = tuple(each for each in self.decisions if not each.is_transfer)
        if self.is_home or domestic:
            return TransferStatus.NOT_TRANSFERRED, domestic
        invoked = [decision for each in outcomes if each.is_accepted for decision in each.decisions]
        covering = tuple(each for each in self.decisions if not each.is_limited or each in invoked)
        if covering:
            return TransferStatus.ADEQUATE, covering
        depends = bool(self.decisions) or self._is_partly_reached()
        return (TransferStatus.DEPENDS if depends else TransferStatus.NOT_ADEQUATE), self.decisions

    def _is_partly_reached(self) -> bool:
        """Return whether a part of the territory shares a state that is at home or adequate."""
        territory = self.territory
        return (
            territory is not None
            and territory.status is TerritoryStatus.DEPENDS
            and self._is_home_or_decided(territory.state)
        )

    def _is_home_or_decided(self, country: str) -> bool:
        return self.law.is_home(country, self.day) or bool(self.law.find_decisions(country, self.day))

    # Bases

    def assess_bases(self, bases: Sequence[StatedBasis]) -> tuple[BasisOutcome, ...]:
        """Return what the law makes of each stated basis; some carry a transfer only with another."""
        alone = [self._assess_basis(each) for each in bases]
        usable = {each.stated.word for each in alone if each.is_accepted}
        words = {each.stated.word for each in alone}
        return tuple(
            # A word that is stated but carries nothing has a reason of its own, which need not be repeated
            _add_missing_words(each, words if each.missing else usable)
            for each in alone
        )

    def _assess_basis(self, stated: StatedBasis) -> BasisOutcome:
        rule = self.law.find_basis(stated.word, self.day)
        if rule is None:
            return BasisOutcome(stated, None, (self._explain_absence(stated.word),))
        decisions = self._find_invoked_decisions(rule)
        return BasisOutcome(
            stated=stated,
            rule=rule,
            missing=tuple(self._iter_missing(stated, rule, decisions)),
            not_stated=tuple(self._iter_not_stated(stated, rule)),
            decisions=decisions,
        )

    def _explain_absence(self, word: str) -> Missing:
        """Return why the law knows nothing of a word on the day."""
        # A word in place of which the law asks for another one carries nothing on any day
        rules = [each for each in self.law.bases.get(word, ()) if not each.replacing_words]
        if not rules:
            return Missing(Need.UNKNOWN_WORD, word)
        ended = [each.date_range.until for each in rules if (each.date_range.until or date.max) < self.day]
        last = max((each for each in ended if each), default=None)
        if last:
            return Missing(Need.ENDED, last.isoformat())
        return Missing(Need.BEGINS, min(each.date_range.since or date.min for each in rules).isoformat())

    def _find_invoked_decisions(self, rule: TransferBasisRule) -> tuple[Decision, ...]:
        """Return the decisions that a basis says to cover the service, by its word or with another."""
        if rule.kind is not BasisKind.DECISION:
            return ()
        words = {rule.word, *rule.needed_words}
        return tuple(each for each in self.adequacy_decisions if not words.isdisjoint(each.stated_as))

    def _iter_missing(
        self, stated: StatedBasis, rule: TransferBasisRule, decisions: tuple[Decision, ...]
    ) -> Iterator[Missing]:
        """Yield why a basis does not count, except for missing words that it needs."""
        yield from (Missing(Need.INSTEAD, word) for word in rule.replacing_words)
        if stated.until and stated.until < self.day:
            yield Missing(Need.LAPSED, stated.until.isoformat())
        if stated.places and {self.country, self.law.find_state(self.country, self.day)}.isdisjoint(
            stated.places
        ):
            yield Missing(Need.PLACE, self.country)
        if rule.kind is BasisKind.DECISION and not decisions and not rule.replacing_words:
            yield from self._iter_missing_decisions()
        if rule.adapted and rule.adapted not in stated.adapted:
            yield Missing(Need.ADAPTED, rule.adapted)
        if rule.modules and stated.modules and set(rule.modules).isdisjoint(stated.modules):
            yield Missing(Need.MODULE, ", ".join(rule.modules))
        if self.importer.is_under_law and IMPORTER_UNDER_LAW in rule.excluded_importers:
            yield Missing(Need.IMPORTER, IMPORTER_UNDER_LAW)
        yield from _iter_contract_faults(stated, rule)
        if stated.covers:
            yield from (
                Missing(Need.COVERS, kind)
                for kind in self._iter_uncovered(stated, rule, self.importer.receives)
            )

    def _iter_missing_decisions(self) -> Iterator[Missing]:
        """Yield the reason that no decision is in force, or the words of those that are."""
        words = dict.fromkeys(word for each in self.adequacy_decisions for word in each.stated_as)
        yield from (Missing(Need.INSTEAD, word) for word in words)
        if not words:
            yield Missing(Need.DECISION, self.place)

    def _iter_not_stated(self, stated: StatedBasis, rule: TransferBasisRule) -> Iterator[Missing]:
        """Yield what the list leaves open about a basis."""
        if rule.last_contract_day and rule.last_contract_day < self.day and stated.signed is None:
            yield Missing(Need.CONTRACT_UNTIL, rule.last_contract_day.isoformat())
        receives = self.importer.receives
        if not (stated.covers and receives):
            kinds = self._iter_uncovered(stated, rule, receives or rule.covers)
            yield from (Missing(Need.COVERS, kind) for kind in kinds)

    @staticmethod
    def _iter_uncovered(
        stated: StatedBasis, rule: TransferBasisRule, received: Sequence[str]
    ) -> Iterator[str]:
        return (kind for kind in rule.covers if kind in received and kind not in stated.covers)

    # Remarks

    def iter_remarks(self, status: TransferStatus, decisions: tuple[Decision, ...]) -> Iterator[Remark]:
        """Yield the remarks to print next to the status."""
        if self.day > self.law.known_until and not self.is_home:
            yield Remark(RemarkKind.AFTER_KNOWN_UNTIL, self.law.known_until.isoformat())
        yield from self._iter_territory_remarks()
        if status is TransferStatus.NOT_TRANSFERRED:
            yield from self._iter_importer_remarks()
        for decision in decisions:
            if decision.certainty != "high":
                yield Remark(RemarkKind.MEDIUM_CERTAINTY, decision.number, decision.source)
            for doubt in decision.doubts:
                if doubt.since <= self.day:
                    yield Remark(RemarkKind.DOUBT, doubt.key, doubt.source)

    def _iter_territory_remarks(self) -> Iterator[Remark]:
        territory = self.territory
        kind = _REMARKS_ON_TERRITORIES.get(territory.status) if territory else None
        if territory and kind and self._is_home_or_decided(territory.state):
            yield Remark(kind, territory.state, territory.source)

    def _iter_importer_remarks(self) -> Iterator[Remark]:
        seats = {
            RemarkKind.IMPORTER_ABROAD: self.importer.country,
            RemarkKind.PARENT_ABROAD: self.importer.parent_country,
        }
        for kind, country in seats.items():
            if country and not self.law.is_home(country, self.day):
                yield Remark(kind, country)


_REMARKS_ON_TERRITORIES = {
    TerritoryStatus.UNSETTLED: RemarkKind.UNSETTLED,
    TerritoryStatus.DEPENDS: RemarkKind.PART,
}


def _add_missing_words(outcome: BasisOutcome, known: set[str]) -> BasisOutcome:
    """Return an outcome with the further words that the basis needs."""
    needed = outcome.rule.needed_words if outcome.rule else ()
    missing = (Missing(Need.WITH, word) for word in needed if word not in known)
    return outcome._replace(missing=(*outcome.missing, *missing))


def _iter_contract_faults(stated: StatedBasis, rule: TransferBasisRule) -> Iterator[Missing]:
    """Yield why a contract of the stated day cannot hold the clauses."""
    first, last = rule.first_contract_day, rule.last_contract_day
    if stated.signed and first and stated.signed < first:
        yield Missing(Need.CONTRACT_SINCE, first.isoformat())
    if stated.signed and last and stated.signed > last:
        yield Missing(Need.CONTRACT_UNTIL, last.isoformat())
