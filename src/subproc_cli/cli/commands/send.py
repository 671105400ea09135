"""`subproc send`."""

import os
import re
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from subproc_cli.cli import progress
from subproc_cli.cli.console import Output, print_stderr, prompt
from subproc_cli.cli.exit_codes import FINDINGS
from subproc_cli.cli.ledger_file import LedgerOption, open_ledger_file
from subproc_cli.cli.options import ColourOption, Format, FormatOption, OutputOption, QuietOption
from subproc_cli.cli.registry_file import parse_day_option
from subproc_cli.enums import Colour
from subproc_cli.errors import UsageError
from subproc_cli.notice.customers.mail_address import find_address_error
from subproc_cli.notice.formats.outgoing import Headers
from subproc_cli.notice.ledger.chain import Entries
from subproc_cli.notice.ledger.ledger import read_named_ledger
from subproc_cli.notice.ledger.manifest import Manifest, require_manifest
from subproc_cli.notice.mailing.delivery_report import DeliveryReport
from subproc_cli.notice.mailing.sending import (
    TO_SEND,
    Mailing,
    Pace,
    Result,
    list_letters,
    mark_sent,
    require_day,
    require_sender,
    select_letters,
)
from subproc_cli.notice.mailing.smtp import MailServer, Security
from subproc_cli.notice.runs.readiness import DEFAULT_LEDGER
from subproc_cli.output.document import format_count

HELP = """Send the mails of a run of subproc notice, each at most once.

\b
subproc send letters --dry-run
subproc send letters --smtp mail.example.com --to-me me@example.com
subproc send letters --smtp mail.example.com --from privacy@example.com --yes
subproc send letters --mark "Example AG" --via post --on 2027-03-02

The login comes from SUBPROC_SMTP_USER and SUBPROC_SMTP_PASSWORD, or from the keyring package. No other
command uses a network, and this one connects to the server in --smtp only.
"""
TLS_PORT, SUBMISSION_PORT = 465, 587
RETRY_MINUTES = 5
"""Minutes after which deferred mails are sent again; greylisting servers accept a mail after 5 or less."""


_RATES = range(1, 6001)
"""Mails per minute."""


_WAITS = range(121)
"""Minutes for which deferred mails are sent again."""


_LIST_ID = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
"""An identifier of mails, as RFC 2919 has it: words of RFC 5322 with dots between them."""
_LAST_PORT = 65_535


def _check_wait(wait: int) -> int:
    if wait not in _WAITS:
        raise typer.BadParameter(f"{wait} is not between {_WAITS[0]} and {_WAITS[-1]}.")
    return wait


def _check_rate(rate: int) -> int:
    if rate not in _RATES:
        raise typer.BadParameter(f"{rate} is not between {_RATES[0]} and {_RATES[-1]}.")
    return rate


