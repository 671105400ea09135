"""Opens the ledger that an option names, finds the revisions that it names, and verifies it."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from subproc_cli.cli.console import print_stderr, print_stdout
from subproc_cli.cli.registry_file import get_revision_resolver, load_valid_registry, parse_day_option
from subproc_cli.errors import SubprocError, UsageError
from subproc_cli.notice.ledger import ledger
from subproc_cli.notice.ledger.chain import Entries
from subproc_cli.notice.ledger.ledger import LedgerFile
from subproc_cli.notice.ledger.manifest import find_copy
from subproc_cli.notice.ledger.sent_index import Revision
from subproc_cli.notice.ledger.verification import verify_ledger
from subproc_cli.notice.runs.readiness import DEFAULT_LEDGER
from subproc_cli.registry import source
from subproc_cli.registry.registry import Registry

LedgerOption = Annotated[
    str,
    typer.Option("--record", "--ledger", metavar="FILE", envvar="SUBPROC_LEDGER", help="The ledger."),
]


CheckedLedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        "--record",
        metavar="FILE",
        help="Also report services that are used despite an objection.",
    ),
]


def read_entries(name: str | None) -> Entries:
    """Return the lines of the ledger of an option; none without one.

    Raises:
        ReadError: there is no such file.
        RefusedError: its chain is broken, or names are missing next to it.
    """
    return ledger.read_named_ledger(Path(name), must_exist=True).entries if name else ()


def open_ledger_file(name: str) -> AbstractContextManager[LedgerFile]:
    """Open a ledger for writing, after every other process has released it."""
    message = f"subproc: waiting for another process that writes to {name}"
    return ledger.open_ledger(Path(name), lambda: datetime.now(UTC), lambda: print_stderr(message))


class RevisionFinder:
    """Finds the revisions that a ledger names: in the runs, or by their version in git.

    Args:
        registry: the path of the list.
        ledger_file: the ledger; None if there is none.
        entries: its lines.
        folder: the folder of the letters; None if there is none.
    """

    def __init__(self, registry: str, ledger_file: str | None, entries: Entries, folder: str | None) -> None:
        self._registry = registry
        names = dict.fromkeys(entry["run"] for entry in entries if entry.get("run"))
        runs = [*reversed(names)]
        base = Path(ledger_file).parent if ledger_file else Path()
        self._folders = [Path(folder)] if folder else []
        self._folders += [place for run in runs for place in (Path(run), base / run)]

    def load(self, revision: Revision) -> Registry | None:
        """Return a revision; None if no copy of it is found."""
        copy = find_copy(self._folders, revision["sha256"])
        if copy:
            return load_valid_registry(source.read(str(copy)))
        try:
            found = load_valid_registry(get_revision_resolver(self._registry).read(revision["version"]))
        except SubprocError:
            return None
        return found if found.sha256 == revision["sha256"] else None


def show_verification(name: str, letters: str | None, expected_hash: str | None, *, quiet: bool) -> None:
    """Check a ledger, and show what was checked.

    Raises:
        RefusedError: a line was changed, moved or removed; the message names the line.
    """
    verified = verify_ledger(name, letters, expected_hash)
    if not quiet:
        print_stdout("".join(f"{line}\n" for line in verified.iter_lines()))
    for warning in verified.warnings:
        print_stderr(f"subproc: {warning}")


def erase_customer(customer: str, record: str | None, *, quiet: bool) -> None:
    """Erase the name and the addresses of a customer from the file next to a ledger.

    Raises:
        UsageError: no ledger is named.
        RefusedError: the ledger does not know the customer.
    """
    if record is None:
        raise UsageError("--erase needs a ledger", f"name it: --record {DEFAULT_LEDGER}")
    ledger.read_ledger(Path(record))  # a name that is misspelt would become a new ledger
    with open_ledger_file(record) as ledger_file:
        ledger_file.erase(customer, parse_day_option(None).isoformat())
    if not quiet:
        print_stderr(
            f"subproc: {record}: erased {customer}; its letters and mails are not part of the ledger"
        )
