"""The exit codes of the program, and what each of them means."""

from subproc_cli.cli import interrupts
from subproc_cli.errors import ReadError, RefusedError, SubprocError, UsageError

SUCCESS = 0
FINDINGS = RefusedError.exit_code
USAGE = UsageError.exit_code
BUG = SubprocError.exit_code
INTERRUPTED = interrupts.EXIT_CODE
MEANINGS = {
    SUCCESS: "fine",
    FINDINGS: (
        "findings: of `check`; a change at or above `--fail-on` of `diff`, or one that no kind explains "
        "under `--strict`; an answer that `--fail-on` of `which` names; a file that `fmt --check` would "
        "change; a notice that would go out too late or incomplete; a notice, or a page for people, that "
        "would tell a guess of an import as a fact; a ledger whose chain is broken (`notice --verify`, "
        "`--record`)"
    ),
    USAGE: "the command line, a question or a path is not understood, or a file cannot be written",
    ReadError.exit_code: "a list, a revision of one, a customer file or a page cannot be read",
    BUG: "a bug; please report it",
    INTERRUPTED: "interrupted",
}
"""Every code that a command leaves with, in the order of the reference."""
