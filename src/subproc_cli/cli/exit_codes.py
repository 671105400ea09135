"""The exit codes of the program, and what each of them means."""

from subproc_cli.cli import interrupts
from subproc_cli.errors import ReadError, RefusedError, SubprocError, UsageError

SUCCESS = 0
FINDINGS = RefusedError.exit_code
USAGE = UsageError.exit_code
BUG = SubprocError.exit_code
INTERRUPTED = interrupts.EXIT_CODE
MEANINGS = {
    SUCCESS: "success",
    FINDINGS: (
        "findings: `check` reports one at or above `--fail-on`; `diff` has a change at or above `--fail-on`, "
        "or with `--strict` one that matches no kind; `which` has an answer that `--fail-on` names; "
        "`fmt --check` would change a file; `import --check` finds a difference; "
        "`changelog --update` finds an entry that lacks a change; "
        "`notice` would be late or incomplete; `notice` or `export` would publish a guess of an import as a "
        "fact; a ledger is damaged (`notice --verify`, `--record`)"
    ),
    USAGE: "usage error: a command line, a question or a path is not valid, or a file cannot be written",
    ReadError.exit_code: (
        "a registry, a revision, a customer file or a page cannot be read; `check` reports a registry that "
        "is not valid as findings instead, and reports what it can check before it exits with this code"
    ),
    BUG: "a bug: please report it",
    INTERRUPTED: "interrupted",
}
"""Every code that a command leaves with, in the order of the reference."""