def command(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The folder of a run, with its manifest.json.")],
    smtp: Annotated[
        str | None,
        typer.Option(
            "--smtp", metavar="HOST", envvar="SUBPROC_SMTP", help="The mail server, as HOST or HOST:PORT."
        ),
    ] = None,
    security: Annotated[
        Security | None,
        typer.Option("--security", help="Encryption. [default: tls for port 465, otherwise starttls]"),
    ] = None,
    ca_file: Annotated[
        str | None,
        typer.Option("--ca-file", metavar="PEM", help="Trust these certificates instead of the system's."),
    ] = None,
    sender: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="ADDRESS", help="Sender of the mails. [default: the sender of the drafts]"
        ),
    ] = None,
    name: Annotated[
        str, typer.Option("--from-name", metavar="NAME", help="The sender's name. [default: the publisher]")
    ] = "",
    reply_to: Annotated[
        str, typer.Option("--reply-to", metavar="ADDRESS", help="Where answers go. [default: the sender]")
    ] = "",
    list_id: Annotated[
        str,
        typer.Option(
            "--list-id", metavar="ID", help="The List-Id of the mails. [default: subprocessor-notices.DOMAIN]"
        ),
    ] = "",
    rate: Annotated[
        int,
        typer.Option("--rate", metavar="N", callback=_check_rate, help="Maximum number of mails per minute."),
    ] = 60,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
    wait: Annotated[
        int,
        typer.Option(
            "--wait",
            metavar="MINUTES",
            callback=_check_wait,
            help="Send deferred mails again every 5 minutes, for this long.",
        ),
    ] = 15,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be sent; connect to nothing.")
    ] = False,
    to_me: Annotated[
        str | None,
        typer.Option(
            "--to-me",
            metavar="ADDRESS",
            help="Send one mail per language to this address, as a trial; record nothing.",
        ),
    ] = None,
    retry: Annotated[
        list[str] | None,
        typer.Option(
            "--retry",
            metavar="CUSTOMER",
            help="Send again although the mail was refused or may be delivered; repeatable.",
        ),
    ] = None,
    late: Annotated[
        bool, typer.Option("--late", help="Send although the letters state another day of sending.")
    ] = False,
    mark: Annotated[
        list[str] | None,
        typer.Option(
            "--mark",
            metavar="CUSTOMER",
            help="Only record that this letter was sent by other means; repeatable.",
        ),
    ] = None,
    via: Annotated[
        str, typer.Option("--via", metavar="CHANNEL", help="With --mark: how it was sent, such as post.")
    ] = "",
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="With --mark: the day of sending. [default: today]"),
    ] = None,
    record: LedgerOption = DEFAULT_LEDGER,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc send`.

    Raises:
        UsageError: options exclude each other, or an address, a port or the List-Id is not valid.
        typer.Exit: with 1 if a letter was not sent.
    """
    folder = Path(run)
    manifest = require_manifest(folder)
    if mark:
        return mark_letters(folder, manifest, mark, via.strip(), parse_day_option(on, "--on"), record)
    if via or on:
        raise UsageError("--via and --on need --mark", "name the customers: --mark CUSTOMER")
    for option, address in (("--from", sender), ("--reply-to", reply_to), ("--to-me", to_me)):
        error = find_address_error(address) if address else None
        if error:
            raise UsageError(f"{option}: {error.message}", error.hint)
    if list_id and not _LIST_ID.fullmatch(list_id):
        raise UsageError(f"--list-id: {list_id!r} is not a List-Id", "write it as notices.example.com")
    headers = Headers(sender or "", name or manifest["publisher"], reply_to, list_id)
    job = SendJob(folder, manifest, headers, record, tuple(retry or ()), late, yes)
    shown = Output(form, output, colour, quiet)
    if dry_run:
        return show_dry_run(job, shown)
    server, waits = _parse_server(smtp, security, ca_file), [_wait] * -(-wait // RETRY_MINUTES)
    mailing = Mailing(folder, headers, server, _now, Pace(_Pause(60 / rate), waits))
    report = send_trial(job, mailing, to_me, shown) if to_me else send_run(job, mailing, shown)
    if report.describe_failures():
        print_stderr(f"subproc: {report.describe_failures()}")
        raise typer.Exit(FINDINGS)
    return None


class SendJob(NamedTuple):
    """What to send, and how."""

    folder: Path
    manifest: Manifest
    headers: Headers
    record: str
    retry: tuple[str, ...]
    may_be_late: bool
    is_confirmed: bool

    def list_results(self, entries: Entries) -> list[Result]:
        """Return which letters are to be sent, and which are not."""
        return list_letters(self.folder, self.manifest, entries, self.retry)

    def require_sendable(self, results: list[Result]) -> str:
        """Return the address of the sender; refuse letters that state another day than today."""
        address = require_sender(self.folder, self.manifest, self.headers, _now())
        if not self.may_be_late:
            require_day(results, parse_day_option(None))
        return address


def show_dry_run(job: SendJob, shown: Output) -> None:
    """Show what would be sent, and exit as the command would."""
    results = job.list_results(read_named_ledger(Path(job.record)).entries)
    shown.show(DeliveryReport(job.folder, tuple(results)))
    job.require_sendable(results)


def send_trial(job: SendJob, mailing: Mailing, address: str, shown: Output) -> DeliveryReport:
    """Send one letter in each language to the sender, and record nothing."""
    job.require_sendable([])
    letters = {letter["language"]: letter for letter in reversed(job.manifest["letters"])}
    report = DeliveryReport(job.folder, tuple(mailing.send_trial([*letters.values()], address)))
    shown.show(report)
    return report


def send_run(job: SendJob, mailing: Mailing, shown: Output) -> DeliveryReport:
    """Send the mails of a run, and record what became of each.

    Raises:
        ConnectionFailedError: the server cannot be reached any more.
    """
    with open_ledger_file(job.record) as ledger_file:
        results = job.list_results(ledger_file.entries)
        address = job.require_sendable(results)
        count = sum(result.result == TO_SEND for result in results)
        if count and not job.is_confirmed:
            _confirm(f"send {format_count(count, 'mail')} from {address} by {mailing.server}?")
        with progress.count(count, "mails") as step:
            results, failure = mailing.send(results, ledger_file, step)
    report = DeliveryReport(job.folder, tuple(results))
    shown.show(report)
    if failure:
        raise failure
    return report


def mark_letters(
    folder: Path, manifest: Manifest, customers: list[str], via: str, day: date, record: str
) -> None:
    """Record that letters were sent by other means.

    Raises:
        UsageError: the means is not named, the day is in the future, or the run has no letter to a customer.
    """
    if not via:
        raise UsageError("--mark needs --via", "name how the letters were sent: --via post")
    if day > parse_day_option(None):
        raise UsageError(f"--on {day} is in the future", "record it when the letters are sent")
    letters = select_letters(manifest["letters"], customers, "--mark")
    with open_ledger_file(record) as ledger_file:
        mark_sent(letters, folder, ledger_file, via, day)
    count = format_count(len(letters), "letter")
    print_stderr(f"subproc: {record}: {count} recorded as sent on {day} by {via}")


def _now() -> datetime:
    return datetime.now().astimezone()


def _wait(count: int) -> None:
    """Wait until a server that does not know the sender yet (greylisting) accepts deferred mails."""
    then = (_now() + timedelta(minutes=RETRY_MINUTES)).strftime("%H:%M")
    mails = "1 mail is deferred; it is" if count == 1 else f"{count} mails are deferred; they are"
    print_stderr(f"subproc: {mails} sent again at {then} (--wait 0 ends the command instead)")
    time.sleep(RETRY_MINUTES * 60)


class _Pause:
    """Waits between two mails, so that a server is not flooded."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0

    def __call__(self) -> None:
        """Wait until the next mail may be sent."""
        now = time.monotonic()
        if self._next > now:
            time.sleep(self._next - now)
        self._next = max(now, self._next) + self._seconds


def _parse_server(smtp: str | None, security: Security | None, ca_file: str | None) -> MailServer:
    """Return the mail server of the options, with the login of the environment or the keyring."""
    if not smtp:
        raise UsageError("no mail server is named", "name it: --smtp mail.example.com, or use --dry-run")
    if "@" in smtp or "/" in smtp:  # it may hold a password, which no message repeats
        hint = "the login comes from SUBPROC_SMTP_USER and SUBPROC_SMTP_PASSWORD"
        raise UsageError("--smtp: write the server alone, as HOST or HOST:PORT", hint)
    host, _, port_text = smtp.rpartition(":") if ":" in smtp else (smtp, "", "")
    is_number = port_text.isdecimal() and len(port_text) <= len(str(_LAST_PORT))
    if port_text and not (is_number and 0 < int(port_text) <= _LAST_PORT):
        raise UsageError(f"--smtp: {port_text!r} is not a port", "write HOST or HOST:PORT")
    port = int(port_text or (TLS_PORT if security is Security.TLS else SUBMISSION_PORT))
    chosen = security or (Security.TLS if port == TLS_PORT else Security.STARTTLS)
    user = os.environ.get("SUBPROC_SMTP_USER", "")
    password = os.environ.get("SUBPROC_SMTP_PASSWORD", "")
    if user and not password:
        password = _read_keyring(user)
    if user and chosen is Security.NONE:
        raise UsageError("--security none would send the password unencrypted", "use starttls or tls")
    return MailServer(host, port, chosen, user, password, ca_file)


def _read_keyring(user: str) -> str:
    """Return the password of a user from the keyring of the system, if the package is installed."""
    from importlib import import_module
    from importlib.util import find_spec

    if find_spec("keyring") is None:
        hint = "set SUBPROC_SMTP_PASSWORD, or install keyring and type: keyring set subproc USER"
        raise UsageError("SUBPROC_SMTP_USER is set and no password is", hint)
    password: str = import_module("keyring").get_password("subproc", user) or ""
    if not password:
        raise UsageError(f"the keyring has no password of {user!r}", f"type: keyring set subproc {user}")
    return password


def _confirm(question: str) -> None:
    """Ask whether to go on.

    Raises:
        UsageError: nobody can be asked, or the answer is no.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("nobody can be asked whether to send", "add --yes, or look first with --dry-run")
    if prompt(f"{question} [y/N]").casefold() not in {"y", "yes"}:
        raise UsageError("nothing was sent", "to send, answer y")
