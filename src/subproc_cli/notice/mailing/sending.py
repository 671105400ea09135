"""Sends the mails of a run: each at most once, with the answer of the server in the ledger."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from subproc_cli.atomic_write import make_folder, write_into
from subproc_cli.errors import RefusedError, UsageError
from subproc_cli.notice.formats.outgoing import Headers, build_message
from subproc_cli.notice.ledger.chain import Entries
from subproc_cli.notice.ledger.event_kinds import EventKind, get_kind
from subproc_cli.notice.ledger.events import build_letter_event
from subproc_cli.notice.ledger.ledger import Contact, LedgerFile
from subproc_cli.notice.ledger.manifest import Manifest, hash_file
from subproc_cli.notice.mailing.smtp import ConnectionFailedError, MailServer, Outcome, Transport
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.suggest import suggest
from subproc_cli.text import fold

SENT_FOLDER = "sent"
"""The folder of a run with the mails as they were handed over."""
TO_SEND, SENT_BEFORE, NO_ADDRESS, NOT_TRIED = "to-send", "sent-before", "no-address", "not-tried"
UNCERTAIN = str(EventKind.ATTEMPTED)

Letter: TypeAlias = Mapping[str, Any]


class Result(NamedTuple):
    """What became of one letter.

    Attributes:
        letter: its record in the manifest.
        result: sent, deferred, refused, attempted, or why it was not sent now.
        code: the reply code of the mail server; 0 if there is none.
        answer: the words of the server.
        unreached: the addresses of the letter that the server did not accept, each with its answer.
    """

    letter: Letter
    result: str
    code: int = 0
    answer: str = ""
    unreached: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether the customer has the letter, as far as is known."""
        return self.result in {EventKind.SENT, SENT_BEFORE, TO_SEND}


def list_letters(run: Path, manifest: Manifest, entries: Entries, retried: Sequence[str]) -> list[Result]:
    """Return which letters of a run are to be sent, and which are not, with the reason.

    Args:
        run: the folder of the run.
        manifest: its manifest.
        entries: the lines of the ledger.
        retried: the customers whose mails are sent again although they may have been delivered, or refused.

    Raises:
        RefusedError: the run has no mails, or one of them is not as it was written.
        UsageError: a customer to retry is not in the run.
    """
    letters: list[Letter] = [*manifest["letters"]]
    retried_names = {letter["customer"] for letter in select_letters(letters, retried, "--retry")}
    changed = [
        sanitize_line(f"{run / file['name']}: is not as it was written")
        for letter in letters
        for file in letter["files"]
        if hash_file(run / file["name"]) != file["sha256"]
    ]
    if changed:
        raise RefusedError("the run has letters that were changed", "write it again", tuple(changed))
    if not any(find_mail(letter) for letter in letters):
        raise RefusedError(f"{run}: the run has no mails", "write it with subproc notice -f eml")
    last = _find_last_events(entries)
    return [_build_result(letter, last, retried_names) for letter in letters]


def _find_last_events(entries: Entries) -> dict[tuple[str | None, str], str]:
    """Return the last thing that happened to each letter, by customer and hash of the letter."""
    return {
        (entry["customer"], digest): get_kind(entry)
        for entry in entries
        if "letter" in entry
        for digest in (entry["letter"], *entry.get("letters", {}).values())
    }


def _build_result(
    letter: Letter, last: Mapping[tuple[str | None, str], str], retried: set[str | None]
) -> Result:
    mail = find_mail(letter)
    kind = last.get((letter["customer"], mail["sha256"])) if mail else None
    if mail is None or not letter["addresses"]:
        return Result(letter, NO_ADDRESS)
    if kind == EventKind.SENT:
        return Result(letter, SENT_BEFORE)
    if kind in {EventKind.ATTEMPTED, EventKind.REFUSED} and letter["customer"] not in retried:
        return Result(letter, str(kind))
    return Result(letter, TO_SEND)


def find_mail(letter: Letter) -> Mapping[str, str] | None:
    """Return the mail among the files of a letter."""
    return next((file for file in letter["files"] if file["name"].endswith(".eml")), None)


def select_letters(letters: Iterable[Letter], customers: Sequence[str], option: str) -> list[Letter]:
    """Return the letters to customers who are named in an option.

    Raises:
        UsageError: a customer has no letter in the run.
    """
    by_name = {fold(letter["customer"] or ""): letter for letter in letters}
    for customer in customers:
        if fold(customer) not in by_name:
            names = [str(letter["customer"]) for letter in by_name.values()]
            hint = suggest(customer, names) or "see the manifest of the run"
            raise UsageError(f"{option}: the run has no letter to {customer!r}", hint)
    return [by_name[fold(customer)] for customer in customers]


def _find_free_path(path: Path) -> Path:
    """Return a path at which nothing is: a mail that is sent again does not replace the copy of the first."""
    later = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(each for each in chain((path,), later) if not os.path.lexists(each))


def _ignore() -> None:
    pass


class Pace(NamedTuple):
    """When mails are sent.

    Attributes:
        pause: is called between two mails.
        waits: are called before deferred mails are sent again, each with the number of these mails.
    """

    pause: Callable[[], None]
    waits: Sequence[Callable[[int], None]] = ()


