"""`subproc status`."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.console import Output
from subproc_cli.cli.ledger_file import LedgerOption
from subproc_cli.cli.options import ColourOption, OutputOption, QuietOption
from subproc_cli.cli.registry_file import parse_day_option
from subproc_cli.enums import Colour
from subproc_cli.errors import UsageError
from subproc_cli.notice.ledger.ledger import read_named_ledger
from subproc_cli.notice.ledger.status import find_notices
from subproc_cli.notice.ledger.status_report import StatusReport
from subproc_cli.notice.runs.readiness import DEFAULT_LEDGER
from subproc_cli.suggest import suggest
from subproc_cli.text import fold


class StatusFormat(StrEnum):
    """The output formats of the status."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    ICS = "ics"


HELP = """Show who was notified of what, open periods, objections, and who cannot be reached.

\b
subproc status
subproc status "Example AG"
subproc status --at 2027-03-01 -f csv
subproc status -f ics -o notices.ics
"""


def command(
    customer: Annotated[
        str | None,
        typer.Argument(
            metavar="[CUSTOMER]",
            autocompletion=completion.complete_customers,
            help="Only this customer.",
            show_default=False,
        ),
    ] = None,
    record: LedgerOption = DEFAULT_LEDGER,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="DATE", help="The status on this date. [default: today]"),
    ] = None,
    form: Annotated[
        StatusFormat, typer.Option("--format", "-f", help="Output format.", case_sensitive=False)
    ] = StatusFormat.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc status`.

    Raises:
        UsageError: the ledger has no such customer, or the date is not valid.
    """
    as_of = parse_day_option(at)
    ledger = read_named_ledger(Path(record), must_exist=True)
    notices = find_notices(ledger, as_of)
    name = None
    if customer is not None:
        names = {fold(notice.customer): notice.customer for notice in notices if notice.customer}
        if fold(customer) not in names:
            hint = suggest(customer, names.values()) or "see: subproc status"
            raise UsageError(f"the ledger has no customer {customer!r}", hint)
        name = names[fold(customer)]
        notices = tuple(notice for notice in notices if notice.customer in {name, None})
    report = StatusReport(ledger, notices, as_of, name)
    shown = Output(form, output, colour, quiet)
    if form is StatusFormat.ICS:
        from subproc_cli.notice.formats import ics

        shown.write(ics.render(report, datetime.now(UTC)))
        return
    shown.show(report)
