"""The shapes of the records that prove notices: ledger, names, and the manifest of a run."""

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from subproc_cli.enums import Level
from subproc_cli.notice.customers.customers import Authorisation
from subproc_cli.notice.ledger import people
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.ledger.manifest import COMPLETE, WRITING
from subproc_cli.notice.ledger.status import State
from subproc_cli.notice.mailing import sending
from subproc_cli.notice.record import LanguageCode, ServiceId
from subproc_cli.notice.report import ISSUED, NO_ADDRESS, PLANNED, WRITTEN
from subproc_cli.output.record import Day, describe_field, one_of, one_of_or_null
from subproc_cli.registry.change_kinds import KINDS_BY_NAME

Digest = Annotated[str, describe_field("The SHA-256 hash in hexadecimal digits.")]


class RevisionReferenceRecord(TypedDict):
    """A revision of the list, as the ledger names it."""

    version: Annotated[str, describe_field("The version that the list states.")]
    date: Annotated[Day, describe_field("The day on which the revision was published.")]
    sha256: Annotated[str, describe_field("The SHA-256 hash of the bytes of the file.")]


class LedgerLineRecord(TypedDict):
    """The record `subproc/sent/1`."""

    schema: Annotated[Literal["subproc/sent/1"], describe_field("The name and number of this record.")]
    recorded: Annotated[str, describe_field("The moment of the record (ISO 8601, UTC).")]
    customer: Annotated[str | None, describe_field("The name of the customer; null for all customers.")]
    address: Annotated[str | None, describe_field("The customer's first address; null if it is not known.")]
    addresses: Annotated[list[str], describe_field("All addresses of the customer.")]
    cc: Annotated[list[str], describe_field("The addresses that get a copy.")]
    language: Annotated[LanguageCode, describe_field("The language of the letter.")]
    sent: Annotated[Day, describe_field("The day on which the notice goes out.")]
    effective: Annotated[Day, describe_field("The day from which the changes apply.")]
    object_by: Annotated[
        Day | None, describe_field("The last day to object; null if the list promises no period.")
    ]
    old: Annotated[RevisionReferenceRecord, describe_field("The revision that the customer knew.")]
    new: Annotated[RevisionReferenceRecord, describe_field("The coming revision.")]
    changes: Annotated[list[str], describe_field("The fingerprints of the changes that the letter states.")]
    about: Annotated[
        list[str],
        describe_field("For each of these changes, twelve hexadecimal digits that identify its subject."),
    ]
    letter: Annotated[str, describe_field("The SHA-256 hash of the bytes of the letter.")]
    previous: Annotated[str, describe_field("The hash of the previous line; 64 zeros in the first line.")]
    hash: Annotated[str, describe_field("The SHA-256 hash of this line without this field.")]


class ToldChangeRecord(TypedDict):
    """One change, as the letter states it."""

    service: ServiceId
    name: Annotated[str | None, describe_field("The name of the service; null if the whole list changes.")]
    kind: Annotated[str, one_of(KINDS_BY_NAME), describe_field("The kind of the change.")]
    level: Annotated[str, one_of(Level), describe_field("Whether the change requires a notice.")]
    asked: NotRequired[
        Annotated[bool, describe_field("Whether the letter asks the customer to authorise the change.")]
    ]
    text: Annotated[str, describe_field("The sentence of the letter, in its language.")]


class LetterFactsRecord(TypedDict):
    """A fact that a letter states."""

    language: Annotated[LanguageCode | None, describe_field("The language of the letter.")]
    authorisation: Annotated[
        str | None,
        one_of_or_null(Authorisation),
        describe_field("How the customer authorises subprocessors; null if it is not known."),
    ]
    sent: Annotated[Day, describe_field("The day on which the notice goes out.")]
    effective: Annotated[Day, describe_field("The day from which the changes apply.")]
    object_by: Annotated[
        Day | None, describe_field("The last day to object; null if the list promises no period.")
    ]
    old: Annotated[RevisionReferenceRecord, describe_field("The revision that the customer knew.")]
    new: Annotated[RevisionReferenceRecord, describe_field("The coming revision.")]
    changes: Annotated[list[str], describe_field("The fingerprints of the changes that the letter states.")]
    about: Annotated[
        list[str],
        describe_field("For each of these changes, twelve hexadecimal digits that identify its subject."),
    ]
    told: Annotated[
        list[ToldChangeRecord] | None,
        describe_field("The same changes in words; null if an earlier version recorded the notice."),
    ]


