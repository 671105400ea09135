"""What a question leaves out of an overview: every format names what cannot be ruled out."""

from typing import Annotated, NamedTuple, NotRequired

from typing_extensions import TypedDict

from subproc_cli.output.record import describe_field
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_words

COLUMNS = ("at", "version", "question", "reading", "cannot_be_ruled_out")
"""The last columns of an overview as CSV: what each row is about."""


class FilterRecord(TypedDict):
    """The question that chose the services of a record."""

    question: Annotated[str, describe_field("The question as it was asked.")]
    reading: Annotated[str, describe_field("How the question was read, in its normal form.")]
    cannot_be_ruled_out: Annotated[
        list[str],
        describe_field("The ids of the services that are left out because the list does not state enough."),
    ]


class FilterPart(TypedDict):
    """The field of a record for a question; missing without one."""

    where: NotRequired[FilterRecord]


class Filter(NamedTuple):
    """A question that chose the services of an overview.

    Attributes:
        question: the question as it was asked; empty without one.
        reading: how it was read.
        undecided_ids: the services that are left out because the list does not state enough.
    """

    question: str = ""
    reading: str = ""
    undecided_ids: tuple[str, ...] = ()

    def format_note(self, registry: Registry) -> str:
        """Return a sentence that names the services left out; empty without any."""
        names = join_words(registry.model.services[key].name for key in self.undecided_ids)
        return f"Not shown, but cannot be ruled out: {names}." if names else ""

    def build_record(self) -> FilterPart:
        """Return the field of a record that has the question and what it leaves out; none without one."""
        if not self.question:
            return {}
        return {
            "where": {
                "question": self.question,
                "reading": self.reading,
                "cannot_be_ruled_out": [*self.undecided_ids],
            }
        }

    def build_cells(self, day: str, version: str) -> tuple[str, ...]:
        """Return the cells of `COLUMNS`, the same in every row."""
        return day, version, self.question, self.reading, "; ".join(self.undecided_ids)


EVERYTHING = Filter()
"""No question."""
