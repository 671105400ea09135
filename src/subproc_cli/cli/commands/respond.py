"""`subproc respond`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.console import print_stderr
from subproc_cli.cli.ledger_file import LedgerOption, open_ledger_file
from subproc_cli.cli.options import QuietOption
from subproc_cli.cli.registry_file import parse_day_option
from subproc_cli.errors import UsageError
from subproc_cli.notice.ledger.ledger import read_named_ledger
from subproc_cli.notice.ledger.responses import Answered, build_response
from subproc_cli.notice.runs.readiness import DEFAULT_LEDGER
from subproc_cli.output.sanitize import sanitize_line

HELP = """Record what a customer answered to a notice, or that the notice came back.

\b
subproc respond "Example AG" objection --service posthog --on 2027-03-10
subproc respond "Example AG" withdrawal --note "settled by phone"
subproc respond "Exemple SA" bounce
subproc respond "Example Ltd" approval --service posthog

Without --service, an answer is about all services of the last notice to the customer.
"""


class Answer(StrEnum):
    """What a customer can answer."""

    OBJECTION = "objection"
    ACKNOWLEDGEMENT = "acknowledgement"
    APPROVAL = "approval"
    BOUNCE = "bounce"
    WITHDRAWAL = "withdrawal"


def command(
    customer: Annotated[
        str,
        typer.Argument(
            metavar="CUSTOMER",
            autocompletion=completion.complete_customers,
            help="The name of the customer, as in the file of customers.",
        ),
    ],
    answer: Annotated[Answer, typer.Argument(metavar="|".join(Answer), help="What the customer answered.")],
    service: Annotated[
        list[str] | None,
        typer.Option(
            "--service",
            metavar="ID",
            autocompletion=completion.complete_service_ids,
            help="The service that the answer is about: its id or name; repeatable.",
        ),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day of the answer. [default: today]")
    ] = None,
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="A note, such as the reason that was given.")
    ] = "",
    via: Annotated[
        str | None, typer.Option("--via", metavar="CHANNEL", help="How it came, such as mail or phone.")
    ] = None,
    record: LedgerOption = DEFAULT_LEDGER,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc respond`.

    Raises:
        UsageError: the day is in the future, or the ledger has no letter that is answered.
    """
    day, today = parse_day_option(on, "--on"), parse_day_option(None)
    if day > today:
        raise UsageError(f"--on {day} is in the future", "record an answer when you have received it")
    read_named_ledger(Path(record), must_exist=True)
    with open_ledger_file(record) as ledger_file:
        answered = Answered(customer, str(answer), tuple(service or ()), day, via)
        response = build_response(ledger_file.entries, answered)
        ledger_file.record(response.event, response.customer, note=note.strip())
    if not quiet:
        print_stderr(sanitize_line(f"subproc: {record}: recorded: {response.summary}, {day}"))
        if response.remark:
            print_stderr(sanitize_line(f"subproc: {response.remark}"))
