"""Run errors: what stops a command, each with a message, a hint and an exit code of its own."""

from typing import ClassVar


class SubprocError(Exception):
    """An error during a run (not in the data), shown to the user as one message without a traceback.

    Args:
        message: what went wrong, and with what.
        hint: what to type or to change instead; empty if there is nothing to propose.
        details: one line for each of several errors that the message sums up.
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, hint: str = "", details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


class UsageError(SubprocError):
    """The command line asks for something that does not exist or does not fit together."""

    exit_code = 2


class QuestionSyntaxError(UsageError):
    """A question contains a word that is not understood.

    Args:
        message: what was expected.
        hint: the nearest known word, as a sentence.
        text: the question as it was read.
        span: the start and the end of the word that is not understood, as indices into the question.
        proposals: complete questions that may be meant instead; each can be asked.

    Attributes:
        is_ambiguous: whether the question has several meanings, which are the proposals.
    """

    def __init__(
        self, message: str, hint: str, text: str, span: tuple[int, int], proposals: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, hint)
        self.text = text
        self.start, self.end = span
        self.proposals = proposals
        self.is_ambiguous = False


class RefusedError(SubprocError):
    """The requested notice would be incomplete, late or based on guesses; the message names the reason."""

    exit_code = 1


class ReadError(SubprocError):
    """A registry, or a revision of one, cannot be read."""

    exit_code = 3


class NoRegistryError(ReadError):
    """A revision exists, but the registry is not in it."""


class WriteError(UsageError):
    """An output file cannot be written; an existing file is unchanged."""
