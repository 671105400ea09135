"""Data errors: values, not exceptions, each with its code and its place in the file."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from subproc_cli.enums import Severity

FieldPath: TypeAlias = tuple[str | int, ...]
"""The keys and positions that lead from the top of a file to a value: `("services", "deepl", "sees", 0)`."""


class Position(NamedTuple):
    """A position in a file.

    Attributes:
        file: the name of the file.
        line: the line, counted from 1; 0 means the file as a whole.
        column: the column, counted from 1; 0 means the file as a whole.
        path: the path of the value, such as `services.deepl.sees[0]`.
    """

    file: str
    line: int
    column: int
    path: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class ErrorCode(NamedTuple):
    """A kind of problem: its public code, its name and its severity."""

    code: str
    name: str
    severity: Severity


class Problem(NamedTuple):
    """One problem of a file. As a text it is one line: position, code, message and hint."""

    error_code: ErrorCode
    message: str
    position: Position
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.position}: {self.error_code.code} {self.error_code.name}: {self.message}{hint}"


MAX_PROBLEMS = 1_000
"""Maximum number of problems of a kind (YAML, fields) that are reported for a file; others are counted."""


def truncate(problems: Sequence[Problem], omitted: int = 0) -> list[Problem]:
    """Return the problems to report; the last one counts the others, and the `omitted` ones."""
    reported, rest = list(problems[:MAX_PROBLEMS]), problems[MAX_PROBLEMS:]
    if rest:
        count = len(rest) + omitted
        message = (
            f"{count:,} more problem{'s' if count > 1 else ''}, from here on; fix the reported ones first"
        )
        reported.append(rest[0]._replace(message=message, hint=""))
    return reported


INVALID_YAML = ErrorCode("SP001", "invalid-yaml", Severity.ERROR)
DUPLICATE_KEY = ErrorCode("SP002", "duplicate-key", Severity.ERROR)
UNKNOWN_FIELD = ErrorCode("SP003", "unknown-field", Severity.ERROR)
MISSING_FIELD = ErrorCode("SP004", "missing-field", Severity.ERROR)
INVALID_VALUE = ErrorCode("SP005", "invalid-value", Severity.ERROR)
UNSUPPORTED_FORMAT = ErrorCode("SP006", "unsupported-format", Severity.ERROR)
UNKNOWN_CATEGORY = ErrorCode("SP007", "unknown-category", Severity.ERROR)
UNKNOWN_PLACE = ErrorCode("SP008", "unknown-place", Severity.ERROR)
DANGLING_REFERENCE = ErrorCode("SP009", "dangling-reference", Severity.ERROR)


def format_path(path: FieldPath) -> str:
    """Return a route as people and machines write it: `services.deepl.sees[0]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