class Mailing:
    """The sending of a run.

    Args:
        run: the folder of the run.
        headers: what the sender chooses.
        server: the mail server.
        clock: returns the moment of sending.
        pace: when mails are sent.
    """

    def __init__(
        self,
        run: Path,
        headers: Headers,
        server: MailServer,
        clock: Callable[[], datetime],
        pace: Pace,
    ) -> None:
        self._run, self._headers, self.server = run, headers, server
        self._clock = clock
        self._pause, self._waits = pace

    def send(
        self, results: Sequence[Result], ledger_file: LedgerFile, report_progress: Callable[[], None]
    ) -> tuple[list[Result], ConnectionFailedError | None]:
        """Send the pending letters, and return the result for each letter.

        Each result is in the ledger before the next mail is sent. Deferred mails are sent again after each
        wait. If the server cannot be reached any more, the rest stays as it is, and the error is returned.
        """
        found = list(results)
        pending = [at for at, result in enumerate(found) if result.result == TO_SEND]
        make_folder(self._run / SENT_FOLDER, is_private=True)
        failure: ConnectionFailedError | None = None
        for wait in (*self._waits, None):
            failure = self._send_round(
                found, pending, ledger_file, report_progress, is_retried=wait is not None
            )
            report_progress = _ignore
            pending = [at for at in pending if found[at].result == EventKind.DEFERRED]
            if failure or not pending or wait is None:
                break
            wait(len(pending))
        return found, failure

    def _send_round(
        self,
        found: list[Result],
        pending: Sequence[int],
        ledger_file: LedgerFile,
        report_progress: Callable[[], None],
        *,
        is_retried: bool,
    ) -> ConnectionFailedError | None:
        """Send the letters at some positions, and put their results there; return why it stopped early."""
        transport, failure = Transport(self.server), None
        try:
            for at in pending:
                if failure is None:
                    try:
                        found[at] = self._send_one(
                            transport, found[at].letter, ledger_file, is_retried=is_retried
                        )
                    except ConnectionFailedError as error:
                        failure = error
                if failure and found[at].result == TO_SEND:
                    found[at] = found[at]._replace(result=NOT_TRIED)
                elif not failure:
                    report_progress()
        finally:
            transport.close()
        return failure

    def _send_one(
        self, transport: Transport, letter: Letter, ledger_file: LedgerFile, *, is_retried: bool
    ) -> Result:
        name = (find_mail(letter) or {})["name"]
        draft, now = (self._run / name).read_bytes(), self._clock()
        sender, content = build_message(draft, self._headers, now)
        contact = Contact(tuple(letter["addresses"]), tuple(letter["cc"]))
        hashes = {Path(file["name"]).suffix[1:]: file["sha256"] for file in letter["files"]}

        def record(kind: EventKind, answer: str = "", **more: Any) -> None:
            event = build_letter_event(kind, letter, hashes, run=self._run.as_posix(), channel="mail")
            event |= {"day": now.date().isoformat(), "server": str(self.server), **more}
            ledger_file.record(event, letter["customer"], contact, answer=answer)

        def record_attempt() -> None:
            copy = _find_free_path(self._run / SENT_FOLDER / name)
            write_into(self._run, f"{SENT_FOLDER}/{copy.name}", content, is_private=True)
            record(EventKind.ATTEMPTED, message=sha256(content).hexdigest())

        self._pause()
        recipients = (*contact.addresses, *contact.cc)
        outcome = transport.deliver(sender, recipients, content, record_attempt, is_retried=is_retried)
        if outcome.kind is EventKind.SENT:
            answer = "; not accepted: ".join((outcome.answer, *outcome.unreached))
            record(outcome.kind, answer, code=outcome.code, message=sha256(content).hexdigest())
        elif outcome.kind is not EventKind.ATTEMPTED:
            record(outcome.kind, outcome.answer, code=outcome.code)
        return Result(letter, str(outcome.kind), outcome.code, outcome.answer, outcome.unreached)

    def send_trial(self, letters: Sequence[Letter], address: str) -> list[Result]:
        """Send letters to the sender itself, and record nothing.

        Raises:
            ConnectionFailedError: the server cannot be reached.
        """
        transport, results = Transport(self.server), []
        try:
            for letter in letters:
                mail = find_mail(letter)
                if mail:
                    draft = (self._run / mail["name"]).read_bytes()
                    sender, content = build_message(draft, self._headers, self._clock(), address)
                    self._pause()
                    outcome: Outcome = transport.deliver(sender, (address,), content, lambda: None)
                    results.append(Result(letter, str(outcome.kind), outcome.code, outcome.answer))
        finally:
            transport.close()
        return results


def require_sender(run: Path, manifest: Manifest, headers: Headers, now: datetime) -> str:
    """Return the address that the mails of a run come from.

    Raises:
        UsageError: neither the drafts nor an option name one.
    """
    for letter in manifest["letters"]:
        mail = find_mail(letter)
        if mail:
            sender, _ = build_message((run / mail["name"]).read_bytes(), headers, now)
            if sender:
                return sender
    raise UsageError("the mails have no sender", "name it: --from privacy@example.com")


def require_day(results: Iterable[Result], today: date) -> None:
    """Refuse letters that state a different day of sending from the day of this run.

    Raises:
        RefusedError: with the days that they state.
    """
    days = {result.letter["sent"] for result in results if result.result == TO_SEND}
    other = sorted(days - {today.isoformat()})
    if other:
        message = f"the letters state {', '.join(other)} as the day of sending, and today is {today}"
        raise RefusedError(message, f"write the run again with --sent {today}, or add --late")


def mark_sent(letters: Sequence[Letter], run: Path, ledger_file: LedgerFile, via: str, day: date) -> None:
    """Record that letters were sent by other means than mail."""
    for letter in letters:
        hashes = {Path(file["name"]).suffix[1:]: file["sha256"] for file in letter["files"]}
        event = build_letter_event(EventKind.SENT, letter, hashes, run=run.as_posix(), channel=via)
        contact = Contact(tuple(letter["addresses"]), tuple(letter["cc"]))
        ledger_file.record({**event, "day": day.isoformat()}, letter["customer"], contact)
