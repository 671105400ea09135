"""The choice between the meanings of a question at a terminal."""

import sys

from subproc_cli.cli.console import print_stderr, prompt
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.output.sanitize import sanitize_quoted

ATTEMPTS = 3
"""Answers that are read until the question is refused."""


def choose_meaning(error: QuestionSyntaxError) -> str:
    """Return the line that a person chooses; empty without one, or where nobody is asked.

    People are asked where standard input and standard error are terminals, and the question has several
    meanings.
    """
    lines = [line for line in error.proposals if not line.startswith("subproc ")]
    if not error.is_ambiguous or len(lines) <= 1 or not _is_at_terminal():
        return ""
    print_stderr(f"subproc: {error.message}:")
    for number, line in enumerate(lines, 1):
        print_stderr(f"  {number}  {sanitize_quoted(line)}")
    for _ in range(ATTEMPTS):
        answer = prompt(f"Which one? [1-{len(lines)}, Enter for none]")
        if not answer:
            return ""
        if answer.isdecimal() and 1 <= int(answer) <= len(lines):
            return lines[int(answer) - 1]
        if answer in lines:
            return answer
        print_stderr(f"subproc: type a number from 1 to {len(lines)}, or press Enter")
    return ""


def _is_at_terminal() -> bool:
    streams = (sys.stdin, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)
