"""The shape of the record `subproc/answers/1`."""

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from subproc_cli.describe.header import PositionRecord, RevisionRecord
from subproc_cli.enums import Activation, Regime, Role
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.output.record import Day, describe_field, one_of


class EvidenceRecord(TypedDict):
    """One statement that an answer rests on."""

    text: Annotated[str, describe_field("What the list states, or does not state, as an English sentence.")]
    where: Annotated[PositionRecord, describe_field("The position of the statement in the file.")]


class AnswerRecord(TypedDict):
    """The answer for one service."""

    service: Annotated[str, describe_field("The id of the service.")]
    name: Annotated[str, describe_field("The name of the service.")]
    role: Annotated[str, one_of(Role), describe_field("The role of the service under the GDPR.")]
    activation: Annotated[str, one_of(Activation), describe_field("Who decides that the service is used.")]
    verdict: Annotated[
        str,
        one_of(reversed(Verdict)),
        describe_field(
            "The answer; `unknown` means that the list does not state enough to decide. The answer to a "
            "claim about all is whether the service fits: `no vendor sees email` is `yes` for one that "
            "does not."
        ),
    ]
    because: Annotated[list[EvidenceRecord], describe_field("The statements that the answer rests on.")]
    columns: NotRequired[Annotated[dict[str, str], describe_field("The columns of `--columns`, by name.")]]


class HorizonRecord(TypedDict):
    """A law of which the data ends before the day that was asked about."""

    law: Annotated[str, one_of(Regime), describe_field("The law.")]
    known_until: Annotated[
        Day, describe_field("The last day for which the law is known. A later act may change the answers.")
    ]


class AnswersRecord(TypedDict):
    """The record `subproc/answers/1`."""

    schema: Annotated[Literal["subproc/answers/1"], describe_field("The name and number of this record.")]
    question: Annotated[str, describe_field("The question as it was asked.")]
    reading: Annotated[str, describe_field("How the question was read, in its normal form.")]
    kind: Annotated[
        Literal["list", "count", "claim", "verdict", "facts"], describe_field("What kind of question it is.")
    ]
    understood: Annotated[str, describe_field("How the question was understood, in plain English.")]
    at: Annotated[Day, describe_field("The day whose facts and law the answers are about.")]
    registry: Annotated[RevisionRecord, describe_field("The revision of the list that was asked.")]
    asked: Annotated[list[str], describe_field("The ids of the services that were asked.")]
    verdict: NotRequired[
        Annotated[
            str,
            one_of(reversed(Verdict)),
            describe_field("The answer to a claim about all services that were asked."),
        ]
    ]
    horizon: NotRequired[
        Annotated[
            list[HorizonRecord],
            describe_field("The laws that the answers rest on, if the day is after the last known one."),
        ]
    ]
    answers: Annotated[
        list[AnswerRecord], describe_field("One answer for each service, in the list's order.")
    ]
    not_shown: NotRequired[
        Annotated[
            dict[str, list[str]],
            describe_field("The ids of the services whose answer `--only` leaves out, by their answer."),
        ]
    ]
