"""The shapes of the records of notices: letters, recipients and the ledger."""

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from subproc_cli.describe.header import PositionRecord, RevisionRecord
from subproc_cli.diff.record import ChangeRecord
from subproc_cli.enums import Regime
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.notice.completeness import MissingField
from subproc_cli.notice.customers.customers import Authorisation
from subproc_cli.notice.customers.recipients import ExclusionReason
from subproc_cli.output.record import Day, describe_field, one_of
from subproc_cli.registry.change_kinds import KINDS_BY_NAME

LanguageCode = Annotated[str, one_of(find_languages())]
"""A language that letters are written in."""
ServiceId = Annotated[
    str | None, describe_field("The id of the service; null if the whole list is concerned.")
]


class CustomerContractRecord(TypedDict):
    """The data processing agreement of a customer."""

    number: Annotated[str | None, describe_field("Its number; null if it is not known.")]
    date: Annotated[Day | None, describe_field("Its date; null if it is not known.")]


@with_config(ConfigDict(extra="allow"))  # the fields of the sender's own in the file of customers
class RecipientRecord(TypedDict):
    """The customer that a notice is for."""

    name: Annotated[str, describe_field("The name of the customer.")]
    address: Annotated[str | None, describe_field("The customer's first address; null if it is not known.")]
    addresses: Annotated[list[str], describe_field("All addresses of the customer.")]
    cc: Annotated[list[str], describe_field("The addresses that get a copy.")]
    contact: Annotated[str | None, describe_field("The person to write to; null if it is not known.")]
    dpa: Annotated[
        CustomerContractRecord | None,
        describe_field("The customer's data processing agreement; null if it is not known."),
    ]
    country: Annotated[str | None, describe_field("The customer's country; null if it is not known.")]


class MissingFieldRecord(TypedDict):
    """A fact that a notice needs and the list does not state."""

    service: ServiceId
    field: Annotated[str, one_of(MissingField), describe_field("The field to add.")]


class AddresseeRecord(TypedDict):
    """The line that names the customer."""

    label: Annotated[str, describe_field("The word before the name.")]
    name: Annotated[str, describe_field("The name of the customer.")]


class LetterFactRecord(TypedDict):
    """A fact with its label."""

    name: Annotated[str, describe_field("The label, in the language of the letter.")]
    values: Annotated[list[str], describe_field("The values, in the language of the letter.")]
    before: Annotated[
        list[str] | None,
        describe_field("The values by the revision that the customer knows, if they differ; null otherwise."),
    ]
    known: Annotated[bool, describe_field("Whether the list states the fact.")]


class LetterSectionRecord(TypedDict):
    """A titled part of a letter."""

    title: Annotated[str, describe_field("The title.")]
    text: Annotated[str, describe_field("The text.")]


class LetterListRecord(TypedDict):
    """A titled list of a letter."""

    title: Annotated[str, describe_field("The title.")]
    items: Annotated[list[str], describe_field("The items, one sentence each.")]


class LetterGapsRecord(LetterSectionRecord):
    """The part of a letter that names missing facts."""

    items: Annotated[list[str], describe_field("The missing facts, one sentence each.")]


class LetterServiceRecord(TypedDict):
    """What a letter states about one service."""

    id: Annotated[str | None, describe_field("The id of the service; null if the whole list is concerned.")]
    name: Annotated[str, describe_field("The name of the service, or a word for the list.")]
    changes: Annotated[list[str], describe_field("The changes that require the notice, one sentence each.")]
    facts: Annotated[
        list[LetterFactRecord],
        describe_field("What the newer revision states about the service; empty if it does not list it."),
    ]
    before: Annotated[str, describe_field("The heading over `before` of the facts.")]
    after: Annotated[str, describe_field("The heading over `values` of the facts that have `before`.")]


class LetterRecord(TypedDict):
    """The words of a letter, by part; templates lay them out."""

    to: Annotated[AddresseeRecord | None, describe_field("The customer; null for a notice to all customers.")]
    contract: Annotated[
        str | None,
        describe_field("Under which agreement the notice is given; null if the file of customers has none."),
    ]
    salutation: Annotated[str, describe_field("The salutation.")]
    opening: Annotated[str, describe_field("The first paragraph.")]
    dates: Annotated[list[LetterFactRecord], describe_field("The dates, and where to object.")]
    urgent: Annotated[
        LetterSectionRecord | None,
        describe_field("Why the notice is late, and by how much; null if the period of notice is kept."),
    ]
    services: Annotated[list[LetterServiceRecord], describe_field("The services that change.")]
    informed: Annotated[
        LetterListRecord | None,
        describe_field("Changes that do not require a notice; null if there are none."),
    ]
    gaps: Annotated[
        LetterGapsRecord | None,
        describe_field("The facts that the list does not state; null if nothing is missing."),
    ]
    unchanged: Annotated[
        LetterSectionRecord | None,
        describe_field("The services that do not change; null if there are none."),
    ]
    objection: Annotated[LetterSectionRecord, describe_field("How and until when to object.")]
    revisions: Annotated[str, describe_field("Which two revisions the letter compares.")]
    closing: Annotated[str, describe_field("The complimentary close.")]
    publisher: Annotated[str, describe_field("The signature.")]


