"""A question that is refused, as a record for programs."""

from datetime import date
from typing import Annotated, Literal

from typing_extensions import TypedDict

from subproc_cli.describe.header import RevisionRecord, build_registry_record
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.output.record import Day, describe_field
from subproc_cli.question.reading import Reader
from subproc_cli.registry.registry import Registry


class ProposalRecord(TypedDict):
    """A question that can be asked instead."""

    question: Annotated[str, describe_field("The question, as it can be typed.")]
    reading: Annotated[
        str | None,
        describe_field("How it is read, in its normal form; null for a command that shows a service."),
    ]


class SpanRecord(TypedDict):
    """A part of the question."""

    start: Annotated[int, describe_field("The first character, counted from 0.")]
    end: Annotated[int, describe_field("The character after the last one.")]


class RefusalRecord(TypedDict):
    """The record `subproc/refusal/1`."""

    schema: Annotated[Literal["subproc/refusal/1"], describe_field("The name and number of this record.")]
    question: Annotated[str, describe_field("The question as it was asked.")]
    asked_on: Annotated[Day, describe_field("The day from which words such as `this year` are counted.")]
    registry: Annotated[RevisionRecord, describe_field("The revision of the list that was asked.")]
    error: Annotated[str, describe_field("Why the question is refused, as an English sentence.")]
    kind: Annotated[
        Literal["ambiguous", "not-understood"],
        describe_field("Whether the question has several meanings, or a word that is not understood."),
    ]
    at: Annotated[str, describe_field("The words that the error is about; the whole question if all are.")]
    position: Annotated[SpanRecord, describe_field("Where these words are in the question.")]
    hint: Annotated[str, describe_field("What to type instead, as an English sentence; can be empty.")]
    proposals: Annotated[list[str], describe_field("Complete questions that can be asked instead.")]
    readings: Annotated[list[ProposalRecord], describe_field("The proposals, each with how it is read.")]


def build_refusal_record(registry: Registry, error: QuestionSyntaxError, as_of: date) -> RefusalRecord:
    """Return a refusal with what can be asked instead."""
    reader = Reader(registry, as_of)
    return {
        "schema": "subproc/refusal/1",
        "question": error.text,
        "asked_on": as_of.isoformat(),
        "registry": build_registry_record(registry),
        "error": error.message,
        "kind": "ambiguous" if error.is_ambiguous else "not-understood",
        "at": error.text[error.start : error.end],
        "position": {"start": error.start, "end": error.end},
        "hint": error.hint,
        "proposals": [*error.proposals],
        "readings": [{"question": line, "reading": _read(reader, line)} for line in error.proposals],
    }


def _read(reader: Reader, line: str) -> str | None:
    if line.startswith("subproc "):
        return None
    for query in reader.read(line).answered.values():
        return str(query)
    return None