class EventRecord(TypedDict):
    """The record `subproc/event/1`. The fields of a letter are in the lines about letters only."""

    schema: Annotated[Literal["subproc/event/1"], describe_field("The name and number of this record.")]
    event: Annotated[str, one_of(EventKind), describe_field("What happened.")]
    day: Annotated[Day, describe_field("The day on which it happened, as the sender states it.")]
    recorded: Annotated[str, describe_field("The moment of the record (ISO 8601, UTC).")]
    customer: Annotated[
        str | None,
        describe_field(
            "The digest of the name of the customer, which is in the file next to the ledger; null for all"
            " customers."
        ),
    ]
    contact: Annotated[str | None, describe_field("The digest of the addresses; null if there are none.")]
    channel: NotRequired[
        Annotated[str | None, describe_field("How it went out or came in, such as `mail` or `post`.")]
    ]
    note: NotRequired[Annotated[str, describe_field("The digest of a note.")]]
    answer: NotRequired[Annotated[str, describe_field("The digest of the answer of the mail server.")]]
    code: NotRequired[Annotated[int, describe_field("The reply code of the mail server.")]]
    server: NotRequired[Annotated[str, describe_field("The mail server and its port.")]]
    message: NotRequired[
        Annotated[str, describe_field("The SHA-256 hash of the mail as it was handed over to the server.")]
    ]
    notices: NotRequired[
        Annotated[list[str], describe_field("The hashes of the lines about the notices that it is about.")]
    ]
    services: NotRequired[
        Annotated[list[str], describe_field("The ids of the services that an answer is about.")]
    ]
    language: NotRequired[Annotated[LanguageCode, describe_field("The language of the letter.")]]
    authorisation: NotRequired[
        Annotated[
            str | None,
            one_of_or_null(Authorisation),
            describe_field("How the customer authorises subprocessors; null if it is not known."),
        ]
    ]
    sent: NotRequired[Annotated[Day, describe_field("The day on which the notice goes out.")]]
    effective: NotRequired[Annotated[Day, describe_field("The day from which the changes apply.")]]
    object_by: NotRequired[
        Annotated[Day | None, describe_field("The last day to object; null if the list promises no period.")]
    ]
    old: NotRequired[
        Annotated[RevisionReferenceRecord, describe_field("The revision that the customer knew.")]
    ]
    new: NotRequired[Annotated[RevisionReferenceRecord, describe_field("The coming revision.")]]
    changes: NotRequired[
        Annotated[list[str], describe_field("The fingerprints of the changes that the letter states.")]
    ]
    about: NotRequired[
        Annotated[
            list[str],
            describe_field("For each of these changes, twelve hexadecimal digits that identify its subject."),
        ]
    ]
    told: NotRequired[Annotated[list[ToldChangeRecord], describe_field("The same changes in words.")]]
    letter: NotRequired[Annotated[str, describe_field("The SHA-256 hash of the first file of the letter.")]]
    letters: NotRequired[
        Annotated[
            dict[str, str],
            describe_field("The SHA-256 hash of each file of the letter, by the ending of its name."),
        ]
    ]
    run: NotRequired[
        Annotated[str | None, describe_field("The folder of the run; null if the letter is in no folder.")]
    ]
    previous: Annotated[str, describe_field("The hash of the previous line; 64 zeros in the first line.")]
    hash: Annotated[str, describe_field("The SHA-256 hash of this line without this field.")]


class AddressesRecord(TypedDict):
    """The addresses of a customer."""

    addresses: Annotated[list[str], describe_field("The addresses that notices go to.")]
    cc: Annotated[list[str], describe_field("The addresses that get a copy.")]