class NoticeRecord(TypedDict):
    """One notice."""

    customer: Annotated[
        RecipientRecord | None, describe_field("The customer; null for a notice to all customers.")
    ]
    authorisation: Annotated[
        str,
        one_of(Authorisation),
        describe_field("Whether this notice informs the customer, who can object, or asks it to approve."),
    ]
    language: Annotated[LanguageCode, describe_field("The language of the letter.")]
    regime: Annotated[str, one_of(Regime), describe_field("The first of `laws`.")]
    laws: Annotated[
        list[Annotated[str, one_of(Regime)]], describe_field("The laws in whose terms the letter is written.")
    ]
    sent: Annotated[Day, describe_field("The day on which the notice goes out.")]
    effective: Annotated[Day, describe_field("The day from which the changes apply.")]
    object_by: Annotated[
        Day | None, describe_field("The last day to object; null if the list promises no period.")
    ]
    short_by: Annotated[
        int, describe_field("By how many days the period of notice is missed; 0 if it is kept.")
    ]
    old: Annotated[RevisionRecord, describe_field("The revision that the customer knows.")]
    new: Annotated[RevisionRecord, describe_field("The coming revision.")]
    contact: NotRequired[
        Annotated[str | None, describe_field("Where to object, as the list states it; null if it does not.")]
    ]
    subject: Annotated[str, describe_field("The subject line.")]
    changes: Annotated[
        list[ChangeRecord],
        describe_field(
            "The changes that the letter states, each with its sentence in the letter's language."
        ),
    ]
    missing: Annotated[
        list[MissingFieldRecord],
        describe_field("The facts that the notice needs and the list does not state."),
    ]
    letter: Annotated[LetterRecord, describe_field("The words of the letter, by part.")]
    body: Annotated[str, describe_field("The whole letter as plain text.")]


class NoticesRecord(TypedDict):
    """The record `subproc/notices/1`."""

    schema: Annotated[Literal["subproc/notices/1"], describe_field("The name and number of this record.")]
    notices: Annotated[list[NoticeRecord], describe_field("One notice for each customer, or one for all.")]


class ChangeReferenceRecord(TypedDict):
    """A change, by its fingerprint."""

    service: ServiceId
    kind: Annotated[str, one_of(KINDS_BY_NAME), describe_field("The kind of the change.")]
    fingerprint: Annotated[str, describe_field("The fingerprint of the change in `subproc/changes/1`.")]


class ExcludedChangeRecord(ChangeReferenceRecord):
    """A change that a customer is not notified of."""

    reason: Annotated[str, one_of(ExclusionReason), describe_field("Why the change is left out.")]


class UnnotifiedCustomerRecord(TypedDict):
    """A customer who gets no notice now."""

    customer: Annotated[str | None, describe_field("The name of the customer; null for all customers.")]
    address: Annotated[str | None, describe_field("The customer's first address; null if it is not known.")]
    addresses: Annotated[list[str], describe_field("All addresses of the customer.")]
    left_out: Annotated[
        list[ExcludedChangeRecord], describe_field("The changes that the customer is not notified of.")
    ]


class PlannedNoticeRecord(UnnotifiedCustomerRecord):
    """A customer who gets a notice."""

    language: Annotated[LanguageCode, describe_field("The language of the letter.")]
    sent: Annotated[Day, describe_field("The day on which the notice goes out.")]
    effective: Annotated[Day, describe_field("The day from which the changes apply.")]
    object_by: Annotated[
        Day | None, describe_field("The last day to object; null if the list promises no period.")
    ]
    short_by: Annotated[
        int, describe_field("By how many days the period of notice is missed; 0 if it is kept.")
    ]
    changes: Annotated[list[ChangeReferenceRecord], describe_field("The changes that require the notice.")]
    informed: Annotated[
        list[ChangeReferenceRecord],
        describe_field("Further changes that the letter states and that require no notice."),
    ]
    files: Annotated[list[str], describe_field("The names of the files that were written for this notice.")]
    dates: NotRequired[
        Annotated[list[LetterFactRecord], describe_field("The dates in the letter, and where to object.")]
    ]
    services: NotRequired[
        Annotated[
            list[LetterServiceRecord],
            describe_field("What the letter states about each service that changes."),
        ]
    ]


class GapRecord(MissingFieldRecord):
    """A missing fact with the position where to add it."""

    where: Annotated[PositionRecord, describe_field("The position in the file where to add it.")]


class EarlyServiceRecord(TypedDict):
    """A service that the list lets begin before the period of notice ends."""

    service: Annotated[str, describe_field("The id of the service.")]
    since: Annotated[Day | None, describe_field("The first day of use that the list states.")]
    effective: Annotated[Day, describe_field("The first day that keeps the period of notice.")]
    where: Annotated[PositionRecord, describe_field("The position of the field `since` in the file.")]


class AudienceRecord(TypedDict):
    """The record `subproc/audience/1`."""

    schema: Annotated[Literal["subproc/audience/1"], describe_field("The name and number of this record.")]
    old: Annotated[RevisionRecord, describe_field("The revision that customers know.")]
    new: Annotated[RevisionRecord, describe_field("The coming revision.")]
    told: Annotated[list[PlannedNoticeRecord], describe_field("The customers who get a notice.")]
    untold: Annotated[list[UnnotifiedCustomerRecord], describe_field("The customers who get none now.")]
    missing: Annotated[
        list[GapRecord], describe_field("The facts that the notices need and the list does not state.")
    ]
    early: Annotated[
        list[EarlyServiceRecord],
        describe_field("The services that begin before the day that the period of notice allows."),
    ]
