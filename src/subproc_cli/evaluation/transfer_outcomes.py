"""What the judgement on a transfer takes and returns: ids and values, without words for people."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from subproc_cli.reference.law_facts import Decision, TransferBasisRule


class TransferStatus(StrEnum):
    """What a law states about a place.

    Attributes:
        NOT_TRANSFERRED: the place is at home under the law, or counts as if it were.
        ADEQUATE: a decision in force covers it.
        NOT_ADEQUATE: no decision covers it.
        DEPENDS: it depends on what the list does not state: on the recipient, or on the part of a territory.
        UNKNOWN: the law data does not reach the day, or an act after its last day may be about the place.
    """

    NOT_TRANSFERRED = "not-transferred"
    ADEQUATE = "adequate"
    NOT_ADEQUATE = "not-adequate"
    DEPENDS = "depends"
    UNKNOWN = "unknown"


class Need(StrEnum):
    """What a law asks for and a stated basis lacks; the value that comes with it is in brackets.

    Attributes:
        UNKNOWN_WORD: the law does not know the basis (the word).
        LAW_UNKNOWN: the law data begins later (its first day).
        BEGINS: it could be relied on later only (the first day).
        ENDED: it could be relied on until a day (the last day).
        LAPSED: the list itself states an end (the last day).
        WITH: another basis must be stated as well (its word).
        INSTEAD: another basis must be stated in its place (its word).
        PLACE: the list states it for other places (the country).
        DECISION: no decision in force covers the place (the country or organisation).
        ADAPTED: the clauses must be adapted to a law (its key).
        COVERS: the basis must cover a kind of data (the kind).
        MODULE: the clauses must be used in a module that exists (the modules).
        CONTRACT_SINCE: a contract with the clauses can be concluded from a day on (the day).
        CONTRACT_UNTIL: a contract with the clauses could be concluded until a day (the day).
        IMPORTER: it does not exist for such a recipient (the kind of recipient).
    """

    UNKNOWN_WORD = "unknown-word"
    LAW_UNKNOWN = "law-unknown"
    BEGINS = "begins"
    ENDED = "ended"
    LAPSED = "lapsed"
    WITH = "with"
    INSTEAD = "instead"
    PLACE = "place"
    DECISION = "decision"
    ADAPTED = "adapted"
    COVERS = "covers"
    MODULE = "module"
    CONTRACT_SINCE = "contract-since"
    CONTRACT_UNTIL = "contract-until"
    IMPORTER = "importer"


class RemarkKind(StrEnum):
    """A remark to print next to a status; the value that comes with it is in brackets.

    Attributes:
        AFTER_KNOWN_UNTIL: the law data ends before the day (its last day).
        UNSETTLED: the rules of a state apply there, but sending data there is unsettled (the state).
        PART: the law reaches a part of the territory only (the state).
        IMPORTER_ABROAD: the recipient is in a third country, though the place is at home (the country).
        PARENT_ABROAD: the owner of the recipient is in a third country (the country).
        DOUBT: something may end the decision (the id of the doubt).
        MEDIUM_CERTAINTY: sources differ on the decision (its number).
    """

    AFTER_KNOWN_UNTIL = "after-known-until"
    UNSETTLED = "unsettled"
    PART = "part"
    IMPORTER_ABROAD = "importer-abroad"
    PARENT_ABROAD = "parent-abroad"
    DOUBT = "doubt"
    MEDIUM_CERTAINTY = "medium-certainty"


class Missing(NamedTuple):
    """Something that a law asks for and a stated basis lacks, or leaves open."""

    need: Need
    value: str


class Remark(NamedTuple):
    """A remark on a status, with its source if it has one."""

    kind: RemarkKind
    value: str
    source: str = ""


class StatedBasis(NamedTuple):
    """A transfer basis as a list states it.

    Attributes:
        word: the word of the field `transfer`.
        until: the last day on which it holds; None if no end is stated.
        places: the countries for which it is stated; empty for all.
        modules: the modules of clauses.
        adapted: the laws to which clauses are adapted.
        covers: the kinds of data that it covers; empty if not stated.
        signed: the day on which the contract was concluded; None if not stated.
    """

    word: str
    until: date | None = None
    places: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    adapted: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    signed: date | None = None


class Importer(NamedTuple):
    """What a list states of the recipient.

    Attributes:
        country: where it is established; None if not stated.
        parent_country: where its owner is established; None if not stated.
        organisation: the key of the international organisation that it is; mostly empty.
        is_under_law: whether its processing is itself under the law; None if not stated.
        receives: the kinds of data that it receives, such as `hr`, as far as they are known.
    """

    country: str | None = None
    parent_country: str | None = None
    organisation: str = ""
    is_under_law: bool | None = None
    receives: tuple[str, ...] = ()


class BasisOutcome(NamedTuple):
    """What a law makes of a stated basis, for a place on a day.

    Attributes:
        stated: the basis.
        rule: what the law says about it on the day; None if it says nothing.
        missing: what it lacks, so that it carries nothing; empty if it is accepted.
        not_stated: what the list leaves open about it, though it is accepted.
        decisions: the decisions that it invokes.
    """

    stated: StatedBasis
    rule: TransferBasisRule | None
    missing: tuple[Missing, ...]
    not_stated: tuple[Missing, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether the law accepts it for the place on the day."""
        return self.rule is not None and not self.missing


class Outcome(NamedTuple):
    """What a law states about a place on a day, with what it rests on.

    Attributes:
        law: the key of the law.
        place: the country, or the key of an international organisation.
        day: the day.
        status: how the law assesses the place.
        last_known_status: the status on the last day for which the data of the law is complete;
            another one for UNKNOWN only.
        decisions: those in force on the place; of an adequate place those that cover the service.
        bases: what the law makes of each stated basis.
        remarks: the remarks to print next to it.
    """

    law: str
    place: str
    day: date
    status: TransferStatus
    last_known_status: TransferStatus
    decisions: tuple[Decision, ...]
    bases: tuple[BasisOutcome, ...]
    remarks: tuple[Remark, ...]

    @property
    def accepted_bases(self) -> tuple[BasisOutcome, ...]:
        """The stated bases that the law accepts."""
        return tuple(each for each in self.bases if each.is_accepted)

    @property
    def needs_basis(self) -> bool:
        """Whether the law asks for a basis beyond a decision, as far as the data knows."""
        return self.last_known_status in _NEEDING_BASIS

    @property
    def is_carried(self) -> bool:
        """Whether the law asks for nothing more than what the list states, as far as the data knows."""
        return not self.needs_basis or bool(self.accepted_bases)

    @property
    def is_last_resort_alone(self) -> bool:
        """Whether nothing but a basis of last resort carries the transfer."""
        accepted = self.accepted_bases
        return (
            self.needs_basis
            and bool(accepted)
            and all(each.rule is not None and each.rule.is_last_resort for each in accepted)
        )


_NEEDING_BASIS = frozenset((TransferStatus.NOT_ADEQUATE, TransferStatus.DEPENDS))


class Proposal(NamedTuple):
    """Words of `transfer` that together would carry a transfer under a law.

    Attributes:
        words: the words.
        adapted: the law to which clauses must be adapted; empty if they need not be.
    """

    words: tuple[str, ...]
    adapted: str = ""