class PersonRecord(TypedDict):
    """The record `subproc/person/1`."""

    schema: Annotated[Literal["subproc/person/1"], describe_field("The name and number of this record.")]
    digest: Annotated[str, describe_field("What the ledger has in place of the value.")]
    salt: Annotated[str, describe_field("Random digits that are hashed with the value.")]
    field: Annotated[
        str,
        one_of((people.NAME, people.CONTACT, people.NOTE, people.ANSWER)),
        describe_field("What the value is."),
    ]
    customer: Annotated[str, describe_field("The digest of the name of the customer that it is about.")]
    value: Annotated[str | AddressesRecord, describe_field("A text; the addresses in a row of `contact`.")]


class LetterFileRecord(TypedDict):
    """One file of a letter."""

    name: Annotated[str, describe_field("The name of the file in the folder of the run.")]
    sha256: Annotated[
        str | None, describe_field("The SHA-256 hash of its bytes; null if it is not written yet.")
    ]


class RunLetterRecord(LetterFactsRecord):
    """One letter of a run."""

    customer: Annotated[str | None, describe_field("The name of the customer; null for all customers.")]
    addresses: Annotated[list[str], describe_field("All addresses of the customer.")]
    cc: Annotated[list[str], describe_field("The addresses that get a copy.")]
    status: Annotated[
        str,
        one_of((PLANNED, WRITTEN, ISSUED, NO_ADDRESS)),
        describe_field("The status of the notice at the end of the run."),
    ]
    files: Annotated[list[LetterFileRecord], describe_field("The files of the letter.")]


class RunRevisionRecord(RevisionReferenceRecord):
    """A revision of the list with its copy."""

    file: Annotated[str, describe_field("The name of the copy in the folder of the run.")]


class CustomersFileRecord(TypedDict):
    """The file of customers."""

    file: Annotated[str, describe_field("Its name, as it was typed.")]
    sha256: Digest


class CopyRecord(TypedDict):
    """A copy of a revision."""

    file: Annotated[str, describe_field("The name of the copy in the folder of the run.")]
    sha256: Digest


class RunRecord(TypedDict):
    """The record `subproc/run/1`."""

    schema: Annotated[Literal["subproc/run/1"], describe_field("The name and number of this record.")]
    program: Annotated[str, describe_field("The program and its version.")]
    status: Annotated[
        str,
        one_of((WRITING, COMPLETE)),
        describe_field("`complete`, or `writing` while letters may be missing, also after an interruption."),
    ]
    publisher: Annotated[str, describe_field("The publisher of the list.")]
    contact: Annotated[str | None, describe_field("Where customers can object; null if it is not stated.")]
    old: Annotated[RunRevisionRecord, describe_field("The revision that the run starts from.")]
    new: Annotated[RunRevisionRecord, describe_field("The coming revision.")]
    copies: Annotated[
        list[CopyRecord], describe_field("The copies of all revisions that letters compare with.")
    ]
    customers: Annotated[
        CustomersFileRecord | None, describe_field("The file of customers; null for a notice to all.")
    ]
    letters: Annotated[list[RunLetterRecord], describe_field("One for each letter.")]


class ServiceStatusRecord(TypedDict):
    """The state of a notice for one service."""

    service: ServiceId
    name: Annotated[str, describe_field("The name of the service, or words for the list.")]
    kinds: Annotated[list[str], describe_field("The kinds of the changes that the letter states.")]
    texts: Annotated[list[str], describe_field("The sentences of the letter.")]
    state: Annotated[str, one_of(State), describe_field("The state of the notice for the service.")]
    decision: Annotated[
        str | None,
        one_of_or_null((EventKind.OBJECTION, EventKind.APPROVAL, EventKind.WITHDRAWAL)),
        describe_field("The last decision of the customer on the service; null if there is none."),
    ]
    decided: Annotated[Day | None, describe_field("The day of that decision.")]
    decision_recorded: Annotated[str | None, describe_field("The moment of its record (ISO 8601, UTC).")]
    note: Annotated[str | None, describe_field("What was noted with it.")]


class NoticeStatusRecord(TypedDict):
    """One letter to one customer."""

    customer: Annotated[str | None, describe_field("The name of the customer; null for all customers.")]
    addresses: Annotated[list[str], describe_field("The addresses that it went to.")]
    sent: Annotated[Day, describe_field("The day of sending that the letter states.")]
    delivery: Annotated[str, one_of(EventKind), describe_field("The last thing that happened to the letter.")]
    channel: Annotated[str | None, describe_field("How it went out; null if that is not known.")]
    delivery_day: Annotated[Day, describe_field("The day on which that happened.")]
    delivery_recorded: Annotated[
        str | None, describe_field("The moment of its record (ISO 8601, UTC); null if it is not known.")
    ]
    answer: Annotated[
        str | None,
        describe_field("The answer of the mail server, or the note on why the notice came back."),
    ]
    old: Annotated[RevisionReferenceRecord, describe_field("The revision that the customer knew.")]
    new: Annotated[RevisionReferenceRecord, describe_field("The coming revision.")]
    effective: Annotated[Day, describe_field("The day from which the changes apply.")]
    object_by: Annotated[Day | None, describe_field("The last day to object; null if none is promised.")]
    authorisation: Annotated[
        str | None,
        one_of_or_null(Authorisation),
        describe_field("How the customer authorises subprocessors; null if it is not known."),
    ]
    acknowledged: Annotated[Day | None, describe_field("The day on which the customer confirmed receipt.")]
    letter: Digest
    services: Annotated[list[ServiceStatusRecord], describe_field("The services that it is about.")]


class UnreachedRecord(TypedDict):
    """A customer whose last notice did not reach it."""

    customer: Annotated[str | None, describe_field("The name of the customer; null for all customers.")]
    delivery: Annotated[str, one_of(EventKind), describe_field("The last thing that happened to the letter.")]
    sent: Annotated[Day, describe_field("The day of sending that the letter states.")]
    reason: Annotated[str, describe_field("Why the customer does not count as notified.")]


class StatusRecord(TypedDict):
    """The record `subproc/status/1`."""

    schema: Annotated[Literal["subproc/status/1"], describe_field("The name and number of this record.")]
    at: Annotated[Day, describe_field("The day whose status it is.")]
    lines: Annotated[int, describe_field("How many lines the ledger has.")]
    last_hash: Annotated[str, describe_field("The hash of its last line.")]
    notices: Annotated[list[NoticeStatusRecord], describe_field("The letters, in the order of the ledger.")]
    not_reached: Annotated[
        list[UnreachedRecord], describe_field("The customers whose last letter did not reach them.")
    ]


class DeliveryResultRecord(TypedDict):
    """What became of one letter."""

    customer: Annotated[str | None, describe_field("The name of the customer; null for all customers.")]
    addresses: Annotated[list[str], describe_field("The addresses that it goes to.")]
    cc: Annotated[list[str], describe_field("The addresses that get a copy.")]
    result: Annotated[
        str,
        one_of(
            (
                *(EventKind.SENT, EventKind.DEFERRED, EventKind.REFUSED, EventKind.ATTEMPTED),
                *(sending.TO_SEND, sending.SENT_BEFORE, sending.NO_ADDRESS, sending.NOT_TRIED),
            )
        ),
        describe_field("What became of it; `attempted` means that it may be delivered."),
    ]
    code: Annotated[int | None, describe_field("The reply code of the mail server; null without one.")]
    answer: Annotated[str | None, describe_field("The words of the mail server; null without any.")]
    unreached: Annotated[
        list[str],
        describe_field("The addresses that the server did not accept although it took the mail for others."),
    ]


class DeliveryRecord(TypedDict):
    """The record `subproc/delivery/1`."""

    schema: Annotated[Literal["subproc/delivery/1"], describe_field("The name and number of this record.")]
    run: Annotated[str, describe_field("The folder of the run.")]
    results: Annotated[list[DeliveryResultRecord], describe_field("One for each letter of the run.")]
